//! A model file taken apart and put together again: the liar's tool.

#![allow(dead_code, reason = "shared by test programs that each use a part")]

/// Bytes before the section table.
pub(crate) const HEADER: usize = 24;
/// Bytes of a table entry.
pub(crate) const ENTRY: usize = 12;

/// The parts of a model file, each of which a test may change; [`Parts::bytes`] makes the checksum right again.
#[derive(Clone)]
pub(crate) struct Parts {
    pub(crate) sections: Vec<(Vec<u8>, Vec<u8>)>,
    head: Vec<u8>,
}

impl Parts {
    pub(crate) fn new(file: &[u8]) -> Self {
        let count = u32_at(file, 20) as usize;
        let mut at = HEADER + count * ENTRY;
        let section = |number: usize| {
            let entry = HEADER + number * ENTRY;
            let length = u32_at(file, entry + 8) as usize;
            at += length;
            (file[entry..entry + 8].to_vec(), file[at - length..at].to_vec())
        };
        let sections = (0..count).map(section).collect();
        Self { sections, head: file[..16].to_vec() }
    }

    /// Returns the body of section `name`.
    pub(crate) fn body(&mut self, name: &str) -> &mut Vec<u8> {
        let named = |tag: &[u8]| tag.strip_prefix(name.as_bytes()).is_some_and(|rest| rest.iter().all(|b| *b == 0));
        &mut self.sections.iter_mut().find(|(tag, _)| named(tag)).unwrap().1
    }

    /// Writes `bytes` over those at `at` of section `name`.
    pub(crate) fn put(&mut self, name: &str, at: usize, bytes: &[u8]) {
        self.body(name)[at..at + bytes.len()].copy_from_slice(bytes);
    }

    /// Returns the file with right lengths and a right checksum.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let bodies: usize = self.sections.iter().map(|(_, body)| body.len()).sum();
        let length = HEADER + ENTRY * self.sections.len() + bodies + 4;
        let mut file = self.head.clone();
        file.extend((length as u32).to_le_bytes());
        file.extend((self.sections.len() as u32).to_le_bytes());
        for (tag, body) in &self.sections {
            file.extend(tag);
            file.extend((body.len() as u32).to_le_bytes());
        }
        self.sections.iter().for_each(|(_, body)| file.extend(body));
        file.extend([0; 4]);
        sealed(file)
    }
}

/// Returns `file` with a right checksum.
pub(crate) fn sealed(mut file: Vec<u8>) -> Vec<u8> {
    let end = file.len() - 4;
    let checksum = crc32fast::hash(&file[..end]);
    file[end..].copy_from_slice(&checksum.to_le_bytes());
    file
}

fn u32_at(file: &[u8], at: usize) -> u32 {
    u32::from_le_bytes(file[at..at + 4].try_into().unwrap())
}
