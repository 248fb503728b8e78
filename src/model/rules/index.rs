//! What is looked up for every word of every text, derived from the table of rules.

use super::Table;
use std::ops::Range;

/// Bits in a word of a set of lists.
const BITS: usize = u64::BITS as usize;

/// A trie over the words of the rules, and what each word leads to.
#[derive(Debug, Clone)]
pub(super) struct Index {
    nodes: Vec<Node>,
    /// Next bytes; edge `n` leads to node `n + 1`.
    edges: Vec<u8>,
    /// The root's edges by byte; 0 where there is none.
    roots: Vec<u32>,
    /// Beginnings of words that some word of the rules may have: most words of a text have another one.
    beginnings: Beginnings,
    /// For each word, where the patterns that begin with it start; one more at the end.
    first: Vec<u16>,
    /// For each pattern, the set of lists that hold it: `stride` words each.
    holders: Vec<u64>,
    stride: usize,
    /// The rules, strongest first.
    ranked: Vec<u16>,
    /// For each pattern, the set of places in `ranked` of the rules whose first group has it: most patterns have few, so
    /// that most rules are never looked at.
    openers: Vec<u64>,
}

/// A point in the trie: which words end here, and where its edges lie among all edges.
#[derive(Debug, Clone, Default)]
struct Node {
    edges: Range<u32>,
    whole: Option<u16>,
    prefix: Option<u16>,
}

/// A set of the first three bytes of words, by a hash: what is in it is found, and little else.
#[derive(Debug, Clone)]
struct Beginnings(Vec<u64>);

impl Beginnings {
    const BYTES: usize = 3;
    /// Bits of the hash.
    const HASH: u32 = 13;

    fn new(words: &[String]) -> Self {
        let mut set = Self(vec![0; (1 << Self::HASH) / BITS]);
        for word in words {
            match word.strip_suffix('*') {
                // Too short to tell anything: then any word may have it.
                Some(prefix) if prefix.len() < Self::BYTES => set.0.fill(u64::MAX),
                prefix => {
                    let hash = Self::hash(prefix.unwrap_or(word).as_bytes());
                    set.0[hash / BITS] |= 1 << (hash % BITS);
                }
            }
        }
        set
    }

    /// Returns whether a word of the rules may begin as `word` does.
    fn may_have(&self, word: &[u8]) -> bool {
        let hash = Self::hash(word);
        self.0[hash / BITS] >> (hash % BITS) & 1 == 1
    }

    fn hash(word: &[u8]) -> usize {
        let bytes = word.iter().take(Self::BYTES).fold(0, |bytes, &byte| bytes << 8 | u32::from(byte));
        // Odd, with bits all over: the fractional part of the golden ratio.
        (bytes.wrapping_mul(0x9e37_79b9) >> (u32::BITS - Self::HASH)) as usize
    }
}

impl Index {
    pub(super) fn new(table: &Table) -> Self {
        let (nodes, edges) = trie(&table.words);
        let mut roots = vec![0; 256];
        nodes[0].edges.clone().for_each(|edge| roots[usize::from(edges[edge as usize])] = edge + 1);
        let starts = |word: usize| table.patterns.partition_point(|pattern| usize::from(pattern[0]) < word);
        let beginnings = Beginnings::new(&table.words);
        let first = (0..=table.words.len()).map(|word| starts(word) as u16).collect();
        let labels = (0..=u8::MAX).rev();
        let of = |label| (0..table.rules.len()).filter(move |&rule| table.rules[rule].label == label);
        let ranked: Vec<u16> = labels.flat_map(of).map(|rule| rule as u16).collect();
        let (stride, holders) = holders(table);
        let openers = openers(table, &ranked);
        Self { nodes, edges, roots, beginnings, first, holders, stride, ranked, openers }
    }

    /// Calls `visit` with the number of each word of the rules that `text` is or begins with.
    pub(super) fn lookup(&self, text: &str, mut visit: impl FnMut(u16)) {
        if !self.beginnings.may_have(text.as_bytes()) {
            return;
        }
        let mut bytes = text.bytes();
        let mut at = bytes.next().map_or(0, |byte| self.roots[usize::from(byte)]);
        while at != 0 {
            let node = &self.nodes[at as usize];
            node.prefix.into_iter().for_each(&mut visit);
            let Some(byte) = bytes.next() else { return node.whole.into_iter().for_each(visit) };
            let edges = &self.edges[node.edges.start as usize..node.edges.end as usize];
            at = edges.iter().position(|&edge| edge == byte).map_or(0, |edge| node.edges.start + edge as u32 + 1);
        }
    }

    /// Returns the numbers of the patterns whose first word is `word`.
    pub(super) fn patterns(&self, word: u16) -> Range<u16> {
        let word = usize::from(word);
        self.first[word]..self.first[word + 1]
    }

    /// Makes `lists` and `rules` empty sets.
    pub(super) fn clear(&self, lists: &mut Vec<u64>, rules: &mut Vec<u64>) {
        for (set, size) in [(lists, self.stride), (rules, self.ranked.len().div_ceil(BITS))] {
            set.clear();
            set.resize(size, 0);
        }
    }

    /// Adds the lists that hold `pattern` to `lists`, and to `rules` the places in [`Index::ranked`] of the rules whose
    /// first group has it.
    pub(super) fn add(&self, pattern: u16, lists: &mut [u64], rules: &mut [u64]) {
        let openers = &self.openers[usize::from(pattern) * rules.len()..];
        lists.iter_mut().zip(self.holders_of(pattern)).for_each(|(all, new)| *all |= new);
        rules.iter_mut().zip(openers).for_each(|(all, new)| *all |= new);
    }

    /// Returns whether `list` holds `pattern`.
    pub(super) fn holds(&self, list: u16, pattern: u16) -> bool {
        has(self.holders_of(pattern), list.into())
    }

    /// Returns the rules, highest label first, then in the order of the file.
    pub(super) fn ranked(&self) -> &[u16] {
        &self.ranked
    }

    fn holders_of(&self, pattern: u16) -> &[u64] {
        let start = usize::from(pattern) * self.stride;
        &self.holders[start..start + self.stride]
    }
}

/// Returns whether `member` is in `set`.
pub(super) fn has(set: &[u64], member: usize) -> bool {
    set[member / BITS] >> (member % BITS) & 1 == 1
}

/// Returns how many words a set of lists takes, and for each pattern the set of lists that hold it.
fn holders(table: &Table) -> (usize, Vec<u64>) {
    let stride = table.lists.len().div_ceil(BITS);
    let mut holders = vec![0; table.patterns.len() * stride];
    for (list, patterns) in table.lists.iter().enumerate() {
        for &pattern in patterns {
            holders[usize::from(pattern) * stride + list / BITS] |= 1 << (list % BITS);
        }
    }
    (stride, holders)
}

/// Returns for each pattern the set of places in `ranked` of the rules whose first group has it.
fn openers(table: &Table, ranked: &[u16]) -> Vec<u64> {
    let stride = ranked.len().div_ceil(BITS);
    let mut openers = vec![0; table.patterns.len() * stride];
    for (place, &rule) in ranked.iter().enumerate() {
        for &list in table.rules[usize::from(rule)].groups.first().into_iter().flatten() {
            for &pattern in &table.lists[usize::from(list)] {
                openers[usize::from(pattern) * stride + place / BITS] |= 1 << (place % BITS);
            }
        }
    }
    openers
}

/// Returns the trie of sorted `words`, breadth first: node 0 is its root, and edge `n` leads to node `n + 1`.
fn trie(words: &[String]) -> (Vec<Node>, Vec<u8>) {
    // For each node, how long its path is and which words begin with it: neighbours, since words are sorted.
    let mut open = vec![(0, 0..words.len())];
    let (mut nodes, mut edges) = (Vec::new(), Vec::new());
    while let Some((depth, members)) = open.get(nodes.len()).cloned() {
        let mut node = Node { edges: edges.len() as u32..edges.len() as u32, ..Node::default() };
        for (number, word) in (members.start..).zip(&words[members]) {
            match &word.as_bytes()[depth..] {
                [] => node.whole = Some(number as u16),
                [b'*'] => node.prefix = Some(number as u16),
                [byte, ..] if !node.edges.is_empty() && edges.last() == Some(byte) => {
                    open.last_mut().into_iter().for_each(|(_, members)| members.end = number + 1);
                }
                [byte, ..] => {
                    edges.push(*byte);
                    open.push((depth + 1, number..number + 1));
                    node.edges.end += 1;
                }
            }
        }
        nodes.push(node);
    }
    (nodes, edges)
}
