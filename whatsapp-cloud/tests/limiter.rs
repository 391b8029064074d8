//! The limiter keeps below Meta's limits, whatever comes, and uses them.
//!
//! Most of it is measured against a strict model of Meta: no more messages than allowed in
//! any second, wherever it begins, and no message to a recipient who still owes time.

#![cfg(feature = "client")]
#![allow(clippy::unwrap_used, reason = "functions beside the tests are tests too")]

use std::time::Duration;

use whatsapp_cloud::api::Recipient;
use whatsapp_cloud::client::limiter::{
    Full, Limiter, LimiterOptions, Moment, Next, Outcome, Priority, Request, Reserved, Slot,
    Throughput, Ticket,
};
use whatsapp_cloud::client::{HttpResponse, Usage};
use whatsapp_cloud::wire::GraphError;
use whatsapp_cloud::{AccountId, Error, ErrorKind, PhoneNumberId};

#[path = "limiter/history.rs"]
mod history;
#[path = "limiter/strict.rs"]
mod strict;

use strict::Dice;

const SECRET: [u8; 32] = [7; 32];
const SECOND: Duration = Duration::from_secs(1);

fn at(millis: u64) -> Moment {
    Moment::after_start(Duration::from_millis(millis))
}

fn millis(moment: Moment) -> u64 {
    u64::try_from(moment.since_start().as_millis()).unwrap()
}

fn number() -> PhoneNumberId {
    PhoneNumberId::new("106540352242922")
}

fn to(recipient: u64) -> Recipient {
    Recipient::from(format!("55119{:08}", recipient + 10_000_000).as_str())
}

fn limiter() -> Limiter {
    Limiter::new(LimiterOptions::default(), SECRET)
}

fn limiter_of(messages: u32) -> Limiter {
    let mut limiter = limiter();
    limiter.set_throughput(at(0), &number(), Throughput::per_second(messages)).unwrap();
    limiter
}

fn ask(limiter: &mut Limiter, now: Moment, recipient: u64, priority: Priority) -> Reserved {
    limiter.reserve(now, Request { number: &number(), to: &to(recipient), priority })
}

fn wait(
    limiter: &mut Limiter,
    now: Moment,
    recipient: u64,
    priority: Priority,
) -> Result<Ticket, Full> {
    limiter.wait(now, Request { number: &number(), to: &to(recipient), priority })
}

/// The slot that is granted.
fn granted(limiter: &mut Limiter, now: Moment, recipient: u64) -> Slot {
    match ask(limiter, now, recipient, Priority::Agent) {
        Reserved::Granted(slot) => slot,
        Reserved::Wait { until } => panic!("has to wait until {until:?}"),
    }
}

/// How long an agent's message to this recipient has to wait.
fn wait_for(limiter: &mut Limiter, now: Moment, recipient: u64) -> Duration {
    match ask(limiter, now, recipient, Priority::Agent) {
        Reserved::Granted(slot) => {
            limiter.give_back(now, slot);
            Duration::ZERO
        }
        Reserved::Wait { until } => until.since(now),
    }
}

fn refused(code: i64) -> Outcome {
    Outcome::Refused { code: Some(code), wait: None }
}

#[test]
fn a_number_at_rest_sends_at_once() {
    let mut limiter = limiter();
    for recipient in 0..8 {
        drop(granted(&mut limiter, at(0), recipient));
    }
    // Then evenly: no eighty at once, even if the second would allow them.
    let wait = wait_for(&mut limiter, at(0), 9);
    assert!(wait > Duration::ZERO && wait < Duration::from_millis(20), "{wait:?}");
}

#[test]
fn what_customers_write_counts_as_well() {
    let mut limiter = limiter_of(20);
    for _ in 0..20 {
        limiter.count_incoming(at(0), &number());
    }
    assert_eq!(wait_for(&mut limiter, at(0), 1), Duration::from_millis(1_030));
    assert_eq!(wait_for(&mut limiter, at(1_030), 1), Duration::ZERO);
}

#[test]
fn what_customers_write_counts_also_when_a_slot_is_given_back() {
    let mut limiter = limiter_of(2);
    limiter.count_incoming(at(0), &number());
    let slot = granted(&mut limiter, at(600), 1);
    limiter.count_incoming(at(700), &number());
    limiter.give_back(at(700), slot);
    assert_eq!(wait_for(&mut limiter, at(700), 2), Duration::from_millis(330));
}

#[test]
fn numbers_do_not_slow_each_other_down() {
    let mut limiter = limiter();
    let other = PhoneNumberId::new("106540352242923");
    while let Reserved::Granted(_) = ask(&mut limiter, at(0), 1, Priority::Agent) {}

    let request = Request { number: &other, to: &to(1), priority: Priority::Agent };
    assert!(matches!(limiter.reserve(at(0), request), Reserved::Granted(_)));
}

#[test]
fn one_recipient_gets_one_message_in_six_seconds() {
    let mut limiter = limiter();
    drop(granted(&mut limiter, at(0), 1));
    let campaign = ask(&mut limiter, at(1_000), 1, Priority::Campaign);
    assert!(matches!(campaign, Reserved::Wait { until } if millis(until) == 6_250));
    assert!(matches!(ask(&mut limiter, at(1_000), 2, Priority::Campaign), Reserved::Granted(_)));
    assert!(matches!(ask(&mut limiter, at(6_250), 1, Priority::Campaign), Reserved::Granted(_)));
}

#[test]
fn a_burst_is_paid_for() {
    for (priority, burst) in [(Priority::Agent, 45), (Priority::Bot, 15), (Priority::Campaign, 1)] {
        let mut limiter = limiter_of(1_000);
        for _ in 0..burst {
            assert!(matches!(ask(&mut limiter, at(0), 1, priority), Reserved::Granted(_)));
        }
        let due = 6_000 * burst + 250;
        let Reserved::Wait { until } = ask(&mut limiter, at(0), 1, priority) else { panic!() };
        assert_eq!(millis(until), due, "{priority:?}");
        // Not even after the six seconds of the burst, for nobody.
        let after = at(6_000.max(due - 1));
        assert!(matches!(ask(&mut limiter, after, 1, Priority::Agent), Reserved::Wait { .. }));
        assert!(matches!(ask(&mut limiter, at(due), 1, priority), Reserved::Granted(_)));
    }
}

#[test]
fn the_same_recipient_counts_apart_for_each_number() {
    let mut limiter = limiter();
    assert!(matches!(ask(&mut limiter, at(0), 1, Priority::Campaign), Reserved::Granted(_)));
    let other = PhoneNumberId::new("106540352242923");
    let request = Request { number: &other, to: &to(1), priority: Priority::Campaign };
    assert!(matches!(limiter.reserve(at(0), request), Reserved::Granted(_)));
}

#[test]
fn a_slot_that_is_given_back_is_free_again() {
    let mut limiter = limiter_of(1);
    let slot = granted(&mut limiter, at(0), 1);
    assert_eq!(wait_for(&mut limiter, at(10), 2), Duration::from_millis(1_020));
    limiter.observe(at(10), slot, Outcome::NotSent);
    drop(granted(&mut limiter, at(10), 2));

    // The recipient owes nothing either.
    assert!(matches!(ask(&mut limiter, at(1_040), 1, Priority::Campaign), Reserved::Granted(_)));
}

#[test]
fn who_waits_for_a_recipient_is_woken_by_a_slot_that_is_given_back() {
    let mut limiter = limiter();
    let slot = granted(&mut limiter, at(0), 1);
    let ticket = wait(&mut limiter, at(10), 1, Priority::Campaign).unwrap();
    assert!(matches!(limiter.next(at(10)), Next::At(at) if millis(at) == 6_250));

    limiter.give_back(at(20), slot);
    assert!(matches!(limiter.next(at(20)), Next::Go { ticket: who, .. } if who == ticket));
}

/// Who goes, in order, when the shell comes back at each moment that it is told.
fn order(limiter: &mut Limiter, mut now: Moment, most: usize) -> Vec<(Ticket, Moment)> {
    let mut gone = Vec::new();
    while gone.len() < most {
        match limiter.next(now) {
            Next::Go { ticket, slot } => {
                gone.push((ticket, now));
                limiter.observe(now, slot, Outcome::Accepted);
            }
            Next::At(at) => {
                assert!(at > now, "the shell would turn in a circle");
                now = at;
            }
            Next::Idle => break,
        }
    }
    gone
}

#[test]
fn agents_go_before_bots_and_bots_before_campaigns() {
    let mut limiter = limiter();
    let mut tickets = Vec::new();
    for recipient in 0..50 {
        for (place, priority) in
            [Priority::Campaign, Priority::Bot, Priority::Agent].into_iter().enumerate()
        {
            let recipient = recipient * 3 + place as u64;
            let ticket = wait(&mut limiter, at(0), recipient, priority).unwrap();
            tickets.push((priority, ticket));
        }
    }
    tickets.sort();
    let gone: Vec<_> = order(&mut limiter, at(0), 1_000).into_iter().map(|(who, _)| who).collect();
    assert_eq!(gone, tickets.iter().map(|(_, ticket)| *ticket).collect::<Vec<_>>());
}

#[test]
fn an_agent_waits_for_one_slot_only_whatever_else_waits() {
    let mut limiter = limiter();
    for recipient in 0..5_000 {
        wait(&mut limiter, at(0), recipient, Priority::Campaign).unwrap();
    }
    order(&mut limiter, at(0), 1_000);
    let agent = wait(&mut limiter, at(13_500), 9_999, Priority::Agent).unwrap();
    let gone = order(&mut limiter, at(13_500), 1);
    assert_eq!(gone[0].0, agent);
    assert!(gone[0].1.since(at(13_500)) <= Duration::from_millis(20), "{gone:?}");
}

#[test]
fn recipients_take_turns_and_keep_their_order() {
    let mut limiter = limiter();
    // A hundred for the first, then one for each of twenty others.
    let many: Vec<_> =
        (0..100).map(|_| wait(&mut limiter, at(0), 0, Priority::Agent).unwrap()).collect();
    let others: Vec<_> =
        (1..=20).map(|to| wait(&mut limiter, at(0), to, Priority::Agent).unwrap()).collect();
    let gone: Vec<_> = order(&mut limiter, at(0), 120).into_iter().map(|(who, _)| who).collect();

    assert_eq!(gone[..21].iter().filter(|who| others.contains(who)).count(), 20);
    let of_many: Vec<_> = gone.iter().filter(|who| many.contains(who)).copied().collect();
    assert_eq!(of_many, many);
}

#[test]
fn one_recipient_who_may_get_nothing_holds_up_nobody() {
    let mut limiter = limiter();
    drop(granted(&mut limiter, at(0), 0));
    let blocked = wait(&mut limiter, at(0), 0, Priority::Campaign).unwrap();
    let free = wait(&mut limiter, at(0), 1, Priority::Campaign).unwrap();
    let gone = order(&mut limiter, at(0), 2);

    assert_eq!(gone[0].0, free);
    assert_eq!((gone[1].0, millis(gone[1].1)), (blocked, 6_250));
}

#[test]
fn who_asks_at_once_overtakes_nobody_who_waits() {
    let mut limiter = limiter();
    let first = wait(&mut limiter, at(0), 1, Priority::Bot).unwrap();
    assert!(matches!(ask(&mut limiter, at(0), 2, Priority::Bot), Reserved::Wait { .. }));
    assert!(matches!(ask(&mut limiter, at(0), 2, Priority::Agent), Reserved::Granted(_)));
    limiter.withdraw(first);
    assert!(matches!(ask(&mut limiter, at(0), 2, Priority::Bot), Reserved::Granted(_)));
    assert!(matches!(limiter.next(at(0)), Next::Idle));
}

#[test]
fn a_campaign_leaves_room_to_wait_for_others() {
    let mut limiter = Limiter::new(LimiterOptions::default().waiting(100), SECRET);
    let mut fill =
        |priority| (0..).take_while(|to| wait(&mut limiter, at(0), *to, priority).is_ok()).count();
    assert_eq!(fill(Priority::Campaign), 80);
    assert_eq!(fill(Priority::Bot), 10);
    assert_eq!(fill(Priority::Agent), 10);
}

#[test]
fn a_number_that_is_too_fast_rests_and_recovers_step_by_step() {
    let mut limiter = limiter();
    let slots: Vec<_> = (0..5).map(|to| granted(&mut limiter, at(0), to)).collect();
    for slot in slots {
        limiter.observe(at(90), slot, refused(130_429));
    }
    assert_eq!(limiter.allowed(at(90), &number()), 40, "once, not five times");
    assert_eq!(wait_for(&mut limiter, at(90), 9), SECOND);
    assert_eq!(limiter.allowed(at(2_090), &number()), 45);
    assert_eq!(limiter.allowed(at(15_000), &number()), 75);
    assert_eq!(limiter.allowed(at(16_090), &number()), 80);
}

#[test]
fn a_wait_that_meta_asks_for_is_waited() {
    let mut limiter = limiter();
    let slot = granted(&mut limiter, at(0), 1);
    let wait = Some(Duration::from_secs(30));
    limiter.observe(at(0), slot, Outcome::Refused { code: None, wait });
    assert_eq!(wait_for(&mut limiter, at(0), 2), Duration::from_secs(30));
}

#[test]
fn complaints_slow_a_number_down_for_hours() {
    let mut limiter = limiter();
    let slot = granted(&mut limiter, at(0), 1);
    limiter.observe(at(0), slot, refused(131_048));
    assert_eq!(limiter.allowed(at(0), &number()), 20);
    assert_eq!(limiter.allowed(at(60_000), &number()), 20);
    assert_eq!(limiter.allowed(at(600_000), &number()), 25);
    assert_eq!(limiter.allowed(at(7_200_000), &number()), 80);
}

#[test]
fn a_number_in_maintenance_rests_for_a_minute() {
    for code in [131_057, 2_494_100] {
        let mut limiter = limiter();
        let slot = granted(&mut limiter, at(0), 1);
        limiter.observe(at(100), slot, refused(code));
        assert_eq!(wait_for(&mut limiter, at(100), 2), Duration::from_secs(60));
    }
}

#[test]
fn a_recipient_who_got_too_much_waits_in_powers_of_four_and_nobody_else_does() {
    let mut limiter = limiter();
    let mut now = at(0);
    for seconds in [1, 4, 16, 64] {
        let slot = granted(&mut limiter, now, 1);
        // Meta's answer comes late, so that the wait is more than what is owed anyway.
        now = now + Duration::from_secs(6);
        limiter.observe(now, slot, refused(131_056));
        assert_eq!(limiter.allowed(now, &number()), 80);
        assert_eq!(wait_for(&mut limiter, now, 2), Duration::ZERO);
        let wait = wait_for(&mut limiter, now, 1);
        assert_eq!(wait, Duration::from_millis(seconds * 1_000 + 250));
        now = now + wait;
    }
    // One at a time, until one was taken; then it begins anew.
    let slot = granted(&mut limiter, now, 1);
    assert_eq!(wait_for(&mut limiter, now, 1), Duration::from_millis(6_250));
    limiter.observe(now, slot, Outcome::Accepted);
    assert_eq!(wait_for(&mut limiter, now, 1), Duration::ZERO);
}

#[test]
fn a_burst_that_is_refused_counts_once() {
    let mut limiter = limiter_of(1_000);
    let slots: Vec<_> = (0..20).map(|_| granted(&mut limiter, at(0), 1)).collect();
    for slot in slots {
        limiter.observe(at(119_900), slot, refused(131_056));
    }
    assert_eq!(wait_for(&mut limiter, at(119_900), 1), Duration::from_millis(1_250));
}

#[test]
fn a_refusal_may_come_in_a_status() {
    let mut limiter = limiter();
    limiter.observe_failed(at(5_000), &number(), Some(&to(1)), 131_056);
    assert_eq!(wait_for(&mut limiter, at(5_000), 1), Duration::from_millis(1_250));
    assert_eq!(wait_for(&mut limiter, at(5_000), 2), Duration::ZERO);

    limiter.observe_failed(at(5_000), &number(), None, 130_429);
    assert_eq!(limiter.allowed(at(5_000), &number()), 40);
}

#[test]
fn what_has_nothing_to_do_with_speed_changes_nothing() {
    for code in [0, 100, 190, 131_000, 131_026, 131_047, 131_049] {
        let mut limiter = limiter();
        let slot = granted(&mut limiter, at(0), 1);
        limiter.observe(at(0), slot, refused(code));
        assert_eq!(limiter.allowed(at(0), &number()), 80, "{code}");
        assert_eq!(wait_for(&mut limiter, at(0), 2), Duration::ZERO, "{code}");
    }
}

#[test]
fn an_error_is_known_for_what_it_means_for_speed() {
    let error = |kind| Error::new("send message", kind);
    let graph = |code| Error::from_graph("send message", GraphError::with_code(code));
    for (error, outcome) in [
        (error(ErrorKind::NotSent), Outcome::NotSent),
        (error(ErrorKind::InvalidInput), Outcome::NotSent),
        (error(ErrorKind::MaybeSent), Outcome::Lost),
        (error(ErrorKind::RateLimited), Outcome::Refused { code: None, wait: None }),
        (error(ErrorKind::NotFound), Outcome::Lost),
        (graph(131_056), refused(131_056)),
        (
            graph(130_429).with_retry_after(Some(SECOND)),
            Outcome::Refused { code: Some(130_429), wait: Some(SECOND) },
        ),
    ] {
        assert_eq!(Outcome::of_error(&error), outcome, "{error}");
    }
}

#[test]
fn an_account_has_so_many_calls_in_an_hour() {
    let (mut limiter, account) = (limiter(), AccountId::new("102290129340398"));
    limiter.set_calls(at(0), &account, 200).unwrap();
    let mut last = None;
    for call in 0..200 {
        let Reserved::Granted(slot) = limiter.reserve_call(at(call * 1_000), &account) else {
            panic!("call {call}")
        };
        last = Some(slot);
    }
    let Reserved::Wait { until } = limiter.reserve_call(at(200_000), &account) else { panic!() };
    assert_eq!(until, at(3_600_000));
    // Messages are not calls.
    assert_eq!(wait_for(&mut limiter, at(200_000), 1), Duration::ZERO);

    limiter.give_back(at(200_000), last.unwrap());
    assert!(matches!(limiter.reserve_call(at(200_000), &account), Reserved::Granted(_)));
}

#[test]
fn an_account_that_called_too_often_is_silent_for_as_long_as_meta_says() {
    let (mut limiter, account) = (limiter(), AccountId::new("102290129340398"));
    let Reserved::Granted(slot) = limiter.reserve_call(at(0), &account) else { panic!() };
    limiter.observe(at(0), slot, refused(80_007));
    let Reserved::Wait { until } = limiter.reserve_call(at(0), &account) else { panic!() };
    assert_eq!(millis(until), 60_000);

    let mut answer = HttpResponse::new(400, "");
    answer.headers.push((
        "X-Business-Use-Case-Usage".to_owned(),
        r#"{"102290129340398":[{"call_count":100,"estimated_time_to_regain_access":19}]}"#
            .to_owned(),
    ));
    limiter.observe_usage(at(0), &Usage::of(&answer));
    let Reserved::Wait { until } = limiter.reserve_call(at(0), &account) else { panic!() };
    assert_eq!(millis(until), 19 * 60_000);

    let Reserved::Granted(_) = limiter.reserve_call(at(0), &AccountId::new("5")) else { panic!() };
}

#[test]
fn a_throughput_that_was_told_is_kept_and_takes_no_room() {
    let options = LimiterOptions::default().numbers(2, 1);
    let mut limiter = Limiter::new(options, SECRET);
    let ids: Vec<_> = (0..40).map(|id| PhoneNumberId::new(id.to_string())).collect();
    let reserve = |limiter: &mut Limiter, now, id: usize| {
        let request = Request { number: &ids[id], to: &to(1), priority: Priority::Agent };
        matches!(limiter.reserve(now, request), Reserved::Granted(_))
    };
    limiter.set_throughput(at(0), &ids[0], Throughput::COEXISTENCE).unwrap();
    assert!(reserve(&mut limiter, at(0), 0));
    assert!(reserve(&mut limiter, at(0), 1));
    assert!(!reserve(&mut limiter, at(500), 2), "two are in use");
    assert!(reserve(&mut limiter, at(10_000), 2), "both are idle");
    assert!(reserve(&mut limiter, at(10_000), 3));
    assert_eq!(limiter.allowed(at(20_000), &ids[0]), 20);
    assert!(reserve(&mut limiter, at(20_000), 0));
    assert_eq!(limiter.allowed(at(20_000), &ids[0]), 20, "also when it is in use again");

    // For 16 times as many as may be in use.
    for id in &ids[1..32] {
        limiter.set_throughput(at(20_000), id, Throughput::HIGH).unwrap();
    }
    let full = limiter.set_throughput(at(20_000), &ids[32], Throughput::HIGH);
    assert_eq!(full, Err(Full::Numbers));
    limiter.set_throughput(at(20_000), &ids[31], Throughput::STANDARD).unwrap();
    limiter.forget(&ids[0]);
    limiter.set_throughput(at(20_000), &ids[32], Throughput::HIGH).unwrap();
}

#[test]
fn the_calls_that_were_told_of_are_kept_too() {
    let mut limiter = Limiter::new(LimiterOptions::default().numbers(1, 1), SECRET);
    let ids: Vec<_> = (0..17).map(|id| AccountId::new(id.to_string())).collect();
    for id in &ids[..16] {
        limiter.set_calls(at(0), id, 1).unwrap();
    }
    assert_eq!(limiter.set_calls(at(0), &ids[16], 1), Err(Full::Accounts));
    for hour in [0, 2] {
        for id in &ids[hour..2 + hour] {
            let now = at(3_600_000 * (hour + usize::from(*id == ids[1 + hour])) as u64);
            assert!(matches!(limiter.reserve_call(now, id), Reserved::Granted(_)), "{id:?}");
            assert!(matches!(limiter.reserve_call(now, id), Reserved::Wait { .. }), "{id:?}");
        }
    }
}

#[test]
fn a_pair_is_not_forgotten_while_it_is_limited() {
    let mut limiter = Limiter::new(LimiterOptions::default().pairs(3), SECRET);
    for _ in 0..5 {
        drop(granted(&mut limiter, at(0), 0));
    }
    drop(granted(&mut limiter, at(100), 1));
    drop(granted(&mut limiter, at(200), 2));
    // No room for a fourth until one of the three owes nothing.
    assert_eq!(wait_for(&mut limiter, at(300), 3), Duration::from_millis(6_350 - 300));
    let waiting = wait(&mut limiter, at(300), 3, Priority::Agent).unwrap();
    assert!(matches!(limiter.next(at(300)), Next::At(at) if millis(at) == 6_350));
    assert!(matches!(limiter.next(at(6_350)), Next::Go { ticket, .. } if ticket == waiting));
    // The one that owes most is still known.
    assert_eq!(wait_for(&mut limiter, at(6_500), 0), Duration::from_millis(30_250 - 6_500));
}

#[test]
fn memory_is_bounded_whatever_comes() {
    let options = LimiterOptions::default().pairs(150).numbers(3, 3).waiting(100);
    let mut limiter = Limiter::new(options, SECRET);
    let mut dice = Dice(5);
    for step in 0..50_000 {
        let now = at(step * 3);
        let id = PhoneNumberId::new(dice.below(10).to_string());
        let recipient = to(dice.below(100_000));
        let request = Request { number: &id, to: &recipient, priority: Priority::Bot };
        match dice.below(4) {
            0 => drop(limiter.reserve(now, request)),
            1 => drop(limiter.wait(now, request)),
            2 => drop(limiter.next(now)),
            _ => limiter.observe_failed(now, &id, Some(&recipient), 131_056),
        }
        let _ = limiter.reserve_call(now, &AccountId::new(dice.below(10).to_string()));
    }
    let shown = format!("{limiter:?}");
    let count = |name: &str| -> usize {
        let (_, rest) = shown.rsplit_once(&format!("{name}: ")).unwrap();
        rest.split([',', ' ']).next().unwrap().parse().unwrap()
    };
    assert_eq!((count("numbers"), count("accounts")), (3, 3), "{shown}");
    assert!(count("pairs") <= 150 && count("pairs") > 100, "{shown}");
    assert!(count("waiting") <= 100, "{shown}");
}

#[test]
fn a_clock_that_is_set_back_stops_nothing_for_long() {
    let mut limiter = limiter();
    drop(granted(&mut limiter, at(90_000_000), 1));
    // A day back: the recipient's six seconds begin anew at the most.
    // Nobody knows how long ago its burst began.
    assert_eq!(wait_for(&mut limiter, at(3_600_000), 1), Duration::from_millis(6_250));
    let campaign = ask(&mut limiter, at(3_600_000), 1, Priority::Campaign);
    assert!(matches!(campaign, Reserved::Wait { until } if millis(until) == 3_606_250));
    assert!(matches!(
        ask(&mut limiter, at(3_606_250), 1, Priority::Campaign),
        Reserved::Granted(_)
    ));
}

#[test]
fn nothing_shows_a_recipient() {
    let mut limiter = limiter();
    let recipient = to(99_776);
    let Recipient::Phone(phone) = &recipient else { panic!() };
    let request = Request { number: &number(), to: &recipient, priority: Priority::Agent };
    let waits = limiter.wait(at(0), request).unwrap();
    let Next::Go { ticket, slot } = limiter.next(at(0)) else { panic!() };
    assert_eq!(ticket, waits);
    let reserved = limiter.reserve(at(0), request);
    let shown = format!("{limiter:?} {request:?} {slot:?} {reserved:?}");
    assert!(!shown.contains(&phone[4..]), "{shown}");
    assert!(!shown.contains("7, 7"), "the key shows: {shown}");
}

#[test]
fn a_burst_whose_first_message_is_given_back_is_paid_for_all_the_same() {
    let mut limiter = limiter_of(1_000);
    let first = granted(&mut limiter, at(0), 1);
    drop(granted(&mut limiter, at(5_000), 1));
    limiter.give_back(at(5_000), first);
    // Meta knows of the second only. A burst that began before 11 s would end after its six.
    let wait = wait_for(&mut limiter, at(6_300), 1);
    assert!(at(6_300) + wait >= at(11_000), "{wait:?}");
}
