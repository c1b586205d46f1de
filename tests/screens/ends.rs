//! Office and province at the screens: what is typed is what is done, nothing is signed by a slip, and every reason can be read.

use pingyi::{
    domain::{rubric::ReviewKind, text::Language},
    tui::{
        effect::Secret,
        ends::{Gathering, Job, Sealing},
    },
};

use crate::support::{
    ends::register,
    places::{PLACES, Start},
    screens::{Look, SMALL, World, picture, press, screen, with},
};

const GATHERED: &str = "4 /in tab /offices tab sx-2026 tab enter wait wait";
const OPENED: &str = "2 /stick/package enter wait";
const WRONG: &str = "2 /stick/wrong enter wait";

fn bare() -> World {
    Start::Bare.world()
}

/// What was begun by `keys` on the first screen.
fn begun(keys: &str) -> Vec<Job> {
    let mut world = bare();
    with(&mut world, SMALL, keys, |_| ());
    world.desks.begun
}

fn sealing(folder: &str, supersedes: Option<&str>, code: &str) -> Sealing {
    let passphrase = Secret("geheim".to_owned().into());
    Sealing { folder: folder.into(), supersedes: supersedes.map(Into::into), code: code.to_owned(), passphrase }
}

#[test]
fn what_is_typed_into_the_forms_is_what_is_done() {
    let gathering = |paths: &[&str], record: Option<&str>| {
        let paths = paths.iter().map(Into::into).collect();
        Job::Gather(Gathering { paths, offices: "/offices".into(), register: "sx-2026".to_owned(), record: record.map(Into::into) })
    };
    let table = [
        ("4 /in tab /offices tab sx-2026 tab enter", gathering(&["/in"], None)),
        // A path that was dropped on the window has marks around it; several are set apart by either semicolon.
        ("4 paste:\"/a_b\"；'/c';/d tab /offices tab sx-2026 tab /r.toml enter", gathering(&["/a b", "/c", "/d"], Some("/r.toml"))),
        ("4 /in down /offices enter sx-2026 enter enter", gathering(&["/in"], None)),
        ("2 /p enter", Job::Open("/p".into())),
        ("3 /new enter enter", Job::Start("/new".into(), None)),
        ("3 /new tab 2 enter", Job::Start("/new".into(), Some(ReviewKind::Accreditation))),
        ("3 /new tab 5 f9", Job::Start("/new".into(), Some(ReviewKind::Performance))),
        (&format!("{OPENED} f5"), Job::Check),
        (&format!("{OPENED} 1 f5"), Job::Check),
        (&format!("{OPENED} 4 /stick enter"), Job::TakeKeys("/stick".into())),
        (&format!("{OPENED} 3 enter /stick enter"), Job::TakeKeys("/stick".into())),
        (&format!("{OPENED} f9 tab tab tab geheim enter 8 9 1 2 enter"), Job::Build(sealing("/outbox", None, "OF1"))),
        (
            &format!("{OPENED} 5 delete /to tab /old.zip tab delete OF2 tab geheim f9 8 9 1 2 enter"),
            Job::Build(sealing("/to", Some("/old.zip"), "OF2")),
        ),
        (&format!("{GATHERED} f5"), Job::GatherAgain),
        (&format!("{GATHERED} 2 f9 tab tab tab geheim enter 3 1 5 9 enter"), Job::SignRegister(sealing("/outbox", None, "P01"))),
    ];
    for (keys, job) in table {
        assert_eq!(begun(keys).pop(), Some(job), "{keys}");
    }
}

#[test]
fn nothing_begins_while_a_line_is_missing_and_the_cursor_goes_there() {
    for (keys, label) in [
        ("4 /in tab tab sx-2026 tab enter", "认可的组织单位公钥名单"),
        ("4 f9", "结果包所在文件夹或文件"),
        ("2 enter", "评审包目录"),
        ("3 enter enter", "新目录"),
        ("3 f9", "新目录"),
    ] {
        let mut world = bare();
        let shown = screen(&mut world, SMALL, keys);
        assert_eq!(world.desks.begun, [], "{keys}");
        let line = shown.lines().find(|line| line.starts_with("> ")).unwrap();
        assert!(line.contains(label) && shown.contains("必须填写"), "{keys}:\n{shown}");
    }
}

#[test]
fn a_kind_of_review_that_there_is_not_begins_nothing() {
    for typed in ["6", "0", "x"] {
        let mut world = bare();
        let shown = screen(&mut world, SMALL, &format!("3 /new tab {typed} enter"));
        assert_eq!(world.desks.begun, [], "{typed}");
        assert!(shown.contains("没有这一评审种类") && shown.contains("5 绩效评价"), "{typed}:\n{shown}");
    }
}

#[test]
fn nothing_is_signed_by_a_slip_of_the_hand_and_the_passphrase_is_never_shown() {
    for (start, digits) in [(GATHERED, "3 1 5 9"), (OPENED, "8 9 1 2")] {
        let before = begun(start).len();
        let form = format!("{start} f9 tab tab tab geheim");
        for (keys, why) in [("enter enter enter", "Enter alone"), ("enter 0 0 0 0 enter", "other digits"), ("f9 esc", "Esc")] {
            assert_eq!(begun(&format!("{form} {keys}")).len(), before, "{why} signs nothing");
        }
        let shown = screen(&mut bare(), SMALL, &form);
        assert!(!shown.contains("geheim") && shown.contains("******"), "{shown}");
        let signed = screen(&mut bare(), SMALL, &format!("{form} enter {digits} enter wait wait wait"));
        assert!(signed.contains("签署完成") && signed.contains(&"5b".repeat(32)) && signed.contains("4EFM-APM3"), "{signed}");
    }
}

#[test]
fn progress_tells_how_many_how_fast_and_how_long_still_and_esc_stops_it_with_everything_typed_kept() {
    let working = "4 /in tab /offices tab sx-2026 tab enter wait";
    let shown = screen(&mut bare(), SMALL, working);
    assert!(shown.contains("37/1240") && shown.contains("每秒12个") && shown.contains("约剩100秒"), "{shown}");
    assert!(shown.contains("取消后不写入任何文件"), "{shown}");
    let stopped = screen(&mut bare(), SMALL, &format!("{working} esc wait"));
    assert!(stopped.contains("已中断，未写入任何内容"), "{stopped}");
    assert!(stopped.contains("/offices") && stopped.contains("sx-2026"), "the form is as it was:\n{stopped}");
    let signing = screen(&mut bare(), SMALL, &format!("{GATHERED} f9 tab tab tab geheim enter 3 1 5 9 enter wait esc wait"));
    assert!(signing.contains("已中断，未写入任何内容"), "reading back a register of a thousand results can be stopped too:\n{signing}");
}

#[test]
fn while_a_step_goes_on_no_other_screen_comes_on_top_of_it() {
    for keys in ["f1", "ctrl-p", "f12", "f8", "f9", "enter", "tab"] {
        let shown = screen(&mut bare(), SMALL, &format!("4 /in tab /offices tab sx-2026 tab enter wait {keys}"));
        assert!(shown.starts_with("正在核验并汇总评审结果") && shown.contains("请等待完成"), "{keys}:\n{shown}");
    }
    let shown = screen(&mut bare(), SMALL, "2 /p enter esc wait");
    assert!(shown.starts_with("制作评审包"), "a step that cannot be stopped is waited for:\n{shown}");
    let english = screen(&mut bare(), SMALL, "4 /in tab /offices tab sx-2026 tab enter wait f6");
    assert!(english.contains("a second"), "the language can be changed meanwhile:\n{english}");
}

#[test]
fn what_cannot_be_done_leads_back_to_the_form_with_the_reason() {
    let shown = screen(&mut bare(), SMALL, "4 /bad tab /offices tab sx-2026 tab enter wait wait");
    assert!(shown.contains("没有结果包") && shown.contains("/bad"), "{shown}");
}

#[test]
fn tab_goes_through_all_tables_and_the_chosen_row_stands_in_full_in_every_window() {
    for language in [Language::Zh, Language::En] {
        for size in [(120, 40), (80, 24), (60, 16)] {
            let look = Look { language, size, ..SMALL };
            let grids = register().grids;
            for (at, grid) in grids.iter().enumerate() {
                let turn = format!("{GATHERED} {}", "tab ".repeat(at + 1));
                let shown = screen(&mut bare(), look, &turn);
                let title = pingyi::i18n::text(language, &grid.title);
                assert!(shown.contains(&title) && shown.contains(&format!("{}/{}", at + 1, grids.len())), "{size:?}:\n{shown}");
                let back = screen(&mut bare(), look, &format!("{GATHERED} {}", "left ".repeat(grids.len() - at)));
                assert_eq!(shown, back, "the arrow goes the other way round");
                let whole: String = shown.chars().filter(|c| !c.is_whitespace()).collect();
                for cell in grid.rows.first().into_iter().flatten() {
                    let cell: String = cell.get(language).chars().filter(|c| !c.is_whitespace()).collect();
                    assert!(whole.contains(&cell), "{cell} in {size:?}:\n{shown}");
                }
            }
        }
    }
}

#[test]
fn a_file_that_does_not_count_stands_there_with_its_reason_and_what_to_do() {
    let shown = screen(&mut bare(), SMALL, &format!("{GATHERED} 2"));
    for words in ["result-sx-2026-02-p1-r1.zip", "第7层", "请给出存放结果包的文件夹"] {
        assert!(shown.contains(words), "{words}:\n{shown}");
    }
    let list = screen(&mut bare(), SMALL, &format!("{GATHERED} 2 esc"));
    let row = list.lines().find(|line| line.contains("未计入的文件")).unwrap();
    assert!(row.contains('!') && row.trim_end().ends_with('1'), "{row}");
}

#[test]
fn errors_keep_the_package_from_being_signed_and_each_one_says_where_it_is_and_what_to_do() {
    for keys in ["f9", "5"] {
        let mut world = bare();
        let shown = screen(&mut world, SMALL, &format!("{WRONG} {keys}"));
        assert!(shown.contains("还有1处错误，不能签署") && shown.starts_with("制作评审包"), "{shown}");
    }
    let shown = screen(&mut bare(), SMALL, &format!("{WRONG} 1"));
    assert!(shown.contains("call.toml:12:9"), "{shown}");
    let advice = pingyi::i18n::text(Language::Zh, &pingyi::msg!("rec-file"));
    assert!(shown.contains(&advice), "{advice}:\n{shown}");
}

#[test]
fn the_first_row_that_needs_somebody_is_chosen_and_its_gates_and_keys_stand_below() {
    let formal = screen(&mut bare(), SMALL, &format!("{OPENED} 2"));
    let chosen = formal.lines().find(|line| line.starts_with('>')).unwrap();
    assert!(chosen.contains("补正") || chosen.contains("不通过"), "{formal}");
    let gate = chosen.split_whitespace().find(|word| word.starts_with('G')).unwrap();
    assert!(formal.lines().skip(13).any(|line| line.contains(&format!("{gate} "))), "{gate} in full:\n{formal}");
    let people = screen(&mut bare(), SMALL, &format!("{OPENED} 3"));
    assert!(people.lines().find(|line| line.starts_with('>')).unwrap().contains("未登记密钥"), "{people}");
    let first = screen(&mut bare(), SMALL, &format!("{OPENED} 3 home"));
    assert_eq!(first.matches("SJQE-TUZN-XYPQ-NMNM-WX4D-FCGX").count(), 10, "each key in its row, and the chosen one once more:\n{first}");
}

#[test]
fn commands_of_office_and_province_are_offered_without_a_package_being_open() {
    for start in [GATHERED, OPENED] {
        let shown = screen(&mut bare(), SMALL, &format!("{start} ctrl-p 签署"));
        assert!(!shown.contains("还没有打开过组评包"), "{shown}");
        let form = screen(&mut bare(), SMALL, &format!("{start} ctrl-p 签署 enter"));
        assert!(form.contains("签名人代号"), "{form}");
    }
}

#[test]
fn keys_that_were_taken_in_lead_back_to_the_folder() {
    with(&mut bare(), SMALL, &format!("{OPENED} 4 /stick enter wait"), |app| {
        let shown = picture(app, SMALL.size).0.join("\n");
        assert!(shown.contains("已登记3人") && shown.contains("人员与密钥"), "{shown}");
        press(app, "esc esc");
        assert!(picture(app, SMALL.size).0[0].starts_with("欢迎"));
    });
}

#[test]
fn the_screens_of_office_and_province_look_as_they_did() {
    let wanted = [
        "gather",
        "gather, working",
        "register",
        "register, recommended",
        "register, excluded",
        "register, popup",
        "register, signed",
        "new folder",
        "office",
        "office, wrong",
        "problems",
        "formal",
        "people",
        "build, popup",
    ];
    look_as_they_did(&wanted);
}

/// Compares pictures of places in every size and both languages with those that were looked at.
pub(super) fn look_as_they_did(wanted: &[&str]) {
    insta::with_settings!({ snapshot_path => "../snapshots", prepend_module_to_snapshot => false, omit_expression => true }, {
        for (name, start, keys) in PLACES.into_iter().filter(|(name, ..)| wanted.contains(name)) {
            for size in [(120, 40), (80, 24), (60, 16)] {
                for (tag, language) in [("zh", Language::Zh), ("en", Language::En)] {
                    let picture = screen(&mut start.world(), Look { language, size, ..SMALL }, keys);
                    insta::assert_snapshot!(format!("{}-{}x{}-{tag}", name.replace(", ", "-").replace(' ', "-"), size.0, size.1), picture);
                }
            }
        }
    });
}

#[test]
fn help_names_no_key_that_means_nothing_without_a_review() {
    let tall = Look { size: (80, 60), ..SMALL };
    for (keys, live) in [("f1", &[][..]), (&format!("{GATHERED} f1"), &["F5", "F9"]), (&format!("{OPENED} f1"), &["F5", "F9"])] {
        let shown = screen(&mut bare(), tall, keys);
        for key in ["F5", "F7", "F8", "F9", "Ctrl+Z"] {
            let is_named = shown.lines().any(|line| line.starts_with(&format!("{key} ")));
            assert_eq!(is_named, live.contains(&key), "{keys}: {key}\n{shown}");
        }
    }
}
