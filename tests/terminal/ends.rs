//! The ways in which a session ends.

use super::{CTRL_Q, F2, begun, is_put_back, on_a_sheet, program, sheet};
use crate::support::pty::Window;

/// Writes a comment and, before any pause in which it would be recorded, has something end the program.
fn ended_by(end: impl FnOnce(&mut Window)) -> (Window, String) {
    let home = tempfile::tempdir().unwrap();
    begun(home.path());
    let mut window = on_a_sheet(home.path());
    window.types_and_sees(F2, "评语");
    window.types("评审意见创唛");
    std::thread::sleep(std::time::Duration::from_millis(60));
    end(&mut window);
    window.ends();
    let shown = sheet(home.path());
    (window, shown)
}

#[test]
fn leaving_puts_the_terminal_back() {
    let home = tempfile::tempdir().unwrap();
    begun(home.path());
    let mut window = on_a_sheet(home.path());
    window.types("7\r");
    window.settles();
    window.types(CTRL_Q);
    assert!(window.ends());
    is_put_back(&window.written());
    assert!(sheet(home.path()).contains("7 / 8"));
}

#[test]
fn ended_by_the_system_in_the_middle_of_a_comment_nothing_typed_is_lost() {
    for signal in ["TERM", "HUP", "INT", "QUIT"] {
        let (window, shown) = ended_by(|window| window.signals(signal));
        is_put_back(&window.written());
        assert!(shown.contains("评审意见创唛"), "SIG{signal}: {shown}");
    }
}

#[test]
fn closing_the_window_in_the_middle_of_a_comment_loses_nothing() {
    let (_, shown) = ended_by(Window::closes);
    assert!(shown.contains("评审意见创唛"), "{shown}");
}

#[test]
fn the_computer_dying_in_a_pause_of_typing_loses_nothing() {
    let (_, shown) = ended_by(|window| {
        window.settles();
        std::thread::sleep(std::time::Duration::from_millis(900));
        window.signals("KILL");
    });
    assert!(shown.contains("评审意见创唛"), "a comment is recorded a second after the last key at the latest: {shown}");
}

#[test]
fn where_there_is_no_terminal_it_says_so_and_ends() {
    let home = tempfile::tempdir().unwrap();
    begun(home.path());
    let mut command = program(home.path());
    command.env("TERM", "dumb");
    let mut window = Window::open(command, 80, 24);
    assert!(!window.ends());
    assert!(!window.written().contains('\u{1b}'), "a terminal that understands nothing is sent no commands: {}", window.written());
    let piped = std::process::Command::new(env!("CARGO_BIN_EXE_pingyi")).args(["--home", home.path().to_str().unwrap()]).output().unwrap();
    assert!(!piped.status.success() && piped.stdout.is_empty() && !piped.stderr.is_empty());
}
