//! A table of changes to a package folder: every row says what is to be done with which application.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    domain::{
        application::Application,
        ids::{ApplicationId, PersonCode},
        panel::Ground,
        text::Message,
    },
    intake::{
        columns::{
            APPLICATIONS, Words,
            sheet::{Row, Sheet},
            spec::Spec,
            tree,
            value::Under,
        },
        names_nearest,
        sheets::{Cell, Place},
    },
    msg,
};

/// What a row asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// A field of an application gets another value.
    Set,
    /// The office orders a recusal.
    Recuse,
    /// A reviewer is to read an application.
    Assign,
    /// A reviewer is not to read an application any more.
    Unassign,
}

/// The columns of the table. The type only names them; cells are read one by one, each as its column or field wants it.
#[derive(Debug, JsonSchema)]
pub struct ChangeLine {
    /// What is to be done.
    pub action: Action,
    /// With which application.
    pub application: ApplicationId,
    /// Who stays out of it, or is to read it or not.
    pub person: Option<PersonCode>,
    /// The field that gets another value.
    pub field: Option<String>,
    /// That value, as the field wants it.
    pub value: Option<String>,
    /// Ground of a recusal.
    pub ground: Option<Ground>,
    /// The ground in words.
    pub reason: Option<String>,
}

/// What was found and what to do about it.
pub type Refusal = (Message, Message);

/// Word that takes a value away.
const CLEARED: [&str; 2] = ["清空", "(clear)"];

/// A row of the table.
#[derive(Debug, Clone, Copy)]
pub struct Line<'a> {
    sheet: &'a Sheet<'a>,
    row: &'a Row,
    words: &'a Words,
}

impl<'a> Line<'a> {
    /// A row of a sheet that was understood as a table of changes.
    #[must_use]
    pub const fn new(sheet: &'a Sheet<'a>, row: &'a Row, words: &'a Words) -> Self {
        Self { sheet, row, words }
    }

    /// The cell of a column; the row where the table has no such column.
    #[must_use]
    pub fn place(&self, column: &str) -> Place {
        match self.sheet.cell(self.row, column) {
            Some((found, _)) => self.sheet.grid.place(self.row.number, found.at, &found.heading),
            None => Place { column: 0, ..self.sheet.grid.place(self.row.number, 0, "") },
        }
    }

    /// What stands in a column, in words.
    #[must_use]
    pub fn shown(&self, column: &str) -> String {
        self.sheet.cell(self.row, column).map(|(_, cell)| cell.shown().trim().to_owned()).unwrap_or_default()
    }

    /// What stands in a column, as the code that it means; none where nothing stands there.
    ///
    /// # Errors
    /// When no code has that name.
    pub fn code<T: serde::de::DeserializeOwned>(&self, column: &str) -> Result<Option<T>, Refusal> {
        let found = self.shown(column);
        if found.is_empty() {
            return Ok(None);
        }
        let unknown = |advice| (msg!("err-unknown-word", found = found), advice);
        let code = self.words.code(column, &found).map_err(unknown)?;
        serde_json::from_value(Value::from(code)).map(Some).map_err(|_| unknown(msg!("rec-row-unreadable")))
    }

    /// The field of an application that the row names, by its path or by one of its headings.
    ///
    /// # Errors
    /// When no field has that name, or the field is an entry of a list or names the application itself.
    pub fn field(&self) -> Result<&'static str, Refusal> {
        let found = self.shown("field");
        let known = APPLICATIONS.field(&found, "");
        match known.filter(|path| Spec::list_of(path).is_empty() && !FIXED.contains(path)) {
            Some(path) => Ok(path),
            None if known.is_some() => Err((msg!("err-change-field", found = found), msg!("rec-change-field"))),
            None => Err((msg!("err-heading-unknown", heading = found), names_nearest(&found, APPLICATIONS.known("")))),
        }
    }

    /// The value that the row gives a field: none where it is to be taken away.
    ///
    /// # Errors
    /// When it is empty or cannot be read as that field.
    pub fn value(&self, field: &str, words: &Words) -> Result<Option<Value>, Refusal> {
        let empty = || (msg!("err-change-empty"), msg!("rec-change-empty"));
        let (column, cell) = self.sheet.cell(self.row, "value").ok_or_else(empty)?;
        if matches!(cell, Cell::Text(text) if CLEARED.contains(&text.trim())) {
            return Ok(None);
        }
        let leaf = APPLICATIONS.spec.leaves.get(field).copied().unwrap_or(super::spec::Leaf::Text);
        let reading = Under { path: field, leaf, heading: &column.heading, words }.read(cell)?;
        reading.map(|reading| Some(reading.value)).ok_or_else(empty)
    }
}

/// Fields by which everything else knows an application, and the version of its file.
const FIXED: [&str; 2] = ["id", "schema"];

/// `application` with another value in `field`, or with none.
///
/// # Errors
/// That an application cannot be without it.
pub fn changed(application: &Application, field: &str, value: Option<Value>) -> Result<Application, serde_json::Error> {
    let mut tree = serde_json::to_value(application)?;
    match value {
        Some(value) => tree::set(&mut tree, field, value),
        None => tree::remove(&mut tree, field),
    }
    serde_json::from_value(tree)
}
