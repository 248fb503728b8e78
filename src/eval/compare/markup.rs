//! The few kinds of blocks a report is made of, as text and as Markdown, and how figures are written in them.

use super::head::Difference;
use crate::eval::table;

/// Letters of a row's text that a terminal is shown.
const SHOWN: usize = 240;

/// A part of a report.
pub(super) enum Block {
    /// A heading.
    Title(String),
    /// A paragraph.
    Line(String),
    /// A table; the first row is its heading.
    Table(Vec<Vec<String>>),
    /// A row of the data: what is said about it, and its text.
    Quote(String, String),
}

/// Returns the blocks as text, an empty line between them but for quotes, which stand as a list.
pub(super) fn text(blocks: &[Block]) -> String {
    let block = |block: &Block| match block {
        Block::Title(title) => format!("## {title}\n"),
        Block::Line(line) => format!("{line}\n"),
        Block::Table(rows) => table(rows),
        Block::Quote(about, text) => format!("- {about}\n    {}\n", cut(&one_line(text))),
    };
    join(blocks, block)
}

/// Returns the blocks as Markdown. What the data says stands in it as plain text, whatever it contains.
pub(super) fn markdown(blocks: &[Block]) -> String {
    let block = |block: &Block| match block {
        Block::Title(title) => format!("## {}\n", plain(title)),
        Block::Line(line) => format!("{}\n", plain(line)),
        Block::Table(rows) => markdown_table(rows),
        Block::Quote(about, text) => format!("- {}\n\n  > {}\n", plain(about), plain(&one_line(text))),
    };
    join(blocks, block)
}

fn join(blocks: &[Block], shown: impl Fn(&Block) -> String) -> String {
    let mut out = String::new();
    for (at, block) in blocks.iter().enumerate() {
        let listed = matches!(block, Block::Quote(..)) && matches!(blocks[at.saturating_sub(1)], Block::Quote(..));
        if at > 0 && !listed {
            out.push('\n');
        }
        out.push_str(&shown(block));
    }
    out
}

fn markdown_table(rows: &[Vec<String>]) -> String {
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let mut lines = rows.iter().map(|row| line(row.iter().map(|cell| plain(cell)).collect()));
    let rule = rows.first().map_or(String::new(), |row| line(vec!["---".to_owned(); row.len()]));
    let head = lines.next().unwrap_or_default();
    format!("{head}{rule}{}", lines.collect::<String>())
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None => text.to_owned(),
    }
}

/// Escapes what Markdown or HTML would take for its own.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            // Or whoever has that name on the site that shows it would be called.
            '@' => out.push_str("@\u{2060}"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '~' | '!' | '$' => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}

/// Old, new, change and its interval.
pub(super) fn change(d: &Difference) -> [String; 5] {
    [percent(d.old), percent(d.new), points(d.change), points(d.interval.low), points(d.interval.high)]
}

/// In per cent.
pub(super) fn percent(share: f64) -> String {
    if share.is_nan() { "-".to_owned() } else { format!("{:.1}", 100.0 * share) }
}

/// With its sign, for it is a change; no sign where it rounds to nothing.
fn points(share: f64) -> String {
    let text = format!("{:+.1}", 100.0 * share);
    match text.as_str() {
        "+0.0" | "-0.0" => "0.0".to_owned(),
        _ if share.is_nan() => "-".to_owned(),
        _ => text,
    }
}

/// The p-value of a test.
pub(super) fn p_value(p: f64) -> String {
    if p < 0.0001 { "p < 0.0001".to_owned() } else { format!("p = {p:.4}") }
}

/// Whether a cell holds a figure, or stands for one that cannot be computed.
pub(super) fn is_number(cell: &str) -> bool {
    cell == "-" || cell.parse::<f64>().is_ok()
}

/// A row of a table.
pub(super) fn row<const N: usize>(cells: [&str; N]) -> Vec<String> {
    cells.map(str::to_owned).to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strangers_texts_stay_texts() {
        let hostile = "<b>|x|</b>\n# judul *tebal* [a](b) `c` @siapa";
        let blocks = [Block::Table(vec![vec!["a|b".to_owned()]]), Block::Quote("r1".to_owned(), hostile.to_owned())];
        let expected = "| a\\|b |\n| --- |\n\n- r1\n\n  > &lt;b>\\|x\\|&lt;/b> \\# judul \\*tebal\\* \\[a\\](b) \\`c\\` @\u{2060}siapa\n";
        assert_eq!(markdown(&blocks), expected);
        assert_eq!(text(&blocks), "a|b\n\n- r1\n    <b>|x|</b> # judul *tebal* [a](b) `c` @siapa\n");
    }

    #[test]
    fn long_texts_are_cut_between_letters() {
        for (length, expected) in [(SHOWN, SHOWN), (SHOWN + 1, SHOWN + 3)] {
            assert_eq!(cut(&"é".repeat(length)).chars().count(), expected);
        }
    }
}
