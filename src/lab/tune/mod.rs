//! Tuning: search settings of a recipe that do better on dev.
//!
//! Random settings learn shortly, the best of them longer, the best of those in full (successive halving; Jamieson & Talwalkar:
//! Non-stochastic Best Arm Identification and Hyperparameter Optimization, AISTATS 2016); then the best so far is changed
//! a little, again and again. The same recipe, data, space, seed and budget give the same winner.

mod candidates;
mod error;
mod log;
mod objective;
mod render;
mod search;
mod share;
mod space;

pub use error::TuneError;
pub use log::{Context, Log};
pub use objective::{Aim, Objective};
pub use search::{Found, Heard, Plan, Trial, tune};
pub use share::Share;
pub use space::{Range, Setting, Space};

/// Settings by path that differ from the recipe's own.
pub type Choice = std::collections::BTreeMap<super::variant::SettingPath, toml::Value>;
