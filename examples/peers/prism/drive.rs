//! Makes every call of Meta's file to Prism, which judges it by that file.
//!
//! Started by `run.sh`, with the address of the front in `serve.mjs`. Prints a line of JSON for
//! each call: whether Prism takes what we ask, and whether our type reads what Prism answers,
//! for each example of an answer. What differs must stand in `docs/prism.md` with its reason,
//! and what stands there must differ: otherwise the end is 1.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "its results are what it prints")]

mod case;
mod differences;
mod messages;
mod operations;
mod templates;

use std::collections::BTreeSet;
use std::error::Error as _;
use std::process::ExitCode;

use secrecy::SecretString;
use serde::Deserialize;
use serde_json::json;
use whatsapp_cloud::Client;
use whatsapp_cloud::client::ApiVersion;
use whatsapp_cloud::endpoint::{Endpoint, Request};

use crate::case::{Case, Failure, shape};
use crate::differences::{Documented, Finding, Side};

/// What Meta's file lists, and is no call to the Graph.
const NO_CALLS: &[&str] = &["GET /{Version}/{Media-URL}", "POST /whatsapp/webhooks"];

#[tokio::main]
async fn main() -> ExitCode {
    let Some(front) = std::env::args().nth(1) else {
        eprintln!("usage: started by run.sh, with the address of the front");
        return ExitCode::from(2);
    };
    match drive(&front).await {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn drive(front: &str) -> Result<bool, Failure> {
    let Operations { operations } =
        client(&format!("{front}/front"))?.execute(&AskOperations).await?;
    let mut cases = operations::cases()?;
    cases.extend(templates::cases()?);
    cases.extend(messages::cases()?);

    let mut documented = Documented::read()?;
    let mut kinds = BTreeSet::new();
    let mut called = BTreeSet::new();
    let mut tally = Tally::default();
    for case in &cases {
        let of_case = |operation: &&Operation| {
            operation.method == case.method.as_str() && shape(&operation.path) == shape(case.path)
        };
        let Some((place, operation)) =
            operations.iter().enumerate().find(|(_, operation)| of_case(operation))
        else {
            return Err(format!("{}: not in Meta's file", case.name).into());
        };
        called.insert(place);
        let mut findings = ask(front, place, case).await?;
        // Examples of answers are the same for all calls of a type.
        let is_first = kinds.insert(case.kind);
        let answers = operation.answers.iter().enumerate();
        let answers: Vec<_> =
            answers.filter(|(_, answer)| is_first && case.hears(&answer.name)).collect();
        let mut unsound = Vec::new();
        for &(n, answer) in &answers {
            findings.extend(hear(front, place, n, answer, case).await?);
            let verdict = client(&format!("{front}/front"))?.execute(&AskVerdict).await?;
            if verdict.violations.iter().any(|violation| violation.is_of("response")) {
                unsound.push(&answer.name);
            }
        }
        tally.answers_against_their_schema += unsound.len();
        let new: Vec<_> =
            findings.iter().filter(|finding| !documented.covers(&case.name, finding)).collect();
        tally.count(&findings, answers.len(), new.len());
        let line = json!({
            "case": case.name,
            "operation": format!("{} {}", operation.method, operation.path),
            "answers": answers.len(),
            "answers_against_their_schema": unsound,
            "ok": findings.is_empty(),
            "differs": findings.iter().map(Finding::to_json).collect::<Vec<_>>(),
            "undocumented": new.len(),
        });
        println!("{line}");
    }
    let uncalled: Vec<_> = operations
        .iter()
        .enumerate()
        .filter(|(place, _)| !called.contains(place))
        .map(|(_, operation)| format!("{} {}", operation.method, operation.path))
        .filter(|operation| !NO_CALLS.contains(&operation.as_str()))
        .collect();
    let stale = documented.stale();
    let is_good = tally.undocumented == 0 && uncalled.is_empty() && stale.is_empty();
    let summary = json!({
        "operations": called.len(),
        "cases": cases.len(),
        "requests_taken": cases.len() - tally.requests_refused,
        "answers": tally.answers,
        "answers_read": tally.answers - tally.answers_unread,
        "answers_against_their_schema": tally.answers_against_their_schema,
        "undocumented": tally.undocumented,
        "documented_but_the_same": stale,
        "not_called": uncalled,
        "ok": is_good,
    });
    println!("{summary}");
    Ok(is_good)
}

#[derive(Default)]
struct Tally {
    requests_refused: usize,
    answers: usize,
    answers_unread: usize,
    /// Those that Prism finds wrong by the file's own schema.
    answers_against_their_schema: usize,
    undocumented: usize,
}

impl Tally {
    fn count(&mut self, findings: &[Finding], answers: usize, undocumented: usize) {
        let of = |side: Side| findings.iter().filter(move |finding| finding.side == side);
        self.requests_refused += usize::from(of(Side::Request).next().is_some());
        self.answers += answers;
        let unread: BTreeSet<_> = of(Side::Answer).map(|finding| &finding.place).collect();
        self.answers_unread += unread.len();
        self.undocumented += undocumented;
    }
}

/// What Prism and the front find in the request.
async fn ask(front: &str, place: usize, case: &Case) -> Result<Vec<Finding>, Failure> {
    let outcome = case.execute(client(&format!("{front}/{place}/ask"))?).await;
    if let Err(error) = &outcome
        && error.status().is_none()
    {
        // Prism has not seen it.
        return Ok(vec![Finding::ours(error)]);
    }
    let verdict = client(&format!("{front}/front"))?.execute(&AskVerdict).await?;
    let violations = without_other_branches(verdict.violations);
    let mut findings: Vec<_> = violations
        .into_iter()
        .filter(|violation| violation.is_of("request"))
        .map(|violation| Finding {
            side: Side::Request,
            place: violation.location[1..].join("."),
            what: violation.message,
        })
        .collect();
    findings.extend(verdict.undeclared.into_iter().map(|place| Finding {
        side: Side::Request,
        what: "the file declares no such name".to_owned(),
        place,
    }));
    Ok(findings)
}

/// Where a value fits none of several schemas, Prism also says what is wrong with it by each.
fn without_other_branches(violations: Vec<Violation>) -> Vec<Violation> {
    let is_choice = |violation: &Violation| violation.message.contains("in oneOf");
    let choices: Vec<_> = violations
        .iter()
        .filter(|violation| is_choice(violation))
        .map(|violation| violation.location.clone())
        .collect();
    let is_within = |violation: &Violation| {
        let here = violation.location.as_slice();
        let is_inner = |choice: &Vec<String>| here.len() > choice.len() || !is_choice(violation);
        choices.iter().any(|choice| here.starts_with(choice) && is_inner(choice))
    };
    violations.into_iter().filter(|violation| !is_within(violation)).collect()
}

/// What our type does with the `n`th answer.
async fn hear(
    front: &str,
    place: usize,
    n: usize,
    answer: &Answer,
    case: &Case,
) -> Result<Option<Finding>, Failure> {
    let outcome = case.execute(client(&format!("{front}/{place}/answer/{n}"))?).await;
    let Err(error) = outcome else { return Ok(None) };
    if error.status().is_none() {
        return Ok(Some(Finding::ours(&error)));
    }
    let source = error.source().map(|source| format!(": {source}")).unwrap_or_default();
    let status = error.status().unwrap_or_default();
    Ok(Some(Finding {
        side: Side::Answer,
        place: answer.name.clone(),
        what: format!("{status} {error}{source}"),
    }))
}

fn client(base: &str) -> Result<Client, Failure> {
    let token = SecretString::from("EAAG-of-an-example");
    Ok(Client::builder(token).base_url(base).api_version(ApiVersion::V23_0).build()?)
}

/// The operations of Meta's file, as the front knows them.
struct AskOperations;

impl Endpoint for AskOperations {
    type Response = Operations;
    const OPERATION: &'static str = "ask for the operations";
    const IDEMPOTENT: bool = true;

    fn request(&self) -> whatsapp_cloud::Result<Request> {
        Ok(Request::get(["operations"]))
    }
}

#[derive(Deserialize)]
struct Operations {
    operations: Vec<Operation>,
}

#[derive(Deserialize)]
struct Operation {
    method: String,
    path: String,
    answers: Vec<Answer>,
}

#[derive(Deserialize)]
struct Answer {
    name: String,
}

/// What Prism said to the last request.
struct AskVerdict;

impl Endpoint for AskVerdict {
    type Response = Verdict;
    const OPERATION: &'static str = "ask for the verdict";
    const IDEMPOTENT: bool = true;

    fn request(&self) -> whatsapp_cloud::Result<Request> {
        Ok(Request::get(["verdict"]))
    }
}

#[derive(Deserialize)]
struct Verdict {
    violations: Vec<Violation>,
    /// Names of the request that the file declares nowhere for this operation.
    undeclared: Vec<String>,
}

#[derive(Deserialize)]
struct Violation {
    location: Vec<String>,
    message: String,
}

impl Violation {
    fn is_of(&self, side: &str) -> bool {
        self.location.first().is_some_and(|first| first == side)
    }
}
