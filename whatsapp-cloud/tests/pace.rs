//! Calls that wait for their turn, and what becomes of the turns.
#![allow(missing_docs, clippy::unwrap_used)]

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::Poll;
use std::time::Duration;

use async_trait::async_trait;
use futures_util::future::join_all;
use secrecy::SecretString;
use serde_json::{Value, json};
use tokio::time::{Instant, timeout};
use whatsapp_cloud::api::account::GetAccount;
use whatsapp_cloud::api::messages::{Message, SendMessage};
use whatsapp_cloud::client::limiter::{LimiterOptions, Priority, Throughput};
use whatsapp_cloud::client::{Clock, Pacer, RetryPolicy, SystemClock};
use whatsapp_cloud::endpoint::{Body, Endpoint, Paced};
use whatsapp_cloud::{AccountId, Client, Error, ErrorKind, PhoneNumberId};

mod support;

use support::{Act, Scripted, answer, code, sent};

const SECOND: Duration = Duration::from_secs(1);

fn number() -> PhoneNumberId {
    PhoneNumberId::new("106540352242922")
}

/// A pacer of a number that may send so many messages a second.
fn pacer(messages: u32) -> Pacer {
    let pacer = Pacer::default();
    pacer.set_throughput(&number(), Throughput::per_second(messages)).unwrap();
    pacer
}

fn paced(meta: &Arc<Scripted>, pacer: &Pacer) -> Client {
    meta.builder().pace(pacer.clone()).build().unwrap()
}

fn call(recipient: u64) -> SendMessage {
    let to = format!("55119{:08}", recipient + 10_000_000);
    SendMessage { from: number(), message: Message::text(to.as_str(), "Olá!") }
}

async fn send(client: &Client, recipient: u64) -> Result<(), Error> {
    client.execute(&call(recipient)).await.map(|_| ())
}

/// Who got something, in order.
fn recipients(meta: &Scripted) -> Vec<u64> {
    let to = |body: &Body| -> u64 {
        let Body::Json(json) = body else { panic!("a message") };
        let json: Value = serde_json::from_slice(json).unwrap();
        json["to"].as_str().unwrap()["+55119".len()..].parse::<u64>().unwrap() - 10_000_000
    };
    meta.requests().iter().map(|request| to(&request.body)).collect()
}

/// The most that came within any second.
fn most_in_a_second(times: &[u128]) -> usize {
    let within = |from: &u128| times.iter().filter(|at| (*from..from + 1_000).contains(at)).count();
    times.iter().map(within).max().unwrap_or_default()
}

#[tokio::test(start_paused = true)]
async fn no_second_holds_more_than_a_number_may_send() {
    let meta = Scripted::always(sent());
    let pacer = pacer(80);
    let client = paced(&meta, &pacer);
    for outcome in join_all((0..400).map(|to| send(&client, to))).await {
        outcome.unwrap();
    }
    let times = meta.times();
    assert!(most_in_a_second(&times) <= 80);
    // At 97 % of 80 a second.
    assert!(times[399] < 5_200, "{}", times[399]);
    assert_eq!(pacer.waiting(), 0);
}

#[tokio::test(start_paused = true)]
async fn two_clients_with_one_pacer_share_a_number() {
    let meta = Scripted::always(sent());
    let pacer = pacer(80);
    let one = paced(&meta, &pacer);
    let other = paced(&meta, &pacer).with_tokens(Arc::new(SecretString::from("other")));
    let calls = (0..200).map(|to| send(if to % 2 == 0 { &one } else { &other }, to));
    join_all(calls).await;
    assert!(most_in_a_second(&meta.times()) <= 80);
    assert_eq!(meta.tokens().iter().flatten().filter(|token| *token == "other").count(), 100);

    // Without a pacer nothing waits.
    let meta = Scripted::always(sent());
    let client = meta.client();
    join_all((0..200).map(|to| send(&client, to))).await;
    assert_eq!(meta.times(), [0; 200]);
}

#[tokio::test(start_paused = true)]
async fn of_46_messages_to_one_recipient_the_last_waits_until_the_others_are_paid_for() {
    let meta = Scripted::always(sent());
    let agent = paced(&meta, &pacer(80)).with_priority(Priority::Agent);
    join_all((0..46).map(|_| send(&agent, 1))).await;

    let times = meta.times();
    assert!(times[44] < 1_000, "{}", times[44]);
    assert!((270_250..270_300).contains(&times[45]), "{}", times[45]);
    // Another recipient would not have waited.
    let before = Instant::now();
    send(&agent, 2).await.unwrap();
    assert_eq!(before.elapsed(), Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn agents_go_before_bots_and_bots_before_campaigns() {
    let meta = Scripted::always(sent());
    let bot = paced(&meta, &pacer(1));
    let agent = bot.with_priority(Priority::Agent);
    let campaign = bot.with_priority(Priority::Campaign);
    let calls = [(&campaign, 1), (&campaign, 2), (&bot, 3), (&agent, 4), (&bot, 5), (&agent, 6)];
    join_all(calls.map(|(client, to)| send(client, to))).await;

    assert_eq!(recipients(&meta), [1, 4, 6, 3, 5, 2]);
}

#[tokio::test(start_paused = true)]
async fn a_recipient_who_has_to_wait_holds_up_nobody_else() {
    let meta = Scripted::always(sent());
    let campaign = paced(&meta, &pacer(80)).with_priority(Priority::Campaign);
    let calls = [1, 1, 2, 1, 3];
    join_all(calls.map(|to| send(&campaign, to))).await;

    assert_eq!(recipients(&meta), [1, 2, 3, 1, 1]);
    let times = meta.times();
    assert!(times[2] < 100 && (6_250..6_300).contains(&times[3]), "{times:?}");
    assert!((12_500..12_600).contains(&times[4]), "{times:?}");
}

#[tokio::test(start_paused = true)]
async fn a_turn_comes_back_when_nothing_was_sent_and_only_then() {
    for (act, waits) in
        [(Act::NotSent, false), (Act::MaybeSent, true), (sent(), true), (code(400, 100), true)]
    {
        let meta = Scripted::new([act.clone(), sent()]);
        let client = paced(&meta, &pacer(1));
        let _ = send(&client, 1).await;
        send(&client, 2).await.unwrap();
        assert_eq!(meta.times()[1] > 900, waits, "{act:?}");
    }

    // Not even a token.
    struct Away;
    #[async_trait]
    impl whatsapp_cloud::client::TokenProvider for Away {
        async fn token(&self) -> Result<SecretString, Error> {
            Err(Error::new("fetch the token", ErrorKind::Unavailable))
        }
    }
    let meta = Scripted::new([sent()]);
    let client = paced(&meta, &pacer(1));
    send(&client.with_tokens(Arc::new(Away)), 1).await.unwrap_err();
    send(&client, 2).await.unwrap();
    assert!(meta.times()[0] < 100, "{:?}", meta.times());
}

#[tokio::test(start_paused = true)]
async fn one_who_waits_for_a_turn_that_comes_back_goes_at_once() {
    let meta = Scripted::made([Act::NotSent], Some(sent()), Duration::from_millis(100));
    let client = paced(&meta, &pacer(1));
    join_all([1, 2].map(|to| send(&client, to))).await;
    // The first failed after 100 ms.
    assert!(meta.times()[1] < 200, "{:?}", meta.times());
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_dropped_under_way_counts() {
    let meta = Scripted::made([Act::Silence], Some(sent()), Duration::ZERO);
    let client = paced(&meta, &pacer(1));
    timeout(Duration::from_millis(10), send(&client, 1)).await.unwrap_err();
    send(&client, 2).await.unwrap();
    assert!(meta.times()[1] > 900, "{:?}", meta.times());
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_dropped_while_it_waits_leaves_the_line() {
    let meta = Scripted::always(sent());
    let pacer = pacer(1);
    let client = paced(&meta, &pacer);
    send(&client, 1).await.unwrap();
    let mut waits = pin!(join_all((2..500).map(|to| send(&client, to))));
    assert!(timeout(Duration::from_millis(10), waits.as_mut()).await.is_err());
    assert_eq!(pacer.waiting(), 498);

    waits.set(join_all(Vec::new()));
    assert_eq!(pacer.waiting(), 0);
    send(&client, 500).await.unwrap();
    assert_eq!(recipients(&meta), [1, 500]);
    assert!(meta.times()[1] < 1_100, "{:?}", meta.times());
}

/// Polls a future so often, each time after some work of others.
async fn polled<F: Future>(mut future: Pin<&mut F>, times: usize) {
    for _ in 0..times {
        if poll_fn(|context| Poll::Ready(future.as_mut().poll(context))).await.is_ready() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(400)).await;
    }
}

#[tokio::test(start_paused = true)]
async fn wherever_a_call_is_dropped_the_others_go_on() {
    for polls in 0..12 {
        for place in 0..4 {
            let meta = Scripted::made(
                [Act::NotSent, code(400, 130_429)],
                Some(sent()),
                Duration::from_millis(100),
            );
            let pacer = pacer(2);
            let retry = RetryPolicy::default();
            let client = meta.builder().pace(pacer.clone()).retry(retry).build().unwrap();
            let mut calls: Vec<_> = (0..4).map(|to| Box::pin(send_owned(&client, to))).collect();
            let mut dropped = calls.remove(place);
            let others = tokio::spawn(join_all(calls));
            tokio::task::yield_now().await;
            polled(dropped.as_mut(), polls).await;
            drop(dropped);

            let outcomes = timeout(60 * SECOND, others).await.expect("nobody waits for ever");
            assert_eq!(outcomes.unwrap().into_iter().filter(Result::is_ok).count(), 3);
            assert_eq!(pacer.waiting(), 0, "{polls} {place}");
        }
    }
}

fn send_owned(client: &Client, to: u64) -> impl Future<Output = Result<(), Error>> + use<> {
    let client = client.clone();
    async move { send(&client, to).await }
}

#[tokio::test(start_paused = true)]
async fn a_line_that_was_empty_moves_again() {
    let meta = Scripted::always(sent());
    let client = paced(&meta, &pacer(1));
    for to in 0..4 {
        timeout(5 * SECOND, send(&client, to)).await.unwrap().unwrap();
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_kept_and_not_polled_holds_up_nobody() {
    let meta = Scripted::always(sent());
    let pacer = pacer(1);
    let client = paced(&meta, &pacer);
    send(&client, 1).await.unwrap();
    let mut kept = Box::pin(send_owned(&client, 2));
    polled(kept.as_mut(), 1).await;
    for to in 3..6 {
        timeout(5 * SECOND, send(&client, to)).await.unwrap().unwrap();
    }
    kept.await.unwrap();
    assert_eq!(recipients(&meta), [1, 3, 4, 5, 2]);
}

#[tokio::test(start_paused = true)]
async fn where_too_many_wait_a_call_is_refused_as_not_sent() {
    let meta = Scripted::always(sent());
    let pacer = Pacer::new(LimiterOptions::default().waiting(10));
    pacer.set_throughput(&number(), Throughput::per_second(1)).unwrap();
    // It is not repeated: the line would be as full.
    let retry = RetryPolicy::default();
    let client = meta.builder().pace(pacer).retry(retry).build().unwrap();
    let campaign = client.with_priority(Priority::Campaign);
    let agent = client.with_priority(Priority::Agent);
    let outcomes = join_all((0..12).map(|to| send(&campaign, to))).await;

    let refused: Vec<_> = outcomes.iter().filter_map(|outcome| outcome.as_ref().err()).collect();
    assert_eq!(refused.len(), 3, "one goes, eight of ten wait");
    for error in refused {
        assert_eq!(error.kind(), ErrorKind::NotSent);
        assert!(error.is_retryable());
        let source = std::error::Error::source(error).unwrap().to_string();
        assert_eq!(source, "too many messages wait");
    }
    send(&agent, 20).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn what_meta_refuses_as_too_fast_waits_for_its_turn_again() {
    let meta = Scripted::made([code(400, 130_429)], Some(sent()), Duration::ZERO);
    let pacer = pacer(80);
    let retry = RetryPolicy::default();
    let client = meta.builder().pace(pacer.clone()).retry(retry).build().unwrap();
    send(&client, 1).await.unwrap();
    // The number rests, and goes on at half its speed.
    assert!(meta.times()[1] >= 1_000, "{:?}", meta.times());
    assert_eq!(pacer.allowed(&number()), 40);

    // A recipient who got too much waits, also for what others send to him.
    let meta = Scripted::made([code(400, 131_056)], Some(sent()), Duration::ZERO);
    let client = paced(&meta, &pacer);
    send(&client, 2).await.unwrap_err();
    send(&client, 2).await.unwrap();
    assert!((6_250..6_300).contains(&meta.times()[1]), "{:?}", meta.times());
}

#[tokio::test(start_paused = true)]
async fn a_turn_that_would_come_too_late_is_not_waited_for() {
    let meta = Scripted::made([Act::NotSent], Some(sent()), Duration::from_millis(500));
    let pacer = pacer(1);
    let retry = RetryPolicy::default().total(3 * SECOND);
    let client = meta.builder().pace(pacer.clone()).retry(retry).build().unwrap();
    let agent = client.with_priority(Priority::Agent);
    let crowd: Vec<_> = (10..60).map(|to| send_owned(&agent, to)).collect();
    let failing = send_owned(&client.with_priority(Priority::Campaign), 1);
    let crowd = async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        join_all(crowd).await
    };
    let crowd = tokio::spawn(crowd);
    assert_eq!(failing.await.unwrap_err().kind(), ErrorKind::NotSent);
    assert!(meta.times().iter().all(|at| *at < 4_000), "{:?}", meta.times());
    crowd.abort();
    let _ = crowd.await;
    assert_eq!(pacer.waiting(), 0);
}

#[tokio::test(start_paused = true)]
async fn messages_that_come_in_count_as_well() {
    let meta = Scripted::always(sent());
    let pacer = pacer(80);
    pacer.incoming(&number(), 80);
    send(&paced(&meta, &pacer), 1).await.unwrap();
    assert!((1_000..1_100).contains(&meta.times()[0]), "{:?}", meta.times());
}

#[tokio::test(start_paused = true)]
async fn a_status_that_tells_of_a_limit_slows_down() {
    let pacer = pacer(80);
    pacer.failed(&number(), None, 130_429);
    assert_eq!(pacer.allowed(&number()), 40);
}

#[tokio::test(start_paused = true)]
async fn calls_of_one_account_wait_in_their_order() {
    let account = AccountId::new("102290129340398");
    let get = || GetAccount::new(account.clone());
    assert_eq!(get().paced(), Some(Paced::Account(&account)));

    let meta = Scripted::always(answer(200, r#"{"id":"102290129340398"}"#));
    let pacer = Pacer::default();
    pacer.set_calls(&account, 2).unwrap();
    pacer.set_longest_wait(3 * 3_600 * SECOND);
    let client = paced(&meta, &pacer);
    let mut calls: Vec<_> = (0..6).map(|_| get()).collect();
    for (index, call) in calls.iter_mut().enumerate() {
        call.fields = vec![index.to_string()];
    }
    join_all(calls.iter().map(|call| client.execute(call))).await;
    assert_eq!(meta.queries(), (0..6).map(|at| format!("fields={at}")).collect::<Vec<_>>());
    let hours: Vec<_> = meta.times().iter().map(|at| at / 3_600_000).collect();
    assert_eq!(hours, [0, 0, 1, 1, 2, 2]);

    // Another account does not wait.
    let before = Instant::now();
    client.execute(&GetAccount::new("5")).await.unwrap();
    assert_eq!(before.elapsed(), Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn an_account_whose_limit_is_used_up_makes_no_calls_until_meta_takes_them() {
    let usage = r#"{"102290129340398":[{"call_count":100,"estimated_time_to_regain_access":3}]}"#;
    let answer = answer(200, r#"{"id":"102290129340398"}"#);
    let used_up = answer.clone().with_header("X-Business-Use-Case-Usage", usage);
    let meta = Scripted::new([used_up, answer]);
    let client = paced(&meta, &Pacer::default());
    for _ in 0..2 {
        client.execute(&GetAccount::new("102290129340398")).await.unwrap();
    }
    assert!((180_000..180_100).contains(&meta.times()[1]), "{:?}", meta.times());
}

#[tokio::test(start_paused = true)]
async fn a_batch_holds_those_whose_turn_it_is() {
    let done = json!({"code": 200, "body": support::SENT});
    let meta = Scripted::always(answer(200, Value::from(vec![done; 50]).to_string()));
    let pacer = pacer(80);
    let client = paced(&meta, &pacer);
    let calls: Vec<_> = (0..200).map(call).collect();
    for outcome in client.execute_all(&calls).await {
        outcome.unwrap();
    }
    let size = |body: &Body| {
        let Body::Form(parts) = body else { panic!("a form") };
        let batch: Vec<Value> =
            serde_json::from_slice(parts[0].data().as_bytes().unwrap()).unwrap();
        batch.len()
    };
    let sizes: Vec<_> = meta.requests().iter().map(|request| size(&request.body)).collect();
    let each: Vec<u128> = sizes
        .iter()
        .zip(meta.times())
        .flat_map(|(size, at)| std::iter::repeat_n(at, *size))
        .collect();
    assert_eq!(each.len(), 200);
    assert!(most_in_a_second(&each) <= 80, "{sizes:?}");
    assert!(each[199] < 2_700, "{}", each[199]);
}

/// Counts how often the time is asked for.
struct Counting(SystemClock, AtomicUsize);

#[async_trait]
impl Clock for Counting {
    fn now(&self) -> Duration {
        self.1.fetch_add(1, Ordering::Relaxed);
        self.0.now()
    }

    async fn sleep(&self, time: Duration) {
        self.0.sleep(time).await;
    }

    fn chance(&self) -> f64 {
        self.0.chance()
    }
}

#[tokio::test(start_paused = true)]
async fn ten_thousand_who_wait_do_not_all_look_whenever_one_may_go() {
    const MANY: u64 = 10_000;

    let meta = Scripted::always(sent());
    let clock = Arc::new(Counting(SystemClock::default(), AtomicUsize::new(0)));
    let pacer = Pacer::with_clock(LimiterOptions::default(), Arc::clone(&clock) as _);
    pacer.set_throughput(&number(), Throughput::HIGH).unwrap();
    let client = paced(&meta, &pacer);
    let calls: Vec<_> = (0..MANY).map(|to| tokio::spawn(send_owned(&client, to))).collect();
    for outcome in join_all(calls).await {
        outcome.unwrap().unwrap();
    }

    let times = meta.times();
    assert!(most_in_a_second(&times[..3_000]) <= 1_000);
    assert!(times[9_999] < 10_400, "{}", times[9_999]);
    // The time is asked for under the lock, once each time that someone looks.
    let looks = clock.1.load(Ordering::Relaxed) as u64;
    assert!(looks < 10 * MANY, "{looks}");
}

#[test]
fn when_the_runtime_of_one_client_ends_that_of_another_goes_on() {
    let runtime = || {
        tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_time().build().unwrap()
    };
    let until = |is_true: &dyn Fn() -> bool| {
        let begun = std::time::Instant::now();
        while !is_true() {
            assert!(begun.elapsed() < Duration::from_secs(30));
            std::thread::yield_now();
        }
    };
    let (one, other) = (runtime(), runtime());
    let meta = Scripted::always(sent());
    let pacer = pacer(2);
    let client = paced(&meta, &pacer);
    one.block_on(send(&client, 1)).unwrap();
    // The first that waits has its runtime look who is next.
    one.spawn(send_owned(&client, 2));
    until(&|| pacer.waiting() == 1);
    let last = other.spawn(send_owned(&client, 3));
    until(&|| pacer.waiting() == 2);
    one.shutdown_timeout(Duration::from_secs(5));

    other
        .block_on(async { timeout(Duration::from_secs(30), last).await })
        .unwrap()
        .unwrap()
        .unwrap();
    assert_eq!(recipients(&meta), [1, 3]);
}

#[test]
fn outside_a_runtime_a_call_that_would_have_to_wait_is_refused() {
    let meta = Scripted::always(sent());
    let client = paced(&meta, &pacer(1));
    let mut call = Box::pin(send_owned(&client, 1));
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    assert!(call.as_mut().poll(&mut context).is_ready());

    let mut call = Box::pin(send_owned(&client, 2));
    let Poll::Ready(outcome) = call.as_mut().poll(&mut context) else { panic!("it waits") };
    assert_eq!(outcome.unwrap_err().kind(), ErrorKind::Configuration);
}

#[tokio::test(start_paused = true)]
async fn however_many_messages_come_in_a_send_waits_for_a_second_at_most() {
    for (webhooks, messages) in [(1, 200), (1, 1_000), (5, 500), (50, 2_000)] {
        let meta = Scripted::always(sent());
        let pacer = pacer(80);
        for _ in 0..webhooks {
            pacer.incoming(&number(), messages);
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        let before = Instant::now();
        send(&paced(&meta, &pacer), 1).await.unwrap();
        let waited = before.elapsed();
        assert!(waited < Duration::from_millis(1_050), "{webhooks} × {messages}: {waited:?}");
        assert!(waited > Duration::from_millis(900), "{webhooks} × {messages}: {waited:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_told_closes_a_number_for_an_hour_at_most() {
    const DAY: &str = "86400";
    const EVER: &str = "18446744073709551615";
    for (act, most) in [
        (code(429, 130_429).with_header("Retry-After", DAY), 3_600_000),
        (code(400, 131_056).with_header("Retry-After", EVER), 3_600_250),
        // Without Meta's error it may be a proxy's.
        (answer(429, "").with_header("Retry-After", DAY), 60_000),
        (answer(429, "").with_header("Retry-After", EVER), 60_000),
    ] {
        let meta = Scripted::new([act, sent()]);
        let pacer = pacer(80);
        pacer.set_longest_wait(Duration::MAX);
        let client = paced(&meta, &pacer);
        send(&client, 1).await.unwrap_err();
        send(&client, 1).await.unwrap();
        let at = meta.times()[1];
        assert!((most..most + 20).contains(&at), "{at}");
    }

    let usage = r#"{"102290129340398":[{"estimated_time_to_regain_access":1440}]}"#;
    let answer = answer(200, r#"{"id":"102290129340398"}"#);
    let told = answer.clone().with_header("X-Business-Use-Case-Usage", usage);
    let meta = Scripted::new([told, answer]);
    let client = paced(&meta, &Pacer::default());
    for _ in 0..2 {
        client.execute(&GetAccount::new("102290129340398")).await.unwrap();
    }
    assert!((3_600_000..3_600_100).contains(&meta.times()[1]), "{:?}", meta.times());
}

#[tokio::test(start_paused = true)]
async fn a_call_whose_turn_would_come_too_late_fails_at_once_and_says_when_it_is_due() {
    let rests = || code(429, 130_429).with_header("Retry-After", "300");
    for (policy, longest, waits) in [
        (None, None, true),
        (None, Some(299), false),
        (None, Some(301), true),
        (Some(RetryPolicy::default()), None, false),
        (Some(RetryPolicy::default().total(301 * SECOND)), None, true),
        (Some(RetryPolicy::default().total(301 * SECOND)), Some(299), false),
    ] {
        let meta = Scripted::new([rests(), sent()]);
        let pacer = pacer(80);
        send(&paced(&meta, &pacer), 1).await.unwrap_err();
        if let Some(longest) = longest {
            pacer.set_longest_wait(longest * SECOND);
        }
        let builder = meta.builder().pace(pacer.clone());
        let client = match policy {
            Some(policy) => builder.retry(policy),
            None => builder,
        };
        let client = client.build().unwrap();
        let before = Instant::now();
        match send(&client, 2).await {
            Ok(()) => assert!(waits && before.elapsed() >= 300 * SECOND),
            Err(error) => {
                assert!(!waits, "{policy:?} {longest:?}");
                assert_eq!(error.kind(), ErrorKind::NotSent);
                assert_eq!(error.retry_after(), Some(300 * SECOND));
                assert_eq!(before.elapsed(), Duration::ZERO);
                assert_eq!(pacer.waiting(), 0);
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_call_whose_turn_does_not_come_in_time_leaves_the_line() {
    let meta = Scripted::always(sent());
    let pacer = pacer(1);
    pacer.set_longest_wait(10 * SECOND);
    let client = paced(&meta, &pacer);
    let before = Instant::now();
    let outcomes = join_all((0..20).map(|to| send(&client, to))).await;

    assert_eq!(before.elapsed(), 10 * SECOND);
    let late: Vec<_> = outcomes.iter().filter_map(|outcome| outcome.as_ref().err()).collect();
    assert!((9..=11).contains(&late.len()), "{}", late.len());
    for error in late {
        assert_eq!(error.kind(), ErrorKind::NotSent);
        assert!(error.retry_after().is_some_and(|due| due <= 2 * SECOND), "{error:?}");
    }
    assert_eq!(pacer.waiting(), 0);
}

#[tokio::test(start_paused = true)]
async fn an_app_whose_limit_is_used_up_makes_no_calls_for_a_minute() {
    let ok = answer(200, r#"{"id":"5"}"#);
    let used_up = ok.clone().with_header("X-App-Usage", r#"{"call_count":3,"total_time":100}"#);
    let meta = Scripted::new([used_up, sent(), ok.clone(), ok]);
    let client = paced(&meta, &pacer(80));
    client.execute(&GetAccount::new("5")).await.unwrap();
    // Messages have limits of their own.
    send(&client, 1).await.unwrap();
    // Those of other accounts are calls of the same app.
    let (one, other) = (GetAccount::new("6"), GetAccount::new("5"));
    let (one, other) = tokio::join!(client.execute(&one), client.execute(&other));
    one.unwrap();
    other.unwrap();
    assert_eq!(meta.times()[..2], [0, 0]);
    for at in &meta.times()[2..] {
        assert!((60_000..60_100).contains(at), "{at}");
    }
}

#[tokio::test(start_paused = true)]
async fn more_numbers_than_there_is_room_for_take_turns() {
    let pacer = Pacer::new(LimiterOptions::default().numbers(3, 1));
    let ids: Vec<_> = (0..12).map(|id| PhoneNumberId::new(format!("10{id}"))).collect();
    for id in &ids {
        // What was told takes no room, and blocks nobody.
        pacer.set_throughput(id, Throughput::COEXISTENCE).unwrap();
    }
    let meta = Scripted::always(sent());
    let client = paced(&meta, &pacer);
    let calls = ids.iter().map(|from| {
        let call = SendMessage { from: from.clone(), ..call(1) };
        let client = client.clone();
        async move { client.execute(&call).await.map(|_| ()) }
    });
    for outcome in timeout(60 * SECOND, join_all(calls)).await.unwrap() {
        outcome.unwrap();
    }
    assert_eq!(pacer.allowed(&ids[0]), 20, "it is remembered");

    // Who may not wait is told what is full.
    let meta = Scripted::always(sent());
    let pacer = Pacer::new(LimiterOptions::default().numbers(1, 1));
    let client = paced(&meta, &pacer);
    send(&client, 1).await.unwrap();
    pacer.set_longest_wait(Duration::ZERO);
    let error = client.execute(&SendMessage { from: ids[0].clone(), ..call(1) }).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotSent);
    let source = std::error::Error::source(&error).unwrap().to_string();
    assert!(source.contains("numbers"), "{source}");
}
