//! Words that can only be English, stemmed by Snowball's English rules.

use super::roots::Roots;
use rust_stemmers::{Algorithm, Stemmer};

/// Endings that no Indonesian word has.
const ENDINGS: [&str; 13] =
    ["tion", "tions", "ness", "ment", "ments", "ings", "ful", "less", "ously", "ably", "ally", "ies", "ables"];

/// Endings that Indonesian words have too; they count only where the word has one of [`PATTERNS`].
const WEAK_ENDINGS: [&str; 6] = ["ing", "ed", "es", "er", "ly", "s"];

/// Letters in a row that Indonesian spelling lacks (ng + g is no double g, and -kkan is Indonesian).
const PATTERNS: [&str; 19] =
    ["ch", "ck", "ee", "ght", "ll", "oo", "ph", "pp", "ss", "sh", "th", "tt", "wh", "dd", "ff", "rr", "ow", "ew", "x"];

/// Returns the English stem of a lower-case ASCII `word`; `None` where it is not surely English or would not get shorter.
pub(super) fn stem(word: &str, roots: &Roots) -> Option<String> {
    if !is_english(word) || roots.contains(word) {
        return None;
    }
    let stem = Stemmer::create(Algorithm::English).stem(word);
    (stem.len() < word.len() && stem.len() > 2).then(|| stem.into_owned())
}

/// True if no Indonesian word looks like `word`: by its ending, or by a weaker ending and its spelling.
fn is_english(word: &str) -> bool {
    // Cheap first look: nearly all Indonesian words end in another letter.
    if !matches!(word.as_bytes().last(), Some(b'n' | b's' | b't' | b'g' | b'l' | b'y' | b'd' | b'r')) {
        return false;
    }
    let has = |ending: &&str| word.len() >= ending.len() + 3 && word.ends_with(*ending);
    ENDINGS.iter().any(has) || (WEAK_ENDINGS.iter().any(has) && PATTERNS.iter().any(|pattern| word.contains(pattern)))
}
