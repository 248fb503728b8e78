//! [`Forest`]: which rows are in one group (union-find on disk).

use super::paged::Paged;
use std::io;
use std::path::Path;

/// A row that no other joined and that joined none: what was never written.
const ALONE: u32 = u32::MAX;

/// Rows and the rows they joined. The root of a group, its first row, joined itself.
#[derive(Debug)]
pub(super) struct Forest {
    parents: Paged<u32>,
    /// A bit a row, 32 rows a value: whether it joined another. Asked far more often than anybody joins, and small enough
    /// to stay in memory.
    joined: Paged<u32>,
}

impl Forest {
    /// Returns a forest of rows that are all alone, in at most about `budget` bytes of memory and files in `work`.
    pub(super) fn new(work: &Path, budget: usize) -> Self {
        let parents = Paged::new(&work.join("parents"), ALONE, budget / 5 * 4);
        Self { parents, joined: Paged::new(&work.join("joined"), 0, budget / 5) }
    }

    /// Returns the root of a row's group, or none where it is alone.
    pub(super) fn root(&mut self, row: u32) -> io::Result<Option<u32>> {
        let mut row = row;
        let mut parent = self.parents.get(row.into())?;
        if parent == ALONE {
            return Ok(None);
        }
        while parent != row {
            let above = self.parents.get(parent.into())?;
            if above != parent {
                // Halving the path keeps later ones short.
                self.parents.set(row.into(), above)?;
            }
            (row, parent) = (parent, above);
        }
        Ok(Some(row))
    }

    /// Returns whether a row joined another.
    pub(super) fn has_joined(&mut self, row: u32) -> io::Result<bool> {
        Ok(self.joined.get(u64::from(row / 32))? >> (row % 32) & 1 == 1)
    }

    /// Puts `row` and all that joined it into the group of `root`; neither has joined another.
    pub(super) fn join(&mut self, root: u32, row: u32) -> io::Result<()> {
        self.parents.set(row.into(), root)?;
        if self.parents.get(root.into())? == ALONE {
            self.parents.set(root.into(), root)?;
        }
        let bits = self.joined.get(u64::from(row / 32))?;
        self.joined.set(u64::from(row / 32), bits | 1 << (row % 32))
    }
}

#[cfg(test)]
mod tests {
    use super::Forest;

    #[test]
    fn groups_have_their_first_row_for_a_root() {
        let folder = tempfile::tempdir().unwrap();
        let mut forest = Forest::new(folder.path(), 0);
        // Far apart, so that every row has a page of its own and there is memory for one.
        let row = |n: u32| n * 100_000;
        for (root, joins) in [(8, 9), (7, 8), (1, 7), (1, 40), (3, 4)] {
            forest.join(row(root), row(joins)).unwrap();
        }
        for (n, root) in [
            (9, Some(1)),
            (8, Some(1)),
            (7, Some(1)),
            (1, Some(1)),
            (40, Some(1)),
            (4, Some(3)),
            (3, Some(3)),
            (2, None),
        ] {
            assert_eq!(forest.root(row(n)).unwrap(), root.map(row), "{n}");
            assert_eq!(forest.has_joined(row(n)).unwrap(), root.is_some_and(|root| root != n), "{n}");
        }
    }
}
