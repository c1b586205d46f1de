//! A wrong command line, in the reader's own language: what is wrong with it, what would fit, and how the command is used.

use clap::error::{ContextKind, ContextValue, Error, ErrorKind};

use crate::{
    cli::out::{Exit, Out},
    domain::text::Message,
    msg,
};

/// Says what `error` is. Help and version are answers; everything else is a wrong command line.
pub(super) fn report(error: &Error, mut out: Out<'_>) -> Exit {
    let is_help = error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand;
    let told = if !error.use_stderr() {
        write!(out.answers, "{error}")
    } else if is_help {
        write!(out.complaints, "{error}")
    } else {
        let advice = match usage_line(error) {
            Some(usage) => msg!("rec-usage", usage = usage),
            None => msg!("rec-usage-help"),
        };
        out.complain(&what(error), &advice)
    };
    match told {
        Ok(()) if error.use_stderr() => Exit::Usage,
        Ok(()) => Exit::Done,
        Err(_) => Exit::Internal,
    }
}

fn what(error: &Error) -> Message {
    let argument = text(error, ContextKind::InvalidArg).unwrap_or_default();
    let value = text(error, ContextKind::InvalidValue).unwrap_or_default();
    match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let found = text(error, ContextKind::InvalidSubcommand).unwrap_or_default();
            near(error, ContextKind::SuggestedSubcommand, msg!("err-usage-command", found = found))
        }
        ErrorKind::UnknownArgument => near(error, ContextKind::SuggestedArg, msg!("err-usage-unknown", found = argument)),
        ErrorKind::InvalidValue if value.is_empty() => msg!("err-usage-no-value", argument = argument),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            // The words that fit come from clap's table, or from the parser of the value, whose error they are.
            let words = text(error, ContextKind::ValidValue).or_else(|| std::error::Error::source(error).map(ToString::to_string));
            msg!("err-usage-value", argument = argument, found = value, words = words.unwrap_or_default())
        }
        ErrorKind::MissingRequiredArgument => msg!("err-usage-missing", argument = argument),
        ErrorKind::ArgumentConflict => {
            let other = text(error, ContextKind::PriorArg).unwrap_or_else(|| argument.clone());
            msg!("err-usage-conflict", argument = argument, other = other)
        }
        ErrorKind::InvalidUtf8 => msg!("err-usage-utf8"),
        _ => msg!("err-usage-other", argument = argument),
    }
}

/// `message` with the nearest word that exists, where there is one.
fn near(error: &Error, kind: ContextKind, message: Message) -> Message {
    let nearest = match error.get(kind) {
        // The most alike stands last.
        Some(ContextValue::Strings(words)) => words.last().cloned(),
        _ => text(error, kind),
    };
    match nearest {
        Some(near) => msg!("err-usage-near", near = near).with_message("what", message),
        None => message,
    }
}

/// What clap knows about the mistake, as one line.
fn text(error: &Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::String(text) => Some(text.clone()),
        ContextValue::Strings(texts) => Some(texts.join(", ")),
        ContextValue::StyledStr(text) => Some(text.to_string()),
        ContextValue::StyledStrs(texts) => Some(texts.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")),
        _ => None,
    }
}

/// The line that says how the command is used, without clap's own English heading.
fn usage_line(error: &Error) -> Option<String> {
    let usage = text(error, ContextKind::Usage)?;
    let line = usage.split_once("pingyi").map(|(_, rest)| format!("pingyi{rest}"))?;
    Some(line.split_whitespace().collect::<Vec<_>>().join(" "))
}
