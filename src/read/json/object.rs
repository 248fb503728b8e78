//! [`Object`]: the members of one JSON object, borrowed from its bytes where they can be.

use super::super::Reject;
use super::value::{DEEPEST, too_deep};
use crate::read::masked;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use serde_json::error::Category;
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;

/// A JSON object: the values as JSON, each name once. Where the object has a name twice, nobody is told, and the first value
/// counts.
#[derive(Debug)]
pub(in crate::read) struct Object<'r>(pub(in crate::read) Vec<(Cow<'r, str>, &'r RawValue)>);

impl<'r> Object<'r> {
    /// Returns the object in `bytes`.
    ///
    /// # Errors
    /// [`Reject`] where they are no UTF-8, no object, or one with values that are nested too deeply to be written again. What
    /// it says never quotes them: rejects are not masked.
    pub(in crate::read) fn parse(bytes: &'r [u8]) -> Result<Self, Reject> {
        let text = std::str::from_utf8(bytes)
            .map_err(|error| Reject(format!("byte {} of the record is not UTF-8", error.valid_up_to() + 1)))?;
        let text = text.trim();
        if !text.starts_with('{') {
            return Err(Reject(format!("found {}; expected a JSON object", kind(text))));
        }
        let object: Self = serde_json::from_str(text).map_err(|error| {
            Reject(format!("found invalid JSON: {} (line {}, column {})", what(&error), error.line(), error.column()))
        })?;
        match object.0.iter().find_map(|(name, value)| Some((name, too_deep(value.get())?))) {
            None => Ok(object),
            Some((name, depth)) => Err(Reject(format!(
                "found {depth} lists and objects within each other in `{}`; expected {DEEPEST} at most",
                masked(name)
            ))),
        }
    }

    /// Returns the object in `value`; none where it is another value.
    pub(in crate::read) fn of(value: &'r RawValue) -> Option<Self> {
        serde_json::from_str(value.get()).ok()
    }

    /// Returns the value of the member called `name`.
    pub(in crate::read) fn get(&self, name: &str) -> Option<&'r RawValue> {
        self.0.iter().find(|(member, _)| member == name).map(|(_, value)| *value)
    }

    /// Returns the names of the members.
    pub(in crate::read) fn names(&self) -> Vec<&str> {
        self.0.iter().map(|(name, _)| name.as_ref()).collect()
    }
}

/// Returns what the text of a record that is no object is, without its content.
fn kind(text: &str) -> String {
    let what = match text.as_bytes() {
        [] => return "nothing".to_owned(),
        [b'[', .., b']'] => "a list",
        [b'"', .., b'"'] => "a string",
        _ => "a text",
    };
    match text.chars().count() {
        1 => format!("{what} of 1 character"),
        count => format!("{what} of {count} characters"),
    }
}

/// Returns what is wrong with invalid JSON. What is told of its form never quotes it; of other kinds of value it may.
fn what(error: &serde_json::Error) -> String {
    let told = error.to_string();
    match error.classify() {
        Category::Data => "a value of another kind".to_owned(),
        _ => told.rsplit_once(" at line ").map_or(told.as_str(), |(what, _)| what).to_owned(),
    }
}

impl<'de> Deserialize<'de> for Object<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Members)
    }
}

/// Members up to which a search among them is faster than a set of their names.
const FEW: usize = 32;

struct Members;

impl<'de> Visitor<'de> for Members {
    type Value = Object<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members: Vec<(Cow<'de, str>, &'de RawValue)> = Vec::with_capacity(16);
        let mut again = false;
        while let Some(Name(name)) = map.next_key()? {
            let value = map.next_value()?;
            again |= members.len() >= FEW || members.iter().any(|(known, _)| *known == name);
            members.push((name, value));
        }
        if again {
            let mut seen = HashSet::new();
            members.retain(|(name, _)| seen.insert(name.clone()));
        }
        Ok(Object(members))
    }
}

/// A member's name, borrowed where it has no escapes.
struct Name<'r>(Cow<'r, str>);

impl<'de> Deserialize<'de> for Name<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(NameVisitor)
    }
}

struct NameVisitor;

impl<'de> Visitor<'de> for NameVisitor {
    type Value = Name<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a member's name")
    }

    fn visit_borrowed_str<E: Error>(self, name: &'de str) -> Result<Self::Value, E> {
        Ok(Name(Cow::Borrowed(name)))
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Self::Value, E> {
        Ok(Name(Cow::Owned(name.to_owned())))
    }
}

#[cfg(test)]
mod tests {
    use super::{Object, what};

    #[test]
    fn what_is_wrong_is_told_without_what_people_wrote() {
        let deep = format!(r#"{{"0812-0000-0000":{}{}}}"#, "[".repeat(120), "]".repeat(120));
        for (record, expected) in [
            ("hubungi Budi di 0812-0000-0000", "found a text of 30 characters; expected a JSON object"),
            (r#""lampu mati""#, "found a string of 12 characters; expected a JSON object"),
            (r#"["é"]"#, "found a list of 5 characters; expected a JSON object"),
            (" ", "found nothing; expected a JSON object"),
            ("7", "found a text of 1 character; expected a JSON object"),
            (r#"{"isi":lampu}"#, "found invalid JSON: expected value (line 1, column 8)"),
            (r#"{"isi":"a" "b"}"#, "found invalid JSON: expected `,` or `}` (line 1, column 12)"),
            (&deep, "found 120 lists and objects within each other in `[TELEPON]`; expected 100 at most"),
        ] {
            assert_eq!(Object::parse(record.as_bytes()).unwrap_err().to_string(), expected);
        }
        let error = serde_json::from_str::<u8>("\"0812-0000-0000\"").unwrap_err();
        assert_eq!(what(&error), "a value of another kind");
    }

    #[test]
    fn of_members_with_one_name_the_first_counts() {
        let object = Object::parse(br#"{"isi":"a","isi":"b"}"#).unwrap();
        assert_eq!(object.get("isi").unwrap().get(), "\"a\"");
        assert_eq!(object.names(), ["isi"]);
    }
}
