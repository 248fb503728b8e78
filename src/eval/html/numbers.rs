//! Numbers as English writes them.

use crate::eval::bootstrap::Interval;

/// Between a number and what it counts: no line ends there.
pub(super) const SPACE: char = '\u{a0}';

/// Returns `85.0 %` for 0.85.
pub(super) fn percent(share: f64) -> String {
    format!("{:.1}{SPACE}%", 100.0 * share)
}

/// Returns `12,345`.
pub(super) fn count(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Returns `1 report`, `2 reports`.
pub(super) fn counted(number: usize, one: &str) -> String {
    format!("{}{SPACE}{one}{}", count(number), if number == 1 { "" } else { "s" })
}

/// Returns `83.5–86.4` in percent, or a dash where nothing was measured.
pub(super) fn percents(interval: Option<Interval>) -> String {
    interval.map_or_else(dash, |interval| format!("{:.1}–{:.1}", 100.0 * interval.low, 100.0 * interval.high))
}

/// Returns `0.761–0.803`, or a dash where nothing was measured.
pub(super) fn range(interval: Option<Interval>) -> String {
    interval.map_or_else(dash, |interval| format!("{:.3}–{:.3}", interval.low, interval.high))
}

/// Returns what stands for a figure that is not there.
pub(super) fn dash() -> String {
    "–".to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_english_does() {
        for (number, expected) in [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567")] {
            assert_eq!(count(number), expected);
        }
        assert_eq!((counted(1, "row"), counted(20, "row")), ("1\u{a0}row".to_owned(), "20\u{a0}rows".to_owned()));
        let interval = Some(Interval { low: 0.835, high: 0.8644 });
        assert_eq!((percents(interval), range(None)), ("83.5–86.4".to_owned(), "–".to_owned()));
        assert_eq!(percent(0.85), "85.0\u{a0}%");
    }
}
