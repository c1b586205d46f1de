//! Reports for people: a result is verified in all layers, opened once, and printed for an audience. A result that does not verify gives
//! no report. What is written is there whole or not at all.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use crate::{
    bundle::{
        bag,
        kind::Kind,
        layer::{Layer, Report, not_proved},
        name::signature_member,
        passport::{Passport, Required},
        trust::{SignedBy, Trust},
        verified::Verified,
    },
    digest,
    domain::{
        text::{Bilingual, Explain, Language},
        time::Moment,
    },
    report::{
        Format, Made,
        audience::Audience,
        dossier::{Dossier, Head, LayerLine, Mark, Member, Signer},
        notice::{Notice, Publicity},
    },
    workflow::{
        StepError, files,
        verify::{self, result::Opened},
    },
};

/// A result that was verified in all layers, with what lies in it: the only thing that reports are made from.
pub struct Basis {
    opened: Box<Opened>,
    file: Member,
    members: Vec<Member>,
}

/// What is wanted.
pub struct Order<'a> {
    /// The format.
    pub format: &'a Format,
    /// For everybody: what the office says about the publicity. Without it, for those who may see who gave which score.
    pub public: Option<Publicity>,
    /// The language; the rubric's language of record where none is named.
    pub language: Option<Language>,
    /// The folder that it goes to.
    pub to: &'a Path,
    /// Whether another report of the same name makes room.
    pub replace: bool,
}

/// A report that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The file, or the folder of several.
    pub path: PathBuf,
    /// What it is worth.
    pub mark: Mark,
    /// `internal` or `public`.
    pub audience: &'static str,
    /// Digest of the result that it is made from.
    pub digest: String,
    /// The claimed time of the result.
    pub claimed: Moment,
    /// The files, with size and SHA-256.
    pub files: Vec<(PathBuf, usize, String)>,
    /// Whether anything was written; false where the very same was there.
    pub is_new: bool,
}

/// Verifies the result, once for all reports on it. `trust` is the office's key, as somebody compared it.
///
/// # Errors
/// When the result does not verify in full: it gives no report.
pub fn read(file: &Path, trust: Option<&Trust>) -> Result<Basis, StepError> {
    // Whoever has still to sign needs something to read: such a report is marked as a draft.
    let trust = trust.map(|trust| Trust { awaits_more: true, ..trust.clone() });
    let mut opened = verify::open_result(file, trust.as_ref())?;
    let (file, members) = inventory(&mut opened.bundle, file)?;
    Ok(Basis { opened, file, members })
}

impl Basis {
    /// Writes a report.
    ///
    /// # Errors
    /// When it cannot be written; the folder is then as before.
    pub fn write(&self, order: Order<'_>) -> Result<Written, StepError> {
        let dossier = dossier(self);
        let language = order.language.unwrap_or(self.opened.package.rubric.record);
        let notice = order.public.map(|publicity| Notice::of(&dossier, publicity));
        let audience = notice.as_ref().map_or(Audience::Internal(&dossier), Audience::Public);
        let made = order.format.make(&audience, language).map_err(|error| StepError::Output(io::Error::other(error)))?;
        let stem = format!("{}-report{}", dossier.head.bundle, if notice.is_some() { "-public" } else { "" });
        let (path, is_new) = put(order.to, &stem, &made, order.replace)?;
        let Head { mark, digest, claimed, .. } = dossier.head.clone();
        Ok(Written { files: measured(&path, &made), path, mark, audience: audience.word(), digest, claimed, is_new })
    }
}

/// The bundle's own file, and every member in it.
fn inventory(bundle: &mut Verified, file: &Path) -> Result<(Member, Vec<Member>), StepError> {
    let (sha256, size) = bundle.measure().map_err(|source| StepError::io(file, source))?;
    let own = Member { name: bundle.name().file(), size, sha256 };
    let members = bundle.inventory()?.into_iter().map(|(name, size, sha256)| Member { name, size, sha256 });
    Ok((own, members.collect()))
}

/// Everything that a report may print of a verified result.
fn dossier(basis: &Basis) -> Dossier<'_> {
    let Basis { opened, file, members } = basis;
    let Opened { bundle, report, package, desk, given, results, .. } = opened.as_ref();
    let passport = bundle.passport();
    let is_awaited = |one: &&Required| !bundle.is_signed_by(one.role, &one.code);
    let awaited: Vec<_> = passport.required_signers.iter().filter(is_awaited).map(|one| one.code.clone()).collect();
    let signer = |one: &SignedBy| {
        let key = one.key.as_ref()?;
        Some(Signer { code: one.code.clone(), fingerprint: key.fingerprint(), groups: key.groups() })
    };
    let noted = report.layers.iter().flat_map(|layer| layer.findings.iter().map(|finding| (layer.id.number(), finding.what())));
    Dossier {
        head: head(opened, Mark::of(passport.mode, awaited.len())),
        package,
        table: &desk.table,
        entries: &desk.entries,
        given,
        results,
        signers: report.signers.iter().filter_map(signer).collect(),
        awaited,
        notes: noted.collect(),
        file: file.clone(),
        members: members.clone(),
        commands: commands(bundle, passport, report),
    }
}

fn head(opened: &Opened, mark: Mark) -> Head {
    let Opened { bundle, report, package, .. } = opened;
    let (call, rubric, passport) = (&package.call, &package.rubric, bundle.passport());
    let versioned = |title: &str| format!("{title} {}", rubric.version);
    let layer = |layer: &Layer| LayerLine {
        number: layer.id.number(),
        id: layer.id.id(),
        name: layer.id.name(),
        state: layer.state.id(),
        words: layer.state.words(),
    };
    Head {
        mark,
        call: call.id.to_string(),
        title: call.title.clone(),
        office: call.office.clone(),
        panel: call.panel.id.to_string(),
        rubric: Bilingual { zh: versioned(&rubric.title.zh), en: versioned(&rubric.title.en) },
        revision: passport.revision,
        bundle: bundle.name().stem().to_owned(),
        digest: bundle.digest().to_owned(),
        claimed: passport.claimed_time.clone(),
        layers: report.layers.iter().map(layer).collect(),
        not_proved: not_proved().into(),
    }
}

/// The commands with which stock tools check the bundle.
fn commands(bundle: &Verified, passport: &Passport, report: &Report) -> Vec<String> {
    let stem = bundle.name().stem().to_owned();
    let signature = |one: &SignedBy| {
        let member = signature_member(one.role, &one.code);
        let namespace = Kind::Result.namespace();
        let time = passport.claimed_time.instant().to_string().replace(['-', ':', 'T'], "");
        format!(
            "ssh-keygen -Y verify -f {stem}/allowed_signers -I {} -n {namespace} -O verify-time={time} -s {stem}/{member} < {stem}/{}",
            one.code,
            bag::TAG_MANIFEST
        )
    };
    let validate = format!("unzip {} && bagit.py --validate {stem}", bundle.name().file());
    std::iter::once(validate).chain(report.signers.iter().map(signature)).collect()
}

/// Puts a report into `folder`; says where, and whether it was not there already.
fn put(folder: &Path, stem: &str, made: &Made, replace: bool) -> Result<(PathBuf, bool), StepError> {
    let failed = |source| StepError::io(folder, source);
    let target = files::Target::make(folder).map_err(failed)?;
    let path = folder.join(match made {
        Made::File { ending, .. } => format!("{stem}.{ending}"),
        Made::Folder { ending, .. } => format!("{stem}-{ending}"),
    });
    let is_there = path.symlink_metadata().is_ok();
    if is_there && is_same(&path, made) {
        target.keep();
        return Ok((path, false));
    }
    if is_there && !replace {
        return Err(StepError::ReportExists { path });
    }
    match made {
        Made::File { bytes, .. } => files::write_whole(&path, bytes),
        Made::Folder { files, .. } => files::write_folder_whole(&path, files),
    }
    .map_err(|source| StepError::io(&path, source))?;
    target.keep();
    Ok((path, true))
}

/// Whether the very same report lies there.
fn is_same(path: &Path, made: &Made) -> bool {
    match made {
        Made::File { bytes, .. } => fs::read(path).is_ok_and(|found| found == *bytes),
        Made::Folder { files, .. } => {
            let count = fs::read_dir(path).map(Iterator::count).unwrap_or_default();
            let same = |(name, bytes): &(String, Vec<u8>)| fs::read(path.join(name)).is_ok_and(|found| found == *bytes);
            count == files.len() && files.iter().all(same)
        }
    }
}

fn measured(path: &Path, made: &Made) -> Vec<(PathBuf, usize, String)> {
    let line = |path: PathBuf, bytes: &[u8]| (path, bytes.len(), digest::sha256_hex(bytes));
    match made {
        Made::File { bytes, .. } => vec![line(path.to_owned(), bytes)],
        Made::Folder { files, .. } => files.iter().map(|(name, bytes)| line(path.join(name), bytes)).collect(),
    }
}
