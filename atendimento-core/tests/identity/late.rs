//! What comes late, again, or while customers are merged and separated.

use atendimento_core::engine::Account;

use super::*;

const T: i64 = 1_699_990_000;

/// Whether a reply goes to these digits, and to nothing else.
async fn is_answered_at(around: &Around<MemoryStore>, of: &Conversation, digits: &str) {
    let to = around.reply_goes_to(of).await;
    let to = to.as_ref().map(Identity::as_str);
    assert_eq!(to, Some(digits));
}

#[tokio::test]
async fn what_was_written_before_an_id_changed_and_comes_late_or_again_is_the_same_customers() {
    let around = Around::new().with_bia().await;
    let first = says(Some(NEW), Some("BR.1"), "in.1", T + 1);
    around.hears(&first).await;
    around.hears(&changed(NEW, Some("BR.1"), NEW, Some("BR.2"), T + 4)).await;
    around.hears(&first).await;
    around.hears(&says(Some(NEW), Some("BR.1"), "in.late", T + 2)).await;

    around.hears(&says(Some(NEW), None, "in.2", T + 5)).await;
    let [conversation] = around.all().await.try_into().unwrap();
    is_answered_at(&around, &conversation, NEW).await;
}

#[tokio::test]
async fn what_was_written_from_a_number_that_is_given_up_is_not_answered_there() {
    let around = Around::new().with_bia().await;
    around.hears(&says(Some(NEW), Some("BR.1"), "in.1", T + 1)).await;
    around.hears(&changed(NEW, None, OTHER, Some("BR.1"), T + 4)).await;
    around.hears(&says(Some(NEW), Some("BR.1"), "in.late", T + 3)).await;
    let [conversation] = around.all().await.try_into().unwrap();
    is_answered_at(&around, &conversation, OTHER).await;

    // Whoever has it next is somebody else.
    around.hears(&says(Some(NEW), None, "in.stranger", T + 50)).await;
    assert_eq!(around.people().await.len(), 2);
    assert_eq!(around.texts(&conversation).await, ["in.1", "changed", "in.late"]);
}

#[tokio::test]
async fn what_the_former_holder_of_a_number_wrote_is_not_said_by_the_next() {
    let around = Around::new().with_bia().await;
    around.hears(&says(Some(NEW), None, "in.1", T + 1)).await;
    around.hears(&changed(NEW, None, OTHER, None, T + 4)).await;
    around.hears(&says(Some(NEW), None, "in.stranger", T + 10)).await;
    around.hears(&says(Some(NEW), None, "in.late", T + 3)).await;

    let [first, stranger] = around.all().await.try_into().unwrap();
    assert_eq!(around.texts(&stranger).await, ["in.stranger"]);
    assert_eq!(around.texts(&first).await.last().unwrap(), "in.late");
}

#[tokio::test]
async fn who_had_a_number_before_a_customer_changed_to_it_is_not_merged_with_them() {
    let around = Around::new().with_bia().await;
    around.hears(&says(Some(OTHER), None, "in.stranger", T - 900_000)).await;
    let [strangers] = around.all().await.try_into().unwrap();
    around.closes(&strangers).await;
    around.hears(&says(Some(NEW), None, "in.1", T + 1)).await;
    around.hears(&changed(NEW, None, OTHER, None, T + 4)).await;
    around.hears(&says(Some(OTHER), None, "in.2", T + 5)).await;

    let [stranger, customer] = around.all().await.try_into().unwrap();
    assert_eq!(around.texts(&customer).await.last().unwrap(), "in.2");
    let person = around.desk.person(&sofia(), customer.lane.contact).await.unwrap();
    assert_eq!(person.members, [customer.lane.contact]);
    // They may be one nevertheless: somebody looks.
    let candidates = around.desk.candidates(&sofia(), 9).await.unwrap();
    assert_eq!(candidates[0].pair, both(&stranger, &customer).into());
}

#[tokio::test]
async fn a_number_passes_on_in_both_its_forms() {
    let around = Around::new().with_bia().await;
    around.hears(&says(Some(OLD), Some("BR.1"), "in.1", T + 1)).await;
    around.hears(&says(Some(NEW), Some("BR.1"), "in.2", T + 2)).await;
    around.hears(&says(Some(NEW), Some("BR.2"), "in.3", T + 3)).await;
    around.hears(&says(Some(OLD), None, "in.4", T + 4)).await;
    let [first, second] = around.all().await.try_into().unwrap();
    assert_eq!(around.texts(&first).await, ["in.1", "in.2"]);
    assert_eq!(around.texts(&second).await, ["in.3", "in.4"]);

    // And is given up in both.
    around.hears(&changed(NEW, None, OTHER, Some("BR.2"), T + 5)).await;
    around.hears(&says(Some(OLD), None, "in.stranger", T + 6)).await;
    assert_eq!(around.people().await.len(), 3);
}

#[tokio::test]
async fn who_is_called_otherwise_than_written_to_answers_in_the_same_conversation() {
    // A number that may be two people's, and one that WhatsApp writes as no library does.
    let numbers = [("+5531977881234", "553177881234"), ("+525512345678", "5215512345678")];
    for (written, called) in numbers {
        let around = Around::new().with_bia().await;
        let to = Phone::read(written, &Home::brazil()).unwrap();
        let (name, language) = ("order_ready".to_owned(), "pt_BR".to_owned());
        let template = Outgoing::Template { name, language, parameters: vec![] };
        let (remote_id, observed) = ("out.1".to_owned(), phone(called));
        around.meta.sends.then([SendOutcome::Accepted { remote_id, observed }]);
        let (bia, account) = (actor("bia", Role::AGENT), AccountId::from(ACCOUNT));
        around.desk.begin(&bia, &account, &to, "k", template).await.unwrap();
        around.desk.run_until_idle().await.unwrap();

        around.hears(&says(Some(called), None, "in.1", T + 9_999_999)).await;
        let [conversation] = around.all().await.try_into().unwrap();
        is_answered_at(&around, &conversation, called).await;
    }
}

#[tokio::test]
async fn what_the_channel_answers_to_a_group_is_no_number_of_the_groups() {
    let around = Around::new().with_bia().await;
    let message = json!({"from": NEW, "group_id": "group.1", "id": "in.1",
        "timestamp": (T + 1).to_string(), "type": "text", "text": {"body": "hi"}});
    around.hears(&change(&message, None)).await;
    let [conversation] = around.all().await.try_into().unwrap();
    let (remote_id, observed) = ("out.1".to_owned(), phone(OTHER));
    around.meta.sends.then([SendOutcome::Accepted { remote_id, observed }]);
    is_answered_at(&around, &conversation, "group.1").await;
    is_answered_at(&around, &conversation, "group.1").await;

    around.hears(&says(Some(OTHER), None, "in.2", T + 2)).await;
    assert_eq!(around.people().await.len(), 2);
}

#[tokio::test]
async fn a_notice_in_one_body_with_a_message_of_who_it_is_about_is_heard() {
    let around = Around::new().with_bia().await;
    around.hears(&says(Some(NEW), None, "in.1", T + 1)).await;
    let [first] = around.all().await.try_into().unwrap();
    around.closes(&first).await;
    let mut body = says(Some(OTHER), Some("BR.1"), "in.2", T + 3);
    let mut notice = changed(NEW, None, OTHER, Some("BR.1"), T + 2);
    let entry = notice["entry"][0].take();
    body["entry"].as_array_mut().unwrap().push(entry);
    around.hears(&body).await;

    let person = around.desk.person(&sofia(), first.lane.contact).await.unwrap();
    assert_eq!(person.members.len(), 2);
}

#[tokio::test]
async fn who_writes_to_two_companies_in_one_body_is_a_customer_of_each() {
    let mut around = Around::new();
    let other = Account { id: "2".into(), tenant: "another".into(), queue: "service".into() };
    let settings = Settings { accounts: vec![other], ..Settings::default() };
    let begun = begun(&around.store, &around.meta, &around.clock, 1);
    around.desk = begun.settings(settings).account(ACCOUNT, "service").build().unwrap();
    let mut body = says(Some(NEW), Some("BR.1"), "in.1", T + 1);
    let mut theirs = says(Some(NEW), Some("BR.1"), "in.2", T + 2);
    theirs["entry"][0]["changes"][0]["value"]["metadata"]["phone_number_id"] = "2".into();
    let entry = theirs["entry"][0].take();
    body["entry"].as_array_mut().unwrap().push(entry);
    around.hears(&body).await;

    let [ours] = around.all().await.try_into().unwrap();
    let mut eva = actor("eva", Role::AUDITOR);
    eva.tenant = "another".into();
    let [theirs] =
        around.desk.list(&eva, &Listing::default(), 9).await.unwrap().try_into().unwrap();
    for (of, tenant) in [(ours.lane.contact, "default"), (theirs.lane.contact, "another")] {
        let contact = around.store.contact(of).await.unwrap().unwrap();
        assert_eq!(contact.tenant, tenant.into());
    }
    // From a number of the one, the other writes to nobody.
    let (bia, to) = (actor("bia", Role::AGENT), Phone::of_wa_id(OTHER).unwrap());
    let begun = around.desk.begin(&bia, &"2".into(), &to, "k", Outgoing::text("hi")).await;
    assert!(matches!(begun, Err(ActError::NotFound)), "{begun:?}");
}

#[tokio::test]
async fn a_notice_that_names_no_new_number_ends_none() {
    let around = Around::new().with_bia().await;
    around.hears(&says(Some(NEW), Some("BR.1"), "in.1", T + 1)).await;
    let message = json!({"from_user_id": "BR.1", "id": "notice", "type": "system",
        "timestamp": (T + 2).to_string(), "system": {"type": "customer_identity_changed",
        "body": "changed", "customer": NEW, "identity": "DF2lS5v2W6x="}});
    around.hears(&change(&message, None)).await;
    let [conversation] = around.all().await.try_into().unwrap();
    is_answered_at(&around, &conversation, NEW).await;
    let mut again = message;
    (again["id"], again["from"]) = ("again".into(), OLD.into());
    around.hears(&change(&again, None)).await;
    let known = around.desk.read(&sofia(), conversation.id).await.unwrap().profile;
    assert_eq!(known.identities, [user("BR.1"), phone(OLD), phone(NEW)].map(Option::unwrap));
}

#[tokio::test]
async fn a_notice_that_says_only_in_its_body_who_it_is_about_is_of_them() {
    let around = Around::new().with_bia().await;
    around.hears(&says(Some(NEW), Some("BR.1"), "in.1", T + 1)).await;
    let notice = |id: &str, at: i64, mut system: Value| {
        (system["type"], system["body"]) = ("user_changed".into(), id.into());
        let at = (T + at).to_string();
        change(&json!({"id": id, "timestamp": at, "type": "system", "system": system}), None)
    };
    around.hears(&notice("what", 2, json!({"previous_user_id": "BR.1"}))).await;
    around.hears(&notice("where", 3, json!({"customer": NEW, "wa_id": OTHER}))).await;

    let [conversation] = around.all().await.try_into().unwrap();
    assert_eq!(around.texts(&conversation).await, ["in.1", "what", "where"]);
    is_answered_at(&around, &conversation, OTHER).await;
}

/// A revoke comes before its message, and in between it is decided who they are.
#[tokio::test]
async fn a_revoke_wins_against_its_message_also_over_a_merge_and_its_undoing() {
    const TWO: &str = "5511977881234";
    let around = Around::new().with_bia().await;
    around.hears(&says(Some("551177881234"), None, "in.1", T + 1)).await;
    around.hears(&says(Some(TWO), None, "in.2", T + 2)).await;
    let [first, second] = around.all().await.try_into().unwrap();
    let (one, two) = (first.lane.contact, second.lane.contact);
    around.closes(&second).await;
    let revoke = |id: &str, of: &str| {
        let revoke = json!({"from": TWO, "id": id, "type": "revoke",
            "timestamp": (T + 3).to_string(), "revoke": {"original_message_id": of}});
        change(&revoke, None)
    };
    around.hears(&revoke("r.3", "in.3")).await;
    around.desk.merge(&sofia(), one, two).await.unwrap();
    around.hears(&says(Some(TWO), None, "in.3", T + 2)).await;
    around.hears(&revoke("r.4", "in.4")).await;
    around.desk.undo_merge(&sofia(), two).await.unwrap();
    around.hears(&says(Some(TWO), None, "in.4", T + 2)).await;
    around.hears(&says(Some(TWO), None, "in.5", T + 4)).await;
    // Merged into one who is merged into another.
    around.hears(&revoke("r.6", "in.6")).await;
    around.hears(&says(Some(OTHER), None, "in.7", T + 4)).await;
    let three = around.all().await.last().unwrap().lane.contact;
    for conversation in around.all().await.iter().filter(|it| it.is_open()) {
        around.closes(conversation).await;
    }
    around.desk.merge(&sofia(), one, two).await.unwrap();
    around.desk.merge(&sofia(), three, one).await.unwrap();
    around.hears(&says(Some(TWO), None, "in.6", T + 2)).await;

    let mut texts = Vec::new();
    for conversation in around.all().await {
        texts.extend(around.texts(&conversation).await);
    }
    texts.sort();
    assert_eq!(texts, ["in.1", "in.2", "in.5", "in.7"]);
}

#[tokio::test]
async fn who_was_merged_revokes_what_they_wrote_before() {
    let around = Around::new().with_bia().await;
    around.hears(&says(Some("551177881234"), None, "in.1", T + 1)).await;
    around.hears(&says(Some("5511977881234"), None, "in.2", T + 2)).await;
    let [first, second] = around.all().await.try_into().unwrap();
    around.closes(&second).await;
    around.desk.merge(&sofia(), first.lane.contact, second.lane.contact).await.unwrap();
    let revoke = json!({"from": "5511977881234", "id": "in.3", "type": "revoke",
        "timestamp": (T + 3).to_string(), "revoke": {"original_message_id": "in.2"}});
    around.hears(&change(&revoke, None)).await;

    assert_eq!(around.texts(&second).await, [""; 0]);
    assert_eq!(around.texts(&first).await, ["in.1"]);
}

#[tokio::test]
async fn a_number_that_passed_on_stands_nowhere_in_what_is_known_of_who_had_it() {
    let around = Around::new().with_bia().await;
    let mut first = says(Some(NEW), Some("BR.1"), "in.1", T + 1);
    first["entry"][0]["changes"][0]["value"]["contacts"][0]["wa_id"] = OLD.into();
    around.hears(&first).await;
    let [conversation] = around.all().await.try_into().unwrap();
    let known = around.desk.read(&sofia(), conversation.id).await.unwrap().profile;
    assert_eq!(known.identities, [user("BR.1"), phone(OLD), phone(NEW)].map(Option::unwrap));
    is_answered_at(&around, &conversation, NEW).await;

    around.hears(&says(Some(NEW), Some("BR.2"), "in.2", T + 2)).await;
    let known = around.desk.read(&sofia(), conversation.id).await.unwrap().profile;
    assert_eq!(known.identities, [user("BR.1").unwrap()]);
    assert_eq!(known.details.values().find(|it| [OLD, NEW].contains(&it.as_str())), None);
}

#[tokio::test]
async fn what_is_written_while_customers_are_merged_and_separated_is_kept_once() {
    const EACH: i64 = 24;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("desk.db");
    let around = Around::on(SqliteStore::open(&path).unwrap()).with_bia().await;
    let other = SqliteStore::open(&path).unwrap();
    let other = desk(&other, &around.meta, &around.crm, &around.clock, 2);
    let numbers = ["551177881234", "5511977881234"];
    for (place, number) in (0..).zip(numbers) {
        around.hears(&says(Some(number), None, &format!("first.{place}"), T)).await;
    }
    let [first, second] = around.all().await.try_into().unwrap();
    around.closes(&second).await;
    let (one, two) = (first.lane.contact, second.lane.contact);

    let writes = |desk: Desk, number: &'static str| async move {
        for at in 1..=EACH {
            let body = says(Some(number), None, &format!("{number}.{at}"), T + at);
            desk.receive(Authentic::vouched_for(body.to_string())).await.unwrap();
            desk.run_until_idle().await.unwrap();
        }
    };
    let decides = async {
        for _ in 0..EACH {
            match around.desk.merge(&sofia(), one, two).await {
                Ok(()) | Err(ActError::OneAlready) => {}
                // Both are served: whoever has the last of them closes it, unless it moves on.
                Err(ActError::BothOpen) => {
                    let last = around.all().await.into_iter().rfind(Conversation::is_open);
                    if let Some((id, held)) = last.and_then(|it| Some((it.id, it.assignment()?))) {
                        let authority = Authority::Owner(held);
                        let _ = around.desk.close(&actor("bia", Role::AGENT), id, authority).await;
                    }
                }
                Err(error) => panic!("{error}"),
            }
            tokio::task::yield_now().await;
            match other.undo_merge(&sofia(), two).await {
                Ok(()) | Err(ActError::NotFound) => {}
                Err(error) => panic!("{error}"),
            }
        }
    };
    let here = tokio::spawn(writes(around.desk.clone(), numbers[0]));
    let there = tokio::spawn(writes(other.clone(), numbers[1]));
    decides.await;
    here.await.unwrap();
    there.await.unwrap();
    around.desk.run_until_idle().await.unwrap();

    let mut texts = Vec::new();
    let mut open = BTreeSet::new();
    for conversation in around.all().await {
        texts.extend(around.texts(&conversation).await);
        let person = around.store.person(conversation.lane.contact).await.unwrap().unwrap();
        assert!(!conversation.is_open() || open.insert(person.id), "one open for each person");
    }
    assert_eq!(texts.len(), 2 + 2 * usize::try_from(EACH).unwrap());
    let once: BTreeSet<_> = texts.iter().collect();
    assert_eq!(once.len(), texts.len());
    assert_eq!(around.store.dead_letters(&"default".into(), 9).await.unwrap(), []);
}
