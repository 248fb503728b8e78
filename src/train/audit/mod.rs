//! [`Audit`]: what should be known of labelled data before a model is learnt from it.
//!
//! | module | what it finds |
//! |---|---|
//! | `counts` | rows, priors and weights of every label |
//! | `unknown` | labels that their heads do not have, and what was meant |
//! | `twins` | texts that say the same, to the word or nearly |
//! | `overlap` | such texts in more than one split, or with different labels |
//! | `phrases`, `leaks` | phrases that tell a label without telling what the report is about |
//! | `findings` | all of it judged: errors, warnings, notes, each with what to do |
//! | `render` | all of it as text |

mod counts;
mod findings;
mod leaks;
mod overlap;
mod phrases;
mod render;
mod twins;
mod unknown;
mod words;

pub use counts::{HeadCounts, LabelCounts};
pub use findings::{Finding, Severity};
pub use leaks::{HeadLeaks, Leak};
pub use overlap::{Contradictions, Overlap};
pub use phrases::Place;
pub use unknown::UnknownLabel;

pub(super) use twins::Twins;
pub(super) use unknown::{listed, unknown_labels};

use super::dataset::{Collection, Part, ReadCounts};
use super::recipe::Recipe;
use serde::Serialize;

/// Fewest rows of a label to learn from, below which the audit warns.
pub const LEAST_ROWS: usize = 10;

/// What should be known of labelled data before a model is learnt from it; `Display` writes it as text.
///
/// ```
/// use pilah::train::audit::LEAST_ROWS;
/// use pilah::train::{Collection, Inputs, Recipe};
/// use std::path::Path;
///
/// let base = Path::new("models");
/// let recipe = Recipe::read(&base.join("recipe.toml"))?;
/// let audit = Collection::read(&recipe, base, Inputs::default())?.audit(&recipe, LEAST_ROWS);
/// assert_eq!(audit.errors(), 0, "{audit}");
/// assert_eq!(audit.heads[0].head, "category");
/// # Ok::<(), pilah::train::TrainError>(())
/// ```
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Audit {
    /// What was read, and what was left out.
    pub read: ReadCounts,
    /// Rows to learn from.
    pub train: usize,
    /// Rows to calibrate on.
    pub dev: usize,
    /// Rows of the test split, which are looked at here only.
    pub test: usize,
    /// The labels of each head.
    pub heads: Vec<HeadCounts>,
    /// Labels of train and dev that their heads do not have.
    pub unknown: Vec<UnknownLabel>,
    /// The same of the test split.
    pub unknown_in_test: Vec<UnknownLabel>,
    /// Heads with texts of the same words and different labels.
    pub contradictions: Vec<Contradictions>,
    /// Splits that share texts.
    pub overlaps: Vec<Overlap>,
    /// Phrases that tell labels.
    pub leaks: Vec<HeadLeaks>,
    /// What of it matters, and what to do.
    pub findings: Vec<Finding>,
}

impl Audit {
    /// Returns the audit of `collection`, which was read by `recipe`; labels with fewer than `least` rows are told.
    pub(super) fn new(recipe: &Recipe, collection: &Collection, least: usize) -> Self {
        let heads: Vec<String> = recipe.head.iter().map(|head| head.name.clone()).collect();
        let rows = |wanted: Part| collection.parts.iter().filter(|part| **part == wanted).count();
        let twins = collection.twins();
        let mut audit = Self {
            read: collection.counts.clone(),
            train: rows(Part::Train),
            dev: rows(Part::Dev),
            test: rows(Part::Test),
            heads: counts::counts(recipe, collection),
            unknown: unknown_labels(recipe, collection),
            unknown_in_test: unknown::unknown(recipe, collection, |part| part == Part::Test),
            contradictions: overlap::contradictions(collection, &heads, twins),
            overlaps: overlap::overlaps(collection, twins),
            leaks: leaks::leaks(collection, &heads),
            findings: Vec::new(),
        };
        audit.findings = findings::findings(&audit, recipe, least);
        audit
    }

    /// Returns how many errors it found: with one or more, nothing is learnt.
    pub fn errors(&self) -> usize {
        self.findings.iter().filter(|finding| finding.severity == Severity::Error).count()
    }
}
