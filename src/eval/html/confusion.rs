//! What is taken for what: the largest confusions with their texts, and the matrix.

use super::mistakes::list;
use super::numbers::{count, counted, percent};
use crate::eval::{ConfusedTexts, HeadFigures};
use maud::{Markup, html};
use std::cmp::Reverse;

/// Confusions listed at once; the others are behind a line to open.
const SHOWN: usize = 15;

/// Returns the confusions, largest first, each with the texts behind it.
pub(super) fn largest(at: usize, head: &HeadFigures) -> Markup {
    let (first, others) = head.confused_texts.split_at(head.confused_texts.len().min(SHOWN));
    html! {
        h3 { "Largest confusions" }
        @if first.is_empty() { p { "Every row is right." } }
        @else {
            p.quiet { "Open a line for the texts behind it, those of the highest probability first." }
            (confusions(at, head, first))
        }
        @if !others.is_empty() {
            details {
                summary { (counted(others.len(), "rarer confusion")) ", of " (counted(rows(others), "row")) }
                (confusions(at, head, others))
            }
        }
    }
}

fn rows(confusions: &[ConfusedTexts]) -> usize {
    confusions.iter().map(|confused| confused.rows).sum()
}

fn confusions(at: usize, head: &HeadFigures, confusions: &[ConfusedTexts]) -> Markup {
    html! { ol.confusions { @for confused in confusions { li { (confusion(at, head, confused)) } } } }
}

fn confusion(at: usize, head: &HeadFigures, confused: &ConfusedTexts) -> Markup {
    let support =
        head.scores.classes.iter().find(|class| class.label == confused.gold).map_or(0, |class| class.support);
    let share = confused.rows as f64 / support.max(1) as f64;
    let more = confused.rows - confused.mistakes.len().min(confused.rows);
    html! {
        details {
            summary {
                span.count { (count(confused.rows)) "\u{d7}" } " " strong { (confused.gold) } " taken for "
                strong { (confused.decided) } " " small { (percent(share)) " of " (confused.gold) }
            }
            // A link leads inside, which opens the line without any script.
            div id=(place(at, head, confused)) {
                (list(&confused.mistakes))
                @if more > 0 { p.quiet { "And " (counted(more, "row")) " more." } }
            }
        }
    }
}

/// The id of a confusion's texts.
fn place(at: usize, head: &HeadFigures, confused: &ConfusedTexts) -> String {
    let class = |label: &str| head.scores.classes.iter().position(|class| class.label == label).unwrap_or_default();
    cell_place(at, class(&confused.gold), class(&confused.decided))
}

fn cell_place(at: usize, gold: usize, decided: usize) -> String {
    format!("confused-{at}-{gold}-{decided}")
}

/// Returns the matrix, classes with the most wrong rows first.
pub(super) fn matrix(at: usize, head: &HeadFigures) -> Markup {
    let order = order(&head.matrix);
    html! {
        h3 { "Confusion matrix" }
        p.quiet {
            "A line is a right label, a column what the model said; the diagonal is right. Shade: share of the line. \
             The classes that are confused most come first; a number leads to its texts."
        }
        figure.matrix { div.wide { table {
            thead { tr {
                td.corner { span { "right " "\u{2193}" " said " "\u{2192}" } }
                @for &column in &order { th scope="col" { span { (head.scores.classes[column].label) } } }
            } }
            tbody { @for &row in &order { (matrix_row(at, head, row, &order)) } }
        } } }
    }
}

fn matrix_row(at: usize, head: &HeadFigures, row: usize, order: &[usize]) -> Markup {
    let class = &head.scores.classes[row];
    html! {
        tr data-support=(class.support) data-confused=(wrong(&head.matrix, row)) data-set=(row) {
            th scope="row" { (class.label) }
            @for &column in order {
                @let rows = head.matrix[row][column];
                @let shade = format!("--s:{:.2}", rows as f64 / class.support.max(1) as f64);
                @if rows == 0 { td {} }
                @else if row == column { td.right style=(shade) { (rows) } }
                @else { td.wrong style=(shade) { a href={"#" (cell_place(at, row, column))} { (rows) } } }
            }
        }
    }
}

/// The classes by wrong rows, most first.
fn order(matrix: &[Vec<usize>]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..matrix.len()).collect();
    order.sort_by_key(|&class| Reverse(wrong(matrix, class)));
    order
}

/// Rows of the class that were missed, and rows of others that were taken for it.
fn wrong(matrix: &[Vec<usize>], class: usize) -> usize {
    let missed: usize = matrix[class].iter().sum();
    let taken: usize = matrix.iter().map(|row| row[class]).sum();
    missed + taken - 2 * matrix[class][class]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_confused_come_first() {
        let matrix = [vec![9, 0, 0], vec![0, 5, 2], vec![1, 0, 3]];
        assert_eq!([0, 1, 2].map(|class| wrong(&matrix, class)), [1, 2, 3]);
        assert_eq!(order(&matrix), [2, 1, 0]);
        assert_eq!(order(&[vec![1, 0], vec![0, 1]]), [0, 1], "equals keep the label set's order");
    }
}
