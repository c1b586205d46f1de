//! What a number, a name, a day and a moment can be.

use pingyi::domain::{
    ids::{ApplicationId, LONGEST_ID, PersonCode},
    number::{Amount, BadNumber, Fraction, Percent, Points, RoundingMode, fixed, round},
    time::{Day, Moment},
};

use crate::support::rules::{of, points};

#[test]
fn points_are_read_strictly_and_the_reason_for_a_refusal_is_named() {
    let cases = [
        ("", BadNumber::Empty),
        ("-0", BadNumber::Signed),
        ("-1", BadNumber::Signed),
        ("+1", BadNumber::Signed),
        ("−1", BadNumber::Signed),
        ("1e2", BadNumber::Exponent),
        ("1E2", BadNumber::Exponent),
        ("８．５", BadNumber::FullWidth),
        ("8。5", BadNumber::FullWidth),
        ("٣", BadNumber::FullWidth),
        ("8.555", BadNumber::TooManyDigits),
        ("10000", BadNumber::TooManyDigits),
        ("123456789012345678901234567890", BadNumber::TooManyDigits),
        ("08", BadNumber::NotDigits),
        (".5", BadNumber::NotDigits),
        ("5.", BadNumber::NotDigits),
        ("1.2.3", BadNumber::NotDigits),
        ("1,000", BadNumber::NotDigits),
        (" 1", BadNumber::NotDigits),
        ("1 ", BadNumber::NotDigits),
        ("八", BadNumber::NotDigits),
        ("NaN", BadNumber::NotDigits),
        ("0x10", BadNumber::NotDigits),
        ("1_000", BadNumber::NotDigits),
    ];
    for (text, why) in cases {
        assert_eq!(text.parse::<Points>(), Err(why), "{text:?}");
    }
    for text in ["0", "0.5", "8", "8.5", "100", "9999.99"] {
        assert_eq!(points(text).to_string(), text);
    }
}

#[test]
fn one_value_has_one_form() {
    assert_eq!(points("8.50").to_string(), "8.5");
    assert_eq!(points("8.0"), points("8"));
    assert_eq!(points("0.00"), Points::ZERO);
}

#[test]
fn amounts_and_shares_keep_their_own_limits() {
    assert_eq!(of::<Amount>("9999999999.9999").to_string(), "9999999999.9999");
    assert_eq!("10000000000".parse::<Amount>(), Err(BadNumber::TooManyDigits));
    assert_eq!("1.23456".parse::<Amount>(), Err(BadNumber::TooManyDigits));
    assert_eq!(of::<Percent>("62.5%").to_string(), "62.5%");
    assert_eq!("60".parse::<Percent>(), Err(BadNumber::NotDigits));
    assert_eq!("%".parse::<Percent>(), Err(BadNumber::Empty));
    assert_eq!("60％".parse::<Percent>(), Err(BadNumber::NotDigits));
}

#[test]
fn a_share_of_a_maximum_is_exact() {
    assert_eq!(points("8").share(of("62.5%")), points("5").get());
    assert_eq!(points("0.01").share(of("0.01%")).to_string(), "0.000001");
}

#[test]
fn steps_are_counted_from_nought() {
    assert!(points("7.5").is_on_step(points("0.5")));
    assert!(points("0").is_on_step(points("4")));
    assert!(!points("7.3").is_on_step(points("0.5")));
    assert!(points("0.3").is_on_step(points("0.1")), "no binary fraction gets in between");
    assert!(points("7.33").is_on_step(Points::ZERO), "a step of nought admits everything");
}

#[test]
fn a_half_goes_up_or_to_the_even_neighbour_as_declared() {
    let half = "0.125".parse().unwrap();
    assert_eq!(round(half, 2, RoundingMode::HalfUp).to_string(), "0.13");
    assert_eq!(round(half, 2, RoundingMode::HalfEven).to_string(), "0.12");
    assert_eq!(fixed("82".parse().unwrap(), 2), "82.00");
    assert_eq!(fixed("82.005".parse().unwrap(), 2), "82.01");
}

#[test]
fn only_non_negative_figures_become_points() {
    assert_eq!(Points::exact("-0.1".parse().unwrap()), None);
    assert_eq!(Points::exact("-0".parse().unwrap()), Some(Points::ZERO), "there is one nought");
}

#[test]
fn a_fraction_is_two_small_whole_numbers_and_at_most_one() {
    assert_eq!(of::<Fraction>("2/3").to_string(), "2/3");
    for text in ["3/2", "0/3", "2/0", "02/3", "2/100", "2", "2/3/4", "-1/3", "2 / 3", "２/3"] {
        assert!(text.parse::<Fraction>().is_err(), "{text}");
    }
}

#[test]
fn an_id_is_short_ascii_and_cannot_leave_its_folder() {
    for text in ["sx-0007", "A2", "0", &"a".repeat(LONGEST_ID)] {
        assert_eq!(of::<ApplicationId>(text).as_str(), text);
    }
    for text in ["", "-a", "a b", "a/b", "..", "a.b", "a_b", "项目", "a\n", "а", &"a".repeat(LONGEST_ID + 1)] {
        assert!(text.parse::<ApplicationId>().is_err(), "{text:?}");
    }
    assert_eq!(of::<PersonCode>("R01").file_stem(), "r01");
}

#[test]
fn a_day_is_written_in_one_way_and_exists() {
    assert_eq!(of::<Day>("2028-02-29").to_string(), "2028-02-29");
    for text in ["2026-02-29", "2026-2-9", "20260209", "2026/02/09", "2026-02-09T00:00:00", " 2026-02-09", "2026年2月9日", ""] {
        assert!(text.parse::<Day>().is_err(), "{text:?}");
    }
}

#[test]
fn a_moment_is_kept_as_written_and_compared_by_the_instant() {
    let here: Moment = of("2026-03-16T09:00:00+08:00");
    let there: Moment = of("2026-03-16T01:00:00Z");
    assert_eq!(here.to_string(), "2026-03-16T09:00:00+08:00");
    assert_eq!(here.instant(), there.instant());
    assert_ne!(here, there, "a signature is over what was written");
    assert_eq!(here.day(), Some(of("2026-03-16")));
    assert_eq!(here.clock(), "09:00:00");
    for text in ["2026-03-16", "2026-03-16 09:00:00+08:00", "2026-03-16T09:00:00", "2026-03-16T25:00:00Z", "2026-03-16T09:00:00.5Z", ""] {
        assert!(text.parse::<Moment>().is_err(), "{text:?}");
    }
}

#[test]
fn numbers_travel_as_text_and_never_as_json_numbers() {
    assert_eq!(serde_json::to_string(&points("8.5")).unwrap(), "\"8.5\"");
    assert!(serde_json::from_str::<Points>("8.5").is_err());
    assert!(serde_json::from_str::<Points>("\"8.5\"").is_ok());
}
