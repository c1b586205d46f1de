//! The office's work on a package folder out of tables and lists: what it would do is worked out, kept, and done when confirmed.

use std::path::{Path, PathBuf};

use super::{ends::Place, trouble};
use crate::{
    domain::{conflict::undecided, finding::Severity, text::Message},
    intake::Problem,
    msg,
    tui::{
        acts::{Outcome, Trouble},
        ends::{severity_role, typed_path, typed_paths},
        theme::Role,
        workshop::{Plan, PlanLine, Task, Tool},
    },
    workflow::{
        StepError,
        gather::{self, Gathering},
        office::{
            assign,
            conflicts::{self, Choice, Pair},
        },
        prepare,
        tables::{
            self, Order, Preview,
            draw::{self, DrawOrder, Drawing},
        },
        told::{self, Told},
    },
};

/// What would be done, and what the screens are shown of it.
pub(super) struct Held {
    pub(super) shown: Plan,
    step: Step,
}

enum Step {
    Tables(Preview),
    Files(Gathering),
    Recusals(Vec<Pair>),
    Readers(assign::Preview),
    /// Nothing can be done.
    Nothing,
}

/// Works out what a task would do.
pub(super) fn plan(place: &Place, folder: &Path, task: &Task) -> Outcome<Held> {
    let failed = |error: StepError| match error {
        StepError::Problems(found) => unsound(&found),
        other => trouble(&other),
    };
    let text = |at: usize| task.answers.get(at).map(|answer| answer.trim()).unwrap_or_default();
    let files = typed_paths(text(0));
    let order = Order { files: files.iter().map(PathBuf::as_path).collect(), into: folder, columns: None, prefix: None };
    let today = place.now.day();
    match task.tool {
        Tool::Applications => tables::preview(&order).map(|preview| tabled(task.tool, preview)).map_err(failed),
        Tool::Roster => tables::preview_people(&order).map(|preview| tabled(task.tool, preview)).map_err(failed),
        Tool::Changes => tables::preview_changes(&order, today).map(|preview| tabled(task.tool, preview)).map_err(failed),
        Tool::Attachments => gather::preview(&typed_path(text(0)), folder).map(gathered).map_err(failed),
        Tool::Recusals => recusals(folder).map_err(failed),
        Tool::Readers => {
            let per = if text(0).is_empty() { None } else { Some(number(text(0))?) };
            let order = assign::Order { folder, per, seed: None, ignore_suggested: false };
            assign::preview(&order).map(readers).map_err(failed)
        }
        Tool::Draw => {
            let alternates = if text(2).is_empty() { 0 } else { number(text(2))? };
            let date = today.ok_or_else(|| Trouble { what: msg!("err-no-day"), advice: msg!("rec-no-day"), unsaved: false })?;
            let (count, alternates) = (number(text(1))? as usize, alternates as usize);
            let order = DrawOrder { table: order, count, alternates, seed: text(3), witness: text(4), date };
            draw::preview(&order).map(drawn).map_err(failed)
        }
    }
}

/// The lots come first: whoever witnesses a draw looks at those.
fn drawn(drawing: Drawing) -> Held {
    let lots: Vec<PlanLine> = told::lots(&drawing).into_iter().map(line).collect();
    let Held { mut shown, step } = tabled(Tool::Draw, drawing.preview);
    shown.lines.splice(0..0, lots);
    Held { shown, step }
}

/// A folder with errors of its own: the screens have a list of them.
fn unsound(found: &[Problem]) -> Trouble {
    let count = found.iter().filter(|problem| problem.severity == Severity::Error).count();
    Trouble { what: msg!("err-folder-unsound", count = count), advice: msg!("rec-folder-unsound"), unsaved: false }
}

fn number(text: &str) -> Outcome<u32> {
    let refused = || Trouble { what: msg!("err-not-a-count", found = text), advice: msg!("rec-not-a-count"), unsaved: false };
    text.parse().ok().filter(|number| *number > 0).ok_or_else(refused)
}

fn line(told: Told) -> PlanLine {
    PlanLine { role: told.severity.map_or(Role::Plain, severity_role), is_detail: told.is_detail, text: told.text }
}

fn shown(tool: Tool, told: Vec<Told>) -> Plan {
    Plan { tool, lines: told.into_iter().map(line).collect(), errors: 0, files: 0, replaced: 0 }
}

fn tabled(tool: Tool, preview: Preview) -> Held {
    // To replace is what a table of changes is for, and what it replaces stands in every line.
    let replaced = if tool == Tool::Changes { 0 } else { preview.replaced() };
    let plan = shown(tool, told::preview(&preview));
    Held { shown: Plan { errors: preview.errors(), files: preview.written(), replaced, ..plan }, step: Step::Tables(preview) }
}

fn gathered(gathering: Gathering) -> Held {
    let plan = shown(Tool::Attachments, told::gathering(&gathering));
    Held { shown: Plan { errors: gathering.errors(), files: gathering.copied(), ..plan }, step: Step::Files(gathering) }
}

fn recusals(folder: &Path) -> Result<Held, StepError> {
    let package = prepare::check(folder)?.package;
    let open = undecided(&package);
    let pairs: Vec<Pair> = open.iter().map(|one| (one.application.id.clone(), one.person.code.clone())).collect();
    let mut plan = shown(Tool::Recusals, told::conflicts(&open));
    let sum = if pairs.is_empty() { msg!("say-conflicts-none") } else { msg!("plan-conflicts", count = pairs.len()) };
    plan.lines.push(PlanLine { role: Role::Plain, is_detail: false, text: sum });
    Ok(Held { shown: Plan { files: usize::from(!pairs.is_empty()), ..plan }, step: Step::Recusals(pairs) })
}

fn readers(found: Result<assign::Preview, Vec<crate::domain::assign::Shortage>>) -> Held {
    match found {
        Ok(preview) => {
            let plan = shown(Tool::Readers, told::readers(&preview));
            Held { shown: Plan { files: preview.written(), ..plan }, step: Step::Readers(preview) }
        }
        Err(short) => {
            let plan = shown(Tool::Readers, told::shortages(&short));
            Held { shown: Plan { errors: short.len(), ..plan }, step: Step::Nothing }
        }
    }
}

/// Does it; what was done, in words.
pub(super) fn take_in(place: &Place, folder: &Path, held: &Held) -> Outcome<Message> {
    let files = held.shown.files;
    let done = match &held.step {
        Step::Tables(preview) => preview.take_in(true).map(|_| msg!("said-written", files = files)),
        Step::Files(gathering) => gathering.take_in().map(|count| msg!("said-attached", count = count)),
        Step::Recusals(pairs) => order(place, folder, pairs).map(|count| msg!("said-recused", count = count)),
        Step::Readers(preview) => preview.take_in(folder).map(|()| msg!("said-written", files = files)),
        Step::Nothing => Ok(msg!("plan-nothing")),
    };
    done.map_err(|error| trouble(&error))
}

/// Orders exactly the recusals that were shown.
fn order(place: &Place, folder: &Path, pairs: &[Pair]) -> Result<usize, StepError> {
    let package = prepare::check(folder)?.package;
    let chosen = conflicts::chosen(&package, &Choice::Named(pairs.to_vec()))?;
    conflicts::add(folder, &package, &chosen, &place.now).map(|added| added.len())
}
