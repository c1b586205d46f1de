//! A rehearsal: the whole panel may practise on it, and nothing of it ever comes near the official review.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use pingyi::{
    cli::Exit,
    domain::{call::Mode, text::Language},
    workflow::prepare,
};
use tempfile::TempDir;

use super::{Answer, path, pingyi, refused};
use crate::support::{
    rules::of,
    screens::{Look, SMALL, World, screen},
    stage::{Machine, copy, home_of, key, package, root, scores},
};

/// The sample call, declared a rehearsal and signed by the office.
static REHEARSAL: LazyLock<(TempDir, PathBuf)> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let source = folder.path().join("package");
    copy(&root().join("package"), &source);
    let call = fs::read_to_string(source.join("call.toml")).unwrap();
    assert!(call.contains("\"official\""));
    fs::write(source.join("call.toml"), call.replace("\"official\"", "\"rehearsal\"")).unwrap();
    let (clerk, signing) = (of("OF1"), key("OF1"));
    let order = prepare::Order { folder: &source, to: folder.path(), supersedes: None, code: &clerk, key: &signing };
    let built = Machine::bare().step(|_, here| prepare::build(&order, here)).unwrap_or_else(|error| panic!("{error:#?}")).path;
    (folder, built)
});

struct Desk(TempDir);

impl Desk {
    /// R01 with a key and nothing else.
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        copy(&home_of("R01").keys(), &folder.path().join("home/keys"));
        Self(folder)
    }

    /// The chair at the table of `package`.
    fn seated(package: &Path) -> Self {
        let desk = Self::new();
        let answer = desk.takes_in(package);
        assert_eq!(answer.exit, Exit::Done, "{answer:?}");
        desk
    }

    fn takes_in(&self, package: &Path) -> Answer {
        self.says(&["import", path(package), "--trust", path(&root().join("office.allowed_signers"))])
    }

    fn home(&self) -> String {
        path(&self.0.path().join("home")).to_owned()
    }

    fn says(&self, words: &[&str]) -> Answer {
        pingyi(&[&["--lang", "en", "--home", &self.home()], words].concat())
    }
}

#[test]
fn scores_of_the_official_review_do_not_come_into_a_rehearsal() {
    let desk = Desk::seated(&REHEARSAL.1);
    let bundle = scores("R02");
    let answer = desk.says(&["--json", "import", path(&bundle)]);
    assert_eq!(answer.exit, Exit::No, "{answer:?}");
    let chinese = pingyi(&["--lang", "zh-CN", "--home", &desk.home(), "import", path(&bundle)]);
    let english = desk.says(&["import", path(&bundle)]);
    assert!(english.out.contains("belongs to another") || english.complaints.contains("belongs to another"), "{english:?}");
    assert!(chinese.out != english.out, "{chinese:?}");
    let figures = desk.says(&["--json", "consolidate"]).json();
    let sheets = figures["items"].as_array().unwrap().iter().flat_map(|item| item["applications"].as_array().unwrap().clone());
    assert!(sheets.into_iter().all(|one| one["sheets"].as_array().is_none_or(Vec::is_empty)), "nothing of it counts");
}

#[test]
fn in_a_rehearsal_the_panel_decides_as_in_earnest() {
    let desk = Desk::seated(&REHEARSAL.1);
    let veto = ["decide", "veto", "sx-0019", "V1", "--text", "演练：合同编号相同"];
    assert!(desk.says(&veto).done().contains("found the veto V1 on sx-0019"));
    assert!(desk.says(&["decide", "replace", "R07", "--by", "R08", "--item", "t5", "--reason", "演练"]).done().contains("in t5"));
    assert!(desk.says(&["decide", "undo"]).done().contains("R07 counts again"));
    let home = desk.home();
    refused(desk.0.path(), &["--home", &home, "decide", "veto", "sx-0019", "V9", "--text", "x"], Exit::No, "err-act-veto", &["V9"]);
    let closing = desk.says(&["consolidate", "--close", "--yes"]);
    assert_eq!(closing.exit, Exit::No, "a rehearsal skips no step either: {closing:?}");
}

#[test]
fn a_rehearsal_does_not_take_the_place_of_the_official_table() {
    let desk = Desk::seated(&package());
    let official = desk.says(&["--json", "consolidate"]).json();
    let answer = desk.takes_in(&REHEARSAL.1);
    assert_ne!(answer.exit, Exit::Done, "{answer:?}");
    assert!(answer.complaints.lines().count() >= 2, "what happened, and what to do: {answer:?}");
    assert_eq!(desk.says(&["--json", "consolidate"]).json(), official);
    let veto = desk.says(&["--json", "decide", "veto", "sx-0019", "V1", "--text", "合同编号相同"]);
    assert_eq!(veto.json()["changed"], true, "the official table goes on: {veto:?}");
}

#[test]
fn every_screen_of_the_chair_says_that_this_is_a_rehearsal() {
    for (language, words) in [(Language::Zh, "演练"), (Language::En, "REHEARSAL")] {
        for keys in ["", "1", "2", "3", "3 1", "4", "4 enter", "5", "5 1", "6", "6 2", "7", "8", "9", "f8", "f9"] {
            for size in [(60, 16), (120, 40)] {
                let shown = |mode: Mode| {
                    let mut world = World::table(&[]);
                    world.package.call.mode = mode;
                    screen(&mut world, Look { language, size, ..SMALL }, keys).lines().next().unwrap().to_owned()
                };
                let (practice, earnest) = (shown(Mode::Rehearsal), shown(Mode::Official));
                assert!(practice.contains(words) && !earnest.contains(words), "{keys:?} {size:?}: {practice:?} and {earnest:?}");
            }
        }
    }
}
