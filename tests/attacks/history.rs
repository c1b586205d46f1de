//! A second revision that lies about the first, signed anew by chair and supervisor themselves: which result it takes the place of, and
//! what stood in the record before, cannot be told otherwise.

use std::{fs, sync::LazyLock};

use pingyi::{
    bundle::{
        bag,
        layer::{LayerId, Report, State},
        sshsig,
    },
    domain::table::act::Act,
    store::Access,
    workflow::table::TableSession,
};
use serde_json::{Value, json};

use super::{findings, rechain, verify_bytes};
use crate::support::{
    bundle::{Members, pack_as, relist, unpack},
    presiding::Chair,
    rules::of,
    small_panel,
    stage::{Machine, key},
};

const STEM: &str = "result-sx-2026-01-p1-r2";
const JOURNAL: &str = "data/journal.txt";

/// The second revision of the small panel's result, signed by the chair: sx-0005 was vetoed after an objection.
static SECOND: LazyLock<Members> = LazyLock::new(|| {
    let machine = Machine::of("R01");
    small_panel::lay_ready(machine.home.root());
    let session = TableSession::open(&machine.home, None, Access::Write).unwrap();
    let mut chair = Chair { machine, session };
    chair.seals().unwrap();
    chair.records(Act::Reopen { notice: "示例函〔2026〕8号".into(), reason: "异议成立。".into() });
    let after = Some("两份合同编号相同。".to_owned());
    chair.records(Act::Veto { application: of("sx-0005"), veto: of("V1"), before: None, after });
    chair.settles();
    unpack(&fs::read(chair.seals().unwrap().path).unwrap())
});

/// Everything signed anew by chair and supervisor.
fn signed(mut members: Members) -> Report {
    relist(&mut members);
    for (member, code) in [("signatures/chair-r01.sig", "R01"), ("signatures/supervisor-s01.sig", "S01")] {
        let armor = sshsig::sign(&key(code), "pingyi.result.v1", &members[bag::TAG_MANIFEST]).unwrap();
        members.insert(member.to_owned(), armor.into_bytes());
    }
    verify_bytes(&format!("{STEM}.zip"), &pack_as(STEM, &members))
}

fn says(change: impl FnOnce(&mut Value)) -> Report {
    let mut members = SECOND.clone();
    let mut passport: Value = serde_json::from_slice(&members["data/bundle.json"]).unwrap();
    change(&mut passport);
    members.insert("data/bundle.json".to_owned(), (serde_json::to_string_pretty(&passport).unwrap() + "\n").into_bytes());
    signed(members)
}

/// The record with other lines, hashes and numbers made right.
fn records(change: impl FnOnce(&mut Vec<String>)) -> Report {
    let mut members = SECOND.clone();
    let text = String::from_utf8(members[JOURNAL].clone()).unwrap();
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    change(&mut lines);
    let numbered = lines.iter().enumerate().map(|(at, line)| format!("{at}\t{}\n", line.split_once('\t').unwrap().1));
    members.insert(JOURNAL.to_owned(), numbered.collect::<String>().into_bytes());
    rechain(&mut members);
    signed(members)
}

fn place(lines: &[String], word: &str) -> usize {
    lines.iter().position(|line| line.contains(word)).unwrap_or_else(|| panic!("no {word}"))
}

#[test]
fn the_honest_second_revision_passes_all_nine_layers() {
    let report = signed(SECOND.clone());
    assert_eq!(findings(&report), []);
    assert!(report.layers.iter().all(|layer| layer.state == State::Pass), "{report:#?}");
}

#[test]
fn what_it_takes_the_place_of_follows_from_the_record() {
    for (supersedes, layer) in [(json!(null), LayerId::Integrity), (json!("0".repeat(64)), LayerId::History)] {
        let report = says(|passport| passport["supersedes"] = supersedes.clone());
        assert!(!report.passes() && report.state(layer) == State::Fail, "{supersedes}: {:?}", findings(&report));
    }
}

#[test]
fn the_first_signing_and_the_review_again_cannot_be_left_out_of_the_record() {
    let without = |word: &'static str| records(|lines| drop(lines.remove(place(lines, word))));
    for (word, why) in [(r#""act":"seal""#, "as if nothing had been signed"), (r#""act":"reopen""#, "as if nobody had been told")] {
        let report = without(word);
        assert!(!report.passes(), "{why}: {:?}", findings(&report));
    }
    let report = records(|lines| {
        let (seal, reopen) = (place(lines, r#""act":"seal""#), place(lines, r#""act":"reopen""#));
        lines.remove(reopen);
        lines.remove(seal);
    });
    assert!(!report.passes() && report.state(LayerId::History) == State::Fail, "both: {:?}", findings(&report));
}

#[test]
fn what_was_decided_after_the_first_signing_cannot_be_moved_before_it() {
    let report = records(|lines| {
        let veto = lines.remove(place(lines, r#""act":"veto""#));
        let seal = place(lines, r#""act":"seal""#);
        lines.insert(seal, veto);
    });
    // The members had signed a report without it: their stand falls with the veto, and the first result could not have been signed.
    assert!(!report.passes(), "{:?}", findings(&report));
    let report = records(|lines| {
        let reopen = lines.remove(place(lines, r#""act":"reopen""#));
        let veto = place(lines, r#""act":"veto""#);
        lines.insert(veto + 1, reopen);
    });
    let codes: Vec<&str> = findings(&report).iter().map(|(_, code, _)| *code).collect();
    assert!(codes.contains(&"entry-refused") || codes.contains(&"journal-misfit"), "a veto on what was signed: {codes:?}");
}
