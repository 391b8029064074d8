//! Meta, the customer, and who kills.

use std::collections::HashSet;
use std::io::{BufRead, BufReader};
use std::ops::RangeInclusive;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, ExitCode, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use secrecy::SecretString;
use whatsapp_cloud::simulator::Simulator;

use crate::PLAN;
use crate::child::{Ending, Line, Plan, Point};

const APP_SECRET: &str = "crash-app-secret";
const VERIFY_TOKEN: &str = "crash-verify-token";
const TOKEN: &str = "crash-token";
const CUSTOMER: &str = "5511999990001";

/// The least number of points that must be shown.
const LEAST: usize = 20;

/// Longer than any journey takes.
const PATIENCE: Duration = Duration::from_secs(60);

/// How many journeys are made at once; most of each is waiting for a dead one's lease.
const AT_ONCE: usize = 4;

pub(crate) fn run() -> ExitCode {
    let begun = Instant::now();
    let points = points();
    assert!(points.len() >= LEAST, "only {} points in the journey", points.len());
    let todo = Mutex::new(points.iter());
    let failures = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                loop {
                    let Some(point) = todo.lock().unwrap().next() else {
                        return;
                    };
                    let outcome = std::panic::catch_unwind(|| killed_at(point));
                    if outcome.is_err() {
                        failures.lock().unwrap().push(point.clone());
                    }
                }
            });
        }
    });
    let failures = failures.into_inner().unwrap();
    for point in &failures {
        println!("FAILED: killed {} {} #{}", side(point), point.step, point.nth);
    }
    println!(
        "killed at {} points of the journey in {:.1} s",
        points.len(),
        begun.elapsed().as_secs_f64()
    );
    println!("{} passed, {} failed", points.len() - failures.len(), failures.len());
    if failures.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Each point of an undisturbed journey: both sides of each step, the first three times.
fn points() -> Vec<Point> {
    let mut journey = Journey::begin();
    let mut child = journey.start(None);
    journey.customer_writes(&mut child);
    let mut seen = HashSet::new();
    let mut points = Vec::new();
    let ending = loop {
        match child.next() {
            Line::Passed(point) if point.nth <= 3 && seen.insert(point.clone()) => {
                points.push(point);
            }
            Line::Done(ending) => break ending,
            _ => {}
        }
    };
    journey.check(&ending, "not killed", 0..=0);
    points
}

fn killed_at(point: &Point) {
    let mut journey = Journey::begin();
    let mut first = journey.start(Some(point.clone()));
    journey.customer_writes(&mut first);
    // Not every journey passes every point (how many statuses come in one body varies): one
    // that comes to its end has been checked as well.
    let mut sending = false;
    let ending = loop {
        match first.next() {
            Line::Halted => break None,
            Line::Done(ending) => break Some(ending),
            Line::Passed(passed) => match (passed.step.as_str(), passed.after) {
                ("start send", false) => sending = true,
                ("send", true) => sending = false,
                _ => {}
            },
            Line::Listening { .. } => {}
        }
    };
    // Killed after the attempt was recorded and before the call: nobody can know whether it
    // went out, so it is shown as unconfirmed and a person repeats it. Killed elsewhere while
    // another worker is in the call, either may be the case.
    let unconfirmed = match (point.step.as_str(), point.after) {
        ("start send", true) | ("send", false) => usize::from(ending.is_none()),
        _ => 0,
    };
    let unconfirmed = unconfirmed..=unconfirmed.max(usize::from(sending));
    let ending = ending.unwrap_or_else(|| {
        first.kill();
        let mut second = journey.start(None);
        journey.moves_to(&mut second);
        second.until_done()
    });
    let place = format!("killed {} {} #{}", side(point), point.step, point.nth);
    journey.check(&ending, &place, unconfirmed);
}

fn side(point: &Point) -> &'static str {
    if point.after { "after" } else { "before" }
}

struct Journey {
    runtime: tokio::runtime::Runtime,
    simulator: Simulator,
    folder: tempfile::TempDir,
}

impl Journey {
    fn begin() -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let simulator = runtime
            .block_on(
                Simulator::builder()
                    .app_secret(SecretString::from(APP_SECRET))
                    .verify_token(SecretString::from(VERIFY_TOKEN))
                    .token(SecretString::from(TOKEN))
                    .retry_first(Duration::from_millis(20))
                    .start(),
            )
            .unwrap();
        Self { runtime, simulator, folder: tempfile::tempdir().unwrap() }
    }

    fn start(&self, halt: Option<Point>) -> Desk {
        let plan = Plan {
            folder: self.folder.path().to_owned(),
            api: self.simulator.base_url().to_owned(),
            account: self.simulator.phone_number_id().as_str().to_owned(),
            app_secret: APP_SECRET.to_owned(),
            verify_token: VERIFY_TOKEN.to_owned(),
            token: TOKEN.to_owned(),
            halt,
        };
        let mut process = Command::new(std::env::current_exe().unwrap())
            .env(PLAN, serde_json::to_string(&plan).unwrap())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(process.stdout.take().unwrap());
        let process = Arc::new(Mutex::new(process));
        // A desk that hangs is killed, so that its journey fails instead of never ending.
        let (ended, end) = mpsc::channel();
        let watched = Arc::clone(&process);
        std::thread::spawn(move || {
            if end.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
                let _ = watched.lock().unwrap().kill();
            }
        });
        Desk { process, lines, _ended: ended }
    }

    /// Meta posts to this process from now on, also what it could not deliver before.
    fn moves_to(&self, desk: &mut Desk) {
        loop {
            if let Line::Listening { webhook } = desk.next() {
                self.runtime.block_on(self.simulator.set_callback(&webhook)).unwrap();
                return;
            }
        }
    }

    fn customer_writes(&mut self, desk: &mut Desk) {
        self.moves_to(desk);
        let customer = self.simulator.customer(CUSTOMER).named("Ana");
        self.runtime.block_on(customer.says("Olá"));
    }

    /// Nothing lost, nothing twice: by the desk's own word, and by what the world outside saw.
    fn check(&self, ending: &Ending, place: &str, unconfirmed: RangeInclusive<usize>) {
        assert_eq!(ending.conversations, 1, "{place}");
        assert_eq!(ending.inbound, 1, "{place}");
        assert_eq!(ending.outbound_read, 1, "{place}");
        assert_eq!(ending.recorded_in_crm, 2, "{place}");
        assert_eq!(ending.load, 1, "{place}");
        assert!(unconfirmed.contains(&ending.outbound_unconfirmed), "{place}: {ending:?}");
        assert_eq!(self.simulator.sent().len(), 1, "{place}: the customer got it once");
        assert_eq!(crm_lines(self.folder.path()), (1, 2), "{place}: the CRM was told once");
    }
}

/// How often the CRM was told of a customer, and of a message.
fn crm_lines(folder: &Path) -> (usize, usize) {
    let text = std::fs::read_to_string(folder.join("crm.jsonl")).unwrap();
    let count = |kind: &str| text.lines().filter(|line| line.contains(kind)).count();
    (count(r#""kind":"contact""#), count(r#""kind":"timeline""#))
}

struct Desk {
    process: Arc<Mutex<Child>>,
    lines: BufReader<ChildStdout>,
    /// Tells the watch, by being dropped, that there is nothing left to watch.
    _ended: Sender<()>,
}

impl Desk {
    fn next(&mut self) -> Line {
        let mut line = String::new();
        self.lines.read_line(&mut line).unwrap();
        assert!(!line.is_empty(), "the desk ended early, or hung");
        serde_json::from_str(&line).unwrap_or_else(|_| panic!("not the desk's: {line}"))
    }

    fn until_done(&mut self) -> Ending {
        loop {
            if let Line::Done(ending) = self.next() {
                return ending;
            }
        }
    }

    /// SIGKILL.
    fn kill(&mut self) {
        let mut process = self.process.lock().unwrap();
        process.kill().unwrap();
        assert!(!process.wait().unwrap().success());
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        if let Ok(mut process) = self.process.lock() {
            let _ = process.kill();
            let _ = process.wait();
        }
    }
}
