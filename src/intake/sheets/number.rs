//! Numbers and days out of the binary fractions in which spreadsheets keep them.

use rust_decimal::Decimal;

use crate::intake::sheets::Cell;

/// Digits that a spreadsheet keeps and shows.
const KEPT: usize = 15;
/// Longest number that is written out, in characters; beyond it no field of an application goes.
const LONGEST: usize = 40;

/// The cell of a number: its shortest decimal form that is the same number, cut to the digits that a spreadsheet keeps.
pub(super) fn of(value: f64) -> Cell {
    let shortest = format!("{value}");
    if !value.is_finite() || shortest.len() > LONGEST {
        return Cell::Text(shortest.chars().take(LONGEST).collect());
    }
    if significant(&shortest) <= KEPT {
        return Cell::Number { digits: shortest, exact: true };
    }
    let cut = Decimal::from_scientific(&format!("{value:.14e}")).map(|kept| kept.normalize().to_string());
    Cell::Number { digits: cut.unwrap_or(shortest), exact: false }
}

/// The cell of a number that the file has as text.
pub(super) fn of_text(text: &str) -> Cell {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') && text.starts_with(|c: char| c.is_ascii_digit());
    if plain && significant(text) <= KEPT {
        return Cell::Number { digits: text.to_owned(), exact: true };
    }
    text.parse().map_or_else(|_| Cell::text(text), of)
}

/// A share as people see it: `0.52` under a percent format is `52%`.
pub(super) fn percent(cell: Cell) -> Cell {
    let Cell::Number { digits, .. } = &cell else { return cell };
    match digits.parse::<Decimal>().ok().and_then(|share| share.checked_mul(Decimal::ONE_HUNDRED)) {
        Some(shown) => Cell::Text(format!("{}%", shown.normalize())),
        None => cell,
    }
}

/// A day, and behind it the time where there is one.
pub(super) fn day((year, month, day, hour, minute, second, _): (u16, u8, u8, u8, u8, u8, u16)) -> Cell {
    let date = format!("{year:04}-{month:02}-{day:02}");
    Cell::Day(if (hour, minute, second) == (0, 0, 0) { date } else { format!("{date} {hour:02}:{minute:02}:{second:02}") })
}

/// A day as ISO 8601 has it, with or without a time.
pub(super) fn iso_day(text: &str) -> Cell {
    match text.split_once('T') {
        Some((day, "00:00:00" | "00:00:00.000" | "00:00:00Z")) => Cell::Day(day.to_owned()),
        Some((day, time)) => Cell::Day(format!("{day} {time}")),
        None => Cell::Day(text.to_owned()),
    }
}

/// How many digits count: without leading zeros, and in a whole number without those at its end.
fn significant(text: &str) -> usize {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.trim_start_matches('0');
    if text.contains('.') { digits.len() } else { digits.trim_end_matches('0').len() }
}
