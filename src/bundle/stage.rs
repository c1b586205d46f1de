//! Staging: a bundle is copied once into a private file, and from then on only those bytes are looked at. What is verified is
//! what is used; nobody can exchange the file on the stick in between.

use std::{
    fs::File,
    io::{self, Read, Seek, Write},
    path::{Path, PathBuf},
};

use crate::{
    bundle::kind::Kind,
    digest,
    domain::text::{Explain, Message},
    msg,
};

/// Room for an archive's own bytes beside its members': about what 20,000 members need.
const OVERHEAD: u64 = 16 * 1024 * 1024;

/// The private copy of a bundle, not verified yet. The only way on is [`Staged::inspect`].
#[derive(Debug)]
pub struct Staged {
    pub(super) file: File,
    pub(super) name: String,
}

/// A bundle could not be staged.
#[derive(Debug, thiserror::Error)]
pub enum StageError {
    /// The file cannot be read.
    #[error("cannot read {file}")]
    Read {
        /// Which.
        file: PathBuf,
        /// Why.
        #[source]
        cause: io::Error,
    },
    /// It is a folder, a device or the like.
    #[error("{file} is not a file")]
    NotAFile {
        /// Which.
        file: PathBuf,
    },
    /// It has more bytes than any bundle that is awaited here.
    #[error("{file} has more than {most} bytes")]
    TooLarge {
        /// Which.
        file: PathBuf,
        /// Most bytes.
        most: u64,
    },
    /// The private copy cannot be written.
    #[error("cannot write a copy of {file}")]
    Copy {
        /// Which.
        file: PathBuf,
        /// Why.
        #[source]
        cause: io::Error,
    },
}

impl Staged {
    /// Copies the bundle at `path` into a nameless private file in `workdir`, which is gone with this value. `awaited` are the
    /// kinds that make sense here; a file larger than any of them is not even copied.
    ///
    /// # Errors
    /// When it cannot be read or copied, or is no plain file of a sensible size.
    pub fn copy_of(path: &Path, workdir: &Path, awaited: &[Kind]) -> Result<Self, StageError> {
        let file = || path.to_owned();
        let read = |cause| StageError::Read { file: file(), cause };
        let copy = |cause| StageError::Copy { file: file(), cause };
        // Asked before opening: opening a pipe would wait for its writer.
        if !std::fs::metadata(path).map_err(read)?.is_file() {
            return Err(StageError::NotAFile { file: file() });
        }
        let most = awaited.iter().map(|kind| kind.limits().together).max().unwrap_or_default().saturating_add(OVERHEAD);
        let mut source = File::open(path).map_err(read)?.take(most.saturating_add(1));
        let mut target = tempfile::tempfile_in(workdir).map_err(copy)?;
        if io::copy(&mut source, &mut target).map_err(copy)? > most {
            return Err(StageError::TooLarge { file: file(), most });
        }
        target.rewind().map_err(copy)?;
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        Ok(Self { file: target, name })
    }

    /// Stages a bundle that lies inside another one, `name` with `.zip`.
    ///
    /// # Errors
    /// When the private copy cannot be written.
    pub fn nested(name: &str, bytes: &[u8], workdir: &Path) -> Result<Self, StageError> {
        let copy = |cause| StageError::Copy { file: PathBuf::from(name), cause };
        let mut target = tempfile::tempfile_in(workdir).map_err(copy)?;
        target.write_all(bytes).and_then(|()| target.rewind()).map_err(copy)?;
        Ok(Self { file: target, name: name.to_owned() })
    }

    /// The same private bytes, to be looked at once more: with other trust, after a first look said whose signature is on them.
    ///
    /// # Errors
    /// When the system gives no second handle.
    pub fn again(&self) -> io::Result<Self> {
        Ok(Self { file: self.file.try_clone()?, name: self.name.clone() })
    }

    /// SHA-256 of the private bytes.
    ///
    /// # Errors
    /// What reading them reports.
    pub fn sha256(&self) -> io::Result<String> {
        let mut file = self.file.try_clone()?;
        file.rewind()?;
        let (digest, _) = digest::sha256_reader(&mut file)?;
        file.rewind()?;
        Ok(digest)
    }

    /// Takes a file that this program has just written, as if it had the name `name` already.
    pub(super) fn own(path: &Path, name: String) -> io::Result<Self> {
        Ok(Self { file: File::open(path)?, name })
    }
}

impl Explain for StageError {
    fn what(&self) -> Message {
        match self {
            Self::Read { file, cause } => msg!("err-stage-read", file = file.display(), cause = cause),
            Self::NotAFile { file } => msg!("err-stage-not-a-file", file = file.display()),
            Self::TooLarge { file, most } => msg!("err-stage-too-large", file = file.display(), most = most),
            Self::Copy { file, cause } => msg!("err-stage-copy", file = file.display(), cause = cause),
        }
    }

    fn advice(&self) -> Message {
        match self {
            Self::Read { .. } => msg!("rec-bundle-copy-again"),
            Self::NotAFile { .. } | Self::TooLarge { .. } => msg!("rec-stage-other-file"),
            Self::Copy { .. } => msg!("rec-stage-room"),
        }
    }
}
