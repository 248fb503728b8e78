//! Prefixes, and the first letter of the root that me-N and pe-N swallow.

use crate::text::stem::roots::Roots;

/// What was taken off the end; some prefixes only go with it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Context<'r> {
    /// The listed roots.
    pub(super) roots: &'r Roots,
    /// -an was.
    pub(super) an: bool,
    /// -nya was.
    pub(super) nya: bool,
}

/// A prefix to take off: `skip` bytes, in place of which `head` comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Peel {
    pub(super) head: Option<u8>,
    pub(super) skip: usize,
    /// Whether a listed root is left.
    pub(super) listed: bool,
}

/// Two consonants that begin roots, nearly all of them loans (proses, kritik, stasiun) or ng-, ny-, sy-.
const ONSETS: [&[u8; 2]; 28] = [
    b"bl", b"br", b"dr", b"fl", b"fr", b"gl", b"gr", b"kh", b"kl", b"kr", b"kw", b"ng", b"ny", b"pl", b"pr", b"sk",
    b"sl", b"sm", b"sp", b"st", b"sw", b"sy", b"tr", b"tw", b"pt", b"ps", b"cr", b"cl",
];

/// Returns the prefix of `word`, chosen so that what is left is a listed root or could be a root.
pub(super) fn peel(word: &str, context: Context<'_>) -> Option<Peel> {
    let roots = context.roots;
    match word.as_bytes() {
        [b'd', b'i', b's', next, ..] if !is_vowel(*next) => listed(roots, word, 2),
        [b'd', b'i', ..] => bare(roots, word, 2),
        [b'k', b'e', ..] if context.an => bare(roots, word, 2),
        [b's', b'e', ..] if context.nya => bare(roots, word, 2),
        // kerumah, for ke rumah.
        [b'k', b'e', _, _, _, _, ..] => listed(roots, word, 2),
        [b'k' | b's', b'e', ..] => None,
        [b'b' | b't', b'e', b'r', ..] => listed(roots, word, 2).or_else(|| bare(roots, word, 3)),
        [b'b', b'e', b'l', b'a', b'j', ..] => listed(roots, word, 3),
        // bekerja, beserta: the r of ber- is lost before another one.
        [b'b', b'e', _, b'e', b'r', ..] => listed(roots, word, 2),
        [b'm', b'e', ..] => nasal(roots, word),
        [b'p', b'e', b'r', ..] => listed(roots, word, 2).or_else(|| bare(roots, word, 3)),
        [b'p', b'e', b'l', b'a', b'j', ..] => listed(roots, word, 3),
        [b'p', b'e', ..] => listed(roots, word, 2).or_else(|| nasal(roots, word)),
        _ => None,
    }
}

/// Takes off `skip` bytes if a listed root, or something that could be a root, is left.
fn bare(roots: &Roots, word: &str, skip: usize) -> Option<Peel> {
    let rest = word.get(skip..)?;
    let listed = roots.contains(rest);
    (listed || could_be_root(rest, 4)).then_some(Peel { head: None, skip, listed })
}

/// Takes off `skip` bytes if a listed root is left.
fn listed(roots: &Roots, word: &str, skip: usize) -> Option<Peel> {
    let listed = roots.contains(word.get(skip..)?);
    listed.then_some(Peel { head: None, skip, listed })
}

/// Takes off `skip` bytes for `head` if a listed root is left.
fn listed_headed(roots: &Roots, word: &str, skip: usize, head: u8) -> Option<Peel> {
    let listed = roots.contains_headed(head, word.get(skip..)?);
    listed.then_some(Peel { head: Some(head), skip, listed })
}

/// Takes off `skip` bytes for `head` if that could give a root.
fn restored(roots: &Roots, word: &str, skip: usize, head: u8) -> Option<Peel> {
    let rest = word.get(skip..)?;
    let listed = roots.contains_headed(head, rest);
    could_be_root(rest, 3).then_some(Peel { head: Some(head), skip, listed })
}

/// Takes off me-N or pe-N, whose N depends on the root's first letter.
fn nasal(roots: &Roots, word: &str) -> Option<Peel> {
    match word.as_bytes().get(2..)? {
        [b'n', b'g', rest @ ..] => after_meng(roots, word, rest),
        [b'n', b'y', next, ..] if is_vowel(*next) => listed(roots, word, 2).or_else(|| restored(roots, word, 4, b's')),
        [b'm', next, ..] if is_vowel(*next) => listed(roots, word, 2).or_else(|| restored(roots, word, 3, b'p')),
        [b'n', next, ..] if is_vowel(*next) => listed(roots, word, 2).or_else(|| restored(roots, word, 3, b't')),
        [b'm', b'b' | b'f' | b'p' | b'v', ..] => bare(roots, word, 3),
        [b'n', b'c' | b'd' | b'j' | b's' | b'z', ..] => bare(roots, word, 3),
        [b'n', b't', next, ..] if !is_vowel(*next) => bare(roots, word, 3),
        [b'l' | b'r' | b'w' | b'y', next, ..] if is_vowel(*next) => bare(roots, word, 2),
        _ => listed(roots, word, 2),
    }
}

/// Takes off meng- or peng-, behind which k is swallowed and a vowel is not, so that letters alone cannot tell.
///
/// A listed root decides; else e- (keluar, kerja, kembang) and most of ko- (kontrol, kosong) are taken for k-roots, and
/// other vowels (atur, isi, urus) for the root's own.
fn after_meng(roots: &Roots, word: &str, rest: &[u8]) -> Option<Peel> {
    match rest {
        [b'g' | b'h' | b'k' | b'q', ..] => bare(roots, word, 4),
        // pengrusakan, penglihatan: older spellings that only known roots have.
        [b'l' | b'r', ..] => listed(roots, word, 4),
        // menge- before one syllable: mengecek, mengecat.
        [b'e', a, b, c] if !is_vowel(*a) && is_vowel(*b) && !is_vowel(*c) && listed(roots, word, 5).is_some() => {
            listed(roots, word, 5)
        }
        [first, next, ..] if is_vowel(*first) => {
            let k_root = *first == b'e' || (*first == b'o' && matches!(next, b'n' | b'r' | b'm' | b't' | b's' | b'k'));
            listed_headed(roots, word, 4, b'k')
                .or_else(|| listed(roots, word, 4))
                .or_else(|| if k_root { restored(roots, word, 4, b'k') } else { bare(roots, word, 4) })
        }
        _ => None,
    }
}

/// True if `letters` are at least `shortest`, begin and end as Indonesian roots do and have a vowel in between.
pub(super) fn could_be_root(letters: &str, shortest: usize) -> bool {
    let bytes = letters.as_bytes();
    bytes.len() >= shortest && has_onset(bytes) && has_coda(bytes)
}

fn has_onset(bytes: &[u8]) -> bool {
    match bytes {
        [a, b, ..] => is_vowel(*a) || is_vowel(*b) || ONSETS.iter().any(|onset| onset[..] == [*a, *b]),
        _ => false,
    }
}

/// True for an end in a vowel, ng, or one consonant of those that end roots.
fn has_coda(bytes: &[u8]) -> bool {
    match bytes {
        [.., b'n', b'g'] => true,
        [.., before, last] => {
            is_vowel(*last)
                || (is_vowel(*before) && !matches!(last, b'c' | b'j' | b'q' | b'v' | b'w' | b'x' | b'y' | b'z'))
        }
        _ => false,
    }
}

fn is_vowel(byte: u8) -> bool {
    matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u')
}
