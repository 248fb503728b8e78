//! A recipe for a team that has none yet: the shipped one's settings with the team's heads.

use super::{HeadRecipe, Recipe, RecipeError, half, one};
use crate::train::corpus::Columns;
use std::path::{Path, PathBuf};

const SHIPPED: &str = include_str!("../../../models/recipe.toml");
/// The shipped lexicon of slang, which [`Recipe::quick`] names.
pub const QUICK_SLANG: &str = include_str!("../../../models/lexicons/slang.tsv");
/// How far rare labels of its heads weigh more.
const BALANCE: f32 = 0.3;

/// A head of a recipe to be made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HeadChoice {
    /// Its name.
    pub name: String,
    /// The column with its labels, where that has another name.
    pub column: Option<String>,
    /// The file of its labels; without it they are those found in the data.
    pub labels: Option<PathBuf>,
}

impl Recipe {
    /// Returns the shipped recipe's settings of text, features and networks for `heads`, without its data, relabels and
    /// rules; [`QUICK_SLANG`] is expected in `slang.tsv` beside it.
    ///
    /// ```
    /// use pilah::train::{HeadChoice, Recipe};
    ///
    /// let unit = HeadChoice { name: "unit".to_owned(), column: Some("Unit Tujuan".to_owned()), labels: None };
    /// let recipe = Recipe::quick(&[unit])?;
    /// assert!(recipe.data.is_empty() && recipe.head[0].column.as_deref() == Some("Unit Tujuan"));
    /// # Ok::<(), pilah::train::RecipeError>(())
    /// ```
    ///
    /// # Errors
    /// [`RecipeError::Setting`] for heads without a name or with the same one.
    pub fn quick(heads: &[HeadChoice]) -> Result<Self, RecipeError> {
        let shipped: Self = toml::from_str(SHIPPED)
            .map_err(|source| RecipeError::Toml { path: PathBuf::from("recipe.toml"), source: Box::new(source) })?;
        let mut recipe = Self {
            data: Vec::new(),
            relabels: Vec::new(),
            rules: None,
            columns: Columns::default(),
            head: heads.iter().map(head).collect(),
            ..shipped
        };
        recipe.label_weights.clear();
        recipe.text.slang = Some(Path::new("slang.tsv").to_owned());
        recipe.check()?;
        Ok(recipe)
    }
}

fn head(choice: &HeadChoice) -> HeadRecipe {
    HeadRecipe {
        name: choice.name.clone(),
        column: choice.column.clone(),
        labels: choice.labels.clone(),
        weight: one(),
        balance: BALANCE,
        recall: None,
        recall_precision: half(),
        reject: None,
    }
}
