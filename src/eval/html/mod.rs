//! The report on a model as one page: for those who work on it, and the few sentences that their boss needs.
//!
//! Without its script the page is complete; the script sorts tables and the matrix. What is drawn is also said in words
//! or in a table.

mod charts;
mod classes;
mod confusion;
mod learning;
mod mistakes;
mod numbers;
mod plot;
mod summary;
mod top;

use super::{Figures, HeadFigures};
use crate::page::{Document, Script};
use maud::{Markup, html as markup};

/// What this page's look adds.
const STYLE: &str = include_str!("page.css");
/// Sorting, and opening what a link leads to; a changed script needs its hash.
const SCRIPT: Script = Script { code: include_str!("page.js"), hash: "xwy/Tu3Lef45oREVDUsZ/iemlFfXLecyhhUNhZn67ic=" };

/// Returns the report as one HTML page in English that needs nothing else: for a telephone, a screen and A4 paper.
pub fn html(figures: &Figures) -> String {
    let body = markup! {
        (top::header(figures))
        main {
            @for (at, head) in figures.heads.iter().enumerate() { (section(at, head)) }
            @if let Some(curve) = &figures.learning_curve { (learning::section(curve)) }
        }
        (top::footer(figures))
    };
    Document { lang: "en", title: &top::title(figures), style: STYLE, script: Some(SCRIPT) }.wrap(&body)
}

/// Everything about one head.
fn section(at: usize, head: &HeadFigures) -> Markup {
    markup! {
        section.head id=(anchor(at)) {
            h2 { (head.scores.head) }
            @if head.scores.overall.rows == 0 {
                p { "No row has a label for this head." }
            } @else {
                (summary::table(head))
                (confusion::largest(at, head))
                (confusion::matrix(at, head))
                (classes::table(head))
                div.beside { (charts::coverage(head)) (charts::reliability(head)) }
                (summary::groups(head))
                (mistakes::lists(head))
            }
        }
    }
}

/// The id of a head's section.
fn anchor(head: usize) -> String {
    format!("head-{head}")
}

#[cfg(test)]
mod tests {
    use super::SCRIPT;
    use sha2::{Digest, Sha256};

    fn base64(bytes: &[u8]) -> String {
        const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let mut out = String::new();
        for group in bytes.chunks(3) {
            let bits = (0..3).fold(0_u32, |bits, at| bits << 8 | u32::from(group.get(at).copied().unwrap_or(0)));
            let letters = (0..4).map(|at| LETTERS[(bits >> (18 - 6 * at) & 63) as usize] as char);
            out.extend(letters.take(group.len() + 1));
            out.push_str(&"=".repeat(3 - group.len()));
        }
        out
    }

    #[test]
    fn the_hash_is_the_scripts() {
        assert_eq!((base64(b"pilah"), base64(b"a")), ("cGlsYWg=".to_owned(), "YQ==".to_owned()));
        assert_eq!(SCRIPT.hash, base64(&Sha256::digest(SCRIPT.code)), "put the right one into SCRIPT");
        assert!(!SCRIPT.code.contains("</"), "it would end the element");
        // What crate::page takes out or replaces would change the script behind its hash.
        assert!(SCRIPT.code.bytes().all(|byte| byte == b'\n' || (b' '..=b'~').contains(&byte)));
    }
}
