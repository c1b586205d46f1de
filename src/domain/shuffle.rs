//! A reading order that nobody chose and anybody can repeat: a shuffle fixed by a recorded seed.

/// FNV-1a, 64 bits (Fowler, Noll and Vo; IETF draft-eastlake-fnv): a text becomes a number.
#[must_use]
pub fn fnv1a(text: &str) -> u64 {
    const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    text.bytes().fold(OFFSET, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(PRIME))
}

/// The generator splitmix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014).
struct SplitMix(u64);

impl SplitMix {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 to `bound` − 1: the high half of a product (Lemire 2019), whose bias is beneath notice for a worklist.
    fn below(&mut self, bound: usize) -> usize {
        let product = u128::from(self.next()) * (bound as u128);
        usize::try_from(product >> 64).unwrap_or(0)
    }
}

/// Shuffles `list` by Fisher and Yates (Durstenfeld 1964; Knuth, TAOCP 2, algorithm P), fixed by `seed`.
pub fn shuffle<T>(list: &mut [T], seed: &str) {
    let mut random = SplitMix(fnv1a(seed));
    for last in (1..list.len()).rev() {
        let chosen = random.below(last.saturating_add(1));
        list.swap(last, chosen);
    }
}
