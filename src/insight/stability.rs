//! Rank stability: which places would another, equally honest way of counting have changed?
//!
//! Leave-one-out is the jackknife of Tukey, "Bias and confidence in not-quite large samples", Annals of Mathematical Statistics 29
//! (1958) 614, put to ranks: nothing is estimated from it, it is only looked at. The rankings themselves are made by whoever
//! asks, by the same consolidation that decides; here they are only compared.

use crate::domain::ids::PersonCode;

/// Another way to have counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Variation {
    /// As declared, without the sheets of this reviewer.
    Without(PersonCode),
    /// All sheets, by this method of consolidation.
    Method(&'static str),
}

/// The place of every application, 1 for the first, equal places for ties (1, 2, 2, 4); `None` for one that is not ranked.
pub type Places = Vec<Option<usize>>;

/// Where an application stands against the quota.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seat {
    /// Within it.
    Inside,
    /// Beyond it, or not ranked.
    Outside,
    /// In a tie that reaches across its edge: a tie-break decides, not the scores.
    OnTheEdge,
}

/// How firm the place of one application is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Firmness {
    /// The best place in any ranking, the declared one included; `None` where it is never ranked.
    pub best: Option<usize>,
    /// The worst.
    pub worst: Option<usize>,
    /// In how many rankings it is not ranked at all.
    pub unranked: usize,
    /// Where the declared ranking puts it.
    pub seat: Seat,
    /// The variations that seat it otherwise.
    pub otherwise: Vec<Variation>,
}

impl Firmness {
    /// Whether the application is in the unstable band: a variation moves it across the edge, or it lies on it already.
    #[must_use]
    pub fn is_unstable(&self) -> bool {
        self.seat == Seat::OnTheEdge || !self.otherwise.is_empty()
    }
}

/// All applications of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stability {
    /// In the order of the declared ranking's entries.
    pub applications: Vec<Firmness>,
    /// Variations by which no ranking could be made, for example where too few sheets would be left.
    pub impossible: Vec<Variation>,
}

/// One variation for each reviewer and for each method.
#[must_use]
pub fn variations(reviewers: &[PersonCode], methods: &[&'static str]) -> Vec<Variation> {
    let without = reviewers.iter().cloned().map(Variation::Without);
    without.chain(methods.iter().copied().map(Variation::Method)).collect()
}

/// Compares the `declared` ranking with those that `rank` makes of the variations, in the same order of applications. `quota` is the
/// number of places; `rank` answers `None` where a variation makes no ranking.
pub fn stability(
    declared: &Places,
    quota: usize,
    variations: &[Variation],
    mut rank: impl FnMut(&Variation) -> Option<Places>,
) -> Stability {
    let mut impossible = Vec::new();
    let mut others = Vec::new();
    for variation in variations {
        match rank(variation) {
            Some(places) => others.push((variation, seats(&places, quota), places)),
            None => impossible.push(variation.clone()),
        }
    }
    let firmness = |(at, (own, seat)): (usize, (&Option<usize>, Seat))| {
        let elsewhere = others.iter().map(|(_, _, places)| places.get(at).copied().flatten());
        let places: Vec<Option<usize>> = std::iter::once(*own).chain(elsewhere).collect();
        let seated = |seats: &[Seat]| seats.get(at).copied().unwrap_or(Seat::Outside);
        let moved = others.iter().filter(|(_, seats, _)| seated(seats) != seat);
        Firmness {
            best: places.iter().flatten().min().copied(),
            worst: places.iter().flatten().max().copied(),
            unranked: places.iter().filter(|place| place.is_none()).count(),
            seat,
            otherwise: moved.map(|(variation, _, _)| (*variation).clone()).collect(),
        }
    };
    Stability { applications: declared.iter().zip(seats(declared, quota)).enumerate().map(firmness).collect(), impossible }
}

/// Where each application stands.
#[must_use]
pub fn seats(places: &[Option<usize>], quota: usize) -> Vec<Seat> {
    let seat = |place: &Option<usize>| {
        let Some(first) = *place else { return Seat::Outside };
        let tied = places.iter().filter(|other| **other == *place).count();
        // Places 2, 2, 2 take up the seats 2 to 4.
        let last = first.saturating_add(tied).saturating_sub(1);
        if first > quota {
            Seat::Outside
        } else if last <= quota {
            Seat::Inside
        } else {
            Seat::OnTheEdge
        }
    };
    places.iter().map(seat).collect()
}
