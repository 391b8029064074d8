//! The configuration: what is refused and where, what follows of it, what differs.
#![allow(missing_docs, clippy::unwrap_used)]

use std::time::Duration;

use atendimento_core::domain::configuration::{
    Configuration, Document, Facts, InvalidConfiguration, Rule, difference,
};
use atendimento_core::domain::routing::{Asked, Level};
use atendimento_core::id::{AgentId, QueueId};
use atendimento_core::time::Timestamp;
use proptest::prelude::*;
use serde_json::{Value, json};

const SHOP: &str = include_str!("../../examples/configuration/desk.toml");

fn shop() -> Document {
    Document::from_toml(SHOP).unwrap()
}

fn configuration() -> Configuration {
    Configuration::new(shop(), &[]).unwrap().with_version(7)
}

/// Monday, 2026-11-23, at that time in São Paulo.
fn monday(hour: i64, minute: i64) -> Timestamp {
    Timestamp::from_seconds(1_795_402_800 + hour * 3_600 + minute * 60)
}

fn sales() -> QueueId {
    "sales".into()
}

fn refused(outcome: Result<Configuration, InvalidConfiguration>) -> Vec<(String, String)> {
    let faults = outcome.unwrap_err().0.into_iter();
    faults.map(|fault| (fault.path, fault.reason)).collect()
}

/// The shop, with another value at a path of its JSON.
fn with(pointer: &str, value: Value) -> Value {
    let mut tree = serde_json::to_value(shop()).unwrap();
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    match tree.pointer_mut(parent).unwrap() {
        Value::Object(object) => {
            object.insert(key.to_owned(), value);
        }
        Value::Array(list) => match key.parse::<usize>() {
            Ok(index) => list[index] = value,
            Err(_) => list.push(value),
        },
        other => panic!("{other}"),
    }
    tree
}

fn read(tree: &Value) -> Result<Configuration, InvalidConfiguration> {
    Configuration::from_json(&tree.to_string())
}

#[test]
fn the_example_is_a_configuration_and_toml_and_json_say_the_same() {
    let json = serde_json::to_string(&shop()).unwrap();

    assert_eq!(Configuration::from_json(&json).unwrap().document(), &shop());
    assert_eq!(configuration().version(), 7);
}

#[test]
fn what_cannot_be_read_is_refused_with_its_path() {
    for (pointer, value, path, reason) in [
        ("/queues/sales/offfer", json!({}), "queues.sales.offfer", "unknown field `offfer`"),
        ("/queues/sales/wrap_up", json!("8 minutes"), "queues.sales.wrap_up", "90s, 5m, 8h or 7d"),
        ("/queues/sales/wrap_up", json!(60), "queues.sales.wrap_up", "invalid type: integer"),
        ("/queues/sales/weight", json!("2"), "queues.sales.weight", "invalid type: string"),
        ("/queues/sales/weight", json!(-1), "queues.sales.weight", "-1"),
        ("/queues/sales/order", json!("random"), "queues.sales.order", "unknown variant `random`"),
        ("/queues/sales/rings/1/lower", json!(-1), "queues.sales.rings[1].lower", "-1"),
        ("/rules/0/skills/warranty", json!(9), "rules[0].skills.warranty", "1 to 5, not 9"),
        ("/hours/office/week/mon", json!(["8-12"]), "hours.office.week.mon[0]", "08:00-12:00"),
        ("/rules/0/queue", json!(null), "rules[0].queue", "null"),
        ("/extra", json!(1), "extra", "unknown field `extra`"),
    ] {
        let faults = refused(read(&with(pointer, value)));
        assert_eq!(faults.len(), 1);
        assert_eq!(faults[0].0, path, "{faults:?}");
        assert!(faults[0].1.contains(reason), "{faults:?}");
    }
    let faults = refused(Configuration::from_toml("queues = ["));
    assert_eq!(faults[0].0, "");
    let faults = refused(Configuration::from_json("{} {}"));
    assert!(faults[0].1.contains("missing field"), "{faults:?}");
    let twice = "[queues.a]\n[queues.a]\n[[rules]]\nqueue = \"a\"";
    assert_eq!(refused(Configuration::from_toml(twice)).len(), 1);
}

#[test]
fn what_cannot_be_done_is_refused_with_its_path_and_why() {
    let queue = |value: Value| ("/queues/sales".to_owned(), value);
    let field = |name: &str, value: Value| (format!("/queues/sales/{name}"), value);
    let cases = [
        (("/zone".to_owned(), json!("Brazil/Nowhere")), "zone", "no time zone"),
        (field("team", json!("nobody")), "queues.sales.team", "no team `nobody`"),
        (field("hours", json!("lunch")), "queues.sales.hours", "no hours `lunch`"),
        (field("class", json!("fax")), "queues.sales.class", "no class `fax`"),
        (field("weight", json!(0)), "queues.sales.weight", "not 1 to"),
        (field("weight", json!(1001)), "queues.sales.weight", "not 1 to"),
        (field("strategy", json!("best")), "queues.sales.strategy", "no strategy `best`, only"),
        (field("priority", json!("gold")), "queues.sales.priority", "no priority `gold`"),
        (field("offer/timeout", json!("0s")), "queues.sales.offer.timeout", "more than nothing"),
        (field("offer/timeout", json!("2h")), "queues.sales.offer.timeout", "2h is more than 1h"),
        (field("offer/misses", json!(0)), "queues.sales.offer.misses", "leave it out"),
        (field("rings/1/after", json!("1m")), "queues.sales.rings[1].after", "not later"),
        (field("rings/0/lower", json!(0)), "queues.sales.rings[0]", "gives nothing up"),
        (field("rings/0/lower", json!(5)), "queues.sales.rings[0].lower", "1 to 4"),
        (field("rings/1/drop", json!(["latin"])), "queues.sales.rings[1].drop", "no skill"),
        (field("rings/1/also", json!(["sales"])), "queues.sales.rings[1].also", "queue itself"),
        (field("rings/1/also", json!(["x"])), "queues.sales.rings[1].also", "no queue `x`"),
        (field("sticky/within", json!("900d")), "queues.sales.sticky.within", "more than"),
        (field("sticky/wait", json!("0s")), "queues.sales.sticky.wait", "more than nothing"),
        (field("service", json!({})), "queues.sales.service", "promises nothing"),
        (
            field("service/first_answer", json!("9h")),
            "queues.sales.service.first_answer",
            "after the resolution",
        ),
        (field("overflow/to", json!("sales")), "queues.sales.overflow.to", "queue itself"),
        (field("overflow/to", json!("x")), "queues.sales.overflow.to", "no queue `x`"),
        (field("closed/to", json!("x")), "queues.sales.closed.to", "no queue `x`"),
        (field("absence/return_after", json!("2d")), "queues.sales.absence.return_after", "2d"),
        (field("wrap_up", json!("0s")), "queues.sales.wrap_up", "more than nothing"),
        (field("reopen", json!("999d")), "queues.sales.reopen", "more than"),
        (
            queue(json!({"service": {"first_answer": "1m", "within_hours": true}})),
            "queues.sales.service.within_hours",
            "no hours",
        ),
        (queue(json!({"closed": {"to": "night"}})), "queues.sales.closed", "never closes"),
        (("/queues/".to_owned(), json!({})), "queues", "a name is empty"),
        (("/priorities/vip".to_owned(), json!("999d")), "priorities.vip", "more than"),
        (("/hours/office/zone".to_owned(), json!("Mars/Base")), "hours.office.zone", "time zone"),
        (
            ("/hours/office/week/mon".to_owned(), json!(["08:00-12:00", "11:00-13:00"])),
            "hours.office.week.mon",
            "overlap",
        ),
        (("/rules/0/queue".to_owned(), json!("x")), "rules[0].queue", "no queue `x`"),
        (("/roles".to_owned(), json!({"x": {"fly": "own"}})), "roles.x.fly", "no such action"),
        (
            ("/roles".to_owned(), json!({"x": {"reply": "all"}})),
            "roles.x.reply",
            "no scope \"all\"",
        ),
        (("/roles".to_owned(), json!({"agent": {"reply": "own"}})), "roles.agent", "built-in"),
        (("/rules/0/priority".to_owned(), json!("x")), "rules[0].priority", "no priority `x`"),
        (("/rules/0/skills".to_owned(), json!({"x": 1})), "rules[0].skills.x", "no skill `x`"),
        (("/rules/0/when/open".to_owned(), json!("x")), "rules[0].when.open", "no hours `x`"),
        (
            ("/rules/0/when/words".to_owned(), json!(["two words"])),
            "rules[0].when.words",
            "one word",
        ),
        (("/rules/2/when".to_owned(), json!({"tags": ["x"]})), "rules", "for everybody"),
        (("/rules/-".to_owned(), json!({"queue": "night"})), "rules[3]", "never comes to pass"),
        (
            ("/rules/0/when".to_owned(), json!({"tags": ["vip"]})),
            "rules[1]",
            "rules[0] is for the same",
        ),
    ];
    for ((pointer, value), path, reason) in cases {
        let faults = refused(read(&with(&pointer, value)));
        let found = faults.iter().any(|(at, why)| at == path && why.contains(reason));
        assert!(found, "{pointer}: {path}: {reason}: {faults:?}");
    }
}

#[test]
fn what_never_comes_to_pass_is_refused() {
    let ring = |after: &str| with("/queues/sales/rings/1/after", json!(after));
    assert!(read(&ring("599s")).is_ok());
    for after in ["10m", "20m"] {
        let faults = refused(read(&ring(after)));
        assert_eq!(faults[0].0, "queues.sales.rings[1].after");
        assert!(faults[0].1.contains("10m goes on to `service`"), "{faults:?}");
    }
    // No text is compared with what stands between its words.
    for word in ["e-mail", "24h?", "R$", "\u{1f44d}"] {
        let faults = refused(read(&with("/rules/0/when/words", json!([word]))));
        assert_eq!(faults[0].0, "rules[0].when.words");
        assert!(faults[0].1.contains(word), "{faults:?}");
    }
    // The first rule: who writes `garantia`, `conserto` or `defeito`.
    for (when, is_left) in [
        (json!({"words": ["conserto"]}), false),
        (json!({"words": ["CONSERTO", "defeito"], "tags": ["vip"]}), false),
        (json!({"words": ["conserto", "troca"]}), true),
        (json!({"tags": ["vip"]}), true),
        (json!({"returning": true}), true),
    ] {
        let faults = read(&with("/rules/1/when", when.clone())).err().map(|it| it.0);
        let paths: Vec<_> = faults.iter().flatten().map(|fault| fault.path.as_str()).collect();
        assert_eq!(paths, if is_left { vec![] } else { vec!["rules[1]"] }, "{when}: {faults:?}");
    }
}

#[test]
fn a_name_that_is_there_twice_is_refused() {
    let rules = r#""rules": [{"queue": "a"}]"#;
    let queues = r#""queues": {"a": {}}"#;
    for (members, path) in [
        (format!(r#"{rules}, "queues": {{"a": {{}}, "a": {{"weight": 2}}}}"#), "queues"),
        (
            format!(r#"{queues}, "rules": [{{"queue": "a", "skills": {{"x": 1, "x": 2}}}}]"#),
            "rules[0].skills",
        ),
        (format!(r#"{queues}, {rules}, "priorities": {{"x": "1m", "x": "2m"}}"#), "priorities"),
        (
            format!(
                r#"{queues}, {rules}, "roles": {{"x": {{"reply": "own", "reply": "tenant"}}}}"#
            ),
            "roles.x",
        ),
        (
            format!(
                r#"{queues}, {rules},
                "roles": {{"x": {{"reply": "own"}}, "x": {{"reply": "tenant"}}}}"#
            ),
            "roles",
        ),
        (
            format!(
                r#"{queues}, {rules}, "hours": {{"x": {{"zone": "UTC"}}, "x": {{"zone": "UTC"}}}}"#
            ),
            "hours",
        ),
        (
            format!(
                r#"{queues}, {rules}, "hours":
                {{"x": {{"zone": "UTC", "days": {{"2026-12-24": [], "2026-12-24": []}}}}}}"#
            ),
            "hours.x.days",
        ),
    ] {
        let faults = refused(Configuration::from_json(&format!("{{{members}}}")));
        assert_eq!(faults[0].0, path, "{members}: {faults:?}");
        assert!(faults[0].1.contains("is there twice"), "{faults:?}");
    }
}

#[test]
fn what_is_no_toml_is_refused_with_its_line() {
    for (text, place) in [
        ("[queues.a]\n\nweight = \n", "line 3 column"),
        ("[queues.a]\n[queues.a]\n", "line 2 column"),
        ("# \u{e9}\nqueues = [", "line 2 column"),
        ("queues = 1\nqueues = 2", "line 2 column 1"),
    ] {
        let faults = refused(Configuration::from_toml(text));
        assert!(faults[0].1.contains(place), "{text:?}: {faults:?}");
    }
    let faults = refused(read(&with("/roles/night lead/reply", json!(5))));
    assert_eq!(faults[0].0, "roles.night lead.reply");
    assert!(faults[0].1.contains("a scope is text"), "{faults:?}");
}

#[test]
fn everything_that_is_wrong_is_told_at_once() {
    let mut document = shop();
    document.queues.get_mut(&sales()).unwrap().team = Some("nobody".into());
    document.queues.get_mut(&sales()).unwrap().weight = Some(0);
    document.rules.clear();

    let faults = refused(Configuration::new(document, &[]));
    let paths: Vec<_> = faults.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(paths, ["queues.sales.team", "queues.sales.weight", "rules"]);
}

#[test]
fn who_overflows_in_a_circle_is_refused() {
    let mut document = shop();
    let overflow =
        |to: &str| serde_json::from_value(json!({"overflow": {"after": "1m", "to": to}})).unwrap();
    document.queues.insert("a".into(), overflow("b"));
    document.queues.insert("b".into(), overflow("c"));
    document.queues.insert("c".into(), overflow("a"));
    // Goes into the circle without being part of it.
    document.queues.insert("d".into(), overflow("a"));

    let faults = refused(Configuration::new(document, &[]));
    let paths: Vec<_> = faults.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(paths, ["queues.a.overflow.to", "queues.b.overflow.to", "queues.c.overflow.to"]);
}

#[test]
fn a_strategy_of_the_hosts_is_known_by_name() {
    let mut document = shop();
    document.queues.get_mut(&sales()).unwrap().strategy = Some("best_smile".to_owned());

    assert!(Configuration::new(document.clone(), &[]).is_err());
    let configuration = Configuration::new(document, &["best_smile"]).unwrap();
    assert_eq!(configuration.strategy(&sales()), "best_smile");
    assert_eq!(configuration.strategy(&"night".into()), "least_loaded");
}

#[test]
fn the_first_rule_that_fits_says_who_waits_where() {
    let configuration = configuration();
    let now = monday(10, 0);
    let queue = |facts: &Facts<'_>| configuration.route(facts, now).queue;

    let asks = Facts { text: Some("Meu celular: GARANTIA?"), ..Facts::default() };
    let route = configuration.route(&asks, now);
    assert_eq!(route.queue, "service".into());
    assert_eq!(route.asked.skills.get(&"warranty".into()), Level::new(2).as_ref());
    let within_another = Facts { text: Some("garantias"), ..Facts::default() };
    assert_eq!(queue(&within_another), sales());
    let both = Facts { tags: vec!["vip"], text: Some("defeito"), ..Facts::default() };
    assert_eq!(queue(&both), "service".into());
    let vip = Facts { tags: vec!["new", "vip"], ..Facts::default() };
    assert_eq!(configuration.route(&vip, now).asked.priority.as_deref(), Some("vip"));
    assert_eq!(queue(&Facts::default()), sales());
}

#[test]
fn who_comes_while_the_queue_is_closed_waits_where_it_says() {
    let configuration = configuration();
    let queue = |now| configuration.route(&Facts::default(), now).queue;

    assert_eq!(queue(monday(7, 59)), "night".into());
    assert_eq!(queue(monday(8, 0)), sales());
    assert_eq!(queue(monday(12, 30)), "night".into());
    assert_eq!(queue(monday(18, 0)), "night".into());

    // All closed in a circle: where they came.
    let mut document = shop();
    let closed = json!({"hours": "office", "closed": {"to": "sales"}});
    document.queues.insert("night".into(), serde_json::from_value(closed).unwrap());
    let circle = Configuration::new(document, &[]).unwrap();
    assert_eq!(circle.route(&Facts::default(), monday(7, 0)).queue, sales());
}

#[test]
fn a_condition_may_name_numbers_hours_and_whether_somebody_was_served_before() {
    let mut document = shop();
    for when in [
        json!({"accounts": ["1"], "returning": true}),
        json!({"returning": false, "open": "night"}),
    ] {
        let rule = Rule { when: serde_json::from_value(when).unwrap(), ..Rule::everybody("night") };
        document.rules.insert(0, rule);
    }
    let configuration = Configuration::new(document, &[]).unwrap();
    let account = "1".into();
    let queue = |returning, account, now| {
        configuration.route(&Facts { account, returning, ..Facts::default() }, now).queue
    };
    assert_eq!(queue(true, Some(&account), monday(10, 0)), "night".into());
    assert_eq!(queue(false, Some(&account), monday(10, 0)), sales());
    assert_eq!(queue(true, None, monday(10, 0)), sales());
    assert_eq!(queue(false, None, monday(19, 0)), "night".into());
}

#[test]
fn a_ticket_says_what_is_asked_for_and_when_less_is() {
    let configuration = configuration();
    let now = monday(10, 0);
    let skills = [("spanish".into(), Level::new(3).unwrap())].into();
    let asked = Asked { skills, ..Asked::default() };
    let ticket = configuration.ticket(&sales(), &asked, now, None);

    let at = |index: usize| {
        (ticket.stages[index].from.since(now).as_secs(), {
            let requirement = &ticket.stages[index].requirement;
            let level = requirement.skills.get(&"spanish".into()).map(|level| level.get());
            (level, requirement.queues.len(), requirement.only.clone())
        })
    };
    assert_eq!(ticket.stages.len(), 3);
    assert_eq!(at(0), (0, (Some(3), 1, None)));
    assert_eq!(at(1), (60, (Some(2), 1, None)));
    assert_eq!(at(2), (180, (None, 2, None)));
    assert_eq!(ticket.offer, Some(Duration::from_secs(20)));
    let overflow = ticket.overflow.unwrap();
    assert_eq!((overflow.at.since(now).as_secs(), overflow.to), (600, "service".into()));
    assert_eq!((ticket.configuration, ticket.since), (7, now));
    let service = configuration.ticket(&"service".into(), &asked, now, None);
    assert_eq!((service.offer, service.requirement().weight), (None, 2));
}

#[test]
fn who_had_the_customer_lately_is_asked_first() {
    let configuration = configuration();
    let now = monday(10, 0);
    let day = Duration::from_secs(86_400);
    let ticket = |ended: Timestamp| {
        let last_agent = Some((AgentId::from("ana"), ended));
        let asked = Asked { last_agent, ..Asked::default() };
        configuration.ticket(&sales(), &asked, now, None)
    };

    let lately = ticket(now.before(day * 6));
    assert_eq!(lately.stages[0].requirement.only, Some("ana".into()));
    assert_eq!(lately.stages[1].from, now + Duration::from_secs(30));
    assert_eq!(lately.stages[1].requirement.only, None);
    assert_eq!(ticket(now.before(day * 7)).stages[0].requirement.only, None);
}

#[test]
fn a_priority_is_a_head_start_and_no_more() {
    let configuration = configuration();
    let key = |priority: Option<&str>, at| {
        let asked = Asked { priority: priority.map(str::to_owned), ..Asked::default() };
        configuration.ticket(&sales(), &asked, at, None).key
    };
    let plain = key(None, monday(10, 0));

    assert!(key(Some("vip"), monday(10, 9)) < plain);
    assert!(key(Some("vip"), monday(10, 11)) > plain);
    assert!(key(Some("complaint"), monday(10, 4)) < plain);
    assert!(key(Some("complaint"), monday(10, 6)) > plain);
    assert_eq!(configuration.largest_bonus(), Duration::from_secs(600));
}

#[test]
fn in_a_queue_by_deadline_who_must_be_answered_first_is_first() {
    let configuration = configuration();
    let night = "night".into();
    let key = |came, closes| configuration.ticket(&night, &Asked::default(), came, closes).key;

    // The window closes in two hours: due in one.
    let hurry = key(monday(20, 0), Some(monday(22, 0)));
    assert_eq!(hurry.moment(), monday(21, 0));
    assert!(hurry < key(monday(19, 0), Some(monday(23, 0))));
    assert_eq!(key(monday(20, 0), None).moment(), monday(20, 0));
}

#[test]
fn promises_count_opening_hours_where_they_are_to() {
    let configuration = configuration();
    let due = |at| configuration.service(&sales(), at).first_answer.unwrap().due;

    assert_eq!(due(monday(10, 0)), monday(10, 5));
    assert_eq!(due(monday(11, 58)), monday(13, 3));
    assert_eq!(due(monday(17, 58)), monday(24 + 8, 3));
    let resolution = configuration.service(&sales(), monday(10, 0)).resolution.unwrap();
    assert_eq!(resolution.due, monday(24 + 9, 0));
    assert_eq!(configuration.service(&"night".into(), monday(10, 0)), Default::default());
}

#[test]
fn what_differs_is_told_with_its_path() {
    let mut after = shop();
    after.queues.get_mut(&sales()).unwrap().wrap_up = None;
    after.rules[0].queue = "night".into();
    after.skills.insert("polish".into());

    let changes = difference(&shop(), &after);
    let told: Vec<_> = changes
        .iter()
        .map(|change| (change.path.as_str(), change.before.clone(), change.after.clone()))
        .collect();
    let told_at = |path: &str| told.iter().find(|(at, ..)| *at == path).unwrap().clone();
    assert_eq!(told_at("queues.sales.wrap_up").1, Some(json!("1m")));
    assert_eq!(told_at("queues.sales.wrap_up").2, None);
    assert_eq!(told_at("rules[0].queue").2, Some(json!("night")));
    assert_eq!(changes.len(), difference(&after, &shop()).len());
}

/// Something else somewhere in the document.
fn mutations() -> impl Strategy<Value = Value> {
    let values = prop_oneof![
        Just(json!(null)),
        Just(json!(true)),
        Just(json!("")),
        Just(json!("0s")),
        Just(json!("400d")),
        Just(json!("sales")),
        Just(json!("10:00-09:00")),
        Just(json!([])),
        Just(json!({})),
        any::<i64>().prop_map(|number| json!(number)),
        "[a-z]{1,8}".prop_map(|text| json!(text)),
    ];
    (any::<prop::sample::Index>(), values, any::<bool>()).prop_map(|(place, value, remove)| {
        let mut tree = serde_json::to_value(shop()).unwrap();
        let mut pointers = Vec::new();
        all_pointers(&tree, "", &mut pointers);
        let pointer = place.get(&pointers).clone();
        match (pointer.rsplit_once('/'), remove) {
            (Some((parent, key)), true) => match tree.pointer_mut(parent).unwrap() {
                Value::Object(object) => {
                    object.remove(key);
                }
                Value::Array(list) => {
                    list.remove(key.parse().unwrap());
                }
                _ => unreachable!("only these have members"),
            },
            _ => *tree.pointer_mut(&pointer).unwrap() = value,
        }
        tree
    })
}

fn all_pointers(tree: &Value, at: &str, found: &mut Vec<String>) {
    let mut go = |key: &str, value: &Value| {
        let pointer = format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"));
        found.push(pointer.clone());
        all_pointers(value, &pointer, found);
    };
    match tree {
        Value::Object(object) => object.iter().for_each(|(key, value)| go(key, value)),
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(index, value)| go(&index.to_string(), value));
        }
        _ => {}
    }
}

proptest! {
    #[test]
    fn a_changed_document_is_refused_with_a_reason_or_works(tree in mutations(), hour in 0_i64..72) {
        match read(&tree) {
            Err(InvalidConfiguration(faults)) => {
                prop_assert!(!faults.is_empty());
                prop_assert!(faults.iter().all(|fault| !fault.reason.is_empty()));
            }
            Ok(configuration) => {
                let now = monday(hour, 0);
                let facts = Facts { text: Some("defeito"), tags: vec!["vip"], ..Facts::default() };
                let route = configuration.route(&facts, now);
                prop_assert!(configuration.has_queue(&route.queue));
                let ticket = configuration.ticket(&route.queue, &route.asked, now, None);
                prop_assert!(ticket.stages.windows(2).all(|two| two[0].from <= two[1].from));
                prop_assert!(ticket.key.moment() <= now + Duration::from_secs(400 * 86_400));
                if let Some(overflow) = &ticket.overflow {
                    prop_assert!(configuration.has_queue(&overflow.to) && overflow.at > now);
                }
                let again = serde_json::to_value(configuration.document()).unwrap();
                let again = Document::from_json(&again.to_string()).unwrap();
                prop_assert!(difference(configuration.document(), &again).is_empty());
            }
        }
    }
}
