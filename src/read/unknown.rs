//! What a file that is no known format looks like, and what to do about it.

/// First bytes, what they are the first bytes of, and what to do.
const SIGNATURES: [(&[u8], &str, &str); 17] = [
    (b"PK\x03\x04", "a ZIP archive or a document of an office program", ZIP),
    (b"PK\x05\x06", "an empty ZIP archive", ZIP),
    (b"\xd0\xcf\x11\xe0", "a document of an old office program", SHEET),
    (b"%PDF", "a PDF document", SHEET),
    (b"SQLite format 3\0", "an SQLite database", "write the table of reports as CSV"),
    (b"\x89PNG", "an image", MEDIA),
    (b"\xff\xd8\xff", "an image", MEDIA),
    (b"GIF8", "an image", MEDIA),
    (b"RIFF", "an image, a sound or a video", MEDIA),
    (b"OggS", "a sound or a video", MEDIA),
    (b"ID3", "a sound", MEDIA),
    (b"7z\xbc\xaf", "a 7-Zip archive", UNPACK),
    (b"Rar!", "a RAR archive", UNPACK),
    (b"BZh", "a bzip2 archive", UNPACK),
    (b"\xfd7zXZ", "an xz archive", UNPACK),
    (b"\x1f\x8b", "an archive in an archive", UNPACK),
    (b"\x28\xb5\x2f\xfd", "an archive in an archive", UNPACK),
];

const ZIP: &str = "unpack an archive and name the folder; save a spreadsheet as CSV";
const SHEET: &str = "save it as CSV and name that file";
const MEDIA: &str = "expected messages as CSV, JSON, a chat's text or Parquet";
const UNPACK: &str = "unpack it and name the folder";
const FORMATS: &str = "expected CSV with a header, JSON, JSON Lines, a WhatsApp chat's text or Parquet";

/// Returns what the bytes of a source look like and what to do, where that shows before they are read as text.
pub(super) fn binary(head: &[u8]) -> Option<(&'static str, &'static str)> {
    if head.is_empty() {
        return Some(("an empty file", FORMATS));
    }
    let known =
        SIGNATURES.iter().find(|(first, ..)| head.starts_with(first)).map(|(_, found, advice)| (*found, *advice));
    let video = || (head.get(4..8) == Some(b"ftyp")).then_some(("a video", MEDIA));
    known.or_else(video)
}

/// Returns what a text in no known format looks like and what to do.
pub(super) fn text(text: &str) -> (&'static str, &'static str) {
    let start = text.trim_start();
    let begins = |what: &str| start.get(..what.len()).is_some_and(|start| start.eq_ignore_ascii_case(what));
    if start.is_empty() {
        ("nothing but blanks", FORMATS)
    } else if text.contains('\0') {
        ("bytes that are no text", FORMATS)
    } else if begins("<!doctype html") || begins("<html") {
        ("a web page", "ask for the export as JSON instead of HTML")
    } else if begins("<?xml") {
        ("XML", FORMATS)
    } else if begins("window.YTD.") {
        ("a part of an X archive that holds no posts", "name its file tweets.js")
    } else if start.starts_with(['{', '[']) {
        ("JSON that holds no list of objects", FORMATS)
    } else {
        ("text that is neither a table nor a chat", FORMATS)
    }
}
