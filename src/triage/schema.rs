//! The columns that a run adds to what came in, and the settings that decide what is in them.

use super::Directory;
use crate::Classifier;
use crate::model::Head;
use crate::read::mask::masked;
use std::borrow::Cow;

/// Begins the name of every column that a run adds.
const PREFIX: &str = "pilah_";
/// Stands before the name of an input's field that is called like one of them: the output of an earlier run, say.
const RENAMED: &str = "masukan_";

/// Beginnings of the names of files in which WhatsApp exports a chat, before the person's name.
const CHATS: [&str; 3] = ["Chat WhatsApp dengan ", "WhatsApp Chat with ", "WhatsApp Chat - "];

/// The head that says which function of government handles a message.
const AGENCY: &str = "agency";
/// The head that says how soon.
const URGENCY: &str = "urgency";

/// What decides the content of a line besides the message.
#[derive(Debug, Clone, Copy)]
pub(super) struct Settings<'s> {
    /// Who answers.
    pub(super) classifier: &'s Classifier,
    /// Whose offices are named.
    pub(super) directory: Option<&'s Directory>,
    /// Whether names, telephone numbers and the like are written as they came.
    pub(super) keep_private: bool,
    /// Whether the words that decided are written.
    pub(super) evidence: bool,
    /// Hours ahead of UTC in which times are written.
    pub(super) utc_offset: i8,
}

impl<'s> Settings<'s> {
    /// Returns the model's heads.
    pub(super) fn heads(&self) -> &'s [Head] {
        self.classifier.model().heads()
    }

    /// Returns the place of the head whose label an office has.
    pub(super) fn agency(&self) -> Option<usize> {
        self.heads().iter().position(|head| head.name() == AGENCY)
    }

    /// Returns the place of the head that orders the queue.
    pub(super) fn urgency(&self) -> Option<usize> {
        self.heads().iter().position(|head| head.name() == URGENCY && head.ordered())
    }

    /// Returns what the input with number `at` is called in what is written. WhatsApp names a chat's file after the person
    /// (`Chat WhatsApp dengan Budi.txt`), who may be a telephone number.
    pub(super) fn shown_name(&self, at: usize, name: &str) -> String {
        if self.keep_private {
            return name.to_owned();
        }
        let (folder, file) = name.rsplit_once('/').map_or(("", name), |(folder, _)| name.split_at(folder.len() + 1));
        let person = CHATS.iter().find_map(|chat| file.strip_prefix(chat).map(|person| (*chat, person)));
        let file = person.map_or(file.to_owned(), |(chat, person)| {
            let ending = person.rsplit_once('.').map_or("", |(_, ending)| ending);
            format!("{chat}[NAMA-{}].{ending}", at + 1)
        });
        masked(&format!("{folder}{file}")).into_owned()
    }

    /// Returns the columns that the run adds, in their order, each with a value of its type as JSON text.
    pub(super) fn own_columns(&self) -> Vec<(String, &'static str)> {
        let (integer, boolean, text, float) = ("1", "true", "\"\"", "0.5");
        let named = |names: &[(&str, &'static str)]| -> Vec<(String, &'static str)> {
            names.iter().map(|&(name, kind)| (format!("{PREFIX}{name}"), kind)).collect()
        };
        let mut columns =
            named(&[("rank", integer), ("duplicates", integer), ("duplicate_of", integer), ("row", integer)]);
        columns.extend(named(&[("report", boolean)]));
        for head in self.heads() {
            columns.extend(named(&[(head.name(), text), (&format!("{}_probability", head.name()), float)]));
        }
        columns.extend(named(&[("office", text), ("needs_review", text), ("raised", text)]));
        if self.evidence {
            columns.extend(named(&[("evidence", text)]));
        }
        columns.extend(named(&[("channel", text), ("time", text), ("source", text), ("position", text)]));
        columns
    }
}

/// Returns the name under which an input's field called `name` is written.
pub(super) fn carried<'n>(name: Cow<'n, str>) -> Cow<'n, str> {
    // However often it was renamed before: two fields never get one name.
    let is_own = name.trim_start_matches(RENAMED).starts_with(PREFIX);
    if is_own { Cow::Owned(format!("{RENAMED}{name}")) } else { name }
}

#[cfg(test)]
mod tests {
    use super::carried;

    #[test]
    fn no_two_fields_get_one_name() {
        for (name, expected) in [
            ("text", "text"),
            ("masukan", "masukan"),
            ("pilah_row", "masukan_pilah_row"),
            ("masukan_pilah_row", "masukan_masukan_pilah_row"),
            ("masukan_masukan_pilah_row", "masukan_masukan_masukan_pilah_row"),
        ] {
            assert_eq!(carried(name.into()), expected);
        }
    }
}
