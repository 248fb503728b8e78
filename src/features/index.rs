//! [`Index`]: which feature id a key has.

/// Sorted keys with a directory over their leading bits: a lookup reads one bucket boundary and about one key.
///
/// The feature id of a key is its rank, so the keys alone define the index and a file needs nothing else.
#[derive(Debug, Clone)]
pub struct Index {
    keys: Vec<u32>,
    /// `starts[b]..starts[b + 1]` are the ids whose key begins with the bits `b`.
    starts: Vec<u32>,
    shift: u32,
}

/// Why keys do not make an index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum IndexError {
    /// Ids are ranks, so keys must rise.
    #[error(
        "feature key {found:#010x} at rank {rank} is not above its predecessor {before:#010x}; expected keys in strictly rising order"
    )]
    Order {
        /// Rank of the offending key.
        rank: usize,
        /// The key before it.
        before: u32,
        /// The key found.
        found: u32,
    },
}

impl Index {
    /// Returns the index over `keys`.
    ///
    /// # Errors
    /// [`IndexError::Order`] unless the keys rise strictly.
    pub fn new(keys: Vec<u32>) -> Result<Self, IndexError> {
        for (rank, pair) in keys.windows(2).enumerate() {
            if pair[0] >= pair[1] {
                return Err(IndexError::Order { rank: rank + 1, before: pair[0], found: pair[1] });
            }
        }
        let bits = (usize::BITS - keys.len().leading_zeros()).clamp(1, 24);
        let shift = u32::BITS - bits;
        let mut starts = vec![0u32; (1 << bits) + 1];
        for &key in &keys {
            starts[(key >> shift) as usize + 1] += 1;
        }
        for bucket in 1..starts.len() {
            starts[bucket] += starts[bucket - 1];
        }
        Ok(Self { keys, starts, shift })
    }

    /// Returns the index without any feature.
    pub fn empty() -> Self {
        Self { keys: Vec::new(), starts: vec![0; 3], shift: u32::BITS - 1 }
    }

    /// Returns the id of `key`.
    #[inline]
    pub fn get(&self, key: u32) -> Option<u32> {
        let bucket = (key >> self.shift) as usize;
        let (start, end) = (self.starts[bucket], self.starts[bucket + 1]);
        (start..end).find(|&id| self.keys[id as usize] == key)
    }

    /// Returns the keys in order of their ids.
    pub fn keys(&self) -> &[u32] {
        &self.keys
    }

    /// Returns the number of features.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Returns whether there is no feature.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn finds_what_is_there_and_nothing_else(keys: std::collections::BTreeSet<u32>, probe: u32) {
            let index = Index::new(keys.iter().copied().collect()).unwrap();
            for (rank, &key) in keys.iter().enumerate() {
                prop_assert_eq!(index.get(key), Some(rank as u32));
            }
            prop_assert_eq!(index.get(probe).is_some(), keys.contains(&probe));
        }
    }

    #[test]
    fn refuses_unsorted_keys() {
        let error = Index::new(vec![1, 5, 5]).unwrap_err();
        assert_eq!(error, IndexError::Order { rank: 2, before: 5, found: 5 });
    }
}
