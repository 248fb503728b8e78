//! Links, mail addresses, accounts and the corpus masks, read from bytes.

use super::Kind;

/// The longest host name (RFC 1035); keeps hostile texts linear.
const LONGEST_HOST: usize = 253;

/// The longest local part of a mail address (RFC 5321).
const LONGEST_LOCAL: usize = 64;

/// Top-level domains that nobody writes by forgetting a space: `.com` ends no sentence.
const PLAIN_ENDINGS: [&str; 5] = ["com", "net", "org", "gov", "edu"];

/// Top-level domains that need a path to be told from two sentences: `s.id/abc`, `wa.me/62812`, `bit.ly/abc`.
const PATH_ENDINGS: [&str; 20] = [
    "id", "me", "ly", "gl", "be", "co", "io", "app", "link", "gd", "cc", "tv", "info", "xyz", "page", "site", "online",
    "com", "net", "org",
];

/// Second levels under `.id`; a bare `mati.id` may be two sentences ("... mati. ID pelanggan ...").
const ID_LEVELS: [&str; 12] = ["ac", "biz", "co", "desa", "go", "mil", "my", "net", "or", "ponpes", "sch", "web"];

/// Masks that the corpus carries in place of private data.
const MASKS: [(&str, Kind); 7] = [
    ("[NAMA]", Kind::Person),
    ("[TELEPON]", Kind::Phone),
    ("[NIK]", Kind::Nik),
    ("[EMAIL]", Kind::Email),
    ("[URL]", Kind::Link),
    ("[AKUN]", Kind::Account),
    ("[NOMOR]", Kind::Number),
];

/// Returns the length and kind of the mask at the start of `rest`, in any case of letters.
pub(super) fn mask(rest: &[u8]) -> Option<(usize, Kind)> {
    MASKS
        .iter()
        .find(|(mask, _)| rest.get(..mask.len()).is_some_and(|head| head.eq_ignore_ascii_case(mask.as_bytes())))
        .map(|(mask, kind)| (mask.len(), *kind))
}

/// Returns the end of the account name after the `@` at `start`.
pub(super) fn account(bytes: &[u8], start: usize) -> Option<usize> {
    let first = bytes.get(start + 1)?;
    if !first.is_ascii_alphabetic() && *first != b'_' {
        return None;
    }
    let end = run(bytes, start + 1, |byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.'));
    Some(trim(bytes, start + 1, end, b"."))
}

/// Returns the end of the mail address at `start`.
pub(super) fn email(bytes: &[u8], start: usize) -> Option<usize> {
    let window = &bytes[..bytes.len().min(start + LONGEST_LOCAL + 1)];
    let at =
        run(window, start, |byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'%' | b'+' | b'-'));
    if bytes.get(at) != Some(&b'@') {
        return None;
    }
    let end = host(bytes, at + 1);
    let ending = last_label(&bytes[at + 1..end])?;
    (ending.len() >= 2 && ending.iter().all(u8::is_ascii_alphabetic)).then_some(end)
}

/// Returns the end of the link whose first letters are `start..end`, always on a character boundary.
pub(super) fn link(bytes: &[u8], start: usize, end: usize) -> Option<usize> {
    let first = &bytes[start..end];
    let rest = &bytes[end..];
    let scheme = first.eq_ignore_ascii_case(b"http") || first.eq_ignore_ascii_case(b"https");
    if scheme && rest.starts_with(b"://") && rest.len() > 3 {
        return Some(path(bytes, end + 3));
    }
    match rest {
        [b'.', next, ..] if first.eq_ignore_ascii_case(b"www") && next.is_ascii_alphanumeric() => {
            Some(path(bytes, end))
        }
        [b'.' | b'-' | b'0'..=b'9', next, ..] if next.is_ascii_alphanumeric() || *next == b'.' => bare(bytes, start),
        _ => None,
    }
}

/// Returns the end of a link without scheme: `lapor.go.id`, `s.id/abc`, `wa.me/62812`.
fn bare(bytes: &[u8], start: usize) -> Option<usize> {
    let end = host(bytes, start);
    let host = &bytes[start..end];
    let ending = last_label(host)?;
    if bytes.get(end) == Some(&b'/') && bytes.get(end + 1).is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'@') {
        return PATH_ENDINGS.iter().any(|tld| is(ending, tld)).then(|| path(bytes, end));
    }
    let plain = PLAIN_ENDINGS.iter().any(|tld| is(ending, tld));
    let rest = &host[..host.len() - ending.len() - 1];
    let second = last_label(rest).unwrap_or_default();
    let under_id = is(ending, "id") && ID_LEVELS.iter().any(|level| is(second, level));
    (plain || under_id).then_some(end)
}

/// Returns the end of the host name at `start`: labels of letters, digits and dashes with dots between them.
fn host(bytes: &[u8], start: usize) -> usize {
    let window = &bytes[..bytes.len().min(start + LONGEST_HOST)];
    let end = run(window, start, |byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-'));
    trim(bytes, start, end, b".-")
}

fn is(label: &[u8], name: &str) -> bool {
    label.eq_ignore_ascii_case(name.as_bytes())
}

/// Returns what follows the last dot of `host`; `None` where there is no dot or nothing before it.
fn last_label(host: &[u8]) -> Option<&[u8]> {
    let dot = host.iter().rposition(|byte| *byte == b'.')?;
    (dot > 0).then(|| &host[dot + 1..])
}

/// Returns the end of a link's remaining characters at `start`, without the sentence's own punctuation.
fn path(bytes: &[u8], start: usize) -> usize {
    let end = run(bytes, start, |byte| byte > b' ' && !matches!(byte, b'"' | b'<' | b'>' | b'[' | b']' | 0x7f));
    trim(bytes, start, end, b".,;:!?)'(*-")
}

fn run(bytes: &[u8], start: usize, belongs: impl Fn(u8) -> bool) -> usize {
    bytes[start..].iter().position(|byte| !belongs(*byte)).map_or(bytes.len(), |length| start + length)
}

fn trim(bytes: &[u8], start: usize, end: usize, signs: &[u8]) -> usize {
    let kept = bytes[start..end].iter().rposition(|byte| !signs.contains(byte));
    kept.map_or(start, |last| start + last + 1)
}
