//! The journal's lines: how an entry becomes one, and how far a file of lines can be proved.
//!
//! `seq TAB previous hash TAB time TAB writer TAB payload TAB hash LF`; the hash covers everything before its own tab.

use std::{fs, path::Path};

use serde::{Deserialize, Serialize};

use crate::{
    digest,
    domain::change::{Change, Entry, Link, Seq},
    store::StoreError,
};

/// What stands in the first entry where the hash of the previous one would.
const NO_HASH: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// The last entry of a chain. Two chains with the same head are the same chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Number of the last entry.
    pub seq: Seq,
    /// Its hash, 64 hexadecimal digits.
    pub hash: String,
}

/// How a file of lines ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tail {
    /// With the last proved line.
    Clean,
    /// With a piece of a line: a write that was cut off.
    Torn,
    /// With lines that do not follow from those before, the first of them numbered from 1.
    Damaged {
        /// Line number.
        line: usize,
        /// Whether it is the only one.
        last: bool,
    },
}

/// The proved part of a file of lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain {
    /// Entries.
    pub entries: Vec<Entry>,
    /// The same as lines, without line feeds.
    pub lines: Vec<String>,
    /// Length of the proved part in bytes.
    pub proved: u64,
    /// How the file goes on after it.
    pub tail: Tail,
}

/// How far a file of lines is proved.
pub(super) struct Proof {
    /// The last proved entry.
    pub(super) head: Head,
    /// Length of the proved part in bytes.
    pub(super) length: u64,
    /// How the file goes on after it.
    pub(super) tail: Tail,
}

/// What a line carries beside number, time and writer.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Payload {
    change: Change,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    link: Option<Link>,
}

impl Chain {
    /// The last proved entry; `None` when not even the first line is proved.
    #[must_use]
    pub fn head(&self) -> Option<Head> {
        // Entries are numbered from 0 without gaps, so the number of the last follows from how many lines there are.
        let seq = self.lines.len().checked_sub(1)? as Seq;
        Some(Head { seq, hash: hash_of(self.lines.last()?)?.to_owned() })
    }

    /// Whether every proved line of `other` is a proved line here, at the same place.
    #[must_use]
    pub fn covers(&self, other: &Self) -> bool {
        self.lines.starts_with(&other.lines)
    }

    /// Whether the entry that `head` names stands here.
    #[must_use]
    pub fn has(&self, head: &Head) -> bool {
        usize::try_from(head.seq).ok().and_then(|at| self.lines.get(at)).and_then(|line| hash_of(line)) == Some(head.hash.as_str())
    }

    /// This chain, and after it the lines of the journal `file` from the same place on, as far as they follow. So a damaged line
    /// costs nothing when another witness has it and the journal has the rest. The tail is that of the file: clean only when
    /// nothing of it is left over.
    #[must_use]
    pub(super) fn continued(&self, file: &[u8]) -> Self {
        let mut bytes = self.bytes();
        let mut rest = file;
        for _ in 0..self.lines.len() {
            let Some(end) = rest.iter().position(|byte| *byte == b'\n') else {
                // A piece of a line that this chain has whole.
                rest = &[];
                break;
            };
            rest = rest.get(end.saturating_add(1)..).unwrap_or_default();
        }
        bytes.extend_from_slice(rest);
        read_chain(&bytes)
    }

    /// The proved lines as the bytes of a journal file.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        self.bytes_from(0)
    }

    /// The proved lines from entry `seq` on, as the bytes of a journal file.
    pub(super) fn bytes_from(&self, seq: Seq) -> Vec<u8> {
        let mut bytes = Vec::new();
        for line in self.lines.iter().skip(usize::try_from(seq).unwrap_or(usize::MAX)) {
            bytes.extend_from_slice(line.as_bytes());
            bytes.push(b'\n');
        }
        bytes
    }

    /// How far `bytes` are proved; `None` when not even the first line is. What is byte for byte a line of this chain at its
    /// place needs no second proof; a file that goes its own way is proved from its beginning.
    pub(super) fn proof(&self, bytes: &[u8]) -> Option<Proof> {
        let mut rest = bytes;
        let mut known = 0_usize;
        for line in &self.lines {
            let Some(behind) = rest.strip_prefix(line.as_bytes()).and_then(|behind| behind.strip_prefix(b"\n")) else {
                break;
            };
            known = known.saturating_add(1);
            rest = behind;
        }
        if rest.contains(&b'\n') {
            let chain = read_chain(bytes);
            return Some(Proof { head: chain.head()?, length: chain.proved, tail: chain.tail });
        }
        let line = self.lines.get(known.checked_sub(1)?)?;
        let head = Head { seq: (known as Seq).saturating_sub(1), hash: hash_of(line)?.to_owned() };
        let length = (bytes.len() as u64).saturating_sub(rest.len() as u64);
        Some(Proof { head, length, tail: if rest.is_empty() { Tail::Clean } else { Tail::Torn } })
    }
}

/// The line of `entry` after a line with the hash `previous` (`None` for the first), and its own hash.
///
/// # Errors
/// An entry that cannot be written as JSON; none of ours is such.
pub(super) fn encode(entry: &Entry, previous: Option<&str>) -> Result<(String, String), StoreError> {
    let payload = Payload { change: entry.change.clone(), link: entry.link };
    let payload = serde_json::to_string(&payload).map_err(|error| StoreError::Unwritable { why: error.to_string() })?;
    let body = format!("{}\t{}\t{}\t{}\t{payload}", entry.seq, previous.unwrap_or(NO_HASH), entry.time, entry.writer);
    let hash = digest::sha256_hex(body.as_bytes());
    Ok((format!("{body}\t{hash}"), hash))
}

/// Proves as much of `bytes` as follows from its beginning.
#[must_use]
pub fn read_chain(bytes: &[u8]) -> Chain {
    let mut chain = Chain { entries: Vec::new(), lines: Vec::new(), proved: 0, tail: Tail::Clean };
    let mut rest = bytes;
    let mut previous = NO_HASH.to_owned();
    while !rest.is_empty() {
        let Some(end) = rest.iter().position(|byte| *byte == b'\n') else {
            chain.tail = Tail::Torn;
            break;
        };
        let (line, behind) = rest.split_at(end);
        let behind = behind.get(1..).unwrap_or_default();
        let Some((entry, text, hash)) = decode(line, &previous, chain.entries.len()) else {
            chain.tail = Tail::Damaged { line: chain.lines.len().saturating_add(1), last: behind.is_empty() };
            break;
        };
        previous = hash;
        chain.entries.push(entry);
        chain.lines.push(text);
        chain.proved = chain.proved.saturating_add(end as u64).saturating_add(1);
        rest = behind;
    }
    chain
}

/// Proves a journal file.
///
/// # Errors
/// What reading the file reports.
pub(super) fn read_file(path: &Path) -> Result<Chain, StoreError> {
    fs::read(path).map(|bytes| read_chain(&bytes)).map_err(|source| StoreError::io(path, source))
}

/// The hash at the end of a line.
pub(super) fn hash_of(line: &str) -> Option<&str> {
    line.rsplit_once('\t').map(|(_, hash)| hash)
}

fn decode(line: &[u8], previous: &str, seq: usize) -> Option<(Entry, String, String)> {
    let text = std::str::from_utf8(line).ok()?;
    let (body, hash) = text.rsplit_once('\t')?;
    if digest::sha256_hex(body.as_bytes()) != hash {
        return None;
    }
    let mut cells = body.splitn(5, '\t');
    let number: Seq = cells.next()?.parse().ok()?;
    if usize::try_from(number).ok()? != seq || cells.next()? != previous {
        return None;
    }
    let time = cells.next()?.parse().ok()?;
    let writer = cells.next()?.parse().ok()?;
    let payload: Payload = serde_json::from_str(cells.next()?).ok()?;
    let entry = Entry { seq: number, time, writer, change: payload.change, link: payload.link };
    Some((entry, text.to_owned(), hash.to_owned()))
}
