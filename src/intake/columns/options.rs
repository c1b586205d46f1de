//! `columns.toml`: what the office says about headings and sheets that this program would not understand by itself.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    domain::names,
    intake::{
        Problem,
        columns::{Records, spec::Spec},
        document, names_nearest, table,
    },
    msg,
};

/// Word for a heading or a sheet that is not read.
pub const IGNORE: &str = "ignore";

/// `columns.toml`, whole.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Options {
    /// Version of the file format; this program reads 1.
    pub schema: u32,
    /// Field by heading, or `ignore`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub column: BTreeMap<String, String>,
    /// List by name of a sheet or text file, for example `funding`; `application` for the applications themselves, or `ignore`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub sheet: BTreeMap<String, String>,
}

/// Name of the records themselves among the lists.
const RECORDS: &str = "application";

impl Options {
    /// Reads `columns.toml`.
    ///
    /// # Errors
    /// What is wrong with its structure, or names a field or list that does not exist.
    pub fn read(file: &str, bytes: &[u8], records: &Records) -> Result<Self, Vec<Problem>> {
        let text = table::decode(file, bytes).map_err(|problem| vec![*problem])?;
        let options: Self = document::read(file, &text)?;
        let mut problems = Vec::new();
        let line = |word: &str| text.lines().position(|line| line.contains(word)).map_or(1, |at| at.saturating_add(1));
        if options.schema != 1 {
            let what = msg!("err-schema", found = options.schema, known = 1);
            problems.push(table::problem(file, line("schema"), 1, what, msg!("rec-schema")));
        }
        let fields = options.column.iter().filter(|(_, field)| *field != IGNORE && !records.spec.leaves.contains_key(*field));
        for (heading, field) in fields {
            let known = records.spec.leaves.keys().map(String::as_str).chain([IGNORE]);
            let advice = names_nearest(field, known);
            problems.push(table::problem(file, line(heading), 1, msg!("err-field-unknown", field = field), advice));
        }
        let lists = options.sheet.iter().filter(|(_, list)| !is_list(list, records));
        for (sheet, list) in lists {
            let known = records.spec.leaves.keys().map(|path| Spec::list_of(path)).chain([IGNORE, RECORDS]);
            problems.push(table::problem(file, line(sheet), 1, msg!("err-list-unknown", list = list), names_nearest(list, known)));
        }
        if problems.is_empty() { Ok(options) } else { Err(problems) }
    }

    /// What the office says about a heading.
    #[must_use]
    pub fn column(&self, heading: &str) -> Option<&str> {
        self.column.iter().find(|(known, _)| names::same_name(known, heading)).map(|(_, field)| field.as_str())
    }

    /// What the office says about a sheet: a list, an empty text for the records themselves, or [`IGNORE`].
    #[must_use]
    pub fn sheet(&self, sheet: &str) -> Option<String> {
        let (_, list) = self.sheet.iter().find(|(known, _)| names::same_name(known, sheet))?;
        Some(match list.as_str() {
            RECORDS => String::new(),
            IGNORE => IGNORE.to_owned(),
            list => format!("{}[]", list.trim_end_matches("[]")),
        })
    }
}

fn is_list(list: &str, records: &Records) -> bool {
    let full = format!("{}[]", list.trim_end_matches("[]"));
    list == IGNORE || list == RECORDS || records.spec.leaves.keys().any(|path| Spec::list_of(path) == full)
}
