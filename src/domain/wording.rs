//! Checks that the rubric and the other files share: texts in both languages, names on one line, names that are known.

use crate::{
    domain::{
        finding::Finding,
        hostile::{has_hostile, has_hostile_in_prose},
        names::nearest,
        text::{Bilingual, Message},
    },
    msg,
};

/// `text` is there in both languages, and neither hides a character.
pub(super) fn both_languages(path: &str, text: &Bilingual, out: &mut Vec<Finding>) {
    for (language, words) in [("zh", &text.zh), ("en", &text.en)] {
        let path = format!("{path}.{language}");
        if words.trim().is_empty() {
            out.push(Finding::error(path, msg!("err-language-missing"), msg!("rec-language-missing")));
        } else if has_hostile_in_prose(words) {
            out.push(Finding::error(path, msg!("err-hostile"), msg!("rec-hostile")));
        }
    }
}

/// `text` is one line that says something and hides nothing.
pub(super) fn one_line(path: impl Into<String>, text: &str, out: &mut Vec<Finding>) {
    if text.trim().is_empty() {
        out.push(Finding::error(path, msg!("err-empty"), msg!("rec-empty")));
    } else if has_hostile(text) {
        out.push(Finding::error(path, msg!("err-hostile"), msg!("rec-hostile")));
    }
}

/// The advice for a name that is not known: the nearest known one, or else the whole list.
pub(super) fn unknown_advice(typed: &str, known: &[&str]) -> Message {
    match nearest(typed, known.iter().copied()) {
        Some(near) => msg!("rec-did-you-mean", near = near),
        None => msg!("rec-known-names", names = known.join(" · ")),
    }
}
