//! How a comparison is told: a line of JSON, whose ratio is above 1 where ours is better.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// Which of two figures is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Better {
    /// Less, as of times and bytes.
    Less,
    /// More, as of requests a second.
    More,
}

/// What is compared, in what unit.
#[derive(Clone, Copy, Debug)]
pub struct Comparison<'a> {
    /// The benchmark.
    pub bench: &'a str,
    /// What is read or posted.
    pub case: &'a str,
    /// The unit of both figures.
    pub unit: &'a str,
    /// Which figure is better.
    pub better: Better,
}

impl Comparison<'_> {
    /// The line that sets `ours` beside what `other` needs.
    pub fn line(&self, ours: f64, other: &str, other_value: f64) -> Value {
        let ratio = match self.better {
            Better::Less => other_value / ours,
            Better::More => ours / other_value,
        };
        json!({
            "bench": self.bench, "case": self.case, "unit": self.unit,
            "ours": rounded(ours), "other": other, "other_value": rounded(other_value),
            "ratio": rounded(ratio),
        })
    }
}

/// What many measurements of the same thing tell.
#[derive(Clone, Copy, Debug)]
pub struct Summary {
    /// The figure in the middle.
    pub median: f64,
    /// How far the middle half of the figures lies apart, as a share of the median. Beyond a
    /// few per cent, something else was running.
    pub spread: f64,
}

impl Summary {
    /// The summary of one figure or more.
    ///
    /// # Panics
    ///
    /// When there is none.
    pub fn of(mut figures: Vec<f64>) -> Self {
        figures.sort_by(f64::total_cmp);
        let at = |quarter: usize| figures[(figures.len() - 1) * quarter / 4];
        Self { median: at(2), spread: (at(3) - at(1)) / at(2) }
    }
}

/// Whether something else took the cores while a benchmark ran.
///
/// The spread does not tell by itself: what takes longer than the scheduler allows is
/// interrupted each time, and looks steady.
pub struct Watch {
    begun: Instant,
    waited: Option<Duration>,
}

impl Watch {
    /// Watches all threads from now on.
    pub fn start() -> Self {
        Self { begun: Instant::now(), waited: waited() }
    }

    /// What was seen, for people to read.
    pub fn words(&self) -> String {
        let (Some(before), Some(now)) = (self.waited, waited()) else {
            return "this system does not tell whether a core was free".to_owned();
        };
        let share = now.saturating_sub(before).as_secs_f64() / self.begun.elapsed().as_secs_f64();
        let verdict =
            if share > 0.05 { ": DISTURBED, run it again when nothing else runs" } else { "" };
        format!("its threads waited {:.1}% of the time for a core{verdict}", share * 100.0)
    }
}

/// How long the threads have been ready and without a core; Linux tells.
fn waited() -> Option<Duration> {
    let waited = |task: std::fs::DirEntry| -> Option<u64> {
        let told = std::fs::read_to_string(task.path().join("schedstat")).ok()?;
        told.split_whitespace().nth(1)?.parse().ok()
    };
    let tasks = std::fs::read_dir("/proc/self/task").ok()?;
    tasks.map(|task| waited(task.ok()?)).sum::<Option<u64>>().map(Duration::from_nanos)
}

fn rounded(figure: f64) -> f64 {
    (figure * 1e4).round() / 1e4
}
