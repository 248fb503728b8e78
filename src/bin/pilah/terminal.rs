//! What a terminal may be sent: reports are written by strangers.

/// Returns `text` with characters that steer a terminal or turn its reading direction made harmless.
pub(crate) fn safe(text: &str) -> String {
    text.chars().filter(|&c| c != '\r').map(|c| if steers(c) { '\u{fffd}' } else { c }).collect()
}

fn steers(c: char) -> bool {
    let control = c.is_control() && c != '\n' && c != '\t';
    control || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::safe;

    #[test]
    fn escapes_and_direction_marks_are_replaced() {
        for (text, expected) in [
            ("lampu\r\nmati\t1", "lampu\nmati\t1"),
            ("\u{1b}[31mmerah\u{7}", "\u{fffd}[31mmerah\u{fffd}"),
            ("a\u{202e}b\u{9b}c", "a\u{fffd}b\u{fffd}c"),
            ("👨‍👩‍👧 é", "👨‍👩‍👧 é"),
        ] {
            assert_eq!(safe(text), expected);
        }
    }
}
