//! The panel's part of the demo: the chair collects, the panel decides from a fixed list, chair and supervisor sign one result.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::{
    bundle::{key::SecretKey, layer::Report},
    domain::{
        correction::CorrectionGround,
        decision::Opinion,
        ids::{ApplicationId, PersonCode},
        number::Amount,
        request::Line,
        table::{
            act::{Act, Signature},
            open,
        },
        text::Message,
    },
    intake::scores,
    msg,
    store::Access,
    workflow::{
        StepError, answer, collect, conclude, cosign,
        demo::{Share, Stage},
        keys, open as opening,
        paper::{self, Typing},
        request::{self, Question},
        sample,
        session::Session,
        table::TableSession,
        verify,
    },
};

/// `sample-data/decisions.toml`: what the panel decides, in the order in which it is recorded.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Decisions {
    /// Before the scores are put together.
    before: Vec<Act>,
    /// Sheets from paper, each typed by two people.
    paper: Vec<FromPaper>,
    /// After the scores are put together.
    after: Vec<Act>,
    /// Who is asked to look again.
    request: Vec<Asking>,
    /// The opinions of the panel.
    opinion: Vec<Words>,
}

/// The sheets of a member who scored on paper.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FromPaper {
    reviewer: PersonCode,
    typed_by: Vec<PersonCode>,
    control_total: Amount,
}

/// Somebody is asked to look at a sheet again.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Asking {
    reviewer: PersonCode,
    application: ApplicationId,
    ground: CorrectionGround,
    text: String,
}

/// The opinion of the panel on one application.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    application: ApplicationId,
    overall: String,
    strengths: String,
    problems: String,
    advice: String,
    conclusion: String,
}

impl Words {
    fn act(self) -> Act {
        let Self { application, overall, strengths, problems, advice, conclusion } = self;
        let after = Opinion { overall, strengths, problems, advice, conclusion };
        Act::Opinion { application, before: Opinion::default(), after }
    }
}

fn decisions(text: &str) -> Result<Decisions, StepError> {
    // The list is built in, so only a mistake of ours can be in it; it is told like any other file's.
    toml::from_str(text).map_err(|error| StepError::io(Path::new("decisions.toml"), std::io::Error::other(error)))
}

impl Stage {
    /// The chair opens the table and takes in every bundle of the folder.
    ///
    /// # Errors
    /// The step that failed.
    pub fn collect(&mut self, bundles: &[PathBuf], tell: &mut dyn FnMut(&Message)) -> Result<TableSession, StepError> {
        let chair: PersonCode = self.kit.chair.parse()?;
        let home = self.home(&chair);
        let candidate = opening::look(&home, &self.package, Some(&self.trust))?;
        let taken = self.act(&chair, |here| candidate.accept_at_table(&home, &chair, here))?;
        let mut session = TableSession::open_at(taken.workspace, Access::Write)?;
        let lines = collect::collect(&mut session, bundles, false, &self.tick())?;
        tell(&msg!("demo-collected", count = lines.iter().filter(|line| line.is_good()).count()));
        Ok(session)
    }

    /// The panel decides, and the result is signed by chair and supervisor.
    ///
    /// # Errors
    /// The step that failed.
    pub fn conclude(&mut self, session: &mut TableSession, tell: &mut dyn FnMut(&Message)) -> Result<Report, StepError> {
        let chair: PersonCode = self.kit.chair.parse()?;
        let Decisions { before, paper, after, request, opinion } = decisions(self.kit.decisions)?;
        for act in before {
            session.record(act, &self.tick())?;
        }
        for sheets in paper {
            self.type_in(session, &sheets, tell)?;
        }
        session.record(Act::Consolidate, &self.tick())?;
        for asking in request {
            self.ask(session, asking, tell)?;
        }
        for act in after.into_iter().chain(opinion.into_iter().map(Words::act)) {
            session.record(act, &self.tick())?;
        }
        let members: Vec<PersonCode> = open::sitting(session.package(), session.table()).map(|person| person.code.clone()).collect();
        for person in members {
            session.record(Act::Member { person, before: None, after: Some(Signature::Signed) }, &self.tick())?;
        }
        tell(&msg!("demo-decided", count = session.store().head().seq));
        let key = self.key(&chair)?;
        let to = self.root.join("bundles");
        let concluded = self.act(&chair, |here| conclude::seal(session, &key, &to, here))?;
        tell(&msg!("demo-concluded", file = concluded.path.display()));
        self.supervise(session, &concluded.path, tell)?;
        self.result.clone_from(&concluded.path);
        verify::verify(&concluded.path, Some(&self.trust))
    }

    /// Two people type sheets from paper, one after the other.
    fn type_in(&mut self, table: &mut TableSession, given: &FromPaper, tell: &mut dyn FnMut(&Message)) -> Result<(), StepError> {
        let FromPaper { reviewer, typed_by, control_total } = given;
        for by in typed_by {
            let lines = scores::read("paper-R08.csv", sample::PAPER.as_bytes()).map_err(StepError::Problems)?;
            let sheets = paper::sheets("paper-R08.csv", reviewer, lines)?;
            let typing = Typing { reviewer: reviewer.clone(), by: by.clone(), control_total: *control_total, sheets, image: None };
            paper::enter(table, typing, &self.tick())?;
            tell(&msg!("demo-typed", code = reviewer, by = by));
        }
        Ok(())
    }

    /// The chair asks, the reviewer answers on an own machine, and the chair takes the answer in.
    fn ask(&mut self, table: &mut TableSession, asking: Asking, tell: &mut dyn FnMut(&Message)) -> Result<(), StepError> {
        let chair: PersonCode = self.kit.chair.parse()?;
        let (key, to) = (self.key(&chair)?, self.root.join("bundles"));
        let Asking { reviewer, application, ground, text } = asking;
        let line = Line { application, criteria: Vec::new(), ground, text };
        let question = Question { reviewer: reviewer.clone(), lines: vec![line], deadline: None };
        let written = self.act(&chair, |here| request::write(table, question, &key, &to, here))?;
        tell(&msg!("demo-asked", code = reviewer, file = written.path.display()));

        let home = self.home(&reviewer);
        let mut session = Session::open(&home, None, Access::Write)?;
        answer::look(&session, &written.path)?.accept(&mut session, &self.tick())?;
        self.enter(&mut session, sample::ANSWER, Share::All)?;
        session.close(&self.clock)?;
        let key = self.key(&reviewer)?;
        let exported = self.export(&home, &key)?;
        let lines = collect::collect(table, std::slice::from_ref(&exported), false, &self.tick())?;
        tell(&msg!("demo-answered", code = reviewer, file = exported.display()));
        if lines.iter().all(collect::Line::is_good) { Ok(()) } else { Err(StepError::OtherPackage { what: "package" }) }
    }

    /// The supervisor co-signs on an own machine, and the chair takes the signature back.
    fn supervise(&mut self, session: &mut TableSession, result: &Path, tell: &mut dyn FnMut(&Message)) -> Result<(), StepError> {
        let supervisor: PersonCode = self.kit.supervisor.parse()?;
        let key = self.key(&supervisor)?;
        let cosigned = cosign::cosign(result, &supervisor, &key, Some(&self.trust), None)?;
        cosign::take_back(session, &cosigned.path, &self.tick())?;
        tell(&msg!("demo-cosigned", code = supervisor, file = cosigned.path.display()));
        Ok(())
    }

    fn key(&self, code: &PersonCode) -> Result<SecretKey, StepError> {
        keys::unlock(&self.home(code), code, None)
    }
}
