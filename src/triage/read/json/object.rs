//! [`Object`]: the members of one JSON object, borrowed from its bytes where they can be.

use super::super::Reject;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;

/// A JSON object: the values as JSON, each name once.
#[derive(Debug)]
pub(in crate::triage::read) struct Object<'r>(pub(in crate::triage::read) Vec<(Cow<'r, str>, &'r RawValue)>);

impl<'r> Object<'r> {
    /// Returns the object in `bytes`.
    ///
    /// # Errors
    /// [`Reject`] where they are no UTF-8 or no object.
    pub(in crate::triage::read) fn parse(bytes: &'r [u8]) -> Result<Self, Reject> {
        let text = std::str::from_utf8(bytes)
            .map_err(|error| Reject(format!("byte {} of the record is not UTF-8", error.valid_up_to() + 1)))?;
        let text = text.trim();
        if !text.starts_with('{') {
            let start: String = text.chars().take(40).collect();
            return Err(Reject(format!("found `{start}`; expected a JSON object")));
        }
        serde_json::from_str(text).map_err(|error| {
            let told = error.to_string();
            let what = told.rsplit_once(" at line ").map_or(told.as_str(), |(what, _)| what);
            Reject(format!("found invalid JSON: {what} (line {}, column {})", error.line(), error.column()))
        })
    }

    /// Returns the object in `value`; none where it is another value.
    pub(in crate::triage::read) fn of(value: &'r RawValue) -> Option<Self> {
        serde_json::from_str(value.get()).ok()
    }

    /// Returns the value of the member called `name`.
    pub(in crate::triage::read) fn get(&self, name: &str) -> Option<&'r RawValue> {
        self.0.iter().find(|(member, _)| member == name).map(|(_, value)| *value)
    }

    /// Returns the names of the members.
    pub(in crate::triage::read) fn names(&self) -> Vec<&str> {
        self.0.iter().map(|(name, _)| name.as_ref()).collect()
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
