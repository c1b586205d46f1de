//! A package folder with files that are not written yet.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use crate::{
    digest,
    intake::source::{Folder, Source},
    workflow::tables::plan::Planned,
};

/// The folder as it would be.
pub(in crate::workflow) struct Overlay {
    folder: Folder,
    planned: BTreeMap<String, Vec<u8>>,
    /// Files that would be copied: name in the folder, and where they lie now.
    copies: BTreeMap<String, PathBuf>,
}

impl Overlay {
    pub(in crate::workflow) fn new(folder: &Path, planned: &[Planned]) -> Self {
        let planned = planned.iter().map(|file| (file.name.clone(), file.bytes.clone())).collect();
        Self { folder: Folder::new(folder.to_owned()), planned, copies: BTreeMap::new() }
    }

    /// The same with files that would be copied into it.
    pub(in crate::workflow) fn with_copies(self, copies: BTreeMap<String, PathBuf>) -> Self {
        Self { copies, ..self }
    }
}

impl Source for Overlay {
    fn names(&self) -> io::Result<Vec<String>> {
        let mut names = self.folder.names()?;
        names.extend(self.planned.keys().chain(self.copies.keys()).cloned());
        names.sort();
        names.dedup();
        Ok(names)
    }

    fn read(&self, name: &str) -> io::Result<Vec<u8>> {
        self.planned.get(name).map_or_else(|| self.folder.read(name), |bytes| Ok(bytes.clone()))
    }

    fn digest(&self, name: &str) -> io::Result<(u64, String)> {
        match (self.planned.get(name), self.copies.get(name)) {
            (Some(bytes), _) => Ok((bytes.len() as u64, digest::sha256_hex(bytes))),
            (None, Some(path)) => digest::sha256_reader(&mut fs::File::open(path)?).map(|(digest, size)| (size, digest)),
            (None, None) => self.folder.digest(name),
        }
    }

    fn oddities(&self) -> io::Result<Vec<String>> {
        self.folder.oddities()
    }
}
