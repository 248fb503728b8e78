//! [`Draft`]: a recipe's text that can be changed.

use super::{Change, SettingPath, VariantError};
use crate::train::Recipe;
use std::fmt;
use std::str::FromStr;
use toml_edit::{DocumentMut, Item, TableLike};

/// The sections whose members have names of the recipe's own: a change does not make new ones.
const NAMED: [&str; 2] = ["head", "artefacts"];

/// A recipe's text that can be changed; `Display` writes it, with its comments.
#[derive(Debug, Clone)]
pub struct Draft {
    pub(super) document: DocumentMut,
}

impl FromStr for Draft {
    type Err = VariantError;

    fn from_str(text: &str) -> Result<Self, VariantError> {
        let document = text.parse().map_err(|error| VariantError::Syntax(Box::new(error)))?;
        Ok(Self { document })
    }
}

impl fmt::Display for Draft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.document)
    }
}

impl Draft {
    /// Returns the draft with the changes made; taking out what is not there changes nothing.
    ///
    /// # Errors
    /// [`VariantError`] for heads and artefacts that the recipe does not have, and for paths through what is no section.
    /// Whether a setting is one that recipes know is said by [`Draft::recipe`].
    ///
    /// ```
    /// use pilah::lab::variant::{Change, Draft};
    ///
    /// let draft: Draft = "[features]\npairs = true # two words\n".parse()?;
    /// let changed = draft.with(&[Change::Set("features.pairs".parse()?, false.into())])?;
    /// assert_eq!(changed.to_string(), "[features]\npairs = false # two words\n");
    /// # Ok::<(), pilah::lab::variant::VariantError>(())
    /// ```
    pub fn with(&self, changes: &[Change]) -> Result<Self, VariantError> {
        let mut draft = self.clone();
        for change in changes {
            let (Change::Set(path, _) | Change::Remove(path)) = change;
            change_in(draft.document.as_table_mut(), path.names(), change, path)?;
        }
        Ok(draft)
    }

    /// Returns the recipe that the text is, every range checked.
    ///
    /// # Errors
    /// [`VariantError::Refused`] for unknown and missing settings, [`VariantError::Recipe`] for values out of range.
    pub fn recipe(&self) -> Result<Recipe, VariantError> {
        let recipe: Recipe =
            toml::from_str(&self.to_string()).map_err(|error| VariantError::Refused(Box::new(error)))?;
        recipe.check()?;
        Ok(recipe)
    }

    /// Returns the value at `path`, where the text has it.
    pub fn get(&self, path: &SettingPath) -> Option<toml::Value> {
        value(get_in(self.document.as_table(), path.names())?)
    }

    /// Returns the names of the heads (`head`) or artefacts (`artefacts`), in the text's order.
    pub(crate) fn names(&self, section: &str) -> Vec<String> {
        self.document.get(section).map(names).unwrap_or_default()
    }
}

fn get_in<'d>(table: &'d dyn TableLike, names: &[String]) -> Option<&'d Item> {
    let (name, rest) = names.split_first()?;
    let item = table.get(name)?;
    match (rest, item.as_table_like()) {
        ([], _) => Some(item),
        (_, Some(inner)) => get_in(inner, rest),
        ([member, rest @ ..], None) => {
            let member = members(item).into_iter().find(|table| name_of(*table) == Some(member))?;
            get_in(member, rest)
        }
    }
}

/// The tables of an array of tables, written either way.
fn members(item: &Item) -> Vec<&dyn TableLike> {
    match item {
        Item::ArrayOfTables(tables) => tables.iter().map(|table| table as &dyn TableLike).collect(),
        _ => item.as_array().map_or_else(Vec::new, |array| {
            array.iter().filter_map(|value| value.as_inline_table()).map(|table| table as &dyn TableLike).collect()
        }),
    }
}

pub(super) fn members_mut(item: &mut Item) -> Vec<&mut dyn TableLike> {
    match item {
        Item::ArrayOfTables(tables) => tables.iter_mut().map(|table| table as &mut dyn TableLike).collect(),
        _ => item.as_array_mut().map_or_else(Vec::new, |array| {
            let tables = array.iter_mut().filter_map(|value| value.as_inline_table_mut());
            tables.map(|table| table as &mut dyn TableLike).collect()
        }),
    }
}

fn name_of(member: &dyn TableLike) -> Option<&str> {
    member.get("name")?.as_str()
}

fn names(item: &Item) -> Vec<String> {
    match item.as_table_like() {
        Some(table) => table.iter().map(|(name, _)| name.to_owned()).collect(),
        None => members(item).into_iter().filter_map(name_of).map(str::to_owned).collect(),
    }
}

fn value(item: &Item) -> Option<toml::Value> {
    let text = item.as_value()?.clone().decorated("", "").to_string();
    toml::from_str::<toml::Table>(&format!("v = {text}")).ok()?.remove("v")
}

/// Makes the change in `table`, to which `rest` of the path is relative.
fn change_in(
    table: &mut dyn TableLike,
    rest: &[String],
    change: &Change,
    path: &SettingPath,
) -> Result<(), VariantError> {
    let Some((name, rest)) = rest.split_first() else { return Ok(()) };
    let Some(member) = rest.first() else { return change_here(table, name, change, path) };
    if NAMED.contains(&name.as_str()) && path.names()[0] == *name {
        let known = table.get(name).map(names).unwrap_or_default();
        if !known.contains(member) {
            return Err(unknown(path, name, member, &known));
        }
    }
    if table.get(name).is_none() && matches!(change, Change::Remove(_)) {
        return Ok(());
    }
    let item = table.entry(name).or_insert_with(toml_edit::table);
    let found = item.type_name();
    if item.is_table_like() {
        return item.as_table_like_mut().map_or(Ok(()), |inner| change_in(inner, rest, change, path));
    }
    match members_mut(item).into_iter().find(|table| name_of(*table) == Some(member)) {
        Some(inner) if rest.len() > 1 => change_in(inner, &rest[1..], change, path),
        _ => Err(no_section(path, name, found)),
    }
}

/// Changes the setting `name` of `table` itself.
fn change_here(table: &mut dyn TableLike, name: &str, change: &Change, path: &SettingPath) -> Result<(), VariantError> {
    let Change::Set(_, value) = change else {
        table.remove(name);
        return Ok(());
    };
    let parsed = value.to_string().parse::<toml_edit::Value>();
    let mut value = parsed.map_err(|error| VariantError::Syntax(Box::new(error)))?;
    match table.get_mut(name) {
        Some(Item::Value(old)) => {
            *value.decor_mut() = old.decor().clone();
            *old = value;
        }
        Some(item) => return Err(no_section(path, name, item.type_name())),
        None => drop(table.insert(name, Item::Value(value))),
    }
    Ok(())
}

fn unknown(path: &SettingPath, section: &str, found: &str, known: &[String]) -> VariantError {
    VariantError::Name {
        path: path.clone(),
        section: section.to_owned(),
        found: found.to_owned(),
        expected: known.join(", "),
    }
}

fn no_section(path: &SettingPath, at: &str, found: &str) -> VariantError {
    VariantError::Section { path: path.clone(), at: at.to_owned(), found: found.to_owned() }
}
