//! [`serve`]: the loop of a serving process.

use crate::Fallible;
use std::fmt::Write as _;
use std::fs;
use std::hint::black_box;
use std::io::{BufRead, Write as _};
use std::path::Path;
use std::time::{Duration, Instant};

/// What a system says of one text.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The label decided for; not always the likeliest, for pilah raises what is urgent.
    pub decided: usize,
    /// Probability of each label of the task.
    pub probabilities: Vec<f32>,
}

/// A loaded model.
pub trait Rival {
    /// Returns all that the model says of `text`.
    fn answer(&self, text: &str) -> Answer;

    /// Returns the label of `text` with as little work as the system can do.
    fn label(&self, text: &str) -> usize;

    /// Returns the labels of many texts; one by one where the system knows no batches.
    fn labels(&self, texts: &[String]) -> Vec<usize> {
        texts.iter().map(|text| self.label(text)).collect()
    }
}

/// Loads a model, tells how long that took and answers the lines of standard input until it ends.
///
/// # Errors
/// Whatever keeps the model or the texts from being read, or an answer from being written.
pub fn serve<R: Rival>(texts: &Path, load: impl FnOnce() -> Fallible<R>) -> Fallible<()> {
    let texts: Vec<String> = fs::read_to_string(texts)?.lines().map(str::to_owned).collect();
    let began = Instant::now();
    let rival = load()?;
    say(&format!("ready {}", began.elapsed().as_secs_f64()))?;
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let words: Vec<&str> = line.split('\t').collect();
        let answer = match words.as_slice() {
            ["answer", path] => answer_all(&rival, &texts, Path::new(path))?,
            ["one", seconds] => one_by_one(&rival, &texts, seconds.parse()?),
            ["batch", seconds] => batches(&rival, &texts, seconds.parse()?),
            ["memory"] => format!("memory {}", peak_kilobytes()?),
            _ => return Err(format!("found {line:?}; expected answer, one, batch or memory").into()),
        };
        say(&answer)?;
    }
    Ok(())
}

fn say(line: &str) -> Fallible<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}")?;
    Ok(out.flush()?)
}

/// Writes, a line for each text, the label decided for and every probability.
fn answer_all(rival: &impl Rival, texts: &[String], path: &Path) -> Fallible<String> {
    let mut lines = String::new();
    for text in texts {
        let answer = rival.answer(text);
        write!(lines, "{}", answer.decided)?;
        answer.probabilities.iter().try_for_each(|p| write!(lines, " {p}"))?;
        lines.push('\n');
    }
    fs::write(path, lines)?;
    Ok(format!("answer {}", texts.len()))
}

/// Returns the nanoseconds that each text took alone: each once, or as many as `seconds` allow.
fn one_by_one(rival: &impl Rival, texts: &[String], seconds: f64) -> String {
    let until = Instant::now() + Duration::from_secs_f64(seconds);
    let mut line = "one".to_owned();
    for text in texts {
        let began = Instant::now();
        black_box(rival.label(black_box(text)));
        line.push_str(&format!(" {}", began.elapsed().as_nanos()));
        if Instant::now() > until {
            break;
        }
    }
    line
}

/// Returns how many texts were labelled in how long, in whole passes until `seconds` are over.
fn batches(rival: &impl Rival, texts: &[String], seconds: f64) -> String {
    let began = Instant::now();
    let mut done = 0;
    while began.elapsed().as_secs_f64() < seconds {
        black_box(rival.labels(black_box(texts)));
        done += texts.len();
    }
    format!("batch {done} {}", began.elapsed().as_secs_f64())
}

/// Returns the most memory that the process has had resident (Linux tells it).
fn peak_kilobytes() -> Fallible<u64> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    Ok(line.and_then(|line| line.split_whitespace().next()).unwrap_or("0").parse()?)
}
