//! [`Flat`]: the fields of a message whose export has its own names for them.

use super::row::{Channel, Field, Row, Time, Value};
use std::borrow::Cow;

/// The fields of one message: first the text and what pilah has names for, then the rest.
#[derive(Debug)]
pub(super) struct Flat<'r> {
    text: Cow<'r, str>,
    fields: Vec<Field<'r>>,
    /// How many of them have pilah's names.
    own: usize,
}

impl<'r> Flat<'r> {
    /// Returns the fields of a message that says `text`.
    pub(super) fn new(text: Cow<'r, str>) -> Self {
        let field = Field { name: Cow::Borrowed("text"), value: Value::Text(text.clone()), personal: false };
        Self { text, fields: vec![field], own: 1 }
    }

    /// Adds a field that pilah has a name for, where there is a value.
    pub(super) fn own(&mut self, name: &'static str, value: Option<Value<'r>>, personal: bool) {
        if let Some(value) = value {
            self.fields.push(Field { name: Cow::Borrowed(name), value, personal });
            self.own += 1;
        }
    }

    /// Adds a field as the export calls it; with a number after its name where pilah has a field of that name.
    pub(super) fn rest(&mut self, name: Cow<'r, str>, value: Value<'r>, personal: bool) {
        let clashes = self.fields[..self.own].iter().any(|field| field.name == name);
        let taken = |name: &String| self.fields.iter().any(|field| field.name == *name);
        let free = || (2..).map(|number| format!("{name}_{number}")).find(|name| !taken(name));
        let name = if clashes { free().map_or(name.clone(), Cow::Owned) } else { name };
        self.fields.push(Field { name, value, personal });
    }

    /// Returns the row of these fields.
    pub(super) fn row(self, time: Option<Time>, channel: Channel) -> Row<'r> {
        Row { text: self.text, text_field: 0, fields: self.fields, time, channel }
    }
}
