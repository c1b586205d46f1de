//! The provincial office's record 台账 of what followed the recommendations.

use crate::{
    domain::{finding::Finding, register::record::Record},
    intake::{Problem, document, tree::Tree},
};

/// Reads the file; gives its text too, in which findings about it are placed.
///
/// # Errors
/// Everything wrong with its structure, by line.
pub fn read(file: &str, bytes: &[u8]) -> Result<(Record, String), Vec<Problem>> {
    let text = document::text(file, bytes)?;
    Ok((document::read(file, text)?, text.to_owned()))
}

/// The findings with file, line and column, in the order of the file.
///
/// # Errors
/// When the text is no TOML, which [`read`] would have said.
pub fn place(file: &str, text: &str, findings: Vec<Finding>) -> Result<Vec<Problem>, Vec<Problem>> {
    let tree = Tree::parse(file, text)?;
    let mut problems: Vec<Problem> = findings.into_iter().map(|finding| tree.place(finding)).collect();
    problems.sort_by_key(|problem| (problem.line, problem.column));
    Ok(problems)
}
