//! Invented runs.

use pilah::read::row::{Channel, Time};
use pilah::triage::report::{
    Case, ChannelCount, Count, DayCount, FACTS_VERSION, Facts, HeadCount, LabelCount, OfficeCount, ReviewCount,
    SourceCount,
};

/// 2026-01-05T00:00:00+08:00, a Monday.
pub(crate) const MONDAY: i64 = 1_767_542_400;

/// A run without anything.
pub(crate) fn empty() -> Facts {
    Facts {
        version: FACTS_VERSION,
        model: "penuh 3f2a9c01".to_owned(),
        region: None,
        utc_offset: 8,
        sources: Vec::new(),
        messages: 0,
        passed_over: 0,
        rejected: 0,
        reports: count(0, 0),
        span: None,
        heads: Vec::new(),
        offices: Vec::new(),
        days: Vec::new(),
        channels: Vec::new(),
        urgent: 0,
        urgent_first: Vec::new(),
        groups: 0,
        biggest: Vec::new(),
        review: Vec::new(),
    }
}

/// A run with one of everything.
pub(crate) fn small() -> Facts {
    Facts {
        region: Some("Kabupaten Kutai Timur".to_owned()),
        sources: vec![source("grup-sangatta.txt", 3, 1)],
        messages: 3,
        passed_over: 2,
        rejected: 1,
        reports: count(2, 1),
        span: Some((Time(MONDAY), Time(MONDAY + 90_000))),
        heads: vec![head("category", &[("kebencanaan", "Kebencanaan & kebakaran", count(2, 1))])],
        offices: vec![office("Dinas Pemadam Kebakaran dan Penyelamatan Kabupaten Kutai Timur", count(2, 1), 1)],
        days: vec![day("2026-01-05", 2, 2), day("2026-01-06", 1, 0)],
        channels: vec![ChannelCount { channel: Channel::Whatsapp, messages: 3, reports: 2 }],
        urgent: 1,
        urgent_first: vec![fire()],
        groups: 1,
        biggest: vec![fire()],
        review: vec![review("unsure", Some("agency"), 1)],
        ..empty()
    }
}

/// A fire.
pub(crate) fn fire() -> Case {
    Case {
        row: 2,
        text: "Tolong pak, rumah di belakang pasar induk terbakar, api sudah merambat ke kios. Hubungi [TELEPON]"
            .to_owned(),
        messages: 2,
        labels: labels(&[
            ("category", "Kebencanaan & kebakaran", 0.97),
            ("agency", "Pemadam kebakaran", 0.91),
            ("urgency", "Darurat", 0.88),
            ("type", "Pengaduan", 0.99),
        ]),
        office: Some("Dinas Pemadam Kebakaran dan Penyelamatan Kabupaten Kutai Timur".to_owned()),
        time: Some(Time(MONDAY + 22_500)),
        channel: Channel::Whatsapp,
        source: "grup-sangatta.txt".to_owned(),
        position: "line:12".to_owned(),
    }
}

pub(crate) fn labels(labels: &[(&str, &str, f32)]) -> Vec<(String, String, f32)> {
    labels.iter().map(|(head, name, chance)| ((*head).to_owned(), (*name).to_owned(), *chance)).collect()
}

pub(crate) fn count(all: u64, distinct: u64) -> Count {
    Count { all, distinct }
}

pub(crate) fn source(name: &str, messages: u64, rejected: u64) -> SourceCount {
    SourceCount { name: name.to_owned(), messages, rejected }
}

pub(crate) fn head(name: &str, labels: &[(&str, &str, Count)]) -> HeadCount {
    let label = |(id, name, reports): &(&str, &str, Count)| LabelCount {
        id: (*id).to_owned(),
        name: (*name).to_owned(),
        reports: *reports,
    };
    HeadCount { head: name.to_owned(), labels: labels.iter().map(label).collect() }
}

pub(crate) fn office(name: &str, reports: Count, urgent: u64) -> OfficeCount {
    OfficeCount { name: name.to_owned(), reports, urgent }
}

pub(crate) fn day(day: &str, messages: u64, reports: u64) -> DayCount {
    DayCount { day: day.to_owned(), messages, reports }
}

pub(crate) fn review(reason: &str, head: Option<&str>, messages: u64) -> ReviewCount {
    ReviewCount { reason: reason.to_owned(), head: head.map(str::to_owned), messages }
}
