//! The choice among the texts that were kept.

use super::space::{Index, Space, Vector};
use super::{Guess, Keyed, Pick, Picker, Strategy, Text, Why};
use crate::Classifier;
use crate::prediction::{HeadPrediction, Prediction};
use rayon::prelude::*;

/// From this cosine on two texts count as similar.
const SIMILAR: f32 = 0.3;
/// From this cosine on one text is as good as a copy of the other.
const COPY: f32 = 0.8;
/// What a text is worth that no other resembles (an advertisement, another language) against one that some do.
const ALONE: f32 = 0.5;

/// A text with what speaks for and against it.
struct Candidate {
    text: Text,
    guesses: Vec<Guess>,
    /// Mean over the heads of one less the margin.
    unsure: f32,
    /// Probability that it is a report at all.
    report: f32,
    similar: usize,
    vector: Vector,
    /// Cosine with the most similar of the labelled and picked texts.
    nearest: f32,
}

/// Returns the picks of all that `picker` has kept.
pub(super) fn choose(picker: Picker<'_>) -> Vec<Pick> {
    let Picker { classifier, settings, heads, pool, lots, sample, known, known_sample, passed, .. } = picker;
    let fresh = |keyed: &Keyed| !known.contains(&keyed.key);
    let lots: Vec<Keyed> = lots.into_items().into_iter().filter(fresh).collect();
    let pool: Vec<Keyed> = pool.into_items().into_iter().filter(fresh).collect();
    let by_lot = match settings.strategy {
        Strategy::Random => settings.count,
        _ => (settings.count as f32 * settings.random).round() as usize,
    };
    let lots: Vec<Keyed> = lots.into_iter().take(by_lot).collect();
    let (sample, known) = (sample.into_items(), known_sample.into_items());
    let space = Space::new(&classifier.model().pipeline, sample.iter().chain(&known).map(String::as_str));
    let scale = (passed.offered - passed.blank) as f32 / sample.len().max(1) as f32;
    let around = Around { sample: index(&space, &sample), scale, labelled: index(&space, &known) };
    let wanted =
        if settings.strategy == Strategy::Random { 0 } else { settings.count - lots.len().min(settings.count) };
    let candidates: Vec<Candidate> = pool
        .into_par_iter()
        .filter(|_| wanted > 0)
        .map(|keyed| candidate(keyed.text, classifier, &heads, &space, &around))
        .collect();
    let lots: Vec<(Text, Vector)> =
        lots.into_iter().map(|Keyed { text, .. }| (space.vector(&text.text), text)).map(|(v, t)| (t, v)).collect();
    let chosen = greedy(candidates, &lots, wanted, settings.strategy);
    spread(chosen, lots.into_iter().map(|(text, _)| Pick { text, why: Why::Random, guesses: Vec::new() }).collect())
}

/// What candidates are compared with.
struct Around {
    sample: Index,
    /// How many texts one of the sample stands for.
    scale: f32,
    labelled: Index,
}

fn index(space: &Space<'_>, texts: &[String]) -> Index {
    let vectors: Vec<Vector> = texts.par_iter().map(|text| space.vector(text)).collect();
    Index::new(vectors.iter())
}

fn candidate(text: Text, classifier: &Classifier, heads: &[usize], space: &Space<'_>, around: &Around) -> Candidate {
    let prediction = classifier.classify(&text.text);
    let guesses: Vec<Guess> = heads.iter().filter_map(|&head| guess(prediction.heads().get(head)?)).collect();
    let doubt: f32 = guesses.iter().map(|guess| 1.0 - guess.margin()).sum();
    let vector = space.vector(&text.text);
    let similar = around.sample.cosines(&vector).iter().filter(|&&cosine| cosine >= SIMILAR).count();
    // The text itself is one of them where the sample is the whole, and hardly ever else.
    let similar = ((similar as f32 * around.scale) as usize).saturating_sub(1);
    let nearest = greatest(&around.labelled.cosines(&vector));
    Candidate {
        unsure: doubt / guesses.len().max(1) as f32,
        report: 1.0 - rejected(&prediction, classifier),
        similar,
        guesses,
        text,
        vector,
        nearest,
    }
}

/// Returns the two likeliest labels; the decision may be another where a threshold or a rule made it.
fn guess(head: &HeadPrediction<'_>) -> Option<Guess> {
    let mut sorted: Vec<_> = head.suggestions.iter().collect();
    sorted.sort_by(|a, b| b.probability.total_cmp(&a.probability));
    let pair = |at: usize| sorted.get(at).map(|suggestion| (suggestion.label.to_owned(), suggestion.probability));
    let first = pair(0)?;
    Some(Guess { head: head.head.to_owned(), second: pair(1).unwrap_or_else(|| first.clone()), first })
}

/// Returns the greatest probability of a label that means "this is no report".
fn rejected(prediction: &Prediction<'_>, classifier: &Classifier) -> f32 {
    let heads = prediction.heads().iter().zip(classifier.model().heads());
    let probability = |(found, head): (&HeadPrediction<'_>, &crate::model::Head)| {
        let reject = head.reject()?;
        found.suggestions.iter().find(|suggestion| suggestion.label == reject.id).map(|found| found.probability)
    };
    greatest(&heads.filter_map(probability).collect::<Vec<_>>())
}

fn greatest(values: &[f32]) -> f32 {
    values.iter().fold(0.0, |most, &value| if value > most { value } else { most })
}

/// Returns up to `wanted` picks: again and again the candidate with the greatest worth, near-copies of what is picked left
/// out.
fn greedy(mut candidates: Vec<Candidate>, lots: &[(Text, Vector)], wanted: usize, strategy: Strategy) -> Vec<Pick> {
    let index = Index::new(candidates.iter().map(|candidate| &candidate.vector));
    lots.iter().for_each(|(_, vector)| come_near(&mut candidates, &index.cosines(vector)));
    let mut open = vec![true; candidates.len()];
    let mut picks = Vec::new();
    while picks.len() < wanted {
        let worth = |at: usize| candidates[at].worth(strategy);
        let left = (0..candidates.len()).filter(|&at| open[at] && candidates[at].nearest < COPY);
        let Some(best) = left.max_by(|&a, &b| worth(a).total_cmp(&worth(b)).then(b.cmp(&a))) else { break };
        open[best] = false;
        picks.push(candidates[best].pick());
        let cosines = index.cosines(&candidates[best].vector);
        come_near(&mut candidates, &cosines);
    }
    picks
}

fn come_near(candidates: &mut [Candidate], cosines: &[f32]) {
    for (candidate, &cosine) in candidates.iter_mut().zip(cosines) {
        candidate.nearest = candidate.nearest.max(cosine);
    }
}

impl Candidate {
    /// How much a label of it is worth.
    fn worth(&self, strategy: Strategy) -> f32 {
        match strategy {
            Strategy::Mixed => {
                // Not the more the better: where it was tried that cost the rare labels, which few texts are like, and
                // with them more than it won.
                let density = if self.similar == 0 { ALONE } else { 1.0 };
                self.unsure * self.report * density * (1.0 - self.nearest)
            }
            Strategy::Margin | Strategy::Random => self.unsure,
        }
    }

    fn pick(&self) -> Pick {
        let margin = |at: usize| self.guesses[at].margin();
        let guess = (0..self.guesses.len()).min_by(|&a, &b| margin(a).total_cmp(&margin(b))).unwrap_or(0);
        let why = Why::Unsure { guess, similar: self.similar };
        Pick { text: self.text.clone(), why, guesses: self.guesses.clone() }
    }
}

/// Returns `chosen` with `lots` evenly between them: whoever stops half-way has read half of both.
fn spread(chosen: Vec<Pick>, lots: Vec<Pick>) -> Vec<Pick> {
    let (total, by_lot) = (chosen.len() + lots.len(), lots.len());
    let (mut chosen, mut lots) = (chosen.into_iter(), lots.into_iter());
    let is_lot = |at: usize| (at + 1) * by_lot / total > at * by_lot / total;
    (0..total).filter_map(|at| if is_lot(at) { lots.next() } else { chosen.next() }).collect()
}

#[cfg(test)]
mod tests {
    use super::{Candidate, greedy};
    use crate::lab::pick::{Strategy, Text};

    /// A candidate in a direction of its own.
    fn candidate(word: u64, unsure: f32) -> Candidate {
        Candidate {
            text: Text { text: word.to_string(), ..Text::default() },
            guesses: Vec::new(),
            unsure,
            report: 1.0,
            similar: 0,
            vector: vec![(word, 1.0)],
            nearest: 0.0,
        }
    }

    fn order(candidates: Vec<Candidate>, strategy: Strategy) -> Vec<String> {
        greedy(candidates, &[], 9, strategy).into_iter().map(|pick| pick.text.text).collect()
    }

    #[test]
    fn doubt_density_difference_and_being_a_report_make_the_worth() {
        let changes: [fn(&mut Candidate); 4] = [|_| (), |c| c.similar = 100, |c| c.nearest = 0.5, |c| c.report = 0.3];
        let mut candidates: Vec<Candidate> = (0..4).map(|word| candidate(word, 0.5)).collect();
        candidates.iter_mut().zip(changes).for_each(|(candidate, change)| change(candidate));
        candidates.push(candidate(4, 0.6));
        assert_eq!(order(candidates, Strategy::Mixed), ["1", "4", "0", "2", "3"]);
    }

    #[test]
    fn what_is_like_a_pick_comes_later_and_copies_never() {
        let make = || {
            let mut candidates: Vec<Candidate> =
                [(0, 0.9), (1, 0.8), (2, 0.7), (3, 0.2)].map(|(word, unsure)| candidate(word, unsure)).into();
            // Cosines with the first: 0.6 and 0.9.
            candidates[1].vector = vec![(0, 0.6), (1, 0.8)];
            candidates[2].vector = vec![(0, 0.9), (2, 0.436)];
            candidates
        };
        assert_eq!(order(make(), Strategy::Mixed), ["0", "1", "3"]);
        assert_eq!(order(make(), Strategy::Margin), ["0", "1", "3"]);
        let mut labelled = make();
        labelled[0].nearest = 0.85;
        assert_eq!(order(labelled, Strategy::Mixed), ["1", "2", "3"]);
    }
}
