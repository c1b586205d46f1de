//! The register 汇总台账: verified results of many panels side by side, as the provincial office needs them (domain reference 6.8).
//!
//! A panel's result enters unaltered or not at all, whatever the order of the files. Ranks are a panel's own: scores of different panels
//! are not comparable, so nothing here ranks across panels (domain reference 7.5); what is counted across panels is quotas and distribution.

pub mod distribution;
pub mod file;
pub mod follow_up;
mod merge;
pub mod record;
pub mod spread;
pub mod twins;
pub mod years;

pub use merge::{Excluded, Merged, Why, merge};

use rust_decimal::Decimal;
use serde::Serialize;

use crate::domain::{
    application::{ApplicantKind, Application, LeadMode},
    call::{Mode, Quota, Tier},
    consolidate::{
        derivation::{ApplicationResult, ItemResult},
        outcome,
    },
    ids::{ApplicationId, CallId, ItemId, PanelId},
    number::Amount,
    package::Package,
    ranking::{Place, quota::Winner},
    reference::words,
    register::years::Report,
    result::{ApplicationEntry, outcome_word},
    rubric::ReviewKind,
    text::Bilingual,
    time::Day,
};

/// One panel's verified result, reduced to what a register shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PanelResult {
    /// Digest of the result bundle.
    pub bundle: String,
    /// SHA-256 of its file.
    pub sha256: String,
    /// Name of its file.
    pub file: String,
    /// Revision, from 1.
    pub revision: u32,
    /// Digest of the result that it replaces.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub supersedes: Option<String>,
    /// Rehearsal or official.
    pub mode: Mode,
    /// The call.
    pub call: CallLine,
    /// The panel.
    pub panel: PanelId,
    /// Call items, in the order of the notice.
    pub items: Vec<ItemLine>,
}

/// A call, as the panel's package has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CallLine {
    /// Call.
    pub id: CallId,
    /// Title.
    pub title: Bilingual,
    /// Number of the document it rests on 文号.
    pub document: String,
    /// Kind of review.
    pub kind: ReviewKind,
    /// Tier.
    pub tier: Tier,
    /// Day on which scoring closed.
    pub closes: Day,
    /// Quotas over all items of the call.
    pub quota: Quota,
}

impl CallLine {
    /// The year in which scoring closed.
    #[must_use]
    pub fn year(&self) -> i16 {
        self.closes.date().year()
    }
}

/// A call item with its applications.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ItemLine {
    /// Item.
    pub id: ItemId,
    /// Title.
    pub title: Bilingual,
    /// `winner`, or `no-winner` 流榜.
    pub outcome: &'static str,
    /// Applications: ranked ones best first, then the others by id.
    pub applications: Vec<ApplicationLine>,
}

/// An application, with what a province counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ApplicationLine {
    /// Application.
    pub id: ApplicationId,
    /// Title.
    pub title: Bilingual,
    /// Applicant 申报单位.
    pub applicant: String,
    /// Unified social credit code.
    pub code: String,
    /// Kind of applicant.
    pub kind: ApplicantKind,
    /// City code.
    pub city: String,
    /// Name of the city, where the package's code list has it.
    pub city_name: Bilingual,
    /// Regions of 一群两区三圈 that the city belongs to; they overlap.
    pub regions: Vec<String>,
    /// Code of the sector family.
    pub family: String,
    /// Name of the sector family.
    pub family_name: Bilingual,
    /// Lead mode.
    pub lead_mode: LeadMode,
    /// Government money asked for, in 万元.
    pub government: Decimal,
    /// Cost lines, with amounts in 万元.
    pub costs: Vec<CostLine>,
    /// What became of it, as the result says.
    pub outcome: String,
    /// `winner`, `reserve` or `none`; a performance evaluation recommends nobody, it has bands.
    pub place: &'static str,
    /// The panel's rank inside the item.
    pub rank: Option<usize>,
    /// Whether others have the same rank.
    pub tied: bool,
    /// The consolidated total, in points.
    pub total: Option<String>,
    /// Valid sheets.
    pub sheets: usize,
    /// Largest minus smallest total of the valid sheets, in points; `None` below two sheets.
    pub spread: Option<String>,
    /// What a performance evaluation is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub report: Option<Report>,
}

/// A cost line of an application.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct CostLine {
    /// What it buys.
    pub name: String,
    /// Amount in 万元.
    pub amount: Amount,
}

/// Where a result comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Digest of the bundle.
    pub bundle: String,
    /// SHA-256 of its file.
    pub sha256: String,
    /// Name of its file.
    pub file: String,
    /// Revision, from 1.
    pub revision: u32,
    /// Digest of the result that it replaces.
    pub supersedes: Option<String>,
}

impl PanelResult {
    /// The result of `package` with these figures; `None` where its session's end is no day of the calendar.
    #[must_use]
    pub fn of(origin: Origin, package: &Package, results: &[ItemResult]) -> Option<Self> {
        let call = &package.call;
        let items = call.items.iter().filter_map(|item| {
            let result = results.iter().find(|result| result.id == item.id)?;
            Some(ItemLine {
                id: item.id.clone(),
                title: item.title.clone(),
                outcome: outcome_word(&result.ranking),
                applications: applications(package, result),
            })
        });
        Some(Self {
            items: items.collect(),
            bundle: origin.bundle,
            sha256: origin.sha256,
            file: origin.file,
            revision: origin.revision,
            supersedes: origin.supersedes,
            mode: call.mode,
            call: CallLine {
                id: call.id.clone(),
                title: call.title.clone(),
                document: call.basis.document.clone(),
                kind: call.kind,
                tier: call.tier,
                closes: call.session.closes.day()?,
                quota: call.quota.clone(),
            },
            panel: call.panel.id.clone(),
        })
    }

    /// Whether it chose among applications; a performance evaluation looks at bases that exist.
    #[must_use]
    pub fn selects(&self) -> bool {
        self.call.kind != ReviewKind::Performance
    }

    /// All applications with their items.
    pub fn applications(&self) -> impl Iterator<Item = (&ItemLine, &ApplicationLine)> {
        self.items.iter().flat_map(|item| item.applications.iter().map(move |application| (item, application)))
    }

    /// The recommended applications, with their items.
    pub fn winners(&self) -> impl Iterator<Item = (&ItemLine, &ApplicationLine)> {
        self.applications().filter(|(_, application)| application.is_winner())
    }
}

/// The applications of an item in the order of the result file.
fn applications(package: &Package, result: &ItemResult) -> Vec<ApplicationLine> {
    let ranked = result.ranking.rows.iter().map(|row| &row.id);
    let others = result.applications.iter().map(|one| &one.id).filter(|id| result.ranking.row(id).is_none());
    let line = |id| Some(ApplicationLine::of(package, package.application(id)?, result, result.application(id)?));
    ranked.chain(others).filter_map(line).collect()
}

impl ApplicationLine {
    fn of(package: &Package, application: &Application, item: &ItemResult, result: &ApplicationResult) -> Self {
        let row = item.ranking.row(&application.id);
        let entry = ApplicationEntry::of(&package.rubric, result, row);
        let city = package.codes.city(&application.applicant.city);
        Self {
            id: application.id.clone(),
            title: application.title.clone(),
            applicant: application.applicant.name.clone(),
            code: application.applicant.code.clone(),
            kind: application.applicant.kind,
            city: application.applicant.city.clone(),
            city_name: city.map(|city| city.name.clone()).unwrap_or_default(),
            regions: city.map(|city| city.regions.clone()).unwrap_or_default(),
            family: application.direction.family.clone(),
            family_name: words(&package.codes.families, &application.direction.family).cloned().unwrap_or_default(),
            lead_mode: application.operation.lead_mode,
            government: application.government(),
            costs: application.costs.iter().map(|cost| CostLine { name: cost.name.clone(), amount: cost.amount }).collect(),
            outcome: entry.outcome,
            place: if package.call.kind == ReviewKind::Performance { "none" } else { place(row.map(|row| row.place)) },
            rank: entry.rank,
            tied: entry.tied,
            total: entry.total,
            sheets: result.valid,
            spread: spread::of(result),
            report: Report::of(application, band(package, result)),
        }
    }

    /// Whether the panel recommends it.
    #[must_use]
    pub fn is_winner(&self) -> bool {
        self.place == "winner"
    }

    /// What quotas count of it.
    #[must_use]
    pub fn as_winner(&self) -> Winner {
        Winner { id: self.id.clone(), city: self.city.clone(), sector: self.family.clone(), government: self.government, tied: self.tied }
    }
}

/// The band of the total.
fn band(package: &Package, result: &ApplicationResult) -> Option<Bilingual> {
    let total = result.total.as_ref()?.figure.value();
    outcome::band(&package.rubric, total).map(|band| band.title.clone())
}

const fn place(place: Option<Place>) -> &'static str {
    match place {
        Some(Place::Winner) => "winner",
        Some(Place::Reserve) => "reserve",
        Some(Place::Open(_) | Place::None) | None => "none",
    }
}
