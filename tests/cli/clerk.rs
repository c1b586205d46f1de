//! A clerk with an empty folder and the office's tables gets to a signed package, by commands alone and in any order of the tables.

use std::{
    fs,
    path::{Path, PathBuf},
};

use pingyi::{domain::rubric::ReviewKind, intake::shipped, workflow::prepare};
use tempfile::TempDir;

use super::{Answer, path, program::Program};
use crate::support::stage::copy;

struct Clerk(TempDir);

fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

impl Clerk {
    fn place(&self, name: &str) -> String {
        path(&self.0.path().join(name)).to_owned()
    }

    fn run(&self, words: &[&str]) -> Answer {
        let words = [&["--lang", "zh-CN"], words].concat();
        Program::at(Path::new(&self.place("home")), &words).env("SOURCE_DATE_EPOCH", "1773190800").run()
    }

    fn table(&self, name: &str) -> String {
        path(&repository().join("tests/intake/tables").join(name)).to_owned()
    }

    fn edit(&self, file: &str, change: impl FnOnce(String) -> String) {
        let path = self.0.path().join("package").join(file);
        fs::write(&path, change(fs::read_to_string(&path).unwrap())).unwrap();
    }

    /// What is written by hand: the call's own words, its items, and the map that the province published.
    fn writes_the_call(&self) {
        let sample = fs::read_to_string(repository().join("sample-data/package/call.toml")).unwrap();
        let items = sample[sample.find("[[item]]").unwrap()..sample.find("[quota]").unwrap()].to_owned();
        self.edit("call.toml", |text| {
            let (head, rest) = text.split_at(text.find("[[item]]").unwrap());
            let text = format!("{head}{items}{}", &rest[rest.find("[quota]").unwrap()..]);
            text.replace("【待填】", "").replace("[to fill in] ", "")
        });
        let package = self.0.path().join("package");
        for name in ["reference/industry-map.toml", "reference/existing-bases.toml"] {
            fs::copy(repository().join("sample-data/package").join(name), package.join(name)).unwrap();
        }
    }
}

#[test]
fn from_an_empty_folder_over_the_offices_tables_to_a_signed_package() {
    for roster_first in [true, false] {
        let clerk = Clerk(tempfile::tempdir().unwrap());
        let package = clerk.place("package");
        clerk.run(&["package", "new", &package, "--kind", "selection"]).done();
        let roster =
            || clerk.run(&["package", "import-roster", &clerk.table("roster.xlsx"), "--into", &package, "--yes", "--replace"]).done();
        if roster_first {
            let said = roster();
            assert!(said.contains("目录中原有的问题") && said.contains("还没有填写：【待填】组织单位全称"), "what is left is told: {said}");
        }
        clerk.writes_the_call();
        copy(&repository().join("sample-data/package/attachments"), &clerk.0.path().join("package/attachments"));
        clerk.run(&["package", "import-table", &clerk.table("applications.xls"), "--into", &package, "--yes"]).done();
        if !roster_first {
            roster();
        }
        clerk.run(&["package", "conflicts", &package, "--add", "--all"]).done();
        clerk.run(&["package", "assign", &package, "--per", "5", "--yes"]).done();

        let made = prepare::check(Path::new(&package)).unwrap().package;
        let sample = prepare::check(&repository().join("sample-data/package")).unwrap().package;
        assert_eq!(made.applications, sample.applications, "the tables say what the sample's files say");
        let people =
            |package: &pingyi::domain::package::Package| package.roster.people.iter().map(|one| one.name.clone()).collect::<Vec<_>>();
        assert_eq!(people(&made), people(&sample));
        assert_eq!((made.call.kind, made.call.items.len()), (ReviewKind::Selection, 6));

        clerk.run(&["key", "new", "--name", "OF1", "--no-passphrase"]).done();
        let (out, call) = (clerk.place("out"), made.call.id.to_string());
        let ask =
            ["enrol", "request", "--call", &call, "--panel", "p1", "--code", "OF1", "--role", "office", "--person", "周示例", "--to", &out];
        clerk.run(&ask).done();
        clerk.run(&["enrol", "accept", &package, &format!("{out}/enrol-{call}-p1-of1-r1.zip")]).done();
        clerk.run(&["package", "build", &package, "--to", &out, "--key", "OF1"]).done();
        let signers = format!("{out}/office.allowed_signers");
        clerk.run(&["key", "show", "--name", "OF1", "--role", "office", "--to", &signers]).done();
        let said = clerk.run(&["verify", &format!("{out}/package-{call}-p1-r1.zip"), "--trust", &signers]).done();
        assert!(said.contains("OF1") && !said.contains("未通过"), "{said}");
    }
}

#[test]
fn every_kind_of_review_has_its_rubric_its_word_and_its_empty_folder() {
    let named: Vec<&str> = ReviewKind::ALL.into_iter().map(ReviewKind::id).collect();
    let shipped: Vec<&str> = shipped::RUBRICS.iter().map(|rubric| rubric.id).collect();
    assert_eq!(named, shipped, "a kind and the rubric for it have one name");
    for kind in ReviewKind::ALL {
        assert_eq!(ReviewKind::of(kind.id()), Some(kind));
        let clerk = Clerk(tempfile::tempdir().unwrap());
        let said = clerk.run(&["package", "new", &clerk.place("package"), "--kind", kind.id()]).done();
        assert!(said.contains(&pingyi::i18n::text(pingyi::domain::text::Language::Zh, &kind.words())), "{said}");
        let text = fs::read_to_string(clerk.0.path().join("package/rubric.toml")).unwrap();
        assert!(!text.starts_with("#:schema") && text.contains(&format!("kind    = \"{}\"", kind.id())), "{kind:?}");
    }
}
