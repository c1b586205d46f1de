//! The office's lists become files of a package folder: applications, and the people on the roster. What would happen is shown
//! first, as data; nothing is written before somebody confirms it, and then all of it or nothing.

mod change;
mod difference;
pub mod draw;
pub(super) mod overlay;
mod people;
pub(super) mod plan;
pub(super) mod save;
pub(super) mod standing;
mod write;

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde_json::{Value, json};

use crate::{
    domain::{
        application::Application,
        finding::{Finding, Severity},
        text::{Explain, Message},
    },
    intake::{
        self,
        columns::{APPLICATIONS, Filled, Options, Record, Records, Sheet, Words, records},
        package::Frame,
        sheets::{self, Grid, Place, Remark},
        source::Folder,
    },
    msg,
    workflow::{StepError, files},
};

pub use change::preview as preview_changes;
pub use difference::FieldChange;
pub use people::preview as preview_people;
pub use standing::Standing;
pub use write::application as application_text;

use overlay::Overlay;
use plan::Planned;
use standing::standing;

/// What is to be taken into which folder.
#[derive(Debug, Clone)]
pub struct Order<'a> {
    /// The tables.
    pub files: Vec<&'a Path>,
    /// Package folder.
    pub into: &'a Path,
    /// `columns.toml`, where there is one.
    pub columns: Option<&'a Path>,
    /// What assigned identifiers begin with; taken from the call's where none is given.
    pub prefix: Option<&'a str>,
}

/// A sheet as it was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetView {
    /// File and sheet.
    pub place: Place,
    /// The list that it holds; empty for the records themselves.
    pub list: String,
    /// Columns: letters, heading, and the field; none for one that is not read.
    pub columns: Vec<(String, String, Option<String>)>,
    /// Number of rows with records.
    pub rows: usize,
    /// Rows that are not read, each with what stands in it.
    pub skipped: Vec<(usize, String)>,
}

/// What becomes of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// There is none of that identifier yet.
    New,
    /// There is, and says the same.
    Unchanged,
    /// There is, and says something else.
    Changed(Vec<FieldChange>),
}

/// A record of the tables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordView {
    /// Identifier.
    pub id: String,
    /// Title or name.
    pub name: String,
    /// Whether the identifier was assigned, because the table has none.
    pub assigned: bool,
    /// Its first row.
    pub place: Place,
    /// What becomes of it.
    pub state: State,
}

/// What would happen.
#[derive(Debug, Default)]
pub struct Preview {
    /// Sheets that were read.
    pub sheets: Vec<SheetView>,
    /// Sheets that were not: hidden, of no concern, or without headings that anybody knows.
    pub unread: Vec<Place>,
    /// The records.
    pub records: Vec<RecordView>,
    /// Codes of people who would leave the roster.
    pub leaving: Vec<String>,
    /// What is to be said about cells.
    pub remarks: Vec<Remark>,
    /// What is wrong with other files of the folder, with these records in it.
    pub standing: Standing,
    planned: Vec<Planned>,
}

/// Why tables were not taken in.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// The preview has errors.
    #[error("{count} errors")]
    Unsound {
        /// How many.
        count: usize,
    },
    /// Files with other content would be replaced, and nobody said so.
    #[error("{count} files would be replaced")]
    WouldReplace {
        /// How many.
        count: usize,
    },
    /// A file is no longer what the preview was made of.
    #[error("{} changed", .path.display())]
    Moved {
        /// The file.
        path: PathBuf,
    },
}

impl Explain for TableError {
    fn what(&self) -> Message {
        match self {
            Self::Unsound { count } => msg!("err-tables-unsound", count = count),
            Self::WouldReplace { count } => msg!("err-tables-replace", count = count),
            Self::Moved { path } => msg!("err-tables-moved", path = path.display()),
        }
    }

    fn advice(&self) -> Message {
        match self {
            Self::Unsound { .. } => msg!("rec-tables-unsound"),
            Self::WouldReplace { .. } => msg!("rec-tables-replace"),
            Self::Moved { .. } => msg!("rec-tables-moved"),
        }
    }
}

impl Preview {
    /// Number of errors in the tables, and of those that they would bring into the folder.
    #[must_use]
    pub fn errors(&self) -> usize {
        let cells = self.remarks.iter().filter(|remark| remark.severity == Severity::Error).count();
        cells.saturating_add(self.standing.errors())
    }

    /// Number of records whose file would be replaced by another content.
    #[must_use]
    pub fn replaced(&self) -> usize {
        let changed = self.records.iter().filter(|record| matches!(record.state, State::Changed(_))).count();
        changed.saturating_add(self.leaving.len())
    }

    /// Number of files that would be written.
    #[must_use]
    pub fn written(&self) -> usize {
        self.planned.len()
    }

    /// Writes what the preview shows.
    ///
    /// # Errors
    /// When it has errors, would replace something without `replace`, or the folder changed since. Every file is then as before.
    pub fn take_in(&self, replace: bool) -> Result<usize, StepError> {
        if self.errors() > 0 {
            return Err(TableError::Unsound { count: self.errors() }.into());
        }
        if self.replaced() > 0 && !replace {
            return Err(TableError::WouldReplace { count: self.replaced() }.into());
        }
        save::all(&self.planned)?;
        Ok(self.planned.len())
    }
}

/// What taking applications in would do.
///
/// # Errors
/// When a file or the package folder cannot be read at all; what is wrong inside the tables is part of the preview.
pub fn preview(order: &Order<'_>) -> Result<Preview, StepError> {
    let folder = order.into;
    files::must_be_folder(folder)?;
    let frame = intake::package::frame(&Folder::new(folder.to_owned())).map_err(StepError::Problems)?;
    let words = Words::fixed(&APPLICATIONS.spec).with(&frame);
    let prefix = order.prefix.map_or_else(|| prefix_of(&frame), str::to_owned);
    let tier = serde_json::to_value(frame.call.tier).unwrap_or_default();
    let defaults =
        [("schema", json!(1)), ("tier", tier), ("title.en", json!("")), ("narrative.en", json!("")), ("compliance.gates", json!({}))];
    let (mut preview, filled, has_attachments) = fill(order, &APPLICATIONS, &words, &prefix, &defaults)?;
    preview.remarks.extend(filled.remarks);
    let mut drafts: Vec<(Application, &Record)> = Vec::new();
    for record in &filled.records {
        match serde_json::from_value::<Application>(record.tree.clone()) {
            Ok(application) => drafts.push((application, record)),
            Err(_) if preview.errors() > 0 => {}
            Err(error) => preview.remarks.push(unreadable(record, &error)),
        }
    }
    for (application, record) in &mut drafts {
        plan::application(&mut preview, folder, application, record, has_attachments)?;
    }
    check(&mut preview, folder, &drafts);
    Ok(preview)
}

/// Reads the tables as records of a kind; also says whether any column speaks of attachments.
fn fill(
    order: &Order<'_>,
    kind: &Records,
    words: &Words,
    prefix: &str,
    defaults: records::Defaults<'_>,
) -> Result<(Preview, Filled, bool), StepError> {
    let mut preview = Preview::default();
    let grids = grids(order, &mut preview)?;
    let understood = understand(order, &grids, kind, words, &mut preview)?;
    let has_attachments = understood
        .iter()
        .any(|sheet| sheet.columns.iter().any(|column| column.field.as_deref().is_some_and(|field| field.starts_with("attachment"))));
    let filled = records::read(&understood, kind, words, prefix, defaults);
    Ok((preview, filled, has_attachments))
}

/// The sheets of all tables.
fn grids(order: &Order<'_>, preview: &mut Preview) -> Result<Vec<Grid>, StepError> {
    let mut grids: Vec<Grid> = Vec::new();
    for path in &order.files {
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
        match sheets::read(&name, &read(path)?) {
            Ok(found) => grids.extend(found),
            Err(remarks) => preview.remarks.extend(remarks),
        }
    }
    Ok(grids)
}

/// Those of the sheets that hold records of a kind.
fn understand<'a>(
    order: &Order<'_>,
    grids: &'a [Grid],
    kind: &Records,
    words: &Words,
    preview: &mut Preview,
) -> Result<Vec<Sheet<'a>>, StepError> {
    let options = match order.columns {
        Some(path) => Options::read(&path.display().to_string(), &read(path)?, kind).map_err(StepError::Problems)?,
        None => Options::default(),
    };
    let mut understood: Vec<Sheet<'_>> = Vec::new();
    for grid in grids {
        match Sheet::understand(grid, kind, words, &options) {
            Ok(Some(sheet)) => understood.push(sheet),
            Ok(None) => preview.unread.push(Place { file: grid.file.clone(), sheet: grid.sheet.clone(), ..Place::default() }),
            Err(remarks) => preview.remarks.extend(remarks),
        }
    }
    if understood.is_empty() && preview.remarks.is_empty() {
        let place =
            Place { file: order.files.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", "), ..Place::default() };
        preview.remarks.push(Remark::error(place, msg!("err-no-headings"), msg!("rec-tables-no-headings")));
    }
    preview.sheets = understood.iter().map(view).collect();
    Ok(understood)
}

fn view(sheet: &Sheet<'_>) -> SheetView {
    let columns = sheet.columns.iter().map(|column| {
        let letters = Place { column: column.at.saturating_add(1), ..Place::default() }.cell();
        (letters, column.heading.split_whitespace().collect(), column.field.clone())
    });
    SheetView {
        place: Place { file: sheet.grid.file.clone(), sheet: sheet.grid.sheet.clone(), ..Place::default() },
        list: sheet.list.trim_end_matches("[]").to_owned(),
        columns: columns.collect(),
        rows: sheet.rows.len(),
        skipped: sheet.skipped.clone(),
    }
}

fn read(path: &Path) -> Result<Vec<u8>, StepError> {
    let failed = |source| StepError::io(path, source);
    if fs::metadata(path).map_err(failed)?.len() > sheets::LARGEST {
        return Err(failed(std::io::ErrorKind::FileTooLarge.into()));
    }
    fs::read(path).map_err(failed)
}

/// `sx` for the call `sx-2026-01`.
fn prefix_of(frame: &Frame) -> String {
    let id = frame.call.id.file_stem();
    id.split('-').next().unwrap_or_default().to_owned()
}

fn unreadable(record: &Record, error: &serde_json::Error) -> Remark {
    Remark::error(record.place.clone(), msg!("err-row-unreadable", found = error), msg!("rec-row-unreadable"))
}

/// Runs all checks of the package folder on what it would be.
fn check(preview: &mut Preview, folder: &Path, drafts: &[(Application, &Record)]) {
    let names: Vec<(String, &Record)> =
        drafts.iter().map(|(application, record)| (format!("applications/{}.toml", application.id.file_stem()), *record)).collect();
    let of = |finding: &Finding| {
        let (file, path) = finding.path.split_once('#').unwrap_or((finding.path.as_str(), ""));
        names.iter().find(|(name, _)| name == file).map(|(_, record)| record.place_of(path).clone())
    };
    run_checks(preview, folder, &of);
}

/// Runs the checks; `place_of` finds the cell of what is wrong with a record of the tables. Where cells could not be read, what is
/// wrong with other files may only follow from that, and is left for the next time.
fn run_checks(preview: &mut Preview, folder: &Path, place_of: &dyn Fn(&Finding) -> Option<Place>) {
    let has_errors = preview.errors() > 0;
    let overlay = Overlay::new(folder, &preview.planned);
    let mut remarks = Vec::new();
    let standing = standing(folder, &overlay, &mut |finding| match place_of(finding) {
        Some(place) => {
            remarks.push(Remark { place, severity: finding.severity, what: finding.what.clone(), advice: finding.advice.clone() });
            true
        }
        None => false,
    });
    // A cell that could not be read leaves an empty field, which is no second mistake.
    let is_told = |remark: &&Remark| remark.severity == Severity::Error && remark.place.column > 0;
    let told: Vec<Place> = preview.remarks.iter().filter(is_told).map(|remark| remark.place.clone()).collect();
    preview.remarks.extend(remarks.into_iter().filter(|remark| !told.contains(&remark.place)));
    preview.remarks.sort_by(|one, other| one.place.cmp(&other.place));
    if !has_errors {
        preview.standing = standing;
    }
}

/// The text of a value where a title or name is shown.
fn text_at(tree: &Value, path: &[&str]) -> String {
    path.iter().try_fold(tree, |here, key| here.get(key)).and_then(Value::as_str).unwrap_or_default().to_owned()
}
