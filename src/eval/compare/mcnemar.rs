//! McNemar's test on pairs of answers, and Holm's correction where many are tested at once.

use serde::Serialize;

/// The most discordant pairs for which the p-value is the exact one; far beyond it the approximation is as good.
const EXACT: usize = 1_000_000;

/// Whether two models differ on the same rows, by the rows of which just one is right.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct McNemar {
    /// Rows that OLD has wrong and NEW right, often called c.
    pub fixed: usize,
    /// Rows that OLD has right and NEW wrong, often called b.
    pub broke: usize,
    /// Chi-square with continuity correction, 1 degree of freedom: what textbooks print.
    pub chi_square: f64,
    /// The chance of a split at least as uneven between two equally good models, two-sided.
    pub p: f64,
    /// Where `p` comes from.
    pub method: Method,
}

/// How a p-value was computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// The binomial distribution: up to a million discordant pairs.
    Exact,
    /// Chi-square with continuity correction.
    ChiSquare,
}

impl McNemar {
    /// Returns the test of `fixed` against `broke` discordant pairs; without any, p is 1.
    ///
    /// McNemar: Note on the sampling error of the difference between correlated proportions or percentages, Psychometrika
    /// 12, 1947; the continuity correction is Edwards's (Psychometrika 13, 1948).
    ///
    /// ```
    /// use pilah::eval::compare::McNemar;
    ///
    /// let test = McNemar::new(1, 9);
    /// assert!((test.p - 22.0 / 1024.0).abs() < 1e-12); // 2 (1 + 10) / 2^10
    /// ```
    pub fn new(fixed: usize, broke: usize) -> Self {
        let chi_square = chi_square(fixed, broke);
        let method = if fixed + broke <= EXACT { Method::Exact } else { Method::ChiSquare };
        let p = match method {
            Method::Exact => exact(fixed, broke),
            Method::ChiSquare => upper_tail(chi_square),
        };
        Self { fixed, broke, chi_square, p, method }
    }
}

/// Returns `(|b - c| - 1)^2 / (b + c)`; 0 where the counts are less than one apart.
fn chi_square(b: usize, c: usize) -> f64 {
    let apart = (b.abs_diff(c) as f64 - 1.0).max(0.0);
    if b + c == 0 { 0.0 } else { apart * apart / (b + c) as f64 }
}

/// Returns the chance that a chi-square of 1 degree of freedom is at least `x`.
fn upper_tail(x: f64) -> f64 {
    libm::erfc((x / 2.0).sqrt())
}

/// Returns the chance that a fair coin thrown b + c times falls at least as unevenly as b to c.
///
/// The largest term comes from logarithms of factorials, for 2^-n alone underflows from n = 1075 on; the others follow from
/// it by `C(n, k-1) = C(n, k) k / (n-k+1)`, until they no longer count.
fn exact(b: usize, c: usize) -> f64 {
    let (n, k) = ((b + c) as f64, b.min(c) as f64);
    if b == c {
        return 1.0;
    }
    let choices = libm::lgamma(n + 1.0) - libm::lgamma(k + 1.0) - libm::lgamma(n - k + 1.0);
    let largest = libm::exp(choices - n * std::f64::consts::LN_2);
    let (mut term, mut sum, mut at) = (1.0, 1.0, k);
    while at > 0.0 && term > sum * f64::EPSILON / 2.0 {
        term *= at / (n - at + 1.0);
        sum += term;
        at -= 1.0;
    }
    (2.0 * largest * sum).min(1.0)
}

/// Returns which of the tests with these p-values stand at `level` when all are looked at together: the chance of even one
/// false alarm stays under `level`.
///
/// Holm: A simple sequentially rejective multiple test procedure, Scandinavian Journal of Statistics 6, 1979.
///
/// ```
/// assert_eq!(pilah::eval::compare::holm(&[0.04, 0.01, 0.03], 0.05), [false, true, false]);
/// ```
pub fn holm(p: &[f64], level: f64) -> Vec<bool> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|&a, &b| p[a].total_cmp(&p[b]));
    let mut stands = vec![false; p.len()];
    for (rank, &test) in order.iter().enumerate() {
        stands[test] = p[test] <= level / (p.len() - rank) as f64;
        if !stands[test] {
            break;
        }
    }
    stands
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two-sided by counting all throws of a coin.
    fn counted(b: usize, c: usize) -> f64 {
        let n = b + c;
        let uneven = (0..1_u32 << n).filter(|throws| {
            let heads = throws.count_ones() as usize;
            heads.abs_diff(n - heads) >= b.abs_diff(c)
        });
        uneven.count() as f64 / f64::from(1_u32 << n)
    }

    #[test]
    fn exact_is_what_counting_gives() {
        for (b, c) in (0..=14).flat_map(|n| (0..=n).map(move |b| (b, n - b))) {
            assert!((exact(b, c) - counted(b, c)).abs() < 1e-12, "{b} {c}: {}", exact(b, c));
        }
    }

    #[test]
    fn exact_and_approximate_meet() {
        for (b, c) in [(40, 60), (1_000, 1_100), (50_000, 50_500), (500_000, 498_000), (499_000, 501_000)] {
            let (exact, approximate) = (exact(b, c), upper_tail(chi_square(b, c)));
            assert!((exact / approximate - 1.0).abs() < 0.02, "{b} {c}: {exact} {approximate}");
        }
    }

    #[test]
    fn uneven_beyond_numbers_is_zero_and_never_nan() {
        for (b, c, most) in [(0, 2_000, 1e-300), (1_000_000, 0, 1e-300), (2_000_000, 1_000_000, 1e-300)] {
            let p = McNemar::new(b, c).p;
            assert!((0.0..most).contains(&p), "{b} {c}: {p}");
        }
    }
}
