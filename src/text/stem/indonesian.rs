//! One pass over a word: particle, possessive, suffix, prefixes.

use super::Cut;
use super::roots::Roots;
use prefix::{Context, Peel, could_be_root, peel};

mod prefix;

/// Shorter words carry no affix (`aduan` and `diisi` are the shortest that do).
pub(super) const SHORTEST: usize = 5;

/// The most prefixes one word carries: ke-ber-ter-ima-an, mem-per-ke-...
const MOST_PREFIXES: usize = 3;

/// Returns what stays of a lower-case ASCII `word` without its affixes; `None` where it has none.
pub(super) fn cut(word: &str, roots: &Roots) -> Option<Cut> {
    if word.len() < SHORTEST || !may_be_affixed(word) || roots.contains(word) {
        return None;
    }
    let mut context = Context { roots, an: false, nya: false };
    let mut rest = word;
    let mut best = prefixes(rest, context);
    for strip in [particle, possessive, suffix] {
        if best.listed {
            break;
        }
        let shorter = strip(rest, &mut context);
        if shorter.len() < rest.len() {
            rest = shorter;
            best = behind(rest, context);
        }
    }
    let changed = best.cut.head.is_some() || best.cut.end - best.cut.start < word.len();
    changed.then_some(best.cut)
}

/// A look at the first and last letter that spares most roots the work.
fn may_be_affixed(word: &str) -> bool {
    let (Some(first), Some(last)) = (word.as_bytes().first(), word.as_bytes().last()) else { return false };
    matches!(first, b'b' | b'd' | b'k' | b'm' | b'p' | b's' | b't') || matches!(last, b'a' | b'h' | b'i' | b'n' | b'u')
}

/// A word without its prefixes.
#[derive(Debug, Clone, Copy)]
struct Bare {
    cut: Cut,
    /// Whether it is a listed root.
    listed: bool,
}

/// Returns `text`, if it is a listed root, or else what is behind its prefixes.
fn behind(text: &str, context: Context<'_>) -> Bare {
    if context.roots.contains(text) {
        return Bare { cut: Cut { head: None, start: 0, end: text.len() }, listed: true };
    }
    prefixes(text, context)
}

/// Returns `text` without its prefixes, as far as the first listed root or restored letter.
fn prefixes(text: &str, context: Context<'_>) -> Bare {
    let end = text.len();
    let mut start = 0;
    for _ in 0..MOST_PREFIXES {
        let Some(Peel { head, skip, listed }) = peel(&text[start..], context) else { break };
        start += skip;
        if listed || head.is_some() {
            return Bare { cut: Cut { head, start, end }, listed };
        }
    }
    Bare { cut: Cut { head: None, start, end }, listed: false }
}

/// True if a listed root is `text` or is behind its prefixes.
fn hides_root(text: &str, context: Context<'_>) -> bool {
    behind(text, context).listed
}

/// Takes off -lah, -kah or -pun. (-tah is dead; words that end so are roots: perintah, bantah.)
fn particle<'w>(word: &'w str, context: &mut Context<'_>) -> &'w str {
    let rest = ["lah", "kah", "pun"].iter().find_map(|end| word.strip_suffix(end));
    // Names of God end in -llah.
    rest.filter(|rest| (rest.len() >= 4 && !rest.ends_with('l')) || context.roots.contains(rest)).unwrap_or(word)
}

/// Takes off -nya, -ku or -mu.
fn possessive<'w>(word: &'w str, context: &mut Context<'_>) -> &'w str {
    if let Some(rest) = word.strip_suffix("nya").filter(|rest| rest.len() >= 3) {
        context.nya = true;
        return rest;
    }
    ["ku", "mu"].iter().find_map(|end| word.strip_suffix(end)).filter(|rest| could_be_root(rest, 4)).unwrap_or(word)
}

/// Takes off -kan, -an, -i or -in, whichever the prefix, the letters before it and the listed roots agree with.
fn suffix<'w>(word: &'w str, context: &mut Context<'_>) -> &'w str {
    match word.as_bytes() {
        [.., b'a', b'n'] => suffix_an(word, context),
        [.., b'i'] => suffix_i(word, *context),
        [b'd', b'i', .., b'i', b'n'] => stem_before(word, "in", *context).unwrap_or(word),
        _ => word,
    }
}

/// Decides between -kan and k + -an: a listed root decides; else ke- and pe- go with -an, me- and di- with -kan.
fn suffix_an<'w>(word: &'w str, context: &mut Context<'_>) -> &'w str {
    let with_an = Context { an: true, ..*context };
    let an = word.strip_suffix("an").filter(|rest| hides_root(rest, with_an));
    let kan = word.strip_suffix("kan").filter(|rest| hides_root(rest, *context));
    let nominal = (word.starts_with("ke") || word.starts_with("pe")) && !word.starts_with("per");
    let verbal = word.starts_with("me") || word.starts_with("di");
    if let Some(rest) = an {
        context.an = true;
        return rest;
    }
    if let Some(rest) = kan {
        return rest;
    }
    if !nominal && let Some(rest) = stem_before(word, "kan", *context) {
        return rest;
    }
    match stem_before(word, "an", with_an).filter(|_| !verbal) {
        Some(rest) => {
            context.an = true;
            rest
        }
        None => word,
    }
}

/// Takes off -i where a root is left, or where a verbal prefix and the letters before it allow it.
///
/// Most words in -i are roots or loans (hari, polisi, lokasi), so -s- and a cluster before it keep it.
fn suffix_i<'w>(word: &'w str, context: Context<'_>) -> &'w str {
    let Some(rest) = word.strip_suffix('i') else { return word };
    if hides_root(rest, context) {
        return rest;
    }
    let verbal = ["me", "di", "ter", "per"].iter().any(|prefix| word.starts_with(prefix));
    let allowed = verbal && !matches!(rest.as_bytes().last(), Some(b's' | b'a' | b'e' | b'i' | b'o'));
    let prefixed = |rest: &&str| peel(rest, context).is_some();
    stem_before(word, "i", context).filter(|_| allowed).filter(prefixed).unwrap_or(word)
}

/// Returns `word` without `ending` if what is left behind its prefixes could be a root.
fn stem_before<'w>(word: &'w str, ending: &str, context: Context<'_>) -> Option<&'w str> {
    let rest = word.strip_suffix(ending)?;
    let cut = behind(rest, context).cut;
    let letters = &rest[cut.start..];
    could_be_root(letters, 4 - usize::from(cut.head.is_some())).then_some(rest)
}
