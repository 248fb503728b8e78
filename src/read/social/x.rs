//! Posts of X.

use super::super::flat::Flat;
use super::super::json::{Object, unescaped, value};
use super::super::{Reject, time};
use crate::read::row::{Channel, Row};
use memchr::memchr;
use serde_json::value::RawValue;
use std::borrow::Cow;

/// Members that say who somebody is.
const PERSONAL: [&str; 9] = [
    "user",
    "entities",
    "in_reply_to_screen_name",
    "in_reply_to_user_id",
    "in_reply_to_user_id_str",
    "screen_name",
    "username",
    "name",
    "extended_entities",
];

/// Returns the post in `bytes`; none where it says nothing.
pub(super) fn row(bytes: &[u8], utc_offset: i8) -> Result<Option<Row<'_>>, Reject> {
    let post = unwrapped(Object::parse(bytes)?);
    let Some((text_from, text)) = text(&post) else { return Ok(None) };
    let take = |names: &[&'static str]| names.iter().find_map(|name| post.get(name).map(|raw| (*name, raw)));
    let author = take(&["author_id", "user_id_str"]);
    let time = take(&["created_at", "createdAt"]);
    let id = take(&["id_str", "id", "noteTweetId"]);
    let mut flat = Flat::new(text);
    let screen_name =
        || unescaped(Object::of(post.get("user")?)?.get("screen_name")?).map(crate::read::row::Value::Text);
    flat.own("author", author.map(|(_, raw)| value(raw)).or_else(screen_name), true);
    flat.own("time", time.map(|(_, raw)| value(raw)), false);
    flat.own("id", id.map(|(_, raw)| value(raw)), false);
    let moment = time.and_then(|(_, raw)| time::parse(unescaped(raw)?.as_ref(), utc_offset));
    let used = [Some(text_from), author.map(name), time.map(name), id.map(name)];
    for (name, raw) in post.0 {
        if !used.contains(&Some(name.as_ref())) {
            let personal = PERSONAL.contains(&name.as_ref());
            flat.rest(name, value(raw), personal);
        }
    }
    Ok(Some(flat.row(moment, Channel::X)))
}

fn name(member: (&'static str, &RawValue)) -> &'static str {
    member.0
}

/// The post in `{"tweet": {...}}`, and in what else archives and the programming interface wrap one.
fn unwrapped(object: Object<'_>) -> Object<'_> {
    let inner = ["tweet", "noteTweet", "data"].iter().find_map(|name| Object::of(object.get(name)?));
    inner.unwrap_or(object)
}

/// What a post says and the member that says it; the long form where there is one.
fn text<'r>(post: &Object<'r>) -> Option<(&'static str, Cow<'r, str>)> {
    let inner = |member: &'static str| Some((member, unescaped(Object::of(post.get(member)?)?.get("text")?)?));
    let own = |member: &'static str| Some((member, unescaped(post.get(member)?)?));
    let found = inner("note_tweet").or_else(|| inner("core")).or_else(|| own("full_text")).or_else(|| own("text"));
    found.filter(|(_, text)| !text.trim().is_empty()).map(|(member, text)| (member, undone(text)))
}

/// Undoes the three entities that X writes.
fn undone(text: Cow<'_, str>) -> Cow<'_, str> {
    if memchr(b'&', text.as_bytes()).is_none() {
        return text;
    }
    // The ampersand last: `&amp;lt;` is the text `&lt;`.
    Cow::Owned(text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
}
