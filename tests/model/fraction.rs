//! Exact fractions of whole numbers, as schoolbooks have them: the second opinion on every sum.

use std::cmp::Ordering;

use rust_decimal::Decimal;

/// `upper / lower`, in lowest terms, `lower` above nought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fraction {
    upper: i128,
    lower: i128,
}

fn common(mut one: i128, mut other: i128) -> i128 {
    while other != 0 {
        (one, other) = (other, one % other);
    }
    one.abs().max(1)
}

impl Fraction {
    pub(super) const NOUGHT: Self = Self { upper: 0, lower: 1 };

    pub(super) fn new(upper: i128, lower: i128) -> Self {
        assert!(lower != 0, "division by nought");
        let common = common(upper, lower) * lower.signum();
        Self { upper: upper / common, lower: lower / common }
    }

    pub(super) fn whole(value: i128) -> Self {
        Self::new(value, 1)
    }

    /// The value of a text such as `12.5`.
    pub(super) fn read(text: &str) -> Self {
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        Self::new(format!("{whole}{part}").parse().unwrap(), 10_i128.pow(part.len() as u32))
    }

    pub(super) fn plus(self, other: Self) -> Self {
        Self::new(self.upper * other.lower + other.upper * self.lower, self.lower * other.lower)
    }

    pub(super) fn times(self, other: Self) -> Self {
        let one = Self::new(self.upper, other.lower);
        let two = Self::new(other.upper, self.lower);
        Self::new(one.upper * two.upper, one.lower * two.lower)
    }

    pub(super) fn over(self, other: Self) -> Self {
        self.times(Self::new(other.lower, other.upper))
    }

    pub(super) fn cmp(self, other: Self) -> Ordering {
        (self.upper * other.lower).cmp(&(other.upper * self.lower))
    }

    pub(super) fn min(self, other: Self) -> Self {
        if self.cmp(other).is_gt() { other } else { self }
    }

    /// Rounded to so many places, a half away from nought, by whole numbers only.
    pub(super) fn half_up(self, places: u32) -> Self {
        let scale = 10_i128.pow(places);
        let (upper, lower) = (self.upper.abs() * scale, self.lower);
        let rounded = (2 * upper + lower) / (2 * lower);
        Self::new(self.upper.signum() * rounded, scale)
    }

    /// The same with a half to the even neighbour.
    pub(super) fn half_even(self, places: u32) -> Self {
        let scale = 10_i128.pow(places);
        let (upper, lower) = (self.upper.abs() * scale, self.lower);
        let (below, twice_rest) = (upper / lower, 2 * (upper % lower));
        let up = twice_rest > lower || (twice_rest == lower && below % 2 == 1);
        Self::new(self.upper.signum() * (below + i128::from(up)), scale)
    }

    /// Whether `value` is this fraction: exactly where it ends within twenty places, else to twenty-two places.
    pub(super) fn is(self, value: Decimal) -> bool {
        let found = Self::new(value.mantissa(), 10_i128.pow(value.scale()));
        let mut rest = self.lower;
        for prime in [2, 5] {
            while rest % prime == 0 {
                rest /= prime;
            }
        }
        if rest == 1 {
            return found == self;
        }
        // Both times 10^22, cut to whole numbers: a quotient of 28 digits may differ in its last place only.
        let cut = |value: Self| (value.upper / value.lower) * 10_i128.pow(22) + (value.upper % value.lower) * 10_i128.pow(22) / value.lower;
        let reduced = Decimal::from_i128_with_scale(cut(self), 22);
        (reduced - value).abs() <= Decimal::new(2, 22)
    }
}

#[test]
fn the_oracle_itself_is_right_on_what_everybody_can_check() {
    let half = Fraction::new(1, 2);
    assert_eq!(half.plus(Fraction::new(1, 3)), Fraction::new(5, 6));
    assert_eq!(half.over(Fraction::new(3, 4)), Fraction::new(2, 3));
    assert_eq!(Fraction::read("12.50"), Fraction::new(25, 2));
    assert_eq!((half.half_up(0), half.half_even(0)), (Fraction::whole(1), Fraction::whole(0)));
    assert_eq!((Fraction::new(3, 2).half_up(0), Fraction::new(3, 2).half_even(0)), (Fraction::whole(2), Fraction::whole(2)));
    assert!(Fraction::new(1, 3).is("0.3333333333333333333333333333".parse().unwrap()));
    assert!(!Fraction::new(1, 3).is("0.33333333".parse().unwrap()) && !half.is("0.50000000000000000001".parse().unwrap()));
}
