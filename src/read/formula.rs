//! Texts that a spreadsheet would compute: a citizen's `=HYPERLINK(...)` is an attack on the clerk who opens the file.

use std::borrow::Cow;

/// Characters with which a spreadsheet's formula, or a way around the check for one, begins.
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// Returns `text` as a spreadsheet shows it instead of computing it.
pub(crate) fn harmless(text: Cow<'_, str>) -> Cow<'_, str> {
    let rest = text.trim_start_matches('\'');
    if rest.starts_with(FORMULA) && !is_signed_number(rest) { Cow::Owned(format!("'{text}")) } else { text }
}

/// Whether `text` is a sign and digits: computing it changes nothing, and an apostrophe would spoil every coordinate.
fn is_signed_number(text: &str) -> bool {
    let Some(number) = text.strip_prefix(['+', '-']) else { return false };
    number.starts_with(|c: char| c.is_ascii_digit())
        && number.chars().all(|c| c.is_ascii_digit() || c == '.' || c == ',')
}

/// Returns the text that [`harmless`] made `cell` of.
pub(crate) fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(text) if harmless(Cow::Borrowed(text)) == cell => text,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_no_formula() {
        for (text, expected) in [
            ("Lampu jalan mati", "Lampu jalan mati"),
            ("=HYPERLINK(\"http://contoh.invalid\")", "'=HYPERLINK(\"http://contoh.invalid\")"),
            ("'=1+1", "''=1+1"),
            ("@camat tolong", "'@camat tolong"),
            ("-6.2088", "-6.2088"),
            ("+1,5", "+1,5"),
            ("-1-2", "'-1-2"),
            ("-", "'-"),
            ("- banjir", "'- banjir"),
            ("+62 812-0000-0000", "'+62 812-0000-0000"),
            ("\t=1", "'\t=1"),
            ("＝1", "'＝1"),
            ("'kutip'", "'kutip'"),
            ("'-5", "'-5"),
            ("", ""),
        ] {
            assert_eq!(harmless(Cow::Borrowed(text)), expected, "{text:?}");
            assert_eq!(unguarded(expected), text);
        }
    }
}
