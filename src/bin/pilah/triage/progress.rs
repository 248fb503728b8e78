//! Progress: a bar with rate and time left on a terminal, a line now and then in a log, nothing on a pipe.

use indicatif::{ProgressBar, ProgressStyle};
use pilah::triage::{Gauge, Stage};
use std::fs::File;
use std::io::{self, IsTerminal, Write};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

/// Between two looks, on a terminal and in a log.
const BLINK: Duration = Duration::from_millis(250);
const LOG_LINE: Duration = Duration::from_secs(60);
/// Steps of the bar.
const STEPS: u64 = 1000;

/// Where progress goes.
enum Screen {
    Terminal(ProgressBar),
    Log,
    Nothing,
}

/// Returns what `work` returns, and shows meanwhile what `gauge` says.
pub(super) fn shown<T>(gauge: &Gauge, work: impl FnOnce() -> T) -> T {
    let screen = Screen::of_stderr();
    if matches!(screen, Screen::Nothing) {
        return work();
    }
    thread::scope(|scope| {
        let (done, is_done) = channel::<()>();
        scope.spawn(move || {
            let start = Instant::now();
            while is_done.recv_timeout(screen.interval()) == Err(RecvTimeoutError::Timeout) {
                screen.show(gauge, start.elapsed());
            }
            if let Screen::Terminal(bar) = screen {
                bar.finish_and_clear();
            }
        });
        let result = work();
        drop(done);
        result
    })
}

impl Screen {
    fn of_stderr() -> Self {
        if io::stderr().is_terminal() {
            let style = ProgressStyle::with_template("{prefix:>12} {bar:30} {msg}")
                .unwrap_or_else(|_| ProgressStyle::default_bar());
            return Self::Terminal(ProgressBar::new(STEPS).with_style(style));
        }
        if is_file() { Self::Log } else { Self::Nothing }
    }

    fn interval(&self) -> Duration {
        if matches!(self, Self::Terminal(_)) { BLINK } else { LOG_LINE }
    }

    fn show(&self, gauge: &Gauge, elapsed: Duration) {
        let message = message(gauge, elapsed);
        match self {
            Self::Terminal(bar) => {
                bar.set_prefix(verb(gauge.stage()));
                bar.set_position((gauge.share().unwrap_or(0.0) * STEPS as f64) as u64);
                bar.set_message(message);
            }
            // A log that cannot be written is nobody's loss.
            Self::Log => drop(writeln!(io::stderr().lock(), "{}: {message}", verb(gauge.stage()))),
            Self::Nothing => {}
        }
    }
}

/// Whether standard error is a file: a log.
#[cfg(unix)]
fn is_file() -> bool {
    use std::os::fd::AsFd;
    let stderr = io::stderr().as_fd().try_clone_to_owned().map(File::from);
    stderr.and_then(|file| file.metadata()).is_ok_and(|found| found.is_file())
}

/// Whether standard error is a file: not told elsewhere.
#[cfg(not(unix))]
fn is_file() -> bool {
    false
}

fn verb(stage: Stage) -> &'static str {
    match stage {
        Stage::Sorting => "sorting",
        Stage::Grouping => "duplicates",
        Stage::Writing => "writing",
    }
}

/// Says how many messages, how fast, and how long it will take; the time left is that of the stage.
fn message(gauge: &Gauge, elapsed: Duration) -> String {
    let rows = gauge.rows();
    let seconds = elapsed.as_secs_f64();
    let mut message = format!("{rows} messages");
    if gauge.stage() != Stage::Sorting {
        return gauge.share().map_or(message.clone(), |share| format!("{message}, {:.0} %", 100.0 * share));
    }
    if seconds > 0.0 {
        message += &format!(", {:.0} a second", rows as f64 / seconds);
    }
    match gauge.share() {
        Some(share) if share > 0.0 => message + &format!(", {} left", span(seconds * (1.0 - share) / share)),
        _ => message,
    }
}

/// Returns `seconds` as people say them.
fn span(seconds: f64) -> String {
    let seconds = seconds.round() as u64;
    match (seconds / 3600, seconds / 60 % 60, seconds % 60) {
        (0, 0, seconds) => format!("{seconds} s"),
        (0, minutes, seconds) => format!("{minutes} min {seconds} s"),
        (hours, minutes, _) => format!("{hours} h {minutes} min"),
    }
}

#[cfg(test)]
mod tests {
    use super::span;

    #[test]
    fn spans_are_told_as_people_say_them() {
        for (seconds, expected) in [(0.4, "0 s"), (59.0, "59 s"), (61.0, "1 min 1 s"), (7320.0, "2 h 2 min")] {
            assert_eq!(span(seconds), expected);
        }
    }
}
