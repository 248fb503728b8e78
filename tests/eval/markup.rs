//! A strict reader of the page: fails on whatever the page's own templates would never write.

/// Elements without content.
const VOID: [&str; 2] = ["meta", "link"];
/// Elements that a report has; a text that brings its own is caught.
const KNOWN: &str = "html head title style body header main section footer div p span small strong h1 h2 h3 ol ul li dl dt dd bdi \
                     blockquote figure details summary table thead tbody tr th td svg line text circle polyline a mark code nav script";

/// Returns the words of `page`, each text by itself, after judging that every element is known, closed, and in its place,
/// and that every attribute is quoted and runs nothing.
pub(crate) fn texts(page: &str) -> Vec<String> {
    let mut rest = page.strip_prefix("<!DOCTYPE html>").expect("a page begins with its kind");
    let (mut open, mut texts) = (Vec::new(), Vec::new());
    while let Some(at) = rest.find('<') {
        texts.push(unescaped(&rest[..at]));
        let end = at + rest[at..].find('>').expect("a tag ends");
        tag(&rest[at + 1..end], &mut open);
        rest = &rest[end + 1..];
        // The script is no markup; it ends the page.
        if open.last() == Some(&"script") {
            rest = &rest[rest.find("</").expect("a script ends")..];
        }
    }
    assert!(open.is_empty(), "never closed: {open:?}");
    assert_eq!(rest, "");
    texts.retain(|text| !text.trim().is_empty());
    texts
}

fn tag<'p>(tag: &'p str, open: &mut Vec<&'p str>) {
    if let Some(name) = tag.strip_prefix('/') {
        assert_eq!(open.pop(), Some(name), "closed out of place");
        return;
    }
    let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
    assert!(VOID.contains(&name) || KNOWN.split_whitespace().any(|known| known == name), "an element <{tag}>");
    attributes_of(attributes);
    if !VOID.contains(&name) {
        open.push(name);
    }
}

fn attributes_of(mut rest: &str) {
    while !rest.is_empty() && rest != "open" {
        let (name, value) = rest.split_once("=\"").unwrap_or_else(|| panic!("an attribute without value: {rest}"));
        let plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        assert!(plain && !name.starts_with("on"), "an attribute {name}");
        let (value, after) = value.split_once('"').expect("a value ends");
        assert!(name != "href" || value == "data:," || value.starts_with('#'), "a link to {value}");
        unescaped(value);
        rest = after.trim_start();
    }
}

/// The text behind the four escapes; any other `&` is one that was not escaped.
fn unescaped(text: &str) -> String {
    let mut parts = text.split('&');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, after) = part.split_once(';').unwrap_or((part, ""));
        plain.push(match name {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            _ => panic!("not escaped: &{part}"),
        });
        plain += after;
    }
    plain
}
