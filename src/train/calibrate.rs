//! Calibration on held-out texts: temperature, the threshold of a head, the threshold of an ordered head's last label.

/// Logits of one head on held-out texts with the right label of each.
#[derive(Debug, Clone, Default)]
pub struct HeldOut {
    /// Texts x labels.
    pub logits: Vec<Vec<f32>>,
    /// Right label of each text.
    pub labels: Vec<usize>,
}

/// How logits become probabilities: `(1 - doubt) softmax(z / temperature) + doubt / labels`.
///
/// Temperature alone (Guo, Pleiss, Sun & Weinberger 2017) cannot be right both for middling and for the surest answers of
/// a network trained on labels of which a few are wrong; the even share caps the surest at the rate at which they are
/// right.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Calibration {
    /// What logits are divided by.
    pub temperature: f32,
    /// Share spread evenly over the labels.
    pub doubt: f32,
}

impl HeldOut {
    /// Returns the calibration whose first labels are right as often as their probabilities say (top-label calibration,
    /// Gupta & Ramdas 2022), by the least negative log-likelihood of "the first label is right": for each doubt of 0, 0.01 .. 0.1 the
    /// best temperature between 1/8 and 8 by golden-section search on its logarithm; without texts, the logits as they
    /// are.
    pub fn calibration(&self) -> Calibration {
        let mut best = (f64::INFINITY, Calibration { temperature: 1.0, doubt: 0.0 });
        for percent in 0..=10u8 {
            let doubt = f32::from(percent) / 100.0;
            let calibration = Calibration { temperature: self.temperature(doubt), doubt };
            let loss = self.loss(calibration);
            if loss < best.0 && !self.labels.is_empty() {
                best = (loss, calibration);
            }
        }
        best.1
    }

    fn temperature(&self, doubt: f32) -> f32 {
        let golden = (5.0f32.sqrt() - 1.0) / 2.0;
        let (mut low, mut high) = (-2.08f32, 2.08f32);
        let loss = |log: f32| self.loss(Calibration { temperature: libm::expf(log), doubt });
        for _ in 0..20 {
            let (left, right) = (high - golden * (high - low), low + golden * (high - low));
            if loss(left) < loss(right) {
                high = right;
            } else {
                low = left;
            }
        }
        libm::expf((low + high) / 2.0)
    }

    /// Negative log-likelihood of "the first label is right" under its probability.
    fn loss(&self, calibration: Calibration) -> f64 {
        let surprise = |(p, &label): (&Vec<f32>, &usize)| {
            let best = first_best(p);
            let said = if best == label { p[best] } else { 1.0 - p[best] };
            -f64::from(libm::logf(said.max(1e-6)))
        };
        self.probabilities(calibration).iter().zip(&self.labels).map(surprise).sum()
    }

    /// Returns texts x labels under `calibration`.
    pub fn probabilities(&self, calibration: Calibration) -> Vec<Vec<f32>> {
        let calibrated = |logits: &Vec<f32>| {
            let mut p = logits.clone();
            crate::model::calibrate(&mut p, calibration.temperature, calibration.doubt);
            p
        };
        self.logits.iter().map(calibrated).collect()
    }

    /// Returns the lowest probability such that the answers at or above it are right with at least `precision`; 1 where
    /// that cannot be reached.
    pub fn threshold(&self, calibration: Calibration, precision: f32) -> f32 {
        let mut answers: Vec<(f32, bool)> = self
            .probabilities(calibration)
            .iter()
            .zip(&self.labels)
            .map(|(p, &label)| {
                let best = first_best(p);
                (p[best], best == label)
            })
            .collect();
        let (mut found, mut threshold) = (0usize, 1.0f32);
        for (probability, reached, right) in levels(&mut answers) {
            found += right;
            if found as f32 / reached as f32 >= precision {
                threshold = probability;
            }
        }
        threshold
    }

    /// Returns the thresholds of an ordered head's labels on the probability of "at least this label": the last label's
    /// by [`HeldOut::recall_threshold`]; the others', where less than half of the texts are at least that, by the best F1
    /// of "at least this label" (rare labels lose out to common ones where only the likeliest counts).
    pub fn at_least(&self, calibration: Calibration, recall: f32, precision: f32) -> Vec<Option<f32>> {
        let probabilities = self.probabilities(calibration);
        let labels = probabilities.first().map_or(0, Vec::len);
        let mut thresholds: Vec<Option<f32>> = (0..labels).map(|label| self.best_f1(&probabilities, label)).collect();
        if let Some(last) = thresholds.last_mut() {
            *last = self.recall_threshold(calibration, recall, precision);
        }
        thresholds
    }

    fn best_f1(&self, probabilities: &[Vec<f32>], label: usize) -> Option<f32> {
        let tail = |p: &[f32]| p[label..].iter().rev().fold(0.0, |sum, p| sum + p);
        let mut texts: Vec<(f32, bool)> =
            probabilities.iter().zip(&self.labels).map(|(p, &right)| (tail(p), right >= label)).collect();
        let wanted = texts.iter().filter(|text| text.1).count();
        if wanted == 0 || 2 * wanted >= texts.len() {
            return None;
        }
        let (mut found, mut best) = (0usize, (0.0f32, None));
        for (probability, reached, right) in levels(&mut texts) {
            found += right;
            let f1 = 2.0 * found as f32 / (reached + wanted) as f32;
            if f1 > best.0 {
                best = (f1, Some(probability));
            }
        }
        best.1
    }

    /// Returns the probability from which on the last label is the answer: as high as `recall` of its texts allow, but
    /// never so low that less than `precision` of the texts at or above it have the label. `None` where no text has it.
    pub fn recall_threshold(&self, calibration: Calibration, recall: f32, precision: f32) -> Option<f32> {
        let probabilities = self.probabilities(calibration);
        let last = probabilities.first()?.len() - 1;
        let mut texts: Vec<(f32, bool)> =
            probabilities.iter().zip(&self.labels).map(|(p, &label)| (p[last], label == last)).collect();
        let needed = recall * texts.iter().filter(|text| text.1).count() as f32;
        let (mut found, mut threshold) = (0usize, None);
        for (probability, reached, right) in levels(&mut texts) {
            found += right;
            if right > 0 && found as f32 / reached as f32 >= precision {
                threshold = Some(probability);
            }
            if found as f32 >= needed {
                break;
            }
        }
        threshold
    }
}

/// Sorts `texts` and returns each different probability, highest first, with the number of texts at or above it and the
/// number of right ones at it: a threshold cannot part texts of one probability.
fn levels(texts: &mut [(f32, bool)]) -> Vec<(f32, usize, usize)> {
    texts.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut reached = 0;
    texts
        .chunk_by(|a, b| a.0.total_cmp(&b.0).is_eq())
        .map(|level| {
            reached += level.len();
            (level[0].0, reached, level.iter().filter(|text| text.1).count())
        })
        .collect()
}

/// Returns the index of the greatest value, the first of equals.
pub(crate) fn first_best(values: &[f32]) -> usize {
    values.iter().enumerate().fold(0, |best, (at, &value)| if value > values[best] { at } else { best })
}

#[cfg(test)]
mod tests {
    use super::*;

    const RAW: Calibration = Calibration { temperature: 1.0, doubt: 0.0 };

    fn held_out(rows: &[([f32; 2], usize)]) -> HeldOut {
        HeldOut { logits: rows.iter().map(|r| r.0.to_vec()).collect(), labels: rows.iter().map(|r| r.1).collect() }
    }

    #[test]
    fn overconfident_logits_are_cooled() {
        // Always sure by 4 logits, right in three of four: the best probability is 3/4, logit ln 3.
        let data = held_out(&[([4.0, 0.0], 0), ([4.0, 0.0], 0), ([4.0, 0.0], 0), ([4.0, 0.0], 1)]);
        let expected = 4.0 / libm::logf(3.0);
        assert!((data.temperature(0.0) - expected).abs() < 0.01, "{}", data.temperature(0.0));
    }

    #[test]
    fn the_surest_are_capped_by_doubt() {
        // Logits of 2 are right as often as they say; logits of 20 are wrong once in twenty.
        let mut rows = vec![([20.0, 0.0], 0); 95];
        rows.extend([([20.0, 0.0], 1); 5]);
        rows.extend([([2.0, 0.0], 0); 88]);
        rows.extend([([2.0, 0.0], 1); 12]);
        let data = held_out(&rows);
        let p = data.probabilities(data.calibration());
        assert!((p[0][0] - 0.95).abs() < 0.01 && (p[199][0] - 0.88).abs() < 0.01, "{} {}", p[0][0], p[199][0]);
    }

    #[test]
    fn threshold_is_the_lowest_that_keeps_the_precision() {
        let data = held_out(&[([3.0, 0.0], 0), ([2.0, 0.0], 0), ([1.0, 0.0], 1), ([0.5, 0.0], 0)]);
        let p = data.probabilities(RAW);
        assert_eq!(data.threshold(RAW, 0.95).to_bits(), p[1][0].to_bits());
        assert_eq!(data.threshold(RAW, 0.75).to_bits(), p[3][0].to_bits());
        assert_eq!(held_out(&[([3.0, 0.0], 1)]).threshold(RAW, 0.95).to_bits(), 1.0f32.to_bits());
        let tie = held_out(&[([3.0, 0.0], 0), ([3.0, 0.0], 1)]);
        assert_eq!(tie.threshold(RAW, 0.95).to_bits(), 1.0f32.to_bits(), "equal answers cannot be told apart");
    }

    #[test]
    fn recall_threshold_reaches_the_recall() {
        let data = held_out(&[([0.0, 3.0], 1), ([0.0, 1.0], 1), ([0.0, -1.0], 1), ([0.0, 5.0], 0)]);
        let p = data.probabilities(RAW);
        let at = |recall, precision| data.recall_threshold(RAW, recall, precision).map(f32::to_bits);
        assert_eq!(at(0.6, 0.5), Some(p[1][1].to_bits()));
        assert_eq!(at(1.0, 0.5), Some(p[2][1].to_bits()));
        // 1 of 2, 2 of 3, 3 of 4 are right from the top: 0.7 is first reached with the last.
        assert_eq!(at(0.6, 0.7), None);
        assert_eq!(held_out(&[([0.0, 3.0], 0)]).recall_threshold(RAW, 0.9, 0.5), None);
    }
}
