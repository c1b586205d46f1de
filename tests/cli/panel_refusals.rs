//! What is not recorded, why, and that nothing changes then.

use pingyi::cli::Exit;

use super::{chair::Chair, refused, refused_line};

const BY: [&str; 4] = ["--teller", "T01", "--scrutineer", "T02"];

#[test]
fn what_the_rules_do_not_allow_is_refused_with_what_to_do_and_changes_nothing() {
    let chair = Chair::with_everything();
    let home = chair.home();
    let uphold = |id: &'static str| vec!["decide", "flag", id, "uphold", "--reviewer", "R06", "--reason", "x"];
    let cases: Vec<(Vec<&str>, &str)> = vec![
        (uphold("sx-0999"), "err-no-application"),
        (uphold("sx-0001"), "err-flag-none"),
        (vec!["decide", "flag", "sx-0004", "uphold", "--reviewer", "R06"], "err-flag-reason"),
        (vec!["decide", "flag", "sx-0004", "void", "--reviewer", "R06", "--reason", "x"], "err-flag-reason"),
        (vec!["decide", "flag", "sx-0009", "void", "--criterion", "N1", "--reason", "x", "--authority", "y"], "err-flag-sheet"),
        (vec!["decide", "veto", "sx-0019", "V9", "--text", "x"], "err-act-veto"),
        (vec!["decide", "veto", "sx-0019", "V1", "--text", " "], "err-no-reason"),
        (vec!["decide", "go-on", "sx-0001", "plain-mean", "--reason", "x"], "err-act-nothing"),
        (vec!["decide", "remove", "OF1", "--authority", "x", "--reason", "y"], "err-act-person"),
        (vec!["decide", "replace", "R07", "--by", "R06", "--reason", "x"], "err-act-scores"),
        (vec!["decide", "replace", "R07", "--by", "R08", "--item", "t9", "--reason", "x"], "err-act-item"),
        (vec!["decide", "replace", "R07", "--by", "R07", "--reason", "x"], "err-act-person"),
        (vec!["decide", "tie", "t9", "--order", "sx-0014,sx-0016", "--reason", "x"], "err-act-item"),
        (vec!["decide", "tie", "t4", "--order", "sx-0014,sx-0013", "--reason", "x"], "err-act-tied"),
        (vec!["decide", "member", "T01", "signed"], "err-act-person"),
        (vec!["decide", "member", "R03", "dissent"], "err-no-reason"),
        (vec!["decide", "member", "R03", "refused"], "err-no-reason"),
        ([&["vote", "tie", "sx-0013", "--votes", "5"], &BY[..]].concat(), "err-act-nothing"),
        (vec!["vote", "tie", "sx-0014", "--votes", "5", "--teller", "T01", "--scrutineer", "T01"], "err-ballot-person"),
        (vec!["vote", "tie", "sx-0014", "--votes", "5", "--teller", "T09", "--scrutineer", "T01"], "err-act-person"),
        ([&["vote", "on", "sx-0013", "--due", "7", "--present", "8", "--approve", "8"], &BY[..]].concat(), "err-ballot-present"),
        ([&["vote", "on", "sx-0013", "--due", "7", "--present", "7", "--approve", "6"], &BY[..]].concat(), "err-ballot-papers"),
        (vec!["opinion", "sx-0999"], "err-no-application"),
        (vec!["opinion", "sx-0999", "--draft"], "err-no-application"),
        (vec!["opinion", "sx-0022", "--overall", "x"], "err-no-application"),
        (correct("R04", "N1", "objective", "2"), "err-progress-stage"),
    ];
    for (words, code) in cases {
        refused(chair.path(), &[&["--home", &home], &words[..]].concat(), Exit::No, code, &[]);
    }
}

fn correct(reviewer: &'static str, criterion: &'static str, ground: &'static str, after: &'static str) -> Vec<&'static str> {
    vec!["correct", "sx-0009", reviewer, "--criterion", criterion, "--ground", ground, "--after", after, "--minute", "x"]
}

#[test]
fn a_score_changes_after_closing_only_on_a_ground_that_holds() {
    let chair = Chair::with_everything();
    chair.does(&["consolidate", "--close", "--yes"]);
    let home = chair.home();
    let cases: [(Vec<&str>, &str); 8] = [
        (correct("R04", "N1", "abnormal", "2"), "err-correction-abnormal"),
        (correct("R04", "N1", "range", "2"), "err-correction-in-range"),
        (correct("R04", "A1", "objective", "2"), "err-correction-objective"),
        (correct("R04", "N1", "objective", "99"), "err-correction-range"),
        (correct("R04", "N1", "objective", "3"), "err-correction-same"),
        (correct("R04", "N1", "sum", "2"), "err-correction-target"),
        (correct("R08", "N1", "objective", "2"), "err-correction-sheet"),
        (vec!["consolidate", "--close", "--yes"], "err-progress-stage"),
    ];
    for (words, code) in cases {
        refused(chair.path(), &[&["--home", &home], &words[..]].concat(), Exit::No, code, &[]);
    }
}

#[test]
fn a_decision_that_lacks_a_part_is_a_wrong_command_line() {
    let cases: [(&[&str], &str); 7] = [
        (&["decide", "veto", "sx-0019", "V1"], "This is missing: --text <TEXT>."),
        (&["decide", "flag", "sx-0004", "keep"], "\"keep\" does not fit <DECISION>; expected: uphold, void, clear"),
        (&["decide", "tie", "t4", "--order", "a,b"], "This is missing: --reason <TEXT>."),
        (&["vote", "tie", "sx-0014", "--teller", "T01"], "--votes <N>"),
        (&["vote", "on", "sx-0014", "--withdraw", "--due", "7"], "do not go together"),
        (&["correct", "a", "R1", "--ground", "x", "--after", "2", "--minute", "m"], "expected: sum, range, objective, abnormal"),
        (&["consolidate", "--yes"], "This is missing: --close."),
    ];
    for (words, says) in cases {
        refused_line(words, says);
    }
}
