//! An answer as numbers, from which `answer.js` makes plain objects: the two must read and write in the same order.

use super::answer::{Answer, Evidence, HeadAnswer, PrivateData, Raised, Suggestion};
use super::strings::Place;
use crate::text::Span;

/// Returns the numbers of `answer`: counts before lists, fractions as their bits, strings as their places.
pub(super) fn flat(answer: &Answer) -> Vec<u32> {
    let mut out = Writer(Vec::with_capacity(256));
    out.list(&answer.heads, |out, (name, head)| out.head(*name, head));
    out.list(answer.needs_review.as_slice(), |out, review| out.numbers([review.reason, review.head]));
    out.list(&answer.evidence, Writer::evidence);
    out.list(answer.raised.as_slice(), Writer::raised);
    out.list(&answer.private_data, Writer::private_data);
    out.0
}

struct Writer(Vec<u32>);

impl Writer {
    fn numbers<const N: usize>(&mut self, numbers: [u32; N]) {
        self.0.extend(numbers);
    }

    fn list<T>(&mut self, items: &[T], mut write: impl FnMut(&mut Self, &T)) {
        self.numbers([items.len() as u32]);
        items.iter().for_each(|item| write(self, item));
    }

    fn head(&mut self, name: Place, head: &HeadAnswer) {
        self.numbers([name, u32::from(head.sure)]);
        self.list(&head.suggestions, |out, s: &Suggestion| out.numbers([s.label, s.name, s.probability.to_bits()]));
    }

    fn evidence(&mut self, e: &Evidence) {
        self.numbers([e.head, e.label, e.start as u32, e.end as u32, e.weight.to_bits()]);
    }

    fn raised(&mut self, raised: &Raised) {
        self.numbers([raised.head, raised.rule, raised.from, raised.to]);
        self.list(&raised.spans, |out, &Span { start, end }| out.numbers([start as u32, end as u32]));
    }

    fn private_data(&mut self, found: &PrivateData) {
        self.numbers([found.kind, found.start as u32, found.end as u32]);
    }
}
