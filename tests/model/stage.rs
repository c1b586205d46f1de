//! A small call for the model: R03 has two applications of its own, one that the office keeps from it, and one is not
//! assigned to it. Three revisions of the package: the second keeps `sx-0009` from R03, the third gives it back. The chair R01
//! stays out of `sx-0009`, by the office's word.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use pingyi::{
    domain::{correction::CorrectionGround, request::Line, time::Moment},
    store::Access,
    workflow::{
        Here, act, answer, collect,
        home::Home,
        open, prepare,
        request::{self, Question},
        session::Session,
        submit,
        table::TableSession,
    },
};
use tempfile::TempDir;

use crate::support::{
    rules::of,
    stage::{copy, home_of, key, office, root},
};

/// Everybody's applications.
const APPLICATIONS: [&str; 4] = ["sx-0001", "sx-0005", "sx-0009", "sx-0024"];

/// The call, its three packages, and a data folder of R03 that has taken the first one in.
pub(super) struct Small {
    folder: TempDir,
    packages: Vec<PathBuf>,
}

static SMALL: LazyLock<Small> = LazyLock::new(make);

/// The package of this revision, from 1.
pub(crate) fn package(revision: usize) -> &'static Path {
    &SMALL.packages[revision - 1]
}

/// A score bundle of R03 over the first package: `sx-0005` scored, with N/A, comments and something taken back; from `sx-0009`
/// R03 stays out by its own word, from `sx-0001` by the office's.
pub(crate) fn scores() -> &'static Path {
    static SIGNED: LazyLock<PathBuf> = LazyLock::new(|| {
        let folder = SMALL.folder.path();
        let home = lay(&folder.join("signed"));
        let mut session = Session::open(&home, None, Access::Write).unwrap();
        session.pledge(&at(20)).unwrap();
        let lines = [
            "declare sx-0005",
            "set sx-0005 A1 9",
            "set sx-0005 A1 8.5",
            "undo",
            "redo",
            "set sx-0005 A2 12",
            "set sx-0005 B1 15.5",
            "na sx-0005 B2 不涉及",
            "set sx-0005 C1 16",
            "set sx-0005 X1 4",
            "comment sx-0005 A1 与产业地图一致",
            "comment sx-0005 overall 总体可行",
            "recuse sx-0009 employment 曾在该单位任职",
            "submit sx-0005",
        ];
        for (seconds, line) in (30..).zip(lines) {
            act::parse(line).unwrap().perform(&mut session, &at(seconds)).unwrap_or_else(|error| panic!("{line}: {error:?}"));
        }
        here(60, |here| submit::export(&mut session, &key("R03"), folder, here)).unwrap().path
    });
    &SIGNED
}

/// The chair's table with the bundle of R03 at it, in a new data folder.
pub(crate) fn table(target: &Path) -> TableSession {
    let home = Home::new(target.to_owned());
    copy(&home_of("R01").keys(), &home.keys());
    let open = |here: &mut Here<'_>| open::look(&home, package(1), Some(&office()))?.accept_at_table(&home, &of("R01"), here);
    here(100, open).unwrap();
    let mut session = TableSession::open(&home, None, Access::Write).unwrap();
    let lines = collect::collect(&mut session, &[scores().to_owned()], false, &at(101)).unwrap();
    assert!(lines[0].is_good(), "{lines:?}");
    session
}

/// What the chair asks R03: to look again at `B1` of `sx-0005`.
pub(crate) fn question() -> Question {
    let text = "请对照申报书第三部分复核该项评分".to_owned();
    let line = Line { application: of("sx-0005"), criteria: vec![of("B1")], ground: CorrectionGround::Abnormal, text };
    Question { reviewer: of("R03"), lines: vec![line], deadline: Some(at(7_200)) }
}

/// The request that asks it, signed by R01.
pub(crate) fn request() -> &'static Path {
    static SIGNED: LazyLock<PathBuf> = LazyLock::new(|| {
        let folder = SMALL.folder.path();
        let mut session = table(&folder.join("chair"));
        here(110, |here| request::write(&mut session, question(), &key("R01"), folder, here)).unwrap().path
    });
    &SIGNED
}

/// Lays a data folder out in `target` in which R03 has signed [`scores`].
pub(crate) fn lay_signed(target: &Path) -> Home {
    scores();
    copy(&SMALL.folder.path().join("signed"), target);
    Home::new(target.to_owned())
}

/// The score bundle of R03 that answers [`request`] with another score and a reason.
pub(crate) fn answer() -> &'static Path {
    static SIGNED: LazyLock<PathBuf> = LazyLock::new(|| {
        let folder = SMALL.folder.path();
        let mut session = Session::open(&lay_signed(&folder.join("answering")), None, Access::Write).unwrap();
        answer::look(&session, request()).unwrap().accept(&mut session, &at(200)).unwrap();
        for (seconds, line) in (210..).zip(["set sx-0005 B1 17", "comment sx-0005 B1 复核后调整", "submit sx-0005"]) {
            act::parse(line).unwrap().perform(&mut session, &at(seconds)).unwrap_or_else(|error| panic!("{line}: {error:?}"));
        }
        here(300, |here| submit::export(&mut session, &key("R03"), folder, here)).unwrap().path
    });
    &SIGNED
}

/// Lays a data folder out in `target` in which R03 has taken the first package in, and nothing more.
pub(crate) fn lay(target: &Path) -> Home {
    copy(&SMALL.folder.path().join("home"), target);
    Home::new(target.to_owned())
}

/// The moment so many seconds after the session began.
pub(crate) fn at(seconds: i64) -> Moment {
    of::<Moment>("2026-03-16T09:00:00+08:00").later(seconds).unwrap()
}

/// Takes a step at a moment, with a fixed chance.
pub(crate) fn here<T>(seconds: i64, step: impl FnOnce(&mut Here<'_>) -> T) -> T {
    let mut fill = |buffer: &mut [u8]| buffer.fill(7);
    step(&mut Here { now: at(seconds), entropy: &mut fill })
}

fn make() -> Small {
    let folder = tempfile::tempdir().unwrap();
    let office_folder = folder.path().join("package");
    shrink(&office_folder);
    let kept = "\n[[recusal]]\napplication = \"sx-0009\"\nperson = \"R03\"\norigin = \"office\"\nground = \"other\"\ntext = \"组织单位决定回避。\"\ndecision = \"upheld\"\ndate = \"2026-03-16\"\n";
    let chair = kept.replace("R03", "R01");
    let first = fs::read_to_string(office_folder.join("recusals.toml")).unwrap() + &chair;
    let mut packages: Vec<PathBuf> = Vec::new();
    for recusals in [first.clone(), format!("{first}{kept}"), first.clone()] {
        fs::write(office_folder.join("recusals.toml"), recusals).unwrap();
        let (clerk, signing) = (of("OF1"), key("OF1"));
        let order = prepare::Order {
            folder: &office_folder,
            to: folder.path(),
            supersedes: packages.last().map(PathBuf::as_path),
            code: &clerk,
            key: &signing,
        };
        let seconds = packages.len() as i64;
        let built = here(seconds, |here| prepare::build(&order, here)).unwrap_or_else(|error| panic!("{error:#?}"));
        packages.push(built.path);
    }
    let home = Home::new(folder.path().join("home"));
    copy(&home_of("R03").keys(), &home.keys());
    here(10, |here| open::look(&home, &packages[0], Some(&office())).unwrap().accept(&home, &of("R03"), here)).unwrap();
    Small { folder, packages }
}

/// The sample package with five applications and the rubric of the model.
fn shrink(folder: &Path) {
    copy(&root().join("package"), folder);
    for place in ["applications", "attachments"] {
        for entry in fs::read_dir(folder.join(place)).unwrap().map(Result::unwrap) {
            let name = entry.file_name().to_string_lossy().into_owned();
            if !APPLICATIONS.iter().any(|id| name.starts_with(id)) {
                if entry.path().is_dir() { fs::remove_dir_all(entry.path()) } else { fs::remove_file(entry.path()) }.unwrap();
            }
        }
    }
    fs::write(folder.join("rubric.toml"), include_str!("rubric.toml")).unwrap();
    keep_blocks(&folder.join("recusals.toml"), |block| block.contains("sx-0001"));
    let lines = fs::read_to_string(folder.join("assignments.csv")).unwrap();
    let wanted =
        |line: &&str| line.starts_with("application") || (APPLICATIONS.iter().any(|id| line.starts_with(id)) && *line != "sx-0024,R03");
    let kept: String = lines.lines().filter(wanted).map(|line| format!("{line}\n")).collect();
    fs::write(folder.join("assignments.csv"), kept).unwrap();
}

/// Keeps the head of a file and those of its recusals that are wanted.
fn keep_blocks(file: &Path, wanted: impl Fn(&str) -> bool) {
    let text = fs::read_to_string(file).unwrap();
    let mut parts = text.split("[[recusal]]");
    let head = parts.next().unwrap().to_owned();
    let kept: String = parts.filter(|block| wanted(block)).map(|block| format!("[[recusal]]{block}")).collect();
    fs::write(file, head + &kept).unwrap();
}
