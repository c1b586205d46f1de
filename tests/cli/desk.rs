//! A small call, prepared once: three applications of the sample call, the office, and the reviewer R02 before, in and after the
//! work. Tests take copies.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use pingyi::{
    bundle::{allowed, key::SecretKey, trust::Trust},
    domain::{
        call::Mode,
        panel::{Custody, Role},
        time::Moment,
    },
    intake::scores,
    store::Access,
    workflow::{Here, StepError, act, enrol, home::Home, keys, open, prepare, sample, session::Session},
};
use serde_json::Value;
use tempfile::TempDir;

use super::{Answer, path, pingyi, program::Program, refused};
use crate::support::{rules::of, stage::copy};
use pingyi::cli::Exit;

/// The applications, all of R02's worklist.
pub(super) const APPLICATIONS: [&str; 3] = ["sx-0001", "sx-0004", "sx-0013"];
/// The workspace of R02.
pub(super) const WORK: &str = "sx-2026-01-p1-r02";
/// The package with the reviewers' keys, and the score bundle that rests on it.
pub(super) const PACKAGE: &str = "package-sx-2026-01-p1-r2.zip";
pub(super) const SCORES: &str = "scores-sx-2026-01-p1-r02-r1.zip";

/// The head of the criterion that the small call lets a reviewer leave out.
const LAST: &str = "id        = \"O4\"\n";

/// How far R02 has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stand {
    /// Only the key.
    Arrived,
    /// The package is taken in.
    Opened,
    /// The pledge is accepted, the conflict questions are answered, and nothing is scored.
    Begun,
    /// Every sheet is handed in.
    Done,
}

static CALL: LazyLock<TempDir> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    prepare_call(folder.path()).unwrap();
    folder
});

/// Everything that was prepared; not to be changed.
pub(super) fn call() -> &'static Path {
    CALL.path()
}

/// A bundle of the small call.
pub(super) fn bundle(name: &str) -> PathBuf {
    call().join("bundles").join(name)
}

/// A step at a fixed moment with a fixed chance.
fn step<T>(seconds: i64, take: impl FnOnce(&mut Here<'_>) -> Result<T, StepError>) -> Result<T, StepError> {
    let now = of::<Moment>("2026-03-13T09:00:00+08:00").later(seconds).unwrap();
    let mut fill = |buffer: &mut [u8]| buffer.iter_mut().zip(seconds.unsigned_abs() as u8..).for_each(|(byte, value)| *byte = value);
    take(&mut Here { now, entropy: &mut fill })
}

fn prepare_call(root: &Path) -> Result<(), StepError> {
    let (folder, bundles) = (root.join("package"), root.join("bundles"));
    small_package(&folder);
    fs::create_dir_all(&bundles).unwrap();
    let office = enrolled(root, &folder, "OF1", Role::Office, 1)?;
    let build = |before: Option<&Path>, seconds| {
        let order = prepare::Order { folder: &folder, to: &bundles, supersedes: before, code: &of("OF1"), key: &office };
        step(seconds, |here| prepare::build(&order, here))
    };
    let first = build(None, 20)?;
    let key = enrolled(root, &folder, "R02", Role::Deputy, 30)?;
    build(Some(&first.path), 40)?;
    let trust = Trust::pinned(of("OF1"), Role::Office, office.public());
    fs::write(root.join("office.allowed_signers"), allowed::plain(&trust)).unwrap();
    let arrived = home(root, "r02");
    let later = |stand: &str| {
        let next = Home::new(root.join("stands").join(stand));
        copy(arrived.root(), next.root());
        next
    };
    later("arrived");
    let candidate = open::look(&arrived, &bundles.join(PACKAGE), Some(&trust))?;
    step(300_000, |here| candidate.accept(&arrived, &of("R02"), here))?;
    later("opened");
    let lines: String = APPLICATIONS.map(|id| format!("declare {id}\n")).concat();
    perform(&arrived, true, &lines)?;
    later("begun");
    perform(&arrived, false, &sheets())?;
    later("done");
    let to = root.join("bundles");
    let mut session = Session::open(&arrived, None, Access::Write)?;
    step(300_100, |here| pingyi::workflow::submit::export(&mut session, &key, &to, here))?;
    Ok(())
}

/// Batch lines that fill and hand in every sheet, from the fixed list of the sample call.
pub(super) fn sheets() -> String {
    let rows = scores::read("scores.csv", sample::SCORES.as_bytes()).unwrap();
    let mine = rows.iter().filter(|row| row.reviewer == Some(of("R02")) && APPLICATIONS.contains(&row.application.as_str()));
    let mut lines = String::new();
    for row in mine {
        let (application, comment) = (&row.application, &row.comment);
        match &row.says {
            scores::Says::Scored(criterion, value) => {
                lines += &format!("set {application} {criterion} {value}\n");
                if !comment.is_empty() {
                    lines += &format!("comment {application} {criterion} {comment}\n");
                }
            }
            scores::Says::Comment(None) => lines += &format!("comment {application} overall {comment}\n"),
            other => panic!("not in the sample of R02: {other:?}"),
        }
    }
    lines + &APPLICATIONS.map(|id| format!("submit {id}\n")).concat()
}

fn perform(home: &Home, pledge: bool, lines: &str) -> Result<(), StepError> {
    let now = of::<Moment>("2026-03-16T10:00:00+08:00");
    let mut session = Session::open(home, None, Access::Write)?;
    if pledge {
        session.pledge(&now)?;
    }
    lines.lines().try_for_each(|line| act::parse(line)?.perform(&mut session, &now).map(drop))?;
    session.close(&now)
}

fn home(root: &Path, name: &str) -> Home {
    Home::new(root.join("homes").join(name))
}

/// A key of a person, made, asked for and put on the roster. The moments are those of the days before the session.
fn enrolled(root: &Path, folder: &Path, code: &str, role: Role, seconds: i64) -> Result<SecretKey, StepError> {
    let home = home(root, &code.to_lowercase());
    step(seconds, |here| keys::create(&home, &of(code), None, here))?;
    let key = keys::unlock(&home, &of(code), None)?;
    let requests = root.join("requests");
    fs::create_dir_all(&requests).unwrap();
    let (name, device) = ("示例".to_owned(), "laptop".to_owned());
    let (call, panel) = (of("sx-2026-01"), of("p1"));
    let ask = enrol::Ask { call, panel, mode: Mode::Official, code: of(code), role, name, device, custody: Custody::Own, to: &requests };
    let written = step(seconds, |here| enrol::request(&ask, &key, here))?;
    step(seconds, |here| enrol::accept(folder, &[&written.path], here))?;
    Ok(key)
}

/// The sample package folder with three applications in it.
pub(super) fn small_package(folder: &Path) {
    sample::write_package(folder).unwrap();
    let is_kept = |name: &str| APPLICATIONS.iter().any(|id| name.starts_with(id));
    for part in ["applications", "attachments"] {
        for entry in fs::read_dir(folder.join(part)).unwrap() {
            let path = entry.unwrap().path();
            match is_kept(path.file_name().unwrap().to_str().unwrap()) {
                true => {}
                false if path.is_dir() => fs::remove_dir_all(&path).unwrap(),
                false => fs::remove_file(&path).unwrap(),
            }
        }
    }
    let assignments = fs::read_to_string(folder.join("assignments.csv")).unwrap();
    let kept: Vec<&str> = assignments.lines().filter(|line| line.starts_with("application") || is_kept(line)).collect();
    fs::write(folder.join("assignments.csv"), format!("{}\n", kept.join("\n"))).unwrap();
    // One criterion may be left out, so that this can be tried too.
    let rubric = fs::read_to_string(folder.join("rubric.toml")).unwrap();
    assert!(rubric.contains(LAST), "the sample rubric has another O4");
    fs::write(folder.join("rubric.toml"), rubric.replace(LAST, &format!("{LAST}na = \"zero\"\n"))).unwrap();
    let recusals = fs::read_to_string(folder.join("recusals.toml")).unwrap();
    let first = recusals.split("[[recusal]]\napplication = \"sx-0012\"").next().unwrap();
    fs::write(folder.join("recusals.toml"), first).unwrap();
}

/// A copy of R02's data folder, with room for other files beside it.
pub(super) struct Desk {
    folder: TempDir,
}

impl Desk {
    pub(super) fn at(stand: Stand) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let name = match stand {
            Stand::Arrived => "arrived",
            Stand::Opened => "opened",
            Stand::Begun => "begun",
            Stand::Done => "done",
        };
        let home = folder.path().join("home");
        copy(&call().join("stands").join(name), &home);
        Home::new(home.clone()).make_private(&home).unwrap();
        Self { folder }
    }

    pub(super) fn home(&self) -> PathBuf {
        self.folder.path().join("home")
    }

    /// Everything of this machine: the data folder and what lies beside it.
    pub(super) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(super) fn store(&self) -> PathBuf {
        self.home().join("work").join(WORK).join("store")
    }

    /// A file beside the data folder.
    pub(super) fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let file = self.folder.path().join(name);
        fs::write(&file, content).unwrap();
        path(&file).to_owned()
    }

    fn words<'a>(home: &'a str, words: &[&'a str]) -> Vec<&'a str> {
        [&["--home", home], words].concat()
    }

    /// A command on this data folder, in English.
    #[track_caller]
    pub(super) fn run(&self, words: &[&str]) -> Answer {
        self.run_in("en", words)
    }

    #[track_caller]
    pub(super) fn run_in(&self, language: &str, words: &[&str]) -> Answer {
        pingyi(&[&["--lang", language], &Self::words(path(&self.home()), words)[..]].concat())
    }

    /// What a command says that must succeed.
    #[track_caller]
    pub(super) fn does(&self, words: &[&str]) -> String {
        self.run(words).done()
    }

    #[track_caller]
    pub(super) fn json(&self, words: &[&str]) -> Value {
        let answer = self.run(&[&["--json"], words].concat());
        assert_eq!(answer.exit, Exit::Done, "{answer:?}");
        answer.json()
    }

    /// A command that is refused and leaves everything as it was; see [`refused`].
    #[track_caller]
    pub(super) fn refuses(&self, words: &[&str], exit: Exit, code: &str, says: &[&str]) {
        refused(self.path(), &Self::words(path(&self.home()), words), exit, code, says);
    }

    /// The program as a process of its own on this data folder.
    pub(super) fn program(&self, words: &[&str]) -> Program {
        Program::at(&self.home(), words)
    }

    /// Lines for `score batch`, and its answers, one a line.
    #[track_caller]
    pub(super) fn batch(&self, lines: impl Into<Vec<u8>>) -> Vec<String> {
        let answer = self.program(&["score", "batch"]).input(lines).run();
        answer.out.lines().map(str::to_owned).collect()
    }

    /// What stands in a cell, by `score list --plain`: state and value.
    #[track_caller]
    pub(super) fn cell(&self, application: &str, criterion: &str) -> String {
        let listed = self.does(&["score", "list", "--plain"]);
        let head = format!("{application}\t{criterion}\t");
        listed.lines().find_map(|line| line.strip_prefix(&head)).unwrap_or_default().replace('\t', " ")
    }
}
