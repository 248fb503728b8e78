//! [`Encoder`]: from a record to its line of output and its [`Entry`].

use super::entry::{self, Entry, Key, NOT_A_REPORT, Place, ReviewCode, TOO_SHORT, UNSURE};
use super::schema::{Settings, carried};
use super::segment::{Part, add_new};
use crate::read::Position;
use crate::read::mask::{masked, masked_value};
use crate::read::row::{Channel, Field, Row, Time, Value};
use crate::{HeadPrediction, Prediction, Review, Session};
use jiff::Timestamp;
use jiff::tz::Offset;
use std::fmt::Write as _;
use std::io::Write as _;

/// Writes lines; what all lines have in common is made once.
#[derive(Debug)]
pub(super) struct Encoder<'s> {
    settings: Settings<'s>,
    heads: Vec<HeadText>,
    agency: Option<usize>,
    urgency: Option<usize>,
    /// Per label of the agency head: `,"pilah_office":"..."`.
    offices: Vec<Vec<u8>>,
    offset: Offset,
}

/// A head's part of a line.
#[derive(Debug)]
struct HeadText {
    /// Per label: `,"pilah_category":"jalan","pilah_category_probability":`.
    labels: Vec<Vec<u8>>,
    /// The code of `unsure` of this head, in words.
    unsure: String,
}

/// What a line tells of the message besides its fields.
pub(super) struct Origin<'o> {
    /// The input's name as a JSON string.
    pub(super) source_json: &'o [u8],
    /// The input's number.
    pub(super) source: u32,
    /// Where the record stands.
    pub(super) position: Position,
}

impl<'s> Encoder<'s> {
    /// Returns the encoder for `settings`.
    pub(super) fn new(settings: Settings<'s>) -> Self {
        let heads = settings.heads().iter().map(|head| HeadText {
            labels: head.labels().iter().map(|label| head_text(head.name(), &label.id)).collect(),
            unsure: format!("unsure:{}", head.name()),
        });
        let agency = settings.agency();
        let office = |id: &str| settings.directory.and_then(|directory| directory.office(id));
        let labels = agency.map_or(&[][..], |at| settings.heads()[at].labels());
        Self {
            heads: heads.collect(),
            agency,
            urgency: settings.urgency(),
            offices: labels.iter().map(|label| member("pilah_office", office(&label.id))).collect(),
            offset: Offset::from_hours(settings.utc_offset).unwrap_or(Offset::UTC),
            settings,
        }
    }

    /// Adds the line of `row` to `part`, and its entry.
    ///
    /// The line begins with the comma behind `{"pilah_rank":...,"pilah_row":...`, which are known at the end of the run only.
    pub(super) fn encode(&self, session: &mut Session<'_>, row: Row<'_>, origin: &Origin<'_>, part: &mut Part) {
        let start = part.lines.len();
        let prediction = match self.settings.evidence {
            true => session.classify(&row.text),
            false => session.classify_briefly(&row.text),
        };
        let labels = self.labels(prediction);
        let place = self.place(prediction, &labels);
        self.own(prediction, &labels, place != Place::NoReport, &row, origin, &mut part.lines);
        let (channel, time) = (row.channel, row.time);
        self.carry(row, part);
        part.lines.push(b'}');
        part.entries.push(Entry {
            key: self.key(prediction, &labels, place, time),
            line: (part.lines.len() - start) as u32,
            labels: entry::labels(labels.into_iter()),
            channel: Channel::ALL.iter().position(|&c| c == channel).unwrap_or(0) as u8,
            review: self.review(prediction.needs_review()),
            source: origin.source,
            time: entry::seconds(time),
        });
        part.tally.1.messages += 1;
    }

    /// Appends the fields that came in.
    fn carry(&self, row: Row<'_>, part: &mut Part) {
        let out = &mut part.lines;
        for (at, Field { name, value, personal }) in row.fields.into_iter().enumerate() {
            let value = if self.settings.keep_private { value } else { masked_value(&name, value, personal) };
            let name = carried(name);
            part.columns.note(&name, &value);
            if at == row.text_field && !part.text_columns.iter().any(|known| *known == name) {
                add_new(&mut part.text_columns, &[name.clone().into_owned()]);
            }
            out.push(b',');
            json_string(&name, out);
            out.push(b':');
            match value {
                Value::Text(text) => json_string(&text, out),
                Value::Json(json) => out.extend_from_slice(json.as_bytes()),
            }
        }
    }

    /// Returns the position of each head's decided label.
    fn labels(&self, prediction: &Prediction<'_>) -> Vec<usize> {
        let heads = self.settings.heads().iter().zip(prediction.heads());
        // The prediction borrows its labels from the model: the same id is at the same address.
        let place = |(head, answer): (&crate::model::Head, &HeadPrediction<'_>)| {
            let best = answer.best()?.label;
            head.labels().iter().position(|label| std::ptr::eq(label.id.as_str(), best))
        };
        heads.map(|pair| place(pair).unwrap_or(0)).collect()
    }

    /// Returns where the message belongs. What reads as an emergency is queued even where it does not look like a report.
    fn place(&self, prediction: &Prediction<'_>, labels: &[usize]) -> Place {
        let is_report = !matches!(prediction.needs_review(), Some(Review::NotAReport)) && !self.rejected(labels);
        let is_urgent = self.urgency.is_some_and(|at| labels[at] + 1 == self.settings.heads()[at].labels().len());
        match (is_report, is_urgent) {
            (true, _) => Place::Report,
            (false, true) => Place::Doubtful,
            (false, false) => Place::NoReport,
        }
    }

    /// Returns whether a head decided for the label that says that the message is no report.
    fn rejected(&self, labels: &[usize]) -> bool {
        let mut heads = self.settings.heads().iter().zip(labels);
        heads.any(|(head, &label)| head.reject().is_some_and(|reject| head.labels()[label].id == reject.id))
    }

    fn key(&self, prediction: &Prediction<'_>, labels: &[usize], place: Place, time: Option<Time>) -> Key {
        let urgency = self.urgency.map_or(0, |at| labels[at]);
        let decisive = self.urgency.unwrap_or(0);
        let probability =
            prediction.heads().get(decisive).and_then(HeadPrediction::best).map_or(0.0, |best| best.probability);
        Key::new(place, urgency, probability, time)
    }

    fn review(&self, review: Option<Review<'_>>) -> ReviewCode {
        match review {
            None => 0,
            Some(Review::TooShort) => TOO_SHORT,
            Some(Review::NotAReport) => NOT_A_REPORT,
            Some(Review::Unsure { head }) => {
                let at = self.settings.heads().iter().position(|known| known.name() == head);
                UNSURE + at.unwrap_or(0) as u8
            }
        }
    }

    /// Appends the columns that the run adds.
    fn own(
        &self,
        prediction: &Prediction<'_>,
        labels: &[usize],
        report: bool,
        row: &Row<'_>,
        origin: &Origin<'_>,
        out: &mut Vec<u8>,
    ) {
        out.extend_from_slice(if report { b",\"pilah_report\":true" } else { b",\"pilah_report\":false" });
        for ((texts, &label), answer) in self.heads.iter().zip(labels).zip(prediction.heads()) {
            out.extend_from_slice(&texts.labels[label]);
            probability(answer.best().map_or(0.0, |best| best.probability), out);
        }
        match self.agency {
            Some(at) => out.extend_from_slice(&self.offices[labels[at]]),
            None => out.extend_from_slice(b",\"pilah_office\":null"),
        }
        out.extend_from_slice(b",\"pilah_needs_review\":");
        match self.review(prediction.needs_review()) {
            0 => out.extend_from_slice(b"null"),
            TOO_SHORT => out.extend_from_slice(b"\"too-short\""),
            NOT_A_REPORT => out.extend_from_slice(b"\"not-a-report\""),
            unsure => json_string(&self.heads[usize::from(unsure - UNSURE)].unsure, out),
        }
        out.extend_from_slice(&member("pilah_raised", prediction.raised().map(|raised| raised.rule)));
        if self.settings.evidence {
            let words = self.words(prediction, &row.text);
            out.extend_from_slice(&member("pilah_evidence", Some(&words)));
        }
        self.origin(row, origin, out);
    }

    fn origin(&self, row: &Row<'_>, origin: &Origin<'_>, out: &mut Vec<u8>) {
        out.extend_from_slice(b",\"pilah_channel\":\"");
        out.extend_from_slice(row.channel.id().as_bytes());
        out.extend_from_slice(b"\",\"pilah_time\":");
        match row.time.and_then(|time| rfc3339(time, self.offset)) {
            Some(time) => json_string(&time, out),
            None => out.extend_from_slice(b"null"),
        }
        out.extend_from_slice(b",\"pilah_source\":");
        out.extend_from_slice(origin.source_json);
        out.extend_from_slice(b",\"pilah_position\":\"");
        // Writing to memory cannot fail.
        let _ = write!(out, "{}", origin.position);
        out.push(b'"');
    }

    /// Returns the words that decided, head by head: `category: lampu, mati; urgency: gelap`.
    fn words(&self, prediction: &Prediction<'_>, text: &str) -> String {
        let mut told = String::new();
        for answer in prediction.heads() {
            let found = prediction.evidence().iter().filter(|evidence| evidence.head == answer.head);
            let words: Vec<&str> =
                found.filter_map(|evidence| text.get(evidence.span.start..evidence.span.end)).collect();
            if !words.is_empty() {
                let separator = if told.is_empty() { "" } else { "; " };
                let _ = write!(told, "{separator}{}: {}", answer.head, words.join(", "));
            }
        }
        if self.settings.keep_private { told } else { masked(&told).into_owned() }
    }
}

/// Returns `time` as RFC 3339 in the zone `offset`; none where it lies outside the years that such a text can have.
pub(super) fn rfc3339(time: Time, offset: Offset) -> Option<String> {
    let local = offset.to_datetime(Timestamp::from_second(time.0).ok()?);
    Some(format!("{local}{}{:02}:00", if offset.is_negative() { '-' } else { '+' }, offset.seconds().abs() / 3600))
}

fn head_text(head: &str, label: &str) -> Vec<u8> {
    let mut text = member(&format!("pilah_{head}"), Some(label));
    text.push(b',');
    json_string(&format!("pilah_{head}_probability"), &mut text);
    text.push(b':');
    text
}

/// Returns `,"name":"value"`, or `,"name":null`.
fn member(name: &str, value: Option<&str>) -> Vec<u8> {
    let mut text = vec![b','];
    json_string(name, &mut text);
    text.push(b':');
    match value {
        Some(value) => json_string(value, &mut text),
        None => text.extend_from_slice(b"null"),
    }
    text
}

fn probability(probability: f32, out: &mut Vec<u8>) {
    // Writing to memory cannot fail.
    let _ = match entry::steps(probability) {
        entry::STEPS => write!(out, "1.0"),
        steps => write!(out, "0.{steps:04}"),
    };
}

/// Appends `text` as a JSON string.
pub(super) fn json_string(text: &str, out: &mut Vec<u8>) {
    // Writing a string to memory cannot fail.
    let _ = serde_json::to_writer(out, text);
}
