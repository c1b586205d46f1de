//! The figures: ranks, means, every reviewer's points, and what was written beside them. Each number is the text of `results.json` or of
//! the derivation beside it.

use crate::{
    domain::{
        consolidate::{
            conclusion,
            derivation::{ApplicationResult, ItemResult, SheetLine},
            input::Standing,
        },
        ids::{CriterionId, DimensionId},
        number::Points,
        ranking::Ranked,
        result::{ApplicationEntry, MeanEntry},
        rubric::Criterion,
        text::{Bilingual, Message},
    },
    msg,
    report::{
        dossier::Dossier,
        internal::{city, item_title, title},
        table::{Cell, Column, Table},
    },
};

/// An application of a result, where it stands, and the entry that `results.json` has on it.
pub(in crate::report) struct Line<'a> {
    /// Item.
    pub(in crate::report) item: &'a ItemResult,
    /// Application.
    pub(in crate::report) result: &'a ApplicationResult,
    /// Its row, where it is ranked.
    pub(in crate::report) row: Option<&'a Ranked>,
    /// Its entry.
    pub(in crate::report) entry: ApplicationEntry,
}

/// The applications of an item: ranked ones best first, then the others by id.
pub(in crate::report) fn lines<'a>(dossier: &Dossier<'_>, item: &'a ItemResult) -> Vec<Line<'a>> {
    let ranked = item.ranking.rows.iter().filter_map(|row| Some((item.application(&row.id)?, Some(row))));
    let others = item.applications.iter().filter(|one| item.ranking.row(&one.id).is_none()).map(|one| (one, None));
    let rubric = &dossier.package.rubric;
    ranked.chain(others).map(|(result, row)| Line { item, result, row, entry: ApplicationEntry::of(rubric, result, row) }).collect()
}

/// What became of an application, in words.
pub(in crate::report) fn place(dossier: &Dossier<'_>, line: &Line<'_>) -> Message {
    conclusion::words(&dossier.package.rubric, line.result, line.row)
}

/// Whether an application is on the list that the office recommends or announces.
pub(in crate::report) fn is_named(dossier: &Dossier<'_>, line: &Line<'_>) -> bool {
    conclusion::is_named(&dossier.package.rubric, line.result, line.row)
}

/// What that list is called: who is recommended, or what the verdicts are.
pub(in crate::report) fn list_title(has_verdicts: bool) -> Message {
    if has_verdicts { msg!("report-table-verdicts") } else { msg!("report-table-recommended") }
}

pub(super) fn ranking(dossier: &Dossier<'_>) -> Table {
    let columns = vec![
        ("item", msg!("report-item"), 8),
        ("item_title", msg!("report-item-title"), 22),
        ("rank", msg!("page-rank"), 6),
        ("tied", msg!("report-tied"), 6),
        ("application", msg!("sheet-number"), 11),
        ("title", msg!("sheet-application"), 30),
        ("applicant", msg!("report-applicant"), 24),
        ("city", msg!("field-city"), 10),
        ("sheets", msg!("page-sheets"), 9),
        ("total", msg!("sheet-total"), 9),
        ("separated_by", msg!("report-separated-by"), 12),
        ("outcome", msg!("report-outcome-word"), 14),
        ("place", msg!("page-outcome"), 20),
    ];
    let row = |line: Line<'_>| {
        let application = dossier.package.application(&line.result.id);
        let tied = if line.entry.tied { Cell::Say(msg!("report-yes")) } else { Cell::Empty };
        vec![
            Cell::text(&line.item.id),
            Cell::both(item_title(dossier, &line.item.id)),
            Cell::figure(line.entry.rank),
            tied,
            Cell::text(&line.result.id),
            Cell::both(title(dossier, &line.result.id)),
            application.map_or(Cell::Empty, |one| Cell::text(&one.applicant.name)),
            city(dossier, &line.result.id),
            Cell::figure(Some(line.result.valid)),
            Cell::figure(line.entry.total.as_ref()),
            line.entry.separated_by.as_ref().map_or(Cell::Empty, Cell::text),
            Cell::text(&line.entry.outcome),
            Cell::Say(place(dossier, &line)),
        ]
    };
    Table::new("ranking", msg!("report-table-ranking"), columns).with(dossier.results.iter().flat_map(|item| lines(dossier, item)).map(row))
}

pub(super) fn means(dossier: &Dossier<'_>) -> Table {
    let rubric = &dossier.package.rubric;
    let columns = vec![
        ("application", msg!("sheet-number"), 11),
        ("part", msg!("report-part"), 8),
        ("title", msg!("report-part-title"), 36),
        ("max", msg!("sheet-max"), 8),
        ("figure", msg!("report-figure"), 12),
    ];
    let rows = |line: Line<'_>| {
        let id = Cell::text(&line.result.id);
        let row = |part: Cell, title: Option<&Bilingual>, max: Option<Points>, mean: &String| {
            vec![id.clone(), part, Cell::both(title), Cell::figure(max), Cell::figure(Some(mean))]
        };
        let dimension = |one: &MeanEntry<DimensionId>| {
            let part = rubric.dimension(&one.id);
            row(Cell::text(&one.id), part.map(|part| &part.title), part.map(|part| part.max), &one.mean)
        };
        let criterion = |one: &MeanEntry<CriterionId>| {
            let part = rubric.criterion(&one.id);
            row(Cell::text(&one.id), part.map(|part| &part.title), part.map(|part| part.max), &one.mean)
        };
        line.entry.dimensions.iter().map(dimension).chain(line.entry.criteria.iter().map(criterion)).collect::<Vec<_>>()
    };
    let rows = dossier.results.iter().flat_map(|item| lines(dossier, item)).flat_map(rows);
    Table::new("means", msg!("report-table-means"), columns).with(rows)
}

/// One row for each sheet, one column for each criterion.
pub(super) fn matrix(dossier: &Dossier<'_>) -> Table {
    let columns = vec![
        ("item", msg!("report-item"), 8),
        ("application", msg!("sheet-number"), 11),
        ("reviewer", msg!("sheet-reviewer"), 10),
        ("state", msg!("sheet-state"), 10),
    ];
    let mut table = Table::new("matrix", msg!("report-table-matrix"), columns);
    let criterion = |one: &Criterion| {
        let heading = Bilingual { zh: format!("{} {}", one.id, one.title.zh), en: format!("{} {}", one.id, one.title.en) };
        Column { id: one.id.to_string(), heading: Cell::Both(heading), width: 10 }
    };
    table.columns.extend(dossier.package.rubric.criteria.iter().map(criterion));
    for (id, heading) in [("total", msg!("sheet-total")), ("weight", msg!("report-weight"))] {
        table.columns.push(Column { id: id.to_owned(), heading: Cell::Say(heading), width: 9 });
    }
    let rows = dossier
        .results
        .iter()
        .flat_map(|item| lines(dossier, item))
        .flat_map(|line| line.result.sheets.iter().map(|sheet| sheet_row(dossier, &line, sheet)).collect::<Vec<_>>());
    table.with(rows)
}

fn sheet_row(dossier: &Dossier<'_>, line: &Line<'_>, sheet: &SheetLine) -> Vec<Cell> {
    let entry = line.entry.sheets.iter().find(|one| one.reviewer == sheet.reviewer && sheet.counts());
    let mut row =
        vec![Cell::text(&line.item.id), Cell::text(&line.result.id), Cell::text(&sheet.reviewer), Cell::Say(standing(sheet.standing))];
    let is_answered = sheet.counts();
    row.extend(dossier.package.rubric.criteria.iter().enumerate().map(|(at, criterion)| match sheet.cells.get(at) {
        Some(cell) => match cell.given {
            Some(given) => Cell::Figure(given.to_string()),
            None if criterion.advisory => Cell::Empty,
            None => Cell::Say(msg!("cell-na")),
        },
        None => Cell::Empty,
    }));
    row.push(Cell::figure(entry.map(|entry| &entry.total).filter(|_| is_answered)));
    row.push(entry.map_or(Cell::Empty, |entry| weight(&entry.weight)));
    row
}

/// A weight: a number where it is whole, a text where it is a fraction, which no spreadsheet must take for a date.
fn weight(weight: &str) -> Cell {
    if weight.contains('/') { Cell::text(weight) } else { Cell::Figure(weight.to_owned()) }
}

/// How a sheet stands, in words.
pub(in crate::report) fn standing(standing: Standing) -> Message {
    match standing {
        Standing::Valid => msg!("standing-valid"),
        Standing::Recused => msg!("standing-recused"),
        Standing::Declined => msg!("standing-declined"),
        Standing::Void => msg!("standing-void"),
        Standing::Replaced => msg!("standing-replaced"),
    }
}

pub(super) fn comments(dossier: &Dossier<'_>) -> Table {
    let columns = vec![
        ("application", msg!("sheet-number"), 11),
        ("reviewer", msg!("sheet-reviewer"), 10),
        ("criterion", msg!("sheet-criterion"), 9),
        ("title", msg!("report-part-title"), 30),
        ("comment", msg!("sheet-comment"), 80),
    ];
    let rubric = &dossier.package.rubric;
    let mut rows = Vec::new();
    for line in dossier.results.iter().flat_map(|item| lines(dossier, item)) {
        let id = &line.result.id;
        for (reviewer, submission) in dossier.given {
            let sheet = submission.desk.sheet(id);
            let head = |criterion: Cell, title: Cell| vec![Cell::text(id), Cell::text(reviewer), criterion, title];
            let of_criteria = rubric.criteria.iter().filter(|criterion| !sheet.comment(&criterion.id).is_empty());
            for criterion in of_criteria {
                let mut row = head(Cell::text(&criterion.id), Cell::Both(criterion.title.clone()));
                row.push(Cell::text(sheet.comment(&criterion.id)));
                rows.push(row);
            }
            if !sheet.overall.is_empty() {
                let mut row = head(Cell::Empty, Cell::Say(msg!("report-overall")));
                row.push(Cell::text(&sheet.overall));
                rows.push(row);
            }
        }
    }
    Table::new("comments", msg!("report-table-comments"), columns).with(rows)
}
