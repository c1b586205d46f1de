//! What holds for every panel, not only for the worked examples.

use std::collections::BTreeMap;

use pingyi::domain::{
    consolidate::{
        derivation::ItemResult,
        input::{ApplicationInput, ItemInput, SheetInput, Standing},
        item,
    },
    exact::Exact,
    result::ItemEntry,
    rubric::Rubric,
};
use proptest::prelude::*;
use serde_json::json;

use crate::support::{
    panel::{Crit, alone, crit, small_rubric, valid_sheet},
    rules::of,
};

fn criteria() -> Vec<Crit> {
    vec![crit("A1", "10", "1"), crit("A2", "10", "2"), crit("B1", "20", "0.5")]
}

fn trimmed(scope: &str) -> Rubric {
    let trim = json!({ "low": 1, "high": 1, "min_valid": 3, "scope": scope });
    small_rubric(
        &criteria(),
        json!({ "method": "trimmed-mean", "trim": trim, "round": [], "tie_break": ["dimension:A", "criterion:B1"] }),
        &[],
    )
}

/// Sheets of `R01`, `R02` … with points in halves.
fn sheets(least: usize) -> impl Strategy<Value = Vec<SheetInput>> {
    prop::collection::vec((0..=20_u32, 0..=20_u32, 0..=40_u32), least..=9).prop_map(|rows| {
        let half = |count: u32| if count.is_multiple_of(2) { (count / 2).to_string() } else { format!("{}.5", count / 2) };
        let sheet = |(at, (a1, a2, b1)): (usize, &(u32, u32, u32))| {
            let cells = [("A1", *a1), ("A2", *a2), ("B1", *b1)].map(|(id, count)| (id.to_owned(), half(count)));
            valid_sheet(&criteria(), &format!("R{:02}", at + 1), &BTreeMap::from(cells))
        };
        rows.iter().enumerate().map(sheet).collect()
    })
}

fn printed(rubric: &Rubric, result: &ItemResult) -> String {
    serde_json::to_string(&ItemEntry::of(rubric, result)).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn the_order_of_reviewers_and_applications_never_matters(one in sheets(1), other in sheets(1), third in sheets(1), seed in any::<u64>()) {
        let rubric = trimmed("total");
        let input = |turned: bool| {
            let mut applications: Vec<ApplicationInput> = [("b", &one), ("a", &other), ("c", &third)]
                .into_iter().map(|(id, sheets)| ApplicationInput::plain(of(id), sheets.clone())).collect();
            if turned {
                for application in &mut applications {
                    let by = usize::try_from(seed % 7).unwrap() % application.sheets.len();
                    application.sheets.rotate_left(by);
                    application.sheets.reverse();
                }
                applications.rotate_left(usize::try_from(seed % 3).unwrap());
            }
            printed(&rubric, &item(&rubric, &ItemInput::plain(of("t1"), applications)).unwrap())
        };
        prop_assert_eq!(input(false), input(true));
    }

    #[test]
    fn names_of_reviewers_bear_on_no_figure(sheets in sheets(3)) {
        let rubric = trimmed("total");
        let mut renamed = sheets.clone();
        let count = renamed.len();
        for (at, sheet) in renamed.iter_mut().enumerate() {
            sheet.reviewer = of(&format!("Q{:02}", count - at));
        }
        let (one, other) = (alone(&rubric, sheets), alone(&rubric, renamed));
        let figures = |result: &pingyi::domain::consolidate::derivation::ApplicationResult| {
            let criteria: Vec<Exact> = result.criteria.iter().map(|line| line.mean.exact).collect();
            (criteria, result.total.as_ref().map(|line| line.figure.exact))
        };
        prop_assert_eq!(figures(&one), figures(&other), "equal extremes share the drop, whoever gave them");
    }

    #[test]
    fn a_recused_sheet_changes_nothing(sheets in sheets(1), extra in sheets(1)) {
        let rubric = trimmed("total");
        let mut with = sheets.clone();
        with.push(SheetInput { reviewer: of("Z09"), standing: Standing::Recused, ..extra[0].clone() });
        let (one, other) = (alone(&rubric, sheets), alone(&rubric, with));
        prop_assert_eq!(one.total.map(|line| line.figure), other.total.map(|line| line.figure));
        prop_assert_eq!((one.valid, one.kept, one.outcome), (other.valid, other.kept, other.outcome));
    }

    #[test]
    fn a_trimmed_mean_lies_between_the_lowest_and_the_highest_sheet(sheets in sheets(3)) {
        let found = alone(&trimmed("total"), sheets);
        let totals: Vec<Exact> = found.sheets.iter().map(|sheet| sheet.total.exact).collect();
        let total = found.total.unwrap().figure.exact;
        prop_assert!(totals.iter().min().unwrap() <= &total && &total <= totals.iter().max().unwrap());
    }

    #[test]
    fn what_is_left_is_the_number_of_sheets_less_what_is_dropped(sheets in sheets(1), scope in prop::sample::select(vec!["total", "dimension", "criterion"])) {
        let count = sheets.len();
        let found = alone(&trimmed(scope), sheets);
        let expected = if count < 3 { count } else { count - 2 };
        prop_assert!(found.trims.iter().all(|line| line.kept == Exact::count(expected)));
        let shares = found.trims.iter().flat_map(|line| &line.shares);
        prop_assert!(shares.into_iter().all(|share| Exact::ZERO <= share.weight && share.weight <= Exact::ONE));
    }

    #[test]
    fn by_sheet_totals_the_means_of_criteria_and_dimensions_add_up_to_the_total_exactly(sheets in sheets(1)) {
        let found = alone(&trimmed("total"), sheets);
        let total = found.total.unwrap().figure.exact;
        prop_assert_eq!(Exact::sum(found.dimensions.iter().map(|line| line.figure.exact)).unwrap(), total);
        prop_assert_eq!(Exact::sum(found.criteria.iter().map(|line| line.weighted.exact)).unwrap(), total);
    }

    #[test]
    fn a_higher_score_never_lowers_the_total(sheets in sheets(1), which in any::<prop::sample::Index>()) {
        let rubric = trimmed("total");
        let before = alone(&rubric, sheets.clone()).total.unwrap().figure.exact;
        let mut raised = sheets;
        let at = which.index(raised.len());
        raised[at] = valid_sheet(&criteria(), raised[at].reviewer.as_str(), &BTreeMap::from([("A1", "10"), ("A2", "10"), ("B1", "20")].map(|(id, text)| (id.to_owned(), text.to_owned()))));
        prop_assert!(alone(&rubric, raised).total.unwrap().figure.exact >= before);
    }

    #[test]
    fn ranks_are_competition_ranks_and_everybody_who_is_tied_says_so(panels in prop::collection::vec(sheets(1), 1..6)) {
        let rubric = trimmed("total");
        let applications = panels.into_iter().enumerate().map(|(at, sheets)| ApplicationInput::plain(of(&format!("p{at}")), sheets)).collect();
        let rows = item(&rubric, &ItemInput::plain(of("t1"), applications)).unwrap().ranking.rows;
        for (at, row) in rows.iter().enumerate() {
            let same = rows.iter().filter(|other| other.rank == row.rank).count();
            prop_assert_eq!(row.tied, same > 1);
            prop_assert_eq!(row.rank, 1 + rows.iter().filter(|other| other.rank < row.rank).count());
            prop_assert!(row.rank <= at + 1);
        }
    }
}
