//! `pingyi package draw`: reviewers from a pool, by lots that anybody can work out again.

use serde_json::{Value, json};

use crate::{
    cli::{
        Failure, Run,
        args::DrawArgs,
        out::{Exit, Out},
        print, tables,
    },
    domain::draw::Lot,
    msg,
    workflow::{
        tables::{
            Order,
            draw::{self, DrawOrder, Outcome},
        },
        told,
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
    if !run.out.json {
        print::told(&mut run.out, &told::lots(&drawing))?;
    }
    let row = |(lot, outcome): &(Lot, Outcome)| json!({ "code": lot.code, "digest": lot.digest, "state": outcome.id() });
    let lots: Vec<Value> = drawing.lots.iter().map(row).collect();
    let excluded: Vec<Value> = drawing.excluded.iter().map(|(code, why)| json!({ "code": code, "text": Out::both(why) })).collect();
    let more = json!({ "lots": lots, "excluded": excluded });
    tables::import(run, &drawing.preview, &more, arguments.replace, &arguments.confirm)
}
