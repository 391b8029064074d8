//! Reading and changing a number, its health.

use serde_json::{Value, json};
use whatsapp_cloud::api::health::{CanSend, GetHealthStatus, HealthEntity};
use whatsapp_cloud::api::phone_number::{
    AccountMode, ApiData, CodeVerificationStatus, GetAccountNumber, GetOfficialStatus,
    GetPhoneNumber, HostPlatform, ListPhoneNumbers, MessagingLimit, NameStatus, OfficialAction,
    OfficialApplication, OfficialApplicationData, OfficialWord, PhoneNumberSort, PhoneNumberStatus,
    PhoneNumberUpdate, QualityRating, RequestDisplayName, SearchVisibility, ThroughputLevel,
    UnifiedStatus, UpdateOfficialStatus, UpdatePhoneNumber, WebhookConfiguration,
};
use whatsapp_cloud::endpoint::{Endpoint, Method};

use super::{NUMBER, answer, assert_sent, refusals, sent};

#[test]
fn numbers_are_asked_for() {
    let mut one = GetPhoneNumber::new(NUMBER);
    assert_sent(&one, Method::Get, "", Value::Null);
    one.fields = vec!["throughput".to_owned(), "username".to_owned()];
    assert_sent(&one, Method::Get, "?fields=throughput%2Cusername", Value::Null);

    let mut all = ListPhoneNumbers::new(NUMBER);
    all.fields = vec!["id".to_owned(), "status".to_owned()];
    all.filtering = Some(r#"[{"field":"account_mode"}]"#.to_owned());
    all.sort = Some(PhoneNumberSort::OnboardedTimeAscending);
    all.limit = Some(5);
    all.after = Some("a".to_owned());
    all.before = Some("b".to_owned());
    let target = "/phone_numbers?fields=id%2Cstatus\
        &filtering=%5B%7B%22field%22%3A%22account_mode%22%7D%5D\
        &sort=last_onboarded_time.asc&limit=5&after=a&before=b";
    assert_sent(&all, Method::Get, target, Value::Null);

    let mut detail = GetAccountNumber::new("1");
    detail.fields = vec!["certificate".to_owned()];
    assert_eq!(sent(&detail), (Method::Get, "1?fields=certificate".to_owned(), Value::Null));

    let health = GetHealthStatus::new(NUMBER);
    assert_sent(&health, Method::Get, "?fields=health_status", Value::Null);
}

#[test]
fn a_page_has_1_to_100_numbers() {
    for (limit, is_taken) in [(0, false), (1, true), (100, true), (101, false)] {
        let mut call = ListPhoneNumbers::new("1");
        call.limit = Some(limit);
        assert_eq!(call.request().is_ok(), is_taken, "{limit}");
    }
}

#[test]
fn a_number_is_read_with_all_that_may_be_asked() {
    let number = answer::<GetPhoneNumber>(json!({
        "id": NUMBER, "display_phone_number": "+1 555-078-3881", "verified_name": "Lucky Shrub",
        "quality_rating": "GREEN", "quality_score": {"score": "YELLOW", "date": 1, "reasons": ["a"]},
        "status": "CONNECTED", "name_status": "AVAILABLE_WITHOUT_REVIEW",
        "new_name_status": "PENDING_REVIEW", "code_verification_status": "NOT_VERIFIED",
        "throughput": {"level": "STANDARD"}, "platform_type": "CLOUD_API",
        "whatsapp_business_manager_messaging_limit": "TIER_2K", "username": "lucky.shrub",
        "is_on_biz_app": false, "last_onboarded_time": 1_700_000_000,
        "official_business_account": {"oba_status": "NOT_STARTED"},
        "search_visibility": "VISIBLE", "webhook_configuration": {"phone_number": "https://a"},
        "conversational_automation": {"prompts": ["p"]},
        "health_status": {"can_send_message": "LIMITED", "entities": [{
            "entity_type": "BUSINESS", "id": "1", "can_send_message": "BLOCKED",
            "additional_info": ["x"], "can_receive_call_sip": "AVAILABLE",
            "errors": [{"error_code": 141_006, "error_description": "payment",
                "possible_solution": "add card"}],
        }]},
    }));

    assert_eq!(number.id.unwrap().as_str(), NUMBER);
    assert_eq!(number.display_phone_number.as_deref(), Some("+1 555-078-3881"));
    assert_eq!(number.verified_name.as_deref(), Some("Lucky Shrub"));
    assert_eq!(number.quality_rating, Some(QualityRating::Green));
    assert_eq!(number.quality_score.unwrap().score, Some(QualityRating::Yellow));
    assert_eq!(number.status, Some(PhoneNumberStatus::Connected));
    assert_eq!(number.name_status, Some(NameStatus::AvailableWithoutReview));
    assert_eq!(number.new_name_status, Some(NameStatus::PendingReview));
    assert_eq!(number.code_verification_status, Some(CodeVerificationStatus::NotVerified));
    assert_eq!(number.throughput.unwrap().level, Some(ThroughputLevel::Standard));
    assert_eq!(number.platform_type, Some(HostPlatform::CloudApi));
    assert_eq!(number.whatsapp_business_manager_messaging_limit, Some(MessagingLimit::Tier2K));
    assert_eq!(number.username.as_deref(), Some("lucky.shrub"));
    assert_eq!(number.is_on_biz_app, Some(false));
    assert_eq!(number.last_onboarded_time.as_deref(), Some("1700000000"));
    let official = number.official_business_account.unwrap();
    assert_eq!(official.oba_status, Some(OfficialWord::NotStarted));
    assert_eq!(number.search_visibility, Some(SearchVisibility::Visible));
    let addresses = number.webhook_configuration.unwrap();
    assert_eq!(addresses.phone_number.as_deref(), Some("https://a"));
    assert_eq!(number.conversational_automation.unwrap().prompts.unwrap(), ["p"]);
    let health = number.health_status.unwrap();
    assert_eq!(health.can_send_message, Some(CanSend::Limited));
    let entity = &health.entities[0];
    assert_eq!(entity.entity_type, Some(HealthEntity::Business));
    assert_eq!(entity.can_send_message, Some(CanSend::Blocked));
    assert_eq!(entity.can_receive_call_sip, Some(CanSend::Available));
    assert_eq!(entity.errors[0].error_code, Some(141_006));
}

#[test]
fn the_numbers_of_an_account_are_read_page_by_page() {
    let page = answer::<ListPhoneNumbers>(json!({
        "data": [{
            "id": "1906385232743451", "status": "LINKED", "country_code": "US",
            "country_dial_code": "1", "unified_cert_status": "NAME_PENDING_REVIEW",
            "account_mode": "SANDBOX", "host_platform": "CLOUD_API",
            "messaging_limit_tier": "TIER_1K", "is_official_business_account": true,
            "username": null,
        }],
        "paging": {"cursors": {"after": "MTAx"}, "next": "https://graph"},
    }));

    assert_eq!(page.next(), Some("MTAx"));
    let number = &page.data[0];
    assert_eq!(number.status, Some(PhoneNumberStatus::Linked));
    assert_eq!(number.country_code.as_deref(), Some("US"));
    assert_eq!(number.country_dial_code.as_deref(), Some("1"));
    assert_eq!(number.unified_cert_status, Some(UnifiedStatus::NamePendingReview));
    assert_eq!(number.account_mode, Some(AccountMode::Sandbox));
    assert_eq!(number.host_platform, Some(HostPlatform::CloudApi));
    assert_eq!(number.messaging_limit_tier, Some(MessagingLimit::Tier1K));
    assert_eq!(number.is_official_business_account, Some(true));
    assert_eq!(number.username, None);
}

#[test]
fn health_is_read() {
    let health = answer::<GetHealthStatus>(json!({
        "health_status": {"can_send_message": "AVAILABLE", "entities": []}, "id": "7",
    }));
    assert_eq!(health.id.unwrap().as_str(), "7");
    assert_eq!(health.health_status.unwrap().can_send_message, Some(CanSend::Available));
}

fn update(update: PhoneNumberUpdate) -> UpdatePhoneNumber {
    UpdatePhoneNumber::new(NUMBER, update)
}

#[test]
fn a_number_is_changed_as_on_metas_pages() {
    let webhooks = WebhookConfiguration {
        override_callback_uri: Some("https://my-phone-alternate-callback.com/webhook".to_owned()),
        verify_token: Some("myvoiceismypassport?".to_owned()),
        ..WebhookConfiguration::default()
    };
    let data = ApiData {
        pin: Some("123456".to_owned()),
        show_security_notifications: Some(true),
        notify_user_change_number: Some(false),
        ..ApiData::default()
    };
    let call = update(PhoneNumberUpdate {
        pin: Some("123456".to_owned()),
        webhook_configuration: Some(webhooks),
        new_display_name: Some("My New Business Name".to_owned()),
        search_visibility: Some(SearchVisibility::Hidden),
        username: Some("mynewbusiness".to_owned()),
        whatsapp_business_api_data: Some(data),
        connection_status: Some(PhoneNumberStatus::Connected),
        webhook_url: Some("https://your-domain.com/webhook".to_owned()),
        ..PhoneNumberUpdate::default()
    });

    assert_sent(
        &call,
        Method::Post,
        "",
        json!({
            "pin": "123456",
            "webhook_configuration": {
                "override_callback_uri": "https://my-phone-alternate-callback.com/webhook",
                "verify_token": "myvoiceismypassport?",
            },
            "new_display_name": "My New Business Name", "search_visibility": "HIDDEN",
            "username": "mynewbusiness",
            "whatsapp_business_api_data": {
                "pin": "123456", "show_security_notifications": true,
                "notify_user_change_number": false,
            },
            "connection_status": "CONNECTED", "webhook_url": "https://your-domain.com/webhook",
        }),
    );
    assert!(!format!("{call:?} {:?}", call.update).contains("123456"));
}

#[test]
fn an_override_is_taken_away_with_an_empty_address() {
    let none = WebhookConfiguration {
        override_callback_uri: Some(String::new()),
        ..WebhookConfiguration::default()
    };
    let call = update(PhoneNumberUpdate {
        webhook_configuration: Some(none),
        ..PhoneNumberUpdate::default()
    });

    let body = json!({"webhook_configuration": {"override_callback_uri": ""}});
    assert_sent(&call, Method::Post, "", body);
}

#[test]
fn a_change_that_meta_would_refuse_is_not_sent() {
    let none = PhoneNumberUpdate::default;
    let pin = |pin: &str| PhoneNumberUpdate { pin: Some(pin.to_owned()), ..none() };
    let name = |length| PhoneNumberUpdate { new_display_name: Some("n".repeat(length)), ..none() };
    let address = |length, token: &str| {
        let webhooks = WebhookConfiguration {
            override_callback_uri: Some("h".repeat(length)),
            verify_token: Some(token.to_owned()),
            ..WebhookConfiguration::default()
        };
        PhoneNumberUpdate { webhook_configuration: Some(webhooks), ..none() }
    };
    for (change, refused) in [
        (none(), Some(": something to change, found nothing")),
        (pin(""), None),
        (pin("12345"), Some("pin: six digits")),
        (pin("1234567"), Some("pin: six digits")),
        (pin("12345x"), Some("pin: six digits")),
        (name(1), Some("new_display_name: 2 to 75 characters, found 1")),
        (name(2), None),
        (name(75), None),
        (name(76), Some("new_display_name: 2 to 75 characters, found 76")),
        (address(200, "t"), None),
        (
            address(201, "t"),
            Some("webhook_configuration.override_callback_uri: 1 to 200 characters, found 201"),
        ),
        (address(9, ""), Some("webhook_configuration.verify_token: a token for the handshake")),
    ] {
        assert_eq!(refusals(&update(change)), Vec::from_iter(refused));
    }
}

#[test]
fn a_display_name_is_asked_for_in_the_query() {
    let mut call = RequestDisplayName::new(NUMBER);
    assert_eq!(refusals(&call), ["new_display_name: 2 to 75 characters, found 0"]);
    call.new_display_name = Some("Lucky Shrub".to_owned());
    assert_sent(&call, Method::Post, "?new_display_name=Lucky%20Shrub", Value::Null);
}

#[test]
fn an_official_account_is_applied_for() {
    let mut asked = GetOfficialStatus::new(NUMBER);
    asked.fields = vec!["oba_status".to_owned()];
    assert_sent(&asked, Method::Get, "/official_business_account?fields=oba_status", Value::Null);
    let status = answer::<GetOfficialStatus>(json!({
        "id": "2345678901234567", "oba_status": "UNDER_REVIEW", "status_message": "wait",
    }));
    assert_eq!(status.oba_status, Some(OfficialWord::UnderReview));
    assert_eq!(status.status_message.as_deref(), Some("wait"));

    let guide = OfficialApplication {
        business_website_url: Some("https://www.luckyshrub.com".to_owned()),
        supporting_links: vec!["https://a".to_owned(); 5],
        ..OfficialApplication::default()
    };
    let call = UpdateOfficialStatus::new(NUMBER, guide);
    assert_sent(
        &call,
        Method::Post,
        "/official_business_account",
        json!({
            "business_website_url": "https://www.luckyshrub.com",
            "supporting_links": ["https://a", "https://a", "https://a", "https://a", "https://a"],
        }),
    );
    let data = OfficialApplicationData {
        business_name: Some("Acme Corporation Ltd".to_owned()),
        ..OfficialApplicationData::default()
    };
    let file = OfficialApplication {
        action: Some(OfficialAction::Resubmit),
        application_data: Some(data),
        ..OfficialApplication::default()
    };
    let call = UpdateOfficialStatus::new(NUMBER, file);
    assert_sent(
        &call,
        Method::Post,
        "/official_business_account",
        json!({
            "action": "RESUBMIT_APPLICATION",
            "application_data": {"business_name": "Acme Corporation Ltd"},
        }),
    );

    let updated = answer::<UpdateOfficialStatus>(json!({
        "success": true, "message": "m", "updated_status": {"oba_status": "CANCELLED"},
        "tracking_id": "oba_req_1",
    }));
    assert!(updated.success);
    assert_eq!(updated.updated_status.unwrap().oba_status, Some(OfficialWord::Cancelled));
    assert_eq!(updated.tracking_id.as_deref(), Some("oba_req_1"));
}

#[test]
fn an_application_keeps_its_limits() {
    for (links, is_taken) in [(0, true), (4, false), (5, true), (10, true), (11, false)] {
        let application = OfficialApplication {
            supporting_links: vec!["https://a".to_owned(); links],
            ..OfficialApplication::default()
        };
        let call = UpdateOfficialStatus::new("1", application);
        assert_eq!(call.request().is_ok(), is_taken, "{links}");
    }
    for (name, description, count) in [(255, 1_000, 0), (256, 1_000, 1), (255, 1_001, 1)] {
        let data = OfficialApplicationData {
            business_name: Some("n".repeat(name)),
            business_description: Some("d".repeat(description)),
            ..OfficialApplicationData::default()
        };
        let application =
            OfficialApplication { application_data: Some(data), ..OfficialApplication::default() };
        let call = UpdateOfficialStatus::new("1", application);
        assert_eq!(refusals(&call).len(), count, "{name} {description}");
    }
}
