//! One bad record among good ones: it is left out, the others are read.

use crate::{ALL, jakarta, opened, texts, told};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use pilah::read::{Input, Position, ReadOptions, Record, Source, open, open_reader};
use serde_json::Value as Json;
use std::io::Cursor;
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// The reasons in what [`told`] returned.
fn rejects(told: &Json) -> Vec<&str> {
    told.as_array().unwrap().iter().filter_map(|entry| entry["reject"].as_str()).collect()
}

#[test]
fn one_broken_character_does_not_make_a_file_windows_1252() {
    let line = |n: usize| format!("{n};jalan rusak — tolong 🙏 {n}\n").into_bytes();
    let broken = b"50;jalan rusak \xe2\x80\x94 tolong \xf0\x9f\x99 50\n".to_vec();
    let rows = |ascii: usize| {
        let plain = "0;jalan\n".repeat(ascii).into_bytes();
        let rows = (0..100).map(|n| if n == 50 { broken.clone() } else { line(n) });
        [b"no;isi\n".to_vec(), plain].into_iter().chain(rows).flatten().collect::<Vec<u8>>()
    };
    // Within the bytes that the encoding is told by, and after them.
    for ascii in [0, 10_000] {
        let found = told(&rows(ascii), &jakarta(), ALL);
        assert_eq!(texts(&found).len(), ascii + 99);
        assert_eq!(texts(&found).last().unwrap(), "jalan rusak — tolong 🙏 99");
        assert_eq!(rejects(&found), ["byte 24 of `isi` is not UTF-8"]);
    }
    // Nor where it is in the first record.
    let first = [b"no;isi\n".to_vec(), broken.clone(), line(1), line(2)].concat();
    assert_eq!(texts(&told(&first, &jakarta(), ALL)), ["jalan rusak — tolong 🙏 1", "jalan rusak — tolong 🙏 2"]);
}

#[test]
fn values_that_nobody_can_read_again_are_rejected() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    let record = |text: &str, depth: usize| format!(r#"{{"isi":"{text}","lampiran":{}}}"#, nested(depth));
    let post = |text: &str, depth: usize| {
        format!(r#"{{"full_text":"{text}","id_str":"1","lampiran":{{"a":{}}}}}"#, nested(depth - 1))
    };
    let message = |text: &str, depth: usize| {
        format!(r#"{{"sender_name":"Budi","timestamp_ms":1,"content":"{text}","lampiran":{}}}"#, nested(depth))
    };
    let all = |make: &dyn Fn(&str, usize) -> String, between: &str| {
        [make("satu", 100), make("dua", 101), make("tiga", 3000), make("empat", 2)].join(between)
    };
    for (name, text) in [
        ("lines", all(&record, "\n")),
        ("list", format!("[{}]", all(&record, ","))),
        ("member", format!("{{\"data\":[{}]}}", all(&record, ","))),
        ("posts", format!("window.YTD.tweets.part0 = [{}]", all(&post, ","))),
        ("messages", format!("{{\"messages\":[{}]}}", all(&message, ","))),
    ] {
        let found = told(text.as_bytes(), &jakarta(), ALL);
        assert_eq!(texts(&found), ["satu", "empat"], "{name}");
        let reason =
            |depth| format!("found {depth} lists and objects within each other in `lampiran`; expected 100 at most");
        assert_eq!(rejects(&found), [reason(101), reason(3000)], "{name}");
        for row in found.as_array().unwrap().iter().filter_map(|entry| entry["row"]["fields"].as_object()) {
            let json = format!("{{\"lampiran\":{}}}", row["lampiran"]["json"].as_str().unwrap());
            serde_json::from_str::<Json>(&json).unwrap();
        }
    }
}

#[test]
fn reasons_do_not_quote_what_people_wrote() {
    let number = "0812-0000-0000";
    let good = "{\"isi\":\"lampu mati\"}\n".repeat(20);
    let lines = format!(
        "{good}hubungi {number}\n\"{number}\"\n{{\"isi\":{number}}}\n{{\"{number}\":1}}\n{{{number}:1}}\n{{\"isi\":\"\"}}\n"
    );
    let table = b"isi;0812-0000-0000\nlampu mati;\xc3\xa9\xc3\xa9\njalan rusak;\xe9\n".to_vec();
    for (bytes, count) in [(lines.into_bytes(), 6), (table, 1)] {
        let found = told(&bytes, &jakarta(), ALL);
        let reasons = rejects(&found);
        assert_eq!(reasons.len(), count, "{found}");
        assert!(!reasons.iter().any(|reason| reason.contains("0000")), "{reasons:?}");
    }
}

/// A Parquet file of these texts.
fn parquet(texts: &[&[u8]]) -> Vec<u8> {
    let texts: Vec<ByteArray> = texts.iter().map(|text| ByteArray::from(*text)).collect();
    let schema = Arc::new(parse_message_type("message m { required binary isi (string); }").unwrap());
    let mut file = SerializedFileWriter::new(Vec::new(), schema, Arc::default()).unwrap();
    let mut group = file.next_row_group().unwrap();
    let mut column = group.next_column().unwrap().unwrap();
    let ColumnWriter::ByteArrayColumnWriter(writer) = column.untyped() else { panic!("no column of texts") };
    writer.write_batch(&texts, None, None).unwrap();
    column.close().unwrap();
    group.close().unwrap();
    file.into_inner().unwrap()
}

#[test]
fn a_text_of_a_parquet_file_that_is_no_utf8_is_not_quoted() {
    let folder = tempfile::tempdir().unwrap();
    let options = ReadOptions { spool: folder.path().to_owned(), ..jakarta() };
    let found = told(&parquet(&[b"lampu mati", b"hubungi 0812-0000-0000 \xe9"]), &options, ALL);
    assert_eq!(texts(&found), ["lampu mati"]);
    let expected = "record 2: a damaged Parquet file: Parquet error: Error reading BYTE_ARRAY as String";
    assert_eq!(found.as_array().unwrap().last().unwrap()["error"], expected);
}

#[test]
fn a_parquet_file_is_consumed_row_by_row() {
    let folder = tempfile::tempdir().unwrap();
    let options = ReadOptions { spool: folder.path().to_owned(), ..jakarta() };
    let bytes = parquet(&[&b"jalan rusak"[..]; 1000]);
    let packed = crate::variants::gzip(&bytes);
    let path = folder.path().join("aduan.parquet");
    std::fs::write(&path, &bytes).unwrap();
    let source = Source { name: "aduan".into(), input: Input::File(path), size: None, named: true };
    for (mut opened, size) in [
        (open(&source, &options).unwrap(), bytes.len()),
        (open_reader("pipa", Box::new(Cursor::new(bytes.clone())), &options).unwrap(), bytes.len()),
        (open_reader("arsip", Box::new(Cursor::new(packed.clone())), &options).unwrap(), packed.len()),
    ] {
        let mut record = Record { position: Position::Record(0), bytes: Vec::new(), reject: None };
        for read in 1..=1000 {
            assert!(opened.cut.next(&mut record).unwrap());
            assert_eq!(opened.consumed.load(Ordering::Relaxed), (size * read / 1000) as u64);
        }
        assert!(!opened.cut.next(&mut record).unwrap());
        assert_eq!(opened.consumed.load(Ordering::Relaxed), size as u64);
    }
}

#[test]
fn only_tables_have_names_that_their_records_do_not_repeat() {
    for (text, expected) in [("no;isi\n1;halte bocor\n", 2 + 3 + 16), ("{\"isi\":\"halte bocor\"}\n", 0)] {
        assert_eq!(opened(text.as_bytes(), &jakarta(), ALL).unwrap().shape.overhead(), expected);
    }
}
