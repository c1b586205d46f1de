//! The register as tables, for offices that outgrow one machine: CSV files, a schema, and a script for each engine that loads them.
//! The engine that the office owns does the rest through its own client; this program opens no connection.
//!
//! Every row is keyed by the digest of its result bundle, and a bundle whose digest is there already is not loaded again; so
//! loading twice changes nothing.

mod rows;
pub mod sql;

pub use rows::{Parts, headings, write};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// Text, at most as long as a title.
    Text,
    /// A whole number.
    Whole,
    /// A decimal with six places after the point: points, or 万元.
    Decimal,
    /// A day.
    Day,
}

/// A table.
#[derive(Debug, Clone, Copy)]
pub struct TableDef {
    /// Its name, and that of its file without `.csv`.
    pub name: &'static str,
    /// Columns, those of the key first.
    pub columns: &'static [(&'static str, Holds)],
    /// How many columns make the key.
    pub key: usize,
}

use Holds::{Day, Decimal, Text, Whole};

/// All tables. `bundles` comes last: what is there already is told by it, so it is loaded after the others.
pub const TABLES: [TableDef; 11] = [
    TableDef {
        name: "calls",
        columns: &[
            ("bundle", Text),
            ("call_id", Text),
            ("title_zh", Text),
            ("title_en", Text),
            ("document", Text),
            ("kind", Text),
            ("tier", Text),
            ("year", Whole),
        ],
        key: 1,
    },
    TableDef {
        name: "items",
        columns: &[("bundle", Text), ("item", Text), ("title_zh", Text), ("title_en", Text), ("outcome", Text)],
        key: 2,
    },
    TableDef {
        name: "applications",
        columns: &[
            ("bundle", Text),
            ("application", Text),
            ("item", Text),
            ("title_zh", Text),
            ("title_en", Text),
            ("applicant", Text),
            ("credit_code", Text),
            ("applicant_kind", Text),
            ("city", Text),
            ("city_zh", Text),
            ("family", Text),
            ("lead_mode", Text),
            ("government", Decimal),
        ],
        key: 2,
    },
    TableDef { name: "regions", columns: &[("bundle", Text), ("application", Text), ("region", Text)], key: 3 },
    TableDef {
        name: "cost_lines",
        columns: &[("bundle", Text), ("application", Text), ("line", Whole), ("name", Text), ("name_key", Text), ("amount", Decimal)],
        key: 3,
    },
    TableDef {
        name: "sheets",
        columns: &[
            ("bundle", Text),
            ("application", Text),
            ("reviewer", Text),
            ("source", Text),
            ("score_bundle", Text),
            ("total", Decimal),
            ("weight", Text),
        ],
        key: 3,
    },
    TableDef {
        name: "scores",
        columns: &[("bundle", Text), ("application", Text), ("reviewer", Text), ("criterion", Text), ("state", Text), ("value", Decimal)],
        key: 4,
    },
    TableDef {
        name: "results",
        columns: &[("bundle", Text), ("application", Text), ("part", Text), ("id", Text), ("figure", Decimal)],
        key: 4,
    },
    TableDef {
        name: "ranks",
        columns: &[
            ("bundle", Text),
            ("application", Text),
            ("outcome", Text),
            ("place", Text),
            ("rank_in_item", Whole),
            ("tied", Whole),
            ("total", Decimal),
            ("sheets", Whole),
            ("spread", Decimal),
        ],
        key: 2,
    },
    TableDef {
        name: "decisions",
        columns: &[
            ("bundle", Text),
            ("seq", Whole),
            ("time", Text),
            ("writer", Text),
            ("code", Text),
            ("text_zh", Text),
            ("text_en", Text),
        ],
        key: 2,
    },
    TableDef {
        name: "bundles",
        columns: &[
            ("bundle", Text),
            ("call_id", Text),
            ("panel", Text),
            ("revision", Whole),
            ("supersedes", Text),
            ("file", Text),
            ("sha256", Text),
            ("closes", Day),
        ],
        key: 1,
    },
];
