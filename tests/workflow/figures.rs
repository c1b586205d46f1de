//! Which number of which application differs, by the worked examples of `figures.toml`, and that at most twenty are told.

use pingyi::workflow::verify::figures::differences;
use proptest::prelude::*;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::support::cases::worked;

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
    for case in worked::<Case>(include_str!("figures.toml")) {
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

/// Any document of lists, rows with and without a name, and texts.
fn document() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof!["[ab]".prop_map(Value::from), (0_u8..3).prop_map(Value::from), any::<bool>().prop_map(Value::from)];
    leaf.prop_recursive(4, 24, 4, |inner| {
        let key = prop::sample::select(vec!["id", "reviewer", "applications", "total", "x"]);
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(key, inner, 0..4)
                .prop_map(|fields| Value::Object(fields.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())),
        ]
    })
}

/// A result of `items` × `applications` × `criteria`, in which every figure is the same.
fn result(items: usize, applications: usize, criteria: usize) -> Value {
    let criterion = |at: usize| json!({ "id": format!("A{at}"), "mean": "8.00" });
    let application = |item: usize, at: usize| json!({ "id": format!("sx-{item}{at}"), "criteria": (0..criteria).map(criterion).collect::<Vec<_>>(), "total": "80.00" });
    let item = |item: usize| {
        let applications: Vec<Value> = (0..applications).map(|at| application(item, at)).collect();
        json!({ "id": format!("t{item}"), "applications": applications })
    };
    json!({ "items": (0..items).map(item).collect::<Vec<_>>() })
}

proptest! {
    #[test]
    fn nothing_is_told_of_two_documents_only_where_they_are_equal(stated in document(), found in document()) {
        prop_assert_eq!(differences(&stated, &stated).len(), 0);
        let told = differences(&stated, &found);
        prop_assert_eq!(told.is_empty(), stated == found, "{} {}", &stated, &found);
        prop_assert!(told.len() <= 20 && differences(&found, &stated).is_empty() == told.is_empty());
    }

    #[test]
    fn one_changed_figure_is_one_difference_that_names_its_application(
        (items, applications, criteria) in (1_usize..4, 1_usize..5, 1_usize..4),
        (item, application, criterion) in (0_usize..4, 0_usize..5, 0_usize..4),
        is_total in any::<bool>(),
    ) {
        let found = result(items, applications, criteria);
        let (item, application, criterion) = (item % items, application % applications, criterion % criteria);
        let mut stated = found.clone();
        let one = &mut stated["items"][item]["applications"][application];
        *(if is_total { &mut one["total"] } else { &mut one["criteria"][criterion]["mean"] }) = json!("99");
        let told = differences(&stated, &found);
        prop_assert_eq!(told.len(), 1, "{:?}", &told);
        prop_assert_eq!(told[0].application.clone(), Some(format!("sx-{item}{application}")));
        let place = if is_total { "total".to_owned() } else { format!("criteria.A{criterion}.mean") };
        prop_assert_eq!((&told[0].place, told[0].stated.as_str()), (&place, "99"));
    }
}
