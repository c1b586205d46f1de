//! Pictures of scores: worked lines, and what holds for any values.

use pingyi::{
    domain::{exact::Exact, number::Points},
    tui::{
        settings::Charset,
        text::width,
        theme::Glyphs,
        widgets::plot::{hundredths, line, points, range, shade},
    },
};
use proptest::prelude::*;
use serde::Deserialize;

use crate::support::rules::of;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Drawn {
    why: String,
    values: Vec<String>,
    from: String,
    to: String,
    columns: usize,
    drawn: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Shaded {
    value: String,
    mark: String,
}

#[derive(Deserialize)]
struct Examples {
    line: Vec<Drawn>,
    shade: Vec<Shaded>,
}

fn examples() -> Examples {
    toml::from_str(include_str!("plot.toml")).unwrap()
}

fn exact(text: &str) -> i64 {
    hundredths(Exact::from(of::<Points>(text)))
}

const ASCII: Glyphs = Glyphs { ascii: true, narrow: true };

#[test]
fn scores_are_drawn_where_they_lie() {
    for example in examples().line {
        let values: Vec<i64> = example.values.iter().map(|value| exact(value)).collect();
        let drawn = line(ASCII, &values, (exact(&example.from), exact(&example.to)), example.columns);
        assert_eq!(drawn, example.drawn, "{}", example.why);
    }
}

#[test]
fn the_fuller_the_shade_the_higher_the_score() {
    for Shaded { value, mark } in examples().shade {
        assert_eq!(shade(ASCII, exact(&value), (0, 10_000)), mark, "{value}");
    }
}

#[test]
fn figures_beside_a_picture_have_one_place_and_are_rounded_half_up() {
    let table = [("48.5", "48.5"), ("82.04", "82.0"), ("82.05", "82.1"), ("0", "0.0"), ("99.99", "100.0")];
    for (given, shown) in table {
        assert_eq!(points(exact(given)), shown, "{given}");
    }
    let third = Exact::whole(245).over(Exact::whole(3)).unwrap();
    assert_eq!(hundredths(third), 8167, "81.666… as the panel would round it");
}

proptest! {
    #[test]
    fn a_picture_fills_its_columns_in_every_set_of_marks(values in prop::collection::vec(-1_000_i64..20_000, 0..12), columns in 0_usize..90,
        low in -500_i64..9_000, more in 0_i64..12_000) {
        for charset in [Charset::Unicode, Charset::Ascii] {
            let glyphs = Glyphs::new(charset, true);
            let drawn = line(glyphs, &values, (low, low + more), columns);
            prop_assert_eq!(width(&drawn), columns);
            prop_assert!(glyphs.ascii <= drawn.is_ascii());
            for value in &values {
                prop_assert_eq!(width(shade(glyphs, *value, (low, low + more))), 1);
            }
        }
    }

    #[test]
    fn with_its_own_range_every_picture_begins_and_ends_with_a_value(values in prop::collection::vec(0_i64..10_000, 2..12), columns in 2_usize..60) {
        let (low, high) = range(&values);
        prop_assume!(high > low);
        let drawn = line(ASCII, &values, (low, high), columns);
        prop_assert!(!drawn.starts_with(' ') && !drawn.ends_with(' '), "{}", drawn);
    }
}
