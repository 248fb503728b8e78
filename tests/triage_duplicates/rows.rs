//! Rows as a district gets them: the same complaint told once, forwarded, retold with a word changed.

use serde_json::Value;

/// Numbers that look drawn, the same in every run (splitmix64).
pub(crate) struct Draw(pub(crate) u64);

impl Draw {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    pub(crate) fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    fn of<'t>(&mut self, some: &[&'t str]) -> &'t str {
        some[self.below(some.len())]
    }
}

/// The texts of the seed corpus.
pub(crate) fn seeds() -> Vec<String> {
    let lines = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/models/seed.jsonl")).unwrap();
    let text = |line: &str| serde_json::from_str::<Value>(line).unwrap()["text"].as_str().unwrap().to_owned();
    lines.lines().map(text).collect()
}

/// `count` rows, 2 of 5 of them new; the others repeat an earlier new one, more often one that is repeated already.
pub(crate) fn rows(count: usize, draw: &mut Draw) -> Vec<String> {
    let seeds = seeds();
    let mut told: Vec<String> = Vec::new();
    let mut rows: Vec<String> = Vec::with_capacity(count);
    let mut origins: Vec<usize> = Vec::new();
    while rows.len() < count {
        if told.is_empty() || draw.below(5) < 2 {
            let text = fresh(&seeds, told.len(), draw);
            origins.push(told.len());
            told.push(text.clone());
            rows.push(text);
        } else {
            let origin = if draw.below(2) == 0 { draw.below(told.len()) } else { origins[draw.below(origins.len())] };
            origins.push(origin);
            rows.push(again(&told[origin], draw));
        }
    }
    rows
}

/// The seeds in their order and, when they are used up, the beginning of one with the end of another.
fn fresh(seeds: &[String], index: usize, draw: &mut Draw) -> String {
    if let Some(seed) = seeds.get(index) {
        return seed.clone();
    }
    let (a, b) = (words(&seeds[draw.below(seeds.len())]), words(&seeds[draw.below(seeds.len())]));
    [&a[..a.len() / 2], &b[b.len() / 2..]].concat().join(" ")
}

fn words(text: &str) -> Vec<&str> {
    text.split(' ').collect()
}

/// The text as it is told again: half of the time as it was.
fn again(text: &str, draw: &mut Draw) -> String {
    match draw.below(20) {
        0..10 => text.to_owned(),
        10..12 => text.to_uppercase(),
        12..13 => text.replace([',', '.', '!'], " ... "),
        13..14 => format!("{text} {}", draw.of(&["\u{1f64f}\u{1f64f}", "\u{1f621}", "\u{1f6a7} !!"])),
        14..15 => format!("Diteruskan: {text}"),
        15..16 => format!("{text} {}", draw.of(&["#lapor", "#viralkan #bupati", "@diskominfo"])),
        16 => edited(text, draw, |_, draw| draw.of(&["sekali", "banget", "sampai", "kemarin"]).to_owned()),
        17 => edited(text, draw, |_, _| String::new()),
        18 => edited(text, draw, |word, _| word.chars().rev().collect()),
        _ => edited(text, draw, |_, draw| draw.of(&["Sukamaju", "Banjarsari", "Cibeureum"]).to_owned()),
    }
}

fn edited(text: &str, draw: &mut Draw, edit: impl Fn(&str, &mut Draw) -> String) -> String {
    let mut words: Vec<String> = text.split(' ').map(str::to_owned).collect();
    let at = draw.below(words.len());
    words[at] = edit(&words[at], draw);
    words.join(" ")
}
