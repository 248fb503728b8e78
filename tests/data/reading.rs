//! Files of every kind give the same records; what is wrong is told with its place.

use crate::folder;
use flate2::{Compression, write::GzEncoder};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use pilah::train::corpus::{Columns, CorpusError, Record, read};
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

/// Id, text, unit and level of two reports; the second has no unit.
type Told = (Option<String>, String, Option<String>, Option<String>);

fn told(records: &[Record]) -> Vec<Told> {
    let label = |record: &Record, head: &str| record.labels.get(head).map(|given| given.label.clone());
    records.iter().map(|r| (r.id.clone(), r.text.clone(), label(r, "unit"), label(r, "level"))).collect()
}

fn expected() -> Vec<Told> {
    let some = |text: &str| Some(text.to_owned());
    vec![
        (some("7"), "Lampu jalan; mati “total”".to_owned(), some("Dinas Perhubungan"), some("3")),
        (some("8"), "Got mampet".to_owned(), None, some("1")),
    ]
}

fn columns() -> Columns {
    let labels = [("unit", "Unit Tujuan"), ("level", "Tingkat")];
    let labels = labels.map(|(head, column)| (head.to_owned(), column.to_owned()));
    Columns { text: Some("isi".into()), id: Some("no".into()), labels: labels.into(), ..Columns::default() }
}

fn heads() -> Vec<String> {
    vec!["unit".to_owned(), "level".to_owned()]
}

fn read_as(name: &str, bytes: &[u8], columns: &Columns) -> Result<Vec<Record>, CorpusError> {
    let folder = folder(&[(name, bytes)]);
    read(&[folder.path().join(name)], &heads(), columns)
}

const CSV: &str =
    "No;Isi;Unit Tujuan;Tingkat\r\n7;\"Lampu jalan; mati “total”\";Dinas Perhubungan ;3\r\n8;Got mampet;;1\r\n";
const JSONL: &str = r#"{"no":7,"isi":"Lampu jalan; mati “total”","Unit Tujuan":"Dinas Perhubungan","Tingkat":"3"}
{"no":"8","isi":"Got mampet","Unit Tujuan":null,"Tingkat":"1"}
"#;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
    gzip.write_all(bytes).unwrap();
    gzip.finish().unwrap()
}

/// The two reports as Parquet, the level as a number.
fn parquet() -> Vec<u8> {
    let schema = "message m { required int64 No; required binary Isi (UTF8); optional binary Tujuan (UTF8); required int32 Tingkat; }";
    let schema = Arc::new(parse_message_type(schema).unwrap());
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, Arc::default()).unwrap();
    let mut group = writer.next_row_group().unwrap();
    let bytes = |text: &str| ByteArray::from(text.as_bytes().to_vec());
    while let Some(mut column) = group.next_column().unwrap() {
        let written = match column.untyped() {
            ColumnWriter::Int64ColumnWriter(column) => column.write_batch(&[7, 8], None, None),
            ColumnWriter::Int32ColumnWriter(column) => column.write_batch(&[3, 1], None, None),
            ColumnWriter::ByteArrayColumnWriter(column) if column.get_descriptor().name() == "Isi" => {
                let texts = [bytes("Lampu jalan; mati “total”"), bytes("Got mampet")];
                column.write_batch(&texts, None, None)
            }
            ColumnWriter::ByteArrayColumnWriter(column) => {
                column.write_batch(&[bytes("Dinas Perhubungan")], Some(&[1, 0]), None)
            }
            _ => unreachable!("a column of the schema"),
        };
        written.unwrap();
        column.close().unwrap();
    }
    group.close().unwrap();
    writer.into_inner().unwrap()
}

#[test]
fn every_format_gives_the_same_records() {
    let tabs = CSV.replace(';', "\t").replace("jalan\t", "jalan;");
    let list = format!("[{}]", JSONL.trim().replace('\n', ",").replace("\"3\"", "3"));
    let windows: Vec<u8> = CSV
        .chars()
        .map(|c| match c {
            '“' => 0x93,
            '”' => 0x94,
            c => u8::try_from(c).unwrap(),
        })
        .collect();
    let utf16: Vec<u8> =
        [0xfeff].into_iter().chain(CSV.encode_utf16()).flat_map(|unit: u16| unit.to_le_bytes()).collect();
    let cases: [(&str, Vec<u8>); 9] = [
        ("a.csv", CSV.into()),
        ("bom.csv", format!("\u{feff}{CSV}").into()),
        ("windows.csv", windows),
        ("utf16.csv", utf16),
        ("a.tsv", tabs.into()),
        ("a.csv.gz", gzip(CSV.as_bytes())),
        ("a.jsonl", JSONL.into()),
        ("a.jsonl.gz", gzip(JSONL.as_bytes())),
        ("a.json", list.into()),
    ];
    for (name, bytes) in cases {
        let records = read_as(name, &bytes, &columns()).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(told(&records), expected(), "{name}");
    }
    let mut columns = columns();
    columns.labels.insert("unit".to_owned(), "Tujuan".to_owned());
    assert_eq!(told(&read_as("a.parquet", &parquet(), &columns).unwrap()), expected());
}

#[test]
fn places_are_lines_or_records() {
    for (name, bytes, places) in [
        ("a.csv", CSV.as_bytes().to_vec(), ["a.csv:2", "a.csv:3"]),
        ("a.jsonl", JSONL.into(), ["a.jsonl:1", "a.jsonl:2"]),
        ("a.parquet", parquet(), ["a.parquet:record:1", "a.parquet:record:2"]),
    ] {
        let columns = Columns { labels: [("unit".to_owned(), "Tingkat".to_owned())].into(), ..Columns::default() };
        let records = match name {
            "a.parquet" => read_as(name, &bytes, &columns),
            _ => read_as(name, &bytes, &self::columns()),
        };
        let found: Vec<String> = records.unwrap().into_iter().map(|record| record.place).collect();
        assert_eq!(found, places, "{name}");
    }
}

#[test]
fn columns_of_default_names_are_found() {
    for (name, text) in [
        ("a.csv", "id,text,unit,level,split,source,date,unit_by\n7,lampu,pu,3,dev,kota,2026-01-31,native\n"),
        ("b.csv", "ID,isi_laporan,Unit,Level,Split,Source,Date,Unit_By\n7,lampu,pu,3,dev,kota,2026-01-31,native\n"),
        (
            "a.jsonl",
            r#"{"id":7,"text":"lampu","unit":"pu","level":"3","split":"dev","source":"kota","date":"2026-01-31","unit_by":"native"}"#,
        ),
        (
            "b.jsonl",
            r#"{"id":7,"isi_laporan":"lampu","unit":"pu","level":"3","split":"dev","source":"kota","date":"2026-01-31","unit_by":"native"}"#,
        ),
    ] {
        let records = read_as(name, text.as_bytes(), &Columns::default()).unwrap();
        let [record] = records.as_slice() else { panic!("{name}: {records:?}") };
        let others = [&record.id, &record.split, &record.source, &record.date, &record.labels["unit"].by];
        assert_eq!(others.map(|told| told.as_deref().unwrap()), ["7", "dev", "kota", "2026-01-31", "native"], "{name}");
        assert_eq!(record.text, "lampu");
    }
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    let other = |text: &str| Columns { text: Some(text.to_owned()), ..Columns::default() };
    let cases: [(&str, &str, Columns, &[&str]); 6] = [
        ("a.csv", "isi,unit\nlampu,pu\nlampu,pu,lagi\n", Columns::default(), &["a.csv:3: ", "3 cells", "expected 2"]),
        ("a.json", "[{\"isi\":\"lampu\"},{\"isi\":7}]", Columns::default(), &["a.json:offset:", "no string"]),
        ("a.csv", "isi,unit\nlampu,pu\n", other("Teks"), &["no column `Teks`", "`isi`", "`unit`"]),
        ("a.jsonl", "{\"isi\":\"lampu\"}\n", other("teks"), &["a.jsonl:1", "no \"text\""]),
        ("a.csv", "isi,unit\nlampu,pu\n", columns(), &["no column `no` in the data", "are `isi`, `unit`"]),
        ("a.csv", "", Columns::default(), &["a.csv", "empty file"]),
    ];
    for (name, text, columns, parts) in cases {
        let error = read_as(name, text.as_bytes(), &columns).unwrap_err().to_string();
        for part in parts {
            assert!(error.contains(part), "{name}: {error:?} does not say {part:?}");
        }
    }
}

/// A column may be missing in a file, but not in all.
#[test]
fn folders_are_read_by_name_without_what_is_no_data() {
    let folder = folder(&[
        ("b.csv", b"isi,Unit Tujuan\nlampu mati,pu\n"),
        ("a.jsonl", br#"{"text": "got mampet", "unit": "air"}"#),
        ("peta-label.csv", b"asal,jadi\nDinas PU,pu\n"),
        ("catatan.txt", b"bukan data"),
        ("kosong.csv", b""),
    ]);
    let columns = Columns { labels: [("unit".to_owned(), "unit tujuan".to_owned())].into(), ..Columns::default() };
    let records = read(&[folder.path().to_owned()], &heads(), &columns).unwrap();
    let found: Vec<(&str, &str)> = records.iter().map(|r| (r.text.as_str(), r.labels["unit"].label.as_str())).collect();
    assert_eq!(found, [("got mampet", "air"), ("lampu mati", "pu")]);
    let missing = read(&[PathBuf::from("tidak-ada.csv")], &heads(), &columns).unwrap_err();
    assert!(matches!(missing, CorpusError::Io { .. }), "{missing}");
}

#[test]
fn empty_texts_are_kept_with_their_places() {
    let records = read_as("a.csv", b"isi,unit\n,pu\nlampu,pu\n", &Columns::default()).unwrap();
    let found: Vec<(&str, &str)> = records.iter().map(|r| (r.place.as_str(), r.text.as_str())).collect();
    assert_eq!(found, [("a.csv:2", ""), ("a.csv:3", "lampu")]);
}
