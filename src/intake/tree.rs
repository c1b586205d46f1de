//! A TOML file as a tree in which every key and value knows its place.

use std::ops::Range;

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use crate::{
    domain::finding::{Finding, Severity},
    intake::Problem,
    msg,
};

/// Largest file that is read, in bytes.
const LARGEST: usize = 4 * 1024 * 1024;

/// A parsed file.
pub(super) struct Tree<'a> {
    file: &'a str,
    text: &'a str,
    root: Spanned<DeTable<'a>>,
}

/// One step of a path: a key or a 0-based index.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Step<'a> {
    Key(&'a str),
    Index(usize),
}

impl<'a> Tree<'a> {
    /// Parses `text`.
    ///
    /// # Errors
    /// Every place where it is not TOML.
    pub(super) fn parse(file: &'a str, text: &'a str) -> Result<Self, Vec<Problem>> {
        if text.len() > LARGEST {
            return Err(vec![problem(
                file,
                text,
                0..0,
                msg!("err-file-too-large", size = text.len(), most = LARGEST),
                msg!("rec-file-too-large"),
            )]);
        }
        let (root, errors) = DeTable::parse_recoverable(text);
        if errors.is_empty() {
            return Ok(Self { file, text, root });
        }
        let problems = errors.into_iter().map(|error| {
            let span = error.span().unwrap_or(0..0);
            problem(
                file,
                text,
                span,
                msg!("err-not-toml", found = error.message().lines().next().unwrap_or_default()),
                msg!("rec-not-toml"),
            )
        });
        Err(problems.collect())
    }

    pub(super) fn root(&self) -> &DeTable<'a> {
        self.root.get_ref()
    }

    /// An error at `span`.
    pub(super) fn problem(&self, span: Range<usize>, what: crate::domain::text::Message, advice: crate::domain::text::Message) -> Problem {
        problem(self.file, self.text, span, what, advice)
    }

    /// A finding of the domain at the place its path names, or at the nearest place above it.
    pub(super) fn place(&self, finding: Finding) -> Problem {
        let span = self.span_of(&finding.path);
        Problem { severity: finding.severity, ..self.problem(span, finding.what, finding.advice) }
    }

    fn span_of(&self, path: &str) -> Range<usize> {
        let mut span = 0..0;
        let mut table = Some(self.root());
        let mut value: Option<&Spanned<DeValue<'_>>> = None;
        for step in steps(path) {
            let next = match (&step, table, value.map(Spanned::get_ref)) {
                (Step::Key(name), Some(table), _) => {
                    table.iter().find(|(key, _)| key.get_ref() == name).map(|(key, value)| (key.span(), value))
                }
                (Step::Index(index), None, Some(DeValue::Array(array))) => array.get(*index).map(|value| (value.span(), value)),
                _ => None,
            };
            let Some((found, inner)) = next else { break };
            // A key names its line better than the start of a long value does; an element of an array has no key.
            span = found;
            table = inner.get_ref().as_table();
            value = Some(inner);
        }
        span
    }
}

/// The steps of a path such as `criterion[3].max`.
fn steps(path: &str) -> Vec<Step<'_>> {
    let mut steps = Vec::new();
    for part in path.split('.').filter(|part| !part.is_empty()) {
        let mut pieces = part.split('[');
        if let Some(key) = pieces.next().filter(|key| !key.is_empty()) {
            steps.push(Step::Key(key));
        }
        steps.extend(pieces.filter_map(|piece| piece.strip_suffix(']')?.parse().ok()).map(Step::Index));
    }
    steps
}

fn problem(
    file: &str,
    text: &str,
    span: Range<usize>,
    what: crate::domain::text::Message,
    advice: crate::domain::text::Message,
) -> Problem {
    let (line, column) = position(text, span.start);
    Problem { file: file.to_owned(), line, column, severity: Severity::Error, what, advice }
}

/// Line and column of a byte offset; the column counts characters.
fn position(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or(text);
    let line = before.matches('\n').count().saturating_add(1);
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count().saturating_add(1);
    (line, column)
}
