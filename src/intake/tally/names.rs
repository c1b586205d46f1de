//! Names as numbers: each name is checked once, when it is first seen.

use std::{collections::HashMap, str::FromStr};

/// Names of one kind and their numbers, in the order in which they were first seen.
pub(super) struct Names<T> {
    pub(super) all: Vec<T>,
    numbers: HashMap<Box<[u8]>, u32>,
    /// The name before. Tables are mostly sorted, so the next line mostly has the same.
    last: (Vec<u8>, u32),
}

impl<T: FromStr> Names<T> {
    pub(super) fn new() -> Self {
        Self { all: Vec::new(), numbers: HashMap::new(), last: (Vec::new(), 0) }
    }

    /// The number of `name`; `None` where it is no name of this kind.
    pub(super) fn number(&mut self, name: &[u8]) -> Option<u32> {
        if self.last.0 == name && !name.is_empty() {
            return Some(self.last.1);
        }
        let number = match self.numbers.get(name) {
            Some(number) => *number,
            None => self.new_name(name)?,
        };
        self.last.0.clear();
        self.last.0.extend_from_slice(name);
        self.last.1 = number;
        Some(number)
    }

    /// Takes over the names of another part; says which number each of them has here.
    pub(super) fn absorb(&mut self, other: Self) -> Vec<u32> {
        let mut numbers = vec![0; other.all.len()];
        for (name, number) in other.numbers {
            let own = self.number(&name).unwrap_or(u32::MAX);
            if let Some(place) = usize::try_from(number).ok().and_then(|at| numbers.get_mut(at)) {
                *place = own;
            }
        }
        numbers
    }

    /// All names, and their numbers.
    pub(super) fn finish(self) -> (Vec<T>, HashMap<Box<[u8]>, u32>) {
        (self.all, self.numbers)
    }

    fn new_name(&mut self, name: &[u8]) -> Option<u32> {
        let parsed = std::str::from_utf8(name).ok()?.parse().ok()?;
        let number = u32::try_from(self.all.len()).ok()?;
        self.all.push(parsed);
        self.numbers.insert(name.into(), number);
        Some(number)
    }
}
