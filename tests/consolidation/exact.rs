//! Exact fractions: what they print, how they round, and that they refuse instead of wrapping.

use pingyi::domain::{
    exact::{Exact, TooLarge, square_root},
    number::{RoundingMode, round},
};
use proptest::prelude::*;
use rust_decimal::Decimal;

fn ratio(upper: i64, lower: i64) -> Exact {
    Exact::whole(upper).over(Exact::whole(lower)).unwrap()
}

fn decimal(text: &str) -> Exact {
    Exact::of(text.parse::<Decimal>().unwrap())
}

#[test]
fn a_number_with_a_last_place_is_written_as_a_decimal_and_any_other_as_a_fraction_in_lowest_terms() {
    let table = [
        (ratio(1, 2), "0.5"),
        (ratio(-1, 8), "-0.125"),
        (ratio(6, 4), "1.5"),
        (ratio(4, 6), "2/3"),
        (ratio(-4, 6), "-2/3"),
        (ratio(300, 3), "100"),
        (ratio(0, 7), "0"),
        (ratio(7, 400), "0.0175"),
        (decimal("82.50"), "82.5"),
        (Exact::hundredths(8250), "82.5"),
    ];
    for (number, text) in table {
        assert_eq!(number.to_string(), text);
    }
}

#[test]
fn places_are_filled_with_noughts_and_never_cut() {
    assert_eq!(decimal("82.5").text(2), "82.50");
    assert_eq!(decimal("82").text(2), "82.00");
    assert_eq!(decimal("82.125").text(2), "82.125");
    assert_eq!(ratio(1, 3).text(2), "1/3");
    assert_eq!(decimal("-0.5").text(2), "-0.50");
    assert_eq!(decimal("7").text(0), "7");
}

#[test]
fn a_sentence_shows_two_places_beside_a_fraction() {
    assert_eq!(ratio(245, 3).shown(), "245/3 ≈ 81.67");
    assert_eq!(decimal("81.5").shown(), "81.5");
}

#[test]
fn halves_go_away_from_nought_or_to_the_even_neighbour_on_both_sides_of_nought() {
    let table = [
        ("0.125", "0.13", "0.12"),
        ("0.135", "0.14", "0.14"),
        ("-0.125", "-0.13", "-0.12"),
        ("0.1249", "0.12", "0.12"),
        ("2.5", "2.5", "2.5"),
    ];
    for (number, up, even) in table {
        assert_eq!(decimal(number).round(2, RoundingMode::HalfUp).unwrap().to_string(), up);
        assert_eq!(decimal(number).round(2, RoundingMode::HalfEven).unwrap().to_string(), even);
    }
}

#[test]
fn a_third_added_three_times_is_one() {
    let third = ratio(1, 3);
    assert_eq!(Exact::sum([third, third, third]).unwrap(), Exact::ONE);
}

#[test]
fn what_does_not_fit_is_refused_and_never_wraps() {
    let huge = Exact::whole(i64::MAX).times(Exact::whole(i64::MAX)).unwrap();
    assert_eq!(huge.times(huge), Err(TooLarge));
    assert_eq!(huge.round(6, RoundingMode::HalfUp), Err(TooLarge));
    let twice = huge.plus(huge).unwrap();
    assert_eq!(twice.plus(huge), Err(TooLarge));
    let fine = Exact::ONE.over(huge).unwrap();
    assert_eq!(fine.plus(ratio(1, 3)), Err(TooLarge));
    assert_eq!(Exact::ONE.over(Exact::ZERO), Err(TooLarge));
    assert_eq!(huge.decimal(), Err(TooLarge));
}

#[test]
fn what_fits_only_in_lowest_terms_is_not_refused() {
    let huge = Exact::whole(i64::MAX).times(Exact::whole(i64::MAX)).unwrap();
    assert_eq!(huge.times(Exact::ONE.over(huge).unwrap()).unwrap(), Exact::ONE);
    assert_eq!(huge.over(huge).unwrap().plus(Exact::ONE).unwrap().to_string(), "2");
}

#[test]
fn numbers_too_large_to_be_multiplied_are_still_put_in_order() {
    let huge = Exact::whole(i64::MAX).times(Exact::whole(i64::MAX - 1)).unwrap();
    let (one, other) = (huge.over(ratio(3, 1)).unwrap(), huge.over(ratio(3, 1)).unwrap().plus(Exact::ONE).unwrap());
    assert!(one < other);
    assert!(other > one);
    let tiny = Exact::ONE.over(huge).unwrap();
    assert!(tiny > Exact::ZERO && tiny < ratio(1, 7) && Exact::ZERO.minus(tiny).unwrap() < Exact::ZERO);
}

/// From `bc -l`: `scale=40; sqrt(2)` and so on.
#[test]
fn roots_have_twenty_eight_right_digits() {
    let table = [
        (ratio(2, 1), "1.414213562373095048801688724"),
        (ratio(1, 2), "0.707106781186547524400844362"),
        (decimal("261.75"), "16.17868968736343616999828035"),
        (ratio(4, 9), "0.666666666666666666666666667"),
        (ratio(1, 1_000_000), "0.001"),
        (decimal("6.25"), "2.5"),
        (Exact::ZERO, "0"),
        (ratio(10_000_000_000, 1), "100000"),
    ];
    for (square, root) in table {
        assert_eq!(square_root(square).unwrap().to_string(), root, "root of {square}");
    }
    assert_eq!(square_root(ratio(-1, 2)), Err(TooLarge));
}

proptest! {
    #[test]
    fn rounding_agrees_with_exact_decimals(mantissa in -1_000_000_i64..1_000_000, scale in 0_u32..6, places in 0_u32..6) {
        let number = Decimal::new(mantissa, scale);
        for mode in [RoundingMode::HalfUp, RoundingMode::HalfEven] {
            prop_assert_eq!(Exact::of(number).round(places, mode).unwrap(), Exact::of(round(number, places, mode)));
        }
    }

    #[test]
    fn sums_and_products_follow_the_laws(a in -999_i64..999, b in 1_i64..99, c in -999_i64..999, d in 1_i64..99) {
        let (one, other) = (ratio(a, b), ratio(c, d));
        prop_assert_eq!(one.plus(other).unwrap(), other.plus(one).unwrap());
        prop_assert_eq!(one.plus(other).unwrap().minus(other).unwrap(), one);
        prop_assert_eq!(one.times(other).unwrap(), other.times(one).unwrap());
        prop_assert_eq!(one.plus(other).unwrap(), ratio(a * d + c * b, b * d));
        prop_assert_eq!(one.cmp(&other), (a * d).cmp(&(c * b)));
    }

    #[test]
    fn the_square_of_a_root_is_the_number_again(upper in 1_i64..1_000_000_000, lower in 1_i64..1_000_000) {
        let number = ratio(upper, lower);
        let root = square_root(number).unwrap();
        let back = root * root;
        let off = (back - number.decimal().unwrap()).abs();
        prop_assert!(off <= number.decimal().unwrap() * Decimal::new(1, 24) + Decimal::new(1, 26), "{} off by {}", number, off);
    }
}
