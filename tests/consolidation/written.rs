//! How a result is written down: the documented keys in the documented order, and every figure of a page in the derivation.

use pingyi::{
    digest::sha256,
    domain::{
        consolidate::{
            input::{ApplicationInput, ItemInput, SheetInput},
            items,
            trouble::Trouble,
        },
        ranking::draw,
        result::{ApplicationEntry, ResultFile, Working},
        rubric::Rubric,
        text::Explain,
        total::sheet_total,
    },
};
use serde_json::{Value, json};

use crate::support::{
    panel::{alone, crit, only_total, small_rubric, totals, valid_sheet},
    rules::{FULL, application, of, rubric, sheet},
};

fn rules() -> Rubric {
    let trim = json!({ "low": 1, "high": 1, "min_valid": 5, "on_shortfall": "no-trim" });
    let scoring = json!({ "method": "trimmed-mean", "trim": trim, "tie_break": ["lot"] });
    small_rubric(&only_total(), scoring, &[("pass", json!({ "total": "60" })), ("deviation", json!({ "total_pct": "20" }))])
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

fn written() -> Value {
    let application = |id: &str, values: &[&str]| ApplicationInput::plain(of(id), totals(values));
    let applications = vec![
        application("sx-0002", &["70", "70", "84", "90", "95"]),
        application("sx-0001", &["70", "70", "84", "90", "95"]),
        application("sx-0003", &["10", "50", "60", "60"]),
    ];
    let mut one = ItemInput::plain(of("t1"), applications);
    one.lot = draw(&of("t1"), ["aa"], &[of("sx-0001"), of("sx-0002"), of("sx-0003")], sha256);
    let other = ItemInput::plain(of("t2"), vec![application("sx-0009", &["50", "50", "50", "50", "50"])]);
    let found = items(&rules(), &[one, other]).unwrap();
    let file = ResultFile::of(&rules(), of("sx-2026-01"), of("p1"), 1, "ab".repeat(32), &found);
    serde_json::to_value(&file).unwrap()
}

#[test]
fn the_result_file_has_the_documented_keys_in_the_documented_order() {
    let file = written();
    assert_eq!(keys(&file), ["call", "panel", "revision", "rubric_digest", "items", "lot"]);
    assert_eq!(keys(&file["items"][0]), ["id", "outcome", "applications"]);
    let expected = ["id", "sheets", "criteria", "dimensions", "total", "rank", "tied", "separated_by", "outcome", "reason", "flags"];
    assert_eq!(keys(&file["items"][0]["applications"][0]), expected);
    assert_eq!(keys(&file["items"][0]["applications"][0]["sheets"][0]), ["reviewer", "bundle", "total", "weight"]);
    assert_eq!(keys(&file["lot"]), ["seed", "order", "item"]);
}

#[test]
fn ranked_applications_come_first_and_figures_are_texts_with_fractions() {
    let file = written();
    let applications = file["items"][0]["applications"].as_array().unwrap();
    let of_key = |key: &str| applications.iter().map(|one| one[key].clone()).collect::<Vec<_>>();
    assert_eq!(of_key("rank"), [json!(1), json!(2), Value::Null]);
    assert_eq!(of_key("total"), [json!("81.33"), json!("81.33"), json!("45.00")]);
    assert_eq!(applications[0]["sheets"][0], json!({ "reviewer": "R01", "bundle": "R01-digest", "total": "70", "weight": "1/2" }));
    assert_eq!(applications[0]["criteria"], json!([{ "id": "A1", "mean": "244/3" }]));
    assert_eq!(of_key("separated_by"), [Value::Null, json!("lot"), Value::Null]);
    assert_eq!(file["items"][1]["outcome"], "no-winner");
}

#[test]
fn reasons_and_flags_are_codes_with_values_so_that_a_better_wording_changes_no_bytes() {
    let file = written();
    let last = &file["items"][0]["applications"][2];
    assert_eq!(last["outcome"], "below-pass-mark");
    assert_eq!(last["reason"], json!({ "code": "outcome-below-pass", "values": { "mark": "60", "total": "45.00" } }));
    let flags = last["flags"].as_array().unwrap();
    assert_eq!(flags[0], json!({ "code": "untrimmed", "mark": "untrimmed: 4 < 5" }));
    assert_eq!(flags[1], json!({ "code": "deviation-total", "reviewer": "R01", "value": "10", "others": "170/3", "limit": "20" }));
}

#[test]
fn the_same_sheets_give_the_same_bytes() {
    assert_eq!(serde_json::to_string(&written()).unwrap(), serde_json::to_string(&written()).unwrap());
}

#[test]
fn every_figure_from_the_cell_to_the_total_is_in_the_derivation() {
    let criteria = [crit("A1", "10", "1.5"), crit("B1", "10", "1")];
    let round = json!([{ "at": "criterion", "places": 2 }, { "at": "weighted", "places": 1 }, { "at": "total", "places": 0 }]);
    let rubric = small_rubric(&criteria, json!({ "method": "mean", "round": round }), &[]);
    let cells = |a: &str, b: &str| [("A1".to_owned(), a.to_owned()), ("B1".to_owned(), b.to_owned())].into();
    let sheets = vec![
        valid_sheet(&criteria, "R01", &cells("1", "3")),
        valid_sheet(&criteria, "R02", &cells("2", "4")),
        valid_sheet(&criteria, "R03", &cells("2", "4")),
    ];
    let working = serde_json::to_value(Working::of(&rubric, &alone(&rubric, sheets))).unwrap();
    assert_eq!(working["sheets"][0]["cells"][0], json!({ "criterion": "A1", "given": "1", "counted": "1" }));
    assert_eq!(working["sheets"][0]["subtotals"][0], json!({ "id": "A", "subtotal": "1.5" }));
    let first = &working["criteria"][0];
    assert_eq!((first["sum"].as_str(), first["divisor"].as_str()), (Some("5"), Some("3")));
    let rounding = json!({ "at": "criterion", "places": 2, "mode": "half-up" });
    assert_eq!(first["mean"], json!({ "exact": "5/3", "rounding": rounding, "value": "1.67" }));
    assert_eq!((first["weighted"]["exact"].as_str(), first["weighted"]["value"].as_str()), (Some("2.505"), Some("2.5")));
    assert_eq!(working["dimensions"][0]["sum"], json!({ "exact": "2.5", "rounding": null, "value": "2.5" }));
    let total = &working["total"];
    assert_eq!((total["from"].as_str(), total["sum"].as_str()), (Some("dimensions"), Some("6.2")));
    assert_eq!(total["total"]["value"], "6");
    assert_eq!(working["untrimmed_mean"], "37/6");
}

#[test]
fn a_dropped_sheet_shows_at_which_end_it_fell_and_how_much_of_it() {
    let result = alone(&rules(), totals(&["70", "70", "84", "90", "95"]));
    let working = serde_json::to_value(Working::of(&rules(), &result)).unwrap();
    let trim = &working["trims"][0];
    assert_eq!(
        (trim["of"].as_str(), trim["low"].as_u64(), trim["high"].as_u64(), trim["kept"].as_str()),
        (Some("sheets"), Some(1), Some(1), Some("3"))
    );
    let share = |at: usize| json!([trim["shares"][at]["dropped_low"], trim["shares"][at]["dropped_high"], trim["shares"][at]["weight"]]);
    assert_eq!(share(0), json!(["1/2", "0", "1/2"]));
    assert_eq!(share(2), json!(["0", "0", "1"]));
    assert_eq!(share(4), json!(["0", "1", "0"]));
}

#[test]
fn a_sheet_that_was_scored_in_the_program_counts_what_its_own_total_says() {
    let mut cells = FULL.to_vec();
    cells[3] = ("B2", "na");
    let total = sheet_total(&rubric(), &application(), &sheet(&cells));
    let input = SheetInput::of_total(&rubric(), of("R01"), "ab".to_owned(), &total);
    let result = alone(&rubric(), vec![input]);
    let sheet = &result.sheets[0];
    assert_eq!(sheet.total.exact.decimal().unwrap().normalize(), total.total.unwrap().normalize());
    assert_eq!(ApplicationEntry::of(&rubric(), &result, None).sheets[0].bundle, "ab");
}

#[test]
fn what_cannot_be_consolidated_is_refused_by_name_and_nothing_comes_of_it() {
    let rules = rules();
    let consolidated = |sheets: Vec<SheetInput>| {
        let input = ItemInput::plain(of("t1"), vec![ApplicationInput::plain(of("sx-0001"), sheets)]);
        pingyi::domain::consolidate::item(&rules, &input).unwrap_err()
    };
    let blank = valid_sheet(&only_total(), "R01", &[].into());
    let found = consolidated(vec![blank.clone()]);
    assert_eq!(found, Trouble::Blank { application: of("sx-0001"), reviewer: of("R01"), criterion: of("A1") });
    assert_eq!((found.what().id, found.advice().id), ("err-sheet-blank", "rec-sheet-blank"));
    let twice = totals(&["80"]);
    let found = consolidated([twice.clone(), twice].concat());
    assert_eq!(found, Trouble::SheetTwice { application: of("sx-0001"), reviewer: of("R01") });
    let other = SheetInput { cells: Vec::new(), ..blank };
    assert_eq!(consolidated(vec![other]), Trouble::OtherRubric { application: of("sx-0001") });
    let again = ApplicationInput::plain(of("sx-0001"), totals(&["80"]));
    let input = ItemInput::plain(of("t1"), vec![again.clone(), again]);
    let found = pingyi::domain::consolidate::item(&rules, &input).unwrap_err();
    assert_eq!(found, Trouble::ApplicationTwice { application: of("sx-0001") });
}
