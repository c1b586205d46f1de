//! Where the files of a package come from: a folder that a person edits, or the members of a verified bundle.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use crate::{digest, intake::shipped};

/// Largest file that is read into memory, in bytes. Attachments are not.
pub const LARGEST: u64 = 8 * 1024 * 1024;
/// Most folders below each other that are looked into.
const DEEPEST: usize = 4;

/// The files of a package, by name: relative, with `/` between folder and file.
pub trait Source {
    /// All names, in byte order.
    ///
    /// # Errors
    /// What listing reports.
    fn names(&self) -> io::Result<Vec<String>>;

    /// The bytes of a small file.
    ///
    /// # Errors
    /// What reading reports; `FileTooLarge` above [`LARGEST`].
    fn read(&self, name: &str) -> io::Result<Vec<u8>>;

    /// Size and SHA-256 of a file of any size.
    ///
    /// # Errors
    /// What reading reports.
    fn digest(&self, name: &str) -> io::Result<(u64, String)>;

    /// Names of what is neither file nor folder, such as symbolic links. A package has none.
    ///
    /// # Errors
    /// What listing reports.
    fn oddities(&self) -> io::Result<Vec<String>> {
        Ok(Vec::new())
    }

    /// The bytes of the shipped rubric `id`: of this program, or those that a bundle brought along.
    fn shipped_rubric(&self, id: &str) -> Option<Vec<u8>> {
        shipped::find(id).map(|rubric| rubric.text.as_bytes().to_vec())
    }
}

/// A folder on this machine.
#[derive(Debug, Clone)]
pub struct Folder {
    root: PathBuf,
}

impl Folder {
    /// The folder at `root`.
    #[must_use]
    pub const fn new(root: PathBuf) -> Self {
        Self { root }
    }

    fn walk(&self, folder: &Path, depth: usize, out: &mut Listing) -> io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let path = entry.path();
            // By its parts: on Unix a backslash is a character of a name like any other, and no folder begins there.
            let parts = path.strip_prefix(&self.root).unwrap_or(&path).components();
            let name = parts.map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
            // Asked of the entry itself: what a symbolic link points at lies outside.
            let kind = entry.file_type()?;
            if kind.is_dir() && depth < DEEPEST {
                self.walk(&path, depth.saturating_add(1), out)?;
            } else if kind.is_file() {
                out.files.push(name);
            } else {
                out.oddities.push(name);
            }
        }
        Ok(())
    }

    fn listing(&self) -> io::Result<Listing> {
        let mut out = Listing::default();
        self.walk(&self.root, 0, &mut out)?;
        out.files.sort();
        out.oddities.sort();
        Ok(out)
    }
}

#[derive(Default)]
struct Listing {
    files: Vec<String>,
    oddities: Vec<String>,
}

impl Source for Folder {
    fn names(&self) -> io::Result<Vec<String>> {
        Ok(self.listing()?.files)
    }

    fn read(&self, name: &str) -> io::Result<Vec<u8>> {
        let path = self.root.join(name);
        if fs::metadata(&path)?.len() > LARGEST {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        fs::read(path)
    }

    fn digest(&self, name: &str) -> io::Result<(u64, String)> {
        let (digest, size) = digest::sha256_reader(&mut fs::File::open(self.root.join(name))?)?;
        Ok((size, digest))
    }

    fn oddities(&self) -> io::Result<Vec<String>> {
        Ok(self.listing()?.oddities)
    }
}
