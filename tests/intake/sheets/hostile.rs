//! Files that mean harm, and files that a bad stick left half: an error in words, no crash, no endless wait, no memory eaten.

use std::{
    panic,
    path::Path,
    sync::{LazyLock, mpsc},
    thread,
    time::Duration,
};

use pingyi::intake::sheets::{Remark, read};
use proptest::prelude::*;

use crate::support::{
    workbook::{Sheet, archive, parts, xlsx},
    zip_raw::{RawMember, raw_zip},
};

/// Reads within a time in which any honest file is read.
#[track_caller]
fn reads(what: &str, bytes: Vec<u8>) -> Result<usize, Vec<Remark>> {
    let (send, receive) = mpsc::channel();
    thread::spawn(move || {
        let outcome = panic::catch_unwind(|| read("表.xls", &bytes).map(|grids| grids.len()));
        drop(send.send(outcome));
    });
    let outcome = receive.recv_timeout(Duration::from_secs(60)).unwrap_or_else(|_| panic!("{what}: still reading after a minute"));
    outcome.unwrap_or_else(|_| panic!("{what}: the reader panicked"))
}

#[track_caller]
fn refused(what: &str, bytes: Vec<u8>, id: &str) {
    let remarks = reads(what, bytes).expect_err(what);
    assert_eq!(remarks.iter().map(|remark| remark.what.id).collect::<Vec<_>>(), [id], "{what}");
}

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/intake/tables").join(name)).unwrap()
}

static FIXTURES: LazyLock<[(&str, Vec<u8>); 3]> =
    LazyLock::new(|| ["applications.xls", "roster.xlsx", "applications.ods"].map(|name| (name, fixture(name))));

fn table() -> Sheet {
    Sheet::new("表", &[&["项目编号", "项目名称"], &["sx-0001", "甲"]])
}

/// The parts of a workbook with one of them changed.
fn with_part(name: &str, change: impl Fn(&str) -> String) -> Vec<u8> {
    let changed = parts(&[table()]).into_iter().map(|(part, text)| if part == name { (part, change(&text)) } else { (part, text) });
    archive(&changed.collect::<Vec<_>>())
}

fn ods(content: &str) -> Vec<u8> {
    let part = |name: &str, text: &str| (name.to_owned(), text.to_owned());
    let mimetype = part("mimetype", "application/vnd.oasis.opendocument.spreadsheet");
    archive(&[mimetype, part("META-INF/manifest.xml", "<manifest:manifest/>"), part("content.xml", content)])
}

#[test]
fn a_file_cut_off_anywhere_is_refused_or_read_and_never_waited_for() {
    for (name, bytes) in FIXTURES.iter() {
        for tenth in 1..10 {
            let cut = bytes[..bytes.len() * tenth / 10].to_vec();
            assert!(reads(name, cut).is_err(), "{name}: {tenth} tenths were read as a whole file");
        }
    }
}

#[test]
fn an_archive_that_unpacks_to_more_than_it_should_is_not_unpacked() {
    let zeros = vec![b' '; 1024 * 1024];
    let members: Vec<RawMember> = (0..100).map(|at| RawMember::new(format!("xl/media/{at}.xml.bin"), &zeros)).collect();
    let mut bytes = raw_zip(&members);
    bytes.truncate(33 * 1024 * 1024);
    refused("more bytes than any list has", bytes, "err-file-too-large");
    let many: Vec<RawMember> = (0..2_100).map(|at| RawMember::new(format!("xl/{at}.bin"), b"x")).collect();
    refused("more parts than any workbook has", raw_zip(&many), "err-sheet-bomb");
    let deep = format!("<worksheet>{}{}</worksheet>", "<a>".repeat(5_000), "</a>".repeat(5_000));
    refused("elements within each other without end", with_part("xl/worksheets/sheet1.xml", |_| deep.clone()), "err-sheet-bomb");
}

#[test]
fn a_file_that_announces_more_texts_than_it_has_gets_no_room_for_them() {
    let forms = [
        ("xl/sharedStrings.xml", "<sst uniqueCount=\"4000000000000\" count=\"1\"><si><t>甲</t></si></sst>"),
        ("xl/sharedStrings.xml", "<sst uniqueCount=\"4000000000000\"/>"),
        ("xl/sharedStrings.xml", "<sst count=\"uniqueCount1\" uniqueCount=\"4000000000000\"></sst>"),
        ("xl/SHAREDSTRINGS.XML", "<sst uniqueCount=\"99999999999999999999999\"></sst>"),
    ];
    for (name, text) in forms {
        let mut all = parts(&[table()]);
        all.push((name.to_owned(), text.to_owned()));
        refused(text, archive(&all), "err-sheet-bomb");
    }
    let astray = with_part("xl/_rels/workbook.xml.rels", |text| text.replace("worksheets/sheet1.xml", "media/sheet1.png"));
    refused("a sheet under a name that is not looked at", astray, "err-sheet-damaged");
}

#[test]
fn a_cell_in_the_last_corner_makes_no_sheet_of_a_thousand_million_cells() {
    let sheet = "xl/worksheets/sheet1.xml";
    let corner = |cell: &str, row: usize| {
        let cell = cell.to_owned();
        move |text: &str| text.replace("</sheetData>", &format!("<row r=\"{row}\"><c r=\"{cell}\"><v>1</v></c></row></sheetData>"))
    };
    refused("the last row", with_part(sheet, corner("A1048576", 1_048_576)), "err-sheet-size");
    refused("the last column", with_part(sheet, corner("XFD3", 3)), "err-sheet-size");
    refused("a row far beyond", with_part(sheet, corner("A4000000000", 4_000_000_000)), "err-sheet-size");
}

#[test]
fn a_part_that_is_never_closed_is_not_waited_for() {
    for name in ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels"] {
        let cut = |text: &str| text.chars().take(text.chars().count() * 2 / 3).collect::<String>();
        assert!(reads(name, with_part(name, cut)).is_err(), "{name}");
    }
    for content in ["<a><table:table table:name=\"x\"><table:table-row>", "<a><table:table table:name=\"x\">", "<a>"] {
        refused(content, ods(content), "err-sheet-damaged");
    }
}

#[test]
fn rows_and_columns_that_a_file_repeats_without_end_are_bounded() {
    let row = |rows: &str, columns: &str, text: &str| {
        let cell =
            format!("<table:table-cell table:number-columns-repeated=\"{columns}\" office:value-type=\"string\">{text}</table:table-cell>");
        ods(&format!(
            "<a><table:table table:name=\"x\"><table:table-row table:number-rows-repeated=\"{rows}\">{cell}</table:table-row></table:table></a>"
        ))
    };
    let said = "<text:p>甲</text:p>";
    refused("a cell repeated in every row", row("1048576", "1", said), "err-sheet-size");
    refused("a cell repeated in every column", row("1", "1000000000", said), "err-sheet-size");
    refused("both", row("99999999999", "99999999999", said), "err-sheet-size");
    assert_eq!(reads("empty rows cost nothing", row("1048576", "16384", "")).unwrap(), 1);
    let spaces = "<text:p>甲<text:s text:c=\"99999999999\"/>乙</text:p>";
    assert_eq!(reads("spaces without end", row("1", "1", spaces)).unwrap(), 1);
}

#[test]
fn a_compound_file_whose_chains_or_records_lie_is_refused() {
    let sound = fixture("applications.xls");
    let with = |at: usize, bytes: &[u8]| {
        let mut changed = sound.clone();
        changed[at..at + bytes.len()].copy_from_slice(bytes);
        changed
    };
    assert!(reads("as it is", sound.clone()).is_ok());
    refused("a directory beyond the file", with(48, &[0xf0, 0xff, 0xff, 0x00]), "err-sheet-damaged");
    refused("no sector size", with(30, &[0xff, 0x00]), "err-sheet-damaged");
    let number = |at: usize| u32::from_le_bytes(sound[at..at + 4].try_into().unwrap());
    let directory = number(48);
    // The table of chains lies in sectors of 128 entries, whose numbers stand in the head of the file.
    let table = number(76 + 4 * (directory as usize / 128)) as usize;
    let entry = 512 * (table + 1) + 4 * (directory as usize % 128);
    refused("a directory that comes back to itself", with(entry, &directory.to_le_bytes()), "err-sheet-damaged");
}

#[test]
fn records_of_an_old_workbook_that_lie_are_refused() {
    let sound = fixture("applications.xls");
    // A record as it stands in the stream: its number, and how much of it is needed to know it.
    let find = |head: &[u8]| sound.windows(head.len()).position(|window| window == head).unwrap();
    let with = |at: usize, bytes: &[u8]| {
        let mut changed = sound.clone();
        changed[at..at + bytes.len()].copy_from_slice(bytes);
        changed
    };
    // BoundSheet8: a sheet that begins beyond the stream.
    let sheet =
        sound.windows(2).enumerate().find(|(at, window)| *window == [0x85, 0x00] && sound[at + 3] == 0 && sound[at + 2] < 60).unwrap().0;
    refused("a sheet beyond the file", with(sheet + 4, &[0xff, 0xff, 0xff, 0x7f]), "err-sheet-damaged");
    // Dimensions of 14 bytes.
    let size = find(&[0x00, 0x02, 0x0e, 0x00]);
    refused("a sheet of all rows there could be", with(size + 4, &[0, 0, 0, 0, 0xff, 0xff, 0xff, 0x7f]), "err-sheet-size");
    refused("a sheet that ends before it begins", with(size + 4, &[9, 0, 0, 0, 1, 0, 0, 0]), "err-sheet-damaged");
}

#[test]
fn references_that_no_spreadsheet_writes_are_an_error_and_not_a_crash() {
    let merged = ["B2:A1", "A0:B0", "A1:A4294967296", ":", "ZZZZZZZZZZ1:ZZZZZZZZZZ2"];
    for region in merged {
        // Whether such a region is refused or passed over does not matter; the table it stands in is of this office, or nobody's.
        drop(reads(region, xlsx(&[table().merged(&[region])])));
    }
    for cell in ["A0", "ZZZZZZZZZZ1", "A99999999999", "1A", "甲1", ""] {
        let change = |text: &str| text.replace("r=\"A2\"", &format!("r=\"{cell}\""));
        drop(reads(cell, with_part("xl/worksheets/sheet1.xml", change)));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..2_000), head in 0..4_usize) {
        let heads: [&[u8]; 4] = [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xef\xbb\xbf"];
        drop(reads("any bytes", [heads[head], &bytes].concat()));
    }

    #[test]
    fn no_change_of_a_few_bytes_of_a_real_file_makes_the_reader_panic(
        which in 0..2_usize,
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
    ) {
        let (name, bytes) = &FIXTURES[which];
        let mut changed = bytes.clone();
        for (at, value) in changes {
            let at = at.index(changed.len());
            changed[at] = value;
        }
        drop(reads(name, changed));
    }

    #[test]
    fn no_change_of_a_part_of_a_workbook_makes_the_reader_panic(
        part in 0..5_usize,
        at in any::<prop::sample::Index>(),
        text in "[\\PC<>/\"=0-9A-Z ]{0,8}",
    ) {
        let mut all = parts(&[table().merged(&["A1:B1"])]);
        let place: Vec<usize> = all[part].1.char_indices().map(|(at, _)| at).collect();
        let at = place[at.index(place.len())];
        all[part].1.insert_str(at, &text);
        drop(reads(&all[part].0.clone(), archive(&all)));
    }
}

#[test]
fn a_workbook_of_the_largest_size_that_is_allowed_is_read() {
    let rows: Vec<Vec<String>> = (0..2_000).map(|row| vec![format!("sx-{row:04}"), format!("项目{row}"), "n:1800".to_owned()]).collect();
    let sheet = Sheet { name: "表".to_owned(), rows, ..Sheet::default() };
    assert_eq!(reads("two thousand rows", xlsx(&[sheet])).unwrap(), 1);
}
