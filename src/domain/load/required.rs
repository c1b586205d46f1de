//! Which fields must be filled in, per kind of review (domain reference 4, the fields marked ●).
//!
//! Left out on purpose are the fields whose absence is itself an answer that the panel scores: bases compared with, linked
//! platforms and carriers, studios, simulation systems.

use serde_json::Value;

use crate::{
    domain::{
        application::{Application, Record},
        load::file::File,
        rubric::ReviewKind::{self, Accreditation, CityCounty, DirectAward, Performance, Selection},
    },
    msg,
};

const ALL: &[ReviewKind] = &[Selection, Accreditation, DirectAward, CityCounty, Performance];
const PLANS_AND_BASES: &[ReviewKind] = &[Selection, Accreditation, DirectAward, CityCounty];
const CONSORTIUM: &[ReviewKind] = &[Selection, Accreditation];
const DEMAND: &[ReviewKind] = &[Selection, CityCounty];
const POSITION: &[ReviewKind] = &[Selection, DirectAward, CityCounty];
const CONDITIONS: &[ReviewKind] = &[Selection, Accreditation, DirectAward];
const BUILT: &[ReviewKind] = &[Accreditation, DirectAward];
const SHARING_TARGETS: &[ReviewKind] = &[Selection, Accreditation, CityCounty, Performance];
const SHARING_ACTUALS: &[ReviewKind] = &[Accreditation, DirectAward, Performance];
const MONEY: &[ReviewKind] = &[Selection, Accreditation, CityCounty, Performance];
const SCHEDULE: &[ReviewKind] = &[Selection, Accreditation];
const HISTORY: &[ReviewKind] = &[Accreditation, Performance];
const SELF_SCORE: &[ReviewKind] = &[Accreditation, DirectAward, Performance];

/// A field of the application and the kinds of review that need it.
pub static REQUIRED: &[(&str, &[ReviewKind])] = &[
    ("title.zh", ALL),
    ("title.en", ALL),
    ("applicant.name", ALL),
    ("applicant.city", ALL),
    ("applicant.code", PLANS_AND_BASES),
    ("applicant.legal_rep", PLANS_AND_BASES),
    ("applicant.contact", PLANS_AND_BASES),
    ("consortium", CONSORTIUM),
    ("direction.family", PLANS_AND_BASES),
    ("direction.industries", PLANS_AND_BASES),
    ("direction.chain", PLANS_AND_BASES),
    ("direction.chain_position", PLANS_AND_BASES),
    ("direction.cluster", PLANS_AND_BASES),
    ("direction.major_categories", PLANS_AND_BASES),
    ("direction.map_version", PLANS_AND_BASES),
    ("direction.services", ALL),
    ("direction.centre_roles", PLANS_AND_BASES),
    ("direction.talent_outputs", PLANS_AND_BASES),
    ("demand.gap_evidence", DEMAND),
    ("demand.employers", DEMAND),
    ("demand.annual_demand", DEMAND),
    ("demand.radiation", DEMAND),
    ("positioning.distinctiveness", POSITION),
    ("positioning.strengths", POSITION),
    ("function", ALL),
    ("conditions.build_kind", CONDITIONS),
    ("conditions.area_m2", CONDITIONS),
    ("conditions.equipment_value", CONDITIONS),
    ("conditions.stations", CONDITIONS),
    ("conditions.dual_teachers_pct", CONDITIONS),
    ("conditions.site", CONDITIONS),
    ("conditions.land_status", CONDITIONS),
    ("conditions.acceptance", BUILT),
    ("sharing.audiences", ALL),
    ("sharing.rules", ALL),
    ("sharing.targets.visits", SHARING_TARGETS),
    ("sharing.targets.external_pct", SHARING_TARGETS),
    ("sharing.actuals.visits", SHARING_ACTUALS),
    ("sharing.actuals.external_pct", SHARING_ACTUALS),
    ("operation.cooperation_form", PLANS_AND_BASES),
    ("operation.operator", PLANS_AND_BASES),
    ("operation.rules", PLANS_AND_BASES),
    ("operation.team", PLANS_AND_BASES),
    ("operation.asset_title", PLANS_AND_BASES),
    ("operation.supervising_dept", PLANS_AND_BASES),
    ("money.investment_total", MONEY),
    ("funding", MONEY),
    ("cost", MONEY),
    ("income", MONEY),
    ("schedule", SCHEDULE),
    ("compliance.gates", PLANS_AND_BASES),
    ("history.task_book_digest", &[Accreditation]),
    ("history.base", HISTORY),
    ("history.year", HISTORY),
    ("self_score", SELF_SCORE),
    ("narrative.zh", ALL),
];

pub(super) fn check(file: &mut File, kind: ReviewKind, application: &Application) {
    let record = Record::of(application);
    let needed = REQUIRED.iter().filter(|(_, kinds)| kinds.contains(&kind)).map(|(path, _)| *path);
    for path in needed.filter(|path| is_empty(record.field(path))) {
        file.error(path, msg!("err-field-required", field = path), msg!("rec-field-required"));
    }
    check_names(file, &record);
}

/// Lists whose entries all need a name.
const NAMED: [&str; 3] = ["consortium", "cost", "income"];

fn check_names(file: &mut File, record: &Record) {
    for list in NAMED {
        let entries = record.field(list).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        for at in (0..entries.len()).filter(|at| entries.get(*at).is_some_and(|entry| is_empty(entry.get("name")))) {
            let path = format!("{list}[{at}].name");
            file.error(&path, msg!("err-field-required", field = &path), msg!("rec-field-required"));
        }
    }
}

fn is_empty(value: Option<&Value>) -> bool {
    match value {
        None | Some(Value::Null) => true,
        Some(Value::String(text)) => text.trim().is_empty(),
        Some(Value::Array(entries)) => entries.is_empty(),
        Some(Value::Object(group)) => group.is_empty(),
        // A year of nought is the value of a year nobody wrote.
        Some(Value::Number(number)) => number.as_u64() == Some(0),
        Some(Value::Bool(_)) => false,
    }
}
