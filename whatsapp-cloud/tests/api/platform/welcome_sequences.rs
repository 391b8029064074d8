//! What people see first when an ad led them to a chat, on the wire.

use serde_json::{Value, json};
use whatsapp_cloud::api::welcome_sequences::{
    AutofillMessage, CreateWelcomeSequence, DeleteWelcomeSequence, ListWelcomeSequences,
    UpdateWelcomeSequence, WelcomeIceBreaker, WelcomeMessage, WelcomeSequences,
};
use whatsapp_cloud::endpoint::Endpoint;

use super::{answer, form, found, go_to, text};

const ACCOUNT: &str = "395394933592466";

fn message() -> WelcomeMessage {
    let content = "Hello! Can I get more info on this!".to_owned();
    WelcomeMessage {
        text: "This is a welcome message authored in a 3P tool".to_owned(),
        autofill_message: Some(AutofillMessage { content, ..AutofillMessage::default() }),
        ice_breakers: vec![WelcomeIceBreaker {
            title: "Quick reply 1".to_owned(),
            ..WelcomeIceBreaker::default()
        }],
        ..WelcomeMessage::default()
    }
}

fn as_json() -> Value {
    json!({
        "text": "This is a welcome message authored in a 3P tool",
        "autofill_message": {"content": "Hello! Can I get more info on this!"},
        "ice_breakers": [{"title": "Quick reply 1"}],
    })
}

#[test]
fn each_call_goes_where_metas_page_says() {
    let mut update = UpdateWelcomeSequence::new(ACCOUNT, "186473890");
    update.name = Some("N".to_owned());
    let mut list = ListWelcomeSequences::new(ACCOUNT);
    list.sequence_id = Some("186473890".into());
    list.limit = Some(5);

    go_to([
        (
            CreateWelcomeSequence::new(ACCOUNT, "N", message()).request(),
            "POST 395394933592466/welcome_message_sequences",
        ),
        (update.request(), "POST 395394933592466/welcome_message_sequences"),
        (
            list.request(),
            "GET 395394933592466/welcome_message_sequences?sequence_id=186473890&limit=5",
        ),
        (
            DeleteWelcomeSequence::new(ACCOUNT, "186473890").request(),
            "DELETE 395394933592466/welcome_message_sequences?sequence_id=186473890",
        ),
    ]);
}

#[test]
fn a_sequence_is_sent_as_a_form_whose_message_is_json() {
    let call = CreateWelcomeSequence::new(ACCOUNT, "Driver sign-up", message());
    let request = call.request().unwrap();
    let [name, sent] = form(&request) else { panic!("two parts") };
    assert_eq!(text(name), ("name", "Driver sign-up"));
    let (part, sent) = text(sent);
    assert_eq!(part, "welcome_message_sequence");
    assert_eq!(serde_json::from_str::<Value>(sent).unwrap(), as_json());

    let mut call = UpdateWelcomeSequence::new(ACCOUNT, "186473890");
    call.message = Some(message());
    let request = call.request().unwrap();
    let [id, sent] = form(&request) else { panic!("two parts") };
    assert_eq!(text(id), ("sequence_id", "186473890"));
    assert_eq!(text(sent).0, "welcome_message_sequence");

    call.message = None;
    call.name = Some("New".to_owned());
    let request = call.request().unwrap();
    let [_, name] = form(&request) else { panic!("two parts") };
    assert_eq!(text(name), ("name", "New"));
}

#[test]
fn what_meta_would_refuse_is_refused() {
    let nothing = WelcomeMessage {
        ice_breakers: vec![WelcomeIceBreaker::default()],
        ..WelcomeMessage::default()
    };
    assert_eq!(
        found(&CreateWelcomeSequence::new(ACCOUNT, "", nothing)),
        [
            "name: a name, found none",
            "welcome_message_sequence.ice_breakers[0].title: a text, found none",
            "welcome_message_sequence.text: a text, found none",
        ]
    );
    let unchanged = UpdateWelcomeSequence::new(ACCOUNT, "x");
    assert_eq!(
        found(&unchanged),
        ["sequence_id: an id of digits", ": a name or a message, found neither"]
    );
    let nowhere = DeleteWelcomeSequence::new(ACCOUNT, "");
    assert_eq!(found(&nowhere), ["sequence_id: an id of digits"]);
}

#[test]
fn a_list_is_read_as_on_metas_page_and_as_a_page() {
    let rows = json!([
        {"sequence_id": "8716291", "name": "Driver Sign up", "is_used_in_ad": true,
         "welcome_message_sequence": as_json()},
        {"sequence_id": "4362", "welcome_message_sequence": "{}"},
    ]);
    let page = json!({"data": rows, "paging": {"cursors": {"after": "A"}, "next": "https://x"}});

    let plain = answer::<ListWelcomeSequences>(rows).page;
    let paged = answer::<ListWelcomeSequences>(page).page;
    assert!(plain.data == paged.data);
    assert_eq!((plain.next(), paged.next()), (None, Some("A")));
    let [first, second] = plain.data.as_slice() else { panic!("two") };
    assert_eq!((first.sequence_id.as_str(), first.is_used_in_ad), ("8716291", Some(true)));
    assert!(first.welcome_message_sequence.as_ref() == Some(&message()));
    assert_eq!(second.other["welcome_message_sequence"], "{}");

    for wrong in [json!(["canary"]), json!({"data": ["canary"]}), json!("canary")] {
        let error = serde_json::from_value::<WelcomeSequences>(wrong).unwrap_err();
        assert!(!error.to_string().contains("canary"), "{error}");
    }
}

#[test]
fn the_other_answers_are_read_and_no_text_is_shown() {
    let made = answer::<CreateWelcomeSequence>(json!({"sequence_id": "186473890"}));
    assert_eq!(made.sequence_id.as_str(), "186473890");
    answer::<UpdateWelcomeSequence>(json!({"success": true}));
    answer::<DeleteWelcomeSequence>(json!({"success": true}));

    let call = CreateWelcomeSequence::new(ACCOUNT, "canary", message());
    let shown = format!("{call:?} {:?}", call.message);
    assert!(!shown.contains("canary") && !shown.contains("welcome message"), "{shown}");
}
