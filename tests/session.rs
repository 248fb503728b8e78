//! The contract of [`pilah::Session`]: the answers of [`Classifier`], and no allocation for words that it has met.

#![allow(clippy::unwrap_used, reason = "a test may panic, its helpers too")]

use pilah::{Classifier, Prediction};
use proptest::prelude::*;
use std::path::Path;
use std::sync::OnceLock;

const TEXTS: [&str; 7] = [
    "Lampu jalan dkt SDN 3 mati, gelap bgt klo malam!!!",
    "Tolong, rumah tetangga terbakar, api sudah ke atap; segera kirim damkar pak 0812-0000-0000",
    "Sampah menumpuk di depan pasar, BAUNYA menyengat skali. anak-anak sakit2an, sakiiit semua \u{1f64f}",
    "Terima kasih atas bantuannya",
    "",
    "air PDAM blm nyala dr kemarin di Jl. Kenanga, gmn ini? https://contoh.go.id @admin #airMati [NAMA]",
    "Kabel listrik putus menjuntai ke jalan, ada anak kesetrum! Mohon segera ditangani, takut ada korban jiwa",
];

fn classifier() -> &'static Classifier {
    static CLASSIFIER: OnceLock<Classifier> = OnceLock::new();
    CLASSIFIER.get_or_init(|| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("models/kecil.pilah");
        Classifier::from_bytes(&std::fs::read(path).unwrap()).unwrap()
    })
}

/// Fails unless `found` is `expected`, to the bit.
fn check(found: &Prediction<'_>, expected: &Prediction<'_>, text: &str) {
    let bits = |prediction: &Prediction<'_>| -> Vec<u32> {
        let probabilities =
            prediction.heads().iter().flat_map(|head| &head.suggestions).map(|s| s.probability.to_bits());
        probabilities.chain(prediction.evidence().iter().map(|e| e.weight.to_bits())).collect()
    };
    assert_eq!(found, expected, "{text:?}");
    assert_eq!(bits(found), bits(expected), "{text:?}");
}

#[test]
fn it_answers_as_the_classifier_does() {
    let mut session = classifier().session();
    // Twice: words that are met for the first time, and words that are known.
    for text in TEXTS.iter().chain(&TEXTS) {
        check(session.classify(text), &classifier().classify(text), text);
        check(session.classify_briefly(text), &classifier().classify_briefly(text), text);
    }
    assert!(TEXTS.iter().any(|text| session.classify(text).raised().is_some()), "no rule was at work");
}

#[test]
fn it_keeps_long_words_apart() {
    // Alike in length, in their first and in their last eight letters; longest first, so that nothing is met before.
    let words = ["mempertanggungjawabkannya", "mempertaaaaaaaajawabkannya", "mempertanggungjawabkanny", "jalan"];
    let mut session = classifier().session();
    let different = ["kebakaranXbesarkebakaran", "kebakaranYkecilkebakaran", "kebakaran banjir besar sekali kebakaran"];
    for text in words.iter().chain(&different).chain(&words).chain(&different) {
        check(session.classify(text), &classifier().classify(text), text);
    }
}

#[test]
fn it_allocates_nothing_for_words_that_it_has_met() {
    let mut session = classifier().session();
    let mut all = || {
        for text in TEXTS {
            session.classify(text);
            session.classify_briefly(text);
        }
    };
    let first = allocation_counter::measure(&mut all);
    assert!(first.count_total > 0, "allocations are not counted");
    assert_eq!(allocation_counter::measure(&mut all).count_total, 0);
}

#[test]
fn it_forgets_in_time() {
    let mut session = classifier().session();
    // More words than it remembers, some of them in one text.
    for text in (0..20_000).collect::<Vec<u32>>().chunks(1500).map(invented) {
        check(session.classify(&text), &classifier().classify(&text), "invented words");
    }
    let text = invented(&(0..10_000).collect::<Vec<u32>>());
    check(session.classify(&text), &classifier().classify(&text), "more words than it remembers");
    TEXTS.iter().for_each(|text| check(session.classify(text), &classifier().classify(text), text));
}

/// Returns a text of a word for each of `numbers`.
fn invented(numbers: &[u32]) -> String {
    let letter = |number: &u32, place: u32| char::from(b'a' + (number / 26u32.pow(place) % 26) as u8);
    let words = numbers.iter().map(|number| (0..4).map(|place| letter(number, place)).collect::<String>());
    words.collect::<Vec<_>>().join(" ")
}

proptest! {
    #[test]
    fn what_came_before_changes_nothing(texts in prop::collection::vec("[a-zA-Z0-9 .,!@-]{0,60}|.{0,40}", 1..8)) {
        let mut session = classifier().session();
        for text in texts.iter().chain(&texts) {
            check(session.classify(text), &classifier().classify(text), text);
        }
    }
}
