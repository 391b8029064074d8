//! A conversation's life, step by step: what each input means where it stands.
#![allow(missing_docs, clippy::unwrap_used)]

use std::time::Duration;

use atendimento_core::domain::routing::{Overflow, Requirement, Stage, Ticket};
use atendimento_core::domain::{
    Arrival, Authority, Conversation, Decision, Event, Fence, Hold, Input, Keep, Lane, Line,
    OfferEnd, OwnerKind, Promise, PromiseState, ReceivedKind, Rejection, Release, Service, Status,
    Target, ThreadOwner, Way, Window, decide,
};
use atendimento_core::id::{AgentId, ContactId, ConversationId, MessageId};
use atendimento_core::time::Timestamp;

/// A conversation and the clock beside it.
#[derive(Clone)]
struct Story {
    conversation: Conversation,
    now: Timestamp,
}

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn at(second: u64) -> Timestamp {
    Timestamp::from_seconds(1_700_000_000) + seconds(second)
}

fn message(id: u8) -> MessageId {
    MessageId::from_bytes([id; 16])
}

fn agent(name: &str) -> AgentId {
    name.into()
}

fn person() -> OwnerKind {
    OwnerKind::Person { hold: Hold::chat() }
}

fn ticket() -> Ticket {
    Ticket::plain("service", at(0))
}

/// Ana only for twenty seconds, then whoever serves the queue.
fn ticket_for_ana_first() -> Ticket {
    let anybody = Requirement::to_serve("service");
    let only_ana = Requirement { only: Some(agent("ana")), ..anybody.clone() };
    let stages = vec![
        Stage { from: at(0), requirement: only_ana },
        Stage { from: at(20), requirement: anybody },
    ];
    Ticket { stages, ..ticket() }
}

fn arrival(ticket: Ticket) -> Box<Arrival> {
    Box::new(Arrival { ticket, service: Service::default() })
}

impl Story {
    /// Nothing has happened yet.
    fn begins() -> Self {
        let lane = Lane { contact: ContactId::from_bytes([1; 16]), account: "1".into() };
        let id = ConversationId::from_bytes([2; 16]);
        Self { conversation: Conversation::new(id, "t".into(), lane, Window::CLOSED), now: at(0) }
    }

    /// It waits, with this ticket.
    fn waits(ticket: Ticket) -> Self {
        Self::begins().gets(Story::message(ticket))
    }

    /// Ana has it, under the fence 1.
    fn owned() -> Self {
        Self::waits(ticket()).gets(Self::assign("ana", Way::Routed))
    }

    fn message(ticket: Ticket) -> Input {
        Self::received(ReceivedKind::Message, ticket)
    }

    fn received(kind: ReceivedKind, ticket: Ticket) -> Input {
        let arrival = arrival(ticket);
        Input::MessageReceived {
            message: message(1),
            written: at(0),
            kind,
            thread_owner: None,
            revokes: Vec::new(),
            arrival,
        }
    }

    /// Something that tells who may write to the customer now.
    fn passed(kind: ReceivedKind, to: ThreadOwner) -> Input {
        let mut input = Self::received(kind, ticket());
        if let Input::MessageReceived { thread_owner, .. } = &mut input {
            *thread_owner = Some(to);
        }
        input
    }

    fn assign(name: &str, way: Way) -> Input {
        Input::Assign { agent: agent(name), kind: person(), way, by: None }
    }

    fn later(self, time: u64) -> Self {
        Self { now: self.now + seconds(time), ..self }
    }

    fn asks(&self, input: &Input) -> Result<Decision, Rejection> {
        decide(&self.conversation, input, self.now)
    }

    #[track_caller]
    fn gets(self, input: impl std::borrow::Borrow<Input>) -> Self {
        let decision = self.asks(input.borrow()).unwrap();
        Self { conversation: self.conversation.after(&decision), ..self }
    }

    #[track_caller]
    fn refuses(&self, input: &Input) -> Rejection {
        self.asks(input).unwrap_err()
    }

    fn status(&self) -> Status {
        self.conversation.status()
    }

    fn owner(&self) -> Option<&str> {
        self.conversation.assignee().map(AgentId::as_str)
    }

    fn fence(&self) -> Fence {
        self.conversation.fence
    }

    /// What is taken of whose capacity.
    fn holds(&self) -> Vec<&str> {
        self.conversation.holds().map(|(agent, _)| agent.as_str()).collect()
    }

    fn excluded(&self) -> &[AgentId] {
        &self.conversation.line.as_ref().unwrap().ticket().excluded
    }
}

fn offer(name: &str) -> Input {
    Input::Offer { agent: agent(name), until: at(15) }
}

fn accept(name: &str, offer: u64) -> Input {
    Input::Accept { by: agent(name), offer: Fence(offer) }
}

fn reject(name: &str, offer: u64) -> Input {
    Input::Reject { by: agent(name), offer: Fence(offer) }
}

fn time(ticket: Option<Ticket>) -> Input {
    Input::TimeCame { ticket: ticket.map(Box::new) }
}

fn close(name: &str, fence: u64, wrap_up: Option<Timestamp>) -> Input {
    Input::Close { by: agent(name), authority: Authority::Owner(Fence(fence)), wrap_up }
}

fn reply(name: &str, fence: u64) -> Input {
    Input::Reply {
        message: message(9),
        by: agent(name),
        authority: Authority::Owner(Fence(fence)),
        needs_open_window: true,
        repeats: None,
    }
}

fn transfer(ticket: Ticket, keep: Keep) -> Input {
    let authority = Authority::Owner(Fence(1));
    Input::Transfer { by: agent("ana"), authority, ticket: Box::new(ticket), keep }
}

#[test]
fn an_offer_is_accepted_by_who_was_asked_under_its_number_and_in_time() {
    let asked = Story::waits(ticket()).gets(offer("ana"));
    assert_eq!((asked.status(), asked.holds()), (Status::Offered, vec!["ana"]));
    assert_eq!(asked.conversation.next_due(), Some(at(15)));
    assert_eq!(asked.refuses(&accept("bia", 1)), Rejection::OfferOver { owner: None });
    assert_eq!(asked.refuses(&accept("ana", 0)), Rejection::OfferOver { owner: None });
    let late = asked.clone().later(15);
    assert_eq!(late.refuses(&accept("ana", 1)), Rejection::OfferOver { owner: None });

    let owned = asked.later(14).gets(accept("ana", 1));
    assert_eq!((owned.status(), owned.owner()), (Status::Assigned, Some("ana")));
    assert_eq!((owned.conversation.assignment(), owned.holds()), (Some(Fence(1)), vec!["ana"]));
    let owner = Some(agent("ana"));
    assert_eq!(owned.refuses(&accept("ana", 1)), Rejection::OfferOver { owner });
}

#[test]
fn who_rejects_or_lets_pass_is_not_asked_again_and_the_place_in_line_is_kept() {
    let rejected = Story::waits(ticket()).gets(offer("ana")).gets(reject("ana", 1));
    assert_eq!(rejected.status(), Status::Waiting);
    assert_eq!(rejected.excluded(), [agent("ana")]);
    assert_eq!(rejected.conversation.waiting().unwrap().key, ticket().key);
    assert_eq!(rejected.holds(), Vec::<&str>::new());

    let again = rejected.gets(offer("bia"));
    assert_eq!(again.fence(), Fence(2));
    let early = again.clone().later(14).gets(time(None));
    assert_eq!(early.status(), Status::Offered);
    let passed = again.later(15).gets(time(None));
    assert_eq!(passed.excluded(), [agent("ana"), agent("bia")]);
    let cleared = passed.gets(Input::AllExcluded);
    assert_eq!(cleared.excluded(), []);
    assert_eq!(cleared.asks(&Input::AllExcluded).unwrap(), Decision::default());
}

#[test]
fn who_leaves_is_not_asked_any_more_and_not_excluded() {
    let left = Input::AgentLeft { agent: agent("ana"), leaves: None };
    let asked = Story::waits(ticket()).gets(offer("ana"));
    assert_eq!(
        asked.asks(&Input::AgentLeft { agent: agent("bia"), leaves: None }).unwrap().events,
        []
    );

    let back = asked.gets(left);
    assert_eq!((back.status(), back.excluded().len()), (Status::Waiting, 0));
}

#[test]
fn what_is_kept_for_one_agent_goes_on_when_they_are_not_there_refuse_or_time_has_passed() {
    let kept = Story::waits(ticket_for_ana_first());
    let only = |story: &Story| story.conversation.waiting().unwrap().requirement().only.clone();
    assert_eq!(only(&kept), Some(agent("ana")));
    assert_eq!(kept.conversation.next_due(), Some(at(20)));
    assert_eq!(kept.asks(&Input::NotThere { agent: agent("bia") }).unwrap().events, []);

    let not_there = kept.clone().gets(Input::NotThere { agent: agent("ana") });
    assert_eq!((only(&not_there), not_there.conversation.next_due()), (None, None));
    let refused = kept.clone().gets(offer("ana")).gets(reject("ana", 1));
    assert_eq!(only(&refused), None);
    let left = kept.clone().gets(offer("ana"));
    let left = left.gets(Input::AgentLeft { agent: agent("ana"), leaves: None });
    assert_eq!(only(&left), None);
    let early = kept.clone().later(19).gets(time(None));
    assert_eq!(only(&early), Some(agent("ana")));
    assert_eq!(only(&kept.later(20).gets(time(None))), None);
}

#[test]
fn who_waits_too_long_goes_on_elsewhere_and_stays_due_until_a_ticket_is_there() {
    let overflow = Overflow { at: at(60), to: "others".into() };
    let waits = Story::waits(Ticket { overflow: Some(overflow), ..ticket() });
    assert_eq!(waits.conversation.needs_ticket(at(59)), None);
    let late = waits.later(60);
    assert_eq!(late.conversation.needs_ticket(late.now), Some(&"others".into()));
    assert_eq!(late.asks(&time(None)).unwrap().events, []);

    // While somebody is asked, they may still take it.
    let asked = late.clone().gets(Input::Offer { agent: agent("ana"), until: at(70) });
    assert_eq!(asked.conversation.needs_ticket(asked.now), None);
    let there = late.gets(time(Some(Ticket::plain("others", at(0)))));
    assert_eq!(there.conversation.queue, Some("others".into()));
    assert_eq!(there.conversation.waiting().unwrap().since, at(0));
}

#[test]
fn a_transfer_leaves_the_conversation_with_its_owner_until_another_has_taken_it() {
    let both = Story::owned().gets(transfer(Ticket::plain("sales", at(0)), Keep::UntilTaken));
    assert_eq!((both.status(), both.owner()), (Status::Assigned, Some("ana")));
    let both = both.gets(offer("bia"));
    assert_eq!(both.holds(), ["ana", "bia"]);
    assert!(both.asks(&reply("ana", 1)).is_ok());

    let taken = both.clone().gets(accept("bia", 2));
    assert_eq!((taken.owner(), taken.holds()), (Some("bia"), vec!["bia"]));
    let Rejection::NotOwner { owner, fence, since } = taken.refuses(&reply("ana", 1)) else {
        panic!("refused otherwise");
    };
    assert_eq!((owner, fence, since), (agent("bia"), Fence(2), at(0)));
    // Routing may complete it without asking as well.
    let routed = both.clone().gets(reject("bia", 2)).gets(Story::assign("caio", Way::Routed));
    assert_eq!((routed.owner(), &routed.conversation.line), (Some("caio"), &None));

    let authority = Authority::Owner(Fence(1));
    let off = both.gets(Input::CancelTransfer { by: agent("ana"), authority });
    assert_eq!((off.owner(), off.holds()), (Some("ana"), vec!["ana"]));
    assert!(off.asks(&reply("ana", 1)).is_ok());
}

#[test]
fn a_transfer_to_one_agent_who_does_not_take_it_comes_to_nothing() {
    let mut only_bia = ticket();
    only_bia.stages[0].requirement.only = Some(agent("bia"));
    let wanted = Story::owned().gets(transfer(only_bia.clone(), Keep::UntilTaken));
    let refused = wanted.clone().gets(offer("bia")).gets(reject("bia", 2));
    assert_eq!((refused.owner(), &refused.conversation.line), (Some("ana"), &None));
    let passed = wanted.clone().gets(offer("bia")).later(15).gets(time(None));
    assert_eq!((passed.owner(), &passed.conversation.line), (Some("ana"), &None));
    let gone = wanted.gets(Input::NotThere { agent: agent("bia") });
    assert_eq!((gone.owner(), &gone.conversation.line), (Some("ana"), &None));

    // Nobody has what was given away: it goes on waiting.
    let given = Story::owned().gets(transfer(only_bia, Keep::No));
    assert_eq!((given.status(), given.owner()), (Status::Waiting, None));
    let refused = given.gets(offer("bia")).gets(reject("bia", 2));
    assert_eq!(refused.status(), Status::Waiting);
}

#[test]
fn only_the_owner_under_the_latest_assignment_or_a_supervisor_passes_it_on() {
    let owned = Story::owned();
    let stranger = Input::Transfer {
        by: agent("bia"),
        authority: Authority::Owner(Fence(1)),
        ticket: Box::new(ticket()),
        keep: Keep::No,
    };
    assert!(matches!(owned.refuses(&stranger), Rejection::NotOwner { .. }));
    assert_eq!(
        Story::waits(ticket()).refuses(&transfer(ticket(), Keep::No)),
        Rejection::NotAssigned
    );
    let supervisor = Input::Transfer {
        by: agent("sofia"),
        authority: Authority::Supervisor,
        ticket: Box::new(ticket()),
        keep: Keep::No,
    };
    assert_eq!(owned.gets(supervisor).status(), Status::Waiting);
}

#[test]
fn each_way_of_giving_takes_it_from_whom_it_may() {
    for (way, from_nobody, from_the_line, from_another) in [
        (Way::Routed, false, true, false),
        (Way::Given, true, true, false),
        (Way::Pulled, true, true, false),
        (Way::Forced, true, true, true),
        (Way::TakenOver, true, true, true),
    ] {
        let input = Story::assign("bia", way);
        let released = Story::owned().gets(transfer(ticket(), Keep::No));
        let released = released.gets(offer("caio"));
        assert_eq!(released.asks(&input).is_ok(), from_nobody, "{way:?}, offered to another");
        assert_eq!(Story::waits(ticket()).asks(&input).is_ok(), from_the_line, "{way:?}, waiting");
        assert_eq!(Story::owned().asks(&input).is_ok(), from_another, "{way:?}, owned");
    }
    let taken = Story::owned().gets(Story::assign("bia", Way::TakenOver));
    assert_eq!((taken.owner(), taken.holds()), (Some("bia"), vec!["bia"]));
    let decided = Story::owned().asks(&Story::assign("bia", Way::TakenOver)).unwrap();
    let passed = Event::Released { agent: agent("ana"), reason: Release::Passed };
    assert_eq!(decided.events[0], passed);
    let same = Story::owned().refuses(&Story::assign("ana", Way::TakenOver));
    assert_eq!(same, Rejection::AlreadyAssigned { owner: agent("ana") });
}

#[test]
fn who_is_asked_is_told_when_another_gets_it() {
    let asked = Story::waits(ticket()).gets(offer("ana"));
    let decided = asked.asks(&Story::assign("bia", Way::Pulled)).unwrap();
    let rescinded = Event::OfferEnded { agent: agent("ana"), end: OfferEnd::Rescinded };
    assert_eq!(decided.events[0], rescinded);
    assert_eq!(asked.gets(Story::assign("bia", Way::Pulled)).holds(), ["bia"]);
}

#[test]
fn an_absent_owner_keeps_it_until_their_time_is_over() {
    let left = |leaves| Input::AgentLeft { agent: agent("ana"), leaves };
    assert_eq!(Story::owned().asks(&left(None)).unwrap().events, []);
    let away = Story::owned().gets(left(Some(at(30))));
    assert_eq!((away.owner(), away.conversation.next_due()), (Some("ana"), Some(at(30))));
    // To leave twice does not prolong it.
    assert_eq!(away.asks(&left(Some(at(90)))).unwrap().events, []);
    let back = away.clone().gets(Input::AgentReturned { agent: agent("ana") });
    assert_eq!(back.conversation.next_due(), None);

    let late = away.later(30);
    assert_eq!(late.conversation.needs_ticket(late.now), Some(&"service".into()));
    assert_eq!(late.asks(&time(None)).unwrap().events, []);
    let free = late.gets(time(Some(ticket())));
    assert_eq!((free.status(), free.holds()), (Status::Waiting, vec![]));
    assert_eq!(free.conversation.last_agent, Some(agent("ana")));
}

#[test]
fn what_is_put_aside_wakes_when_its_time_comes_or_the_customer_writes() {
    let snooze =
        |until| Input::Snooze { by: agent("ana"), authority: Authority::Owner(Fence(1)), until };
    assert_eq!(Story::owned().refuses(&snooze(at(0))), Rejection::Past);
    let aside = Story::owned().gets(snooze(at(100)));
    assert_eq!((aside.status(), aside.holds()), (Status::Snoozed, vec![]));
    let reaction = Story::received(ReceivedKind::Annotation, ticket());
    assert_eq!(aside.clone().gets(reaction).status(), Status::Snoozed);

    let woken = aside.clone().gets(Story::message(ticket()));
    assert_eq!(woken.status(), Status::Waiting);
    assert_eq!(aside.conversation.needs_ticket(at(99)), None);
    let late = aside.later(100);
    assert_eq!(late.asks(&time(None)).unwrap().events, []);
    assert_eq!(late.gets(time(Some(ticket()))).status(), Status::Waiting);
}

#[test]
fn wrapping_up_keeps_the_agent_busy_and_ends_by_itself_or_with_a_new_message() {
    let wrapping = Story::owned().gets(close("ana", 1, Some(at(60))));
    assert_eq!((wrapping.status(), wrapping.holds()), (Status::WrappingUp, vec!["ana"]));
    let on = wrapping.clone().gets(Story::message(ticket()));
    assert_eq!((on.status(), on.owner()), (Status::Assigned, Some("ana")));
    let by_hand = wrapping.clone().gets(close("ana", 1, Some(at(90))));
    assert_eq!(by_hand.status(), Status::Closed);
    let early = wrapping.clone().later(59).gets(time(None));
    assert_eq!(early.status(), Status::WrappingUp);
    let done = wrapping.later(60).gets(time(None));
    assert_eq!((done.status(), done.holds()), (Status::Closed, vec![]));
}

#[test]
fn what_is_closed_goes_on_when_it_is_reopened_or_the_customer_writes_into_it() {
    let service = Service { first_answer: Some(Promise::new(at(500))), resolution: None };
    let reopen = Input::Reopen { ticket: Box::new(ticket()), service };
    assert!(matches!(Story::owned().refuses(&reopen), Rejection::NotNow { .. }));
    let closed = Story::owned().gets(close("ana", 1, None));
    assert_eq!(closed.refuses(&reply("ana", 1)), Rejection::Closed);
    // What was promised before is over.
    let late = closed.clone().later(100);
    let reopened = late.gets(reopen);
    assert_eq!(reopened.status(), Status::Waiting);
    assert_eq!(reopened.conversation.next_due(), Some(at(500)));
    let arrival = Box::new(Arrival { ticket: ticket(), service });
    let mut message = Story::message(ticket());
    if let Input::MessageReceived { arrival: told, .. } = &mut message {
        *told = arrival;
    }
    let written = closed.clone().gets(message);
    assert_eq!(
        (written.status(), written.conversation.next_due()),
        (Status::Waiting, Some(at(500)))
    );
    assert!(written.fence() >= closed.fence(), "an old reply is still recognised");
    let reaction = Story::received(ReceivedKind::Annotation, ticket());
    assert_eq!(closed.gets(reaction).status(), Status::Closed);
}

#[test]
fn promises_are_kept_by_persons_or_broken_once() {
    let service = Service {
        first_answer: Some(Promise::new(at(50))),
        resolution: Some(Promise::new(at(80))),
    };
    let input = Input::MessageReceived {
        message: message(1),
        written: at(0),
        kind: ReceivedKind::Message,
        thread_owner: None,
        revokes: Vec::new(),
        arrival: Box::new(Arrival { ticket: ticket(), service }),
    };
    let waits = Story::begins().gets(input);
    let state = |story: &Story, target| story.conversation.service.promise(target).unwrap().state;
    assert_eq!(waits.conversation.next_due(), Some(at(50)));

    let late = waits.clone().later(50).gets(time(None));
    assert_eq!(state(&late, Target::FirstAnswer), PromiseState::Breached);
    assert_eq!(late.conversation.next_due(), Some(at(80)));
    let late = late.gets(Story::assign("ana", Way::Routed));
    let answered = late.asks(&reply("ana", 1)).unwrap();
    let kept = |target| Event::PromiseKept { target };
    assert!(!answered.events.contains(&kept(Target::FirstAnswer)), "it stays broken");

    let owned = waits.clone().gets(Story::assign("ana", Way::Routed));
    let owned = owned.gets(reply("ana", 1));
    assert_eq!(state(&owned, Target::FirstAnswer), PromiseState::Kept);
    let closed = owned.gets(close("ana", 1, None));
    assert_eq!(state(&closed, Target::Resolution), PromiseState::Kept);

    let bot =
        Input::Assign { agent: agent("bot"), kind: OwnerKind::Bot, way: Way::HandedOver, by: None };
    let by_bot = waits.gets(bot).gets(reply("bot", 1));
    assert_eq!(state(&by_bot, Target::FirstAnswer), PromiseState::Running);
}

#[test]
fn nothing_is_promised_before_somebody_is_needed() {
    let service = || Service { first_answer: Some(Promise::new(at(50))), resolution: None };
    let told = |kind| Input::MessageReceived {
        message: message(1),
        written: at(0),
        kind,
        thread_owner: None,
        revokes: Vec::new(),
        arrival: Box::new(Arrival { ticket: ticket(), service: service() }),
    };
    let echoed = Story::begins().gets(told(ReceivedKind::Echo));
    assert_eq!(echoed.conversation.next_due(), None);
    assert_eq!(echoed.conversation.queue, Some(ticket().queue), "somebody is responsible");
    let waits = echoed.gets(told(ReceivedKind::Message));
    assert_eq!(waits.conversation.next_due(), Some(at(50)));
}

#[test]
fn a_bot_owns_alone_takes_no_capacity_and_hands_over_by_a_transfer() {
    let bot =
        Input::Assign { agent: agent("bot"), kind: OwnerKind::Bot, way: Way::HandedOver, by: None };
    let with_bot = Story::owned().gets(bot);
    assert_eq!((with_bot.owner(), with_bot.holds()), (Some("bot"), vec![]));
    assert!(matches!(with_bot.refuses(&reply("ana", 1)), Rejection::NotOwner { .. }));
    assert!(with_bot.asks(&reply("bot", 2)).is_ok());
    assert_eq!(with_bot.conversation.last_agent, Some(agent("ana")), "sticky to people only");

    let to_people = Input::Transfer {
        by: agent("bot"),
        authority: Authority::Owner(Fence(2)),
        ticket: Box::new(ticket()),
        keep: Keep::No,
    };
    let waits = with_bot.gets(to_people).gets(Story::assign("ana", Way::Routed));
    assert!(matches!(waits.refuses(&reply("bot", 2)), Rejection::NotOwner { .. }));
}

#[test]
fn who_was_absent_while_another_lets_it_pass_does_not_leave_it_to_nobody() {
    let absent = Input::AgentLeft { agent: agent("ana"), leaves: Some(at(15)) };
    let for_bia = Requirement { only: Some(agent("bia")), ..Requirement::to_serve("service") };
    let for_bia = Ticket { stages: vec![Stage { from: at(0), requirement: for_bia }], ..ticket() };
    let passed = Input::Transfer {
        by: agent("ana"),
        authority: Authority::Owner(Fence(1)),
        ticket: Box::new(for_bia),
        keep: Keep::UntilTaken,
    };
    let due = Story::owned().gets(passed).gets(absent).gets(offer("bia")).later(15);
    let came = |ticket| Input::TimeCame { ticket };
    let waits = due.clone().gets(came(Some(Box::new(ticket()))));
    assert_eq!((waits.status(), waits.owner()), (Status::Waiting, None));
    assert_eq!(waits.conversation.waiting().unwrap().requirement().only, None);
    // Without a ticket it stays due.
    let stays = due.gets(came(None));
    assert_eq!((stays.owner(), stays.conversation.next_due()), (Some("ana"), Some(at(15))));
}

#[test]
fn who_writes_up_may_be_absent() {
    let absent = Input::AgentLeft { agent: agent("ana"), leaves: Some(at(15)) };
    let writes = Story::owned().gets(absent).gets(close("ana", 1, Some(at(60))));
    assert_eq!(writes.conversation.next_due(), Some(at(60)), "nothing is due in between");
    let again = writes.later(20).gets(Story::message(ticket()));
    assert_eq!(again.conversation.next_due(), Some(at(15)), "it goes on");
}

#[test]
fn the_window_is_opened_by_what_the_customer_does_now_and_by_nothing_else() {
    for (kind, opens, waits) in [
        (ReceivedKind::Message, true, true),
        (ReceivedKind::Call, true, true),
        (ReceivedKind::CallProgress, true, false),
        (ReceivedKind::HandedOver, false, true),
        (ReceivedKind::Standby, true, false),
        (ReceivedKind::Annotation, false, false),
        (ReceivedKind::History, false, false),
        (ReceivedKind::Echo, false, false),
    ] {
        let story = Story::begins().gets(Story::received(kind, ticket()));
        assert_eq!(story.conversation.window.is_open(at(1)), opens, "{kind:?}");
        assert_eq!(story.status() == Status::Waiting, waits, "{kind:?}");
        // What was only recorded does not keep a later message from being answered.
        assert_eq!(story.gets(Story::message(ticket())).status(), Status::Waiting, "{kind:?}");
    }
}

#[test]
fn nothing_is_sent_while_another_app_has_the_thread() {
    let passed = |to| Story::passed(ReceivedKind::Annotation, to);
    let elsewhere = Story::owned().gets(passed(ThreadOwner::Others));
    assert_eq!(elsewhere.refuses(&reply("ana", 1)), Rejection::ThreadElsewhere);
    let again = elsewhere.asks(&passed(ThreadOwner::Others)).unwrap();
    let to = ThreadOwner::Others;
    assert!(!again.events.contains(&Event::ThreadPassed { to }), "it is no news");
    let mut template = reply("ana", 1);
    if let Input::Reply { needs_open_window, .. } = &mut template {
        *needs_open_window = false;
    }
    assert!(elsewhere.asks(&template).is_ok(), "a template needs no thread");
    assert!(elsewhere.gets(passed(ThreadOwner::Ours)).asks(&reply("ana", 1)).is_ok());
}

#[test]
fn who_is_given_to_us_by_another_app_waits_for_somebody() {
    let given = || Story::passed(ReceivedKind::HandedOver, ThreadOwner::Ours);
    let away = Story::passed(ReceivedKind::Standby, ThreadOwner::Others);
    let elsewhere = Story::begins().gets(away);
    assert_eq!(elsewhere.status(), Status::Open);
    assert_eq!(elsewhere.gets(given()).status(), Status::Waiting);
    let closed = Story::owned().gets(close("ana", 1, None));
    assert_eq!(closed.gets(given()).status(), Status::Waiting);
    assert_eq!(Story::owned().gets(given()).owner(), Some("ana"));
}

#[test]
fn what_was_said_long_ago_is_closed_as_it_is_told() {
    let old = Story::begins().gets(Story::received(ReceivedKind::History, ticket()));
    assert_eq!(old.status(), Status::Closed);
    assert!(
        Story::owned().gets(Story::received(ReceivedKind::History, ticket())).owner().is_some()
    );
}

#[test]
fn nobody_is_asked_who_has_it_or_while_it_does_not_wait() {
    let transferring = Story::owned().gets(transfer(ticket(), Keep::UntilTaken));
    let owner = agent("ana");
    assert_eq!(transferring.refuses(&offer("ana")), Rejection::AlreadyAssigned { owner });
    for story in [
        Story::begins(),
        Story::owned(),
        Story::waits(ticket()).gets(offer("ana")),
        Story::owned().gets(close("ana", 1, Some(at(60)))),
        Story::owned().gets(close("ana", 1, None)),
    ] {
        assert!(matches!(story.refuses(&offer("bia")), Rejection::NotNow { .. }));
    }
    let line = Story::waits(ticket()).conversation.line;
    assert!(matches!(line, Some(Line::Waiting(_))));
}

#[test]
fn marks_and_fields_change_only_when_they_are_other() {
    let tag = |present| Input::Tag { tag: "vip".to_owned(), present };
    let tagged = Story::owned().gets(tag(true));
    assert!(tagged.conversation.tags.contains("vip"));
    assert_eq!(tagged.asks(&tag(true)).unwrap(), Decision::default());
    assert!(tagged.gets(tag(false)).conversation.tags.is_empty());
}
