//! What the panel may decide now. Judged over the present figures, because a decision on a flag needs the flag.

use crate::{
    domain::{
        application::Application,
        consolidate::{
            derivation::{ApplicationResult, Block, ItemResult},
            outcome::Outcome,
        },
        correction::{CorrectionRefusal, ProgressRefusal, ResultAct, Stage},
        decision::{BallotProblem, FlagDecision, FlagRefusal},
        ids::{ApplicationId, ItemId, PersonCode, VetoId},
        package::Package,
        panel::Role,
        request::{Asked, RequestProblem},
        table::{
            Table,
            act::{Act, GoingOn, Removal, Signature, TieRuling, TieVote},
            paper::PaperRefusal,
        },
        text::{Explain, Message},
    },
    msg,
};

/// Longest text of a decision or an opinion, in characters.
pub(super) const LONGEST_TEXT: usize = 4000;

/// Why an act is refused; nothing changes then.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ActRefusal {
    /// No such application is scored here.
    #[error("no application {0}")]
    NoApplication(ApplicationId),
    /// No such item.
    #[error("no item {0}")]
    NoItem(ItemId),
    /// Nobody of that code has that part in the panel.
    #[error("{0} has no such part here")]
    NoPerson(PersonCode),
    /// Whoever is to take a place scores the same applications already.
    #[error("{0} scores them already")]
    ScoresAlready(PersonCode),
    /// The rubric has no such veto.
    #[error("no veto {0}")]
    NoVeto(VetoId),
    /// A reason is needed.
    #[error("no reason")]
    NoReason,
    /// The text is too long.
    #[error("{length} characters")]
    TooLong {
        /// Characters.
        length: usize,
    },
    /// There is nothing of the kind to decide.
    #[error("nothing to decide on {0}")]
    Nothing(String),
    /// The chair's ruling must name exactly the tied applications.
    #[error("not the tied ones")]
    NotTheTied,
    /// There is no bundle of this member to ask about.
    #[error("no bundle of {0}")]
    NoBundle(PersonCode),
    /// A request to this member waits for its answer.
    #[error("{reviewer} was asked")]
    Waiting {
        /// Member.
        reviewer: PersonCode,
        /// File of the request.
        file: String,
    },
    /// The request is about another bundle than the one that counts, or its number does not follow.
    #[error("not the next request")]
    NotTheNext,
    /// The request.
    #[error(transparent)]
    Request(Box<RequestProblem>),
    /// Sheets from paper.
    #[error(transparent)]
    Paper(#[from] PaperRefusal),
    /// The decision on a flag.
    #[error(transparent)]
    Flag(#[from] FlagRefusal),
    /// The correction.
    #[error(transparent)]
    Correction(#[from] CorrectionRefusal),
    /// The stage.
    #[error(transparent)]
    Progress(#[from] ProgressRefusal),
    /// The numbers of a vote.
    #[error(transparent)]
    Ballot(#[from] BallotProblem),
}

type Judged = Result<(), ActRefusal>;

impl Table {
    /// Whether `act` may be recorded now; `results` are the present figures.
    ///
    /// # Errors
    /// The first rule that refuses it.
    pub fn admit(&self, package: &Package, results: &[ItemResult], act: &Act) -> Judged {
        if self.progress.stage > Stage::Consolidated && !matches!(act, Act::Member { .. } | Act::Reopen { .. }) {
            return Err(ProgressRefusal::Signed.into());
        }
        if let Some(id) = act.application() {
            is_scored(package, id)?;
        }
        match act {
            Act::Accept(_) | Act::Keep(_) | Act::Seal(_) => Ok(()),
            Act::Ask(asked) => self.admit_request(package, asked),
            Act::Enter(entry) => self.admit_entry(package, entry),
            Act::Paper(paper) => self.admit_paper(package, paper),
            Act::Remove { reviewer, after, .. } => self.admit_removal(package, reviewer, after.as_ref()),
            // A void sheet takes its flag along, so the same decision given again would find no flag; it changes nothing and is no mistake.
            Act::Flag { .. } if act.is_idle() => Ok(()),
            Act::Flag { application, flag, after, .. } => {
                let Some(ruling) = after else { return Ok(()) };
                let decision = FlagDecision { application: application.clone(), flag: flag.clone(), ruling: ruling.clone() };
                Ok(decision.check(result_of(results, application)?)?)
            }
            Act::Veto { veto, after, .. } => {
                let known = package.rubric.vetoes.iter().any(|one| one.id == *veto);
                if known { after.as_deref().map_or(Ok(()), says) } else { Err(ActRefusal::NoVeto(veto.clone())) }
            }
            Act::GoOn { application, after, .. } => admit_going_on(result_of(results, application)?, after.as_ref()),
            Act::Correct(correction) => {
                self.progress.after(&ResultAct::Correct)?;
                says(&correction.minute)?;
                Ok(correction.check(&package.rubric, result_of(results, &correction.application)?)?)
            }
            Act::TieVote { application, after, .. } => admit_tie_vote(package, results, application, after.as_ref()),
            Act::TieRuling { item, after, .. } => admit_tie_ruling(package, results, item, after.as_ref()),
            Act::Vote { after, .. } => {
                let Some(ballot) = after else { return Ok(()) };
                counters(package, &ballot.teller, &ballot.scrutineer)?;
                ballot.problems().into_iter().next().map_or(Ok(()), |problem| Err(problem.into()))
            }
            Act::Opinion { after, .. } => {
                let parts = [&after.overall, &after.strengths, &after.problems, &after.advice, &after.conclusion];
                parts.into_iter().try_for_each(|text| short(text))
            }
            Act::Member { person, after, .. } => admit_member(package, person, after.as_ref()),
            Act::Reopen { notice, reason } => {
                let supersedes = self.sealed.last().map(|sealed| sealed.digest.clone()).unwrap_or_default();
                self.progress.after(&ResultAct::ReReview { notice: notice.clone(), supersedes })?;
                says(reason)
            }
            Act::Consolidate => self.progress.after(&ResultAct::Consolidate).map(drop).map_err(Into::into),
        }
    }

    /// Whether the request may be written: about the bundle that counts, one at a time, and numbered without a gap.
    fn admit_request(&self, package: &Package, asked: &Asked) -> Judged {
        let request = &asked.request;
        let reviewer = || request.reviewer.clone();
        let current = self.current(&request.reviewer).filter(|_| !self.removed.contains_key(&request.reviewer));
        let current = current.ok_or_else(|| ActRefusal::NoBundle(reviewer()))?;
        if let Some(waiting) = self.waiting_for(&request.reviewer) {
            return Err(ActRefusal::Waiting { reviewer: reviewer(), file: waiting.file.clone() });
        }
        if let Some(problem) = request.problems(package).into_iter().next() {
            return Err(ActRefusal::Request(Box::new(problem)));
        }
        let is_about = request.about.digest == current.digest && request.about.revision == current.revision;
        if is_about && asked.revision == self.next_request(&request.reviewer) { Ok(()) } else { Err(ActRefusal::NotTheNext) }
    }

    /// The revision of the next request to `reviewer`.
    #[must_use]
    pub fn next_request(&self, reviewer: &PersonCode) -> u32 {
        let last = self.asked.iter().filter(|asked| asked.request.reviewer == *reviewer).map(|asked| asked.revision).max();
        last.unwrap_or_default().saturating_add(1)
    }

    fn admit_removal(&self, package: &Package, reviewer: &PersonCode, after: Option<&Removal>) -> Judged {
        let scores = |code: &PersonCode| package.roster.person(code).is_some_and(|person| person.role.scores());
        if !scores(reviewer) {
            return Err(ActRefusal::NoPerson(reviewer.clone()));
        }
        match after {
            None => Ok(()),
            Some(Removal::Void { authority, reason }) => says(authority).and_then(|()| says(reason)),
            Some(Removal::Replaced { by, .. }) if !scores(by) || by == reviewer || self.removed.contains_key(by) => {
                Err(ActRefusal::NoPerson(by.clone()))
            }
            Some(removal @ Removal::Replaced { by, reason, items }) => {
                if let Some(unknown) = items.iter().find(|id| !package.call.items.iter().any(|item| item.id == **id)) {
                    return Err(ActRefusal::NoItem(unknown.clone()));
                }
                // Nobody gives two sheets on one application. Asked without what was decided on this member before, because the same
                // decision given again takes no second place.
                let mut before = Self { removed: self.removed.clone(), ..Self::default() };
                before.removed.remove(reviewer);
                let is_taken =
                    |application: &&Application| removal.covers(&application.item) && before.sits(package, application, reviewer);
                if package.applications.iter().filter(is_taken).any(|application| before.sits(package, application, by)) {
                    return Err(ActRefusal::ScoresAlready(by.clone()));
                }
                says(reason)
            }
        }
    }
}

fn is_scored(package: &Package, id: &ApplicationId) -> Judged {
    if package.is_scored(id) { Ok(()) } else { Err(ActRefusal::NoApplication(id.clone())) }
}

fn result_of<'a>(results: &'a [ItemResult], id: &ApplicationId) -> Result<&'a ApplicationResult, ActRefusal> {
    results.iter().find_map(|item| item.application(id)).ok_or_else(|| ActRefusal::NoApplication(id.clone()))
}

fn admit_going_on(result: &ApplicationResult, after: Option<&GoingOn>) -> Judged {
    let Some(going_on) = after else { return Ok(()) };
    let waits = matches!(result.block(), Some(Block::TooFew { .. })) || matches!(result.outcome, Outcome::Incomplete(_));
    if !waits {
        return Err(ActRefusal::Nothing(result.id.to_string()));
    }
    says(&going_on.reason)
}

fn admit_tie_vote(package: &Package, results: &[ItemResult], id: &ApplicationId, after: Option<&TieVote>) -> Judged {
    let Some(vote) = after else { return Ok(()) };
    counters(package, &vote.teller, &vote.scrutineer)?;
    let tied = results.iter().filter_map(|item| item.ranking.row(id)).any(|row| row.tied);
    if tied { Ok(()) } else { Err(ActRefusal::Nothing(id.to_string())) }
}

fn admit_tie_ruling(package: &Package, results: &[ItemResult], id: &ItemId, after: Option<&TieRuling>) -> Judged {
    if !package.call.items.iter().any(|item| item.id == *id) {
        return Err(ActRefusal::NoItem(id.clone()));
    }
    let Some(ruling) = after else { return Ok(()) };
    says(&ruling.reason)?;
    let item = results.iter().find(|item| item.id == *id).ok_or_else(|| ActRefusal::NoItem(id.clone()))?;
    let is_tied = |application: &ApplicationId| item.ranking.row(application).is_some_and(|row| row.tied);
    let once = |at: usize, one: &ApplicationId| ruling.order.iter().take(at).all(|other| other != one);
    let fits = ruling.order.len() > 1 && ruling.order.iter().enumerate().all(|(at, one)| is_tied(one) && once(at, one));
    if fits { Ok(()) } else { Err(ActRefusal::NotTheTied) }
}

/// Teller and scrutineer are on the roster, and two.
fn counters(package: &Package, teller: &PersonCode, scrutineer: &PersonCode) -> Judged {
    let known = |code: &PersonCode| package.roster.person(code).is_some();
    for code in [teller, scrutineer] {
        if !known(code) {
            return Err(ActRefusal::NoPerson(code.clone()));
        }
    }
    if teller == scrutineer { Err(BallotProblem::SamePerson(teller.clone()).into()) } else { Ok(()) }
}

fn admit_member(package: &Package, person: &PersonCode, after: Option<&Signature>) -> Judged {
    let belongs = |role: Role| role.scores() || role == Role::Supervisor;
    if !package.roster.person(person).is_some_and(|person| belongs(person.role)) {
        return Err(ActRefusal::NoPerson(person.clone()));
    }
    match after {
        Some(Signature::Dissent { text }) => says(text),
        Some(Signature::RefusedDeemedAgreement { witness }) => says(witness),
        Some(Signature::Signed | Signature::Absent) | None => Ok(()),
    }
}

/// A text that must say something.
fn says(text: &str) -> Judged {
    if text.trim().is_empty() { Err(ActRefusal::NoReason) } else { short(text) }
}

fn short(text: &str) -> Judged {
    let length = text.chars().count();
    if length > LONGEST_TEXT { Err(ActRefusal::TooLong { length }) } else { Ok(()) }
}

impl Explain for ActRefusal {
    fn what(&self) -> Message {
        match self {
            Self::NoApplication(id) => msg!("err-no-application", application = id),
            Self::NoItem(id) => msg!("err-act-item", item = id),
            Self::NoPerson(code) => msg!("err-act-person", code = code),
            Self::ScoresAlready(code) => msg!("err-act-scores", code = code),
            Self::NoVeto(id) => msg!("err-act-veto", veto = id),
            Self::NoReason => msg!("err-no-reason"),
            Self::TooLong { length } => msg!("err-too-long", length = length, most = LONGEST_TEXT),
            Self::Nothing(what) => msg!("err-act-nothing", what = what),
            Self::NotTheTied => msg!("err-act-tied"),
            Self::NoBundle(code) => msg!("err-ask-no-bundle", code = code),
            Self::Waiting { reviewer, file } => msg!("err-ask-waiting", reviewer = reviewer, file = file),
            Self::NotTheNext => msg!("err-ask-next"),
            Self::Request(inner) => inner.what(),
            Self::Paper(inner) => inner.what(),
            Self::Flag(inner) => inner.what(),
            Self::Correction(inner) => inner.what(),
            Self::Progress(inner) => inner.what(),
            Self::Ballot(inner) => inner.what(),
        }
    }

    fn advice(&self) -> Message {
        match self {
            Self::NoApplication(_) | Self::NoItem(_) | Self::Nothing(_) => msg!("rec-act-consolidate"),
            Self::NoPerson(_) => msg!("rec-act-person"),
            Self::ScoresAlready(_) => msg!("rec-act-scores"),
            Self::NoVeto(_) => msg!("rec-see-rubric"),
            Self::NoReason => msg!("rec-no-reason"),
            Self::TooLong { .. } => msg!("rec-too-long", most = LONGEST_TEXT),
            Self::NotTheTied => msg!("rec-act-tied"),
            Self::NoBundle(_) => msg!("rec-ask-no-bundle"),
            Self::Waiting { .. } => msg!("rec-ask-waiting"),
            Self::NotTheNext => msg!("rec-ask-next"),
            Self::Request(inner) => inner.advice(),
            Self::Paper(inner) => inner.advice(),
            Self::Flag(inner) => inner.advice(),
            Self::Correction(inner) => inner.advice(),
            Self::Progress(inner) => inner.advice(),
            Self::Ballot(inner) => inner.advice(),
        }
    }
}
