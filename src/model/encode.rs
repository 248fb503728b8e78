//! Writing a model: the same model, the same bytes.

use super::checksum::checksum;
use super::{FORMAT_VERSION, Head, Model, PIPELINE_VERSION};

/// First bytes of every model file: not ASCII text, and damaged by a transfer that changes line ends.
pub(super) const MAGIC: [u8; 8] = *b"\x89PILAH\r\n";
/// Bytes before the section table.
pub(super) const HEADER: usize = 24;
/// Bytes of a table entry: tag and length.
pub(super) const ENTRY: usize = 12;
/// The sections, in the order of the file.
pub(super) const SECTIONS: [&str; 8] = ["settings", "slang", "heads", "rules", "keys", "rows", "dense", "origin"];
/// Stands for "no threshold": above every probability.
pub(super) const NEVER: f32 = 2.0;
/// Stands for "none" where an index is expected.
pub(super) const NONE: u16 = u16::MAX;

impl Model {
    /// Returns the model as a file's bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let bodies = [
            self.settings(),
            self.slang(),
            self.head_section(),
            self.rules.to_bytes(),
            self.key_section(),
            self.weights.rows.iter().map(|&step| step as u8).collect(),
            self.dense(),
            pairs(&self.provenance),
        ];
        let length = HEADER + SECTIONS.len() * ENTRY + bodies.iter().map(Vec::len).sum::<usize>() + 4;
        let mut file = Vec::with_capacity(length);
        file.extend(MAGIC);
        for number in [FORMAT_VERSION, PIPELINE_VERSION, length as u32, SECTIONS.len() as u32] {
            file.extend(number.to_le_bytes());
        }
        for (name, body) in SECTIONS.iter().zip(&bodies) {
            file.extend(tag(name));
            file.extend((body.len() as u32).to_le_bytes());
        }
        bodies.iter().for_each(|body| file.extend(body));
        file.extend(checksum(&file).to_le_bytes());
        file
    }

    fn settings(&self) -> Vec<u8> {
        let features = self.vectorizer.settings();
        let mut out =
            vec![self.pipeline.stemming().to_code(), features.gram_min, features.gram_max, features.pairs.into()];
        out.extend((self.min_words as u16).to_le_bytes());
        out
    }

    fn slang(&self) -> Vec<u8> {
        let mut out = String::new();
        for (from, to) in self.pipeline.lexicon().entries() {
            out.extend([from, "\t", to, "\n"]);
        }
        out.into_bytes()
    }

    fn head_section(&self) -> Vec<u8> {
        let mut out = (self.heads.len() as u16).to_le_bytes().to_vec();
        for head in &self.heads {
            put_head(&mut out, head);
        }
        out
    }

    /// Keys as differences, split by byte: the upper bytes are nearly all alike and vanish when the file is packed.
    fn key_section(&self) -> Vec<u8> {
        let mut before = 0;
        let steps: Vec<[u8; 4]> = self
            .index()
            .keys()
            .iter()
            .map(|&key| {
                let step = key - before;
                before = key;
                step.to_le_bytes()
            })
            .collect();
        (0..4).flat_map(|byte| steps.iter().map(move |step| step[byte])).collect()
    }

    fn dense(&self) -> Vec<u8> {
        let w = &self.weights;
        let mut out = (w.hidden as u16).to_le_bytes().to_vec();
        out.extend(w.row_scale.to_le_bytes());
        for values in [&w.bias, &w.output_scale, &w.output_bias] {
            values.iter().for_each(|value| out.extend(value.to_le_bytes()));
        }
        out.extend(w.output.iter().map(|&step| step as u8));
        out
    }
}

/// Returns the eight bytes of a section's name.
pub(super) fn tag(name: &str) -> [u8; 8] {
    let mut tag = [0; 8];
    tag[..name.len()].copy_from_slice(name.as_bytes());
    tag
}

fn put_head(out: &mut Vec<u8>, head: &Head) {
    put_text(out, &head.name);
    out.push(head.ordered.into());
    out.extend(head.temperature.to_le_bytes());
    out.extend(head.doubt.to_le_bytes());
    out.extend(head.threshold.to_le_bytes());
    out.extend(head.reject.map_or(NONE, |at| at as u16).to_le_bytes());
    out.extend((head.labels.len() as u16).to_le_bytes());
    for at in 0..if head.ordered { head.labels.len() } else { 0 } {
        let threshold = head.at_least.get(at).copied().flatten();
        out.extend(threshold.unwrap_or(NEVER).to_le_bytes());
    }
    for label in &head.labels {
        put_text(out, &label.id);
        put_text(out, &label.name);
        put_text(out, &label.definition);
    }
}

/// A text of at most 65,535 bytes, its length first; longer ones are cut at a character.
fn put_text(out: &mut Vec<u8>, text: &str) {
    let fits = |end: &usize| text.is_char_boundary(*end);
    let end = (0..=text.len().min(usize::from(u16::MAX))).rev().find(fits).unwrap_or(0);
    out.extend((end as u16).to_le_bytes());
    out.extend(&text.as_bytes()[..end]);
}

fn pairs(pairs: &[(String, String)]) -> Vec<u8> {
    let mut out = (pairs.len() as u16).to_le_bytes().to_vec();
    for (name, value) in pairs {
        put_text(&mut out, name);
        put_text(&mut out, value);
    }
    out
}
