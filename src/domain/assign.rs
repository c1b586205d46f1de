//! Who reads what, worked out: every application gets its number of reviewers, the load is even, and who knows the field reads first.
//!
//! An assignment is a choice of pairs of application and reviewer. Among all choices that give every application its number and use no
//! forbidden pair, the one is taken whose cost is least: first the sum of the squares of the loads, then the pairs in which the
//! reviewer does not know the field, then the sum of the marks of the pairs. The least sum of squares is the most even load that the
//! recusals allow: where they allow loads that differ by at most one, the loads differ by at most one (Harvey, Ladner, Lovász and
//! Tamir, "Semi-matchings for bipartite graphs and load balancing", J. Algorithms 59, 2006). The marks come from a seed and name no
//! winner; they are there so that of many equally good choices one is the answer, whoever works it out and in whatever order.
//!
//! Such a choice is a flow of least convex cost; it is found by cancelling negative cycles (Klein, "A primal method for minimal cost
//! flows", Management Science 14, 1967) among the reviewers: one gives an application to the next, who gives another one on, until
//! the cycle closes, or ends with a reviewer who reads one more than before.

mod cycle;

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{
    application::Application,
    call::Call,
    ids::{ApplicationId, PersonCode},
    names::folded,
    panel::{Assignment, Person},
    reference::Codes,
};

use cycle::Plan;

/// What speaks against or for one pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// A recusal stands.
    Recused,
    /// Something speaks against the pair, and nobody has decided about it.
    Suggested,
    /// Nothing.
    Free {
        /// Whether the reviewer knows the field.
        knows: bool,
        /// Mark of the pair; the smaller goes first among equals.
        mark: u32,
    },
}

/// What is asked: every application with what stands between it and each reviewer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Question {
    /// Applications, each with every reviewer.
    pub applications: BTreeMap<ApplicationId, BTreeMap<PersonCode, Standing>>,
    /// Readers of each application; everybody who may where nothing is said.
    pub per: Option<usize>,
}

/// An application that cannot have its number of readers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shortage {
    /// The application.
    pub application: ApplicationId,
    /// How many are wanted.
    pub wanted: usize,
    /// How many may read it.
    pub eligible: usize,
    /// Who must not, because a recusal stands.
    pub recused: Vec<PersonCode>,
    /// Who must not as long as a suggestion is undecided.
    pub suggested: Vec<PersonCode>,
}

/// Works out who reads what; the lines stand by application and then by reviewer.
///
/// # Errors
/// Every application that cannot have its number of readers, with who must not read it. Nothing else can fail, because nobody's load
/// has a limit.
pub fn assign(question: &Question) -> Result<Vec<Assignment>, Vec<Shortage>> {
    let shortages: Vec<Shortage> = question.applications.iter().filter_map(|(id, people)| shortage(id, people, question.per)).collect();
    if !shortages.is_empty() {
        return Err(shortages);
    }
    let mut plan = Plan::new(question);
    plan.settle();
    Ok(plan.lines().map(|(application, reviewer)| Assignment { application: application.clone(), reviewer: reviewer.clone() }).collect())
}

fn shortage(id: &ApplicationId, people: &BTreeMap<PersonCode, Standing>, per: Option<usize>) -> Option<Shortage> {
    let of = |wanted: Standing| people.iter().filter(move |(_, standing)| **standing == wanted).map(|(code, _)| code.clone()).collect();
    let eligible = people.values().filter(|standing| matches!(standing, Standing::Free { .. })).count();
    let wanted = per.unwrap_or(1);
    let shortage =
        || Shortage { application: id.clone(), wanted, eligible, recused: of(Standing::Recused), suggested: of(Standing::Suggested) };
    (eligible < wanted).then(shortage)
}

/// How many applications each reviewer reads; those who read none are there too.
#[must_use]
pub fn loads<'a>(lines: &'a [Assignment], reviewers: impl Iterator<Item = &'a PersonCode>) -> BTreeMap<&'a PersonCode, usize> {
    let mut loads: BTreeMap<&PersonCode, usize> = reviewers.map(|code| (code, 0)).collect();
    for line in lines {
        let load = loads.entry(&line.reviewer).or_default();
        *load = load.saturating_add(1);
    }
    loads
}

/// Words that stand in the name of every second field and therefore tell nothing about it.
const GENERAL: [&str; 15] =
    ["工程", "技术", "科学", "教育", "管理", "产业", "制造", "现代", "智能", "系统", "应用", "研究", "服务", "实训", "职业"];

/// Whether the reviewer knows the field of an application: a field of expertise shares two characters of Chinese, or a word of Latin
/// letters, with the title of the call item or with the name of an industry of the application. Words such as 工程 do not count.
#[must_use]
pub fn knows_field(person: &Person, application: &Application, call: &Call, codes: &Codes) -> bool {
    let item = call.items.iter().filter(|item| item.id == application.item).map(|item| &item.title);
    let named = |code: &&crate::domain::reference::Code| application.direction.industries.contains(&code.code);
    let industries = codes.industries.iter().filter(named).map(|code| &code.name);
    let about: BTreeSet<String> = item.chain(industries).flat_map(|text| words(&text.zh).into_iter().chain(words(&text.en))).collect();
    person.fields.iter().any(|field| words(field).iter().any(|word| about.contains(word)))
}

/// Pairs of neighbouring Chinese characters, and words of at least four Latin letters, which leaves out "and" and "new".
fn words(text: &str) -> BTreeSet<String> {
    const SHORTEST: usize = 4;
    let is_han = |c: &char| ('\u{4E00}'..='\u{9FFF}').contains(c);
    let han: Vec<char> = text.chars().collect();
    let pairs = han.iter().zip(han.iter().skip(1)).filter(|(one, next)| is_han(one) && is_han(next));
    let pairs = pairs.map(|(one, next)| [*one, *next].iter().collect::<String>()).filter(|pair| !GENERAL.contains(&pair.as_str()));
    let latin = text.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| word.len() >= SHORTEST).map(folded);
    pairs.chain(latin).collect()
}
