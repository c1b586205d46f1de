//! JSON Schemas of the files, made from the types. `rubrics/rubric.schema.json` is one of them; a test keeps it in step.

use schemars::{Schema, generate::SchemaSettings};

use crate::domain::{
    application::Application,
    call::Call,
    panel::{Recusals, Roster},
    reference::{Codes, ExistingBases, IndustryMap},
    register::record::Record,
    rubric::Rubric,
};

/// A file that has a schema.
pub struct SchemaEntry {
    /// Name, as `pingyi schema` takes it.
    pub name: &'static str,
    make: fn() -> Schema,
}

/// All files that have a schema.
pub const SCHEMAS: [SchemaEntry; 9] = [
    SchemaEntry { name: "rubric", make: of::<Rubric> },
    SchemaEntry { name: "call", make: of::<Call> },
    SchemaEntry { name: "roster", make: of::<Roster> },
    SchemaEntry { name: "recusals", make: of::<Recusals> },
    SchemaEntry { name: "application", make: of::<Application> },
    SchemaEntry { name: "industry-map", make: of::<IndustryMap> },
    SchemaEntry { name: "existing-bases", make: of::<ExistingBases> },
    SchemaEntry { name: "codes", make: of::<Codes> },
    SchemaEntry { name: "record", make: of::<Record> },
];

impl SchemaEntry {
    /// The schema as JSON text with a final line feed.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = serde_json::to_string_pretty((self.make)().as_value()).unwrap_or_default();
        text.push('\n');
        text
    }
}

/// The schema called `name`.
#[must_use]
pub fn find(name: &str) -> Option<&'static SchemaEntry> {
    SCHEMAS.iter().find(|entry| entry.name == name)
}

/// The schema of a type, as draft 2020-12.
pub(super) fn of<T: schemars::JsonSchema>() -> Schema {
    SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<T>()
}
