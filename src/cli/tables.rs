//! `pingyi package import-table|import-roster|attach`: lists and files as the office receives them. What would happen is shown, and
//! done only when somebody confirms it.

mod show;

use std::io::{BufRead, IsTerminal};

use serde_json::{Value, json};

use crate::{
    cli::{
        Failure, Run,
        args::{AttachArgs, ChangeArgs, ConfirmArgs, ImportRosterArgs, ImportTableArgs},
        out::Exit,
        print,
    },
    domain::text::Message,
    msg,
    workflow::{
        StepError, gather,
        tables::{self, Order, Preview, TableError},
        told,
    },
};

/// `package import-table`.
pub(super) fn import_table(run: &mut Run<'_>, arguments: &ImportTableArgs) -> Result<Exit, Failure> {
    let order = Order {
        files: arguments.files.iter().map(std::path::PathBuf::as_path).collect(),
        into: &arguments.into,
        columns: arguments.columns.as_deref(),
        prefix: arguments.prefix.as_deref(),
    };
    let preview = tables::preview(&order)?;
    import(run, &preview, &json!({}), arguments.replace, &arguments.confirm)
}

/// `package import-roster`.
pub(super) fn import_roster(run: &mut Run<'_>, arguments: &ImportRosterArgs) -> Result<Exit, Failure> {
    let order = Order { files: vec![&arguments.file], into: &arguments.into, columns: arguments.columns.as_deref(), prefix: None };
    let preview = tables::preview_people(&order)?;
    import(run, &preview, &json!({}), arguments.replace, &arguments.confirm)
}

/// `package change`: to replace is what such a table is for.
pub(super) fn change(run: &mut Run<'_>, arguments: &ChangeArgs) -> Result<Exit, Failure> {
    let files = arguments.files.iter().map(std::path::PathBuf::as_path).collect();
    let order = Order { files, into: &arguments.folder, columns: arguments.columns.as_deref(), prefix: None };
    let preview = tables::preview_changes(&order, run.now()?.day())?;
    import(run, &preview, &json!({}), true, &arguments.confirm)
}

/// Shows a preview and takes it in when that is wanted. `more` are fields of the document that only one command has.
pub(super) fn import(run: &mut Run<'_>, preview: &Preview, more: &Value, replace: bool, confirm: &ConfirmArgs) -> Result<Exit, Failure> {
    let document = |done: bool| {
        let mut document = show::document(preview, done);
        if let (Some(fields), Some(more)) = (document.as_object_mut(), more.as_object()) {
            fields.extend(more.clone());
        }
        document
    };
    if !run.out.json {
        print::told(&mut run.out, &told::preview(preview))?;
    }
    let needs_leave = preview.replaced() > 0 && !replace;
    if preview.errors() > 0 {
        return end(run, &document(false), &msg!("say-tables-unsound", count = preview.errors()), Exit::BadInput);
    }
    if !confirm.dry_run && needs_leave {
        return Err(StepError::from(TableError::WouldReplace { count: preview.replaced() }).into());
    }
    let question = msg!("ask-tables", count = preview.written());
    match consent(run, confirm, preview.written(), &question)? {
        Consent::Given => {
            preview.take_in(replace)?;
            end(run, &document(true), &msg!("say-tables-done", count = preview.written()), Exit::Done)
        }
        Consent::Refused => end(run, &document(false), &msg!("say-nothing-done"), Exit::No),
        Consent::NotAsked if needs_leave => end(run, &document(false), &msg!("say-tables-needs-replace"), Exit::Done),
        Consent::NotAsked => end(run, &document(false), &msg!("say-nothing-done"), Exit::Done),
    }
}

/// `package attach`.
pub(super) fn attach(run: &mut Run<'_>, arguments: &AttachArgs) -> Result<Exit, Failure> {
    let gathering = gather::preview(&arguments.folder, &arguments.into)?;
    if !run.out.json {
        print::told(&mut run.out, &told::gathering(&gathering))?;
    }
    let document = |done: bool| show::gathering_document(&gathering, done);
    if gathering.errors() > 0 {
        return end(run, &document(false), &msg!("say-tables-unsound", count = gathering.errors()), Exit::BadInput);
    }
    let question = msg!("ask-attach", count = gathering.copied());
    match consent(run, &arguments.confirm, gathering.copied(), &question)? {
        Consent::Given => {
            gathering.take_in()?;
            end(run, &document(true), &msg!("say-attached", count = gathering.copied()), Exit::Done)
        }
        Consent::Refused => end(run, &document(false), &msg!("say-nothing-done"), Exit::No),
        Consent::NotAsked => end(run, &document(false), &msg!("say-nothing-done"), Exit::Done),
    }
}

fn end(run: &mut Run<'_>, document: &Value, sentence: &Message, exit: Exit) -> Result<Exit, Failure> {
    run.out.tell(sentence, document)?;
    Ok(exit)
}

/// Whether what was shown is to be done.
pub(super) enum Consent {
    Given,
    Refused,
    /// Only a preview was wanted, or there is nothing to do.
    NotAsked,
}

/// Asks a person at a terminal. Where there is none, only the option is an answer: a script that waits for ever helps nobody.
pub(super) fn consent(run: &mut Run<'_>, confirm: &ConfirmArgs, count: usize, question: &Message) -> Result<Consent, Failure> {
    if confirm.dry_run || count == 0 {
        return Ok(Consent::NotAsked);
    }
    if confirm.yes {
        return Ok(Consent::Given);
    }
    if run.out.json || !std::io::stdin().is_terminal() {
        return Err(Failure::usage(msg!("err-needs-yes"), msg!("rec-needs-yes")));
    }
    run.out.say(question)?;
    run.out.answers.flush()?;
    let mut answer = String::new();
    std::io::stdin().lock().read_line(&mut answer)?;
    let is_yes = ["y", "yes", "是", "ｙ"].contains(&answer.trim().to_lowercase().as_str());
    Ok(if is_yes { Consent::Given } else { Consent::Refused })
}

/// The document of a place.
fn place_json(place: &crate::intake::sheets::Place) -> Value {
    json!({ "file": place.file, "sheet": place.sheet, "cell": place.cell(), "row": place.row, "column": place.column,
            "heading": place.heading })
}
