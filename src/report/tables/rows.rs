//! The rows that one result gives. They depend on nothing but that result, so results can be written in any order and at once.

use std::{
    collections::{BTreeMap, BTreeSet},
    io,
};

use crate::{
    domain::{
        change::Entry,
        consolidate::{derivation::ItemResult, input::Source},
        exact::Exact,
        hostile,
        names::folded,
        number::RoundingMode,
        package::Package,
        register::{
            PanelResult,
            distribution::{applicant_word, lead_word},
            spread::PLACES,
        },
        telling,
        text::{Language, Message},
    },
    i18n,
    report::{csv_tables::is_formula, tables::TABLES},
};

/// One result with what its tables are made from.
pub struct Parts<'a> {
    /// The result.
    pub result: &'a PanelResult,
    /// The package.
    pub package: &'a Package,
    /// The figures.
    pub items: &'a [ItemResult],
    /// Everything recorded at the table.
    pub entries: &'a [Entry],
}

/// The CSV lines of each table, without headings, by the table's name.
///
/// # Errors
/// What writing into memory reports, which is nothing.
pub fn write(parts: &Parts<'_>) -> io::Result<BTreeMap<&'static str, Vec<u8>>> {
    let mut rows = Rows { bundle: &parts.result.bundle, out: BTreeMap::new() };
    rows.panel(parts.result)?;
    rows.applications(parts.result)?;
    for application in parts.items.iter().flat_map(|item| &item.applications) {
        let id = application.id.as_str();
        for sheet in application.sheets.iter().filter(|sheet| sheet.counts()) {
            let source = if sheet.source == Source::Paper { "paper" } else { "signed" };
            let reviewer = sheet.reviewer.as_str();
            rows.add("sheets", &[id, reviewer, source, &sheet.bundle, &number(sheet.total.value()), &sheet.weight.fraction()])?;
            for (criterion, cell) in parts.package.rubric.criteria.iter().zip(&sheet.cells) {
                let state = if cell.given.is_some() { "scored" } else { "na" };
                rows.add("scores", &[id, reviewer, criterion.id.as_str(), state, &cell.given.map(number).unwrap_or_default()])?;
            }
        }
        for line in &application.criteria {
            rows.add("results", &[id, "criterion", line.id.as_str(), &number(line.mean.value())])?;
        }
        for line in &application.dimensions {
            rows.add("results", &[id, "dimension", line.id.as_str(), &number(line.figure.value())])?;
        }
        if let Some(total) = &application.total {
            rows.add("results", &[id, "total", "total", &number(total.figure.value())])?;
        }
    }
    for entry in parts.entries {
        let told = telling::change(&entry.change);
        let words = |language| told_in(language, &told);
        let (seq, time) = (entry.seq.to_string(), entry.time.to_string());
        rows.add("decisions", &[&seq, &time, entry.writer.as_str(), told.id, &words(Language::Zh), &words(Language::En)])?;
    }
    rows.finish()
}

fn told_in(language: Language, told: &Message) -> String {
    safe(&i18n::text(language, told))
}

/// A figure with at most six decimal places.
fn number(value: Exact) -> String {
    value.round(PLACES, RoundingMode::HalfUp).map_or_else(|_| value.to_string(), |rounded| rounded.to_string())
}

/// Text from files: hidden characters visible, and nothing that a spreadsheet would take for a formula, should somebody open the file in one.
fn safe(text: &str) -> String {
    let text = hostile::visible(text);
    if is_formula(&text) { format!("'{text}") } else { text.into_owned() }
}

struct Rows<'a> {
    bundle: &'a str,
    out: BTreeMap<&'static str, csv::Writer<Vec<u8>>>,
}

impl Rows<'_> {
    /// A row of `table`: the bundle, then `cells`.
    fn add(&mut self, table: &'static str, cells: &[&str]) -> io::Result<()> {
        let writer = self.out.entry(table).or_insert_with(|| csv::WriterBuilder::new().has_headers(false).from_writer(Vec::new()));
        writer.write_record(std::iter::once(self.bundle).chain(cells.iter().copied()))?;
        Ok(())
    }

    fn finish(self) -> io::Result<BTreeMap<&'static str, Vec<u8>>> {
        let done = |(name, writer): (_, csv::Writer<Vec<u8>>)| Ok((name, writer.into_inner().map_err(csv::IntoInnerError::into_error)?));
        self.out.into_iter().map(done).collect()
    }

    fn panel(&mut self, panel: &PanelResult) -> io::Result<()> {
        let call = &panel.call;
        let word = |value: serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        let kind = serde_json::to_value(call.kind).map(word).unwrap_or_default();
        let tier = serde_json::to_value(call.tier).map(word).unwrap_or_default();
        let year = call.year().to_string();
        let (zh, en) = (safe(&call.title.zh), safe(&call.title.en));
        self.add("calls", &[call.id.as_str(), &zh, &en, &safe(&call.document), &kind, &tier, &year])?;
        let (revision, closes) = (panel.revision.to_string(), call.closes.to_string());
        let supersedes = panel.supersedes.as_deref().unwrap_or_default();
        self.add("bundles", &[call.id.as_str(), panel.panel.as_str(), &revision, supersedes, &panel.file, &panel.sha256, &closes])
    }

    fn applications(&mut self, panel: &PanelResult) -> io::Result<()> {
        for item in &panel.items {
            self.add("items", &[item.id.as_str(), &safe(&item.title.zh), &safe(&item.title.en), item.outcome])?;
        }
        for (item, line) in panel.applications() {
            let id = line.id.as_str();
            let (zh, en, applicant) = (safe(&line.title.zh), safe(&line.title.en), safe(&line.applicant));
            let (kind, mode) = (applicant_word(line.kind), lead_word(line.lead_mode));
            let (city, city_zh, family) = (safe(&line.city), safe(&line.city_name.zh), safe(&line.family));
            let (code, government) = (safe(&line.code), line.government.to_string());
            let cells = [id, item.id.as_str(), &zh, &en, &applicant, &code, kind, &city, &city_zh, &family, mode, &government];
            self.add("applications", &cells)?;
            let rank = line.rank.map(|rank| rank.to_string()).unwrap_or_default();
            let tied = if line.tied { "1" } else { "0" };
            let (total, spread) = (line.total.as_deref().map(decimal).unwrap_or_default(), line.spread.as_deref().unwrap_or_default());
            self.add("ranks", &[id, &line.outcome, line.place, &rank, tied, &total, &line.sheets.to_string(), spread])?;
            for region in line.regions.iter().collect::<BTreeSet<_>>() {
                self.add("regions", &[id, &safe(region)])?;
            }
            for (at, cost) in line.costs.iter().enumerate() {
                let (no, amount) = (at.saturating_add(1).to_string(), cost.amount.to_string());
                self.add("cost_lines", &[id, &no, &safe(&cost.name), &safe(&folded(&cost.name)), &amount])?;
            }
        }
        Ok(())
    }
}

/// A published total as a decimal; one that is a fraction has no last place and is rounded.
fn decimal(total: &str) -> String {
    let Some((above, below)) = total.split_once('/') else { return total.to_owned() };
    let parts = above.parse().ok().zip(below.parse().ok());
    let value = parts.and_then(|(above, below)| Exact::of(above).over(Exact::of(below)).ok());
    value.map(number).unwrap_or_default()
}

/// The line of headings of `table`.
#[must_use]
pub fn headings(table: &str) -> String {
    let columns = TABLES.iter().find(|one| one.name == table).map(|one| one.columns).unwrap_or_default();
    let names: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
    format!("{}\n", names.join(","))
}
