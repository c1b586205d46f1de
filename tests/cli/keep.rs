//! `check`, `backup`, `restore`, `recover` and `journal`.

use std::fs;

use pingyi::cli::Exit;

use super::{
    desk::{Desk, Stand},
    golden::golden,
    path,
    tree::Tree,
};

/// A desk on which three scores stand, the last two of them after the backup that is returned.
fn with_backup() -> (Desk, String) {
    let desk = Desk::at(Stand::Begun);
    desk.batch("set sx-0004 A1 1\n");
    let stick = path(&desk.path().join("stick")).to_owned();
    let file = desk.json(&["backup", "--to", &stick])["file"].as_str().unwrap().to_owned();
    desk.batch("set sx-0004 A2 2\nset sx-0004 A3 3\n");
    (desk, file)
}

#[test]
fn all_witnesses_of_a_sound_store_agree() {
    let desk = Desk::at(Stand::Done);
    let said = desk.does(&["check"]);
    assert!(said.contains("The journal is sound: ") && said.contains("The index agrees") && said.contains("All agree: "), "{said}");
    assert!(desk.run_in("zh-CN", &["check"]).done().contains("核对无误"));
    golden("check", &desk.json(&["check"]), desk.path());
    let chain = desk.json(&["journal", "verify"]);
    golden("journal-verify", &chain, desk.path());
    assert_eq!(chain["seq"].as_u64().unwrap() + 1, desk.json(&["check"])["entries"].as_u64().unwrap());
    assert!(desk.does(&["journal", "verify"]).starts_with("The chain is whole; it ends with entry "));
}

#[test]
fn the_journal_tells_everything_that_happened_in_order_with_times_and_who() {
    let desk = Desk::at(Stand::Begun);
    desk.batch("set sx-0004 A1 7\ncomment sx-0004 A1 很好\nundo\nrecuse sx-0013 kinship 亲属\n");
    let entries = desk.json(&["journal", "show"]);
    golden("journal-show", &entries, desk.path());
    let said = desk.does(&["journal", "show"]);
    assert_eq!(said.lines().count(), entries.as_array().unwrap().len());
    for (line, number) in said.lines().zip(0..) {
        assert!(line.starts_with(&format!("{number:>6}  2026-")) && line.contains("  R02  "), "{line}");
    }
    assert!(said.contains("sx-0004 A1: blank → 7") && said.contains("(takes back 6)") && said.contains("sx-0013: recused: 亲属"), "{said}");
    assert!(desk.run_in("zh-CN", &["journal", "show"]).done().contains("（撤销第6条）"));
}

#[test]
fn a_backup_is_a_file_that_a_later_one_of_the_same_journal_may_replace_and_a_stranger_may_not() {
    let desk = Desk::at(Stand::Begun);
    desk.batch("set sx-0004 A1 1\n");
    golden("backup", &desk.json(&["backup"]), desk.path());
    let stick = path(&desk.path().join("a/stick")).to_owned();
    assert!(desk.does(&["backup", "--to", &stick]).starts_with("Backed up to entry 5: "));
    let before = Tree::of(desk.path());
    desk.does(&["backup", "--to", &stick]);
    before.is_still(desk.path());
    let stranger = desk.file("notes.txt", "somebody's notes\n");
    let answer = desk.run(&["backup", "--to", &stranger]);
    assert_ne!(answer.exit, Exit::Done, "{answer:?}");
    assert_eq!(fs::read_to_string(&stranger).unwrap(), "somebody's notes\n");
}

#[test]
fn restoring_says_what_it_would_do_does_it_only_when_told_and_throws_nothing_away() {
    let (desk, file) = with_backup();
    let before = Tree::of(desk.path());
    let plan = desk.json(&["restore", &file]);
    assert_eq!((plan["needed"].as_bool(), plan["done"].as_bool()), (Some(true), Some(false)));
    assert!(desk.does(&["restore", &file]).contains("Add --yes to do it."));
    before.is_still(desk.path());
    golden("restore", &desk.json(&["restore", &file, "--yes"])["entries"], desk.path());
    assert_eq!([desk.cell("sx-0004", "A1"), desk.cell("sx-0004", "A2")], ["scored 1", "blank "]);
    let store = Tree::of(&desk.store());
    assert!(store.names().iter().filter(|name| name.contains("journal")).count() > 1, "the later journal is put aside: {store:?}");
    assert_eq!(desk.json(&["restore", &file, "--yes"])["needed"], false, "a second time there is nothing to do");
    desk.does(&["check"]);
}

#[test]
fn what_is_no_backup_of_this_journal_is_not_put_back() {
    let (desk, file) = with_backup();
    let mut bytes = fs::read(&file).unwrap();
    let place = bytes.len() / 2;
    bytes[place] ^= 1;
    let damaged = desk.file("damaged.journal", bytes);
    let other = desk.file("other.journal", fs::read(Desk::at(Stand::Done).store().join("journal")).unwrap().split_off(10));
    let none = path(&desk.path().join("none")).to_owned();
    for file in [&damaged, &other, &none] {
        let name = file.rsplit('/').next().unwrap();
        for words in [&["restore", file][..], &["restore", file, "--yes"]] {
            desk.refuses(words, Exit::Store, "err-not-a-backup", &[name]);
        }
    }
}

#[test]
fn a_damaged_journal_is_refused_by_every_command_that_writes_and_recover_mends_it() {
    let (desk, _) = with_backup();
    let journal = desk.store().join("journal");
    let sound = fs::read(&journal).unwrap();
    let mut bytes = sound.clone();
    let place = bytes.len() - 200;
    bytes[place] ^= 1;
    fs::write(&journal, &bytes).unwrap();
    let broken = desk.run(&["journal", "verify"]);
    assert_eq!(broken.exit, Exit::No, "{broken:?}");
    assert!(broken.out.starts_with("The chain breaks after entry "), "{broken:?}");
    assert_eq!(desk.run(&["--json", "journal", "verify"]).json()["sound"], false);
    let unsound = desk.run(&["check"]);
    assert_eq!(unsound.exit, Exit::No, "{unsound:?}");
    assert!(unsound.out.contains("pingyi recover"), "{unsound:?}");
    let stick = path(&desk.path().join("new/stick")).to_owned();
    desk.refuses(&["backup", "--to", &stick], Exit::Store, "err-store-damaged", &["journal", "pingyi recover"]);
    let before = Tree::of(desk.path());
    let plan = desk.json(&["recover"]);
    assert_eq!((plan["needed"].as_bool(), plan["done"].as_bool()), (Some(true), Some(false)));
    before.is_still(desk.path());
    let done = desk.json(&["recover", "--yes"]);
    assert_eq!(done["done"], true);
    assert!(!done["aside"].as_array().unwrap().is_empty(), "{done}");
    assert_eq!(fs::read(&journal).unwrap(), sound);
    assert!(desk.does(&["recover", "--yes"]).starts_with("Nothing to mend: "));
    assert!(desk.run_in("zh-CN", &["recover"]).done().starts_with("无需修复"));
    desk.does(&["check"]);
}

#[test]
fn a_store_of_which_nothing_can_be_proved_is_left_alone() {
    let desk = Desk::at(Stand::Begun);
    fs::remove_dir_all(desk.store().join("index")).unwrap();
    let _there_may_be_none = fs::remove_dir_all(desk.store().join("backups"));
    fs::write(desk.store().join("journal"), "rubbish\n").unwrap();
    for words in [&["score", "set", "sx-0004", "A1", "1"][..], &["score", "status"], &["journal", "show"]] {
        desk.refuses(words, Exit::Store, "err-store-damaged", &["line 1"]);
    }
    desk.refuses(&["recover", "--yes"], Exit::Store, "err-store-nothing", &["restore"]);
    fs::remove_file(desk.store().join("journal")).unwrap();
    let answer = desk.run(&["journal", "verify"]);
    assert_eq!(answer.exit, Exit::BadInput, "{answer:?}");
}

#[test]
fn a_journal_of_a_newer_version_is_not_touched() {
    let desk = Desk::at(Stand::Begun);
    let journal = desk.store().join("journal");
    let text = fs::read_to_string(&journal).unwrap();
    assert!(text.contains("\"schema\":1"), "{text}");
    fs::write(&journal, text.replacen("\"schema\":1", "\"schema\":9", 1)).unwrap();
    let before = Tree::of(desk.path());
    for words in [&["score", "set", "sx-0004", "A1", "1"][..], &["score", "status"]] {
        desk.refuses(words, Exit::Store, "err-store-newer", &["format 9"]);
    }
    before.is_still(desk.path());
}
