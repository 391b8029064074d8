//! For each fault and each class of operations: what the caller is told is what happened.
//!
//! The calls that the simulator handled are counted past the fault: an outcome may claim that
//! there was an effect, that there was none, or that nobody knows; and never anything else.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use whatsapp_cloud::api::messages::Message;
use whatsapp_cloud::catalogue::{self, Effect};
use whatsapp_cloud::client::{Clock, RetryPolicy};
use whatsapp_cloud::endpoint::Method;
use whatsapp_cloud::simulator::{Aim, Fault, Simulator};
use whatsapp_cloud::{Client, Error, ErrorKind, MediaId, MessageId};

use super::support::{ANA, BEARER, ask, builder, refused};

/// Shorter than the slow answer, and long enough for a busy machine.
const PATIENCE: Duration = Duration::from_millis(400);

const FAULTS: [Fault; 12] = [
    Fault::DropBeforeEffect,
    Fault::DropAnswerAfterEffect,
    Fault::CutAnswer,
    Fault::Slow(Duration::from_secs(3)),
    Fault::Status(404),
    Fault::Status(500),
    Fault::Status(503),
    Fault::StatusAfterEffect(502),
    Fault::Graph(190),
    Fault::Graph(131_000),
    Fault::Graph(131_056),
    Fault::Throttled(Duration::from_secs(7)),
];

/// What kinds of operations there are, by what repeating them means.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Class {
    /// Has an effect each time, which a customer sees.
    Sends,
    /// Has an effect each time, which nobody sees: a file of its own, of which one is used.
    Uploads,
    /// Has the same effect each time: marking as read, deleting.
    Marks,
    Deletes,
    /// Has none.
    Reads,
}

const CLASSES: [Class; 5] =
    [Class::Sends, Class::Uploads, Class::Marks, Class::Deletes, Class::Reads];

/// What there is to operate on.
struct Around {
    simulator: Simulator,
    client: Client,
    question: MessageId,
    file: MediaId,
}

/// A clock on which waits take no time, and are over at once.
#[derive(Default)]
struct Hurried(AtomicU64);

#[async_trait]
impl Clock for Hurried {
    fn now(&self) -> Duration {
        Duration::from_millis(self.0.load(Ordering::SeqCst))
    }

    async fn sleep(&self, time: Duration) {
        let millis = u64::try_from(time.as_millis()).unwrap();
        self.0.fetch_add(millis, Ordering::SeqCst);
    }

    fn chance(&self) -> f64 {
        0.5
    }
}

impl Around {
    /// With a client that asks again, as far as that is safe.
    async fn set_up_to_ask_again() -> Self {
        let mut around = Self::set_up().await;
        around.client = Client::builder("simulator-token".into())
            .base_url(around.simulator.base_url())
            .timeout(PATIENCE)
            .transfer_timeout(PATIENCE)
            .retry(RetryPolicy::default())
            .clock(Arc::new(Hurried::default()))
            .build()
            .unwrap();
        around
    }

    async fn set_up() -> Self {
        let simulator = builder().start().await.unwrap();
        let question = simulator.customer(ANA).says("oi").await;
        let client = Client::builder("simulator-token".into())
            .base_url(simulator.base_url())
            .timeout(PATIENCE)
            .transfer_timeout(PATIENCE)
            .build()
            .unwrap();
        let number = client.phone_number(simulator.phone_number_id().clone());
        let file = number.upload_media(b"x".to_vec(), "text/plain", "x").await.unwrap().id;
        Self { simulator, client, question, file }
    }

    async fn operate(&self, class: Class) -> Result<(), Error> {
        let number = self.client.phone_number(self.simulator.phone_number_id().clone());
        match class {
            Class::Sends => number.send(Message::text(ANA, "oi")).await.map(drop),
            Class::Uploads => number.upload_media(b"y".to_vec(), "text/plain", "y").await.map(drop),
            Class::Marks => number.mark_as_read(&self.question).await.map(drop),
            Class::Deletes => self.client.media(self.file.clone()).delete().await.map(drop),
            Class::Reads => self.client.media(self.file.clone()).get().await.map(drop),
        }
    }

    /// How many calls changed something, and how many questions were answered.
    fn effects(&self, class: Class) -> usize {
        let calls = self.simulator.calls();
        match class {
            Class::Reads => calls.iter().filter(|call| call.status() < 300).count(),
            _ => calls.iter().filter(|call| call.took_effect()).count(),
        }
    }
}

/// What an outcome says of the effect.
#[derive(Debug, PartialEq)]
enum Claim {
    Happened,
    Nothing,
    NobodyKnows,
}

impl Claim {
    fn of(outcome: &Result<(), Error>) -> Self {
        match outcome {
            Ok(()) => Self::Happened,
            Err(error) if error.may_have_been_sent() => Self::NobodyKnows,
            Err(_) => Self::Nothing,
        }
    }
}

/// Whether a fault lets the call have its effect.
fn has_effect(fault: Fault) -> bool {
    matches!(
        fault,
        Fault::DropAnswerAfterEffect
            | Fault::CutAnswer
            | Fault::Slow(_)
            | Fault::StatusAfterEffect(_)
    )
}

#[tokio::test]
async fn what_is_claimed_is_what_happened() {
    for fault in FAULTS {
        for class in CLASSES {
            let around = Around::set_up().await;
            let before = around.effects(class);
            around.simulator.fail_next(fault);
            let outcome = around.operate(class).await;
            let effects = around.effects(class) - before;

            let place = format!("{fault:?} × {class:?}: {outcome:?}");
            assert!(outcome.is_err(), "{place}");
            assert_eq!(effects, usize::from(has_effect(fault)), "{place}");
            match Claim::of(&outcome) {
                Claim::Happened => assert_eq!(effects, 1, "{place}"),
                Claim::Nothing => assert_eq!(effects, 0, "{place}"),
                Claim::NobodyKnows => {}
            }
            // The catalogue, from which repeating is decided, claims no more than the error.
            let error = outcome.unwrap_err();
            if error.advice().effect == Effect::None {
                assert_eq!(effects, 0, "{place}");
            }
        }
    }
}

/// Who asks again does so only where that changes nothing, or where nothing happened.
#[tokio::test]
async fn asking_again_sends_nothing_twice() {
    for fault in FAULTS {
        for class in CLASSES {
            let around = Around::set_up_to_ask_again().await;
            let before = around.effects(class);
            around.simulator.fail_next(fault);
            let outcome = around.operate(class).await;
            let effects = around.effects(class) - before;

            let place = format!("{fault:?} × {class:?}: {outcome:?}");
            let is_once = class == Class::Sends;
            match (Claim::of(&outcome), is_once) {
                (Claim::Happened, true) => assert_eq!(effects, 1, "{place}"),
                (Claim::Nothing, true) => assert_eq!(effects, 0, "{place}"),
                (Claim::NobodyKnows, true) => assert!(effects <= 1, "{place}"),
                (Claim::Happened, false) => assert!(effects >= 1, "{place}"),
                // What was deleted by the attempt before is not found by the next.
                (Claim::Nothing, false) => {
                    let is_gone = class == Class::Deletes && effects == 1;
                    assert!(effects == 0 || is_gone, "{place}");
                }
                (Claim::NobodyKnows, false) => {}
            }
            // What passes by itself does not reach the caller, where repeating is safe.
            let passes = match fault {
                Fault::Graph(131_056) | Fault::Throttled(_) => true,
                Fault::Status(404) | Fault::Graph(190) => false,
                _ => {
                    class == Class::Deletes && !has_effect(fault)
                        || matches!(class, Class::Uploads | Class::Marks | Class::Reads)
                }
            };
            assert_eq!(outcome.is_ok(), passes, "{place}");
        }
    }
}

/// That nobody knows is no excuse where one can know: a refusal of Meta's is one.
#[tokio::test]
async fn what_can_be_known_is_claimed() {
    for (fault, claim) in [
        (Fault::Status(404), Claim::Nothing),
        (Fault::Graph(190), Claim::Nothing),
        (Fault::Graph(131_056), Claim::Nothing),
        (Fault::Throttled(Duration::from_secs(7)), Claim::Nothing),
        (Fault::Status(500), Claim::NobodyKnows),
        (Fault::StatusAfterEffect(502), Claim::NobodyKnows),
        (Fault::DropBeforeEffect, Claim::NobodyKnows),
        (Fault::Slow(Duration::from_secs(3)), Claim::NobodyKnows),
    ] {
        let around = Around::set_up().await;
        around.simulator.fail_next(fault);
        let outcome = around.operate(Class::Sends).await;
        assert_eq!(Claim::of(&outcome), claim, "{fault:?}");
    }
}

/// A cut answer has begun, and an answer that was dropped has not: they are two faults.
#[tokio::test]
async fn an_answer_is_cut_in_the_middle_and_dropped_before_it_begins() {
    let simulator = builder().start().await.unwrap();
    let address = simulator.base_url().strip_prefix("http://").unwrap();
    let asked =
        format!("GET /{} HTTP/1.1\r\nHost: {address}\r\n{BEARER}\r\n", simulator.phone_number_id());
    let mut answers = Vec::new();
    for fault in [None, Some(Fault::CutAnswer), Some(Fault::DropAnswerAfterEffect)] {
        let asked = match fault {
            None => asked.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"),
            Some(fault) => {
                simulator.fail_next(fault);
                asked.clone()
            }
        };
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(asked.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        // How it ends does not matter: with a reset, or without.
        let _ = stream.read_to_end(&mut answer).await;
        answers.push(String::from_utf8(answer).unwrap());
    }
    let (head, body) = answers[0].split_once("\r\n\r\n").unwrap();
    let (cut_head, cut_body) = answers[1].split_once("\r\n\r\n").unwrap();
    let length = format!("content-length: {}", body.len());

    assert!(head.contains(&length) && cut_head.contains(&length), "{cut_head}");
    assert_eq!(cut_body, &body[..body.len() / 2]);
    assert_eq!(answers[2], "");
}

#[tokio::test]
async fn where_nobody_listens_nothing_happened() {
    let around = Around::set_up().await;
    let calls = around.simulator.calls().len();
    around.simulator.shutdown().await;
    let number = around.client.phone_number("106540352242922");
    let error = number.send(Message::text(ANA, "oi")).await.unwrap_err();

    assert_eq!(error.kind(), ErrorKind::NotSent);
    assert!(!error.may_have_been_sent() && error.is_retryable());
    assert_eq!(calls, 1);
}

#[tokio::test]
async fn how_long_to_wait_is_heard() {
    let around = Around::set_up().await;
    around.simulator.fail_next(Fault::Throttled(Duration::from_secs(7)));
    let error = around.operate(Class::Sends).await.unwrap_err();

    assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
    assert_eq!(error.kind(), ErrorKind::RateLimited);
}

#[tokio::test]
async fn a_fault_meets_the_calls_that_it_is_aimed_at_and_as_many_as_was_said() {
    let simulator = builder().start().await.unwrap();
    let number = simulator.phone_number_id().as_str().to_owned();
    let lines = [
        format!("GET /{number}"),
        format!("GET /v25.0/{number}/whatsapp_business_profile"),
        format!("POST /{number}/messages"),
        "POST /".to_owned(),
        "GET /upload:abc".to_owned(),
    ];
    for (aim, met) in [
        (Aim::any(), [0, 1, 2, 3, 4].as_slice()),
        (Aim::any().by(Method::Post), &[2, 3]),
        (Aim::at("messages"), &[2]),
        (Aim::at("messages").by(Method::Get), &[]),
        (Aim::at("/messages"), &[]),
        (Aim::at("*/messages"), &[2]),
        (Aim::at("/v23.0/*/messages"), &[2]),
        (Aim::at("a/*/messages"), &[]),
        (Aim::at("/"), &[3]),
        (Aim::at("/*"), &[0, 4]),
        (Aim::at(format!("/{number}")), &[0]),
        (Aim::at("106*/*"), &[1, 2]),
        (Aim::at("upload:*"), &[4]),
    ] {
        for (index, line) in lines.iter().enumerate() {
            simulator.fail(Fault::Status(418), aim.clone());
            let is_met = ask(&simulator, line, &json!({})).await.0 == 418;
            assert_eq!(is_met, met.contains(&index), "{line}: {aim:?}");
            if !is_met {
                // It waits for a call that it is for.
                let met = lines.get(met.first().copied().unwrap_or(usize::MAX));
                match met {
                    Some(line) => assert_eq!(ask(&simulator, line, &json!({})).await.0, 418),
                    None => break,
                }
            }
        }
    }

    let simulator = builder().start().await.unwrap();
    simulator.fail(Fault::Status(501), Aim::at("messages").times(2));
    simulator.fail(Fault::Status(502), Aim::any().times(0));
    simulator.fail(Fault::Status(503), Aim::any());
    let mut statuses = Vec::new();
    for line in [2, 2, 0, 2].map(|index| &lines[index]) {
        statuses.push(ask(&simulator, line, &json!({})).await.0);
    }
    assert_eq!(statuses, [501, 501, 503, 400]);
}

#[tokio::test]
async fn another_program_aims_faults_too_and_is_told_what_it_did_not_say_well() {
    let simulator = builder().start().await.unwrap();
    let node = format!("GET /{}", simulator.phone_number_id());
    let line = "POST /simulator/faults";
    let fault = json!({"call": {"status": 503}, "only": "/*", "method": "GET", "times": 2});
    assert_eq!(ask(&simulator, line, &fault).await.0, 200);
    let fault = json!({"call": {"status": 504}, "method": "DELETE"});
    assert_eq!(ask(&simulator, line, &fault).await.0, 200);
    let mut statuses = Vec::new();
    for _ in 0..3 {
        assert_ne!(ask(&simulator, "POST /1/messages", &json!({})).await.0, 503);
        statuses.push(ask(&simulator, &node, &json!({})).await.0);
    }
    assert_eq!(statuses, [503, 503, 200]);
    assert_eq!(ask(&simulator, "DELETE /1", &json!({})).await.0, 504);

    for fault in [
        json!({"call": {"status": 0}}),
        json!({"call": {"status": 101}}),
        json!({"call": {"status_after_effect": 600}}),
        json!({"call": {"slow": -1}}),
        json!({"call": "cut_answer", "times": 0}),
        json!({"call": "cut_answer", "method": "PATCH"}),
        json!({"call": "cut_answer", "webhook": "lose"}),
        json!({"webhook": {"reverse": 0}}),
        json!({"webhook": "lose", "only": "messages"}),
        json!({}),
    ] {
        assert_eq!(ask(&simulator, line, &fault).await.0, 400, "{fault}");
    }
    assert_eq!(ask(&simulator, &node, &json!({})).await.0, 200, "none of these was planned");
}

#[tokio::test]
async fn an_error_of_metas_comes_with_its_status_and_says_what_it_means() {
    let simulator = builder().start().await.unwrap();
    let line = format!("GET /{}", simulator.phone_number_id());
    for (code, status, said) in [
        (131_201, 206, "a part of the request succeeded"),
        (138_000, 401, "calling is not enabled"),
        (138_006, 401, "has not permitted calls"),
        (131_207, 403, "the group is suspended"),
        (2_494_191, 403, "taking over this conversation"),
        (138_004, 500, "could not be connected"),
        (138_007, 500, ""),
        (131_208, 429, "too many operations on groups"),
        (131_056, 400, "pair rate limit hit"),
        (999_999, 400, "not known"),
    ] {
        simulator.fail_next(Fault::Graph(code));
        let answer = ask(&simulator, &line, &json!({})).await;
        assert_eq!((answer.0, refused(&answer).0), (status, code));
        let message = answer.1["error"]["message"].as_str().unwrap().to_owned();
        assert!(message.starts_with(&format!("(#{code}) ")) && message.contains(said), "{message}");
    }
    for entry in catalogue::all() {
        let code: i64 = entry.to_string().split(' ').next().unwrap().parse().unwrap();
        simulator.fail_next(Fault::Graph(code));
        let (_, answer) = ask(&simulator, &line, &json!({})).await;
        let message = answer["error"]["message"].as_str().unwrap();
        // What is known as a subcode of 100 is none of the codes.
        let is_known = catalogue::find(code, None).is_some();
        assert_eq!(message.ends_with("An error that is not known"), !is_known, "{message}");
    }
}
