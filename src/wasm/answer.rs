//! What JavaScript gets: [`Answer`] and [`Description`], from which the TypeScript types are generated.
//!
//! A string is its [`Place`] here; `flat` and `answer.js` make it a string again.

use super::offsets::Utf16;
use super::strings::{self, Place, Strings};
use crate::model::{Label, Model};
use crate::text::{Kind, Span, private_data};
use crate::{Prediction, Review};
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use tsify::Tsify;

/// How much of an answer is wanted.
#[derive(Tsify)]
pub(super) struct Options {
    /// Suggestions per head, 3 where not said.
    #[tsify(optional)]
    pub(super) top: usize,
    /// Whether the deciding words are wanted; true where not said.
    #[tsify(optional)]
    pub(super) evidence: bool,
}

impl Options {
    pub(super) fn new(top: Option<u32>, evidence: Option<bool>) -> Self {
        Self { top: top.map_or(3, |top| top as usize), evidence: evidence.unwrap_or(true) }
    }
}

/// The answer to one text.
#[derive(Tsify)]
#[serde(rename_all = "camelCase")]
#[tsify(missing_as_null)]
pub(super) struct Answer {
    /// Per head, under its name (category, agency, urgency, type in the shipped models), in the model's order.
    #[tsify(type = "Record<string, HeadAnswer>")]
    pub(super) heads: Vec<(Place, HeadAnswer)>,
    /// Why a person must look; null where the answer may stand.
    pub(super) needs_review: Option<NeedsReview>,
    /// The deciding words, per head in reading order; empty where not wanted.
    pub(super) evidence: Vec<Evidence>,
    /// The rule that raised the urgency; null where none did.
    pub(super) raised: Option<Raised>,
    /// Telephone numbers, NIKs and e-mail addresses in the text, in reading order.
    pub(super) private_data: Vec<PrivateData>,
}

/// The answer of one head.
#[derive(Tsify)]
pub(super) struct HeadAnswer {
    /// The likeliest labels, the decision first; as many as the options ask for.
    pub(super) suggestions: Vec<Suggestion>,
    /// Whether the first suggestion is sure enough to stand without a person.
    pub(super) sure: bool,
}

/// A label and its calibrated probability.
#[derive(Tsify)]
pub(super) struct Suggestion {
    /// Id, for example `penerangan-jalan`.
    #[tsify(type = "string")]
    pub(super) label: Place,
    /// Name for people, for example "Penerangan jalan umum".
    #[tsify(type = "string")]
    pub(super) name: Place,
    /// 0 to 1; over all labels of a head they sum to 1.
    pub(super) probability: f32,
}

/// Why a person must look at a report.
#[derive(Tsify)]
pub(super) struct NeedsReview {
    /// Too little text, no report, or one head's answer under its threshold.
    #[tsify(type = "\"too-short\" | \"not-a-report\" | \"unsure\"")]
    pub(super) reason: Place,
    /// The least sure head, where the reason is "unsure".
    #[tsify(type = "string | null")]
    pub(super) head: Place,
}

/// Words of the text that spoke for a head's first suggestion.
#[derive(Tsify)]
pub(super) struct Evidence {
    #[tsify(type = "string")]
    pub(super) head: Place,
    #[tsify(type = "string")]
    pub(super) label: Place,
    /// First UTF-16 unit.
    pub(super) start: usize,
    /// One past the last UTF-16 unit.
    pub(super) end: usize,
    /// What the words add to the label's logit.
    pub(super) weight: f32,
}

/// The rule that raised a head's answer over the model's own.
#[derive(Tsify)]
pub(super) struct Raised {
    #[tsify(type = "string")]
    pub(super) head: Place,
    /// The rule's id.
    #[tsify(type = "string")]
    pub(super) rule: Place,
    /// The model's own label.
    #[tsify(type = "string")]
    pub(super) from: Place,
    /// The label after the rule.
    #[tsify(type = "string")]
    pub(super) to: Place,
    /// The words that triggered the rule.
    #[tsify(type = "{ start: number; end: number }[]")]
    pub(super) spans: Vec<Span>,
}

/// Something in the text that tells who a person is.
#[derive(Tsify)]
pub(super) struct PrivateData {
    #[tsify(type = "\"phone\" | \"nik\" | \"email\"")]
    pub(super) kind: Place,
    /// First UTF-16 unit.
    pub(super) start: usize,
    /// One past the last UTF-16 unit.
    pub(super) end: usize,
}

/// What a model can answer and where it comes from.
#[derive(Serialize, Tsify)]
pub(super) struct Description<'a> {
    /// In the order of the answers.
    heads: Vec<HeadDescription<'a>>,
    /// What the model file says of its origin, for example the artefact's name and the digests of its recipe and data.
    #[serde(serialize_with = "by_name")]
    #[tsify(type = "Record<string, string>")]
    provenance: Vec<(&'a str, &'a str)>,
    /// Checksum of the model file, eight hexadecimal digits.
    fingerprint: String,
}

/// A head and its labels.
#[derive(Serialize, Tsify)]
pub(super) struct HeadDescription<'a> {
    name: &'a str,
    /// Whether the labels rise.
    ordered: bool,
    #[tsify(type = "{ id: string; name: string; definition: string }[]")]
    labels: &'a [Label],
}

impl Answer {
    pub(super) fn new(text: &str, prediction: &Prediction<'_>, options: &Options, strings: &Strings) -> Self {
        let units = Utf16::new(text);
        let place = |text: &str| strings.place(text);
        let suggestion = |s: &crate::Suggestion<'_>| Suggestion {
            label: place(s.label),
            name: place(s.name),
            probability: s.probability,
        };
        let heads = prediction.heads().iter().map(|head| {
            let best = head.suggestions.iter().take(options.top);
            (place(head.head), HeadAnswer { suggestions: best.map(suggestion).collect(), sure: head.sure })
        });
        let evidence = prediction.evidence().iter().filter(|_| options.evidence).map(|e| {
            let Span { start, end } = units.span(e.span);
            Evidence { head: place(e.head), label: place(e.label), start, end, weight: e.weight }
        });
        let raised = |r: &crate::Raised<'_>| Raised {
            head: place(r.head),
            rule: place(r.rule),
            from: place(r.from),
            to: place(r.to),
            spans: r.spans.iter().map(|&span| units.span(span)).collect(),
        };
        let private = private_data(text);
        Self {
            heads: heads.collect(),
            needs_review: prediction.needs_review().map(|review| NeedsReview::new(review, strings)),
            evidence: evidence.collect(),
            raised: prediction.raised().map(raised),
            private_data: private.iter().map(|found| PrivateData::new(found.kind, units.span(found.span))).collect(),
        }
    }
}

impl NeedsReview {
    fn new(review: Review<'_>, strings: &Strings) -> Self {
        match review {
            Review::TooShort => Self { reason: strings::TOO_SHORT, head: strings::NONE },
            Review::NotAReport => Self { reason: strings::NOT_A_REPORT, head: strings::NONE },
            Review::Unsure { head } => Self { reason: strings::UNSURE, head: strings.place(head) },
        }
    }
}

impl PrivateData {
    fn new(kind: Kind, Span { start, end }: Span) -> Self {
        let kind = match kind {
            Kind::Phone => strings::PHONE,
            Kind::Nik => strings::NIK,
            _ => strings::EMAIL,
        };
        Self { kind, start, end }
    }
}

impl<'a> Description<'a> {
    pub(super) fn new(model: &'a Model) -> Self {
        let heads = model.heads().iter();
        Self {
            heads: heads
                .map(|head| HeadDescription { name: head.name(), ordered: head.ordered(), labels: head.labels() })
                .collect(),
            provenance: model.provenance().iter().map(|(key, value)| (key.as_str(), value.as_str())).collect(),
            fingerprint: model.fingerprint(),
        }
    }
}

/// Writes pairs as one object, in their order.
fn by_name<S: Serializer, V: Serialize>(pairs: &[(&str, V)], serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(pairs.len()))?;
    for (name, value) in pairs {
        map.serialize_entry(name, value)?;
    }
    map.end()
}
