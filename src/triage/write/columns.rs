//! [`Columns`]: the columns of the output and what was seen in them.

use super::number::{Size, size};
use crate::read::row::Value;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// Columns that a table can have; SQLite's limit is 2,000.
pub const MOST_COLUMNS: usize = 1_900;

/// Bytes that the names of a table's columns can have together.
pub const MOST_NAME_BYTES: usize = 1 << 20;

/// The columns of the output in the order first seen, with the kinds of values seen in each. Bounded: more than a table can
/// have are counted as too many and forgotten.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Columns {
    columns: Vec<Column>,
    name_bytes: usize,
    too_many: bool,
    /// The column expected next: fields mostly come in the same order, row after row.
    #[serde(skip)]
    next: usize,
    /// Where each name is; built when first needed.
    #[serde(skip)]
    places: HashMap<String, usize>,
}

/// One column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    name: String,
    kinds: u8,
}

/// The type of a column in a file that has types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// Integers of 64 bits.
    Integer,
    /// Doubles, of which every number seen is one.
    Float,
    /// `true` and `false`.
    Bool,
    /// Text; values that are no strings as their JSON text.
    Text,
}

const TEXT: u8 = 1;
const SMALL: u8 = 1 << 1;
const LARGE: u8 = 1 << 2;
const DOUBLE: u8 = 1 << 3;
const BEYOND: u8 = 1 << 4;
const BOOL: u8 = 1 << 5;
const NESTED: u8 = 1 << 6;

impl Columns {
    /// Notes that `value` was seen in the column `name`; null makes the column and says nothing of its type.
    pub fn note(&mut self, name: &str, value: &Value<'_>) {
        let kinds = match value {
            Value::Text(_) => TEXT,
            Value::Json(json) => json_kinds(json),
        };
        self.add(name, kinds);
    }

    /// Adds what `later` saw after this one.
    pub fn merge(&mut self, later: &Self) {
        for column in &later.columns {
            self.add(&column.name, column.kinds);
        }
        self.too_many |= later.too_many;
    }

    /// Returns the columns in the order first seen.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Column> {
        self.columns.iter()
    }

    /// Returns how many columns were seen; of too many, how many were kept.
    pub fn len(&self) -> usize {
        self.columns.len()
    }

    /// Returns whether no column was seen.
    pub fn is_empty(&self) -> bool {
        self.columns.is_empty()
    }

    /// Returns whether there are more columns, or longer names, than a table can have.
    pub fn too_many(&self) -> bool {
        self.too_many || self.columns.len() > MOST_COLUMNS
    }

    fn add(&mut self, name: &str, kinds: u8) {
        let expected = self.columns.get_mut(self.next).filter(|column| column.name == name);
        if let Some(column) = expected {
            column.kinds |= kinds;
            self.next += 1;
        } else if let Some(place) = self.place(name) {
            self.columns[place].kinds |= kinds;
            self.next = place + 1;
        }
    }

    /// Returns where the column `name` is; a new one is added if there is room.
    fn place(&mut self, name: &str) -> Option<usize> {
        // A row's first field is mostly the first column.
        if self.columns.first().is_some_and(|column| column.name == name) {
            return Some(0);
        }
        if self.places.len() != self.columns.len() {
            self.places = self.columns.iter().enumerate().map(|(at, column)| (column.name.clone(), at)).collect();
        }
        if let Some(place) = self.places.get(name) {
            return Some(*place);
        }
        if self.columns.len() > MOST_COLUMNS || self.name_bytes + name.len() > MOST_NAME_BYTES {
            self.too_many = true;
        }
        (!self.too_many).then(|| self.push(name))
    }

    fn push(&mut self, name: &str) -> usize {
        let place = self.columns.len();
        self.name_bytes += name.len();
        self.places.insert(name.to_owned(), place);
        self.columns.push(Column { name: name.to_owned(), kinds: 0 });
        place
    }
}

impl Column {
    /// Returns the name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the narrowest type that holds every value seen without changing it.
    pub fn kind(&self) -> Type {
        let only = |kinds: u8| self.kinds != 0 && self.kinds & !kinds == 0;
        if only(SMALL | LARGE) {
            Type::Integer
        } else if only(SMALL | DOUBLE) {
            Type::Float
        } else if only(BOOL) {
            Type::Bool
        } else {
            Type::Text
        }
    }
}

/// Returns the kinds of a value by its JSON text; none for null.
fn json_kinds(json: &str) -> u8 {
    let json = json.trim();
    match json.bytes().next() {
        Some(b'n') => 0,
        Some(b't' | b'f') => BOOL,
        Some(b'[' | b'{') => NESTED,
        Some(b'-' | b'0'..=b'9') => match size(json) {
            Size::Small => SMALL,
            Size::Large => LARGE,
            Size::Double => DOUBLE,
            Size::Beyond => BEYOND,
        },
        _ => TEXT,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(fields: &[(&str, &str)]) -> Columns {
        let mut columns = Columns::default();
        for (name, json) in fields {
            let value = match json.strip_prefix('"') {
                Some(text) => Value::Text(text.trim_end_matches('"').into()),
                None => Value::Json((*json).into()),
            };
            columns.note(name, &value);
        }
        columns
    }

    fn seen(columns: &Columns) -> Vec<(&str, Type)> {
        columns.iter().map(|column| (column.name(), column.kind())).collect()
    }

    #[test]
    fn a_type_is_the_narrowest_that_changes_nothing() {
        for (values, expected) in [
            (&["null"][..], Type::Text),
            (&["1", "null", "9007199254740993"], Type::Integer),
            (&["1", "0.5"], Type::Float),
            (&["9007199254740993", "0.5"], Type::Text),
            (&["18446744073709551615"], Type::Text),
            (&["true", "null", "false"], Type::Bool),
            (&["true", "1"], Type::Text),
            (&["1", "\"satu\""], Type::Text),
            (&["[1]"], Type::Text),
            (&["\"12\""], Type::Text),
        ] {
            let fields: Vec<(&str, &str)> = values.iter().map(|value| ("a", *value)).collect();
            assert_eq!(seen(&columns(&fields)), [("a", expected)], "{values:?}");
        }
    }

    #[test]
    fn columns_keep_the_order_first_seen() {
        let mut first = columns(&[("a", "1"), ("b", "1"), ("a", "2"), ("c", "1"), ("b", "0.5")]);
        assert_eq!(seen(&first), [("a", Type::Integer), ("b", Type::Float), ("c", Type::Integer)]);
        let second = columns(&[("d", "\"x\""), ("c", "true")]);
        let stored: Columns = serde_json::from_str(&serde_json::to_string(&second).unwrap()).unwrap();
        first.merge(&stored);
        let expected = [("a", Type::Integer), ("b", Type::Float), ("c", Type::Text), ("d", Type::Text)];
        assert_eq!(seen(&first), expected);
        assert!(!first.too_many());
    }

    #[test]
    fn what_is_too_many_for_a_table_is_forgotten() {
        let mut many = Columns::default();
        for at in 0..3_000 {
            many.note(&format!("kolom {at}"), &Value::Text("".into()));
            assert_eq!(many.too_many(), at >= MOST_COLUMNS);
        }
        assert_eq!(many.len(), MOST_COLUMNS + 1);
        let mut long = Columns::default();
        long.note(&"x".repeat(MOST_NAME_BYTES + 1), &Value::Text("".into()));
        assert!(long.too_many() && long.is_empty());
        let mut both = columns(&[("a", "1")]);
        both.merge(&long);
        assert!(both.too_many());
    }
}
