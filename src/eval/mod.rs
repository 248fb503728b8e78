//! Judging a model: [`metrics`] over plain numbers, and an [`Evaluation`] per head split by source and by who labelled.
//!
//! | item | what it is |
//! |---|---|
//! | [`metrics`] | accuracy, top-k, macro-F1, calibration error, coverage: pure functions |
//! | [`HeadTally`] | collects cases of one head, then [`HeadTally::finish`]es into a [`HeadEvaluation`] |
//! | [`Evaluation`] | all heads; serialises to JSON, and `Display` draws the tables |
//!
//! Nothing here reads files or knows about training: the caller brings the gold label and the prediction.

pub mod metrics;
mod render;
mod report;

pub use render::table;
pub use report::{Case, Confused, Evaluation, HeadEvaluation, HeadTally, LabelScores, Origin, Scores};
