//! The data team's bench: what makes the next model better than the last.
//!
//! | item | what it does |
//! |---|---|
//! | [`suspects()`] | ranks the labels that are most likely wrong, by models that have not seen them |
//! | [`Picker`] | chooses the unlabelled texts that are most worth labelling |
//! | [`curve`] | the learning curve: what more labels bring |
//! | [`variant`] | a recipe's file with settings changed by their dotted paths |
//! | [`trial`] | trains a variant and judges what comes out |
//! | [`tune`] | searches settings that are better than a recipe's |
//! | [`ablate`] | tells what each part of a recipe is worth |
//! | [`Sheet`] | the table that people fill in, as JSONL or CSV |

pub mod ablate;
pub mod curve;
mod folds;
mod pick;
mod sheet;
mod suspects;
pub mod trial;
pub mod tune;
pub mod variant;

pub use folds::folds;
pub use pick::{Guess, Passed, Pick, PickError, PickSettings, Picker, Picks, Strategy, Text, Why};
pub use sheet::{Sheet, SheetError};
pub use suspects::{Findings, HeadFindings, LabelPair, Share, Suspect, SuspectError, SuspectSettings, suspects};
