//! Texts as a report shows them: private data masked, the words that spoke for the answer marked.

use pilah::eval::{Mark, Passage};
use pilah::read::masked;
use pilah::text::Span;
use pilah::{Classifier, Prediction};
use std::borrow::Cow;

/// Stand around marked words while a text is masked; both are of the private use area, which nobody writes.
const START: char = '\u{e000}';
const END: char = '\u{e001}';

/// Returns `text` with the words that spoke for the model's answer of `head`.
pub(super) fn passage(classifier: &Classifier, text: &str, head: &str, keep_private: bool) -> Passage {
    let prediction = classifier.classify(text);
    let (spans, rule) = spoke(&prediction, head);
    let (text, marks) = if keep_private { (text.to_owned(), spans) } else { mask(text, &spans) };
    let strongest = marks.iter().map(|(_, weight)| *weight).fold(f32::MIN_POSITIVE, f32::max);
    let mark = |(span, weight): (Span, f32)| Mark { start: span.start, end: span.end, weight: weight / strongest };
    Passage { text, marks: marks.into_iter().map(mark).collect(), rule }
}

/// The words that spoke for the answer and their weights, and the rule if one raised it.
fn spoke(prediction: &Prediction<'_>, head: &str) -> (Vec<(Span, f32)>, Option<String>) {
    if let Some(raised) = prediction.raised().filter(|raised| raised.head == head) {
        return (raised.spans.iter().map(|&span| (span, 1.0)).collect(), Some(raised.rule.to_owned()));
    }
    let evidence = prediction.evidence().iter().filter(|evidence| evidence.head == head);
    (evidence.map(|evidence| (evidence.span, evidence.weight)).collect(), None)
}

/// Returns the masked text and where its marked words are now.
///
/// The words are set between two signs, masked, and the signs taken out again. Where a sign would change what is found to
/// be private there are no marks: masking comes first.
fn mask(text: &str, spans: &[(Span, f32)]) -> (String, Vec<(Span, f32)>) {
    let masked_text = masked(text);
    if let Cow::Borrowed(_) = masked_text {
        return (text.to_owned(), spans.to_vec());
    }
    let (plain, places) = without_signs(&masked(&with_signs(text, spans)));
    if plain != masked_text || places.len() != spans.len() {
        return (masked_text.into_owned(), Vec::new());
    }
    let marks = places.into_iter().zip(spans).map(|(span, &(_, weight))| (span, weight)).collect();
    (plain, marks)
}

fn with_signs(text: &str, spans: &[(Span, f32)]) -> String {
    let mut out = String::with_capacity(text.len() + 6 * spans.len());
    let mut from = 0;
    for (span, _) in spans {
        let (Some(before), Some(words)) = (text.get(from..span.start), text.get(span.start..span.end)) else {
            continue;
        };
        out.push_str(before);
        out.push(START);
        out.push_str(words);
        out.push(END);
        from = span.end;
    }
    out.push_str(&text[from..]);
    out
}

fn without_signs(text: &str) -> (String, Vec<Span>) {
    let mut out = String::with_capacity(text.len());
    let (mut spans, mut start) = (Vec::new(), None);
    for letter in text.chars() {
        match letter {
            START => start = Some(out.len()),
            END => spans.extend(start.take().map(|start| Span { start, end: out.len() })),
            letter => out.push(letter),
        }
    }
    (out, spans)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Marks `words` of `text`, masks it, and shows the marks as brackets.
    fn check(text: &str, words: &[&str], expected: &str) {
        let span = |word: &&str| text.find(word).map(|start| (Span { start, end: start + word.len() }, 1.0)).unwrap();
        let (mut shown, marks) = mask(text, &words.iter().map(span).collect::<Vec<_>>());
        for (span, _) in marks.into_iter().rev() {
            shown.insert(span.end, ']');
            shown.insert(span.start, '[');
        }
        assert_eq!(shown, expected);
    }

    #[test]
    fn marks_stay_on_their_words_when_numbers_become_masks() {
        check("lampu mati", &["lampu"], "[lampu] mati");
        check("hubungi 0812-0000-0000 lampu é mati", &["lampu", "mati"], "hubungi [TELEPON] [lampu] é [mati]");
        check("lampu mati, budi@contoh.id", &["lampu"], "[lampu] mati, [EMAIL]");
        check("lampu mati 0812-0000-0000", &["0812-0000-0000"], "lampu mati [[TELEPON]]");
        check("\u{e000}lampu 0812-0000-0000", &["lampu"], "\u{e000}lampu [TELEPON]");
    }

    #[test]
    fn a_mark_never_hides_a_number_from_the_mask() {
        check("telp 0812-0000-0000 mati", &["0000"], "telp [TELEPON] mati");
    }
}
