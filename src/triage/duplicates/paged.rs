//! [`Paged`]: an array longer than memory.

use super::disk;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

/// Bytes of a page. Access is scattered, so a page is as small as the system's own.
const PAGE_BYTES: usize = 4096;

/// A value of a fixed number of bytes, a divisor of 4,096.
pub(super) trait Plain: Copy {
    /// How many bytes.
    const BYTES: usize;

    /// Writes the value into [`BYTES`](Self::BYTES) bytes.
    fn put(self, bytes: &mut [u8]);

    /// Returns the value in [`BYTES`](Self::BYTES) bytes.
    fn get(bytes: &[u8]) -> Self;
}

macro_rules! plain {
    ($type:ty) => {
        impl Plain for $type {
            const BYTES: usize = size_of::<$type>();

            fn put(self, bytes: &mut [u8]) {
                bytes.copy_from_slice(&self.to_le_bytes());
            }

            fn get(bytes: &[u8]) -> Self {
                bytes.iter().rev().fold(0, |value, &byte| value << 8 | <$type>::from(byte))
            }
        }
    };
}

plain!(u32);
plain!(u128);

/// An array of values that are all a default at first. A fixed number of pages is in memory, the others are in a file;
/// as long as all pages that were written to have room, there is no file.
#[derive(Debug)]
pub(super) struct Paged<T> {
    path: PathBuf,
    file: Option<File>,
    default: T,
    /// Page n can be in slot n modulo their number only: neighbours never push each other out.
    slots: Vec<Option<Page<T>>>,
    /// A bit a page: whether the file has it.
    stored: Vec<u64>,
    bytes: Vec<u8>,
}

#[derive(Debug)]
struct Page<T> {
    number: u64,
    dirty: bool,
    values: Vec<T>,
}

impl<T: Plain> Paged<T> {
    const VALUES: u64 = (PAGE_BYTES / T::BYTES) as u64;

    /// Returns an array full of `default` that takes up to about `budget` bytes of memory, one page at least; the file at
    /// `path` is made when it is needed, over whatever is there, and removed in the end.
    pub(super) fn new(path: &Path, default: T, budget: usize) -> Self {
        let slots = (budget / PAGE_BYTES).max(1);
        let slots = std::iter::repeat_with(|| None).take(slots).collect();
        Self { path: path.to_owned(), file: None, default, slots, stored: Vec::new(), bytes: vec![0; PAGE_BYTES] }
    }

    /// Returns the value at `index`; errors are the disk's, with the path.
    pub(super) fn get(&mut self, index: u64) -> io::Result<T> {
        let (number, slot, at) = self.place(index);
        let cached = matches!(&self.slots[slot], Some(page) if page.number == number);
        if !cached && !self.is_stored(number) {
            return Ok(self.default);
        }
        Ok(self.page(number, slot)?.values[at])
    }

    /// Sets the value at `index`; errors are the disk's, with the path.
    pub(super) fn set(&mut self, index: u64, value: T) -> io::Result<()> {
        let (number, slot, at) = self.place(index);
        let page = self.page(number, slot)?;
        page.values[at] = value;
        page.dirty = true;
        Ok(())
    }

    /// Returns whether the array needed its file.
    #[cfg(test)]
    pub(super) fn spilled(&self) -> bool {
        self.file.is_some()
    }

    fn place(&self, index: u64) -> (u64, usize, usize) {
        let number = index / Self::VALUES;
        (number, (number % self.slots.len() as u64) as usize, (index % Self::VALUES) as usize)
    }

    /// Returns page `number`, brought into its slot.
    fn page(&mut self, number: u64, slot: usize) -> io::Result<&mut Page<T>> {
        let values = match self.slots[slot].take() {
            Some(page) if page.number == number => return Ok(self.slots[slot].insert(page)),
            Some(page) => self.evict(page)?,
            None => vec![self.default; Self::VALUES as usize],
        };
        let mut page = Page { number, dirty: false, values };
        if self.is_stored(number) {
            self.load(&mut page)?;
        } else {
            page.values.fill(self.default);
        }
        Ok(self.slots[slot].insert(page))
    }

    /// Stores a page if it has news; returns its memory.
    fn evict(&mut self, page: Page<T>) -> io::Result<Vec<T>> {
        if page.dirty {
            for (bytes, value) in self.bytes.chunks_exact_mut(T::BYTES).zip(&page.values) {
                value.put(bytes);
            }
            if self.file.is_none() {
                self.file = Some(self.create()?);
            }
            if let Some(file) = &self.file {
                disk::write_at(file, page.number * PAGE_BYTES as u64, &self.bytes).map_err(|e| self.told(&e))?;
            }
            self.store(page.number);
        }
        Ok(page.values)
    }

    fn load(&mut self, page: &mut Page<T>) -> io::Result<()> {
        if let Some(file) = &self.file {
            disk::read_at(file, page.number * PAGE_BYTES as u64, &mut self.bytes).map_err(|e| self.told(&e))?;
        }
        for (value, bytes) in page.values.iter_mut().zip(self.bytes.chunks_exact(T::BYTES)) {
            *value = T::get(bytes);
        }
        Ok(())
    }

    fn create(&self) -> io::Result<File> {
        let mut options = File::options();
        options.read(true).write(true).create(true).truncate(true);
        options.open(&self.path).map_err(|error| self.told(&error))
    }

    fn is_stored(&self, number: u64) -> bool {
        self.stored.get((number / 64) as usize).is_some_and(|bits| bits >> (number % 64) & 1 == 1)
    }

    fn store(&mut self, number: u64) {
        let at = (number / 64) as usize;
        if self.stored.len() <= at {
            self.stored.resize(at + 1, 0);
        }
        self.stored[at] |= 1 << (number % 64);
    }

    fn told(&self, error: &io::Error) -> io::Error {
        io::Error::new(error.kind(), format!("{}: {error}", self.path.display()))
    }
}

impl<T> Drop for Paged<T> {
    fn drop(&mut self) {
        if self.file.take().is_some() {
            // It was for this run only; the run's folder goes as a whole when this fails.
            let _ = fs::remove_file(&self.path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{PAGE_BYTES, Paged, Plain};
    use proptest::prelude::*;
    use std::fmt::Debug;

    fn check<T: Plain + PartialEq + Debug>(default: T, pages: usize, steps: &[(u64, Option<T>)]) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("halaman");
        let mut paged = Paged::new(&path, default, pages * PAGE_BYTES);
        let mut plain = vec![default; 20_000];
        for (index, value) in steps {
            if let Some(value) = value {
                paged.set(*index, *value).unwrap();
                plain[*index as usize] = *value;
            }
            assert_eq!(paged.get(*index).unwrap(), plain[*index as usize]);
        }
        for (index, value) in (0..).zip(&plain) {
            assert_eq!(paged.get(index).unwrap(), *value);
        }
        assert_eq!(paged.spilled(), path.exists());
        drop(paged);
        assert!(!path.exists());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]
        #[test]
        fn an_array_is_an_array(
            small in prop::collection::vec((0..20_000u64, any::<Option<u32>>()), 0..300),
            big in prop::collection::vec((0..20_000u64, any::<Option<u128>>()), 0..300),
            pages in 0..5usize,
        ) {
            check(u32::MAX, pages, &small);
            check(7, pages, &big);
        }
    }

    #[test]
    fn what_fits_needs_no_file() {
        let folder = tempfile::tempdir().unwrap();
        let mut paged = Paged::new(&folder.path().join("tidak-ada/halaman"), 0, 20 * PAGE_BYTES);
        for index in 0..20_480u32 {
            paged.set(u64::from(index), index).unwrap();
        }
        assert_eq!(paged.get(20_479).unwrap(), 20_479);
        assert_eq!(paged.get(u64::MAX).unwrap(), 0);
        assert!(!paged.spilled());
    }

    #[test]
    fn a_failing_disk_is_told_with_the_path() {
        let folder = tempfile::tempdir().unwrap();
        let mut paged = Paged::new(&folder.path().join("tidak-ada/halaman"), 0u32, 0);
        paged.set(0, 1).unwrap();
        let told = paged.set(5_000, 1).unwrap_err().to_string();
        assert!(told.contains("halaman: "), "{told}");
    }
}
