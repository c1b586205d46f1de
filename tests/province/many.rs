//! A folder of many results of real size and twenty bad files, through the program as an office runs it: what is left out, in which
//! order, and killed on the way. `just many` does it with a thousand; they are made once and take most of an hour.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use serde_json::Value;

use super::engines;
use crate::support::{
    bundle::unpack,
    registers::{Inbox, left_out},
    stage::{copy, home_of, root},
};

const BUNDLE: &str = "aggregate-sx-2026-r1.zip";

/// An office with a folder for each run.
struct Office {
    inbox: Inbox,
    folder: tempfile::TempDir,
}

/// What a run left.
struct Left {
    register: Value,
    scores: Vec<u8>,
    took: Duration,
}

impl Office {
    fn new() -> Self {
        let office = Self { inbox: Inbox::of_many(), folder: tempfile::tempdir().unwrap() };
        // A server that loads the tables runs as somebody else.
        fs::set_permissions(office.folder.path(), fs::Permissions::from_mode(0o777)).unwrap();
        copy(&home_of("OF1").keys(), &office.folder.path().join("home/keys"));
        office
    }

    fn place(&self, run: &str) -> PathBuf {
        self.folder.path().join(run)
    }

    /// Begins to put `files` together in the folder `run`.
    fn begins(&self, run: &str, files: &[PathBuf]) -> Child {
        let (place, offices) = (self.place(run), root().join("office.allowed_signers"));
        let mut command = Command::new(env!("CARGO_BIN_EXE_pingyi"));
        command.env("PINGYI_HOME", self.place("home")).env("SOURCE_DATE_EPOCH", "1780300000").env("LC_ALL", "C.UTF-8");
        command.arg("aggregate").args(files).args(["--register", "sx-2026", "--key", "OF1", "--offices"]).arg(offices);
        command.arg("--to").arg(place.join("out")).arg("--tables").arg(place.join("tables"));
        command.stdout(Stdio::null()).spawn().unwrap()
    }

    /// Puts `files` together, and says how long it took, on how many cores, in how much memory.
    fn puts_together(&self, run: &str, files: &[PathBuf]) -> Left {
        let begun = Instant::now();
        let mut child = self.begins(run, files);
        let mut used = (0, 0);
        let exit = loop {
            used = usage(child.id()).unwrap_or(used);
            match child.try_wait().unwrap() {
                Some(exit) => break exit,
                None => thread::sleep(Duration::from_millis(20)),
            }
        };
        let took = begun.elapsed();
        eprintln!("{run}: {:.1} s, {:.1} s of all cores, at most {} MiB", took.as_secs_f64(), used.0 as f64 / 100.0, used.1 / 1024);
        assert!(exit.success(), "{run}: {exit}");
        self.left(run, took)
    }

    fn left(&self, run: &str, took: Duration) -> Left {
        let members = unpack(&fs::read(self.place(run).join("out").join(BUNDLE)).unwrap());
        Left {
            register: serde_json::from_slice(&members["data/register.json"]).unwrap(),
            scores: fs::read(self.place(run).join("tables/scores.csv")).unwrap(),
            took,
        }
    }
}

/// Time on all cores in hundredths of a second, and the most memory so far in KiB.
fn usage(process: u32) -> Option<(u64, u64)> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let after: Vec<&str> = stat.rsplit(')').next()?.split_whitespace().collect();
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.trim().split(' ').next()?;
    Some((after.get(11)?.parse::<u64>().ok()? + after.get(12)?.parse::<u64>().ok()?, peak.parse().ok()?))
}

fn sha256(file: &Path) -> String {
    pingyi::digest::sha256_file(file).unwrap().0
}

#[test]
#[ignore = "makes a thousand results and takes an hour or more: just many"]
fn of_a_thousand_results_just_the_bad_ones_are_left_out_in_any_order_and_after_any_kill() {
    let office = Office::new();
    let files = office.inbox.files();
    let first = office.puts_together("first", &files);
    assert_eq!((office.inbox.bad.len(), left_out(&first.register["excluded"])), (20, office.inbox.expected()));
    assert_eq!(first.register["panels"].as_array().unwrap().len(), office.inbox.good.len());
    eprintln!("{} rows of scores", first.scores.iter().filter(|byte| **byte == b'\n').count() - 1);

    let backwards: Vec<PathBuf> = files.iter().rev().cloned().collect();
    let other = office.puts_together("backwards", &backwards);
    assert!(other.register == first.register && other.scores == first.scores, "another order, another register");

    for part in [5, 35, 70, 95] {
        let mut child = office.begins("killed", &files);
        thread::sleep(first.took * part / 100);
        child.kill().unwrap();
        assert!(!child.wait().unwrap().success(), "it was faster than the last time; nothing was killed");
        let [bundle, tables] = ["out", "tables"].map(|name| office.place("killed").join(name));
        assert!(!bundle.join(BUNDLE).exists(), "a register lies there after {part} %");
        if tables.exists() {
            assert!(fs::read(tables.join("scores.csv")).unwrap() == first.scores, "half the tables lie there after {part} %");
            fs::remove_dir_all(tables).unwrap();
        }
    }
    let again = office.puts_together("killed", &files);
    assert!(again.register == first.register && again.scores == first.scores, "after a kill, another register");
    let names = ["killed", "killed/out"].map(|place| fs::read_dir(office.place(place)).unwrap()).into_iter().flatten();
    let names: Vec<String> = names.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert!(!names.iter().any(|name| name.starts_with(".pingyi-")), "what was begun lies there still: {names:?}");
    assert_eq!(sha256(&office.place("first/out").join(BUNDLE)), sha256(&office.place("killed/out").join(BUNDLE)));

    engines::duckdb(&office.place("first/tables"), &first.register);
    engines::clickhouse(&office.place("first/tables"), &first.register);
    engines::postgresql(&office.place("first/tables"), office.folder.path(), &first.register);
}
