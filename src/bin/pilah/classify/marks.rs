//! [`pieces`]: a text cut where deciding words begin and end.

use pilah::Evidence;
use std::ops::Range;

/// A stretch of the text, and the index of the head that its words decided most.
pub(super) type Piece = (Range<usize>, Option<usize>);

/// Returns `0..length` of a text cut into pieces, each marked with the head for which its evidence weighs most.
///
/// `head` gives a head's index by its name. Evidence beyond `length`, against a label or of an unknown head marks nothing.
pub(super) fn pieces(length: usize, evidence: &[Evidence<'_>], head: impl Fn(&str) -> Option<usize>) -> Vec<Piece> {
    let used: Vec<&Evidence<'_>> = evidence.iter().filter(|e| e.weight > 0.0 && e.span.end <= length).collect();
    let mut cuts: Vec<usize> = used.iter().flat_map(|e| [e.span.start, e.span.end]).chain([0, length]).collect();
    cuts.sort_unstable();
    cuts.dedup();
    let marked = cuts.windows(2).map(|cut| (cut[0]..cut[1], strongest(&used, cut[0]).and_then(|e| head(e.head))));
    marked.fold(Vec::new(), join)
}

/// The weightiest evidence that covers the byte `at`; of equals the first.
fn strongest<'e, 'm>(evidence: &[&'e Evidence<'m>], at: usize) -> Option<&'e Evidence<'m>> {
    let covering = evidence.iter().copied().filter(|e| (e.span.start..e.span.end).contains(&at));
    covering.reduce(|best, next| if next.weight > best.weight { next } else { best })
}

/// Appends `piece`, or makes the last one longer where both have the same mark.
fn join(mut pieces: Vec<Piece>, piece: Piece) -> Vec<Piece> {
    match pieces.last_mut() {
        Some((range, mark)) if *mark == piece.1 => range.end = piece.0.end,
        _ => pieces.push(piece),
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::pieces;
    use pilah::{Evidence, text::Span};

    #[test]
    fn overlapping_evidence_marks_the_weightier_head() {
        type Case = (&'static [(usize, usize, &'static str, f32)], &'static [(usize, usize, Option<usize>)]);
        let cases: &[Case] = &[
            (&[], &[(0, 10, None)]),
            (&[(0, 10, "a", 1.0)], &[(0, 10, Some(0))]),
            (&[(2, 4, "a", 1.0), (4, 6, "a", 9.0)], &[(0, 2, None), (2, 6, Some(0)), (6, 10, None)]),
            (&[(2, 6, "a", 1.0), (4, 8, "b", 2.0)], &[(0, 2, None), (2, 4, Some(0)), (4, 8, Some(1)), (8, 10, None)]),
            (&[(2, 6, "a", 1.0), (2, 6, "b", 1.0)], &[(0, 2, None), (2, 6, Some(0)), (6, 10, None)]),
            (&[(2, 6, "a", -1.0), (8, 12, "a", 1.0), (1, 2, "x", 1.0)], &[(0, 10, None)]),
        ];
        for (evidence, expected) in cases {
            let evidence: Vec<_> = evidence
                .iter()
                .map(|&(start, end, head, weight)| Evidence { head, label: "l", span: Span { start, end }, weight })
                .collect();
            let found = pieces(10, &evidence, |head| ["a", "b"].iter().position(|h| *h == head));
            let found: Vec<_> = found.into_iter().map(|(range, mark)| (range.start, range.end, mark)).collect();
            assert_eq!(&found, expected);
        }
        assert_eq!(pieces(0, &[], |_| None), []);
    }
}
