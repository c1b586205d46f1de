//! A folder as it lies on disk, so that a test can say that nothing changed.

use std::{collections::BTreeMap, fs, path::Path};

use pingyi::digest::sha256_hex;

/// Every file by its digest and every folder, with their modes where there are any.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tree(BTreeMap<String, String>);

impl Tree {
    pub(super) fn of(folder: &Path) -> Self {
        let mut found = BTreeMap::new();
        walk(folder, folder, &mut found);
        Self(found)
    }

    /// Fails where anything was added, taken away or altered. Two things may change that nobody's work is in: the lock file, which
    /// says who held the lock last, and the index, which the journal proves and which its engine writes as it likes.
    #[track_caller]
    pub(super) fn is_still(&self, folder: &Path) {
        let now = Self::of(folder);
        let differing: Vec<&String> = self.0.keys().chain(now.0.keys()).filter(|name| self.0.get(*name) != now.0.get(*name)).collect();
        assert!(differing.is_empty(), "changed: {differing:?}");
    }

    /// Names of everything in it.
    pub(super) fn names(&self) -> Vec<&str> {
        self.0.keys().map(String::as_str).collect()
    }
}

fn walk(root: &Path, folder: &Path, found: &mut BTreeMap<String, String>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.unwrap().path();
        let name = path.strip_prefix(root).unwrap().to_string_lossy().into_owned();
        if name.contains("store/index") {
            continue;
        }
        let mode = mode(&path);
        if path.is_dir() {
            found.insert(name, format!("folder {mode}"));
            walk(root, &path, found);
        } else if path.ends_with("store/lock") {
            found.insert(name, format!("lock {mode}"));
        } else {
            found.insert(name, format!("{} {mode}", sha256_hex(&fs::read(&path).unwrap())));
        }
    }
}

#[cfg(unix)]
pub(super) fn mode(path: &Path) -> String {
    use std::os::unix::fs::PermissionsExt;
    format!("{:o}", fs::symlink_metadata(path).unwrap().permissions().mode() & 0o777)
}

#[cfg(not(unix))]
pub(super) fn mode(_path: &Path) -> String {
    String::new()
}
