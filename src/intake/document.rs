//! A TOML file as one of the domain's types: structure first, then what only the type knows.

use serde::de::DeserializeOwned;

use crate::{
    intake::{Problem, schema, structure, tree::Tree},
    msg,
};

/// Reads `text` as a `T`.
///
/// # Errors
/// Everything in which the file departs from the type's schema, by line.
pub(super) fn read<T: DeserializeOwned + schemars::JsonSchema>(file: &str, text: &str) -> Result<T, Vec<Problem>> {
    let tree = Tree::parse(file, text)?;
    let mut problems = structure::check(&tree, schema::of::<T>().as_value());
    if !problems.is_empty() {
        problems.sort_by_key(|problem| (problem.line, problem.column));
        return Err(problems);
    }
    toml::from_str(text).map_err(|error| {
        // The structure was checked, so this is a rule that only the type knows.
        vec![tree.problem(error.span().unwrap_or(0..0), msg!("err-not-toml", found = error.message()), msg!("rec-not-toml"))]
    })
}
