//! Judging a model: [`metrics`] over plain numbers, and an [`Evaluation`] per head split by source and by who labelled.
//!
//! | item | what it is |
//! |---|---|
//! | [`metrics`] | accuracy, top-k, macro-F1, calibration error, coverage: pure functions |
//! | [`HeadTally`] | collects cases of one head, then [`HeadTally::finish`]es into a [`HeadEvaluation`] |
//! | [`Evaluation`] | all heads; serialises to JSON, and `Display` draws the tables |
//! | [`compare`] | two models on the same rows |
//! | [`bootstrap`] | intervals, also of paired differences |
//! | [`threshold`] | coverage against precision, and what probabilities are worth |
//! | [`Figures`] | the report: all of it with intervals, groups and mistakes; serialises to JSON, and [`html`] makes the page |
//! | [`LearningCurve`] | what more labels bring |
//!
//! Nothing here reads files or knows about training: the caller brings the gold label and the prediction.

pub mod bootstrap;
pub mod compare;
mod figures;
mod html;
mod learning;
pub mod metrics;
mod render;
mod report;
mod tally;
pub mod threshold;

pub use figures::{
    ConfusedTexts, Figures, Group, GroupKind, HeadFigures, Mark, Mistake, Passage, ScoreIntervals, Subject,
};
pub use html::html;
pub use learning::{LearningCurve, LearningScore, LearningStep};
pub use render::table;
pub use report::{Confused, Evaluation, HeadEvaluation, LabelScores, Origin, Scores};
pub use tally::{About, Case, HeadTally};
