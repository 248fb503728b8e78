//! One head of a [`Report`](super::Report) as blocks.

use super::head::{Changed, ClassComparison, HeadComparison, Outcome, Pair, Told, TopLabel, Unshared};
use super::markup::{Block, change, p_value, percent, row};
use super::mcnemar::{McNemar, Method};

/// Appends what there is to say about a head.
pub(super) fn head(blocks: &mut Vec<Block>, head: &HeadComparison) {
    blocks.push(Block::Title(head.head.clone()));
    if head.outcome == Outcome::NoRows {
        blocks.push(Block::Line("no row has a label for this head that both models know".to_owned()));
    } else {
        blocks.push(Block::Table(measures(head)));
        blocks.push(Block::Line(tested(&head.test)));
        blocks.extend(head.top_label.iter().flat_map(top));
        blocks.push(Block::Table(classes(&head.classes)));
        blocks.push(Block::Line(caveat(&head.classes)));
    }
    labels(blocks, head);
    list(blocks, "broke: OLD right, NEW wrong", head.test.broke, &head.broke, "NEW's surest mistakes first");
    list(blocks, "fixed: OLD wrong, NEW right", head.test.fixed, &head.fixed, "OLD's surest mistakes first");
}

fn measures(head: &HeadComparison) -> Vec<Vec<String>> {
    let Pair { old, new } = head.threshold;
    let measures = [
        ("accuracy", &head.accuracy),
        ("right among the first 3", &head.top3),
        ("macro-F1", &head.macro_f1),
        ("calibration error (less is better)", &head.calibration_error),
        ("sure, by its threshold", &head.coverage),
        ("right where sure", &head.precision),
    ];
    let mut rows = vec![row(["%", "OLD", "NEW", "change", "95 % from", "to"])];
    rows.extend(measures.map(|(name, d)| std::iter::once(name.to_owned()).chain(change(d)).collect()));
    rows.push(row(["threshold", &percent(old.into()), &percent(new.into()), "", "", ""]));
    rows
}

fn tested(test: &McNemar) -> String {
    let how = match test.method {
        Method::Exact => "exact",
        Method::ChiSquare => "chi-square",
    };
    let McNemar { fixed, broke, chi_square, p, .. } = test;
    format!(
        "McNemar's test on accuracy: {fixed} fixed, {broke} broke, {} ({how}; chi-square {chi_square:.2})",
        p_value(*p)
    )
}

/// The label that must not be missed, apart.
fn top(top: &TopLabel) -> Vec<Block> {
    let rows = vec![
        row([&top.label, "OLD", "NEW", "change", "95 % from", "to"]),
        std::iter::once("recall, %".to_owned()).chain(change(&top.recall)).collect(),
        counts("found", top.hits),
        counts("missed", Pair { old: top.support - top.hits.old, new: top.support - top.hits.new }),
        counts("false alarms", top.false_alarms),
    ];
    let line = format!(
        "{} rows are {}: NEW finds {} that OLD missed, and misses {} that OLD found ({})",
        top.support,
        top.label,
        top.test.fixed,
        top.test.broke,
        p_value(top.test.p)
    );
    vec![Block::Table(rows), Block::Line(line)]
}

fn counts(name: &str, Pair { old, new }: Pair<usize>) -> Vec<String> {
    let change = new as i128 - old as i128;
    vec![name.to_owned(), old.to_string(), new.to_string(), format!("{change:+}")]
}

fn classes(classes: &[ClassComparison]) -> Vec<Vec<String>> {
    let mut rows = vec![row([
        "label, greatest loss first",
        "rows",
        "F1 OLD",
        "NEW",
        "change",
        "95 % from",
        "to",
        "recall OLD",
        "NEW",
        "precision OLD",
        "NEW",
        "fixed",
        "broke",
        "p",
        "beyond chance",
    ])];
    for class in classes {
        let shares = [class.recall, class.precision].into_iter().flat_map(|d| [percent(d.old), percent(d.new)]);
        let test = [class.test.fixed.to_string(), class.test.broke.to_string(), format!("{:.4}", class.test.p)];
        let cells = [class.label.clone(), class.support.to_string()].into_iter().chain(change(&class.f1));
        rows.push(cells.chain(shares).chain(test).chain([stands(class).to_owned()]).collect());
    }
    rows
}

/// What the test says where it stands.
pub(super) fn stands(class: &ClassComparison) -> &'static str {
    match (class.stands, class.test.fixed > class.test.broke) {
        (false, _) => "-",
        (true, true) => "found more",
        (true, false) => "missed more",
    }
}

fn caveat(classes: &[ClassComparison]) -> String {
    let tested = classes.iter().filter(|class| class.support > 0).count();
    format!(
        "{tested} labels are looked at, and one in 20 intervals excludes 0 by chance alone. Fixed, broke and p (McNemar) are \
         of the label's own rows, not of its false alarms; \"beyond chance\" holds for all labels of the head together (Holm's correction, 5 %)."
    )
}

/// What the models' label sets do not share.
fn labels(blocks: &mut Vec<Block>, head: &HeadComparison) {
    if !head.unshared.is_empty() {
        blocks.push(Block::Table(unshared(&head.unshared)));
        let Pair { old, new } = head.strays;
        blocks.push(Block::Line(format!(
            "rows of these labels are not compared. On the compared rows OLD decided {old} times, NEW {new} times for a label \
             that the other does not know: wrong there"
        )));
    }
    if !head.unknown.is_empty() {
        blocks.push(Block::Line(format!("labels that neither model has, wrong for both: {}", told(&head.unknown))));
    }
}

fn unshared(labels: &[Unshared]) -> Vec<Vec<String>> {
    let mut rows = vec![row(["label of one model", "only in", "rows", "it has right", "the other decides"])];
    for label in labels {
        let only = if label.in_old { "OLD" } else { "NEW" };
        let [all, hits] = [label.rows, label.hits].map(|n| n.to_string());
        rows.push(vec![label.label.clone(), only.to_owned(), all, hits, told(&label.other)]);
    }
    rows
}

fn told(labels: &[Told]) -> String {
    labels.iter().map(|told| format!("{} ({})", told.label, told.rows)).collect::<Vec<_>>().join(", ")
}

fn list(blocks: &mut Vec<Block>, what: &str, all: usize, changed: &[Changed], order: &str) {
    if changed.is_empty() {
        return;
    }
    let share = if changed.len() < all { format!("{} of {all} rows", changed.len()) } else { format!("{all} rows") };
    blocks.push(Block::Line(format!("{what} ({share}, {order})")));
    blocks.extend(changed.iter().map(|row| Block::Quote(about(row), row.text.clone())));
}

fn about(row: &Changed) -> String {
    let answer = |label: &str, probability: f32| format!("{label} {:.0} %", 100.0 * probability);
    format!(
        "{}: right {}; OLD {}; NEW {}",
        row.place,
        row.gold,
        answer(&row.old.label, row.old.probability),
        answer(&row.new.label, row.new.probability)
    )
}
