//! The sample call, prepared once: signed packages, enrolled people, score bundles of everybody. Tests take copies.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use pingyi::{
    bundle::{allowed, key::SecretKey, trust::Trust},
    cli,
    domain::{ids::PersonCode, time::Moment},
    store::Access,
    workflow::{Here, StepError, home::Home, keys, open, session::Session},
};
use tempfile::TempDir;

use crate::support::rules::of;

/// Everything that the headless demo leaves, and what it says, in English.
static STAGE: LazyLock<(TempDir, String)> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let words = ["pingyi", "--lang", "en", "demo", "--headless", "--out", folder.path().to_str().unwrap()];
    let (mut answers, mut complaints) = (Vec::new(), Vec::new());
    let exit = cli::run(words.map(Into::into).to_vec(), &mut answers, &mut complaints);
    assert_eq!(exit, cli::Exit::Done, "{}", String::from_utf8_lossy(&complaints));
    (folder, String::from_utf8(answers).unwrap())
});

pub(crate) fn root() -> &'static Path {
    STAGE.0.path()
}

/// What the headless demo said.
pub(crate) fn told() -> &'static str {
    &STAGE.1
}

/// A bundle of the sample call, by file name.
pub(crate) fn bundle(name: &str) -> PathBuf {
    root().join("bundles").join(name)
}

/// The score bundle of a reviewer.
pub(crate) fn scores(code: &str) -> PathBuf {
    bundle(&format!("scores-sx-2026-01-p1-{}-r1.zip", code.to_lowercase()))
}

/// The package with everybody's key.
pub(crate) fn package() -> PathBuf {
    bundle("package-sx-2026-01-p1-r2.zip")
}

/// The office's key alone, as everybody outside the panel has it.
pub(crate) fn office() -> Trust {
    allowed::read(&fs::read_to_string(root().join("office.allowed_signers")).unwrap()).unwrap()
}

/// The key of a person.
pub(crate) fn key(code: &str) -> SecretKey {
    keys::unlock(&home_of(code), &of(code), None).unwrap()
}

/// The data folder of a person, as the demo left it. Not to be changed.
pub(crate) fn home_of(code: &str) -> Home {
    Home::new(root().join("homes").join(code.to_lowercase()))
}

/// A copy of a folder.
pub(crate) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// A machine of its own: a person's key and nothing else.
pub(crate) struct Machine {
    pub(crate) folder: TempDir,
    pub(crate) home: Home,
    pub(crate) code: PersonCode,
    seconds: i64,
}

impl Machine {
    /// The machine of a person who has a key and no package.
    pub(crate) fn of(code: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::new(folder.path().join("home"));
        copy(&home_of(code).keys(), &home.keys());
        Self { folder, home, code: of(code), seconds: 0 }
    }

    /// A machine without a key.
    pub(crate) fn bare() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { home: Home::new(folder.path().join("home")), folder, code: of("R09"), seconds: 0 }
    }

    /// The next moment by this machine's clock, within the session.
    pub(crate) fn now(&mut self) -> Moment {
        self.seconds += 5;
        of::<Moment>("2026-03-16T10:00:00+08:00").later(self.seconds).unwrap()
    }

    /// Takes a step at the next moment, with a fixed chance.
    pub(crate) fn step<T>(&mut self, step: impl FnOnce(&Home, &mut Here<'_>) -> Result<T, StepError>) -> Result<T, StepError> {
        let now = self.now();
        let mut fill = |buffer: &mut [u8]| buffer.iter_mut().zip(1_u8..).for_each(|(byte, value)| *byte = value);
        step(&self.home, &mut Here { now, entropy: &mut fill })
    }

    /// Takes the package in.
    pub(crate) fn opens(&mut self, file: &Path) -> Result<open::TakenIn, StepError> {
        let code = self.code.clone();
        self.step(|home, here| open::look(home, file, Some(&office()))?.accept(home, &code, here))
    }

    /// A session on the package with everybody's key, the pledge accepted.
    pub(crate) fn sits_down(&mut self) -> Session {
        self.opens(&package()).unwrap();
        let mut session = self.session();
        session.pledge(&self.now()).unwrap();
        session
    }

    pub(crate) fn session(&self) -> Session {
        Session::open(&self.home, None, Access::Write).unwrap()
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }
}
