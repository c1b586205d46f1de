//! The provincial office puts the results of many panels together: every bundle verified in all layers, the bad ones named and left
//! out, the others merged and signed as one bundle 汇总包 that anybody can recompute (domain reference 6.8).

pub mod error;
pub mod gather;
pub mod members;
pub mod tables;

pub use error::AggregateError;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use crate::{
    bundle::{
        allowed,
        archive::Source,
        draft::Draft,
        key::SecretKey,
        kind::Kind,
        passport::{Digests, Passport, Required, SCHEMA, Tool},
        trust::{Trust, Trusted, TrustedKey},
        write::{Signer, Written},
    },
    digest,
    domain::{
        call::Mode,
        finding::Severity,
        ids::{CallId, PersonCode},
        panel::{Custody, Role},
        register::{Excluded, Merged, PanelResult, file::RegisterFile, follow_up, record::Record},
        time::Moment,
    },
    intake::{self, Problem},
    report::{register as page, table::Table},
    workflow::{
        StepError,
        aggregate::{
            members::{OFFICES, RECORD, RESULTS},
            tables::Tables,
        },
        cores::Watch,
        layout, prepare, verify,
    },
};

/// What a register is made of.
pub struct Order<'a> {
    /// Name of the register, for example `sx-2026`.
    pub register: &'a CallId,
    /// Result bundles, in any order.
    pub files: &'a [PathBuf],
    /// The list of offices whose packages count, as its file has it.
    pub offices: &'a str,
    /// What followed the recommendations; nothing yet where there is no file.
    pub record: Option<&'a Path>,
    /// Whether one bad bundle is enough to refuse all.
    pub strict: bool,
    /// The register that this one replaces.
    pub supersedes: Option<&'a Path>,
    /// Where the tables for a database go, where they are wanted.
    pub tables: Option<&'a Path>,
}

/// Who signs, and where the bundle goes.
pub struct Signing<'a> {
    /// Where it goes.
    pub to: &'a Path,
    /// Code of the provincial office's person.
    pub code: &'a PersonCode,
    /// The key.
    pub key: &'a SecretKey,
}

/// What was put together.
pub struct Register {
    /// Results that count, and files that do not.
    pub merged: Merged,
    /// What followed.
    pub record: Record,
    /// What the office should know and may leave so.
    pub notes: Vec<Problem>,
    record_bytes: Vec<u8>,
}

impl Register {
    /// The tables of the overview page, for whoever shows them elsewhere.
    #[must_use]
    pub fn tables(&self, name: &CallId) -> Vec<Table> {
        page::tables(&RegisterFile::of(name, 1, &self.merged, &self.record))
    }

    /// Files that are wrong; an earlier revision is not.
    pub fn bad(&self) -> impl Iterator<Item = &Excluded> {
        self.merged.excluded.iter().filter(|one| one.why.is_bad())
    }
}

/// Verifies and merges everything; nothing is written but the tables, where those are asked for.
///
/// # Errors
/// A list of offices or a record that is wrong, with lines; what keeps this machine from verifying; or, where `strict` is asked for,
/// that a bundle does not count.
pub fn put_together(order: &Order<'_>, watch: &mut Watch<'_>) -> Result<Register, StepError> {
    let trust = allowed::read(order.offices)?;
    let (record, record_bytes, text) = read_record(order.record)?;
    let tables = order.tables.map(Tables::begin).transpose()?;
    let each = |result: &PanelResult, opened: &verify::result::Opened| tables.as_ref().map_or(Ok(()), |tables| tables.take(result, opened));
    let merged = gather::gather(order.files, &trust, &each, watch)?;
    let findings = follow_up::check(&record, &merged.panels);
    let file = order.record.map(|path| path.display().to_string()).unwrap_or_default();
    let problems = intake::record::place(&file, &text, findings).map_err(StepError::Problems)?;
    if problems.iter().any(|problem| problem.severity == Severity::Error) {
        return Err(StepError::Problems(problems));
    }
    let register = Register { merged, record, notes: problems, record_bytes };
    let bad = register.bad().count();
    if order.strict && bad > 0 {
        return Err(AggregateError::Excluded { bad }.into());
    }
    if let Some(tables) = tables {
        tables.finish(&register.merged)?;
    }
    Ok(register)
}

/// The record, its bytes, and its text.
fn read_record(path: Option<&Path>) -> Result<(Record, Vec<u8>, String), StepError> {
    let (name, bytes) = match path {
        Some(path) => (path.display().to_string(), fs::read(path).map_err(|source| StepError::io(path, source))?),
        None => (members::RECORD.to_owned(), b"schema = 1\n".to_vec()),
    };
    let (record, text) = intake::record::read(&name, &bytes).map_err(StepError::Problems)?;
    Ok((record, bytes, text))
}

/// Signs the register and writes it, verified as a stranger would before it gets its name; `watch` hears of each result in it.
///
/// # Errors
/// A bundle that changed since it was verified, why the register cannot be written, or that it was ended; the target folder is then as
/// before.
pub fn sign(
    register: &Register,
    order: &Order<'_>,
    signing: &Signing<'_>,
    now: &Moment,
    watch: &mut Watch<'_>,
) -> Result<Written, StepError> {
    let trust = province(signing)?;
    let before = order.supersedes.map(|file| verify::predecessor(file, Kind::Aggregate, &trust)).transpose()?;
    let (revision, supersedes) = before.map_or((1, None), |(revision, digest)| (revision.saturating_add(1), Some(digest)));
    let mut draft = Draft::new(Passport {
        kind: Kind::Aggregate,
        schema: SCHEMA,
        mode: Mode::Official,
        call: order.register.clone(),
        items: Vec::new(),
        panel: None,
        round: None,
        person: None,
        revision,
        supersedes,
        head: None,
        required_signers: vec![Required::new(Role::Province, signing.code.clone())],
        claimed_time: now.clone(),
        tool: Tool::this(),
        digests: Digests::default(),
    });
    let subject = members::Subject { register: order.register, revision, merged: &register.merged, record: &register.record };
    let derived = members::derived(&subject)?;
    draft.members = derived.into_iter().map(|(name, bytes)| (name, Source::Bytes(bytes))).collect();
    draft.members.insert(OFFICES.to_owned(), Source::Bytes(order.offices.as_bytes().to_vec()));
    draft.members.insert(RECORD.to_owned(), Source::Bytes(register.record_bytes.clone()));
    draft.members.extend(nested(register, order.files)?);
    for (name, list) in layout::SIGNER_LISTS.into_iter().zip([allowed::plain(&trust), allowed::dated(&trust)]) {
        draft.tag_files.insert(name.to_owned(), list.into_bytes());
    }
    let signer = Signer { role: Role::Province, code: signing.code.clone(), key: signing.key };
    prepare::deliver(&draft, &[signer], signing.to, |file| {
        let report = verify::watched(file, Some(&trust), watch)?;
        if report.passes() { Ok(()) } else { Err(StepError::NotVerified(Box::new(report))) }
    })
}

/// The results that count, as they came. Two bundles of one name are both kept; the second goes by its digest.
fn nested(register: &Register, files: &[PathBuf]) -> Result<BTreeMap<String, Source>, StepError> {
    let mut by_digest: BTreeMap<String, &PathBuf> = BTreeMap::new();
    for file in files {
        // A file that cannot be read now could not be read before either, and is named among the excluded.
        if let Ok((sha256, _)) = digest::sha256_file(file) {
            by_digest.insert(sha256, file);
        }
    }
    let mut found = BTreeMap::new();
    for panel in &register.merged.panels {
        let changed = || StepError::Io { path: panel.file.clone().into(), source: std::io::ErrorKind::InvalidData.into() };
        let file = by_digest.get(&panel.sha256).ok_or_else(changed)?;
        let name = format!("{RESULTS}{}", panel.file);
        let name = if found.contains_key(&name) { format!("{RESULTS}{}.zip", panel.bundle) } else { name };
        found.insert(name, Source::File((*file).clone()));
    }
    Ok(found)
}

/// The provincial office's own key.
fn province(signing: &Signing<'_>) -> Result<Trust, StepError> {
    let key = TrustedKey { public: signing.key.public(), custody: Custody::Own, valid_after: None, valid_before: None, revoked: None };
    Ok(Trust::from_people(vec![Trusted { code: signing.code.clone(), role: Role::Province, keys: vec![key] }])?)
}
