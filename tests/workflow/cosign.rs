//! One result, several signatures: who may add one, what a second or a foreign one does, and how they come together again.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use pingyi::{
    bundle::layer::{LayerId, State},
    store::Access,
    workflow::{StepError, conclude, cosign, home::Home, table::TableSession, verify},
};
use tempfile::TempDir;

use crate::support::{
    bundle::{pack_as, unpack},
    presiding::Chair,
    rules::of,
    small_panel,
    stage::{Machine, copy, key, office},
};

/// The chair of the small panel with everything settled.
pub(super) fn ready() -> Chair {
    let machine = Machine::of("R01");
    small_panel::lay_ready(machine.home.root());
    let session = TableSession::open(&machine.home, None, Access::Write).unwrap();
    Chair { machine, session }
}

/// A stick with the result of the small panel on it, signed by the chair alone.
struct Stick {
    folder: TempDir,
    file: PathBuf,
}

impl Stick {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let name = small_panel::result().file_name().unwrap();
        let mut members = unpack(&fs::read(small_panel::result()).unwrap());
        members.remove("signatures/supervisor-s01.sig").unwrap();
        let file = folder.path().join(name);
        fs::write(&file, pack_as(name.to_str().unwrap().trim_end_matches(".zip"), &members)).unwrap();
        Self { folder, file }
    }

    fn bytes(&self) -> Vec<u8> {
        fs::read(&self.file).unwrap()
    }

    fn files(&self) -> usize {
        fs::read_dir(self.folder.path()).unwrap().count()
    }
}

fn signs(file: &Path, code: &str, with: &str) -> Result<cosign::Cosigned, StepError> {
    cosign::cosign(file, &of(code), &key(with), Some(&office()), None)
}

/// Signatures in the file.
fn signatures(file: &Path) -> BTreeSet<String> {
    let members = unpack(&fs::read(file).unwrap());
    members.into_keys().filter_map(|name| Some(name.strip_prefix("signatures/")?.to_owned())).collect()
}

#[test]
fn everybody_who_scored_or_supervises_may_sign_and_nobody_else() {
    let stick = Stick::new();
    let before = stick.bytes();
    for (code, with) in [("OF1", "OF1"), ("T01", "T01"), ("T02", "T02"), ("X99", "R02"), ("S01", "R02"), ("R02", "S01")] {
        let refused = signs(&stick.file, code, with).unwrap_err();
        assert!(matches!(refused, StepError::NotOnRoster { .. } | StepError::NotEnrolled { .. }), "{code}: {refused:?}");
        assert_eq!((stick.bytes(), stick.files()), (before.clone(), 1), "{code}: the stick is as it was");
    }
    let mut expected = BTreeSet::from(["chair-r01.sig".to_owned()]);
    for (code, role) in [("R02", "deputy"), ("R03", "reviewer"), ("S01", "supervisor")] {
        let done = signs(&stick.file, code, code).unwrap();
        assert_eq!(done.awaits.is_empty(), code == "S01", "only the supervisor's was awaited: {done:?}");
        expected.insert(format!("{role}-{}.sig", code.to_lowercase()));
        assert_eq!(signatures(&stick.file), expected);
    }
    let report = verify::verify(&stick.file, Some(&office())).unwrap();
    assert!(report.layers.iter().all(|layer| layer.state == State::Pass), "more signatures than needed harm nothing: {report:#?}");
    assert_eq!(stick.files(), 1, "nothing is left lying about");
}

#[test]
fn signing_twice_changes_no_byte_and_never_takes_a_signature_away() {
    let stick = Stick::new();
    signs(&stick.file, "S01", "S01").unwrap();
    let once = stick.bytes();
    for code in ["S01", "R01"] {
        let again = signs(&stick.file, code, code).unwrap();
        assert!(again.awaits.is_empty(), "{code}");
        assert_eq!(stick.bytes(), once, "{code}: the same person over the same bytes");
    }
    assert_eq!(once, fs::read(small_panel::result()).unwrap(), "and the same as signed on another machine");
}

#[test]
fn what_was_changed_is_not_signed_and_what_awaits_a_signature_is_not_valid() {
    let stick = Stick::new();
    let report = verify::verify(&stick.file, Some(&office())).unwrap();
    assert!(!report.passes() && report.state(LayerId::Signatures) == State::Fail, "{report:#?}");
    assert!(report.errors().any(|(_, finding)| finding.member.contains("supervisor-s01")), "it says whose is missing: {report:#?}");

    let mut members = unpack(&stick.bytes());
    let results = String::from_utf8(members["data/results.json"].clone()).unwrap();
    members.insert("data/results.json".to_owned(), results.replace("86.00", "87.00").into_bytes());
    let stem = stick.file.file_stem().unwrap().to_str().unwrap();
    fs::write(&stick.file, pack_as(stem, &members)).unwrap();
    let before = stick.bytes();
    assert!(matches!(signs(&stick.file, "S01", "S01"), Err(StepError::NotVerified(_))));
    assert_eq!((stick.bytes(), stick.files()), (before, 1));
    let other = stick.folder.path().join("package.zip");
    fs::copy(small_panel::package(), &other).unwrap();
    assert!(signs(&other, "S01", "S01").is_err(), "a package is no result");
}

#[test]
fn a_signature_goes_into_another_folder_only_where_nothing_else_has_that_name() {
    let (stick, to) = (Stick::new(), tempfile::tempdir().unwrap());
    let target = to.path().join(stick.file.file_name().unwrap());
    fs::write(&target, "minutes of another day").unwrap();
    let into = |to: &Path| cosign::cosign(&stick.file, &of("S01"), &key("S01"), Some(&office()), Some(to));
    assert!(matches!(into(to.path()), Err(StepError::TargetExists { .. })));
    assert_eq!(fs::read(&target).unwrap(), b"minutes of another day");
    fs::remove_file(&target).unwrap();
    let before = stick.bytes();
    let done = into(&to.path().join("deeper/still")).unwrap();
    assert_eq!(stick.bytes(), before, "the stick that it came on stays as it was");
    assert_eq!(signatures(&done.path).len(), 2);
}

#[test]
fn without_the_offices_key_the_roster_inside_is_taken_at_its_word() {
    let stick = Stick::new();
    let done = cosign::cosign(&stick.file, &of("S01"), &key("S01"), None, None).unwrap();
    assert!(done.awaits.is_empty());
    assert!(verify::verify(&done.path, Some(&office())).unwrap().passes());
}

/// The table in `home`, open.
fn table(home: &Path) -> TableSession {
    TableSession::open(&Home::new(home.to_owned()), None, Access::Write).unwrap()
}

#[test]
fn signatures_from_two_sticks_give_the_same_file_in_either_order_and_a_strangers_result_none() {
    let mut chair = ready();
    let refused = {
        let session = &mut chair.session;
        let to = chair.machine.path().join("nowhere");
        let wrong = chair.machine.step(|_, here| conclude::seal(session, &key("R02"), &to, here));
        assert!(!to.exists(), "no folder is left behind");
        wrong
    };
    assert!(matches!(refused, Err(StepError::NotEnrolled { .. })), "{refused:?}");
    assert!(chair.session.table().sealed.is_empty());
    let before = chair.session.store().head().clone();
    fs::create_dir_all(chair.outbox()).unwrap();
    let blocked = chair.outbox().join(small_panel::result().file_name().unwrap());
    fs::write(&blocked, "something else").unwrap();
    assert!(matches!(chair.seals(), Err(StepError::TargetExists { .. })));
    assert_eq!((chair.session.store().head(), fs::read(&blocked).unwrap()), (&before, b"something else".to_vec()), "nothing was signed");
    fs::remove_file(&blocked).unwrap();

    let first = chair.seals().unwrap();
    let sent = fs::read(&first.path).unwrap();
    let again = chair.seals().unwrap();
    assert_eq!((again.is_new, &again.digest, fs::read(&again.path).unwrap()), (false, &first.digest, sent), "a second export is a copy");
    assert!(fs::read_to_string(&again.page).unwrap().contains(&first.digest), "the page for ink names the bundle");

    let sticks = [("S01", tempfile::tempdir().unwrap()), ("R02", tempfile::tempdir().unwrap())]
        .map(|(code, to)| (cosign::cosign(&first.path, &of(code), &key(code), Some(&office()), Some(to.path())).unwrap().path, to));
    let Chair { mut machine, session } = chair;
    session.close(&machine.now()).unwrap();
    let twin = tempfile::tempdir().unwrap();
    copy(machine.home.root(), twin.path());
    let mut joined = Vec::new();
    for (home, order) in [(machine.home.root().to_owned(), [0, 1]), (twin.path().to_owned(), [1, 0])] {
        let mut session = table(&home);
        for at in order {
            assert_eq!(cosign::take_back(&mut session, &sticks[at].0, &machine.now()).unwrap().len(), 1);
            let before = session.store().head().clone();
            assert_eq!(cosign::take_back(&mut session, &sticks[at].0, &machine.now()).unwrap(), [], "the same stick again");
            assert_eq!(*session.store().head(), before);
        }
        let stranger = cosign::take_back(&mut session, small_panel::result(), &machine.now());
        let is_same = small_panel::result().exists()
            && first.digest == verify::verify(small_panel::result(), None).unwrap().digest.unwrap_or_default();
        assert_eq!(stranger.is_err(), !is_same, "{stranger:?}");
        joined.push(fs::read(session.workspace().sent().join(first.path.file_name().unwrap())).unwrap());
    }
    assert!(joined[0] == joined[1], "who came back first leaves no trace");
    assert_eq!(unpack(&joined[0]).keys().filter(|name| name.starts_with("signatures/")).count(), 3);
}
