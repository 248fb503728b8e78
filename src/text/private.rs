//! Private data as people write it: what a public report should not carry.

use super::{Kind, Token, segment};

/// The least digits of a telephone number.
const PHONE_DIGITS: usize = 9;

/// Returns the telephone numbers, NIKs (also a family card's number) and e-mail addresses written out in `text`, in
/// reading order. Masks that stand for them, such as `[TELEPON]`, are none.
///
/// ```
/// use pilah::text::{Kind, private_data};
///
/// let found = private_data("Hubungi saya 0812-3456-7890, NIK 3578012345678901");
/// let kinds: Vec<Kind> = found.iter().map(|token| token.kind).collect();
/// assert_eq!(kinds, [Kind::Phone, Kind::Nik]);
/// assert_eq!(found[0].text, "0812-3456-7890");
/// ```
pub fn private_data(text: &str) -> Vec<Token<'_>> {
    // Most texts have none: a look at the bytes is cheaper than segmenting again.
    if !text.contains('@') && !has_long_number(text) {
        return Vec::new();
    }
    let is_private = |token: &Token<'_>| matches!(token.kind, Kind::Phone | Kind::Nik | Kind::Email);
    segment(text).into_iter().filter(|token| is_private(token) && !token.text.starts_with('[')).collect()
}

/// Returns whether somewhere in `text` as many digits as a telephone number has stand together, with nothing but what may
/// separate its groups between them. A time is no such place: it has a colon.
fn has_long_number(text: &str) -> bool {
    let mut digits = 0;
    text.bytes().any(|byte| {
        match byte {
            b'0'..=b'9' => digits += 1,
            b' ' | b'-' | b'.' | b'(' | b')' | b'+' => {}
            _ => digits = 0,
        }
        digits >= PHONE_DIGITS
    })
}

#[cfg(test)]
mod tests {
    use super::private_data;

    #[test]
    fn finds_what_is_written_out_and_nothing_else() {
        for (text, expected) in [
            ("hub +62 812-3456-7890 ya", &["+62 812-3456-7890"][..]),
            ("NIK: 3578.0123.4567.8901", &["3578.0123.4567.8901"]),
            ("surel budi@contoh.id atau (021) 555-1234", &["budi@contoh.id", "(021) 555-1234"]),
            ("hub [TELEPON] nik [NIK] surel [EMAIL]", &[]),
            ("Rp 1.500.000 tanggal 12/05/2023 jam 07.30 RT 03 RW 11, hubungi 112", &[]),
            ("akun @dinas di https://contoh.id/0812345678901", &[]),
            ("", &[]),
        ] {
            let found: Vec<&str> = private_data(text).iter().map(|token| token.text).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
