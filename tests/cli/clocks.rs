//! The machine's clock is a claim: nothing is lost, stale or out of order, whatever it says.

use std::fs;

use pingyi::cli::Exit;

use super::{
    desk::{Desk, PACKAGE, SCORES, Stand, bundle, call},
    path, pingyi,
    program::Program,
    tree::Tree,
};

const YEAR_1970: &str = "0";
const YEAR_2200: &str = "7258118400";

#[test]
fn order_is_by_sequence_when_the_clock_goes_to_1970_and_2200_and_back() {
    let desk = Desk::at(Stand::Begun);
    let at = |epoch: &str, words: &[&str]| desk.program(words).env("SOURCE_DATE_EPOCH", epoch).run().done();
    let set = |epoch: &str, value: &str| at(epoch, &["score", "set", "sx-0004", "A1", value]);
    for (epoch, value) in [(YEAR_2200, "1"), (YEAR_1970, "2"), ("1773626400", "3"), ("1773626399", "4"), ("-86400", "5")] {
        set(epoch, value);
        assert_eq!(desk.cell("sx-0004", "A1"), format!("scored {value}"));
    }
    let rows = desk.json(&["score", "history", "sx-0004", "A1"]);
    let rows = rows.as_array().unwrap();
    let values: Vec<&str> = rows.iter().map(|row| row["cell"]["value"].as_str().unwrap()).collect();
    let years: Vec<&str> = rows.iter().map(|row| &row["time"].as_str().unwrap()[..4]).collect();
    assert_eq!((values, years), (vec!["1", "2", "3", "4", "5"], vec!["2200", "1970", "2026", "2026", "1969"]));
    at(YEAR_1970, &["score", "undo"]);
    assert_eq!(desk.cell("sx-0004", "A1"), "scored 4");
    for epoch in [YEAR_1970, YEAR_2200] {
        at(epoch, &["check"]);
        at(epoch, &["backup"]);
        at(epoch, &["recover"]);
        at(epoch, &["journal", "verify"]);
        at(epoch, &["doctor"]);
    }
}

#[test]
fn a_package_is_opened_and_scores_are_signed_at_any_time_and_the_bundle_stands() {
    let trust = path(&call().join("office.allowed_signers")).to_owned();
    for epoch in [YEAR_1970, YEAR_2200] {
        let desk = Desk::at(Stand::Arrived);
        let opened = desk.program(&["open", path(&bundle(PACKAGE)), "--trust", &trust, "--json"]).env("SOURCE_DATE_EPOCH", epoch).run();
        assert_eq!(opened.json()["outcome"], "new", "{epoch}");
        let desk = Desk::at(Stand::Done);
        let to = path(&desk.path().join("stick")).to_owned();
        desk.program(&["export", "scores", "--to", &to]).env("SOURCE_DATE_EPOCH", epoch).run().done();
        pingyi(&["verify", &format!("{to}/{SCORES}"), "--trust", &trust]).done();
    }
}

#[test]
fn the_same_commands_under_the_same_clock_give_the_same_bytes() {
    let made = [0, 1].map(|_| {
        let desk = Desk::at(Stand::Begun);
        desk.batch(super::desk::sheets());
        let to = path(&desk.path().join("stick")).to_owned();
        desk.program(&["export", "scores", "--to", &to]).run().done();
        let journal = fs::read(desk.store().join("journal")).unwrap();
        (journal, fs::read(desk.path().join("stick").join(SCORES)).unwrap(), Tree::of(&desk.path().join("stick")))
    });
    let [one, other] = made;
    assert!(one == other, "journal {} bundle {}", one.0 == other.0, one.1 == other.1);
    let zones = ["UTC", "Asia/Shanghai", "America/St_Johns"].map(|zone| {
        let desk = Desk::at(Stand::Begun);
        desk.program(&["score", "set", "sx-0004", "A1", "1"]).env("TZ", zone).run().done();
        fs::read(desk.store().join("journal")).unwrap()
    });
    assert!(zones[0] == zones[1] && zones[1] == zones[2], "a fixed moment is written the same in every zone");
}

#[test]
fn a_moment_that_is_none_is_refused_and_nothing_is_changed() {
    let desk = Desk::at(Stand::Begun);
    let before = Tree::of(desk.path());
    let refuses = |epoch: &str, words: &[&str]| {
        let answer = desk.program(&[&["--lang", "en"], words].concat()).env("SOURCE_DATE_EPOCH", epoch).within(desk.path()).run();
        assert_eq!((answer.exit, answer.out.as_str()), (Exit::Usage, ""), "{epoch:?} {words:?} {answer:?}");
        assert_eq!(answer.complaints.lines().count(), 2, "{epoch:?} {answer:?}");
        before.is_still(desk.path());
    };
    for epoch in ["", "x", "1.5", "1e9", "１", " 0", "99999999999999999999", "9999999999999999", "253402300800", "-99999999999"] {
        refuses(epoch, &["key", "new", "--name", "R09", "--no-passphrase"]);
    }
    refuses("x", &["score", "set", "sx-0004", "A1", "1"]);
    refuses("x", &["export", "scores", "--to", "x"]);
    refuses("x", &["score", "pledge", "--accept"]);
    let answer = Program::at(&desk.home(), &["--lang", "en", "score", "undo"]).env("SOURCE_DATE_EPOCH", "x\u{1b}[31m").run();
    assert_eq!(answer.exit, Exit::Usage);
    assert!(answer.complaints.contains("x<U+001B>[31m"), "{answer:?}");
}
