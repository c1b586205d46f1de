//! A TOML file as one of the domain's types: structure first, then what only the type knows.

use serde::de::DeserializeOwned;

use crate::{
    domain::finding::Severity,
    intake::{Problem, schema, structure, tree::Tree},
    msg,
};

/// The text of a file that people write in an editor: UTF-8, with or without the mark that some editors put before it.
///
/// # Errors
/// One problem, at its beginning.
pub(super) fn text<'a>(file: &str, bytes: &'a [u8]) -> Result<&'a str, Vec<Problem>> {
    std::str::from_utf8(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)).map_err(|_| {
        let (what, advice) = (msg!("err-not-utf8", file = file), msg!("rec-not-utf8"));
        vec![Problem { file: file.to_owned(), line: 1, column: 1, severity: Severity::Error, what, advice }]
    })
}

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
