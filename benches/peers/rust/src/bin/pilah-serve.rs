//! `pilah-serve MODEL HEAD LABELS TEXTS`: pilah as a serving process of the bench.

use peers::{Answer, Fallible, Rival, rows, serve};
use pilah::{Classifier, HeadPrediction, Prediction, Session};
use std::cell::RefCell;
use std::collections::HashMap;
use std::path::Path;

fn main() -> Fallible<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [model, head, labels, texts] = args.as_slice() else {
        return Err("expected MODEL HEAD LABELS TEXTS".into());
    };
    let labels = rows::labels(Path::new(labels))?;
    serve(Path::new(texts), || Pilah::load(Path::new(model), head, labels))
}

/// A model and the head that is asked.
struct Pilah {
    classifier: &'static Classifier,
    /// Remembers the words that it has met, as bulk work does.
    session: RefCell<Session<'static>>,
    head: usize,
    labels: HashMap<String, usize>,
}

impl Pilah {
    fn load(path: &Path, head: &str, labels: Vec<String>) -> Fallible<Self> {
        // It lives as long as the process.
        let classifier: &'static Classifier = Box::leak(Box::new(Classifier::from_bytes(&std::fs::read(path)?)?));
        let place = classifier.model().heads().iter().position(|one| one.name() == head);
        let head = place.ok_or_else(|| format!("{} has no head {head}", path.display()))?;
        let labels = labels.into_iter().enumerate().map(|(at, label)| (label, at)).collect();
        Ok(Self { classifier, session: RefCell::new(classifier.session()), head, labels })
    }

    fn head<'p>(&self, prediction: &'p Prediction<'_>) -> &'p HeadPrediction<'p> {
        &prediction.heads()[self.head]
    }

    /// The index of a label; one that no row has stands behind all others.
    fn index(&self, label: &str) -> usize {
        self.labels.get(label).copied().unwrap_or(self.labels.len())
    }
}

impl Rival for Pilah {
    fn answer(&self, text: &str) -> Answer {
        let prediction = self.classifier.classify(text);
        let mut probabilities = vec![0.0; self.labels.len() + 1];
        for suggestion in &self.head(&prediction).suggestions {
            probabilities[self.index(suggestion.label)] += suggestion.probability;
        }
        let decided = self.head(&prediction).best().map_or(self.labels.len(), |best| self.index(best.label));
        Answer { decided, probabilities }
    }

    fn label(&self, text: &str) -> usize {
        let mut session = self.session.borrow_mut();
        self.head(session.classify_briefly(text)).best().map_or(0, |best| best.label.len())
    }
}
