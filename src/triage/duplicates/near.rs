//! [`Near`]: who of those that share a key says the same.

use super::DuplicateError;
use super::forest::Forest;
use super::ranges::Files;
use super::record::{Record, parts};
use super::shingle::same;

/// Groups that a row is compared with for one key: work grows with the rows, however many share a key.
const MOST_LEADERS: usize = 32;

/// Most of the 32 bits of two sketches that differ in rows that are compared.
///
/// Four are equal by the shared key. Of the others 3 differ on average at an overlap of 0.8, and more than 8 in one or two of
/// 1,000 cases; at an overlap of 0.1 it is 13 on average, and 8 or fewer in one of 30.
const MOST_BITS: u32 = 8;

/// Goes through records in their order.
#[derive(Debug, Default)]
pub(super) struct Near {
    key: Option<u64>,
    /// The first record of a key, until it is known that there is another.
    first: Option<Record>,
    /// First rows of groups, the last one that was joined first; only so many as `used` are the key's.
    leaders: Vec<Row>,
    used: usize,
    row: Row,
    /// Pairs that were compared.
    pub(super) compared: u64,
}

/// A row with its shingles, once they are needed.
#[derive(Debug, Default)]
struct Row {
    row: u32,
    bits: u32,
    shingles: Vec<u32>,
    read: bool,
}

impl Row {
    fn set(&mut self, row: u32, bits: u32) {
        (self.row, self.bits, self.read) = (row, bits, false);
    }

    fn read(&mut self, files: &mut Files<'_>) -> Result<(), DuplicateError> {
        if !self.read {
            files.shingles(self.row, &mut self.shingles)?;
            self.read = true;
        }
        Ok(())
    }
}

impl Near {
    /// Takes the next record; puts its row into a group that has its key and fits.
    pub(super) fn take(
        &mut self,
        files: &mut Files<'_>,
        forest: &mut Forest,
        record: Record,
    ) -> Result<(), DuplicateError> {
        let key = Some(parts(record).0);
        if key != self.key {
            (self.key, self.first, self.used) = (key, Some(record), 0);
            return Ok(());
        }
        if let Some(first) = self.first.take() {
            self.place(files, forest, first)?;
        }
        self.place(files, forest, record)
    }

    fn place(&mut self, files: &mut Files<'_>, forest: &mut Forest, record: Record) -> Result<(), DuplicateError> {
        let (_, row, bits) = parts(record);
        // Who joined a group is there already; the group's first row speaks for it.
        if forest.has_joined(row).map_err(DuplicateError::Pages)? {
            return Ok(());
        }
        self.row.set(row, bits);
        for at in 0..self.used {
            if self.leaders[at].row == row {
                // Two of its keys are equal by chance.
                return Ok(());
            }
            if self.fits(files, at)? {
                forest.join(self.leaders[at].row, row).map_err(DuplicateError::Pages)?;
                self.leaders[..=at].rotate_right(1);
                return Ok(());
            }
        }
        self.lead();
        Ok(())
    }

    fn fits(&mut self, files: &mut Files<'_>, at: usize) -> Result<bool, DuplicateError> {
        let leader = &mut self.leaders[at];
        if (leader.bits ^ self.row.bits).count_ones() > MOST_BITS {
            return Ok(false);
        }
        leader.read(files)?;
        self.row.read(files)?;
        self.compared += 1;
        Ok(same(&leader.shingles, &self.row.shingles))
    }

    /// Makes the row at hand a leader, in the place of the one that was longest without news if there are too many.
    fn lead(&mut self) {
        self.used = (self.used + 1).min(MOST_LEADERS);
        if self.leaders.len() < self.used {
            self.leaders.push(Row::default());
        }
        std::mem::swap(&mut self.leaders[self.used - 1], &mut self.row);
        self.leaders[..self.used].rotate_right(1);
    }
}
