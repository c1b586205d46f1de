//! The whole sitting of the sample call: everything that its planted cases ask of the panel, by commands, until nothing is open but
//! opinions and signatures.

use serde_json::{Value, json};

use super::{chair::Chair, golden::golden, path, pingyi};
use crate::tidy::root;

/// The paper sheets of the sample call.
pub(super) fn paper() -> String {
    path(&root().join("sample-data/paper-R08.csv")).to_owned()
}

/// What the panel decides, a line each; words in quotes are one. `PAPER` is the file of the sample call.
const SITTING: &str = r#"
decide replace R07 --by R08 --item t5 --reason "R07 因病不能继续评审 t5"
paper enter R08 --by T01 --file PAPER --control-total 393
paper enter R08 --by T02 --file PAPER --control-total 393
decide flag sx-0004 uphold --reviewer R06 --reason "逐项说明了理由，评审组认为不构成畸低"
decide flag sx-0004 uphold --reviewer R06 --criterion O4 --reason "建设条件确有不足"
decide veto sx-0019 V1 --text "附件中两份合同编号相同、金额不同"
consolidate --close --yes
correct sx-0009 R04 --criterion N1 --ground objective --after 2 --minute "会议记录第3项：材料载明为两方"
vote tie sx-0014 --votes 5 --teller T01 --scrutineer T02
vote tie sx-0016 --votes 2 --teller T01 --scrutineer T02
"#;

/// The words of a line.
fn words(line: &str) -> Vec<String> {
    let parts = line.split('"').enumerate();
    let quoted = |(at, part): (usize, &str)| match at % 2 {
        0 => part.split_whitespace().map(str::to_owned).collect(),
        _ => vec![part.to_owned()],
    };
    parts.flat_map(quoted).map(|word| if word == "PAPER" { paper() } else { word }).collect()
}

fn applications(result: &Value) -> Vec<Value> {
    result["items"].as_array().unwrap().iter().flat_map(|item| item["applications"].as_array().unwrap().clone()).collect()
}

/// The rows of `EXPECTED.md` after R07 was replaced: application, sheets, total, outcome.
fn expected() -> Vec<[String; 4]> {
    let text = include_str!("../../sample-data/EXPECTED.md");
    let rows = text.lines().filter(|line| line.starts_with("| sx-"));
    rows.map(|line| {
        <[String; 4]>::try_from(line.split('|').skip(1).take(4).map(|cell| cell.trim().to_owned()).collect::<Vec<_>>()).unwrap()
    })
    .collect()
}

#[test]
fn the_sitting_of_the_sample_call_ends_with_nothing_open_but_opinions_and_signatures() {
    let chair = Chair::with_everything();
    for line in SITTING.lines().filter(|line| !line.is_empty()) {
        let words = words(line);
        chair.does(&words.iter().map(String::as_str).collect::<Vec<_>>());
    }
    assert!(chair.does(&["deviation", "--open"]).ends_with("Every flag is decided.\n"));
    let result = chair.json(&["consolidate"]);
    let all = applications(&result);
    let found = |id: &str| all.iter().find(|one| one["id"] == id).unwrap();
    let rank = |id: &str| (found(id)["rank"].as_u64(), found(id)["separated_by"].as_str());
    assert_eq!((rank("sx-0014"), rank("sx-0016")), ((Some(2), None), (Some(3), Some("vote"))), "the panel's vote parts the tie");
    assert!(all.iter().all(|one| one["tied"] == false), "no tie is left");
    assert_eq!(expected().len(), 5);
    for [id, sheets, total, outcome] in expected() {
        let one = found(&id);
        let counted = one["sheets"].as_array().unwrap();
        assert_eq!((counted.len().to_string(), one["total"].as_str().unwrap()), (sheets, total.as_str()), "{id}");
        let word = if outcome == "veto V1" { "vetoed" } else { outcome.split(' ').next().unwrap() };
        assert!(one["outcome"].as_str().unwrap().starts_with(word), "{id}: {} for {outcome}", one["outcome"]);
        let paper: Vec<&str> =
            counted.iter().filter(|sheet| sheet["source"] == "paper").map(|sheet| sheet["reviewer"].as_str().unwrap()).collect();
        assert_eq!(paper, ["R08"], "{id}: what came on paper is marked");
        assert!(counted.iter().all(|sheet| sheet["reviewer"] != "R07"), "{id}");
    }
    let winners: Vec<&str> = all.iter().filter(|one| one["rank"] == 1).map(|one| one["id"].as_str().unwrap()).collect();
    assert_eq!(winners, ["sx-0001", "sx-0005", "sx-0009", "sx-0013", "sx-0017"]);
    let said = chair.does(&["consolidate"]);
    for open in ["Missing", "waits for", "too few"] {
        assert!(!said.contains(open), "{open}: {said}");
    }
    assert!(said.contains("from paper: the sheets of R08, revision 1, typed by T01 and T02"), "{said}");
    assert!(chair.does(&["check"]).contains("All agree"));
    let told = |lang: &str| -> Vec<String> {
        let lines = pingyi(&["--lang", lang, "--home", &chair.home(), "journal", "show"]).done();
        // The opening and the seven bundles came before the sitting.
        lines.lines().skip(8).map(|line| line.split_once("  R01  ").unwrap().1.to_owned()).collect()
    };
    golden("sitting-journal", &json!([told("zh-CN"), told("en")]), chair.path());
}
