//! [`Findings`]: the suspects, and what they say of the data.

use super::Suspect;
use super::cross::Opinion;
use super::joint::Joint;
use crate::train::{Dataset, Example, Recipe};
use serde::Serialize;
use std::collections::BTreeMap;

/// What cross-validation found.
#[derive(Debug, Clone, PartialEq)]
pub struct Findings {
    /// The suspects of all heads, likeliest first.
    pub suspects: Vec<Suspect>,
    /// A summary of each head.
    pub heads: Vec<HeadFindings>,
}

/// What was found of one head.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HeadFindings {
    /// The head.
    pub head: String,
    /// Labelled rows.
    pub rows: usize,
    /// Suspect ones among them.
    pub suspects: usize,
    /// About how many of the rows have a wrong label, by the confident joint.
    pub estimated_wrong: f32,
    /// What is taken for what, most frequent first; pairs of labels without a suspect are left out.
    pub pairs: Vec<LabelPair>,
    /// By who gave the label; `-` where the data does not say.
    pub by_labeller: Vec<Share>,
    /// By the collection that the row came from; `-` where the data does not say.
    pub by_source: Vec<Share>,
}

/// A given label and the label that it likely should be.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LabelPair {
    /// The label that the rows have.
    pub given: String,
    /// The label that they more likely should have.
    pub suggested: String,
    /// Suspects with these two.
    pub suspects: usize,
    /// About how many rows of the given label have the other, by the confident joint.
    pub estimated: f32,
}

/// Suspects among the rows of one labeller or source.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Share {
    /// The labeller or source.
    pub name: String,
    /// Its labelled rows.
    pub rows: usize,
    /// Rows for which a model that has not seen them finds another label likelier than the given one.
    pub disagreeing: usize,
    /// Suspect ones.
    pub suspects: usize,
}

/// A labelled row of one head with what was found.
struct Judged<'d> {
    row: usize,
    example: &'d Example,
    given: usize,
    opinion: &'d Opinion,
}

pub(super) fn findings(recipe: &Recipe, data: &Dataset, heads: &[usize], opinions: &[Vec<Opinion>]) -> Findings {
    let mut findings = Findings { suspects: Vec::new(), heads: Vec::new() };
    for &head in heads {
        let rows = data.train.iter().zip(opinions).enumerate();
        let judged: Vec<Judged<'_>> = rows
            .filter_map(|(row, (example, opinions))| {
                Some(Judged { row, example, given: example.labels[head]?.0, opinion: opinions.get(head)? })
            })
            .collect();
        let labels: Vec<&str> = data.heads[head].labels.iter().map(|label| label.id.as_str()).collect();
        let rows: Vec<(usize, &[f32])> =
            judged.iter().map(|row| (row.given, row.opinion.probabilities.as_slice())).collect();
        let joint = Joint::new(&rows, labels.len());
        let name = &recipe.head[head].name;
        findings.suspects.extend(suspects((name, head), &labels, &judged, &joint));
        findings.heads.push(summary(name, &labels, head, &judged, &joint));
    }
    findings.suspects.sort_by(|a, b| b.margin().total_cmp(&a.margin()).then(a.row.cmp(&b.row)));
    findings
}

fn suspects<'j>(
    (head, head_at): (&'j str, usize),
    labels: &'j [&str],
    judged: &'j [Judged<'_>],
    joint: &'j Joint,
) -> impl Iterator<Item = Suspect> + 'j {
    judged.iter().zip(&joint.other).filter_map(move |(row, other)| {
        let other = (*other)?;
        let p = &row.opinion.probabilities;
        let words = if other == likeliest(p) { row.opinion.words.clone() } else { Vec::new() };
        Some(Suspect {
            row: row.row,
            head: head.to_owned(),
            head_at,
            given: labels[row.given].to_owned(),
            suggested: labels[other].to_owned(),
            given_probability: p[row.given],
            suggested_probability: p[other],
            words,
        })
    })
}

/// Returns the position of the greatest value, the first of equals.
fn likeliest(values: &[f32]) -> usize {
    values.iter().enumerate().fold(0, |best, (at, &value)| if value > values[best] { at } else { best })
}

fn summary(name: &str, labels: &[&str], head: usize, judged: &[Judged<'_>], joint: &Joint) -> HeadFindings {
    let mut pairs = Vec::new();
    for given in 0..labels.len() {
        for other in (0..labels.len()).filter(|&other| other != given && joint.counts[given][other] > 0) {
            pairs.push(LabelPair {
                given: labels[given].to_owned(),
                suggested: labels[other].to_owned(),
                suspects: joint.counts[given][other],
                estimated: joint.estimate(given, other),
            });
        }
    }
    // Stable: equal ones stay in the order of the labels.
    pairs.sort_by(|a, b| b.estimated.total_cmp(&a.estimated));
    HeadFindings {
        head: name.to_owned(),
        rows: judged.len(),
        suspects: joint.other.iter().flatten().count(),
        // Not `sum`, which is -0 of nothing.
        estimated_wrong: pairs.iter().fold(0.0, |sum, pair| sum + pair.estimated),
        pairs,
        by_labeller: shares(judged, joint, |example| example.by.get(head)?.as_deref()),
        by_source: shares(judged, joint, |example| example.source.as_deref()),
    }
}

/// Returns the shares of the groups that `name` puts rows into, in the order of their names.
fn shares<'d>(judged: &[Judged<'d>], joint: &Joint, name: impl Fn(&'d Example) -> Option<&'d str>) -> Vec<Share> {
    let mut groups = BTreeMap::<&str, Share>::new();
    for (row, other) in judged.iter().zip(&joint.other) {
        let name = name(row.example).unwrap_or("-");
        let share =
            groups.entry(name).or_insert_with(|| Share { name: name.to_owned(), rows: 0, disagreeing: 0, suspects: 0 });
        share.rows += 1;
        share.disagreeing += usize::from(likeliest(&row.opinion.probabilities) != row.given);
        share.suspects += usize::from(other.is_some());
    }
    groups.into_values().collect()
}
