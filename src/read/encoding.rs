//! [`Encoding`]: how characters are written, told by the bytes themselves.

use super::unpack::Peeked;
use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};
use encoding_rs_io::DecodeReaderBytesBuilder;
use std::borrow::Cow;

/// How the characters of a text of one-byte units are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    /// UTF-8: what is not, is an error of its record.
    Utf8,
    /// Windows-1252, as old office programs write it.
    Windows1252,
    /// ASCII so far: the first record with more decides.
    Undecided,
}

impl Encoding {
    /// Makes `record` UTF-8 where it is Windows-1252; decides where that is open.
    pub(super) fn decode(&mut self, record: &mut Vec<u8>) {
        if *self == Self::Utf8 || record.is_ascii() {
            return;
        }
        if *self == Self::Undecided {
            *self = narrow(record);
        }
        if *self == Self::Windows1252 {
            let text = WINDOWS_1252.decode_without_bom_handling(record).0.into_owned();
            *record = text.into_bytes();
        }
    }

    /// Returns the text of a sample; a character that its end cuts is left out.
    pub(super) fn text(self, sample: &[u8]) -> Cow<'_, str> {
        match self {
            Self::Windows1252 => WINDOWS_1252.decode_without_bom_handling(sample).0,
            Self::Utf8 | Self::Undecided => String::from_utf8_lossy(&sample[..sample.len() - cut_off(sample)]),
        }
    }
}

/// Returns the text in `bytes` as one-byte units without a byte order mark, and how its characters are written.
pub(super) fn decoded(mut bytes: Peeked) -> (Peeked, Encoding) {
    let (wide, mark) = match bytes.head.as_slice() {
        [0xff, 0xfe, ..] => (Some(UTF_16LE), 2),
        [0xfe, 0xff, ..] => (Some(UTF_16BE), 2),
        [0xef, 0xbb, 0xbf, ..] => (None, 3),
        head => (wide(head), 0),
    };
    bytes.head.drain(..mark);
    if let Some(encoding) = wide {
        let narrow = DecodeReaderBytesBuilder::new().encoding(Some(encoding)).build(bytes.bytes());
        return (Peeked::new(Box::new(narrow)), Encoding::Utf8);
    }
    let end = bytes.head.len() - if bytes.whole { 0 } else { cut_off(&bytes.head) };
    let encoding = if mark == 3 { Encoding::Utf8 } else { narrow(&bytes.head[..end]) };
    (bytes, encoding)
}

/// UTF-16 without a mark: texts of Latin letters have every other byte zero.
fn wide(head: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let pairs = head.len() / 2;
    let zeros = |first: usize| head.iter().skip(first).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let most = |zeros: usize, others: usize| pairs > 1 && zeros * 2 > pairs && others * 20 <= pairs;
    if most(odd, even) {
        Some(UTF_16LE)
    } else if most(even, odd) {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Returns how most characters in `bytes` that are not ASCII are written: a cut or broken one does not make a text of UTF-8
/// another.
fn narrow(bytes: &[u8]) -> Encoding {
    if bytes.is_ascii() {
        return Encoding::Undecided;
    }
    let wide = |text: &str| text.chars().filter(|c| !c.is_ascii()).count();
    let (valid, invalid) = bytes.utf8_chunks().fold((0, 0), |(valid, invalid), chunk| {
        (valid + wide(chunk.valid()), invalid + usize::from(!chunk.invalid().is_empty()))
    });
    if invalid > valid { Encoding::Windows1252 } else { Encoding::Utf8 }
}

/// Returns how many bytes at the end of `sample` are of a character that it cuts.
pub(super) fn cut_off(sample: &[u8]) -> usize {
    let last = sample.utf8_chunks().last().map_or(&[][..], |chunk| chunk.invalid());
    match std::str::from_utf8(last) {
        Err(error) if error.error_len().is_none() => last.len(),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::{Encoding, cut_off, decoded, narrow};
    use crate::read::unpack::Peeked;
    use std::io::{Cursor, Read};

    #[test]
    fn the_bytes_say_how_they_are_written() {
        let utf16 = |text: &str, little: bool, mark: bool| -> Vec<u8> {
            let units = mark.then_some(0xfeff).into_iter().chain(text.encode_utf16());
            units.flat_map(|unit: u16| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
        };
        let text = "jalan rusak — tolong 🙏";
        for (bytes, encoding, expected) in [
            (b"jalan".to_vec(), Encoding::Undecided, "jalan"),
            ("café".into(), Encoding::Utf8, "café"),
            ("\u{feff}jalan".into(), Encoding::Utf8, "jalan"),
            (b"caf\xe9 \x96 jalan".to_vec(), Encoding::Windows1252, "café – jalan"),
            (b"jalan caf\xe9".to_vec(), Encoding::Windows1252, "jalan café"),
            (utf16(text, true, true), Encoding::Utf8, text),
            (utf16(text, false, true), Encoding::Utf8, text),
            (utf16(text, true, false), Encoding::Utf8, text),
            (utf16(text, false, false), Encoding::Utf8, text),
        ] {
            let (peeked, found) = decoded(Peeked::new(Box::new(Cursor::new(bytes.clone()))));
            assert_eq!(found, encoding, "{bytes:?}");
            assert_eq!(found.text(&peeked.head), expected);
            let mut all = Vec::new();
            peeked.bytes().read_to_end(&mut all).unwrap();
            let mut once = found;
            once.decode(&mut all);
            assert_eq!(String::from_utf8(all).unwrap(), expected);
        }
    }

    #[test]
    fn the_first_record_that_is_not_ascii_decides() {
        for (first, second, decided, expected) in [
            (&b"caf\xe9"[..], &b"\xe9"[..], Encoding::Windows1252, "é".as_bytes()),
            ("café".as_bytes(), b"\xe9", Encoding::Utf8, b"\xe9"),
            (b"caf\xc3\xa9 \xf0\x9f\x99 jalan", b"\xe9", Encoding::Utf8, b"\xe9"),
        ] {
            let mut encoding = Encoding::Undecided;
            for record in [b"jalan", first] {
                encoding.decode(&mut record.to_vec());
            }
            assert_eq!(encoding, decided);
            let mut record = second.to_vec();
            encoding.decode(&mut record);
            assert_eq!(record, expected);
        }
    }

    #[test]
    fn most_characters_decide_and_a_cut_one_at_the_end_does_not_count() {
        for (bytes, expected, cut) in [
            (&b"a\xc3\xa9\xe9b"[..], Encoding::Utf8, 0),
            (b"a\xc3\xa9\xe9\xe9b", Encoding::Windows1252, 0),
            (b"a\xe9b\xf0\x9f", Encoding::Windows1252, 2),
            (b"a\xe9", Encoding::Windows1252, 1),
            (b"a\xff", Encoding::Windows1252, 0),
            (b"a", Encoding::Undecided, 0),
        ] {
            assert_eq!((narrow(bytes), cut_off(bytes)), (expected, cut), "{bytes:?}");
        }
    }
}
