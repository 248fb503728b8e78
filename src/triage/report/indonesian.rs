//! Numbers, shares, dates and times as people in Indonesia write them.

use crate::read::row::Time;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;

/// The months.
const MONTHS: [&str; 12] = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
];
/// The minus sign that stands as wide as the plus.
const MINUS: char = '\u{2212}';

/// Returns a number with points between thousands: `1.234`.
pub(super) fn number(number: u64) -> String {
    let digits = number.to_string();
    let mut written = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            written.push('.');
        }
        written.push(digit);
    }
    written
}

/// Returns tenths as a number with one decimal: `12,5` for 125.
pub(super) fn tenths(tenths: u64) -> String {
    format!("{},{}", number(tenths / 10), tenths % 10)
}

/// Returns `part` of `whole` in percent, one decimal: `12,5 %`. What is not nothing is never shown as nothing, and what is
/// not all is never shown as all.
pub(super) fn share(part: u64, whole: u64) -> String {
    match per_thousand(part, whole) {
        None => "–".to_owned(),
        Some(0) if part > 0 => "<\u{a0}0,1\u{a0}%".to_owned(),
        Some(1000) if part < whole => ">\u{a0}99,9\u{a0}%".to_owned(),
        Some(parts) => format!("{}\u{a0}%", tenths(parts)),
    }
}

/// Returns `part` of `whole` in thousandths, rounded; none where there is no whole.
pub(super) fn per_thousand(part: u64, whole: u64) -> Option<u64> {
    let (part, whole) = (u128::from(part), u128::from(whole));
    let parts = (part * 1000 + whole / 2).checked_div(whole)?;
    Some(u64::try_from(parts).unwrap_or(u64::MAX))
}

/// Returns a probability in whole percents: `93 %`.
pub(super) fn probability(probability: f32) -> String {
    let percent = f64::from(probability) * 100.0;
    match percent {
        p if p.is_nan() => "–".to_owned(),
        p if p < 1.0 => "<\u{a0}1\u{a0}%".to_owned(),
        p if p > 99.0 => ">\u{a0}99\u{a0}%".to_owned(),
        p => format!("{p:.0}\u{a0}%"),
    }
}

/// Returns the difference with its sign, written by `write`: `+12`, `−5`, `0`.
pub(super) fn difference(now: u64, before: u64, write: impl Fn(u64) -> String) -> String {
    match now.cmp(&before) {
        std::cmp::Ordering::Less => format!("{MINUS}{}", write(before - now)),
        std::cmp::Ordering::Equal => "0".to_owned(),
        std::cmp::Ordering::Greater => format!("+{}", write(now - before)),
    }
}

/// Returns a day: `31 Januari 2026`.
pub(super) fn date(date: Date) -> String {
    format!("{} {}", date.day(), month(date))
}

/// Returns the month of a day: `Januari 2026`.
pub(super) fn month(date: Date) -> String {
    format!("{} {}", month_name(date), date.year())
}

fn month_name(date: Date) -> &'static str {
    usize::try_from(date.month() - 1).ok().and_then(|month| MONTHS.get(month)).copied().unwrap_or_default()
}

/// Returns a day as short as an axis needs it: `31 Jan 2026`.
pub(super) fn short_date(date: Date) -> String {
    format!("{} {}", date.day(), short_month(date))
}

/// Returns the month of a day as short as an axis needs it: `Jan 2026`.
pub(super) fn short_month(date: Date) -> String {
    // "Agt" is how the eighth month is shortened, all others by their first three letters.
    let name = if date.month() == 8 { "Agt" } else { month_name(date).get(..3).unwrap_or_default() };
    format!("{name} {}", date.year())
}

/// Returns the days from `first` to `last` without saying anything twice: `1–31 Januari 2026`.
pub(super) fn days(first: Date, last: Date) -> String {
    if first == last {
        date(first)
    } else if (first.year(), first.month()) == (last.year(), last.month()) {
        format!("{}–{}", first.day(), date(last))
    } else if first.year() == last.year() {
        format!("{} {} – {}", first.day(), month_name(first), date(last))
    } else {
        format!("{} – {}", date(first), date(last))
    }
}

/// Returns the local day and time of a moment, or none for one that no calendar holds.
pub(super) fn local(time: Time, utc_offset: i8) -> Option<DateTime> {
    let offset = Offset::from_hours(utc_offset).unwrap_or(Offset::UTC);
    Timestamp::from_second(time.0).ok().map(|moment| offset.to_datetime(moment))
}

/// Returns a moment: `31 Januari 2026 pukul 06.15`.
pub(super) fn moment(at: DateTime) -> String {
    format!("{} pukul {:02}.{:02}", date(at.date()), at.hour(), at.minute())
}

/// Returns what people call the zone: `WITA`.
pub(super) fn zone(utc_offset: i8) -> String {
    match utc_offset {
        7 => "WIB".to_owned(),
        8 => "WITA".to_owned(),
        9 => "WIT".to_owned(),
        0 => "UTC".to_owned(),
        hours if hours < 0 => format!("UTC{MINUS}{}", hours.unsigned_abs()),
        hours => format!("UTC+{hours}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(cases: &[(String, &str)]) {
        for (written, expected) in cases {
            assert_eq!(written.replace('\u{a0}', " "), *expected);
        }
    }

    #[test]
    fn numbers_have_points_and_commas() {
        check(&[
            (number(0), "0"),
            (number(999), "999"),
            (number(1234), "1.234"),
            (number(100_000), "100.000"),
            (number(u64::MAX), "18.446.744.073.709.551.615"),
            (tenths(12_345), "1.234,5"),
            (share(1, 8), "12,5 %"),
            (share(0, 8), "0,0 %"),
            (share(8, 8), "100,0 %"),
            (share(1, 100_000), "< 0,1 %"),
            (share(99_999, 100_000), "> 99,9 %"),
            (share(0, 0), "–"),
            (share(u64::MAX, u64::MAX - 1), "100,0 %"),
            (probability(0.934), "93 %"),
            (probability(0.001), "< 1 %"),
            (probability(0.999), "> 99 %"),
            (probability(f32::NAN), "–"),
            (difference(12, 2, number), "+10"),
            (difference(2, 1236, number), "−1.234"),
            (difference(2, 2, number), "0"),
        ]);
    }

    #[test]
    fn days_are_written_once() {
        let day = |year, month, day| Date::new(year, month, day).unwrap();
        check(&[
            (date(day(2026, 1, 31)), "31 Januari 2026"),
            (short_date(day(2026, 8, 5)), "5 Agt 2026"),
            (short_month(day(2026, 5, 5)), "Mei 2026"),
            (days(day(2026, 1, 31), day(2026, 1, 31)), "31 Januari 2026"),
            (days(day(2026, 1, 1), day(2026, 1, 31)), "1–31 Januari 2026"),
            (days(day(2026, 1, 28), day(2026, 2, 3)), "28 Januari – 3 Februari 2026"),
            (days(day(2025, 12, 28), day(2026, 1, 3)), "28 Desember 2025 – 3 Januari 2026"),
        ]);
    }

    #[test]
    fn moments_are_local() {
        let written = |time, offset| local(Time(time), offset).map(moment).unwrap_or_default();
        check(&[
            (written(1_769_812_500, 8), "31 Januari 2026 pukul 06.35"),
            (written(1_769_812_500, 0), "30 Januari 2026 pukul 22.35"),
            (written(1_769_812_500, i8::MAX), "30 Januari 2026 pukul 22.35"),
            (written(i64::MAX, 8), ""),
            (zone(7), "WIB"),
            (zone(8), "WITA"),
            (zone(9), "WIT"),
            (zone(0), "UTC"),
            (zone(-3), "UTC−3"),
            (zone(10), "UTC+10"),
        ]);
    }
}
