//! Bundles come to the table: copied once, verified in all layers, judged by the import table, and kept byte for byte. Either every
//! bundle of one import is taken in or none is, so that a stick is never half read.

use std::path::{Path, PathBuf};

use crate::{
    bundle::{
        kind::Kind,
        layer::{Report, State},
        passport::Passport,
        stage::Staged,
        trust::Trust,
        verified::Verified,
    },
    domain::{
        ids::PersonCode,
        table::{
            Table,
            act::{Act, Arrived, Removal},
            collect::{Incoming, Verdict, judge},
        },
        text::{Explain, Message},
        time::Moment,
    },
    msg,
    workflow::{StepError, files, table::TableSession, verify},
};

/// What became of one file.
#[derive(Debug)]
pub struct Line {
    /// The file.
    pub file: PathBuf,
    /// Whose it says it is, where it can be read at all.
    pub bundle: Option<Arrived>,
    /// The verdict.
    pub verdict: LineVerdict,
}

/// What became of a file.
#[derive(Debug)]
pub enum LineVerdict {
    /// The import table decided.
    Judged(Verdict),
    /// A layer failed.
    Failed(Box<Report>),
}

impl Line {
    /// The verdict in words.
    #[must_use]
    pub fn what(&self) -> Message {
        match &self.verdict {
            LineVerdict::Failed(_) => msg!("verdict-failed"),
            LineVerdict::Judged(Verdict::New) => msg!("verdict-new"),
            LineVerdict::Judged(Verdict::Replaces { asked: true, .. }) => msg!("verdict-answers"),
            LineVerdict::Judged(Verdict::Replaces { asked: false, .. }) => msg!("verdict-replaces"),
            LineVerdict::Judged(Verdict::Same) => msg!("verdict-same"),
            LineVerdict::Judged(Verdict::Evidence(_)) => msg!("verdict-evidence"),
            LineVerdict::Judged(Verdict::Refused(refusal)) => refusal.what(),
        }
    }

    /// What to do, where the bundle was refused.
    #[must_use]
    pub fn advice(&self) -> Option<Message> {
        match &self.verdict {
            LineVerdict::Failed(report) => {
                let first = report.errors().next().map(|(_, finding)| (finding.what(), finding.advice()));
                let (what, advice) = first.unwrap_or_else(|| (msg!("layer-not-checked"), msg!("rec-collect-other")));
                Some(msg!("verdict-why").with_message("what", what).with_message("advice", advice))
            }
            LineVerdict::Judged(Verdict::Refused(refusal)) => Some(refusal.advice()),
            LineVerdict::Judged(_) => None,
        }
    }

    /// Whether the bundle is at the table afterwards.
    #[must_use]
    pub const fn is_good(&self) -> bool {
        matches!(&self.verdict, LineVerdict::Judged(verdict) if verdict.is_good())
    }
}

/// A bundle on its way in.
struct Candidate {
    line: Line,
    /// `None` where there is nothing to keep.
    bundle: Option<Verified>,
}

/// Takes the score bundles in `paths` in; with `dry_run` only says what would become of them. One refused bundle keeps all back.
/// The lines stand in the order of reviewers and revisions, whatever the order of the files.
///
/// # Errors
/// When a file cannot be read at all, or something cannot be saved.
pub fn collect(session: &mut TableSession, paths: &[PathBuf], dry_run: bool, now: &Moment) -> Result<Vec<Line>, StepError> {
    let trust = Trust::from_roster(&session.package().roster)?.at(session.package().call.session.closes.clone());
    let mut candidates = Vec::new();
    for path in paths {
        candidates.push(examine(session, path, &trust)?);
    }
    candidates.sort_by_key(|candidate| {
        let key = candidate.line.bundle.as_ref().map(|bundle| (bundle.reviewer.clone(), bundle.revision, bundle.digest.clone()));
        (key.is_none(), key, candidate.line.file.clone())
    });
    judge_all(session, &mut candidates);
    if !dry_run && candidates.iter().all(|candidate| candidate.line.is_good()) {
        for candidate in &mut candidates {
            take_in(session, candidate, now)?;
        }
    }
    Ok(candidates.into_iter().map(|candidate| candidate.line).collect())
}

/// Copies the file once and verifies the copy.
fn examine(session: &TableSession, path: &Path, trust: &Trust) -> Result<Candidate, StepError> {
    let staged = Staged::copy_of(path, session.workspace().folder(), &[Kind::Scores])?;
    let report = verify::verify_staged(staged.again().map_err(|source| StepError::io(path, source))?, path, Some(trust))?;
    let failed = |report| Candidate {
        line: Line { file: path.to_owned(), bundle: None, verdict: LineVerdict::Failed(Box::new(report)) },
        bundle: None,
    };
    // What nobody could check is not taken in either.
    if !report.passes() || report.layers.iter().any(|layer| layer.state == State::NotChecked) {
        return Ok(failed(report));
    }
    let partial = Trust { partial: true, ..trust.clone() };
    let bundle = match staged.inspect(Some(&partial)).into_verified() {
        Ok(bundle) => bundle,
        Err(report) => return Ok(failed(*report)),
    };
    verify::expect(&bundle, path, Kind::Scores)?;
    let arrived = arrived(&bundle, path);
    Ok(Candidate {
        line: Line { file: path.to_owned(), bundle: arrived, verdict: LineVerdict::Judged(Verdict::Same) },
        bundle: Some(bundle),
    })
}

pub(super) fn arrived(bundle: &Verified, path: &Path) -> Option<Arrived> {
    let Passport { person, revision, supersedes, digests, .. } = bundle.passport();
    Some(Arrived {
        reviewer: person.clone()?,
        revision: *revision,
        digest: bundle.digest().to_owned(),
        file: path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
        supersedes: supersedes.clone(),
        request: digests.request.clone(),
    })
}

/// Judges every candidate in the state that the ones before it would leave.
fn judge_all(session: &TableSession, candidates: &mut [Candidate]) {
    let own = own(session);
    let mut table: Table = session.table().clone();
    for candidate in candidates {
        let (Some(bundle), Some(arrived)) = (&candidate.bundle, &candidate.line.bundle) else { continue };
        let Some(incoming) = incoming(&own, bundle.passport(), Some(arrived.clone())) else { continue };
        let verdict = judge(session.package(), &table, &incoming);
        let act = act_of(&verdict, arrived);
        // A fold that refuses what was judged good would be a defect; the bundle then stays out, as its line says.
        let folds = act.is_none_or(|act| table.fold(&act).is_ok());
        if folds {
            candidate.line.verdict = LineVerdict::Judged(verdict);
        } else {
            candidate.line.verdict = LineVerdict::Judged(Verdict::Refused(crate::domain::table::collect::Refusal::Closed));
        }
    }
}

fn act_of(verdict: &Verdict, arrived: &Arrived) -> Option<Act> {
    match verdict {
        Verdict::New | Verdict::Replaces { .. } => Some(Act::Accept(arrived.clone())),
        Verdict::Evidence(_) => Some(Act::Keep(arrived.clone())),
        Verdict::Same | Verdict::Refused(_) => None,
    }
}

/// What the import table asks about a bundle; `own` is the passport of the package, or of a result that rests on it. `None` where the
/// bundle says not whose it is.
pub(super) fn incoming(own: &Passport, passport: &Passport, bundle: Option<Arrived>) -> Option<Incoming> {
    let (ours, theirs) = (&own.digests, &passport.digests);
    let parts = [
        ("package", theirs.package != ours.package),
        ("rubric", theirs.rubric != ours.rubric),
        ("applications", theirs.applications != ours.applications),
        ("roster", theirs.roster != ours.roster),
        ("map", theirs.map != ours.map),
    ];
    Some(Incoming {
        call: passport.call.clone(),
        panel: passport.panel.clone(),
        mode: passport.mode,
        round: passport.round,
        bundle: bundle?,
        differs: parts.into_iter().filter(|(_, differs)| *differs).map(|(name, _)| name).collect(),
    })
}

/// The statement of the package that the table holds, with its own digest among those it rests on.
fn own(session: &TableSession) -> Passport {
    let held = session.held().bundle();
    let mut passport = held.passport().clone();
    passport.digests.package = Some(held.digest().to_owned());
    passport
}

/// Keeps the bytes, then records that they are here.
fn take_in(session: &mut TableSession, candidate: &mut Candidate, now: &Moment) -> Result<(), StepError> {
    let (Some(bundle), Some(arrived), LineVerdict::Judged(verdict)) =
        (&mut candidate.bundle, &candidate.line.bundle, &candidate.line.verdict)
    else {
        return Ok(());
    };
    let Some(act) = act_of(verdict, arrived) else { return Ok(()) };
    let target = session.workspace().bundle(&arrived.digest);
    files::keep_bundle(bundle, &target)?;
    session.append(act, now).map(drop)
}

/// Whose scores are still awaited, by roster order: members who sit and of whom nothing is here.
#[must_use]
pub fn awaited(session: &TableSession) -> Vec<PersonCode> {
    let (table, package) = (session.table(), session.package());
    let sits = |code: &PersonCode| package.roster.scoring().any(|person| person.code == *code);
    let is_out = |code: &PersonCode| table.removed.get(code).is_some_and(Removal::is_whole);
    let took_a_place = |code: &PersonCode| table.removed.values().any(|removal| removal.successor() == Some(code));
    let awaited = |code: &PersonCode| (sits(code) || took_a_place(code)) && !is_out(code) && !session.given().contains_key(code);
    package.roster.people.iter().map(|person| person.code.clone()).filter(awaited).collect()
}
