//! Where the archive is written. The library that packs it seeks and counts, and takes for granted that the file is as long as what
//! it wrote; when the medium refuses, it must learn so from us, once, and not from a count that no longer fits.

use std::io::{self, Seek, SeekFrom, Write};

/// A file that keeps the first refusal of the medium for [`Steady::into_inner`] and pretends from then on that all is well.
pub(super) struct Steady<W> {
    inner: W,
    at: u64,
    end: u64,
    refused: Option<io::Error>,
}

impl<W: Write + Seek> Steady<W> {
    /// Writes to `inner`, an empty file.
    pub(super) const fn new(inner: W) -> Self {
        Self { inner, at: 0, end: 0, refused: None }
    }

    /// The file, when every byte was taken.
    ///
    /// # Errors
    /// What the medium refused first.
    pub(super) fn into_inner(self) -> io::Result<W> {
        self.refused.map_or(Ok(self.inner), Err)
    }

    /// What `act` gives; `pretended` when the medium refused, now or before.
    fn attempt<T>(&mut self, pretended: T, act: impl FnOnce(&mut W) -> io::Result<T>) -> io::Result<T> {
        if self.refused.is_some() {
            return Ok(pretended);
        }
        match act(&mut self.inner) {
            Err(error) if error.kind() != io::ErrorKind::Interrupted => {
                self.refused = Some(error);
                Ok(pretended)
            }
            outcome => outcome,
        }
    }
}

impl<W: Write + Seek> Write for Steady<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = self.attempt(bytes.len(), |inner| inner.write(bytes))?;
        self.at = self.at.saturating_add(taken as u64);
        self.end = self.end.max(self.at);
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.attempt((), Write::flush)
    }
}

impl<W: Write + Seek> Seek for Steady<W> {
    fn seek(&mut self, target: SeekFrom) -> io::Result<u64> {
        let place = match target {
            SeekFrom::Start(place) => Some(place),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
            SeekFrom::End(by) => self.end.checked_add_signed(by),
        };
        let place = place.ok_or(io::ErrorKind::InvalidInput)?;
        self.attempt(place, |inner| inner.seek(SeekFrom::Start(place)))?;
        self.at = place;
        Ok(place)
    }
}
