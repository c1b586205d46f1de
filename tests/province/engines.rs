//! Real engines answer the example queries of `docs/queries/` with the register's own figures. They are not on every machine, so these
//! tests are asked for by name: `cargo test --test all engines -- --ignored`.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Instant,
};

use serde_json::Value;

use super::registers::made;

const QUERIES: [&str; 3] = ["winners-by-city-and-year", "spread-by-panel", "shared-cost-lines"];

fn query(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/queries").join(format!("{name}.sql"))).unwrap()
}

/// What the register itself says, one line for each row, figures without trailing noughts.
fn expected(register: &Value) -> [Vec<String>; 3] {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let rows = |list: &str, line: &dyn Fn(&Value) -> Vec<String>| {
        let mut rows: Vec<String> = register[list].as_array().unwrap().iter().flat_map(line).collect();
        rows.sort();
        rows
    };
    [
        rows("winners_by_city_and_year", &|row| vec![[&row["city"], &row["year"], &row["winners"]].map(text).join("|")]),
        rows("spread_by_panel", &|row| {
            vec![
                [
                    text(&row["call"]),
                    text(&row["panel"]),
                    text(&row["applications"]),
                    plain(&text(&row["sum"])),
                    plain(&text(&row["widest"])),
                ]
                .join("|"),
            ]
        }),
        rows("same_costs", &|row| {
            let whose = row["applications"].as_array().unwrap();
            vec![format!("{}|{}|{}", text(&row["name"]), plain(&text(&row["amount"])), whose.len())]
        }),
    ]
}

/// A decimal without trailing noughts.
fn plain(text: &str) -> String {
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text.to_owned() }
}

fn lines(output: &str) -> Vec<String> {
    let line = |line: &str| line.split('|').map(plain).collect::<Vec<_>>().join("|");
    let mut lines: Vec<String> = output.lines().filter(|line| !line.is_empty()).map(line).collect();
    lines.sort();
    lines
}

fn said(command: &mut Command) -> String {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(output.status.success(), "{command:?}: {}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// A PostgreSQL server of its own, on a socket in its own folder.
struct Server {
    data: PathBuf,
    tools: PathBuf,
}

impl Server {
    fn start(folder: &Path) -> Self {
        let versions = fs::read_dir("/usr/lib/postgresql").expect("the Debian package postgresql is missing");
        let tools = versions.map(|entry| entry.unwrap().path().join("bin")).max().unwrap();
        let data = folder.join("server");
        fs::create_dir(&data).unwrap();
        fs::set_permissions(&data, fs::Permissions::from_mode(0o777)).unwrap();
        let server = Self { data: data.join("data"), tools };
        let place = server.data.display().to_string();
        server.run("initdb", &["-D", &place, "-A", "trust", "-U", "tester", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]);
        let options = format!("-k {} -c listen_addresses= -c fsync=off", data.display());
        server.run("pg_ctl", &["-D", &place, "-w", "-s", "-l", &format!("{}/log", data.display()), "-o", &options, "start"]);
        server
    }

    /// The server refuses to run as root.
    fn run(&self, tool: &str, arguments: &[&str]) {
        let is_root = said(Command::new("id").arg("-u")).trim() == "0";
        let tool = self.tools.join(tool);
        let mut command = if is_root {
            let mut command = Command::new("runuser");
            command.args(["-u", "nobody", "--"]).arg(tool);
            command
        } else {
            Command::new(tool)
        };
        said(command.args(arguments).current_dir("/"));
    }

    fn psql(&self, tables: &Path, arguments: &[&str]) -> String {
        let socket = self.data.parent().unwrap();
        let mut command = Command::new("psql");
        command.args(["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-U", "tester", "-d", "postgres", "-h"]).arg(socket);
        said(command.args(arguments).current_dir(tables).env("PGCLIENTENCODING", "UTF8"))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.run("pg_ctl", &["-D", &self.data.display().to_string(), "-m", "immediate", "-s", "stop"]);
    }
}

/// The tables of a register, loaded twice into PostgreSQL; answers to the three queries after each.
pub(super) fn postgresql(tables: &Path, folder: &Path, register: &Value) {
    let server = Server::start(folder);
    for _ in 0..2 {
        let begun = Instant::now();
        server.psql(tables, &["-f", "schema.sql", "-f", "load-postgresql.sql"]);
        eprintln!("PostgreSQL: loaded in {:.1} s", begun.elapsed().as_secs_f64());
        assert_eq!(QUERIES.map(|name| lines(&server.psql(tables, &["-c", &query(name)]))), expected(register));
    }
}

/// The same with DuckDB.
pub(super) fn duckdb(tables: &Path, register: &Value) {
    let engine = "\
import duckdb
base = duckdb.connect()
def run(text):
  return base.execute(text).fetchall()
";
    in_python("DuckDB", engine, ["schema.sql", "load-duckdb.sql"], tables, register);
}

/// The same with ClickHouse's engine, which runs inside the process.
pub(super) fn clickhouse(tables: &Path, register: &Value) {
    let engine = "\
import chdb.session
base = chdb.session.Session()
def run(text):
  for statement in text.split(';\\n'):
    if statement.strip():
      answer = str(base.query(statement, 'TSV'))
  return [line.split('\\t') for line in answer.splitlines()]
";
    in_python("ClickHouse", engine, ["schema-clickhouse.sql", "load-clickhouse.sql"], tables, register);
}

/// Loads the tables twice into an engine that Python can reach by `run`, and asks the three queries after each.
fn in_python(name: &str, engine: &str, scripts: [&str; 2], tables: &Path, register: &Value) {
    let script = format!(
        "{engine}
import sys, time
for _ in range(2):
  begun = time.time()
  for file in {scripts:?}:
    run(open(file).read())
  print(f'{name}: loaded in {{time.time() - begun:.1f}} s', file=sys.stderr)
  for query in sys.argv[1:]:
    print('.')
    for row in run(query):
      print('|'.join(str(cell) for cell in row))
"
    );
    let python = std::env::var("PINGYI_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let mut command = Command::new(&python);
    command.arg("-c").arg(script).args(QUERIES.map(query)).current_dir(tables).stderr(Stdio::inherit());
    let output = said(&mut command);
    let answers: Vec<Vec<String>> = output.split(".\n").skip(1).map(lines).collect();
    assert_eq!(answers, [expected(register), expected(register)].concat(), "{name}");
}

#[test]
#[ignore = "needs a PostgreSQL server's programs"]
fn postgresql_answers_with_the_registers_own_figures_and_loading_twice_changes_nothing() {
    postgresql(&made().tables(), made().folder(), &made().register());
}

#[test]
#[ignore = "needs the Python package duckdb"]
fn duckdb_answers_with_the_registers_own_figures_and_loading_twice_changes_nothing() {
    duckdb(&made().tables(), &made().register());
}

#[test]
#[ignore = "needs the Python package chdb-core"]
fn clickhouse_answers_with_the_registers_own_figures_and_loading_twice_changes_nothing() {
    clickhouse(&made().tables(), &made().register());
}
