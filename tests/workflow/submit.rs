//! Signing: everything handed in, one bundle, written whole, read again, recorded.

use std::fs;

use pingyi::{
    store::Access,
    workflow::{
        StepError, act,
        session::Session,
        submit::{self, Exported},
        verify,
    },
};

use crate::support::{
    rules::of,
    stage::{Machine, copy, home_of, key, office},
};

/// A machine on which R07 has handed everything in and signed once, as the demo left it.
fn signed() -> (Machine, Session) {
    let machine = Machine::of("R07");
    copy(home_of("R07").root(), machine.home.root());
    let session = Session::open(&machine.home, None, Access::Write).unwrap();
    (machine, session)
}

fn export(machine: &mut Machine, session: &mut Session, to: &str) -> Result<Exported, StepError> {
    let folder = machine.path().join(to);
    let key = key("R07");
    machine.step(|_, here| submit::export(session, &key, &folder, here))
}

#[test]
fn open_sheets_keep_the_bundle_back_and_are_named() {
    let mut machine = Machine::of("R07");
    let mut session = machine.sits_down();
    let error = export(&mut machine, &mut session, "out").unwrap_err();
    assert!(matches!(&error, StepError::SheetsOpen { open } if open.len() == 17), "{error:?}");
    assert!(!machine.path().join("out").exists(), "nothing is written");
}

#[test]
fn only_the_key_on_the_roster_signs() {
    let (mut machine, mut session) = signed();
    let folder = machine.path().join("out");
    let strange = key("R05");
    let error = machine.step(|_, here| submit::export(&mut session, &strange, &folder, here)).unwrap_err();
    assert!(matches!(error, StepError::NotEnrolled { .. }), "{error:?}");
}

#[test]
fn the_same_bundle_is_copied_again_while_nothing_changed() {
    let (mut machine, mut session) = signed();
    let one = export(&mut machine, &mut session, "stick-1").unwrap();
    let other = export(&mut machine, &mut session, "stick-2").unwrap();
    assert!(!one.is_new && !other.is_new);
    assert_eq!((one.revision, &one.digest), (other.revision, &other.digest));
    assert_eq!(fs::read(&one.path).unwrap(), fs::read(&other.path).unwrap());
    assert_eq!(session.desk().exports.len(), 1, "copying is no new signature");
}

#[test]
fn a_bundle_that_was_damaged_where_it_is_kept_is_not_handed_out_again() {
    let (mut machine, mut session) = signed();
    let kept = session.workspace().sent().join(&session.desk().exports[0].file);
    let mut bytes = fs::read(&kept).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&kept, bytes).unwrap();
    let exported = export(&mut machine, &mut session, "out").unwrap();
    assert_eq!((exported.revision, exported.is_new), (2, true), "it is signed anew");
    assert!(verify::verify(&exported.path, Some(&office())).unwrap().passes());
}

#[test]
fn a_second_revision_follows_the_first_and_verifies_in_every_layer() {
    let (mut machine, mut session) = signed();
    for line in ["withdraw sx-0004", "set sx-0004 A1 5", "submit sx-0004"] {
        act::parse(line).unwrap().perform(&mut session, &machine.now()).unwrap_or_else(|error| panic!("{line}: {error:?}"));
    }
    let second = export(&mut machine, &mut session, "out").unwrap();
    assert_eq!((second.revision, second.is_new), (2, true));
    let report = verify::verify(&second.path, Some(&office())).unwrap();
    assert!(report.passes(), "{:?}", report.errors().collect::<Vec<_>>());
    assert!(report.layers.iter().all(|layer| layer.state == pingyi::bundle::layer::State::Pass));
    assert_eq!(session.desk().exports.len(), 2);
}

#[test]
fn a_signature_is_a_line_that_undo_does_not_cross() {
    let (mut machine, mut session) = signed();
    let now = machine.now();
    assert!(!session.undo(&now).unwrap().changed);
}

#[test]
fn another_file_of_that_name_is_not_overwritten() {
    let (mut machine, mut session) = signed();
    let folder = machine.path().join("out");
    fs::create_dir_all(&folder).unwrap();
    let name = session.desk().exports[0].file.clone();
    fs::write(folder.join(&name), b"somebody else's").unwrap();
    let error = export(&mut machine, &mut session, "out").unwrap_err();
    assert!(matches!(error, StepError::TargetExists { .. }), "{error:?}");
    assert_eq!(fs::read(folder.join(name)).unwrap(), b"somebody else's");
}

#[test]
fn a_bundle_that_was_being_written_when_the_program_stopped_is_no_hindrance() {
    let (mut machine, mut session) = signed();
    act::parse("withdraw sx-0004").unwrap().perform(&mut session, &machine.now()).unwrap();
    act::parse("submit sx-0004").unwrap().perform(&mut session, &machine.now()).unwrap();
    // As a crash between writing and recording leaves it: the file of revision 2, unknown to the journal.
    let sent = session.workspace().sent();
    fs::write(sent.join("scores-sx-2026-01-p1-r07-r2.zip"), b"unfinished").unwrap();
    let second = export(&mut machine, &mut session, "out").unwrap();
    assert_eq!(second.revision, 2);
    assert!(verify::verify(&second.path, Some(&office())).unwrap().passes());
}

#[test]
fn the_score_sheet_for_people_shows_every_score_and_runs_no_script() {
    let bytes = fs::read(crate::support::stage::scores("R05")).unwrap();
    let members = crate::support::bundle::unpack(&bytes);
    let page = String::from_utf8(members["data/score-sheet.html"].clone()).unwrap();
    for text in
        ["sx-0005", "太原特种金属材料智能制造实训基地", "刘示例", "本人现任职于申报单位忻州示例锻造集团有限公司", "default-src 'none'"]
    {
        assert!(page.contains(text), "{text}");
    }
    assert!(!page.contains("<script"));
    let sheet: serde_json::Value = serde_json::from_slice(&members["data/scores/sx-0005.json"]).unwrap();
    assert!(page.contains(sheet["total"].as_str().unwrap()));
}

#[test]
fn a_sheet_in_a_bundle_has_the_documented_keys_in_order() {
    let bytes = fs::read(crate::support::stage::scores("R05")).unwrap();
    let members = crate::support::bundle::unpack(&bytes);
    let text = String::from_utf8(members["data/scores/sx-0005.json"].clone()).unwrap();
    let keys: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("  \"")?.split('"').next()).collect();
    assert_eq!(keys, ["application", "reviewer", "revision", "state", "cells", "overall", "total"]);
    assert!(text.ends_with("}\n") && !text.contains('\r'));
}

#[test]
fn what_a_recused_reviewer_wrote_is_a_ground_and_no_score() {
    let session = Session::open(&home_of("R05"), None, Access::Read).unwrap();
    assert!(session.desk().sheet(&of("sx-0006")).is_out());
    let members = crate::support::bundle::unpack(&fs::read(crate::support::stage::scores("R05")).unwrap());
    let sheet: serde_json::Value = serde_json::from_slice(&members["data/scores/sx-0006.json"]).unwrap();
    assert_eq!((sheet["state"].as_str(), sheet["total"].as_str()), (Some("recused"), None));
    let declarations: serde_json::Value = serde_json::from_slice(&members["data/declaration.json"]).unwrap();
    let row = declarations["declarations"].as_array().unwrap().iter().find(|row| row["application"] == "sx-0006").unwrap();
    assert_eq!((row["answer"].as_str(), row["ground"].as_str()), (Some("conflict"), Some("employment")));
}
