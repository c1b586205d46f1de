//! The BagIt 1.0 bag inside a bundle (RFC 8493), in a profile that leaves nothing open: SHA-256 only, every file listed, the
//! tag manifest mandatory, and each list in the one order and form that we write.

use std::collections::BTreeMap;

use crate::{
    bundle::{name::is_member_name, passport::Passport},
    domain::time::Moment,
};

/// The bag declaration.
pub const DECLARATION: &str = "bagit.txt";
/// What the bag says about itself.
pub const INFO: &str = "bag-info.txt";
/// Digests of everything below `data/`.
pub const MANIFEST: &str = "manifest-sha256.txt";
/// Digests of everything else; this is what is signed.
pub const TAG_MANIFEST: &str = "tagmanifest-sha256.txt";
/// Tag files that a bundle may have beyond the four; named outside BagIt's own scheme and listed in the tag manifest.
pub const MORE_TAG_FILES: [&str; 3] = ["allowed_signers", "allowed_signers-dated", "digests-sm3.txt"];

/// The only content of `bagit.txt`.
pub const DECLARED: &[u8] = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";

/// Names with their SHA-256, in the order of the names.
pub type Manifest = BTreeMap<String, String>;

/// A line of a manifest is not one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line} of a manifest")]
pub struct BadLine {
    /// Line, from 1.
    pub line: usize,
}

/// The bytes of a manifest.
#[must_use]
pub fn manifest_bytes(manifest: &Manifest) -> Vec<u8> {
    manifest.iter().flat_map(|(name, digest)| format!("{digest}  {name}\n").into_bytes()).collect()
}

/// Reads a manifest: lines `<64 hex>  <name>` with LF, ascending by name, no name twice, no comment, no escape.
///
/// # Errors
/// The first line that is not so.
pub fn read_manifest(bytes: &[u8]) -> Result<Manifest, BadLine> {
    let text = std::str::from_utf8(bytes).map_err(|error| BadLine { line: 1 + newlines(bytes.get(..error.valid_up_to())) })?;
    let mut manifest = Manifest::new();
    for (at, line) in text.split_inclusive('\n').enumerate() {
        let bad = BadLine { line: at + 1 };
        let (digest, name) = line.strip_suffix('\n').and_then(|line| line.split_once("  ")).ok_or_else(|| bad.clone())?;
        let ascending = manifest.last_key_value().is_none_or(|(last, _)| last.as_str() < name);
        if !is_digest(digest) || !is_member_name(name) || !ascending {
            return Err(bad);
        }
        manifest.insert(name.to_owned(), digest.to_owned());
    }
    Ok(manifest)
}

fn newlines(bytes: Option<&[u8]>) -> usize {
    bytes.unwrap_or_default().iter().filter(|byte| **byte == b'\n').count()
}

fn is_digest(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// The bytes of `bag-info.txt`. Everything in it follows from the bundle's signed statement and the size of its payload,
/// so a reader makes it again and compares.
#[must_use]
pub fn info_bytes(passport: &Passport, payload_bytes: u64, payload_files: usize) -> Vec<u8> {
    let day = Moment::day(&passport.claimed_time).map(|day| day.to_string()).unwrap_or_default();
    format!(
        "Bag-Software-Agent: {} {}\nBagging-Date: {day}\nExternal-Identifier: {}\nPayload-Oxum: {payload_bytes}.{payload_files}\n",
        passport.tool.name,
        passport.tool.version,
        passport.name(),
    )
    .into_bytes()
}

/// Whether `name` is a tag file that the tag manifest has to list.
#[must_use]
pub fn is_listed_tag_file(name: &str) -> bool {
    [DECLARATION, INFO, MANIFEST].contains(&name) || MORE_TAG_FILES.contains(&name)
}
