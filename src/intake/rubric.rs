//! Rubric files, and the rubrics that ship with the program.

use crate::{
    domain::{
        finding::Severity,
        rubric::{self, Rubric},
    },
    intake::{Problem, schema, structure, tree::Tree},
    msg,
};

/// Reads a rubric and proves it.
///
/// # Errors
/// Everything that is wrong, by line. Warnings alone are no error; they come with the rubric.
pub fn read(file: &str, text: &str) -> Result<(Rubric, Vec<Problem>), Vec<Problem>> {
    let tree = Tree::parse(file, text)?;
    let problems = structure::check(&tree, schema::of::<Rubric>().as_value());
    if !problems.is_empty() {
        return Err(sorted(problems));
    }
    let rubric: Rubric = toml::from_str(text).map_err(|error| {
        // The structure was checked, so this is a rule that only the type knows.
        vec![tree.problem(error.span().unwrap_or(0..0), msg!("err-not-toml", found = error.message()), msg!("rec-not-toml"))]
    })?;
    let problems = sorted(rubric::check::check(&rubric).into_iter().map(|finding| tree.place(finding)).collect());
    if problems.iter().any(|problem| problem.severity == Severity::Error) { Err(problems) } else { Ok((rubric, problems)) }
}

fn sorted(mut problems: Vec<Problem>) -> Vec<Problem> {
    problems.sort_by_key(|problem| (problem.line, problem.column));
    problems
}
