//! The package folder 评审包: every file read, every file checked, and every problem told at once.

mod files;
mod place;

use crate::{
    domain::{
        application::Application,
        call::Call,
        finding::{Finding, Severity},
        ids::{ApplicationId, PersonCode},
        load,
        package::{Attachment, Package},
        panel::{Assignment, Pledge, Recusals, Roster},
        reference::{Codes, ExistingBases, IndustryMap},
        rubric::Rubric,
        text::Bilingual,
    },
    intake::{
        Problem,
        source::Source,
        table::{self, Column, Table},
    },
    msg,
};

use files::{Kind, Reader};

/// A package as it was read.
#[derive(Debug, Clone)]
pub struct Intake {
    /// The package.
    pub package: Package,
    /// The files that belong to it, in byte order.
    pub files: Vec<String>,
    /// The rubric's bytes.
    pub rubric_bytes: Vec<u8>,
    /// What the office should know and may leave so; from [`assemble`] also what it must not.
    pub notes: Vec<Problem>,
}

/// The columns of `assignments.csv`.
const ASSIGNMENTS: [Column; 3] = [
    Column { id: "application", also: &["申报编号", "项目编号", "申报项目"], required: false },
    Column { id: "item", also: &["榜题", "榜题编号"], required: false },
    Column { id: "reviewer", also: &["评审专家", "专家编号", "专家"], required: true },
];

/// Reads a package and runs all load checks.
///
/// # Errors
/// Everything that is wrong, by file, line and column. Warnings alone are no error; they come with the package.
pub fn read(source: &dyn Source) -> Result<Intake, Vec<Problem>> {
    let intake = assemble(source, &mut |_| false)?;
    if intake.notes.iter().any(|problem| problem.severity == Severity::Error) { Err(intake.notes) } else { Ok(intake) }
}

/// Reads a package under work, with all load checks; errors come among its notes. What is wrong with files that are not written yet has
/// no line in a file, so `take` is asked first, and keeps what it can place better.
///
/// # Errors
/// Everything that is wrong, where a part is missing or cannot be read without which nothing else can be judged.
pub fn assemble(source: &dyn Source, take: &mut dyn FnMut(&Finding) -> bool) -> Result<Intake, Vec<Problem>> {
    let mut reader = Reader::new(source);
    let parts = parts(&mut reader);
    reader.complain_of_strangers(parts.as_ref().map(|parts| parts.package.call.rubric.as_str()));
    let Some(mut parts) = parts else { return Err(reader.sorted()) };
    parts.package.attachments = attachments(&mut reader);
    let mut findings = load::check(&parts.package);
    findings.retain(|finding| !take(finding));
    reader.place(findings, &parts.positions);
    let Parts { package, rubric_bytes, .. } = parts;
    let files = reader.belonging();
    Ok(Intake { package, files, rubric_bytes, notes: reader.sorted() })
}

/// Reads what an excerpt has of a package that was checked and signed before: no attachments, and not all applications.
///
/// # Errors
/// What cannot be read.
pub fn read_excerpt(source: &dyn Source) -> Result<Package, Vec<Problem>> {
    let mut reader = Reader::new(source);
    match parts(&mut reader) {
        Some(parts) if reader.problems.is_empty() => Ok(parts.package),
        _ => Err(reader.sorted()),
    }
}

/// Reads the call and the roster alone.
///
/// # Errors
/// What is wrong with the structure of either.
pub fn call_and_roster(source: &dyn Source) -> Result<(Call, Roster), Vec<Problem>> {
    let mut reader = Reader::new(source);
    match (reader.toml("call.toml"), reader.toml("roster.toml")) {
        (Some(call), Some(roster)) => Ok((call, roster)),
        _ => Err(reader.sorted()),
    }
}

/// What applications are written by: everything of a package that is the office's own.
#[derive(Debug, Clone)]
pub struct Frame {
    /// The call notice.
    pub call: Call,
    /// The rubric.
    pub rubric: Rubric,
    /// Industry map.
    pub map: IndustryMap,
    /// Existing bases.
    pub bases: ExistingBases,
    /// Code lists.
    pub codes: Codes,
}

impl Frame {
    /// The same of a package that was read.
    #[must_use]
    pub fn of(package: &Package) -> Self {
        let Package { call, rubric, map, bases, codes, .. } = package.clone();
        Self { call, rubric, map, bases, codes }
    }
}

/// Reads what applications are written by.
///
/// # Errors
/// What is wrong with the structure of any of it.
pub fn frame(source: &dyn Source) -> Result<Frame, Vec<Problem>> {
    let mut reader = Reader::new(source);
    let call: Option<Call> = reader.toml("call.toml");
    let rubric = call.as_ref().and_then(|call| rubric(&mut reader, call));
    let (map, bases) = (reader.toml("reference/industry-map.toml"), reader.toml("reference/existing-bases.toml"));
    match (call, rubric, map, bases, reader.toml("reference/codes.toml")) {
        (Some(call), Some((rubric, _)), Some(map), Some(bases), Some(codes)) => Ok(Frame { call, rubric, map, bases, codes }),
        _ => Err(reader.sorted()),
    }
}

/// Everything of a package but its attachments.
struct Parts {
    package: Package,
    rubric_bytes: Vec<u8>,
    positions: Option<Positions>,
}

/// Where the assignments stand in their table.
pub(super) struct Positions {
    table: Table,
    /// For each assignment, its row.
    rows: Vec<usize>,
}

/// All parts that there are; `None` where one is missing without which nothing else can be judged.
fn parts(reader: &mut Reader<'_>) -> Option<Parts> {
    let call: Option<Call> = reader.toml("call.toml");
    let rubric = call.as_ref().and_then(|call| rubric(reader, call));
    let roster: Option<Roster> = reader.toml("roster.toml");
    let recusals: Option<Recusals> = if reader.has("recusals.toml") { reader.toml("recusals.toml") } else { Some(none()) };
    let map = reader.toml("reference/industry-map.toml");
    let bases = reader.toml("reference/existing-bases.toml");
    let codes = reader.toml("reference/codes.toml");
    let (zh, en) = (reader.text("pledge.zh-CN.md"), reader.text("pledge.en.md"));
    let applications = applications(reader);
    let (assignments, positions) = assignments(reader, &applications);
    let (rubric, rubric_bytes) = rubric?;
    let package = Package {
        call: call?,
        rubric,
        roster: roster?,
        assignments,
        recusals: recusals?.recusals,
        map: map?,
        bases: bases?,
        codes: codes?,
        applications,
        attachments: Vec::new(),
        pledge: Pledge { text: Bilingual { zh: zh?, en: en? } },
    };
    Some(Parts { package, rubric_bytes, positions })
}

const fn none() -> Recusals {
    Recusals { schema: 1, recusals: Vec::new() }
}

/// The rubric that the call names: a file of the package, or a shipped one.
fn rubric(reader: &mut Reader<'_>, call: &Call) -> Option<(Rubric, Vec<u8>)> {
    if call.rubric.ends_with(".toml") {
        let rubric = reader.toml(&call.rubric)?;
        return Some((rubric, reader.bytes_of(&call.rubric)));
    }
    match reader.shipped(&call.rubric) {
        Some(bytes) => {
            let name = format!("rubrics/{}.toml", call.rubric);
            Some((reader.toml_of(&name, &bytes)?, bytes))
        }
        None => {
            reader.complain_at("call.toml", "rubric", msg!("err-no-shipped-rubric", id = &call.rubric), msg!("rec-no-shipped-rubric"));
            None
        }
    }
}

/// All applications whose file could be read; each stands in the file that bears its id.
fn applications(reader: &mut Reader<'_>) -> Vec<Application> {
    let mut found: Vec<Application> = Vec::new();
    for name in reader.of_kind(Kind::Application) {
        let Some(application) = reader.toml::<Application>(&name) else { continue };
        let expected = format!("applications/{}.toml", application.id.file_stem());
        if name != expected {
            reader.complain_at(&name, "id", msg!("err-file-stem", expected = &expected), msg!("rec-file-stem", expected = &expected));
        }
        found.push(application);
    }
    found.sort_by(|one, other| one.id.cmp(&other.id));
    found
}

/// The attachments that lie in the folder. Those in the folder of an application that is not there are told of by the load checks.
fn attachments(reader: &mut Reader<'_>) -> Vec<Attachment> {
    let mut found = Vec::new();
    for name in reader.of_kind(Kind::Attachment) {
        let Some((folder, file)) = name.strip_prefix("attachments/").and_then(|rest| rest.split_once('/')) else { continue };
        let Ok(application) = folder.parse::<ApplicationId>() else {
            reader.complain(&name, msg!("err-not-an-id", found = folder), msg!("rec-not-an-id"));
            continue;
        };
        match reader.digest(&name) {
            Ok((size, sha256)) => found.push(Attachment { application, file: file.to_owned(), size, sha256 }),
            Err(cause) => reader.complain(&name, msg!("err-cannot-read", file = &name, cause = cause), msg!("rec-cannot-read")),
        }
    }
    found
}

/// The lines of `assignments.csv`: by application, or by item for all of its applications.
fn assignments(reader: &mut Reader<'_>, applications: &[Application]) -> (Vec<Assignment>, Option<Positions>) {
    const FILE: &str = "assignments.csv";
    if !reader.has(FILE) {
        return (Vec::new(), None);
    }
    let Some(bytes) = reader.read(FILE) else { return (Vec::new(), None) };
    let table = match table::read(FILE, &bytes, &ASSIGNMENTS) {
        Ok(table) => table,
        Err(problems) => {
            reader.problems.extend(problems);
            return (Vec::new(), None);
        }
    };
    reader.problems.extend(table.strays.iter().cloned());
    let (mut lines, mut rows) = (Vec::new(), Vec::new());
    for (at, row) in table.rows.iter().enumerate() {
        let bad = |column: &str| {
            let found = table.cell(row, column).to_owned();
            table.problem(row, column, msg!("err-not-an-id", found = found), msg!("rec-not-an-id"))
        };
        let Ok(reviewer) = table.cell(row, "reviewer").parse::<PersonCode>() else {
            reader.problems.push(bad("reviewer"));
            continue;
        };
        let ids: Vec<ApplicationId> = match (table.cell(row, "application"), table.cell(row, "item")) {
            ("", item) if !item.is_empty() => {
                applications.iter().filter(|one| one.item.as_str() == item).map(|one| one.id.clone()).collect()
            }
            (application, _) => application.parse().into_iter().collect(),
        };
        if ids.is_empty() {
            let names_item = table.cell(row, "application").is_empty() && !table.cell(row, "item").is_empty();
            reader.problems.push(bad(if names_item { "item" } else { "application" }));
        }
        for application in ids {
            lines.push(Assignment { application, reviewer: reviewer.clone() });
            rows.push(at);
        }
    }
    (lines, Some(Positions { table, rows }))
}
