//! Rubric files, and the rubrics that ship with the program.

use crate::{
    domain::{
        finding::Severity,
        rubric::{self, Rubric},
    },
    intake::{Problem, document, tree::Tree},
};

/// Reads a rubric and proves it.
///
/// # Errors
/// Everything that is wrong, by line. Warnings alone are no error; they come with the rubric.
pub fn read(file: &str, text: &str) -> Result<(Rubric, Vec<Problem>), Vec<Problem>> {
    let rubric: Rubric = document::read(file, text)?;
    let tree = Tree::parse(file, text)?;
    let problems = sorted(rubric::check::check(&rubric).into_iter().map(|finding| tree.place(finding)).collect());
    if problems.iter().any(|problem| problem.severity == Severity::Error) { Err(problems) } else { Ok((rubric, problems)) }
}

fn sorted(mut problems: Vec<Problem>) -> Vec<Problem> {
    problems.sort_by_key(|problem| (problem.line, problem.column));
    problems
}
