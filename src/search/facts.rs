//! What one viewer may see of one application, folded and looked up once, so that a key stroke only compares.
//!
//! A fact that the viewer may not see, or that does not exist yet, is not in here: nothing can be found, sorted or timed out of it.

use rust_decimal::Decimal;

use crate::{
    domain::{
        application::{Application, Record},
        compare::TableCell,
        desk::Desk,
        formula,
        ids::ApplicationId,
        package::Package,
        rubric::{Criterion, CriterionKind},
        sheet::{Cell, Sheet},
        visibility,
        worklist::{Row, RowState},
    },
    search::{
        fold::Folded,
        keys::KeyId,
        scheme::{Choice, Scheme, Viewer},
        words::{APPLICANTS, MODES, STATES, place},
    },
};

/// What a viewer may see of an application. Choices are places in the lists of the [`Scheme`] with which it was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// Application.
    pub application: ApplicationId,
    /// Number, titles, applicant and city, in both languages: what words are looked for in.
    pub words: Folded,
    /// Number.
    pub id: Folded,
    /// Titles in both languages.
    pub title: Folded,
    /// Applicant's name; empty where it is hidden.
    pub unit: Folded,
    /// Comments that the viewer may see.
    pub comment: Folded,
    /// Item.
    pub item: Option<usize>,
    /// City.
    pub city: Option<usize>,
    /// Lead mode.
    pub mode: Option<usize>,
    /// Kind of applicant.
    pub applicant: Option<usize>,
    /// Sector family.
    pub sector: Option<usize>,
    /// State of the viewer's own sheet.
    pub state: Option<usize>,
    /// Whether the rank is shared: 0 for yes, 1 for no.
    pub tied: Option<usize>,
    /// The viewer's own running total, in points.
    pub my: Option<Decimal>,
    /// Open points of the viewer's own sheet.
    pub gaps: Option<Decimal>,
    /// The viewer's own scores, in the order of the rubric; empty where there is no sheet.
    pub scores: Vec<TableCell>,
    /// Consolidated total, in points; the own running total where the viewer sees no other.
    pub total: Option<Decimal>,
    /// Mean of the totals, in points.
    pub mean: Option<Decimal>,
    /// Largest total less smallest, in points.
    pub spread: Option<Decimal>,
    /// Standard deviation of the totals, in points.
    pub sd: Option<Decimal>,
    /// Rank, from 1.
    pub rank: Option<Decimal>,
    /// People who stay out.
    pub coi: Vec<usize>,
    /// Reviewers whose sheet is not there.
    pub missing: Vec<usize>,
    /// Marks of the consolidation.
    pub flags: Vec<usize>,
}

impl Facts {
    /// What everybody may see of `application`. Where the call hides names from the viewer, they are out of the titles too.
    #[must_use]
    pub fn of(package: &Package, scheme: &Scheme, application: &Application) -> Self {
        if scheme.hides_names {
            let shown = visibility::for_reviewer(application, &package.call.blind);
            return Self { unit: Folded::default(), ..Self::of_visible(package, scheme, &shown, "") };
        }
        Self::of_visible(package, scheme, application, &application.applicant.name)
    }

    fn of_visible(package: &Package, scheme: &Scheme, application: &Application, unit: &str) -> Self {
        let Application { id, title, applicant, item, operation, direction, .. } = application;
        let city = package.codes.city(&applicant.city).map(|city| &city.name);
        let city_words = city.map_or(["", ""], |name| [name.zh.as_str(), name.en.as_str()]);
        let words = [id.as_str(), &title.zh, &title.en, unit, &applicant.county].into_iter().chain(city_words);
        Self {
            application: id.clone(),
            words: Folded::of(words),
            id: Folded::new(id.as_str()),
            title: Folded::of([title.zh.as_str(), title.en.as_str()]),
            unit: Folded::new(unit),
            comment: Folded::default(),
            item: found(&scheme.items, item.as_str()),
            city: found(&scheme.cities, &applicant.city),
            mode: place(&MODES, &operation.lead_mode),
            applicant: place(&APPLICANTS, &applicant.kind),
            sector: found(&scheme.sectors, &direction.family),
            state: None,
            tied: None,
            my: None,
            gaps: None,
            scores: Vec::new(),
            total: None,
            mean: None,
            spread: None,
            sd: None,
            rank: None,
            coi: Vec::new(),
            missing: Vec::new(),
            flags: Vec::new(),
        }
    }

    /// What a reviewer may see of `application`: the above, and the own sheet; `row` is its line of the worklist.
    #[must_use]
    pub fn of_reviewer(package: &Package, desk: &Desk, scheme: &Scheme, application: &Application, row: &Row) -> Self {
        let common = Self::of(package, scheme, application);
        let blank = Sheet::default();
        let sheet = desk.sheets.get(&application.id).unwrap_or(&blank);
        let is_recused = matches!(row.state, RowState::Recused | RowState::RecusedByOffice);
        let own = match &scheme.viewer {
            Viewer::Reviewer(code) => found(&scheme.people, code.as_str()),
            Viewer::Chair | Viewer::Office => None,
        };
        // A sheet that stays out counts nowhere, whatever was scored on it before.
        let is_out = row.state.is_out();
        let scores = if is_out { Vec::new() } else { scores(package, application, sheet) };
        Self {
            comment: Folded::of(sheet.comments.values().map(String::as_str).chain([sheet.overall.as_str()])),
            state: place(&STATES, &row.state),
            my: row.running,
            total: row.running,
            gaps: (!is_out).then(|| row.gaps.into()),
            scores,
            coi: own.filter(|_| is_recused).into_iter().collect(),
            ..common
        }
    }

    /// The place of the choice that a key has here.
    #[must_use]
    pub const fn choice(&self, id: KeyId) -> Option<usize> {
        match id {
            KeyId::Item => self.item,
            KeyId::City => self.city,
            KeyId::Mode => self.mode,
            KeyId::Applicant => self.applicant,
            KeyId::Sector => self.sector,
            KeyId::State => self.state,
            KeyId::Tied => self.tied,
            _ => None,
        }
    }

    /// The number that a key has here.
    #[must_use]
    pub const fn number(&self, id: KeyId) -> Option<Decimal> {
        match id {
            KeyId::My => self.my,
            KeyId::Gaps => self.gaps,
            KeyId::Total => self.total,
            KeyId::Mean => self.mean,
            KeyId::Spread => self.spread,
            KeyId::Sd => self.sd,
            KeyId::Rank => self.rank,
            _ => None,
        }
    }

    /// The set that a key has here.
    #[must_use]
    pub const fn set(&self, id: KeyId) -> Option<&Vec<usize>> {
        match id {
            KeyId::Coi => Some(&self.coi),
            KeyId::Missing => Some(&self.missing),
            KeyId::Flag => Some(&self.flags),
            _ => None,
        }
    }

    /// The text that a key has here.
    #[must_use]
    pub const fn text(&self, id: KeyId) -> Option<&Folded> {
        match id {
            KeyId::Id => Some(&self.id),
            KeyId::Title => Some(&self.title),
            KeyId::Unit => Some(&self.unit),
            KeyId::Comment => Some(&self.comment),
            _ => None,
        }
    }

    /// The own score of a criterion; blank where there is no sheet.
    #[must_use]
    pub fn score(&self, criterion: usize) -> TableCell {
        self.scores.get(criterion).copied().unwrap_or(TableCell::Blank)
    }
}

fn found(choices: &[Choice], id: &str) -> Option<usize> {
    choices.iter().position(|choice| choice.id == id)
}

/// The scores of a sheet, in the order of the rubric; what is computed comes from the record, as everywhere.
fn scores(package: &Package, application: &Application, sheet: &Sheet) -> Vec<TableCell> {
    let criteria = &package.rubric.criteria;
    let record = criteria.iter().any(|criterion| criterion.kind == CriterionKind::Formula).then(|| Record::of(application));
    criteria.iter().map(|criterion| score(criterion, record.as_ref(), sheet)).collect()
}

fn score(criterion: &Criterion, record: Option<&Record>, sheet: &Sheet) -> TableCell {
    match (criterion.kind, record, sheet.cells.get(&criterion.id)) {
        (CriterionKind::Formula, Some(record), _) => {
            formula::compute_from(criterion, record).map_or(TableCell::Blank, |working| TableCell::Computed(working.points))
        }
        (_, _, Some(Cell::Scored { value })) => TableCell::Scored(value.get()),
        (_, _, Some(Cell::NotApplicable { .. })) => TableCell::NotApplicable,
        (_, _, Some(Cell::Blank) | None) => TableCell::Blank,
    }
}
