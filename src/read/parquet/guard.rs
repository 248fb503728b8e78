//! [`Guarded`]: a Parquet file whose pages are checked before memory is taken for what they claim.

use super::footer::bytes;
use super::thrift::{Fault, varint, walk};
use parquet::basic::{Compression, Encoding, Type};
use parquet::bloom_filter::Sbbf;
use parquet::column::page::{Page, PageMetadata, PageReader};
use parquet::errors::{ParquetError, Result};
use parquet::file::metadata::{ParquetMetaData, RowGroupMetaData};
use parquet::file::reader::{FileReader, RowGroupReader, SerializedFileReader};
use parquet::record::reader::RowIter;
use parquet::schema::types::{ColumnDescPtr, Type as Schema, TypePtr};
use std::fs::File;
use std::sync::Arc;

/// Bytes of the longest page: one of every column is in memory. Most programs write pages of 1 MiB; DuckDB one for 122,880 rows.
const MOST_PAGE: i64 = 64 << 20;

/// Bytes of the longest dictionary; programs write up to 1 MiB.
const MOST_DICTIONARY: usize = 16 << 20;

/// Values of a page.
const MOST_VALUES: i64 = 1 << 24;

/// Bytes in which a page's header mostly ends, and in which every one does.
const HEADERS: [u64; 2] = [1 << 14, 1 << 20];

/// A page that holds an index and no values, as its header says it.
const INDEX_PAGE: i64 = 1;

/// A file of which every page is checked.
pub(super) struct Guarded {
    reader: SerializedFileReader<File>,
    file: Arc<File>,
}

impl Guarded {
    /// Returns the file, whose footer has been checked.
    pub(super) fn new(file: File) -> Result<Self> {
        Ok(Self { file: Arc::new(file.try_clone()?), reader: SerializedFileReader::new(file)? })
    }

    /// Returns the type of its rows.
    pub(super) fn schema(&self) -> TypePtr {
        self.reader.metadata().file_metadata().schema_descr().root_schema_ptr()
    }

    /// Returns how many rows it says it has.
    pub(super) fn rows(&self) -> u64 {
        u64::try_from(self.reader.metadata().file_metadata().num_rows()).unwrap_or(0)
    }

    /// Returns the first compression of a column that the library was built without.
    pub(super) fn unknown_compression(&self) -> Option<&'static str> {
        let mut columns = self.reader.metadata().row_groups().iter().flat_map(RowGroupMetaData::columns);
        columns.find_map(|column| match column.compression() {
            Compression::BROTLI(_) => Some("Brotli"),
            Compression::LZO => Some("LZO"),
            _ => None,
        })
    }
}

impl FileReader for Guarded {
    fn metadata(&self) -> &ParquetMetaData {
        self.reader.metadata()
    }

    fn num_row_groups(&self) -> usize {
        self.reader.num_row_groups()
    }

    fn get_row_group(&self, at: usize) -> Result<Box<dyn RowGroupReader + '_>> {
        Ok(Box::new(Group { group: self.reader.get_row_group(at)?, file: &self.file }))
    }

    fn get_row_iter(&self, projection: Option<Schema>) -> Result<RowIter<'_>> {
        RowIter::from_file(projection, self)
    }
}

/// A row group of the file.
struct Group<'f> {
    group: Box<dyn RowGroupReader + 'f>,
    file: &'f Arc<File>,
}

impl RowGroupReader for Group<'_> {
    fn metadata(&self) -> &RowGroupMetaData {
        self.group.metadata()
    }

    fn num_columns(&self) -> usize {
        self.group.num_columns()
    }

    fn get_column_page_reader(&self, at: usize) -> Result<Box<dyn PageReader>> {
        let chunk = self.group.metadata().column(at);
        let (start, length) = chunk.byte_range();
        let end = start.saturating_add(length);
        let pages = self.group.get_column_page_reader(at)?;
        let column = chunk.column_descr_ptr();
        Ok(Box::new(Column { pages, column, file: Arc::clone(self.file), next: start, end }))
    }

    fn get_column_bloom_filter(&self, at: usize) -> Option<&Sbbf> {
        self.group.get_column_bloom_filter(at)
    }

    fn get_row_iter(&self, projection: Option<Schema>) -> Result<RowIter<'_>> {
        RowIter::from_row_group(projection, self)
    }
}

/// The pages of a column.
struct Column {
    pages: Box<dyn PageReader>,
    column: ColumnDescPtr,
    file: Arc<File>,
    /// Where the next page begins, and where the last ends.
    next: u64,
    end: u64,
}

impl Column {
    /// Checks the header of the next page that holds values; returns where the page ends.
    fn look(&self) -> Result<u64> {
        let mut next = self.next;
        while next < self.end {
            let header = Header::read(&self.file, next)?;
            next = next.saturating_add(header.bytes).saturating_add(header.stored.unsigned_abs());
            if header.kind != INDEX_PAGE {
                break;
            }
        }
        Ok(next)
    }
}

impl Iterator for Column {
    type Item = Result<Page>;

    fn next(&mut self) -> Option<Self::Item> {
        self.get_next_page().transpose()
    }
}

impl PageReader for Column {
    fn get_next_page(&mut self) -> Result<Option<Page>> {
        self.next = self.look()?;
        let page = self.pages.get_next_page()?;
        page.map(|page| check_page(&page, &self.column).map(|()| page)).transpose()
    }

    fn peek_next_page(&mut self) -> Result<Option<PageMetadata>> {
        self.look()?;
        self.pages.peek_next_page()
    }

    fn skip_next_page(&mut self) -> Result<()> {
        self.next = self.look()?;
        self.pages.skip_next_page()
    }
}

/// What a page's header claims.
#[derive(Default)]
struct Header {
    /// The header's own bytes.
    bytes: u64,
    kind: i64,
    /// The page's bytes in the file.
    stored: i64,
    /// The page's bytes in memory.
    unpacked: i64,
    values: i64,
}

impl Header {
    /// Returns the header at `start`, which claims no more than a page can have.
    fn read(file: &File, start: u64) -> Result<Self> {
        for length in HEADERS {
            match Self::parse(&bytes(file, start, length)?) {
                Err(Fault::Short) => {}
                Err(Fault::Malformed) => break,
                Ok(header) => return header.checked(),
            }
        }
        Err(damaged("found no page where one should be"))
    }

    fn parse(bytes: &[u8]) -> std::result::Result<Self, Fault> {
        let mut header = Self::default();
        let length = walk(bytes, &mut |path, number| {
            let number = number.unwrap_or(0);
            match path {
                [1] => header.kind = number,
                [2] => header.unpacked = number,
                [3] => header.stored = number,
                [5 | 7 | 8, 1] => header.values = header.values.max(number),
                _ => {}
            }
        })?;
        header.bytes = length as u64;
        Ok(header)
    }

    fn checked(self) -> Result<Self> {
        let size = self.unpacked.max(self.stored);
        if size <= MOST_PAGE && self.values <= MOST_VALUES {
            return Ok(self);
        }
        let expected = format!("expected {MOST_PAGE} and {MOST_VALUES} at most");
        Err(damaged(format!("found a page of {size} bytes and {} values; {expected}", self.values)))
    }
}

/// Checks that the values which a page claims are in it.
fn check_page(page: &Page, column: &ColumnDescPtr) -> Result<()> {
    let (found, most) = match page {
        Page::DictionaryPage { buf, num_values, .. } => {
            let bytes = if buf.len() <= MOST_DICTIONARY { buf.len() } else { 0 };
            (u64::from(*num_values), (bytes / least(column)) as u64)
        }
        Page::DataPage { .. } | Page::DataPageV2 { .. } => (lengths(page, column)?, u64::from(page.num_values())),
    };
    if found <= most {
        Ok(())
    } else {
        Err(damaged(format!("found a page of {found} values; expected {most} at most")))
    }
}

/// Returns the bytes that a value of the column takes at least in a dictionary.
fn least(column: &ColumnDescPtr) -> usize {
    match column.physical_type() {
        Type::BOOLEAN => 1,
        Type::INT32 | Type::FLOAT | Type::BYTE_ARRAY => 4,
        Type::INT64 | Type::DOUBLE => 8,
        Type::INT96 => 12,
        Type::FIXED_LEN_BYTE_ARRAY => usize::try_from(column.type_length()).unwrap_or(1).max(1),
    }
}

/// Returns how many lengths of texts a page claims to begin with, for which memory is taken at once; 0 if it has none.
fn lengths(page: &Page, column: &ColumnDescPtr) -> Result<u64> {
    if !matches!(page.encoding(), Encoding::DELTA_LENGTH_BYTE_ARRAY | Encoding::DELTA_BYTE_ARRAY) {
        return Ok(0);
    }
    let mut rest: &[u8] = page.buffer();
    match page {
        Page::DataPageV2 { def_levels_byte_len, rep_levels_byte_len, .. } => {
            skip(&mut rest, u64::from(*def_levels_byte_len) + u64::from(*rep_levels_byte_len))?;
        }
        _ => {
            for _ in [column.max_rep_level(), column.max_def_level()].iter().filter(|level| **level > 0) {
                let length = rest.first_chunk().map_or(u32::MAX, |bytes| u32::from_le_bytes(*bytes));
                skip(&mut rest, 4 + u64::from(length))?;
            }
        }
    }
    // The block's size, its parts, and then how many.
    let numbers = varint(&mut rest).and_then(|_| varint(&mut rest)).and_then(|_| varint(&mut rest));
    numbers.or(if page.num_values() == 0 { Ok(0) } else { Err(damaged("found a page without its lengths")) })
}

fn skip(bytes: &mut &[u8], length: u64) -> Result<()> {
    let rest = usize::try_from(length).ok().and_then(|length| bytes.get(length..));
    *bytes = rest.ok_or_else(|| damaged("found levels that are longer than their page"))?;
    Ok(())
}

/// Returns the error of a file that is not what it claims to be.
fn damaged(reason: impl Into<String>) -> ParquetError {
    ParquetError::General(reason.into())
}

#[cfg(test)]
mod tests {
    use super::Header;

    #[test]
    fn a_page_is_read_up_to_a_size() {
        for (size, expected) in [(64 << 20, true), ((64 << 20) + 1, false), (i64::MAX, false)] {
            let unpacked = Header { unpacked: size, ..Header::default() }.checked();
            let stored = Header { stored: size, ..Header::default() }.checked();
            assert_eq!((unpacked.is_ok(), stored.is_ok()), (expected, expected), "{size}");
        }
    }
}
