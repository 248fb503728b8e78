//! The confident joint: how many rows of a given label likely have which true one.

/// The counts of one head.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Joint {
    /// Given label x likely label: rows that a model was confident of.
    pub(super) counts: Vec<Vec<usize>>,
    /// Rows of each given label, confident or not.
    pub(super) rows: Vec<usize>,
    /// For each row, the label that it likely has instead of the given one.
    pub(super) other: Vec<Option<usize>>,
}

impl Joint {
    /// Returns the joint of rows given as label and probabilities of all `labels`.
    ///
    /// A model is confident of a label where its probability reaches the mean of that label's own rows, the likeliest of
    /// several counts (Northcutt, Jiang & Chuang 2021, section 3.1). Labels without a row are never suggested.
    pub(super) fn new(judged: &[(usize, &[f32])], labels: usize) -> Self {
        let (rows, thresholds) = thresholds(judged, labels);
        let mut counts = vec![vec![0; labels]; labels];
        let mut other = Vec::with_capacity(judged.len());
        for &(given, probabilities) in judged {
            let likely = likely(probabilities, &thresholds);
            if let Some(label) = likely {
                counts[given][label] += 1;
            }
            other.push(likely.filter(|&label| label != given));
        }
        Self { counts, rows, other }
    }

    /// Returns about how many of all rows of label `given` have `other`: the share among those that a model was confident
    /// of, times all of them.
    pub(super) fn estimate(&self, given: usize, other: usize) -> f32 {
        let confident: usize = self.counts[given].iter().sum();
        self.rows[given] as f32 * self.counts[given][other] as f32 / confident.max(1) as f32
    }
}

/// Returns the number of rows of each label and the mean of the label's probability over them.
fn thresholds(judged: &[(usize, &[f32])], labels: usize) -> (Vec<usize>, Vec<f32>) {
    let (mut rows, mut sums) = (vec![0usize; labels], vec![0.0f64; labels]);
    for &(given, probabilities) in judged {
        rows[given] += 1;
        sums[given] += f64::from(probabilities[given]);
    }
    let mean = |(&rows, &sum): (&usize, &f64)| if rows == 0 { f32::INFINITY } else { (sum / rows as f64) as f32 };
    let means = rows.iter().zip(&sums).map(mean).collect();
    (rows, means)
}

fn likely(probabilities: &[f32], thresholds: &[f32]) -> Option<usize> {
    let reached = probabilities.iter().zip(thresholds).enumerate().filter(|(_, (p, threshold))| p >= threshold);
    reached.max_by(|a, b| a.1.0.total_cmp(b.1.0).then(b.0.cmp(&a.0))).map(|(label, _)| label)
}

#[cfg(test)]
mod tests {
    use super::Joint;

    #[test]
    fn a_label_is_likely_from_the_mean_of_its_own_rows_on() {
        // Means: label 0 (0.9 + 0.8 + 0.1) / 3 = 0.6, label 1 (0.7 + 0.5) / 2 = 0.6; label 2 has no row.
        let rows: [(usize, &[f32]); 5] = [
            (0, &[0.9, 0.1, 0.0]),
            (0, &[0.8, 0.1, 0.1]),
            (0, &[0.1, 0.8, 0.1]),
            (1, &[0.2, 0.7, 0.1]),
            (1, &[0.1, 0.5, 0.4]),
        ];
        let joint = Joint::new(&rows, 3);
        assert_eq!(joint.other, [None, None, Some(1), None, None]);
        assert_eq!(joint.counts, [[2, 1, 0], [0, 1, 0], [0, 0, 0]]);
        assert_eq!(joint.rows, [3, 2, 0]);
        assert!((joint.estimate(0, 1) - 1.0).abs() < 1e-6 && (joint.estimate(1, 1) - 2.0).abs() < 1e-6);
        assert_eq!(joint.estimate(2, 0).to_bits(), 0.0f32.to_bits());
    }

    #[test]
    fn the_likeliest_of_several_counts() {
        // All means are 0.5: both labels of the last row are reached, its own is likelier.
        let rows: [(usize, &[f32]); 4] = [(0, &[0.5, 0.5]), (1, &[0.5, 0.5]), (0, &[0.4, 0.6]), (0, &[0.6, 0.4])];
        assert_eq!(Joint::new(&rows, 2).other, [None, Some(0), Some(1), None]);
    }
}
