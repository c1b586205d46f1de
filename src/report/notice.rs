//! What is published 公示: who is recommended, with totals and the panel's opinion, and where to object. It is a value of its own with
//! nothing in it that ties a person to a score (domain reference 3.5, R6 and R7; 招标投标法实施条例 §54).

use crate::{
    domain::{
        ids::{ApplicationId, ItemId},
        package::Package,
        text::{Bilingual, Message},
        time::Day,
    },
    msg,
    report::{
        dossier::{Dossier, Head, Member},
        internal,
        table::{Cell, Table},
    },
};

/// What the office says about the publicity. What it leaves out is a blank to be filled in by hand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Publicity {
    /// First day.
    pub from: Option<Day>,
    /// Last day.
    pub until: Option<Day>,
    /// Where objections are taken.
    pub contact: Option<String>,
}

/// A public report.
#[derive(Debug, Clone)]
pub struct Notice {
    /// What every report says about itself.
    pub head: Head,
    /// The publicity.
    pub publicity: Publicity,
    /// Whether the rubric gives verdicts; nobody wins then.
    pub has_verdicts: bool,
    /// Items, in the order of the call.
    pub items: Vec<NoticeItem>,
    /// The bundle's own file.
    pub file: Member,
}

/// An item of a public report.
#[derive(Debug, Clone)]
pub struct NoticeItem {
    /// Item.
    pub id: ItemId,
    /// Its title.
    pub title: Bilingual,
    /// Who is named, best first; empty where the item ends without a winner 流榜. Whom the office neither recommends nor announces is
    /// not published.
    pub lines: Vec<NoticeLine>,
}

/// Somebody who is named.
#[derive(Debug, Clone)]
pub struct NoticeLine {
    /// Rank, where it is ranked.
    pub rank: Option<usize>,
    /// Recommended, or in reserve.
    pub place: Message,
    /// Application.
    pub application: ApplicationId,
    /// Its title.
    pub title: Bilingual,
    /// Applicant.
    pub applicant: String,
    /// City.
    pub city: Cell,
    /// The consolidated total.
    pub total: String,
    /// The parts of the panel's opinion that say anything, without names.
    pub opinion: Vec<(Message, String)>,
}

/// What stands where a name was.
const WITHHELD: &str = "×××";

impl Notice {
    /// What of `dossier` may be published.
    #[must_use]
    pub fn of(dossier: &Dossier<'_>, publicity: Publicity) -> Self {
        let hidden = Hidden::of(dossier.package);
        let items = dossier.results.iter().map(|item| NoticeItem {
            id: item.id.clone(),
            title: internal::item_title(dossier, &item.id).cloned().unwrap_or_default(),
            lines: internal::lines(dossier, item).iter().filter_map(|line| notice_line(dossier, line, &hidden)).collect(),
        });
        Self {
            head: dossier.head.clone(),
            publicity,
            has_verdicts: dossier.package.rubric.has_verdicts(),
            items: items.collect(),
            file: dossier.file.clone(),
        }
    }

    /// Its tables.
    #[must_use]
    pub(super) fn tables(&self) -> Vec<Table> {
        vec![self.recommended(), self.opinions(), self.publicity(), internal::layers(&self.head)]
    }

    /// What the list of items is called.
    pub(super) fn list_title(&self) -> Message {
        internal::list_title(self.has_verdicts)
    }

    /// What stands where nobody is named.
    pub(super) fn nobody(&self) -> Message {
        if self.has_verdicts { msg!("report-nobody-named") } else { msg!("report-no-winner") }
    }

    fn recommended(&self) -> Table {
        let columns = vec![
            ("item", msg!("report-item"), 8),
            ("item_title", msg!("report-item-title"), 30),
            ("rank", msg!("page-rank"), 6),
            ("place", msg!("page-outcome"), 12),
            ("application", msg!("sheet-number"), 11),
            ("title", msg!("sheet-application"), 40),
            ("applicant", msg!("report-applicant"), 30),
            ("city", msg!("field-city"), 10),
            ("total", msg!("sheet-total"), 9),
        ];
        let rows = self.items.iter().flat_map(|item| {
            let head = || vec![Cell::text(&item.id), Cell::Both(item.title.clone())];
            let row = |line: &NoticeLine| {
                let mut row = head();
                row.extend([
                    Cell::figure(line.rank),
                    Cell::Say(line.place.clone()),
                    Cell::text(&line.application),
                    Cell::Both(line.title.clone()),
                    Cell::text(&line.applicant),
                    line.city.clone(),
                    Cell::figure(Some(&line.total)),
                ]);
                row
            };
            let none = || {
                let mut row = head();
                row.extend([Cell::Empty, Cell::Say(self.nobody())]);
                row.resize(9, Cell::Empty);
                row
            };
            if item.lines.is_empty() { vec![none()] } else { item.lines.iter().map(row).collect() }
        });
        Table::new("recommended", self.list_title(), columns).with(rows)
    }

    fn opinions(&self) -> Table {
        let columns =
            vec![("application", msg!("sheet-number"), 11), ("part", msg!("report-part"), 14), ("text", msg!("report-text"), 100)];
        let rows = self.items.iter().flat_map(|item| &item.lines).flat_map(|line| {
            let row = |(part, text): &(Message, String)| vec![Cell::text(&line.application), Cell::Say(part.clone()), Cell::text(text)];
            line.opinion.iter().map(row)
        });
        Table::new("opinions", msg!("page-opinions"), columns).with(rows)
    }

    fn publicity(&self) -> Table {
        let columns = vec![("name", msg!("report-line-name"), 24), ("what", msg!("page-what"), 80)];
        let rows = self.publicity_lines().into_iter().map(|(name, what)| vec![Cell::Say(name), what]);
        Table::new("publicity", msg!("report-publicity"), columns).with(rows)
    }

    /// What is said about the publicity, blanks included.
    pub(super) fn publicity_lines(&self) -> Vec<(Message, Cell)> {
        let Publicity { from, until, contact } = &self.publicity;
        vec![
            (msg!("report-publicity-from"), from.as_ref().map_or(Cell::Empty, Cell::text)),
            (msg!("report-publicity-until"), until.as_ref().map_or(Cell::Empty, Cell::text)),
            (msg!("report-publicity-contact"), contact.as_ref().map_or(Cell::Empty, Cell::text)),
            (msg!("report-publicity-office"), Cell::Both(self.head.office.clone())),
        ]
    }
}

fn notice_line(dossier: &Dossier<'_>, line: &internal::Line<'_>, hidden: &Hidden) -> Option<NoticeLine> {
    let id = Some(&line.result.id).filter(|_| internal::is_named(dossier, line))?;
    let application = dossier.package.application(id)?;
    let parts = dossier.table.opinions.get(id).map(|opinion| opinion.parts()).into_iter().flatten();
    let said = parts.filter(|(text, _)| !text.trim().is_empty());
    Some(NoticeLine {
        rank: line.row.map(|row| row.rank),
        place: internal::place(dossier, line),
        application: id.clone(),
        title: application.title.clone(),
        applicant: application.applicant.name.clone(),
        city: internal::city(dossier, id),
        total: line.entry.total.clone().unwrap_or_default(),
        opinion: said.map(|(text, part)| (part, hidden.without(text))).collect(),
    })
}

/// What must not stand in a published text: who is on the roster, and how to reach an applicant. An opinion is prose, so a name may have
/// slipped in.
struct Hidden {
    /// Longest first, so that no rest of a longer name is left.
    names: Vec<String>,
    codes: Vec<String>,
}

impl Hidden {
    fn of(package: &Package) -> Self {
        let people = package.roster.people.iter().map(|person| person.name.as_str());
        let applicants = package.applications.iter().flat_map(|one| [one.applicant.contact.as_str(), one.applicant.legal_rep.as_str()]);
        // A contact of "无" is nobody's, and the word stands in every other sentence.
        let is_name = |name: &&str| name.chars().count() >= 2;
        let mut names: Vec<String> = people.chain(applicants).map(str::trim).filter(is_name).map(str::to_owned).collect();
        names.sort_by_key(|name| std::cmp::Reverse(name.chars().count()));
        let codes = package.roster.people.iter().map(|person| person.code.to_string().to_ascii_lowercase()).collect();
        Self { names, codes }
    }

    fn without(&self, text: &str) -> String {
        let without_names = self.names.iter().fold(text.to_owned(), |text, name| text.replace(name.as_str(), WITHHELD));
        self.codes.iter().fold(without_names, |text, code| without_code(&text, code))
    }
}

/// `text` without `code`, in upper or lower case, where it is a word of its own: R1 is no part of R12.
fn without_code(text: &str, code: &str) -> String {
    let lower = text.to_ascii_lowercase();
    let (mut out, mut rest) = (String::with_capacity(text.len()), 0);
    for (at, found) in lower.match_indices(code) {
        let end = at.saturating_add(found.len());
        let joins = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        let is_part = joins(lower.get(..at).and_then(|before| before.chars().next_back()))
            || joins(lower.get(end..).and_then(|after| after.chars().next()));
        if !is_part {
            out.push_str(text.get(rest..at).unwrap_or_default());
            out.push_str(WITHHELD);
            rest = end;
        }
    }
    out.push_str(text.get(rest..).unwrap_or_default());
    out
}
