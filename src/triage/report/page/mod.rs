//! The page for people, in the order in which they need it.

mod cases;
mod change;
mod counts;
mod notes;
mod time;
mod top;
mod unread;

use super::{Facts, chart};
use maud::{DOCTYPE, Markup, PreEscaped, html};

/// The page's look.
const STYLE: &str = include_str!("page.css");
/// Nothing is loaded and nothing runs, whatever a text may hold.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/// Returns the report as one HTML page in Indonesian that needs nothing else: for a telephone, a screen and A4 paper.
/// `previous` is what an earlier run found.
pub fn html(facts: &Facts, previous: Option<&Facts>) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="id" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (top::title(facts)) }
                // Else browsers ask a server for one.
                link rel="icon" href="data:,";
                style { (PreEscaped(STYLE)) }
            }
            body {
                (chart::patterns())
                (top::header(facts))
                main { (sections(facts, previous)) }
                (notes::footer(facts))
            }
        }
    };
    harmless(&page.into_string())
}

fn sections(facts: &Facts, previous: Option<&Facts>) -> Markup {
    html! {
        (cases::urgent(facts))
        (counts::offices(facts))
        (counts::categories(facts))
        div.beside { (counts::other_heads(facts)) (counts::channels(facts)) }
        (time::days(facts))
        (cases::biggest(facts))
        (unread::review(facts))
        (unread::sources(facts))
        @if let Some(previous) = previous { (change::changes(facts, previous)) }
    }
}

/// Returns `page` without characters that a browser shows as nothing but that turn other characters around or break the
/// page: whoever writes a message may have put them there.
fn harmless(page: &str) -> String {
    let keep = |letter: char| match letter {
        '\n' => Some('\n'),
        '\t' => Some(' '),
        // Marks, embeddings, overrides and isolates of the direction of writing; invisible spaces; the byte order mark.
        '\u{61c}'
        | '\u{200b}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}' => None,
        letter if letter.is_control() => Some(char::REPLACEMENT_CHARACTER),
        letter => Some(letter),
    };
    page.chars().filter_map(keep).collect()
}

/// Returns a head's name for people; the four of the shipped model are known, a team's own stand as they are.
pub fn head_title(head: &str) -> &str {
    match head {
        "category" => "Kategori",
        "agency" => "Instansi",
        "urgency" => "Urgensi",
        "type" => "Jenis",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_that_turn_others_around_are_gone() {
        for (text, expected) in [
            ("a\u{202e}b\u{2066}c\u{200f}d", "abcd"),
            ("a\u{0}b\u{1b}c\td\r\ne", "a\u{fffd}b\u{fffd}c d\u{fffd}\ne"),
            ("👨\u{200d}👩\u{200d}👧 أهلا", "👨\u{200d}👩\u{200d}👧 أهلا"),
        ] {
            assert_eq!(harmless(text), expected);
        }
    }

    /// The colours named in one block of the style: `--ink` and what it is.
    fn colours(block: &str) -> Vec<(&str, [f64; 3])> {
        let lines =
            block.lines().filter_map(|line| line.trim().strip_prefix("--")?.strip_suffix(';')?.split_once(": #"));
        let channel = |hex: &str| f64::from(u8::from_str_radix(hex, 16).unwrap()) / 255.0;
        lines.map(|(name, hex)| (name, [channel(&hex[..2]), channel(&hex[2..4]), channel(&hex[4..])])).collect()
    }

    /// The relative luminance of WCAG 2.
    fn luminance(colour: [f64; 3]) -> f64 {
        let linear = |c: f64| if c <= 0.040_45 { c / 12.92 } else { libm::pow((c + 0.055) / 1.055, 2.4) };
        0.2126 * linear(colour[0]) + 0.7152 * linear(colour[1]) + 0.0722 * linear(colour[2])
    }

    #[test]
    fn colours_have_contrast_enough() {
        let blocks: Vec<&str> = STYLE.split('}').filter(|block| block.contains("--ground:")).collect();
        assert_eq!(blocks.len(), 3, "light, dark, printed");
        for block in blocks {
            let found = colours(block);
            let of = |name: &str| luminance(found.iter().find(|(known, _)| *known == name).unwrap().1);
            for (front, back, least) in [
                ("ink", "ground", 7.0),
                ("ink", "card", 7.0),
                ("quiet", "ground", 4.5),
                ("quiet", "card", 4.5),
                ("alarm", "ground", 4.5),
                ("alarm", "card", 4.5),
                ("bar", "ground", 3.0),
                ("bar", "pale", 3.0),
                ("alarm", "pale", 3.0),
            ] {
                let (a, b) = (of(front), of(back));
                let contrast = (a.max(b) + 0.05) / (a.min(b) + 0.05);
                assert!(contrast >= least, "{front} on {back}: {contrast:.1}, wanted {least}");
            }
        }
    }
}
