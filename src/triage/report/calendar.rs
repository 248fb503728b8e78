//! Days gathered into as many columns as a page can show, gaps among them.

use super::{DayCount, indonesian};
use jiff::civil::Date;
use jiff::{Span, ToSpan};
use std::collections::BTreeMap;

/// Columns that a telephone's screen has room for.
const COLUMNS: i64 = 62;
/// A gap so long that a few messages beyond it are rather wrong dates: an unset clock, an empty cell.
const FAR: i64 = 366;
/// Messages beyond such a gap are left out only where they are at most one in so many.
const RARE: u64 = 100;

/// What one column stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    /// A day.
    Day,
    /// Monday to Sunday.
    Week,
    /// A month.
    Month,
    /// A year.
    Year,
}

/// One column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Bin {
    /// Its first day.
    pub(super) start: Date,
    /// Messages of it.
    pub(super) messages: u64,
    /// Reports among them.
    pub(super) reports: u64,
}

/// The columns of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Calendar {
    /// What each stands for.
    pub(super) unit: Unit,
    /// From the first to the last, those without messages too.
    pub(super) bins: Vec<Bin>,
    /// Messages with a day that lies too far from all others to be drawn.
    pub(super) far: u64,
}

/// Messages and reports by day number.
type Days = BTreeMap<i64, (u64, u64)>;

impl Calendar {
    /// Returns `days` in the finest unit that leaves no more columns than a page shows.
    pub(super) fn of(days: &[DayCount]) -> Self {
        let mut by_day = Days::new();
        for day in days {
            let Ok(date) = day.day.parse::<Date>() else { continue };
            let sum = by_day.entry(Unit::Day.index(date)).or_default();
            *sum = (sum.0.saturating_add(day.messages), sum.1.saturating_add(day.reports));
        }
        let all = total(&by_day);
        let near = without_far(by_day, all);
        let (unit, bins) = gather(&near);
        let drawn = bins.iter().fold(0_u64, |sum, bin| sum.saturating_add(bin.messages));
        Self { unit, bins, far: all.saturating_sub(drawn) }
    }

    /// Returns the fullest column, the first of equals.
    pub(super) fn fullest(&self) -> Option<&Bin> {
        self.bins.iter().rev().max_by_key(|bin| bin.messages)
    }
}

fn total(days: &Days) -> u64 {
    days.values().fold(0, |sum, (messages, _)| sum.saturating_add(*messages))
}

/// `days` without the few before the first and after the last long gap.
fn without_far(mut days: Days, all: u64) -> Days {
    let forth: Vec<_> = days.iter().map(|(day, count)| (*day, count.0)).collect();
    if let Some(from) = past_gap(forth.iter().copied(), all) {
        days = days.split_off(&from);
    }
    let back: Vec<_> = days.iter().rev().map(|(day, count)| (*day, count.0)).collect();
    if let Some(to) = past_gap(back.into_iter(), all) {
        days.split_off(&(to + 1));
    }
    days
}

/// The day on the far side of the last long gap with only rare messages before it.
fn past_gap(days: impl Iterator<Item = (i64, u64)> + Clone, all: u64) -> Option<i64> {
    let mut seen = 0_u64;
    let steps = days.clone().zip(days.skip(1));
    let rare = steps.take_while(|((_, messages), _)| {
        seen = seen.saturating_add(*messages);
        seen <= all / RARE
    });
    rare.filter(|((this, _), (next, _))| (next - this).abs() > FAR).last().map(|(_, (next, _))| next)
}

fn gather(days: &Days) -> (Unit, Vec<Bin>) {
    let (Some((&first, _)), Some((&last, _))) = (days.first_key_value(), days.last_key_value()) else {
        return (Unit::Day, Vec::new());
    };
    let range = |unit: Unit| (unit.index(Unit::Day.start(first)), unit.index(Unit::Day.start(last)));
    let fits = |unit: &Unit| range(*unit).1 - range(*unit).0 < COLUMNS;
    let unit = [Unit::Day, Unit::Week, Unit::Month].into_iter().find(fits).unwrap_or(Unit::Year);
    let (low, high) = range(unit);
    // Years may still be too many: then the last ones.
    let low = low.max(high - COLUMNS + 1);
    let mut bins: Vec<Bin> = (low..=high).map(|at| Bin { start: unit.start(at), messages: 0, reports: 0 }).collect();
    for (day, (messages, reports)) in days {
        let at = usize::try_from(unit.index(Unit::Day.start(*day)) - low).ok();
        if let Some(bin) = at.and_then(|at| bins.get_mut(at)) {
            bin.messages = bin.messages.saturating_add(*messages);
            bin.reports = bin.reports.saturating_add(*reports);
        }
    }
    (unit, bins)
}

impl Unit {
    /// Returns the number of the unit that `date` is in; the next unit has the next number.
    fn index(self, date: Date) -> i64 {
        let day = date.duration_since(Date::constant(1970, 1, 1)).as_hours() / 24;
        match self {
            Self::Day => day,
            // Day 0 was a Thursday.
            Self::Week => (day + 3).div_euclid(7),
            Self::Month => i64::from(date.year()) * 12 + i64::from(date.month()) - 1,
            Self::Year => i64::from(date.year()),
        }
    }

    /// Returns the first day of the unit with number `index`.
    fn start(self, index: i64) -> Date {
        let new = |year: i64, month: i64| {
            let (year, month) = (i16::try_from(year).ok()?, i8::try_from(month).ok()?);
            Date::new(year, month, 1).ok()
        };
        let day = |day: i64| {
            let days = Span::new().try_days(day).ok()?;
            Date::constant(1970, 1, 1).checked_add(days).ok()
        };
        let start = match self {
            Self::Day => day(index),
            Self::Week => day(index * 7 - 3),
            Self::Month => new(index.div_euclid(12), index.rem_euclid(12) + 1),
            Self::Year => new(index, 1),
        };
        start.unwrap_or(Date::MIN)
    }

    /// Returns its name: `hari`.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Day => "hari",
            Self::Week => "minggu",
            Self::Month => "bulan",
            Self::Year => "tahun",
        }
    }

    /// Returns what people call the unit that begins on `start`.
    pub(super) fn long(self, start: Date) -> String {
        match self {
            Self::Day => indonesian::date(start),
            Self::Week => format!("minggu {}", indonesian::days(start, start.saturating_add(6.days()))),
            Self::Month => indonesian::month(start),
            Self::Year => start.year().to_string(),
        }
    }

    /// Returns the same for an axis.
    pub(super) fn short(self, start: Date) -> String {
        match self {
            Self::Day | Self::Week => indonesian::short_date(start),
            Self::Month => indonesian::short_month(start),
            Self::Year => start.year().to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The calendar of `(day, messages)`.
    fn calendar(days: &[(&str, u64)]) -> Calendar {
        let day = |&(day, messages): &(&str, u64)| DayCount { day: day.to_owned(), messages, reports: messages / 2 };
        Calendar::of(&days.iter().map(day).collect::<Vec<_>>())
    }

    #[test]
    fn the_unit_grows_with_the_time() {
        for (days, unit, columns, first) in [
            (&[("2026-01-31", 1)][..], Unit::Day, 1, "31 Januari 2026"),
            (&[("2026-01-30", 1), ("2026-02-02", 1)], Unit::Day, 4, "30 Januari 2026"),
            (&[("2026-01-01", 1), ("2026-03-03", 1)], Unit::Day, 62, "1 Januari 2026"),
            (&[("2026-01-01", 1), ("2026-03-04", 1)], Unit::Week, 10, "minggu 29 Desember 2025 – 4 Januari 2026"),
            (&[("2023-03-01", 1), ("2026-03-04", 1)], Unit::Month, 37, "Maret 2023"),
            (&[("2018-03-01", 1), ("2026-03-04", 1)], Unit::Year, 9, "2018"),
            (&[("0001-03-01", 1), ("2026-03-04", 1)], Unit::Year, 62, "1965"),
            (&[("-009999-01-01", 1), ("9999-12-31", 1)], Unit::Year, 62, "9938"),
        ] {
            let calendar = calendar(days);
            let start = calendar.unit.long(calendar.bins[0].start);
            assert_eq!((calendar.unit, calendar.bins.len(), start.as_str()), (unit, columns, first));
        }
        assert_eq!(calendar(&[]), Calendar { unit: Unit::Day, bins: Vec::new(), far: 0 });
        assert_eq!(calendar(&[("kemarin", 3)]).bins, []);
    }

    #[test]
    fn nothing_is_lost_and_gaps_stay() {
        let calendar = calendar(&[("2026-01-04", 3), ("2026-01-01", 5), ("2026-01-01", 2)]);
        let messages: Vec<u64> = calendar.bins.iter().map(|bin| bin.messages).collect();
        assert_eq!(messages, [7, 0, 0, 3]);
        assert_eq!(calendar.fullest().map(|bin| bin.start), Date::new(2026, 1, 1).ok());
    }

    #[test]
    fn a_few_wrong_dates_do_not_squeeze_the_rest() {
        let far = calendar(&[("1970-01-01", 1), ("2026-01-01", 100), ("2026-01-03", 100), ("2099-01-01", 1)]);
        assert_eq!((far.unit, far.bins.len(), far.far), (Unit::Day, 3, 2));
        let many = calendar(&[("1970-01-01", 9), ("2026-01-01", 100)]);
        assert_eq!((many.unit, many.far), (Unit::Year, 0));
    }
}
