//! Means, spreads and middles that do not lose figures.
//!
//! The sample variance is the corrected two-pass algorithm of Chan, Golub & LeVeque, "Algorithms for computing the sample
//! variance: analysis and recommendations", The American Statistician 37 (1983) 242–247, eq. (1.7). Everything is divided by a
//! power of two first, which is exact, so that neither squares nor sums run over or vanish.

/// A count as a number; exact up to 2⁵³.
#[must_use]
pub const fn count(n: usize) -> f64 {
    n as f64
}

/// The largest power of two that is not above `|largest|`, and never nought: dividing by it is exact and leaves values below two.
#[must_use]
pub fn binade(largest: f64) -> f64 {
    const EXPONENT: u64 = 0x7ff0_0000_0000_0000;
    f64::from_bits(largest.to_bits() & EXPONENT).max(f64::MIN_POSITIVE)
}

/// The largest magnitude among `values`; nought for none.
#[must_use]
pub fn magnitude<'a>(values: impl IntoIterator<Item = &'a f64>) -> f64 {
    values.into_iter().fold(0.0, |largest: f64, value| largest.max(value.abs()))
}

/// Lowest and highest; `None` for no values.
#[must_use]
pub fn extremes<'a>(values: impl IntoIterator<Item = &'a f64>) -> Option<(f64, f64)> {
    values.into_iter().fold(None, |found, value| match found {
        None => Some((*value, *value)),
        Some((lowest, highest)) => Some((value.min(lowest), value.max(highest))),
    })
}

/// The mean; `None` for no values. Taken about the first value, so that the mean of equal values is exactly that value.
#[must_use]
pub fn mean(values: &[f64]) -> Option<f64> {
    let (lowest, highest) = extremes(values)?;
    let scale = binade(lowest.abs().max(highest.abs()));
    let origin = values.first()? / scale;
    let shift = values.iter().map(|value| value / scale - origin).sum::<f64>() / count(values.len());
    Some(((origin + shift) * scale).max(lowest).min(highest))
}

/// The sample standard deviation, with n − 1 below; `None` below two values. May be infinite for values near the largest number.
#[must_use]
pub fn sample_sd(values: &[f64]) -> Option<f64> {
    if values.len() < 2 {
        return None;
    }
    let centre = mean(values)?;
    let scale = binade(magnitude(values));
    let (sum, squares) = values.iter().fold((0.0, 0.0), |(sum, squares), value| {
        let deviation = value / scale - centre / scale;
        (sum + deviation, squares + deviation * deviation)
    });
    let corrected = (squares - sum * sum / count(values.len())).max(0.0);
    Some(scale * (corrected / count(values.len() - 1)).sqrt())
}

/// The median; the mean of the middle two where their number is even. `None` for no values.
#[must_use]
pub fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    median_of_sorted(&sorted)
}

/// The median of values that are in order already.
#[must_use]
pub(super) fn median_of_sorted(sorted: &[f64]) -> Option<f64> {
    let upper = *sorted.get(sorted.len() / 2)?;
    let lower = *sorted.get(sorted.len().saturating_sub(1) / 2)?;
    // Halved before they are added, because the sum of two large values may run over; the halves of equal values would lose the
    // last figure of a value too small to be halved.
    Some(if lower.total_cmp(&upper).is_eq() { lower } else { lower / 2.0 + upper / 2.0 })
}
