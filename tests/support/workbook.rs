//! Workbooks made cell by cell, so that a test can show what stands in the file. A cell is written with what it is:
//! `n:1800` a number, `d:46097` a day, `p:0.52` a number under a percent format, `b:1` yes, `e:#N/A` a failed formula,
//! `f:` a formula without result, `f:5` one with result, `fs:` one whose result is an empty text; anything else is text.

use super::zip_raw::{RawMember, raw_zip};

/// A sheet of a workbook.
#[derive(Default, Clone)]
pub(crate) struct Sheet {
    pub(crate) name: String,
    pub(crate) rows: Vec<Vec<String>>,
    /// Merged regions, such as `A1:C1`.
    pub(crate) merged: Vec<String>,
    pub(crate) hidden: bool,
    /// What the sheet says its size is; nothing by default.
    pub(crate) dimension: Option<String>,
}

impl Sheet {
    pub(crate) fn new<T: AsRef<str>>(name: &str, rows: &[&[T]]) -> Self {
        let rows = rows.iter().map(|row| row.iter().map(|cell| cell.as_ref().to_owned()).collect()).collect();
        Self { name: name.to_owned(), rows, ..Self::default() }
    }

    pub(crate) fn merged(self, regions: &[&str]) -> Self {
        Self { merged: regions.iter().map(|region| (*region).to_owned()).collect(), ..self }
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn letters(column: usize) -> String {
    let low = char::from(b'A' + (column % 26) as u8);
    if column < 26 { low.to_string() } else { format!("{}{low}", letters(column / 26 - 1)) }
}

fn cell(row: usize, column: usize, text: &str) -> String {
    let at = format!("{}{}", letters(column), row + 1);
    match text.split_once(':') {
        _ if text.is_empty() => String::new(),
        Some(("n", number)) => format!("<c r=\"{at}\"><v>{number}</v></c>"),
        Some(("d", number)) => format!("<c r=\"{at}\" s=\"1\"><v>{number}</v></c>"),
        Some(("p", number)) => format!("<c r=\"{at}\" s=\"2\"><v>{number}</v></c>"),
        Some(("b", number)) => format!("<c r=\"{at}\" t=\"b\"><v>{number}</v></c>"),
        Some(("e", error)) => format!("<c r=\"{at}\" t=\"e\"><f>1/0</f><v>{error}</v></c>"),
        Some(("fs", text)) => format!("<c r=\"{at}\" t=\"str\"><f>A1</f><v>{text}</v></c>"),
        Some(("f", "")) => format!("<c r=\"{at}\"><f>SUM(A1:A2)</f></c>"),
        Some(("f", number)) => format!("<c r=\"{at}\"><f>SUM(A1:A2)</f><v>{number}</v></c>"),
        _ => format!("<c r=\"{at}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>", escaped(text)),
    }
}

fn sheet_xml(sheet: &Sheet) -> String {
    let row = |(at, cells): (usize, &Vec<String>)| {
        let cells: String = cells.iter().enumerate().map(|(column, text)| cell(at, column, text)).collect();
        format!("<row r=\"{}\">{cells}</row>", at + 1)
    };
    let rows: String = sheet.rows.iter().enumerate().map(row).collect();
    let dimension = sheet.dimension.as_ref().map(|size| format!("<dimension ref=\"{size}\"/>")).unwrap_or_default();
    let merged: String = sheet.merged.iter().map(|region| format!("<mergeCell ref=\"{region}\"/>")).collect();
    let merged = if merged.is_empty() { merged } else { format!("<mergeCells>{merged}</mergeCells>") };
    format!("<worksheet xmlns=\"{MAIN}\">{dimension}<sheetData>{rows}</sheetData>{merged}</worksheet>")
}

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const LINKS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The parts of a workbook, by name.
pub(crate) fn parts(sheets: &[Sheet]) -> Vec<(String, String)> {
    let listed: String = sheets
        .iter()
        .enumerate()
        .map(|(at, sheet)| {
            let state = if sheet.hidden { " state=\"hidden\"" } else { "" };
            format!("<sheet name=\"{}\" sheetId=\"{}\"{state} r:id=\"r{}\"/>", escaped(&sheet.name), at + 1, at + 1)
        })
        .collect();
    let link = |id: String, kind: &str, target: &str| format!("<Relationship Id=\"{id}\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"/>");
    let links: String = (1..=sheets.len()).map(|at| link(format!("r{at}"), "worksheet", &format!("worksheets/sheet{at}.xml"))).collect();
    let styles = link("s".to_owned(), "styles", "styles.xml");
    let mut parts = vec![
        (
            "_rels/.rels".to_owned(),
            format!("<Relationships xmlns=\"{LINKS}\">{}</Relationships>", link("r1".into(), "officeDocument", "xl/workbook.xml")),
        ),
        ("xl/workbook.xml".to_owned(), format!("<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets>{listed}</sheets></workbook>")),
        ("xl/_rels/workbook.xml.rels".to_owned(), format!("<Relationships xmlns=\"{LINKS}\">{links}{styles}</Relationships>")),
        (
            "xl/styles.xml".to_owned(),
            format!(
                "<styleSheet xmlns=\"{MAIN}\"><cellXfs count=\"3\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"9\"/></cellXfs></styleSheet>"
            ),
        ),
    ];
    parts.extend(sheets.iter().enumerate().map(|(at, sheet)| (format!("xl/worksheets/sheet{}.xml", at + 1), sheet_xml(sheet))));
    parts
}

/// The archive of these parts.
pub(crate) fn archive(parts: &[(String, String)]) -> Vec<u8> {
    raw_zip(&parts.iter().map(|(name, text)| RawMember::new(name, text)).collect::<Vec<_>>())
}

/// A workbook with these sheets.
pub(crate) fn xlsx(sheets: &[Sheet]) -> Vec<u8> {
    archive(&parts(sheets))
}
