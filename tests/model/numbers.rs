//! Numbers against a second opinion: the grammar as a machine that reads one character after the other, and values in whole
//! ten-thousandths.

use std::fmt::Debug;

use pingyi::{
    domain::{
        desk::admit_cell,
        number::{Amount, Percent, Points, RoundingMode, fixed, round},
        sheet::Cell,
    },
    intake::{rubric, shipped::RUBRICS},
};
use proptest::{prelude::*, sample::select};
use rust_decimal::Decimal;

use super::fraction::Fraction;
use crate::support::rules::{of, package};

/// Reads the grammar character by character: the value in ten-thousandths, or `None` where it is not a number of this kind.
fn machine(text: &str, most_whole: usize, most_places: usize) -> Option<i128> {
    let (mut value, mut whole, mut places) = (0_i128, 0, None);
    let mut first = '?';
    for c in text.chars() {
        match (c, &mut places) {
            ('0'..='9', None) => {
                if whole == 1 && first == '0' {
                    return None;
                }
                (first, whole) = (if whole == 0 { c } else { first }, whole + 1);
            }
            ('0'..='9', Some(count)) => *count += 1,
            ('.', None) if whole > 0 => {
                places = Some(0);
                continue;
            }
            _ => return None,
        }
        value = value.checked_mul(10)?.checked_add(i128::from(c as u32 - '0' as u32))?;
    }
    let places = match places {
        Some(0) => return None,
        Some(count) => count,
        None => 0,
    };
    (whole > 0 && whole <= most_whole && places <= most_places).then(|| value * 10_i128.pow(4 - places as u32))
}

/// The one way to write a value of so many ten-thousandths.
fn canonical(value: i128) -> String {
    let text = format!("{}.{:04}", value / 10_000, value % 10_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// What the program makes of a text, in ten-thousandths and as it prints it.
fn read<T>(text: &str, get: fn(T) -> Decimal) -> Option<(i128, String)>
where
    T: std::str::FromStr<Err: Debug> + Copy + std::fmt::Display,
{
    let value: T = text.parse().ok()?;
    let mut exact = get(value);
    exact.rescale(4);
    Some((exact.mantissa(), value.to_string()))
}

/// Points, amounts and percentages of one text, by the program and by the machine.
fn agree(text: &str) -> Result<(), TestCaseError> {
    let expect = |value: Option<i128>, sign: &str| value.map(|value| (value, canonical(value) + sign));
    prop_assert_eq!(read(text, Points::get), expect(machine(text, 4, 2), ""), "points {:?}", text);
    prop_assert_eq!(read(text, Amount::get), expect(machine(text, 10, 4), ""), "amount {:?}", text);
    let with_sign = format!("{text}%");
    prop_assert_eq!(read(&with_sign, Percent::get), expect(machine(text, 4, 2), "%"), "percent {:?}", with_sign);
    let in_json: Result<Points, _> = serde_json::from_value(serde_json::Value::String(text.to_owned()));
    prop_assert_eq!(in_json.ok(), text.parse().ok(), "a file reads what a person types: {:?}", text);
    Ok(())
}

/// What people, spreadsheets and attackers write in place of a number.
const HOSTILE: [&str; 60] = [
    "",
    " ",
    "0",
    "-0",
    "+0",
    "−0",
    "－0",
    "00",
    "007",
    "0.",
    ".0",
    ".",
    "..",
    "0..0",
    "0.0.0",
    "1e2",
    "1E2",
    "1e-2",
    "1e+2",
    "1.5e1",
    "e",
    "e5",
    "0x10",
    "0b11",
    "0o7",
    "1_000",
    "_1",
    "1_",
    "1,000",
    "7,5",
    "7;5",
    "７",
    "７.５",
    "７．５",
    "7．5",
    "7。5",
    "७",
    "٣",
    "𝟕",
    "七",
    "Ⅶ",
    "½",
    "²",
    "1²",
    "NaN",
    "nan",
    "inf",
    "-inf",
    "Infinity",
    "1 ",
    " 1",
    "1\n",
    "1\t0",
    "1\u{200b}",
    "\u{feff}1",
    "1\u{202e}0",
    "1\0",
    "123456789012345678901234567890",
    "0.000000000000000000000000000001",
    "9999.999",
];

#[test]
fn every_hostile_spelling_is_judged_as_the_machine_judges_it() {
    let accepted: Vec<&str> = HOSTILE.into_iter().filter(|text| text.parse::<Points>().is_ok()).collect();
    assert_eq!(accepted, ["0"], "of all these only a plain nought is points");
    for text in HOSTILE {
        agree(text).unwrap();
        for wrapped in [format!("{text}0"), format!("1{text}"), format!("{text}.5"), format!("'{text}"), format!("{text}{text}")] {
            agree(&wrapped).unwrap();
        }
    }
}

#[test]
fn a_number_in_a_file_is_never_a_bare_number() {
    for bare in ["7.5", "7", "1e2", "-0", "null", "true", "[]", "{}", "9007199254740993"] {
        assert!(serde_json::from_str::<Points>(bare).is_err(), "{bare}");
        assert!(serde_json::from_str::<Percent>(bare).is_err(), "{bare}");
    }
}

fn text() -> impl Strategy<Value = String> {
    let sound = || (0..=99_999_u32, 0..=4_usize).prop_map(|(value, places)| format!("{:.*}", places, f64::from(value) / 100.0));
    let letters = select("0123456789.0123456789.eE+-_ ,x%\u{ff10}\u{ff15}\u{ff0e}\u{663}\u{1d7d5}".chars().collect::<Vec<_>>());
    let noise = prop::collection::vec(letters.clone(), 0..9).prop_map(String::from_iter);
    let bent = (sound(), any::<prop::sample::Index>(), letters).prop_map(|(text, at, letter)| {
        let mut characters: Vec<char> = text.chars().collect();
        characters.insert(at.index(characters.len() + 1), letter);
        String::from_iter(characters)
    });
    prop_oneof![sound(), noise, bent, "\\PC{0,6}", "[0-9]{0,40}(\\.[0-9]{0,40})?"]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_judged_as_the_machine_judges_it(text in text()) {
        agree(&text)?;
    }
}

#[test]
fn every_criterion_of_every_shipped_rubric_takes_its_steps_within_its_range_and_nothing_else() {
    let mut criteria = 0;
    for shipped in RUBRICS {
        let file: toml::Table = toml::from_str(shipped.text).unwrap();
        let mut package = package();
        package.rubric = rubric::read(shipped.id, shipped.text).unwrap().0;
        let word = |table: &toml::Table, key: &str| table.get(key).and_then(|value| value.as_str()).map(str::to_owned);
        for criterion in file["criterion"].as_array().unwrap().iter().map(|one| one.as_table().unwrap()) {
            criteria += 1;
            let id = word(criterion, "id").unwrap();
            let number = |key: &str, usual: &str| machine(&word(criterion, key).unwrap_or_else(|| usual.to_owned()), 4, 2).unwrap() / 100;
            let (min, max) = (number("min", "0"), number("max", "?"));
            let step = number("step", &word(&file, "step").unwrap());
            let computed = word(criterion, "kind").unwrap() == "formula";
            for hundredths in 0..=max + 150 {
                let value = canonical(hundredths * 100).parse().unwrap();
                let fits = !computed && (min..=max).contains(&hundredths) && hundredths % step == 0;
                let admitted = admit_cell(&package, &of(&id), &Cell::Scored { value }).is_ok();
                assert_eq!(admitted, fits, "{} {id} {value}", shipped.id);
            }
            let not_applicable = |reason: &str| admit_cell(&package, &of(&id), &Cell::NotApplicable { reason: reason.to_owned() }).is_ok();
            let may = !computed && word(criterion, "na").is_some_and(|policy| policy != "forbid");
            assert_eq!((not_applicable("不涉及"), not_applicable(" \n")), (may, false), "{} {id}", shipped.id);
        }
    }
    assert!(criteria >= 60, "{criteria} criteria of five rubrics");
}

#[test]
fn every_half_point_and_its_neighbours_are_rounded_as_declared() {
    for places in 0..=4_u32 {
        let unit = 10_i128.pow(places);
        for count in (0..400).chain([9_999, 10_000, 123_456_789]) {
            // A half, a hair below and a hair above it: in units of ten thousand-millionths of the last place.
            for hair in [-1, 0, 1] {
                let (upper, lower) = ((2 * count + 1) * 5_000_000_000 + hair, unit * 10_000_000_000);
                let exact = Fraction::new(upper, lower);
                let value = Decimal::from_i128_with_scale(upper, 10 + places);
                for (sign, value) in [(1, value), (-1, -value)] {
                    let signed = exact.times(Fraction::whole(sign));
                    let shown = format!("{value} to {places} places");
                    assert!(signed.half_up(places).is(round(value, places, RoundingMode::HalfUp)), "half up: {shown}");
                    assert!(signed.half_even(places).is(round(value, places, RoundingMode::HalfEven)), "half even: {shown}");
                    let text = fixed(value, places);
                    assert_eq!(text.split_once('.').map_or(0, |(_, digits)| digits.len()), places as usize, "{shown}: {text}");
                    assert!(signed.half_up(places).is(text.parse().unwrap()), "printed: {shown}: {text}");
                }
            }
        }
    }
}
