//! What the HTML pages share: one file that loads nothing, for a telephone, a screen and A4 paper, light and dark.

use maud::{DOCTYPE, Markup, PreEscaped, html};

/// Colours, letters, tables and paper; a page adds its own to it.
pub(crate) const STYLE: &str = include_str!("page.css");

/// The one script a page may run.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Script {
    /// What it does.
    pub(crate) code: &'static str,
    /// The SHA-256 of the code in base64, by which a browser tells it from any that a text may hold.
    pub(crate) hash: &'static str,
}

/// What stands around a page's body.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Document<'p> {
    /// The language: `id`, `en`.
    pub(crate) lang: &'static str,
    /// The title.
    pub(crate) title: &'p str,
    /// The page's own look, after [`STYLE`].
    pub(crate) style: &'static str,
    /// The script, at the end of the body.
    pub(crate) script: Option<Script>,
}

impl Document<'_> {
    /// Returns the page around `body`.
    pub(crate) fn wrap(&self, body: &Markup) -> String {
        let page = html! {
            (DOCTYPE)
            html lang=(self.lang) {
                head {
                    meta charset="utf-8";
                    meta http-equiv="Content-Security-Policy" content=(self.policy());
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    title { (self.title) }
                    // Else browsers ask a server for one.
                    link rel="icon" href="data:,";
                    style { (PreEscaped(STYLE)) (PreEscaped(self.style)) }
                }
                body {
                    (body)
                    @if let Some(script) = self.script { script { (PreEscaped(script.code)) } }
                }
            }
        };
        harmless(&page.into_string())
    }

    /// Nothing is loaded and nothing runs but the script, whatever a text may hold.
    fn policy(&self) -> String {
        let policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";
        self.script.map_or_else(|| policy.to_owned(), |script| format!("{policy}; script-src 'sha256-{}'", script.hash))
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
