//! [`Head`]: what a message of a chat begins with: when, and maybe who.

use super::super::time::{Clock, Cursor};

/// Marks of direction that WhatsApp writes before lines, dates and notes.
pub(super) const MARKS: [char; 7] =
    ['\u{200e}', '\u{200f}', '\u{202a}', '\u{202b}', '\u{202c}', '\u{2068}', '\u{2069}'];
/// Bytes that a head has at most.
const LONGEST: usize = 64;

/// When a message was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Head {
    /// The three numbers of its day, each with its number of digits.
    pub(super) date: [(i16, usize); 3],
    /// The time of day.
    pub(super) clock: Clock,
}

impl Head {
    /// Returns the head that `line` begins with, and what comes after it: `31/01/26 09.15 - ` or `[31/01/26 09.15.22] `.
    pub(super) fn parse(line: &str) -> Option<(Self, &str)> {
        let line = line.trim_start_matches(MARKS);
        let mut rest = Cursor(line);
        let bracket = rest.eat(&['[']);
        let date = rest.parts()?;
        // A year at one end, and nothing that is longer than a number of a date.
        let years = [date[0].1, date[2].1];
        if date[1].1 > 2 || !(years == [4, 1] || years == [4, 2] || (years[0] <= 2 && matches!(years[1], 2 | 4))) {
            return None;
        }
        rest.eat(&[',']);
        rest.spaces();
        let clock = rest.clock()?;
        rest.spaces();
        let said = if bracket {
            rest.0.strip_prefix(']')?
        } else {
            rest.0.strip_prefix(['-', '–']).filter(|said| said.is_empty() || said.starts_with([' ', '\u{a0}']))?
        };
        Some((Self { date, clock }, said.strip_prefix([' ', '\u{a0}']).unwrap_or(said)))
    }
}

/// Returns whether `line` begins with a head, whatever its encoding.
pub(super) fn begins(line: &[u8]) -> bool {
    let first = line.iter().find(|byte| byte.is_ascii());
    if !first.is_some_and(|byte| byte.is_ascii_digit() || *byte == b'[') {
        return false;
    }
    let start = &line[..line.len().min(LONGEST)];
    Head::parse(&String::from_utf8_lossy(start)).is_some()
}

#[cfg(test)]
mod tests {
    use super::{Head, begins};

    #[test]
    fn heads_of_every_telephone_are_known() {
        let day = [(31, 2), (1, 2), (26, 2)];
        for (line, date, clock, rest) in [
            ("31/01/26 09.15 - Budi: a", day, (9, 15, 0), "Budi: a"),
            ("31/01/26, 21:15 - Budi: a", day, (21, 15, 0), "Budi: a"),
            ("31/01/2026, 9:15\u{202f}PM - Budi: a", [(31, 2), (1, 2), (2026, 4)], (21, 15, 0), "Budi: a"),
            ("1/31/26, 12:15 a.m. - Budi: a", [(1, 1), (31, 2), (26, 2)], (0, 15, 0), "Budi: a"),
            ("[31/01/26 09.15.22] Budi: a", day, (9, 15, 22), "Budi: a"),
            ("\u{200e}[31/01/26, 09.15.22] Budi: \u{200e}a", day, (9, 15, 22), "Budi: \u{200e}a"),
            ("[2026-01-31 09:15:22] Budi:", [(2026, 4), (1, 2), (31, 2)], (9, 15, 22), "Budi:"),
            ("31.01.26, 09:15 – Budi: a", day, (9, 15, 0), "Budi: a"),
        ] {
            assert_eq!(Head::parse(line), Some((Head { date, clock }, rest)), "{line}");
            assert!(begins(line.as_bytes()), "{line}");
        }
        for line in [
            "",
            "lampu mati",
            "31/01/26",
            "31/01/26 09.15",
            "31/01/26 09.15 Budi: a",
            "09.15 - Budi: a",
            "1. Jalan rusak - di sini",
            "31/01/26 09.15 -Budi",
            "2026/1/310 09.15 - a",
            "[ {",
            "31/01/26 ٠٩.١٥ - a",
        ] {
            assert_eq!(Head::parse(line), None, "{line}");
            assert!(!begins(line.as_bytes()), "{line}");
        }
    }
}
