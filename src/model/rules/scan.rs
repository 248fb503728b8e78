//! Finding the words of the rules in a text, and the rules that they satisfy.

use super::index::has;
use super::{Rule, Rules, SENTENCE_END, Set, Table};
use crate::text::Span;
use std::ops::Range;

/// An expression of the rules found in the text: its words are `first..=last`.
#[derive(Debug, Clone, Copy)]
struct Hit {
    pattern: u16,
    first: usize,
    last: usize,
}

/// The words of a text as the rules see them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RuleText<'w> {
    pub(crate) text: &'w str,
    /// Where each word stands.
    pub(crate) spans: &'w [Span],
    /// For each word, where in `numbers` lies which words of the rules it is, see [`Rules::look_up`].
    pub(crate) places: &'w [(u32, u32)],
    pub(crate) numbers: &'w [u16],
}

impl<'w> RuleText<'w> {
    /// Returns which words of the rules the word at `at` is; none behind the end.
    fn of(&self, at: usize) -> &'w [u16] {
        self.places.get(at).map_or(&[], |&(start, end)| &self.numbers[start as usize..end as usize])
    }
}

/// Looks for rules in texts, and keeps its memory from one to the next.
#[derive(Debug, Clone, Default)]
pub(crate) struct Finder {
    /// The expressions in the text, in reading order.
    hits: Vec<Hit>,
    /// The lists of which something was found.
    lists: Vec<u64>,
    /// Places in the ranking of the rules whose first group was found.
    rules: Vec<u64>,
    /// How far in each word stands, where the end of a sentence counts as [`SENTENCE_END`] words.
    places: Vec<usize>,
    /// For each word, the first and last word of the expression that hides what is inside it; the word itself if none.
    hidden: Vec<Range<usize>>,
    /// The visible hits of each group of a rule.
    groups: Vec<Vec<Hit>>,
    against: Vec<Hit>,
    /// Where the words of a rule may begin; `u64`, since that is what everything here sorts, and sorting is much code.
    starts: Vec<u64>,
    chosen: Vec<Hit>,
    /// Where the words stand that made the last rule fire: in reading order, not overlapping.
    pub(crate) spans: Vec<Span>,
}

impl Finder {
    /// Returns the place in the ranking of the strongest rule above `rank` that fires on `text`.
    pub(crate) fn strongest(&mut self, rules: &Rules, text: &RuleText<'_>, rank: usize) -> Option<usize> {
        self.look(rules, text).then(|| self.next(rules, text, rank, 0)).flatten()
    }

    /// Notes what of `rules` stands in `text`; returns whether some rule may fire.
    pub(super) fn look(&mut self, rules: &Rules, text: &RuleText<'_>) -> bool {
        self.hits.clear();
        self.places.clear();
        rules.index.clear(&mut self.lists, &mut self.rules);
        for first in 0..text.spans.len() {
            for &number in text.of(first) {
                self.grow(rules, rules.index.patterns(number), 1, first, text);
            }
        }
        self.rules.iter().any(|&rules| rules != 0)
    }

    /// Notes those of `patterns` that stand at word `first`; their first `length` words are known to.
    fn grow(&mut self, rules: &Rules, mut patterns: Range<u16>, length: usize, first: usize, text: &RuleText<'_>) {
        let table = &rules.table;
        if patterns.start < patterns.end && table.patterns[usize::from(patterns.start)].len() == length {
            let pattern = patterns.start;
            self.hits.push(Hit { pattern, first, last: first + length - 1 });
            rules.index.add(pattern, &mut self.lists, &mut self.rules);
            patterns.start += 1;
        }
        if patterns.is_empty() {
            return;
        }
        for &number in text.of(first + length) {
            self.grow(rules, narrowed(table, &patterns, length, number), length + 1, first, text);
        }
    }

    /// Returns the first place in the ranking, not before `from`, of a rule above `rank` that fires.
    pub(super) fn next(&mut self, rules: &Rules, text: &RuleText<'_>, rank: usize, from: usize) -> Option<usize> {
        let ranked = rules.index.ranked();
        for (place, &number) in ranked.iter().enumerate().skip(from) {
            let rule = &rules.table.rules[usize::from(number)];
            if rule.rank() <= rank {
                return None;
            }
            if has(&self.rules, place) && self.is_possible(rule) {
                self.lay_out(rules, text);
                if self.closest(rules, rule) {
                    self.set_spans(text);
                    return Some(place);
                }
            }
        }
        None
    }

    /// Returns whether every group of `rule` is in the text, and nothing that forbids it.
    fn is_possible(&self, rule: &Rule) -> bool {
        let seen = |set: &Set| set.iter().any(|&list| has(&self.lists, list.into()));
        rule.groups.iter().all(seen) && !seen(&rule.never)
    }

    /// Works out where the words stand, and the longest expression that hides what is inside it, unless it is known.
    fn lay_out(&mut self, rules: &Rules, text: &RuleText<'_>) {
        if !self.places.is_empty() {
            return;
        }
        let Self { places, hidden, hits, .. } = self;
        set_places(places, text);
        hidden.clear();
        hidden.extend((0..text.spans.len()).map(|word| word..word));
        for hit in hits.iter().filter(|hit| holds(rules, &rules.table.hides, hit)) {
            for word in &mut hidden[hit.first..=hit.last] {
                if word.len() < hit.last - hit.first {
                    *word = hit.first..hit.last;
                }
            }
        }
    }

    /// Chooses one hit of each group, all within the rule's window and with nothing near that speaks against it: for
    /// each possible leftmost hit, the next one of every group. Returns whether there are such.
    fn closest(&mut self, rules: &Rules, rule: &Rule) -> bool {
        let Self { hits, places, hidden, groups, against, starts, chosen, .. } = self;
        let visible = |set: &Set, to: &mut Vec<Hit>| {
            to.clear();
            to.extend(hits.iter().filter(|hit| holds(rules, set, hit) && shows(hit, places, hidden)));
        };
        groups.resize(groups.len().max(rule.groups.len()), Vec::new());
        let groups = &mut groups[..rule.groups.len()];
        groups.iter_mut().zip(&rule.groups).for_each(|(group, set)| visible(set, group));
        visible(&rule.unless, against);
        starts.clear();
        starts.extend(groups.iter().flatten().map(|hit| hit.first as u64));
        starts.sort_unstable();
        starts.dedup();
        starts.iter().any(|&start| {
            let start = start as usize;
            let next = |group: &Vec<Hit>| group.get(group.partition_point(|hit| hit.first < start)).copied();
            chosen.clear();
            chosen.extend(groups.iter().map_while(next));
            let Some(last) = chosen.iter().map(|hit| hit.last).max() else { return false };
            chosen.len() == groups.len()
                && places[last] - places[start] < usize::from(rule.window)
                && !is_near(against, places, start, last, usize::from(rule.near))
        })
    }

    /// Sets the spans to where the chosen hits stand in the raw text, overlapping ones joined.
    fn set_spans(&mut self, text: &RuleText<'_>) {
        let Self { chosen, spans, .. } = self;
        spans.clear();
        // One hit a group: so few that each is put in its place.
        for hit in chosen {
            let span = Span { start: text.spans[hit.first].start, end: text.spans[hit.last].end };
            spans.insert(spans.partition_point(|earlier| *earlier < span), span);
        }
        spans.dedup_by(|next, kept| {
            let overlaps = next.start < kept.end;
            if overlaps {
                kept.end = kept.end.max(next.end);
            }
            overlaps
        });
    }
}

/// Returns whether a list of `set` holds the expression of `hit`.
fn holds(rules: &Rules, set: &Set, hit: &Hit) -> bool {
    set.iter().any(|&list| rules.index.holds(list, hit.pattern))
}

/// Returns whether `hit` stands in one sentence and is no part of what hides it.
fn shows(hit: &Hit, places: &[usize], hidden: &[Range<usize>]) -> bool {
    let (hidden, length) = (&hidden[hit.first], hit.last - hit.first);
    let inside = hidden.start <= hit.first && hit.last <= hidden.end && length < hidden.len();
    !inside && places[hit.last] - places[hit.first] == length
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

/// Sets `places` to how far in each word stands, where the end of a sentence counts as [`SENTENCE_END`] words.
fn set_places(places: &mut Vec<usize>, text: &RuleText<'_>) {
    let mut place = 0;
    let mut before: Option<Span> = None;
    places.extend(text.spans.iter().map(|&span| {
        if let Some(before) = before.replace(span) {
            place += 1 + if ends_sentence(text.text, before, span) { SENTENCE_END } else { 0 };
        }
        place
    }));
}

/// Returns whether a sentence ends between two words: a lone full stop before a space (but not after a short word,
/// which is an abbreviation), an exclamation or question mark, a semicolon or a line's end.
fn ends_sentence(text: &str, before: Span, after: Span) -> bool {
    let gap = text.get(before.end..after.start).unwrap_or("");
    let stop = || before.end.saturating_sub(before.start) > 3 && gap.matches('.').count() == 1 && !gap.ends_with('.');
    gap.contains(['!', '?', ';', '\n']) || stop()
}
