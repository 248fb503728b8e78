//! Faults of an archive and faults of what it is stored on: the first end one input, the second end the run.

use crate::variants::gzip;
use crate::{jakarta, opened};
use pilah::read::{Position, ReadError, ReadOptions, Record, open_reader};
use std::io::{self, Cursor, ErrorKind, Read, Write};

/// Lines that look random, so that an archive of them is long.
fn lines() -> Vec<u8> {
    let line = |n: u64| format!("{{\"teks\":\"{}\"}}\n", n.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    (0..20_000).map(line).collect::<String>().into_bytes()
}

/// Returns `bytes` as zstd with a checksum, so that no damage goes unseen.
fn zstd(bytes: &[u8]) -> Vec<u8> {
    let mut archive = zstd::Encoder::new(Vec::new(), 1).unwrap();
    archive.include_checksum(true).unwrap();
    archive.write_all(bytes).unwrap();
    archive.finish().unwrap()
}

/// Bytes that end with an error.
struct Failing(Cursor<Vec<u8>>, ErrorKind);

impl Read for Failing {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.0.read(buffer)? {
            0 => Err(io::Error::new(self.1, "the disk is gone")),
            read => Ok(read),
        }
    }
}

/// How many records `bytes` give, and the error that ends them; whether it came when they were opened.
fn read(bytes: impl Read + Send + 'static, options: &ReadOptions) -> (usize, Option<(bool, ErrorKind, String)>) {
    let told = |early: bool, error: &io::Error| Some((early, error.kind(), error.to_string()));
    let mut opened = match open_reader("contoh", Box::new(bytes), options) {
        Ok(opened) => opened,
        Err(error) => {
            let is_of_source = error.is_of_source();
            let ReadError::Io { source, .. } = error else { panic!("{error}") };
            use ErrorKind::{InvalidData, PermissionDenied, UnexpectedEof};
            let expected = matches!(source.kind(), InvalidData | UnexpectedEof | PermissionDenied);
            assert_eq!(is_of_source, expected, "{source}");
            return (0, told(true, &source));
        }
    };
    let mut record = Record { position: Position::Line(0), bytes: Vec::new(), reject: None };
    let mut count = 0;
    loop {
        match opened.cut.next(&mut record) {
            Ok(true) => count += 1,
            Ok(false) => return (count, None),
            Err(error) => return (count, told(false, &error)),
        }
    }
}

#[test]
fn damage_anywhere_in_an_archive_is_damage_of_the_file() {
    let lines = lines();
    for (name, archive) in [("gzip", gzip(&lines)), ("zstd", zstd(&lines))] {
        assert_eq!(read(Cursor::new(archive.clone()), &jakarta()), (20_000, None));
        let length = archive.len();
        // The second member of the gzip archive begins after the half of the lines.
        let second = archive.windows(3).rposition(|bytes| bytes == [0x1f, 0x8b, 8]).unwrap_or(length / 2);
        for at in [10, 11, 40, length / 5, length / 3, second, second + 1, length / 2, length * 3 / 4, length - 3] {
            let mut damaged = archive.clone();
            for byte in &mut damaged[at..length.min(at + 3)] {
                *byte = !*byte;
            }
            let (_, error) = read(Cursor::new(damaged), &jakarta());
            let (_, kind, message) = error.unwrap_or_else(|| panic!("{name}: no error for damage at {at}"));
            assert_eq!(kind, ErrorKind::InvalidData, "{name} at {at}: {message}");
            let expected = format!("the file is damaged: the {name} archive is broken or ends too early (");
            assert!(message.starts_with(&expected), "{message}");
        }
    }
}

#[test]
fn an_archive_that_is_damaged_from_its_beginning_is_refused_as_such() {
    for (archive, at, value) in [(gzip(b"a"), 2, 9), (zstd(b"a"), 4, 0x2c), (gzip(b"a"), 10, 0xff)] {
        let mut damaged = archive;
        damaged[at] = value;
        let (_, error) = read(Cursor::new(damaged), &jakarta());
        let (early, kind, message) = error.unwrap();
        assert!(early && kind == ErrorKind::InvalidData && message.contains("is damaged"), "{kind} {message}");
    }
}

#[test]
fn what_the_disk_says_stays_what_it_is() {
    let lines = lines();
    for kind in [ErrorKind::PermissionDenied, ErrorKind::Other, ErrorKind::InvalidInput, ErrorKind::TimedOut] {
        for bytes in [lines.clone(), gzip(&lines), zstd(&lines)] {
            for (part, early) in [(20, true), (bytes.len() / 2, false)] {
                let failing = Failing(Cursor::new(bytes[..part].to_vec()), kind);
                let (_, error) = read(failing, &jakarta());
                let (when, found, message) = error.unwrap();
                assert_eq!((found, message.as_str()), (kind, "the disk is gone"));
                // The beginning of a plain line is enough to tell its format.
                assert_eq!(when, early && bytes[0] != b'{', "{part}");
            }
        }
    }
}

#[test]
fn a_spooled_file_is_gone_however_its_copying_ends() {
    let spool = tempfile::tempdir().unwrap();
    let options = ReadOptions { spool: spool.path().to_owned(), ..jakarta() };
    let parquet = [b"PAR1".to_vec(), vec![7; 100_000]].concat();
    let failing = Failing(Cursor::new(parquet.clone()), ErrorKind::PermissionDenied);
    let (_, error) = read(failing, &options);
    assert_eq!(error, Some((true, ErrorKind::PermissionDenied, "the disk is gone".to_owned())));
    assert_eq!(spool.path().read_dir().unwrap().count(), 0);
    let error = open_reader("contoh", Box::new(Cursor::new(parquet)), &options).err().unwrap();
    assert!(matches!(error, ReadError::Parquet { .. }), "{error}");
    assert_eq!(spool.path().read_dir().unwrap().count(), 0);
}

#[test]
fn another_beginning_or_format_is_another_head() {
    let head = |bytes: &[u8]| opened(bytes, &jakarta(), 7).unwrap().head;
    let table = "no;isi;nama\n1;halte bocor;a\n";
    assert_eq!(head(table.as_bytes()), head(&gzip(table.as_bytes())));
    assert_eq!(head(table.as_bytes()), head(&zstd(table.as_bytes())));
    assert_ne!(head(table.as_bytes()), head(table.replace("nama", "nomor").as_bytes()));
    let long = |end: &str| [table.repeat(5_000), end.to_owned()].concat();
    assert_eq!(head(long("").as_bytes()), head(long("2;jalan rusak;b\n").as_bytes()));
}
