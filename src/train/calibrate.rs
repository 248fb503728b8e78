//! Calibration on held-out texts: temperature, the threshold of a head, the threshold of an ordered head's last label.

use super::network::softmax;

/// Logits of one head on held-out texts with the right label of each.
#[derive(Debug, Clone, Default)]
pub struct HeldOut {
    /// Texts x labels.
    pub logits: Vec<Vec<f32>>,
    /// Right label of each text.
    pub labels: Vec<usize>,
}

impl HeldOut {
    /// Returns the temperature that minimises the mean negative log-likelihood (Guo, Pleiss, Sun & Weinberger 2017), by
    /// golden-section search on its logarithm between 1/8 and 8; 1 without texts.
    pub fn temperature(&self) -> f32 {
        if self.labels.is_empty() {
            return 1.0;
        }
        let golden = (5.0f32.sqrt() - 1.0) / 2.0;
        let (mut low, mut high) = (-2.08f32, 2.08f32);
        for _ in 0..40 {
            let (left, right) = (high - golden * (high - low), low + golden * (high - low));
            if self.loss(libm::expf(left)) < self.loss(libm::expf(right)) {
                high = right;
            } else {
                low = left;
            }
        }
        libm::expf((low + high) / 2.0)
    }

    fn loss(&self, temperature: f32) -> f64 {
        let probabilities = self.probabilities(temperature);
        probabilities.iter().zip(&self.labels).map(|(p, &label)| -f64::from(libm::logf(p[label].max(1e-9)))).sum()
    }

    /// Returns texts x labels at `temperature`.
    pub fn probabilities(&self, temperature: f32) -> Vec<Vec<f32>> {
        let at_temperature = |logits: &Vec<f32>| {
            let mut p: Vec<f32> = logits.iter().map(|z| z / temperature).collect();
            softmax(&mut p);
            p
        };
        self.logits.iter().map(at_temperature).collect()
    }

    /// Returns the lowest probability such that the answers at or above it are right with at least `precision`; 1 where
    /// that cannot be reached.
    pub fn threshold(&self, temperature: f32, precision: f32) -> f32 {
        let mut answers: Vec<(f32, bool)> = self
            .probabilities(temperature)
            .iter()
            .zip(&self.labels)
            .map(|(p, &label)| {
                let best = first_best(p);
                (p[best], best == label)
            })
            .collect();
        answers.sort_by(|a, b| b.0.total_cmp(&a.0));
        let (mut right, mut threshold) = (0.0f32, 1.0f32);
        for (at, answer) in answers.iter().enumerate() {
            right += f32::from(u8::from(answer.1));
            // Answers of equal probability are taken or left together.
            let last_of_equals = answers.get(at + 1).is_none_or(|next| next.0 < answer.0);
            if last_of_equals && right / (at + 1) as f32 >= precision {
                threshold = answer.0;
            }
        }
        threshold
    }

    /// Returns the probability from which on the last label is the answer: as high as `recall` of its texts allow, but
    /// never so low that less than `precision` of the texts at or above it have the label. `None` where no text has it.
    pub fn recall_threshold(&self, temperature: f32, recall: f32, precision: f32) -> Option<f32> {
        let probabilities = self.probabilities(temperature);
        let last = probabilities.first()?.len() - 1;
        let mut texts: Vec<(f32, bool)> =
            probabilities.iter().zip(&self.labels).map(|(p, &label)| (p[last], label == last)).collect();
        texts.sort_by(|a, b| b.0.total_cmp(&a.0));
        let needed = recall * texts.iter().filter(|text| text.1).count() as f32;
        let (mut found, mut threshold) = (0.0f32, None);
        for (at, &(probability, right)) in texts.iter().enumerate() {
            found += f32::from(u8::from(right));
            if right && found / (at + 1) as f32 >= precision {
                threshold = Some(probability);
            }
            if found >= needed {
                break;
            }
        }
        threshold
    }
}

/// Returns the index of the greatest value, the first of equals.
pub(crate) fn first_best(values: &[f32]) -> usize {
    values.iter().enumerate().fold(0, |best, (at, &value)| if value > values[best] { at } else { best })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held_out(rows: &[([f32; 2], usize)]) -> HeldOut {
        HeldOut { logits: rows.iter().map(|r| r.0.to_vec()).collect(), labels: rows.iter().map(|r| r.1).collect() }
    }

    #[test]
    fn overconfident_logits_are_cooled() {
        // Always sure by 4 logits, right in three of four: the best probability is 3/4, logit ln 3.
        let data = held_out(&[([4.0, 0.0], 0), ([4.0, 0.0], 0), ([4.0, 0.0], 0), ([4.0, 0.0], 1)]);
        let expected = 4.0 / libm::logf(3.0);
        assert!((data.temperature() - expected).abs() < 0.01, "{}", data.temperature());
    }

    #[test]
    fn threshold_is_the_lowest_that_keeps_the_precision() {
        let data = held_out(&[([3.0, 0.0], 0), ([2.0, 0.0], 0), ([1.0, 0.0], 1), ([0.5, 0.0], 0)]);
        let p = data.probabilities(1.0);
        assert_eq!(data.threshold(1.0, 0.95).to_bits(), p[1][0].to_bits());
        assert_eq!(data.threshold(1.0, 0.75).to_bits(), p[3][0].to_bits());
        assert_eq!(held_out(&[([3.0, 0.0], 1)]).threshold(1.0, 0.95).to_bits(), 1.0f32.to_bits());
        let tie = held_out(&[([3.0, 0.0], 0), ([3.0, 0.0], 1)]);
        assert_eq!(tie.threshold(1.0, 0.95).to_bits(), 1.0f32.to_bits(), "equal answers cannot be told apart");
    }

    #[test]
    fn recall_threshold_reaches_the_recall() {
        let data = held_out(&[([0.0, 3.0], 1), ([0.0, 1.0], 1), ([0.0, -1.0], 1), ([0.0, 5.0], 0)]);
        let p = data.probabilities(1.0);
        let at = |recall, precision| data.recall_threshold(1.0, recall, precision).map(f32::to_bits);
        assert_eq!(at(0.6, 0.5), Some(p[1][1].to_bits()));
        assert_eq!(at(1.0, 0.5), Some(p[2][1].to_bits()));
        // 1 of 2, 2 of 3, 3 of 4 are right from the top: 0.7 is first reached with the last.
        assert_eq!(at(0.6, 0.7), None);
        assert_eq!(held_out(&[([0.0, 3.0], 0)]).recall_threshold(1.0, 0.9, 0.5), None);
    }
}
