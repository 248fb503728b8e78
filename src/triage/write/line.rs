//! [`Table`]: a JSON line as the cells of a row.

use super::Schema;
use super::columns::Type;
use super::error::LineError;
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;

/// The columns of a table and where each is.
pub(super) struct Table {
    names: Vec<String>,
    types: Vec<Type>,
    places: HashMap<String, usize>,
}

/// The value of a cell as its JSON text; none for null.
pub(super) type Raw<'l> = Option<&'l str>;

/// The value of a cell by its column's type.
#[derive(Debug, PartialEq)]
pub(super) enum Cell<'l> {
    /// Nothing.
    Null,
    /// An integer.
    Integer(i64),
    /// A number.
    Float(f64),
    /// A truth value.
    Bool(bool),
    /// Text.
    Text(Cow<'l, str>),
}

impl Table {
    /// Returns the table of the schema's columns.
    pub(super) fn new(schema: &Schema<'_>) -> Self {
        let names: Vec<String> = schema.columns.iter().map(|column| column.name().to_owned()).collect();
        let types = schema.columns.iter().map(super::Column::kind).collect();
        let places = names.iter().enumerate().map(|(at, name)| (name.clone(), at)).collect();
        Self { names, types, places }
    }

    /// Returns the names of the columns.
    pub(super) fn names(&self) -> &[String] {
        &self.names
    }

    /// Returns the types of the columns.
    pub(super) fn types(&self) -> &[Type] {
        &self.types
    }

    /// Returns a cell for each column; of a member that comes twice, the later.
    pub(super) fn raw<'l>(&self, line: &'l [u8]) -> Result<Vec<Raw<'l>>, LineError> {
        let mut cells = vec![None; self.names.len()];
        let mut next = 0;
        let mut stranger = None;
        let mut put = |name: &str, value: &'l RawValue| match self.place(name, next) {
            Some(at) => {
                cells[at] = Some(value.get()).filter(|json| *json != "null");
                next = at + 1;
            }
            None => stranger = Some(name.to_owned()),
        };
        serde_json::Deserializer::from_slice(line).deserialize_map(Members(&mut put))?;
        match stranger {
            Some(name) => Err(LineError::Member(name)),
            None => Ok(cells),
        }
    }

    /// Returns the value of `raw` in the column `at`.
    pub(super) fn cell<'l>(&self, at: usize, raw: Raw<'l>) -> Result<Cell<'l>, LineError> {
        let Some(json) = raw else { return Ok(Cell::Null) };
        let cell = match self.types[at] {
            Type::Integer => json.parse().ok().map(Cell::Integer),
            Type::Float => json.parse().ok().map(Cell::Float),
            Type::Bool => json.parse().ok().map(Cell::Bool),
            Type::Text => return Ok(Cell::Text(text(json)?)),
        };
        cell.ok_or_else(|| LineError::Value {
            column: self.names[at].clone(),
            found: json.to_owned(),
            expected: self.types[at],
        })
    }

    /// Returns where the column `name` is; members mostly come in the order of the columns.
    fn place(&self, name: &str, expected: usize) -> Option<usize> {
        if self.names.get(expected).is_some_and(|column| column == name) {
            return Some(expected);
        }
        self.places.get(name).copied()
    }
}

/// Returns the text of a string, and the JSON text of anything else.
pub(super) fn text(json: &str) -> Result<Cow<'_, str>, LineError> {
    if json.starts_with('"') { Ok(serde_json::from_str::<Borrowed<'_>>(json)?.0) } else { Ok(Cow::Borrowed(json)) }
}

/// A string, borrowed unless it has escapes.
#[derive(Deserialize)]
struct Borrowed<'l>(#[serde(borrow)] Cow<'l, str>);

/// Gives each member of an object to a function.
struct Members<'p, 'l>(&'p mut dyn FnMut(&str, &'l RawValue));

impl<'l> Visitor<'l> for Members<'_, 'l> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<M: MapAccess<'l>>(self, mut members: M) -> Result<(), M::Error> {
        while let Some(Borrowed(name)) = members.next_key()? {
            (self.0)(&name, members.next_value()?);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::row::Value;
    use crate::triage::write::Columns;

    fn table() -> Table {
        let mut columns = Columns::default();
        for (name, json) in [("a", "1"), ("b\"", "0.5"), ("c", "true")] {
            columns.note(name, &Value::Json(json.into()));
        }
        columns.note("d", &Value::Text("".into()));
        Table::new(&Schema { columns: &columns, text_columns: &[], heads: &[], most_urgent: None })
    }

    fn cells(line: &str) -> Result<Vec<Cell<'_>>, LineError> {
        let table = table();
        let raw = table.raw(line.as_bytes())?;
        raw.into_iter().enumerate().map(|(at, raw)| table.cell(at, raw)).collect()
    }

    #[test]
    fn a_line_is_a_row() {
        let text = |text: &'static str| Cell::Text(text.into());
        for (line, expected) in [
            ("{}", [Cell::Null, Cell::Null, Cell::Null, Cell::Null]),
            (
                r#"{"a":-7,"b\"":2,"c":false,"d":"dua\nbaris"}"#,
                [Cell::Integer(-7), Cell::Float(2.0), Cell::Bool(false), text("dua\nbaris")],
            ),
            (r#" { "d" : [1, "x"] , "a":null }"#, [Cell::Null, Cell::Null, Cell::Null, text(r#"[1, "x"]"#)]),
            (r#"{"d":1,"d":"satu"}"#, [Cell::Null, Cell::Null, Cell::Null, text("satu")]),
        ] {
            assert_eq!(cells(line).unwrap(), expected, "{line}");
        }
    }

    #[test]
    fn what_is_no_row_is_an_error() {
        for (line, expected) in [
            ("", "not a JSON object: EOF while parsing a value at line 1 column 0"),
            ("[]", "not a JSON object: invalid type: sequence, expected an object at line 1 column 0"),
            (r#"{"e":1}"#, r#"found the member "e"; expected only columns of the schema"#),
            (r#"{"a":"satu"}"#, r#"column "a": found "satu"; expected Integer"#),
            (r#"{"c":1}"#, r#"column "c": found 1; expected Bool"#),
        ] {
            assert_eq!(cells(line).unwrap_err().to_string(), expected, "{line}");
        }
    }
}
