//! [`Message`]: a message of a chat as a row.

use super::super::flat::Flat;
use super::super::{Reject, Shape, time};
use super::head::{Head, MARKS};
use super::placeholder::said;
use crate::read::row::{Channel, Row, Value};
use std::borrow::Cow;

/// Characters of the longest name.
const LONGEST_NAME: usize = 100;

/// Reads messages of one chat.
#[derive(Debug)]
pub(in crate::read) struct Message {
    /// Whether its dates have the month first.
    pub(super) month_first: bool,
    /// The hours that the run's zone is ahead of UTC.
    pub(super) utc_offset: i8,
}

impl Shape for Message {
    fn row<'r>(&self, bytes: &'r [u8]) -> Result<Option<Row<'r>>, Reject> {
        let message = std::str::from_utf8(bytes)
            .map_err(|error| Reject(format!("byte {} of the record is not UTF-8", error.valid_up_to() + 1)))?;
        let Some((head, rest)) = Head::parse(message) else {
            let blank = message.trim().is_empty();
            return if blank { Ok(None) } else { Err(Reject("found a line before the first message".to_owned())) };
        };
        let Some((name, text)) = sender(rest) else { return Ok(None) };
        let Some(text) = said(text) else { return Ok(None) };
        let ahead = i32::from(self.utc_offset) * 3600;
        let moment = time::date(head.date, self.month_first).and_then(|date| time::moment(date, head.clock, ahead));
        let written = message[..message.len() - rest.len()].trim_start_matches(MARKS);
        let written = written.trim_matches(['[', ']', ' ', '-', '–', '\u{a0}']);
        let mut flat = Flat::new(Cow::Owned(text));
        flat.own("sender", Some(Value::Text(Cow::Borrowed(name))), true);
        flat.own("time", Some(Value::Text(Cow::Borrowed(written))), false);
        Ok(Some(flat.row(moment, Channel::Whatsapp)))
    }
}

/// The name before the first colon, and what comes after it; none in notes of the application, which have no name.
fn sender(rest: &str) -> Option<(&str, &str)> {
    let (line, _) = rest.split_once('\n').unwrap_or((rest, ""));
    let at = line.find(": ").or_else(|| line.ends_with(':').then(|| line.len() - 1))?;
    let name = line[..at].trim_matches(MARKS).trim_start_matches(['~', '\u{a0}', ' ']);
    // Notes quote the names of groups: `Budi mengubah subjek menjadi "Info: Desa"`.
    let is_name = !name.is_empty() && name.chars().count() <= LONGEST_NAME && !name.contains(['"', '“']);
    is_name.then(|| (name, &rest[at + 1..]))
}
