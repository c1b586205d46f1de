//! The result of the sample call, read as a stranger would: the bundle alone, its members and nothing else. Every case that is planted
//! in `sample-data` (see its README) must be there to be seen.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    sync::LazyLock,
};

use pingyi::digest::sha256_hex;
use serde_json::{Value, json};

use crate::support::{
    bundle::{Members, unpack},
    stage,
    tally::pingyi,
};

/// The members of the result, by name.
static RESULT: LazyLock<Members> = LazyLock::new(|| unpack(&fs::read(stage::bundle("result-sx-2026-01-p1-r1.zip")).unwrap()));

fn text(member: &str) -> String {
    String::from_utf8(RESULT[&format!("data/{member}")].clone()).unwrap()
}

fn read(member: &str) -> Value {
    serde_json::from_slice(&RESULT[&format!("data/{member}")]).unwrap()
}

fn rows(value: &Value) -> Vec<Value> {
    value.as_array().unwrap_or_else(|| panic!("no list: {value}")).clone()
}

fn item(id: &str) -> Value {
    rows(&read("results.json")["items"]).into_iter().find(|item| item["id"] == id).unwrap()
}

fn applications() -> Vec<Value> {
    rows(&read("results.json")["items"]).iter().flat_map(|item| rows(&item["applications"])).collect()
}

fn application(id: &str) -> Value {
    applications().into_iter().find(|one| one["id"] == id).unwrap()
}

fn reviewers(id: &str) -> String {
    rows(&application(id)["sheets"]).iter().map(|sheet| sheet["reviewer"].as_str().unwrap().to_owned()).collect::<Vec<_>>().join(" ")
}

fn part(list: &Value, id: &str) -> String {
    rows(list).iter().find(|one| one["id"] == id).unwrap()["mean"].as_str().unwrap().to_owned()
}

/// How a sheet stands in the derivation of an application.
fn standing(id: &str, reviewer: &str) -> String {
    let sheets = rows(&read(&format!("working/{id}.json"))["sheets"]);
    sheets.iter().find(|sheet| sheet["reviewer"] == reviewer).unwrap()["state"].as_str().unwrap().to_owned()
}

#[test]
fn a_tie_at_two_places_is_broken_by_the_first_step_that_separates_and_the_step_is_named() {
    let (first, second) = (application("sx-0005"), application("sx-0007"));
    assert_eq!((&first["total"], &second["total"]), (&json!("86.00"), &json!("86.00")));
    assert_eq!(part(&first["dimensions"], "A"), part(&second["dimensions"], "A"));
    assert_eq!((&first["rank"], &second["rank"], &first["tied"]), (&json!(1), &json!(2), &json!(false)));
    assert_eq!(second["separated_by"], "criterion:B1", "dimension A is equal, so the step after it decides");
    let on_b1 = |one: &Value| part(&one["criteria"], "B1").parse::<rust_decimal::Decimal>().unwrap();
    assert!(on_b1(&first) > on_b1(&second));
}

#[test]
fn a_tie_that_only_a_vote_separates_shows_the_votes_and_who_counted_them() {
    let (first, second) = (application("sx-0014"), application("sx-0016"));
    assert_eq!(first["total"], second["total"]);
    assert_eq!(first["dimensions"], second["dimensions"], "nothing before the vote separates them");
    assert_eq!((&first["rank"], &second["rank"], &second["separated_by"]), (&json!(2), &json!(3), &json!("vote")));
    let vote = |id: &str, votes: u32| json!({ "application": id, "votes": votes, "teller": "T01", "scrutineer": "T02" });
    assert_eq!(read("decisions.json")["tie_votes"], json!([vote("sx-0014", 5), vote("sx-0016", 2)]));
}

#[test]
fn who_stays_out_is_in_no_figure_and_in_the_derivation_all_the_same() {
    assert_eq!(reviewers("sx-0001"), "R01 R02 R04 R05 R06 R07", "R03 works for the applicant");
    assert_eq!(standing("sx-0001", "R03"), "recused");
    assert!(reviewers("sx-0012").contains("R06"), "the objection against R06 was rejected");
    assert!(!text("scores.csv").lines().any(|line| line.starts_with("sx-0001,R03,") || line.starts_with("sx-0006,R05,")));
}

#[test]
fn four_valid_sheets_are_not_trimmed_and_that_is_marked() {
    let one = application("sx-0006");
    assert_eq!(rows(&one["sheets"]).len(), 4);
    assert!(rows(&one["sheets"]).iter().all(|sheet| sheet["weight"] == "1"), "{one}");
    assert_eq!(standing("sx-0006", "R05"), "recused", "declared by R05");
    assert_eq!(one["flags"], json!([{ "code": "untrimmed", "mark": "untrimmed: 4 < 5" }]));
    let five = application("sx-0005");
    assert_eq!(rows(&five["sheets"]).iter().filter(|sheet| sheet["weight"] == "0").count(), 2, "of five, highest and lowest fall away");
}

#[test]
fn a_fact_that_was_scored_differently_is_corrected_in_the_open_and_the_signed_sheet_stays_as_it_was() {
    let corrections = rows(&read("decisions.json")["corrections"]);
    let [one] = &corrections[..] else { panic!("{corrections:?}") };
    let told = ["ground", "application", "reviewer", "criterion", "before", "after", "by"].map(|key| one[key].as_str().unwrap());
    assert_eq!(told, ["objective", "sx-0009", "R04", "N1", "3", "2", "R01"]);
    assert!(one["minute"].as_str().unwrap().contains("核对"));
    let on_n1: BTreeSet<String> = text("scores.csv")
        .lines()
        .filter(|line| line.starts_with("sx-0009,") && line.contains(",N1,"))
        .map(|line| line[12..].to_owned())
        .collect();
    assert_eq!(on_n1.into_iter().collect::<Vec<_>>(), ["N1,2,scored"], "all say the same now");
    assert_eq!(application("sx-0009")["flags"], json!([]), "and the flag is gone");
    let signed = unpack(&RESULT["data/bundles/scores-sx-2026-01-p1-r04-r1.zip"]);
    let sheet = signed.iter().find(|(name, _)| name.ends_with("sx-0009.json")).unwrap().1;
    let cells = rows(&serde_json::from_slice::<Value>(sheet).unwrap()["cells"]);
    assert_eq!(cells.iter().find(|cell| cell["criterion"] == "N1").unwrap()["value"], "3", "what R04 signed is not touched");
}

#[test]
fn a_sheet_that_was_scored_again_names_the_request_and_takes_the_place_of_the_first() {
    let all = rows(&read("inputs.json")["bundles"]);
    let of_r06: Vec<&Value> = all.iter().filter(|one| one["reviewer"] == "R06").collect();
    let [first, second] = of_r06[..] else { panic!("{of_r06:?}") };
    assert_eq!((&first["revision"], &first["state"], &first["request"]), (&json!(1), &json!("superseded"), &json!(null)));
    assert_eq!((&second["revision"], &second["state"], &second["supersedes"]), (&json!(2), &json!("counts"), &first["digest"]));
    let requests = rows(&read("decisions.json")["requests"]);
    let [asked] = &requests[..] else { panic!("{requests:?}") };
    assert_eq!(second["request"], asked["digest"], "the answer names the request");
    assert_eq!((&asked["request"]["reviewer"], &asked["request"]["lines"][0]["application"]), (&json!("R06"), &json!("sx-0004")));
    let request = &RESULT[&format!("data/requests/{}", asked["file"].as_str().unwrap())];
    assert_eq!(asked["digest"], json!(sha256_hex(&unpack(request)["tagmanifest-sha256.txt"])));
    for one in [first, second] {
        let kept = &RESULT[&format!("data/bundles/{}", one["file"].as_str().unwrap())];
        assert_eq!(one["digest"], json!(sha256_hex(&unpack(kept)["tagmanifest-sha256.txt"])), "both are there as they were signed");
    }
    let counted = applications().iter().flat_map(|one| rows(&one["sheets"])).filter(|sheet| sheet["reviewer"] == "R06").collect::<Vec<_>>();
    assert!(counted.iter().all(|sheet| sheet["bundle"] == second["digest"]), "nothing of the first revision counts");
}

#[test]
fn a_passing_total_with_one_dimension_below_its_floor_is_out() {
    let one = application("sx-0015");
    assert_eq!((one["total"].as_str(), one["outcome"].as_str()), (Some("82.30"), Some("below-floor:B")));
    assert_eq!((part(&one["dimensions"], "B").as_str(), &one["rank"]), ("9.6", &json!(null)));
    assert_eq!(one["reason"]["values"]["dimension"], "错位特色定位", "the reason names it");
}

#[test]
fn a_veto_is_told_with_its_finding_and_the_figures_stay() {
    let one = application("sx-0019");
    assert_eq!((&one["outcome"], &one["rank"], &one["total"]), (&json!("vetoed"), &json!(null), &json!("75.00")));
    let vetoes = rows(&read("decisions.json")["vetoes"]);
    let [veto] = &vetoes[..] else { panic!("{vetoes:?}") };
    assert_eq!((&veto["application"], &veto["veto"]), (&json!("sx-0019"), &json!("V1")));
    assert!(veto["text"].as_str().unwrap().contains("合同编号相同"));
}

#[test]
fn an_item_without_a_winner_says_so_and_each_application_why() {
    assert_eq!(item("t6")["outcome"], "no-winner");
    let outcomes: Vec<(String, String)> =
        ["sx-0022", "sx-0023", "sx-0024"].map(|id| (id.to_owned(), application(id)["outcome"].as_str().unwrap().to_owned())).into();
    let expected = [("sx-0022", "gate-failed"), ("sx-0023", "below-pass-mark"), ("sx-0024", "below-pass-mark")];
    assert_eq!(outcomes, expected.map(|(id, word)| (id.to_owned(), word.to_owned())));
    let out = application("sx-0022");
    assert_eq!((&out["total"], &out["sheets"]), (&json!(null), &json!([])), "nobody scores what failed the formal check");
    assert!(out["reason"].to_string().contains("G5"), "{out}");
    assert!(!RESULT.contains_key("data/opinions/sx-0022.json") && RESULT.contains_key("data/opinions/sx-0023.json"));
    let others = rows(&read("results.json")["items"]);
    assert!(others.iter().filter(|item| item["id"] != "t6").all(|item| item["outcome"] == "winner"));
}

#[test]
fn sheets_from_paper_are_marked_and_their_two_typists_named() {
    let paper = applications().iter().flat_map(|one| rows(&one["sheets"])).filter(|sheet| sheet["source"] == "paper").collect::<Vec<_>>();
    assert_eq!(paper.len(), 5, "R08 scored the five applications of t5");
    let digest = sha256_hex(&RESULT["data/paper/r08-r1.json"]);
    assert!(paper.iter().all(|sheet| sheet["reviewer"] == "R08" && sheet["bundle"] == json!(digest)));
    let told = rows(&read("inputs.json")["paper"]);
    let [one] = &told[..] else { panic!("{told:?}") };
    assert_eq!((&one["digest"], &one["typed_by"], &one["state"]), (&json!(digest), &json!(["T01", "T02"]), &json!("counts")));
    let document = read("paper/r08-r1.json");
    assert_eq!(document["control_total"].as_str().unwrap().parse::<rust_decimal::Decimal>().unwrap(), 393.into());
    let signed = applications().iter().flat_map(|one| rows(&one["sheets"])).filter(|sheet| sheet.get("source").is_none()).count();
    assert_eq!(signed, applications().iter().map(|one| rows(&one["sheets"]).len()).sum::<usize>() - 5, "a signed sheet has no mark");
}

#[test]
fn a_member_who_was_replaced_in_one_item_counts_in_the_others_and_both_sign() {
    let removed = rows(&read("decisions.json")["removed"]);
    let [one] = &removed[..] else { panic!("{removed:?}") };
    assert_eq!(["reviewer", "how", "by"].map(|key| one[key].as_str().unwrap()), ["R07", "replaced", "R08"]);
    assert_eq!(one["items"], json!(["t5"]));
    for (id, expected) in [("sx-0017", "R01 R02 R03 R04 R05 R06 R08"), ("sx-0013", "R01 R02 R03 R04 R05 R06 R07")] {
        assert_eq!(reviewers(id), expected, "{id}");
    }
    assert_eq!(standing("sx-0017", "R07"), "replaced");
    let counts = rows(&read("inputs.json")["bundles"]).into_iter().find(|one| one["reviewer"] == "R07").unwrap();
    assert_eq!(counts["state"], "counts");
    let members: Vec<(String, String)> = rows(&read("members.json")["members"])
        .iter()
        .map(|one| (one["code"].as_str().unwrap().to_owned(), one["status"].as_str().unwrap().to_owned()))
        .collect();
    let everybody = ["R01", "R02", "R03", "R04", "R05", "R06", "R07", "R08"];
    assert_eq!(members, everybody.map(|code| (code.to_owned(), "signed".to_owned())));
}

/// Criteria that count, by the rubric in the result.
fn counted() -> BTreeSet<String> {
    let rubric: toml::Value = toml::from_str(&text("package/data.rubric.toml")).unwrap();
    let is_advisory = |one: &&toml::Value| one.get("advisory").and_then(toml::Value::as_bool) == Some(true);
    let rows = rubric["criterion"].as_array().unwrap();
    rows.iter().filter(|one| !is_advisory(one)).map(|one| one["id"].as_str().unwrap().to_owned()).collect()
}

/// Hundredths of `text`, which has at most two places.
fn hundredths(text: &str) -> i64 {
    let (whole, places) = text.split_once('.').unwrap_or((text, ""));
    format!("{whole}{places:0<2}").parse().unwrap()
}

#[test]
fn every_total_is_what_a_stranger_adds_up_from_the_table_of_scores() {
    let criteria = counted();
    let mut sheets: BTreeMap<String, BTreeMap<String, i64>> = BTreeMap::new();
    for line in text("scores.csv").lines().skip(1) {
        let [application, reviewer, criterion, value, "scored"] = line.split(',').collect::<Vec<_>>()[..] else { panic!("{line}") };
        if criteria.contains(criterion) {
            *sheets.entry(application.to_owned()).or_default().entry(reviewer.to_owned()).or_default() += hundredths(value);
        }
    }
    assert_eq!(sheets.len(), 23, "all but sx-0022");
    for (application_id, totals) in sheets {
        let mut totals: Vec<i64> = totals.into_values().collect();
        totals.sort_unstable();
        let kept = if totals.len() < 5 { &totals[..] } else { &totals[1..totals.len() - 1] };
        let (sum, count) = (kept.iter().sum::<i64>(), i64::try_from(kept.len()).unwrap());
        let mean = (2 * sum + count) / (2 * count);
        let shown = format!("{}.{:02}", mean / 100, mean % 100);
        assert_eq!(application(&application_id)["total"], json!(shown), "{application_id}");
    }
}

#[test]
fn the_bare_calculator_gives_the_totals_and_ranks_of_the_result_from_its_own_tables() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, member: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text(member)).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let (rubric, scores, items) =
        (put("rubric.toml", "package/data.rubric.toml"), put("scores.csv", "scores.csv"), put("items.csv", "items.csv"));
    let answer = pingyi(&["tally", "--rubric", &rubric, "--scores", &scores, "--items", &items, "--format", "json"]);
    let told: Value = serde_json::from_str(&answer.out).unwrap_or_else(|error| panic!("{error}: {}", answer.complaints));
    let mut compared = 0;
    for one in rows(&told["items"]).iter().flat_map(|item| rows(&item["applications"])) {
        let stated = application(one["id"].as_str().unwrap());
        for key in ["total", "sheets", "criteria", "dimensions"] {
            // The calculator knows figures and no bundles.
            let bare = |value: &Value| -> Value {
                let mut value = value.clone();
                for row in value.as_array_mut().into_iter().flatten().filter_map(Value::as_object_mut) {
                    row.retain(|key, _| key != "bundle" && key != "source");
                }
                value
            };
            assert_eq!(bare(&one[key]), bare(&stated[key]), "{}: {key}", one["id"]);
        }
        assert_eq!(one["derivation"]["total"], read(&format!("working/{}.json", one["id"].as_str().unwrap()))["total"]);
        // What the panel found or voted, and the formal check, stand in no table of scores.
        if !["sx-0014", "sx-0016", "sx-0019", "sx-0022"].contains(&one["id"].as_str().unwrap()) {
            assert_eq!((&one["rank"], &one["outcome"]), (&stated["rank"], &stated["outcome"]), "{}", one["id"]);
            compared += 1;
        }
    }
    assert_eq!(compared, 20);
}

#[test]
fn the_page_for_people_says_what_the_documents_say() {
    let page = text("result.html");
    for one in applications() {
        assert!(page.contains(one["id"].as_str().unwrap()));
        if let Some(total) = one["total"].as_str() {
            assert!(page.contains(&format!("<td class=\"n\">{total}</td>")), "{} {total}", one["id"]);
        }
    }
    for words in ["流榜", "两份采购合同编号相同", "R07因病不能继续参加评审", "建议作为榜题t1的揭榜单位", "经核对共建协议"]
    {
        assert!(page.contains(words), "{words}");
    }
    assert!(page.contains(&sha256_hex(&RESULT["data/results.json"])), "it names the figures that it shows");
}
