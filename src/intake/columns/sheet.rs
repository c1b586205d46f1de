//! A grid whose headings were understood: which list it holds, which column is which field, and which rows are records.

use std::collections::BTreeSet;

use crate::{
    domain::names,
    intake::{
        columns::{
            Options, Records, Words,
            headings::{is_ignored, list_of_sheet},
            options::IGNORE,
            spec::Spec,
        },
        names_nearest,
        sheets::{Cell, Grid, Remark},
    },
    msg,
};

/// Rows above the headings that may be titles.
const MOST_TITLES: usize = 30;

/// One column.
#[derive(Debug, Clone)]
pub struct Column {
    /// Its place, from 0.
    pub at: usize,
    /// Its heading.
    pub heading: String,
    /// The field it fills in; `None` where it is not read.
    pub field: Option<String>,
}

/// One row with a record or an entry of a list.
#[derive(Debug, Clone)]
pub struct Row {
    /// Its number in the file.
    pub number: usize,
    /// Its cells.
    pub cells: Vec<Cell>,
    /// The heading of the group it stands under, without its number.
    pub group: Option<String>,
}

/// A sheet as it was understood.
#[derive(Debug, Clone)]
pub struct Sheet<'a> {
    /// The sheet.
    pub grid: &'a Grid,
    /// The list that it holds; empty for the records themselves.
    pub list: String,
    /// Columns that have a heading.
    pub columns: Vec<Column>,
    /// Rows.
    pub rows: Vec<Row>,
    /// Rows that are not read: numbers in the file, each with what stands in it.
    pub skipped: Vec<(usize, String)>,
}

/// How the headings of a grid can be read.
struct Reading<'a> {
    list: &'a str,
    row: usize,
    known: usize,
}

impl<'a> Sheet<'a> {
    /// Understands a grid. `Ok(None)` where it is no table of these records: hidden, blank, said to be of no concern, or without
    /// headings that anybody knows.
    ///
    /// # Errors
    /// Everything that is wrong with its headings.
    pub fn understand(grid: &'a Grid, records: &Records, words: &Words, options: &Options) -> Result<Option<Self>, Vec<Remark>> {
        let name = if grid.sheet.is_empty() { stem(&grid.file) } else { grid.sheet.as_str() };
        let said = options.sheet(name);
        if grid.hidden || grid.rows.is_empty() || said.as_deref() == Some(IGNORE) {
            return Ok(None);
        }
        let named = said.or_else(|| {
            list_of_sheet(name).filter(|list| records.spec.leaves.keys().any(|path| Spec::list_of(path) == *list)).map(str::to_owned)
        });
        let meaning = |heading: &str, list: &str| meaning(heading, list, records, words, options);
        let lists: BTreeSet<&str> = match &named {
            Some(list) => BTreeSet::from([list.as_str()]),
            None => records.spec.leaves.keys().map(|path| Spec::list_of(path)).filter(|list| list.matches("[]").count() < 2).collect(),
        };
        let readings: Vec<Reading<'_>> = lists.iter().filter_map(|list| best_row(grid, list, &meaning)).collect();
        let Some(most) = readings.iter().map(|reading| reading.known).max() else { return Ok(None) };
        let best: Vec<&Reading<'_>> = readings.iter().filter(|reading| reading.known == most).collect();
        let Some(chosen) = best.iter().find(|reading| reading.list.is_empty()).or(best.first()) else { return Ok(None) };
        if best.len() > 1 && !chosen.list.is_empty() {
            let lists = best.iter().map(|reading| reading.list.trim_end_matches("[]")).collect::<Vec<_>>().join(", ");
            let number = grid.rows.get(chosen.row).map_or(1, |(number, _)| *number);
            let place = crate::intake::sheets::Place { column: 0, ..grid.place(number, 0, "") };
            return Err(vec![Remark::error(place, msg!("err-sheet-unclear", lists = lists), msg!("rec-sheet-unclear"))]);
        }
        Self::laid_out(grid, chosen, records, &meaning).map(Some)
    }

    fn laid_out(
        grid: &'a Grid,
        reading: &Reading<'_>,
        records: &Records,
        meaning: &dyn Fn(&str, &str) -> Meaning,
    ) -> Result<Self, Vec<Remark>> {
        let Some((number, head)) = grid.rows.get(reading.row) else { return Err(Vec::new()) };
        let (mut columns, mut remarks): (Vec<Column>, Vec<Remark>) = (Vec::new(), Vec::new());
        for (at, cell) in head.iter().enumerate().filter(|(_, cell)| **cell != Cell::Empty) {
            let heading = cell.shown();
            let place = grid.place(*number, at, &heading);
            let field = match meaning(&heading, reading.list) {
                Meaning::Ignored => None,
                Meaning::Unknown => {
                    let advice = match names_nearest(&heading, records.known(reading.list)) {
                        near if near.id == "rec-did-you-mean" => near,
                        _ => msg!("rec-column-unknown"),
                    };
                    remarks.push(Remark::error(place, msg!("err-heading-unknown", heading = heading), advice));
                    continue;
                }
                Meaning::Field(field) if columns.iter().any(|column| column.field.as_deref() == Some(&field)) => {
                    remarks.push(Remark::error(place, msg!("err-heading-twice", heading = heading), msg!("rec-heading-twice")));
                    continue;
                }
                Meaning::Field(field) => Some(field),
            };
            columns.push(Column { at, heading, field });
        }
        if !remarks.is_empty() {
            return Err(remarks);
        }
        let mut sheet = Self { grid, list: reading.list.to_owned(), columns, rows: Vec::new(), skipped: Vec::new() };
        let strays = sheet.sort_rows(reading.row, head);
        if strays.is_empty() { Ok(sheet) } else { Err(strays) }
    }

    /// Tells the rows below the headings apart. Gives the cells that stand under no heading.
    fn sort_rows(&mut self, headings: usize, head: &[Cell]) -> Vec<Remark> {
        let (mut group, mut strays) = (None, Vec::new());
        for (number, cells) in self.grid.rows.iter().skip(headings.saturating_add(1)) {
            let filled: Vec<(usize, &Cell)> = cells.iter().enumerate().filter(|(_, cell)| **cell != Cell::Empty).collect();
            let Some((_, first)) = filled.first() else { continue };
            let text = first.shown();
            if let Some(title) = group_title(&text, self.columns.len(), filled.len(), self.grid.is_wide(*number)) {
                self.skipped.push((*number, text.clone()));
                group = Some(title);
            } else if cells.as_slice() == head || is_closing(&text) {
                self.skipped.push((*number, text));
            } else {
                let stray = filled.iter().filter(|(at, _)| !self.columns.iter().any(|column| column.at == *at));
                strays.extend(stray.map(|(at, cell)| {
                    let what = msg!("err-cell-no-heading", found = cell.shown());
                    Remark::error(self.grid.place(*number, *at, ""), what, msg!("rec-cell-heading"))
                }));
                self.rows.push(Row { number: *number, cells: cells.clone(), group: group.clone() });
            }
        }
        strays
    }

    /// The cell of a row in the column of `field`.
    #[must_use]
    pub fn cell<'r>(&self, row: &'r Row, field: &str) -> Option<(&Column, &'r Cell)> {
        let column = self.columns.iter().find(|column| column.field.as_deref() == Some(field))?;
        row.cells.get(column.at).map(|cell| (column, cell))
    }
}

/// What a heading means.
enum Meaning {
    Field(String),
    Ignored,
    Unknown,
}

fn meaning(heading: &str, list: &str, records: &Records, words: &Words, options: &Options) -> Meaning {
    match options.column(heading) {
        Some(IGNORE) => return Meaning::Ignored,
        Some(field) => return Meaning::Field(field.to_owned()),
        None => {}
    }
    let own = (!list.is_empty()).then(|| records.field(heading, list)).flatten();
    let field = own.or_else(|| records.field(heading, "")).map(str::to_owned).or_else(|| words.gate_field(heading));
    match field {
        Some(field) => Meaning::Field(field),
        None if is_ignored(heading) => Meaning::Ignored,
        None => Meaning::Unknown,
    }
}

/// The row that has most of the headings of a list. Of two in a row the lower one: the upper one then holds headings over several.
fn best_row<'l>(grid: &Grid, list: &'l str, meaning: &dyn Fn(&str, &str) -> Meaning) -> Option<Reading<'l>> {
    let is_own = |field: &str| field.starts_with(list);
    let count = |cells: &[Cell]| {
        let fields = cells.iter().filter(|cell| matches!(cell, Cell::Text(_))).filter_map(|cell| match meaning(&cell.shown(), list) {
            Meaning::Field(field) => Some(field),
            _ => None,
        });
        let fields: BTreeSet<String> = fields.collect();
        if fields.iter().any(|field| is_own(field)) { fields.len() } else { 0 }
    };
    let counts: Vec<usize> = grid.rows.iter().take(MOST_TITLES).map(|(_, cells)| count(cells)).collect();
    let known = counts.iter().copied().max().filter(|most| *most >= 2)?;
    let first = counts.iter().position(|count| *count == known)?;
    let row = if counts.get(first.saturating_add(1)) == Some(&known) { first.saturating_add(1) } else { first };
    Some(Reading { list, row, known })
}

/// The title of a group of rows: the only text of a row, and numbered or over several columns.
fn group_title(text: &str, columns: usize, filled: usize, is_wide: bool) -> Option<String> {
    const NUMERALS: [char; 12] = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '（', '('];
    const MARKS: [char; 6] = ['、', '）', ')', '.', '．', ' '];
    if columns < 3 || filled != 1 {
        return None;
    }
    let without = text.trim_start_matches(NUMERALS);
    let title = without.trim_start_matches(MARKS).trim();
    let is_numbered = without.len() < text.len() && title.len() < without.len();
    (is_numbered || is_wide).then(|| if is_numbered { title.to_owned() } else { text.to_owned() })
}

/// A row below the records: a sum, a remark, who filled the table in.
fn is_closing(text: &str) -> bool {
    const SUMS: [&str; 4] = ["合计", "总计", "小计", "共计"];
    const REMARKS: [&str; 6] = ["注", "备注", "说明", "填表人", "制表人", "填报单位"];
    let plain = names::folded(text);
    SUMS.iter().any(|word| plain == *word || plain == format!("{word}:"))
        || REMARKS.iter().any(|word| plain.starts_with(&format!("{word}:")))
}

/// The name of a text file without folder and ending.
fn stem(file: &str) -> &str {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}
