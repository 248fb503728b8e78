//! McNemar's test and Holm's correction.

use pilah::eval::compare::{McNemar, Method, holm};
use proptest::prelude::*;

#[test]
fn p_values_are_those_of_books_and_of_whole_numbers() {
    // b, c, chi-square with continuity correction, exact p by whole numbers of any size.
    for (b, c, chi_square, p) in [
        (0, 0, 0.0, 1.0),
        (1, 0, 0.0, 1.0),
        (5, 5, 0.0, 1.0),
        (1, 11, 81.0 / 12.0, 13.0 / 2048.0),
        (6, 16, 81.0 / 22.0, 0.052_478_790_283_203_125),
        (25, 15, 2.025, 0.153_859_944_162_832_1),
        (121, 59, 3721.0 / 180.0, 4.434_449_263_755_176e-6),
        // Agresti, Categorical Data Analysis: approval of a prime minister in two surveys.
        (86, 150, 3969.0 / 236.0, 3.715_936_139_571_442e-5),
        (5_000, 5_300, 89_401.0 / 10_300.0, 0.003_215_819_673_645_239),
        (50_000, 50_600, 358_801.0 / 100_600.0, 0.058_951_995_868_547_71),
        (499_000, 501_000, 1999.0 * 1999.0 / 1e6, 0.045_608_295_385_962_08),
        (490_000, 510_000, 19_999.0 * 19_999.0 / 1e6, 5.544_363_287_699_225e-89),
    ] {
        for (fixed, broke) in [(b, c), (c, b)] {
            let test = McNemar::new(fixed, broke);
            assert_eq!((test.fixed, test.broke, test.method), (fixed, broke, Method::Exact));
            assert!((test.chi_square - chi_square).abs() < 1e-9, "{b} {c}: {}", test.chi_square);
            assert!((test.p / p - 1.0).abs() < 1e-7, "{b} {c}: {}", test.p);
        }
    }
}

#[test]
fn beyond_a_million_pairs_the_chi_square_counts() {
    // |b - c| - 1 = 2000 over 4,000,000 pairs: chi-square 1, the chance of more than one standard deviation.
    let test = McNemar::new(2_001_001, 1_999_000);
    assert_eq!(test.method, Method::ChiSquare);
    assert!((test.p - 0.317_31).abs() < 1e-4, "{}", test.p);
}

#[test]
fn holm_stops_at_the_first_that_fails() {
    for (p, expected) in [
        (&[][..], &[][..]),
        (&[0.05], &[true]),
        (&[0.03, 0.03], &[false, false]),
        (&[0.03, 0.02], &[true, true]),
        // Holm 1979: 0.01 <= 0.05/4, 0.015 <= 0.05/3, 0.04 > 0.05/2, and the last is not looked at.
        (&[0.04, 0.01, 0.045, 0.015], &[false, true, false, true]),
        (&[f64::NAN, 0.001], &[false, true]),
    ] {
        assert_eq!(holm(p, 0.05), expected, "{p:?}");
    }
}

proptest! {
    #[test]
    fn p_is_a_chance_that_falls_with_the_distance(n in 0_usize..3000, b in 0_usize..3000) {
        let b = b.min(n / 2);
        let p = McNemar::new(b, n - b).p;
        prop_assert!((0.0..=1.0).contains(&p));
        if b > 0 {
            prop_assert!(McNemar::new(b - 1, n - b + 1).p <= p);
        }
    }

    #[test]
    fn holm_is_stricter_than_one_test_and_milder_than_bonferroni(p in prop::collection::vec(0.0_f64..0.2, 1..20)) {
        for (&p_value, stands) in p.iter().zip(holm(&p, 0.05)) {
            prop_assert!(!stands || p_value <= 0.05);
            prop_assert!(stands || p_value > 0.05 / p.len() as f64);
        }
    }
}
