//! A first draft of the panel's opinion from what is on the sheets that count, without anybody's name (自科基金条例 §18, §21).

use crate::domain::{
    consolidate::derivation::ItemResult,
    decision::{self, Opinion, Remark},
    ids::ApplicationId,
    package::Package,
    table::{admit::LONGEST_TEXT, input::Submissions},
};

/// What is left out where a part has no more room.
const MORE: &str = "\n...";

/// The opinion on `id` as the comments make it; `None` where there is no such application. Equal for every order of reviewers.
/// The conclusion is the panel's own and stays empty.
#[must_use]
pub fn draft(package: &Package, results: &[ItemResult], given: &Submissions, id: &ApplicationId) -> Option<Opinion> {
    let result = results.iter().find_map(|item| item.application(id))?;
    let mut remarks = Vec::new();
    for line in result.sheets.iter().filter(|line| line.counts()) {
        let Some(submission) = given.get(&line.reviewer) else { continue };
        let sheet = submission.desk.sheet(id);
        remarks.push(Remark { criterion: None, given: None, text: sheet.overall.clone() });
        for (criterion, text) in &sheet.comments {
            let given = sheet.cell(criterion).value();
            remarks.push(Remark { criterion: Some(criterion.clone()), given, text: text.clone() });
        }
    }
    let people = &package.roster.people;
    let names: Vec<String> = people.iter().flat_map(|person| [person.name.clone(), person.code.to_string()]).collect();
    let Opinion { overall, strengths, problems, advice, conclusion } = decision::draft(&package.rubric, &names, &remarks);
    Some(Opinion { overall: short(overall), strengths: short(strengths), problems: short(problems), advice: short(advice), conclusion })
}

/// As many whole lines as can be recorded; where some are left out, the text says so.
fn short(text: String) -> String {
    let room = LONGEST_TEXT.saturating_sub(MORE.len());
    if text.chars().count() <= room {
        return text;
    }
    let mut kept = String::new();
    for line in text.lines() {
        if kept.chars().count().saturating_add(line.chars().count()) >= room {
            break;
        }
        if !kept.is_empty() {
            kept.push('\n');
        }
        kept.push_str(line);
    }
    kept + MORE
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
