//! [`LearningCurve`]: how good a model gets with how many labels.

use serde::Serialize;

/// The scores of models trained on growing parts of the same data.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LearningCurve {
    /// The artefact of the recipe that was trained.
    pub artefact: String,
    /// Rising by rows.
    pub steps: Vec<LearningStep>,
}

/// One model of a [`LearningCurve`].
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LearningStep {
    /// The share of the training rows it learnt from.
    pub share: f64,
    /// Those rows.
    pub rows: usize,
    /// One per head, in the order of the recipe; heads that no judged row has a label for are left out.
    pub heads: Vec<LearningScore>,
}

/// One head of a [`LearningStep`].
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LearningScore {
    /// The head.
    pub head: String,
    /// Rows it learnt from that have a label for this head.
    pub labels: usize,
    /// Accuracy on the judged rows.
    pub accuracy: f64,
    /// Macro-F1 on the judged rows.
    pub macro_f1: f64,
}

impl LearningCurve {
    /// Returns the head's scores, rising by rows.
    pub fn of(&self, head: &str) -> Vec<&LearningScore> {
        self.steps.iter().filter_map(|step| step.heads.iter().find(|score| score.head == head)).collect()
    }

    /// Returns a sentence: what the last doubling of the labels brought, and so what another may bring at most.
    pub fn outlook(&self, head: &str) -> Option<String> {
        let [.., before, last] = self.of(head)[..] else { return None };
        let [accuracy, f1] =
            [last.accuracy - before.accuracy, last.macro_f1 - before.macro_f1].map(|gain| 100.0 * gain);
        let brought = format!(
            "From {} to {} labels, accuracy changed by {accuracy:+.1} points and macro-F1 by {f1:+.1}.",
            before.labels, last.labels
        );
        let outlook = if accuracy.max(f1) < 0.5 {
            "More labels of the same kind will bring next to nothing."
        } else {
            "Twice as many labels would bring about as much again at most: each doubling tends to bring less than the one before."
        };
        Some(format!("{brought} {outlook}"))
    }
}
