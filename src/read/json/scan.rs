//! [`Scan`]: where a JSON value ends, told by its brackets and quotes alone.

use memchr::memchr2;

/// Follows one value; what is between its brackets may be no JSON at all.
#[derive(Debug, Default)]
pub(super) struct Scan {
    depth: usize,
    started: bool,
    string: bool,
    escape: bool,
}

impl Scan {
    /// Reads `bytes` to the end of the value or their own; returns how many, and whether the value has ended.
    pub(super) fn read(&mut self, bytes: &[u8]) -> (usize, bool) {
        let mut at = 0;
        while at < bytes.len() {
            if self.escape {
                self.escape = false;
                at += 1;
            } else if self.string {
                let Some(found) = memchr2(b'"', b'\\', &bytes[at..]) else { break };
                at += found + 1;
                self.escape = bytes[at - 1] == b'\\';
                self.string = self.escape;
                if !self.string && self.depth == 0 {
                    return (at, true);
                }
            } else {
                match self.step(bytes[at]) {
                    Step::On => at += 1,
                    Step::Last => return (at + 1, true),
                    Step::Before => return (at, true),
                }
            }
        }
        (bytes.len(), false)
    }

    /// Reads a byte outside strings.
    fn step(&mut self, byte: u8) -> Step {
        let outside = self.depth == 0;
        match byte {
            b'{' | b'[' | b'"' if outside && self.started => return Step::Before,
            b'{' | b'[' => self.depth += 1,
            b'"' => self.string = true,
            b'}' | b']' | b',' | b':' | b' ' | b'\t' | b'\n' | b'\r' if outside => return Step::Before,
            b'}' | b']' => {
                self.depth -= 1;
                if self.depth == 0 {
                    return Step::Last;
                }
            }
            _ => {}
        }
        self.started = true;
        Step::On
    }
}

/// Where a byte stands.
enum Step {
    /// In the value.
    On,
    /// At its end.
    Last,
    /// After it.
    Before,
}

/// Returns the end of the value that `text` begins with; none where it is cut.
pub(super) fn end(text: &str) -> Option<usize> {
    let (end, ended) = Scan::default().read(text.as_bytes());
    (ended && end > 0).then_some(end)
}

/// Returns how many lists and objects the value `text` has within each other: 1 for a list of numbers.
pub(super) fn deepest(text: &str) -> usize {
    let mut scan = Scan::default();
    let (mut at, mut deepest) = (0, 0);
    while at < text.len() && !scan.read(&text.as_bytes()[at..=at]).1 {
        deepest = deepest.max(scan.depth);
        at += 1;
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::{Scan, end};

    #[test]
    fn values_end_where_their_brackets_and_quotes_do() {
        for (text, expected) in [
            (r#"{"a":"}]"} ,"#, Some(10)),
            (r#"["\"",[{}]]]"#, Some(11)),
            (r#""a\\",1"#, Some(5)),
            ("12,", Some(2)),
            ("true}", Some(4)),
            (r#"1"a""#, Some(1)),
            ("{\"a\":", None),
            ("\"abc", None),
            ("12", None),
            (",", None),
            ("", None),
        ] {
            assert_eq!(end(text), expected, "{text}");
            let mut scan = Scan::default();
            let stops = text.bytes().position(|byte| scan.read(&[byte]) == (1, true) || scan.read(&[]).1);
            assert!(expected.is_none() || stops.is_none_or(|stop| stop < expected.unwrap()), "{text}");
        }
    }
}
