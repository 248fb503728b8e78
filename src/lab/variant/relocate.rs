//! Paths of a recipe that is written into another folder.

use super::{Draft, VariantError};
use std::path::{Component, Path, PathBuf};
use toml_edit::{Item, TableLike, Value};

impl Draft {
    /// Returns the draft with its paths, which are relative to the folder `from`, made relative to the folder `to`.
    ///
    /// # Errors
    /// [`VariantError::Folder`] where either cannot be looked at.
    pub fn relocated(&self, from: &Path, to: &Path) -> Result<Self, VariantError> {
        let (from, to) = (whole(from)?, whole(to)?);
        let mut draft = self.clone();
        if from != to {
            let base = way(&to, &from);
            each_path(&mut draft, &|path| written(&base.join(path)));
        }
        Ok(draft)
    }
}

fn whole(folder: &Path) -> Result<PathBuf, VariantError> {
    let named = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    named.canonicalize().map_err(|source| VariantError::Folder { path: named.to_owned(), source })
}

/// Returns the way from one whole path to another: relative, or `target` itself where they have no root in common.
fn way(start: &Path, target: &Path) -> PathBuf {
    let steps = |path: &Path| path.components().map(|c| c.as_os_str().to_owned()).collect::<Vec<_>>();
    let (start, aim) = (steps(start), steps(target));
    let same = start.iter().zip(&aim).take_while(|(a, b)| a == b).count();
    if same == 0 {
        return target.to_owned();
    }
    let up = start[same..].iter().map(|_| Component::ParentDir.as_os_str().to_owned());
    up.chain(aim[same..].iter().cloned()).collect()
}

/// Writes a path with the slashes that every system reads.
fn written(path: &Path) -> String {
    path.display().to_string().replace('\\', "/")
}

/// Puts `change` of each path of the recipe in its place.
fn each_path(draft: &mut Draft, change: &dyn Fn(&str) -> String) {
    let root = draft.document.as_table_mut();
    for name in ["data", "relabels"] {
        let values = root.get_mut(name).and_then(Item::as_array_mut);
        values.into_iter().flat_map(|array| array.iter_mut()).for_each(|value| replace(value, change));
    }
    replace_in(root, "rules", change);
    if let Some(text) = root.get_mut("text").and_then(Item::as_table_like_mut) {
        replace_in(text, "slang", change);
    }
    if let Some(heads) = root.get_mut("head") {
        for head in super::draft::members_mut(heads) {
            replace_in(head, "labels", change);
        }
    }
}

fn replace_in(table: &mut dyn TableLike, name: &str, change: &dyn Fn(&str) -> String) {
    if let Some(value) = table.get_mut(name).and_then(Item::as_value_mut) {
        replace(value, change);
    }
}

fn replace(value: &mut Value, change: &dyn Fn(&str) -> String) {
    if let Some(path) = value.as_str() {
        let decor = value.decor().clone();
        *value = change(path).into();
        *value.decor_mut() = decor;
    }
}

#[cfg(test)]
mod tests {
    use super::way;
    use std::path::Path;

    #[test]
    fn ways_go_up_and_down() {
        for (start, target, expected) in [
            ("/a/b", "/a/b", ""),
            ("/a/b", "/a", ".."),
            ("/a", "/a/b/c", "b/c"),
            ("/a/b/c", "/a/d", "../../d"),
            ("/x", "/y/z", "../y/z"),
        ] {
            assert_eq!(way(Path::new(start), Path::new(target)), Path::new(expected), "{start} to {target}");
        }
    }
}
