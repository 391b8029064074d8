//! Many calls in one request.
#![allow(missing_docs, clippy::unwrap_used)]

use serde_json::{Value, json};
use whatsapp_cloud::ErrorKind;
use whatsapp_cloud::client::HttpRequest;
use whatsapp_cloud::endpoint::{Body, Endpoint, Method, Payload, Request, Token};

mod support;

use support::{Act, Scripted, answer};

/// The batches that were asked.
fn asked(graph: &Scripted) -> Vec<Value> {
    let batch = |request: HttpRequest| {
        assert_eq!(request.method, Method::Post);
        assert_eq!(request.url, "https://graph.facebook.com/v25.0/");
        let Body::Form(parts) = &request.body else { panic!("a form") };
        let names: Vec<_> = parts.iter().map(whatsapp_cloud::endpoint::Part::name).collect();
        assert_eq!(names, ["batch", "include_headers"]);
        serde_json::from_slice(parts[0].data().as_bytes().unwrap()).unwrap()
    };
    graph.requests().into_iter().map(batch).collect()
}

enum Ask {
    Read(u32),
    Post(Value),
    Refused,
    Special(fn(Request) -> Request),
}

impl Endpoint for Ask {
    type Response = Value;
    const OPERATION: &'static str = "ask";
    const IDEMPOTENT: bool = false;

    fn request(&self) -> whatsapp_cloud::Result<Request> {
        match self {
            Self::Read(id) => Ok(Request::get([id.to_string()]).with_query("fields", "a,b")),
            Self::Post(body) => Ok(Request::post(["1", "messages"]).with_json(body).unwrap()),
            Self::Refused => Err(whatsapp_cloud::Error::new("ask", ErrorKind::InvalidInput)),
            Self::Special(change) => Ok(change(Request::delete(["1"]))),
        }
    }
}

fn done(body: &Value) -> Value {
    json!({"code": 200, "body": body.to_string()})
}

#[tokio::test]
async fn each_outcome_stands_where_its_call_stands() {
    let refusal = json!({"error": {"code": 131_056, "message": "x"}});
    let answers = json!([
        done(&json!({"id": 1})),
        {"code": 400, "body": refusal.to_string()},
        null,
        done(&json!({"id": 4})),
    ]);
    let graph = Scripted::new([answer(200, answers.to_string())]);
    let calls = [
        Ask::Read(1),
        Ask::Refused,
        Ask::Post(json!({"to": "+55", "text": {"body": "é"}})),
        Ask::Read(3),
        Ask::Read(4),
        Ask::Read(5),
    ];
    let outcomes = graph.client().execute_all(&calls).await;

    assert_eq!(
        asked(&graph),
        [json!([
            {"method": "GET", "relative_url": "1?fields=a%2Cb"},
            {
                "method": "POST",
                "relative_url": "1/messages",
                "body": "text=%7B%22body%22%3A%22%C3%A9%22%7D&to=%2B55",
            },
            {"method": "GET", "relative_url": "3?fields=a%2Cb"},
            {"method": "GET", "relative_url": "4?fields=a%2Cb"},
            {"method": "GET", "relative_url": "5?fields=a%2Cb"},
        ])]
    );
    let told: Vec<_> = outcomes
        .iter()
        .map(|outcome| match outcome {
            Ok(answer) => answer["id"].to_string(),
            Err(error) => format!("{:?} {:?}", error.kind(), error.code()),
        })
        .collect();
    assert_eq!(
        told,
        [
            "1",
            "InvalidInput None",
            "RateLimited Some(131056)",
            // Meta broke it off, or told of fewer than it was asked for.
            "MaybeSent None",
            "4",
            "MaybeSent None",
        ]
    );
}

#[tokio::test]
async fn fifty_go_into_one_request() {
    let answers = |count: u32| {
        let answers: Vec<_> = (0..count).map(|id| done(&json!({"id": id}))).collect();
        answer(200, Value::from(answers).to_string())
    };
    let graph = Scripted::new([answers(50), answers(50), answers(1)]);
    let calls: Vec<_> = (0..101).map(Ask::Read).collect();
    let outcomes = graph.client().execute_all(&calls).await;

    let sizes: Vec<_> = asked(&graph).iter().map(|batch| batch.as_array().unwrap().len()).collect();
    assert_eq!(sizes, [50, 50, 1]);
    assert_eq!(outcomes.len(), 101);
    for outcome in outcomes {
        outcome.unwrap();
    }
    assert!(graph.client().execute_all(&[] as &[Ask]).await.is_empty());
}

#[tokio::test]
async fn when_a_request_fails_its_calls_fail_and_no_others() {
    let refused = json!({"error": {"code": 4, "message": "x"}}).to_string();
    let calls: Vec<_> = (0..150).map(Ask::Read).collect();
    let answers = Value::from(vec![done(&json!({})); 50]).to_string();
    let graph = Scripted::new([answer(400, refused), Act::NotSent, answer(200, answers)]);
    let outcomes = graph.client().execute_all(&calls).await;

    for (index, outcome) in outcomes.iter().enumerate() {
        match index / 50 {
            0 => assert_eq!(outcome.as_ref().unwrap_err().code(), Some(4)),
            1 => assert_eq!(outcome.as_ref().unwrap_err().kind(), ErrorKind::NotSent),
            _ => assert!(outcome.is_ok()),
        }
    }
}

#[tokio::test]
async fn what_no_batch_can_hold_is_refused_and_not_sent() {
    let graph = Scripted::new([]);
    let calls = [
        Ask::Special(|request| request.with_json(&json!({"a": 1})).unwrap()),
        Ask::Special(|request| request.with_bytes(Payload::from(vec![1]))),
        Ask::Special(|request| request.with_header("file_offset", "0")),
        Ask::Special(|request| request.with_token(Token::Nothing)),
        Ask::Special(|request| request.with_host(whatsapp_cloud::endpoint::Host::Api)),
        Ask::Post(json!(["no object"])),
    ];
    for outcome in graph.client().execute_all(&calls).await {
        assert_eq!(outcome.unwrap_err().kind(), ErrorKind::InvalidInput);
    }
    assert!(asked(&graph).is_empty());
}
