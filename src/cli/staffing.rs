//! `pingyi package conflicts|assign`: who stays out of what, and who reads what.

use serde_json::{Value, json};

use crate::{
    cli::{
        Failure, Run,
        args::{AssignArgs, ConflictsArgs},
        out::{Exit, Out},
        print,
        tables::{Consent, consent},
    },
    domain::{
        assign::Shortage,
        conflict::{Conflict, undecided},
    },
    msg,
    workflow::{
        StepError,
        office::{
            assign::{self, Order, Preview},
            conflicts::{self, Choice, Pair},
        },
        prepare, told,
    },
};

/// `package conflicts`.
pub(super) fn conflicts(run: &mut Run<'_>, arguments: &ConflictsArgs) -> Result<Exit, Failure> {
    let package = prepare::check(&arguments.folder)?.package;
    let all = undecided(&package);
    let pairs = arguments.which.pick.iter().map(|text| conflicts::pair(text)).collect::<Result<Vec<Pair>, _>>().map_err(StepError::from)?;
    let choice = if arguments.which.all { Choice::All } else { Choice::Named(pairs) };
    let chosen = if arguments.add { conflicts::chosen(&package, &choice).map_err(StepError::from)? } else { Vec::new() };
    let added = conflicts::add(&arguments.folder, &package, &chosen, &run.now()?)?;
    let is_added = |one: &Conflict<'_>| added.contains(&(one.application.id.clone(), one.person.code.clone()));
    if run.out.json {
        let rows: Vec<Value> = all.iter().map(|one| conflict_json(one, is_added(one))).collect();
        run.out.json(&json!({ "conflicts": rows, "added": added.len() }))?;
        return Ok(Exit::Done);
    }
    print::told(&mut run.out, &told::conflicts(&all))?;
    let sum = match (all.len(), added.len()) {
        (0, _) => msg!("say-conflicts-none"),
        (count, 0) => msg!("say-conflicts-open", count = count),
        (_, added) => msg!("say-conflicts-added", count = added),
    };
    run.out.say(&sum)?;
    Ok(Exit::Done)
}

fn conflict_json(one: &Conflict<'_>, added: bool) -> Value {
    let reasons: Vec<Value> =
        one.suggestions.iter().map(|suggestion| json!({ "ground": suggestion.ground, "text": Out::both(&suggestion.why) })).collect();
    json!({ "application": one.application.id, "person": one.person.code, "reasons": reasons, "added": added })
}

/// `package assign`.
pub(super) fn assign(run: &mut Run<'_>, arguments: &AssignArgs) -> Result<Exit, Failure> {
    let AssignArgs { folder, per, seed, ignore_suggested, confirm } = arguments;
    let order = Order { folder, per: *per, seed: seed.as_deref(), ignore_suggested: *ignore_suggested };
    let preview = match assign::preview(&order)? {
        Ok(preview) => preview,
        Err(shortages) => return short(run, &shortages),
    };
    if !run.out.json {
        print::told(&mut run.out, &told::readers(&preview))?;
    }
    let question = msg!("ask-assign", count = preview.written());
    match consent(run, confirm, preview.written(), &question)? {
        Consent::Given => {
            preview.take_in(folder)?;
            run.out.tell(&msg!("say-assigned"), &document(&preview, true))?;
            Ok(Exit::Done)
        }
        Consent::Refused => run.out.tell(&msg!("say-nothing-done"), &document(&preview, false)).map(|()| Ok(Exit::No))?,
        Consent::NotAsked => run.out.tell(&msg!("say-nothing-done"), &document(&preview, false)).map(|()| Ok(Exit::Done))?,
    }
}

/// Says which applications lack readers, and why the others may not read them.
fn short(run: &mut Run<'_>, shortages: &[Shortage]) -> Result<Exit, Failure> {
    if run.out.json {
        let row = |one: &Shortage| {
            json!({ "application": one.application, "wanted": one.wanted, "eligible": one.eligible, "recused": one.recused,
                    "suggested": one.suggested })
        };
        run.out.json(&json!({ "done": false, "short": shortages.iter().map(row).collect::<Vec<_>>() }))?;
    } else {
        print::told(&mut run.out, &told::shortages(shortages))?;
    }
    run.out.complain(&msg!("err-short", count = shortages.len()), &msg!("rec-short"))?;
    Ok(Exit::No)
}

fn document(preview: &Preview, done: bool) -> Value {
    let loads: Vec<Value> =
        preview.loads.iter().map(|(code, now, then)| json!({ "reviewer": code, "before": now, "after": then })).collect();
    let changes: Vec<Value> =
        preview.changes.iter().map(|(application, come, go)| json!({ "application": application, "added": come, "removed": go })).collect();
    json!({ "done": done, "seed": preview.assigned.seed, "per": preview.assigned.per, "loads": loads, "changes": changes,
            "pairs": preview.pairs, "strangers": preview.strangers, "unscored": preview.unscored, "short": [] })
}
