//! Broken files: what is before the damage is read, what is damaged is told.

use crate::variants::gzip;
use crate::{ALL, jakarta, sample, texts, told};
use pilah::read::{Input, LONGEST, ReadError, Source, open};
use serde_json::Value as Json;

#[test]
fn files_in_no_known_format_say_what_they_are_and_what_to_do() {
    let page = b"<!DOCTYPE html><html><body>unduhan</body></html>";
    for (bytes, expected) in [
        (&b""[..], "an empty file"),
        (b" \n\n", "nothing but blanks"),
        (b"PK\x03\x04\x14\0", "unpack an archive and name the folder"),
        (b"SQLite format 3\0\x10", "write the table of reports as CSV"),
        (b"\x89PNG\r\n\x1a\n", "an image"),
        (b"\0\0\0\x20ftypisom", "a video"),
        (b"%PDF-1.7", "a PDF document"),
        (b"a\0b\0\0\0cde\x01\x02", "bytes that are no text"),
        (page, "a web page"),
        (b"window.YTD.ad_impressions.part0 = [ {} ]", "a part of an X archive that holds no posts"),
        (b"[1, 2, 3]", "JSON that holds no list of objects"),
        (b"{lampu}", "JSON that holds no list of objects"),
        (b"Jalan rusak\nLampu mati\n", "text that is neither a table nor a chat"),
        (b"Halo, apa kabar\nSaya, warga sini\nMohon, dibantu\n", "text that is neither a table nor a chat"),
    ] {
        let found = told(bytes, &jakarta(), ALL);
        let error = found[0]["error"].as_str().unwrap_or_default();
        assert!(error.starts_with("cannot read contoh: ") && error.contains(expected), "{found}");
    }
}

#[test]
fn rows_before_the_damage_are_read_and_the_damage_is_told_last() {
    let lines = |count: usize| "{\"teks\":\"jalan rusak\"}\n".repeat(count).into_bytes();
    let half = |bytes: Vec<u8>| bytes[..bytes.len() / 2].to_vec();
    // Random-looking texts, so that half an archive holds many of them.
    let varied: String =
        (0..20_000_u64).map(|n| format!("{{\"teks\":\"{}\"}}\n", n.wrapping_mul(0x9e37_79b9_7f4a_7c15))).collect();
    for (name, bytes, least, error) in [
        ("gzip", half(gzip(varied.as_bytes())), 100, "the gzip archive is broken or ends too early"),
        ("a short gzip", gzip(&lines(3))[..50].to_vec(), 0, "the gzip archive is broken or ends too early"),
        (
            "zstd",
            half(zstd::encode_all(varied.as_bytes(), 1).unwrap()),
            100,
            "the zstd archive is broken or ends too early",
        ),
        ("a list", b"[{\"teks\":\"a\"},".to_vec(), 1, "the file ends in the middle of a JSON document"),
        (
            "a page",
            b"{\"data\":[{\"teks\":\"a\"}],\"meta\":{".to_vec(),
            1,
            "the file ends in the middle of a JSON document",
        ),
        ("an object", sample("terpotong.json"), 1, "the file ends in the middle of this record"),
    ] {
        let found = told(&bytes, &jakarta(), ALL);
        assert!(texts(&found).len() >= least, "{name}: {} rows", texts(&found).len());
        let last = found.as_array().unwrap().last().unwrap();
        let told = last["error"].as_str().or_else(|| last["cut"].as_str()).unwrap_or_default();
        assert!(told.contains(error), "{name}: {last}");
    }
}

#[test]
fn records_that_are_too_long_are_left_out_and_the_next_one_is_read() {
    let long = "a".repeat(LONGEST + 1);
    for (name, text) in [
        ("lines", format!("{{\"teks\":\"satu\"}}\n{{\"teks\":\"{long}\"}}\n{{\"teks\":\"dua\"}}\n")),
        ("list", format!("[{{\"teks\":\"satu\"}},{{\"teks\":\"{long}\"}},{{\"teks\":\"dua\"}}]")),
        ("table", format!("no,teks\n1,satu\n2,{long}\n3,dua\n")),
        ("quotes", format!("no,teks\n1,satu\n2,\"{long}\"\n3,dua\n")),
        ("open quote", format!("no,teks\n1,satu\n2,\"{}3,dua\n", "buka\n".repeat(LONGEST / 5 + 300))),
        ("chat", format!("31/01/26 09.15 - Budi: satu\n31/01/26 09.16 - Budi: {long}\n31/01/26 09.17 - Budi: dua\n")),
    ] {
        let found = told(text.as_bytes(), &jakarta(), ALL);
        assert_eq!(found, told(text.as_bytes(), &jakarta(), 1013), "{name}: little at once");
        let texts = texts(&found);
        assert_eq!((texts.first(), texts.last()), (Some(&"satu".to_owned()), Some(&"dua".to_owned())), "{name}");
        let is_long =
            |entry: &&Json| entry["cut"].as_str().is_some_and(|cut| cut.contains("longer than 1048576 bytes"));
        assert_eq!(found.as_array().unwrap().iter().filter(is_long).count(), 1, "{name}");
    }
}

#[test]
fn a_file_that_is_gone_is_named() {
    let source =
        Source { name: "hilang.csv".into(), input: Input::File("tidak/ada.csv".into()), size: None, named: true };
    let error = open(&source, &jakarta()).err().unwrap();
    assert!(matches!(&error, ReadError::Io { name, .. } if name == "hilang.csv"), "{error}");
}
