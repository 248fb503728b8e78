//! [`SparseMatrix`]: rows of feature ids and weights; memory grows with the non-zeros, not with rows x features.

use linfa::dataset::Records;

/// Compressed sparse rows.
#[derive(Debug, Clone)]
pub struct SparseMatrix {
    starts: Vec<usize>,
    entries: Vec<(u32, f32)>,
    features: usize,
}

impl SparseMatrix {
    /// Returns the empty matrix of `features` columns.
    pub fn new(features: usize) -> Self {
        Self { starts: vec![0], entries: Vec::new(), features }
    }

    /// Appends a row of `(column, value)`.
    pub fn push(&mut self, row: &[(u32, f32)]) {
        debug_assert!(row.iter().all(|entry| (entry.0 as usize) < self.features));
        self.entries.extend_from_slice(row);
        self.starts.push(self.entries.len());
    }

    /// Returns row `at`.
    pub fn row(&self, at: usize) -> &[(u32, f32)] {
        &self.entries[self.starts[at]..self.starts[at + 1]]
    }

    /// Returns the number of rows.
    pub fn rows(&self) -> usize {
        self.starts.len() - 1
    }

    /// Returns the number of stored values.
    pub fn non_zeros(&self) -> usize {
        self.entries.len()
    }
}

impl Records for SparseMatrix {
    type Elem = f32;

    fn nsamples(&self) -> usize {
        self.rows()
    }

    fn nfeatures(&self) -> usize {
        self.features
    }
}
