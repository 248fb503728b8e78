//! [`Objects`]: any JSON object as a row.

use super::super::error::listed;
use super::super::{ReadOptions, Reject, Shape, names, time};
use super::members::Layout;
use super::object::Object;
use super::value::{unescaped, value};
use crate::read::masked;
use crate::read::row::{Channel, Field, Row, Time, Value};
use serde_json::value::RawValue;

/// Reads objects whose members have the names of columns; of members with the same name the first counts, silently.
#[derive(Debug)]
pub(in crate::read) struct Objects {
    layout: Layout,
    text_column: Option<String>,
    utc_offset: i8,
}

impl Objects {
    /// Returns a reader of objects; most of their members are called `names`, in this order.
    pub(in crate::read) fn new(names: impl IntoIterator<Item = String>, options: &ReadOptions) -> Self {
        let text_column = options.text_column.clone();
        Self { layout: Layout::new(names), text_column, utc_offset: options.utc_offset }
    }

    /// Which member holds the text.
    fn text_member(&self, object: &Object<'_>, roles: &[names::Role]) -> Result<usize, Reject> {
        let members = &object.0;
        let found = match &self.text_column {
            Some(wanted) => asked_for(&object.names(), wanted),
            None => {
                let ranked = |(at, role): (usize, &names::Role)| Some((doubt(members[at].1), role.text?, at));
                roles.iter().enumerate().filter_map(ranked).min().map(|(.., at)| at)
            }
        };
        found.ok_or_else(|| {
            let wanted = self.text_column.as_ref().map_or("with a text".to_owned(), |wanted| format!("`{wanted}`"));
            Reject(format!("no member {wanted}; found {}", listed(&object.names())))
        })
    }

    /// When the message was written, by the member that says it most surely.
    fn time(&self, object: &Object<'_>, roles: &[names::Role]) -> Option<Time> {
        let mut times: Vec<(u8, usize)> =
            roles.iter().enumerate().filter_map(|(at, role)| Some((role.time?, at))).collect();
        times.sort_unstable();
        times.iter().find_map(|(_, at)| moment(object.0[*at].1, self.utc_offset))
    }
}

/// The member called `wanted`, without regard to case where there is none by the letter.
fn asked_for(names: &[&str], wanted: &str) -> Option<usize> {
    let exact = names.iter().position(|name| *name == wanted);
    exact.or_else(|| names.iter().position(|name| name.to_lowercase() == wanted.to_lowercase()))
}

/// The doubt about what is no text.
const NO_TEXT: u8 = 2;

/// How little a value looks like a text: an empty one may leave it to another member, what is no string comes last.
fn doubt(raw: &RawValue) -> u8 {
    match raw.get() {
        "null" | "\"\"" => 1,
        text if text.starts_with('"') => 0,
        _ => NO_TEXT,
    }
}

/// Returns the moment that a string or number tells.
pub(in crate::read) fn moment(raw: &RawValue, utc_offset: i8) -> Option<Time> {
    let text = unescaped(raw);
    time::parse(text.as_deref().unwrap_or(raw.get()), utc_offset)
}

impl Shape for Objects {
    fn row<'r>(&self, bytes: &'r [u8]) -> Result<Option<Row<'r>>, Reject> {
        let object = Object::parse(bytes)?;
        let names = object.0.iter().enumerate();
        let roles: Vec<names::Role> = names.map(|(at, (name, _))| self.layout.role(at, name)).collect();
        let text_field = self.text_member(&object, &roles)?;
        let (name, raw) = &object.0[text_field];
        if doubt(raw) == NO_TEXT {
            return Err(Reject(format!("`{}` is no string; expected the text", masked(name))));
        }
        let text = unescaped(raw).filter(|text| !text.trim().is_empty());
        let text = text.ok_or_else(Reject::empty_text)?;
        let time = self.time(&object, &roles);
        let told = roles.iter().position(|role| role.channel).and_then(|at| unescaped(object.0[at].1));
        let channel = told.map_or(Channel::Lain, |told| names::channel(&told));
        let members = object.0.into_iter().zip(&roles).enumerate();
        let field = |(at, ((name, raw), role)): (usize, ((_, &'r RawValue), &names::Role))| {
            let value = if at == text_field { Value::Text(text.clone()) } else { value(raw) };
            Field { name, value, personal: role.personal && at != text_field }
        };
        Ok(Some(Row { fields: members.map(field).collect(), text, text_field, time, channel }))
    }
}
