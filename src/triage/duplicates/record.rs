//! [`Record`]: a key and who has it.

/// The key in 64 bits, the row in 32, the bits of its sketch in 32: one number that sorts by key, then by row.
pub(super) type Record = u128;

/// Bytes of a record on disk.
pub(super) const RECORD_BYTES: u64 = size_of::<Record>() as u64;

/// Returns the record of a row's key.
pub(super) fn record(key: u64, row: u32, bits: u32) -> Record {
    u128::from(key) << 64 | u128::from(row) << 32 | u128::from(bits)
}

/// Returns the key, the row and the bits.
pub(super) fn parts(record: Record) -> (u64, u32, u32) {
    ((record >> 64) as u64, (record >> 32) as u32, record as u32)
}
