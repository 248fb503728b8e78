//! The checksum at the end of a model file: CRC-32 as gzip and PNG have it (CRC-32/ISO-HDLC).

use crc::{CRC_32_ISO_HDLC, Crc, Table};

/// Tables of 16 KiB read 16 bytes a step; a browser would download them, and one of 1 KiB is fast enough there.
#[cfg(not(target_family = "wasm"))]
const LANES: usize = 16;
#[cfg(target_family = "wasm")]
const LANES: usize = 1;

const CRC: Crc<u32, Table<LANES>> = Crc::<u32, Table<LANES>>::new(&CRC_32_ISO_HDLC);

/// Returns the checksum of `bytes`.
pub(super) fn checksum(bytes: &[u8]) -> u32 {
    CRC.checksum(bytes)
}

#[cfg(test)]
mod tests {
    #[test]
    fn is_the_checksum_of_the_standard() {
        // The check value of the catalogue of CRCs.
        assert_eq!(super::checksum(b"123456789"), 0xcbf4_3926);
    }
}
