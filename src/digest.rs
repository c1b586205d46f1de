//! SHA-256, in the one place that names the hash crate. The journal's chain and the bundles' manifests both stand on it.

use std::{
    fs::File,
    io::{self, Read},
    path::Path,
};

use sha2::{Digest as _, Sha256};

/// SHA-256 of `bytes`, as 64 lower-case hexadecimal digits.
#[must_use]
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// SHA-256 of `bytes`, as bytes.
#[must_use]
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// SHA-256 of everything that `source` gives, as 64 lower-case hexadecimal digits, with the number of bytes. Streams.
///
/// # Errors
/// What reading the source reports.
pub fn sha256_reader(source: &mut impl Read) -> io::Result<(String, u64)> {
    let mut state = Sha256::new();
    let mut buffer = vec![0_u8; 64 * 1024];
    let mut size = 0_u64;
    loop {
        let count = source.read(&mut buffer)?;
        let Some(chunk) = buffer.get(..count).filter(|chunk| !chunk.is_empty()) else {
            return Ok((hex(&state.finalize()), size));
        };
        state.update(chunk);
        size = size.saturating_add(count as u64);
    }
}

/// SHA-256 of the file at `path`, and its size. Streams.
///
/// # Errors
/// What reading it reports.
pub fn sha256_file(path: &Path) -> io::Result<(String, u64)> {
    sha256_reader(&mut File::open(path)?)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
