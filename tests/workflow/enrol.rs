//! Enrolment: a key gets on the roster once, from a request that its holder signed.

use std::{
    fs,
    path::{Path, PathBuf},
};

use pingyi::{
    bundle::key::SecretKey,
    domain::{
        call::Mode,
        panel::{Custody, Role, Roster},
    },
    workflow::{
        StepError,
        enrol::{self, Ask},
        sample,
    },
};
use tempfile::TempDir;

use crate::support::{rules::of, stage::Machine};

/// An office with a fresh package folder, and a clock of its own.
struct Office {
    folder: TempDir,
    machine: Machine,
}

impl Office {
    fn opens() -> Self {
        let folder = tempfile::tempdir().unwrap();
        sample::write_package(&folder.path().join("package")).unwrap();
        Self { folder, machine: Machine::bare() }
    }

    fn package(&self) -> PathBuf {
        self.folder.path().join("package")
    }

    fn roster(&self) -> Roster {
        toml::from_str(&fs::read_to_string(self.package().join("roster.toml")).unwrap()).unwrap()
    }

    /// A request as `change` makes it out.
    fn request(&mut self, key: &SecretKey, change: impl FnOnce(&mut Ask<'_>)) -> PathBuf {
        let to = self.folder.path().join(format!("to-{}", fs::read_dir(self.folder.path()).unwrap().count()));
        fs::create_dir_all(&to).unwrap();
        let mut ask = ask(&to);
        change(&mut ask);
        self.machine.step(|_, here| enrol::request(&ask, key, here)).unwrap().path
    }

    fn accepts(&mut self, files: &[&Path]) -> Result<Vec<enrol::Accepted>, StepError> {
        let package = self.package();
        self.machine.step(|_, here| enrol::accept(&package, files, here))
    }
}

fn ask(to: &Path) -> Ask<'_> {
    Ask {
        call: of("sx-2026-01"),
        panel: of("p1"),
        mode: Mode::Official,
        code: of("R03"),
        role: Role::Reviewer,
        name: "陈示例".to_owned(),
        device: "laptop".to_owned(),
        custody: Custody::Own,
        to,
    }
}

fn fresh(number: u8) -> SecretKey {
    SecretKey::from_seed(&[number; 32], "test").unwrap()
}

#[test]
fn an_accepted_key_stands_on_the_next_revision_of_the_roster() {
    let mut office = Office::opens();
    let file = office.request(&fresh(1), |_| {});
    let accepted = office.accepts(&[&file]).unwrap();
    assert_eq!((accepted[0].code.as_str(), accepted[0].known), ("R03", false));
    let roster = office.roster();
    assert_eq!(roster.revision, 2);
    let key = roster.person(&of("R03")).unwrap().key.clone().unwrap();
    assert_eq!((key.public, key.custody), (fresh(1).public().to_string(), Custody::Own));
}

#[test]
fn the_same_request_again_is_known_and_makes_no_revision() {
    let mut office = Office::opens();
    let file = office.request(&fresh(1), |_| {});
    office.accepts(&[&file]).unwrap();
    assert!(office.accepts(&[&file]).unwrap()[0].known);
    assert_eq!(office.roster().revision, 2);
}

#[test]
fn a_second_key_beside_one_in_use_is_refused() {
    let mut office = Office::opens();
    let (one, other) = (office.request(&fresh(1), |_| {}), office.request(&fresh(2), |_| {}));
    office.accepts(&[&one]).unwrap();
    assert!(matches!(office.accepts(&[&other]), Err(StepError::NotVerified(_))));
    assert_eq!(office.roster().person(&of("R03")).unwrap().key.as_ref().unwrap().public, fresh(1).public().to_string());
}

#[test]
fn a_lost_key_ends_and_a_new_one_takes_its_place() {
    let mut office = Office::opens();
    let (one, other) = (office.request(&fresh(1), |_| {}), office.request(&fresh(2), |_| {}));
    office.accepts(&[&one]).unwrap();
    let package = office.package();
    office.machine.step(|_, here| enrol::revoke(&package, &of("R03"), "遗失", here)).unwrap();
    let person = office.roster().person(&of("R03")).unwrap().clone();
    assert!(person.key.is_none());
    assert_eq!((person.revoked[0].reason.as_str(), person.revoked[0].public.as_str()), ("遗失", fresh(1).public().to_string().as_str()));
    office.accepts(&[&other]).unwrap();
    assert_eq!(office.roster().person(&of("R03")).unwrap().key.as_ref().unwrap().public, fresh(2).public().to_string());
    let again = office.machine.step(|_, here| enrol::revoke(&package, &of("R04"), "没有", here));
    assert!(matches!(again, Err(StepError::NotEnrolled { .. })), "who has no key cannot lose it");
}

#[test]
fn requests_for_something_else_are_refused_and_change_nothing() {
    type Edit = fn(&mut Ask<'_>);
    let changes: [(&str, Edit); 6] = [
        ("another call", |ask| ask.call = of("sx-2026-02")),
        ("another panel", |ask| ask.panel = of("p2")),
        ("a rehearsal", |ask| ask.mode = Mode::Rehearsal),
        ("nobody on the roster", |ask| ask.code = of("R77")),
        ("another role", |ask| ask.role = Role::Chair),
        ("a role that signs for itself only by roster", |ask| ask.role = Role::Office),
    ];
    for (what, change) in changes {
        let mut office = Office::opens();
        let file = office.request(&fresh(1), change);
        assert!(office.accepts(&[&file]).is_err(), "{what}");
        assert_eq!(office.roster().revision, 1, "{what}");
    }
}

#[test]
fn several_requests_are_taken_in_together_or_not_at_all() {
    let mut office = Office::opens();
    let good = office.request(&fresh(1), |_| {});
    let bad = office.request(&fresh(2), |ask| ask.panel = of("p2"));
    assert!(office.accepts(&[&good, &bad]).is_err());
    assert!(office.roster().person(&of("R03")).unwrap().key.is_none());
    let other = office.request(&fresh(2), |ask| ask.code = of("R04"));
    office.accepts(&[&good, &other]).unwrap();
    assert_eq!(office.roster().revision, 2, "one revision for one sitting");
}

#[test]
fn one_key_cannot_be_two_people() {
    let mut office = Office::opens();
    let one = office.request(&fresh(1), |_| {});
    let other = office.request(&fresh(1), |ask| ask.code = of("R04"));
    office.accepts(&[&one]).unwrap();
    assert!(office.accepts(&[&other]).is_err());
}

#[test]
fn a_key_enrolled_after_the_session_would_sign_nothing_and_is_refused() {
    let mut office = Office::opens();
    let file = office.request(&fresh(1), |_| {});
    let call = office.package().join("call.toml");
    let text = fs::read_to_string(&call).unwrap();
    fs::write(call, text.replace("2026-03-16T09", "2026-03-10T09").replace("2026-03-18T18", "2026-03-11T18")).unwrap();
    assert!(matches!(office.accepts(&[&file]), Err(StepError::SessionOver { .. })));
}
