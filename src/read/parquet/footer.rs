//! Checks a Parquet file's first and last bytes, and what its footer says of its schema.

use super::ParquetOpenError;
use super::thrift::walk;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};

/// Bytes of the longest footer: it is in memory, several times as large, as long as the file is read.
const MOST_FOOTER: u64 = 16 << 20;

/// Groups within groups of a row.
const DEEPEST: usize = 64;

/// Bytes after the footer: its length and `PAR1`.
const TAIL: u64 = 8;

/// Checks the file's footer.
pub(super) fn check(file: &File) -> std::result::Result<(), ParquetOpenError> {
    let length = file.metadata()?.len();
    let (start, tail) = (bytes(file, 0, 4)?, bytes(file, length.saturating_sub(TAIL), TAIL)?);
    match (start.as_slice(), tail.as_slice()) {
        (b"PAR1", [a, b, c, d, b'P', b'A', b'R', b'1']) => {
            let footer = u64::from(u32::from_le_bytes([*a, *b, *c, *d]));
            if footer > MOST_FOOTER || footer + TAIL + 4 > length {
                let message =
                    format!("found a footer of {footer} bytes; expected {MOST_FOOTER} at most, within {length}");
                return Err(ParquetOpenError::Damaged(message));
            }
            let schema = elements(&bytes(file, length - TAIL - footer, footer)?);
            schema.and_then(|elements| check_schema(&elements)).map_err(ParquetOpenError::Damaged)
        }
        (b"PARE", _) | (_, [.., b'P', b'A', b'R', b'E']) => Err(ParquetOpenError::Encrypted),
        _ => Err(ParquetOpenError::Magic),
    }
}

/// Returns up to `length` bytes of the file from `start` on.
pub(super) fn bytes(mut file: &File, start: u64, length: u64) -> io::Result<Vec<u8>> {
    file.seek(SeekFrom::Start(start))?;
    let mut bytes = Vec::new();
    file.take(length).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Returns how many members each element of a footer's schema has; none for a column.
fn elements(footer: &[u8]) -> std::result::Result<Vec<i64>, String> {
    let (mut elements, mut members) = (Vec::new(), 0);
    let walked = walk(footer, &mut |path, number| match (path, number) {
        ([2, 5], Some(number)) => members = number,
        ([2], None) => elements.push(std::mem::take(&mut members)),
        _ => {}
    });
    walked.map(|_| elements).map_err(|_| "its footer is cut off or overwritten".to_owned())
}

/// Checks that the elements are a tree of moderate depth in which every group has members and the row is a group.
fn check_schema(elements: &[i64]) -> std::result::Result<(), String> {
    let mut open = Vec::new();
    for (at, members) in elements.iter().enumerate() {
        match open.last_mut() {
            Some(left) => *left -= 1,
            None if at > 0 => return Err("its schema has parts that belong to nothing".to_owned()),
            None => {}
        }
        if *members > elements.len() as i64 || *members < 0 {
            return Err(format!("found a group of {members} columns in a schema of {}", elements.len()));
        }
        open.extend(Some(*members).filter(|members| *members > 0));
        if open.len() > DEEPEST {
            return Err(format!("found more than {DEEPEST} groups within groups"));
        }
        while open.last() == Some(&0) {
            open.pop();
        }
    }
    let is_whole = open.is_empty() && elements.len() > 1;
    if is_whole { Ok(()) } else { Err("found a schema without columns, or with fewer than it claims".to_owned()) }
}
