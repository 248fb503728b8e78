//! What a writer wrote, the readers of exports read back.

use super::written;
use pilah::read::row::{Field, Value};
use pilah::read::{Position, ReadOptions, Record, open_reader};
use pilah::triage::write::{Columns, Format, Schema};
use proptest::prelude::*;
use serde_json::{Map, json};
use std::io::Cursor;

const FORMATS: [Format; 3] = [Format::Jsonl, Format::Csv, Format::Parquet];

/// The values of the columns called `names` in every row that is read, as text.
fn read(bytes: Vec<u8>, names: [&str; 2]) -> Vec<[String; 2]> {
    let spool = tempfile::tempdir().unwrap();
    let options = ReadOptions { spool: spool.path().to_owned(), ..ReadOptions::default() };
    let mut opened = open_reader("hasil", Box::new(Cursor::new(bytes)), &options).unwrap();
    let mut record = Record { position: Position::Line(0), bytes: Vec::new(), reject: None };
    let mut rows = Vec::new();
    while opened.cut.next(&mut record).unwrap() {
        assert_eq!(record.reject, None);
        let row = opened.shape.row(&record.bytes).unwrap().unwrap();
        let text = |field: &Field<'_>| match &field.value {
            Value::Text(text) | Value::Json(text) => text.clone().into_owned(),
        };
        rows.push(names.map(|name| text(row.fields.iter().find(|field| field.name == name).unwrap())));
    }
    rows
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn texts_come_back_through_every_reader(texts in prop::collection::vec("[a-z=+@'\"\\\\,;\n\r\té👍-]{0,30}[a-z]", 1..20)) {
        let rows: Vec<Map<_, _>> = texts
            .iter()
            .enumerate()
            .map(|(row, text)| json!({"pilah_row": row + 1, "text": text}).as_object().unwrap().clone())
            .collect();
        let mut columns = Columns::default();
        columns.note("pilah_row", &Value::Json("1".into()));
        columns.note("text", &Value::Text("".into()));
        let schema = Schema { columns: &columns, text_columns: &["text".to_owned()], heads: &[], most_urgent: None };
        let expected: Vec<[String; 2]> =
            texts.iter().enumerate().map(|(row, text)| [(row + 1).to_string(), text.clone()]).collect();
        for format in FORMATS {
            let found = read(written(format, &rows, &schema).unwrap(), ["pilah_row", "text"]);
            prop_assert_eq!(&found, &expected, "{:?}", format);
        }
    }
}
