//! Writing a bundle: whole under its final name or not at all, and read back and verified before anybody is told that it is there.

use std::{
    collections::BTreeMap,
    fs::File,
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

use tempfile::{Builder, NamedTempFile};

use crate::{
    bundle::{
        archive::{Source, pack},
        bag::{self, Manifest},
        draft::Draft,
        key::SecretKey,
        kind::Kind,
        layer::Report,
        name::{BundleName, is_member_name, signature_member},
        passport::{BadPassport, MEMBER},
        sshsig::{self, SignatureFault},
        stage::Staged,
        trust::{Trust, TrustError, Trusted, TrustedKey},
        verified::{MemberError, Verified},
    },
    digest,
    domain::{
        ids::PersonCode,
        panel::{Custody, Role},
        text::{Explain, Message},
    },
    msg,
};

/// Somebody who signs a bundle now.
pub struct Signer<'a> {
    /// In which role.
    pub role: Role,
    /// Who.
    pub code: PersonCode,
    /// With what.
    pub key: &'a SecretKey,
}

/// A bundle that lies on the medium, read back and verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Where.
    pub path: PathBuf,
    /// Its digest: SHA-256 of the tag manifest.
    pub digest: String,
    /// Bytes of the file.
    pub size: u64,
    /// SHA-256 of the file.
    pub file_sha256: String,
}

/// A bundle could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// Its own statement is not one.
    #[error("the bundle's statement: {0}")]
    Passport(#[from] BadPassport),
    /// A member has a name that no bundle can carry.
    #[error("bad member name {name:?}")]
    Name {
        /// The name.
        name: String,
    },
    /// A member cannot be read.
    #[error("cannot read {member}")]
    Member {
        /// Which.
        member: String,
        /// Why.
        #[source]
        cause: io::Error,
    },
    /// Signing failed.
    #[error("cannot sign: {0}")]
    Sign(#[from] SignatureFault),
    /// Two people sign with one key, or one person twice.
    #[error("signers: {0}")]
    Signers(#[from] TrustError),
    /// The medium refused.
    #[error("cannot write {file}")]
    Io {
        /// Which file.
        file: PathBuf,
        /// Why.
        #[source]
        cause: io::Error,
    },
    /// Another bundle has the name already.
    #[error("{file} exists with other content")]
    Exists {
        /// Which file.
        file: PathBuf,
    },
    /// What was read back is not what was written.
    #[error("{file} did not verify after writing")]
    ReadBack {
        /// Which file.
        file: PathBuf,
        /// What was found.
        report: Box<Report>,
    },
}

/// Writes `draft`, signed by `signers`, into `folder` and verifies it there. The same draft and keys give the same bytes.
///
/// # Errors
/// When anything fails; then `folder` is as before.
pub fn write(draft: &Draft, signers: &[Signer<'_>], folder: &Path) -> Result<Written, WriteError> {
    let (members, digest) = seal(draft, signers)?;
    // A result is signed by several people, one after the other, each on an own machine.
    let awaits_more = draft.passport.kind == Kind::Result;
    let trust = Trust { awaits_more, ..own_keys(signers)? };
    put(&members, digest, &draft.passport.name(), folder, &trust)
}

/// Writes `bundle` once more into `folder`, with the signature of `signer` beside those that it has: the content and its digest stay
/// the same. `trust` judges what is read back.
///
/// # Errors
/// When anything fails; then `folder` is as before.
pub fn countersign(bundle: &mut Verified, signer: &Signer<'_>, folder: &Path, trust: &Trust) -> Result<Written, WriteError> {
    let armor = sshsig::sign(signer.key, bundle.passport().kind.namespace(), bundle.signed())?;
    let added = BTreeMap::from([(signature_member(signer.role, &signer.code), armor.into_bytes())]);
    with_signatures(bundle, added, folder, trust)
}

/// Writes `bundle` once more into `folder`, with the signatures of `other`, which is the same content signed by others, beside its own.
///
/// # Errors
/// When anything fails; then `folder` is as before.
pub fn join_signatures(bundle: &mut Verified, other: &mut Verified, folder: &Path, trust: &Trust) -> Result<Written, WriteError> {
    let added = other.proofs().map_err(|error| unread(&error))?.into_iter().filter(|(name, _)| name != bag::TAG_MANIFEST).collect();
    with_signatures(bundle, added, folder, trust)
}

fn with_signatures(bundle: &mut Verified, added: BTreeMap<String, Vec<u8>>, folder: &Path, trust: &Trust) -> Result<Written, WriteError> {
    let names: Vec<String> = bundle.members().map(|(name, _)| name.to_owned()).collect();
    let mut members = BTreeMap::new();
    for name in names {
        let bytes = bundle.read(&name).map_err(|error| unread(&error))?;
        members.insert(name, Source::Bytes(bytes));
    }
    let proofs = bundle.proofs().map_err(|error| unread(&error))?;
    members.extend(proofs.into_iter().chain(added).map(|(name, bytes)| (name, Source::Bytes(bytes))));
    put(&members, bundle.digest().to_owned(), bundle.name(), folder, trust)
}

fn unread(error: &MemberError) -> WriteError {
    let (MemberError::Missing { member } | MemberError::TooLarge { member } | MemberError::Io { member, .. }) = error;
    WriteError::Member { member: member.clone(), cause: io::Error::other(error.to_string()) }
}

/// Packs `members` into a file in `folder`, verifies it under its temporary name, and then gives it its own.
fn put(members: &BTreeMap<String, Source>, digest: String, name: &BundleName, folder: &Path, trust: &Trust) -> Result<Written, WriteError> {
    let file = folder.join(name.file());
    let failed = |cause| WriteError::Io { file: file.clone(), cause };
    let temporary = Builder::new().prefix(".pingyi-").suffix(".part").tempfile_in(folder).map_err(failed)?;
    let buffered = pack(BufWriter::new(temporary), name.stem(), members).map_err(failed)?;
    let mut temporary = buffered.into_inner().map_err(|error| failed(error.into_error()))?;
    temporary.flush().and_then(|()| temporary.as_file().sync_all()).map_err(failed)?;
    let (file_sha256, size) = digest::sha256_file(temporary.path()).map_err(failed)?;
    read_back(temporary.path(), name, &file, trust)?;
    place(temporary, &file, &file_sha256)?;
    // The bytes were verified under their temporary name; under the final one they must be the same.
    if digest::sha256_file(&file).map_err(failed)?.0 != file_sha256 {
        return Err(failed(io::ErrorKind::InvalidData.into()));
    }
    Ok(Written { path: file, digest, size, file_sha256 })
}

/// Everything that goes into the archive, and the digest of what is signed.
fn seal(draft: &Draft, signers: &[Signer<'_>]) -> Result<(BTreeMap<String, Source>, String), WriteError> {
    let mut members: BTreeMap<String, Source> = BTreeMap::new();
    for (below_data, source) in &draft.members {
        members.insert(format!("data/{below_data}"), source.clone());
    }
    if members.insert(MEMBER.to_owned(), Source::Bytes(draft.passport.to_bytes()?)).is_some() {
        return Err(WriteError::Name { name: MEMBER.to_owned() });
    }
    if let Some(name) = members.keys().find(|name| !is_member_name(name)) {
        return Err(WriteError::Name { name: name.clone() });
    }
    let (manifest, bytes) = list(&members)?;
    let mut tags: BTreeMap<String, Source> = BTreeMap::from([
        (bag::DECLARATION.to_owned(), Source::Bytes(bag::DECLARED.to_vec())),
        (bag::INFO.to_owned(), Source::Bytes(bag::info_bytes(&draft.passport, bytes, manifest.len()))),
        (bag::MANIFEST.to_owned(), Source::Bytes(bag::manifest_bytes(&manifest))),
    ]);
    for (name, bytes) in &draft.tag_files {
        if !bag::MORE_TAG_FILES.contains(&name.as_str()) {
            return Err(WriteError::Name { name: name.clone() });
        }
        tags.insert(name.clone(), Source::Bytes(bytes.clone()));
    }
    let signed = bag::manifest_bytes(&list(&tags)?.0);
    members.append(&mut tags);
    for signer in signers {
        let armor = sshsig::sign(signer.key, draft.passport.kind.namespace(), &signed)?;
        members.insert(signature_member(signer.role, &signer.code), Source::Bytes(armor.into_bytes()));
    }
    let digest = digest::sha256_hex(&signed);
    members.insert(bag::TAG_MANIFEST.to_owned(), Source::Bytes(signed));
    Ok((members, digest))
}

/// Digests of all `members`, and their bytes together.
fn list(members: &BTreeMap<String, Source>) -> Result<(Manifest, u64), WriteError> {
    let mut manifest = Manifest::new();
    let mut together = 0_u64;
    for (name, source) in members {
        let (digest, size) = source.measure().map_err(|cause| WriteError::Member { member: name.clone(), cause })?;
        manifest.insert(name.clone(), digest);
        together = together.saturating_add(size);
    }
    Ok((manifest, together))
}

/// The signers' own keys, for reading back as a stranger would.
fn own_keys(signers: &[Signer<'_>]) -> Result<Trust, TrustError> {
    let trusted = |signer: &Signer<'_>| Trusted {
        code: signer.code.clone(),
        role: signer.role,
        keys: vec![TrustedKey { public: signer.key.public(), custody: Custody::Own, valid_after: None, valid_before: None, revoked: None }],
    };
    Trust::from_people(signers.iter().map(trusted).collect())
}

/// Verifies what lies at `path` as a stranger would.
fn read_back(path: &Path, name: &BundleName, file: &Path, trust: &Trust) -> Result<(), WriteError> {
    let staged = Staged::own(path, name.file()).map_err(|cause| WriteError::Io { file: file.to_owned(), cause })?;
    let refused = |report| WriteError::ReadBack { file: file.to_owned(), report };
    staged.inspect(Some(trust)).into_verified().map(|_| ()).map_err(refused)
}

/// Gives the finished file its name. A file of the same bytes that is there already is as good; any other stays.
fn place(temporary: NamedTempFile, file: &Path, file_sha256: &str) -> Result<(), WriteError> {
    let io = |cause| WriteError::Io { file: file.to_owned(), cause };
    let Err(refused) = temporary.persist_noclobber(file) else { return sync_folder(file).map_err(io) };
    if !file.try_exists().map_err(io)? {
        return Err(io(refused.error));
    }
    let is_same = digest::sha256_file(file).map_err(io)?.0 == file_sha256;
    if is_same { Ok(()) } else { Err(WriteError::Exists { file: file.to_owned() }) }
}

/// The name is durable only when the folder is; other systems than Unix do that with the file.
fn sync_folder(file: &Path) -> io::Result<()> {
    match file.parent() {
        Some(folder) if cfg!(unix) => File::open(folder)?.sync_all(),
        _ => Ok(()),
    }
}

impl Explain for WriteError {
    fn what(&self) -> Message {
        match self {
            Self::Passport(cause) => msg!("err-write-statement", cause = cause),
            Self::Name { name } => msg!("err-write-name", name = name),
            Self::Member { member, cause } => msg!("err-write-member", member = member, cause = cause),
            Self::Sign(cause) => msg!("err-write-sign").with_message("cause", cause.what()),
            Self::Signers(cause) => msg!("err-write-signers").with_message("cause", cause.what()),
            Self::Io { file, cause } => msg!("err-write-io", file = file.display(), cause = cause),
            Self::Exists { file } => msg!("err-write-exists", file = file.display()),
            Self::ReadBack { file, .. } => msg!("err-write-read-back", file = file.display()),
        }
    }

    fn advice(&self) -> Message {
        match self {
            Self::Passport(_) | Self::Name { .. } | Self::Member { .. } => msg!("rec-write-content"),
            Self::Sign(_) | Self::Signers(_) => msg!("rec-write-signers"),
            Self::Io { .. } => msg!("rec-write-medium"),
            Self::Exists { .. } => msg!("rec-write-exists"),
            Self::ReadBack { .. } => msg!("rec-write-read-back"),
        }
    }
}
