//! [`Recipe`]: every setting of a training run, read from TOML and checked before any work.

mod data;
mod error;
mod quick;

pub use error::RecipeError;
pub use quick::{HeadChoice, QUICK_SLANG};

use super::corpus::Columns;
use super::linear::{LinearRecipe, MOST_UNITS};
use super::solver::{Solver, SolverParams};
use crate::features::FeatureSettings;
use crate::model::{Label, Rules};
use crate::text::{Lexicon, Stemming};
use linfa::ParamGuard;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Settings as written in the file; unknown keys are refused.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recipe {
    /// Seed of everything random.
    pub seed: u64,
    /// Data files or folders beside those given on the command line.
    #[serde(default)]
    pub data: Vec<PathBuf>,
    /// Tab-separated files of labels given by reading again.
    #[serde(default)]
    pub relabels: Vec<PathBuf>,
    /// What the columns of the data are called.
    #[serde(default, skip_serializing_if = "Columns::is_default")]
    pub columns: Columns,
    /// Share of the train split that becomes dev where the data has no dev; without it 0.1 of 200 rows or more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub split_share: Option<f32>,
    /// Whether rows of the train split that dev or test has too, to the word or nearly, are left out.
    #[serde(default, skip_serializing_if = "data::is_off")]
    pub drop_overlap: bool,
    /// Whether the shipped networks learn from the dev split too, after it has served for calibration.
    #[serde(default)]
    pub refit_on_dev: bool,
    /// Text stages.
    pub text: TextSettings,
    /// What is counted.
    pub features: FeatureRecipe,
    /// Heads in order.
    pub head: Vec<HeadRecipe>,
    /// Rules that may raise the answer of an ordered head.
    pub rules: Option<PathBuf>,
    /// Weight in the loss by who gave the label, or by source.
    #[serde(default)]
    pub label_weights: BTreeMap<String, f32>,
    /// The networks that teach.
    pub teacher: TeacherRecipe,
    /// The linear classifier that teaches with them; none where it is left out, or where [`Recipe::linear_for`] has none.
    pub linear: Option<LinearRecipe>,
    /// Artefact name -> settings.
    pub artefacts: BTreeMap<String, ArtefactRecipe>,
    /// When a person must look.
    #[serde(default)]
    pub decision: DecisionRecipe,
}

/// Text stages.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TextSettings {
    /// Lexicon of slang, `from<TAB>to`.
    pub slang: Option<PathBuf>,
    /// Stemming.
    pub stemming: Stemming,
}

/// What is counted.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeatureRecipe {
    /// Shortest n-gram.
    pub gram_min: u8,
    /// Longest n-gram.
    pub gram_max: u8,
    /// Whether pairs are counted.
    pub pairs: bool,
    /// Fewest different reports of a feature, at least 1.
    pub min_reports: usize,
}

impl FeatureRecipe {
    /// Returns the part that serving needs.
    pub fn settings(&self) -> FeatureSettings {
        FeatureSettings { gram_min: self.gram_min, gram_max: self.gram_max, pairs: self.pairs }
    }
}

/// One head.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeadRecipe {
    /// Name: the field of the data that holds its label, where `column` says no other.
    pub name: String,
    /// Column of the data that holds its label.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// File of labels; without it the labels are those of the training data, sorted.
    pub labels: Option<PathBuf>,
    /// Weight of the head in the loss.
    #[serde(default = "one")]
    pub weight: f32,
    /// How far rare labels weigh more: weight of a label is (mean count / its count)^balance, at most 5.
    #[serde(default)]
    pub balance: f32,
    /// Recall of an ordered head's last label that its threshold aims at on dev.
    pub recall: Option<f32>,
    /// Least precision on dev that the threshold for `recall` may cost.
    #[serde(default = "half")]
    pub recall_precision: f32,
    /// Label that means "this is no report".
    pub reject: Option<String>,
}

/// The networks that teach.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TeacherRecipe {
    /// How many; each has its own seed. With 0 the linear classifier teaches alone, which takes a fraction of the time.
    pub members: usize,
    /// Their solver.
    #[serde(flatten)]
    pub solver: Solver,
}

/// One artefact.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ArtefactRecipe {
    /// Most features kept.
    pub features: usize,
    /// Step of the quantised rows, in standard deviations of a row's entries.
    #[serde(default = "half")]
    pub step: f32,
    /// The network that learns from the teachers; without it the teachers themselves are the artefact.
    pub student: Option<StudentRecipe>,
}

/// A network that learns from the teachers and the labels.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StudentRecipe {
    /// Share of the teachers in the target; the rest is the label.
    pub distil: f32,
    /// Its solver.
    #[serde(flatten)]
    pub solver: Solver,
}

/// When a person must look.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecisionRecipe {
    /// Precision on dev that a head's threshold reaches.
    pub precision: f32,
    /// Fewest known words of a text that is not too short.
    pub min_words: u16,
}

impl Default for DecisionRecipe {
    fn default() -> Self {
        Self { precision: 0.95, min_words: 2 }
    }
}

fn one() -> f32 {
    1.0
}

fn half() -> f32 {
    0.5
}

/// A head's labels as read from its file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LabelFile {
    /// Whether the labels rise in order.
    #[serde(default)]
    pub ordered: bool,
    /// The labels.
    pub label: Vec<Label>,
}

impl Recipe {
    /// Returns the recipe in `path`, checked.
    ///
    /// # Errors
    /// [`RecipeError`] naming the file and the setting.
    pub fn read(path: &Path) -> Result<Self, RecipeError> {
        let recipe: Self = parse(path)?;
        recipe.check()?;
        Ok(recipe)
    }

    /// Returns the SHA-256 of the settings; spelling and comments of the file do not count.
    pub fn digest(&self) -> String {
        sha256(serde_json::to_string(self).unwrap_or_default().as_bytes())
    }

    /// Checks every range, as [`Recipe::read`] does: for a recipe that was changed since.
    ///
    /// # Errors
    /// [`RecipeError`] naming the setting.
    pub fn check(&self) -> Result<(), RecipeError> {
        let setting = |name: &str, found: String, fine: bool, expected: &'static str| {
            if fine { Ok(()) } else { Err(RecipeError::Setting { name: name.to_owned(), found, expected }) }
        };
        setting("head", self.head.len().to_string(), (1..=16).contains(&self.head.len()), "1 to 16 heads")?;
        for (at, head) in self.head.iter().enumerate() {
            let fine = !head.name.is_empty() && self.head[..at].iter().all(|other| other.name != head.name);
            setting("head.name", format!("{:?}", head.name), fine, "a name that no other head has")?;
        }
        for (name, weight) in &self.label_weights {
            let fine = *weight >= 0.0 && weight.is_finite();
            setting(&format!("label_weights.{name}"), weight.to_string(), fine, "a number from 0")?;
        }
        self.check_data()?;
        setting("artefacts", self.artefacts.len().to_string(), !self.artefacts.is_empty(), "at least 1 artefact")?;
        let f = &self.features;
        setting("features.gram_min", f.gram_min.to_string(), f.gram_min >= 1, "at least 1")?;
        setting("features.min_reports", f.min_reports.to_string(), f.min_reports >= 1, "at least 1")?;
        let fine = self.teacher.members >= 1 || self.linear.is_some();
        setting("teacher.members", self.teacher.members.to_string(), fine, "at least 1, or 0 with a [linear]")?;
        let precision = self.decision.precision;
        setting("decision.precision", precision.to_string(), precision > 0.0 && precision < 1.0, "above 0, below 1")?;
        check_solver("teacher", &self.teacher.solver)?;
        self.linear.as_ref().map_or(Ok(()), LinearRecipe::check)?;
        for head in &self.head {
            let fine = head.weight > 0.0 && head.weight.is_finite();
            setting(&format!("head.{}.weight", head.name), head.weight.to_string(), fine, "a number above 0")?;
            let fine = (0.0..=1.0).contains(&head.balance);
            setting(&format!("head.{}.balance", head.name), head.balance.to_string(), fine, "0 to 1")?;
            if let Some(recall) = head.recall {
                let fine = recall > 0.0 && recall <= 1.0;
                setting(&format!("head.{}.recall", head.name), recall.to_string(), fine, "above 0, at most 1")?;
            }
            let precision = head.recall_precision;
            let fine = (0.0..=1.0).contains(&precision);
            setting(&format!("head.{}.recall_precision", head.name), precision.to_string(), fine, "0 to 1")?;
        }
        for (name, artefact) in &self.artefacts {
            let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
            let fine = !name.is_empty() && name.chars().all(plain);
            setting("artefacts", name.clone(), fine, "names of letters, digits, `-` and `_`: they become file names")?;
            let kept = artefact.features;
            setting(&format!("artefacts.{name}.features"), kept.to_string(), kept >= 1, "at least 1")?;
            let fine = artefact.step > 0.0 && artefact.step.is_finite();
            setting(&format!("artefacts.{name}.step"), artefact.step.to_string(), fine, "a number above 0")?;
            if artefact.student.is_none() {
                let units = self.teacher.members.saturating_mul(self.teacher.solver.hidden);
                let expected = "at most 256 where the teachers themselves are an artefact";
                setting("teacher.members * hidden", units.to_string(), units <= MOST_UNITS, expected)?;
            }
            if let Some(student) = &artefact.student {
                check_solver(&format!("artefacts.{name}.student"), &student.solver)?;
                let fine = (0.0..=1.0).contains(&student.distil);
                setting(&format!("artefacts.{name}.student.distil"), student.distil.to_string(), fine, "0 to 1")?;
            }
        }
        Ok(())
    }
}

/// Returns the SHA-256 of `bytes` in hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn check_solver(section: &str, solver: &Solver) -> Result<(), RecipeError> {
    SolverParams::from(solver.clone())
        .check()
        .map(|_| ())
        .map_err(|source| RecipeError::Solver { section: section.to_owned(), source })
}

/// Returns the whole of a text file.
pub(super) fn read_text(path: &Path) -> Result<String, RecipeError> {
    std::fs::read_to_string(path).map_err(|source| RecipeError::Io { path: path.to_owned(), source })
}

/// Returns the lexicon in `path`, or an empty one for none.
pub(super) fn read_lexicon(path: Option<&Path>) -> Result<Lexicon, RecipeError> {
    let Some(path) = path else { return Ok(Lexicon::default()) };
    Lexicon::parse(&read_text(path)?).map_err(|source| RecipeError::Lexicon { path: path.to_owned(), source })
}

/// Returns the rules in `path`, or none.
pub(super) fn read_rules(path: Option<&Path>) -> Result<Rules, RecipeError> {
    let Some(path) = path else { return Ok(Rules::default()) };
    Rules::from_toml(&read_text(path)?).map_err(|source| RecipeError::Rules { path: path.to_owned(), source })
}

/// Returns the labels in `path`.
pub(super) fn read_labels(path: &Path) -> Result<LabelFile, RecipeError> {
    parse(path)
}

fn parse<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T, RecipeError> {
    toml::from_str(&read_text(path)?)
        .map_err(|source| RecipeError::Toml { path: path.to_owned(), source: Box::new(source) })
}
