//! The chair asks one reviewer to score again: a signed request with nothing in it but what is asked and the package that it rests on.
//! Kept at the table first, recorded, then copied, read again and compared, as a score bundle is.

mod error;

pub use error::RequestError;

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{
    bundle::{
        draft::Draft,
        excerpt,
        key::SecretKey,
        kind::Kind,
        name::BundleName,
        passport::{Digests, Head, Passport, Required, SCHEMA, Tool},
        trust::Trust,
        write::Signer,
    },
    domain::{
        decision::{FlagRuling, deviations},
        deviation::FlagKey,
        ids::{ApplicationId, PersonCode},
        panel::{Person, Role},
        request::{About, Asked, Line, Request, RequestProblem},
        sheet::Declaration,
        table::{ActRefusal, act::Act},
        time::Moment,
    },
    workflow::{Here, StepError, files, layout, prepare, sheets, table::TableSession, verify},
};

/// What is asked, as a member of the bundle.
pub const CONTENT: &str = "data/request.json";

/// Where the request with this revision lies in the score bundle that answers it, below `data/`.
#[must_use]
pub fn folder(revision: u32) -> String {
    format!("request-r{revision}/")
}

/// The bytes of `data/request.json`.
#[must_use]
pub fn bytes(request: &Request) -> Vec<u8> {
    files::json_bytes(&serde_json::json!(request))
}

/// Reads `data/request.json`; `None` where it is not of this form and these very bytes.
#[must_use]
pub fn parse(found: &[u8]) -> Option<Request> {
    let request: Request = serde_json::from_slice(found).ok()?;
    (bytes(&request) == found).then_some(request)
}

/// What the chair asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Whom.
    pub reviewer: PersonCode,
    /// What, one line for each application.
    pub lines: Vec<Line>,
    /// When the answer is wanted.
    pub deadline: Option<Moment>,
}

/// A request that lies where it was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Where it lies, read again and compared.
    pub path: PathBuf,
    /// The request as the table records it.
    pub asked: Asked,
    /// Who signed it.
    pub signer: PersonCode,
    /// The flags that it is about, each ruled to be scored again.
    pub flags: Vec<(ApplicationId, FlagKey)>,
    /// Whether it was signed now; else it is the one signed before, because the same was asked.
    pub is_new: bool,
}

/// Signs a request and writes it to `to`, then records it with a ruling for every flag that it is about. The same question again
/// gives the same request while it waits for its answer.
///
/// # Errors
/// A rule that refuses it, a signer who stays out of what is asked about, or why it could not be written or does not verify;
/// nothing is recorded then.
pub fn write(session: &mut TableSession, question: Question, key: &SecretKey, to: &Path, here: &Here<'_>) -> Result<Written, StepError> {
    let signer = signer(session, &question, key)?;
    let target = files::Target::make(to).map_err(|source| StepError::io(to, source))?;
    let sent = session.workspace().sent();
    let (asked, is_new) = match waiting(session, &question) {
        Some(asked) => (asked, false),
        None => (sign(session, question, (&signer, key), to, here)?, true),
    };
    let flags = rule(session, &asked, here)?;
    let path = files::copy_whole(&sent.join(&asked.file), to).map_err(|source| match source.kind() {
        std::io::ErrorKind::AlreadyExists => StepError::TargetExists { path: to.join(&asked.file) },
        _ => StepError::io(to, source),
    })?;
    target.keep();
    Ok(Written { path, asked, signer: signer.code, flags, is_new })
}

/// The request that asks the very same and waits for its answer, where its file still lies here whole.
fn waiting(session: &TableSession, question: &Question) -> Option<Asked> {
    let waiting = session.table().waiting_for(&question.reviewer)?;
    let Request { lines, deadline, .. } = &waiting.request;
    let is_same = *lines == question.lines && *deadline == question.deadline;
    let report = verify::verify(&session.workspace().sent().join(&waiting.file), None).ok()?;
    (is_same && report.digest.as_ref() == Some(&waiting.digest)).then(|| waiting.clone())
}

/// Chair or deputy, whose key this is, and who stays out of nothing that is asked about (domain reference 1.7; 政府采购法实施条例 §9).
fn signer(session: &TableSession, question: &Question, key: &SecretKey) -> Result<Person, StepError> {
    let roster = &session.package().roster;
    let presiding = || roster.people.iter().filter(|person| matches!(person.role, Role::Chair | Role::Deputy));
    let is_theirs = |person: &&Person| person.key.as_ref().is_some_and(|listed| listed.public == key.public().to_string());
    let person = presiding()
        .find(is_theirs)
        .ok_or_else(|| RequestError::NotPresiding { codes: presiding().map(|one| one.code.to_string()).collect() })?;
    let out = |code: &PersonCode| question.lines.iter().map(|line| &line.application).find(|id| stays_out(session, code, id));
    if let Some(application) = out(&person.code) {
        let others: Vec<String> = presiding().filter(|one| out(&one.code).is_none()).map(|one| one.code.to_string()).collect();
        let (code, application) = (person.code.clone(), application.clone());
        return Err(RequestError::SignerOut { code, application, others }.into());
    }
    Ok(person.clone())
}

/// Whether a person stays out of an application: by order of the office, or by a declaration in the bundle at the table.
fn stays_out(session: &TableSession, code: &PersonCode, application: &ApplicationId) -> bool {
    let declared = session.given().get(code).and_then(|given| given.desk.sheet(application).declaration);
    session.package().recusal(application, code).is_some() || matches!(declared, Some(Declaration::Conflict { .. }))
}

fn sign(
    session: &mut TableSession,
    question: Question,
    (signer, key): (&Person, &SecretKey),
    to: &Path,
    here: &Here<'_>,
) -> Result<Asked, StepError> {
    let mut asked = next(session, question)?;
    let draft = draft(session, &asked, signer, here)?;
    let (name, sent) = (asked.file.clone(), session.workspace().sent());
    // Asked before anything is signed: a request that cannot be handed over must not become an act of the table.
    if to.join(&name).exists() {
        return Err(StepError::TargetExists { path: to.join(&name) });
    }
    files::make_private(&sent).map_err(|source| StepError::io(&sent, source))?;
    // A request of this name that the journal does not know was being written when the program was stopped; it went nowhere.
    match fs::remove_file(sent.join(&name)) {
        Err(source) if source.kind() != std::io::ErrorKind::NotFound => return Err(StepError::io(&sent.join(&name), source)),
        _ => {}
    }
    let trust = Trust::from_roster(&session.package().roster)?.at(session.package().call.session.closes.clone());
    let signers = [Signer { role: signer.role, code: signer.code.clone(), key }];
    let written = prepare::deliver(&draft, &signers, &sent, |file| {
        let report = verify::verify(file, Some(&trust))?;
        if report.passes() { Ok(()) } else { Err(StepError::NotVerified(Box::new(report))) }
    })?;
    asked.digest = written.digest;
    session.record(Act::Ask(asked.clone()), &here.now)?;
    Ok(asked)
}

/// The next request to the reviewer, not signed yet, where the rules admit it.
fn next(session: &TableSession, question: Question) -> Result<Asked, StepError> {
    let Question { reviewer, lines, deadline } = question;
    let table = session.table();
    let current = table.current(&reviewer).ok_or_else(|| ActRefusal::NoBundle(reviewer.clone()))?;
    // A sheet that is no sheet is known from the bundle at the table, not from the package.
    let given = session.given().get(&reviewer);
    let is_out = |line: &&Line| given.is_some_and(|given| given.desk.sheet(&line.application).is_out());
    if let Some(line) = lines.iter().find(is_out) {
        return Err(ActRefusal::Request(Box::new(RequestProblem::Recused(line.application.clone()))).into());
    }
    let (revision, about) = (table.next_request(&reviewer), About { revision: current.revision, digest: current.digest.clone() });
    let call = &session.package().call;
    let file = BundleName::new(Kind::Rescore, &call.id, Some(&call.panel.id), Some(&reviewer), revision).file();
    let asked = Asked { revision, digest: String::new(), file, request: Request { reviewer, about, lines, deadline } };
    table.admit(session.package(), &[], &Act::Ask(asked.clone()))?;
    Ok(asked)
}

fn draft(session: &mut TableSession, asked: &Asked, signer: &Person, here: &Here<'_>) -> Result<Draft, StepError> {
    let named: Vec<String> = asked.request.lines.iter().map(|line| line.application.file_stem()).collect();
    let wanted =
        |member: &str| layout::application_of(member).map_or(!layout::is_attachment(member), |id| named.iter().any(|one| one == id));
    let excerpt = excerpt::take(session.held_mut().bundle_mut(), &wanted)?;
    let (package, bundle, head) = (session.package(), session.held().bundle(), session.store().head().clone());
    let mut draft = Draft::new(Passport {
        kind: Kind::Rescore,
        schema: SCHEMA,
        mode: package.call.mode,
        call: package.call.id.clone(),
        items: Vec::new(),
        panel: Some(package.call.panel.id.clone()),
        round: None,
        person: Some(asked.request.reviewer.clone()),
        revision: asked.revision,
        supersedes: None,
        head: Some(Head { digest: head.hash, height: head.seq }),
        required_signers: vec![Required::new(signer.role, signer.code.clone())],
        claimed_time: here.now.clone(),
        tool: Tool::this(),
        digests: Digests { package: Some(bundle.digest().to_owned()), ..bundle.passport().digests.clone() },
    });
    draft = draft.with("request.json", bytes(&asked.request));
    for (name, bytes) in excerpt {
        let file = format!("{}{name}", sheets::PACKAGE);
        // Lists of signers go along, so that stock tools need nothing else.
        if layout::SIGNER_LISTS.contains(&name.as_str()) {
            draft.tag_files.insert(name, bytes.clone());
        }
        draft = draft.with(&file, bytes);
    }
    Ok(draft)
}

/// Rules every flag that the request is about to be scored again, those that were upheld too. A void sheet stays void.
fn rule(session: &mut TableSession, asked: &Asked, here: &Here<'_>) -> Result<Vec<(ApplicationId, FlagKey)>, StepError> {
    let results = session.results()?;
    let applications = results.iter().flat_map(|item| &item.applications);
    let flagged = applications.flat_map(|result| deviations(result).map(|flag| (result.id.clone(), flag.key())));
    let about: Vec<(ApplicationId, FlagKey)> = flagged.filter(|(id, flag)| asked.request.asks_about(id, flag)).collect();
    let mut ruled = Vec::new();
    for (application, flag) in about {
        let ruling = FlagRuling::ReScore { request: asked.digest.clone() };
        let before = session.table().rulings.get(&(application.clone(), flag.clone())).cloned();
        if matches!(before, Some(FlagRuling::Void { .. })) {
            continue;
        }
        if before.as_ref() != Some(&ruling) {
            let act = Act::Flag { application: application.clone(), flag: flag.clone(), before, after: Some(ruling) };
            session.record(act, &here.now)?;
        }
        ruled.push((application, flag));
    }
    Ok(ruled)
}
