//! Fields of an application in words: labels for the keys, words for the codes.

use serde_json::Value;

use crate::{
    domain::{
        application::{Application, Record},
        reference::{self, Codes},
        text::{Language, Message},
    },
    msg,
    tui::{text, view::View},
};

macro_rules! table {
    ($($key:literal => $id:literal),* $(,)?) => { &[$(($key, || msg!($id))),*] };
}

type Entry = (&'static str, fn() -> Message);

/// Labels of fields, by path.
const LABELS: &[Entry] = table![
    "applicant.name" => "field-applicant", "applicant.kind" => "field-kind", "applicant.city" => "field-city",
    "applicant.county" => "field-county", "applicant.recommender" => "field-recommender",
    "consortium" => "field-consortium", "direction.family" => "field-family", "direction.industries" => "field-industries",
    "direction.chain" => "field-chain", "direction.chain_position" => "field-chain-position", "direction.cluster" => "field-cluster",
    "direction.park" => "field-park", "direction.major_categories" => "field-majors", "direction.strategies" => "field-strategies",
    "direction.services" => "field-services", "direction.talent_outputs" => "field-talents", "direction.centre_roles" => "field-roles",
    "demand.gap_evidence" => "field-gap", "demand.employers" => "field-employers", "demand.annual_demand" => "field-need",
    "demand.annual_gap" => "field-lack", "demand.radiation" => "field-radiation",
    "positioning.distinctiveness" => "field-distinct", "positioning.strengths" => "field-strengths", "positioning.compared" => "field-compared",
    "function" => "field-functions", "conditions.build_kind" => "field-build", "conditions.area_m2" => "field-area",
    "conditions.equipment_value" => "field-equipment", "conditions.stations" => "field-stations", "conditions.dual_teachers_pct" => "field-dual",
    "conditions.studios" => "field-studios", "conditions.sim_systems" => "field-sims", "conditions.site" => "field-site",
    "conditions.land_status" => "field-land", "conditions.management_systems" => "field-systems",
    "sharing.audiences" => "field-audiences", "sharing.linked_platforms" => "field-platforms", "sharing.linked_carriers" => "field-carriers",
    "sharing.rules" => "field-sharing", "sharing.targets.visits" => "field-visits", "sharing.targets.external_pct" => "field-external",
    "sharing.targets.open_hours" => "field-hours", "operation.lead_mode" => "field-lead", "operation.cooperation_form" => "field-form",
    "operation.operator" => "field-operator", "operation.independent_body" => "field-independent", "operation.rules" => "field-rules",
    "operation.team" => "field-team", "operation.full_time" => "field-staff", "operation.asset_title" => "field-title",
    "operation.supervising_dept" => "field-dept", "money.investment_total" => "field-investment", "money.running_cost" => "field-cost",
    "money.running_income" => "field-income", "funding" => "field-funding", "cost" => "field-costs", "income" => "field-incomes",
    "schedule" => "field-schedule", "self_score" => "field-self",
    "tier" => "field-tier",
    "received" => "field-received",
    "applicant.code" => "field-code",
    "applicant.legal_rep" => "field-legal",
    "direction.map_version" => "field-map",
    "conditions.acceptance" => "field-acceptance",
    "sharing.actuals.visits" => "field-actual-visits",
    "sharing.actuals.external_pct" => "field-actual-external",
    "sharing.actuals.open_hours" => "field-actual-hours",
    "money.policy_requests" => "field-policy",
    "compliance.pledge_signed" => "field-pledge",
    "compliance.credit_check" => "field-credit",
    "compliance.incidents" => "field-incidents",
    "history.base" => "field-base",
    "history.year" => "field-year",
    "history.prior" => "field-prior",
];

/// Labels of the indicators of a reporting year, of which each has a target and an actual figure.
const INDICATORS: &[Entry] = table![
    "task_book_pct" => "indicator-task-book",
    "trainees" => "indicator-trainees",
    "assessments" => "indicator-assessments",
    "contests" => "indicator-contests",
    "resources" => "indicator-resources",
    "teachers_trained" => "indicator-teachers",
    "service_income" => "indicator-service-income",
    "external_pct" => "indicator-external-pct",
    "machine_hours_pct" => "indicator-machine-hours",
    "cost_cover_pct" => "indicator-cost-cover",
    "satisfaction_pct" => "indicator-satisfaction",
];

/// Words for codes that are the same everywhere.
const WORDS: &[Entry] = table![
    "city-gov" => "word-city-gov", "university" => "word-university", "vocational" => "word-vocational", "dev-zone" => "word-dev-zone",
    "enterprise" => "word-enterprise", "government" => "word-government", "industry-body" => "word-industry-body", "school" => "word-school",
    "other" => "word-other", "land" => "word-land", "capital" => "word-capital", "labour" => "word-labour", "technology" => "word-technology",
    "management" => "word-management", "park" => "word-park", "public" => "word-public", "college" => "word-college", "ppp" => "word-ppp",
    "share" => "word-share", "mixed" => "word-mixed", "gov" => "word-gov", "self" => "word-self", "social" => "word-social",
    "bond" => "word-bond", "market" => "word-market", "secured" => "word-secured", "planned" => "word-planned", "new" => "word-new",
    "rebuild" => "word-rebuild", "extend" => "word-extend", "county" => "word-county", "city" => "word-city", "province" => "word-province",
    "beyond" => "word-beyond", "innovative" => "word-innovative", "applied" => "word-applied", "skilled" => "word-skilled",
    "design" => "word-design", "workshop" => "word-workshop", "site" => "word-site", "board" => "word-board", "quality" => "word-quality",
    "equipment" => "word-equipment", "practice" => "word-practice", "true" => "word-yes", "false" => "word-no",
    "paid" => "word-paid", "free" => "word-free",
    "tier.province" => "tier-province", "tier.city" => "tier-city", "tier.county" => "tier-county",
    "direction.centre_roles.technology" => "role-technology", "direction.centre_roles.practice" => "role-practice",
    "direction.centre_roles.demonstration" => "role-demonstration",
    "engineering-centre" => "word-engineering-centre", "key-lab" => "word-key-lab", "maker-space" => "word-maker-space",
];

/// A field with its label, `label: value`; `None` where there is nothing in it.
#[must_use]
pub fn line(view: &View<'_>, record: &Record, path: &str) -> Option<String> {
    let value = record.field(path)?;
    let words = words(view, &view.package()?.codes, value, path);
    (!words.is_empty()).then(|| format!("{}{}{words}", label(view, path), view_colon(view)))
}

/// The application in words: in the language of the screens, and below it the original where the two differ, because a summary
/// is not what was applied for.
#[must_use]
pub fn narrative(view: &View<'_>, application: &Application) -> String {
    let own = text::safe(application.narrative.get(view.language()));
    match view.language() {
        Language::Zh => own,
        Language::En if own.trim().is_empty() => text::safe(&application.narrative.zh),
        Language::En => format!("{own}\n\n{}\n\n{}", view.say(&msg!("read-original")), text::safe(&application.narrative.zh)),
    }
}

/// The label of a field; its path where nobody gave it one.
#[must_use]
pub fn label(view: &View<'_>, path: &str) -> String {
    let of = |table: &[Entry], key: &str| table.iter().find(|(known, _)| *known == key).map(|(_, words)| words());
    let target = path.strip_prefix("performance.target.").and_then(|key| of(INDICATORS, key));
    let actual = path.strip_prefix("performance.actual.").and_then(|key| of(INDICATORS, key));
    let words = match (target, actual) {
        (Some(what), _) => Some(msg!("field-target").with_message("what", what)),
        (_, Some(what)) => Some(msg!("field-actual").with_message("what", what)),
        (None, None) => of(LABELS, path),
    };
    words.map_or_else(|| path.to_owned(), |words| view.say(&words))
}

fn words(view: &View<'_>, codes: &Codes, value: &Value, path: &str) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(word) => one(view, codes, word, path),
        Value::Bool(yes) => {
            let (on, off) = if path == "income.paid" { ("paid", "free") } else { ("true", "false") };
            one(view, codes, if *yes { on } else { off }, path)
        }
        Value::Number(number) => number.to_string(),
        Value::Array(entries) => {
            let parts: Vec<String> = entries.iter().map(|entry| words(view, codes, entry, path)).filter(|part| !part.is_empty()).collect();
            let is_long = entries.iter().any(Value::is_object);
            parts.join(if is_long { "\n    " } else { view_comma(view) })
        }
        Value::Object(group) => {
            let parts = group.iter().map(|(key, entry)| words(view, codes, entry, &format!("{path}.{key}")));
            parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" / ")
        }
    }
}

const fn view_colon(view: &View<'_>) -> &'static str {
    match view.language() {
        Language::Zh => "：",
        Language::En => ": ",
    }
}

const fn view_comma(view: &View<'_>) -> &'static str {
    match view.language() {
        Language::Zh => "、",
        Language::En => ", ",
    }
}

/// One code in words, from the package's own lists first; anything else as it is, made harmless.
fn one(view: &View<'_>, codes: &Codes, word: &str, path: &str) -> String {
    let list = match path {
        "direction.family" => Some(&codes.families),
        "direction.industries" => Some(&codes.industries),
        "direction.strategies" => Some(&codes.strategies),
        "direction.services" => Some(&codes.services),
        "function.code" => Some(&codes.functions),
        "sharing.audiences" => Some(&codes.audiences),
        _ => None,
    };
    let of_list = list.and_then(|list| reference::words(list, word)).map(|words| words.get(view.language()));
    let of_city = (path == "applicant.city").then(|| codes.city(word)).flatten().map(|city| city.name.get(view.language()));
    if let Some(words) = of_list.or(of_city) {
        return text::safe_line(words);
    }
    // A code that means one thing here and another thing elsewhere goes by its field.
    let own = match path {
        "tier" | "direction.centre_roles" => format!("{path}.{word}"),
        _ => String::new(),
    };
    if let Some((_, words)) = WORDS.iter().find(|(known, _)| *known == own) {
        return view.say(&words());
    }
    let is_code = !path.ends_with("name") && !path.ends_with("note") && !path.ends_with("plan");
    match WORDS.iter().find(|(known, _)| is_code && *known == word) {
        Some((_, words)) => view.say(&words()),
        None => text::safe(word),
    }
}
