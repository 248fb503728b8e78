//! Times as exports write them.

use super::row::Time;
use jiff::civil::DateTime;
use jiff::tz::Offset;

/// Names of the months by their first letters, Indonesian and English.
const MONTHS: [&[&str]; 12] = [
    &["jan"],
    &["feb", "peb"],
    &["mar"],
    &["apr"],
    &["mei", "may"],
    &["jun"],
    &["jul"],
    &["agu", "ags", "agt", "aug"],
    &["sep"],
    &["okt", "oct"],
    &["nov", "nop"],
    &["des", "dec"],
];
/// Zones of Indonesia and the one of computers, with their hours ahead of UTC.
const ZONES: [(&str, i32); 6] = [("Z", 0), ("UTC", 0), ("GMT", 0), ("WIB", 7), ("WITA", 8), ("WIT", 9)];
/// Seconds of an hour.
const HOUR: i32 = 3600;

/// Returns the moment that `text` tells, read `utc_offset` hours ahead of UTC where it names no zone; none where it tells
/// none that is known.
pub(super) fn parse(text: &str, utc_offset: i8) -> Option<Time> {
    let text = text.trim();
    if !text.is_ascii() || text.len() > 64 {
        return None;
    }
    if text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        && let Some(time) = epoch(text.split('.').next().unwrap_or_default())
    {
        return Some(time);
    }
    let mut rest = Cursor(text);
    rest.weekday();
    let (date, mut clock, mut zone) = if let Some(date) = rest.date() { (date, None, None) } else { rest.asctime()? };
    if !rest.0.is_empty() {
        rest.between();
        clock = Some(rest.clock()?);
        zone = rest.zone();
    }
    if !rest.0.trim().is_empty() {
        return None;
    }
    moment(date, clock.unwrap_or_default(), zone.unwrap_or_else(|| i32::from(utc_offset) * HOUR))
}

/// Seconds, milliseconds or microseconds since 1970, told by how many digits they have.
fn epoch(digits: &str) -> Option<Time> {
    let number: i64 = digits.parse().ok()?;
    let seconds = match digits.len() {
        9 | 10 => number,
        12 | 13 => number / 1000,
        15 | 16 => number / 1_000_000,
        _ => return None,
    };
    Some(Time(seconds))
}

/// A day: year, month, day.
pub(super) type Date = (i16, i8, i8);
/// A time of day: hour, minute, second.
pub(super) type Clock = (i8, i8, i8);

/// Returns the moment of `date` and `clock`, `ahead` seconds ahead of UTC; none where there is no such day.
pub(super) fn moment(date: Date, clock: Clock, ahead: i32) -> Option<Time> {
    let civil = DateTime::new(date.0, date.1, date.2, clock.0, clock.1, clock.2, 0).ok()?;
    Some(Time(Offset::from_seconds(ahead).ok()?.to_timestamp(civil).ok()?.as_second()))
}

/// What is left to read of a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cursor<'t>(pub(super) &'t str);

impl<'t> Cursor<'t> {
    /// Reads what `wanted` takes; none where that is nothing.
    fn run(&mut self, wanted: impl Fn(u8) -> bool) -> Option<&'t str> {
        let end = self.0.bytes().position(|byte| !wanted(byte)).unwrap_or(self.0.len());
        let (run, rest) = self.0.split_at_checked(end)?;
        self.0 = rest;
        (!run.is_empty()).then_some(run)
    }

    /// Reads a number of no more than four digits; also says how many it has.
    pub(super) fn number(&mut self) -> Option<(i16, usize)> {
        let digits = self.run(|byte| byte.is_ascii_digit())?;
        (digits.len() <= 4).then_some((digits.parse().ok()?, digits.len()))
    }

    /// Reads one of `wanted`; false where none is next.
    pub(super) fn eat(&mut self, wanted: &[char]) -> bool {
        let rest = self.0.strip_prefix(wanted);
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }

    /// Reads blanks, also those that do not break lines.
    pub(super) fn spaces(&mut self) {
        self.0 = self.0.trim_start_matches([' ', '\u{a0}', '\u{202f}', '\t']);
    }

    fn word(&mut self) -> Option<&'t str> {
        self.run(|byte| byte.is_ascii_alphabetic())
    }

    /// Reads the day of the week before a date.
    fn weekday(&mut self) {
        let mut ahead = *self;
        let is_month = |word: &str| month(word).is_some();
        if ahead.word().is_some_and(|word| !is_month(word)) {
            ahead.eat(&[',']);
            ahead.spaces();
            *self = ahead;
        }
    }

    /// Reads three numbers, or a month's name between two, as they stand.
    pub(super) fn parts(&mut self) -> Option<[(i16, usize); 3]> {
        const BETWEEN: [char; 4] = ['/', '-', '.', ' '];
        let first = self.number()?;
        if !self.eat(&BETWEEN) {
            return None;
        }
        let second = match self.number() {
            Some(number) => number,
            None => (i16::from(month(self.word()?)?), 2),
        };
        if !self.eat(&BETWEEN) {
            return None;
        }
        Some([first, second, self.number()?])
    }

    /// Reads a date: year first, or day first unless the second number can be no month.
    fn date(&mut self) -> Option<Date> {
        let mut ahead = *self;
        let parts = ahead.parts()?;
        *self = ahead;
        date(parts, parts[1].0 > 12)
    }

    /// Reads what X writes after the day of the week: `Oct 10 20:19:24 +0000 2018`.
    fn asctime(&mut self) -> Option<(Date, Option<Clock>, Option<i32>)> {
        let month = month(self.word()?)?;
        self.spaces();
        let day = i8::try_from(self.number()?.0).ok()?;
        self.eat(&[',']);
        self.spaces();
        if let Some((year, 4)) = Cursor(self.0).number() {
            self.number();
            return Some(((year, month, day), None, None));
        }
        let clock = self.clock()?;
        let zone = self.zone();
        self.spaces();
        Some(((self.number()?.0, month, day), Some(clock), zone))
    }

    /// Reads what stands between a date and a time of day.
    fn between(&mut self) {
        self.eat(&['T', 't', ',']);
        self.spaces();
        for word in ["pukul", "jam", "at"] {
            if let Some(rest) = self.0.strip_prefix(word) {
                self.0 = rest;
                self.spaces();
            }
        }
    }

    /// Reads a time of day: hours and minutes, maybe seconds and their fraction, maybe `AM` or `PM`.
    pub(super) fn clock(&mut self) -> Option<Clock> {
        const BETWEEN: [char; 2] = [':', '.'];
        let hour = self.number()?.0;
        if !self.eat(&BETWEEN) {
            return None;
        }
        let minute = self.number()?.0;
        let mut second = 0;
        if self.eat(&BETWEEN) {
            second = self.number()?.0;
            if self.eat(&['.', ',']) {
                self.run(|byte| byte.is_ascii_digit())?;
            }
        }
        let small = |number: i16| i8::try_from(number).ok();
        Some((self.half(small(hour)?)?, small(minute)?, small(second)?))
    }

    /// Reads `AM` or `PM`, in any of their spellings, and returns the hour of the day.
    fn half(&mut self, hour: i8) -> Option<i8> {
        let mut ahead = *self;
        ahead.spaces();
        let half = ahead.run(|byte| byte.is_ascii_alphabetic() || byte == b'.').unwrap_or_default();
        let afternoon = match half.to_ascii_lowercase().replace('.', "").as_str() {
            "am" => false,
            "pm" => true,
            _ => return (hour < 24).then_some(hour),
        };
        *self = ahead;
        let hour = (1..=12).contains(&hour).then_some(hour % 12)?;
        Some(if afternoon { hour + 12 } else { hour })
    }

    /// Reads a zone; returns its seconds ahead of UTC.
    fn zone(&mut self) -> Option<i32> {
        let mut ahead = *self;
        ahead.spaces();
        let west = ahead.0.starts_with('-');
        let seconds = if ahead.eat(&['+', '-']) {
            let (hours, digits) = ahead.number()?;
            let (hours, minutes) = match digits {
                4 => (hours / 100, hours % 100),
                _ if ahead.eat(&[':']) => (hours, ahead.number()?.0),
                _ => (hours, 0),
            };
            i32::from(hours) * HOUR + i32::from(minutes) * 60
        } else {
            let name = ahead.word()?;
            ZONES.iter().find(|(zone, _)| zone.eq_ignore_ascii_case(name))?.1 * HOUR
        };
        *self = ahead;
        Some(if west { -seconds } else { seconds })
    }
}

fn month(name: &str) -> Option<i8> {
    let begins = |start: &&str| name.get(..start.len()).is_some_and(|first| first.eq_ignore_ascii_case(start));
    let found = MONTHS.iter().position(|starts| starts.iter().any(begins))?;
    i8::try_from(found + 1).ok()
}

/// Returns the day that three numbers mean; `month_first` where a day does not come first. Years of two digits are of
/// this century.
pub(super) fn date(parts: [(i16, usize); 3], month_first: bool) -> Option<Date> {
    let small = |number: i16| i8::try_from(number).ok();
    let [(first, digits), (second, _), (third, _)] = parts;
    if digits == 4 {
        return Some((first, small(second)?, small(third)?));
    }
    let year = if parts[2].1 == 2 { third + 2000 } else { third };
    let (day, month) = if month_first { (second, first) } else { (first, second) };
    Some((year, small(month)?, small(day)?))
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn times_are_read_in_every_shape_that_exports_use() {
        // 2026-01-31T02:15:00Z is 09:15 in Jakarta.
        const MORNING: i64 = 1_769_825_700;
        const MIDNIGHT: i64 = MORNING - 9 * 3600 - 15 * 60;
        for (text, expected) in [
            ("2026-01-31T02:15:00Z", Some(MORNING)),
            ("2026-01-31T09:15:00+07:00", Some(MORNING)),
            ("2026-01-31T02:15:00.000Z", Some(MORNING)),
            ("2026-01-31T02:15:00+0000", Some(MORNING)),
            ("2026-01-31 09:15", Some(MORNING)),
            ("2026-01-31 09:15:00.123456", Some(MORNING)),
            ("2026-01-31", Some(MIDNIGHT)),
            ("2026/01/31 09.15", Some(MORNING)),
            ("31/01/2026 09:15:00", Some(MORNING)),
            ("31-01-2026 9.15", Some(MORNING)),
            ("31.01.26, 09.15", Some(MORNING)),
            ("1/31/2026 9:15 AM", Some(MORNING)),
            ("31 Januari 2026", Some(MIDNIGHT)),
            ("Sabtu, 31 Januari 2026 pukul 09.15 WIB", Some(MORNING)),
            ("31-Jan-2026 11:15 WIT", Some(MORNING)),
            ("Sat Jan 31 02:15:00 +0000 2026", Some(MORNING)),
            ("Jan 31, 2026", Some(MIDNIGHT)),
            ("Jan 31, 2026 9:15:00 AM", Some(MORNING)),
            ("1769825700", Some(MORNING)),
            ("1769825700123", Some(MORNING)),
            ("1769825700.5", Some(MORNING)),
            ("12/12/2026 12:00 AM", Some(1_797_008_400)),
            ("31/02/2026", None),
            ("32/13/2026", None),
            ("2026-01-31 25:00", None),
            ("kemarin sore", None),
            ("09:15", None),
            ("12", None),
            ("", None),
            ("31 Januari 2026 di pasar", None),
            ("٣١/٠١/٢٠٢٦", None),
        ] {
            assert_eq!(parse(text, 7).map(|time| time.0), expected, "{text}");
        }
    }
}
