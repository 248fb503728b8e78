//! What people get when they ask X, Facebook or Instagram for their data.

mod mend;
mod meta;
mod x;

use super::json::{Member, first_object, members, objects};
use super::{Reject, Shape};
use crate::read::row::{Channel, Row};

/// Which export an object is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A post of X: from an archive or its programming interface.
    X,
    /// A post of Facebook.
    FacebookPost,
    /// A comment of Facebook.
    FacebookComment,
    /// A post of Instagram.
    InstagramPost,
    /// A comment of Instagram.
    InstagramComment,
    /// A message of Messenger or Instagram.
    Message,
}

impl Kind {
    /// Returns which export the objects that `text` begins with are of, told by the first that tells; none where they are of
    /// none.
    pub(super) fn told(text: &str) -> Option<Self> {
        let found = objects(text).find_map(|object| {
            let found = members(object);
            let kind = Self::of(&found);
            (kind.is_some() || found.iter().any(Member::is_text)).then_some(kind)
        });
        found.flatten()
    }

    /// Returns which export the object with `members` is of; none where it is of none.
    pub(super) fn of(found: &[Member<'_>]) -> Option<Self> {
        let value = |name: &str| found.iter().find(|member| member.name == name).map(|member| member.value);
        let has = |name: &str| value(name).is_some();
        let holds = |name: &str, inner: &[&str]| value(name).is_some_and(|value| inside(value, inner));
        let is_text = found.iter().any(Member::is_text);
        let wraps_post = |value: &str| value.starts_with('{') && is_post(&members(value));
        let is_wrapped = holds("tweet", &["full_text", "text", "id_str"]) || value("data").is_some_and(wraps_post);
        if is_post(found) || is_wrapped || has("noteTweet") {
            Some(Self::X)
        } else if has("sender_name") && has("timestamp_ms") {
            Some(Self::Message)
        } else if has("string_map_data") {
            Some(Self::InstagramComment)
        } else if is_text {
            None
        } else if holds("media", &["uri", "creation_timestamp"]) {
            Some(Self::InstagramPost)
        } else if has("timestamp") && holds("data", &["comment"]) {
            Some(Self::FacebookComment)
        } else if has("timestamp") && (holds("data", &["post", "update_timestamp"]) || has("attachments")) {
            Some(Self::FacebookPost)
        } else {
            None
        }
    }

    /// Returns what people call the export.
    pub(super) fn format(self, channel: Channel) -> &'static str {
        match self {
            Self::X => "X (JSON)",
            Self::FacebookPost | Self::FacebookComment => "Facebook (JSON)",
            Self::InstagramPost | Self::InstagramComment => "Instagram (JSON)",
            Self::Message if channel == Channel::Instagram => "Instagram messages (JSON)",
            Self::Message => "Messenger (JSON)",
        }
    }

    /// Returns where its messages were written; messages look the same on Facebook and Instagram unless the rest of the
    /// `sample` names one.
    pub(super) fn channel(self, sample: &str) -> Channel {
        match self {
            Self::X => Channel::X,
            Self::InstagramPost | Self::InstagramComment => Channel::Instagram,
            Self::Message if sample.contains("instagram_") || sample.contains("\"ig_") => Channel::Instagram,
            Self::FacebookPost | Self::FacebookComment | Self::Message => Channel::Facebook,
        }
    }
}

/// Whether an object is a post of X: others have texts too, and some have authors.
fn is_post(found: &[Member<'_>]) -> bool {
    const OWN: [&str; 6] =
        ["id_str", "note_tweet", "author_id", "edit_history_tweet_ids", "in_reply_to_user_id", "public_metrics"];
    let has = |name: &str| found.iter().any(|member| member.name == name);
    has("full_text") || (has("text") && OWN.iter().any(|name| has(name)))
}

/// Whether the object `value`, or the first one in the list `value`, has a member called one of `names`.
fn inside(value: &str, names: &[&str]) -> bool {
    members(first_object(value).unwrap_or(value)).iter().any(|member| names.contains(&member.name))
}

/// Reads objects of an export.
#[derive(Debug)]
pub(super) struct Export {
    /// Which export.
    pub(super) kind: Kind,
    /// Where its messages were written.
    pub(super) channel: Channel,
    /// The hours that the run's zone is ahead of UTC.
    pub(super) utc_offset: i8,
}

impl Shape for Export {
    fn row<'r>(&self, bytes: &'r [u8]) -> Result<Option<Row<'r>>, Reject> {
        match self.kind {
            Kind::X => x::row(bytes, self.utc_offset),
            kind => meta::row(bytes, kind, self.channel),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, members};

    #[test]
    fn objects_are_of_an_export_only_if_they_look_like_it() {
        for (object, expected) in [
            (r#"{"full_text":"a"}"#, Some(Kind::X)),
            (r#"{"tweet":{"full_text":"a"#, Some(Kind::X)),
            (r#"{"id":"1","text":"a","author_id":"2"}"#, Some(Kind::X)),
            (r#"{"data":{"text":"a","author_id":"2"}}"#, Some(Kind::X)),
            (r#"{"noteTweet":{"core":{"text":"a"}}}"#, Some(Kind::X)),
            (r#"{"id":"1","isi":"a","author_id":"2"}"#, None),
            (r#"{"text":"a","user":"b"}"#, None),
            (r#"{"sender_name":"a","timestamp_ms":1}"#, Some(Kind::Message)),
            (r#"{"timestamp":1,"data":[{"post":"a"}]}"#, Some(Kind::FacebookPost)),
            (r#"{"timestamp":1,"data":[{"comment":{"comment":"a"}}]}"#, Some(Kind::FacebookComment)),
            (r#"{"timestamp":1,"attachments":[],"text":"a"}"#, None),
            (r#"{"data":[{"comment":"a"}]}"#, None),
            (r#"{"string_map_data":{}}"#, Some(Kind::InstagramComment)),
            (r#"{"media":[{"uri":"a"}]}"#, Some(Kind::InstagramPost)),
            (r#"{"media":[{"uri":"a"}],"caption":"b"}"#, None),
            ("{}", None),
        ] {
            assert_eq!(Kind::of(&members(object)), expected, "{object}");
        }
        let silent = r#"{"timestamp":1,"title":"a"},"#;
        for (text, expected) in [
            (r#"{"timestamp":1,"data":[{"post":"a"}]}"#, Some(Kind::FacebookPost)),
            (r#"{"isi":"a"},{"sender_name":"a","timestamp_ms":1}"#, None),
        ] {
            assert_eq!(Kind::told(&format!("{silent} {silent}{text}")), expected, "{text}");
        }
    }
}
