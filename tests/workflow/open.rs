//! Taking a package in: verified, compared, and laid into a workspace that is there whole or not at all.

use std::fs;

use pingyi::{
    bundle::{key::PublicKey, trust::Trust},
    domain::panel::Role,
    workflow::{
        StepError, attach,
        open::{self, Outcome},
    },
};

use crate::support::{
    rules::of,
    stage::{Machine, bundle, key, office, package, scores},
};

#[test]
fn whose_work_it_is_says_the_key_or_the_person() {
    let machine = Machine::of("R02");
    let candidate = open::look(&machine.home, &package(), None).unwrap();
    assert_eq!(candidate.reviewer(&machine.home, None).unwrap().as_str(), "R02", "the key in this folder is R02's");
    assert_eq!(candidate.reviewer(&machine.home, Some(&of("r04"))).unwrap().as_str(), "R04", "a person may say so");
    for nobody in ["R99", "OF1", "S01", "R08"] {
        let error = candidate.reviewer(&machine.home, Some(&of(nobody))).unwrap_err();
        assert!(matches!(error, StepError::NotAReviewer { .. }), "{nobody} has no seat");
    }
    let bare = Machine::bare();
    let candidate = open::look(&bare.home, &package(), None).unwrap();
    let error = candidate.reviewer(&bare.home, None).unwrap_err();
    assert!(matches!(&error, StepError::WhoAreYou { codes } if codes.len() == 7), "{error:?}");
}

#[test]
fn the_office_key_is_shown_as_the_notice_prints_it() {
    let machine = Machine::of("R02");
    let candidate = open::look(&machine.home, &package(), None).unwrap();
    assert_eq!(candidate.office_groups(), key("OF1").public().groups());
    assert_eq!(candidate.passport().revision, 2);
    assert_eq!(candidate.package().applications.len(), 24);
}

#[test]
fn a_package_of_another_office_is_refused_where_the_right_one_is_known() {
    let machine = Machine::of("R02");
    let stranger: PublicKey = key("S01").public();
    let trust = Trust::pinned(of("OF1"), Role::Office, stranger);
    assert!(matches!(open::look(&machine.home, &package(), Some(&trust)), Err(StepError::NotVerified(_))));
}

#[test]
fn other_bundles_are_no_packages() {
    let machine = Machine::of("R02");
    for file in [scores("R02"), bundle("nothing.zip")] {
        assert!(open::look(&machine.home, &file, None).is_err(), "{}", file.display());
    }
}

#[test]
fn the_same_package_again_changes_nothing() {
    let mut machine = Machine::of("R02");
    assert_eq!(machine.opens(&package()).unwrap().outcome, Outcome::New);
    assert_eq!(machine.opens(&package()).unwrap().outcome, Outcome::Same);
    assert_eq!(machine.session().desk().entries.len(), 1);
}

#[test]
fn a_later_revision_keeps_every_score() {
    let mut machine = Machine::of("R02");
    machine.opens(&bundle("package-sx-2026-01-p1-r1.zip")).unwrap();
    let mut session = machine.session();
    session.pledge(&machine.now()).unwrap();
    for line in ["declare sx-0002", "set sx-0002 A1 7"] {
        pingyi::workflow::act::parse(line).unwrap().perform(&mut session, &machine.now()).unwrap();
    }
    session.close(&machine.now()).unwrap();
    assert_eq!(machine.opens(&package()).unwrap().outcome, Outcome::Revised);
    let session = machine.session();
    assert_eq!(session.desk().package_revision, 2);
    assert_eq!(session.desk().sheet(&of("sx-0002")).cell(&of("A1")).value().unwrap().to_string(), "7");
    assert!(session.has_pledged(), "the pledge is the same text");
    assert!(session.package().roster.person(&of("R02")).unwrap().key.is_some());
}

#[test]
fn an_earlier_revision_does_not_come_back() {
    let mut machine = Machine::of("R02");
    machine.opens(&package()).unwrap();
    let error = machine.opens(&bundle("package-sx-2026-01-p1-r1.zip")).unwrap_err();
    assert!(matches!(error, StepError::StalePackage { found: 1, held: 2 }), "{error:?}");
}

#[test]
fn a_workspace_is_there_whole_or_not_at_all() {
    let mut machine = Machine::of("R02");
    let code = of("R02");
    // A folder that cannot hold a workspace: a file lies where it would be.
    fs::create_dir_all(machine.home.root()).unwrap();
    fs::write(machine.home.works(), b"in the way").unwrap();
    let failed = machine.step(|home, here| open::look(home, &package(), Some(&office()))?.accept(home, &code, here));
    assert!(failed.is_err());
    fs::remove_file(machine.home.works()).unwrap();
    assert!(machine.home.workspaces().unwrap().is_empty());
    machine.opens(&package()).unwrap();
    let left: Vec<_> = fs::read_dir(machine.home.works()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["sx-2026-01-p1-r02"], "nothing half made is left over");
}

#[test]
fn an_altered_package_is_noticed_when_the_work_is_opened() {
    let mut machine = Machine::of("R02");
    let taken = machine.opens(&package()).unwrap();
    let digest = machine.session().desk().package.clone();
    let file = taken.workspace.package(&digest);
    let mut bytes = fs::read(&file).unwrap();
    let at = bytes.windows(8).position(|window| window == b"total   ").unwrap();
    bytes[at] = b'T';
    fs::write(&file, bytes).unwrap();
    let opened = pingyi::workflow::session::Session::open(&machine.home, None, pingyi::store::Access::Read);
    assert!(opened.is_err(), "a rubric that was changed on the disk is not scored by");
}

#[test]
fn attachments_open_with_the_bytes_that_were_signed() {
    let mut machine = Machine::of("R02");
    let mut session = machine.sits_down();
    let path = attach::lay_out(&mut session, &of("sx-0002"), "gb-agreement.txt").unwrap();
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/sample-data/package/attachments/sx-0002/gb-agreement.txt");
    assert_eq!(fs::read(&path).unwrap(), fs::read(sample).unwrap());
    fs::write(&path, b"scribbled over by a viewer").unwrap();
    let again = attach::lay_out(&mut session, &of("sx-0002"), "gb-agreement.txt").unwrap();
    assert_eq!(fs::read(again).unwrap(), fs::read(sample).unwrap(), "what a viewer did changes nothing");
    for missing in ["nothing.pdf", "../../call.toml"] {
        let error = attach::lay_out(&mut session, &of("sx-0002"), missing).unwrap_err();
        assert!(matches!(error, StepError::NoAttachment { .. }), "{missing}");
    }
}
