//! What is written to the terminal, and when nothing is.

use std::{
    thread::sleep,
    time::{Duration, Instant},
};

use super::{ESC, F2, begun, on_a_sheet, program, sheet};
use crate::support::pty::Window;

#[test]
fn nothing_is_written_while_nothing_happens() {
    let home = tempfile::tempdir().unwrap();
    begun(home.path());
    let mut window = on_a_sheet(home.path());
    let before = window.length();
    sleep(Duration::from_millis(1500));
    assert_eq!(window.length(), before, "on the sheet");
    // In a text there is one pause after which it is recorded; then nothing again.
    window.types(F2);
    window.types("评");
    window.settles();
    sleep(Duration::from_millis(1000));
    window.settles();
    let before = window.length();
    sleep(Duration::from_millis(1500));
    assert_eq!(window.length(), before, "while a text is open");
}

#[test]
fn a_terminal_that_answers_no_question_is_not_waited_for() {
    let home = tempfile::tempdir().unwrap();
    begun(home.path());
    let start = Instant::now();
    let window = Window::open(program(home.path()), 80, 24);
    window.sees("sx-0013");
    // The debug build takes a good part of this for itself.
    assert!(start.elapsed() < Duration::from_secs(6), "{:?}", start.elapsed());
}

#[test]
fn with_no_color_no_colour_is_ever_set() {
    let home = tempfile::tempdir().unwrap();
    begun(home.path());
    let mut command = program(home.path());
    command.env("NO_COLOR", "1");
    let mut window = Window::open(command, 80, 24);
    window.sees("sx-0013");
    for key in ["\u{1b}[18~", ESC, "\u{1b}[15~", ESC, "\u{1b}OP"] {
        window.types(key);
        window.settles();
    }
    let colours: Vec<String> = graphics(&window.written()).into_iter().filter(|one| is_colour(one)).collect();
    assert!(colours.is_empty(), "{colours:?}");
}

#[test]
fn with_colours_only_the_sixteen_of_the_terminal_are_set() {
    let home = tempfile::tempdir().unwrap();
    begun(home.path());
    let window = Window::open(program(home.path()), 80, 24);
    window.sees("sx-0013");
    window.settles();
    let all = graphics(&window.written());
    assert!(!all.is_empty());
    let rich: Vec<&String> = all.iter().filter(|one| one.contains("38;2;") || one.contains("48;2;")).collect();
    assert!(rich.is_empty(), "{rich:?}");
}

/// The parameters of every command that sets colours or attributes.
fn graphics(written: &str) -> Vec<String> {
    let commands = written.split("\u{1b}[").skip(1);
    commands
        .filter_map(|command| command.split_once('m'))
        .map(|(parameters, _)| parameters.to_owned())
        .filter(|one| one.chars().all(|c| c.is_ascii_digit() || c == ';'))
        .collect()
}

/// Whether a colour is set; 39 and 49 are the terminal's own.
fn is_colour(parameters: &str) -> bool {
    parameters.split(';').filter_map(|number| number.parse::<u32>().ok()).any(|number| matches!(number, 30..=38 | 40..=48 | 90..=107))
}

#[test]
fn a_paste_that_the_terminal_marks_keeps_its_lines() {
    let home = tempfile::tempdir().unwrap();
    begun(home.path());
    let mut window = on_a_sheet(home.path());
    window.types_and_sees(F2, "评语");
    window.types("\u{1b}[200~第一行\r\n第二行\u{7}\u{1b}[201~");
    window.settles();
    window.types(ESC);
    window.settles();
    let shown = sheet(home.path());
    assert!(shown.contains("第一行\n") && shown.contains("第二行") && !shown.contains('\u{7}'), "{shown}");
}

#[test]
fn a_paste_that_nobody_marks_is_text_and_no_commands() {
    let home = tempfile::tempdir().unwrap();
    begun(home.path());
    let mut window = on_a_sheet(home.path());
    window.types_and_sees(F2, "评语");
    // As Windows sends it: key by key, all at once.
    window.types("第一行\r第二行q:7");
    window.settles();
    window.types(ESC);
    window.settles();
    let shown = sheet(home.path());
    assert!(shown.contains("第一行\n") && shown.contains("第二行q:7"), "{shown}");
    assert!(!shown.contains("7 / 8"), "{shown}");
}

#[test]
fn another_size_is_drawn_at_once_and_one_too_small_says_so_in_both_languages() {
    let home = tempfile::tempdir().unwrap();
    begun(home.path());
    let window = Window::open(program(home.path()), 80, 24);
    window.sees("sx-0013");
    window.settles();
    window.resizes(59, 15);
    window.sees("窗口太小");
    window.sees("too small");
    let before = window.length();
    window.resizes(120, 40);
    window.settles();
    assert!(window.length() > before);
}
