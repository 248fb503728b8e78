//! The data team's bench: what makes the next model better than the last.
//!
//! | item | what it does |
//! |---|---|
//! | [`suspects()`] | ranks the labels that are most likely wrong, by models that have not seen them |
//! | [`Picker`] | chooses the unlabelled texts that are most worth labelling |
//! | [`curve`] | the learning curve: what more labels bring |
//! | [`Sheet`] | the table that people fill in, as JSONL or CSV |

pub mod curve;
mod folds;
mod pick;
mod sheet;
mod suspects;

pub use folds::folds;
pub use pick::{Guess, Passed, Pick, PickError, PickSettings, Picker, Picks, Strategy, Text, Why};
pub use sheet::{Sheet, SheetError};
pub use suspects::{Findings, HeadFindings, LabelPair, Share, Suspect, SuspectError, SuspectSettings, suspects};
