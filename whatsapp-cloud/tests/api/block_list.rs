//! Blocking users, on the wire.

use std::error::Error as _;

use serde_json::{Value, json};
use whatsapp_cloud::api::Violations;
use whatsapp_cloud::api::block_list::{
    BlockList, BlockResult, BlockUsers, ListBlockedUsers, UnblockUsers, User,
};
use whatsapp_cloud::endpoint::{Body, Endpoint, Method};

fn user(number: &str) -> User {
    User { user: number.to_owned(), ..User::default() }
}

#[test]
fn a_list_is_posted_as_on_metas_page() {
    let users = BlockList { block_users: vec![user("+16505551234")], ..BlockList::default() };
    let request = BlockUsers::new("106540352242922", users).request().unwrap();

    assert_eq!(request.method(), Method::Post);
    assert_eq!(request.target().unwrap(), "106540352242922/block_users");
    let Body::Json(body) = request.body() else { panic!("JSON") };
    assert_eq!(
        serde_json::from_slice::<Value>(body).unwrap(),
        json!({"messaging_product": "whatsapp", "block_users": [{"user": "+16505551234"}]})
    );
}

#[test]
fn unblocking_is_a_deletion_with_the_same_body() {
    let users = BlockList { block_users: vec![user("+16505551234")], ..BlockList::default() };
    let request = UnblockUsers::new("106540352242922", users).request().unwrap();

    assert_eq!(request.method(), Method::Delete);
    assert_eq!(request.target().unwrap(), "106540352242922/block_users");
    let Body::Json(body) = request.body() else { panic!("JSON") };
    assert_eq!(
        serde_json::from_slice::<Value>(body).unwrap(),
        json!({"messaging_product": "whatsapp", "block_users": [{"user": "+16505551234"}]})
    );
}

#[test]
fn those_who_are_blocked_are_asked_for_page_by_page() {
    let mut call = ListBlockedUsers::new("106540352242922");
    call.limit = Some(10);
    call.after = Some("QVFI".to_owned());
    let request = call.request().unwrap();

    assert_eq!(request.method(), Method::Get);
    assert_eq!(request.target().unwrap(), "106540352242922/block_users?limit=10&after=QVFI");
}

#[test]
fn a_number_goes_out_with_plus_however_it_was_written() {
    for number in ["16505551234", "+1 (650) 555-1234"] {
        let users = BlockList { block_users: vec![user(number)], ..BlockList::default() };
        let request = BlockUsers::new("1", users).request().unwrap();
        let Body::Json(body) = request.body() else { panic!("JSON") };
        let body: Value = serde_json::from_slice(body).unwrap();
        assert_eq!(body["block_users"], json!([{"user": "+16505551234"}]));
    }
    for number in ["(11) 99999-0001", "011999990001", "BR.1", "Ana", "-16505551234"] {
        let users = BlockList { block_users: vec![user(number)], ..BlockList::default() };
        assert!(BlockUsers::new("1", users).request().is_err(), "{number}");
    }
}

#[test]
fn all_that_is_wrong_is_said_with_its_place() {
    let both = User { user_id: Some("BR.1".into()), ..user("+16505551234") };
    let users = BlockList { block_users: vec![user(""), both], ..BlockList::default() };
    let error = BlockUsers::new("me", users).request().unwrap_err();

    let found = error.source().unwrap().downcast_ref::<Violations>().unwrap();
    let found: Vec<_> = found.as_slice().iter().map(ToString::to_string).collect();
    assert_eq!(
        found,
        [
            "block_users[0]: a phone number or a user id, found none",
            "block_users[1]: a phone number or a user id, found both",
            "phone_number_id: an id of digits",
        ]
    );
}

#[test]
fn a_list_of_nobody_or_of_too_many_is_refused() {
    for (count, is_taken) in [(0, false), (1, true), (1_000, true), (1_001, false)] {
        let users =
            BlockList { block_users: vec![user("+16505551234"); count], ..BlockList::default() };
        assert_eq!(BlockUsers::new("1", users).request().is_ok(), is_taken, "{count}");
    }
}

#[test]
fn what_became_of_it_is_read() {
    let result: BlockResult = serde_json::from_value(json!({
        "messaging_product": "whatsapp",
        "block_users": {
            "added_users": [{"input": "+16505551234", "wa_id": "16505551234"}],
            "failed_users": [{"input": "+1", "errors": [{"code": 139_101, "message": "x"}]}],
        },
    }))
    .unwrap();

    let users = result.block_users.unwrap();
    assert_eq!(users.added_users[0].wa_id.as_deref(), Some("16505551234"));
    assert_eq!(users.failed_users[0].errors[0].code, 139_101);
}
