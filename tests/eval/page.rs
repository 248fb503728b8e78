//! The page: well-formed, nothing from outside, hostile texts harmless, and nothing missing that the JSON has.

use super::figures::{HOSTILE, figures};
use super::markup::texts;
use pilah::eval::{Figures, Passage, html};
use serde_json::Value;

fn words(figures: &Figures) -> String {
    let mut all = texts(&html(figures));
    all.retain(|text| !text.contains(":root"));
    let page = all.join(" ").replace('\u{a0}', " ");
    page.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn says_what_a_boss_needs() {
    let words = words(&figures());
    for expected in [
        "Evaluation of uji on 7 reports",
        "uji (0a1b2c3d)",
        "Not for publication.",
        "urgency is right in 28.6 % (",
        "Of 2 reports labelled darurat it found 1; it called 1 other so by mistake.",
        "Of 7 reports, 3 (42.9 %) would go to a person",
        "2× sedang taken for rendah 66.7 % of sedang",
        "Raised by the rule padam",
        "Labels of the data that the model does not have, counted as wrong: asing.",
        "No row has a label for this head.",
        "Only one source: kota.",
        "At the threshold 0.600 this head is sure of 71.4 % of the rows, and right in 20.0 % of them.",
        "99 % of the automatic answers no threshold does",
        "accuracy changed by +3.4 points",
    ] {
        assert!(words.contains(expected), "does not say {expected:?}: {words}");
    }
    assert!(!words.contains("NaN") && !words.contains("inf %"), "{words}");
}

#[test]
fn hostile_texts_are_only_text() {
    let page = html(&figures());
    assert_eq!(page.matches("<script").count(), 1, "the page's own");
    assert!(page.contains("&lt;script&gt;alert('x')&lt;/script&gt; &amp;") && !page.contains('\u{202e}'));
    let text = HOSTILE.replace('\u{202e}', "");
    let said: String = texts(&page).concat();
    assert!(said.contains(&text), "{text}");
}

#[test]
fn nothing_comes_from_outside() {
    let page = html(&figures());
    for outside in ["http:", "https:", "//", "src=", "@import", "url("] {
        let own_comments = page.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<String>();
        assert!(!own_comments.contains(outside), "{outside}");
    }
    assert!(page.contains("default-src 'none'") && page.contains("script-src 'sha256-"));
    assert!(!page.contains("script-src 'unsafe"));
}

#[test]
fn links_lead_somewhere() {
    let page = html(&figures());
    let targets: Vec<&str> = page.split("href=\"#").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert!(targets.iter().any(|target| target.starts_with("confused-0-")));
    for target in targets {
        assert_eq!(page.matches(&format!("id=\"{target}\"")).count(), 1, "{target}");
    }
}

#[test]
fn texts_can_be_left_out() {
    let mut figures = figures();
    figures.about.texts = false;
    let all = |head: &mut pilah::eval::HeadFigures| {
        let lists =
            head.confused_texts.iter_mut().map(|c| &mut c.mistakes).chain([&mut head.worst, &mut head.furthest]);
        lists.flatten().for_each(|mistake| mistake.passage = None);
    };
    figures.heads.iter_mut().for_each(all);
    let words = words(&figures);
    assert!(words.contains("Texts of reports are left out") && words.contains("baris-2") && !words.contains("alert"));
    let marked = Passage::default();
    assert!(marked.text.is_empty());
}

/// Every string of the JSON is on the page, and every number, written as the page writes it.
#[test]
fn the_page_has_all_that_the_json_has() {
    let figures = figures();
    let page = html(&figures).replace(',', "");
    let said = format!("{}{}", words(&figures), texts(&html(&figures)).concat()).replace(',', "");
    let mut missing = Vec::new();
    each(&serde_json::to_value(&figures).unwrap(), "", &mut |path, value| {
        let ways = match value {
            Value::String(text) if !said.contains(&*text.replace(['\u{202e}', ','], "")) => {
                vec![text.clone()]
            }
            Value::Number(number) => {
                let n = number.as_f64().unwrap();
                let ways = [
                    format!("{n}"),
                    format!("{n:.3}"),
                    format!("{:.1}", 100.0 * n),
                    format!("{n:.2}"),
                    format!("{:.0} %", 100.0 * n),
                ];
                if ways.iter().any(|way| said.contains(way) || page.contains(way)) { vec![] } else { ways.to_vec() }
            }
            _ => vec![],
        };
        missing.extend((!ways.is_empty()).then(|| format!("{path}: {ways:?}")));
    });
    missing.retain(|line| !KINDS.iter().any(|kind| line.contains(kind)));
    assert!(missing.is_empty(), "{missing:#?}");
}

/// Words for programs, for which the page has others; byte places, which are marks on the page.
const KINDS: [&str; 3] = ["kind: ", "marks/0/start", "marks/0/end"];

fn each(value: &Value, path: &str, see: &mut dyn FnMut(&str, &Value)) {
    match value {
        Value::Array(items) => items.iter().enumerate().for_each(|(at, item)| each(item, &format!("{path}/{at}"), see)),
        Value::Object(members) => members.iter().for_each(|(name, item)| each(item, &format!("{path}/{name}"), see)),
        leaf => see(path, leaf),
    }
}
