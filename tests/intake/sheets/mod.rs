//! Spreadsheets as offices send them: what stands in the cells, what the headings mean, and files that mean harm.

mod cells;
mod fields;
mod hostile;
mod kinds;
mod layout;

use std::path::{Path, PathBuf};

use pingyi::{
    domain::finding::Severity,
    intake::{
        columns::{APPLICATIONS, Filled, Options, Sheet, Words, records},
        package::{Frame, frame},
        sheets::{Grid, Remark, read},
        source::Folder,
    },
};
use serde_json::{Value, json};

/// The sample package, whose codes the tables use.
pub(super) fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/package")
}

fn sample_frame() -> Frame {
    frame(&Folder::new(sample())).unwrap()
}

/// The grids of a file that must be readable.
#[track_caller]
fn grids(name: &str, bytes: &[u8]) -> Vec<Grid> {
    read(name, bytes).unwrap_or_else(|remarks| panic!("{name}: {remarks:?}"))
}

/// What a table comes to, with the sample's codes; headings that are wrong count as remarks too.
fn filled(grids: &[Grid], options: &Options) -> Filled {
    let words = Words::fixed(&APPLICATIONS.spec).with(&sample_frame());
    let (mut sheets, mut remarks) = (Vec::new(), Vec::new());
    for grid in grids {
        match Sheet::understand(grid, &APPLICATIONS, &words, options) {
            Ok(sheet) => sheets.extend(sheet),
            Err(found) => remarks.extend(found),
        }
    }
    let mut filled = records::read(&sheets, &APPLICATIONS, &words, "sx", &[("schema", json!(1))]);
    filled.remarks.splice(0..0, remarks);
    filled
}

/// The value at a path such as `funding[0].amount`.
fn at<'a>(tree: &'a Value, path: &str) -> &'a Value {
    let pointer = path.replace(['.', '['], "/").replace(']', "");
    tree.pointer(&format!("/{pointer}")).unwrap_or(&Value::Null)
}

/// Errors that are not only about what such a short table leaves out.
fn errors(filled: &Filled) -> Vec<&Remark> {
    let matters = |remark: &&Remark| remark.severity == Severity::Error && remark.what.id != "err-cell-missing";
    filled.remarks.iter().filter(matters).collect()
}
