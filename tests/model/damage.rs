//! Damage in transit: every truncation and every flipped bit of a file is refused, each place by its own error.

use super::file::sealed;
use super::tiny::artefact;
use super::{check_message, kind};
use pilah::Classifier;
use pilah::model::{FORMAT_VERSION, PIPELINE_VERSION};
use pilah::model::{LoadError, Model};
use proptest::prelude::*;
use std::sync::OnceLock;

fn file() -> &'static [u8] {
    static FILE: OnceLock<Vec<u8>> = OnceLock::new();
    FILE.get_or_init(|| artefact("mungil").to_bytes())
}

fn refused(bytes: &[u8], case: &str) -> LoadError {
    let error = Model::from_bytes(bytes).err().unwrap_or_else(|| panic!("{case}: was believed"));
    check_message(&error, case);
    assert_eq!(Classifier::from_bytes(bytes).err().map(|e| e.to_string()), Some(error.to_string()), "{case}");
    error
}

#[test]
fn every_truncation_is_refused() {
    let least = 24 + 8 * 12 + 4;
    for length in 0..file().len() {
        let case = format!("cut to {length} bytes");
        match refused(&file()[..length], &case) {
            LoadError::Magic { found, .. } if length < 8 => assert_eq!(found, file()[..length], "{case}"),
            LoadError::Length { found, expected } if length >= 8 => {
                let wanted = if length < least { least } else { file().len() };
                assert_eq!((found, expected), (length, wanted), "{case}");
            }
            other => panic!("{case}: {other:?}"),
        }
    }
}

#[test]
fn every_flipped_bit_is_refused() {
    let mut bytes = file().to_vec();
    for at in 0..bytes.len() {
        for bit in 0..8 {
            bytes[at] ^= 1 << bit;
            let case = format!("bit {bit} of byte {at} flipped");
            let expected = match at {
                0..8 => "magic",
                8..12 => "format version",
                16..20 => "length",
                _ => "checksum",
            };
            let error = Model::from_bytes(&bytes).err().unwrap_or_else(|| panic!("{case}: was believed"));
            assert_eq!(kind(&error), expected, "{case}");
            if bit == 0 {
                check_message(&error, &case);
            }
            bytes[at] ^= 1 << bit;
        }
    }
    assert_eq!(bytes, file());
}

#[test]
fn what_follows_the_file_is_refused() {
    for more in [&b"\0"[..], b"\n", file()] {
        let error = refused(&[file(), more].concat(), "bytes after the end");
        assert_eq!(kind(&error), "length");
    }
}

#[test]
fn other_files_are_refused() {
    let cases: [(&str, &[u8]); 5] = [
        ("nothing", b""),
        ("text", b"{\"id\": 1}\n"),
        ("line ends changed in transit", b"\x89PILAH\n\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"),
        ("eighth bit lost in transit", b"\x09PILAH\r\n"),
        ("zeros", &[0; 4096]),
    ];
    for (case, bytes) in cases {
        assert_eq!(kind(&refused(bytes, case)), "magic", "{case}");
    }
}

#[test]
fn other_versions_are_refused_by_name() {
    for (at, own, expected) in [(8, FORMAT_VERSION, "format version"), (12, PIPELINE_VERSION, "pipeline version")] {
        for version in [0, own - 1, own + 1, 99, u32::MAX] {
            let mut bytes = file().to_vec();
            bytes[at..at + 4].copy_from_slice(&version.to_le_bytes());
            let case = format!("{expected} {version}");
            assert_eq!(kind(&refused(&sealed(bytes), &case)), expected, "{case}");
        }
    }
}

/// A file that was believed must be usable: no panic, sane answers, and the same bytes again.
fn check_usable(model: &Model) -> Result<(), TestCaseError> {
    let bytes = model.to_bytes();
    let again =
        Model::from_bytes(&bytes).map_err(|error| TestCaseError::fail(format!("written, not read: {error}")))?;
    prop_assert_eq!(again.to_bytes(), bytes);
    let classifier = Classifier::new(again);
    for text in ["", "Rumah warga terbakar, bau menyengat, lampu jalan mati", "tlg sampah menumpuk 😀 xyzxyz"] {
        for head in classifier.classify(text).heads() {
            let sum: f32 = head.suggestions.iter().map(|s| s.probability).sum();
            prop_assert!((sum - 1.0).abs() < 1e-4, "{}: probabilities sum to {sum}", head.head);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn noise_is_refused(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        prop_assert!(Model::from_bytes(&bytes).is_err());
    }

    #[test]
    fn noise_with_a_right_frame_does_no_harm(noise in prop::collection::vec(any::<u8>(), 4..600)) {
        // The true header and table, then anything at all.
        let mut bytes = [&file()[..120], &noise].concat();
        let length = (bytes.len() as u32).to_le_bytes();
        bytes[16..20].copy_from_slice(&length);
        prop_assert!(Model::from_bytes(&sealed(bytes)).is_err());
    }

    #[test]
    fn changes_with_a_right_checksum_do_no_harm(
        changes in prop::collection::vec((any::<prop::sample::Index>(), prop_oneof![Just(0u8), Just(255u8), any::<u8>()]), 1..5),
        early: bool,
    ) {
        let mut bytes = file().to_vec();
        // Half of the cases hit the parts that have structure instead of the many weights.
        let end = if early { bytes.len() / 2 } else { bytes.len() };
        for (at, value) in changes {
            bytes[20 + at.index(end - 20)] = value;
        }
        if let Ok(model) = Model::from_bytes(&sealed(bytes)) {
            check_usable(&model)?;
        }
    }
}
