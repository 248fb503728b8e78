//! Parquet files of other programs: types that pilah does not write.

use crate::read;
use parquet::column::writer::ColumnWriter;
use parquet::data_type::{ByteArray, FixedLenByteArray, Int96};
use parquet::file::properties::{WriterProperties, WriterVersion};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use serde_json::{Value, json};
use std::sync::Arc;

/// The values of a column that are not null.
pub(crate) enum Values {
    Int(Vec<i32>),
    Long(Vec<i64>),
    Half(Vec<f32>),
    Double(Vec<f64>),
    Bytes(Vec<&'static [u8]>),
    Fixed(Vec<&'static [u8]>),
    Moment(Vec<[u32; 3]>),
}

use Values::{Bytes, Double, Fixed, Half, Int, Long, Moment};

/// A column: its values, and its definition and repetition levels where it has them.
pub(crate) type Column = (Values, &'static [i16], &'static [i16]);

fn write(column: &mut ColumnWriter<'_>, (values, definition, repetition): &Column) {
    let levels = |levels: &'static [i16]| (!levels.is_empty()).then_some(levels);
    let (definition, repetition) = (levels(definition), levels(repetition));
    let bytes = |all: &[&[u8]]| all.iter().map(|bytes| ByteArray::from(*bytes)).collect::<Vec<_>>();
    let written = match (column, values) {
        (ColumnWriter::Int32ColumnWriter(column), Int(all)) => column.write_batch(all, definition, repetition),
        (ColumnWriter::Int64ColumnWriter(column), Long(all)) => column.write_batch(all, definition, repetition),
        (ColumnWriter::FloatColumnWriter(column), Half(all)) => column.write_batch(all, definition, repetition),
        (ColumnWriter::DoubleColumnWriter(column), Double(all)) => column.write_batch(all, definition, repetition),
        (ColumnWriter::ByteArrayColumnWriter(column), Bytes(all)) => {
            column.write_batch(&bytes(all), definition, repetition)
        }
        (ColumnWriter::FixedLenByteArrayColumnWriter(column), Fixed(all)) => {
            let all: Vec<FixedLenByteArray> = bytes(all).into_iter().map(Into::into).collect();
            column.write_batch(&all, definition, repetition)
        }
        (ColumnWriter::Int96ColumnWriter(column), Moment(all)) => {
            let all: Vec<Int96> = all.iter().map(|parts| Int96::from(parts.to_vec())).collect();
            column.write_batch(&all, definition, repetition)
        }
        _ => panic!("values of another type"),
    };
    written.unwrap();
}

/// The bytes of a file with the schema and its columns.
pub(crate) fn file(schema: &str, columns: &[Column], version: WriterVersion) -> Vec<u8> {
    let schema = Arc::new(parse_message_type(&format!("message m {{ {schema} }}")).unwrap());
    let properties = WriterProperties::builder().set_writer_version(version).set_dictionary_enabled(false).build();
    let mut file = SerializedFileWriter::new(Vec::new(), schema, properties.into()).unwrap();
    let mut group = file.next_row_group().unwrap();
    for values in columns {
        let mut column = group.next_column().unwrap().unwrap();
        write(column.untyped(), values);
        column.close().unwrap();
    }
    group.close().unwrap();
    file.into_inner().unwrap()
}

/// A schema, its columns, and the rows that are read.
type Case = (&'static str, Vec<Column>, Value);

fn numbers() -> Vec<Case> {
    vec![
        ("optional int32 a;", vec![(Int(vec![-1]), &[1, 0], &[])], json!([{"a": -1}, {"a": null}])),
        ("required int32 a (integer(8, false));", vec![(Int(vec![200]), &[], &[])], json!([{"a": 200}])),
        ("required int64 a (integer(64, false));", vec![(Long(vec![-1]), &[], &[])], json!([{"a": u64::MAX}])),
        ("required float a;", vec![(Half(vec![0.1, f32::NAN]), &[], &[])], json!([{"a": 0.1}, {"a": null}])),
        ("required double a;", vec![(Double(vec![0.1, f64::INFINITY]), &[], &[])], json!([{"a": 0.1}, {"a": null}])),
        ("required int32 a (decimal(9, 2));", vec![(Int(vec![-1250]), &[], &[])], json!([{"a": "-12.50"}])),
        ("required binary a (decimal(30, 1));", vec![(Bytes(vec![&[1, 0]]), &[], &[])], json!([{"a": "25.6"}])),
    ]
}

fn moments() -> Vec<Case> {
    let stamp =
        |schema, value, expected: &str| (schema, vec![(Long(vec![value]), &[][..], &[][..])], json!([{"a": expected}]));
    vec![
        stamp("required int64 a (timestamp(MILLIS, true));", 1_769_846_400_500, "2026-01-31T08:00:00.5Z"),
        stamp("required int64 a (timestamp(MICROS, true));", -1, "1969-12-31T23:59:59.999999Z"),
        stamp("required int64 a (timestamp(NANOS, true));", 1_769_846_400_000_000_000, "2026-01-31T08:00:00Z"),
        stamp("required int64 a (timestamp(NANOS, false));", 1_769_846_400_000_000_000, "2026-01-31T08:00:00"),
        stamp("required int64 a (timestamp(MICROS, false));", 1_769_846_400_000_000, "2026-01-31T08:00:00"),
        stamp("required int64 a (TIMESTAMP_MILLIS);", 1_769_846_400_000, "2026-01-31T08:00:00Z"),
        stamp("required int64 a (time(NANOS, true));", 28_800_000_000_000, "08:00:00"),
        stamp("required int64 a (time(MICROS, true));", 86_399_500_000, "23:59:59.5"),
        (
            "required int64 a (timestamp(MILLIS, true));",
            vec![(Long(vec![i64::MAX]), &[], &[])],
            json!([{"a": i64::MAX}]),
        ),
        ("required int32 a (time(MILLIS, true));", vec![(Int(vec![28_800_000]), &[], &[])], json!([{"a": "08:00:00"}])),
        ("required int32 a (time(MILLIS, true));", vec![(Int(vec![-1]), &[], &[])], json!([{"a": -1}])),
        (
            "required int32 a (date);",
            vec![(Int(vec![20_484, -1]), &[], &[])],
            json!([{"a": "2026-01-31"}, {"a": "1969-12-31"}]),
        ),
        ("required int32 a (date);", vec![(Int(vec![i32::MAX]), &[], &[])], json!([{"a": i32::MAX}])),
        (
            "required int96 a;",
            vec![(Moment(vec![[0, 0, 2_440_589]]), &[], &[])],
            json!([{"a": "1970-01-02T00:00:00Z"}]),
        ),
    ]
}

fn texts() -> Vec<Case> {
    const UUID: &[u8] = &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 255];
    vec![
        (
            "required binary a (string);",
            vec![(Bytes(vec!["🚧 \"x\"\n".as_bytes()]), &[], &[])],
            json!([{"a": "🚧 \"x\"\n"}]),
        ),
        (
            "required binary a;",
            vec![(Bytes(vec![b"teks", &[255, 0]]), &[], &[])],
            json!([{"a": "teks"}, {"a": "/wA="}]),
        ),
        ("required binary a (json);", vec![(Bytes(vec![b"{\"b\":1}"]), &[], &[])], json!([{"a": "{\"b\":1}"}])),
        (
            "required fixed_len_byte_array(16) a (uuid);",
            vec![(Fixed(vec![UUID]), &[], &[])],
            json!([{"a": "00010203-0405-0607-0809-0a0b0c0d0eff"}]),
        ),
        (
            "required fixed_len_byte_array(2) a (float16);",
            vec![(Fixed(vec![&[0, 0x3e]]), &[], &[])],
            json!([{"a": 1.5}]),
        ),
    ]
}

fn nested() -> Vec<Case> {
    vec![
        (
            "optional group a (list) { repeated group list { optional int64 element (timestamp(NANOS, true)); } }",
            vec![(Long(vec![0, 1_000_000_000]), &[3, 3, 2, 1, 0], &[0, 1, 1, 0, 0])],
            json!([{"a": ["1970-01-01T00:00:00Z", "1970-01-01T00:00:01Z", null]}, {"a": []}, {"a": null}]),
        ),
        ("repeated int32 a;", vec![(Int(vec![1, 2]), &[1, 1, 0], &[0, 1, 0])], json!([{"a": [1, 2]}, {"a": []}])),
        (
            "optional group a (map) { repeated group key_value { required int32 key; optional binary value (string); } }",
            vec![(Int(vec![7, 8]), &[2, 2], &[0, 1]), (Bytes(vec![b"x"]), &[3, 2], &[0, 1])],
            json!([{"a": {"7": "x", "8": null}}]),
        ),
        (
            "required group a { optional int32 b; required group c { required int32 d (date); } }",
            vec![(Int(vec![1]), &[1], &[]), (Int(vec![0]), &[], &[])],
            json!([{"a": {"b": 1, "c": {"d": "1970-01-01"}}}]),
        ),
        (
            "optional group a { optional int32 b; }",
            vec![(Int(vec![1]), &[2, 1, 0], &[])],
            json!([{"a": {"b": 1}}, {"a": {"b": null}}, {"a": null}]),
        ),
    ]
}

/// Files of every type.
pub(crate) fn cases() -> Vec<Case> {
    [numbers(), moments(), texts(), nested()].into_iter().flatten().collect()
}

#[test]
fn every_type_is_json() {
    for (schema, columns, expected) in cases() {
        for version in [WriterVersion::PARQUET_1_0, WriterVersion::PARQUET_2_0] {
            let rows = read(&file(schema, &columns, version), usize::MAX);
            let rows = rows.map(|rows| json!(rows)).map_err(|error| format!("{schema}: {error}"));
            assert_eq!(rows, Ok(expected.clone()), "{schema}");
        }
    }
}
