//! [`Space`]: the settings that a search may change, and how far.

use super::TuneError;
use crate::lab::variant::{Draft, SettingPath};
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Value;

/// What stands for every head and for the artefact that is tuned.
const ANY: &str = "*";

/// The settings that a search may change, as a file lists them.
#[derive(Debug, Clone)]
pub struct Space(Vec<(SettingPath, Range, bool)>);

/// A setting of a recipe that a search may change.
#[derive(Debug, Clone, PartialEq)]
pub struct Setting {
    /// Where it stands.
    pub path: SettingPath,
    /// What it may be.
    pub range: Range,
}

/// What a setting may be.
#[derive(Debug, Clone, PartialEq)]
pub enum Range {
    /// One of these.
    Values(Vec<Value>),
    /// A number from the first to the second.
    Numbers {
        /// The least.
        low: f64,
        /// The greatest.
        high: f64,
        /// Whether only whole numbers are meant.
        whole: bool,
        /// Whether factors count, not differences.
        log: bool,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Section {
    values: Option<Vec<Value>>,
    low: Option<Value>,
    high: Option<Value>,
    #[serde(default)]
    log: bool,
    #[serde(default)]
    where_set: bool,
}

impl Space {
    /// Returns the space that a file describes: by the setting's path its `values`, or `low` and `high`, perhaps `log`.
    ///
    /// `*` stands for every head, and for the artefact that is tuned. `where_set` leaves a setting alone that the recipe does
    /// not have.
    ///
    /// # Errors
    /// [`TuneError::Space`] and [`TuneError::Range`] for what is no range, [`TuneError::Variant`] for what is no path.
    ///
    /// ```
    /// use pilah::lab::tune::Space;
    ///
    /// Space::read("\"teacher.row_rate\" = { low = 0.005, high = 0.05, log = true }\n")?;
    /// assert!(Space::read("\"teacher.row_rate\" = { low = 0.5 }\n").is_err());
    /// # Ok::<(), pilah::lab::tune::TuneError>(())
    /// ```
    pub fn read(text: &str) -> Result<Self, TuneError> {
        let sections: BTreeMap<String, Section> =
            toml::from_str(text).map_err(|error| TuneError::Space(Box::new(error)))?;
        let setting = |(path, section): (String, Section)| {
            let range = range(&path, &section)?;
            // A bare `*` is no key of TOML; in quotes it is.
            let path = path.replace(".*.", ".\"*\".").parse()?;
            Ok((path, range, section.where_set))
        };
        Ok(Self(sections.into_iter().map(setting).collect::<Result<_, TuneError>>()?))
    }

    /// Returns the space that comes with the program.
    ///
    /// # Errors
    /// None; a test reads it.
    pub fn shipped() -> Result<Self, TuneError> {
        Self::read(include_str!("space.toml"))
    }

    /// Returns the settings for a recipe and the artefact that is tuned, in the order of their paths.
    ///
    /// # Errors
    /// [`TuneError::Nothing`] where there is none.
    pub fn settings(&self, draft: &Draft, artefact: &str) -> Result<Vec<Setting>, TuneError> {
        let mut settings = Vec::new();
        for (path, range, where_set) in &self.0 {
            let names = match path.names() {
                [section, any, ..] if any == ANY && section == "head" => draft.names("head"),
                [section, any, ..] if any == ANY && section == "artefacts" => vec![artefact.to_owned()],
                _ => Vec::new(),
            };
            let paths = names.iter().map(|name| path.with(1, name));
            let own = names.is_empty().then(|| path.clone());
            for path in own.into_iter().chain(paths) {
                if !*where_set || draft.get(&path).is_some() {
                    settings.push(Setting { path, range: range.clone() });
                }
            }
        }
        if settings.is_empty() { Err(TuneError::Nothing) } else { Ok(settings) }
    }
}

fn range(setting: &str, section: &Section) -> Result<Range, TuneError> {
    let error = |found: &str, expected| {
        Err(TuneError::Range { setting: setting.to_owned(), found: found.to_owned(), expected })
    };
    match (&section.values, &section.low, &section.high) {
        (Some(values), None, None) if values.len() > 1 && !section.log => Ok(Range::Values(values.clone())),
        (Some(_), ..) => error("`values` of fewer than two, or with more", "`values = [...]` alone, two or more"),
        (None, Some(low), Some(high)) => {
            let whole = low.is_integer() && high.is_integer();
            let (Some(low), Some(high)) = (number(low), number(high)) else {
                return error("a `low` or `high` that is no number", "numbers");
            };
            let fine = low < high && low.is_finite() && high.is_finite() && (!section.log || low > 0.0);
            if fine {
                return Ok(Range::Numbers { low, high, whole, log: section.log });
            }
            error(&format!("{low} to {high}"), "`low` below `high`, above 0 with `log`")
        }
        _ => error("neither `values` nor both of `low` and `high`", "one of them"),
    }
}

fn number(value: &Value) -> Option<f64> {
    value.as_float().or_else(|| value.as_integer().map(|whole| whole as f64))
}

impl Range {
    /// Returns the value at `place`, 0 to 1.
    pub fn at(&self, place: f64) -> Value {
        let place = place.clamp(0.0, 1.0);
        match self {
            Self::Values(values) => {
                let at = ((place * values.len() as f64) as usize).min(values.len().saturating_sub(1));
                values.get(at).cloned().unwrap_or(Value::Boolean(false))
            }
            &Self::Numbers { low, high, whole, log } => {
                let number = if log {
                    libm::exp(libm::log(low) + place * (libm::log(high) - libm::log(low)))
                } else {
                    low + place * (high - low)
                };
                if whole { Value::Integer(number.round() as i64) } else { Value::Float(three_digits(number)) }
            }
        }
    }

    /// Returns the place, 0 to 1, of a number; the middle for what is none.
    pub fn place(&self, value: Option<&Value>) -> f64 {
        let &Self::Numbers { low, high, log, .. } = self else { return 0.5 };
        let Some(number) = value.and_then(number) else { return 0.5 };
        let number = number.clamp(low, high);
        if log {
            (libm::log(number) - libm::log(low)) / (libm::log(high) - libm::log(low))
        } else {
            (number - low) / (high - low)
        }
    }
}

/// Rounds to three digits, so that a recipe is read by people.
fn three_digits(number: f64) -> f64 {
    format!("{number:.2e}").parse().unwrap_or(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_and_values_are_each_other_s() {
        for (low, high, whole, log) in [(0.0, 1.0, false, false), (0.005, 0.5, false, true), (1.0, 101.0, true, false)]
        {
            let range = Range::Numbers { low, high, whole, log };
            for place in [0.0, 0.25, 0.5, 1.0] {
                let back = range.place(Some(&range.at(place)));
                assert!((back - place).abs() < 0.01, "{range:?}: {place} came back as {back}");
            }
        }
        let half = Range::Numbers { low: 0.01, high: 1.0, whole: false, log: true }.at(0.5);
        assert_eq!(half, Value::Float(0.1));
    }

    #[test]
    fn values_share_the_places() {
        let range = Range::Values(["a", "b", "c"].map(|name| Value::String(name.to_owned())).to_vec());
        let found = [0.0, 0.34, 0.99, 1.0].map(|place| range.at(place).as_str().unwrap().to_owned());
        assert_eq!(found, ["a", "b", "c", "c"]);
    }

    #[test]
    fn the_shipped_space_is_one() {
        assert!(Space::shipped().unwrap().0.len() > 10);
    }
}
