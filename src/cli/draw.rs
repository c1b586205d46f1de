//! `pingyi package draw`: reviewers from a pool, by lots that anybody can work out again.

use serde_json::{Value, json};

use crate::{
    cli::{
        Failure, Run,
        args::DrawArgs,
        out::{Exit, Out},
        tables,
    },
    domain::{draw::Lot, text::Message},
    msg,
    workflow::tables::{
        Order,
        draw::{self, DrawOrder},
    },
};

/// `package draw`.
pub(super) fn draw(run: &mut Run<'_>, arguments: &DrawArgs) -> Result<Exit, Failure> {
    let unclear = || Failure::usage(msg!("err-no-day"), msg!("rec-no-day"));
    let order = DrawOrder {
        table: Order { files: vec![&arguments.pool], into: &arguments.into, columns: arguments.columns.as_deref(), prefix: None },
        count: arguments.count as usize,
        alternates: arguments.alternates as usize,
        seed: &arguments.seed,
        witness: &arguments.witness,
        date: run.now()?.day().ok_or_else(unclear)?,
    };
    let drawing = draw::preview(&order)?;
    let of = |at: usize| {
        if at < order.count {
            "drawn"
        } else if at < order.count.saturating_add(order.alternates) {
            "alternate"
        } else {
            "not-drawn"
        }
    };
    if !run.out.json && !drawing.lots.is_empty() {
        run.out.say(&msg!("say-draw-how"))?;
        run.out.line(&format!(
            "    printf '%s' '{}/{}' | sha256sum",
            order.seed,
            drawing.lots.first().map(|lot| lot.code.as_str()).unwrap_or_default()
        ))?;
        for (at, lot) in drawing.lots.iter().enumerate() {
            let word = run.out.text(&word(of(at)));
            run.out.line(&format!("{}  {}  {word}", lot.digest, lot.code))?;
        }
        for (code, why) in &drawing.excluded {
            let why = run.out.text(why);
            run.out.line(&format!("{code}  {why}"))?;
        }
    }
    let row = |(at, lot): (usize, &Lot)| json!({ "code": lot.code, "digest": lot.digest, "state": of(at) });
    let lots: Vec<Value> = drawing.lots.iter().enumerate().map(row).collect();
    let excluded: Vec<Value> = drawing.excluded.iter().map(|(code, why)| json!({ "code": code, "text": Out::both(why) })).collect();
    let more = json!({ "lots": lots, "excluded": excluded });
    tables::import(run, &drawing.preview, &more, arguments.replace, &arguments.confirm)
}

fn word(state: &str) -> Message {
    match state {
        "drawn" => msg!("say-lot-drawn"),
        "alternate" => msg!("say-lot-alternate"),
        _ => msg!("say-lot-left"),
    }
}
