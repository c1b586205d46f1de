//! A small store in a throw-away folder, and ways to harm it.

use std::{
    fs,
    path::{Path, PathBuf},
};

use pingyi::{
    domain::{
        call::Mode,
        change::{Change, Entry, Opening},
        ids::{ApplicationId, CriterionId, PersonCode},
        sheet::{Cell, Declaration},
        time::Moment,
    },
    store::{Access, Store},
};

/// A folder that goes away, and the store in it.
pub(crate) struct Place {
    pub(crate) dir: tempfile::TempDir,
}

pub(crate) fn now() -> Moment {
    at(0)
}

/// The session's first morning plus so many seconds.
pub(crate) fn at(seconds: u32) -> Moment {
    let (hours, minutes, seconds) = (9 + seconds / 3600, seconds / 60 % 60, seconds % 60);
    format!("2026-03-16T{hours:02}:{minutes:02}:{seconds:02}+08:00").parse().unwrap()
}

pub(crate) fn reviewer() -> PersonCode {
    "R03".parse().unwrap()
}

pub(crate) fn app(number: u32) -> ApplicationId {
    format!("sx-{number:04}").parse().unwrap()
}

pub(crate) fn crit(number: u32) -> CriterionId {
    format!("A{number}").parse().unwrap()
}

pub(crate) fn opening(schema: u32) -> Entry {
    Entry {
        seq: 0,
        time: now(),
        writer: reviewer(),
        link: None,
        change: Change::Open(Opening {
            schema,
            workspace: "00112233445566778899aabbccddeeff".to_owned(),
            call: "sx-2026-01".parse().unwrap(),
            panel: "p1".parse().unwrap(),
            mode: Mode::Official,
            package: "ab".repeat(32),
            revision: 1,
            reviewer: reviewer(),
            order_seed: "seed".to_owned(),
            table: false,
        }),
    }
}

impl Place {
    /// A place without a store.
    pub(crate) fn empty() -> Self {
        Self { dir: tempfile::tempdir().unwrap() }
    }

    /// An empty place with a fresh store.
    pub(crate) fn fresh() -> Self {
        let place = Self::empty();
        Store::create(&place.folder(), &opening(1)).unwrap();
        place
    }

    /// A store with a declaration and `scores` scores, closed.
    pub(crate) fn with_scores(scores: u32) -> Self {
        let place = Self::fresh();
        let mut store = place.open();
        fill(&mut store, scores);
        store.close(&now()).unwrap();
        place
    }

    pub(crate) fn folder(&self) -> PathBuf {
        self.dir.path().join("store")
    }

    pub(crate) fn journal(&self) -> PathBuf {
        self.folder().join("journal")
    }

    pub(crate) fn index(&self) -> PathBuf {
        self.folder().join("index")
    }

    pub(crate) fn open(&self) -> Store {
        Store::open(&self.folder(), Access::Write).unwrap().0
    }

    pub(crate) fn backups(&self) -> Vec<PathBuf> {
        let Ok(entries) = fs::read_dir(self.folder().join("backups")) else { return Vec::new() };
        let mut names: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
        names.sort();
        names
    }

    /// Files that were put aside.
    pub(crate) fn aside(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(self.folder())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .filter(|name| name.contains(".damaged-"))
            .collect();
        names.sort();
        names
    }
}

/// A declaration, then scores that walk over four applications and five criteria.
pub(crate) fn fill(store: &mut Store, scores: u32) {
    for number in 0..scores {
        let application = app(number % 4);
        let sheet = store.desk().sheet(&application);
        if sheet.declaration.is_none() {
            let declared = store.desk().set_declaration(&application, Some(Declaration::NoConflict)).unwrap();
            store.append(declared, None, at(number), reviewer()).unwrap();
        }
        if let Some(change) = store.desk().set_cell(&application, &crit(number % 5), scored(number)) {
            store.append(change, None, at(number), reviewer()).unwrap();
        }
    }
}

/// A score that differs from the one before it in the same cell.
pub(crate) fn scored(number: u32) -> Cell {
    Cell::Scored { value: format!("{}", 1 + number % 997).parse().unwrap() }
}

/// A copy of everything in a folder.
pub(crate) fn copy_all(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        if entry.path().is_dir() {
            copy_all(&entry.path(), &to.join(entry.file_name()))
        } else {
            fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
}
