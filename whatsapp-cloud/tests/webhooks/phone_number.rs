//! What is told about phone numbers, member by member.

use serde_json::{Value, json};
use whatsapp_cloud::webhook::{
    CallIconVisibility, MessagingLimit, MessagingTier, NameRejection, PhoneNumberEvent, Raw,
    ReviewDecision, SecurityEvent, SettingStatus, UsernameContext, UsernameStatus,
};
use whatsapp_cloud::wire::Text;

use crate::account::{change, fixture, only, text};

const NUMBER: &str = "551140000001";

fn json_of_raw(raw: &Option<Raw<'_>>) -> Value {
    serde_json::from_str(raw.as_ref().unwrap().get()).unwrap()
}

#[test]
fn a_name_tells_what_was_decided_and_why() {
    let rejected = only!(PhoneNumberName in fixture("phone-number-name"));
    let approved = only!(PhoneNumberName in fixture("phone-number-name-approved"));

    assert_eq!(text(&rejected.display_phone_number), NUMBER);
    assert_eq!(rejected.decision, Some(ReviewDecision::Rejected));
    assert_eq!(text(&rejected.requested_verified_name), "Cactos da Bia");
    assert_eq!(rejected.rejection_reason, Some(NameRejection::IndividualIssue));
    assert_eq!(approved.decision, Some(ReviewDecision::Approved));
    assert_eq!(text(&approved.requested_verified_name), "Cactos & Cia");
    assert_eq!(approved.rejection_reason, None);
}

#[test]
fn a_limit_tells_what_it_was_and_is() {
    let quality = only!(PhoneNumberQuality in fixture("phone-number-quality"));

    assert_eq!(text(&quality.display_phone_number), NUMBER);
    assert_eq!(quality.event, Some(PhoneNumberEvent::Upgrade));
    assert_eq!(quality.old_limit, Some(MessagingTier::Tier250));
    assert_eq!(quality.current_limit, Some(MessagingTier::Tier2K));
    assert_eq!(
        quality.max_daily_conversations_per_business,
        Some(MessagingLimit::Tier(MessagingTier::Tier10K))
    );
}

#[test]
fn a_pin_tells_what_happened_and_who_did_it() {
    let security = only!(Security in fixture("security-pin-changed"));

    assert_eq!(text(&security.display_phone_number), NUMBER);
    assert_eq!(security.event, Some(SecurityEvent::PinChanged));
    assert_eq!(text(&security.requester), "61555822107001");
}

#[test]
fn a_username_tells_what_became_of_it_in_both_forms() {
    let approved = only!(BusinessUsername in fixture("business-username"));
    let deleted = only!(BusinessUsername in fixture("business-username-deleted"));
    let draft = only!(BusinessUsername in fixture("phone-number-username"));

    for username in [&approved, &deleted, &draft] {
        assert_eq!(text(&username.display_phone_number), NUMBER);
    }
    assert_eq!(approved.status, Some(UsernameStatus::Approved));
    assert_eq!(text(&approved.username), "cactos.e.cia");
    assert_eq!(deleted.status, Some(UsernameStatus::Deleted));
    assert_eq!(deleted.username, None);
    assert_eq!(deleted.context, Some(UsernameContext::Revoked));
    assert_eq!(approved.context, None);
    assert_eq!(draft.decision, Some(ReviewDecision::Rejected));
    assert_eq!(text(&draft.requested_username), "cactos!");
    assert_eq!(draft.rejection_reasons, [Text::from("NAME_FORMAT_INVALID")]);
    assert_eq!(draft.status, None);
}

#[test]
fn settings_tell_everything_about_calls() {
    let settings = only!(AccountSettings in fixture("account-settings"));

    assert_eq!(settings.timestamp, Some(1_749_416_403));
    assert_eq!(text(&settings.kind), "PHONE_NUMBER_SETTINGS");
    let settings = settings.phone_number_settings.as_ref().unwrap();
    assert_eq!(text(&settings.phone_number_id), "106540352242922");
    let calling = settings.calling.as_ref().unwrap();
    assert_eq!(calling.status, Some(SettingStatus::Enabled));
    assert_eq!(calling.call_icon_visibility, Some(CallIconVisibility::Default));
    assert_eq!(
        calling.call_icons.as_ref().unwrap().restrict_to_user_countries,
        [Text::from("BR"), Text::from("PT")]
    );
    assert_eq!(calling.callback_permission_status, Some(SettingStatus::Disabled));
    assert_eq!(text(&calling.srtp_key_exchange_protocol), "DTLS");
    for (raw, expected) in [
        (&calling.audio, json!({ "additional_codecs": ["PCMA"] })),
        (&calling.video, json!({ "status": "DISABLED" })),
        (&calling.voicemail, json!({ "status": "ENABLED", "triggers": ["TIMEOUT"] })),
        (&calling.ip_addresses, json!({ "default": ["192.0.2.1"] })),
        (
            &calling.restrictions,
            json!({ "restrictions_list": [{ "type": "RESTRICTED_BUSINESS_INITIATED_CALLING",
                "reason": "Too many calls were declined.", "expiration": 1_750_021_183 }] }),
        ),
    ] {
        assert_eq!(json_of_raw(raw), expected);
    }
}

#[test]
fn settings_tell_hours_and_servers() {
    let settings = only!(AccountSettings in fixture("account-settings"));
    let settings = settings.phone_number_settings.as_ref().unwrap();
    let calling = settings.calling.as_ref().unwrap();

    let hours = calling.call_hours.as_ref().unwrap();
    assert_eq!(hours.status, Some(SettingStatus::Enabled));
    assert_eq!(text(&hours.timezone_id), "America/Sao_Paulo");
    let week: Vec<_> = hours
        .weekly_operating_hours
        .iter()
        .map(|day| (text(&day.day_of_week), text(&day.open_time), text(&day.close_time)))
        .collect();
    assert_eq!(week, [("MONDAY", "0800", "1800"), ("SATURDAY", "0900", "1300")]);
    let [holiday] = &hours.holiday_schedule[..] else { panic!("{hours:?}") };
    assert_eq!(text(&holiday.date), "2025-12-25");
    assert_eq!(text(&holiday.start_time), "0000");
    assert_eq!(text(&holiday.end_time), "2359");
    let sip = calling.sip.as_ref().unwrap();
    assert_eq!(sip.status, Some(SettingStatus::Disabled));
    assert_eq!(text(&sip.webhook_delivery), "ENABLED");
    let [server] = &sip.servers[..] else { panic!("{sip:?}") };
    assert_eq!(text(&server.hostname), "sip.example.com");
    assert_eq!(server.port, Some(5061));
    assert_eq!(json_of_raw(&server.request_uri_user_params), json!({ "tenant": "loja" }));
}

#[test]
fn every_word_that_meta_documents_is_known() {
    for word in [
        "NONE",
        "NAME_EMPLOYEE_ISSUE",
        "NAME_ENDCLIENT_NOTRELATED",
        "NAME_FORMAT_UNACCEPTABLE",
        "NAME_INDIVIDUAL_ISSUE",
        "NAME_NOT_CONSISTENT",
        "UNKNOWN",
    ] {
        assert!(NameRejection::from(word).is_known(), "{word}");
    }
    for word in ["ONBOARDING", "UPGRADE", "DOWNGRADE", "FLAGGED", "UNFLAGGED", "THROUGHPUT_UPGRADE"]
    {
        assert!(PhoneNumberEvent::from(word).is_known(), "{word}");
    }
    for word in ["50", "250", "1K", "2K", "10K", "100K", "UNLIMITED", "NOT_SET"] {
        assert!(MessagingTier::from(format!("TIER_{word}").as_str()).is_known(), "{word}");
    }
    for word in ["PIN_CHANGED", "PIN_RESET_REQUEST", "PIN_RESET_SUCCESS"] {
        assert!(SecurityEvent::from(word).is_known(), "{word}");
    }
    for word in ["ENABLED", "DISABLED", "NOT_SET"] {
        assert!(SettingStatus::from(word).is_known(), "{word}");
    }
    for word in ["DEFAULT", "DISABLE_ALL", "NOT_SET"] {
        assert!(CallIconVisibility::from(word).is_known(), "{word}");
    }
    for word in ["approved", "deleted", "reserved"] {
        assert!(UsernameStatus::from(word).is_known(), "{word}");
    }
}

#[test]
fn what_meta_writes_in_another_way_is_read_and_comes_back_as_it_was() {
    let value = json!({ "display_phone_number": 551_140_000_001_i64, "event": "SIDEGRADE",
        "old_limit": null, "current_limit": "TIER_7", "max_daily_conversations_per_business": 250,
        "added": {} });
    let quality = only!(PhoneNumberQuality in change("phone_number_quality_update", &value));

    assert_eq!(text(&quality.display_phone_number), NUMBER);
    assert_eq!(quality.event, Some(PhoneNumberEvent::Unknown("SIDEGRADE".to_owned())));
    assert_eq!(quality.old_limit, None);
    assert_eq!(quality.current_limit.as_ref().unwrap().as_str(), "TIER_7");
    assert_eq!(quality.max_daily_conversations_per_business, Some(MessagingLimit::Count(250)));
    assert_eq!(serde_json::to_value(&quality).unwrap(), value);
}

#[test]
fn settings_in_another_form_are_read_and_come_back_as_they_were() {
    let value = json!({ "timestamp": 1_749_416_403, "type": "phone_number_settings",
        "phone_number_settings": { "phone_number_id": 106_540_352_242_922_i64, "calling": {
            "status": "PERHAPS", "call_hours": 7, "sip": { "servers": [{ "port": "5061",
            "sip_user_password": "secret" }] }, "hologram": { "status": "ENABLED" } } } });
    let settings = only!(AccountSettings in change("account_settings_update", &value));

    assert_eq!(settings.timestamp, Some(1_749_416_403));
    assert_eq!(text(&settings.kind), "phone_number_settings");
    let number = settings.phone_number_settings.as_ref().unwrap();
    assert_eq!(text(&number.phone_number_id), "106540352242922");
    let calling = number.calling.as_ref().unwrap();
    assert_eq!(calling.status, Some(SettingStatus::Unknown("PERHAPS".to_owned())));
    assert_eq!(calling.call_hours, None);
    assert_eq!(calling.sip.as_ref().unwrap().servers[0].port, Some(5061));
    assert_eq!(serde_json::to_value(&settings).unwrap(), value);
    assert!(!format!("{settings:?}").contains("secret"));
}

#[test]
fn wrong_types_are_kept_and_spoil_nothing_beside_them() {
    for (member, wrong) in [
        ("requester", json!(["a"])),
        ("requester", json!(null)),
        ("event", json!({})),
        ("metadata_of_later", json!(false)),
    ] {
        let mut value = json!({ "display_phone_number": NUMBER });
        value[member] = wrong;
        let security = only!(Security in change("security", &value));

        assert_eq!(text(&security.display_phone_number), NUMBER, "{member}");
        assert_eq!(security.requester, None, "{member}");
        assert_eq!(security.event, None, "{member}");
        assert_eq!(serde_json::to_value(&security).unwrap(), value, "{member}");
    }
}
