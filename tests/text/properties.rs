//! What holds for every text, however odd.

use crate::slang;
use pilah::text::{Kind, Normalizer, Pipeline, Span, Stemmer, Stemming, Term, Token, Word, segment};
use proptest::prelude::*;
use std::borrow::Cow;
use std::sync::LazyLock;

static NORMALIZER: LazyLock<Normalizer> = LazyLock::new(|| Normalizer::new(slang()));

/// Texts of any characters, of typed ones, and of what the rules look for.
fn texts() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => "[a-zA-Z]{1,12}",
        1 => "[0-9]{1,17}",
        2 => "[ .,:;/@#_'+()\\[\\]-]{1,2}",
        1 => prop::sample::select(vec!["nya", "kan", "meng", "pe", "2", "\u{b2}", "-", "[NIK]", "www.", ".com", "@", "\u{200d}"]).prop_map(str::to_owned),
        1 => "\\PC{0,3}",
    ];
    prop_oneof![".{0,100}", "[ -~]{0,200}", prop::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())]
}

/// Fails unless all that the stages promise holds for `text`.
fn check(text: &str) {
    let tokens = segment(text);
    let mut end = 0;
    for token in &tokens {
        let Span { start, end: next } = token.span;
        assert!(end <= start && start < next, "{text:?}: {token:?} overlaps or is empty");
        assert_eq!(text.get(start..next), Some(token.text), "{text:?}");
        end = next;
    }
    let words = NORMALIZER.normalize(&tokens);
    assert!(words.is_sorted_by_key(|word| word.span));
    for word in &words {
        assert!(!word.text.is_empty() && tokens.iter().any(|token| token.span == word.span), "{text:?}: {word:?}");
        assert_eq!(again(word), std::slice::from_ref(word), "{text:?}: normalising twice");
    }
    for &stemming in Stemming::ALL {
        let stemmer = Stemmer::new(stemming);
        let terms = stemmer.stem(words.clone());
        assert!(terms.iter().map(|term| term.span).eq(words.iter().map(|word| word.span)));
        assert_eq!(stemmer.stem(terms.iter().map(as_word).collect()), terms, "{text:?}: stemming twice");
        assert!(terms.iter().all(|term| !term.text.is_empty()), "{text:?}");
    }
}

/// What normalising makes of a word that is normal.
fn again<'w>(word: &'w Word<'_>) -> Vec<Word<'w>> {
    NORMALIZER.normalize(&[Token { text: &word.text, span: word.span, kind: word.kind }])
}

fn as_word<'t>(term: &Term<'t>) -> Word<'t> {
    Word { text: term.text.clone(), span: term.span, kind: term.kind }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn any_text_keeps_the_promises(text in texts()) {
        check(&text);
    }

    #[test]
    fn any_word_stems_to_a_fixpoint(word in "(me|di|pe|ber|ter|ke|se|per){0,3}[mn]?[gy]?[a-z]{1,8}(kan|an|i|nya|lah|ku){0,3}") {
        check(&word);
    }
}

/// Random bytes read as text: seconds of it in the ordinary run; `PILAH_FUZZ_ROUNDS` is the dial.
#[test]
fn random_bytes_keep_the_promises() {
    let rounds = std::env::var("PILAH_FUZZ_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(3_000);
    let mut state = 0x5eed_u64;
    let mut random = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize
    };
    for _ in 0..rounds {
        let length = random() % 120;
        let ascii = if random() % 2 == 0 { 0x7f } else { 0xff };
        let bytes: Vec<u8> = (0..length).map(|_| (random() & ascii) as u8).collect();
        check(&String::from_utf8_lossy(&bytes));
    }
}

/// Quadratic work would take minutes here.
#[test]
fn long_hostile_texts_take_linear_time() {
    let pieces = [
        "a",
        "a1",
        "a.",
        "1.",
        "1-",
        "a@",
        "@",
        "#",
        "#A",
        "a-",
        "\u{e9}",
        "\u{6f22}",
        "'a",
        "\u{301}",
        "[",
        "ber-",
        "www.",
        "a.b/",
        "\u{1f468}\u{200d}",
        "+6",
        "(0",
        "08 ",
    ];
    for piece in pieces {
        let text = piece.repeat(200_000 / piece.len());
        let terms = Pipeline::new(slang(), Stemming::IndonesianEnglish).terms(&text);
        assert!(terms.len() <= text.len(), "{piece}");
    }
}

#[test]
fn plain_words_are_borrowed() {
    let text = "lampu mati di jalan depan sekolah dilaporkan warga";
    for term in Pipeline::new(slang(), Stemming::IndonesianEnglish).terms(text) {
        assert!(matches!(term.text, Cow::Borrowed(_)) && term.kind == Kind::Word, "{term:?}");
    }
}

#[test]
fn stages_can_be_shared_between_threads() {
    fn shared<T: Send + Sync + Clone + std::fmt::Debug>() {}
    shared::<Pipeline>();
    shared::<Normalizer>();
    shared::<Stemmer>();
}
