//! `pingyi decide …`: what the panel decides on flags, vetoes, members and ties, each with its reason.

use crate::{
    cli::{
        Failure, Run,
        args::{DecideCommand, FlagArgs, GoOnArgs, GoOnWord, MemberArgs, ReplaceArgs, RulingWord, StatusWord, TieArgs},
        out::Exit,
        sitting,
    },
    domain::{
        consolidate::input::GoOn,
        decision::FlagRuling,
        deviation::FlagKey,
        ids::{ApplicationId, ItemId, PersonCode, VetoId},
        table::act::{Act, GoingOn, Removal, Signature, TieRuling},
    },
    msg,
    workflow::table::TableSession,
};

/// Runs one `decide` command.
pub(crate) fn run(run: &mut Run<'_>, command: DecideCommand) -> Result<Exit, Failure> {
    match command {
        DecideCommand::Flag(arguments) => sitting::record(run, |session| flag(session, arguments)),
        DecideCommand::Veto(arguments) => sitting::record(run, |session| {
            let (application, veto): (ApplicationId, VetoId) = (arguments.application.parse()?, arguments.veto.parse()?);
            Ok(session.table().find_veto(&application, &veto, arguments.text))
        }),
        DecideCommand::GoOn(arguments) => sitting::record(run, |session| go_on(session, arguments)),
        DecideCommand::Remove(arguments) => sitting::record(run, |session| {
            let after = Removal::Void { authority: arguments.authority, reason: arguments.reason };
            Ok(session.table().remove(&arguments.reviewer.parse()?, Some(after)))
        }),
        DecideCommand::Replace(arguments) => sitting::record(run, |session| replace(session, arguments)),
        DecideCommand::BringBack { reviewer } => sitting::record(run, |session| Ok(session.table().remove(&reviewer.parse()?, None))),
        DecideCommand::Tie(arguments) => sitting::record(run, |session| tie(session, arguments)),
        DecideCommand::Member(arguments) => sitting::record(run, |session| member(session, arguments)),
        DecideCommand::Reopen { notice, reason } => sitting::record(run, |_| Ok(Act::Reopen { notice, reason })),
        DecideCommand::Undo => step(run, true),
        DecideCommand::Redo => step(run, false),
    }
}

fn flag(session: &TableSession, arguments: FlagArgs) -> Result<Act, Failure> {
    let reviewer: Option<PersonCode> = arguments.reviewer.as_deref().map(str::parse).transpose()?;
    let criterion = arguments.criterion.as_deref().map(str::parse).transpose()?;
    let reason = arguments.reason.unwrap_or_default();
    let after = match arguments.ruling {
        RulingWord::Uphold => Some(FlagRuling::Uphold { reason }),
        RulingWord::Void => Some(FlagRuling::Void { authority: arguments.authority.unwrap_or_default(), reason }),
        RulingWord::Clear => None,
    };
    Ok(session.table().rule_flag(&arguments.application.parse()?, FlagKey { reviewer, criterion }, after))
}

fn go_on(session: &TableSession, arguments: GoOnArgs) -> Result<Act, Failure> {
    let how = match arguments.how {
        GoOnWord::PlainMean => Some(GoOn::PlainMean),
        GoOnWord::LeaveOut => Some(GoOn::LeaveOut),
        GoOnWord::Clear => None,
    };
    let reason = arguments.reason.unwrap_or_default();
    Ok(session.table().go_on(&arguments.application.parse()?, how.map(|how| GoingOn { how, reason })))
}

fn replace(session: &TableSession, arguments: ReplaceArgs) -> Result<Act, Failure> {
    let items = arguments.items.iter().map(|id| id.parse()).collect::<Result<Vec<ItemId>, _>>()?;
    let after = Removal::Replaced { by: arguments.by.parse()?, reason: arguments.reason, items };
    Ok(session.table().remove(&arguments.reviewer.parse()?, Some(after)))
}

fn tie(session: &TableSession, arguments: TieArgs) -> Result<Act, Failure> {
    let order = arguments.order.iter().map(|id| id.trim().parse()).collect::<Result<Vec<ApplicationId>, _>>()?;
    let after = arguments.reason.map(|reason| TieRuling { order, reason });
    Ok(session.table().rule_tie(&arguments.item.parse()?, after))
}

fn member(session: &TableSession, arguments: MemberArgs) -> Result<Act, Failure> {
    let after = match arguments.status {
        StatusWord::Signed => Some(Signature::Signed),
        StatusWord::Dissent => Some(Signature::Dissent { text: arguments.text.unwrap_or_default() }),
        StatusWord::Refused => Some(Signature::RefusedDeemedAgreement { witness: arguments.witness.unwrap_or_default() }),
        StatusWord::Absent => Some(Signature::Absent),
        StatusWord::Clear => None,
    };
    Ok(session.table().sign(&arguments.person.parse()?, after))
}

/// Takes the last act back that can be, or does again what was taken back. What arrived, was corrected, put together or signed is a
/// line that neither crosses.
fn step(run: &mut Run<'_>, back: bool) -> Result<Exit, Failure> {
    sitting::writing(run, |run, session| {
        let step = if back { session.next_undo() } else { session.next_redo() };
        let now = run.now()?;
        let recorded = if back { session.undo(&now)? } else { session.redo(&now)? };
        match (step, run.out.json) {
            (Some(act), true) => run.out.json(&sitting::told(&act, recorded))?,
            (None, true) => run.out.json(&serde_json::json!({ "seq": recorded.seq, "changed": false }))?,
            (Some(act), false) => sitting::say(run, &act, recorded)?,
            (None, false) => run.out.say(&msg!("say-unchanged"))?,
        }
        Ok(Exit::Done)
    })
}
