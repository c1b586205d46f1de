//! A first draft of the panel's opinion from what the reviewers wrote, without their names (自科基金条例 §18, §21).

use crate::domain::{
    decision::Opinion,
    ids::ApplicationId,
    number::Percent,
    package::Package,
    sheet::{Sheet, Status},
    table::{Table, admit::LONGEST_TEXT, input::Submissions},
    text::Language,
};

/// A comment on a score from this share of the maximum upward tells of a strength, below it of a problem: the share at which most
/// rubrics put the line between sound and weak.
const SOUND: &str = "60%";
/// What is left out where a part has no more room.
const MORE: &str = "\n...";

/// The opinion on `id` as the reviewers' comments make it: what they wrote on the whole, what they praised and what they found
/// wanting, criterion by criterion. Equal for every order of reviewers. Advice and conclusion are the panel's own and stay empty.
#[must_use]
pub fn draft(package: &Package, table: &Table, given: &Submissions, id: &ApplicationId, language: Language) -> Opinion {
    let counts = |sheet: &Sheet| sheet.status == Status::Submitted && !sheet.is_out();
    let present = given.iter().filter(|(code, _)| !table.removed.contains_key(*code) && package.recusal(id, code).is_none());
    let sheets: Vec<Sheet> = present.map(|(_, submission)| submission.desk.sheet(id)).filter(counts).collect();
    let mut opinion = Opinion::default();
    add(&mut opinion.overall, &lines(sheets.iter().map(|sheet| sheet.overall.as_str())));
    for criterion in &package.rubric.criteria {
        let sound = SOUND.parse::<Percent>().map(|share| criterion.max.share(share));
        let is_sound = |sheet: &&Sheet| match (sheet.cell(&criterion.id).value(), sound) {
            (Some(value), Ok(sound)) => value.get() >= sound,
            _ => true,
        };
        let (strong, weak): (Vec<&Sheet>, Vec<&Sheet>) = sheets.iter().partition(is_sound);
        for (part, of) in [(&mut opinion.strengths, strong), (&mut opinion.problems, weak)] {
            let said = lines(of.iter().map(|sheet| sheet.comment(&criterion.id)));
            if !said.is_empty() {
                let head = format!("{} {}", criterion.id, criterion.title.get(language));
                let gap = if part.is_empty() { "" } else { "\n" };
                add(part, &format!("{gap}{head}\n{said}"));
            }
        }
    }
    opinion
}

/// Adds `more` where there is room for it; else marks once that something was left out.
fn add(part: &mut String, more: &str) {
    let length = part.chars().count().saturating_add(more.chars().count()).saturating_add(MORE.len());
    if length <= LONGEST_TEXT {
        part.push_str(more);
    } else if !part.ends_with(MORE) {
        part.push_str(MORE);
    }
}

/// What was said, one line each, in an order that does not tell who said it.
fn lines<'a>(said: impl Iterator<Item = &'a str>) -> String {
    let mut said: Vec<String> =
        said.map(|text| text.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|text| !text.is_empty()).collect();
    said.sort();
    said.dedup();
    said.iter().map(|text| format!("- {text}")).collect::<Vec<_>>().join("\n")
}

impl Opinion {
    /// This opinion with the parts of `draft` where it says nothing yet. What the panel wrote is never overwritten.
    #[must_use]
    pub fn completed_by(&self, draft: &Self) -> Self {
        let pick = |own: &String, other: &String| if own.trim().is_empty() { other.clone() } else { own.clone() };
        Self {
            overall: pick(&self.overall, &draft.overall),
            strengths: pick(&self.strengths, &draft.strengths),
            problems: pick(&self.problems, &draft.problems),
            advice: pick(&self.advice, &draft.advice),
            conclusion: pick(&self.conclusion, &draft.conclusion),
        }
    }
}
