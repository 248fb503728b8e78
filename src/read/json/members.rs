//! What a JSON document holds, told by its beginning.

use super::super::names::Role;
use super::document::Place;
use super::scan::end;

/// A member of an object whose end may be cut off.
#[derive(Debug, Clone, Copy)]
pub(in crate::read) struct Member<'t> {
    /// Its name, as written.
    pub(in crate::read) name: &'t str,
    /// Its value, as far as it is there.
    pub(in crate::read) value: &'t str,
}

impl Member<'_> {
    /// Returns whether it is a string with the name of a text.
    pub(in crate::read) fn is_text(&self) -> bool {
        self.value.starts_with('"') && Role::of(self.name).text.is_some()
    }
}

/// Returns the members of the object that `text` begins with, as far as they are there.
pub(in crate::read) fn members(text: &str) -> Vec<Member<'_>> {
    let mut found = Vec::new();
    let Some(mut rest) = text.trim_start().strip_prefix('{') else { return found };
    loop {
        rest = rest.trim_start().trim_start_matches(',').trim_start();
        let Some(name) = rest.starts_with('"').then(|| end(rest)).flatten() else { return found };
        let Some(value) = rest[name..].trim_start().strip_prefix(':') else { return found };
        let value = value.trim_start();
        let length = end(value).unwrap_or(value.len());
        found.push(Member { name: &rest[1..name - 1], value: &value[..length] });
        rest = &value[length..];
    }
}

/// Returns the first of the values that stand one after another in `text`; most are objects.
pub(in crate::read) fn objects(text: &str) -> impl Iterator<Item = &str> {
    const LOOKED_AT: usize = 100;
    let mut rest = text;
    let next = move || {
        let object = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
        let length = if object.starts_with('{') { end(object).unwrap_or(object.len()) } else { end(object)? };
        rest = &object[length..];
        Some(&object[..length])
    };
    std::iter::from_fn(next).take(LOOKED_AT)
}

/// Returns the text from the first object in the list that `text` begins with.
pub(in crate::read) fn first_object(text: &str) -> Option<&str> {
    let inside = text.trim_start().strip_prefix('[')?.trim_start();
    inside.starts_with('{').then_some(inside)
}

/// Returns where the records of the document or lines in `text` are and the text from the first record; the place is none
/// where each line is a record. None where `text` is no JSON with objects in it. `is_item` tells objects that are records by
/// their members.
pub(in crate::read) fn tell(text: &str, is_item: impl Fn(&[Member<'_>]) -> bool) -> Option<(Option<Place>, &str)> {
    let text = text.trim_start();
    if let Some(inside) = text.strip_prefix('[') {
        let first = first_object(text);
        let empty = inside.trim_start().starts_with(']');
        return first.or(empty.then_some("")).map(|first| (Some(Place::List), first));
    }
    let found = members(text);
    if !is_item(&found)
        && let Some((name, first)) = list(&found)
    {
        return Some((Some(Place::Member(name.to_owned())), first));
    }
    if lines(text) {
        let before: usize = text.split_inclusive('\n').take_while(|line| !is_object(line)).map(str::len).sum();
        return Some((None, text.get(before..).filter(|first| !first.is_empty()).unwrap_or(text)));
    }
    (!found.is_empty()).then_some((Some(Place::Top), text))
}

/// Whether most lines are an object each.
fn lines(text: &str) -> bool {
    let all = text.lines().filter(|line| !line.trim().is_empty());
    let (count, objects) = all.fold((0, 0), |(all, found), line| (all + 1, found + usize::from(is_object(line))));
    // A line longer than the sample is an object that is cut.
    objects * 2 >= count && objects > 0 || count == 1 && !members(text).is_empty() && !text.trim_end().contains('\n')
}

fn is_object(line: &str) -> bool {
    let line = line.trim();
    let inside = line.strip_prefix('{').map(str::trim_start);
    inside.is_some_and(|inside| inside.starts_with(['"', '}'])) && end(line) == Some(line.len())
}

/// The member that is the list of records, and the text from its first one.
fn list<'t>(members: &[Member<'t>]) -> Option<(&'t str, &'t str)> {
    const KNOWN: [&str; 4] = ["messages", "data", "tweets", "laporan"];
    const OTHERS: [&str; 8] = ["participants", "includes", "errors", "meta", "links", "tags", "users", "media"];
    let rank = |name: &str| KNOWN.iter().position(|known| *known == name).unwrap_or(KNOWN.len());
    let lists = members.iter().filter(|member| !OTHERS.contains(&member.name));
    let objects = lists.filter_map(|member| Some((rank(member.name), member.name, first_object(member.value)?)));
    objects.min_by_key(|(rank, ..)| *rank).map(|(_, name, first)| (name, first))
}

/// The members among which one is looked for that is not in its place.
const NEAR: usize = 64;

/// The names of members in the order that most objects have them, and what they hold: names are looked up once.
#[derive(Debug)]
pub(in crate::read) struct Layout(Vec<(String, Role)>);

impl Layout {
    /// Returns the layout of objects whose members are called `names`.
    pub(in crate::read) fn new(names: impl IntoIterator<Item = String>) -> Self {
        let role = |name: String| {
            let role = Role::of(&name);
            (name, role)
        };
        Self(names.into_iter().map(role).collect())
    }

    /// Returns what the member called `name`, the `at`th of its object, holds.
    pub(in crate::read) fn role(&self, at: usize, name: &str) -> Role {
        match self.0.get(at) {
            Some((known, role)) if known == name => *role,
            _ => {
                let known = self.0.iter().take(NEAR).find(|(known, _)| known == name);
                known.map_or_else(|| Role::of(name), |(_, role)| *role)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Place, tell};

    #[test]
    fn a_document_tells_where_its_records_are() {
        let member = |name: &str| Some(Some(Place::Member(name.to_owned())));
        for (text, expected) in [
            ("{\"teks\":\"a\"}\n{\"teks\":\"b\"}\n", Some(None)),
            ("{\"teks\":\"a\", \"tanda\":[{}]}", Some(None)),
            ("{\"teks\":\"a", Some(None)),
            ("{\"teks\":\"a\"\n{\"teks\":\"b\"}\n{\"teks\":\"c\"}", Some(None)),
            ("{\n \"teks\": \"a\"\n}\n{\n \"teks\": \"b\"\n}", Some(Some(Place::Top))),
            (" [ {\"teks\":\"a", Some(Some(Place::List))),
            ("[]", Some(Some(Place::List))),
            ("{\"participants\":[{\"name\":\"a\"}],\"messages\":[{\"content\":", member("messages")),
            ("{\"meta\":{},\"hasil\": [\n{\"teks\":", member("hasil")),
            ("[1,2]", None),
            ("[31/01/26 09.15.22] Budi: a", None),
            ("{lampu}", None),
            ("lampu", None),
        ] {
            let is_item = |members: &[super::Member<'_>]| members.iter().any(|member| member.name == "teks");
            assert_eq!(tell(text, is_item).map(|(place, _)| place), expected, "{text}");
        }
    }
}
