//! Masking: what a public list of reports should not carry.

use super::row::Value;
use crate::text::{Kind, Token, private_data};
use serde_json::value::RawValue;
use std::borrow::Cow;

/// What stands for a field that says who somebody is.
pub(super) const PERSON: &str = "[DISAMARKAN]";

/// Digits that a number must have before it can be a telephone number or a NIK.
const DIGITS: usize = 9;

/// Returns `text` with telephone numbers, NIKs and e-mail addresses replaced by `[TELEPON]`, `[NIK]` and `[EMAIL]`.
pub fn masked(text: &str) -> Cow<'_, str> {
    let found = private_data(text);
    if found.is_empty() { Cow::Borrowed(text) } else { Cow::Owned(replaced(text, &found)) }
}

fn replaced(text: &str, found: &[Token<'_>]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for token in found {
        out.push_str(&text[from..token.span.start]);
        out.push_str(mask(token.kind));
        from = token.span.end;
    }
    out.push_str(&text[from..]);
    out
}

fn mask(kind: Kind) -> &'static str {
    match kind {
        Kind::Phone => "[TELEPON]",
        Kind::Nik => "[NIK]",
        _ => "[EMAIL]",
    }
}

/// Returns `value` masked: as a whole where it is `personal`, else what is private in its strings and numbers.
///
/// The ids of posts and messages, in fields called `id` or `..._id`, stay: some have as many digits as a NIK.
pub(super) fn masked_value<'v>(name: &str, value: Value<'v>, personal: bool) -> Value<'v> {
    match value {
        Value::Text(text) if personal && !text.trim().is_empty() => Value::Text(Cow::Borrowed(PERSON)),
        Value::Json(json) if personal && json != "null" => Value::Text(Cow::Borrowed(PERSON)),
        value if is_id(name) => value,
        Value::Text(Cow::Borrowed(text)) => Value::Text(masked(text)),
        Value::Text(Cow::Owned(text)) => Value::Text(Cow::Owned(masked(&text).into_owned())),
        Value::Json(json) => masked_json(json),
    }
}

/// Whether a field called `name` holds what a platform or a database counts its things by.
fn is_id(name: &str) -> bool {
    let name = name.as_bytes();
    let ends = |end: &[u8]| name.len() >= end.len() && name[name.len() - end.len()..].eq_ignore_ascii_case(end);
    name.eq_ignore_ascii_case(b"id") || ends(b"_id") || ends(b"id_str")
}

fn masked_json(json: Cow<'_, str>) -> Value<'_> {
    // Almost every number and list is harmless: look at the bytes first.
    if !json.contains('@') && json.bytes().filter(u8::is_ascii_digit).count() < DIGITS {
        return Value::Json(json);
    }
    match serde_json::from_str::<&RawValue>(&json) {
        Ok(_) if !json.starts_with(['[', '{']) => match masked(&json) {
            Cow::Borrowed(_) => Value::Json(json),
            Cow::Owned(mask) => Value::Text(Cow::Owned(mask)),
        },
        _ => Value::Json(nested(&json).map_or(json, Cow::Owned)),
    }
}

/// Returns the array or object `json` with its strings and numbers masked; none where there is nothing to mask.
fn nested(json: &str) -> Option<String> {
    let mut value: serde_json::Value = serde_json::from_str(json).ok()?;
    mask_inside("", &mut value).then(|| value.to_string())
}

/// Masks inside `value`, which is called `name`; returns whether anything was masked.
fn mask_inside(name: &str, value: &mut serde_json::Value) -> bool {
    use serde_json::Value as Json;
    let found = match value {
        Json::Array(items) => return items.iter_mut().fold(false, |any, item| mask_inside(name, item) | any),
        Json::Object(members) => {
            return members.iter_mut().fold(false, |any, (name, member)| mask_inside(name, member) | any);
        }
        _ if is_id(name) => return false,
        Json::String(text) => masked(text).into_owned(),
        Json::Number(number) => match masked(&number.to_string()) {
            Cow::Borrowed(_) => return false,
            Cow::Owned(mask) => mask,
        },
        _ => return false,
    };
    let mask = Json::String(found);
    std::mem::replace(value, mask) != *value
}

#[cfg(test)]
mod tests {
    use super::{Value, masked, masked_value};

    #[test]
    fn private_data_is_replaced_and_the_rest_stays() {
        for (text, expected) in [
            ("hub 0812-3456-7890 ya", "hub [TELEPON] ya"),
            ("NIK 3578012345678901, surel budi@contoh.id.", "NIK [NIK], surel [EMAIL]."),
            ("lampu mati di RT 05", "lampu mati di RT 05"),
        ] {
            assert_eq!(masked(text), expected);
        }
    }

    #[test]
    fn values_are_masked_by_what_they_are() {
        let text = |text: &'static str| Value::Text(text.into());
        let json = |json: &'static str| Value::Json(json.into());
        for (name, value, personal, expected) in [
            ("nama", text("Budi"), true, text("[DISAMARKAN]")),
            ("nama", text("  "), true, text("  ")),
            ("telepon", json("6281234567890"), true, text("[DISAMARKAN]")),
            ("telepon", json("null"), true, json("null")),
            ("catatan", text("telp 081234567890"), false, text("telp [TELEPON]")),
            ("kontak", json("6281234567890"), false, text("[TELEPON]")),
            ("jumlah", json("1769900000000"), false, json("1769900000000")),
            ("id", text("3578012345678901"), false, text("3578012345678901")),
            ("post_id", json("3578012345678901"), false, json("3578012345678901")),
            (
                "isi",
                json(r#"{"a":["hub 081234567890",1],"id":6281234567890}"#),
                false,
                json(r#"{"a":["hub [TELEPON]",1],"id":6281234567890}"#),
            ),
            ("isi", json("[6281234567890,true]"), false, json(r#"["[TELEPON]",true]"#)),
        ] {
            assert_eq!(masked_value(name, value.clone(), personal), expected, "{name} {value:?}");
        }
    }
}
