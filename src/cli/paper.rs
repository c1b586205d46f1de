//! `pingyi paper …`: score sheets from paper, typed by two people.

use std::{fs, io::Read, path::Path};

use serde_json::{Value, json};

use crate::{
    cli::{
        Failure, Run,
        args::{PaperCommand, PaperEnterArgs},
        out::{Exit, Out},
        sitting,
    },
    domain::{
        number::Amount,
        table::{
            ActRefusal,
            paper::{PaperProblem, PaperRefusal},
            telling,
        },
        text::Explain,
    },
    intake::scores,
    msg,
    workflow::{
        StepError,
        paper::{self, Entered, Typing},
        table::TableSession,
    },
};

/// Largest table or image that is taken in, in bytes: a scan of some pages.
const LARGEST: u64 = 32 * 1024 * 1024;

/// Runs one `paper` command.
pub(crate) fn run(run: &mut Run<'_>, command: &PaperCommand) -> Result<Exit, Failure> {
    match command {
        PaperCommand::Enter(arguments) => enter(run, arguments),
        PaperCommand::List => sitting::reading(run, list),
    }
}

fn enter(run: &mut Run<'_>, arguments: &PaperEnterArgs) -> Result<Exit, Failure> {
    let (name, bytes) = table(arguments.file.as_deref())?;
    let control_total: Amount =
        arguments.control_total.parse().map_err(|why| StepError::NotPoints { found: arguments.control_total.clone(), why })?;
    let reviewer = arguments.reviewer.parse()?;
    let lines = scores::read(&name, &bytes).map_err(StepError::Problems)?;
    let sheets = paper::sheets(&name, &reviewer, lines)?;
    let image = arguments.image.as_deref().map(read).transpose()?;
    let typing = Typing { reviewer, by: arguments.by.parse()?, control_total, sheets, image };
    sitting::writing(run, |run, session| {
        let typed = typing.clone();
        match paper::enter(session, typing, &run.now()?) {
            Ok((seq, entered)) => tell(run, &typed, seq, &entered),
            Err(StepError::Act(ActRefusal::Paper(PaperRefusal::Problems(problems)))) => refuse(run, &typed, &problems),
            Err(error) => Err(error.into()),
        }
    })
}

/// The table that was typed, and its name.
fn table(file: Option<&Path>) -> Result<(String, Vec<u8>), Failure> {
    let Some(file) = file else {
        let mut bytes = Vec::new();
        let read = std::io::stdin().lock().take(LARGEST).read_to_end(&mut bytes);
        read.map_err(|error| Failure::bad_input(msg!("err-cannot-read", file = "stdin", cause = error), msg!("rec-cannot-read")))?;
        return Ok(("stdin".to_owned(), bytes));
    };
    Ok((file.display().to_string(), read(file)?))
}

fn read(file: &Path) -> Result<Vec<u8>, Failure> {
    let bytes = fs::metadata(file)
        .and_then(|about| if about.len() > LARGEST { Err(std::io::ErrorKind::FileTooLarge.into()) } else { fs::read(file) });
    bytes.map_err(|error| Failure::bad_input(msg!("err-cannot-read", file = file.display(), cause = error), msg!("rec-cannot-read")))
}

fn tell(run: &mut Run<'_>, typed: &Typing, seq: u64, entered: &Entered) -> Result<Exit, Failure> {
    let exit = if matches!(entered, Entered::Differs { .. }) { Exit::No } else { Exit::Done };
    if run.out.json {
        let (state, with, paper, differences) = match entered {
            Entered::First => ("first", Value::Null, None, json!([])),
            Entered::Differs { with, differences } => ("differs", json!(with), None, json!(differences)),
            Entered::Agreed(paper) => ("agreed", json!(paper.first.by), Some(paper), json!([])),
        };
        let (revision, digest) = (paper.map(|paper| paper.revision), paper.map(|paper| paper.digest.clone()));
        run.out
            .json(&json!({ "reviewer": typed.reviewer, "by": typed.by, "state": state, "seq": seq, "with": with, "revision": revision,
                              "digest": digest, "differences": differences, "problems": [] }))?;
        return Ok(exit);
    }
    match entered {
        Entered::First => run.out.say(&msg!("say-paper-first", by = typed.by, reviewer = typed.reviewer))?,
        Entered::Agreed(paper) => run.out.say(&msg!(
            "say-paper-agreed",
            reviewer = paper.reviewer,
            revision = paper.revision,
            first = paper.first.by,
            second = paper.second.by
        ))?,
        Entered::Differs { with, differences } => {
            for one in differences {
                let place = one.criterion.as_ref().map_or_else(|| scores::OVERALL.to_owned(), ToString::to_string);
                let (here, there) = (shown(&one.here), shown(&one.there));
                let (by, application) = (&typed.by, &one.application);
                run.out.say(&msg!(
                    "say-paper-difference",
                    application = application,
                    criterion = place,
                    by = by,
                    here = here,
                    with = with,
                    there = there
                ))?;
            }
            run.out.complain(&msg!("err-paper-differs", count = differences.len(), with = with), &msg!("rec-paper-differs"))?;
        }
    }
    Ok(exit)
}

/// What was typed, or a dash where nothing was.
fn shown(text: &str) -> &str {
    if text.is_empty() { "–" } else { text }
}

/// Everything that a rule refuses, at once.
fn refuse(run: &mut Run<'_>, typed: &Typing, problems: &[PaperProblem]) -> Result<Exit, Failure> {
    if run.out.json {
        let row = |one: &PaperProblem| {
            let (what, advice) = (one.what(), one.advice());
            json!({ "application": one.application, "criterion": one.criterion, "code": what.id, "text": Out::both(&what),
                    "advice": Out::both(&advice) })
        };
        let rows: Vec<Value> = problems.iter().map(row).collect();
        run.out
            .json(&json!({ "reviewer": typed.reviewer, "by": typed.by, "state": "refused", "seq": null, "with": null, "revision": null,
                              "digest": null, "differences": [], "problems": rows }))?;
    } else {
        for one in problems {
            let what = run.out.text(&one.what());
            let criterion = one.criterion.as_ref().map(ToString::to_string).unwrap_or_default();
            run.out.line(&format!("{} {criterion}  {what}", one.application))?;
        }
    }
    let refusal = PaperRefusal::Problems(problems.to_vec());
    run.out.complain(&refusal.what(), &refusal.advice())?;
    Ok(Exit::No)
}

/// Sheets that two people typed alike, and entries that wait. What was typed is not shown, so that whoever comes second looks at the paper.
fn list(run: &mut Run<'_>, session: &TableSession) -> Result<Exit, Failure> {
    let table = session.table();
    if run.out.json {
        let papers = table.papers.iter().map(|paper| {
            json!({ "reviewer": paper.reviewer, "revision": paper.revision, "digest": paper.digest, "supersedes": paper.supersedes,
                    "first": paper.first, "second": paper.second, "control_total": paper.control_total, "image": paper.image,
                    "sheets": paper.sheets.len() })
        });
        let waiting = table.typed.values().map(|entry| {
            json!({ "reviewer": entry.reviewer, "by": entry.by, "digest": entry.digest, "control_total": entry.control_total,
                    "image": entry.image, "sheets": entry.sheets.len() })
        });
        let (papers, waiting): (Vec<Value>, Vec<Value>) = (papers.collect(), waiting.collect());
        run.out.json(&json!({ "papers": papers, "waiting": waiting }))?;
        return Ok(Exit::Done);
    }
    for paper in &table.papers {
        run.out.say(&telling::paper(paper))?;
    }
    for entry in table.typed.values() {
        run.out.say(&msg!("say-paper-first", by = entry.by, reviewer = entry.reviewer))?;
    }
    if table.papers.is_empty() && table.typed.is_empty() {
        run.out.say(&msg!("say-paper-none"))?;
    }
    Ok(Exit::Done)
}
