//! Three revisions of one result: each follows from the one before, nothing vanishes, and what changed is told between any two.

use std::path::PathBuf;

use pingyi::{
    bundle::layer::State,
    domain::table::act::Act,
    workflow::{
        StepError, cosign,
        verify::{self, diff},
    },
};

use super::cosign::ready;
use crate::support::{
    presiding::Chair,
    rules::of,
    small_panel,
    stage::{bundle, key, office},
};

/// Signs the next revision, and has it co-signed.
fn next(chair: &mut Chair) -> PathBuf {
    chair.settles();
    let concluded = chair.seals().unwrap();
    assert!(concluded.is_new);
    cosign::cosign(&concluded.path, &of("S01"), &key("S01"), Some(&office()), None).unwrap().path
}

fn reopen(chair: &mut Chair, number: u32) {
    chair.records(Act::Reopen { notice: format!("示例函〔2026〕{number}号"), reason: "异议成立。".into() });
}

fn veto(before: Option<&str>, after: Option<&str>) -> Act {
    let owned = |text: Option<&str>| text.map(str::to_owned);
    Act::Veto { application: of("sx-0005"), veto: of("V1"), before: owned(before), after: owned(after) }
}

#[test]
fn of_three_revisions_each_goes_on_from_those_before_and_what_changed_is_told() {
    const FINDING: &str = "两份合同编号相同、金额不同。";
    let mut chair = ready();
    let first = next(&mut chair);
    let early = chair.session.record(veto(None, Some(FINDING)), &chair.machine.now());
    assert!(early.is_err(), "what is signed is not changed before it is reviewed again");
    reopen(&mut chair, 8);
    chair.records(veto(None, Some(FINDING)));
    let second = next(&mut chair);
    reopen(&mut chair, 9);
    chair.records(veto(Some(FINDING), None));
    let third = next(&mut chair);
    let all = [&first, &second, &third];
    for (at, file) in all.into_iter().enumerate() {
        assert!(file.to_string_lossy().ends_with(&format!("-r{}.zip", at + 1)));
        let report = verify::verify(file, Some(&office())).unwrap();
        assert!(report.layers.iter().all(|layer| layer.state == State::Pass), "revision {}: {report:#?}", at + 1);
    }
    for (old, new) in [(0, 1), (1, 2), (0, 2)] {
        let told = diff::compare(all[old], all[new], Some(&office())).unwrap();
        assert!(told.findings.is_empty(), "{old} {new}: {told:?}");
        let outcome = told.changes.iter().find(|one| one.application.as_deref() == Some("sx-0005") && one.place == "outcome");
        let expected = [Some("eligible"), Some("vetoed"), Some("eligible")];
        match outcome {
            Some(change) => assert_eq!((Some(&*change.stated), Some(&*change.found)), (expected[old], expected[new])),
            None => assert_eq!(expected[old], expected[new], "{old} {new}: {told:?}"),
        }
        assert!(told.changes.iter().any(|one| one.place == "revision"), "{told:?}");
        let backwards = diff::compare(all[new], all[old], Some(&office())).unwrap();
        let codes: Vec<&str> = backwards.findings.iter().map(|one| one.id).collect();
        assert_eq!(codes, ["err-diff-revision", "err-diff-record"], "{new} {old}");
    }
}

#[test]
fn a_result_is_compared_only_with_one_that_verifies_and_a_strangers_does_not_go_on_from_it() {
    let same = diff::compare(small_panel::result(), small_panel::result(), Some(&office())).unwrap();
    assert!(same.findings.is_empty() && same.changes.is_empty());
    // The chair's signature alone: the supervisor's is still to come.
    let mut chair = ready();
    let half = chair.seals().unwrap();
    assert!(!half.awaits.is_empty());
    for (old, new) in [(small_panel::result(), &*half.path), (&*half.path, small_panel::result())] {
        assert!(matches!(diff::compare(old, new, Some(&office())), Err(StepError::NotVerified(_))));
    }
    let other = bundle("result-sx-2026-01-p1-r1.zip");
    let told = diff::compare(small_panel::result(), &other, Some(&office())).unwrap();
    let codes: Vec<&str> = told.findings.iter().map(|one| one.id).collect();
    assert!(codes.starts_with(&["err-diff-revision", "err-diff-record", "err-diff-vanished"]), "{codes:?}");
    assert_eq!(codes.iter().filter(|code| **code == "err-diff-vanished").count(), 5, "all five bundles: {codes:?}");
    assert_eq!(told.changes.len(), 20, "the first twenty figures");
    let nowhere = small_panel::result().with_file_name("nowhere.zip");
    assert!(diff::compare(&nowhere, &other, Some(&office())).is_err());
}
