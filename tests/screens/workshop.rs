//! Tables and lists at the office's screens: what is typed is what is worked out, it is seen before it is done, and nothing is written
//! by a slip of the hand.

use pingyi::tui::{
    ends::Job,
    workshop::{TOOLS, Task, Tool},
};

use crate::{
    screens::ends::look_as_they_did,
    support::{
        places::Start,
        screens::{Look, SMALL, World, picture, press, screen, with},
    },
};

const WORKSHOP: &str = "2 /stick/package enter wait 6";
const PLANNED: &str = "2 /stick/package enter wait 6 1 /in.xlsx enter wait";

fn bare() -> World {
    Start::Bare.world()
}

/// What was begun by `keys`, after the folder was opened.
fn begun(keys: &str) -> Vec<Job> {
    let mut world = bare();
    with(&mut world, SMALL, keys, |_| ());
    world.desks.begun.split_off(1)
}

#[test]
fn what_is_typed_is_what_is_worked_out() {
    let table: [(&str, Tool, &[&str]); 9] = [
        ("1 /a.xlsx;/b.csv enter", Tool::Applications, &["/a.xlsx;/b.csv"]),
        ("1 paste:/申报_表.xlsx f9", Tool::Applications, &["/申报 表.xlsx"]),
        ("2 /roster.xls enter", Tool::Roster, &["/roster.xls"]),
        ("3 /received enter", Tool::Attachments, &["/received"]),
        ("4 /changes.csv enter", Tool::Changes, &["/changes.csv"]),
        ("5", Tool::Recusals, &[]),
        ("6 enter", Tool::Readers, &[""]),
        ("6 3 enter", Tool::Readers, &["3"]),
        ("7 /pool.xlsx tab 5 tab 2 tab 2026-0312 tab 监督处 enter", Tool::Draw, &["/pool.xlsx", "5", "2", "2026-0312", "监督处"]),
    ];
    for (keys, tool, answers) in table {
        let task = Task { tool, answers: answers.iter().map(|answer| (*answer).to_owned()).collect() };
        assert_eq!(begun(&format!("{WORKSHOP} {keys}")), [Job::Plan(task)], "{keys}");
    }
}

#[test]
fn nothing_is_worked_out_while_something_it_needs_is_missing() {
    for keys in ["1 enter", "2 enter", "3 enter", "4 enter", "7 f9", "7 /pool.xlsx tab 5 tab tab enter", "7 /pool.xlsx tab 5 tab tab 1 f9"]
    {
        let shown = screen(&mut bare(), SMALL, &format!("{WORKSHOP} {keys}"));
        assert_eq!(begun(&format!("{WORKSHOP} {keys}")), [], "{keys}");
        assert!(keys.ends_with("tab enter") || shown.contains("必须填写"), "{keys}:\n{shown}");
    }
}

#[test]
fn what_would_be_done_is_seen_first_and_enter_alone_does_nothing() {
    let shown = screen(&mut bare(), SMALL, PLANNED);
    for part in ["没有错误，但有 1 项会替换", "sx-0001  新增", "applicant.contact: 0354-0000001 → 0354-7654321", "新增 1，改动 1"]
    {
        assert!(shown.contains(part), "{part}:\n{shown}");
    }
    for (keys, why) in [("", "looking"), ("esc", "going back"), ("enter enter", "Enter alone"), ("enter esc", "Esc")] {
        assert_eq!(begun(&format!("{PLANNED} {keys}")).len(), 1, "{why} writes nothing");
    }
    assert_eq!(begun(&format!("{PLANNED} enter tab enter")).pop(), Some(Job::TakeIn));
    let asked = screen(&mut bare(), SMALL, &format!("{PLANNED} enter"));
    assert!(asked.contains("写入 2 个文件？") && asked.contains("1 项会替换或移出"), "{asked}");
}

#[test]
fn after_it_was_done_the_list_of_what_can_be_done_is_back_and_says_so() {
    with(&mut bare(), SMALL, &format!("{PLANNED} enter tab enter wait"), |app| {
        let shown = picture(app, SMALL.size).0.join("\n");
        assert!(shown.contains("已写入 2 个文件") && shown.starts_with("导入和编排"), "{shown}");
        press(app, "esc");
        assert!(picture(app, SMALL.size).0[0].starts_with("制作评审包"));
    });
    // What was looked at without a form leads back to the same list.
    with(&mut bare(), SMALL, &format!("{WORKSHOP} 5 wait esc"), |app| {
        assert!(picture(app, SMALL.size).0[0].starts_with("导入和编排"));
    });
}

#[test]
fn with_an_error_the_eye_is_led_to_it_and_nothing_can_be_written() {
    let keys = format!("{WORKSHOP} 4 /wrong.csv enter wait");
    let shown = screen(&mut bare(), Look { size: (120, 40), ..SMALL }, &keys);
    let chosen = shown.lines().find(|line| line.starts_with('>')).unwrap();
    assert!(chosen.contains("C5 总投资（万元）") && chosen.contains("约六千"), "{shown}");
    assert!(shown.contains("有 1 处错误，不能写入"), "{shown}");
    let refused = screen(&mut bare(), SMALL, &format!("{keys} enter"));
    assert!(refused.contains("有 1 处错误，未写入"), "{refused}");
    assert_eq!(begun(&format!("{keys} enter tab enter")).len(), 1);
}

#[test]
fn every_tool_has_its_line_and_its_sentence() {
    for at in 0..TOOLS.len() {
        let shown = screen(&mut bare(), SMALL, &format!("{WORKSHOP} {}", "down ".repeat(at)));
        let chosen = shown.lines().find(|line| line.starts_with('>')).unwrap().to_owned();
        assert!(chosen.starts_with(&format!(">{}", at + 1)), "{shown}");
        let below: Vec<&str> = shown.lines().skip_while(|line| !line.contains('7')).skip(1).filter(|line| line.trim().len() > 20).collect();
        assert!(below.len() > 1, "what it does is said:\n{shown}");
    }
}

#[test]
fn the_screens_of_tables_and_lists_look_as_they_did() {
    look_as_they_did(&["workshop", "workshop, form", "plan", "plan, wrong", "plan, popup"]);
}

#[test]
fn what_stands_in_a_table_cannot_reach_the_terminal() {
    for keys in ["", "down", "down down down", "enter"] {
        for size in [(120, 40), (80, 24), (60, 16)] {
            let shown = screen(&mut bare(), Look { size, ..SMALL }, &format!("{WORKSHOP} 4 /hostile.csv enter wait {keys}"));
            assert!(shown.contains('甲') && shown.contains('丙'), "{shown}");
            assert!(!shown.contains(['\u{1b}', '\u{202e}', '\u{9b}', '\u{200b}', '\u{7}']), "{shown:?}");
        }
    }
}
