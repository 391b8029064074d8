//! Who may do what: the permissions as a table, and what holds for any of them.
#![allow(missing_docs, clippy::unwrap_used)]

#[path = "access/properties.rs"]
mod properties;
#[path = "access/roles.rs"]
mod roles;

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use atendimento_core::domain::access::{
    Action, Actor, Role, RoleDocument, Scope, ScopeWords, Scopes, Subject, Team,
};
use atendimento_core::domain::routing::Ticket;
use atendimento_core::domain::{
    Agent, AgentProfile, Authority, Conversation, Fence, Hold, Lane, Line, Owner, OwnerKind, Phase,
    Presence, Window,
};
use atendimento_core::id::{AgentId, ContactId, ConversationId, QueueId, TenantId};
use atendimento_core::time::Timestamp;

/// What is allowed, written by hand: o own, t team, q queue, T tenant. First the scopes that an
/// action can have, then what each role has.
const TABLE: &str = "
                          possible  agent  supervisor  auditor  administrator  integration
read_conversation         otqT      o      tq          T        -              T
read_messages             otqT      o      tq          T        -              -
search                    otqT      o      tq          T        -              -
export_transcript         otqT      -      tq          T        -              -
reply                     otqT      o      tq          -        -              -
send_template             otqT      o      tq          -        -              -
note                      otqT      o      tq          -        -              -
tag                       otqT      o      tq          -        -              T
set_field                 otqT      o      tq          -        -              T
close                     otqT      o      tq          -        -              -
reopen                    otqT      o      tq          -        -              -
snooze                    otqT      o      tq          -        -              -
transfer_to_agent         otqT      o      tq          -        -              -
transfer_to_queue         otqT      o      tq          -        -              -
assign                    tqT       -      tq          -        -              -
force_assign              tqT       -      tq          -        -              -
pull                      tqT       -      tq          -        -              -
take_over                 tqT       -      tq          -        -              -
answer_offer              o         o      o           -        -              -
set_presence              otT       o      t           -        T              -
manage_agents             tT        -      -           -        T              -
read_contact              otqT      o      tq          T        -              T
change_contact            otqT      o      tq          -        -              T
merge_contacts            tqT       -      tq          -        -              -
undo_merge                tqT       -      tq          -        -              -
read_figures              otqT      o      tq          T        T              T
monitor                   tqT       -      tq          T        T              -
what_if                   T         -      T           -        T              -
read_configuration        T         -      T           T        T              -
change_configuration      T         -      -           -        T              -
roll_back_configuration   T         -      -           -        T              -
read_audit                T         -      -           T        T              -
inspect                   T         -      -           T        T              -
erase                     T         -      -           -        T              -
";

/// The actions under which who is asked to take a conversation counts as having it.
const WITH_OFFERS: [&str; 2] = ["read_conversation", "answer_offer"];

struct Row {
    action: &'static str,
    possible: &'static str,
    /// By role, in the order of the heading.
    held: Vec<(&'static str, &'static str)>,
}

fn table() -> Vec<Row> {
    let mut lines = TABLE.lines().filter(|line| !line.is_empty());
    let roles: Vec<_> = lines.next().unwrap().split_whitespace().skip(1).collect();
    let row = |line: &'static str| {
        let mut cells = line.split_whitespace();
        let (action, possible) = (cells.next().unwrap(), cells.next().unwrap());
        let cells: Vec<_> = cells.collect();
        assert_eq!(cells.len(), roles.len(), "{line}");
        Row { action, possible, held: roles.iter().copied().zip(cells).collect() }
    };
    lines.map(row).collect()
}

fn action(name: &str) -> Action {
    *Action::ALL.iter().find(|action| action.name() == name).unwrap()
}

fn scope(letter: char) -> Scope {
    match letter {
        'o' => Scope::Own,
        't' => Scope::Team,
        'q' => Scope::Queue,
        'T' => Scope::Tenant,
        other => panic!("{other} is no scope"),
    }
}

fn built_in(name: &str) -> Role {
    Role::BUILT_IN.into_iter().find(|role| role.name() == name).unwrap()
}

/// A role with one permission.
fn only(action: Action, scopes: &[Scope]) -> Role {
    let words = scopes.iter().map(|scope| scope.name().to_owned()).collect();
    let document = [(action.name().to_owned(), ScopeWords::Several(words))].into();
    Role::custom("custom", &RoleDocument(document)).unwrap()
}

/// Bia, whose team has Caio and the queue `sales`, and who serves the queue `support`.
fn bia(role: Role) -> Actor {
    let north = Team::new("north").with_agents(["bia", "caio"]).with_queues(["sales"]);
    Actor::new("bia", "acme", role).with_team(north).with_queues(["support"])
}

/// Everything there is for Bia to act on, and the scopes of which any is enough, by their letters.
struct Thing {
    name: &'static str,
    tenant: &'static str,
    agent: Option<&'static str>,
    asked: Option<&'static str>,
    queue: Option<&'static str>,
    enough: &'static str,
}

const THINGS: [Thing; 9] = [
    thing("her own", "acme", Some("bia"), Some("billing"), "otqT"),
    thing("her own in a queue of hers", "acme", Some("bia"), Some("support"), "otqT"),
    thing("a colleague's", "acme", Some("caio"), Some("billing"), "tT"),
    thing("waiting in her team's queue", "acme", None, Some("sales"), "tT"),
    thing("a stranger's in her queue", "acme", Some("dora"), Some("support"), "qT"),
    thing("a stranger's", "acme", Some("dora"), Some("billing"), "T"),
    thing("nobody's", "acme", None, None, "T"),
    thing("another company's", "rival", Some("bia"), Some("support"), ""),
    thing("another company's as a whole", "rival", None, None, ""),
];

/// What Bia is asked to take.
const OFFERED: Thing =
    Thing { asked: Some("bia"), ..thing("offered to her", "acme", None, Some("billing"), "T") };

const fn thing(
    name: &'static str,
    tenant: &'static str,
    agent: Option<&'static str>,
    queue: Option<&'static str>,
    enough: &'static str,
) -> Thing {
    Thing { name, tenant, agent, asked: None, queue, enough }
}

fn is_covered(actor: &Actor, action: Action, thing: &Thing) -> bool {
    let tenant = TenantId::from(thing.tenant);
    let agent = thing.agent.map(AgentId::from);
    let asked = thing.asked.map(AgentId::from);
    let queue = thing.queue.map(QueueId::from);
    let mut subject = Subject::held(&tenant, agent.as_ref(), queue.as_ref());
    if let Some(asked) = &asked {
        subject = subject.with_asked(asked);
    }
    let checked = actor.may_on(action, &subject).is_ok();
    let listed = actor.may(action).is_ok_and(|grant| grant.covers(&subject));
    assert_eq!(checked, listed, "{} {}", action.name(), thing.name);
    checked
}

#[test]
fn every_action_is_in_the_table_once_and_by_its_name() {
    let written: Vec<_> = table().iter().map(|row| row.action).collect();
    let there: BTreeSet<_> = Action::ALL.iter().map(|action| action.name()).collect();
    assert_eq!(written.iter().copied().collect::<BTreeSet<_>>(), there);
    assert_eq!(written.len(), Action::ALL.len());
    for action in Action::ALL {
        let json = serde_json::to_string(action).unwrap();
        assert_eq!(json, format!("\"{}\"", action.name()));
        assert_eq!(serde_json::from_str::<Action>(&json).unwrap(), *action);
    }
}

#[test]
fn the_documentation_has_the_same_table() {
    let words = |cell: &str| match cell {
        "-" => "–".to_owned(),
        cell => cell.chars().map(|it| scope(it).name()).collect::<Vec<_>>().join(", "),
    };
    let row = |row: Row| {
        let held = row.held.iter().map(|(_, held)| words(held));
        let cells: Vec<_> = std::iter::once(words(row.possible)).chain(held).collect();
        format!("| `{}` | {} |", row.action, cells.join(" | "))
    };
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/roles.md");
    let Ok(page) = std::fs::read_to_string(page) else {
        return; // the published crate comes without it
    };
    let is_row = |line: &&str| line.starts_with("| `") && line.matches('|').count() == 8;
    let documented: Vec<_> = page.lines().filter(is_row).collect();
    assert_eq!(documented, table().into_iter().map(row).collect::<Vec<_>>());
}

#[test]
fn every_action_and_role_is_as_the_table_says() {
    for row in table() {
        let action = action(row.action);
        let possible: Vec<_> = row.possible.chars().map(scope).collect();
        for scope in Scope::ALL {
            let expected = possible.contains(&scope);
            assert_eq!(action.scopes().contains(scope), expected, "{} {scope}", row.action);
        }
        for (role, held) in row.held {
            let held: Vec<_> = held.chars().filter(|it| *it != '-').map(scope).collect();
            let has: Vec<_> = built_in(role).scopes(action).widest().collect();
            assert_eq!(has, held, "{role} {}", row.action);
            assert!(held.iter().all(|scope| possible.contains(scope)), "{role} {}", row.action);
        }
    }
}

#[test]
fn every_action_role_and_relation_is_allowed_or_denied_as_the_table_says() {
    for row in table() {
        let action = action(row.action);
        for (role, held) in row.held {
            let bia = bia(built_in(role));
            assert_eq!(bia.may(action).is_ok(), held != "-", "{role} {}", row.action);
            for thing in &THINGS {
                let expected = held.chars().any(|scope| thing.enough.contains(scope));
                let name = thing.name;
                assert_eq!(
                    is_covered(&bia, action, thing),
                    expected,
                    "{role} {} {name}",
                    row.action
                );
            }
            let counts = WITH_OFFERS.contains(&row.action) && held != "-";
            let expected = counts || held.contains('T');
            assert_eq!(is_covered(&bia, action, &OFFERED), expected, "{role} {}", row.action);
        }
    }
}

#[test]
fn every_action_and_scope_that_a_custom_role_can_have_covers_what_the_scope_says() {
    for row in table() {
        for letter in row.possible.chars() {
            let action = action(row.action);
            let custom = bia(only(action, &[scope(letter)]));
            for thing in &THINGS {
                let (expected, name) = (thing.enough.contains(letter), thing.name);
                assert_eq!(is_covered(&custom, action, thing), expected, "{letter} {name}");
            }
            for other in Action::ALL.iter().filter(|other| **other != action) {
                assert!(custom.may(*other).is_err(), "{} gives {}", row.action, other.name());
            }
        }
    }
}

#[test]
fn a_refusal_says_what_is_missing_in_words() {
    let said = |actor: &Actor, action, agent: &str, queue: &str| {
        let (tenant, agent, queue) = ("acme".into(), agent.into(), queue.into());
        let subject = Subject::held(&tenant, Some(&agent), Some(&queue));
        actor.may_on(action, &subject).unwrap_err().to_string()
    };
    let agent = bia(Role::AGENT);
    assert_eq!(
        said(&agent, Action::Reply, "caio", "billing"),
        "an agent may reply in their own conversations only; this needs the scope team"
    );
    assert_eq!(
        said(&agent, Action::Reply, "dora", "support"),
        "an agent may reply in their own conversations only; this needs the scope queue"
    );
    assert_eq!(said(&agent, Action::Erase, "bia", "support"), "an agent may not erase customers");
    assert_eq!(
        said(&bia(Role::SUPERVISOR), Action::TakeOver, "dora", "billing"),
        "a supervisor may take over their team's and their queues' conversations only; \
         this needs the scope tenant"
    );
    assert_eq!(
        said(&bia(Role::AUDITOR), Action::Reply, "bia", "support"),
        "an auditor may not reply in conversations"
    );
    assert_eq!(
        said(&bia(only(Action::Reply, &[Scope::Own])), Action::Close, "bia", "support"),
        "the role \"custom\" may not close conversations"
    );
    let rival = Actor::new("root", "rival", Role::ADMINISTRATOR);
    assert_eq!(
        said(&rival, Action::ManageAgents, "bia", "support"),
        "an administrator may manage their company's agents only"
    );
}

#[test]
fn a_refusal_names_nobody_and_nothing_it_was_asked_for() {
    let secret = ["bia", "caio", "dora", "acme", "rival", "billing", "support", "sales"];
    let mut refused = 0;
    for (role, action) in
        Role::BUILT_IN.iter().flat_map(|it| Action::ALL.iter().map(move |a| (it, a)))
    {
        let actor = bia(role.clone());
        for thing in &THINGS {
            let (tenant, agent) = (thing.tenant.into(), thing.agent.map(AgentId::from));
            let queue = thing.queue.map(QueueId::from);
            let subject = Subject::held(&tenant, agent.as_ref(), queue.as_ref());
            if let Err(denied) = actor.may_on(*action, &subject) {
                let said = format!("{denied} {denied:?}");
                assert!(secret.iter().all(|it| !said.contains(it)), "{said}");
                refused += 1;
            }
        }
    }
    assert!(refused > 500, "{refused}");
}

#[test]
fn who_only_reads_or_keeps_in_step_never_writes_to_customers_unless_granted() {
    for role in [Role::AUDITOR, Role::INTEGRATION] {
        for action in [Action::Reply, Action::SendTemplate] {
            assert!(bia(role.clone()).may(action).is_err(), "{role:?} {action:?}");

            let mut document = role.document();
            document.0.insert(action.name().into(), ScopeWords::One("queue".into()));
            let granted = bia(Role::custom("shop", &document).unwrap());
            assert_eq!(granted.may(action).unwrap().scopes(), Scopes::QUEUE);
            assert_eq!(granted.role.scopes(Action::ReadContact), Scopes::TENANT, "as before");
        }
    }
}

#[test]
fn an_administrator_reads_no_conversation() {
    let administrator = bia(Role::ADMINISTRATOR);
    for action in [Action::ReadConversation, Action::ReadMessages, Action::Search, Action::Reply] {
        assert!(administrator.may(action).is_err(), "{action:?}");
    }
}

#[test]
fn scopes_compare_by_what_they_include_and_team_and_queue_do_not() {
    let (own, team, queue, tenant) = (Scope::Own, Scope::Team, Scope::Queue, Scope::Tenant);
    for (narrow, wide) in
        [(own, team), (own, queue), (own, tenant), (team, tenant), (queue, tenant)]
    {
        assert_eq!(narrow.partial_cmp(&wide), Some(Ordering::Less), "{narrow} {wide}");
        assert_eq!(wide.partial_cmp(&narrow), Some(Ordering::Greater), "{narrow} {wide}");
    }
    assert_eq!(team.partial_cmp(&queue), None);
    assert_eq!(queue.partial_cmp(&team), None);
    for scope in Scope::ALL {
        assert!(scope <= scope, "{scope}");
        for other in Scope::ALL {
            assert_eq!(Scopes::of(scope).contains(other), other <= scope, "{scope} {other}");
        }
    }
    assert_eq!(Scopes::NONE.to_string(), "none");
    assert_eq!(Scopes::TENANT.to_string(), "tenant");
}

#[test]
fn a_team_has_the_agents_whose_profile_names_it() {
    let agent = |id: &str, team: Option<&str>| Agent {
        id: id.into(),
        tenant: "acme".into(),
        profile: AgentProfile { team: team.map(Into::into), ..AgentProfile::default() },
        presence: Presence::Offline,
        epoch: 0,
        used: BTreeMap::new(),
        missed: 0,
        last_assigned: None,
    };
    let roster = [agent("bia", Some("north")), agent("caio", Some("south")), agent("dora", None)];
    let north = Team::new("north").with_agents_of(&roster).with_agents(["edu"]);
    assert_eq!(north.agents, BTreeSet::from(["bia".into(), "edu".into()]));
}

const NOW: Timestamp = Timestamp::from_seconds(1_700_000_000);

fn conversation(owner: Option<&str>, last: Option<&str>, phase: Phase) -> Conversation {
    let lane = Lane { contact: ContactId::from_bytes([1; 16]), account: "1".into() };
    let id = ConversationId::from_bytes([2; 16]);
    let mut it = Conversation::new(id, "acme".into(), lane, Window::CLOSED);
    it.phase = phase;
    it.owner = owner.map(|agent| Owner {
        agent: agent.into(),
        fence: Fence(1),
        since: NOW,
        kind: OwnerKind::Person { hold: Hold::chat() },
        leaves: None,
    });
    it.last_agent = last.map(Into::into);
    it.queue = Some("billing".into());
    it
}

#[test]
fn a_conversation_is_of_who_has_it_or_had_it_last_when_it_is_put_aside_or_closed() {
    let bia = bia(Role::AGENT);
    let reads = |it: &Conversation| bia.may_on(Action::ReadMessages, &it.into()).is_ok();

    assert!(reads(&conversation(Some("bia"), Some("bia"), Phase::Open)));
    assert!(!reads(&conversation(Some("caio"), Some("bia"), Phase::Open)));
    assert!(!reads(&conversation(None, Some("bia"), Phase::Open)), "it waits for another");
    assert!(reads(&conversation(None, Some("bia"), Phase::Closed { at: NOW })));
    assert!(reads(&conversation(None, Some("bia"), Phase::Snoozed { until: NOW })));
    assert!(!reads(&conversation(None, Some("caio"), Phase::Closed { at: NOW })));
    assert!(!reads(&conversation(None, None, Phase::Closed { at: NOW })));
}

#[test]
fn who_is_asked_sees_that_a_conversation_is_there_but_not_what_was_said() {
    let mut offered = conversation(None, None, Phase::Open);
    offered.line = Some(Line::Offered {
        agent: "bia".into(),
        fence: Fence(1),
        until: NOW,
        hold: Hold::chat(),
        ticket: Box::new(Ticket::plain("billing", NOW)),
    });
    let may = |id: &str, action| {
        Actor::new(id, "acme", Role::AGENT).may_on(action, &Subject::from(&offered)).is_ok()
    };
    assert!(may("bia", Action::ReadConversation));
    assert!(may("bia", Action::AnswerOffer));
    assert!(!may("bia", Action::ReadMessages));
    assert!(!may("bia", Action::ReadContact));
    assert!(!may("caio", Action::ReadConversation));
    assert!(!may("caio", Action::AnswerOffer));
}

#[test]
fn who_names_an_assignment_is_judged_by_it_and_who_names_none_needs_more_than_their_own() {
    let of_bia = conversation(Some("bia"), None, Phase::Open);
    let of_dora = conversation(Some("dora"), None, Phase::Open);
    let owner = Authority::Owner(Fence(1));
    let agent = bia(Role::AGENT);
    // Whether the assignment is theirs is decided with the conversation, which can say whose it is.
    assert!(agent.may_as(Action::Close, &of_bia, owner).is_ok());
    assert!(agent.may_as(Action::Close, &of_dora, owner).is_ok());
    assert!(agent.may_as(Action::Close, &of_bia, Authority::Supervisor).is_err());
    assert!(agent.may_as(Action::Close, &of_dora, Authority::Supervisor).is_err());
    assert!(bia(Role::AUDITOR).may_as(Action::Close, &of_bia, owner).is_err());

    let supervisor = bia(Role::SUPERVISOR);
    assert!(supervisor.may_as(Action::Close, &of_dora, Authority::Supervisor).is_err());
    let billing = supervisor.with_queues(["billing"]);
    assert!(billing.may_as(Action::Close, &of_dora, Authority::Supervisor).is_ok());
    for authority in [owner, Authority::Supervisor] {
        let stranger = Actor { tenant: "rival".into(), ..billing.clone() };
        assert!(stranger.may_as(Action::Close, &of_dora, authority).is_err());
    }
}
