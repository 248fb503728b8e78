//! [`Counter`]: from the rows in the queue's order to the [`Facts`] of the report.

use super::entry::{Entry, NOT_A_REPORT, TOO_SHORT, UNSURE};
use super::merge::{Group, Ranked};
use super::report::{
    CASE_CHARS, Case, ChannelCount, Count, DayCount, FACTS_VERSION, Facts, HeadCount, LabelCount, OfficeCount,
    ReviewCount, SourceCount,
};
use super::schema::Settings;
use super::segment::Tally;
use crate::model::Head;
use crate::read::row::{Channel, Time};
use jiff::civil::date;
use serde_json::Value;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Urgent reports and groups that a report shows.
const CASES: usize = 100;
const GROUPS: usize = 20;
/// The days that are counted one by one; what lies outside is a wrong clock.
const FIRST_YEAR: i16 = 1990;
const LAST_YEAR: i16 = 2100;
const DAY: i64 = 86_400;

/// Counts what passes.
pub(super) struct Counter<'s> {
    settings: Settings<'s>,
    /// Input fields that held the text.
    text_columns: &'s [String],
    urgency: Option<usize>,
    agency: Option<usize>,
    reports: Count,
    span: Option<(Time, Time)>,
    /// Per head and label.
    labels: Vec<Vec<Count>>,
    /// Urgent reports per label of the agency head, one a group.
    urgent_for: Vec<u64>,
    urgent: u64,
    urgent_first: Vec<Case>,
    groups: u64,
    /// The biggest so far, in the queue's order.
    biggest: Vec<Case>,
    days: BTreeMap<i64, (u64, u64)>,
    channels: BTreeMap<Channel, (u64, u64)>,
    review: BTreeMap<u8, u64>,
}

impl<'s> Counter<'s> {
    /// Returns a counter that has counted nothing.
    pub(super) fn new(settings: Settings<'s>, text_columns: &'s [String]) -> Self {
        let labels: Vec<Vec<Count>> =
            settings.heads().iter().map(|head| vec![Count::default(); head.labels().len()]).collect();
        let agency = settings.agency();
        Self {
            settings,
            text_columns,
            urgency: settings.urgency(),
            agency,
            reports: Count::default(),
            span: None,
            urgent_for: agency.map_or_else(Vec::new, |at| vec![0; labels[at].len()]),
            labels,
            urgent: 0,
            urgent_first: Vec::new(),
            groups: 0,
            biggest: Vec::new(),
            days: BTreeMap::new(),
            channels: BTreeMap::new(),
            review: BTreeMap::new(),
        }
    }

    /// Counts the next row of the queue, whose line of output is `line`.
    pub(super) fn add(&mut self, ranked: &Ranked, line: &[u8]) {
        let Ranked { entry, group } = ranked;
        let report = entry.key.is_report();
        let first = group.representative == entry.key.row();
        let count = |(messages, reports): &mut (u64, u64)| {
            *messages += 1;
            *reports += u64::from(report);
        };
        count(self.channels.entry(entry.channel()).or_default());
        if let Some(time) = entry.time() {
            self.span = Some(self.span.map_or((time, time), |(start, end)| (start.min(time), end.max(time))));
            if let Some(day) = self.day(time) {
                count(self.days.entry(day).or_default());
            }
        }
        if entry.review != 0 {
            *self.review.entry(entry.review).or_default() += 1;
        }
        if report {
            self.add_report(entry, *group, first, line);
        }
    }

    fn add_report(&mut self, entry: &Entry, group: Group, first: bool, line: &[u8]) {
        tally(&mut self.reports, first);
        for (head, counts) in self.labels.iter_mut().enumerate() {
            if let Some(count) = entry.label(head).and_then(|label| counts.get_mut(label)) {
                tally(count, first);
            }
        }
        if !first {
            return;
        }
        if self.is_urgent(entry) {
            self.urgent += 1;
            if let Some(count) = self.agency.and_then(|at| self.urgent_for.get_mut(entry.label(at)?)) {
                *count += 1;
            }
            if self.urgent_first.len() < CASES {
                self.urgent_first.extend(self.case(entry, group, line));
            }
        }
        if group.rows > 1 {
            self.groups += 1;
            self.keep_biggest(entry, group, line);
        }
    }

    /// Keeps the group if it is one of the biggest. Rows come in the queue's order: of equal sizes the first ones stay.
    fn keep_biggest(&mut self, entry: &Entry, group: Group, line: &[u8]) {
        if self.biggest.len() == GROUPS {
            let sizes = self.biggest.iter().enumerate().map(|(at, case)| (case.messages, Reverse(at)));
            match sizes.min() {
                Some((messages, Reverse(at))) if messages < u64::from(group.rows) => drop(self.biggest.remove(at)),
                _ => return,
            }
        }
        self.biggest.extend(self.case(entry, group, line));
    }

    /// Whether the report has the highest urgency.
    fn is_urgent(&self, entry: &Entry) -> bool {
        self.urgency.is_some_and(|at| entry.label(at).is_some_and(|label| label + 1 == self.labels[at].len()))
    }

    /// Returns the day of `time` where the run's clocks are, counted from 1970-01-01.
    fn day(&self, time: Time) -> Option<i64> {
        let day = time.0.saturating_add(i64::from(self.settings.utc_offset) * 3600).div_euclid(DAY);
        let of = |year| date(year, 1, 1).since(date(1970, 1, 1)).map_or(0, |span| i64::from(span.get_days()));
        (of(FIRST_YEAR)..of(LAST_YEAR)).contains(&day).then_some(day)
    }

    /// Returns the facts, where `sources` are the inputs with what was counted of each.
    pub(super) fn finish(mut self, model: String, sources: &[(String, Tally)]) -> Facts {
        let sum = |part: fn(&Tally) -> u64| sources.iter().map(|(_, tally)| part(tally)).sum();
        self.biggest.sort_by_key(|case| Reverse(case.messages));
        let (heads, offices, channels, review) = (self.heads(), self.offices(), self.channels(), self.review());
        Facts {
            version: FACTS_VERSION,
            model,
            region: self.settings.directory.map(|directory| directory.name().to_owned()),
            utc_offset: self.settings.utc_offset,
            sources: sources.iter().map(|(name, tally)| source_count(name, tally)).collect(),
            messages: sum(|tally| tally.messages),
            passed_over: sum(|tally| tally.passed_over),
            rejected: sum(|tally| tally.rejected),
            reports: self.reports,
            span: self.span,
            heads,
            offices,
            days: self
                .days
                .iter()
                .filter_map(|(&day, &(messages, reports))| day_count(day, messages, reports))
                .collect(),
            channels,
            urgent: self.urgent,
            urgent_first: self.urgent_first,
            groups: self.groups,
            biggest: self.biggest,
            review,
        }
    }

    fn heads(&self) -> Vec<HeadCount> {
        let heads = self.settings.heads().iter().zip(&self.labels);
        let labels = |(head, counts): (&Head, &Vec<Count>)| {
            let labels = head.labels().iter().zip(counts);
            labels
                .map(|(label, &reports)| LabelCount { id: label.id.clone(), name: label.name.clone(), reports })
                .collect()
        };
        heads.map(|pair| HeadCount { head: pair.0.name().to_owned(), labels: labels(pair) }).collect()
    }

    /// Returns the offices that have reports, most first; an office with several functions once.
    fn offices(&self) -> Vec<OfficeCount> {
        let Some(at) = self.agency else { return Vec::new() };
        let mut offices: Vec<OfficeCount> = Vec::new();
        for ((label, reports), &urgent) in
            self.settings.heads()[at].labels().iter().zip(&self.labels[at]).zip(&self.urgent_for)
        {
            let name = self.settings.directory.and_then(|directory| directory.office(&label.id)).unwrap_or(&label.name);
            match offices.iter_mut().find(|office| office.name == name) {
                Some(office) => {
                    office.reports.all += reports.all;
                    office.reports.distinct += reports.distinct;
                    office.urgent += urgent;
                }
                None => offices.push(OfficeCount { name: name.to_owned(), reports: *reports, urgent }),
            }
        }
        offices.retain(|office| office.reports.all > 0);
        offices.sort_by_key(|office| Reverse(office.reports.all));
        offices
    }

    fn channels(&self) -> Vec<ChannelCount> {
        let known = Channel::ALL.iter().filter_map(|channel| Some((*channel, *self.channels.get(channel)?)));
        known.map(|(channel, (messages, reports))| ChannelCount { channel, messages, reports }).collect()
    }

    fn review(&self) -> Vec<ReviewCount> {
        let count = |(&code, &messages): (&u8, &u64)| {
            let (reason, head) = match code {
                TOO_SHORT => ("too-short", None),
                NOT_A_REPORT => ("not-a-report", None),
                code => ("unsure", self.settings.heads().get(usize::from(code - UNSURE))),
            };
            ReviewCount { reason: reason.to_owned(), head: head.map(|head| head.name().to_owned()), messages }
        };
        let mut review: Vec<ReviewCount> = self.review.iter().map(count).collect();
        review.sort_by_key(|count| Reverse(count.messages));
        review
    }

    /// Returns what a report shows of a row.
    fn case(&self, entry: &Entry, group: Group, line: &[u8]) -> Option<Case> {
        let line: Value = serde_json::from_slice(line).ok()?;
        let text = |name: &str| line.get(name).and_then(Value::as_str).map(str::to_owned);
        let label = |head: &Head| {
            let id = text(&format!("pilah_{}", head.name()))?;
            let probability = line.get(format!("pilah_{}_probability", head.name()))?.as_f64()?;
            let name = head.labels().iter().find(|label| label.id == id).map_or(id.clone(), |label| label.name.clone());
            Some((head.name().to_owned(), name, probability as f32))
        };
        let mut texts = self.text_columns.iter().filter_map(|name| text(name));
        Some(Case {
            row: u64::from(entry.key.row()) + 1,
            text: cut(&texts.find(|text| !text.trim().is_empty()).unwrap_or_default()),
            messages: group.rows.into(),
            labels: self.settings.heads().iter().filter_map(label).collect(),
            office: text("pilah_office"),
            time: entry.time(),
            channel: entry.channel(),
            source: text("pilah_source").unwrap_or_default(),
            position: text("pilah_position").unwrap_or_default(),
        })
    }
}

fn tally(count: &mut Count, first: bool) {
    count.all += 1;
    count.distinct += u64::from(first);
}

fn source_count(name: &str, tally: &Tally) -> SourceCount {
    SourceCount { name: name.to_owned(), messages: tally.messages, rejected: tally.rejected }
}

fn day_count(day: i64, messages: u64, reports: u64) -> Option<DayCount> {
    let day = date(1970, 1, 1).checked_add(jiff::Span::new().try_days(day).ok()?).ok()?;
    Some(DayCount { day: day.to_string(), messages, reports })
}

/// Returns the first [`CASE_CHARS`] characters of `text`.
fn cut(text: &str) -> String {
    match text.char_indices().nth(CASE_CHARS) {
        Some((end, _)) => format!("{}\u{2026}", &text[..end]),
        None => text.to_owned(),
    }
}
