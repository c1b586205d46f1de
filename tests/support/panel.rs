//! Small rubrics and sheets for consolidation, as short as a chair would write them on a board.

use std::collections::BTreeMap;

use pingyi::domain::{
    consolidate::{
        derivation::{ApplicationResult, ItemResult},
        input::{ApplicationInput, CellInput, ItemInput, SheetInput, Source, Standing},
        item,
    },
    exact::Exact,
    number::Points,
    rubric::Rubric,
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::rules::{of, rubric};

/// A criterion of a small rubric. Its dimension is its first letter.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Crit {
    pub(crate) id: String,
    pub(crate) max: String,
    #[serde(default = "one")]
    pub(crate) weight: String,
    #[serde(default = "subjective")]
    pub(crate) kind: String,
    #[serde(default = "forbid")]
    pub(crate) na: String,
    #[serde(default)]
    pub(crate) advisory: bool,
}

fn one() -> String {
    "1".to_owned()
}

fn subjective() -> String {
    "subjective".to_owned()
}

fn forbid() -> String {
    "forbid".to_owned()
}

pub(crate) fn crit(id: &str, max: &str, weight: &str) -> Crit {
    Crit { id: id.to_owned(), max: max.to_owned(), weight: weight.to_owned(), kind: subjective(), na: forbid(), advisory: false }
}

/// The one criterion of a rubric in which a sheet is just its total.
pub(crate) fn only_total() -> Vec<Crit> {
    vec![crit("A1", "100", "1")]
}

/// A rubric of these criteria with this arithmetic; `more` replaces further keys of the file, such as `pass`.
pub(crate) fn small_rubric(criteria: &[Crit], scoring: Value, more: &[(&str, Value)]) -> Rubric {
    let text = |id: &str| json!({ "zh": id, "en": id });
    let mut maxima: BTreeMap<String, rust_decimal::Decimal> = BTreeMap::new();
    let mut rows = Vec::new();
    for one in criteria {
        let dimension = one.id[..1].to_owned();
        let counted = if one.advisory { "0" } else { one.max.as_str() };
        *maxima.entry(dimension.clone()).or_default() += of::<Points>(counted).get() * of::<Points>(&one.weight).get();
        rows.push(json!({ "id": one.id, "dimension": dimension, "title": text(&one.id), "max": one.max, "weight": one.weight,
                          "kind": one.kind, "na": one.na, "advisory": one.advisory, "clause": [] }));
    }
    let dimensions: Vec<Value> =
        maxima.iter().map(|(id, max)| json!({ "id": id, "title": text(id), "max": max.normalize().to_string() })).collect();
    let total: rust_decimal::Decimal = maxima.values().sum();
    let mut whole = serde_json::to_value(rubric()).unwrap();
    let object = whole.as_object_mut().unwrap();
    object.remove("pass");
    object.remove("deviation");
    object.insert("dimension".to_owned(), json!(dimensions));
    object.insert("criterion".to_owned(), json!(rows));
    object.insert("total".to_owned(), json!(total.normalize().to_string()));
    object.insert("scoring".to_owned(), scoring);
    for (key, value) in more {
        object.insert((*key).to_owned(), value.clone());
    }
    serde_json::from_value(whole).unwrap()
}

/// The cell that `text` stands for: points, `na` by the policy of the criterion, or nothing.
fn cell(text: Option<&str>, na: &str) -> CellInput {
    match (text, na) {
        (None, _) => CellInput::Blank,
        (Some("na"), "zero") => CellInput::Points(Exact::ZERO),
        (Some("na"), _) => CellInput::Spread,
        (Some(points), _) => CellInput::Points(of::<Points>(points).into()),
    }
}

/// A valid sheet; `cells` names what is not blank.
pub(crate) fn valid_sheet(criteria: &[Crit], reviewer: &str, cells: &BTreeMap<String, String>) -> SheetInput {
    let cells = criteria.iter().map(|one| cell(cells.get(&one.id).map(String::as_str), &one.na)).collect();
    SheetInput { reviewer: of(reviewer), bundle: format!("{reviewer}-digest"), source: Source::Signed, standing: Standing::Valid, cells }
}

/// Sheets of `R01`, `R02` … that give just these totals.
pub(crate) fn totals(values: &[&str]) -> Vec<SheetInput> {
    let sheet = |(at, value): (usize, &&str)| {
        let cells = BTreeMap::from([("A1".to_owned(), (*value).to_owned())]);
        valid_sheet(&only_total(), &format!("R{:02}", at + 1), &cells)
    };
    values.iter().enumerate().map(sheet).collect()
}

/// The result of an item with one application.
pub(crate) fn alone(rubric: &Rubric, sheets: Vec<SheetInput>) -> ApplicationResult {
    consolidated(rubric, vec![ApplicationInput::plain(of("sx-0001"), sheets)]).applications.remove(0)
}

/// The result of an item.
pub(crate) fn consolidated(rubric: &Rubric, applications: Vec<ApplicationInput>) -> ItemResult {
    item(rubric, &ItemInput::plain(of("t1"), applications)).unwrap()
}
