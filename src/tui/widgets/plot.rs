//! Pictures of scores in a line of text: a box plot where there are enough values, else a strip of points.
//!
//! Places are whole hundredths of a point from here on: nothing is computed with a fraction while drawing.

use crate::{
    domain::{exact::Exact, number::RoundingMode},
    insight::boxplot,
    tui::theme::Glyphs,
};

/// `value` in hundredths of a point.
#[must_use]
pub fn hundredths(value: Exact) -> i64 {
    let rounded = value.round(2, RoundingMode::HalfUp).unwrap_or(Exact::ZERO).text(2);
    rounded.replace('.', "").parse().unwrap_or_default()
}

/// Hundredths as points, with one decimal place.
#[must_use]
pub fn points(hundredths: i64) -> String {
    let tenths = hundredths.saturating_add(5).div_euclid(10);
    format!("{}.{}", tenths.div_euclid(10), tenths.rem_euclid(10))
}

/// The lowest and the highest of some values.
#[must_use]
pub fn range(values: &[i64]) -> (i64, i64) {
    (values.iter().min().copied().unwrap_or_default(), values.iter().max().copied().unwrap_or_default())
}

/// The values as a picture of so many columns between `low` and `high`.
#[must_use]
pub fn line(glyphs: Glyphs, values: &[i64], (low, high): (i64, i64), columns: usize) -> String {
    let last = columns.saturating_sub(1);
    let width = high.saturating_sub(low).max(1);
    let column = |value: i64| {
        let share = value.saturating_sub(low).clamp(0, width).saturating_mul(i64::try_from(last).unwrap_or_default());
        usize::try_from(share.checked_div(width).unwrap_or_default()).unwrap_or_default().min(last)
    };
    let mut cells: Vec<&str> = vec![" "; columns];
    let mut fill = |from: usize, to: usize, mark: &'static str| {
        cells.iter_mut().take(to.saturating_add(1)).skip(from).for_each(|cell| *cell = mark);
    };
    let numbers: Vec<f64> = values.iter().filter_map(|value| i32::try_from(*value).ok()).map(f64::from).collect();
    let Ok(found) = boxplot::of(&numbers) else {
        values.iter().for_each(|value| fill(column(*value), column(*value), "o"));
        return cells.concat();
    };
    let at = |value: f64| column(format!("{value:.0}").parse().unwrap_or_default());
    let (rule, end, body, median) = if glyphs.ascii { ("-", "|", "=", "#") } else { ("─", "│", "▒", "█") };
    fill(at(found.lower_whisker), at(found.upper_whisker), rule);
    fill(at(found.lower_hinge), at(found.upper_hinge), body);
    for whisker in [found.lower_whisker, found.upper_whisker] {
        fill(at(whisker), at(whisker), end);
    }
    fill(at(found.median), at(found.median), median);
    found.outside.iter().for_each(|value| fill(at(*value), at(*value), "o"));
    cells.concat()
}

/// The shade of a value between `low` and `high`, in five steps: the fuller, the higher.
#[must_use]
pub fn shade(glyphs: Glyphs, value: i64, (low, high): (i64, i64)) -> &'static str {
    let marks = if glyphs.ascii { [".", ":", "+", "*", "#"] } else { [" ", "░", "▒", "▓", "█"] };
    let width = high.saturating_sub(low).max(1);
    let step = value.saturating_sub(low).clamp(0, width).saturating_mul(5).checked_div(width).unwrap_or_default();
    marks.get(usize::try_from(step).unwrap_or_default().min(4)).copied().unwrap_or(" ")
}
