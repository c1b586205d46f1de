//! A rubric made ready for arithmetic: exact figures, places instead of names, each looked up once for all applications.

use std::{borrow::Borrow, collections::BTreeMap};

use crate::domain::{
    consolidate::{
        MethodEntry, Population,
        chain::{Figured, chain},
        counted::{self, CountedSheet},
        derivation::{ApplicationResult, Figure, Flag, SheetLine, StandardLine},
        entry,
        input::{ApplicationInput, GoOn, ItemInput, Standing},
        outcome::{self, Outcome, Unfinished},
        shares, stages, standard,
        trouble::Trouble,
    },
    exact::{Exact, TooLarge},
    ids::{CriterionId, DimensionId},
    ranking::{self, Ranking, Rule},
    rubric::{RankOn, RoundingPoint, Rubric, Shortfall, Stage, Trim, TrimScope},
};

/// A rubric made ready for arithmetic.
#[derive(Debug, Clone)]
pub struct Plan<'a> {
    pub(crate) rubric: &'a Rubric,
    pub(super) criteria: Vec<PlanCriterion>,
    pub(super) dimensions: Vec<PlanDimension>,
    pub(super) method: &'static MethodEntry,
    pub(super) weights: BTreeMap<&'a str, Exact>,
    pub(super) pass: Option<Exact>,
    rule: Rule,
    figures: Vec<Figured>,
}

/// A criterion, ready for arithmetic.
#[derive(Debug, Clone)]
pub(crate) struct PlanCriterion {
    pub(crate) id: CriterionId,
    pub(super) weight: Exact,
    pub(crate) max: Exact,
    pub(crate) advisory: bool,
}

/// A dimension, ready for arithmetic.
#[derive(Debug, Clone)]
pub(super) struct PlanDimension {
    pub(super) id: DimensionId,
    pub(super) max: Exact,
    /// Its criteria that count, by place.
    pub(super) members: Vec<usize>,
    pub(super) floor: Option<Exact>,
}

impl<'a> Plan<'a> {
    /// Makes `rubric` ready.
    ///
    /// # Errors
    /// [`Trouble`] where the rubric was not proved.
    pub fn new(rubric: &'a Rubric) -> Result<Self, Trouble> {
        let criteria: Vec<PlanCriterion> = rubric
            .criteria
            .iter()
            .map(|one| PlanCriterion { id: one.id.clone(), weight: one.weight.into(), max: one.max.into(), advisory: one.advisory })
            .collect();
        let members = |id: &DimensionId| {
            let own = rubric.criteria.iter().enumerate().filter(|(_, one)| one.dimension == *id && !one.advisory);
            own.map(|(place, _)| place).collect()
        };
        let mut dimensions = Vec::with_capacity(rubric.dimensions.len());
        for one in &rubric.dimensions {
            let max: Exact = one.max.into();
            let share = |percent| max.times(Exact::from(percent))?.over(Exact::whole(100));
            let floor = one.floor_pct.map(share).transpose()?;
            dimensions.push(PlanDimension { id: one.id.clone(), max, members: members(&one.id), floor });
        }
        let (rule, figures) = chain(rubric)?;
        let weights = rubric.scoring.reviewer_weight.iter().map(|(code, weight)| (code.as_str(), Exact::from(*weight))).collect();
        let pass = rubric.pass.as_ref().map(|pass| pass.total.into());
        Ok(Self { rubric, criteria, dimensions, method: entry(rubric.scoring.method), weights, pass, rule, figures })
    }

    /// Mean and standard deviation of every reviewer over the valid sheets of `applications`; empty where the rubric takes no
    /// standard scores.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn population(&self, applications: impl IntoIterator<Item: Borrow<ApplicationInput>>) -> Result<Population, Trouble> {
        let Some(rule) = &self.rubric.scoring.standardise else { return Ok(Population::default()) };
        let mut totals: BTreeMap<_, Vec<Exact>> = BTreeMap::new();
        for application in applications {
            for sheet in counted::valid_sheets(self, application.borrow())? {
                totals.entry(sheet.reviewer.clone()).or_default().push(sheet.total.value());
            }
        }
        Ok(standard::population(rule, totals)?)
    }

    /// Consolidates one application. Flags of deviation are not in it yet; [`super::items`] adds them.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn application(&self, input: &ApplicationInput, population: &Population) -> Result<ApplicationResult, Trouble> {
        let sheets = counted::valid_sheets(self, input)?;
        self.consolidated(input, sheets, population).map_err(|trouble| match trouble {
            Trouble::TooLarge { application: None } => Trouble::TooLarge { application: Some(input.id.clone()) },
            other => other,
        })
    }

    fn consolidated(
        &self,
        input: &ApplicationInput,
        sheets: Vec<CountedSheet>,
        population: &Population,
    ) -> Result<ApplicationResult, Trouble> {
        let valid = sheets.len();
        let (mut lines, unfinished) = self.lines(sheets, population)?;
        let trim = self.rubric.scoring.trim.as_ref();
        let short = trim.and_then(|trim| shortfall(trim, valid));
        let stop = unfinished.or_else(|| too_few(input, trim, short, valid));
        let figures = match stop {
            None => Ok(stages::figures(self, &mut lines)?),
            Some(unfinished) => Err(unfinished),
        };
        let outcome = outcome::outcome(self, input, figures.as_ref().map_err(Clone::clone))?;
        let flags = match (&figures, short) {
            (Ok(_), Some(min_valid)) => vec![Flag::Untrimmed { valid, min_valid }],
            _ => Vec::new(),
        };
        lines.extend(counted::lines_out(input));
        lines.sort_by(|one, other| one.reviewer.cmp(&other.reviewer));
        let id = input.id.clone();
        Ok(match figures {
            Err(_) => ApplicationResult {
                id,
                sheets: lines,
                valid,
                kept: Exact::count(valid),
                trims: Vec::new(),
                criteria: Vec::new(),
                dimensions: Vec::new(),
                total: None,
                untrimmed_mean: None,
                outcome,
                flags,
            },
            Ok(figures) => ApplicationResult {
                id,
                sheets: lines,
                valid,
                kept: figures.kept,
                trims: figures.trims,
                criteria: figures.criteria,
                dimensions: figures.dimensions,
                total: Some(figures.total),
                untrimmed_mean: Some(figures.untrimmed_mean),
                outcome,
                flags,
            },
        })
    }

    /// The valid sheets with their standard scores; and the first reviewer who has none, where the rubric asks for one.
    fn lines(&self, sheets: Vec<CountedSheet>, population: &Population) -> Result<(Vec<SheetLine>, Option<Unfinished>), TooLarge> {
        let mut missing = None;
        let mut lines = Vec::with_capacity(sheets.len());
        for sheet in sheets {
            let standard = match (&self.rubric.scoring.standardise, population.of(&sheet.reviewer)) {
                (None, _) => None,
                (Some(rule), Ok(scale)) => {
                    Some(StandardLine { score: standard::score(rule, scale, sheet.total.value())?, scale: scale.clone() })
                }
                (Some(_), Err(why)) => {
                    missing = missing.or_else(|| Some(Unfinished::NoStandard { reviewer: sheet.reviewer.clone(), why }));
                    None
                }
            };
            let weight = self.weights.get(sheet.reviewer.as_str()).copied().unwrap_or(Exact::ONE);
            lines.push(SheetLine {
                reviewer: sheet.reviewer,
                bundle: sheet.bundle,
                source: sheet.source,
                standing: Standing::Valid,
                cells: sheet.cells,
                subtotals: sheet.subtotals,
                total: sheet.total,
                standard,
                weight,
            });
        }
        Ok((lines, missing))
    }

    /// The figure of `exact` at `stage`, rounded where the rubric says so.
    pub(super) fn figure(&self, stage: Stage, exact: Exact) -> Result<Figure, TooLarge> {
        let rounded = match self.point(stage) {
            Some(point) => Some((exact.round(point.places, point.mode)?, point.clone())),
            None => None,
        };
        Ok(Figure { exact, rounded })
    }

    pub(super) fn point(&self, stage: Stage) -> Option<&RoundingPoint> {
        self.rubric.scoring.round.iter().find(|point| point.at == stage)
    }

    /// Whether the total is added up from dimensions: something is rounded or trimmed below it. A standard score never is, because
    /// it has no parts.
    pub(super) fn adds_dimensions(&self) -> bool {
        let scoring = &self.rubric.scoring;
        let below = |point: &RoundingPoint| matches!(point.at, Stage::Criterion | Stage::Weighted | Stage::Dimension);
        scoring.standardise.is_none() && (self.scope() != TrimScope::Total || scoring.round.iter().any(below))
    }

    pub(super) fn scope(&self) -> TrimScope {
        self.rubric.scoring.trim.as_ref().map_or(TrimScope::Total, |trim| trim.scope)
    }

    /// Decimal places with which a total is written: those of the last rounding; two where nothing is rounded.
    pub(super) fn places(&self) -> u32 {
        let scoring = &self.rubric.scoring;
        scoring.round.last().map_or_else(|| scoring.standardise.as_ref().map_or(0, |rule| rule.places), |point| point.places)
    }

    /// What ranking needs of an application; `None` where it is not ranked.
    #[must_use]
    pub fn standing(&self, result: &ApplicationResult) -> Option<ranking::Standing> {
        if result.outcome != Outcome::Eligible {
            return None;
        }
        let total = result.total.as_ref()?;
        let published = self.rubric.scoring.rank_on == RankOn::Rounded;
        let pick = |figure: &Figure| if published { figure.value() } else { figure.exact };
        let figure = |figured: &Figured| match figured {
            Figured::Dimension(place) => result.dimensions.get(*place).map(|line| pick(&line.figure)),
            Figured::Criterion(place) => {
                let id = self.criteria.get(*place).map(|criterion| &criterion.id)?;
                Some(result.criteria.iter().find(|line| line.id == *id).map_or(Exact::ZERO, |line| pick(&line.mean)))
            }
            Figured::UntrimmedMean => result.untrimmed_mean,
        };
        let figures: Option<Vec<Exact>> = self.figures.iter().map(figure).collect();
        Some(ranking::Standing { id: result.id.clone(), total: pick(&total.figure), figures: figures? })
    }

    /// Ranks the eligible applications of one item.
    #[must_use]
    pub fn rank(&self, standings: Vec<ranking::Standing>, item: &ItemInput) -> Ranking {
        ranking::rank(&self.rule, standings, item)
    }

    /// The shares of `values` that count, by the declared method.
    pub(super) fn shares(&self, values: &[Exact]) -> Result<(super::Drops, Vec<shares::Share>), TooLarge> {
        let drops = (self.method.falls)(values.len(), self.rubric.scoring.trim.as_ref());
        Ok((drops, shares::shares(values, drops)?))
    }
}

/// `min_valid`, where there are fewer valid sheets.
fn shortfall(trim: &Trim, valid: usize) -> Option<usize> {
    let needed = usize::try_from(trim.min_valid).unwrap_or(usize::MAX);
    (valid < needed).then_some(needed)
}

/// Why there are too few sheets, where there are.
fn too_few(input: &ApplicationInput, trim: Option<&Trim>, short: Option<usize>, valid: usize) -> Option<Unfinished> {
    if valid == 0 {
        return Some(Unfinished::NoSheet);
    }
    let refuses = trim.is_some_and(|trim| trim.on_shortfall == Shortfall::Refuse);
    match (short, input.go_on) {
        (Some(needed), None) if refuses => Some(Unfinished::TooFew { valid, needed, left_out: false }),
        (Some(needed), Some(GoOn::LeaveOut)) if refuses => Some(Unfinished::TooFew { valid, needed, left_out: true }),
        _ => None,
    }
}
