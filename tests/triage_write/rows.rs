//! What is written is what is read, in every format.

use crate::{Row, columns, plain, read, records, write, written};
use pilah::triage::write::{Columns, Format, Type};
use proptest::prelude::*;
use rusqlite::types::ValueRef;
use serde_json::{Value, json};

const FORMATS: [Format; 4] = [Format::Jsonl, Format::Csv, Format::Parquet, Format::Sqlite];

/// Characters that make a spreadsheet compute.
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

fn texts() -> impl Strategy<Value = Value> {
    let odd = ["", "=1+1", "'=1", "-6.2088", "-a", "\u{feff}", "\0", "a\"b\"\r\n,;", "null", "🚧 jalan rusak"];
    prop_oneof![".{0,12}", "[-+=@',\"\\n\\r\\t 0-9.]{0,5}", prop::sample::select(odd.to_vec()).prop_map(str::to_owned)]
        .prop_map(Value::String)
}

fn integers() -> impl Strategy<Value = Value> {
    prop_oneof![any::<i64>(), -9..9_i64, Just(i64::MIN), Just((1 << 53) + 1)].prop_map(Value::from)
}

fn floats() -> impl Strategy<Value = Value> {
    prop_oneof![
        any::<f64>().prop_map(Value::from),
        (-9..9_i64).prop_map(Value::from),
        (-9.0..9.0).prop_map(Value::from)
    ]
}

fn anything() -> BoxedStrategy<Value> {
    let nested = prop::sample::select(vec![json!([]), json!({"a": [1, null]}), json!(["x", {"": "\""}])]);
    let bools = any::<bool>().prop_map(Value::Bool);
    prop_oneof![texts(), integers(), floats(), bools, nested, any::<u64>().prop_map(Value::from)].boxed()
}

/// Values that a column may hold, mostly of one kind.
fn kinds() -> impl Strategy<Value = BoxedStrategy<Value>> {
    prop_oneof![
        Just(texts().boxed()),
        Just(integers().boxed()),
        Just(floats().boxed()),
        Just(any::<bool>().prop_map(Value::Bool).boxed()),
        Just(Just(Value::Null).boxed()),
        Just(anything()),
    ]
}

fn tables() -> impl Strategy<Value = Vec<Row>> {
    let names =
        vec!["", "Teks", "teks", "teks_2", "a.b", "rowid", "=nama", "\"kutip\"", "nama\nbaris", "名前", "NUL\0"];
    let columns = prop::sample::subsequence(names, 1..8).prop_flat_map(|names| {
        let columns = names.into_iter().map(|name| kinds().prop_map(move |kind| (name, kind)));
        columns.collect::<Vec<_>>()
    });
    columns.prop_flat_map(|columns| {
        let member = |(name, kind): &(&'static str, BoxedStrategy<Value>)| {
            let name = *name;
            let value = prop_oneof![4 => kind.clone(), 1 => Just(Value::Null)];
            prop::option::weighted(0.8, value).prop_map(move |value| Some((name.to_owned(), value?)))
        };
        let row = columns.iter().map(member).collect::<Vec<_>>();
        prop::collection::vec(row.prop_map(|members| members.into_iter().flatten().collect::<Row>()), 0..20)
    })
}

/// The value that a column of the type holds in place of `value`.
fn typed(kind: Type, value: &Value) -> Value {
    match (kind, value) {
        (_, Value::Null) => Value::Null,
        (Type::Text, Value::String(_)) | (Type::Integer | Type::Bool, _) => value.clone(),
        (Type::Text, other) => Value::String(other.to_string()),
        (Type::Float, number) => json!(number.as_f64().unwrap()),
    }
}

/// The rows as a file with types holds them: every column, in its order.
fn expected(rows: &[Row], columns: &Columns) -> Vec<Vec<Value>> {
    let cell = |row: &Row, name: &str, kind| typed(kind, row.get(name).unwrap_or(&Value::Null));
    rows.iter().map(|row| columns.iter().map(|column| cell(row, column.name(), column.kind())).collect()).collect()
}

/// The records of a Parquet file that holds `rows`, as text: reading numbers as values would round them.
fn expected_records(rows: &[Vec<Value>], columns: &Columns) -> Vec<String> {
    let names = || columns.iter().map(|column| column.name().to_owned());
    let record = |row: &Vec<Value>| names().zip(row.iter().cloned()).collect::<Row>();
    rows.iter().map(|row| serde_json::to_string(&record(row)).unwrap()).collect()
}

fn from_sqlite(rows: &[Row], columns: &Columns) -> Vec<Vec<Value>> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    write(Format::Sqlite, &path, rows, &plain(columns)).unwrap();
    let database = rusqlite::Connection::open(&path).unwrap();
    let mut select = database.prepare("SELECT * FROM laporan").unwrap();
    let row = |row: &rusqlite::Row<'_>| {
        columns.iter().enumerate().map(|(at, column)| Ok(from_cell(row.get_ref(at)?, column.kind()))).collect()
    };
    select.query_map([], row).unwrap().collect::<rusqlite::Result<_>>().unwrap()
}

fn from_cell(value: ValueRef<'_>, kind: Type) -> Value {
    match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) if kind == Type::Bool => json!(number == 1),
        ValueRef::Integer(number) => json!(number),
        ValueRef::Real(number) => json!(number),
        ValueRef::Text(text) => json!(str::from_utf8(text).unwrap()),
        ValueRef::Blob(_) => panic!("a blob"),
    }
}

/// Takes away the apostrophe with which a text is no formula.
fn unguarded(text: &str) -> &str {
    let rest = text.trim_start_matches('\'');
    let number = rest.strip_prefix(['+', '-']).unwrap_or_default();
    let is_number = number.starts_with(|c: char| c.is_ascii_digit())
        && number.chars().all(|c| c.is_ascii_digit() || ",.".contains(c));
    if rest.starts_with(FORMULA) && !is_number { text.strip_prefix('\'').unwrap_or(text) } else { text }
}

fn from_csv(bytes: &[u8]) -> Vec<Vec<String>> {
    let text = str::from_utf8(bytes).unwrap().strip_prefix('\u{feff}').unwrap();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// The CSV file's cells, header first. Of numbers' JSON text only strings' is changed.
fn expected_csv(rows: &[Row], columns: &Columns) -> Vec<Vec<String>> {
    let cell = |row: &Row, name: &str| match row.get(name) {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    };
    let header = columns.iter().map(|column| column.name().to_owned()).collect();
    let rows = rows.iter().map(|row| columns.iter().map(|column| cell(row, column.name())).collect());
    std::iter::once(header).chain(rows).collect()
}

/// Whether `found` is the cell for `expected`, and no formula.
fn check_cell(found: &str, expected: &str) {
    let is_json_number = serde_json::from_str::<f64>(expected).is_ok();
    assert!(found == expected && is_json_number || unguarded(found) == expected, "{found:?} for {expected:?}");
    let is_formula = found.starts_with(FORMULA) && !is_json_number;
    assert!(!is_formula || unguarded(&format!("'{found}")) != found, "{found:?}");
}

fn check(rows: &[Row]) {
    let columns = columns(rows);
    if columns.is_empty() {
        return;
    }
    let schema = plain(&columns);
    for format in FORMATS {
        let once = written(format, rows, &schema).unwrap();
        assert_eq!(once, written(format, rows, &schema).unwrap(), "{format:?}: other bytes the second time");
    }
    let lines: String = rows.iter().map(|row| format!("{}\n", serde_json::to_string(row).unwrap())).collect();
    assert_eq!(written(Format::Jsonl, rows, &schema).unwrap(), lines.as_bytes());
    let expected = expected(rows, &columns);
    let found = records(&written(Format::Parquet, rows, &schema).unwrap(), usize::MAX).unwrap();
    assert_eq!(found, expected_records(&expected, &columns));
    assert_eq!(from_sqlite(rows, &columns), expected);
    let (found, wanted) = (from_csv(&written(Format::Csv, rows, &schema).unwrap()), expected_csv(rows, &columns));
    assert_eq!(found.len(), wanted.len());
    for (found, wanted) in found.iter().flatten().zip(wanted.iter().flatten()) {
        check_cell(found, wanted);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn rows_come_back(rows in tables()) {
        check(&rows);
    }
}

#[test]
fn rows_come_back_from_many_row_groups() {
    let text = |at: u64| (!at.is_multiple_of(3)).then(|| "x".repeat(at as usize % 700));
    let rare = |at: u64| at.is_multiple_of(9_000).then_some(0.5);
    let row = |at| json!({"nomor": at, "teks": text(at), "jarang": rare(at)});
    let rows: Vec<Row> = (0..70_000).map(|at| serde_json::from_value(row(at)).unwrap()).collect();
    let columns = columns(&rows);
    let bytes = written(Format::Parquet, &rows, &plain(&columns)).unwrap();
    assert_eq!(read(&bytes, usize::MAX).unwrap(), rows);
}

#[test]
fn a_table_has_no_room_for_any_number_of_columns() {
    let row = (0..2_000).map(|at| (format!("kolom {at}"), json!(at))).collect::<Row>();
    let columns = columns(std::slice::from_ref(&row));
    for format in FORMATS {
        let result = written(format, std::slice::from_ref(&row), &plain(&columns));
        match format {
            Format::Jsonl => assert!(result.is_ok()),
            _ => assert!(result.unwrap_err().to_string().contains("found more than 1900 columns"), "{format:?}"),
        }
    }
}

#[test]
fn a_row_outside_the_schema_is_an_error() {
    let rows = [json!({"a": 1}), json!({"a": 1, "b": 2})].map(|row| serde_json::from_value(row).unwrap());
    let columns = columns(&rows[..1]);
    for format in [Format::Csv, Format::Parquet, Format::Sqlite] {
        let error = written(format, &rows, &plain(&columns)).unwrap_err().to_string();
        assert!(error.ends_with("row 2: found the member \"b\"; expected only columns of the schema"), "{error}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_told() {
    let rows: Vec<Row> = vec![serde_json::from_value(json!({"teks": "Lampu jalan mati"})).unwrap()];
    let columns = columns(&rows);
    for format in [Format::Jsonl, Format::Csv, Format::Parquet] {
        let error = write(format, "/dev/full".as_ref(), &rows, &plain(&columns)).unwrap_err().to_string();
        assert!(error.starts_with("cannot write /dev/full: the disk is full; free some space"), "{format:?}: {error}");
    }
}
