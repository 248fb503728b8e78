//! Lines and dots as inline SVG.
//!
//! Lengths across are percentages and letters are pixels: a plot fits any width, and its letters never shrink.

use super::numbers::percent;
use crate::eval::bootstrap::Interval;
use maud::{Markup, html};

/// The height of the plotted field in pixels; under it stand the numbers and the name of the axis.
const HEIGHT: f64 = 200.0;

/// A field with its axes; x runs from 0 to 1.
pub(super) struct Plot {
    /// What there is to see, for those who do not see it.
    pub(super) description: String,
    /// Where y starts; it ends at 1.
    pub(super) low: f64,
    /// Place of a mark on the x axis and its words.
    pub(super) x_marks: Vec<(f64, String)>,
    /// The name of the x axis.
    pub(super) x_name: &'static str,
}

impl Plot {
    /// Returns the plot with `content` in its field.
    pub(super) fn draw(&self, content: &Markup) -> Markup {
        html! {
            svg.plot width="100%" height="246" role="img" aria-label=(self.description) {
                title { (self.description) }
                @for tick in ticks(self.low) {
                    @let y = format!("{:.1}", self.y(tick));
                    line.grid x1="0" x2="100%" y1=(y) y2=(y) {}
                    text.tick x="-6" y=(y) dy="4" text-anchor="end" { (format!("{:.0}\u{a0}%", 100.0 * tick)) }
                }
                line.axis x1="0" x2="100%" y1=(HEIGHT) y2=(HEIGHT) {}
                @for (x, name) in &self.x_marks {
                    @let x = format!("{:.2}%", 100.0 * x);
                    line.grid x1=(x) x2=(x) y1="200" y2="205" {}
                    text.tick x=(x) y="219" text-anchor="middle" { (name) }
                }
                text.tick x="50%" y="240" text-anchor="middle" { (self.x_name) }
                (content)
            }
        }
    }

    /// Returns a line through points `(x, y)`.
    pub(super) fn line(&self, points: &[(f64, f64)], class: &str) -> Markup {
        let points: Vec<String> =
            points.iter().map(|&(x, y)| format!("{:.2},{:.2}", 100.0 * x, self.y(y) / HEIGHT * 100.0)).collect();
        html! {
            svg.field x="0" y="0" width="100%" height="200" viewBox="0 0 100 100" preserveAspectRatio="none" {
                polyline class=(class) points=(points.join(" ")) vector-effect="non-scaling-stroke" {}
            }
        }
    }

    /// Returns a dot at `(x, y)` whose title is `said`.
    pub(super) fn dot(&self, (x, y): (f64, f64), radius: f64, class: &str, said: &str) -> Markup {
        html! {
            circle class=(class) cx=(format!("{:.2}%", 100.0 * x)) cy=(format!("{:.1}", self.y(y))) r=(format!("{radius:.1}")) {
                title { (said) }
            }
        }
    }

    /// Pixels from the top.
    fn y(&self, value: f64) -> f64 {
        HEIGHT * (1.0 - (value - self.low) / (1.0 - self.low))
    }
}

/// Returns the tenth at or under the lowest of `values`, at most 0.9: where an axis of shares may start.
pub(super) fn floor(values: impl Iterator<Item = f64>) -> f64 {
    (values.fold(0.9, f64::min) * 10.0).floor() / 10.0
}

/// Shares on an axis from `low` to 1, six at most.
fn ticks(low: f64) -> Vec<f64> {
    let step = [0.02, 0.05, 0.1].into_iter().find(|step| (1.0 - low) / step <= 5.01).unwrap_or(0.2);
    let count = ((1.0 - low) / step + 1e-9).floor() as usize;
    (0..=count).map(|at| 1.0 - step * at as f64).collect()
}

/// Returns a figure with its interval on a line from 0 to 1.
pub(super) fn whisker(value: f64, interval: Option<Interval>) -> Markup {
    let place = |share: f64| format!("{:.1}%", 100.0 * share);
    html! {
        svg.whisker width="100%" height="14" role="img" aria-label=(percent(value)) {
            line.grid x1="0" x2="100%" y1="7" y2="7" {}
            @if let Some(within) = interval { line.span x1=(place(within.low)) x2=(place(within.high)) y1="7" y2="7" {} }
            circle.dot cx=(place(value)) cy="7" r="4" {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_start_at_a_tenth_and_have_few_marks() {
        for (lowest, start, marks) in [(0.95, 0.9, 6), (0.81, 0.8, 5), (0.62, 0.6, 5), (0.3, 0.3, 4), (0.0, 0.0, 6)] {
            let found = floor([0.99, lowest].into_iter());
            assert!((found - start).abs() < 1e-9, "{lowest}: {found}");
            assert_eq!(ticks(found).len(), marks, "{:?}", ticks(found));
        }
    }
}
