//! The vectoriser: weights by hand, what makes a feature and what does not, and its two ways of counting agree.

#![allow(clippy::unwrap_used, reason = "a test may panic, its helpers too")]

use pilah::features::{Composition, FeatureSettings, Features, Group, Index, Vectorizer, key, pair_key};
use pilah::text::{Kind, Lexicon, Pipeline, Span, Stemming, Term};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

const WORDS: FeatureSettings = FeatureSettings { gram_min: 1, gram_max: 0, pairs: false };
const PAIRS: FeatureSettings = FeatureSettings { gram_min: 1, gram_max: 0, pairs: true };
const GRAMS: FeatureSettings = FeatureSettings { gram_min: 3, gram_max: 4, pairs: false };
const ALL: FeatureSettings = FeatureSettings { gram_min: 2, gram_max: 5, pairs: true };

/// Returns terms of one kind, spans as in the text joined by spaces.
fn terms_of<'t>(kind: Kind, words: &[&'t str]) -> Vec<Term<'t>> {
    let mut start = 0;
    let term = |word: &&'t str| {
        let span = Span { start, end: start + word.len() };
        start = span.end + 1;
        Term { text: (*word).into(), span, kind }
    };
    words.iter().map(term).collect()
}

fn word(text: &str) -> u32 {
    key(Group::Word, text.as_bytes())
}

fn gram(text: &str) -> u32 {
    key(Group::Gram, text.as_bytes())
}

fn pair(first: &str, second: &str) -> u32 {
    pair_key(word(first), word(second))
}

fn knowing(settings: FeatureSettings, keys: &[u32]) -> Vectorizer {
    let keys: BTreeSet<u32> = keys.iter().copied().collect();
    Vectorizer::new(settings, Index::new(keys.into_iter().collect()).unwrap())
}

/// Returns key -> weight.
fn weights(vectorizer: &Vectorizer, features: &Features) -> BTreeMap<u32, f32> {
    features.entries().iter().map(|&(id, weight)| (vectorizer.index().keys()[id as usize], weight)).collect()
}

type Case = (&'static str, FeatureSettings, Kind, &'static [&'static str], Vec<(u32, f32)>, usize);

/// Every case: settings, words, the whole vocabulary with the weights expected (0 for absent), and the known words.
fn cases() -> Vec<Case> {
    let half = 0.5f32.sqrt();
    // 1 + ln 2 beside 1, at unit length.
    let twice = 1.0 + libm::logf(2.0);
    let both = (twice * twice + 1.0).sqrt();
    let word_of_3 = [(gram("<ja"), 0.2f32.sqrt()), (gram("jal>"), 0.0), (gram("jal"), 0.2f32.sqrt())];
    vec![
        ("nothing", ALL, Kind::Word, &[], vec![(word("jalan"), 0.0)], 0),
        ("one word", WORDS, Kind::Word, &["jalan"], vec![(word("jalan"), 1.0)], 1),
        ("two words", WORDS, Kind::Word, &["jalan", "mati"], vec![(word("jalan"), half), (word("mati"), half)], 2),
        ("unknown words count in the length", WORDS, Kind::Word, &["jalan", "xyz"], vec![(word("jalan"), half)], 1),
        (
            "a word twice",
            WORDS,
            Kind::Word,
            &["jalan", "mati", "jalan"],
            vec![(word("jalan"), twice / both), (word("mati"), 1.0 / both)],
            2,
        ),
        ("pairs switched off", WORDS, Kind::Word, &["jalan", "mati"], vec![(pair("jalan", "mati"), 0.0)], 0),
        (
            "a pair has an order",
            PAIRS,
            Kind::Word,
            &["jalan", "mati"],
            vec![(pair("jalan", "mati"), (1.0f32 / 3.0).sqrt()), (pair("mati", "jalan"), 0.0)],
            0,
        ),
        (
            "equal neighbours are a pair",
            PAIRS,
            Kind::Word,
            &["tolong", "tolong"],
            vec![(pair("tolong", "tolong"), 1.0 / both), (word("tolong"), twice / both)],
            1,
        ),
        // <jal>: 3 of three characters and 2 of four.
        ("n-grams of an unknown word", GRAMS, Kind::Word, &["jal"], word_of_3.to_vec(), 0),
        (
            "a known word hides its n-grams",
            GRAMS,
            Kind::Word,
            &["jal"],
            vec![(gram("jal"), 0.0), (word("jal"), 1.0)],
            1,
        ),
        ("n-grams switched off", WORDS, Kind::Word, &["jalan"], vec![(gram("jal"), 0.0)], 0),
        ("masks have no n-grams", GRAMS, Kind::Number, &["<angka>"], vec![(gram("ang"), 0.0), (gram("<an"), 0.0)], 0),
        ("a letter is no feature of another group", ALL, Kind::Word, &["jalan"], vec![(gram("jalan>x"), 0.0)], 0),
        // `<é>` is three characters, so one gram, whole.
        ("n-grams are of characters", GRAMS, Kind::Word, &["é"], vec![(gram("<é>"), 1.0), (gram("<é"), 0.0)], 0),
    ]
}

#[test]
fn weights_by_hand() {
    for (name, settings, kind, words, expected, known) in cases() {
        let terms = terms_of(kind, words);
        let mut keys: Vec<u32> = expected.iter().map(|&(key, _)| key).collect();
        if name == "n-grams of an unknown word" {
            keys.retain(|&k| k != gram("jal>"));
        }
        let vectorizer = knowing(settings, &keys);
        let features = vectorizer.vectorize(&terms, Composition::Unknown);
        let found = weights(&vectorizer, &features);
        for &(key, weight) in expected.iter().filter(|(key, _)| keys.contains(key)) {
            let found = found.get(&key).copied().unwrap_or(0.0);
            assert!((found - weight).abs() < 1e-6, "{name}: {key:08x} weighs {found}; expected {weight}");
        }
        assert_eq!(features.known_words(), known, "{name}");
    }
}

#[test]
fn training_counts_n_grams_of_known_words_too() {
    let vectorizer = knowing(GRAMS, &[word("jal"), gram("jal")]);
    let terms = terms_of(Kind::Word, &["jal"]);
    let found = weights(&vectorizer, &vectorizer.vectorize(&terms, Composition::All));
    assert_eq!(found.len(), 2);
    assert!(
        (found[&gram("jal")] - 0.2f32.sqrt()).abs() < 1e-6 && (found[&word("jal")] - 1.0).abs() < 1e-6,
        "{found:?}"
    );
}

#[test]
fn a_monster_has_no_n_grams() {
    // 96 bytes with the brackets is the longest that is cut.
    for (length, expected) in [(94, 1), (95, 0)] {
        let monster = "a".repeat(length);
        let vectorizer = knowing(GRAMS, &[gram("aaa")]);
        let features = vectorizer.vectorize(&terms_of(Kind::Word, &[&monster]), Composition::Unknown);
        assert_eq!(features.entries().len(), expected, "{length} letters");
    }
}

fn any_terms() -> impl Strategy<Value = Vec<&'static str>> {
    prop::collection::vec(
        prop::sample::select(&["jalan", "lampu", "mati", "é", "道路", "a", "xyz", "perempatan", "<angka>"][..]),
        0..30,
    )
}

/// Knows every second feature that could be in `terms`, chosen by its key.
fn half_knowing(settings: FeatureSettings, terms: &[Term<'_>]) -> Vectorizer {
    let mut keys: Vec<u32> = terms.iter().map(|term| word(&term.text)).collect();
    keys.extend(terms.windows(2).map(|two| pair(&two[0].text, &two[1].text)));
    for term in terms {
        let characters: Vec<char> = format!("<{}>", term.text).chars().collect();
        keys.extend((1..=5).flat_map(|n| characters.windows(n).map(|w| gram(&w.iter().collect::<String>()))));
    }
    keys.retain(|key| key % 2 == 0);
    knowing(settings, &keys)
}

proptest! {
    #[test]
    fn attribution_adds_up_to_the_features(words in any_terms(), gram_min in 0u8..4, gram_max in 0u8..6, pairs: bool) {
        let terms = terms_of(Kind::Word, &words);
        let vectorizer = half_knowing(FeatureSettings { gram_min, gram_max, pairs }, &terms);
        let features = vectorizer.vectorize(&terms, Composition::Unknown);
        let mut sums = BTreeMap::<u32, f32>::new();
        let mut inside = true;
        vectorizer.attribute(&terms, |term, id, weight| {
            inside &= term < terms.len();
            *sums.entry(id).or_default() += weight;
        });
        prop_assert!(inside);
        prop_assert_eq!(sums.len(), features.entries().len());
        for &(id, weight) in features.entries() {
            prop_assert!((sums[&id] - weight).abs() < 1e-5, "feature {} weighs {}, its parts {}", id, weight, sums[&id]);
        }
        prop_assert!(features.entries().is_sorted_by(|a, b| a.0 < b.0), "ids rise");
        prop_assert!(features.entries().iter().all(|&(_, weight)| weight > 0.0 && weight.is_finite()));
    }

    #[test]
    fn known_words_have_unit_length(words in any_terms()) {
        let terms = terms_of(Kind::Word, &words);
        let mut keys: Vec<u32> = words.iter().map(|w| word(w)).collect();
        keys.extend(words.windows(2).map(|two| pair(two[0], two[1])));
        let features = knowing(PAIRS, &keys).vectorize(&terms, Composition::Unknown);
        let length: f32 = features.entries().iter().map(|(_, weight)| weight * weight).sum();
        let expected = if words.is_empty() { 0.0 } else { 1.0 };
        prop_assert!((length - expected).abs() < 1e-5, "{}", length);
        prop_assert_eq!(features.known_words(), words.iter().collect::<BTreeSet<_>>().len());
    }

    #[test]
    fn without_pairs_order_does_not_count(words in any_terms(), seed: prop::sample::Index) {
        let mut other = words.clone();
        if !other.is_empty() {
            let by = seed.index(other.len());
            other.rotate_left(by);
        }
        let terms = [terms_of(Kind::Word, &words), terms_of(Kind::Word, &other)];
        let vectorizer = half_knowing(GRAMS, &terms[0]);
        let [one, two] = terms.map(|terms| vectorizer.vectorize(&terms, Composition::Unknown));
        prop_assert_eq!(one, two);
    }

    #[test]
    fn any_text_has_sound_features(text: String) {
        let pipeline = Pipeline::new(Lexicon::default(), Stemming::Indonesian);
        let terms = pipeline.terms(&text);
        let vectorizer = half_knowing(ALL, &terms);
        for composition in [Composition::Unknown, Composition::All] {
            let features = vectorizer.vectorize(&terms, composition);
            prop_assert!(features.entries().iter().all(|&(_, weight)| weight > 0.0 && weight.is_finite()));
            prop_assert_eq!(features, vectorizer.vectorize(&terms, composition));
        }
    }
}
