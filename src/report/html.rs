//! A report as one page for a browser and for paper: no script, nothing from elsewhere, and on every sheet of paper what it is worth and
//! which bundle it comes from.

mod charts;
mod internal;
mod public;

use minijinja::{Value, context};

use crate::{
    domain::text::{Language, Message},
    i18n, msg,
    report::{
        CannotMake, Made,
        audience::Audience,
        dossier::{Head, Mark},
        page::{self, plain, render},
        table::{Cell, Column, Table},
    },
};

const TEMPLATE: &str = include_str!("html/report.html");
/// Most characters of a word that is kept on one line: an identifier, 拟揭榜.
const SHORT: usize = 8;
/// Most letters of a word that is never broken: a column may have to be that wide.
const LONGEST_WORD: usize = 16;

pub(super) fn make(audience: &Audience<'_>, language: Language) -> Result<Made, CannotMake> {
    let words = Words { language };
    let (title, parts) = match audience {
        Audience::Internal(dossier) => (msg!("report-title"), internal::parts(dossier, words)),
        Audience::Public(notice) => (msg!("report-title-public"), public::parts(notice, words)),
    };
    let content = context! { ..frame(audience.head(), words), ..context! { title => words.say(&title), parts } };
    Ok(Made::File { ending: "html", bytes: render(TEMPLATE, content) })
}

/// What puts words on a page.
#[derive(Clone, Copy)]
struct Words {
    language: Language,
}

impl Words {
    fn say(self, message: &Message) -> String {
        plain(&i18n::text(self.language, message))
    }

    fn print(self, cell: &Cell) -> String {
        cell.print(self.language)
    }

    /// A table as it stands in a page; one without rows says that there is nothing.
    fn table(self, table: &Table) -> Value {
        let is_number = |at: usize| table.rows.iter().filter_map(|row| row.get(at)).any(Cell::is_figure);
        let heading = |(at, column): (usize, &Column)| self.cell(&column.heading, is_number(at));
        let columns: Vec<Value> = table.columns.iter().enumerate().map(heading).collect();
        let row = |row: &Vec<Cell>| row.iter().map(|cell| self.cell(cell, cell.is_figure())).collect::<Vec<_>>();
        let rows: Vec<Vec<Value>> = table.rows.iter().map(row).collect();
        context! { columns, rows, none => self.say(&msg!("report-none")) }
    }

    /// A cell: digits below digits, short words on one line.
    fn cell(self, cell: &Cell, is_number: bool) -> Value {
        let text = self.print(cell);
        // Only what fits on no line is broken inside a word.
        let is_wordy = text.split(|c: char| !c.is_ascii_graphic()).all(|word| word.len() <= LONGEST_WORD);
        let class = match text.chars().count() {
            _ if is_number => "n words",
            ..=SHORT => "short",
            _ if is_wordy => "keep words",
            _ => "keep",
        };
        context! { text, class }
    }
}

/// What stands around every page: the mark, the bundle, and what the report is about.
fn frame(head: &Head, words: Words) -> Value {
    let about: Vec<Value> = [
        (msg!("sheet-call"), format!("{} {}", head.call, plain(head.title.get(words.language)))),
        (msg!("report-publicity-office"), plain(head.office.get(words.language))),
        (msg!("sheet-panel"), head.panel.clone()),
        (msg!("sheet-rubric"), plain(head.rubric.get(words.language))),
        (msg!("page-revision"), head.revision.to_string()),
        (msg!("report-claimed"), head.claimed.to_string()),
        (msg!("page-digest-bundle"), head.digest.clone()),
    ]
    .into_iter()
    .map(|(name, text)| context! { name => words.say(&name), text })
    .collect();
    context! {
        tag => page::tag(words.language),
        mark => words.say(&head.mark.words()),
        weak => head.mark != Mark::Official,
        warning => words.say(&mark_means(head)),
        bundle => head.bundle.clone(),
        digest => head.digest.clone(),
        about,
        footer => words.say(&msg!("page-footer")),
    }
}

/// What the mark means for whoever holds the paper.
fn mark_means(head: &Head) -> Message {
    match head.mark {
        Mark::Official => msg!("mark-official-means"),
        Mark::Draft => msg!("mark-draft-means"),
        Mark::Rehearsal => msg!("mark-rehearsal-means"),
    }
}
