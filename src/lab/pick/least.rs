//! [`Least`]: the items with the smallest keys of a stream, in bounded memory.

use std::collections::BTreeMap;

/// Keeps the items with the smallest keys; of equal keys those that came first.
#[derive(Debug)]
pub(super) struct Least<T> {
    most: usize,
    kept: BTreeMap<(u64, u64), T>,
    seen: u64,
}

impl<T> Least<T> {
    /// Returns an empty one that keeps `most`.
    pub(super) fn new(most: usize) -> Self {
        Self { most, kept: BTreeMap::new(), seen: 0 }
    }

    /// Returns whether an item with `key` would be kept if it came now.
    pub(super) fn wants(&self, key: u64) -> bool {
        self.kept.len() < self.most || self.kept.last_key_value().is_some_and(|((worst, _), _)| key < *worst)
    }

    /// Adds an item; returns the one that has to go, perhaps itself.
    pub(super) fn add(&mut self, key: u64, item: T) -> Option<T> {
        self.seen += 1;
        self.kept.insert((key, self.seen), item);
        if self.kept.len() > self.most { self.kept.pop_last().map(|(_, item)| item) } else { None }
    }

    /// Returns the items, smallest key first.
    pub(super) fn into_items(self) -> Vec<T> {
        self.kept.into_values().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Least;

    #[test]
    fn the_smallest_keys_stay_the_first_of_equals() {
        let mut least = Least::new(3);
        let gone: Vec<Option<&str>> =
            [(5, "a"), (1, "b"), (5, "c"), (9, "d"), (5, "e"), (0, "f")].map(|(key, item)| least.add(key, item)).into();
        assert_eq!(gone, [None, None, None, Some("d"), Some("e"), Some("c")]);
        assert!(least.wants(4) && !least.wants(5));
        assert_eq!(least.into_items(), ["f", "b", "a"]);
    }
}
