//! Any bytes at all: nothing panics, nothing runs on for ever, and no row depends on how the bytes were handed over.

use crate::{ALL, jakarta, samples, told};
use proptest::collection::vec;
use proptest::prelude::*;

/// A change of a sample: where, what is put there, how much of it goes.
fn changes() -> impl Strategy<Value = Vec<(prop::sample::Index, Vec<u8>, usize)>> {
    let piece = prop_oneof![
        vec(any::<u8>(), 0..4),
        prop::sample::select(vec![
            "\"", "\\", "{", "}", "[", "]", ",", ":", "\n", ";", "\u{e9}", "\\ud83d", "\0", "window."
        ])
        .prop_map(|piece| piece.as_bytes().to_vec()),
    ];
    vec((any::<prop::sample::Index>(), piece, 0..40_usize), 1..4)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_bytes_are_read_to_their_end(bytes in vec(any::<u8>(), 0..300)) {
        prop_assert_eq!(told(&bytes, &jakarta(), ALL), told(&bytes, &jakarta(), 1));
    }

    #[test]
    fn any_text_is_read_to_its_end(text in r#"(\{"teks":|\[|\{|\}|\]|"|,|;|\n|isi|31/01/26 09.15 - |a: |é|1){0,40}"#) {
        prop_assert_eq!(told(text.as_bytes(), &jakarta(), ALL), told(text.as_bytes(), &jakarta(), 1));
    }

    #[test]
    fn any_damage_to_a_sample_is_read_to_its_end(file in any::<prop::sample::Index>(), changes in changes()) {
        let mut bytes = std::fs::read(file.get(&samples())).unwrap();
        for (at, piece, gone) in changes {
            let at = at.index(bytes.len() + 1);
            let end = (at + gone).min(bytes.len());
            bytes.splice(at..end, piece);
        }
        prop_assert_eq!(told(&bytes, &jakarta(), ALL), told(&bytes, &jakarta(), 1));
    }
}
