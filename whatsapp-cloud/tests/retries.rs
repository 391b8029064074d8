//! What is done again, when, and what never is.
#![allow(missing_docs, clippy::unwrap_used)]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use futures_util::stream;
use secrecy::SecretString;
use serde_json::{Value, json};
use whatsapp_cloud::api::media::{GetMedia, MediaInfo, UploadMedia};
use whatsapp_cloud::api::messages::Message;
use whatsapp_cloud::client::{Clock, RetryPolicy, Safety, SystemClock, TokenProvider};
use whatsapp_cloud::endpoint::{Body, Endpoint, Payload, Pieces, Request, Source};
use whatsapp_cloud::{Client, Error, ErrorKind, PhoneNumberId};

mod support;

use support::{Act, Scripted, answer, code, sent};

/// Time passes when all wait; of each random wait, nothing is waited.
struct Sure(SystemClock);

#[async_trait]
impl Clock for Sure {
    fn now(&self) -> Duration {
        self.0.now()
    }

    async fn sleep(&self, time: Duration) {
        self.0.sleep(time).await;
    }

    fn chance(&self) -> f64 {
        0.0
    }
}

fn sure() -> Arc<Sure> {
    Arc::new(Sure(SystemClock::default()))
}

fn retrying(meta: &Arc<Scripted>) -> Client {
    meta.builder().retry(RetryPolicy::default()).clock(sure()).build().unwrap()
}

async fn send(client: &Client) -> Result<(), Error> {
    let message = Message::text("5511999887766", "Olá!");
    client.phone_number("106540352242922").send(message).await.map(|_| ())
}

fn media() -> GetMedia {
    GetMedia { id: "1".into(), from: None }
}

fn info() -> Act {
    answer(200, r#"{"id":"1","url":"https://lookaside.fbsbx.com/x"}"#)
}

#[tokio::test(start_paused = true)]
async fn without_a_policy_one_call_is_one_request() {
    for act in [answer(503, ""), Act::NotSent, Act::MaybeSent, code(400, 130_429), code(401, 190)] {
        let meta = Scripted::always(act);
        assert!(meta.client().execute(&media()).await.is_err());
        assert_eq!(meta.count(), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_idempotent_is_repeated_whatever_became_of_it() {
    for act in [answer(503, ""), Act::NotSent, Act::MaybeSent, code(500, 2), answer(200, "<html>")]
    {
        let meta = Scripted::new([act.clone(), act, info()]);
        retrying(&meta).execute(&media()).await.unwrap();
        assert_eq!(meta.count(), 3);
    }
}

#[tokio::test(start_paused = true)]
async fn a_send_that_may_have_gone_out_is_not_repeated() {
    for act in
        [answer(503, ""), Act::MaybeSent, Act::TooLong, code(500, 131_000), answer(200, "{}")]
    {
        let meta = Scripted::new([act.clone()]);
        let error = send(&retrying(&meta)).await.unwrap_err();
        assert!(error.may_have_been_sent() && !error.is_retryable(), "{act:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_send_that_certainly_did_not_go_out_is_repeated_after_its_wait() {
    let meta = Scripted::new([
        Act::NotSent,
        code(400, 130_429),
        code(400, 131_056),
        code(400, 131_056),
        sent(),
    ]);
    send(&retrying(&meta)).await.unwrap();

    // At once; after a second; then after as many seconds as the attempt's power of four.
    assert_eq!(meta.times(), [0, 0, 1_000, 17_000, 81_000]);
}

#[tokio::test(start_paused = true)]
async fn what_is_refused_for_good_is_not_repeated() {
    for refused in [code(400, 131_047), code(400, 100), code(403, 10), answer(404, "")] {
        let meta = Scripted::new([refused]);
        send(&retrying(&meta)).await.unwrap_err();
    }
}

#[tokio::test(start_paused = true)]
async fn meta_is_not_asked_before_the_time_it_names() {
    let usage =
        r#"{"1":[{"type":"whatsapp","call_count":100,"estimated_time_to_regain_access":1}]}"#;
    for (act, wait) in [
        (code(429, 130_429).with_header("Retry-After", "7"), 7_000),
        (answer(429, "").with_header("retry-after", "9"), 9_000),
        (code(400, 80_007).with_header("X-Business-Use-Case-Usage", usage), 60_000),
        (code(400, 130_429).with_header("X-Business-Use-Case-Usage", usage), 60_000),
        (answer(503, "").with_header("Retry-After", "11"), 11_000),
        // The app's limit is used up, and nothing says for how long.
        (code(400, 131_000).with_header("X-App-Usage", r#"{"total_time":100}"#), 60_000),
        (code(400, 131_000).with_header("X-App-Usage", r#"{"total_time":99}"#), 0),
    ] {
        let meta = Scripted::new([act, info()]);
        retrying(&meta).execute(&media()).await.unwrap();
        assert_eq!(meta.times(), [0, wait]);
    }
}

#[tokio::test(start_paused = true)]
async fn attempts_and_time_end() {
    let meta = Scripted::always(Act::NotSent);
    let policy = RetryPolicy::default().attempts(3);
    let client = meta.builder().retry(policy).build().unwrap();
    assert_eq!(send(&client).await.unwrap_err().kind(), ErrorKind::NotSent);
    assert_eq!(meta.count(), 3);

    // A wait that would end too late is not begun.
    let meta = Scripted::always(code(400, 130_429).with_header("Retry-After", "50"));
    let error = send(&retrying(&meta)).await.unwrap_err();
    assert_eq!(error.code(), Some(130_429));
    assert_eq!(meta.times(), [0, 50_000, 100_000]);
}

#[tokio::test(start_paused = true)]
async fn many_do_not_come_back_at_once() {
    let mut second = Vec::new();
    for _ in 0..20 {
        let meta = Scripted::new([Act::NotSent, sent()]);
        let client = meta.builder().retry(RetryPolicy::default()).build().unwrap();
        send(&client).await.unwrap();
        second.push(meta.times()[1]);
    }
    second.sort_unstable();
    second.dedup();
    assert!(second.len() > 5 && *second.last().unwrap() <= 501, "{second:?}");
}

#[tokio::test(start_paused = true)]
async fn a_one_time_password_is_sent_again_when_nobody_knows() {
    let meta = Scripted::new([Act::MaybeSent, sent()]);
    let passwords = retrying(&meta).with_safety(Safety::AtLeastOnce);
    send(&passwords).await.unwrap();
    assert_eq!(meta.times(), [0, 30_000]);
}

#[tokio::test(start_paused = true)]
async fn what_may_have_gone_out_once_may_have_gone_out_whatever_came_later() {
    let meta = Scripted::made([Act::MaybeSent], Some(Act::NotSent), Duration::ZERO);
    let passwords = retrying(&meta).with_safety(Safety::AtLeastOnce);
    assert_eq!(send(&passwords).await.unwrap_err().kind(), ErrorKind::MaybeSent);
    assert_eq!(meta.count(), 5);

    let meta = Scripted::new([Act::MaybeSent, code(400, 131_047)]);
    let passwords = retrying(&meta).with_safety(Safety::AtLeastOnce);
    assert_eq!(send(&passwords).await.unwrap_err().kind(), ErrorKind::MaybeSent);
}

/// Gives these tokens, and remembers what was refused.
struct Tokens(Vec<&'static str>, AtomicUsize, AtomicUsize);

impl Tokens {
    fn of(tokens: &[&'static str]) -> Arc<Self> {
        Arc::new(Self(tokens.to_vec(), AtomicUsize::new(0), AtomicUsize::new(0)))
    }
}

#[async_trait]
impl TokenProvider for Tokens {
    async fn token(&self) -> Result<SecretString, Error> {
        let refused = self.1.load(Ordering::Relaxed);
        self.2.fetch_add(1, Ordering::Relaxed);
        Ok(SecretString::from(self.0[refused.min(self.0.len() - 1)]))
    }

    fn refused(&self) {
        self.1.fetch_add(1, Ordering::Relaxed);
    }
}

#[tokio::test(start_paused = true)]
async fn a_refused_token_is_replaced_once_and_only_by_another_one() {
    let expired = || code(401, 190);
    let meta = Scripted::new([expired(), sent()]);
    let tokens = Tokens::of(&["old", "new"]);
    send(&retrying(&meta).with_tokens(tokens.clone())).await.unwrap();
    assert_eq!(meta.tokens(), [Some("old".to_owned()), Some("new".to_owned())]);
    assert_eq!(meta.times(), [0, 0]);
    // Once for each attempt.
    assert_eq!(tokens.2.load(Ordering::Relaxed), 2);

    for (tokens, requests) in [(vec!["old"], 1), (vec!["a", "b", "c", "d"], 2)] {
        let meta = Scripted::always(expired());
        let client = retrying(&meta).with_tokens(Tokens::of(&tokens));
        assert_eq!(send(&client).await.unwrap_err().code(), Some(190));
        assert_eq!(meta.count(), requests);
    }
}

#[tokio::test(start_paused = true)]
async fn a_download_is_repeated_as_a_whole_and_an_open_one_is_not() {
    let info = || -> MediaInfo {
        let sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        let info = json!({"id": "1", "url": "https://lookaside.fbsbx.com/x", "sha256": sha256});
        serde_json::from_value(info).unwrap()
    };
    let pieces = |pieces: &[Result<&'static [u8], &'static str>]| {
        Act::Pieces(pieces.iter().map(|piece| piece.map(Bytes::from_static)).collect(), None)
    };
    let broken = pieces(&[Ok(b"a"), Err("cut")]);
    let whole = pieces(&[Ok(b"ab"), Ok(b"c")]);
    let meta = Scripted::new([answer(503, ""), broken.clone(), whole.clone()]);
    assert_eq!(retrying(&meta).download(&info()).await.unwrap(), &b"abc"[..]);
    // Another file is another file, however often it is fetched.
    let meta = Scripted::new([pieces(&[Ok(b"x")])]);
    let error = retrying(&meta).download(&info()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Media);

    let meta = Scripted::new([answer(503, ""), broken]);
    let mut download = retrying(&meta).open_download(&info()).await.unwrap();
    assert_eq!(download.next().await.unwrap().unwrap(), &b"a"[..]);
    download.next().await.unwrap_err();
    assert_eq!(meta.count(), 2);

    // The token of a download is replaced as well.
    let meta = Scripted::new([code(401, 190), whole]);
    let client = retrying(&meta).with_tokens(Tokens::of(&["old", "new"]));
    client.download(&info()).await.unwrap();
    assert_eq!(meta.tokens()[1].as_deref(), Some("new"));
}

/// Counts how often it is opened.
struct Made(Arc<AtomicUsize>);

impl Source for Made {
    fn length(&self) -> u64 {
        3
    }

    fn open(&self) -> Pieces {
        self.0.fetch_add(1, Ordering::Relaxed);
        Box::pin(stream::iter([Ok(Bytes::from_static(b"abc"))]))
    }
}

#[tokio::test(start_paused = true)]
async fn a_streamed_file_is_there_for_each_attempt() {
    let meta = Scripted::new([Act::NotSent, answer(200, r#"{"id":"7"}"#)]);
    let opened = Arc::new(AtomicUsize::new(0));
    let upload = UploadMedia {
        from: PhoneNumberId::new("1"),
        file: Payload::streamed(Made(Arc::clone(&opened))),
        mime_type: "application/pdf".to_owned(),
        filename: "nota.pdf".to_owned(),
    };
    retrying(&meta).execute(&upload).await.unwrap();

    // The transport opens it: each request brings it whole.
    for request in meta.requests() {
        let Body::Form(parts) = request.body else { panic!("a form") };
        let file = parts.iter().find(|part| part.file_name().is_some()).unwrap();
        drop(file.data().pieces());
    }
    assert_eq!(opened.load(Ordering::Relaxed), 2);
}

/// A call of one's own, which may be repeated or not.
struct Ask<const IDEMPOTENT: bool>(u32);

impl<const IDEMPOTENT: bool> Endpoint for Ask<IDEMPOTENT> {
    type Response = Value;
    const OPERATION: &'static str = "ask";
    const IDEMPOTENT: bool = IDEMPOTENT;

    fn request(&self) -> Result<Request, Error> {
        Ok(Request::get([self.0.to_string()]))
    }
}

fn batch(answers: &[Value]) -> Act {
    answer(200, Value::from(answers).to_string())
}

fn done(id: u32) -> Value {
    json!({"code": 200, "body": json!({"id": id}).to_string()})
}

fn failed(code: i64) -> Value {
    json!({"code": 400, "body": json!({"error": {"code": code}}).to_string()})
}

/// The ids that each batch asked for.
fn asked(meta: &Scripted) -> Vec<Vec<String>> {
    let ids = |body: &Body| -> Vec<String> {
        let Body::Form(parts) = body else { panic!("a form") };
        let entries: Vec<Value> =
            serde_json::from_slice(parts[0].data().as_bytes().unwrap()).unwrap();
        entries.iter().map(|entry| entry["relative_url"].as_str().unwrap().to_owned()).collect()
    };
    meta.requests().iter().map(|request| ids(&request.body)).collect()
}

#[tokio::test(start_paused = true)]
async fn of_a_batch_only_those_that_failed_and_may_be_repeated_are_made_again() {
    let first = [done(0), failed(130_429), failed(100), Value::Null, failed(131_057)];
    let meta =
        Scripted::new([batch(&first), batch(&[done(1), failed(131_057)]), batch(&[done(4)])]);
    let calls: Vec<Ask<false>> = (0..5).map(Ask).collect();
    let outcomes = retrying(&meta).execute_all(&calls).await;

    assert_eq!(asked(&meta), [vec!["0", "1", "2", "3", "4"], vec!["1", "4"], vec!["4"]]);
    assert_eq!(meta.times(), [0, 60_000, 120_000]);
    let told: Vec<_> = outcomes
        .iter()
        .map(|outcome| match outcome {
            Ok(answer) => answer["id"].to_string(),
            Err(error) => format!("{:?}", error.kind()),
        })
        .collect();
    assert_eq!(told, ["0", "1", "InvalidRequest", "MaybeSent", "4"]);

    // What is idempotent is repeated also when nobody knows.
    let meta = Scripted::new([batch(&[Value::Null]), Act::MaybeSent, batch(&[done(0)])]);
    retrying(&meta).execute_all(&[Ask::<true>(0)]).await.pop().unwrap().unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_batch_whose_token_was_refused_is_made_again_with_another_one() {
    let meta = Scripted::new([code(401, 190), batch(&[done(0), done(1)])]);
    let client = retrying(&meta).with_tokens(Tokens::of(&["old", "new"]));
    for outcome in client.execute_all(&[Ask::<false>(0), Ask(1)]).await {
        outcome.unwrap();
    }
    assert_eq!(meta.tokens()[1].as_deref(), Some("new"));
}

#[tokio::test(start_paused = true)]
async fn of_a_batch_too_what_may_have_gone_out_once_may_have_gone_out() {
    let meta = Scripted::new([batch(&[Value::Null, done(1)]), batch(&[failed(131_047)])]);
    let client = retrying(&meta).with_safety(Safety::AtLeastOnce);
    let outcomes = client.execute_all(&[Ask::<false>(0), Ask(1)]).await;
    assert_eq!(outcomes[0].as_ref().unwrap_err().kind(), ErrorKind::MaybeSent);
    assert!(outcomes[1].is_ok());
}

#[tokio::test(start_paused = true)]
async fn a_page_that_failed_is_asked_for_again_by_itself() {
    struct List;
    impl Endpoint for List {
        type Response = whatsapp_cloud::wire::Page<u32>;
        const OPERATION: &'static str = "list";
        const IDEMPOTENT: bool = true;

        fn request(&self) -> Result<Request, Error> {
            Ok(Request::get(["1", "list"]))
        }
    }

    let first = r#"{"data":[1],"paging":{"cursors":{"after":"b"},"next":"https://x"}}"#;
    let meta = Scripted::new([answer(200, first), answer(503, ""), answer(200, r#"{"data":[2]}"#)]);
    let client = retrying(&meta);
    let mut pages = client.pages(List);
    assert_eq!(pages.next().await.unwrap().unwrap().data, [1]);
    assert_eq!(pages.next().await.unwrap().unwrap().data, [2]);
    assert_eq!(meta.queries(), ["", "after=b", "after=b"]);
}

#[tokio::test(start_paused = true)]
async fn those_of_a_batch_whose_token_was_refused_are_made_again_with_another_one() {
    let of_many = |answer: &Value| batch(&vec![answer.clone(); 50]);
    let meta = Scripted::new([
        // Two requests with one token, one call of each refused.
        batch(&[vec![failed(190)], vec![done(1); 49]].concat()),
        batch(&[failed(190), done(51)]),
        batch(&[done(0), done(50)]),
    ]);
    let tokens = Tokens::of(&["old"]);
    let given = Arc::new(Later(AtomicUsize::new(0), AtomicUsize::new(0)));
    let calls: Vec<Ask<false>> = (0..52).map(Ask).collect();
    let outcomes = retrying(&meta).with_tokens(given.clone()).execute_all(&calls).await;
    assert!(outcomes.iter().all(Result::is_ok));
    assert_eq!(asked(&meta)[2], ["0", "50"]);
    assert_eq!(meta.tokens().into_iter().flatten().collect::<Vec<_>>(), ["old", "old", "new"]);
    assert_eq!(given.0.load(Ordering::Relaxed), 1, "told once of one token");

    // Without another token, or without a policy, it is told and no more.
    let meta = Scripted::new([of_many(&failed(190)), of_many(&failed(190))]);
    let calls: Vec<Ask<true>> = (0..100).map(Ask).collect();
    for outcome in meta.client().with_tokens(tokens.clone()).execute_all(&calls).await {
        assert_eq!(outcome.unwrap_err().code(), Some(190));
    }
    assert_eq!(tokens.1.load(Ordering::Relaxed), 1);
}

#[tokio::test(start_paused = true)]
async fn a_token_that_was_swapped_between_two_requests_of_a_batch_is_the_one_to_go_on_with() {
    let meta = Scripted::new([
        batch(&[vec![failed(190)], vec![done(1); 49]].concat()),
        batch(&[done(50)]),
        batch(&[done(0)]),
    ]);
    let tokens = Tokens::of(&["old", "new"]);
    let calls: Vec<Ask<false>> = (0..51).map(Ask).collect();
    let outcomes = retrying(&meta).with_tokens(tokens.clone()).execute_all(&calls).await;
    assert!(outcomes.iter().all(Result::is_ok));
    assert_eq!(meta.tokens().into_iter().flatten().collect::<Vec<_>>(), ["old", "new", "new"]);
    assert_eq!(tokens.1.load(Ordering::Relaxed), 1);
}

/// Has a new token only for who asks for the third time.
struct Later(AtomicUsize, AtomicUsize);

#[async_trait]
impl TokenProvider for Later {
    async fn token(&self) -> Result<SecretString, Error> {
        let before = self.1.fetch_add(1, Ordering::Relaxed);
        Ok(SecretString::from(if before < 2 { "old" } else { "new" }))
    }

    fn refused(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

#[tokio::test(start_paused = true)]
async fn of_many_requests_the_longest_wait_that_one_of_them_was_told_is_waited() {
    let usage = r#"{"1":[{"call_count":100,"estimated_time_to_regain_access":1}]}"#;
    let first = batch(&[vec![failed(130_429)], vec![done(1); 49]].concat());
    let meta = Scripted::new([
        first.with_header("X-Business-Use-Case-Usage", usage),
        batch(&[done(50)]).with_header("X-App-Usage", r#"{"call_count":1}"#),
        batch(&[done(0)]),
    ]);
    let calls: Vec<Ask<false>> = (0..51).map(Ask).collect();
    assert!(retrying(&meta).execute_all(&calls).await.iter().all(Result::is_ok));
    assert_eq!(meta.times(), [0, 0, 60_000]);
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_is_too_long_is_not_asked_for_again() {
    let meta = Scripted::new([Act::TooLong]);
    let error = retrying(&meta).execute(&media()).await.unwrap_err();
    assert!(!error.is_retryable());

    let meta = Scripted::new([Act::TooLong]);
    let passwords = retrying(&meta).with_safety(Safety::AtLeastOnce);
    assert!(send(&passwords).await.unwrap_err().may_have_been_sent());
}

#[tokio::test]
async fn a_list_may_be_longer_than_the_answer_to_a_message_and_both_can_be_set() {
    const KIB: u64 = 1024;
    for (set, expected) in [(None, [16 * KIB * KIB, KIB * KIB]), (Some(5), [5, 5])] {
        let meta = Scripted::new([info(), sent()]);
        let builder = match set {
            Some(bytes) => meta.builder().max_answer_size(bytes),
            None => meta.builder(),
        };
        let client = builder.build().unwrap();
        client.execute(&media()).await.unwrap();
        send(&client).await.unwrap();
        let most: Vec<_> = meta.requests().iter().map(|request| request.max_answer).collect();
        assert_eq!(most, expected);
    }
}
