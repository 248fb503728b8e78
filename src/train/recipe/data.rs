//! What a recipe says of the data.

use super::{Recipe, RecipeError};
use crate::train::corpus::Columns;

/// The largest share of the train split that may be held out.
const MOST_HELD_OUT: f32 = 0.5;

impl Recipe {
    /// Returns what the columns of the data are called, those of the heads among them.
    pub fn columns_by_head(&self) -> Columns {
        let named = self.head.iter().filter_map(|head| Some((head.name.clone(), head.column.clone()?)));
        Columns { labels: named.collect(), ..self.columns.clone() }
    }

    /// Puts `columns` in the place of the recipe's own where they say something.
    pub fn set_columns(&mut self, columns: &Columns) {
        self.columns.overlay(columns);
        for (head, column) in std::mem::take(&mut self.columns.labels) {
            if let Some(head) = self.head.iter_mut().find(|known| known.name == head) {
                head.column = Some(column);
            }
        }
    }

    /// Checks the settings of the data.
    pub(super) fn check_data(&self) -> Result<(), RecipeError> {
        let Some(share) = self.split_share.filter(|share| !(0.0..=MOST_HELD_OUT).contains(share)) else {
            return Ok(());
        };
        Err(RecipeError::Setting {
            name: "split_share".to_owned(),
            found: share.to_string(),
            expected: "0 (nothing is held out) to 0.5",
        })
    }
}

/// Whether a setting is off, which is not written.
pub(super) fn is_off(setting: &bool) -> bool {
    !setting
}
