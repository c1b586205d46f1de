//! A small panel: five members, the two applications of the sample call that tie at 86 points, one signed result. What takes seconds
//! on the whole sample call takes a fraction here, so that hundreds of lies can be told. And a panel as large as real ones, for
//! figures of time and memory.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use pingyi::{
    intake::scores,
    store::Access,
    workflow::{act, collect, cosign, open, prepare, sample, session::Session, submit, table::TableSession},
};
use tempfile::TempDir;

use super::{
    presiding,
    rules::of,
    stage::{Machine, copy, key, office, root},
};

/// Which part of the sample call a panel has before it.
struct Extent {
    applications: &'static [&'static str],
    members: &'static [&'static str],
}

const SMALL_EXTENT: Extent = Extent { applications: &["sx-0005", "sx-0007"], members: &["R01", "R02", "R03", "R04", "R05"] };

/// Ten applications, seven members, some thousand scores.
const REAL_EXTENT: Extent = Extent {
    applications: &["sx-0002", "sx-0003", "sx-0004", "sx-0005", "sx-0007", "sx-0013", "sx-0014", "sx-0016", "sx-0017", "sx-0018"],
    members: &presiding::REVIEWERS,
};

/// A small panel's files.
pub(crate) struct Small {
    folder: TempDir,
    package: PathBuf,
    bundles: Vec<PathBuf>,
    /// As the chair signed it, before the supervisor did.
    half_signed: PathBuf,
    result: PathBuf,
}

static SMALL: LazyLock<Small> = LazyLock::new(|| Small::of("sx-2026-01", "p1", |_, text| text));

impl Small {
    /// The result, signed by chair and supervisor.
    pub(crate) fn result(&self) -> &Path {
        &self.result
    }

    /// The result before the supervisor signed.
    pub(crate) fn half_signed(&self) -> &Path {
        &self.half_signed
    }

    /// The same panel in another call, or another panel of the call; `change` may alter the texts of its package folder, by file name.
    pub(crate) fn of(call: &str, panel: &str, change: impl Fn(&str, String) -> String) -> Self {
        make(&SMALL_EXTENT, &|name, text| change(name, renamed(name, text, call, panel)))
    }

    /// A panel with some thousand scores.
    pub(crate) fn of_real_size(call: &str, panel: &str, change: impl Fn(&str, String) -> String) -> Self {
        make(&REAL_EXTENT, &|name, text| change(name, renamed(name, text, call, panel)))
    }
}

/// A file of the package folder, for another call and panel.
fn renamed(file: &str, text: String, call: &str, panel: &str) -> String {
    if file != "call.toml" {
        return text;
    }
    text.replacen("\"sx-2026-01\"", &format!("{call:?}"), 1).replacen("id = \"p1\"", &format!("id = {panel:?}"), 1)
}

/// The score bundles of the five members.
pub(crate) fn bundles() -> &'static [PathBuf] {
    &SMALL.bundles
}

/// Lays out R01's data folder with the package at the table, and nothing taken in yet.
pub(crate) fn lay_seated(home: &Path) {
    copy(&SMALL.folder.path().join("seated"), home);
}

/// Lays out R01's data folder with everything settled, ready to be signed.
pub(crate) fn lay_ready(home: &Path) {
    copy(&SMALL.folder.path().join("ready"), home);
}

/// The package.
pub(crate) fn package() -> &'static Path {
    &SMALL.package
}

/// The result, signed by chair and supervisor.
pub(crate) fn result() -> &'static Path {
    &SMALL.result
}

fn make(extent: &Extent, change: &dyn Fn(&str, String) -> String) -> Small {
    let folder = tempfile::tempdir().unwrap();
    let package = build(folder.path(), extent, change);
    let scores = |code: &&str| scores_of(code, extent, &package, folder.path());
    let bundles: Vec<PathBuf> = extent.members.iter().map(scores).collect();
    let mut machine = Machine::of("R01");
    let code = machine.code.clone();
    let taken = machine.step(|home, here| open::look(home, &package, Some(&office()))?.accept_at_table(home, &code, here)).unwrap();
    let keeps = |session: TableSession, machine: &mut Machine, name: &str| {
        session.close(&machine.now()).unwrap();
        copy(machine.home.root(), &folder.path().join(name));
        TableSession::open(&machine.home, None, Access::Write).unwrap()
    };
    let session = TableSession::open_at(taken.workspace, Access::Write).unwrap();
    let mut session = keeps(session, &mut machine, "seated");
    let now = machine.now();
    let lines = collect::collect(&mut session, &bundles, false, &now).unwrap();
    assert!(lines.iter().all(collect::Line::is_good), "{lines:?}");
    let mut chair = presiding::Chair { machine, session };
    chair.settles();
    let presiding::Chair { mut machine, session } = chair;
    let session = keeps(session, &mut machine, "ready");
    let mut chair = presiding::Chair { machine, session };
    let concluded = chair.seals().unwrap();
    let result = cosign::cosign(&concluded.path, &of("S01"), &key("S01"), Some(&office()), Some(folder.path())).unwrap().path;
    let half_signed = folder.path().join("half");
    fs::create_dir(&half_signed).unwrap();
    let half_signed = half_signed.join(result.file_name().unwrap());
    fs::copy(&concluded.path, &half_signed).unwrap();
    Small { folder, package, bundles, half_signed, result }
}

/// The office's package with these applications, signed.
fn build(folder: &Path, extent: &Extent, change: &dyn Fn(&str, String) -> String) -> PathBuf {
    let source = folder.join("package");
    copy(&root().join("package"), &source);
    for place in ["applications", "attachments"] {
        for entry in fs::read_dir(source.join(place)).unwrap().map(Result::unwrap) {
            let name = entry.file_name().to_string_lossy().into_owned();
            if !extent.applications.iter().any(|id| name.starts_with(id)) {
                if entry.path().is_dir() { fs::remove_dir_all(entry.path()) } else { fs::remove_file(entry.path()) }.unwrap();
            }
        }
    }
    let recusals = fs::read_to_string(source.join("recusals.toml")).unwrap();
    fs::write(source.join("recusals.toml"), recusals.split("[[recusal]]").next().unwrap()).unwrap();
    let lines = fs::read_to_string(source.join("assignments.csv")).unwrap();
    let wanted = |line: &&str| line.starts_with("application") || extent.applications.iter().any(|id| line.starts_with(id));
    let kept: String = lines.lines().filter(wanted).map(|line| format!("{line}\n")).collect();
    fs::write(source.join("assignments.csv"), kept).unwrap();
    for place in [source.clone(), source.join("applications")] {
        for entry in fs::read_dir(place).unwrap().map(Result::unwrap).filter(|entry| entry.path().is_file()) {
            let name = entry.file_name().to_string_lossy().into_owned();
            let text = fs::read_to_string(entry.path()).unwrap();
            fs::write(entry.path(), change(&name, text)).unwrap();
        }
    }
    let (clerk, signing) = (of("OF1"), key("OF1"));
    let order = prepare::Order { folder: &source, to: folder, supersedes: None, code: &clerk, key: &signing };
    let mut office = Machine::bare();
    office.step(|_, here| prepare::build(&order, here)).unwrap_or_else(|error| panic!("{error:#?}")).path
}

/// The score bundle of one member, from the sample's list of scores.
fn scores_of(code: &str, extent: &Extent, package: &Path, to: &Path) -> PathBuf {
    let mut machine = Machine::of(code);
    machine.opens(package).unwrap();
    let mut session: Session = machine.session();
    session.pledge(&machine.now()).unwrap();
    let lines = scores::read("scores.csv", sample::SCORES.as_bytes()).unwrap();
    let mine =
        |line: &&scores::ScoreLine| line.reviewer == Some(machine.code.clone()) && extent.applications.contains(&line.application.as_str());
    let mine: Vec<scores::ScoreLine> = lines.iter().filter(mine).cloned().collect();
    for line in &mine {
        for act in act::of_line(session.desk(), line) {
            act.perform(&mut session, &machine.now()).unwrap();
        }
    }
    session.submit(None, &machine.now()).unwrap();
    let key = key(code);
    machine.step(|_, here| submit::export(&mut session, &key, to, here)).unwrap().path
}
