//! What changed since an earlier run, and how far that can be trusted.

use super::{Facts, OfficeCount, indonesian};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// A difference in percent of fewer than this says nothing.
const PERCENT_FROM: u64 = 20;
/// Under so many reports a share says nothing.
pub(super) const FEW: u64 = 30;
/// A change of fewer reports is never shown as one.
const LEAST_CHANGE: f64 = 5.0;
/// Changes within so many standard deviations come and go by themselves.
const DEVIATIONS: f64 = 2.0;
/// Names that rose, and that fell.
const SHOWN: usize = 5;
/// Times this much longer or shorter are not of one length.
const ALIKE: f64 = 1.25;

/// What changed.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Comparison {
    /// The numbers of both runs.
    pub(super) rows: Vec<Row>,
    /// Categories that changed most, and offices.
    pub(super) moves: Vec<Moves>,
    /// Why the numbers may mislead.
    pub(super) cautions: Vec<Caution>,
}

/// One number of both runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// What it counts.
    pub(super) name: &'static str,
    /// Of this run.
    pub(super) now: u64,
    /// Of the earlier one.
    pub(super) before: u64,
    /// Whether both are tenths.
    pub(super) tenths: bool,
}

/// What rose and fell of one kind.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Moves {
    /// What they are: `Kategori`.
    pub(super) title: &'static str,
    /// Whether shares were compared, as the runs are of different lengths.
    pub(super) shares: bool,
    /// The reports of this run and of the earlier one.
    pub(super) reports: (u64, u64),
    /// Those that rose most, most first.
    pub(super) rose: Vec<Move>,
    /// Those that fell most, most first.
    pub(super) fell: Vec<Move>,
}

/// One category or office that changed more than by chance.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Move {
    /// Its name.
    pub(super) name: String,
    /// Its reports now.
    pub(super) now: u64,
    /// Its reports then.
    pub(super) before: u64,
    /// By how much it changed: reports, or a share of them.
    by: f64,
}

/// Why numbers may mislead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Caution {
    /// Both runs say the very same.
    Same,
    /// The earlier run holds later messages.
    Reversed,
    /// Messages of these days may be in both runs.
    Overlap(Date, Date),
    /// The runs cover these many days.
    Lengths(i64, i64),
    /// A run does not tell when its messages were written.
    NoTimes,
    /// Different models judged.
    Model,
    /// Different regions: other offices.
    Region,
    /// Few reports.
    Few,
}

impl Row {
    /// Returns the difference in percent of the earlier number with its sign, where that was big enough to tell one.
    pub(super) fn percent(&self) -> Option<String> {
        let enough = if self.tenths { PERCENT_FROM * 10 } else { PERCENT_FROM };
        let change = indonesian::per_thousand(self.now.abs_diff(self.before), self.before)?;
        let (now, before) = if self.now < self.before { (0, change) } else { (change, 0) };
        (self.before >= enough && self.now != self.before)
            .then(|| indonesian::difference(now, before, indonesian::tenths) + "\u{a0}%")
    }
}

/// Returns what changed from `before` to `now`.
pub(super) fn compare(now: &Facts, before: &Facts) -> Comparison {
    let (span, span_before) = (days(now), days(before));
    let lengths = span.zip(span_before).map(|(now, before)| (length(now), length(before)));
    let alike = lengths.is_some_and(|(now, before)| are_alike(now, before));
    let reports = (now.reports.distinct, before.reports.distinct);
    let moved = |title, now: &[Named<'_>], before: &[Named<'_>]| moves(title, !alike, reports, now, before);
    let mut all = vec![moved("Kategori", &categories(now), &categories(before))];
    if now.region == before.region {
        all.push(moved("Instansi", &offices(&now.offices), &offices(&before.offices)));
    }
    Comparison { rows: rows(now, before, lengths), moves: all, cautions: cautions(now, before, span.zip(span_before)) }
}

/// Returns the first and last day of a run.
pub(super) fn days(facts: &Facts) -> Option<(Date, Date)> {
    let day = |time| indonesian::local(time, facts.utc_offset).map(jiff::civil::DateTime::date);
    let (first, last) = facts.span?;
    Some((day(first)?, day(last)?)).filter(|(first, last)| first <= last)
}

/// Days from the first to the last, both counted.
fn length((first, last): (Date, Date)) -> i64 {
    last.duration_since(first).as_hours() / 24 + 1
}

#[allow(clippy::cast_precision_loss, reason = "days of a calendar")]
fn are_alike(now: i64, before: i64) -> bool {
    now.max(before) as f64 <= now.min(before) as f64 * ALIKE
}

fn rows(now: &Facts, before: &Facts, lengths: Option<(i64, i64)>) -> Vec<Row> {
    let row = |name, count: fn(&Facts) -> u64| Row { name, now: count(now), before: count(before), tenths: false };
    let mut rows = vec![
        row("Pesan masuk", |facts| facts.messages),
        row("Laporan", |facts| facts.reports.all),
        row("Laporan berbeda", |facts| facts.reports.distinct),
        row("Perlu segera", |facts| facts.urgent),
        row("Perlu dilihat petugas", |facts| facts.review.iter().fold(0, |sum, of| of.messages.saturating_add(sum))),
        row("Tidak terbaca", |facts| facts.rejected),
    ];
    if let Some((days, days_before)) = lengths {
        let per_day = |messages: u64, days: i64| messages.saturating_mul(10) / days.unsigned_abs().max(1);
        let (now, before) = (per_day(now.messages, days), per_day(before.messages, days_before));
        rows.insert(1, Row { name: "Pesan per hari", now, before, tenths: true });
    }
    rows
}

fn cautions(now: &Facts, before: &Facts, spans: Option<((Date, Date), (Date, Date))>) -> Vec<Caution> {
    if now == before {
        return vec![Caution::Same];
    }
    let mut found = match spans {
        Some((now, before)) => of_time(now, before),
        None => vec![Caution::NoTimes],
    };
    let few = now.reports.distinct.min(before.reports.distinct) < FEW;
    let others = [
        (now.model != before.model, Caution::Model),
        (now.region != before.region, Caution::Region),
        (few, Caution::Few),
    ];
    found.extend(others.into_iter().filter_map(|(holds, caution)| holds.then_some(caution)));
    found
}

fn of_time(now: (Date, Date), before: (Date, Date)) -> Vec<Caution> {
    let mut found = Vec::new();
    if before.0 > now.1 {
        found.push(Caution::Reversed);
    }
    let (first, last) = (now.0.max(before.0), now.1.min(before.1));
    if first <= last {
        found.push(Caution::Overlap(first, last));
    }
    if !are_alike(length(now), length(before)) {
        found.push(Caution::Lengths(length(now), length(before)));
    }
    found
}

/// What tells one from another, its name, its reports.
type Named<'f> = (&'f str, &'f str, u64);

fn categories(facts: &Facts) -> Vec<Named<'_>> {
    let head = facts.heads.iter().find(|head| head.head == "category");
    let labels = head.map(|head| head.labels.as_slice()).unwrap_or_default();
    labels.iter().map(|label| (label.id.as_str(), label.name.as_str(), label.reports.distinct)).collect()
}

fn offices(offices: &[OfficeCount]) -> Vec<Named<'_>> {
    offices.iter().map(|office| (office.name.as_str(), office.name.as_str(), office.reports.distinct)).collect()
}

fn moves(title: &'static str, shares: bool, reports: (u64, u64), now: &[Named<'_>], before: &[Named<'_>]) -> Moves {
    let mut both: BTreeMap<&str, (&str, u64, u64)> = BTreeMap::new();
    for (id, name, count) in before {
        both.insert(id, (name, 0, *count));
    }
    for (id, name, count) in now {
        let earlier = both.get(id).map_or(0, |(_, _, earlier)| *earlier);
        both.insert(id, (name, *count, earlier));
    }
    let measure = |now, before| if shares { change_of_share(now, before, reports) } else { change(now, before) };
    let moved = both.into_values().filter_map(|(name, now, before)| {
        measure(now, before).map(|by| Move { name: name.to_owned(), now, before, by })
    });
    let (mut rose, mut fell): (Vec<Move>, Vec<Move>) = moved.partition(|moved| moved.by > 0.0);
    rose.sort_by(|a, b| b.by.total_cmp(&a.by));
    fell.sort_by(|a, b| a.by.total_cmp(&b.by));
    rose.truncate(SHOWN);
    fell.truncate(SHOWN);
    Moves { title, shares, reports, rose, fell }
}

/// The change of a count, if it is more than counts of events change by themselves.
#[allow(clippy::cast_precision_loss, reason = "a rule of thumb")]
fn change(now: u64, before: u64) -> Option<f64> {
    let (now, before) = (now as f64, before as f64);
    let by = now - before;
    (by.abs() >= LEAST_CHANGE && by * by > DEVIATIONS * DEVIATIONS * (now + before)).then_some(by)
}

/// The change of a share of all reports, if it is more than shares change by themselves.
#[allow(clippy::cast_precision_loss, reason = "a rule of thumb")]
fn change_of_share(now: u64, before: u64, (all_now, all_before): (u64, u64)) -> Option<f64> {
    if all_now < FEW || all_before < FEW {
        return None;
    }
    let (all_now, all_before) = (all_now as f64, all_before as f64);
    let by = now as f64 / all_now - before as f64 / all_before;
    let pooled = (now as f64 + before as f64) / (all_now + all_before);
    let variance = pooled * (1.0 - pooled) * (1.0 / all_now + 1.0 / all_before);
    (by.abs() * all_now >= LEAST_CHANGE && by * by > DEVIATIONS * DEVIATIONS * variance).then_some(by)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(now: u64, before: u64, tenths: bool) -> String {
        Row { name: "", now, before, tenths }.percent().unwrap_or_default().replace('\u{a0}', " ")
    }

    #[test]
    fn percents_are_told_where_they_say_something() {
        for (now, before, tenths, expected) in [
            (150, 100, false, "+50,0 %"),
            (75, 100, false, "−25,0 %"),
            (100, 100, false, ""),
            (0, 100, false, "−100,0 %"),
            (40, 19, false, ""),
            (40, 0, false, ""),
            (300, 199, true, ""),
            (300, 200, true, "+50,0 %"),
        ] {
            assert_eq!(row(now, before, tenths), expected, "{now} after {before}");
        }
    }

    #[test]
    fn chance_is_no_change() {
        for (now, before, expected) in [
            (12, 10, None),
            (5, 0, Some(5.0)),
            (4, 0, None),
            (85, 12, Some(73.0)),
            (12, 85, Some(-73.0)),
            (110, 90, None),
        ] {
            assert_eq!(change(now, before), expected, "{now} after {before}");
        }
        let shares = |now, before, all| change_of_share(now, before, all).map(|by| (by * 1000.0).round());
        assert_eq!(shares(10, 10, (100, 20)), None, "too few to have shares");
        assert_eq!(shares(100, 10, (1000, 100)), None, "ten times as many of ten times as many");
        assert_eq!(shares(300, 10, (1000, 100)), Some(200.0));
    }

    #[test]
    fn times_that_cannot_be_compared_are_told() {
        let day = |day| Date::new(2026, 1, day).unwrap();
        let span = |first, last| (day(first), day(last));
        for (now, before, expected) in [
            (span(8, 14), span(1, 7), vec![]),
            (span(1, 7), span(8, 14), vec![Caution::Reversed]),
            (span(8, 14), span(2, 9), vec![Caution::Overlap(day(8), day(9))]),
            (span(8, 28), span(1, 7), vec![Caution::Lengths(21, 7)]),
        ] {
            assert_eq!(of_time(now, before), expected);
        }
    }
}
