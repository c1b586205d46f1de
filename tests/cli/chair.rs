//! The chair's machine.

use std::{path::Path, sync::LazyLock};

use serde_json::Value;
use tempfile::TempDir;

use super::{Answer, path, pingyi};
use crate::support::stage::{copy, home_of, package, root, scores};

/// A data folder at whose table the score bundles of all seven lie. Tests take copies.
static EVERYTHING: LazyLock<TempDir> = LazyLock::new(|| {
    let chair = Chair::seated();
    let all = ["R01", "R02", "R03", "R04", "R05", "R06", "R07"].map(|code| path(&scores(code)).to_owned());
    chair.does(&std::iter::once("import").chain(all.iter().map(String::as_str)).collect::<Vec<_>>());
    chair.0
});

/// The chair's machine: a key, nothing else.
pub(super) struct Chair(TempDir);

impl Chair {
    pub(super) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        copy(&home_of("R01").keys(), &folder.path().join("home/keys"));
        Self(folder)
    }

    /// With the package at the table.
    pub(super) fn seated() -> Self {
        let chair = Self::new();
        let trust = path(&root().join("office.allowed_signers")).to_owned();
        chair.does(&["import", path(&package()), "--trust", &trust]);
        chair
    }

    /// With the score bundles of all seven at the table.
    pub(super) fn with_everything() -> Self {
        let folder = tempfile::tempdir().unwrap();
        copy(&EVERYTHING.path().join("home"), &folder.path().join("home"));
        Self(folder)
    }

    pub(super) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(super) fn home(&self) -> String {
        path(&self.0.path().join("home")).to_owned()
    }

    pub(super) fn words<'a>(home: &'a str, words: &[&'a str]) -> Vec<&'a str> {
        [&["--lang", "en", "--home", home], words].concat()
    }

    #[track_caller]
    pub(super) fn run(&self, words: &[&str]) -> Answer {
        pingyi(&Self::words(&self.home(), words))
    }

    #[track_caller]
    pub(super) fn does(&self, words: &[&str]) -> String {
        self.run(words).done()
    }

    #[track_caller]
    pub(super) fn json(&self, words: &[&str]) -> Value {
        self.run(&[&["--json"], words].concat()).json()
    }

    /// A file beside the data folder.
    pub(super) fn file(&self, name: &str, text: &str) -> String {
        let file = self.0.path().join(name);
        std::fs::write(&file, text).unwrap();
        path(&file).to_owned()
    }
}
