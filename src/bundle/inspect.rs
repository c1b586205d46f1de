//! The one verify path: layers 1 to 5 of a staged bundle. Every layer says all that it finds; a layer that an earlier failure
//! leaves without footing stays not checked.

use std::{collections::BTreeMap, fs::File, io};

use crate::{
    bundle::{
        admit,
        bag::{self, Manifest},
        contents::Archive,
        layer::{Findings, LayerId, Report},
        name::{BundleName, signer_of},
        passport::{self, Passport},
        sign_check, sshsig,
        stage::Staged,
        trust::Trust,
        verified::Verified,
    },
    digest, msg,
};

/// Largest tag file or manifest: 20,000 names of full length.
const LARGEST_LIST: u64 = 16 * 1024 * 1024;
/// Largest `bundle.json`.
const LARGEST_PASSPORT: u64 = 1024 * 1024;

/// What inspecting a bundle gave.
#[derive(Debug)]
pub struct Inspection {
    /// What was found, layer by layer.
    pub report: Report,
    /// The bundle's content; there is only one where layers 1 to 5 all pass.
    verified: Option<Verified>,
}

impl Inspection {
    /// The verified content.
    ///
    /// # Errors
    /// The report, where the bundle is refused or not everything was checked.
    pub fn into_verified(self) -> Result<Verified, Box<Report>> {
        self.verified.ok_or_else(|| Box::new(self.report))
    }
}

impl Staged {
    /// Looks at the staged bytes. Without `trust`, signatures are checked but nobody says whose they are, so there is no verified
    /// content; the report then names the keys, to be compared with the printed fingerprint.
    #[must_use]
    pub fn inspect(self, trust: Option<&Trust>) -> Inspection {
        let mut report = Report::new(&self.name);
        let verified = inspect_layers(self, trust, &mut report).filter(|_| report.is_authentic());
        let verified = verified.map(|(archive, bag)| Verified::new(archive, bag, report.clone()));
        Inspection { report, verified }
    }
}

/// A bag whose lists could be read.
pub(super) struct Bag {
    pub(super) manifest: Manifest,
    pub(super) tags: Manifest,
    /// The signed bytes.
    pub(super) signed: Vec<u8>,
    pub(super) passport: Passport,
}

/// Opens a bundle whose digest is known; see [`Verified::known`].
pub(super) fn known(file: io::Result<File>, name: &str, digest: &str) -> Result<Verified, Box<Report>> {
    let mut report = Report::new(name);
    match known_layers(file, digest, &mut report) {
        Some((archive, bag)) if report.errors().next().is_none() => Ok(Verified::new(archive, bag, report)),
        _ => Err(Box::new(report)),
    }
}

fn known_layers(file: io::Result<File>, digest: &str, report: &mut Report) -> Option<(Archive, Bag)> {
    let mut found = Findings::default();
    let archive = match file {
        Ok(file) => admit::open(file, &mut found),
        Err(cause) => {
            found.error("container-unopened", "", msg!("err-bundle-cannot-open", cause = cause), msg!("rec-bundle-copy-again"));
            None
        }
    };
    report.enter(LayerId::Container, found, archive.is_some());
    let mut archive = archive?;
    report.kind = Some(archive.name.kind());

    let mut found = Findings::default();
    let lists = read_lists(&mut archive, &mut found);
    report.enter(LayerId::Completeness, found, lists.is_some());
    let Lists { manifest, tags, signed } = lists?;
    let is = digest::sha256_hex(&signed);

    let mut found = Findings::default();
    if is != digest {
        let what = msg!("err-bundle-other-digest", wanted = digest, found = is);
        found.error("digest-differs", bag::TAG_MANIFEST, what, msg!("rec-bundle-other-digest"));
    }
    let statement = manifest.iter().filter(|(name, _)| *name == passport::MEMBER).map(|(name, digest)| (name.clone(), digest.clone()));
    judge_digests(&mut archive, &statement.collect(), &tags, &mut found);
    let passport = read_passport(&mut archive, &manifest, &mut found);
    report.enter(LayerId::Integrity, found, false);
    report.digest = Some(is);
    Some((archive, Bag { manifest, tags, signed, passport: passport? }))
}

fn inspect_layers(staged: Staged, trust: Option<&Trust>, report: &mut Report) -> Option<(Archive, Bag)> {
    let mut found = Findings::default();
    let archive = admit::open(staged.file, &mut found);
    if let Some(archive) = &archive {
        judge_file_name(&staged.name, &archive.name, &mut found);
    }
    report.enter(LayerId::Container, found, archive.is_some());
    let mut archive = archive?;
    report.kind = Some(archive.name.kind());

    let mut found = Findings::default();
    let lists = read_lists(&mut archive, &mut found);
    report.enter(LayerId::Completeness, found, lists.is_some());
    let Lists { manifest, tags, signed } = lists?;
    report.digest = Some(digest::sha256_hex(&signed));

    let mut found = Findings::default();
    judge_digests(&mut archive, &manifest, &tags, &mut found);
    let passport = read_passport(&mut archive, &manifest, &mut found);
    report.enter(LayerId::Integrity, found, true);

    let bag = Bag { manifest, tags, signed, passport: passport? };
    let armors = read_armors(&mut archive);
    sign_check::judge(&bag, &armors, trust, report);
    Some((archive, bag))
}

/// A file name that states another bundle than the one inside misleads people; one that states nothing is only worth a note.
fn judge_file_name(file: &str, name: &BundleName, found: &mut Findings) {
    if file == name.file() {
        return;
    }
    if file.strip_suffix(".zip").is_some_and(|stem| stem.parse::<BundleName>().is_ok()) {
        let what = msg!("err-bundle-file-name", file = file, name = name.file());
        found.error("container-file-name", "", what, msg!("rec-bundle-file-name", name = name.file()));
    } else {
        let what = msg!("note-bundle-renamed", file = file, name = name.file());
        found.note("container-renamed", "", what, msg!("rec-bundle-file-name", name = name.file()));
    }
}

struct Lists {
    manifest: Manifest,
    tags: Manifest,
    signed: Vec<u8>,
}

/// Reads both manifests and compares them with what is there; the sets must be equal.
fn read_lists(archive: &mut Archive, found: &mut Findings) -> Option<Lists> {
    let (manifest, _) = read_list(archive, bag::MANIFEST, found)?;
    let (tags, signed) = read_list(archive, bag::TAG_MANIFEST, found)?;
    for name in manifest.keys().filter(|name| !name.starts_with("data/")) {
        found.error("manifest-outside-payload", name, msg!("err-bundle-outside-payload", member = name), msg!("rec-bundle-again"));
    }
    for name in tags.keys().filter(|name| !bag::is_listed_tag_file(name)) {
        found.error("manifest-unknown-tag-file", name, msg!("err-bundle-unlisted", member = name), msg!("rec-bundle-again"));
    }
    let must_be_listed = [bag::DECLARATION, bag::INFO, bag::MANIFEST];
    for name in must_be_listed.into_iter().filter(|name| !tags.contains_key(*name)) {
        found.error("tag-file-unlisted", name, msg!("err-bundle-tag-file-unlisted", member = name), msg!("rec-bundle-stop"));
    }
    for name in manifest.keys().chain(tags.keys()).filter(|name| !archive.members.contains_key(*name)) {
        found.error("member-missing", name, msg!("err-bundle-missing", member = name), msg!("rec-bundle-again"));
    }
    let is_known = |name: &str| {
        manifest.contains_key(name)
            || tags.contains_key(name)
            || name == bag::TAG_MANIFEST
            || must_be_listed.contains(&name)
            || signer_of(name).is_some()
    };
    for name in archive.members.keys().filter(|name| !is_known(name)) {
        found.error("member-unlisted", name, msg!("err-bundle-unlisted", member = name), msg!("rec-bundle-stop"));
    }
    Some(Lists { manifest, tags, signed })
}

fn read_list(archive: &mut Archive, name: &'static str, found: &mut Findings) -> Option<(Manifest, Vec<u8>)> {
    let bytes = match archive.read(name, LARGEST_LIST) {
        Ok(bytes) => bytes,
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => {
            found.error("member-missing", name, msg!("err-bundle-missing", member = name), msg!("rec-bundle-stop"));
            return None;
        }
        Err(_) => {
            found.error("member-unreadable", name, msg!("err-bundle-member-broken", member = name), msg!("rec-bundle-copy-again"));
            return None;
        }
    };
    match bag::read_manifest(&bytes) {
        Ok(manifest) => Some((manifest, bytes)),
        Err(bad) => {
            let what = msg!("err-bundle-manifest-line", member = name, line = bad.line);
            found.error("manifest-malformed", name, what, msg!("rec-bundle-stop"));
            None
        }
    }
}

/// Compares every listed member that is there with its digest. Large ones stream through.
fn judge_digests(archive: &mut Archive, manifest: &Manifest, tags: &Manifest, found: &mut Findings) {
    for (name, listed) in tags.iter().chain(manifest) {
        match archive.copy(name, u64::MAX, &mut io::sink()) {
            Ok((digest, _)) if digest == *listed => {}
            Ok(_) => found.error("member-altered", name, msg!("err-bundle-altered", member = name), msg!("rec-bundle-stop")),
            // Said by the layer before.
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => {}
            Err(_) => {
                found.error("member-unreadable", name, msg!("err-bundle-member-broken", member = name), msg!("rec-bundle-copy-again"));
            }
        }
    }
}

/// Reads the bundle's own statement and compares the bag's other statements with it: they must all say the same.
fn read_passport(archive: &mut Archive, manifest: &Manifest, found: &mut Findings) -> Option<Passport> {
    let bytes = archive.read(passport::MEMBER, LARGEST_PASSPORT).unwrap_or_default();
    let passport = match Passport::from_bytes(&bytes) {
        Ok(passport) => passport,
        Err(passport::BadPassport::Schema(schema)) => {
            let what = msg!("err-bundle-newer", schema = schema);
            found.error("passport-schema", passport::MEMBER, what, msg!("rec-bundle-newer"));
            return None;
        }
        Err(_) => {
            let what = msg!("err-bundle-passport", member = passport::MEMBER);
            found.error("passport-malformed", passport::MEMBER, what, msg!("rec-bundle-again"));
            return None;
        }
    };
    if passport.name() != archive.name {
        let what = msg!("err-bundle-name-differs", name = &archive.name, inside = passport.name());
        found.error("name-differs", passport::MEMBER, what, msg!("rec-bundle-stop"));
    }
    let sizes = manifest.keys().filter_map(|name| archive.members.get(name)).map(|member| member.size);
    let info = bag::info_bytes(&passport, sizes.fold(0, u64::saturating_add), manifest.len());
    for (name, expected) in [(bag::DECLARATION, bag::DECLARED), (bag::INFO, info.as_slice())] {
        if archive.read(name, LARGEST_PASSPORT).is_ok_and(|bytes| bytes != expected) {
            found.error("tag-file-content", name, msg!("err-bundle-tag-file", member = name), msg!("rec-bundle-stop"));
        }
    }
    Some(passport)
}

/// All signature files; one that cannot be read counts as empty, so that it fails as a signature.
fn read_armors(archive: &mut Archive) -> BTreeMap<String, Vec<u8>> {
    let names: Vec<String> = archive.members.keys().filter(|name| signer_of(name).is_some()).cloned().collect();
    names.into_iter().map(|name| (name.clone(), archive.read(&name, sshsig::LONGEST).unwrap_or_default())).collect()
}
