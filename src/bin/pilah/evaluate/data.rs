//! Reading the labelled reports that are judged.

use crate::data::DataArgs;
use crate::error::CliError;
use pilah::Classifier;
use pilah::train::corpus::{self, Record};

/// Returns the reports in `data` with their labels for the model's heads.
///
/// # Errors
/// [`CliError::NoLabels`] where no row has a label for any head, [`CliError::Corpus`] where a file cannot be read.
pub(crate) fn read(data: &DataArgs, classifier: &Classifier) -> Result<Vec<Record>, CliError> {
    let heads: Vec<String> = classifier.model().heads().iter().map(|head| head.name().to_owned()).collect();
    let records = data.records(&heads)?;
    if !records.is_empty() && records.iter().all(|record| record.labels.is_empty()) {
        let found = corpus::fields(&data.data)?.join(", ");
        return Err(CliError::NoLabels { rows: records.len(), found, expected: heads.join(", ") });
    }
    Ok(records)
}
