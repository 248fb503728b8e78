//! The text stages: tables of cases, snapshots of whole texts, properties of all texts.

#[path = "text/lexicon.rs"]
mod lexicon;
#[path = "text/properties.rs"]
mod properties;
#[path = "text/snapshots.rs"]
mod snapshots;
#[path = "text/tables.rs"]
mod tables;

use pilah::text::{Lexicon, Pipeline, Stemming};

/// The lexicon that the project ships.
const SLANG: &str = include_str!("../models/lexicons/slang.tsv");

fn slang() -> Lexicon {
    Lexicon::parse(SLANG).expect("the project's own lexicon")
}

/// The terms of `text`, joined by spaces.
fn terms(text: &str, stemming: Stemming) -> String {
    let terms = Pipeline::new(slang(), stemming).terms(text);
    terms.iter().map(|term| term.text.as_ref()).collect::<Vec<_>>().join(" ")
}
