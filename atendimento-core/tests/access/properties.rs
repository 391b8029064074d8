//! What holds for any actor, role and thing.

use std::collections::BTreeSet;

use atendimento_core::domain::access::{
    Action, Actor, Grant, Reach, Role, RoleDocument, Scope, ScopeWords, Subject, Team,
};
use atendimento_core::id::{AgentId, QueueId, TenantId};
use proptest::prelude::*;

use super::only;

fn names(of: &'static [&'static str]) -> impl Strategy<Value = &'static str> {
    proptest::sample::select(of)
}

fn agents() -> impl Strategy<Value = &'static str> {
    names(&["a1", "a2", "a3", "a4"])
}

fn queues() -> impl Strategy<Value = &'static str> {
    names(&["q1", "q2", "q3", "q4"])
}

fn tenants() -> impl Strategy<Value = &'static str> {
    names(&["acme", "rival"])
}

fn actions() -> impl Strategy<Value = Action> {
    proptest::sample::select(Action::ALL)
}

/// What each of some actions is permitted in.
fn documents() -> impl Strategy<Value = RoleDocument> {
    let permission = actions().prop_flat_map(|action| {
        let possible: Vec<_> =
            Scope::ALL.into_iter().filter(|it| action.scopes().contains(*it)).collect();
        let count = 1..=possible.len();
        (Just(action), proptest::sample::subsequence(possible, count))
    });
    proptest::collection::vec(permission, 1..12).prop_map(|permissions| {
        let word = |scope: &Scope| scope.name().to_owned();
        let written = permissions.iter().map(|(action, scopes)| {
            (action.name().to_owned(), ScopeWords::Several(scopes.iter().map(word).collect()))
        });
        RoleDocument(written.collect())
    })
}

fn roles() -> impl Strategy<Value = Role> {
    prop_oneof![
        proptest::sample::select(Role::BUILT_IN.to_vec()),
        documents().prop_map(|document| Role::custom("custom", &document).unwrap()),
    ]
}

fn actors() -> impl Strategy<Value = Actor> {
    let some_agents = || proptest::collection::vec(agents(), 0..3);
    let some_queues = || proptest::collection::vec(queues(), 0..3);
    let teams = proptest::collection::vec((some_agents(), some_queues()), 0..3);
    (agents(), tenants(), roles(), teams, some_queues()).prop_map(
        |(id, tenant, role, teams, queues)| {
            let actor = Actor::new(id, tenant, role).with_queues(queues);
            teams.into_iter().fold(actor, |actor, (agents, queues)| {
                actor.with_team(Team::new("north").with_agents(agents).with_queues(queues))
            })
        },
    )
}

#[derive(Clone, Debug)]
struct Owned {
    tenant: TenantId,
    agent: Option<AgentId>,
    asked: Option<AgentId>,
    queue: Option<QueueId>,
}

impl Owned {
    fn subject(&self) -> Subject<'_> {
        let subject = Subject::held(&self.tenant, self.agent.as_ref(), self.queue.as_ref());
        match &self.asked {
            Some(asked) => subject.with_asked(asked),
            None => subject,
        }
    }
}

fn subjects() -> impl Strategy<Value = Owned> {
    let maybe = |agents| proptest::option::of(agents);
    (tenants(), maybe(agents()), maybe(agents()), proptest::option::of(queues())).prop_map(
        |(tenant, agent, asked, queue)| Owned {
            tenant: tenant.into(),
            agent: agent.map(Into::into),
            asked: asked.map(Into::into),
            queue: queue.map(Into::into),
        },
    )
}

/// As a database would filter.
fn is_selected(grant: &Grant, row: &Owned) -> bool {
    let of = |agents: &BTreeSet<AgentId>, id: &Option<AgentId>| {
        id.as_ref().is_some_and(|id| agents.contains(id))
    };
    let within = match grant.reach() {
        Reach::Everything => true,
        Reach::Part { agents, queues } => {
            of(agents, &row.agent)
                || (grant.includes_offers() && of(agents, &row.asked))
                || row.queue.as_ref().is_some_and(|queue| queues.contains(queue))
        }
    };
    row.tenant == *grant.tenant() && within
}

proptest! {
    #[test]
    fn nothing_of_another_company_is_ever_covered(
        actor in actors(), action in actions(), subject in subjects(),
    ) {
        let tenant = if actor.tenant == "acme".into() { "rival" } else { "acme" }.into();
        let subject = Owned { tenant, ..subject };
        let denied = actor.may_on(action, &subject.subject()).unwrap_err();
        prop_assert_eq!(denied.needed, None, "no scope helps");
        if let Ok(grant) = actor.may(action) {
            prop_assert_eq!(grant.tenant(), &actor.tenant);
            prop_assert!(!grant.covers(&subject.subject()));
        }
    }

    #[test]
    fn a_narrower_scope_never_covers_more_than_a_wider_one(
        actor in actors(), action in actions(), subject in subjects(),
    ) {
        let covers = |scope| {
            let role = only(action, &[scope]);
            let actor = Actor { role, ..actor.clone() };
            actor.may(action).unwrap().covers(&subject.subject())
        };
        let possible = Scope::ALL.into_iter().filter(|it| action.scopes().contains(*it));
        let possible: Vec<_> = possible.collect();
        for narrow in &possible {
            for wide in possible.iter().filter(|wide| narrow < *wide) {
                prop_assert!(!covers(*narrow) || covers(*wide), "{narrow} {wide}");
            }
        }
    }

    #[test]
    fn a_grant_covers_what_it_was_made_of_and_nothing_else(
        actor in actors(), action in actions(), subject in subjects(),
    ) {
        let Ok(grant) = actor.may(action) else {
            prop_assert!(actor.role.scopes(action).is_empty());
            return Ok(());
        };
        prop_assert_eq!(grant.covers(&subject.subject()), is_selected(&grant, &subject));
        // Two scopes cover what either does.
        let scopes: Vec<_> = actor.role.scopes(action).widest().collect();
        let one = |scope: &Scope| {
            let actor = Actor { role: only(action, &[*scope]), ..actor.clone() };
            actor.may(action).unwrap().covers(&subject.subject())
        };
        prop_assert_eq!(grant.covers(&subject.subject()), scopes.iter().any(one));
    }

    #[test]
    fn the_scope_that_a_refusal_names_is_the_one_that_is_missing(
        actor in actors(), action in actions(), subject in subjects(),
    ) {
        let Err(denied) = actor.may_on(action, &subject.subject()) else { return Ok(()) };
        prop_assert_eq!(denied.held, actor.role.scopes(action));
        if let Some(needed) = denied.needed {
            prop_assert!(!denied.held.contains(needed));
            let granted = Actor { role: only(action, &[needed]), ..actor };
            prop_assert!(granted.may_on(action, &subject.subject()).is_ok());
        }
    }

    #[test]
    fn a_role_is_read_as_it_was_written(document in documents()) {
        let role = Role::custom("custom", &document).unwrap();
        let written = serde_json::to_string(&role.document()).unwrap();
        let read = Role::custom("custom", &serde_json::from_str(&written).unwrap()).unwrap();
        prop_assert_eq!(&read, &role);
        prop_assert_eq!(read.document(), role.document());
        for (action, words) in &document.0 {
            let ScopeWords::Several(words) = words else { panic!("as made") };
            let action = *Action::ALL.iter().find(|it| it.name() == action).unwrap();
            let named = |scope: Scope| words.iter().any(|word| word == scope.name());
            for scope in Scope::ALL.into_iter().filter(|scope| named(*scope)) {
                prop_assert!(role.scopes(action).contains(scope));
            }
        }
    }

    #[test]
    fn a_document_of_any_words_is_refused_or_means_what_it_says(
        written in proptest::collection::btree_map("[a-z_]{1,8}|reply|erase", "[a-z]{1,6}|own|tenant", 0..4),
    ) {
        let document = written.iter().map(|(action, scope)| (action.clone(), ScopeWords::One(scope.clone())));
        match Role::custom("custom", &RoleDocument(document.collect())) {
            Ok(role) => {
                let document = role.document();
                prop_assert_eq!(document.0.len(), written.len());
                for (action, scope) in written {
                    prop_assert_eq!(document.0.get(&action), Some(&ScopeWords::One(scope)));
                }
            }
            Err(invalid) => {
                prop_assert!(!invalid.faults.is_empty());
                for fault in invalid.faults {
                    let place = fault.path.strip_prefix("custom").unwrap();
                    let is_there = place.is_empty() || written.contains_key(&place[1..]);
                    prop_assert!(is_there, "{}", fault.path);
                }
            }
        }
    }
}
