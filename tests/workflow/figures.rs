//! Which number of which application differs, by the worked examples of `figures.toml`, and that at most twenty are told.

use pingyi::workflow::verify::figures::differences;
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    why: String,
    stated: String,
    found: String,
    differences: Vec<[String; 4]>,
}

#[test]
fn a_difference_is_told_by_application_place_and_both_values() {
    for case in toml::from_str::<Cases>(include_str!("figures.toml")).unwrap().case {
        let [stated, found] = [&case.stated, &case.found].map(|text| serde_json::from_str::<Value>(text).unwrap());
        let told: Vec<[String; 4]> = differences(&stated, &found)
            .into_iter()
            .map(|one| [one.application.unwrap_or_default(), one.place, one.stated, one.found])
            .collect();
        assert_eq!(told, case.differences, "{}", case.why);
        let back = differences(&found, &stated);
        assert_eq!(back.len(), told.len(), "{}: the other way round there are as many", case.why);
    }
}

#[test]
fn of_many_differences_the_first_twenty_are_told() {
    let list = |value: &str| -> Value {
        let rows: Vec<Value> = (1..=40).map(|at| json!({ "id": format!("sx-{at:04}"), "total": value })).collect();
        json!({ "items": [{ "id": "t1", "applications": rows }] })
    };
    let told = differences(&list("80"), &list("81"));
    assert_eq!(told.len(), 20);
    assert_eq!((told[0].application.as_deref(), told[19].application.as_deref()), (Some("sx-0001"), Some("sx-0020")), "in reading order");
    let nothing = json!({ "items": [{ "id": "t1", "applications": [] }] });
    assert_eq!(differences(&nothing, &list("80")).len(), 20, "rows that are missing count too");
}
