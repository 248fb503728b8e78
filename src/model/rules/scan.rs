//! Finding the words of the rules in a text, and the rules that they satisfy.

use super::index::{Index, has};
use super::{Match, Rule, Rules, SENTENCE_END, Set, Table};
use crate::text::{Span, Word};
use std::ops::Range;

/// An expression of the rules found in the text: its words are `first..=last`.
#[derive(Debug, Clone, Copy)]
struct Hit {
    pattern: u16,
    first: usize,
    last: usize,
}

/// How the words of a text stand.
struct Layout {
    /// How far in each word stands, where the end of a sentence counts as [`SENTENCE_END`] words.
    places: Vec<usize>,
    /// For each word, the first and last word of the expression that hides what is inside it; the word itself if none.
    hidden: Vec<Range<usize>>,
}

impl Layout {
    /// Returns whether `hit` stands in one sentence and is no part of what hides it.
    fn shows(&self, hit: &Hit) -> bool {
        let (hidden, length) = (&self.hidden[hit.first], hit.last - hit.first);
        let inside = hidden.start <= hit.first && hit.last <= hidden.end && length < hidden.len();
        !inside && self.places[hit.last] - self.places[hit.first] == length
    }
}

/// What of the rules stands in a text.
pub(super) struct Found<'a> {
    table: &'a Table,
    index: &'a Index,
    /// In reading order.
    hits: Vec<Hit>,
    /// The lists of which something was found.
    lists: Vec<u64>,
}

impl<'a> Found<'a> {
    pub(super) fn new(rules: &'a Rules, words: &[Word<'_>]) -> Self {
        let (table, index) = (&rules.table, &rules.index);
        let mut found = Self { table, index, hits: Vec::new(), lists: index.no_lists() };
        for (first, word) in words.iter().enumerate() {
            index.lookup(&word.text, |number| found.grow(index.patterns(number), 1, first, words));
        }
        found
    }

    /// Notes those of `patterns` that stand at word `first`; their first `length` words are known to.
    fn grow(&mut self, mut patterns: Range<u16>, length: usize, first: usize, words: &[Word<'_>]) {
        let (table, index) = (self.table, self.index);
        if patterns.start < patterns.end && table.patterns[usize::from(patterns.start)].len() == length {
            let pattern = patterns.start;
            self.hits.push(Hit { pattern, first, last: first + length - 1 });
            index.add_holders(pattern, &mut self.lists);
            patterns.start += 1;
        }
        let Some(word) = words.get(first + length).filter(|_| !patterns.is_empty()) else { return };
        index.lookup(&word.text, |number| {
            self.grow(narrowed(table, &patterns, length, number), length + 1, first, words);
        });
    }

    /// Returns the matches of the rules above `rank`, strongest first.
    pub(super) fn matches<'w>(
        &'w self,
        text: &'w str,
        words: &'w [Word<'w>],
        rank: usize,
    ) -> impl Iterator<Item = Match> + 'w {
        let above = move |rule: &&u16| self.rule(**rule).rank() > rank;
        let possible = self.index.ranked().iter().take_while(above).filter(|&&rule| self.is_possible(self.rule(rule)));
        let mut layout = None;
        possible.filter_map(move |&number| {
            let layout: &Layout = layout.get_or_insert_with(|| self.layout(text, words));
            let (rule, at) = (self.rule(number), usize::from(number));
            let chosen = self.closest(rule, layout)?;
            Some(Match { rule: at, rank: rule.rank(), spans: spans(&chosen, words) })
        })
    }

    fn rule(&self, number: u16) -> &'a Rule {
        &self.table.rules[usize::from(number)]
    }

    /// Returns whether every group of `rule` is in the text, and nothing that forbids it.
    fn is_possible(&self, rule: &Rule) -> bool {
        let seen = |set: &Set| set.iter().any(|&list| has(&self.lists, list));
        rule.groups.iter().all(seen) && !seen(&rule.never)
    }

    /// Returns where the words stand, and the longest expression that hides what is inside it.
    fn layout(&self, text: &str, words: &[Word<'_>]) -> Layout {
        let mut hidden: Vec<Range<usize>> = (0..words.len()).map(|word| word..word).collect();
        for hit in self.hits.iter().filter(|hit| self.holds(&self.table.hides, hit)) {
            for word in &mut hidden[hit.first..=hit.last] {
                if word.len() < hit.last - hit.first {
                    *word = hit.first..hit.last;
                }
            }
        }
        Layout { places: places(text, words), hidden }
    }

    fn holds(&self, set: &Set, hit: &Hit) -> bool {
        set.iter().any(|&list| self.index.holds(list, hit.pattern))
    }

    /// Returns the visible hits of `set` in reading order; the words of each stand in one sentence.
    fn of(&self, set: &Set, layout: &Layout) -> Vec<Hit> {
        self.hits.iter().filter(|hit| self.holds(set, hit) && layout.shows(hit)).copied().collect()
    }

    /// Returns one hit of each group, all within the rule's window and with nothing near that speaks against it:
    /// for each possible leftmost hit, the next one of every group.
    fn closest(&self, rule: &Rule, layout: &Layout) -> Option<Vec<Hit>> {
        let places = &layout.places;
        let groups: Vec<Vec<Hit>> = rule.groups.iter().map(|set| self.of(set, layout)).collect();
        let against = self.of(&rule.unless, layout);
        let mut starts: Vec<u64> = groups.iter().flatten().map(|hit| hit.first as u64).collect();
        starts.sort_unstable();
        starts.dedup();
        starts.into_iter().find_map(|start| {
            let start = start as usize;
            let next = |group: &Vec<Hit>| group.get(group.partition_point(|hit| hit.first < start)).copied();
            let chosen: Vec<Hit> = groups.iter().map(next).collect::<Option<_>>()?;
            let last = chosen.iter().map(|hit| hit.last).max()?;
            let close = places[last] - places[start] < usize::from(rule.window);
            (close && !is_near(&against, places, start, last, usize::from(rule.near))).then_some(chosen)
        })
    }
}

/// Returns whether one of `against` stands at most `near` words before word `first` or after word `last`.
fn is_near(against: &[Hit], places: &[usize], first: usize, last: usize, near: usize) -> bool {
    let (from, to) = (places[first].saturating_sub(near), places[last] + near);
    let candidates = &against[against.partition_point(|hit| places[hit.first] < from)..];
    candidates.first().is_some_and(|hit| places[hit.first] <= to)
}

/// Returns those of `patterns`, which share their first `at` words, whose next one is `number`.
fn narrowed(table: &Table, patterns: &Range<u16>, at: usize, number: u16) -> Range<u16> {
    let all = &table.patterns[usize::from(patterns.start)..usize::from(patterns.end)];
    let start = all.partition_point(|pattern| pattern[at] < number);
    let length = all[start..].partition_point(|pattern| pattern[at] == number);
    patterns.start + start as u16..patterns.start + (start + length) as u16
}

/// Returns how far in each word stands, where the end of a sentence counts as [`SENTENCE_END`] words.
fn places(text: &str, words: &[Word<'_>]) -> Vec<usize> {
    let mut place = 0;
    let mut before: Option<Span> = None;
    let step = |word: &Word<'_>| {
        if let Some(before) = before.replace(word.span) {
            place += 1 + if ends_sentence(text, before, word.span) { SENTENCE_END } else { 0 };
        }
        place
    };
    words.iter().map(step).collect()
}

/// Returns whether a sentence ends between two words: a lone full stop before a space (but not after a short word,
/// which is an abbreviation), an exclamation or question mark, a semicolon or a line's end.
fn ends_sentence(text: &str, before: Span, after: Span) -> bool {
    let gap = text.get(before.end..after.start).unwrap_or("");
    let stop = || before.end.saturating_sub(before.start) > 3 && gap.matches('.').count() == 1 && !gap.ends_with('.');
    gap.contains(['!', '?', ';', '\n']) || stop()
}

/// Returns where the hits stand in the raw text, overlapping ones joined.
fn spans(hits: &[Hit], words: &[Word<'_>]) -> Vec<Span> {
    let span = |hit: &Hit| Span { start: words[hit.first].span.start, end: words[hit.last].span.end };
    let mut spans: Vec<Span> = Vec::with_capacity(hits.len());
    // One hit a group: so few that each is put in its place.
    for span in hits.iter().map(span) {
        spans.insert(spans.partition_point(|earlier| *earlier < span), span);
    }
    spans.dedup_by(|next, kept| {
        let overlaps = next.start < kept.end;
        if overlaps {
            kept.end = kept.end.max(next.end);
        }
        overlaps
    });
    spans
}
