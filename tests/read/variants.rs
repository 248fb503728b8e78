//! The same rows come out of a sample however its bytes are written, packed and handed over.

use crate::{ALL, jakarta, sample, samples, texts, told};
use flate2::Compression;
use flate2::write::GzEncoder;
use pilah::read::ReadOptions;
use serde_json::Value as Json;
use std::io::Write;

/// Returns `bytes` as gzip, in two members.
pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let (first, second) = bytes.split_at(bytes.len() / 2);
    let member = |bytes: &[u8]| {
        let mut archive = GzEncoder::new(Vec::new(), Compression::fast());
        archive.write_all(bytes).unwrap();
        archive.finish().unwrap()
    };
    [member(first), member(second)].concat()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 1).unwrap()
}

fn utf16(bytes: &[u8], mark: bool, to: impl Fn(u16) -> [u8; 2]) -> Vec<u8> {
    let text = str::from_utf8(bytes).unwrap();
    mark.then_some(0xfeff).into_iter().chain(text.encode_utf16()).flat_map(to).collect()
}

fn crlf(bytes: &[u8]) -> Vec<u8> {
    str::from_utf8(bytes).unwrap().replace('\n', "\r\n").into_bytes()
}

/// What came out, but for positions in bytes, which may differ, and for line ends within texts.
fn without_offsets(told: &Json) -> String {
    let mut told = told.clone();
    for entry in told.as_array_mut().unwrap() {
        if entry["at"].as_str().is_some_and(|at| at.starts_with("offset")) {
            entry["at"] = Json::Null;
        }
    }
    told.to_string().replace("\\r\\n", "\\n")
}

#[test]
fn rows_do_not_depend_on_how_bytes_are_written_or_packed() {
    for file in samples() {
        let bytes = std::fs::read(&file).unwrap();
        let expected = without_offsets(&told(&bytes, &jakarta(), ALL));
        for (variant, bytes, at_once) in [
            ("a byte at a time", bytes.clone(), 1),
            ("gzip", gzip(&bytes), ALL),
            ("zstd", zstd(&bytes), 1),
            ("UTF-8 with a mark", [b"\xef\xbb\xbf", bytes.as_slice()].concat(), ALL),
            ("UTF-16LE with a mark", utf16(&bytes, true, u16::to_le_bytes), 1),
            ("UTF-16BE with a mark", utf16(&bytes, true, u16::to_be_bytes), ALL),
            ("UTF-16LE", utf16(&bytes, false, u16::to_le_bytes), ALL),
            ("UTF-16BE in gzip", gzip(&utf16(&bytes, false, u16::to_be_bytes)), ALL),
            ("lines of Windows", crlf(&bytes), ALL),
        ] {
            let found = without_offsets(&told(&bytes, &jakarta(), at_once));
            assert_eq!(found, expected, "{}: {variant}", file.display());
        }
    }
}

#[test]
fn windows_1252_is_read_where_the_bytes_are_no_utf8() {
    let rows = |count: usize| "1;jalan mulus\n".repeat(count);
    for (name, before, accent, expected) in [
        ("in the sample", 1, &b"\xe9"[..], "caf\u{e9} \u{2013} ramai"),
        ("after the sample", 9000, b"\xe9", "caf\u{e9} \u{2013} ramai"),
    ] {
        let mut bytes = format!("no;isi\n{}2;caf", rows(before)).into_bytes();
        bytes.extend_from_slice(accent);
        bytes.extend_from_slice(b" \x96 ramai\n");
        let found = texts(&told(&bytes, &jakarta(), ALL));
        assert_eq!(found.last().unwrap(), expected, "{name}");
    }
    // Once it is UTF-8, what is not is an error of its record.
    let late =
        [b"{\"isi\":\"caf\xc3\xa9\"}\n".to_vec(), b" ".repeat(70_000), b"\n{\"isi\":\"caf\xe9\"}\n".to_vec()].concat();
    let found = told(&late, &jakarta(), ALL);
    assert_eq!(found[2]["reject"], "byte 12 of the record is not UTF-8", "{found}");
}

#[test]
fn the_text_column_is_the_one_asked_for() {
    let asking = |column: &str| ReadOptions { text_column: Some(column.to_owned()), ..jakarta() };
    for (file, column, first) in [
        ("aduan.csv.txt", "Kecamatan", "Mekar Jaya"),
        ("aduan.csv.txt", "KECAMATAN", "Mekar Jaya"),
        ("excel.csv.txt", "kelurahan_2", ""),
        ("larik.json", "Keterangan", "Parkir liar di trotoar"),
        ("messenger.json", "sender_name", "Budi Contoh"),
        ("messenger.json", "isi", "Min, jalan ke pasar rusak 😭"),
    ] {
        let found = told(&sample(file), &asking(column), ALL);
        match first {
            "" => assert!(found[0]["error"].as_str().unwrap().contains("`tgl`, `kelurahan`, `keluhan`"), "{found}"),
            first => assert_eq!(texts(&found)[0], first, "{file}: {column}"),
        }
    }
    let found = told(&sample("baris.jsonl"), &asking("pesan"), ALL);
    let expected = "no column `pesan` in contoh; its columns are `id`, `teks`, `waktu`, `kanal`, `nama`";
    assert_eq!(found[0]["error"], expected);
    let found = told(&sample("baris.jsonl"), &asking("judul"), ALL);
    assert_eq!(texts(&found), ["tanpa isi"]);
    assert_eq!(found[1]["reject"], "no member `judul`; found `id`, `teks`, `waktu`, `kanal`, `nama`");
}
