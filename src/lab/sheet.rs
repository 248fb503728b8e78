//! [`Sheet`]: a table that people fill in.

use crate::read::formula::harmless;
use csv::{Terminator, WriterBuilder};
use serde_json::{Map, Value};
use std::borrow::Cow;

/// What says to spreadsheets that a file is UTF-8.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// A table with named columns; `null` is a field for a person to fill in.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    columns: Vec<String>,
    rows: Vec<Vec<Value>>,
}

/// Why a sheet cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum SheetError {
    /// The CSV writer failed.
    #[error("cannot write the table as CSV: {0}")]
    Csv(#[from] csv::Error),
    /// What was written cannot be had.
    #[error("cannot write the table as CSV: {0}")]
    Io(#[source] std::io::Error),
}

impl Sheet {
    /// Returns an empty sheet; of columns with the same name the first counts.
    pub fn new(columns: Vec<String>) -> Self {
        Self { columns, rows: Vec::new() }
    }

    /// Appends a row: a value for each column, in order.
    pub fn push(&mut self, row: Vec<Value>) {
        debug_assert_eq!(row.len(), self.columns.len());
        self.rows.push(row);
    }

    /// Returns the sheet as JSONL: an object a row with the columns as its fields.
    ///
    /// ```
    /// let mut sheet = pilah::lab::Sheet::new(vec!["id".to_owned(), "agency".to_owned()]);
    /// sheet.push(vec!["a-1".into(), serde_json::Value::Null]);
    /// assert_eq!(sheet.jsonl(), "{\"id\":\"a-1\",\"agency\":null}\n");
    /// ```
    pub fn jsonl(&self) -> String {
        self.rows.iter().map(|row| format!("{}\n", Value::Object(self.object(row)))).collect()
    }

    fn object(&self, row: &[Value]) -> Map<String, Value> {
        let mut object = Map::new();
        for (name, value) in self.columns.iter().zip(row) {
            object.entry(name.clone()).or_insert_with(|| value.clone());
        }
        object
    }

    /// Returns the sheet as CSV for spreadsheets: UTF-8 with a byte order mark, texts that would be formulas guarded.
    ///
    /// # Errors
    /// [`SheetError`] where the CSV writer refuses.
    pub fn csv(&self) -> Result<Vec<u8>, SheetError> {
        let bytes = BYTE_ORDER_MARK.as_bytes().to_vec();
        let mut csv = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(bytes);
        csv.write_record(&self.columns)?;
        for row in &self.rows {
            csv.write_record(row.iter().map(|value| cell(value).into_owned()))?;
        }
        csv.into_inner().map_err(|error| SheetError::Io(error.into_error()))
    }
}

fn cell(value: &Value) -> Cow<'_, str> {
    match value {
        Value::Null => Cow::Borrowed(""),
        Value::String(text) => harmless(Cow::Borrowed(text)),
        other => Cow::Owned(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::Sheet;
    use serde_json::json;

    #[test]
    fn a_sheet_is_jsonl_and_csv() {
        let mut sheet = Sheet::new(["id", "text", "topik", "p"].map(str::to_owned).to_vec());
        sheet.push(vec![json!("a"), json!("=1+1, \"ya\""), json!(null), json!(0.5)]);
        assert_eq!(sheet.jsonl(), "{\"id\":\"a\",\"text\":\"=1+1, \\\"ya\\\"\",\"topik\":null,\"p\":0.5}\n");
        let csv = String::from_utf8(sheet.csv().unwrap()).unwrap();
        assert_eq!(csv, "\u{feff}id,text,topik,p\r\na,\"'=1+1, \"\"ya\"\"\",,0.5\r\n");
    }
}
