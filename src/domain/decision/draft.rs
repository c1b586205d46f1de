//! A draft of the panel's opinion, put together from what the members wrote (domain reference 3.5, R5 and R6: opinions are compiled
//! without names). It is a start for the chair, decides nothing, and is recorded nowhere.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::domain::{
    decision::Opinion,
    ids::CriterionId,
    number::Points,
    rubric::{Criterion, Rubric},
    text::Language,
};

/// Share of the maximum from which a comment without a word of its own is taken for praise: 良 begins at 75 % (domain reference 2).
const GOOD_PCT: u8 = 75;

/// What one member wrote on one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// On which criterion; `None` for the application as a whole.
    pub criterion: Option<CriterionId>,
    /// What the member gave there.
    pub given: Option<Points>,
    /// The words.
    pub text: String,
}

/// A part of the opinion into which a sentence can go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Overall,
    Strengths,
    Problems,
    Advice,
}

/// Words with which a sentence says itself where it belongs. They are labels, so they are left out where they lead.
const LABELS: [(&str, Part); 14] = [
    ("优势：", Part::Strengths),
    ("优点：", Part::Strengths),
    ("问题：", Part::Problems),
    ("不足：", Part::Problems),
    ("不足是", Part::Problems),
    ("问题是", Part::Problems),
    ("建议：", Part::Advice),
    ("但是", Part::Problems),
    ("但", Part::Problems),
    ("Strengths:", Part::Strengths),
    ("Problems:", Part::Problems),
    ("Weaknesses:", Part::Problems),
    ("Advice:", Part::Advice),
    ("Suggestions:", Part::Advice),
];

/// Words that make a sentence advice wherever they stand.
const ADVICE: [&str; 4] = ["建议", "suggest", "recommend", "should "];

/// Words in which a member speaks of himself.
const SELF: [&str; 8] = ["我认为", "我觉得", "本人认为", "个人认为", "I think that ", "I think ", "I believe that ", "I believe "];

/// How a clause ends that only says from where the member looks: `就资金和绩效而言，`.
const ANGLES: [&str; 4] = ["看", "而言", "来说", "opinion"];

/// The draft. `names` are names and codes of people, none of which is left in it; the conclusion is the panel's alone and stays empty.
#[must_use]
pub fn draft(rubric: &Rubric, names: &[String], remarks: &[Remark]) -> Opinion {
    let of = |part: Part| {
        let whole = sentences(rubric.record, names, remarks, None, part, |_| Part::Overall);
        let mut lines: Vec<String> = if whole.is_empty() { Vec::new() } else { vec![joined(rubric.record, &whole)] };
        for criterion in &rubric.criteria {
            let found = sentences(rubric.record, names, remarks, Some(&criterion.id), part, |given| by_points(criterion, given));
            if !found.is_empty() {
                let colon = if rubric.record == Language::Zh { "：" } else { ": " };
                let title = criterion.title.get(rubric.record);
                lines.push(format!("{} {title}{colon}{}", criterion.id, joined(rubric.record, &found)));
            }
        }
        lines.join("\n")
    };
    Opinion {
        overall: of(Part::Overall),
        strengths: of(Part::Strengths),
        problems: of(Part::Problems),
        advice: of(Part::Advice),
        conclusion: String::new(),
    }
}

/// The sentences on `criterion` that belong into `part`, each once, in an order that tells nobody's seat.
fn sentences(
    language: Language,
    names: &[String],
    remarks: &[Remark],
    criterion: Option<&CriterionId>,
    part: Part,
    otherwise: impl Fn(Option<Points>) -> Part,
) -> Vec<String> {
    let mut found = BTreeSet::new();
    for remark in remarks.iter().filter(|remark| remark.criterion.as_ref() == criterion) {
        // A turn in a sentence begins one of its own: what comes after it is a problem.
        for sentence in remark.text.replace("，但", "。但").split(['。', '；', ';', '！', '!', '\n']).flat_map(|text| text.split(". "))
        {
            let (own, words) = neutral(language, names, sentence);
            if !words.is_empty() && own.unwrap_or_else(|| otherwise(remark.given)) == part {
                found.insert(words);
            }
        }
    }
    found.into_iter().collect()
}

fn by_points(criterion: &Criterion, given: Option<Points>) -> Part {
    match given {
        Some(given) if given.get() * Decimal::ONE_HUNDRED >= criterion.max.get() * Decimal::from(GOOD_PCT) => Part::Strengths,
        Some(_) => Part::Problems,
        None => Part::Overall,
    }
}

/// The sentence without who speaks, and the part that it names itself.
fn neutral(language: Language, names: &[String], sentence: &str) -> (Option<Part>, String) {
    let mut words = sentence.trim().trim_end_matches('.').to_owned();
    if let Some((lead, rest)) = words.split_once(['，', ','])
        && ANGLES.iter().any(|angle| lead.ends_with(angle))
        && lead.chars().count() <= 16
    {
        words = rest.trim_start().to_owned();
    }
    for own in SELF {
        if let Some(rest) = words.strip_prefix(own) {
            words = rest.trim_start_matches(['，', ',', ' ']).to_owned();
        }
    }
    let mut part = None;
    for (label, of) in LABELS {
        if let Some(rest) = words.strip_prefix(label) {
            (part, words) = (Some(of), rest.trim_start().to_owned());
        }
    }
    if part.is_none() && ADVICE.iter().any(|word| words.contains(word)) {
        part = Some(Part::Advice);
    }
    let somebody = if language == Language::Zh { "有关专家" } else { "a member" };
    for name in names {
        words = words.replace(name.as_str(), somebody);
    }
    (part, words)
}

fn joined(language: Language, sentences: &[String]) -> String {
    match language {
        Language::Zh => format!("{}。", sentences.join("；")),
        Language::En => format!("{}.", sentences.join("; ")),
    }
}
