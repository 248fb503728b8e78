//! [`group`]: rows that say the same, and who speaks for them.

use super::file::{Keys, SketchFile};
use super::forest::Forest;
use super::near::Near;
use super::paged::{Paged, Plain};
use super::ranges::Files;
use super::record::{RECORD_BYTES, parts};
use super::{DuplicateError, MOST_ROWS};
use std::io;
use std::path::{Path, PathBuf};

/// Which rows say the same.
#[derive(Debug)]
pub struct Groups {
    forest: Forest,
    compared: u64,
    work: PathBuf,
    budget: usize,
}

/// Which rows say the same, and who speaks for them.
#[derive(Debug)]
pub struct Members {
    forest: Forest,
    /// What is known of a group, at its first row.
    sums: Paged<Sum>,
}

/// What is known of a group.
#[derive(Debug, Clone, Copy)]
struct Sum {
    /// The least key.
    best: u128,
    /// How many rows it has.
    count: u32,
}

/// What a row is in its group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Member {
    /// The row that speaks for the group, itself perhaps.
    pub representative: u32,
    /// How many rows the group has, itself among them.
    pub count: u32,
}

/// Returns the groups of the rows in `files`, which must follow one another from row 0 on.
///
/// At most about `budget` bytes of memory are used, here and by what is returned; what does not fit is in files in `work`
/// that are removed with it: `parents`, `joined` and `sums`.
///
/// # Errors
/// [`DuplicateError`]: files that do not follow one another, too many rows, or a disk that fails.
pub fn group(files: &[SketchFile], work: &Path, budget: usize) -> Result<Groups, DuplicateError> {
    let rows = files.iter().map(|file| u64::from(file.rows())).sum();
    if rows > MOST_ROWS {
        return Err(DuplicateError::TooManyRows { found: rows });
    }
    let most = (budget as u64 / 4 / RECORD_BYTES).max(1);
    let mut files = Files::new(files)?;
    let mut forest = Forest::new(work, budget / 8 * 5);
    join_exact(&mut files, &mut forest, most)?;
    let mut near = Near::default();
    files.visit(Keys::Near, most, |files, record| near.take(files, &mut forest, record))?;
    Ok(Groups { forest, compared: near.compared, work: work.to_owned(), budget })
}

/// Puts rows with the same words together, told by their hashes of 64 bits alone: among a hundred million texts the chance
/// that any two others have the same is under one in a thousand.
fn join_exact(files: &mut Files<'_>, forest: &mut Forest, most: u64) -> Result<(), DuplicateError> {
    let mut first: Option<(u64, u32)> = None;
    files.visit(Keys::Exact, most, |_, record| {
        let (key, row, _) = parts(record);
        match first {
            Some((same, before)) if same == key => forest.join(before, row).map_err(DuplicateError::Pages)?,
            _ => first = Some((key, row)),
        }
        Ok(())
    })
}

impl Groups {
    /// Returns the first row of a row's group, itself perhaps.
    ///
    /// # Errors
    /// The disk's, with the path.
    pub fn root(&mut self, row: u32) -> io::Result<u32> {
        Ok(self.forest.root(row)?.unwrap_or(row))
    }

    /// Returns how many pairs of rows were compared.
    pub fn compared(&self) -> u64 {
        self.compared
    }

    /// Returns who speaks for each group: the row with the least of `keys`, of which every row has one. A key's lower 32
    /// bits are the row. Rows in order are fastest.
    ///
    /// # Errors
    /// [`DuplicateError::Keys`] when the iterator fails, [`DuplicateError::Pages`] when the disk does.
    pub fn elect(mut self, keys: impl IntoIterator<Item = io::Result<u128>>) -> Result<Members, DuplicateError> {
        let mut sums = Paged::new(&self.work.join("sums"), Sum::NONE, self.budget / 8 * 3);
        for key in keys {
            let key = key.map_err(DuplicateError::Keys)?;
            if let Some(root) = self.forest.root(key as u32).map_err(DuplicateError::Pages)? {
                add(&mut sums, root, key).map_err(DuplicateError::Pages)?;
            }
        }
        Ok(Members { forest: self.forest, sums })
    }
}

fn add(sums: &mut Paged<Sum>, root: u32, key: u128) -> io::Result<()> {
    let Sum { best, count } = sums.get(root.into())?;
    sums.set(root.into(), Sum { best: best.min(key), count: count + 1 })
}

impl Sum {
    const NONE: Self = Self { best: u128::MAX, count: 0 };
}

impl Plain for Sum {
    /// 20 and what makes pages come out even.
    const BYTES: usize = 32;

    fn put(self, bytes: &mut [u8]) {
        self.best.put(&mut bytes[..16]);
        self.count.put(&mut bytes[16..20]);
    }

    fn get(bytes: &[u8]) -> Self {
        Self { best: Plain::get(&bytes[..16]), count: Plain::get(&bytes[16..20]) }
    }
}

impl Members {
    /// Returns what a row is in its group.
    ///
    /// # Errors
    /// The disk's, with the path.
    pub fn of(&mut self, row: u32) -> io::Result<Member> {
        let alone = Member { representative: row, count: 1 };
        let Some(root) = self.forest.root(row)? else { return Ok(alone) };
        let Sum { best, count } = self.sums.get(root.into())?;
        // Nobody gave the group's keys.
        Ok(if count == 0 { alone } else { Member { representative: best as u32, count } })
    }
}

#[cfg(test)]
mod tests {
    use super::super::sketch::{BANDS, Sketch};
    use super::super::{SketchBuffer, SketchFile};
    use super::{Groups, Member, group};
    use std::path::Path;

    const ROWS: u32 = 200_000;

    fn grouped(work: &Path, rows: u32, budget: usize, sketch: impl Fn(u32) -> Sketch) -> Groups {
        let mut buffer = SketchBuffer::default();
        let mut files = Vec::new();
        for first in (0..rows).step_by(5_000) {
            (first..first + 5_000).for_each(|row| buffer.push(&sketch(row)));
            let path = work.join(first.to_string());
            buffer.write(&path, first).unwrap();
            files.push(SketchFile::open(&path).unwrap());
        }
        group(&files, work, budget).unwrap()
    }

    #[test]
    fn work_grows_with_the_rows_however_many_share_a_key() {
        let near = |row: u32, shingles: Vec<u32>| Sketch { shingles, exact: row.into(), keys: [7; BANDS], bits: 0 };
        let all = u64::from(ROWS);
        for (name, rows, compared, sketch) in [
            ("the same words", ROWS, 0..=0, &(|_| near(3, vec![1, 2, 3, 4, 5, 6, 7])) as &dyn Fn(u32) -> Sketch),
            ("one word differs", ROWS, all - 1..=all - 1, &|row| near(row, (0..9).chain([row + 9]).collect())),
            ("all words differ", ROWS / 10, all / 10..=32 * all / 10, &|row| near(row, vec![row; 7])),
        ] {
            let folder = tempfile::tempdir().unwrap();
            let mut groups = grouped(folder.path(), rows, 1 << 16, sketch);
            assert!(compared.contains(&groups.compared()), "{name}: {}", groups.compared());
            let first = if name == "all words differ" { rows - 1 } else { 0 };
            assert_eq!(groups.root(rows - 1).unwrap(), first, "{name}");
        }
    }

    #[test]
    fn the_least_key_speaks() {
        let folder = tempfile::tempdir().unwrap();
        let same = |row: u32| Sketch { shingles: vec![row % 3; 7], exact: (row % 3).into(), keys: [9; BANDS], bits: 0 };
        let groups = grouped(folder.path(), ROWS, 1 << 20, same);
        let key = |row: u32| u128::from(ROWS - row) << 32 | u128::from(row);
        let mut members = groups.elect((0..ROWS).map(|row| Ok(key(row)))).unwrap();
        for (row, representative, count) in [(0, 199_998, 66_667), (1, 199_999, 66_667), (199_997, 199_997, 66_666)] {
            assert_eq!(members.of(row).unwrap(), Member { representative, count }, "{row}");
        }
        assert_eq!(members.of(ROWS).unwrap(), Member { representative: ROWS, count: 1 });
    }
}
