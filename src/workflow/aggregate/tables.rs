//! The register's tables on disk. Each result is written apart as soon as it is verified, so memory does not grow with their number; at
//! the end those that count are strung together in the order of their digests, and the folder gets its name when it is whole.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

use crate::{
    domain::register::{Merged, PanelResult},
    report::tables::{self, Parts, TABLES, sql::SCRIPTS},
    workflow::{StepError, files, scratch::Scratch, verify::result::Opened},
};

/// Tables that are being written.
pub struct Tables {
    target: PathBuf,
    workshop: Scratch,
}

impl Tables {
    /// Begins tables that will lie in `target`, a folder that does not exist yet or is empty.
    ///
    /// # Errors
    /// When something lies there already, or its parent cannot be written.
    pub fn begin(target: &Path) -> Result<Self, StepError> {
        let failed = |source| StepError::io(target, source);
        if target.exists() && (!target.is_dir() || target.read_dir().map_err(failed)?.next().is_some()) {
            return Err(StepError::TargetExists { path: target.to_owned() });
        }
        let parent = files::folder_of(target);
        fs::create_dir_all(parent).map_err(failed)?;
        let workshop = Scratch::within(parent).map_err(failed)?;
        for folder in ["parts", "tables"] {
            fs::create_dir(workshop.path().join(folder)).map_err(failed)?;
        }
        Ok(Self { target: target.to_owned(), workshop })
    }

    /// Writes the rows of one result.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn take(&self, result: &PanelResult, opened: &Opened) -> Result<(), StepError> {
        let parts = Parts { result, package: &opened.package, items: &opened.results, entries: &opened.desk.entries };
        let failed = |source| StepError::io(&self.target, source);
        for (table, lines) in tables::write(&parts).map_err(failed)? {
            fs::write(self.part(&result.bundle, table), lines).map_err(failed)?;
        }
        Ok(())
    }

    fn part(&self, bundle: &str, table: &str) -> PathBuf {
        self.workshop.path().join("parts").join(format!("{bundle}-{table}"))
    }

    /// Strings the results that count together and gives the folder its name.
    ///
    /// # Errors
    /// When the disk refuses; the target is then as before.
    pub fn finish(self, merged: &Merged) -> Result<(), StepError> {
        let failed = |source| StepError::io(&self.target, source);
        let folder = self.workshop.path().join("tables");
        let panels: BTreeMap<&str, &PanelResult> = merged.panels.iter().map(|panel| (panel.bundle.as_str(), panel)).collect();
        for table in &TABLES {
            self.string_together(&folder.join(format!("{}.csv", table.name)), table.name, panels.keys().copied()).map_err(failed)?;
        }
        for script in &SCRIPTS {
            files::write_whole(&folder.join(script.file), (script.make)().as_bytes()).map_err(failed)?;
        }
        if self.target.exists() {
            fs::remove_dir(&self.target).map_err(failed)?;
        }
        fs::rename(&folder, &self.target).map_err(failed)?;
        if let Some(parent) = self.target.parent().filter(|parent| !parent.as_os_str().is_empty()) {
            files::sync_folder(parent).map_err(failed)?;
        }
        Ok(())
    }

    fn string_together<'a>(&self, path: &Path, table: &str, bundles: impl Iterator<Item = &'a str>) -> io::Result<()> {
        let mut out = BufWriter::new(File::create(path)?);
        out.write_all(tables::headings(table).as_bytes())?;
        for bundle in bundles {
            match File::open(self.part(bundle, table)) {
                Ok(mut part) => drop(io::copy(&mut part, &mut out)?),
                // A result without such rows has no such part.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
        }
        out.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()
    }
}
