//! JSON values as a row carries them.

use super::scan::deepest;
use crate::read::row::Value;
use memchr::{memchr, memchr2};
use serde_json::value::RawValue;
use std::borrow::Cow;

/// Returns `raw` as a row carries it: a string without quotes and escapes, anything else as JSON on one line.
pub(in crate::read) fn value(raw: &RawValue) -> Value<'_> {
    unescaped(raw).map_or_else(|| carried(raw.get()), Value::Text)
}

/// Returns the characters of the string `raw`; none where it is another value.
pub(in crate::read) fn unescaped(raw: &RawValue) -> Option<Cow<'_, str>> {
    let raw = raw.get();
    let inner = raw.strip_prefix('"')?.strip_suffix('"')?;
    if memchr(b'\\', inner.as_bytes()).is_none() {
        return Some(Cow::Borrowed(inner));
    }
    let text = serde_json::from_str(raw).or_else(|_| serde_json::from_str(&paired(raw)));
    Some(Cow::Owned(text.unwrap_or_else(|_| inner.to_owned())))
}

/// Returns a value that is no string as JSON on one line; as text where few programs could read it: a number too large.
pub(in crate::read) fn carried(raw: &str) -> Value<'_> {
    let text =
        if memchr2(b'\n', b'\r', raw.as_bytes()).is_some() { Cow::Owned(compact(raw)) } else { Cow::Borrowed(raw) };
    if is_doubtful(raw) && serde_json::from_str::<serde_json::Value>(&text).is_err() {
        return Value::Text(text);
    }
    Value::Json(text)
}

/// Whether `raw` may be JSON that programs refuse; most values can be told at a glance.
fn is_doubtful(raw: &str) -> bool {
    const LONG: usize = 300;
    let pair =
        |pair: &[u8]| (pair[0].is_ascii_digit() && pair[1] | 32 == b'e') || (pair[0] == b'\\' && pair[1] == b'u');
    raw.len() > 1 && (raw.as_bytes().windows(2).any(pair) || raw.len() > LONG && number(raw))
}

/// Values within values of a field: programs that read JSON, serde_json among them, stop at 128, and a field stands within
/// its line.
pub(super) const DEEPEST: usize = 100;

/// Returns how many values `raw` has within each other where that is more than [`DEEPEST`].
pub(super) fn too_deep(raw: &str) -> Option<usize> {
    // Almost every value can be told at a glance: every level has two brackets.
    if raw.len() <= 2 * DEEPEST || !raw.starts_with(['[', '{']) {
        return None;
    }
    let opening = raw.bytes().filter(|byte| matches!(byte, b'[' | b'{')).count();
    Some(raw).filter(|_| opening > DEEPEST).map(deepest).filter(|depth| *depth > DEEPEST)
}

/// Whether there is a number with very many digits.
fn number(raw: &str) -> bool {
    raw.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() > 300)
}

/// `raw` without blanks between its values.
fn compact(raw: &str) -> String {
    let (mut string, mut escape) = (false, false);
    let keeps = |c: &char| {
        let inside = string;
        match c {
            _ if escape => escape = false,
            '\\' => escape = string,
            '"' => string = !string,
            _ => {}
        }
        inside || !c.is_ascii_whitespace()
    };
    raw.chars().filter(keeps).collect()
}

/// `raw` with half of a surrogate pair, which is no character, written as the replacement character.
fn paired(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = memchr(b'\\', rest.as_bytes()) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = match (unit(rest), rest.get(6..).and_then(unit)) {
            (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => 12,
            (Some(0xd800..=0xdfff), _) => 0,
            (Some(_), _) => 6,
            (None, _) => 2,
        };
        let taken = if length == 0 { 6 } else { length };
        let (escape, after) = rest.split_at_checked(taken).unwrap_or((rest, ""));
        text.push_str(if length == 0 { "\\ufffd" } else { escape });
        rest = after;
    }
    text + rest
}

/// The number in `\uXXXX`.
fn unit(escape: &str) -> Option<u32> {
    u32::from_str_radix(escape.strip_prefix("\\u")?.get(..4)?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::{carried, too_deep, value};
    use crate::read::row::Value;
    use serde_json::value::RawValue;

    #[test]
    fn values_are_carried_as_text_or_as_json_on_one_line() {
        let text = |text: &str| Value::Text(text.to_owned().into());
        let json = |text: &str| Value::Json(text.to_owned().into());
        for (raw, expected) in [
            (r#""jalan""#, text("jalan")),
            (r#""a\n\"b\" \u00e9 \ud83d\ude4f""#, text("a\n\"b\" é 🙏")),
            (r#""a\ud83d b\ude4f\\""#, text("a\u{fffd} b\u{fffd}\\")),
            ("12.5", json("12.5")),
            ("null", json("null")),
            ("[ 1,\n {\"a b\": \"c \\\" d\"}\r\n]", json(r#"[1,{"a b":"c \" d"}]"#)),
            ("1e999", text("1e999")),
            (r#"["\ud83d"]"#, text(r#"["\ud83d"]"#)),
        ] {
            let raw: Box<RawValue> = serde_json::from_str(raw).unwrap();
            assert_eq!(value(&raw), expected);
        }
        assert_eq!(carried("1"), json("1"));
    }

    #[test]
    fn values_are_too_deep_by_the_brackets_outside_their_strings() {
        let nested = |depth: usize, inner: &str| format!("{}{inner}{}", "[".repeat(depth), "]".repeat(depth));
        for (raw, expected) in [
            (nested(100, "1"), None),
            (nested(101, "1"), Some(101)),
            (nested(100, r#"{"a":{}}"#), Some(102)),
            (nested(100, r#""[\"[{""#), None),
            (format!("[{}[]]", "[],".repeat(500)), None),
            (format!("\"{}\"", "[".repeat(500)), None),
            ("1".repeat(500), None),
        ] {
            assert_eq!(too_deep(&raw), expected, "{raw}");
        }
    }
}
