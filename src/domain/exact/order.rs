//! Which of two exact numbers is larger. An order never fails, so that sorting never does.

use std::cmp::Ordering;

use super::Exact;

impl PartialEq for Exact {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Exact {}

impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Exact {
    fn cmp(&self, other: &Self) -> Ordering {
        if self.denominator == other.denominator {
            return self.numerator.cmp(&other.numerator);
        }
        let crossed = (self.numerator.checked_mul(other.denominator), other.numerator.checked_mul(self.denominator));
        match crossed {
            (Some(left), Some(right)) => left.cmp(&right),
            _ => compare_by_parts(self.lowest(), other.lowest()),
        }
    }
}

/// Compares whole parts, then turned-over rests: needs no room at all, and ends because the denominators shrink.
fn compare_by_parts(one: Exact, other: Exact) -> Ordering {
    let (mut left, mut right, mut turned) = (one, other, false);
    loop {
        let wholes = (left.numerator.div_euclid(left.denominator), right.numerator.div_euclid(right.denominator));
        let rests = (left.numerator.rem_euclid(left.denominator), right.numerator.rem_euclid(right.denominator));
        let found = match wholes.0.cmp(&wholes.1) {
            Ordering::Equal if rests.0 == 0 || rests.1 == 0 => Some(rests.0.cmp(&rests.1)),
            Ordering::Equal => None,
            found => Some(found),
        };
        if let Some(found) = found {
            return if turned { found.reverse() } else { found };
        }
        left = Exact { numerator: left.denominator, denominator: rests.0 };
        right = Exact { numerator: right.denominator, denominator: rests.1 };
        turned = !turned;
    }
}
