//! What a number's JSON text says, and whether a machine's number can hold it.

/// Digits that every double keeps: a decimal of as many comes back from one unchanged.
const SAFE_DIGITS: usize = 15;

/// The greatest integer up to which doubles hold every integer.
const EXACT_INTEGERS: u64 = 1 << 53;

/// What can hold a number without changing it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Size {
    /// An integer that 64 bits and a double hold.
    Small,
    /// An integer that only 64 bits hold.
    Large,
    /// A number that only a double holds.
    Double,
    /// More digits than either holds, or no number at all.
    Beyond,
}

/// Returns what can hold the number `text`.
pub(super) fn size(text: &str) -> Size {
    if let Ok(integer) = text.parse::<i64>() {
        return if integer.unsigned_abs() <= EXACT_INTEGERS { Size::Small } else { Size::Large };
    }
    match text.parse::<f64>() {
        Ok(number) if number.is_finite() && survives(text, number) => Size::Double,
        _ => Size::Beyond,
    }
}

/// Whether `number`, written out again, is the decimal `text`.
fn survives(text: &str, number: f64) -> bool {
    // Most numbers are short, and this is asked of each.
    if text.len() <= SAFE_DIGITS && !text.contains(['e', 'E']) {
        return true;
    }
    let Some(before) = decimal(text) else { return false };
    let is_safe = before.0.len() <= SAFE_DIGITS && number.abs() > 1e-300;
    is_safe || decimal(&format!("{number:e}")).is_some_and(|after| after == before)
}

/// Returns a decimal's digits without zeros at either end, and the power of ten of the last; the sign is left out.
fn decimal(text: &str) -> Option<(String, i64)> {
    let text = text.trim_start_matches('-');
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    let kept = digits.trim_end_matches('0');
    let power = exponent.parse::<i32>().ok()? as i64 - fraction.len() as i64 + (digits.len() - kept.len()) as i64;
    let kept = kept.trim_start_matches('0');
    Some((kept.to_owned(), if kept.is_empty() { 0 } else { power }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_sized_by_what_holds_them() {
        for (text, expected) in [
            ("0", Size::Small),
            ("-9007199254740992", Size::Small),
            ("9007199254740993", Size::Large),
            ("-9223372036854775808", Size::Large),
            ("9223372036854775808", Size::Beyond),
            ("18446744073709551615", Size::Beyond),
            ("1.0", Size::Double),
            ("-6.2088", Size::Double),
            ("0.1000", Size::Double),
            ("1e3", Size::Double),
            ("1E+3", Size::Double),
            ("0.0", Size::Double),
            ("-0.0e7", Size::Double),
            ("0.30000000000000004", Size::Double),
            ("0.3000000000000000400", Size::Double),
            ("0.30000000000000003", Size::Beyond),
            ("1.7976931348623157e308", Size::Double),
            ("5e-324", Size::Double),
            ("4e-324", Size::Beyond),
            ("1e-400", Size::Beyond),
            ("1e999", Size::Beyond),
            ("1e99999999999", Size::Beyond),
            ("", Size::Beyond),
        ] {
            assert_eq!(size(text), expected, "{text}");
        }
    }
}
