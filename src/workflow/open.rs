//! A reviewer takes a package in: verified, compared with the printed fingerprint, and laid into a workspace that is there whole
//! or not at all.

use std::{fs, path::Path};

use crate::{
    bundle::{
        key::PublicKey,
        kind::Kind,
        layer::{Report, State},
        passport::Passport,
        stage::Staged,
        trust::{SignedBy, Trust},
        verified::Verified,
    },
    domain::{
        change::{Change, Entry, Opening},
        ids::PersonCode,
        package::Package,
        panel::{Person, Role},
    },
    store::{Access, SCHEMA, Store},
    workflow::{
        Here, StepError, files,
        held::Held,
        home::{Home, Workspace},
        keys, verify,
    },
};

/// A package that fits its signatures. Whether the office's key is the right one, a person says who compares the fingerprint with
/// the meeting notice, or a trust file.
pub struct Candidate {
    held: Held,
    office: SignedBy,
}

/// What became of a package that was taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenIn {
    /// Where the work lies.
    pub workspace: Workspace,
    /// Whose work it is.
    pub reviewer: PersonCode,
    /// What happened.
    pub outcome: Outcome,
}

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// A new workspace.
    New,
    /// A later revision of a package that is in work; nothing that was scored is touched.
    Revised,
    /// The very package that is in work.
    Same,
}

/// Looks at the package in `file`. With `trust`, the office must be on that list.
///
/// # Errors
/// When it does not verify, or is no sound package.
pub fn look(home: &Home, file: &Path, trust: Option<&Trust>) -> Result<Candidate, StepError> {
    home.make_private(home.root()).map_err(|source| StepError::io(home.root(), source))?;
    let staged = Staged::copy_of(file, home.root(), &[Kind::Package])?;
    let second = staged.again().map_err(|source| StepError::io(file, source))?;
    let office = office_of(staged.inspect(None).report)?;
    let pinned = || office.key.clone().map(|key| Trust::pinned(office.code.clone(), office.role, key));
    let trust = trust.cloned().or_else(pinned);
    let verified = second.inspect(trust.as_ref()).into_verified().map_err(StepError::NotVerified)?;
    verify::expect(&verified, file, Kind::Package)?;
    Ok(Candidate { held: Held::of(verified)?, office })
}

/// The office's signature on a package whose signatures fit.
fn office_of(report: Report) -> Result<SignedBy, StepError> {
    let fits = report.layers.iter().take(4).all(|layer| layer.state == State::Pass);
    let office = report.signers.iter().find(|signer| signer.role == Role::Office && signer.key.is_some()).cloned();
    office.filter(|_| fits).ok_or_else(|| StepError::NotVerified(Box::new(report)))
}

impl Candidate {
    /// The package.
    #[must_use]
    pub const fn package(&self) -> &Package {
        self.held.package()
    }

    /// What the bundle says about itself.
    #[must_use]
    pub const fn passport(&self) -> &Passport {
        self.held.bundle().passport()
    }

    /// Digest of the bundle.
    #[must_use]
    pub fn digest(&self) -> &str {
        self.held.bundle().digest()
    }

    /// The office's key, to be compared with the meeting notice.
    #[must_use]
    pub const fn office(&self) -> &SignedBy {
        &self.office
    }

    /// The groups of the office's key, as the notice prints them.
    #[must_use]
    pub fn office_groups(&self) -> String {
        self.office.key.as_ref().map(PublicKey::groups).unwrap_or_default()
    }

    /// Whose work this is on this machine: the person named, else the one person on the roster whose key lies in this data folder.
    ///
    /// # Errors
    /// When nobody or several fit, or the person does not score.
    pub fn reviewer(&self, home: &Home, named: Option<&PersonCode>) -> Result<PersonCode, StepError> {
        let scoring: Vec<&PersonCode> = self.package().roster.scoring().map(|person| &person.code).collect();
        if let Some(named) = named {
            let found = scoring.into_iter().find(|code| code.file_stem() == named.file_stem());
            return found.cloned().ok_or_else(|| StepError::NotAReviewer { code: named.clone() });
        }
        let mine: Vec<String> = keys::list(home)?.into_iter().map(|known| known.public.to_string()).collect();
        let has_mine = |code: &&PersonCode| {
            self.package().roster.person(code).and_then(|person| person.key.as_ref()).is_some_and(|key| mine.contains(&key.public))
        };
        let found: Vec<&PersonCode> = scoring.iter().copied().filter(has_mine).collect();
        match found.as_slice() {
            [only] => Ok((*only).clone()),
            _ => Err(StepError::WhoAreYou { codes: scoring.into_iter().map(PersonCode::to_string).collect() }),
        }
    }

    /// Whether somebody's work on this call and panel lies in this data folder already.
    #[must_use]
    pub fn is_in_work(&self, home: &Home) -> bool {
        let call = &self.package().call;
        let is_begun = |code: &PersonCode| home.workspace(&call.id, &call.panel.id, code).store().exists();
        self.package().roster.scoring().any(|person| is_begun(&person.code))
    }

    /// Takes the package in for `reviewer`.
    ///
    /// # Errors
    /// When the workspace is busy or damaged, or the package is no successor of the one in work; nothing is changed then.
    pub fn accept(self, home: &Home, reviewer: &PersonCode, here: &mut Here<'_>) -> Result<TakenIn, StepError> {
        let call = &self.package().call;
        let workspace = home.workspace(&call.id, &call.panel.id, reviewer);
        self.take_in(home, workspace, reviewer, false, here)
    }

    /// Takes the package in at the chair's table.
    ///
    /// # Errors
    /// As [`Candidate::accept`]; also when `chair` is neither chair nor deputy of the panel.
    pub fn accept_at_table(self, home: &Home, chair: &PersonCode, here: &mut Here<'_>) -> Result<TakenIn, StepError> {
        let presides = |person: &Person| matches!(person.role, Role::Chair | Role::Deputy);
        if !self.package().roster.person(chair).is_some_and(presides) {
            return Err(StepError::NotTheChair { code: chair.clone() });
        }
        let call = &self.package().call;
        let workspace = home.table(&call.id, &call.panel.id);
        self.take_in(home, workspace, chair, true, here)
    }

    fn take_in(
        mut self,
        home: &Home,
        workspace: Workspace,
        person: &PersonCode,
        table: bool,
        here: &mut Here<'_>,
    ) -> Result<TakenIn, StepError> {
        let outcome = if workspace.store().exists() {
            self.revise(&workspace, person, here)?
        } else {
            self.begin(home, &workspace, person, table, here)?;
            Outcome::New
        };
        Ok(TakenIn { workspace, reviewer: person.clone(), outcome })
    }

    /// Makes the workspace under another name and renames it when it is whole.
    fn begin(
        &mut self,
        home: &Home,
        workspace: &Workspace,
        reviewer: &PersonCode,
        table: bool,
        here: &mut Here<'_>,
    ) -> Result<(), StepError> {
        let works = home.works();
        let failed = |source| StepError::io(&works, source);
        home.make_private(&works).map_err(failed)?;
        let folder = tempfile::Builder::new().prefix(".new-").tempdir_in(&works).map_err(failed)?;
        // The mask of the shell must not decide who can enter it.
        files::make_private(folder.path()).map_err(failed)?;
        let unfinished = Workspace::at(folder.path().to_owned());
        self.keep(&unfinished)?;
        let call = &self.package().call;
        let opening = Opening {
            schema: SCHEMA,
            workspace: here.random_hex::<16>(),
            call: call.id.clone(),
            panel: call.panel.id.clone(),
            mode: call.mode,
            package: self.digest().to_owned(),
            revision: self.passport().revision,
            reviewer: reviewer.clone(),
            order_seed: here.random_hex::<16>(),
            table,
        };
        let first = Entry { seq: 0, time: here.now.clone(), writer: reviewer.clone(), change: Change::Open(opening), link: None };
        Store::create(&unfinished.store(), &first)?;
        fs::rename(folder.path(), workspace.folder()).and_then(|()| files::sync_folder(&works)).map_err(failed)?;
        // The folder has its name now; there is nothing left to clear away.
        drop(folder.keep());
        Ok(())
    }

    /// Goes over to a later revision of the package in work.
    fn revise(&mut self, workspace: &Workspace, reviewer: &PersonCode, here: &Here<'_>) -> Result<Outcome, StepError> {
        let (mut store, _) = Store::open(&workspace.store(), Access::Write)?;
        let (before, held_revision) = (store.desk().package.clone(), store.desk().package_revision);
        if before == self.digest() {
            return Ok(Outcome::Same);
        }
        let held = Verified::known(&workspace.package(&before), &before).map_err(StepError::NotVerified)?;
        let revision = self.passport().revision;
        if let Some(what) = differing(held.passport(), self.passport()) {
            return Err(StepError::OtherPackage { what });
        }
        if !self.same_office(&workspace.package(&before))? {
            return Err(StepError::OtherPackage { what: "office" });
        }
        if revision <= held_revision {
            return Err(StepError::StalePackage { found: revision, held: held_revision });
        }
        self.keep(workspace)?;
        let change = Change::Revise { before, after: self.digest().to_owned(), revision };
        store.append(change, None, here.now.clone(), reviewer.clone())?;
        store.close(&here.now)?;
        Ok(Outcome::Revised)
    }

    /// Whether the package at `path` bears a signature of the same office key.
    fn same_office(&self, path: &Path) -> Result<bool, StepError> {
        let folder = path.parent().unwrap_or_else(|| Path::new("."));
        let report = Staged::copy_of(path, folder, &[Kind::Package])?.inspect(None).report;
        let key = |signer: &SignedBy| signer.key.as_ref().map(PublicKey::to_string);
        Ok(report.signers.iter().any(|signer| signer.role == Role::Office && key(signer) == key(&self.office)))
    }

    /// Keeps the bundle under its digest: the very bytes that were verified, not the file on the stick a second time.
    fn keep(&mut self, workspace: &Workspace) -> Result<(), StepError> {
        let target = workspace.package(self.digest());
        files::keep_bundle(self.held.bundle_mut(), &target)
    }
}

/// The first part in which two revisions differ that must be equal, because scores rest on it.
fn differing(old: &Passport, new: &Passport) -> Option<&'static str> {
    let differs = [
        (old.mode != new.mode, "mode"),
        (old.digests.rubric != new.digests.rubric, "rubric"),
        (old.digests.map != new.digests.map, "map"),
        (old.digests.applications != new.digests.applications, "applications"),
    ];
    differs.into_iter().find(|(differs, _)| *differs).map(|(_, what)| what)
}
