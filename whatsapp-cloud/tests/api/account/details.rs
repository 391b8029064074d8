use serde_json::{Value, json};
use whatsapp_cloud::api::Success;
use whatsapp_cloud::api::account::{
    Account, AccountReviewStatus, AccountStatus, AccountUpdate, Activity, ActivityType, ActorType,
    GetAccount, ListActivities, OwnershipType, UpdateAccount, VerificationStatus, Weekday,
};
use whatsapp_cloud::api::health::CanSend;
use whatsapp_cloud::endpoint::{Endpoint, Method};
use whatsapp_cloud::wire::Page;

use super::{assert_sent, assert_whole, found, read};

#[test]
fn an_account_is_asked_for_by_its_id_and_fields() {
    let mut call = GetAccount::new("102290129340398");
    assert_sent(&call, Method::Get, "102290129340398", Value::Null);
    call.fields = vec!["owner_business_info".into(), "currency".into()];
    let target = "102290129340398?fields=owner_business_info%2Ccurrency";
    assert_sent(&call, Method::Get, target, Value::Null);
    assert_eq!(found(&GetAccount::new("me")), ["account: an id of digits"]);
}

#[test]
fn an_account_is_read_with_all_its_fields() {
    let account: Account = read(json!({
        "id": "1234567890123456", "name": "My Business WhatsApp Account", "timezone_id": "1",
        "message_template_namespace": "ba30dd89_2ebd_41e4_b805_f2c05ae04cc9",
        "account_review_status": "APPROVED", "business_verification_status": "VERIFIED",
        "status": "ACTIVE", "country": "US", "ownership_type": "SELF_OWNED",
        "primary_business_location": "US", "currency": "USD", "creation_time": 1_700_000_000,
        "owner_business": {"id": "1", "name": "A"}, "owner_business_info": {"id": "1", "name": "A"},
        "on_behalf_of_business_info": {"id": "2", "name": "B", "status": "APPROVED", "type": "SELF"},
        "primary_funding_id": "3", "purchase_order_number": "PO-2023-001234",
        "is_enabled_for_insights": true, "linked_commerce_account": {"id": "4", "name": "C"},
        "marketing_messages_onboarding_status": {
            "status": "TERM_OF_SERVICE_SIGNED", "time": "2025-10-07",
        },
        "audiences": ["customers", "prospects"],
        "subscribed_apps": [{"id": "9876543210987654", "name": "WhatsApp Integration App"}],
        "schedules": [{"day_of_week": "MONDAY", "open_time": "09:00", "close_time": "17:00"}],
        "dcc_config": {"enabled": true, "policy_url": "https://example.com/dcc-policy"},
        "message_templates": {"data": [{"id": "5", "name": "welcome", "status": "APPROVED"}]},
        "phone_numbers": {"data": [{
            "id": "6", "display_phone_number": "+1 (555) 123-4567", "verified_name": "D",
            "quality_rating": "GREEN", "code_verification_status": "VERIFIED",
            "name_status": "APPROVED", "status": "CONNECTED",
        }], "paging": {"cursors": {"before": "a", "after": "b"}}},
        "health_status": {"can_send_message": "AVAILABLE", "entities": [
            {"entity_type": "WABA", "id": "1234567890123456", "can_send_message": "AVAILABLE"},
        ]},
    }));

    // Lists that came without a page are kept as they came.
    let kept: Vec<_> = account.other.keys().collect();
    assert_eq!(kept, ["audiences", "schedules", "subscribed_apps"]);
    assert_eq!(account.account_review_status, Some(AccountReviewStatus::Approved));
    assert_eq!(account.business_verification_status, Some(VerificationStatus::Verified));
    assert_eq!(account.ownership_type, Some(OwnershipType::SelfOwned));
    assert_eq!(account.status, Some(AccountStatus::Active));
    assert_eq!(account.primary_funding_id.unwrap().as_str(), "3");
    assert_eq!(account.audiences.unwrap().data, ["customers", "prospects"]);
    let health = account.health_status.unwrap();
    assert_eq!(health.can_send_message, Some(CanSend::Available));
    let numbers = account.phone_numbers.unwrap();
    let hours = account.schedules.unwrap();
    assert_eq!(hours.data[0].day_of_week, Some(Weekday::Monday));
    assert_whole!(
        account.owner_business.unwrap(),
        account.owner_business_info.unwrap(),
        account.on_behalf_of_business_info.unwrap(),
        account.linked_commerce_account.unwrap(),
        account.marketing_messages_onboarding_status.unwrap(),
        account.subscribed_apps.unwrap().data[0],
        hours.data[0],
        account.dcc_config.unwrap(),
        account.message_templates.unwrap().data[0],
        numbers.data[0],
        health,
        health.entities[0],
    );
}

#[test]
fn a_name_or_a_time_zone_is_set() {
    let name = AccountUpdate { name: Some("Updated Business Name".into()), ..Default::default() };
    let call = UpdateAccount::new("1", name);
    assert_sent(&call, Method::Post, "1", json!({"name": "Updated Business Name"}));
    let zone = AccountUpdate { timezone_id: Some("2".into()), ..Default::default() };
    assert_sent(&UpdateAccount::new("1", zone), Method::Post, "1", json!({"timezone_id": "2"}));

    let nothing = UpdateAccount::new("1", AccountUpdate::default());
    assert_eq!(found(&nothing), [": something to change, found nothing"]);
    for (length, is_taken) in [(0, false), (1, true), (100, true), (101, false)] {
        let name = AccountUpdate { name: Some("é".repeat(length)), ..Default::default() };
        assert_eq!(UpdateAccount::new("1", name).request().is_ok(), is_taken, "{length}");
    }
    // The answer is the one of all calls that only do something.
    let _: Success = serde_json::from_value(json!({"success": true})).unwrap();
}

#[test]
fn activities_are_asked_for_and_read() {
    let mut call = ListActivities::new("1");
    call.fields = vec!["id".into()];
    call.limit = Some(100);
    call.after = Some("a".into());
    call.before = Some("b".into());
    call.since = Some("2023-10-14".into());
    call.until = Some("1697328000".into());
    call.activity_type = vec![ActivityType::UserAdded];
    let target = "1/activities?fields=id&since=2023-10-14&until=1697328000\
                  &activity_type=USER_ADDED&limit=100&after=a&before=b";
    assert_sent(&call, Method::Get, target, Value::Null);
    for size in [0, 101] {
        call.limit = Some(size);
        assert_eq!(found(&call), [format!("limit: 1 to 100 rows, found {size}")]);
    }

    let page: Page<Activity> = read(json!({
        "data": [{
            "id": "1234567890123456", "activity_type": "PHONE_NUMBER_VERIFIED",
            "timestamp": "2023-10-15T14:30:00Z", "actor_type": "USER",
            "actor_id": "9876543210987654", "actor_name": "John Smith",
            "description": "Phone number +1234567890 was successfully verified",
            "details": {"phone_number": "+1234567890", "verification_method": "SMS"},
            "ip_address": "192.168.1.100", "user_agent": "Mozilla/5.0",
        }],
        "paging": {
            "cursors": {"after": "NDMyNzQyODI3OTQw", "before": "MTAxNTExOTQ1MjAwNzI5NDE="},
            "next": "https://graph.facebook.com/v23.0/1/activities?after=NDMyNzQyODI3OTQw",
        },
    }));
    let activity = &page.data[0];
    assert_whole!(page, activity);
    assert_eq!(activity.activity_type, ActivityType::PhoneNumberVerified);
    assert_eq!(activity.actor_type, Some(ActorType::User));
    assert_eq!(activity.details["verification_method"], "SMS");
    assert_eq!(page.next(), Some("NDMyNzQyODI3OTQw"));
}
