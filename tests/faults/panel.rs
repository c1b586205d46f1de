//! The chair's commands, killed before every file call and at any moment: no recorded decision is lost, an import is whole or can be
//! done again, and a result lies under its name whole or not at all.

use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::Duration,
};

use pingyi::{
    bundle::layer::{LayerId, State},
    store::Access,
    workflow::{home::Home, table::TableSession, verify},
};

use super::desk::{pingyi, plainly};
use crate::support::{
    faults::{Act, Attack, Dice, Outcome, can_inject, full},
    small_panel,
    stage::office,
};

const SAMPLE: usize = 5;

fn home(place: &Path) -> PathBuf {
    place.join("home")
}

/// The table, as it can be opened afterwards.
fn table(place: &Path) -> Result<TableSession, String> {
    TableSession::open(&Home::new(home(place)), None, Access::Read).map_err(|error| format!("the table does not open: {error:?}"))
}

/// The command once more, undisturbed, must go through.
fn again(act: &Act) -> Result<(), String> {
    let outcome = plainly(act)?;
    if outcome.code == Some(0) { Ok(()) } else { Err(format!("cannot be done again: {}{}", outcome.stdout, outcome.stderr)) }
}

fn importing(act: impl Fn(&Attack<'_>) -> usize) -> usize {
    let import = |place: &Path| {
        let files: Vec<&str> = small_panel::bundles().iter().take(2).map(|file| file.to_str().unwrap()).collect();
        pingyi(&home(place), &[&["import"], files.as_slice()].concat())
    };
    act(&Attack {
        name: "import",
        prepare: &|place| small_panel::lay_seated(&home(place)),
        act: &import,
        judge: &|place, outcome| {
            let here = table(place)?.given().len();
            if outcome.code == Some(0) && here != 2 {
                return Err(format!("called done, but {here} bundles are there"));
            }
            again(&import(place))?;
            if table(place)?.given().len() == 2 { Ok(()) } else { Err("not all are there after the second time".to_owned()) }
        },
    })
}

fn closing(act: impl Fn(&Attack<'_>) -> usize) -> usize {
    let close = |place: &Path| pingyi(&home(place), &["consolidate", "--close", "--yes"]);
    act(&Attack {
        name: "consolidate --close",
        prepare: &|place| {
            small_panel::lay_seated(&home(place));
            let files: Vec<&str> = small_panel::bundles().iter().map(|file| file.to_str().unwrap()).collect();
            again(&pingyi(&home(place), &[&["import"], files.as_slice()].concat())).unwrap();
        },
        act: &close,
        judge: &|place, outcome| {
            let is_closed = table(place)?.table().progress.stage != pingyi::domain::correction::Stage::Draft;
            if outcome.code == Some(0) && !is_closed {
                return Err("called done, but it is a draft".to_owned());
            }
            if is_closed { Ok(()) } else { again(&close(place)) }
        },
    })
}

/// What lies under the result's name is the whole result, which only awaits the supervisor.
fn judge_result(place: &Path, outcome: &Outcome) -> Result<bool, String> {
    let file = place.join("out/result-sx-2026-01-p1-r1.zip");
    if !file.exists() {
        return if outcome.code == Some(0) { Err("called done, but there is no result".to_owned()) } else { Ok(false) };
    }
    let report = verify::verify(&file, Some(&office())).map_err(|error| format!("{error:?}"))?;
    let whole = [LayerId::Container, LayerId::Completeness, LayerId::Integrity];
    let is_whole = whole.iter().all(|layer| report.state(*layer) == State::Pass);
    // Where a signature is missing, the roster inside is not looked at, so the office's key alone does not say who the chair is.
    let only_awaits = report.errors().all(|(_, finding)| matches!(finding.code, "signature-missing" | "signer-unknown"));
    if is_whole && only_awaits { Ok(true) } else { Err(format!("half a result lies under its name: {report:?}")) }
}

fn concluding(act: impl Fn(&Attack<'_>) -> usize) -> usize {
    let seal = |place: &Path| pingyi(&home(place), &["export", "result", "--to", place.join("out").to_str().unwrap()]);
    act(&Attack {
        name: "export result",
        prepare: &|place| small_panel::lay_ready(&home(place)),
        act: &seal,
        judge: &|place, outcome| {
            judge_result(place, outcome)?;
            again(&seal(place))?;
            let done = Outcome { code: Some(0), ..Outcome::default() };
            let sealed = table(place)?.table().sealed.len();
            if judge_result(place, &done)? && sealed == 1 { Ok(()) } else { Err(format!("{sealed} results on record")) }
        },
    })
}

#[test]
fn killed_before_any_file_call_of_an_import_it_is_whole_or_can_be_done_again() {
    if can_inject() {
        assert!(importing(|attack| attack.kill_everywhere(SAMPLE)) > 0);
    }
}

#[test]
fn killed_before_any_file_call_of_closing_the_draft_nothing_is_lost() {
    if can_inject() {
        assert!(closing(|attack| attack.kill_everywhere(SAMPLE)) > 0);
    }
}

#[test]
fn killed_before_any_file_call_of_signing_the_result_lies_there_whole_or_not_at_all() {
    if can_inject() {
        assert!(concluding(|attack| attack.kill_everywhere(SAMPLE)) > 0);
    }
}

#[test]
fn a_file_call_that_fails_while_signing_leaves_a_whole_result_or_none() {
    if can_inject() {
        assert!(concluding(|attack| attack.fail_everywhere(&["ENOSPC", "EIO"], SAMPLE)) > 0);
    }
}

#[test]
fn killed_at_any_moment_no_decision_that_was_called_recorded_is_lost() {
    let rounds = if full() { 300 } else { 12 };
    let place = tempfile::tempdir().unwrap();
    small_panel::lay_ready(&home(place.path()));
    let mut dice = Dice::new("decisions of the chair, killed at any moment");
    let (mut recorded, mut last) = (0, String::new());
    for round in 0..rounds {
        let words = format!("第{round}次修改的总体评价");
        let mut child = Command::new(env!("CARGO_BIN_EXE_pingyi"))
            .args(["--home", home(place.path()).to_str().unwrap(), "opinion", "sx-0005", "--overall", &words])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // Two of three are given time to finish; the others die within the time that the command takes.
        thread::sleep(Duration::from_millis(if round % 3 == 0 { dice.below(120) } else { 0 }));
        if round % 3 == 0 {
            // One that is gone already ended by itself.
            let _gone = child.kill();
        }
        if child.wait().unwrap().code() == Some(0) {
            recorded += 1;
            last = words.clone();
        }
        let session = table(place.path()).unwrap();
        let found = session.table().opinions.values().find(|opinion| opinion.overall.contains("次修改")).map(|one| one.overall.clone());
        assert!(last.is_empty() || found == Some(last.clone()) || found == Some(words), "round {round}: {found:?} after {last:?}");
        last = found.unwrap_or_default();
    }
    eprintln!("{rounds} rounds, {recorded} recorded decisions");
    assert!(recorded * 2 >= rounds, "only {recorded} of {rounds} were recorded");
}
