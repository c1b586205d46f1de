//! The folder that an office begins with.

use std::{fs, path::Path};

use pingyi::{
    bundle::key::SecretKey,
    domain::{
        call::Tier,
        finding::Severity,
        panel::{Custody, Key, Role, Roster},
        rubric::ReviewKind,
        time::Moment,
    },
    intake::{self, package::Intake, source::Folder},
    workflow::{
        Here, StepError, prepare, sample, start,
        tables::{self, Order},
    },
};
use tempfile::TempDir;

fn morning() -> Moment {
    "2027-05-03T11:00:00+08:00".parse().unwrap()
}

fn empty(kind: ReviewKind) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    start::empty(folder.path(), kind, &morning()).unwrap();
    folder
}

fn under_work(folder: &Path) -> Intake {
    intake::package::assemble(&Folder::new(folder.to_owned()), &mut |_| false).unwrap()
}

/// Writes something wherever the folder asks for it, as the office would.
fn fill_in(folder: &Path) {
    for name in ["call.toml", "roster.toml", "reference/industry-map.toml"] {
        let path = folder.join(name);
        let text = fs::read_to_string(&path).unwrap().replace("【待填】", "示例").replace("[to fill in] ", "Sample ");
        fs::write(&path, text).unwrap();
    }
}

#[test]
fn a_start_from_the_sample_begins_today_and_is_sound() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("new");
    start::sample(&target, &morning()).unwrap();
    let intake = prepare::check(&target).unwrap();
    assert_eq!(intake.package.call.session.opens.to_string(), "2027-05-03T09:00:00+08:00");
    assert_eq!(intake.package.call.session.closes.to_string(), "2027-05-05T18:00:00+08:00");
    assert!(matches!(sample::write_package(&target), Err(StepError::TargetExists { .. })), "a folder in use is left alone");
    assert!(matches!(start::empty(&target, ReviewKind::Selection, &morning()), Err(StepError::TargetExists { .. })));
}

#[test]
fn an_empty_folder_of_any_kind_asks_for_what_the_office_must_write_and_for_nothing_else() {
    for kind in ReviewKind::ALL {
        let folder = empty(kind);
        let errors: Vec<_> = under_work(folder.path()).notes.into_iter().filter(|note| note.severity == Severity::Error).collect();
        assert!(errors.len() > 20, "{kind:?}: {errors:?}");
        assert!(errors.iter().all(|error| error.what.id == "err-to-fill" && error.line > 1), "{kind:?}: {errors:?}");
        for (file, what) in [("call.toml", "office"), ("roster.toml", "name"), ("reference/industry-map.toml", "source")] {
            let text = fs::read_to_string(folder.path().join(file)).unwrap();
            let line_of = |line: usize| text.lines().nth(line - 1).unwrap_or_default();
            assert!(errors.iter().any(|error| error.file == file && line_of(error.line).starts_with(what)), "{kind:?} {file}: {errors:?}");
        }
        assert!(matches!(prepare::check(folder.path()), Err(StepError::Problems(_))), "{kind:?}: nothing is signed that is not filled in");
    }
}

#[test]
fn an_empty_folder_that_was_filled_in_is_sound_and_has_the_rules_of_its_kind() {
    for kind in ReviewKind::ALL {
        let folder = empty(kind);
        fill_in(folder.path());
        let intake = prepare::check(folder.path()).unwrap_or_else(|error| panic!("{kind:?}: {error:?}"));
        let package = &intake.package;
        assert_eq!((package.call.kind, package.rubric.kind, package.rubric.id.as_str()), (kind, kind, kind.id()));
        assert_eq!(package.call.tier, if kind == ReviewKind::CityCounty { Tier::City } else { Tier::Province });
        assert_eq!(package.roster.scoring().count(), 5, "{kind:?}");
        let has_third_party = package.roster.people.iter().any(|person| person.role == Role::ThirdParty);
        assert_eq!(has_third_party, kind == ReviewKind::Performance, "a third party evaluates every year (五(二)), and selects nobody");
        assert!(package.call.id.as_str().ends_with("-2027"), "{}", package.call.id);
        assert_eq!(package.call.session.opens.to_string(), "2027-05-03T09:00:00+08:00");
        assert!(!package.pledge.text.zh.contains("揭榜"), "{kind:?}: the pledge speaks of the review at hand");
        let empty_items: Vec<_> = intake.notes.iter().map(|note| note.what.id).collect();
        assert_eq!(empty_items, ["note-item-empty"], "{kind:?}: that nobody applied yet is told");
    }
}

#[test]
fn a_folder_that_was_filled_in_and_has_the_office_enrolled_can_be_signed() {
    let folder = empty(ReviewKind::DirectAward);
    fill_in(folder.path());
    let key = SecretKey::from_seed(&[7; 32], "OF1").unwrap();
    let path = folder.path().join("roster.toml");
    let mut roster: Roster = toml::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
    roster.people[0].key = Some(Key { public: key.public().to_string(), custody: Custody::Own, valid_after: None, valid_before: None });
    fs::write(&path, toml::to_string_pretty(&roster).unwrap()).unwrap();
    let out = tempfile::tempdir().unwrap();
    let code = "OF1".parse().unwrap();
    let order = prepare::Order { folder: folder.path(), to: out.path(), supersedes: None, code: &code, key: &key };
    let written = prepare::build(&order, &Here { now: morning(), entropy: &mut |_| {} }).unwrap();
    assert!(written.path.ends_with("package-sp-2027-p1-r1.zip"), "{}", written.path.display());
}

#[test]
fn a_table_that_speaks_of_gates_where_the_rubric_has_none_is_told_so() {
    let folder = empty(ReviewKind::Performance);
    let table = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/intake/tables/applications.xls");
    let order = Order { files: vec![&table], into: folder.path(), columns: None, prefix: None };
    let preview = tables::preview(&order).unwrap();
    let gate = preview.remarks.iter().find(|remark| remark.place.sheet == "形式审查").unwrap();
    assert_eq!((gate.what.id, gate.advice.id), ("err-unknown-word", "rec-no-words"));
    assert!(preview.errors() > 0 && preview.take_in(true).is_err());
}

#[test]
fn the_title_of_a_call_is_read_even_while_its_folder_has_errors() {
    let folder = empty(ReviewKind::Accreditation);
    assert!(prepare::title(folder.path()).unwrap().zh.contains("评审认定"));
    fs::write(folder.path().join("call.toml"), "schema = 1\n").unwrap();
    assert_eq!(prepare::title(folder.path()), None);
}
