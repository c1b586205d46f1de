//! What is still open on a sheet: the list a reviewer walks through before handing in. Each finding names its field.

use crate::{
    domain::{
        desk::Desk,
        ids::{ApplicationId, CriterionId},
        package::Package,
        rubric::{Criterion, NotApplicablePolicy},
        sheet::{Cell, Sheet},
        text::{Explain, Message},
    },
    msg,
};

/// One thing that is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Gap {
    /// The conflict question was not answered.
    Undeclared,
    /// A cell is blank.
    Blank(CriterionId),
    /// The score asks for a comment and there is none.
    NoComment(CriterionId),
    /// The chair asked about this and it is not answered: the criterion, or the sheet as a whole.
    Unanswered(Option<CriterionId>),
    /// Every criterion of a dimension that spreads N/A is N/A, so nothing is left to spread over.
    AllNotApplicable(CriterionId),
}

impl Gap {
    /// The criterion to jump to.
    #[must_use]
    pub const fn criterion(&self) -> Option<&CriterionId> {
        match self {
            Self::Undeclared => None,
            Self::Unanswered(id) => id.as_ref(),
            Self::Blank(id) | Self::NoComment(id) | Self::AllNotApplicable(id) => Some(id),
        }
    }
}

impl Desk {
    /// Everything that keeps the sheet of `application` from being handed in, in reading order. Empty for a sheet that is out.
    #[must_use]
    pub fn blocking(&self, package: &Package, application: &ApplicationId) -> Vec<Gap> {
        let answers = self.unanswered(application).into_iter().map(Gap::Unanswered);
        gaps(package, &self.sheet(application)).into_iter().chain(answers).collect()
    }
}

/// Everything that is open on `sheet`, in reading order.
#[must_use]
pub fn gaps(package: &Package, sheet: &Sheet) -> Vec<Gap> {
    if sheet.is_out() {
        return Vec::new();
    }
    let undeclared = sheet.declaration.is_none().then_some(Gap::Undeclared);
    let cells = package.rubric.asked().filter_map(|criterion| gap_of(sheet, criterion));
    undeclared.into_iter().chain(cells).chain(hollow_dimensions(package, sheet)).collect()
}

fn gap_of(sheet: &Sheet, criterion: &Criterion) -> Option<Gap> {
    match sheet.cell(&criterion.id) {
        Cell::Blank if criterion.advisory => None,
        Cell::Blank => Some(Gap::Blank(criterion.id.clone())),
        Cell::Scored { value } if criterion.asks_comment(value) && sheet.comment(&criterion.id).trim().is_empty() => {
            Some(Gap::NoComment(criterion.id.clone()))
        }
        Cell::Scored { .. } | Cell::NotApplicable { .. } => None,
    }
}

fn hollow_dimensions(package: &Package, sheet: &Sheet) -> Vec<Gap> {
    let is_spread = |criterion: &&Criterion| criterion.na == NotApplicablePolicy::Redistribute && !criterion.advisory;
    let hollow = package.rubric.dimensions.iter().filter_map(|dimension| {
        let counted: Vec<&Criterion> = package.rubric.criteria_of(&dimension.id).filter(|criterion| !criterion.advisory).collect();
        let all_na = counted.iter().all(|criterion| matches!(sheet.cell(&criterion.id), Cell::NotApplicable { .. }));
        let first = counted.iter().copied().find(|criterion| is_spread(criterion))?;
        all_na.then(|| Gap::AllNotApplicable(first.id.clone()))
    });
    hollow.collect()
}

impl Explain for Gap {
    fn what(&self) -> Message {
        match self {
            Self::Undeclared => msg!("gap-undeclared"),
            Self::Blank(id) => msg!("gap-blank", criterion = id),
            Self::NoComment(id) => msg!("gap-no-comment", criterion = id),
            Self::AllNotApplicable(id) => msg!("gap-all-na", criterion = id),
            Self::Unanswered(Some(id)) => msg!("gap-unanswered", criterion = id),
            Self::Unanswered(None) => msg!("gap-unanswered-whole"),
        }
    }

    fn advice(&self) -> Message {
        match self {
            Self::Undeclared => msg!("rec-gap-undeclared"),
            Self::Blank(_) => msg!("rec-gap-blank"),
            Self::NoComment(_) => msg!("rec-gap-no-comment"),
            Self::AllNotApplicable(_) => msg!("rec-gap-all-na"),
            Self::Unanswered(Some(_)) => msg!("rec-gap-unanswered"),
            Self::Unanswered(None) => msg!("rec-gap-unanswered-whole"),
        }
    }
}
