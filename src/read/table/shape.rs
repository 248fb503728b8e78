//! [`Cells`]: a record of a table as a row.

use super::super::{Reject, Shape};
use super::columns::Columns;
use super::parse::Parsers;
use crate::read::formula::unguarded;
use crate::read::masked;
use crate::read::names;
use crate::read::row::{Channel, Field, Row, Value};
use csv::ByteRecord;
use std::borrow::Cow;

/// Reads records of a table.
pub(in crate::read) struct Cells {
    /// What its columns hold.
    pub(super) columns: Columns,
    /// What finds its cells.
    pub(super) parsers: Parsers,
    /// The hours that the run's zone is ahead of UTC.
    pub(super) utc_offset: i8,
}

impl Shape for Cells {
    fn row<'r>(&self, bytes: &'r [u8]) -> Result<Option<Row<'r>>, Reject> {
        let row = self.parsers.read(bytes, |record| self.record(record));
        row.unwrap_or_else(|error| Err(Reject(format!("found no cells: {error}"))))
    }

    fn overhead(&self) -> usize {
        self.columns.overhead()
    }
}

impl Cells {
    fn record(&self, record: &ByteRecord) -> Result<Option<Row<'static>>, Reject> {
        if record.iter().all(|cell| cell.trim_ascii().is_empty()) {
            // Office programs write the empty rows at the end of a sheet too.
            return Ok(None);
        }
        let cells = self.cells(record)?;
        let cell = |column: usize| cells.get(column).copied();
        let mut columns = std::iter::once(&self.columns.text).chain(&self.columns.other_texts);
        let is_text = |column: &&usize| cell(**column).is_some_and(|text| !text.trim().is_empty());
        let Some(&text_field) = columns.find(is_text) else {
            return Err(Reject::empty_text());
        };
        let text = cell(text_field).unwrap_or_default();
        Ok(Some(Row {
            text: Cow::Owned(text.to_owned()),
            text_field,
            fields: self.fields(&cells),
            time: self.columns.time(cell, self.utc_offset),
            channel: self.columns.channel.and_then(cell).map_or(Channel::Lain, names::channel),
        }))
    }

    /// The cells of a record as text: no more than there are columns.
    fn cells<'c>(&self, record: &'c ByteRecord) -> Result<Vec<&'c str>, Reject> {
        let names = &self.columns.names;
        if record.iter().skip(names.len()).any(|cell| !cell.is_empty()) {
            return Err(Reject(format!("found {} cells; expected {}, one a column", record.len(), names.len())));
        }
        let text = |(cell, name): (&'c [u8], &String)| {
            std::str::from_utf8(cell)
                .map(|cell| if self.columns.guarded { unguarded(cell) } else { cell })
                .map_err(|error| Reject(format!("byte {} of `{}` is not UTF-8", error.valid_up_to() + 1, masked(name))))
        };
        record.iter().zip(names).map(text).collect()
    }

    /// Every column; cells that a short record lacks are null.
    fn fields(&self, cells: &[&str]) -> Vec<Field<'static>> {
        let columns = self.columns.names.iter().zip(&self.columns.roles).enumerate();
        let field = |(column, (name, role)): (usize, (&String, &names::Role))| Field {
            name: Cow::Owned(name.clone()),
            value: match cells.get(column) {
                Some(cell) => Value::Text(Cow::Owned((*cell).to_owned())),
                None => Value::Json(Cow::Borrowed("null")),
            },
            personal: role.personal && column != self.columns.text,
        };
        columns.map(field).collect()
    }
}
