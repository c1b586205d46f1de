//! Consolidation 汇总: several sheets become one figure, by the arithmetic that the rubric declares (scoring rules 3, 4 and 7).
//!
//! [`items`] is the one entry: the sheets of one or more call items in, their results with the whole derivation out. Whoever works
//! on a hundred thousand applications takes the same steps one application at a time through [`Plan`].
//!
//! Reading order: [`input`] and [`derivation`] (what goes in and comes out), [`METHODS`] with one file each, `counted` (what a sheet
//! counts), `standard` (standard scores), `shares` (what falls away), `stages` (means, rounding, sums), `outcome` (rule 4).

mod chain;
pub mod conclusion;
mod counted;
pub mod derivation;
pub mod input;
mod mean;
mod median;
pub mod outcome;
mod plan;
mod shares;
mod stages;
mod standard;
mod sum;
mod trimmed_mean;
pub mod trouble;

pub use plan::Plan;
pub use standard::{NoStandard, Population, Scale};

use crate::domain::{
    consolidate::{
        derivation::{ApplicationResult, Block, ItemResult},
        input::ItemInput,
        trouble::Trouble,
    },
    deviation,
    rubric::{Method, Rubric, Trim},
};

/// How many sheets fall away at either end.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Drops {
    /// Lowest.
    pub low: usize,
    /// Highest.
    pub high: usize,
}

/// One way to make one figure of several.
#[derive(Debug, Clone, Copy)]
pub struct MethodEntry {
    /// The word of the rubric.
    pub method: Method,
    /// The same as text.
    pub id: &'static str,
    /// Text id of its name.
    pub name: &'static str,
    /// Text id of one sentence that explains it.
    pub explained: &'static str,
    /// What falls away of so many values; `None` where nothing is declared.
    pub(crate) falls: fn(usize, Option<&Trim>) -> Drops,
    /// Whether the sum is divided by the weights that are left.
    pub(crate) divides: bool,
}

/// All methods. A newcomer adds a file, a line here, two texts per language and a worked example; a test asks for all of them.
pub const METHODS: [MethodEntry; 4] = [trimmed_mean::METHOD, mean::METHOD, median::METHOD, sum::METHOD];

/// The entry of `method`.
#[must_use]
pub fn entry(method: Method) -> &'static MethodEntry {
    METHODS.iter().find(|entry| entry.method == method).unwrap_or(&mean::METHOD)
}

/// Consolidates and ranks one item. With standard scores its sheets alone are the population; see [`items`].
///
/// # Errors
/// [`Trouble`]: nothing is guessed and nothing left out.
pub fn item(rubric: &Rubric, input: &ItemInput) -> Result<ItemResult, Trouble> {
    let mut found = items(rubric, std::slice::from_ref(input))?;
    found.pop().ok_or(Trouble::NoItem)
}

/// Consolidates and ranks the items of one panel. With standard scores, each reviewer's valid sheets of all these items are the
/// population: a reviewer reads too few applications of one item to have a mean and a spread there.
///
/// # Errors
/// [`Trouble`]: nothing is guessed and nothing left out.
pub fn items(rubric: &Rubric, inputs: &[ItemInput]) -> Result<Vec<ItemResult>, Trouble> {
    let plan = Plan::new(rubric)?;
    let population = plan.population(inputs.iter().flat_map(|item| &item.applications))?;
    inputs.iter().map(|input| one(&plan, &population, input)).collect()
}

fn one(plan: &Plan, population: &Population, input: &ItemInput) -> Result<ItemResult, Trouble> {
    let mut applications: Vec<ApplicationResult> = Vec::with_capacity(input.applications.len());
    for application in &input.applications {
        let mut result = plan.application(application, population)?;
        result.flags.extend(deviation::flags(plan, &result)?);
        applications.push(result);
    }
    applications.sort_by(|one, other| one.id.cmp(&other.id));
    if let Some(twice) = applications.windows(2).find_map(|pair| match pair {
        [one, other] if one.id == other.id => Some(one.id.clone()),
        _ => None,
    }) {
        return Err(Trouble::ApplicationTwice { application: twice });
    }
    let standings = applications.iter().filter_map(|application| plan.standing(application)).collect();
    let ranking = plan.rank(standings, input);
    let mut blocks: Vec<Block> = applications.iter().filter_map(ApplicationResult::block).collect();
    blocks.extend(ranking.open_ties().map(Block::Tie));
    Ok(ItemResult { id: input.id.clone(), applications, ranking, blocks })
}
