//! Pictures of scores: a bar for a total, a box for the sheets of one application. They are drawn in points of the score itself, and the
//! browser stretches them, so that no coordinate is worked out here; every number in them stands in words beside it.

use std::fmt::Write as _;

use minijinja::Value;
use rust_decimal::Decimal;

use crate::{
    domain::{exact::Exact, number::RoundingMode},
    insight::boxplot,
};

/// A range of points that a picture shows.
#[derive(Debug, Clone, Copy)]
pub(super) struct Range {
    /// Lowest, a whole number.
    pub(super) low: Decimal,
    /// Highest, a whole number.
    pub(super) high: Decimal,
}

impl Range {
    /// The whole points around `values`, at least one wide.
    pub(super) fn around(values: &[Exact]) -> Self {
        let values: Vec<Decimal> = values.iter().map(|value| decimal(*value)).collect();
        let low = values.iter().min().copied().unwrap_or_default().floor();
        let high = values.iter().max().copied().unwrap_or_default().ceil().max(low.saturating_add(Decimal::ONE));
        Self { low, high }
    }

    /// From nought to `high`.
    pub(super) const fn up_to(high: Decimal) -> Self {
        Self { low: Decimal::ZERO, high }
    }

    fn open(self, label: &str) -> String {
        let width = self.high.saturating_sub(self.low);
        let low = self.low;
        format!("<svg viewBox=\"{low} 0 {width} 10\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"{label}\">")
    }
}

/// To two places: more than a line on paper shows.
pub(super) fn decimal(value: Exact) -> Decimal {
    value.round(2, RoundingMode::HalfUp).and_then(Exact::decimal).unwrap_or_default()
}

/// A bar from nought to `total`, and a broken line at the pass mark.
pub(super) fn bar(total: Exact, range: Range, pass: Option<Decimal>, won: bool) -> Value {
    let (value, class) = (decimal(total), if won { "won" } else { "rest" });
    let mut svg = range.open(&value.to_string());
    // Writing to a text cannot fail.
    let _ = write!(svg, "<path class=\"{class}\" d=\"M0,2 H{value} V8 H0 Z\"/>");
    if let Some(pass) = pass {
        let _ = write!(svg, "<path class=\"mark\" d=\"M{pass},0 V10\"/>");
    }
    svg.push_str("</svg>");
    Value::from_safe_string(svg)
}

/// A box plot; with fewer values than a box takes, a stroke for each.
pub(super) fn spread(values: &[Exact], range: Range) -> Value {
    let texts: Vec<String> = values.iter().map(|value| decimal(*value).normalize().to_string()).collect();
    let mut svg = range.open(&texts.join(" "));
    let numbers: Vec<f64> = texts.iter().filter_map(|text| text.parse().ok()).collect();
    match boxplot::of(&numbers) {
        Ok(found) => {
            let boxplot::BoxPlot { lower_whisker, lower_hinge, median, upper_hinge, upper_whisker, outside, .. } = found;
            let _ = write!(svg, "<path d=\"M{lower_whisker},5 H{lower_hinge} M{upper_hinge},5 H{upper_whisker}\"/>");
            let _ = write!(svg, "<path d=\"M{lower_whisker},3 V7 M{upper_whisker},3 V7\"/>");
            let _ = write!(svg, "<path class=\"rest\" d=\"M{lower_hinge},1 H{upper_hinge} V9 H{lower_hinge} Z\"/>");
            let _ = write!(svg, "<path class=\"mid\" d=\"M{median},1 V9\"/>");
            for value in outside {
                let _ = write!(svg, "<path class=\"mid\" d=\"M{value},4 V6\"/>");
            }
        }
        Err(_) => texts.iter().for_each(|value| {
            let _ = write!(svg, "<path class=\"mid\" d=\"M{value},2 V8\"/>");
        }),
    }
    svg.push_str("</svg>");
    Value::from_safe_string(svg)
}

/// Lowest, middle and highest of `values`, to two places; the middle of an even number lies between two.
pub(super) fn figures(values: &[Exact]) -> [String; 3] {
    let mut sorted: Vec<Decimal> = values.iter().map(|value| decimal(*value)).collect();
    sorted.sort_unstable();
    let text = |value: Option<Decimal>| value.map(|value| value.normalize().to_string()).unwrap_or_default();
    let half = sorted.len().checked_div(2).unwrap_or_default();
    let upper = sorted.get(half).copied();
    let middle = if sorted.len().is_multiple_of(2) {
        let lower = half.checked_sub(1).and_then(|at| sorted.get(at)).copied();
        lower.zip(upper).and_then(|(lower, upper)| lower.checked_add(upper)?.checked_div(Decimal::TWO))
    } else {
        upper
    };
    [text(sorted.first().copied()), text(middle), text(sorted.last().copied())]
}
