//! Comparing two models on the same rows: where the new one is better, where it is worse, and whether that is chance.
//!
//! | item | what it is |
//! |---|---|
//! | [`PairTally`] | collects the rows of one head with both models' answers, then finishes into a [`HeadComparison`] |
//! | [`Comparison`] | all heads, and which heads only one model has |
//! | [`McNemar`], [`holm`] | the tests |
//! | [`Gate`] | how much worse is too much; gives a [`Verdict`] |
//! | [`Report`] | the whole with the models' sizes and speed; JSON, [`Report::text`], [`Report::markdown`], [`Report::html`] |
//!
//! # What is compared
//!
//! A head is compared on the rows whose right label both models know, and on those whose label neither knows: both are
//! wrong there. Rows whose label just one of them knows stand apart ([`Unshared`]), for there the other cannot win.
//! Macro-F1 is the mean F1 of the labels that are right somewhere among the compared rows, so that both models are
//! averaged over the same labels; `metrics::macro_f1` also counts a label that is decided but never right, as 0.
//!
//! Every difference is NEW - OLD, with the 95 % interval of the paired bootstrap: rows are drawn with replacement, and
//! both models are measured on the same drawn rows.
//!
//! # The JSON
//!
//! Shares are in 0..=1, differences of them in -1..=1; what cannot be computed, as the precision of no answer, is null.
//!
//! | field | what it holds |
//! |---|---|
//! | `old`, `new` | [`ModelFacts`]: name, fingerprint, bytes, bytes packed by gzip |
//! | `data`, `split`, `by` | what was asked |
//! | `rows`, `resamples`, `seed` | rows judged on at least one head; the bootstrap's settings |
//! | `needs_review` | `old`, `new`: rows that would go to a person |
//! | `heads[]` | [`HeadComparison`]: measures as [`Difference`] (`old`, `new`, `change`, `low`, `high`), `test`, `classes[]` from the greatest loss of F1, `top_label`, `top_lost`, `unshared[]`, `broke[]` and `fixed[]` |
//! | `only_old`, `only_new` | heads of just one model |
//! | `verdict` | [`Verdict`]: `passed`, `text`, `failures[]`; `passed` is true where no gate was asked for |
//! | `timing` | [`Timing`]: the only part that differs from run to run; left out by `--no-speed` |

mod detail;
mod facts;
mod figures;
mod finish;
mod gate;
mod head;
mod html;
mod markup;
mod mcnemar;
mod render;
mod tally;

pub use facts::{ModelFacts, Ratio, Report, Timing};
pub use gate::{Failure, Gate, Verdict};
pub use head::{
    Answer, Changed, ClassComparison, Comparison, Difference, HeadComparison, Outcome, Pair, Told, TopLabel, Unshared,
};
pub use mcnemar::{McNemar, Method, holm};
pub use tally::{PairTally, Side};

/// The seed of the bootstrap's draws.
pub const SEED: u64 = 20;
/// The chance of a false alarm that the tests on labels allow, all labels of a head together.
pub const LEVEL: f64 = 0.05;
