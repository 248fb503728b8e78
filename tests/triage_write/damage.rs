//! Parquet files that are cut, overwritten or made to harm: errors that say what was found, and never a panic.

use crate::foreign::{Values, cases, file};
use crate::{Row, columns, plain, read, written};
use parquet::file::properties::WriterVersion;
use pilah::triage::write::Format;
use proptest::prelude::*;
use serde_json::json;
use std::sync::LazyLock;

/// Records after which a damaged file is left: a few bytes may say that millions of rows are null.
const ENOUGH: usize = 500;

/// Sound files: one of pilah's own, and some of every type.
static FILES: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let row = |at| json!({"nomor": at, "teks": format!("laporan {at}"), "sama": "ya", "benar": true, "angka": 0.5});
    let rows: Vec<Row> = (0..300).map(|at| serde_json::from_value(row(at)).unwrap()).collect();
    let own = written(Format::Parquet, &rows, &plain(&columns(&rows))).unwrap();
    let versions = [WriterVersion::PARQUET_1_0, WriterVersion::PARQUET_2_0];
    let others = cases().into_iter().flat_map(|(schema, columns, _)| versions.map(|v| file(schema, &columns, v)));
    std::iter::once(own).chain(others).collect()
});

/// A number as Thrift writes it.
fn varint(number: i32) -> Vec<u8> {
    let mut rest = (number << 1) as u32;
    let mut bytes = Vec::new();
    while rest > 0x7f {
        bytes.push(rest as u8 | 0x80);
        rest >>= 7;
    }
    bytes.push(rest as u8);
    bytes
}

/// A file with `footer`.
fn footed(footer: &[u8]) -> Vec<u8> {
    [b"PAR1", footer, &(footer.len() as u32).to_le_bytes(), b"PAR1"].concat()
}

#[test]
fn what_is_no_parquet_file_says_so() {
    let sound = &FILES[0];
    let magic =
        "not a Parquet file: expected `PAR1` at its beginning and its end; a download or copy may have been cut off";
    let damaged = |reason: &str| format!("a damaged Parquet file: {reason}");
    let group = |members: i32| [&[0x15, 2, 0x19, 0x2c, 0x55][..], &varint(members), &[0, 0x55, 0, 0, 0]].concat();
    let deep = [vec![0x15, 2, 0x19, 0xfc, 100], [0x55, 2, 0].repeat(99), vec![0, 0]].concat();
    for (bytes, expected) in [
        (Vec::new(), magic.to_owned()),
        (b"PAR1".to_vec(), magic.to_owned()),
        (sound[..sound.len() - 1].to_vec(), magic.to_owned()),
        (b"PAREPARE".to_vec(), "an encrypted Parquet file; expected one that can be read without a key".to_owned()),
        (
            [b"PAR1", &u32::MAX.to_le_bytes()[..], b"PAR1"].concat(),
            damaged("found a footer of 4294967295 bytes; expected 16777216 at most, within 12"),
        ),
        (footed(&[0x15]), damaged("its footer is cut off or overwritten")),
        (footed(&[0]), damaged("found a schema without columns, or with fewer than it claims")),
        (footed(&group(i32::MAX)), damaged("found a group of 2147483647 columns in a schema of 2")),
        (footed(&group(2)), damaged("found a schema without columns, or with fewer than it claims")),
        (footed(&deep), damaged("found more than 64 groups within groups")),
    ] {
        assert_eq!(read(&bytes, ENOUGH).unwrap_err(), expected);
    }
}

#[test]
fn an_unknown_compression_is_named() {
    let row: Row = serde_json::from_value(json!({"nomor": 1})).unwrap();
    let mut bytes =
        written(Format::Parquet, std::slice::from_ref(&row), &plain(&columns(std::slice::from_ref(&row)))).unwrap();
    // The footer names the column, then its compression: 4 is Brotli, doubled as Thrift does.
    let path = b"\x19\x18\x05nomor\x15";
    let at = bytes.windows(path.len()).position(|bytes| bytes == path).unwrap() + path.len();
    bytes[at] = 8;
    let error = read(&bytes, ENOUGH).unwrap_err();
    assert!(error.starts_with("a Parquet file compressed with Brotli; expected zstd"), "{error}");
}

/// The page's header follows `PAR1`: its kind, its size unpacked, its size packed, then what its kind has.
#[test]
fn a_page_that_claims_too_much_is_not_made_room_for() {
    let sound = file("required int32 a;", &[(Values::Int(vec![7]), &[], &[])], WriterVersion::PARQUET_1_0);
    assert_eq!(sound[4..10], [0x15, 0, 0x15, 8, 0x15, 8]);
    assert_eq!(sound[10..13], [0x2c, 0x15, 2]);
    let expected = "expected 67108864 and 16777216 at most";
    for (at, claim, reason) in [
        (7, i32::MAX, format!("found a page of 2147483647 bytes and 1 values; {expected}")),
        (9, i32::MAX, format!("found a page of 2147483647 bytes and 1 values; {expected}")),
        (12, i32::MAX, format!("found a page of 8 bytes and 2147483647 values; {expected}")),
    ] {
        let bytes = [&sound[..at], &varint(claim), &sound[at + 1..]].concat();
        let reason = reason.replace("of 8", "of 4");
        assert_eq!(
            read(&bytes, ENOUGH).unwrap_err(),
            format!("record 1: a damaged Parquet file: Parquet error: {reason}")
        );
    }
}

/// Values whose number a page states twice, in its header and in itself, or whose number it has no bytes for.
#[test]
fn a_page_that_holds_less_than_it_claims_is_not_made_room_for() {
    let delta =
        file("required binary a (string);", &[(Values::Bytes(vec![b"a"]), &[], &[])], WriterVersion::PARQUET_2_0);
    let row: Row = serde_json::from_value(json!({"nomor": 1})).unwrap();
    let columns = columns(std::slice::from_ref(&row));
    let dictionary = written(Format::Parquet, &[row], &plain(&columns)).unwrap();
    for (sound, before, claim, found) in [
        // Lengths in blocks of 128 of four parts, and how many.
        (&delta, &[0x80, 0x01, 0x04][..], 0x7f, 127),
        // A dictionary's header and how many, doubled as Thrift does.
        (&dictionary, &[0x4c, 0x15], 0x7e, 63),
    ] {
        let at = sound.windows(before.len()).position(|bytes| bytes == before).unwrap() + before.len();
        let mut bytes = sound.clone();
        bytes[at] = claim;
        let reason = format!("Parquet error: found a page of {found} values; expected 1 at most");
        assert_eq!(read(&bytes, ENOUGH).unwrap_err(), format!("record 1: a damaged Parquet file: {reason}"));
    }
}

#[test]
fn an_error_says_how_far_it_came() {
    let rows: Vec<Row> = (0..70_000).map(|at| serde_json::from_value(json!({"nomor": at})).unwrap()).collect();
    let mut bytes = written(Format::Parquet, &rows, &plain(&columns(&rows))).unwrap();
    let footer = u32::from_le_bytes(bytes[bytes.len() - 8..bytes.len() - 4].try_into().unwrap()) as usize;
    let last = bytes.len() - 8 - footer;
    bytes[last - 40..last].fill(0xff);
    let error = read(&bytes, usize::MAX).unwrap_err();
    let record: usize = error.strip_prefix("record ").unwrap().split(':').next().unwrap().parse().unwrap();
    assert!(record > 60_000, "{error}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_500, ..ProptestConfig::default() })]

    #[test]
    fn damage_never_panics(
        which in any::<prop::sample::Index>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
        from_the_end in any::<bool>(),
    ) {
        let mut bytes = which.get(&FILES).clone();
        let length = bytes.len();
        for (at, value) in changes {
            // Most of a small file is its footer; the first bytes are the first page's header.
            let at = if from_the_end { length - 1 - at.index(length) } else { at.index(length.min(60)) };
            bytes[at] = value;
        }
        let _ = read(&bytes, ENOUGH);
    }

    #[test]
    fn files_cut_off_never_panic(which in any::<prop::sample::Index>(), at in any::<prop::sample::Index>()) {
        let whole = which.get(&FILES);
        let cut = at.index(whole.len());
        prop_assert!(read(&whole[..cut], ENOUGH).is_err());
    }
}
