//! `pingyi package conflicts|assign`: who stays out of what, and who reads what.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::{
    cli::{
        Failure, Run,
        args::{AssignArgs, ConflictsArgs},
        out::{Exit, Out},
        tables::{Consent, consent},
    },
    domain::{
        assign::Shortage,
        conflict::{Conflict, undecided},
        ids::PersonCode,
        telling,
    },
    msg,
    workflow::{
        StepError,
        office::{
            assign::{self, Order, Preview},
            conflicts::{self, Choice, Pair},
        },
        prepare,
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
    for one in &all {
        let title = one.application.title.get(run.out.language);
        run.out.line(&format!("{}:{}  {}  {title}", one.application.id, one.person.code, one.person.name))?;
        for suggestion in &one.suggestions {
            let (ground, why) = (run.out.text(&telling::ground(suggestion.ground)), run.out.text(&suggestion.why));
            run.out.line(&format!("    {ground}: {why}"))?;
        }
    }
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
        show(run, &preview)?;
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
        for one in shortages {
            run.out.say(&msg!("say-short", application = one.application, wanted = one.wanted, eligible = one.eligible))?;
            for (codes, words) in [
                (&one.recused, msg!("say-short-recused", codes = codes(&one.recused))),
                (&one.suggested, msg!("say-short-suggested", codes = codes(&one.suggested))),
            ] {
                if !codes.is_empty() {
                    let sentence = run.out.text(&words);
                    run.out.line(&format!("    {sentence}"))?;
                }
            }
        }
    }
    run.out.complain(&msg!("err-short", count = shortages.len()), &msg!("rec-short"))?;
    Ok(Exit::No)
}

fn codes(codes: &[PersonCode]) -> String {
    codes.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

fn show(run: &mut Run<'_>, preview: &Preview) -> Result<(), Failure> {
    for (application, come, go) in &preview.changes {
        let signs = [("+", come), ("−", go)].into_iter().filter(|(_, people)| !people.is_empty());
        let words = signs.map(|(sign, people)| format!("{sign} {}", codes(people))).collect::<Vec<_>>().join("  ");
        run.out.line(&format!("{application}  {words}"))?;
    }
    for application in &preview.unscored {
        run.out.say(&msg!("say-assign-unscored", application = application))?;
    }
    for (code, now, then) in &preview.loads {
        run.out.say(&msg!("say-load", code = code, now = now, then = then))?;
    }
    let counts: BTreeSet<usize> = preview.loads.iter().map(|(_, _, then)| *then).collect();
    let (least, most) = (counts.first().copied().unwrap_or_default(), counts.last().copied().unwrap_or_default());
    run.out.say(&msg!("say-assign-sum", pairs = preview.pairs, least = least, most = most, strangers = preview.strangers))?;
    run.out.say(&msg!("say-assign-seed", seed = preview.assigned.seed))?;
    Ok(())
}

fn document(preview: &Preview, done: bool) -> Value {
    let loads: Vec<Value> =
        preview.loads.iter().map(|(code, now, then)| json!({ "reviewer": code, "before": now, "after": then })).collect();
    let changes: Vec<Value> =
        preview.changes.iter().map(|(application, come, go)| json!({ "application": application, "added": come, "removed": go })).collect();
    json!({ "done": done, "seed": preview.assigned.seed, "per": preview.assigned.per, "loads": loads, "changes": changes,
            "pairs": preview.pairs, "strangers": preview.strangers, "unscored": preview.unscored, "short": [] })
}
