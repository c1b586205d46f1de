//! The archive around a bag, written so that the same content gives the same bytes on every system: stored, in the order of the
//! names, dated 1980-01-01, with one mode for all. Compressed bytes would change with the compressor's version.

use std::{
    collections::BTreeMap,
    fs::File,
    io::{self, Read, Seek, Write},
    path::PathBuf,
};

use zip::{CompressionMethod, DateTime, System, ZipWriter, write::SimpleFileOptions};

use crate::{bundle::sink::Steady, digest};

/// Permission bits that every member states.
pub(super) const MODE: u32 = 0o644;

/// Where the bytes of a member come from. Large files are never held in memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// These bytes.
    Bytes(Vec<u8>),
    /// A file on this machine.
    File(PathBuf),
}

impl Source {
    /// SHA-256 and size of the bytes.
    ///
    /// # Errors
    /// What reading the file reports.
    pub fn measure(&self) -> io::Result<(String, u64)> {
        self.with_reader(|reader| digest::sha256_reader(&mut { reader }))
    }

    fn with_reader<T>(&self, act: impl FnOnce(&mut dyn Read) -> io::Result<T>) -> io::Result<T> {
        match self {
            Self::Bytes(bytes) => act(&mut bytes.as_slice()),
            Self::File(path) => act(&mut File::open(path)?),
        }
    }
}

/// Writes `members` below the folder `top` as an archive.
///
/// # Errors
/// What reading a member or writing reports.
pub(super) fn pack<W: Write + Seek>(sink: W, top: &str, members: &BTreeMap<String, Source>) -> io::Result<W> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(DateTime::default())
        .system(System::Unix)
        .unix_permissions(MODE);
    let mut archive = ZipWriter::new(Steady::new(sink));
    for (name, source) in members {
        archive.start_file(format!("{top}/{name}"), options)?;
        source.with_reader(|reader| io::copy(reader, &mut archive))?;
    }
    archive.finish()?.into_inner()
}
