//! `pingyi vote …`: votes as counts, never as ballots of named people.

use serde_json::{Value, json};

use crate::{
    cli::{
        Failure, Run,
        args::{Counters, VoteCommand, VoteOnArgs, VoteTieArgs},
        out::Exit,
        sitting,
    },
    domain::{
        decision::{Ballot, Tally},
        ids::{ApplicationId, PersonCode},
        table::act::TieVote,
        text::Message,
    },
    msg,
    workflow::table::TableSession,
};

/// Runs one `vote` command.
pub(crate) fn run(run: &mut Run<'_>, command: VoteCommand) -> Result<Exit, Failure> {
    match command {
        VoteCommand::On(arguments) => on(run, arguments),
        VoteCommand::Tie(arguments) => tie(run, arguments),
    }
}

/// Records a vote on an application, and says what it comes to where the rubric asks for a vote.
fn on(run: &mut Run<'_>, arguments: VoteOnArgs) -> Result<Exit, Failure> {
    let application: ApplicationId = arguments.application.parse()?;
    let ballot = ballot(arguments)?;
    sitting::writing(run, |run, session| {
        let act = session.table().vote(&application, ballot.clone());
        let recorded = session.record(act.clone(), &run.now()?)?;
        let tally = ballot.as_ref().and_then(|ballot| tally(session, ballot));
        if run.out.json {
            let mut document = sitting::told(&act, recorded);
            if let Some(fields) = document.as_object_mut() {
                fields.insert("tally".to_owned(), tally.map_or(Value::Null, |tally| tally_json(&tally)));
            }
            run.out.json(&document)?;
            return Ok(Exit::Done);
        }
        sitting::say(run, &act, recorded)?;
        if let Some(tally) = tally {
            run.out.say(&in_words(&tally))?;
        }
        Ok(Exit::Done)
    })
}

/// The counts; `None` where the vote is taken back.
fn ballot(arguments: VoteOnArgs) -> Result<Option<Ballot>, Failure> {
    let VoteOnArgs { due: Some(entitled), present: Some(present), approve: Some(approve), counters, .. } = arguments else {
        return Ok(None);
    };
    let (reject, abstain, invalid) = (arguments.reject, arguments.abstain, arguments.invalid);
    let counted = people(counters)?;
    Ok(counted.map(|(teller, scrutineer)| Ballot { entitled, present, approve, reject, abstain, invalid, teller, scrutineer }))
}

fn people(counters: Counters) -> Result<Option<(PersonCode, PersonCode)>, Failure> {
    match counters {
        Counters { teller: Some(teller), scrutineer: Some(scrutineer) } => Ok(Some((teller.parse()?, scrutineer.parse()?))),
        _ => Ok(None),
    }
}

fn tally(session: &TableSession, ballot: &Ballot) -> Option<Tally> {
    let package = session.package();
    Some(ballot.tally(package.rubric.vote.as_ref()?, &package.call.panel.quorum))
}

fn tally_json(tally: &Tally) -> Value {
    json!({ "quorate": tally.quorate, "base": tally.base, "needed": tally.needed, "carried": tally.carried })
}

fn in_words(tally: &Tally) -> Message {
    match tally {
        Tally { quorate: false, .. } => msg!("vote-not-quorate"),
        Tally { carried: true, needed, base, .. } => msg!("vote-carried", needed = needed, base = base),
        Tally { needed, base, .. } => msg!("vote-lost", needed = needed, base = base),
    }
}

/// Records the votes for one of the tied applications.
fn tie(run: &mut Run<'_>, arguments: VoteTieArgs) -> Result<Exit, Failure> {
    let application: ApplicationId = arguments.application.parse()?;
    let counted = people(arguments.counters)?;
    let after = arguments.votes.zip(counted).map(|(votes, (teller, scrutineer))| TieVote { votes, teller, scrutineer });
    sitting::record(run, |session| Ok(session.table().vote_tie(&application, after)))
}
