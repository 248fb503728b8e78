//! The guard of [`PIPELINE_VERSION`]: what the text and features stages make of `tests/cases/classify/*.txt`, to the bit.
//!
//! A model holds keys and weights that only the stages of its training give. Whoever changes them must raise the version,
//! or old models answer nonsense without an error. Beside each case stands `<case>.features`: terms with their keys and
//! n-gram keys, and the weights' bits.

#![allow(clippy::unwrap_used, reason = "a test may panic, its helpers too")]

use pilah::features::{Composition, FeatureSettings, Group, Index, Vectorizer, key, pair_key};
use pilah::model::PIPELINE_VERSION;
use pilah::text::{Lexicon, Pipeline, Stemming, Term};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

const SETTINGS: FeatureSettings = FeatureSettings { gram_min: 3, gram_max: 5, pairs: true };
/// A lexicon is data of the model, so the guard has its own small one.
const SLANG: &str = "yg\tyang\ntlg\ttolong\nblm\tbelum\ngk\ttidak\njln\tjalan\ndmn\tdi mana\nudh\tsudah\n";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/classify")
}

#[test]
fn behaviour_changes_only_with_the_pipeline_version() {
    let mut cases: Vec<PathBuf> = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.retain(|path| path.extension().is_some_and(|ending| ending == "txt"));
    cases.sort();
    assert!(cases.len() >= 8, "only {} cases in {}", cases.len(), folder().display());
    for case in cases {
        check(&case, &describe(&std::fs::read_to_string(&case).unwrap()));
    }
}

/// Compares `found` with the file beside `case`, or writes that file where the version allows it and the caller asks.
fn check(case: &Path, found: &str) {
    let (path, name) = (case.with_extension("features"), case.file_stem().unwrap().to_string_lossy());
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    let version = expected.lines().next().unwrap_or_default();
    if expected == found {
        return;
    }
    let same_version = Some(version) == found.lines().next();
    if std::env::var_os("PILAH_BLESS").is_some() && !same_version {
        std::fs::write(&path, found).unwrap();
        return;
    }
    let line = expected.lines().zip(found.lines()).find(|(old, new)| old != new);
    let advice = if same_version {
        "The text or features stage behaves differently, but PIPELINE_VERSION (src/model/mod.rs) is the same: models \
         trained before would answer wrongly without an error. Undo the change, or raise PIPELINE_VERSION, train the \
         models again and run this test once with PILAH_BLESS=1. (Before the first release: delete the .features files \
         and do the same.)"
    } else {
        "PIPELINE_VERSION was raised or the file is missing: run this test once with PILAH_BLESS=1 and commit the files."
    };
    panic!("{name}: {} differs: {line:#?}\n{advice}", path.display());
}

/// Returns everything that a model relies on, as text.
fn describe(text: &str) -> String {
    let mut out = format!("pipeline version {PIPELINE_VERSION}\n");
    for &stemming in Stemming::ALL {
        let terms = Pipeline::new(Lexicon::parse(SLANG).unwrap(), stemming).terms(text);
        writeln!(out, "\nstemming {}", stemming.to_code()).unwrap();
        if stemming != Stemming::Indonesian {
            // The n-grams follow from the terms: once is enough.
            let words: Vec<String> = terms.iter().map(|t| format!("{}:{:08x}", t.text, word(t))).collect();
            writeln!(out, "{}", words.join(" ")).unwrap();
            continue;
        }
        terms.iter().for_each(|term| out += &describe_term(term));
        for composition in [Composition::Unknown, Composition::All] {
            out += &describe_features(&terms, composition);
        }
    }
    out
}

fn describe_term(term: &Term<'_>) -> String {
    let vectorizer = Vectorizer::new(SETTINGS, index([term]));
    let mut grams: Vec<(u32, u32)> = Vec::new();
    vectorizer.attribute(std::slice::from_ref(term), |_, id, weight| {
        grams.push((vectorizer.index().keys()[id as usize], weight.to_bits()));
    });
    let grams: Vec<String> = grams.iter().map(|(key, _)| format!("{key:08x}")).collect();
    let (start, end) = (term.span.start, term.span.end);
    format!("{start}..{end} {:?} {} {:08x} [{}]\n", term.kind, term.text.escape_debug(), word(term), grams.join(" "))
}

/// Returns the weights' bits over a vocabulary of all pairs and n-grams and every second word.
fn describe_features(terms: &[Term<'_>], composition: Composition) -> String {
    let mut keys: BTreeSet<u32> = index(terms).keys().iter().copied().collect();
    keys.extend(terms.iter().map(word).filter(|key| key % 2 == 0));
    keys.extend(terms.windows(2).map(|two| pair_key(word(&two[0]), word(&two[1]))));
    let vectorizer = Vectorizer::new(SETTINGS, Index::new(keys.into_iter().collect()).unwrap());
    let features = vectorizer.vectorize(terms, composition);
    let entry =
        |&(id, weight): &(u32, f32)| format!("{:08x}={:08x}", vectorizer.index().keys()[id as usize], weight.to_bits());
    let entries: Vec<String> = features.entries().iter().map(entry).collect();
    let lines: Vec<String> = entries.chunks(6).map(|entries| entries.join(" ")).collect();
    format!("{composition:?}, {} known words\n{}\n", features.known_words(), lines.join("\n"))
}

fn word(term: &Term<'_>) -> u32 {
    key(Group::Word, term.text.as_bytes())
}

/// Returns the index of every n-gram of `terms`.
fn index<'t>(terms: impl IntoIterator<Item = &'t Term<'t>>) -> Index {
    let mut keys = BTreeSet::new();
    for term in terms {
        let characters: Vec<char> = format!("<{}>", term.text).chars().collect();
        for n in usize::from(SETTINGS.gram_min)..=usize::from(SETTINGS.gram_max) {
            keys.extend(characters.windows(n).map(|w| key(Group::Gram, w.iter().collect::<String>().as_bytes())));
        }
    }
    Index::new(keys.into_iter().collect()).unwrap()
}
