//! From a settled table to a signed result that anybody can verify and recompute.

use std::fs;

use pingyi::{
    bundle::layer::{LayerId, State},
    domain::{
        decision::Opinion,
        table::{act::Act, open::OpenPoint},
    },
    workflow::{
        StepError, cosign,
        verify::{self, diff},
    },
};

use crate::support::{
    presiding::Chair,
    rules::of,
    stage::{Machine, key, office},
};

#[test]
fn nothing_is_signed_while_something_is_open() {
    let mut chair = Chair::with_bundles();
    let Err(StepError::PointsOpen { open }) = chair.seals() else { panic!("signed a draft") };
    assert!(matches!(open.first(), Some(OpenPoint::Draft)), "the first step comes first: {open:?}");
    assert!(open.iter().any(|point| matches!(point, OpenPoint::Flag(..))) && open.iter().any(|point| matches!(point, OpenPoint::Block(_))));
    assert!(!chair.outbox().exists(), "no folder is left behind");
    assert!(chair.session.table().sealed.is_empty());
}

#[test]
fn a_result_passes_all_nine_layers_once_the_supervisor_has_signed_and_needs_no_data_folder() {
    let mut chair = Chair::ready();
    let concluded = chair.seals().unwrap();
    assert_eq!(concluded.awaits.len(), 1, "{:?}", concluded.awaits);
    let half = verify::verify(&concluded.path, Some(&office())).unwrap();
    assert!(!half.passes() && half.state(LayerId::Signatures) == State::Fail, "a missing signature is never overlooked: {half:?}");

    let stick = tempfile::tempdir().unwrap();
    let file = stick.path().join(concluded.path.file_name().unwrap());
    fs::copy(&concluded.path, &file).unwrap();
    let before = chair.session.store().head().clone();
    let signed = cosign::cosign(&file, &of("S01"), &key("S01"), Some(&office()), None).unwrap();
    assert_eq!((&signed.digest, signed.awaits.len()), (&concluded.digest, 0));
    let anew = cosign::take_back(&mut chair.session, &file, &chair.machine.now()).unwrap();
    assert_eq!(anew.len(), 1);
    assert_ne!(*chair.session.store().head(), before, "the record says that the supervisor signed");
    let again = chair.seals().unwrap();
    assert!(!again.is_new && again.awaits.is_empty());
    assert_eq!(fs::read(&again.path).unwrap(), fs::read(&file).unwrap(), "the same file with both signatures");

    drop(chair);
    let report = verify::verify(&file, Some(&office())).unwrap();
    let states: Vec<State> = report.layers.iter().map(|layer| layer.state).collect();
    assert_eq!(states, [State::Pass; 9], "{report:#?}");
    assert_eq!(verify::verify(&file, None).unwrap().state(LayerId::Authority), State::NotChecked, "nobody said who the office is");
}

#[test]
fn whoever_has_no_part_in_the_result_cannot_sign_it() {
    let mut chair = Chair::ready();
    let concluded = chair.seals().unwrap();
    let before = fs::read(&concluded.path).unwrap();
    for (code, signer) in [("OF1", "OF1"), ("T01", "T01"), ("S01", "R02")] {
        assert!(cosign::cosign(&concluded.path, &of(code), &key(signer), Some(&office()), None).is_err(), "{code}");
    }
    assert_eq!(fs::read(&concluded.path).unwrap(), before);
    assert!(Machine::bare().path().exists());
}

#[test]
fn after_signing_only_a_re_review_makes_another_result_and_it_names_the_one_before() {
    let mut chair = Chair::ready();
    let first = chair.seals().unwrap();
    let supervised = |file: &std::path::Path| cosign::cosign(file, &of("S01"), &key("S01"), Some(&office()), None).unwrap();
    supervised(&first.path);
    let opinion = chair.session.table().opinion(&of("sx-0001"));
    let changed =
        Act::Opinion {
            application: of("sx-0001"), before: opinion.clone(), after: Opinion { advice: "补充材料。".into(), ..opinion }
        };
    let now = chair.machine.now();
    assert!(chair.session.record(changed.clone(), &now).is_err(), "what is signed is not changed");
    for notice in ["", "示例函〔2026〕8号"] {
        let reopened = chair.session.record(Act::Reopen { notice: notice.into(), reason: "异议成立。".into() }, &now);
        assert_eq!(reopened.is_ok(), !notice.is_empty(), "the authority is told first");
    }
    chair.records(changed);
    chair.settles();
    let second = chair.seals().unwrap();
    supervised(&second.path);
    assert_eq!(second.revision, 2);
    let report = verify::verify(&second.path, Some(&office())).unwrap();
    assert!(report.layers.iter().all(|layer| layer.state == State::Pass), "{report:#?}");
    let succession = diff::compare(&first.path, &second.path, Some(&office())).unwrap();
    assert!(succession.findings.is_empty(), "{succession:?}");
    let backwards = diff::compare(&second.path, &first.path, Some(&office())).unwrap();
    assert!(!backwards.findings.is_empty(), "the earlier does not follow from the later");
}
