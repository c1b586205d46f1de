//! The members of an archive that was let in: read into memory with a cap, or streamed.

use std::{
    collections::BTreeMap,
    fs::File,
    io::{self, BufReader, Read, Seek, Write},
};

use zip::ZipArchive;

use crate::{bundle::name::BundleName, digest};

/// An archive that was let in.
pub(super) struct Archive {
    pub(super) zip: ZipArchive<BufReader<File>>,
    /// The name that the top folder states.
    pub(super) name: BundleName,
    /// The archive's own bytes, through a second handle.
    pub(super) file: File,
    /// Members by their name below the top folder.
    pub(super) members: BTreeMap<String, Member>,
}

/// A member of an archive.
#[derive(Debug, Clone, Copy)]
pub(super) struct Member {
    /// Place in the archive's directory.
    pub(super) index: usize,
    /// Bytes as unpacked.
    pub(super) size: u64,
}

impl Archive {
    /// Streams the archive itself into `sink`.
    ///
    /// # Errors
    /// What reading or the sink reports.
    pub(super) fn copy_all(&mut self, sink: &mut dyn Write) -> io::Result<u64> {
        // The handle shares its place with the reader, which seeks before every member.
        self.file.rewind()?;
        io::copy(&mut self.file, sink)
    }

    /// SHA-256 and size of the archive itself.
    ///
    /// # Errors
    /// What reading reports.
    pub(super) fn measure(&mut self) -> io::Result<(String, u64)> {
        self.file.rewind()?;
        digest::sha256_reader(&mut self.file)
    }

    /// The bytes of a small member.
    ///
    /// # Errors
    /// When it has more than `most` bytes, or the archive is damaged there.
    pub(super) fn read(&mut self, name: &str, most: u64) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.copy(name, most, &mut bytes)?;
        Ok(bytes)
    }

    /// Streams a member into `sink` and returns its SHA-256 and size.
    ///
    /// # Errors
    /// When it has more than `most` bytes, the archive is damaged there, or the sink fails.
    pub(super) fn copy(&mut self, name: &str, most: u64, sink: &mut dyn Write) -> io::Result<(String, u64)> {
        let member = *self.members.get(name).ok_or(io::ErrorKind::NotFound)?;
        if member.size > most {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        // The directory's size is a claim: one byte more is asked for, to see whether it was a lie.
        let source = self.zip.by_index(member.index)?.take(member.size.saturating_add(1));
        let measured = digest::sha256_reader(&mut Tee { source, sink })?;
        if measured.1 == member.size { Ok(measured) } else { Err(io::ErrorKind::InvalidData.into()) }
    }
}

/// Passes on what it reads.
struct Tee<'a, R> {
    source: R,
    sink: &'a mut dyn Write,
}

impl<R: Read> Read for Tee<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.source.read(buffer)?;
        self.sink.write_all(buffer.get(..count).unwrap_or_default())?;
        Ok(count)
    }
}
