//! Which parts of a hyphenated word, or of a word with the figure 2, belong together.

/// Prefixes that are written with a hyphen before capitals and foreign words: `ber-AC`, `di-PHK`, `e-KTP`.
const PREFIXES: [&str; 17] =
    ["ber", "di", "e", "ke", "me", "mem", "men", "meng", "meny", "pe", "pem", "pen", "peng", "per", "se", "ter", "nge"];

/// Suffixes that are written with a hyphen after capitals and foreign words: `HP-nya`, `KTP-el`, `di-PHP-in`.
const SUFFIXES: [&str; 11] = ["an", "el", "in", "kah", "kan", "ku", "lah", "mu", "nya", "ny", "pun"];

/// How much of the left part must come again in the right one to be a reduplication.
const SHORTEST_ECHO: usize = 2;

/// True if `part` is an affix that a hyphen attaches in front.
pub(in crate::text) fn is_prefix(part: &str) -> bool {
    PREFIXES.iter().any(|prefix| prefix.eq_ignore_ascii_case(part))
}

/// True if `part` is an affix that a hyphen attaches behind.
pub(in crate::text) fn is_suffix(part: &str) -> bool {
    SUFFIXES.iter().any(|suffix| suffix.eq_ignore_ascii_case(part))
}

/// True if `left-right` is one word.
pub(super) fn joins(left: &str, right: &str) -> bool {
    is_prefix(left) || is_suffix(right) || echo(left, right).is_some()
}

/// Returns how many bytes at the start of `right` repeat the end of `left`: 4 for anak-anaknya, 5 for berjalan-jalan.
///
/// `None` where nothing is repeated, as in Surabaya-Sidoarjo. Either the whole left part comes again (anak-anaknya), or
/// the right part begins with what follows the left part's prefix (sebaik-baiknya).
pub(in crate::text) fn echo(left: &str, right: &str) -> Option<usize> {
    let left = left.trim_end_matches(['2', '\u{b2}']);
    (0..left.len())
        .filter(|&from| from == 0 || is_prefix(left.get(..from).unwrap_or_default()))
        .map(|from| left.len() - from)
        .find(|&size| size >= SHORTEST_ECHO && repeats(left, right, size))
}

fn repeats(left: &str, right: &str, size: usize) -> bool {
    match (left.get(left.len() - size..), right.get(..size)) {
        (Some(end), Some(start)) => end.eq_ignore_ascii_case(start),
        _ => false,
    }
}

/// Returns the offset after the figure 2 (or superscript two) that stands at `end` and doubles the word `start..end`.
///
/// Words of one or two letters are labels (`RT2`, `B2`), and a longer number is one (`blok20`, `Rp2.000`).
pub(super) fn twice(bytes: &[u8], start: usize, end: usize) -> Option<usize> {
    if end - start < 3 {
        return None;
    }
    if bytes[end..].starts_with("\u{b2}".as_bytes()) {
        return Some(end + 2);
    }
    let digit_at = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let number_goes_on =
        digit_at(end + 1) || (matches!(bytes.get(end + 1), Some(b'.' | b',' | b':' | b'/')) && digit_at(end + 2));
    (bytes.get(end) == Some(&b'2') && !number_goes_on).then_some(end + 1)
}
