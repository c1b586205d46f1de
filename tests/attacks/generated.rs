//! Valid bundles, made at random through the real steps: each passes in every layer, and its bytes are the same whenever and
//! wherever the same record is signed.

use std::{collections::BTreeMap, fs, path::Path};

use pingyi::{
    bundle::layer::State,
    store::Access,
    workflow::{act, home::Home, session::Session, submit, verify},
};
use proptest::{prelude::*, sample::select};

use super::mutants::effort;
use crate::{
    model::stage::{at, here, lay},
    support::{
        bundle::unpack,
        stage::{copy, key, office},
    },
};

/// The lines of one sheet, handed in or stayed out of.
fn sheet(id: &'static str) -> impl Strategy<Value = Vec<String>> {
    let halves = |most: u32| (0..=most).prop_map(|value| format!("{}.{}", value / 2, value % 2 * 5));
    let values = (halves(20), halves(30), halves(40), prop::option::of(halves(20)), 0..=5_u32, prop::option::of(halves(10)));
    let words = select(vec!["可行", "“引号” <b>&amp;</b> =1+1", "第一行\\n第二行", "\u{202e}反向", "a\tb", "x"]);
    let scored = (values, words, any::<bool>()).prop_map(move |((a1, a2, b1, b2, c1, x1), words, changed)| {
        let mut lines = vec![format!("declare {id}"), format!("set {id} A1 {a1}"), format!("comment {id} A1 {words}")];
        if changed {
            lines.extend([format!("set {id} A2 0.5"), "undo".to_owned(), "redo".to_owned()]);
        }
        lines.extend([format!("set {id} A2 {a2}"), format!("set {id} B1 {b1}"), format!("set {id} C1 {}", c1 * 4)]);
        lines.push(b2.map_or_else(|| format!("na {id} B2 {words}"), |b2| format!("set {id} B2 {b2}")));
        lines.extend(x1.map(|x1| format!("set {id} X1 {x1}")));
        lines.extend([format!("comment {id} overall {words}"), format!("submit {id}")]);
        lines
    });
    let out = prop_oneof![Just(format!("recuse {id} kinship 亲属")), Just(format!("decline {id} 专业不符"))];
    prop_oneof![4 => scored, 1 => out.prop_map(|line| vec![line])]
}

/// Opens the data folder, does the lines, signs.
fn sign(folder: &Path, lines: &[String]) -> (Home, Vec<u8>) {
    let home = lay(&folder.join("home"));
    let mut session = Session::open(&home, None, Access::Write).unwrap();
    session.pledge(&at(20)).unwrap();
    for (seconds, line) in (30..).zip(lines) {
        act::parse(line).unwrap().perform(&mut session, &at(seconds)).unwrap_or_else(|error| panic!("{line}: {error:?}"));
    }
    let path = here(900, |here| submit::export(&mut session, &key("R03"), &folder.join("out"), here)).unwrap().path;
    session.close(&at(901)).unwrap();
    (home, fs::read(path).unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: [10, 120, 1_000][effort()], failure_persistence: None, max_shrink_iters: 30, ..ProptestConfig::default() })]

    #[test]
    fn whatever_was_scored_by_the_rules_verifies_and_is_signed_to_the_same_bytes(first in sheet("sx-0005"), second in sheet("sx-0009")) {
        let lines = [first, second].concat();
        let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
        let (home, bytes) = sign(folders[0].path(), &lines);
        let (_, again) = sign(folders[1].path(), &lines);
        prop_assert_eq!(&bytes, &again, "another machine, the same bytes");
        let file = folders[0].path().join("out").read_dir().unwrap().next().unwrap().unwrap().path();
        let report = verify::verify(&file, Some(&office())).unwrap();
        prop_assert!(report.passes(), "{:?}", report.errors().collect::<Vec<_>>());
        prop_assert!(report.layers.iter().all(|layer| layer.state == State::Pass && layer.findings.is_empty()));
        // Left, come back to, and handed out once more.
        let moved = folders[1].path().join("moved");
        copy(home.root(), &moved);
        let mut session = Session::open(&Home::new(moved), None, Access::Write).unwrap();
        let exported = here(2_000, |here| submit::export(&mut session, &key("R03"), &folders[1].path().join("later"), here)).unwrap();
        prop_assert!(!exported.is_new);
        prop_assert_eq!(&fs::read(exported.path).unwrap(), &bytes);
        let sheets: BTreeMap<String, Vec<u8>> = unpack(&bytes).into_iter().filter(|(name, _)| name.starts_with("data/scores/")).collect();
        prop_assert_eq!(sheets.len(), 3, "every sheet of the worklist travels, also those that R03 stays out of");
    }
}
