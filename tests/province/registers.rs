//! From a folder of result bundles to one signed register: the bad ones are named, the others stand, and anybody can work it out again.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    sync::{
        LazyLock,
        atomic::{AtomicBool, Ordering},
    },
};

use pingyi::{
    bundle::{
        allowed,
        key::SecretKey,
        layer::{LAYERS, State},
        trust::{Trust, Trusted, TrustedKey},
    },
    domain::{
        ids::{CallId, PersonCode},
        panel::{Custody, Role},
        time::Moment,
    },
    workflow::{
        StepError,
        aggregate::{self, AggregateError, Order, Register, Signing},
        cores::{Progress, Watch, unwatched},
        verify,
    },
};
use serde_json::Value;
use tempfile::TempDir;

use crate::support::{
    bundle::unpack,
    registers::{inbox, left_out, offices},
    rules::of,
};

pub(super) fn key() -> SecretKey {
    crate::support::bundle::key(9)
}

pub(super) fn province() -> Trust {
    let key = TrustedKey { public: key().public(), custody: Custody::Own, valid_after: None, valid_before: None, revoked: None };
    Trust::from_people(vec![Trusted { code: of("P01"), role: Role::Province, keys: vec![key] }]).unwrap()
}

fn put_together(files: &[PathBuf], strict: bool, record: Option<&Path>) -> Result<Register, StepError> {
    let (register, offices): (CallId, String) = (of("sx-2026"), offices());
    let order = Order { register: &register, files, offices: &offices, record, strict, supersedes: None, tables: None };
    unwatched(|watch| aggregate::put_together(&order, watch))
}

fn now() -> Moment {
    of("2026-06-01T09:00:00+08:00")
}

/// The register of `files`, signed into `to`.
pub(super) fn signed(files: &[PathBuf], to: &Path, record: Option<&Path>, supersedes: Option<&Path>, tables: Option<&Path>) -> PathBuf {
    let (register, offices, code): (CallId, String, PersonCode) = (of("sx-2026"), offices(), of("P01"));
    let order = Order { register: &register, files, offices: &offices, record, strict: false, supersedes, tables };
    let found = unwatched(|watch| aggregate::put_together(&order, watch)).unwrap();
    let key = key();
    unwatched(|watch| aggregate::sign(&found, &order, &Signing { to, code: &code, key: &key }, &now(), watch)).unwrap().path
}

/// The register of the good results, signed once, with its tables beside it.
pub(super) struct Made {
    folder: TempDir,
    /// The bundle.
    pub(super) file: PathBuf,
}

static MADE: LazyLock<Made> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    // A server that loads the tables runs as somebody else.
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o777)).unwrap();
    let file = signed(&good(), folder.path(), None, None, Some(&folder.path().join("tables")));
    Made { folder, file }
});

/// The register of the good results.
pub(super) fn made() -> &'static Made {
    &MADE
}

impl Made {
    pub(super) fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub(super) fn tables(&self) -> PathBuf {
        self.folder().join("tables")
    }

    pub(super) fn register(&self) -> Value {
        serde_json::from_slice(&unpack(&fs::read(&self.file).unwrap())["data/register.json"]).unwrap()
    }
}

/// The good results.
pub(super) fn good() -> Vec<PathBuf> {
    inbox().good.iter().map(|name| inbox().path().join(name)).collect()
}

#[test]
fn exactly_the_bad_bundles_are_left_out_each_with_its_reason() {
    let inbox = inbox();
    let found = put_together(&inbox.files(), false, None).unwrap();
    let mut counted: Vec<String> = found.merged.panels.iter().map(|panel| panel.file.clone()).collect();
    counted.sort();
    assert_eq!(counted, inbox.good);
    assert_eq!(inbox.bad.len(), 20);
    assert_eq!(left_out(&serde_json::to_value(&found.merged.excluded).unwrap()), inbox.expected());
}

#[test]
fn where_it_is_asked_for_one_bad_bundle_is_enough_to_refuse_all() {
    let files = [good(), vec![inbox().path().join("a-empty.zip")]].concat();
    match put_together(&files, true, None) {
        Err(StepError::Aggregate(AggregateError::Excluded { bad: 1 })) => {}
        other => panic!("{:?}", other.err()),
    }
}

#[test]
fn any_order_of_the_files_gives_the_same_bytes() {
    let files: Vec<PathBuf> = inbox().good.iter().map(|name| inbox().path().join(name)).collect();
    let folder = tempfile::tempdir().unwrap();
    let backwards: Vec<PathBuf> = files.iter().rev().chain(files.first()).cloned().collect();
    let [one, other] = [("one", files), ("other", backwards)]
        .map(|(name, files)| fs::read(signed(&files, &folder.path().join(name), None, None, None)).unwrap());
    assert!(one == other);
}

#[test]
fn the_register_passes_all_nine_layers_with_the_provinces_key_alone() {
    let file = &made().file;
    let report = verify::verify(file, Some(&province())).unwrap();
    assert!(LAYERS.iter().all(|layer| report.state(*layer) == State::Pass), "{report:#?}");
    let stranger = allowed::read(&offices()).unwrap();
    assert!(!verify::verify(file, Some(&stranger)).unwrap().passes(), "the office alone does not vouch for the province");
}

#[test]
fn a_register_that_replaces_another_names_it() {
    let folder = tempfile::tempdir().unwrap();
    let good = good();
    let first = signed(&good[..1], folder.path(), None, None, None);
    let second = signed(&good[1..2], folder.path(), None, Some(&first), None);
    assert_eq!(second.file_name().unwrap(), "aggregate-sx-2026-r2.zip");
    let members = unpack(&fs::read(&second).unwrap());
    let passport: Value = serde_json::from_slice(&members["data/bundle.json"]).unwrap();
    let digest = verify::verify(&first, Some(&province())).unwrap().digest.unwrap();
    assert_eq!(passport["supersedes"], Value::from(digest));
    assert!(verify::verify(&second, Some(&province())).unwrap().passes());
}

#[test]
fn stopped_in_the_middle_nothing_is_said_to_be_done() {
    let (register, offices): (CallId, String) = (of("sx-2026"), offices());
    let files = inbox().files();
    let order =
        Order { register: &register, files: &files, offices: &offices, record: None, strict: false, supersedes: None, tables: None };
    let stop = AtomicBool::new(false);
    let mut told = |progress: Progress| {
        if progress.done == 2 {
            stop.store(true, Ordering::Relaxed);
        }
    };
    let outcome = aggregate::put_together(&order, &mut Watch { told: &mut told, stop: &stop });
    assert!(matches!(outcome.err(), Some(StepError::Aggregate(AggregateError::Interrupted))));
}

#[test]
fn while_the_register_is_read_back_each_result_is_told_and_who_stops_then_has_no_register() {
    let (register, offices, code): (CallId, String, PersonCode) = (of("sx-2026"), offices(), of("P01"));
    let files = good();
    let order =
        Order { register: &register, files: &files, offices: &offices, record: None, strict: false, supersedes: None, tables: None };
    let found = put_together(&files, false, None).unwrap();
    let (folder, key, stop) = (tempfile::tempdir().unwrap(), key(), AtomicBool::new(false));
    let (to, mut told) = (folder.path().join("out"), Vec::new());
    let signing = Signing { to: &to, code: &code, key: &key };
    let mut heard = |progress: Progress| {
        told.push((progress.done, progress.of));
        stop.store(true, Ordering::Relaxed);
    };
    let outcome = aggregate::sign(&found, &order, &signing, &now(), &mut Watch { told: &mut heard, stop: &stop });
    assert!(matches!(outcome.err(), Some(StepError::Aggregate(AggregateError::Interrupted))));
    assert_eq!(told[0], (1, files.len()));
    assert!(!to.exists(), "nothing is left of it");
}

#[test]
fn who_verifies_a_register_hears_how_far_it_is() {
    let (mut told, count) = (Vec::new(), good().len());
    let mut heard = |progress: Progress| told.push((progress.done, progress.of));
    let report = verify::watched(&made().file, Some(&province()), &mut Watch { told: &mut heard, stop: &AtomicBool::new(false) });
    assert!(report.unwrap().passes());
    assert_eq!(told, (1..=count).map(|done| (done, count)).collect::<Vec<_>>());
}

#[test]
fn the_public_list_names_no_reviewer_and_no_score() {
    let members = unpack(&fs::read(&made().file).unwrap());
    let public: Vec<(&String, &Vec<u8>)> = members.iter().filter(|(name, _)| name.starts_with("data/public/")).collect();
    assert_eq!(public.len(), 3);
    for (name, bytes) in public {
        let text = String::from_utf8(bytes.clone()).unwrap();
        assert!(text.contains("sx-0005"), "{name}");
        for hidden in ["86.00", "R01", "R02", "R03", "R04", "R05", "0354-", "0351-", "示例法定代表人"] {
            assert!(!text.contains(hidden), "{name} has {hidden}");
        }
        assert!(
            !text.contains("http:") && !text.contains("https:") && !text.contains("<script") && !text.contains("src="),
            "{name} loads something"
        );
    }
}

#[test]
fn a_record_that_breaks_a_rule_is_refused_by_line_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let record = folder.path().join("record.toml");
    fs::write(&record, "schema = 1\n[[decision]]\ncall = \"sx-2026-0000\"\napplication = \"sx-0005\"\nmeeting = \"1\"\ndate = \"2026-06-01\"\noutcome = \"approve\"\n").unwrap();
    let good = good();
    let Err(StepError::Problems(problems)) = put_together(&good, false, Some(&record)) else { panic!("accepted") };
    assert_eq!((problems[0].line, problems[0].what.id), (6, "err-record-not-public"));
}
