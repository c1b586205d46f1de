//! What is still open before a result can be signed, by worked examples on the sample call.

use pingyi::domain::{change::Change, decision::Opinion, table::act::Act};
use serde::Deserialize;

use crate::support::{cases::worked, chair::Sitting, rules::of, screens::SAMPLE};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    why: String,
    #[serde(default)]
    awaited: Vec<String>,
    #[serde(default)]
    acts: Vec<String>,
    #[serde(default)]
    missing: usize,
    open: Expected,
}

#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    #[serde(default)]
    awaited: usize,
    flags: usize,
    ties: usize,
    blocks: usize,
    opinions: usize,
    members: usize,
}

fn found(sitting: &Sitting) -> Expected {
    let open = &sitting.index.open;
    Expected {
        awaited: open.awaited.len(),
        flags: open.flags,
        ties: open.ties,
        blocks: open.blocks,
        opinions: open.opinions,
        members: open.members,
    }
}

#[test]
fn what_is_open_follows_from_what_was_taken_in_and_decided() {
    for case in worked::<Case>(include_str!("board.toml")) {
        let awaited: Vec<&str> = case.awaited.iter().map(String::as_str).collect();
        let mut sitting = Sitting::sample(&awaited);
        for act in &case.acts {
            let act: Act = serde_json::from_str(act).unwrap();
            sitting.decide(&SAMPLE, act).unwrap_or_else(|trouble| panic!("{}: {trouble:?}", case.why));
        }
        assert_eq!(found(&sitting), case.open, "{}", case.why);
        if case.missing > 0 {
            assert_eq!(sitting.index.missing.len(), case.missing, "{}", case.why);
        }
    }
}

/// Every decision that the sample call needs.
fn settled() -> Sitting {
    let mut sitting = Sitting::sample(&[]);
    let mut decide = |act: &str| drop(sitting.decide(&SAMPLE, serde_json::from_str(act).unwrap()).unwrap());
    for (application, reviewer, criterion) in
        [("sx-0004", "\"R06\"", "null"), ("sx-0004", "\"R06\"", "\"O4\""), ("sx-0009", "null", "\"N1\"")]
    {
        decide(&format!(
            r#"{{"act":"flag","application":"{application}","flag":{{"reviewer":{reviewer},"criterion":{criterion}}},"before":null,"after":{{"ruling":"uphold","reason":"有依据"}}}}"#
        ));
    }
    for (id, votes) in [("sx-0014", 5), ("sx-0016", 2)] {
        decide(&format!(
            r#"{{"act":"tie-vote","application":"{id}","before":null,"after":{{"votes":{votes},"teller":"T01","scrutineer":"T02"}}}}"#
        ));
    }
    let whole = |text: &str| text.to_owned();
    let after =
        Opinion { overall: whole("一"), strengths: whole("二"), problems: whole("三"), advice: whole("四"), conclusion: whole("五") };
    for application in SAMPLE.applications.iter().filter(|one| SAMPLE.is_scored(&one.id)) {
        let act = Act::Opinion { application: application.id.clone(), before: Opinion::default(), after: after.clone() };
        sitting.decide(&SAMPLE, act).unwrap();
    }
    sitting
}

#[test]
fn with_everything_decided_only_the_members_are_left_and_then_nobody() {
    let mut sitting = settled();
    assert!(sitting.index.open.is_decided() && sitting.index.open.members == 7, "{:?}", sitting.index.open);
    for person in ["R01", "R02", "R03", "R04", "R05", "R06", "R07", "S01"] {
        let act = format!(r#"{{"act":"member","person":"{person}","before":null,"after":{{"status":"signed"}}}}"#);
        sitting.decide(&SAMPLE, serde_json::from_str(&act).unwrap()).unwrap();
    }
    assert_eq!(sitting.index.open.members, 0);
    assert!(sitting.index.open.is_decided());
}

#[test]
fn taking_the_last_decision_back_opens_what_it_had_closed() {
    let mut sitting = settled();
    let open = found(&sitting);
    let act = r#"{"act":"member","person":"R02","before":null,"after":{"status":"signed"}}"#;
    sitting.decide(&SAMPLE, serde_json::from_str(act).unwrap()).unwrap();
    assert_ne!(found(&sitting), open);
    let (change, link) = sitting.desk.undo_step().unwrap();
    sitting.fold(&SAMPLE, change, Some(link));
    assert_eq!(found(&sitting), open);
}

#[test]
fn the_lists_are_the_same_when_made_again_from_the_journal() {
    let sitting = settled();
    let again = sitting.replayed(&SAMPLE);
    assert_eq!((found(&sitting), &sitting.desk.table), (found(&again), &again.desk.table));
    let figures =
        |sitting: &Sitting| sitting.index.cases.iter().map(|case| (case.application.clone(), case.total, case.spread)).collect::<Vec<_>>();
    assert_eq!(figures(&sitting), figures(&again));
}

#[test]
fn who_leaves_for_an_application_is_who_declared_a_conflict_or_was_told_to_stay_out() {
    let sitting = Sitting::sample(&[]);
    let leaving = |id: &str| {
        let case = sitting.index.case(&of(id)).unwrap();
        sitting.index.leaving(case).map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(leaving("sx-0001"), ["R03"]);
    assert_eq!(leaving("sx-0006"), ["R05"]);
    assert_eq!(leaving("sx-0004"), Vec::<String>::new());
}

#[test]
fn the_journal_of_a_table_holds_acts_and_nothing_else() {
    let sitting = settled();
    let others = sitting.desk.entries.iter().skip(1).filter(|entry| !matches!(entry.change, Change::Table(_)));
    assert_eq!(others.count(), 0);
}
