//! `pingyi import` and `pingyi consolidate`: the chair takes bundles in, and sees what they come to.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::{
    bundle::kind::Kind,
    cli::{
        Failure, Run,
        args::{ConsolidateArgs, ImportArgs},
        conclude,
        out::{Exit, Out},
        print, sitting, verify,
    },
    domain::{
        consolidate::derivation::ItemResult,
        ids::{ApplicationId, ItemId, PersonCode},
        table::{act::Act, collect::Verdict, input::Missing},
        text::Explain,
    },
    msg,
    store::Access,
    workflow::{
        StepError,
        collect::{self, Line, LineVerdict},
        open,
        table::TableSession,
        tabulate,
    },
};

/// `import FILE…`: a package opens the table; score bundles are taken in, all or none.
pub(crate) fn import(run: &mut Run<'_>, arguments: &ImportArgs) -> Result<Exit, Failure> {
    let (packages, bundles): (Vec<&PathBuf>, Vec<&PathBuf>) = arguments.files.iter().partition(|file| is_called(file, Kind::Package));
    let (results, bundles): (Vec<&PathBuf>, Vec<&PathBuf>) = bundles.into_iter().partition(|file| is_called(file, Kind::Result));
    let mut opened = Value::Null;
    for package in packages {
        opened = take_package(run, package, arguments)?;
    }
    let mut taken = Taken { lines: Vec::new(), awaited: Vec::new(), dry_run: arguments.dry_run };
    if !bundles.is_empty() {
        let access = if arguments.dry_run { Access::Read } else { Access::Write };
        let mut session = TableSession::open(&run.home, run.work.as_deref(), access)?;
        run.notes(session.notes())?;
        let files: Vec<PathBuf> = bundles.into_iter().cloned().collect();
        let now = run.now()?;
        let lines = collect::collect(&mut session, &files, arguments.dry_run, &now);
        taken.awaited = collect::awaited(&session);
        if !arguments.dry_run {
            session.close(&now)?;
        }
        taken.lines = lines?;
    }
    let mut signed = Vec::new();
    if !results.is_empty() && !arguments.dry_run {
        let mut session = TableSession::open(&run.home, run.work.as_deref(), Access::Write)?;
        for file in results {
            signed.push(conclude::take_back(run, &mut session, file)?);
        }
        session.close(&run.now()?)?;
    }
    tell(run, &taken, &opened, signed)?;
    Ok(if taken.is_good() { Exit::Done } else { Exit::No })
}

/// Whether the file's name is one of this kind. What the file is, its content says afterwards.
fn is_called(file: &Path, kind: Kind) -> bool {
    file.file_name().and_then(|name| name.to_str()).is_some_and(|name| name.starts_with(kind.id()))
}

/// What became of the score bundles of one import.
struct Taken {
    lines: Vec<Line>,
    awaited: Vec<PersonCode>,
    dry_run: bool,
}

impl Taken {
    fn is_good(&self) -> bool {
        self.lines.iter().all(Line::is_good)
    }
}

/// Opens the table with a package, and says so; the document is for `--json`.
fn take_package(run: &mut Run<'_>, file: &Path, arguments: &ImportArgs) -> Result<Value, Failure> {
    let trust = arguments.trust.as_deref().map(verify::trust).transpose()?;
    let named: Option<PersonCode> = arguments.person.as_deref().map(str::parse).transpose()?;
    let candidate = open::look(&run.home, file, trust.as_ref())?;
    let chair = candidate.reviewer(&run.home, named.as_ref())?;
    let groups = candidate.office_groups();
    if arguments.dry_run {
        if !run.out.json {
            run.out.say(&msg!("say-would-open-table", code = chair))?;
        }
        return Ok(json!({ "workspace": Value::Null, "chair": chair, "office_key": groups }));
    }
    let taken = run.here(|home, here| candidate.accept_at_table(home, &chair, here))?;
    if !run.out.json {
        run.out.say(&msg!("say-table-open", workspace = taken.workspace.name(), code = chair))?;
        if trust.is_none() {
            run.out.say(&msg!("say-compare-office-key", groups = groups))?;
        }
    }
    run.work = Some(taken.workspace.name());
    Ok(json!({ "workspace": taken.workspace.name(), "chair": chair, "office_key": groups }))
}

fn tell(run: &mut Run<'_>, taken: &Taken, opened: &Value, signed: Vec<Value>) -> Result<(), Failure> {
    let Taken { lines, awaited, dry_run } = taken;
    if run.out.json {
        let files: Vec<Value> = lines.iter().map(line_json).collect();
        let done = taken.is_good() && !dry_run;
        return Ok(run.out.json(&json!({ "table": opened, "taken_in": done, "files": files, "awaited": awaited,
                                       "cosigned": signed }))?);
    }
    for line in lines {
        let sentence = run.out.text(&line.what());
        let whose = line.bundle.as_ref().map(|bundle| format!("{} r{}", bundle.reviewer, bundle.revision)).unwrap_or_default();
        run.out.line(&format!("{}  {whose}  {sentence}", line.file.display()))?;
        match &line.verdict {
            LineVerdict::Failed(report) => print::refused(&mut run.out, report)?,
            LineVerdict::Judged(Verdict::Refused(refusal)) => {
                let advice = run.out.text(&refusal.advice());
                run.out.line(&format!("    {advice}"))?;
            }
            LineVerdict::Judged(_) => {}
        }
    }
    if !awaited.is_empty() {
        let codes = awaited.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        run.out.say(&msg!("say-awaited", codes = codes))?;
    }
    if !taken.is_good() {
        run.out.complain(&msg!("err-import-none"), &msg!("rec-import-none"))?;
    }
    Ok(())
}

fn line_json(line: &Line) -> Value {
    let word = match &line.verdict {
        LineVerdict::Failed(_) => "failed",
        LineVerdict::Judged(Verdict::New) => "new",
        LineVerdict::Judged(Verdict::Replaces { .. }) => "replaces",
        LineVerdict::Judged(Verdict::Same) => "same",
        LineVerdict::Judged(Verdict::Evidence(_)) => "evidence",
        LineVerdict::Judged(Verdict::Refused(_)) => "refused",
    };
    let words = line.what();
    json!({ "file": line.file, "bundle": line.bundle, "verdict": word, "code": words.id, "text": Out::both(&words) })
}

/// `consolidate`: the figures as they are now.
pub(crate) fn consolidate(run: &mut Run<'_>, arguments: &ConsolidateArgs) -> Result<Exit, Failure> {
    if arguments.close {
        return close(run, arguments.yes);
    }
    let session = TableSession::open(&run.home, run.work.as_deref(), Access::Read)?;
    run.notes(session.notes())?;
    let item: Option<ItemId> = arguments.item.as_deref().map(str::parse).transpose()?;
    let explain: Option<ApplicationId> = arguments.explain.as_deref().map(str::parse).transpose()?;
    let results = session.results()?;
    let chosen: Vec<ItemResult> = results.into_iter().filter(|result| item.as_ref().is_none_or(|item| result.id == *item)).collect();
    if let Some(id) = &explain {
        let document = tabulate::explained(&session, &chosen, id)?;
        return Ok(run.out.json(&document).map(|()| Exit::Done)?);
    }
    if run.out.json {
        let document = tabulate::document(&session, &chosen)?;
        return Ok(run.out.json(&document).map(|()| Exit::Done)?);
    }
    for result in &chosen {
        for line in tabulate::lines(&session, result) {
            let sentence = run.out.text(&line);
            run.out.line(&sentence)?;
        }
    }
    tell_missing(run, &session.missing())?;
    Ok(Exit::Done)
}

/// `consolidate --close`: the scores are put together; from now on they change by correction, or by an answer to a request.
fn close(run: &mut Run<'_>, yes: bool) -> Result<Exit, Failure> {
    let is_open = |run: &mut Run<'_>, session: &TableSession| -> Result<bool, Failure> {
        let missing = session.missing();
        if !run.out.json {
            tell_missing(run, &missing)?;
        }
        if !missing.is_empty() {
            run.out.complain(&msg!("err-close-missing", count = missing.len()), &msg!("rec-close-missing"))?;
        }
        Ok(!missing.is_empty())
    };
    if yes {
        return sitting::writing(run, |run, session| {
            if is_open(run, session)? {
                return told_close(run, session, false, Exit::No);
            }
            session.record(Act::Consolidate, &run.now()?)?;
            if !run.out.json {
                run.out.say(&msg!("say-closed"))?;
            }
            told_close(run, session, true, Exit::Done)
        });
    }
    sitting::reading(run, |run, session| {
        let exit = if is_open(run, session)? { Exit::No } else { Exit::Done };
        session.table().admit(session.package(), &session.results()?, &Act::Consolidate).map_err(StepError::Act)?;
        if !run.out.json && exit == Exit::Done {
            run.out.say(&msg!("say-would-close"))?;
        }
        told_close(run, session, false, exit)
    })
}

/// `{"closed", "missing": [{"reviewer", "application"}]}`, where JSON is wanted.
fn told_close(run: &mut Run<'_>, session: &TableSession, closed: bool, exit: Exit) -> Result<Exit, Failure> {
    if run.out.json {
        let row = |one: &Missing| json!({ "reviewer": one.reviewer, "application": one.application });
        let missing: Vec<Value> = session.missing().iter().map(row).collect();
        run.out.json(&json!({ "closed": closed, "missing": missing }))?;
    }
    Ok(exit)
}

fn tell_missing(run: &mut Run<'_>, missing: &[Missing]) -> Result<(), Failure> {
    for one in missing {
        run.out.say(&msg!("say-missing", reviewer = one.reviewer, application = one.application))?;
    }
    Ok(())
}
