//! Whatever a run may find, the page is a page.

use super::markup::texts;
use super::sample::{count, empty};
use pilah::read::row::{Channel, Time};
use pilah::triage::report::{
    Case, ChannelCount, Count, DayCount, Facts, HeadCount, LabelCount, OfficeCount, ReviewCount, SourceCount, html,
    json, read_previous,
};
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;

/// Texts that would do harm, and any other.
fn text() -> impl Strategy<Value = String> {
    let nasty = prop::sample::select(vec![
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "</style></title></svg><b x='&lt;&'>",
        "\u{202e}gpj.exe\u{2066}\u{200f}",
        "\0\u{1b}[31m\u{7f}\u{85}",
        "a\n\n\n\r\nb\u{2028}c",
        "🔥👨‍👩‍👧 أهلا",
        "",
    ]);
    prop_oneof![nasty.prop_map(str::to_owned), ".{0,40}"]
}

/// Numbers small, big and beyond all sense.
fn number() -> impl Strategy<Value = u64> {
    prop_oneof![0..5_u64, 0..2_000_000_u64, Just(u64::MAX)]
}

fn counted() -> impl Strategy<Value = Count> {
    (number(), number()).prop_map(|(all, distinct)| count(all, distinct))
}

fn day() -> impl Strategy<Value = String> {
    let date = |years: std::ops::Range<i32>| {
        (years, 1..13_u8, 1..32_u8).prop_map(|(year, month, day)| format!("{year:04}-{month:02}-{day:02}"))
    };
    prop_oneof![4 => date(2025..2027), 1 => date(1..9999), 1 => text(), 1 => Just("-009999-01-01".to_owned())]
}

fn time() -> impl Strategy<Value = Time> {
    prop_oneof![1_700_000_000..1_800_000_000_i64, any::<i64>()].prop_map(Time)
}

fn name_of_head() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec!["category", "agency", "urgency", "type"]);
    prop_oneof![3 => known.prop_map(str::to_owned), 1 => text()]
}

fn channel() -> impl Strategy<Value = Channel> {
    prop::sample::select(Channel::ALL.to_vec())
}

fn case() -> impl Strategy<Value = Case> {
    let labels = vec((name_of_head(), text(), 0.0..1.0_f32), 0..5);
    let place = (channel(), text(), text());
    (number(), text(), number(), labels, of(text()), of(time()), place).prop_map(
        |(row, text, messages, labels, office, time, (channel, source, position))| Case {
            row,
            text,
            messages,
            labels,
            office,
            time,
            channel,
            source,
            position,
        },
    )
}

fn heads() -> impl Strategy<Value = Vec<HeadCount>> {
    let label = (text(), text(), counted()).prop_map(|(id, name, reports)| LabelCount { id, name, reports });
    vec((name_of_head(), vec(label, 0..20)).prop_map(|(head, labels)| HeadCount { head, labels }), 0..5)
}

prop_compose! {
    /// Everything that is told by name.
    fn named()(
        heads in heads(),
        sources in vec((text(), number(), number()), 0..30),
        offices in vec((text(), counted(), number()), 0..30),
        review in vec((text(), of(name_of_head()), number()), 0..6),
    ) -> Facts {
        let source = |(name, messages, rejected)| SourceCount { name, messages, rejected };
        let office = |(name, reports, urgent)| OfficeCount { name, reports, urgent };
        let reason = |(reason, head, messages)| ReviewCount { reason, head, messages };
        Facts {
            heads,
            sources: sources.into_iter().map(source).collect(),
            offices: offices.into_iter().map(office).collect(),
            review: review.into_iter().map(reason).collect(),
            ..empty()
        }
    }
}

prop_compose! {
    fn facts()(
        named in named(),
        (model, region, utc_offset) in (text(), of(text()), any::<i8>()),
        (messages, passed_over, rejected, urgent, groups) in (number(), number(), number(), number(), number()),
        (reports, span) in (counted(), of((time(), time()))),
        days in vec((day(), number(), number()), 0..80),
        channels in vec((channel(), number(), number()), 0..6),
        (urgent_first, biggest) in (vec(case(), 0..4), vec(case(), 0..4)),
    ) -> Facts {
        let day = |(day, messages, reports)| DayCount { day, messages, reports };
        let channel = |(channel, messages, reports)| ChannelCount { channel, messages, reports };
        Facts {
            model, region, utc_offset, messages, passed_over, rejected, urgent, groups, reports, span, urgent_first, biggest,
            days: days.into_iter().map(day).collect(),
            channels: channels.into_iter().map(channel).collect(),
            ..named
        }
    }
}

/// Whether a letter turns others around, or is none.
fn is_harmful(letter: char) -> bool {
    (letter.is_control() && letter != '\n')
        || matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_facts_make_a_page(facts in facts(), previous in of(facts())) {
        let page = html(&facts, previous.as_ref());
        prop_assert!(!texts(&page).is_empty());
        prop_assert_eq!(page.chars().find(|letter| is_harmful(*letter)), None);
        prop_assert_eq!(html(&facts, previous.as_ref()), page);
    }

    #[test]
    fn any_facts_are_read_back(facts in facts()) {
        prop_assert_eq!(read_previous(json(&facts).unwrap().as_bytes()).unwrap(), facts);
    }
}
