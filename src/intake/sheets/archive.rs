//! A workbook that is an archive of XML parts, looked at whole before anything reads it: it unpacks to a bounded size, every part
//! is well-formed to its end, and nothing in it announces more than it holds.

use std::io::{BufRead, BufReader, Cursor, Read};

use quick_xml::{Reader, events::Event};
use zip::ZipArchive;

use crate::{
    intake::sheets::{Grid, Refusal, damaged, ods, xlsx},
    msg,
};

/// Most parts of an archive.
const MOST_PARTS: usize = 2_000;
/// Most bytes that all parts unpack to.
const MOST_BYTES: u64 = 96 * 1024 * 1024;
/// Most elements within each other.
const DEEPEST: usize = 200;

/// All sheets of an archive.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Grid>, Refusal> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    if zip.len() > MOST_PARTS {
        return Err(bomb());
    }
    let mut left = MOST_BYTES;
    let (mut content, mut is_workbook) = (None, false);
    for index in 0..zip.len() {
        let part = zip.by_index(index).map_err(damaged)?;
        // The library looks for its parts without regard to case.
        let name = part.name().map_err(damaged)?.to_ascii_lowercase();
        is_workbook |= name.ends_with("workbook.xml");
        let mut part = part.take(left.saturating_add(1));
        if name == "content.xml" {
            let mut text = String::new();
            part.read_to_string(&mut text).map_err(damaged)?;
            left = rest(left, text.len() as u64)?;
            look_through(text.as_bytes())?;
            content = Some(text);
        } else if name.ends_with(".xml") || name.ends_with(".rels") {
            let mut bytes = Vec::new();
            part.read_to_end(&mut bytes).map_err(damaged)?;
            left = rest(left, bytes.len() as u64)?;
            look_through(BufReader::new(bytes.as_slice()))?;
        } else {
            let size = std::io::copy(&mut part, &mut std::io::sink()).map_err(damaged)?;
            left = rest(left, size)?;
        }
    }
    match content {
        Some(content) if !is_workbook => ods::read(&content),
        _ if is_workbook => xlsx::read(bytes),
        _ => Err((msg!("err-sheet-no-workbook"), msg!("rec-sheet-save-again"))),
    }
}

fn rest(left: u64, size: u64) -> Result<u64, Refusal> {
    left.checked_sub(size).ok_or_else(bomb)
}

fn bomb() -> Refusal {
    (msg!("err-sheet-bomb", most = MOST_BYTES / 1024 / 1024), msg!("rec-sheet-save-again"))
}

/// Whether a part is well-formed to its last element. The library waits for ever for an element that the file never closes, and
/// makes room for as many texts as a file announces.
fn look_through(part: impl BufRead) -> Result<(), Refusal> {
    let mut reader = Reader::from_reader(part);
    let (mut buffer, mut depth) = (Vec::new(), 0_usize);
    let (mut announced, mut texts) = (0_usize, 0_usize);
    loop {
        buffer.clear();
        let event = reader.read_event_into(&mut buffer).map_err(damaged)?;
        match &event {
            Event::Start(_) => depth = depth.saturating_add(1),
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::Eof => break,
            _ => {}
        }
        if let Event::Start(element) | Event::Empty(element) = &event {
            match element.local_name().as_ref() {
                "sst" => announced = announced.max(number_of(element.attributes_raw())),
                "si" => texts = texts.saturating_add(1),
                "Relationship" if leads_astray(element.attributes_raw()) => return Err(damaged("Relationship")),
                _ => {}
            }
        }
        if depth > DEEPEST {
            return Err(bomb());
        }
    }
    if depth > 0 {
        return Err(damaged("EOF"));
    }
    // Some programs count the places where a text is used; a few more than there are harm nobody.
    if announced > texts.saturating_add(1_000).saturating_mul(64) { Err(bomb()) } else { Ok(()) }
}

/// Whether a part that would be read as a sheet has a name under which nobody looked at it.
fn leads_astray(attributes: &str) -> bool {
    let is_part = ["/worksheet\"", "/officeDocument\"", "/worksheet'", "/officeDocument'"].iter().any(|kind| attributes.contains(kind));
    is_part && !attributes.to_ascii_lowercase().contains(".xml")
}

/// The most that any `uniqueCount` announces.
fn number_of(attributes: &str) -> usize {
    let numbers = attributes.split("uniqueCount").skip(1).map(|rest| {
        let digits: String = rest.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
        if digits.is_empty() { 0 } else { digits.parse().unwrap_or(usize::MAX) }
    });
    numbers.max().unwrap_or_default()
}
