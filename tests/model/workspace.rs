//! Random sessions of a reviewer through the real workflow and the real store, each act held against the model. A session that
//! fails prints its seed; `just model` plays many more, from another seed each time.

use std::{collections::BTreeMap, sync::Mutex, thread};

use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use super::{
    acts::{Act, sessions},
    paper::Outcome,
    stage::package,
    table::Table,
};

/// How often each act had each outcome, so that a model in which nothing happens does not look like a sound program.
static TALLY: Mutex<BTreeMap<(&'static str, Outcome), u32>> = Mutex::new(BTreeMap::new());

fn setting(name: &str, usual: u64) -> u64 {
    std::env::var(name).ok().map_or(usual, |text| text.parse().unwrap_or_else(|_| panic!("{name} is a number")))
}

#[test]
fn whatever_a_reviewer_does_the_workspace_is_what_the_model_says() {
    let (first, cases) = (setting("PINGYI_MODEL_SEED", 1), setting("PINGYI_MODEL_CASES", 200));
    let _made_before_the_clock_starts = package(3);
    let workers = thread::available_parallelism().map_or(1, |count| count.get() as u64).min(8);
    thread::scope(|scope| {
        for worker in 0..workers {
            scope.spawn(move || (first..first + cases).skip(worker as usize).step_by(workers as usize).for_each(play_one));
        }
    });
    let tally = TALLY.lock().unwrap().clone();
    eprintln!("{cases} sessions from seed {first}: {tally:?}");
    if cases >= 200 {
        for kind in ["set", "na", "comment", "declare", "clear", "submit", "withdraw", "fill", "undo", "redo", "export", "open", "restore"]
        {
            assert!(tally.get(&(kind, Outcome::Done)).is_some_and(|count| *count > 3), "too few of {kind}: {tally:?}");
        }
        for kind in ["set", "na", "comment", "declare", "submit", "export", "open"] {
            assert!(tally.contains_key(&(kind, Outcome::Refused)), "{kind} was never refused");
        }
    }
}

/// Plays the session of one seed; a failure is made as short as it gets.
fn play_one(seed: u64) {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let config = Config { cases: 1, failure_persistence: None, max_shrink_iters: 400, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &bytes));
    let played = runner.run(&sessions(), |acts| {
        play(&acts);
        Ok(())
    });
    if let Err(failure) = played {
        panic!("PINGYI_MODEL_SEED={seed} PINGYI_MODEL_CASES=1 plays this again.\n{failure}");
    }
}

fn play(acts: &[Act]) {
    let mut table = Table::laid();
    for act in acts {
        let what = table.plays(act);
        *TALLY.lock().unwrap().entry(what).or_default() += 1;
    }
    table.ends_in_order();
}

#[test]
fn after_backups_were_put_back_and_forth_a_bundle_is_the_one_the_journal_names() {
    let sheets = ["sx-0005", "sx-0009"];
    let mut acts = vec![Act::Pledge, Act::Fill(sheets[0], false), Act::Fill(sheets[1], false)];
    // Signed, put back, changed, signed under the same name again; then the first record is put back.
    acts.extend([Act::Backup, Act::Export, Act::Backup, Act::Restore(0)]);
    acts.extend([Act::Withdraw(sheets[0]), Act::Fill(sheets[0], true), Act::Export, Act::Restore(1), Act::Export, Act::Export]);
    play(&acts);
}

#[test]
fn a_longer_backup_can_be_put_back_after_another_history_was_begun_from_a_shorter_one() {
    let mut acts = vec![Act::Pledge, Act::Backup, Act::Fill("sx-0005", false), Act::Fill("sx-0009", true), Act::Backup];
    // Back to the beginning, another way from there, and left in order: that session leaves a backup of its own.
    acts.extend([Act::Restore(0), Act::Fill("sx-0009", false), Act::Leave, Act::Restore(1), Act::Undo, Act::Leave, Act::Restore(0)]);
    play(&acts);
}
