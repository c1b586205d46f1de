//! A report as a workbook: a sheet for each table, numbers as numbers with the places they were worked out with, text as text and never
//! as a formula, ready to print on A4.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

use crate::{
    domain::text::{Language, Message},
    i18n, msg,
    report::{
        CannotMake, Made,
        audience::Audience,
        dossier::Head,
        table::{Cell, Table},
    },
};

/// Most characters of a cell, as Excel counts them (UTF-16 units).
const LONGEST_CELL: usize = 32_767;
/// Most characters of a header or footer.
const LONGEST_HEADER: usize = 255;
/// Most characters of a sheet's name.
const LONGEST_NAME: usize = 31;
/// Digits that a spreadsheet keeps of a number.
const DIGITS: usize = 15;
/// Height of a line and of the tallest row that Excel takes, in points.
const LINE: u16 = 15;
const TALLEST_ROW: u16 = 409;
/// Digits of a column that its edges take, and a wider font than the usual one.
const MARGIN: u16 = 1;
/// Row of the headings: the mark and what the report is about stand above.
const HEADINGS: u32 = 2;

pub(super) fn make(audience: &Audience<'_>, language: Language) -> Result<Made, CannotMake> {
    let bytes = workbook(audience, language).map_err(CannotMake::new)?;
    Ok(Made::File { ending: "xlsx", bytes })
}

fn workbook(audience: &Audience<'_>, language: Language) -> Result<Vec<u8>, XlsxError> {
    let head = audience.head();
    let mut book = Workbook::new();
    // The date of the report is that of the result, so that the same result gives the same bytes.
    let created = ExcelDateTime::parse_from_str(head.claimed.instant().to_string().trim_end_matches('Z'))?;
    let mark = i18n::text(language, &head.mark.words());
    book.set_properties(
        &DocProperties::new().set_title(&head.bundle).set_subject(&head.digest).set_status(&mark).set_creation_datetime(&created),
    );
    let print = Printer { language, head, mark };
    for table in audience.tables() {
        let sheet = book.add_worksheet();
        print.sheet(sheet, &table)?;
    }
    book.save_to_buffer()
}

struct Printer<'a> {
    language: Language,
    head: &'a Head,
    mark: String,
}

impl Printer<'_> {
    fn say(&self, message: &Message) -> String {
        i18n::text(self.language, message)
    }

    fn sheet(&self, sheet: &mut Worksheet, table: &Table) -> Result<(), XlsxError> {
        let title = self.say(&table.title);
        sheet.set_name(sheet_name(&title))?;
        self.set_up(sheet, &title)?;
        let strong = Format::new().set_bold();
        let about = msg!("report-about", call = self.head.call, panel = self.head.panel, revision = self.head.revision);
        let about = format!("{}　{} {}", self.say(&about), self.say(&msg!("page-digest-bundle")), self.head.digest);
        sheet.write_string_with_format(0, 0, short(&format!("{}　{title}", self.mark)), &strong)?;
        sheet.write_string(1, 0, short(&about))?;
        let heading = cell_format().set_text_wrap().set_bold().set_background_color(0xEE_EE_EE);
        for (column, at) in table.columns.iter().zip(0_u16..) {
            sheet.set_column_width(at, column.width)?;
            sheet.write_string_with_format(HEADINGS, at, short(&column.heading.print(self.language)), &heading)?;
        }
        self.fit(sheet, HEADINGS, table, table.columns.iter().map(|column| &column.heading))?;
        for (row, at) in table.rows.iter().zip(HEADINGS.saturating_add(1)..) {
            for (cell, column) in row.iter().zip(0_u16..) {
                self.cell(sheet, at, column, cell)?;
            }
            self.fit(sheet, at, table, row.iter())?;
        }
        Ok(())
    }

    /// Makes a row as high as its longest cell needs.
    fn fit<'b>(&self, sheet: &mut Worksheet, row: u32, table: &Table, cells: impl Iterator<Item = &'b Cell>) -> Result<(), XlsxError> {
        let lines = cells.zip(&table.columns).map(|(cell, column)| lines(&cell.print(self.language), column.width)).max();
        let height = lines.unwrap_or(1).saturating_mul(LINE).min(TALLEST_ROW);
        sheet.set_row_height(row, f64::from(height)).map(drop)
    }

    /// A4 across, headings on every page, the mark and the digest in the margins.
    fn set_up(&self, sheet: &mut Worksheet, title: &str) -> Result<(), XlsxError> {
        sheet.set_paper_size(9).set_landscape().set_print_fit_to_pages(1, 0);
        sheet.set_repeat_rows(0, HEADINGS)?;
        sheet.set_freeze_panes(HEADINGS.saturating_add(1), 0)?;
        sheet.set_header(in_margin(&format!("&L{}&C{}&R{}", plain(&self.mark), plain(title), plain(&self.head.call))));
        sheet.set_footer(in_margin(&format!("&L&8{}&R&P / &N", plain(&self.head.digest))));
        Ok(())
    }

    fn cell(&self, sheet: &mut Worksheet, row: u32, column: u16, cell: &Cell) -> Result<(), XlsxError> {
        let text = cell.print(self.language);
        match number(cell, &text) {
            Some((value, format)) => sheet.write_number_with_format(row, column, value, &cell_format().set_num_format(format))?,
            None => {
                let align = if cell.is_figure() { FormatAlign::Right } else { FormatAlign::Left };
                sheet.write_string_with_format(row, column, short(&text), &cell_format().set_text_wrap().set_align(align))?
            }
        };
        Ok(())
    }
}

/// Lines that a text takes in a column so many digits wide. Not every program works out the height of a row by itself.
fn lines(text: &str, width: u16) -> u16 {
    let of_line = |line: &str| {
        let digits = line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
        u16::try_from(digits.div_ceil(usize::from(width.saturating_sub(MARGIN).max(1))).max(1)).unwrap_or(u16::MAX)
    };
    text.lines().map(of_line).fold(0_u16, u16::saturating_add).max(1)
}

fn cell_format() -> Format {
    Format::new().set_border(FormatBorder::Thin).set_align(FormatAlign::Top)
}

/// The number of a cell and the format that shows it with its own places. A number with more digits than a spreadsheet keeps, or
/// without a last place, stays a text: nothing is rounded here.
fn number(cell: &Cell, text: &str) -> Option<(f64, String)> {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    if !cell.is_figure() || digits > DIGITS || text.contains('/') {
        return None;
    }
    let places = text.split_once('.').map_or(0, |(_, places)| places.len());
    let format = if places == 0 { "0".to_owned() } else { format!("0.{}", "0".repeat(places)) };
    Some((text.parse().ok()?, format))
}

/// As much of `text` as a cell takes; a text that is longer says that it was cut.
fn short(text: &str) -> String {
    cut(text, LONGEST_CELL)
}

fn cut(text: &str, most: usize) -> String {
    let units = |c: char| c.len_utf16();
    if text.chars().map(units).sum::<usize>() <= most {
        return text.to_owned();
    }
    let mut left = most.saturating_sub(1);
    let mut kept: String = text.chars().take_while(|c| left.checked_sub(units(*c)).map(|rest| left = rest).is_some()).collect();
    kept.push('…');
    kept
}

/// A name that a sheet may have.
fn sheet_name(title: &str) -> String {
    let allowed = |c: &char| !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'');
    cut(&title.chars().filter(allowed).collect::<String>(), LONGEST_NAME)
}

/// Text between the codes of a header: an ampersand would begin another code.
fn plain(text: &str) -> String {
    text.replace('&', "&&")
}

fn in_margin(text: &str) -> String {
    cut(text, LONGEST_HEADER)
}
