//! Help for every command, and what is said about a wrong command line.

use pingyi::cli::Exit;

use super::{path, pingyi, refused_line, tree::Tree};

/// Every command there is, by what the help pages list.
fn commands() -> Vec<Vec<String>> {
    let mut found = vec![Vec::new()];
    let mut at = 0;
    while at < found.len() {
        let words: Vec<String> = found[at].clone();
        let asked: Vec<&str> = ["--lang", "en"].into_iter().chain(words.iter().map(String::as_str)).chain(["--help"]).collect();
        let page = pingyi(&asked).done();
        let listed = page.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| line.starts_with("  "));
        let names: Vec<String> = listed.filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect();
        found.extend(names.into_iter().map(|name| [words.clone(), vec![name]].concat()));
        at += 1;
    }
    found
}

#[test]
fn help_of_every_command_is_in_the_language_asked_for_and_shows_no_text_id() {
    let all = commands();
    assert!(all.len() > 50, "{} commands", all.len());
    for words in all {
        for lang in ["zh-CN", "en"] {
            for flag in ["--help", "-h"] {
                let asked: Vec<&str> = ["--lang", lang].into_iter().chain(words.iter().map(String::as_str)).chain([flag]).collect();
                let answer = pingyi(&asked);
                assert!(answer.complaints.is_empty(), "{answer:?}");
                let page = answer.done();
                assert!(!page.contains("cli-"), "{words:?}\n{page}");
                let chinese = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
                assert_eq!(page.contains("用法") && chinese(page.lines().next().unwrap()), lang == "zh-CN", "{words:?}\n{page}");
                let bare = page
                    .lines()
                    .filter(|line| line.trim_start().starts_with("--") && line.split("  ").filter(|part| !part.is_empty()).count() < 2);
                let next_line_explains = |line: &&str| !page.contains(&format!("{line}\n          "));
                assert_eq!(bare.filter(next_line_explains).collect::<Vec<_>>(), Vec::<&str>::new(), "{words:?}: an option without a word");
            }
        }
    }
}

#[test]
fn every_command_of_the_specification_that_reviewer_office_or_chair_need_is_there() {
    let all: Vec<String> = commands().iter().map(|words| words.join(" ")).collect();
    for command in [
        "demo",
        "key new",
        "key show",
        "key list",
        "key passwd",
        "key revoke",
        "package new",
        "package check",
        "package import-table",
        "package import-roster",
        "package attach",
        "package conflicts",
        "package assign",
        "package draw",
        "package rehearsal",
        "package build",
        "enrol request",
        "enrol accept",
        "open",
        "score set",
        "score comment",
        "score na",
        "score recuse",
        "score submit",
        "score show",
        "score status",
        "score list",
        "score batch",
        "import",
        "consolidate",
        "deviation",
        "decide flag",
        "decide veto",
        "decide go-on",
        "decide remove",
        "decide replace",
        "decide bring-back",
        "decide tie",
        "decide member",
        "decide undo",
        "decide redo",
        "vote on",
        "vote tie",
        "opinion",
        "correct",
        "export scores",
        "verify",
        "report",
        "rubric check",
        "rubric schema",
        "journal show",
        "journal verify",
        "check",
        "backup",
        "restore",
        "recover",
        "doctor",
        "completions",
        "man",
    ] {
        assert!(all.iter().any(|known| known == command), "{command} is missing");
    }
}

#[test]
fn a_wrong_command_line_is_explained_in_both_languages_with_what_would_fit_and_how_it_is_used() {
    let cases: [(&[&str], &str); 15] = [
        (&["frob"], "There is no command \"frob\"."),
        (&["verfy"], "Did you mean verify?"),
        (&["score", "sett"], "Did you mean set?"),
        (&["key", "new", "--nam", "x"], "Did you mean --name?"),
        (&["key", "new"], "This is missing: --name <CODE>."),
        (&["score", "set", "sx-0001"], "This is missing: <CRIT>, <VALUE>."),
        (&["open", "a", "b"], "\"b\" is not expected here."),
        (&["check", "--json", "--json"], "stand twice"),
        (&["check", "--lang"], "--lang <TAG> needs a value."),
        (&["rubric", "list", "--work"], "--work <NAME> needs a value."),
        (&["score", "recuse", "a", "--ground", "x", "y"], "\"x\" does not fit --ground <GROUND>; expected: employment, director"),
        (&["completions", "ksh"], "\"ksh\" does not fit <SHELL>; expected: bash"),
        (&["key", "new", "--name", "R1", "--no-passphrase", "--passphrase-file", "f"], "do not go together"),
        (&["verify", "f", "--at", "2026-03-16"], "This is missing: --trust <FILE>."),
        (&["export", "scores"], "This is missing: --to <DIR>."),
    ];
    for (words, says) in cases {
        refused_line(words, says);
    }
}

#[test]
fn a_group_without_a_command_shows_what_there_is_and_is_a_wrong_command_line() {
    for group in ["key", "package", "enrol", "score", "export", "rubric", "journal"] {
        let answer = pingyi(&["--lang", "en", group]);
        assert_eq!(answer.exit, Exit::Usage, "{answer:?}");
        assert!(answer.out.is_empty() && answer.complaints.contains("Commands:"), "{answer:?}");
    }
}

#[test]
fn a_wrong_command_line_touches_no_data_folder() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("home");
    for words in [&["frob"][..], &["key", "new"], &["score", "set", "x"], &["schema", "x"], &["--lang", "fr", "check"]] {
        assert_eq!(pingyi(&[&["--home", path(&home)], words].concat()).exit, Exit::Usage, "{words:?}");
    }
    assert!(Tree::of(folder.path()).names().is_empty());
}

#[test]
fn the_commands_of_the_chair_each_show_an_example_of_themselves() {
    for words in commands() {
        let is_chairs = matches!(words.first().map(String::as_str), Some("deviation" | "decide" | "vote" | "opinion" | "correct"));
        let is_group = matches!(words.iter().map(String::as_str).collect::<Vec<_>>()[..], ["decide" | "vote"]);
        if is_chairs && !is_group {
            let page =
                |lang| pingyi(&[&["--lang", lang], &words.iter().map(String::as_str).collect::<Vec<_>>()[..], &["--help"]].concat()).done();
            let example = format!("\n  pingyi {}", words.join(" "));
            assert!(page("en").contains(&format!("Example{example}")), "{words:?}");
            assert!(page("zh-CN").contains(&format!("示例{example}")), "{words:?}");
        }
    }
}
