//! Posts, comments and messages of Facebook and Instagram.

use super::super::Reject;
use super::super::flat::Flat;
use super::super::json::{Object, carried, unescaped};
use super::Kind;
use super::mend::{mend, mended};
use crate::read::row::{Channel, Row, Time, Value};
use serde_json::Value as Json;
use serde_json::value::RawValue;
use std::borrow::Cow;

/// Members that say who somebody is.
const PERSONAL: [&str; 7] = ["title", "tags", "reactions", "sender_name", "participants", "users", "string_map_data"];

/// What one object says.
#[derive(Default)]
struct Said {
    text: Option<String>,
    author: Option<String>,
    /// Seconds since 1970.
    time: Option<i64>,
    /// Members that are told by this already.
    used: &'static [&'static str],
}

/// Returns the message in `bytes`; none where it says nothing.
pub(super) fn row(bytes: &[u8], kind: Kind, channel: Channel) -> Result<Option<Row<'_>>, Reject> {
    let object = Object::parse(bytes)?;
    let said = match kind {
        Kind::FacebookPost => facebook(&object, post),
        Kind::FacebookComment => facebook(&object, comment),
        Kind::InstagramPost => instagram_post(&object),
        Kind::InstagramComment => instagram_comment(&object),
        Kind::Message | Kind::X => message(&object),
    };
    let Some(text) = said.text.filter(|text| !text.trim().is_empty()) else { return Ok(None) };
    let mut flat = Flat::new(mended(Cow::Owned(text)));
    let author = if kind == Kind::Message { "sender" } else { "author" };
    flat.own(author, said.author.map(|author| Value::Text(mended(Cow::Owned(author)))), true);
    flat.own("time", said.time.map(|time| Value::Json(Cow::Owned(time.to_string()))), false);
    for (name, raw) in object.0 {
        if !said.used.contains(&name.as_ref()) {
            let personal = PERSONAL.contains(&name.as_ref());
            flat.rest(mended(name), value(raw), personal);
        }
    }
    Ok(Some(flat.row(said.time.map(Time), channel)))
}

/// `raw` as a row carries it, its strings mended.
fn value(raw: &RawValue) -> Value<'_> {
    if let Some(text) = unescaped(raw) {
        return Value::Text(mended(text));
    }
    let json = raw.get();
    if json.is_ascii() && !json.contains("\\u") {
        return carried(json);
    }
    let Ok(mut json) = serde_json::from_str::<Json>(json) else { return carried(json) };
    mend(&mut json);
    Value::Json(Cow::Owned(json.to_string()))
}

/// The member called `name` as JSON.
fn json(object: &Object<'_>, name: &str) -> Option<Json> {
    serde_json::from_str(object.get(name)?.get()).ok()
}

fn string(object: &Object<'_>, name: &str) -> Option<String> {
    object.get(name).and_then(unescaped).map(Cow::into_owned)
}

fn owned(value: &Json) -> Option<String> {
    value.as_str().map(str::to_owned)
}

fn message(object: &Object<'_>) -> Said {
    Said {
        text: string(object, "content"),
        author: string(object, "sender_name"),
        time: json(object, "timestamp_ms").and_then(|time| time.as_i64()).map(|time| time.div_euclid(1000)),
        used: &["content", "sender_name", "timestamp_ms"],
    }
}

/// What `read` finds in the first part of `data` that says something.
fn facebook(object: &Object<'_>, read: impl Fn(&Json) -> Said) -> Said {
    let time = json(object, "timestamp").and_then(|time| time.as_i64());
    let parts = json(object, "data").unwrap_or_default();
    let said = parts.as_array().into_iter().flatten().map(read).find(|said| said.text.is_some()).unwrap_or_default();
    Said { time: time.or(said.time), used: &["data", "timestamp"], ..said }
}

fn post(part: &Json) -> Said {
    Said { text: owned(&part["post"]), ..Said::default() }
}

fn comment(part: &Json) -> Said {
    let comment = &part["comment"];
    Said {
        text: owned(&comment["comment"]),
        author: owned(&comment["author"]),
        time: comment["timestamp"].as_i64(),
        used: &[],
    }
}

/// A post is called by its title, one with a single picture by the picture's.
fn instagram_post(object: &Object<'_>) -> Said {
    let media = json(object, "media").unwrap_or_default();
    let media = media.as_array().map(Vec::as_slice).unwrap_or_default();
    let blank = |text: &String| !text.trim().is_empty();
    let title = string(object, "title").filter(blank);
    let time = json(object, "creation_timestamp").and_then(|time| time.as_i64());
    Said {
        text: title.or_else(|| media.iter().filter_map(|medium| owned(&medium["title"])).find(blank)),
        author: None,
        time: time.or_else(|| media.iter().find_map(|medium| medium["creation_timestamp"].as_i64())),
        used: &["title", "creation_timestamp"],
    }
}

/// The names of what a comment has are in the language of its writer.
fn instagram_comment(object: &Object<'_>) -> Said {
    let map = json(object, "string_map_data").unwrap_or_default();
    let one = |names: [&str; 2]| names.iter().find_map(|name| map.get(name)).cloned().unwrap_or_default();
    Said {
        text: owned(&one(["Comment", "Komentar"])["value"]),
        author: None,
        time: one(["Time", "Waktu"])["timestamp"].as_i64(),
        used: &[],
    }
}
