//! [`View`]: the answer to one report as a person reads it, in Indonesian.

use super::marks::pieces;
use crate::terminal::safe;
use anstyle::{AnsiColor, Style};
use pilah::model::Head;
use pilah::text::Span;
use pilah::triage::report::head_title;
use pilah::{Evidence, HeadPrediction, Prediction, Raised, Review, Suggestion};
use std::io::{self, Write};

/// The label that calls for the emergency numbers.
const EMERGENCY: &str = "darurat";
const CALL: &str =
    "DARURAT: hubungi 112 sekarang, atau 110 (polisi), 113 (pemadam kebakaran), 119 (ambulans). Jangan tunggu balasan.";
/// Where the model raised the alarm only in order to miss none.
const CALL_IF: &str = "Mungkin darurat: jika ada yang terancam bahaya sekarang, hubungi 112, atau 110 (polisi), \
    113 (pemadam kebakaran), 119 (ambulans).";

/// Words that weigh less than this share of their head's weightiest are not marked.
const MARKED_SHARE: f32 = 0.5;
/// Longest text shown whole, in bytes.
const SHOWN: usize = 1200;

/// Colours of the heads, in the model's order, for their titles and deciding words.
const PALETTE: [AnsiColor; 4] = [AnsiColor::Cyan, AnsiColor::Blue, AnsiColor::Magenta, AnsiColor::Green];

/// One answer and how to show it.
pub(super) struct View<'a> {
    /// The report.
    pub(super) text: &'a str,
    /// What the model says.
    pub(super) prediction: &'a Prediction<'a>,
    /// The model's heads, for names and order.
    pub(super) heads: &'a [Head],
    /// Labels per head.
    pub(super) top: usize,
    /// Whether colours arrive; without them deciding words stand between asterisks.
    pub(super) colour: bool,
}

impl View<'_> {
    /// Writes the text with its deciding words, a line per head, and what a person must know beyond that.
    pub(super) fn write(&self, out: &mut impl Write) -> io::Result<()> {
        self.write_text(out)?;
        let width = self.prediction.heads().iter().map(|h| head_title(h.head).chars().count()).max().unwrap_or(0);
        for (index, head) in self.prediction.heads().iter().enumerate() {
            self.write_head(out, index, head, width)?;
        }
        self.write_remarks(out)
    }

    fn write_text(&self, out: &mut impl Write) -> io::Result<()> {
        let length = floor_boundary(self.text, SHOWN);
        for (range, mark) in pieces(length, &self.weighty(), |head| self.mark(head)) {
            let words = safe(self.text.get(range).unwrap_or_default());
            match mark {
                None => write!(out, "{words}")?,
                Some(head) if self.colour => {
                    let style = colour(head).bold().underline();
                    write!(out, "{style}{words}{style:#}")?;
                }
                Some(_) => write!(out, "*{words}*")?,
            }
        }
        writeln!(out, "{}\n", if length < self.text.len() { " ..." } else { "" })
    }

    /// The evidence worth marking: all of it would mark half of a short text.
    fn weighty(&self) -> Vec<Evidence<'_>> {
        let all = self.prediction.evidence();
        let most = |head: &str| all.iter().filter(|e| e.head == head).map(|e| e.weight).fold(0.0, f32::max);
        all.iter().copied().filter(|e| e.weight >= MARKED_SHARE * most(e.head)).collect()
    }

    /// What evidence for `head` is marked with; without colours all is marked alike.
    fn mark(&self, head: &str) -> Option<usize> {
        let index = self.prediction.heads().iter().position(|h| h.head == head)?;
        Some(if self.colour { index } else { 0 })
    }

    fn write_head(
        &self,
        out: &mut impl Write,
        index: usize,
        head: &HeadPrediction<'_>,
        width: usize,
    ) -> io::Result<()> {
        let Some((best, others)) = head.suggestions.split_first() else { return Ok(()) };
        let (style, dim) = (colour(index), Style::new().dimmed());
        write!(out, "{style}{:<width$}{style:#}  ", safe(head_title(head.head)))?;
        let strong = self.urgency(head.head, best.label).bold();
        write!(out, "{strong}{}{strong:#} {}", safe(best.name), percent(best.probability))?;
        let others: Vec<String> =
            others.iter().take(self.top - 1).filter(|s| whole_percents(s.probability) >= 1.0).map(named).collect();
        if !others.is_empty() {
            write!(out, "{dim}  (atau {}){dim:#}", others.join(", "))?;
        }
        writeln!(out)
    }

    /// Red for the last label of an ordered head, yellow for the one before it.
    fn urgency(&self, head: &str, label: &str) -> Style {
        let labels = self.heads.iter().find(|h| h.name() == head && h.ordered()).map_or(&[][..], Head::labels);
        match labels.iter().rev().position(|l| l.id == label) {
            Some(0) => AnsiColor::Red.on_default(),
            Some(1) => AnsiColor::Yellow.on_default(),
            _ => Style::new(),
        }
    }

    fn write_remarks(&self, out: &mut impl Write) -> io::Result<()> {
        let (yellow, red) = (AnsiColor::Yellow.on_default().bold(), AnsiColor::Red.on_default().bold());
        let review = self.prediction.needs_review().map(|review| (yellow, needs_person(review)));
        let raised = self.prediction.raised().map(|raised| (yellow, self.raised(raised)));
        let emergency = self.emergency().map(|call| (red, call.to_owned()));
        let remarks: Vec<_> = [review, raised, emergency].into_iter().flatten().collect();
        if !remarks.is_empty() {
            writeln!(out)?;
        }
        remarks.iter().try_for_each(|(style, remark)| writeln!(out, "{style}{}{style:#}", safe(remark)))
    }

    /// Whom to call: at once where a rule or the likelier half of the probability says so, else on a condition.
    fn emergency(&self) -> Option<&'static str> {
        let mut decided = self.prediction.heads().iter().filter_map(HeadPrediction::best);
        let best = decided.find(|best| best.label == EMERGENCY)?;
        let certain = best.probability >= 0.5 || self.prediction.raised().is_some_and(|raised| raised.to == EMERGENCY);
        Some(if certain { CALL } else { CALL_IF })
    }

    fn raised(&self, raised: &Raised<'_>) -> String {
        let words: Vec<String> = raised.spans.iter().map(|&Span { start, end }| self.quote(start, end)).collect();
        let (from, to) = (self.label_name(raised.head, raised.from), self.label_name(raised.head, raised.to));
        format!("{} dinaikkan dari {from} menjadi {to} karena kata {}.", head_title(raised.head), words.join(", "))
    }

    fn quote(&self, start: usize, end: usize) -> String {
        format!("\"{}\"", self.text.get(start..end).unwrap_or_default())
    }

    /// Name of a head's label, or its id where the head does not have it.
    fn label_name<'s>(&'s self, head: &str, id: &'s str) -> &'s str {
        let mut labels = self.heads.iter().filter(|h| h.name() == head).flat_map(Head::labels);
        labels.find(|label| label.id == id).map_or(id, |label| label.name.as_str())
    }
}

fn needs_person(review: Review<'_>) -> String {
    let reason = match review {
        Review::TooShort => "teksnya terlalu pendek untuk dinilai".to_owned(),
        Review::NotAReport => "tampaknya bukan laporan kepada layanan publik".to_owned(),
        Review::Unsure { head } => format!("model kurang yakin tentang {}", head_title(head).to_lowercase()),
    };
    format!("Perlu dilihat petugas: {reason}.")
}

fn named(suggestion: &Suggestion<'_>) -> String {
    format!("{} {}", safe(suggestion.name), percent(suggestion.probability))
}

/// Whole percents that never claim certainty.
fn percent(probability: f32) -> String {
    match whole_percents(probability) {
        p if p < 1.0 => "<1%".to_owned(),
        p if p > 99.0 => ">99%".to_owned(),
        p => format!("{p}%"),
    }
}

fn whole_percents(probability: f32) -> f32 {
    (100.0 * probability).round()
}

fn colour(head: usize) -> Style {
    PALETTE[head % PALETTE.len()].on_default()
}

/// The end of the longest prefix of at most `length` bytes that ends between characters.
fn floor_boundary(text: &str, length: usize) -> usize {
    (0..=length.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{floor_boundary, needs_person, percent};
    use pilah::Review;

    #[test]
    fn percents_never_claim_certainty() {
        for (probability, expected) in
            [(0.0, "<1%"), (0.005, "1%"), (0.5, "50%"), (0.994, "99%"), (0.999, ">99%"), (1.0, ">99%")]
        {
            assert_eq!(percent(probability), expected);
        }
    }

    #[test]
    fn texts_are_cut_between_characters() {
        for (text, length, expected) in [("abc", 10, 3), ("abc", 2, 2), ("aé", 2, 1), ("", 5, 0), ("😀", 3, 0)] {
            assert_eq!(floor_boundary(text, length), expected, "{text}");
        }
    }

    #[test]
    fn reasons_are_indonesian_sentences() {
        assert_eq!(
            needs_person(Review::Unsure { head: "agency" }),
            "Perlu dilihat petugas: model kurang yakin tentang instansi."
        );
    }
}
