//! Masking: what a public list of reports should not carry.

use super::is_personal;
use super::row::Value;
use crate::text::{Kind, Token, private_data};
use std::borrow::Cow;

/// What stands for a field that says who somebody is.
pub(crate) const PERSON: &str = "[DISAMARKAN]";

/// The least digits of a telephone number.
const DIGITS: usize = 9;

/// Returns `text` with telephone numbers, NIKs and e-mail addresses replaced by `[TELEPON]`, `[NIK]` and `[EMAIL]`, also
/// where the number stands in a link with which somebody can be called or written to.
pub fn masked(text: &str) -> Cow<'_, str> {
    masked_but(text, |_| true)
}

/// Returns `text` with what is private and `wanted` replaced.
fn masked_but(text: &str, wanted: impl Fn(&Token<'_>) -> bool) -> Cow<'_, str> {
    // Most texts have none: a look at the bytes is cheaper than a search.
    if text.bytes().filter(u8::is_ascii_digit).count() < DIGITS && !text.contains('@') {
        return Cow::Borrowed(text);
    }
    let mut found = private_data(text);
    found.retain(wanted);
    let text = if found.is_empty() { Cow::Borrowed(text) } else { Cow::Owned(replaced(text, &found)) };
    match without_callable(&text) {
        Some(masked) => Cow::Owned(masked),
        None => text,
    }
}

/// What stands before the number in such a link.
const CALLABLE: [&str; 3] = ["wa.me/", "phone=", "tel:"];

/// Returns `text` without the numbers in such links; none where there are none.
fn without_callable(text: &str) -> Option<String> {
    let mut masked = None::<String>;
    for place in CALLABLE {
        let text = masked.as_deref().unwrap_or(text);
        let mut parts = text.split(place);
        let mut out = parts.next()?.to_owned();
        let mut any = false;
        for part in parts {
            let number = part.len()
                - part.trim_start_matches(['+', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '-', ' ']).len();
            let is_number = part[..number].bytes().filter(u8::is_ascii_digit).count() >= DIGITS;
            any |= is_number;
            out.push_str(place);
            out.push_str(if is_number { "[TELEPON]" } else { &part[..number] });
            out.push_str(&part[number..]);
        }
        if any {
            masked = Some(out);
        }
    }
    masked
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
/// The ids of posts and messages, in fields called `id` or `..._id`, may have as many digits as a NIK, and stay.
pub(crate) fn masked_value<'v>(name: &str, value: Value<'v>, personal: bool) -> Value<'v> {
    match value {
        Value::Text(text) if personal && !text.trim().is_empty() => Value::Text(Cow::Borrowed(PERSON)),
        Value::Json(json) if personal && json != "null" => Value::Text(Cow::Borrowed(PERSON)),
        Value::Text(Cow::Borrowed(text)) => Value::Text(masked_under(name, text)),
        Value::Text(Cow::Owned(text)) => Value::Text(Cow::Owned(masked_under(name, &text).into_owned())),
        Value::Json(json) => masked_json(name, json),
    }
}

/// Returns the text of a field called `name`, masked.
fn masked_under<'t>(name: &str, text: &'t str) -> Cow<'t, str> {
    if is_id(name) { masked_but(text, |token| token.kind != Kind::Nik) } else { masked(text) }
}

/// Whether a field called `name` holds what a platform or a database counts its things by.
fn is_id(name: &str) -> bool {
    let name = name.as_bytes();
    let ends = |end: &[u8]| name.len() >= end.len() && name[name.len() - end.len()..].eq_ignore_ascii_case(end);
    name.eq_ignore_ascii_case(b"id") || ends(b"_id") || ends(b"id_str")
}

fn masked_json<'v>(name: &str, json: Cow<'v, str>) -> Value<'v> {
    if json.starts_with(['[', '{']) {
        let masked = nested(name, &json);
        return Value::Json(masked.map_or(json, Cow::Owned));
    }
    match masked_under(name, &json) {
        Cow::Borrowed(_) => Value::Json(json),
        Cow::Owned(mask) => Value::Text(Cow::Owned(mask)),
    }
}

/// Returns the array or object `json` of a field called `name`, masked; none where there is nothing to mask.
fn nested(name: &str, json: &str) -> Option<String> {
    let mut value: serde_json::Value = serde_json::from_str(json).ok()?;
    mask_inside(name, &mut value).then(|| value.to_string())
}

/// Masks inside `value`, which is called `name`; returns whether anything was masked.
fn mask_inside(name: &str, value: &mut serde_json::Value) -> bool {
    use serde_json::Value as Json;
    let text = match value {
        Json::Null | Json::Bool(_) => return false,
        Json::Array(items) => return items.iter_mut().fold(false, |any, item| mask_inside(name, item) | any),
        Json::Object(members) => {
            return members.iter_mut().fold(false, |any, (name, item)| mask_inside(name, item) | any);
        }
        Json::String(text) => text.clone(),
        Json::Number(number) => number.to_string(),
    };
    let masked = if is_personal(name) { Cow::Borrowed(PERSON) } else { masked_under(name, &text) };
    let is_other = masked != text && !text.trim().is_empty();
    if is_other {
        *value = Json::String(masked.into_owned());
    }
    is_other
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
            (
                "chat wa.me/6281234567890?text=hai atau tel:+62-812-3456-7890",
                "chat wa.me/[TELEPON]?text=hai atau tel:[TELEPON]",
            ),
            ("https://api.whatsapp.com/send?phone=6281234567890", "https://api.whatsapp.com/send?phone=[TELEPON]"),
            ("https://wa.me/message/ABC", "https://wa.me/message/ABC"),
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
            ("chat_id", text("6281234567890@c.us"), false, text("[EMAIL]")),
            ("deskripsi_id", text("hub 081234567890"), false, text("hub [TELEPON]")),
            ("_id", json(r#"{"telp":"081234567890"}"#), false, json(r#"{"telp":"[DISAMARKAN]"}"#)),
            (
                "konteks",
                json(r#"{"sender":{"nama":"Budi"},"n":1}"#),
                false,
                json(r#"{"sender":{"nama":"[DISAMARKAN]"},"n":1}"#),
            ),
            (
                "isi",
                json(r#"{"a":["hub 081234567890",1],"id":3578012345678901}"#),
                false,
                json(r#"{"a":["hub [TELEPON]",1],"id":3578012345678901}"#),
            ),
            ("isi", json("[6281234567890,true]"), false, json(r#"["[TELEPON]",true]"#)),
        ] {
            assert_eq!(masked_value(name, value.clone(), personal), expected, "{name} {value:?}");
        }
    }
}
