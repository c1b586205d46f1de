//! What must hold of every line: nothing breaks, what is printed asks the same, and no row is lost or doubled.

use std::collections::BTreeSet;

use pingyi::search::{
    evaluate::{Tree, evaluate},
    fold::{fold_char, folded},
};
use proptest::prelude::*;

use super::{CHAIR, OFFICE, REVIEWER, Sight};

/// Parts from which lines are put together: right ones, wrong ones, and what an input method leaves.
const PARTS: [&str; 40] = [
    "太原",
    "实训",
    "\"training base\"",
    "“实训 基地”",
    "-",
    "(",
    ")",
    "（",
    "）",
    "OR",
    "或",
    "，",
    "：",
    "\"",
    "city:太原",
    "城市：大同、长治",
    "item:t1",
    "榜题:新能源",
    "mode:park",
    "state:draft",
    "my:<60",
    "我的分：＞＝8.5",
    "my:9-12",
    "my:none",
    "c:A1>=6",
    "c:A2",
    "指标:A3=无",
    "comment:\"依据\"",
    "评语:有",
    "coi:yes",
    "total:>10",
    "gaps:0",
    "sort:-my",
    "sort:city,-A1",
    "group:item",
    "分组:城市",
    "mean:>80",
    "rank:1-3",
    "missing:any",
    "flag:low",
];

/// Parts that are right for a chair, so that the lines made from them ask something.
const RIGHT: [&str; 22] = [
    "太原",
    "基地",
    "training",
    "\"training base\"",
    "city:太原,大同",
    "item:t1,t2",
    "item:养",
    "mode:enterprise",
    "applicant:university",
    "sector:agri",
    "mean:>=80",
    "mean:none",
    "spread:6-15",
    "sd:<5",
    "missing:any",
    "missing:R04",
    "missing:>1",
    "flag:low",
    "rank:1-2",
    "tied:yes",
    "coi:any",
    "title:\"中心\"",
];

/// What sorts and groups, for a chair.
const LOOKS: [&str; 12] = [
    "sort:-mean",
    "sort:city",
    "sort:rank,-spread",
    "sort:-missing",
    "sort:title",
    "sort:-id",
    "group:item",
    "group:city",
    "group:mode,tied",
    "group:tied",
    "sort:-total",
    "group:sector",
];

/// A filter that is right: an expression over parts, written out.
fn filter() -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(RIGHT.to_vec()).prop_map(str::to_owned);
    leaf.prop_recursive(4, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..4).prop_map(|parts| parts.join(" ")),
            prop::collection::vec(inner.clone(), 1..4).prop_map(|parts| format!("({})", parts.join(" OR "))),
            inner.prop_map(|part| format!("-({part})")),
        ]
    })
}

fn looks() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(LOOKS.to_vec()), 0..4).prop_map(|parts| parts.join(" "))
}

fn viewers() -> [&'static Sight; 3] {
    [&REVIEWER, &CHAIR, &OFFICE]
}

fn rows(sight: &Sight, line: &str) -> BTreeSet<usize> {
    let query = sight.parse(line).unwrap_or_else(|problems| panic!("{line}: {problems:?}"));
    sight.find(&query).rows().into_iter().collect()
}

/// Heads tell how many rows stand below them.
fn counted(tree: &Tree) -> usize {
    match tree {
        Tree::Rows(rows) => rows.len(),
        Tree::Groups(groups) => {
            for branch in groups {
                assert_eq!(branch.count, counted(&branch.below), "a head that counts wrong");
                assert!(branch.count > 0, "a group of nothing");
            }
            groups.iter().map(|branch| branch.count).sum()
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn no_text_whatsoever_breaks_anything(text in "\\PC{0,60}") {
        for sight in viewers() {
            if let Ok(query) = sight.parse(&text) {
                prop_assert!(sight.find(&query).rows().len() <= sight.facts.len());
            }
        }
    }

    #[test]
    fn no_line_of_right_and_wrong_parts_breaks_anything(parts in prop::collection::vec(prop::sample::select(PARTS.to_vec()), 0..12), gap in prop::sample::select(vec!["", " ", "　"])) {
        let line = parts.join(gap);
        for sight in viewers() {
            match sight.parse(&line) {
                Ok(query) => {
                    let again = sight.parse(&query.line(&sight.scheme)).map_err(|problems| TestCaseError::fail(format!("{line}: {problems:?}")))?;
                    prop_assert_eq!(again, query, "{}", line);
                }
                Err(problems) => {
                    prop_assert!(!problems.is_empty());
                    let length = line.chars().count();
                    prop_assert!(problems.iter().all(|problem| problem.span.column() <= length + 1 && problem.span.end <= length), "{line}: {problems:?}");
                    prop_assert!(problems.is_sorted_by_key(|problem| problem.span), "{line}: from left to right");
                }
            }
        }
    }

    #[test]
    fn what_is_printed_asks_the_same(filter in filter(), looks in looks()) {
        let line = format!("{filter} {looks}");
        let query = CHAIR.parse(&line).unwrap();
        let printed = query.line(&CHAIR.scheme);
        let again = CHAIR.parse(&printed).unwrap_or_else(|problems| panic!("{line} printed as {printed}: {problems:?}"));
        prop_assert_eq!(&again, &query, "{} printed as {}", line, printed);
        prop_assert_eq!(again.line(&CHAIR.scheme), printed, "printing is one way of writing");
        prop_assert_eq!(CHAIR.find(&again), CHAIR.find(&query));
    }

    #[test]
    fn a_minus_finds_exactly_the_rest(filter in filter()) {
        let found = rows(&CHAIR, &filter);
        let rest = rows(&CHAIR, &format!("-({filter})"));
        prop_assert!(found.is_disjoint(&rest), "{filter}");
        prop_assert_eq!(found.len() + rest.len(), CHAIR.facts.len(), "{}", filter);
    }

    #[test]
    fn a_blank_means_both_and_or_means_either(one in filter(), other in filter()) {
        let (left, right) = (rows(&CHAIR, &one), rows(&CHAIR, &other));
        prop_assert_eq!(rows(&CHAIR, &format!("({one}) ({other})")), left.intersection(&right).copied().collect());
        prop_assert_eq!(rows(&CHAIR, &format!("({one}) OR ({other})")), left.union(&right).copied().collect());
    }

    #[test]
    fn sorting_and_grouping_keep_every_row_once(filter in filter(), looks in looks()) {
        let plain = rows(&CHAIR, &filter);
        let query = CHAIR.parse(&format!("{filter} {looks}")).unwrap();
        let tree = CHAIR.find(&query);
        let shown = tree.rows();
        prop_assert_eq!(shown.len(), plain.len(), "{} {}", filter, looks);
        prop_assert_eq!(shown.into_iter().collect::<BTreeSet<_>>(), plain);
        prop_assert_eq!(counted(&tree), tree.rows().len());
    }

    #[test]
    fn rows_that_are_equal_keep_the_order_in_which_they_came(order in Just((0..24_usize).collect::<Vec<_>>()).prop_shuffle(), look in prop::sample::select(LOOKS.to_vec())) {
        let query = CHAIR.parse(look).unwrap();
        let shown = evaluate(&query, &CHAIR.facts, order.iter().copied()).rows();
        // Sorted again, nothing moves: equal rows are not exchanged.
        prop_assert_eq!(&evaluate(&query, &CHAIR.facts, shown.iter().copied()).rows(), &shown);
        // Two rows that the query tells apart in neither order stand as they came.
        for (at, one) in shown.iter().enumerate() {
            for other in shown.iter().skip(at + 1) {
                let pair = |first: usize, second: usize| evaluate(&query, &CHAIR.facts, [first, second]).rows();
                let is_equal = pair(*one, *other) == [*one, *other] && pair(*other, *one) == [*other, *one];
                let place = |row: usize| order.iter().position(|own| *own == row).unwrap();
                prop_assert!(!is_equal || place(*one) < place(*other), "{look}: {one} and {other}");
            }
        }
    }

    #[test]
    fn the_other_way_round_is_the_reverse_of_what_has_a_value(key in prop::sample::select(vec!["mean", "spread", "sd", "total"])) {
        let up = CHAIR.ids(&format!("{key}:any sort:{key},id"));
        let mut down = CHAIR.ids(&format!("{key}:any sort:-{key},-id"));
        down.reverse();
        prop_assert_eq!(up, down);
    }

    #[test]
    fn full_width_typing_asks_the_same(filter in filter()) {
        let wide: String = filter.chars().map(|c| match c {
            '!'..='~' => char::from_u32(u32::from(c) + 0xfee0).unwrap(),
            ' ' => '\u{3000}',
            c => c,
        }).collect();
        prop_assert_eq!(CHAIR.parse(&wide).unwrap(), CHAIR.parse(&filter).unwrap(), "{}", wide);
    }

    #[test]
    fn folding_twice_is_folding_once(text in "\\PC{0,40}") {
        prop_assert_eq!(folded(&folded(&text)), folded(&text));
        prop_assert_eq!(text.chars().map(fold_char).count(), text.chars().count());
    }
}
