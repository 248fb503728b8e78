//! Names of columns that SQLite tells apart.

use std::collections::HashSet;

/// Returns a name for each of `names`: as it is, but with `_2`, `_3` and so on where SQLite would see an earlier one in it.
pub(super) fn distinct<'n>(names: impl IntoIterator<Item = &'n str>) -> Vec<String> {
    let mut taken = HashSet::new();
    // A name ends at NUL for SQLite.
    names.into_iter().map(|name| free(&name.replace('\0', "\u{2400}"), &mut taken)).collect()
}

/// Takes the first of `name`, `name_2`, `name_3`, ... that is free; ASCII's case does not count.
fn free(name: &str, taken: &mut HashSet<String>) -> String {
    let mut tried = name.to_owned();
    let mut suffix = 1;
    while !taken.insert(tried.to_ascii_lowercase()) {
        suffix += 1;
        tried = format!("{name}_{suffix}");
    }
    tried
}

/// Returns `name` as SQL's identifier.
pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Returns `text` as SQL's string; it must have no NUL.
pub(super) fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_apart() {
        let names = ["Teks", "teks", "teks_2", "TEKS", "Ä", "ä", "", "a\0b"];
        assert_eq!(distinct(names), ["Teks", "teks_2", "teks_2_2", "TEKS_3", "Ä", "ä", "", "a\u{2400}b"]);
        assert_eq!(quoted("a\"b"), "\"a\"\"b\"");
        assert_eq!(literal("Jum'at"), "'Jum''at'");
    }
}
