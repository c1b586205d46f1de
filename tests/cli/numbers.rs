//! A figure that is not in the one form, out of range or off the step is refused on every road, never clamped and never guessed.

use std::fs;

use pingyi::cli::Exit;

use super::{
    desk::{Desk, Stand},
    path, pingyi,
    tree::Tree,
};
use crate::tidy::root;

/// Not in the form of a score.
const FORMLESS: [&str; 34] = [
    "8.5.1",
    "7,5",
    "７．５",
    "7．5",
    "7。5",
    "７",
    "1e0",
    "1E1",
    "7e-1",
    "+7",
    "-0",
    "-1",
    "−1",
    "－1",
    "07",
    "00",
    "7.",
    ".",
    ".5",
    "0x7",
    "1_0",
    "NaN",
    "inf",
    "∞",
    "七",
    "7\u{200b}",
    "7\u{a0}5",
    "1/2",
    "50%",
    "7分",
    "½",
    "٧",
    "123456789012345678901234567890",
    "7.123456789012345678901234567890",
];
/// In the form, and not for criterion A1, which takes 0 to 8 in steps of a half.
const UNFIT: [(&str, &str); 9] = [
    ("8.5", "err-out-of-range"),
    ("9", "err-out-of-range"),
    ("85", "err-out-of-range"),
    ("8.01", "err-out-of-range"),
    ("9999.99", "err-out-of-range"),
    ("7.25", "err-off-step"),
    ("7.3", "err-off-step"),
    ("0.01", "err-off-step"),
    ("7.99", "err-off-step"),
];
/// What is a score, and how it is kept.
const GOOD: [(&str, &str); 6] = [("0", "0"), ("0.0", "0"), ("0.5", "0.5"), ("7.50", "7.5"), ("8", "8"), ("8.00", "8")];

#[test]
fn by_the_command_line() {
    let desk = Desk::at(Stand::Begun);
    let before = Tree::of(desk.path());
    for value in FORMLESS {
        let answer = desk.run(&["--json", "score", "set", "sx-0004", "A1", value]);
        assert_eq!((answer.exit, answer.json()["error"]["code"].as_str()), (Exit::Usage, Some("err-score-form")), "{value}: {answer:?}");
    }
    assert_eq!(desk.run(&["score", "set", "sx-0004", "A1", ""]).exit, Exit::Usage);
    assert_eq!(desk.run(&["score", "set", "sx-0004", "A1", " 7"]).exit, Exit::Usage);
    for (value, code) in UNFIT {
        let answer = desk.run(&["--json", "score", "set", "sx-0004", "A1", value]);
        assert_eq!((answer.exit, answer.json()["error"]["code"].as_str()), (Exit::No, Some(code)), "{value}: {answer:?}");
    }
    before.is_still(desk.path());
    for (value, kept) in GOOD {
        desk.does(&["score", "set", "sx-0004", "A1", value]);
        assert_eq!(desk.cell("sx-0004", "A1"), format!("scored {kept}"));
    }
}

#[test]
fn by_the_batch() {
    let desk = Desk::at(Stand::Begun);
    let values = FORMLESS.map(|value| (value, "err-score-form")).into_iter().chain(UNFIT);
    let lines: String = values.clone().map(|(value, _)| format!("set sx-0004 A1 {value}\n")).collect();
    for ((value, code), answer) in values.zip(desk.batch(lines)) {
        assert!(answer.starts_with(&format!("err {code} ")), "{value}: {answer}");
    }
    assert_eq!(desk.cell("sx-0004", "A1"), "blank ");
}

#[test]
fn by_a_table() {
    let desk = Desk::at(Stand::Begun);
    let before = Tree::of(desk.path());
    let quoted = |value: &str| format!("\"{value}\"");
    let rows: String = FORMLESS.iter().enumerate().map(|(at, value)| format!("sx-0004,A{at},{}\n", quoted(value))).collect();
    let file = desk.file("t.csv", format!("application,criterion,value\n{rows}"));
    let answer = desk.run(&["--json", "score", "import", &file]);
    assert_eq!(answer.exit, Exit::BadInput);
    let document = answer.json();
    let problems = document["error"]["problems"].as_array().unwrap();
    let named: Vec<&str> =
        problems.iter().filter(|one| one["code"] == "err-score-form").map(|one| one["text"]["en"].as_str().unwrap()).collect();
    assert_eq!(named.len(), FORMLESS.len(), "{named:?}");
    fs::remove_file(&file).unwrap();
    for (value, code) in UNFIT {
        let file = desk.file("t.csv", format!("application,criterion,value\nsx-0004,A1,{value}\n"));
        let answer = desk.run(&["--json", "score", "import", &file]);
        assert_eq!((answer.exit, answer.json()["refused"][0]["code"].as_str()), (Exit::No, Some(code)), "{value}: {answer:?}");
        fs::remove_file(&file).unwrap();
    }
    before.is_still(desk.path());
}

#[test]
fn by_a_rubric_and_by_an_application() {
    let dir = tempfile::tempdir().unwrap();
    let rubric = fs::read_to_string(root().join("rubrics/selection.toml")).unwrap();
    let total = rubric.lines().position(|line| line.starts_with("total ")).unwrap();
    let file = dir.path().join("r.toml");
    let quoted = FORMLESS.iter().map(|value| format!("\"{value}\""));
    let unquoted =
        ["100", "100.0", "1e2", "0x64", "nan", "inf", "+100", "true", "[\"100\"]", "100.000000000000000000000001"].map(str::to_owned);
    for value in quoted.chain(unquoted) {
        let lines: Vec<String> =
            rubric.lines().enumerate().map(|(at, line)| if at == total { format!("total = {value}") } else { line.to_owned() }).collect();
        fs::write(&file, lines.join("\n")).unwrap();
        let answer = pingyi(&["--json", "rubric", "check", path(&file)]);
        assert_eq!(answer.exit, Exit::BadInput, "{value}: {answer:?}");
        let at = answer.json()["problems"].as_array().unwrap().iter().any(|problem| problem["line"] == total + 1);
        assert!(at, "{value}: {answer:?}");
    }
    let folder = dir.path().join("package");
    super::desk::small_package(&folder);
    let application = folder.join("applications/sx-0004.toml");
    let text = fs::read_to_string(&application).unwrap();
    let place = text.lines().position(|line| line.starts_with("investment_total")).unwrap();
    for value in ["\"1e4\"", "\"１２００\"", "\"-0\"", "\"1,200\"", "1200", "1200.5", "\"123456789012345678901234567890\""] {
        let lines: Vec<String> = text
            .lines()
            .enumerate()
            .map(|(at, line)| match line.split_once('=') {
                Some((key, _)) if at == place => format!("{key}= {value}"),
                _ => line.to_owned(),
            })
            .collect();
        fs::write(&application, lines.join("\n")).unwrap();
        let answer = pingyi(&["--json", "package", "check", path(&folder)]);
        assert_eq!(answer.exit, Exit::BadInput, "{value}: {answer:?}");
        let problems = answer.json()["problems"].as_array().unwrap().clone();
        let named = problems.iter().any(|one| one["file"] == "applications/sx-0004.toml" && one["line"] == place + 1);
        assert!(named, "{value}: {problems:?}");
    }
}
