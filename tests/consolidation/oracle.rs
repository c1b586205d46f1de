//! Everything again by another way: whole numbers of hundredths, every way of choosing which of the equal sheets goes, and an average
//! over all of them. `just oracle` runs a million sets; a normal run twenty thousand (`PINGYI_ORACLE` says how many).

use std::collections::BTreeMap;

use pingyi::domain::{
    consolidate::input::{ApplicationInput, CellInput, ItemInput, SheetInput, Source, Standing},
    consolidate::item,
    exact::Exact,
    rubric::Rubric,
};
use serde_json::{Value, json};

use crate::support::{
    panel::{Crit, crit, small_rubric},
    rules::of,
};

/// A fraction of the test's own.
#[derive(Debug, Clone, Copy)]
struct Frac(i128, i128);

impl Frac {
    fn new(upper: i128, lower: i128) -> Self {
        let (mut a, mut b) = (upper.abs(), lower.abs());
        while b != 0 {
            (a, b) = (b, a % b);
        }
        let by = a.max(1) * lower.signum();
        Self(upper / by, lower / by)
    }

    fn plus(self, other: Self) -> Self {
        Self::new(self.0 * other.1 + other.0 * self.1, self.1 * other.1)
    }

    fn times(self, upper: i128, lower: i128) -> Self {
        Self::new(self.0 * upper, self.1 * lower)
    }

    /// By long division of twice the number: floor(2x) tells on which side of a half it is.
    fn round(self, places: u32, even: bool) -> Self {
        let scale = 10_i128.pow(places);
        let doubled = self.0 * scale * 2;
        let below = doubled.div_euclid(self.1);
        let exactly = doubled.rem_euclid(self.1) == 0 && below % 2 != 0;
        let mut whole = (below + 1).div_euclid(2);
        if exactly && even && whole % 2 != 0 {
            whole -= 1;
        }
        Self::new(whole, scale)
    }

    fn text(self) -> String {
        let number = Exact::whole(i64::try_from(self.0).unwrap()).over(Exact::whole(i64::try_from(self.1).unwrap())).unwrap();
        number.to_string()
    }
}

/// A generator of its own, so that a failure names its seed and nothing else.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % below
    }

    fn pick<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        from[usize::try_from(self.roll(from.len() as u64)).unwrap()]
    }
}

const WEIGHTS: [(&str, i128); 4] = [("A1", 100), ("A2", 200), ("B1", 50), ("B2", 133)];

fn criteria() -> Vec<Crit> {
    vec![crit("A1", "10", "1"), crit("A2", "10", "2"), crit("B1", "20", "0.5"), crit("B2", "10", "1.33")]
}

/// A declared arithmetic.
#[derive(Debug)]
struct Rule {
    method: String,
    low: usize,
    high: usize,
    scope: String,
    round: Vec<(String, u32, bool)>,
}

const STAGES: [&str; 5] = ["sheet", "criterion", "weighted", "dimension", "total"];

impl Rule {
    fn roll(dice: &mut Dice) -> Self {
        let method = dice.pick(&["trimmed-mean", "trimmed-mean", "trimmed-mean", "mean", "median", "sum"]).to_owned();
        let trimmed = method == "trimmed-mean";
        let (low, high) = match dice.roll(4) {
            _ if !trimmed => (0, 0),
            0 => (2, 1),
            1 => (1, 2),
            _ => (1, 1),
        };
        let scope = if trimmed { dice.pick(&["total", "dimension", "criterion"]) } else { "total" }.to_owned();
        let mut round = Vec::new();
        for stage in STAGES {
            if dice.roll(3) == 0 {
                round.push((stage.to_owned(), u32::try_from(dice.roll(3)).unwrap(), dice.roll(2) == 0));
            }
        }
        Self { method, low, high, scope, round }
    }

    fn rubric(&self) -> Rubric {
        let round: Vec<Value> = self
            .round
            .iter()
            .map(|(at, places, even)| json!({ "at": at, "places": places, "mode": if *even { "half-even" } else { "half-up" } }))
            .collect();
        let mut scoring = json!({ "method": self.method, "round": round });
        if self.method == "trimmed-mean" {
            let least = self.low + self.high + 1;
            scoring["trim"] = json!({ "low": self.low, "high": self.high, "min_valid": least, "scope": self.scope });
        }
        small_rubric(&criteria(), scoring, &[])
    }

    fn rounded(&self, stage: &str, value: Frac) -> Frac {
        match self.round.iter().find(|(at, ..)| at == stage) {
            Some((_, places, even)) => value.round(*places, *even),
            None => value,
        }
    }

    /// Every set of sheets that may be left, when `values` are what is put in order.
    fn left(&self, values: &[Frac]) -> Vec<Vec<usize>> {
        let n = values.len();
        let (low, high) = match self.method.as_str() {
            "median" => ((n - 1) / 2, (n - 1) / 2),
            _ if n < self.low + self.high + 1 => (0, 0),
            _ => (self.low, self.high),
        };
        let less = |one: usize, other: usize| values[one].0 * values[other].1 < values[other].0 * values[one].1;
        let mut found = Vec::new();
        for mask in 0..3_usize.pow(u32::try_from(n).unwrap()) {
            let side = |at: usize| mask / 3_usize.pow(u32::try_from(at).unwrap()) % 3;
            let count = |wanted: usize| (0..n).filter(|at| side(*at) == wanted).count();
            if count(1) != low || count(2) != high {
                continue;
            }
            let of = |wanted: usize| (0..n).filter(move |at| side(*at) == wanted).collect::<Vec<_>>();
            let (kept, lows, highs) = (of(0), of(1), of(2));
            let lowest = lows.iter().all(|one| kept.iter().chain(&highs).all(|other| !less(*other, *one)));
            let highest = highs.iter().all(|one| kept.iter().chain(&lows).all(|other| !less(*one, *other)));
            if lowest && highest {
                found.push(kept);
            }
        }
        found
    }

    /// The mean (or sum) of `values`, averaged over all `ways`.
    fn average(&self, values: &[Frac], ways: &[Vec<usize>]) -> Frac {
        let mut sum = Frac(0, 1);
        for way in ways {
            let own = way.iter().fold(Frac(0, 1), |sum, at| sum.plus(values[*at]));
            let divisor = if self.method == "sum" { 1 } else { way.len() as i128 };
            sum = sum.plus(own.times(1, divisor));
        }
        sum.times(1, ways.len() as i128)
    }

    /// Total and means of criteria.
    fn compute(&self, sheets: &[[i128; 4]]) -> (Frac, Vec<Frac>) {
        let value = |sheet: &[i128; 4], at: usize| Frac::new(sheet[at], 100);
        let weighted = |sheet: &[i128; 4], at: usize| value(sheet, at).times(WEIGHTS[at].1, 100);
        let subtotal = |sheet: &[i128; 4], dimension: usize| weighted(sheet, dimension * 2).plus(weighted(sheet, dimension * 2 + 1));
        let totals: Vec<Frac> = sheets.iter().map(|sheet| self.rounded("sheet", subtotal(sheet, 0).plus(subtotal(sheet, 1)))).collect();
        let by_total = self.left(&totals);
        let mut means = Vec::new();
        let mut sum = Frac(0, 1);
        for dimension in 0..2 {
            let subtotals: Vec<Frac> = sheets.iter().map(|sheet| subtotal(sheet, dimension)).collect();
            let mut figure = Frac(0, 1);
            for at in [dimension * 2, dimension * 2 + 1] {
                let values: Vec<Frac> = sheets.iter().map(|sheet| value(sheet, at)).collect();
                let ways = match self.scope.as_str() {
                    "total" => by_total.clone(),
                    "dimension" => self.left(&subtotals),
                    _ => self.left(&values),
                };
                let mean = self.rounded("criterion", self.average(&values, &ways));
                means.push(mean);
                figure = figure.plus(self.rounded("weighted", mean.times(WEIGHTS[at].1, 100)));
            }
            sum = sum.plus(self.rounded("dimension", figure));
        }
        let below = self.round.iter().any(|(at, ..)| matches!(at.as_str(), "criterion" | "weighted" | "dimension"));
        let total = if below || self.scope != "total" { sum } else { self.average(&totals, &by_total) };
        (self.rounded("total", total), means)
    }
}

fn roll_sheets(dice: &mut Dice) -> Vec<[i128; 4]> {
    let count = 1 + usize::try_from(dice.roll(6)).unwrap();
    // Few different values, so that equal extremes are frequent.
    let coarse = if dice.roll(2) == 0 { 100 } else { 25 };
    let below = if dice.roll(3) == 0 { 3 } else { 1000 / coarse + 1 };
    (0..count).map(|_| [0; 4].map(|_: i128| i128::from(dice.roll(below) * coarse))).collect()
}

fn inputs(sheets: &[[i128; 4]]) -> Vec<SheetInput> {
    let sheet = |(at, cells): (usize, &[i128; 4])| SheetInput {
        reviewer: of(&format!("R{at}")),
        bundle: String::new(),
        source: Source::Signed,
        standing: Standing::Valid,
        cells: cells.iter().map(|cell| CellInput::Points(Exact::hundredths(u32::try_from(*cell).unwrap()))).collect(),
    };
    sheets.iter().enumerate().map(sheet).collect()
}

#[test]
fn an_oracle_that_works_otherwise_finds_the_same_totals_means_and_ranks() {
    let sets: u64 = std::env::var("PINGYI_ORACLE").ok().map_or(20_000, |text| text.parse().unwrap());
    let each = 20;
    for seed in 1..=sets.div_ceil(each) {
        let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        let rule = Rule::roll(&mut dice);
        let rubric = rule.rubric();
        let panels: Vec<Vec<[i128; 4]>> = (0..each).map(|_| roll_sheets(&mut dice)).collect();
        let applications = panels.iter().enumerate().map(|(at, sheets)| ApplicationInput::plain(of(&format!("p{at:02}")), inputs(sheets)));
        let found = item(&rubric, &ItemInput::plain(of("t1"), applications.collect())).unwrap();
        let expected: Vec<(Frac, Vec<Frac>)> = panels.iter().map(|sheets| rule.compute(sheets)).collect();
        for ((result, (total, means)), sheets) in found.applications.iter().zip(&expected).zip(&panels) {
            let line = result.total.as_ref().unwrap();
            assert_eq!(line.figure.value().to_string(), total.text(), "seed {seed}: {rule:?} {sheets:?}");
            let own: Vec<String> = result.criteria.iter().map(|line| line.mean.value().to_string()).collect();
            assert_eq!(own, means.iter().map(|mean| mean.text()).collect::<Vec<_>>(), "seed {seed}: {rule:?} {sheets:?}");
        }
        let ranks: BTreeMap<String, usize> = found.ranking.rows.iter().map(|row| (row.id.to_string(), row.rank)).collect();
        for (at, (total, _)) in expected.iter().enumerate() {
            let ahead = expected.iter().filter(|(other, _)| other.0 * total.1 > total.0 * other.1).count();
            assert_eq!(ranks[&format!("p{at:02}")], ahead + 1, "seed {seed}: {rule:?}");
        }
    }
}
