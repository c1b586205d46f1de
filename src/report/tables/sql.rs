//! The schema and the load scripts, made from the definitions so that no column can be forgotten in one of them.

use std::fmt::Write as _;

use super::{Holds, TABLES, TableDef};

/// A script that goes with the tables.
pub struct Script {
    /// Name of the file.
    pub file: &'static str,
    /// Its text.
    pub make: fn() -> String,
}

/// All scripts.
pub const SCRIPTS: [Script; 5] = [
    Script { file: "schema.sql", make: schema },
    Script { file: "load-postgresql.sql", make: load_postgresql },
    Script { file: "load-duckdb.sql", make: load_duckdb },
    Script { file: "schema-clickhouse.sql", make: schema_clickhouse },
    Script { file: "load-clickhouse.sql", make: load_clickhouse },
];

/// The tables, and the view of the bundles that count: of each panel the last revision. For PostgreSQL, openGauss, KingbaseES and
/// `DuckDB`; without index or constraint beyond the keys, so that distributed engines take it as it is.
#[must_use]
pub fn schema() -> String {
    let mut text = "-- Tables of the register. Run once; running it again changes nothing.\n".to_owned();
    for table in &TABLES {
        let column = |(name, holds): &(&str, Holds)| format!("  {name} {}", plain_type(*holds));
        let columns: Vec<String> = table.columns.iter().map(column).collect();
        // Writing to a text cannot fail.
        let _ =
            write!(text, "\nCREATE TABLE IF NOT EXISTS {} (\n{},\n  PRIMARY KEY ({})\n);\n", table.name, columns.join(",\n"), key(table));
    }
    text.push_str(
        "\n-- Of each panel the last revision counts.\nDROP VIEW IF EXISTS current_bundles;\nCREATE VIEW current_bundles AS\nSELECT b.* FROM bundles b\n\
         WHERE NOT EXISTS (\n  SELECT 1 FROM bundles later\n  WHERE later.call_id = b.call_id AND later.panel = b.panel AND later.revision > b.revision\n);\n",
    );
    text
}

const fn plain_type(holds: Holds) -> &'static str {
    match holds {
        Holds::Text => "TEXT",
        Holds::Whole => "INTEGER",
        Holds::Decimal => "NUMERIC(24,6)",
        Holds::Day => "DATE",
    }
}

/// The names of the key's columns.
fn key(table: &TableDef) -> String {
    table.columns.iter().take(table.key).map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
}

/// For psql and gsql, run in the folder of the tables: `psql -d DATABASE -f load-postgresql.sql`.
#[must_use]
pub fn load_postgresql() -> String {
    load(
        "-- Run in this folder: psql -v ON_ERROR_STOP=1 -d DATABASE -f schema.sql -f load-postgresql.sql (gsql for openGauss)\n",
        |table| {
            format!(
                "CREATE TEMP TABLE load_{0} AS SELECT * FROM {0} WHERE 1 = 0;\n\\copy load_{0} FROM '{0}.csv' WITH (FORMAT csv, HEADER true, ENCODING 'UTF8')\n",
                table.name
            )
        },
    )
}

/// For the `DuckDB` shell, run in the folder of the tables: `duckdb FILE < load-duckdb.sql`.
#[must_use]
pub fn load_duckdb() -> String {
    load("-- Run in this folder: duckdb FILE -f schema.sql -f load-duckdb.sql\n", |table| {
        format!(
            "CREATE TEMP TABLE load_{0} AS SELECT * FROM {0} WHERE 1 = 0;\nCOPY load_{0} FROM '{0}.csv' (FORMAT csv, HEADER true, QUOTE '\"', ESCAPE '\"');\n",
            table.name
        )
    })
}

/// All in one transaction: every table's rows of bundles that are not there yet, then the bundles themselves.
fn load(head: &str, stage: impl Fn(&TableDef) -> String) -> String {
    let mut text = format!("{head}BEGIN;\n");
    for table in &TABLES {
        text.push_str(&stage(table));
        let _ = write!(
            text,
            "INSERT INTO {0} SELECT l.* FROM load_{0} l WHERE NOT EXISTS (SELECT 1 FROM bundles b WHERE b.bundle = l.bundle);\nDROP TABLE load_{0};\n",
            table.name
        );
    }
    text.push_str("COMMIT;\n");
    text
}

/// `ClickHouse` keeps one row of each key once it has merged its parts, which the load script asks for.
#[must_use]
pub fn schema_clickhouse() -> String {
    let mut text =
        "-- Tables of the register for ClickHouse: of rows with one key one is kept, so loading twice changes nothing.\n".to_owned();
    for table in &TABLES {
        let is_key = |name: &str| table.columns.iter().take(table.key).any(|(key, _)| *key == name);
        let column = |(name, holds): &(&str, Holds)| {
            let plain = match holds {
                Holds::Text => "String",
                Holds::Whole => "Int32",
                Holds::Decimal => "Decimal(24, 6)",
                Holds::Day => "Date",
            };
            if is_key(name) || *holds == Holds::Text { format!("  {name} {plain}") } else { format!("  {name} Nullable({plain})") }
        };
        let columns: Vec<String> = table.columns.iter().map(column).collect();
        let _ = write!(
            text,
            "\nCREATE TABLE IF NOT EXISTS {} (\n{}\n) ENGINE = ReplacingMergeTree ORDER BY ({});\n",
            table.name,
            columns.join(",\n"),
            key(table)
        );
    }
    text.push_str(
        "\nCREATE OR REPLACE VIEW current_bundles AS\nSELECT * FROM bundles FINAL\nWHERE (call_id, panel, revision) IN (SELECT call_id, panel, max(revision) FROM bundles GROUP BY call_id, panel);\n",
    );
    text
}

/// For clickhouse-client, run in the folder of the tables.
#[must_use]
pub fn load_clickhouse() -> String {
    let mut text = "-- Run in this folder: clickhouse-client --multiquery < schema-clickhouse.sql, then < load-clickhouse.sql\n".to_owned();
    for table in &TABLES {
        let _ = writeln!(text, "INSERT INTO {0} FROM INFILE '{0}.csv' FORMAT CSVWithNames;\nOPTIMIZE TABLE {0} FINAL;", table.name);
    }
    text
}
