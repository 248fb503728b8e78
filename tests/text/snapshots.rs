//! Whole texts, written for this project: a file in `cases` gives a snapshot of its tokens, words and terms.

use crate::slang;
use pilah::text::{Normalizer, Stemmer, Stemming, Token, segment};
use std::path::Path;

#[test]
fn every_case_has_its_tokens_words_and_terms() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/text/cases");
    let mut files: Vec<_> = folder.read_dir().unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty());
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for file in files {
            let name = file.file_stem().unwrap().to_str().unwrap().to_owned();
            insta::assert_snapshot!(name, stages(&std::fs::read_to_string(&file).unwrap()));
        }
    });
}

/// The three stages of `text`, a line a token: span, kind, text; its words; its terms.
fn stages(text: &str) -> String {
    let tokens = segment(text);
    let words = Normalizer::new(slang()).normalize(&tokens);
    let terms = Stemmer::new(Stemming::IndonesianEnglish).stem(words.clone());
    let line = |token: &Token<'_>| {
        let Token { text, span, kind } = *token;
        let words: Vec<_> = words.iter().filter(|word| word.span == span).map(|word| &*word.text).collect();
        let terms: Vec<_> = terms.iter().filter(|term| term.span == span).map(|term| &*term.text).collect();
        format!("{}..{} {kind:?} {text} -> {} -> {}\n", span.start, span.end, words.join(" "), terms.join(" "))
    };
    tokens.iter().map(line).collect()
}
