//! What the chair records of the panel's decisions, on the sample call.

use pingyi::cli::Exit;

use super::{chair::Chair, golden::golden};

/// Closes the draft of a table at which everything is.
fn closed() -> Chair {
    let chair = Chair::with_everything();
    chair.does(&["consolidate", "--close", "--yes"]);
    chair
}

const UPHELD: [&str; 7] = ["decide", "flag", "sx-0004", "uphold", "--reviewer", "R06", "--reason"];

#[test]
fn flags_are_listed_until_each_is_decided_and_the_answer_is_no_while_one_is_open() {
    let chair = Chair::with_everything();
    let answer = chair.run(&["deviation"]);
    assert_eq!(answer.exit, Exit::No);
    assert!(answer.out.contains("t1  sx-0004  R06 gave 48.5 in all") && answer.out.contains("Flags still open: 3"), "{answer:?}");
    golden("deviation", &chair.json(&["deviation"]), chair.path());
    chair.does(&[&UPHELD[..], &["对应论证不足的理由成立"]].concat());
    chair.does(&[&UPHELD[..], &["同上", "--criterion", "O4"]].concat());
    let open = chair.json(&["deviation", "--open"]);
    assert_eq!((open["open"].as_u64(), open["flags"].as_array().unwrap().len()), (Some(1), 1), "{open}");
    assert_eq!(open["flags"][0]["criterion"], "N1");
    let all = chair.run(&["deviation"]).out;
    assert!(all.contains("upheld, 对应论证不足的理由成立") && all.contains("N1 was scored differently"), "{all}");
    chair.does(&["decide", "flag", "sx-0009", "uphold", "--criterion", "N1", "--reason", "按各人所见"]);
    assert!(chair.does(&["deviation"]).ends_with("Every flag is decided.\n"));
}

#[test]
fn a_void_sheet_no_longer_counts_and_its_decision_stays_on_the_list() {
    let chair = Chair::with_everything();
    let before = chair.json(&["consolidate", "--explain", "sx-0004"]);
    let void = ["decide", "flag", "sx-0004", "void", "--reviewer", "R06", "--authority", "监督管理部门", "--reason", "受人请托"];
    let said = chair.does(&void);
    assert!(said.contains("the sheet is void, 受人请托 (监督管理部门)"), "{said}");
    let after = chair.json(&["consolidate", "--explain", "sx-0004"]);
    let sheets = |document: &serde_json::Value| document["application"]["sheets"].as_array().unwrap().len();
    assert_eq!((sheets(&before), sheets(&after)), (7, 6));
    let listed = chair.json(&["deviation"]);
    assert_eq!((listed["flags"][0]["stands"].as_bool(), listed["flags"][0]["decision"]["ruling"].as_str()), (Some(false), Some("void")));
}

#[test]
fn an_act_is_told_as_the_journal_has_it_and_undo_takes_it_back_and_says_so() {
    let chair = Chair::with_everything();
    let veto = ["decide", "veto", "sx-0019", "V1", "--text", "两份合同编号相同、金额不同"];
    let told = chair.json(&veto);
    golden("decide", &told, chair.path());
    let outcome = || chair.json(&["consolidate", "--explain", "sx-0019"])["application"]["outcome"].as_str().unwrap().to_owned();
    assert_eq!(outcome(), "vetoed");
    assert_eq!(chair.json(&veto)["changed"], false, "the same finding again is no new entry");
    assert!(chair.does(&["decide", "undo"]).contains("took back the veto V1 on sx-0019"));
    assert_eq!(outcome(), "eligible");
    assert!(chair.does(&["decide", "redo"]).contains("found the veto V1 on sx-0019"));
    assert_eq!(outcome(), "vetoed");
    chair.does(&["decide", "undo"]);
    assert_eq!(chair.does(&["decide", "undo"]), "Nothing changed.\n", "bundles that came in stay");
    let journal = chair.does(&["journal", "show"]);
    assert!(journal.contains("found the veto V1 on sx-0019: 两份合同编号相同、金额不同"), "nothing is deleted: {journal}");
}

#[test]
fn a_tie_is_parted_by_the_votes_on_every_one_of_the_tied() {
    let chair = Chair::with_everything();
    let counted = ["--teller", "T01", "--scrutineer", "T02"];
    let rank = |id: &str| {
        let rows = chair.json(&["consolidate", "--item", "t4"])["items"][0]["applications"].as_array().unwrap().clone();
        rows.iter().find(|row| row["id"] == id).unwrap()["rank"].as_u64().unwrap()
    };
    assert_eq!((rank("sx-0014"), rank("sx-0016")), (2, 2));
    chair.does(&[&["vote", "tie", "sx-0014", "--votes", "2"], &counted[..]].concat());
    assert_eq!((rank("sx-0014"), rank("sx-0016")), (2, 2), "half a vote parts nobody");
    chair.does(&[&["vote", "tie", "sx-0016", "--votes", "5"], &counted[..]].concat());
    assert_eq!((rank("sx-0014"), rank("sx-0016")), (3, 2));
    chair.does(&["vote", "tie", "sx-0016", "--withdraw"]);
    assert_eq!((rank("sx-0014"), rank("sx-0016")), (2, 2));
}

#[test]
fn a_vote_is_kept_as_counts_with_who_counted_and_who_watched() {
    let chair = Chair::with_everything();
    let vote = ["vote", "on", "sx-0013", "--due", "7", "--present", "7", "--approve", "5", "--reject", "1", "--abstain", "1"];
    let told = chair.json(&[&vote[..], &["--teller", "T01", "--scrutineer", "T02"]].concat());
    golden("vote", &told, chair.path());
    let back = chair.does(&["vote", "on", "sx-0013", "--withdraw"]);
    assert!(back.contains("took back the vote on sx-0013"), "{back}");
}

#[test]
fn a_fact_scored_differently_is_corrected_after_the_scores_are_together_with_the_minute() {
    let chair = closed();
    let correct = ["correct", "sx-0009", "R04", "--criterion", "N1", "--ground", "objective", "--after", "2", "--minute", "会议记录第3项"];
    let told = chair.json(&correct);
    assert_eq!(
        (told["act"]["before"].as_str(), told["act"]["after"].as_str(), told["act"]["by"].as_str()),
        (Some("3"), Some("2"), Some("R01"))
    );
    let flags = chair.json(&["consolidate", "--explain", "sx-0009"])["application"]["flags"].clone();
    assert_eq!(flags.as_array().map(Vec::len), Some(0), "the flag goes with the corrected score: {flags}");
    assert_eq!(chair.does(&["decide", "undo"]), "Nothing changed.\n", "a correction is never taken back");
}

#[test]
fn closing_is_asked_for_twice_and_refused_while_a_sheet_is_due() {
    let chair = Chair::with_everything();
    assert!(chair.does(&["consolidate", "--close"]).contains("with --yes the scores are put together"));
    golden("consolidate-close", &chair.json(&["consolidate", "--close"]), chair.path());
    chair.does(&["decide", "replace", "R07", "--by", "R08", "--item", "t5", "--reason", "因病"]);
    let refused = chair.run(&["consolidate", "--close", "--yes"]);
    assert_eq!(refused.exit, Exit::No);
    assert!(refused.out.contains("Missing: the sheet of R08 on sx-0017") && refused.complaints.contains("5"), "{refused:?}");
    chair.does(&["decide", "bring-back", "R07"]);
    assert!(chair.does(&["consolidate", "--close", "--yes"]).contains("The scores are together"));
    assert!(chair.does(&["journal", "show"]).contains("put the scores together"));
}

#[test]
fn a_member_who_is_out_counts_nowhere_until_brought_back() {
    let chair = Chair::with_everything();
    let sheets = |id: &str| chair.json(&["consolidate", "--explain", id])["application"]["sheets"].as_array().unwrap().len();
    assert_eq!((sheets("sx-0013"), sheets("sx-0017")), (7, 7));
    chair.does(&["decide", "replace", "R07", "--by", "R08", "--item", "t5", "--reason", "因病"]);
    assert_eq!((sheets("sx-0013"), sheets("sx-0017")), (7, 6), "only in the item in which the place was taken");
    chair.does(&["decide", "remove", "R06", "--authority", "监督管理部门", "--reason", "收受礼品"]);
    assert_eq!((sheets("sx-0013"), sheets("sx-0017")), (6, 5));
    chair.does(&["decide", "bring-back", "R06"]);
    assert_eq!((sheets("sx-0013"), sheets("sx-0017")), (7, 6));
}

#[test]
fn how_members_stand_to_the_report_is_kept_until_something_changes_that_they_signed_for() {
    let chair = Chair::with_everything();
    let last = |words: &[&str]| chair.does(&[&["decide", "member"], words].concat());
    assert!(last(&["R02", "signed"]).starts_with("R02 signs\n"));
    assert!(last(&["R03", "dissent", "--text", "B1 评分偏高，已有两处同类平台"]).contains("R03 dissents: B1 评分偏高"));
    assert!(last(&["R04", "refused", "--witness", "钱示例"]).contains("deemed to agree (witness 钱示例)"));
    assert!(last(&["R05", "absent"]).contains("R05 is absent"));
    assert!(last(&["R05", "clear"]).contains("took back how R05 stands"));
    chair.does(&["decide", "veto", "sx-0019", "V1", "--text", "合同编号相同"]);
    assert!(last(&["R02", "signed"]).starts_with("R02 signs"), "the signature fell with the finding, so this one is new");
}
