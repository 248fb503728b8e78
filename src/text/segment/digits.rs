//! Numbers, telephones and NIKs, read from bytes.

use super::Kind;

/// A NIK (and a family card's number) has this many digits.
const NIK_DIGITS: usize = 16;

/// How people write a NIK in groups.
const NIK_GROUPS: [&[usize]; 4] = [&[4, 4, 4, 4], &[6, 6, 4], &[2, 2, 2, 6, 4], &[6, 10]];

/// Returns the end of the digits at `start`.
pub(super) fn run_end(bytes: &[u8], start: usize) -> usize {
    let mut at = start;
    while bytes.get(at).is_some_and(u8::is_ascii_digit) {
        at += 1;
    }
    at
}

/// Returns the end and the kind of what the digits at `start` begin.
pub(super) fn read(bytes: &[u8], start: usize) -> (usize, Kind) {
    if let Some(end) = phone(bytes, start) {
        return (end, Kind::Phone);
    }
    match nik(bytes, start) {
        Some(end) => (end, Kind::Nik),
        None => (number(bytes, start), Kind::Number),
    }
}

/// Returns how long the rest of a keycap emoji is, where `rest` follows its digit.
pub(super) fn keycap(rest: &[u8]) -> Option<usize> {
    ["\u{fe0f}\u{20e3}", "\u{20e3}"].iter().find(|mark| rest.starts_with(mark.as_bytes())).map(|mark| mark.len())
}

/// Returns the end of the number at `start`: `1.500.000`, `12,5`, `07.30`, `12/05/2023`, `2x24`.
///
/// A group of more than four digits is a number of its own, so that a telephone after a slash stays one.
fn number(bytes: &[u8], start: usize) -> usize {
    let mut end = run_end(bytes, start);
    while let Some(b'.' | b',' | b':' | b'/' | b'-' | b'x' | b'X') = bytes.get(end) {
        let next = run_end(bytes, end + 1);
        if !(1..=4).contains(&(next - end - 1)) {
            break;
        }
        end = next;
    }
    end
}

/// Returns the end of the NIK at `start`: 16 digits in one run or in the usual groups.
fn nik(bytes: &[u8], start: usize) -> Option<usize> {
    let run = run_end(bytes, start);
    if run - start >= 7 {
        return (run - start == NIK_DIGITS).then_some(run);
    }
    NIK_GROUPS.iter().find_map(|sizes| grouped(bytes, start, sizes))
}

/// Returns the end of digits in groups of `sizes` with one and the same separator between them.
fn grouped(bytes: &[u8], start: usize, sizes: &[usize]) -> Option<usize> {
    let mut end = start;
    let mut separator = None;
    for (nth, size) in sizes.iter().enumerate() {
        if nth > 0 {
            let sign = *bytes.get(end).filter(|byte| matches!(byte, b' ' | b'.' | b'-'))?;
            if *separator.get_or_insert(sign) != sign {
                return None;
            }
            end += 1;
        }
        let run = run_end(bytes, end);
        if run - end != *size {
            return None;
        }
        end = run;
    }
    Some(end)
}

/// The beginnings of a telephone number, with what may follow.
struct Plan {
    /// How many digits it may have in all.
    digits: std::ops::RangeInclusive<usize>,
    /// Whether a dot may separate its groups; amounts of money have dots too.
    dots: bool,
}

/// Returns the end of the Indonesian telephone number at `start`, which may begin with `+` or `(`.
pub(super) fn phone(bytes: &[u8], start: usize) -> Option<usize> {
    let paren = bytes.get(start) == Some(&b'(');
    let open = start + usize::from(paren);
    let plus = bytes.get(open) == Some(&b'+');
    let digits = open + usize::from(plus);
    let first = run_end(bytes, digits);
    if paren && bytes.get(first) != Some(&b')') {
        return None;
    }
    let plan = plan(&bytes[digits..first], plus, &bytes[first..])?;
    groups(bytes, digits, first, &plan)
}

/// Returns the plan of a number whose `first` group of digits is followed by `rest`.
fn plan(first: &[u8], plus: bool, rest: &[u8]) -> Option<Plan> {
    match (first, plus) {
        ([b'6', b'2', ..], true) => Some(Plan { digits: 9..=15, dots: true }),
        (_, true) => (first.len() >= 10).then_some(Plan { digits: 10..=15, dots: false }),
        ([b'6', b'2', b'8', _, ..], false) => Some(Plan { digits: 10..=14, dots: false }),
        ([b'6', b'2'], false) => {
            matches!(rest, [b' ' | b'-', b'8', ..]).then_some(Plan { digits: 11..=14, dots: false })
        }
        // A first group of just `08` is a time or a day: 08.00, 08-12-2023.
        ([b'0', b'8', _, ..], false) => Some(Plan { digits: 9..=13, dots: true }),
        ([b'0', b'2'..=b'9', _, ..], false) => Some(Plan { digits: 9..=12, dots: false }),
        _ => None,
    }
}

/// Returns the end of the longest number of the `plan` whose groups begin at `start`, the first of them ending at `end`.
fn groups(bytes: &[u8], start: usize, end: usize, plan: &Plan) -> Option<usize> {
    let first = end - start;
    let mut total = first;
    let mut end = end;
    let mut best = plan.digits.contains(&total).then_some(end);
    while let Some(next) = separator(bytes, end, plan) {
        let size = run_end(bytes, next) - next;
        // Behind a whole number, a space parts it from the next thing counted: "081234567890 123 rumah".
        let whole = best.is_some() && bytes[next - 1] == b' ' && (first > 5 || total > 10 || size < 3);
        total += size;
        if whole || !(2..=8).contains(&size) || total > *plan.digits.end() {
            break;
        }
        end = next + size;
        if plan.digits.contains(&total) {
            best = Some(end);
        }
    }
    best
}

/// Returns where the next group begins, if `at` is a separator: a space, a dash, a dot, or `)` with one of them.
fn separator(bytes: &[u8], at: usize, plan: &Plan) -> Option<usize> {
    let is_separator = |at: usize| match bytes.get(at) {
        Some(b' ' | b'-') => true,
        Some(b'.') => plan.dots,
        _ => false,
    };
    match bytes.get(at) {
        Some(b')') => Some(at + 1 + usize::from(is_separator(at + 1))),
        _ => is_separator(at).then_some(at + 1),
    }
}
