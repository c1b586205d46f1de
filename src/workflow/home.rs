//! The data folder: where keys, workspaces and settings lie on this machine.
//!
//! ```text
//! settings.toml              language, theme, glyphs, key bindings
//! keys/<name>.key            OpenSSH private key, 0600       keys/<name>.pub
//! work/<call>-<panel>-<code>/packages/<digest>.zip           packages, bytes as received, one for each revision
//! work/<call>-<panel>-<code>/store/                          journal, index, backups
//! work/<call>-<panel>-<code>/sent/                           score bundles that were signed here
//! work/<call>-<panel>-<code>/requests/<digest>.zip           re-score requests that were taken in, bytes as received
//! work/<call>-<panel>.table/                                 the chair's table: packages, store, and
//! work/<call>-<panel>.table/bundles/<digest>.zip             score bundles that were taken in, bytes as received
//! work/<call>-<panel>.table/sent/                            re-score requests that were signed here
//! work/<call>-<panel>.table/paper/<digest>                   images of sheets that were kept on paper
//! outbox/                                                    where bundles go when no other folder is named
//! reports/                   what was written after a crash
//! ```

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use crate::{
    domain::ids::{CallId, PanelId, PersonCode},
    workflow::files,
};

/// How the name of a chair's table ends.
const TABLE: &str = ".table";

/// The data folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Home {
    root: PathBuf,
}

/// A workspace: one person's work on one package.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Workspace {
    folder: PathBuf,
}

impl Home {
    /// The data folder at `root`; nothing is created yet.
    #[must_use]
    pub const fn new(root: PathBuf) -> Self {
        Self { root }
    }

    /// The folder itself.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Where keys lie.
    #[must_use]
    pub fn keys(&self) -> PathBuf {
        self.root.join("keys")
    }

    /// The settings file.
    #[must_use]
    pub fn settings(&self) -> PathBuf {
        self.root.join("settings.toml")
    }

    /// Where crash reports lie.
    #[must_use]
    pub fn reports(&self) -> PathBuf {
        self.root.join("reports")
    }

    /// Where score bundles and requests go when no other folder is named.
    #[must_use]
    pub fn outbox(&self) -> PathBuf {
        self.root.join("outbox")
    }

    /// The workspace of `person` for one call and panel, whether it exists or not.
    #[must_use]
    pub fn workspace(&self, call: &CallId, panel: &PanelId, person: &PersonCode) -> Workspace {
        let name = format!("{}-{}-{}", call.file_stem(), panel.file_stem(), person.file_stem());
        Workspace { folder: self.works().join(name) }
    }

    /// The chair's table of one call and panel, whether it exists or not. No identifier has a full stop, so no desk has its name.
    #[must_use]
    pub fn table(&self, call: &CallId, panel: &PanelId) -> Workspace {
        Workspace { folder: self.works().join(format!("{}-{}{TABLE}", call.file_stem(), panel.file_stem())) }
    }

    /// All workspaces, by name, whatever became of what is in them: one that lost its journal is to be recovered, not begun anew.
    /// Half-made ones have a hidden name and are not among them.
    ///
    /// # Errors
    /// What listing the folder reports; a missing folder is an empty list.
    pub fn workspaces(&self) -> io::Result<Vec<Workspace>> {
        let entries = match fs::read_dir(self.works()) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        let mut found = Vec::new();
        for entry in entries {
            let entry = entry?;
            if entry.file_type()?.is_dir() && !entry.file_name().to_string_lossy().starts_with('.') {
                found.push(Workspace { folder: entry.path() });
            }
        }
        found.sort();
        Ok(found)
    }

    /// Where workspaces lie.
    #[must_use]
    pub fn works(&self) -> PathBuf {
        self.root.join("work")
    }

    /// Creates a private folder below the data folder, and the data folder itself where it is missing.
    ///
    /// # Errors
    /// What the file system reports.
    pub fn make_private(&self, folder: &Path) -> io::Result<()> {
        files::make_private(&self.root)?;
        files::make_private(folder)
    }
}

impl Workspace {
    /// The workspace in this folder, for tools that were given a folder.
    #[must_use]
    pub const fn at(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// The folder itself.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Its name, as `--work` takes it.
    #[must_use]
    pub fn name(&self) -> String {
        self.folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
    }

    /// The package with this digest, bytes as received.
    #[must_use]
    pub fn package(&self, digest: &str) -> PathBuf {
        self.folder.join("packages").join(format!("{digest}.zip"))
    }

    /// Whether it is a chair's table; else it is a reviewer's desk.
    #[must_use]
    pub fn is_table(&self) -> bool {
        self.name().ends_with(TABLE)
    }

    /// The score bundle with this digest that was taken in at the table, bytes as received.
    #[must_use]
    pub fn bundle(&self, digest: &str) -> PathBuf {
        self.folder.join("bundles").join(format!("{digest}.zip"))
    }

    /// The re-score request with this digest, bytes as received.
    #[must_use]
    pub fn request(&self, digest: &str) -> PathBuf {
        self.folder.join("requests").join(format!("{digest}.zip"))
    }

    /// The image with this digest of sheets that were kept on paper.
    #[must_use]
    pub fn paper_image(&self, digest: &str) -> PathBuf {
        self.folder.join("paper").join(digest)
    }

    /// Bundles that were signed here: a reviewer's scores, the chair's requests and results.
    #[must_use]
    pub fn sent(&self) -> PathBuf {
        self.folder.join("sent")
    }

    /// The store.
    #[must_use]
    pub fn store(&self) -> PathBuf {
        self.folder.join("store")
    }

    /// Where attachments are laid out for the system viewer.
    #[must_use]
    pub fn viewing(&self) -> PathBuf {
        self.folder.join("viewing")
    }
}
