//! A verified bundle. There is no other way to one than through [`crate::bundle::stage::Staged::inspect`], so whoever holds it
//! reads bytes that a trusted person signed.

use std::{
    fmt,
    fs::File,
    io::{self, Write},
    path::Path,
};

use crate::{
    bundle::{
        bag,
        contents::Archive,
        inspect::{self, Bag},
        layer::Report,
        name::{BundleName, signature_member, signer_of},
        passport::Passport,
        trust::SignedBy,
    },
    domain::{
        ids::PersonCode,
        panel::Role,
        text::{Explain, Message},
    },
    msg,
};

/// Largest member that is read into memory; larger ones are streamed.
pub const LARGEST_IN_MEMORY: u64 = 64 * 1024 * 1024;

/// A bundle whose bytes are whole and from people who may sign it. What it says is still to be checked: layers 6 to 9.
pub struct Verified {
    archive: Archive,
    bag: Bag,
    report: Report,
}

/// A member of a verified bundle cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum MemberError {
    /// The bundle has none of that name.
    #[error("no member {member}")]
    Missing {
        /// Which.
        member: String,
    },
    /// It has more bytes than fit into memory.
    #[error("{member} is too large for memory")]
    TooLarge {
        /// Which.
        member: String,
    },
    /// The private copy cannot be read any more, or the target not be written.
    #[error("cannot read {member}")]
    Io {
        /// Which.
        member: String,
        /// Why.
        #[source]
        cause: io::Error,
    },
}

impl Verified {
    pub(super) const fn new(archive: Archive, bag: Bag, report: Report) -> Self {
        Self { archive, bag, report }
    }

    /// Opens a bundle again that this machine verified before and whose digest it kept. Not all bytes are read: the lists are
    /// compared with the digest now, and every member with the lists when it is read, so start-up does not wait for attachments.
    ///
    /// # Errors
    /// The report, where the file cannot be opened or is not the bundle with this digest.
    pub fn known(path: &Path, digest: &str) -> Result<Self, Box<Report>> {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        inspect::known(File::open(path), &name, digest)
    }

    /// What the bundle says about itself.
    #[must_use]
    pub const fn passport(&self) -> &Passport {
        &self.bag.passport
    }

    /// Its name.
    #[must_use]
    pub const fn name(&self) -> &BundleName {
        &self.archive.name
    }

    /// Its digest: SHA-256 of the tag manifest, which is what was signed.
    #[must_use]
    pub fn digest(&self) -> &str {
        self.report.digest.as_deref().unwrap_or_default()
    }

    /// Everybody who signed, each with a signature that counts.
    #[must_use]
    pub fn signers(&self) -> &[SignedBy] {
        &self.report.signers
    }

    /// Whether a signature of `code` in `role` lies in it.
    #[must_use]
    pub fn is_signed_by(&self, role: Role, code: &PersonCode) -> bool {
        self.archive.members.contains_key(&signature_member(role, code))
    }

    /// The report with layers 1 to 5 entered; the workflow enters the others.
    #[must_use]
    pub const fn report(&self) -> &Report {
        &self.report
    }

    /// The members that signatures cover, below the top folder, in order, each with its SHA-256.
    pub fn members(&self) -> impl Iterator<Item = (&str, &str)> {
        self.bag.manifest.iter().chain(&self.bag.tags).map(|(name, digest)| (name.as_str(), digest.as_str()))
    }

    /// The SHA-256 of a member.
    #[must_use]
    pub fn member_digest(&self, member: &str) -> Option<&str> {
        self.bag.manifest.get(member).or_else(|| self.bag.tags.get(member)).map(String::as_str)
    }

    /// The size of a member in bytes.
    #[must_use]
    pub fn member_size(&self, member: &str) -> Option<u64> {
        self.archive.members.get(member).map(|member| member.size)
    }

    /// Every member with its size in bytes and its SHA-256, what proves the others included: the list of a records officer.
    ///
    /// # Errors
    /// What reading the private copy reports.
    pub fn inventory(&mut self) -> Result<Vec<(String, u64, String)>, MemberError> {
        let names: Vec<String> = self.archive.members.keys().cloned().collect();
        let mut lines = Vec::new();
        for name in names {
            let measured = self.archive.copy(&name, u64::MAX, &mut io::sink());
            let (digest, size) = measured.map_err(|cause| MemberError::Io { member: name.clone(), cause })?;
            lines.push((name, size, digest));
        }
        Ok(lines)
    }

    /// SHA-256 and size of the bundle's own file.
    ///
    /// # Errors
    /// What reading the private copy reports.
    pub fn measure(&mut self) -> io::Result<(String, u64)> {
        self.archive.measure()
    }

    /// The signed bytes: those of the tag manifest.
    pub(super) fn signed(&self) -> &[u8] {
        &self.bag.signed
    }

    /// What proves the members: tag manifest and signatures, by name.
    pub(super) fn proofs(&mut self) -> Result<Vec<(String, Vec<u8>)>, MemberError> {
        let is_proof = |name: &str| name == bag::TAG_MANIFEST || signer_of(name).is_some();
        let names: Vec<String> = self.archive.members.keys().filter(|name| is_proof(name)).cloned().collect();
        let mut proofs = Vec::new();
        for name in names {
            let bytes = self.archive.read(&name, LARGEST_IN_MEMORY).map_err(|cause| MemberError::Io { member: name.clone(), cause })?;
            proofs.push((name, bytes));
        }
        Ok(proofs)
    }

    /// The bytes of a member, up to [`LARGEST_IN_MEMORY`].
    ///
    /// # Errors
    /// When there is none, it is too large, or the private copy cannot be read.
    pub fn read(&mut self, member: &str) -> Result<Vec<u8>, MemberError> {
        let mut bytes = Vec::new();
        self.stream(member, LARGEST_IN_MEMORY, &mut bytes)?;
        Ok(bytes)
    }

    /// Streams a member of any size into `sink`. Where this fails, what the sink got is to be thrown away.
    ///
    /// # Errors
    /// When there is none, or reading or writing fails.
    pub fn copy_to(&mut self, member: &str, sink: &mut dyn Write) -> Result<(), MemberError> {
        self.stream(member, u64::MAX, sink)
    }

    /// Streams the bundle itself into `sink`: the very bytes that were verified.
    ///
    /// # Errors
    /// What reading the private copy or writing reports.
    pub fn copy_bundle_to(&mut self, sink: &mut dyn Write) -> io::Result<()> {
        self.archive.copy_all(sink).map(drop)
    }

    fn stream(&mut self, member: &str, most: u64, sink: &mut dyn Write) -> Result<(), MemberError> {
        let named = || member.to_owned();
        let listed = self.member_digest(member).map(str::to_owned).ok_or_else(|| MemberError::Missing { member: named() })?;
        let (digest, _) = self.archive.copy(member, most, sink).map_err(|cause| match cause.kind() {
            io::ErrorKind::FileTooLarge => MemberError::TooLarge { member: named() },
            _ => MemberError::Io { member: named(), cause },
        })?;
        // The copy is private, but its medium may fail between two readings.
        if digest == listed { Ok(()) } else { Err(MemberError::Io { member: named(), cause: io::ErrorKind::InvalidData.into() }) }
    }
}

impl fmt::Debug for Verified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Verified").field("name", &self.archive.name).field("digest", &self.digest()).finish_non_exhaustive()
    }
}

impl Explain for MemberError {
    fn what(&self) -> Message {
        match self {
            Self::Missing { member } => msg!("err-bundle-missing", member = member),
            Self::TooLarge { member } => msg!("err-bundle-member-memory", member = member, most = LARGEST_IN_MEMORY),
            Self::Io { member, cause } => msg!("err-bundle-member-io", member = member, cause = cause),
        }
    }

    fn advice(&self) -> Message {
        match self {
            Self::Missing { .. } | Self::TooLarge { .. } => msg!("rec-bundle-again"),
            Self::Io { .. } => msg!("rec-bundle-copy-again"),
        }
    }
}
