//! Recusals that the names suggest, and the office's word on them.

use std::{collections::BTreeSet, path::Path};

use crate::{
    domain::{
        conflict::{Conflict, undecided},
        ids::{ApplicationId, PersonCode},
        package::Package,
        panel::{Ground, Recusal, RecusalDecision, RecusalOrigin},
        text::Language,
        time::{Day, Moment},
    },
    i18n,
    workflow::{
        StepError,
        office::{OfficeError, planned, text_of, write},
        tables::plan::Planned,
    },
};

/// The file of the office's recusals.
const FILE: &str = "recusals.toml";

/// An application and a person.
pub type Pair = (ApplicationId, PersonCode);

/// Which of the suggested recusals the office orders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// All of them.
    All,
    /// These.
    Named(Vec<Pair>),
}

/// Reads `sx-0007:R03`.
///
/// # Errors
/// When it is written otherwise.
pub fn pair(text: &str) -> Result<Pair, OfficeError> {
    let wrong = || OfficeError::NotAPair { found: text.to_owned() };
    let (application, person) = text.split_once([':', '：']).ok_or_else(wrong)?;
    let (application, person) = (application.trim().parse(), person.trim().parse());
    Ok((application.map_err(|_| wrong())?, person.map_err(|_| wrong())?))
}

/// Which of the suggestions the choice names.
///
/// # Errors
/// When it names a pair that is not suggested.
pub fn chosen<'a>(package: &'a Package, choice: &Choice) -> Result<Vec<Conflict<'a>>, OfficeError> {
    let all = undecided(package);
    let Choice::Named(pairs) = choice else { return Ok(all) };
    let is_pair = |conflict: &Conflict<'_>, pair: &Pair| conflict.application.id == pair.0 && conflict.person.code == pair.1;
    if let Some((application, person)) = pairs.iter().find(|pair| !all.iter().any(|conflict| is_pair(conflict, pair))) {
        return Err(OfficeError::NotSuggested { application: application.clone(), person: person.clone() });
    }
    Ok(all.into_iter().filter(|conflict| pairs.iter().any(|pair| is_pair(conflict, pair))).collect())
}

/// Adds these conflicts to `recusals.toml` as recusals that the office orders today; what stands in the file stays as it is.
///
/// # Errors
/// When the folder would not be sound with them, for example because nobody is left to read an application; nothing is then written.
pub fn add(folder: &Path, package: &Package, chosen: &[Conflict<'_>], now: &Moment) -> Result<BTreeSet<Pair>, StepError> {
    if chosen.is_empty() {
        return Ok(BTreeSet::new());
    }
    let recusals: Vec<Recusal> = chosen.iter().map(|conflict| recusal(conflict, package.rubric.record, now.day())).collect();
    write(folder, &[with(folder, &recusals)?])?;
    Ok(chosen.iter().map(|conflict| (conflict.application.id.clone(), conflict.person.code.clone())).collect())
}

/// `recusals.toml` with these recusals at its end; what stands in the file stays as it is.
///
/// # Errors
/// When the file cannot be read.
pub(in crate::workflow) fn with(folder: &Path, recusals: &[Recusal]) -> Result<Planned, StepError> {
    let (before, mut text) = text_of(folder, FILE, "schema = 1\n")?;
    let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    if !text.ends_with('\n') {
        text.push_str(line_end);
    }
    recusals.iter().for_each(|recusal| text.push_str(&entry(recusal).replace('\n', line_end)));
    Ok(planned(folder, FILE, before, text))
}

/// What the office orders on a conflict. The ground is told in the language of the record.
fn recusal(conflict: &Conflict<'_>, language: Language, today: Option<Day>) -> Recusal {
    let why = conflict.suggestions.iter().map(|one| i18n::text(language, &one.why)).collect::<Vec<_>>();
    let (between, end) = if language == Language::Zh { ("；", "。") } else { ("; ", ".") };
    Recusal {
        application: conflict.application.id.clone(),
        person: conflict.person.code.clone(),
        origin: RecusalOrigin::Office,
        ground: conflict.suggestions.first().map_or(Ground::Other, |one| one.ground),
        text: why.join(between) + end,
        decision: RecusalDecision::Upheld,
        reason: String::new(),
        date: today,
    }
}

/// One table of the file: a recusal that the office orders.
fn entry(recusal: &Recusal) -> String {
    let ground = serde_json::to_value(recusal.ground).unwrap_or_default();
    let fields = [
        ("application", recusal.application.as_str()),
        ("person", recusal.person.as_str()),
        ("origin", "office"),
        ("ground", ground.as_str().unwrap_or_default()),
        ("text", recusal.text.as_str()),
        ("decision", "upheld"),
    ];
    let mut lines = String::from("\n[[recusal]]\n");
    for (key, value) in fields {
        lines.push_str(&format!("{key} = {}\n", toml::Value::from(value)));
    }
    if let Some(today) = &recusal.date {
        lines.push_str(&format!("date = \"{today}\"\n"));
    }
    lines
}
