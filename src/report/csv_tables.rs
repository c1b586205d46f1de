//! A report as a folder of tables: UTF-8 with a byte order mark and CRLF, as Excel and WPS take it. A cell that a spreadsheet would take
//! for a formula or a date begins with an apostrophe. Every row says what the report is worth and which bundle it comes from, because a table
//! is soon copied out of its folder.

use csv::{Terminator, Writer, WriterBuilder};

use crate::{
    domain::text::{Language, Message},
    i18n, msg,
    report::{
        CannotMake, Made,
        audience::Audience,
        table::{Cell, Table},
    },
};

/// Excel takes a file for UTF-8 only with this in front.
const BYTE_ORDER_MARK: &[u8] = "\u{FEFF}".as_bytes();

pub(super) fn make(audience: &Audience<'_>, language: Language) -> Result<Made, CannotMake> {
    let head = audience.head();
    let tables = audience.tables();
    let mut files = Vec::new();
    let mut index = Table::new(
        "index",
        msg!("report-table-index"),
        vec![("file", msg!("report-file"), 0), ("title", msg!("report-part-title"), 0), ("rows", msg!("report-rows"), 0)],
    );
    for (at, table) in tables.iter().enumerate() {
        let name = format!("{:02}-{}.csv", at.saturating_add(1), table.id);
        index.rows.push(vec![Cell::text(&name), Cell::Say(table.title.clone()), Cell::figure(Some(table.rows.len()))]);
        files.push((name, bytes(table, audience, language)?));
    }
    for (name, value) in [
        (msg!("report-audience"), Cell::Text(audience.word().to_owned())),
        (msg!("sheet-call"), Cell::Both(head.title.clone())),
        (msg!("sheet-panel"), Cell::Text(head.panel.clone())),
        (msg!("sheet-rubric"), Cell::Both(head.rubric.clone())),
        (msg!("page-revision"), Cell::figure(Some(head.revision))),
        (msg!("page-time"), Cell::text(&head.claimed)),
    ] {
        index.rows.push(vec![Cell::Say(name), value, Cell::Empty]);
    }
    files.insert(0, ("00-index.csv".to_owned(), bytes(&index, audience, language)?));
    Ok(Made::Folder { ending: "tables", files })
}

/// One table, with the two columns that every table has.
pub(super) fn bytes(table: &Table, audience: &Audience<'_>, language: Language) -> Result<Vec<u8>, CannotMake> {
    let head = audience.head();
    let say = |message: &Message| i18n::text(language, message);
    let fixed = [(say(&msg!("report-mark")), say(&head.mark.words())), (say(&msg!("page-digest-bundle")), head.digest.clone())];
    written(table, &fixed, language)
}

/// A table as a spreadsheet reads it, with `fixed` columns that say the same in every row.
pub(super) fn written(table: &Table, fixed: &[(String, String)], language: Language) -> Result<Vec<u8>, CannotMake> {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(BYTE_ORDER_MARK.to_vec());
    let headings = table.columns.iter().map(|column| harmless(&column.heading, language));
    record(&mut writer, headings.chain(fixed.iter().map(|(heading, _)| heading.clone())))?;
    for row in &table.rows {
        let cells = row.iter().map(|cell| harmless(cell, language));
        record(&mut writer, cells.chain(fixed.iter().map(|(_, value)| value.clone())))?;
    }
    writer.into_inner().map_err(CannotMake::new)
}

fn record(writer: &mut Writer<Vec<u8>>, cells: impl Iterator<Item = String>) -> Result<(), CannotMake> {
    writer.write_record(cells).map_err(CannotMake::new)
}

/// A cell that no spreadsheet runs, and none takes for a date: 1/2 is a weight and no second of January. The full-width signs count too:
/// Excel reads them as the narrow ones where the system is Chinese.
fn harmless(cell: &Cell, language: Language) -> String {
    let text = cell.print(language);
    let is_digits = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    let is_fraction = text.split_once('/').is_some_and(|(above, below)| is_digits(above) && is_digits(below));
    if is_fraction || !cell.is_figure() && is_formula(&text) { format!("'{text}") } else { text }
}

/// Whether a spreadsheet would run `text`.
pub(super) fn is_formula(text: &str) -> bool {
    text.trim_start().starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'])
}
