//! The solver as linfa's estimator, and the sparse records it learns from.

use linfa::ParamGuard;
use linfa::dataset::{DatasetBase, Records};
use linfa::traits::{Fit, Predict};
use ndarray::Array2;
use pilah::train::{Network, Solver, SolverError, SolverParams, SparseMatrix, Target, Targets};

const TOY: Solver = Solver {
    hidden: 8,
    epochs: 40,
    row_rate: 0.1,
    dense_rate: 0.02,
    feature_dropout: 0.0,
    hidden_dropout: 0.0,
    label_smoothing: 0.0,
    batch: 4,
    seed: 7,
};

/// Two heads over features 0..6: the first asks which of 0, 1, 2 is there, the second whether 3 or 4; 5 is noise.
fn toy() -> (SparseMatrix, Vec<[usize; 2]>) {
    let mut records = SparseMatrix::new(6);
    let mut labels = Vec::new();
    for at in 0..60u32 {
        let (first, second) = (at % 3, at / 3 % 2);
        let mut row = vec![(first, 0.8), (3 + second, 0.6)];
        if at % 7 == 0 {
            row.push((5, 0.4));
        }
        records.push(&row);
        labels.push([first as usize, second as usize]);
    }
    (records, labels)
}

fn targets(labels: &[[usize; 2]], target: impl Fn(usize, usize) -> Target) -> Targets {
    let row = |labels: &[usize; 2]| labels.iter().enumerate().map(|(head, &label)| target(head, label)).collect();
    Targets { heads: vec![3, 2], rows: labels.iter().map(row).collect() }
}

fn hard(_: usize, label: usize) -> Target {
    Target::Hard { label, weight: 1.0 }
}

fn fit(solver: Solver, records: SparseMatrix, targets: Targets) -> Result<Network, SolverError> {
    SolverParams::from(solver).check()?.fit(&DatasetBase::new(records, targets))
}

/// Returns the number of right answers of a head whose labels begin at column `start`.
fn right(found: &Array2<f32>, labels: &[[usize; 2]], head: usize, columns: std::ops::Range<usize>) -> usize {
    let best = |row: usize| columns.clone().max_by(|&a, &b| found[[row, a]].total_cmp(&found[[row, b]])).unwrap();
    labels.iter().enumerate().filter(|(row, labels)| best(*row) - columns.start == labels[head]).count()
}

#[test]
fn learns_a_separable_problem_through_linfas_traits() {
    let soft = |head: usize, label: usize| {
        let mut probabilities = vec![0.0; [3, 2][head]];
        probabilities[label] = 1.0;
        Target::Soft { probabilities: probabilities.into(), weight: 1.0 }
    };
    let dropout = Solver { feature_dropout: 0.2, hidden_dropout: 0.1, label_smoothing: 0.1, epochs: 120, ..TOY };
    let (records, labels) = toy();
    let runs = [
        ("hard targets", fit(TOY, records.clone(), targets(&labels, hard))),
        ("soft targets", fit(TOY, records.clone(), targets(&labels, soft))),
        ("with dropout and smoothing", fit(dropout, records.clone(), targets(&labels, hard))),
    ];
    for (name, network) in runs {
        let network = network.unwrap();
        let found: Array2<f32> = network.predict(&records);
        assert_eq!(found.dim(), (60, 5), "{name}");
        assert_eq!((right(&found, &labels, 0, 0..3), right(&found, &labels, 1, 3..5)), (60, 60), "{name}");
        for row in found.rows() {
            let (first, second): (f32, f32) = (row.iter().take(3).sum(), row.iter().skip(3).sum());
            assert!((first - 1.0).abs() < 1e-5 && (second - 1.0).abs() < 1e-5, "{name}: {row}");
        }
        assert_eq!(found.row(5).to_vec(), network.probabilities(records.row(5)), "{name}");
    }
}

#[test]
fn an_unknown_label_teaches_nothing() {
    let (records, labels) = toy();
    let only_first = targets(&labels, |head, label| if head == 0 { hard(head, label) } else { Target::Unknown });
    let network = fit(TOY, records.clone(), only_first).unwrap();
    let found: Array2<f32> = network.predict(&records);
    assert_eq!(right(&found, &labels, 0, 0..3), 60);
    assert_eq!(&network.output_bias[3..], [0.0, 0.0], "nothing was ever said about the second head");
}

#[test]
fn same_seed_same_network() {
    let run = |seed| {
        let (records, labels) = toy();
        fit(Solver { seed, feature_dropout: 0.3, ..TOY }, records, targets(&labels, hard)).unwrap()
    };
    assert_eq!(run(7), run(7));
    assert_ne!(run(7).rows, run(8).rows);
}

#[test]
fn refuses_settings_out_of_range() {
    let cases: [(&str, Solver); 17] = [
        ("hidden", Solver { hidden: 0, ..TOY }),
        ("hidden", Solver { hidden: 257, ..TOY }),
        ("epochs", Solver { epochs: 0, ..TOY }),
        ("batch", Solver { batch: 0, ..TOY }),
        ("row_rate", Solver { row_rate: 0.0, ..TOY }),
        ("row_rate", Solver { row_rate: -1.0, ..TOY }),
        ("row_rate", Solver { row_rate: f32::NAN, ..TOY }),
        ("row_rate", Solver { row_rate: f32::INFINITY, ..TOY }),
        ("dense_rate", Solver { dense_rate: 0.0, ..TOY }),
        ("dense_rate", Solver { dense_rate: f32::NAN, ..TOY }),
        ("feature_dropout", Solver { feature_dropout: 1.0, ..TOY }),
        ("feature_dropout", Solver { feature_dropout: -0.1, ..TOY }),
        ("feature_dropout", Solver { feature_dropout: f32::NAN, ..TOY }),
        ("hidden_dropout", Solver { hidden_dropout: 1.0, ..TOY }),
        ("hidden_dropout", Solver { hidden_dropout: f32::NAN, ..TOY }),
        ("label_smoothing", Solver { label_smoothing: 1.0, ..TOY }),
        ("label_smoothing", Solver { label_smoothing: f32::NAN, ..TOY }),
    ];
    for (setting, solver) in cases {
        let params = SolverParams::from(solver.clone());
        assert!(params.check_ref().is_err(), "{solver:?}");
        match params.check() {
            Err(SolverError::Setting { name, .. }) => assert_eq!(name, setting, "{solver:?}"),
            other => panic!("{solver:?}: {other:?}"),
        }
    }
    for solver in [TOY, Solver { hidden: 256, ..TOY }, Solver { hidden: 1, batch: 1, epochs: 1, ..TOY }] {
        assert!(SolverParams::from(solver).check().is_ok());
    }
}

#[test]
fn refuses_data_that_teaches_nothing() {
    let (records, labels) = toy();
    let short = fit(TOY, records.clone(), targets(&labels[1..], hard)).unwrap_err();
    assert!(matches!(short, SolverError::Length { targets: 59, records: 60 }), "{short:?}");
    let unknown = fit(TOY, records, targets(&labels, |_, _| Target::Unknown)).unwrap_err();
    assert!(matches!(unknown, SolverError::NoData), "{unknown:?}");
    let empty = fit(TOY, SparseMatrix::new(6), targets(&[], hard)).unwrap_err();
    assert!(matches!(empty, SolverError::NoData), "{empty:?}");
}

#[test]
fn records_hold_only_what_is_there() {
    // As a dense matrix this would be 4 TB.
    let mut records = SparseMatrix::new(1 << 30);
    for at in 0..1000u32 {
        records.push(&[(at, 1.0), (at << 20 | 5, 0.5), ((1 << 30) - 1, 0.25)][..at as usize % 4]);
    }
    assert_eq!((records.rows(), records.nsamples(), records.nfeatures()), (1000, 1000, 1 << 30));
    assert_eq!(records.non_zeros(), 250 * (1 + 2 + 3));
    assert_eq!(records.row(4), &[]);
    assert_eq!(records.row(3), &[(3, 1.0), (3 << 20 | 5, 0.5), ((1 << 30) - 1, 0.25)]);
    let mut twice = records.clone();
    (0..records.rows()).for_each(|at| twice.push(records.row(at)));
    assert_eq!((twice.rows(), twice.non_zeros()), (2000, 3000));
    assert_eq!(twice.row(1003), records.row(3));
}
