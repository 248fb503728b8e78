//! Byte offsets -> UTF-16 offsets.

use crate::text::Span;

/// Bytes between two offsets that are remembered.
const STRIDE: usize = 64;

/// Turns byte offsets of one text into offsets in UTF-16 units, which is how JavaScript counts.
pub(super) struct Utf16<'t> {
    text: &'t str,
    /// UTF-16 units before every [`STRIDE`]th byte; empty for ASCII, where both offsets are the same.
    marks: Vec<usize>,
}

impl<'t> Utf16<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let mut marks = Vec::new();
        if !text.is_ascii() {
            let mut units = 0;
            for (at, byte) in text.bytes().enumerate() {
                if at % STRIDE == 0 {
                    marks.push(units);
                }
                units += width(byte);
            }
        }
        Self { text, marks }
    }

    /// Returns the UTF-16 units before byte `at`, a character boundary.
    pub(super) fn offset(&self, at: usize) -> usize {
        let Some((mark, units)) = self.marks.get(at / STRIDE).map(|units| (at / STRIDE * STRIDE, *units)) else {
            return if self.marks.is_empty() { at } else { self.text.encode_utf16().count() };
        };
        units + self.text.as_bytes()[mark..at].iter().map(|&byte| width(byte)).sum::<usize>()
    }

    /// Returns `span` in UTF-16 units.
    pub(super) fn span(&self, span: Span) -> Span {
        Span { start: self.offset(span.start), end: self.offset(span.end) }
    }
}

/// Returns how many UTF-16 units the character has that `byte` begins: none for a later byte of it.
fn width(byte: u8) -> usize {
    match byte {
        0x80..0xc0 => 0,
        0xf0.. => 2,
        _ => 1,
    }
}
