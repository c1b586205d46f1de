//! `score batch`: one change a line, one answer a line; `ok` only when the change is durable.

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    process::{Command, Stdio},
};

use pingyi::cli::Exit;

use super::{
    desk::{Desk, Stand, sheets},
    path,
};
use crate::support::faults::{Act, Fault, can_inject, run};

#[test]
fn every_verb_is_answered_with_the_number_of_its_entry() {
    let desk = Desk::at(Stand::Begun);
    let lines = [
        "set sx-0004 A1 7.5",
        "set sx-0004 A1 -",
        "comment sx-0004 A1 第一行\\n第二行 \\\\ 反斜杠",
        "comment sx-0004 overall 总体可行",
        "comment sx-0004 overall ",
        "na sx-0004 O4 不涉及",
        "recuse sx-0001 kinship 亲属任职",
        "declare sx-0001",
        "decline sx-0001 专业不符",
        "undo",
        "redo",
    ];
    let before: u64 = desk.json(&["journal", "show"]).as_array().unwrap().len() as u64;
    let answers = desk.batch(lines.join("\n"));
    for (line, answer) in lines.iter().zip(&answers) {
        assert!(answer.starts_with("ok "), "{line}: {answer}");
    }
    let numbers: Vec<u64> = answers.iter().filter_map(|answer| answer.strip_prefix("ok ")?.parse().ok()).collect();
    assert_eq!(numbers, (before..).take(numbers.len()).collect::<Vec<_>>());
    assert!(desk.does(&["score", "show", "sx-0004"]).contains("         第一行\n         第二行 \\ 反斜杠\n"));
    let done = Desk::at(Stand::Done);
    assert_eq!(done.batch("withdraw sx-0004\nsubmit sx-0004\n").iter().filter(|answer| answer.starts_with("ok ")).count(), 2);
}

#[test]
fn a_whole_review_goes_through_it() {
    let desk = Desk::at(Stand::Begun);
    let answers = desk.batch(sheets());
    assert!(answers.iter().all(|answer| answer.starts_with("ok ")), "{answers:?}");
    assert_eq!(answers.len(), sheets().lines().count());
    assert!(desk.does(&["score", "show", "sx-0004"]).contains("total 82.00"));
}

#[test]
fn each_refusal_has_its_code_and_the_lines_after_it_are_done() {
    let desk = Desk::at(Stand::Begun);
    desk.batch("decline sx-0013 专业不符");
    let cases = [
        ("frob sx-0004", "err-batch-command"),
        ("SET sx-0004 A1 1", "err-batch-command"),
        ("set", "err-batch-command"),
        ("set sx-0004", "err-batch-command"),
        ("set sx-0004 A1", "err-score-form"),
        ("set sx-0004 A1 7 8", "err-score-form"),
        ("set sx-0004 A1 7,5", "err-score-form"),
        ("set sx-0004 A1 9", "err-out-of-range"),
        ("set sx-0004 A1 7.3", "err-off-step"),
        ("set sx-0004 Z1 1", "err-no-criterion"),
        ("set sx-0004 Ａ1 1", "err-not-an-id"),
        ("set sx-9 A1 1", "err-no-application"),
        ("set ../x A1 1", "err-not-an-id"),
        ("set sx-0013 A1 1", "err-out"),
        ("comment sx-0004", "err-batch-command"),
        ("comment sx-0004 Z1 好", "err-no-criterion"),
        ("na sx-0004 A1 x", "err-no-na"),
        ("recuse sx-0004 friendship x", "err-batch-command"),
        ("recuse sx-0004 other", "err-no-reason"),
        ("decline sx-0004", "err-batch-command"),
        ("declare", "err-not-an-id"),
        ("submit sx-0004", "err-incomplete"),
        ("submit", "err-not-an-id"),
        ("withdraw sx-9", "err-no-application"),
        ("set sx-9 A1 -", "err-no-application"),
        ("set sx-0004 Z9 -", "err-no-criterion"),
        ("comment sx-9 overall ", "err-no-application"),
    ];
    let lines: String = cases.iter().map(|(line, _)| format!("{line}\n")).collect();
    let answer = desk.program(&["score", "batch"]).input(format!("{lines}set sx-0004 A1 7\n")).run();
    assert_eq!(answer.exit, Exit::No, "some were refused");
    let answers: Vec<&str> = answer.out.lines().collect();
    assert_eq!(answers.len(), cases.len() + 1, "{answers:?}");
    for ((line, code), answer) in cases.iter().zip(&answers) {
        let text = answer.strip_prefix(&format!("err {code} ")).unwrap_or_else(|| panic!("{line}: {answer}"));
        assert!(!text.is_empty());
    }
    assert!(answers.last().unwrap().starts_with("ok "), "{answers:?}");
    let long = desk.batch(format!("comment sx-0004 A1 {}\n", "长".repeat(4001)));
    assert!(long[0].starts_with("err err-too-long "), "{long:?}");
    assert!(Desk::at(Stand::Opened).batch("declare sx-0004")[0].starts_with("err err-no-pledge "));
}

#[test]
fn refusals_are_in_the_language_asked_for_and_answers_are_not() {
    let desk = Desk::at(Stand::Begun);
    let answer = desk.program(&["--lang", "zh-CN", "score", "batch"]).input("set sx-0004 A1 99\nset sx-0004 A1 1\n").run();
    assert!(answer.out.starts_with("err err-out-of-range A1的分值 99") || answer.out.contains("99"), "{answer:?}");
    assert!(answer.out.chars().any(|c| c == '分') && answer.out.lines().last().unwrap().starts_with("ok "), "{answer:?}");
}

#[test]
fn odd_lines_each_get_one_answer_and_disturb_no_other() {
    let desk = Desk::at(Stand::Begun);
    let mut input = b"\n   \n# a remark\nset sx-0004 A1 1\r\n".to_vec();
    input.extend_from_slice(b"\xff\xfe\x00\n");
    input.extend_from_slice(b"comment sx-0004 A2 \xb2\xe2\n");
    input.extend_from_slice(format!("comment sx-0004 A2 {}\n", "a".repeat(3_000_000)).as_bytes());
    input.extend_from_slice(b"set sx-0004 A3 2\x00\nset sx-0004\tA3 2\n");
    input.extend_from_slice(b"set sx-0004 A4 3");
    let answers = desk.batch(input);
    let heads: Vec<&str> = answers.iter().map(|answer| answer.split(' ').take(2).last().unwrap()).collect();
    let refused = ["err-batch-utf8", "err-batch-utf8", "err-batch-long", "err-score-form", "err-score-form"];
    assert_eq!(heads[1..6], refused, "{answers:?}");
    assert!(answers[0].starts_with("ok ") && answers[6].starts_with("ok ") && answers.len() == 7, "{answers:?}");
    assert_eq!([desk.cell("sx-0004", "A1"), desk.cell("sx-0004", "A4")], ["scored 1", "scored 3"]);
    assert_eq!(desk.cell("sx-0004", "A3"), "blank ");
    assert_eq!(desk.batch(""), Vec::<String>::new());
}

#[test]
fn whoever_reads_ok_finds_the_entry_in_the_journal_although_the_program_still_runs() {
    let desk = Desk::at(Stand::Begun);
    let mut child = Command::new(env!("CARGO_BIN_EXE_pingyi"))
        .args(["--home", path(&desk.home()), "score", "batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let (mut input, mut answers) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()).lines());
    for value in ["1", "2.5", "0"] {
        writeln!(input, "set sx-0004 A1 {value}").unwrap();
        let answer = answers.next().unwrap().unwrap();
        let seq = answer.strip_prefix("ok ").unwrap_or_else(|| panic!("{answer}"));
        let journal = fs::read_to_string(desk.store().join("journal")).unwrap();
        let last = journal.lines().last().unwrap();
        assert!(
            last.contains(&format!("\"{value}\"")) && journal.lines().count().to_string() == (seq.parse::<u64>().unwrap() + 1).to_string()
        );
    }
    let busy = desk.run(&["score", "set", "sx-0004", "A2", "1"]);
    assert_eq!(busy.exit, Exit::Store, "the batch has it open: {busy:?}");
    assert!(busy.complaints.contains("lock"), "{busy:?}");
    let beside = desk.run(&["score", "list", "--plain"]);
    assert!(beside.done().contains("sx-0004\tA1\tscored\t0\n"), "reading beside it is possible");
    drop(input);
    assert!(child.wait().unwrap().success());
}

#[test]
fn what_could_not_be_saved_is_never_called_ok_and_ends_with_the_code_of_the_store() {
    if !can_inject() {
        return;
    }
    let desk = Desk::at(Stand::Begun);
    let home = desk.home();
    let words = ["--home", path(&home), "--lang", "en", "score", "batch"];
    let script = "set sx-0004 A1 1\nset sx-0004 A1 99\nset sx-0004 A2 1\n".to_owned();
    let act = Act { stdin: script, ..Act::of(env!("CARGO_BIN_EXE_pingyi"), words) };
    let outcome = run(&act, &Fault::Fail { call: "fdatasync", nth: 1, error: "ENOSPC" }).unwrap();
    assert_eq!(outcome.code, Some(Exit::Store as i32), "{outcome:?}");
    assert!(outcome.acknowledged.is_empty() && outcome.stdout.lines().count() == 3, "{outcome:?}");
    assert!(outcome.stdout.lines().next().unwrap().contains("Not saved") && outcome.stderr.contains("Not saved"), "{outcome:?}");
    assert_eq!(desk.cell("sx-0004", "A1"), "blank ");
}
