//! Texts that Facebook and Instagram wrote as bytes of UTF-8, each as a character of its own.

use serde_json::Value;
use std::borrow::Cow;

/// Returns `text` with its characters put together again where they are bytes of UTF-8, else as it is.
pub(super) fn mended(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.is_ascii() {
        return text;
    }
    let bytes: Option<Vec<u8>> = text.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect();
    bytes.and_then(|bytes| String::from_utf8(bytes).ok()).map_or(text, Cow::Owned)
}

/// Mends every string in `value`.
pub(super) fn mend(value: &mut Value) {
    match value {
        Value::String(text) => *text = mended(Cow::Borrowed(text)).into_owned(),
        Value::Array(values) => values.iter_mut().for_each(mend),
        Value::Object(members) => {
            *members = std::mem::take(members)
                .into_iter()
                .map(|(name, mut value)| {
                    mend(&mut value);
                    (mended(Cow::Owned(name)).into_owned(), value)
                })
                .collect();
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::mended;
    use std::borrow::Cow;

    #[test]
    fn only_bytes_of_utf8_are_put_together() {
        for (text, expected) in [
            ("Tolong \u{f0}\u{9f}\u{99}\u{8f}", "Tolong 🙏"),
            ("caf\u{c3}\u{a9}", "café"),
            ("café", "café"),
            ("sudah 🙏 benar", "sudah 🙏 benar"),
            ("jalan", "jalan"),
            ("\u{c3}", "\u{c3}"),
        ] {
            assert_eq!(mended(Cow::Borrowed(text)), expected);
        }
    }
}
