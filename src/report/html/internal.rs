//! The page for those who may see everything: figures, sheets of each reviewer, opinions, what was decided, who signs, how it was
//! verified.

use std::collections::BTreeMap;

use minijinja::{Value, context};

use super::{
    Words,
    charts::{self, Range},
};
use crate::{
    domain::{
        consolidate::{
            conclusion,
            derivation::{Flag, ItemResult, SheetLine},
        },
        deviation::DeviationFlag,
        exact::Exact,
        ids::{ApplicationId, PersonCode},
        ranking::Place,
        text::Message,
    },
    msg,
    report::{
        dossier::Dossier,
        internal::{self, Line, lines, place, standing, tables, title},
        page::plain,
        table::{Cell, Table},
    },
};

pub(super) fn parts(dossier: &Dossier<'_>, words: Words) -> Vec<Value> {
    let page = Page { dossier, words };
    let mut parts = vec![page.summary(), page.spread(), page.recommended(), page.opinions(), page.sheets()];
    parts.extend(page.record());
    parts.extend([page.signatures(), page.verification()]);
    parts
}

fn is_winner(line: &Line<'_>) -> bool {
    line.row.is_some_and(|row| row.place == Place::Winner)
}

struct Page<'a> {
    dossier: &'a Dossier<'a>,
    words: Words,
}

impl Page<'_> {
    fn say(&self, message: &Message) -> String {
        self.words.say(message)
    }

    fn named(&self, id: &ApplicationId) -> String {
        let title = title(self.dossier, id).map(|title| plain(title.get(self.words.language))).unwrap_or_default();
        format!("{id} {title}")
    }

    fn item_named(&self, item: &ItemResult) -> String {
        let title = internal::item_title(self.dossier, &item.id).map(|title| plain(title.get(self.words.language))).unwrap_or_default();
        format!("{} {title}", item.id)
    }

    /// 评分汇总表: ranks and totals, each with its bar, and where the quota ends.
    fn summary(&self) -> Value {
        let rubric = &self.dossier.package.rubric;
        let headings = context! {
            rank => self.say(&msg!("page-rank")), application => self.say(&msg!("sheet-application")),
            applicant => self.say(&msg!("report-applicant")), total => self.say(&msg!("sheet-total")),
            outcome => self.say(&msg!("page-outcome")),
        };
        let (max, has_verdicts) = (rubric.total.get(), rubric.has_verdicts());
        let item = |item: &ItemResult| {
            let all = lines(self.dossier, item);
            let last_winner = all.iter().rposition(|line| is_winner(line)).filter(|_| !has_verdicts);
            let rows: Vec<Value> = all.iter().enumerate().map(|(at, line)| self.summary_row(item, line, Some(at) == last_winner)).collect();
            context! { title => self.item_named(item), ranking => rows, words => headings.clone(), max => max.normalize().to_string(),
            lines => self.flags(item) }
        };
        let items: Vec<Value> = self.dossier.results.iter().map(item).collect();
        let mut notes = vec![self.say(&if has_verdicts { msg!("report-bar-note-verdicts") } else { msg!("report-bar-note") })];
        notes.extend(rubric.pass.as_ref().map(|pass| self.say(&msg!("report-pass-note", mark = pass.total))));
        context! { title => self.say(&msg!("report-table-summary")), notes, items }
    }

    fn summary_row(&self, item: &ItemResult, line: &Line<'_>, is_last_winner: bool) -> Value {
        let rubric = &self.dossier.package.rubric;
        let won = if rubric.has_verdicts() { line.row.is_some() } else { is_winner(line) };
        let pass = rubric.pass.as_ref().map(|pass| pass.total.get());
        let total = line.result.total.as_ref();
        let bar = total.map(|total| charts::bar(total.figure.value(), Range::up_to(rubric.total.get()), pass, won));
        let count = item.ranking.winners().count();
        let cut = is_last_winner.then(|| self.say(&msg!("report-cut", count = count)));
        let tied = if line.entry.tied { format!(" {}", self.say(&msg!("apart-tied"))) } else { String::new() };
        context! {
            rank => line.entry.rank.map(|rank| rank.to_string()).unwrap_or_default(),
            application => self.named(&line.result.id),
            applicant => self.dossier.package.application(&line.result.id).map(|one| plain(&one.applicant.name)).unwrap_or_default(),
            total => line.entry.total.clone().unwrap_or_default(),
            bar => bar.unwrap_or_else(|| Value::from("")), cut,
            outcome => format!("{}{tied}", self.say(&place(self.dossier, line))),
        }
    }

    /// What the panel should have looked at in an item, and an item without a winner.
    fn flags(&self, item: &ItemResult) -> Vec<Value> {
        let none =
            conclusion::is_without_winner(&self.dossier.package.rubric, &item.ranking).then(|| msg!("table-no-winner", item = item.id));
        let flags = item.applications.iter().flat_map(|one| {
            let flags = one.flags.iter().filter_map(Flag::deviation).map(DeviationFlag::text);
            flags.map(|flag| msg!("table-flag", application = one.id).with_message("flag", flag))
        });
        none.into_iter().chain(flags).map(|message| context! { text => self.say(&message).trim() }).collect()
    }

    /// How far the sheets of each application lie apart.
    fn spread(&self) -> Value {
        let used = |sheets: &[SheetLine]| -> Vec<Exact> { sheets.iter().filter(|sheet| sheet.counts()).map(SheetLine::used).collect() };
        let headings = context! {
            application => self.say(&msg!("sheet-application")), sheets => self.say(&msg!("page-sheets")),
            lowest => self.say(&msg!("report-lowest")), median => self.say(&msg!("report-median")),
            highest => self.say(&msg!("report-highest")),
        };
        let row = |line: &Line<'_>, range: Range| {
            let values = used(&line.result.sheets);
            let [lowest, median, highest] = charts::figures(&values);
            context! { application => self.named(&line.result.id), n => values.len(), lowest, median, highest,
            box => charts::spread(&values, range) }
        };
        let item = |item: &ItemResult| {
            let all: Vec<Exact> = item.applications.iter().flat_map(|one| used(&one.sheets)).collect();
            let range = Range::around(&all);
            let scored = lines(self.dossier, item).into_iter().filter(|line| line.result.valid > 0);
            let rows: Vec<Value> = scored.map(|line| row(&line, range)).collect();
            context! { title => self.item_named(item), spread => rows, words => headings.clone(), low => range.low.to_string(),
            high => range.high.to_string() }
        };
        let items: Vec<Value> = self.dossier.results.iter().map(item).collect();
        context! { title => self.say(&msg!("report-table-spread")), notes => vec![self.say(&msg!("report-spread-note"))], items }
    }

    /// 推荐名单.
    fn recommended(&self) -> Value {
        let columns = vec![
            ("item", msg!("report-item"), 0),
            ("rank", msg!("page-rank"), 0),
            ("application", msg!("sheet-application"), 0),
            ("applicant", msg!("report-applicant"), 0),
            ("city", msg!("field-city"), 0),
            ("total", msg!("sheet-total"), 0),
            ("place", msg!("page-outcome"), 0),
        ];
        let all = self.dossier.results.iter().flat_map(|item| lines(self.dossier, item));
        let named = all.filter(|line| internal::is_named(self.dossier, line));
        let row = |line: Line<'_>| {
            let applicant = self.dossier.package.application(&line.result.id).map(|one| one.applicant.name.clone());
            vec![
                Cell::text(&line.item.id),
                Cell::figure(line.entry.rank),
                Cell::Text(self.named(&line.result.id)),
                Cell::text(&applicant.unwrap_or_default()),
                internal::city(self.dossier, &line.result.id),
                Cell::figure(line.entry.total.as_ref()),
                Cell::Say(place(self.dossier, &line)),
            ]
        };
        let table =
            Table::new("recommended", internal::list_title(self.dossier.package.rubric.has_verdicts()), columns).with(named.map(row));
        context! { title => self.say(&table.title), items => vec![context! { table => self.words.table(&table) }] }
    }

    /// 专家组意见.
    fn opinions(&self) -> Value {
        let item = |(id, opinion): (&ApplicationId, &crate::domain::decision::Opinion)| {
            let said = opinion.parts().into_iter().filter(|(text, _)| !text.trim().is_empty());
            let parts: Vec<Value> = said.map(|(text, name)| context! { name => self.say(&name), text => plain(text) }).collect();
            context! { title => self.named(id), lines => parts }
        };
        let items: Vec<Value> = self.dossier.table.opinions.iter().map(item).collect();
        context! { title => self.say(&msg!("page-opinions")), page => true, items }
    }

    /// 各评审专家评分表: reviewer by reviewer, with every score and comment.
    fn sheets(&self) -> Value {
        let mut by_reviewer: BTreeMap<&PersonCode, Vec<Value>> = BTreeMap::new();
        for line in self.dossier.results.iter().flat_map(|item| lines(self.dossier, item)) {
            for sheet in &line.result.sheets {
                by_reviewer.entry(&sheet.reviewer).or_default().push(self.sheet(&line, sheet));
            }
        }
        let items: Vec<Value> = by_reviewer.into_values().flatten().collect();
        context! { title => self.say(&msg!("report-table-sheets")), page => true, notes => vec![self.say(&msg!("report-sheets-note"))],
        items }
    }

    fn sheet(&self, line: &Line<'_>, sheet: &SheetLine) -> Value {
        let id = &line.result.id;
        let given = self.dossier.given.get(&sheet.reviewer).map(|submission| submission.desk.sheet(id)).unwrap_or_default();
        let columns = vec![
            ("criterion", msg!("sheet-criterion"), 0),
            ("max", msg!("sheet-max"), 0),
            ("score", msg!("sheet-score"), 0),
            ("comment", msg!("sheet-comment"), 0),
        ];
        let criteria = self.dossier.package.rubric.criteria.iter().zip(&sheet.cells);
        let rows = criteria.map(|(criterion, cell)| {
            let score = match cell.given {
                Some(value) => Cell::Figure(value.to_string()),
                None if criterion.advisory => Cell::Empty,
                None => Cell::Say(msg!("cell-na")),
            };
            let name = format!("{} {}", criterion.id, criterion.title.get(self.words.language));
            vec![Cell::Text(name), Cell::Figure(criterion.max.to_string()), score, Cell::text(given.comment(&criterion.id))]
        });
        let table = Table::new("sheet", msg!("report-table-sheets"), columns).with(rows);
        let entry = line.entry.sheets.iter().find(|one| one.reviewer == sheet.reviewer && sheet.counts());
        let state = match entry {
            Some(entry) => msg!("report-sheet-total", total = entry.total, weight = entry.weight),
            None => standing(sheet.standing),
        };
        let mut said = vec![context! { text => self.say(&state) }];
        if !given.overall.is_empty() {
            said.push(context! { name => self.say(&msg!("report-overall")), text => plain(&given.overall) });
        }
        let title =
            format!("{} · {}", plain(&format!("{} {}", sheet.reviewer, internal::name(self.dossier, &sheet.reviewer))), self.named(id));
        let table = sheet.counts().then(|| self.words.table(&table));
        context! { title, class => "together dense", lines => said, table }
    }

    /// 回避与更正: whoever stayed out, what was decided, what was corrected.
    fn record(&self) -> Vec<Value> {
        let wanted = ["recusals", "decisions", "corrections"];
        let part = |(at, table): (usize, Table)| {
            context! { title => self.say(&table.title), page => at == 0, items => vec![context! { table => self.words.table(&table) }] }
        };
        tables(self.dossier).into_iter().filter(|table| wanted.contains(&table.id)).enumerate().map(part).collect()
    }

    /// 签字页: who sits, how they stand, and a place for ink beside the digest.
    fn signatures(&self) -> Value {
        let row = |cells: Vec<Cell>| {
            let text = |at: usize| cells.get(at).map(|cell| self.words.print(cell)).unwrap_or_default();
            context! { who => format!("{} {}", text(0), text(1)), role => text(2), stand => text(3) }
        };
        let members: Vec<Value> = internal::member_rows(self.dossier).into_iter().map(row).collect();
        let words = context! {
            member => self.say(&msg!("page-member")), role => self.say(&msg!("report-role")), stand => self.say(&msg!("page-stand")),
            signature => self.say(&msg!("sheet-signature")), date => self.say(&msg!("sheet-date")),
        };
        let head = &self.dossier.head;
        let note = self.say(&msg!("report-sign-note", bundle = head.bundle, digest = head.digest));
        context! { title => self.say(&msg!("page-signature")), page => true, notes => vec![note], members, words }
    }

    /// 核验摘要.
    fn verification(&self) -> Value {
        let mut table = tables(self.dossier).pop().unwrap_or_else(|| internal::layers(&self.dossier.head));
        // Commands stand below, where they can be copied whole.
        table.rows.retain(|row| row.first() != Some(&Cell::Say(msg!("report-line-command"))));
        let note = self.say(&msg!("report-command-note"));
        context! { title => self.say(&table.title), page => true, notes => vec![note],
        items => vec![context! { table => self.words.table(&table) }], commands => self.dossier.commands.clone() }
    }
}
