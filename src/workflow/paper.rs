//! Score sheets from paper, typed by two people (domain reference 6.2). Whoever types first is recorded with what was typed; whoever
//! types second either typed the same, and the sheets count from then on, or hears where the two differ.

use std::collections::BTreeMap;

use serde_json::json;

use crate::{
    digest,
    domain::{
        change::Seq,
        finding::Severity,
        ids::{ApplicationId, PersonCode},
        number::Amount,
        sheet::{Cell, Declaration},
        table::{
            act::Act,
            paper::{Difference, Paper, PaperEntry, PaperSheet, Typed, differences},
        },
        time::Moment,
    },
    intake::{
        Problem,
        scores::{Says, ScoreLine},
    },
    msg,
    workflow::{StepError, files, session::Recorded, table::TableSession},
};

/// What somebody typed from paper.
#[derive(Debug, Clone)]
pub struct Typing {
    /// Whose sheets.
    pub reviewer: PersonCode,
    /// Who typed them.
    pub by: PersonCode,
    /// Sum of all points, as added up on the paper.
    pub control_total: Amount,
    /// The sheets.
    pub sheets: Vec<PaperSheet>,
    /// An image of the paper.
    pub image: Option<Vec<u8>>,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entered {
    /// It is the first entry, and waits for another person.
    First,
    /// Somebody else typed otherwise; both entries are kept, and neither counts.
    Differs {
        /// Who.
        with: PersonCode,
        /// Where.
        differences: Vec<Difference>,
    },
    /// Somebody else typed the same: the sheets count.
    Agreed(Box<Paper>),
}

/// Records what was typed, and the sheets where two people typed the same.
///
/// # Errors
/// A rule that refuses it, or why it could not be saved; nothing was recorded then.
pub fn enter(session: &mut TableSession, typing: Typing, now: &Moment) -> Result<(Seq, Entered), StepError> {
    let image = typing.image.as_deref().map(digest::sha256_hex);
    let Typing { reviewer, by, control_total, sheets, .. } = typing;
    let mut entry = PaperEntry { reviewer, by, control_total, image, digest: String::new(), sheets };
    entry.digest = digest::sha256_hex(&entry_bytes(&entry));
    session.table().admit(session.package(), &session.results()?, &Act::Enter(entry.clone()))?;
    if let (Some(bytes), Some(name)) = (&typing.image, &entry.image) {
        keep_image(session, name, bytes)?;
    }
    let compared =
        session.table().typed_by_others(&entry.reviewer, &entry.by).map(|other| (other.clone(), differences(&entry.sheets, &other.sheets)));
    match compared.min_by_key(|(_, found)| found.len()) {
        Some((first, found)) if found.is_empty() => {
            let paper = agreed(session, &first, &entry);
            let Recorded { seq, .. } = session.record(Act::Paper(paper.clone()), now)?;
            Ok((seq, Entered::Agreed(Box::new(paper))))
        }
        other => {
            let Recorded { seq, .. } = session.record(Act::Enter(entry), now)?;
            Ok((seq, other.map_or(Entered::First, |(other, differences)| Entered::Differs { with: other.by, differences })))
        }
    }
}

/// The sheets that both typed.
fn agreed(session: &TableSession, first: &PaperEntry, second: &PaperEntry) -> Paper {
    let typed = |entry: &PaperEntry| Typed { by: entry.by.clone(), digest: entry.digest.clone() };
    let before = session.table().current_paper(&second.reviewer);
    let mut paper = Paper {
        reviewer: second.reviewer.clone(),
        revision: before.map_or(0, |before| before.revision).saturating_add(1),
        supersedes: before.map(|before| before.digest.clone()),
        digest: String::new(),
        first: typed(first),
        second: typed(second),
        control_total: second.control_total,
        image: second.image.clone().or_else(|| first.image.clone()),
        sheets: first.sheets.clone(),
    };
    paper.digest = digest::sha256_hex(&canonical(&paper));
    paper
}

/// The bytes of `data/paper/<reviewer>.json`: everything about the sheets but their own digest, which is that of these bytes.
#[must_use]
pub fn canonical(paper: &Paper) -> Vec<u8> {
    files::json_bytes(&json!({
        "reviewer": paper.reviewer,
        "revision": paper.revision,
        "supersedes": paper.supersedes,
        "first": paper.first,
        "second": paper.second,
        "control_total": paper.control_total,
        "image": paper.image,
        "sheets": paper.sheets,
    }))
}

/// Whether the sheets are those of which their digest was taken.
///
/// # Errors
/// They are not; then nothing of them counts.
pub(super) fn check(paper: &Paper) -> Result<(), StepError> {
    let is_whole = digest::sha256_hex(&canonical(paper)) == paper.digest;
    if is_whole { Ok(()) } else { Err(StepError::PaperAltered { reviewer: paper.reviewer.clone() }) }
}

/// The bytes of which an entry's digest is taken.
fn entry_bytes(entry: &PaperEntry) -> Vec<u8> {
    files::json_bytes(&json!({
        "reviewer": entry.reviewer,
        "by": entry.by,
        "control_total": entry.control_total,
        "image": entry.image,
        "sheets": entry.sheets,
    }))
}

/// Keeps an image of the paper beside the bundles, under its digest.
fn keep_image(session: &TableSession, name: &str, bytes: &[u8]) -> Result<(), StepError> {
    let path = session.workspace().paper_image(name);
    if path.exists() {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        files::make_private(folder).map_err(|source| StepError::io(folder, source))?;
    }
    files::write_whole(&path, bytes).map_err(|source| StepError::io(&path, source))
}

/// The sheets in a table of scores that was typed from paper; `file` is its name. Applications without a line have no sheet.
///
/// # Errors
/// Lines of somebody else.
pub fn sheets(file: &str, reviewer: &PersonCode, lines: Vec<ScoreLine>) -> Result<Vec<PaperSheet>, StepError> {
    let other = |line: &ScoreLine| line.reviewer.clone().filter(|code| code != reviewer);
    let strays = lines.iter().filter_map(|line| {
        let (what, advice) = (msg!("err-paper-other", found = other(line)?, reviewer = reviewer), msg!("rec-paper-look"));
        Some(Problem { file: file.to_owned(), line: line.line, column: 1, severity: Severity::Error, what, advice })
    });
    let strays: Vec<Problem> = strays.collect();
    if !strays.is_empty() {
        return Err(StepError::Problems(strays));
    }
    let mut found: BTreeMap<ApplicationId, PaperSheet> = BTreeMap::new();
    for line in lines {
        let blank = || PaperSheet {
            application: line.application.clone(),
            declaration: Declaration::NoConflict,
            cells: BTreeMap::new(),
            comments: BTreeMap::new(),
            overall: String::new(),
        };
        put(found.entry(line.application.clone()).or_insert_with(blank), &line);
    }
    Ok(found.into_values().collect())
}

fn put(sheet: &mut PaperSheet, line: &ScoreLine) {
    let criterion = match &line.says {
        Says::Recused(ground, text) => {
            sheet.declaration = Declaration::Conflict { ground: *ground, text: text.clone() };
            return;
        }
        Says::Declined(reason) => {
            sheet.declaration = Declaration::Declined { reason: reason.clone() };
            return;
        }
        Says::Scored(criterion, value) => {
            sheet.cells.insert(criterion.clone(), Cell::Scored { value: *value });
            Some(criterion)
        }
        Says::NotApplicable(criterion, reason) => {
            sheet.cells.insert(criterion.clone(), Cell::NotApplicable { reason: reason.clone() });
            Some(criterion)
        }
        Says::Comment(criterion) => criterion.as_ref(),
    };
    // White space at the ends is nothing that two people could see on paper.
    let comment = line.comment.trim();
    match criterion {
        None => comment.clone_into(&mut sheet.overall),
        Some(criterion) if !comment.is_empty() => drop(sheet.comments.insert(criterion.clone(), comment.to_owned())),
        Some(_) => {}
    }
}
