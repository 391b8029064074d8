//! What is told about accounts, member by member.

use std::fs;

use serde_json::{Value, json};
use whatsapp_cloud::webhook::{
    AccountAlert, AccountEvent, AccountUpdate, AlertEntityType, AlertSeverity, AlertStatus,
    AlertType, BanState, CertificationRejection, CertificationStatus, DisconnectionInitiator,
    DisconnectionReason, EventKind, RestrictionType, ReviewDecision,
};
use whatsapp_cloud::wire::Text;

use crate::{events, json_of, shared};

/// The only record that a body tells, which must be of that kind.
macro_rules! only {
    ($kind:ident in $body:expr) => {{
        let body: Vec<u8> = $body;
        let mut events = crate::events(&body);
        assert_eq!(events.len(), 1, "{events:?}");
        match events.remove(0).into_owned().kind {
            whatsapp_cloud::webhook::EventKind::$kind(record) => *record,
            other => panic!("{other:?}"),
        }
    }};
}

pub(crate) use only;

/// The body of a fixture.
pub(crate) fn fixture(name: &str) -> Vec<u8> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/webhooks/");
    fs::read(format!("{folder}{name}.json")).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// A body with one change.
pub(crate) fn change(field: &str, value: &Value) -> Vec<u8> {
    let entry = json!({ "id": "102290129340398", "changes": [{ "field": field, "value": value }] });
    json!({ "object": "whatsapp_business_account", "entry": [entry] }).to_string().into_bytes()
}

/// What is written there; an empty string for nothing.
pub(crate) fn text<'t>(text: &'t Option<Text<'_>>) -> &'t str {
    text.as_ref().map_or("", Text::as_str)
}

fn update(fixture_name: &str) -> AccountUpdate<'static> {
    only!(AccountUpdate in fixture(fixture_name))
}

#[test]
fn events_without_a_part_of_their_own_are_told() {
    for (name, event, phone_number) in [
        ("account-deleted", AccountEvent::Deleted, ""),
        ("account-offboarded", AccountEvent::Offboarded, "551140000001"),
        ("account-reconnected", AccountEvent::Reconnected, ""),
        ("account-verified", AccountEvent::Verified, "551140000001"),
    ] {
        let update = update(name);

        assert_eq!(update.event, Some(event));
        assert_eq!(text(&update.phone_number), phone_number);
        assert!(update.restriction_info.is_empty() && update.waba_info.is_none());
    }
}

#[test]
fn a_restriction_tells_what_is_not_allowed_until_when_and_what_to_do() {
    let update = update("account-restriction");

    assert_eq!(update.event, Some(AccountEvent::Restriction));
    assert_eq!(text(&update.phone_number), "551140000001");
    let [messaging, button] = &update.restriction_info[..] else { panic!("{update:?}") };
    assert_eq!(messaging.restriction_type, Some(RestrictionType::BusinessInitiatedMessaging));
    assert_eq!(messaging.expiration, Some(1_750_021_183));
    assert_eq!(messaging.remediation, None);
    assert_eq!(button.restriction_type, Some(RestrictionType::CallButton));
    assert_eq!(button.expiration, None);
    assert_eq!(text(&button.remediation), "Answer more of the calls, then show the button again.");
    let violation = update.violation_info.as_ref().unwrap();
    assert_eq!(text(&violation.violation_type), "USER_INITIATED_CALLS_LOW_PICKUP_RATE");
}

#[test]
fn a_violation_tells_the_rule_and_what_to_do() {
    let update = update("account-violation");

    assert_eq!(update.event, Some(AccountEvent::Violation));
    let violation = update.violation_info.as_ref().unwrap();
    assert_eq!(text(&violation.violation_type), "SCAM");
    assert_eq!(text(&violation.remediation), "Review your templates.");
}

#[test]
fn a_ban_tells_its_state_and_day_in_both_forms() {
    let now = update("account-disabled");
    let old = update("account-disabled-in-its-old-form");

    assert_eq!(now.event, Some(AccountEvent::DisabledUpdate));
    let ban = now.ban_info.as_ref().unwrap();
    assert_eq!(ban.waba_ban_state, Some(BanState::ScheduledForDisable));
    assert_eq!(text(&ban.waba_ban_date), "June 15, 2025");
    let ban = old.ban_info.as_ref().unwrap();
    assert_eq!(ban.waba_ban_state, Some(BanState::Reinstated));
    assert_eq!(text(&ban.waba_ban_date), "January 31, 2021");
}

#[test]
fn partner_events_tell_the_account_its_owner_and_the_partners() {
    let added = update("account-partner-added");
    let installed = update("account-partner-app-installed");
    let uninstalled = update("account-partner-app-uninstalled");
    let signed = update("account-marketing-terms-signed");
    let linked = update("account-ad-account-linked");

    assert_eq!(added.event, Some(AccountEvent::PartnerAdded));
    assert_eq!(installed.event, Some(AccountEvent::PartnerAppInstalled));
    assert_eq!(uninstalled.event, Some(AccountEvent::PartnerAppUninstalled));
    assert_eq!(signed.event, Some(AccountEvent::MarketingTermsSigned));
    assert_eq!(linked.event, Some(AccountEvent::AdAccountLinked));
    for update in [&added, &installed, &uninstalled, &signed, &linked] {
        let waba = update.waba_info.as_ref().unwrap();
        assert_eq!(text(&waba.waba_id), "102290129340398");
        assert_eq!(text(&waba.owner_business_id), "2329417887457001");
    }
    let waba = added.waba_info.as_ref().unwrap();
    assert_eq!(text(&waba.solution_id), "1715120619246001");
    assert_eq!(
        waba.solution_partner_business_ids,
        [Text::from("2949482758682001"), Text::from("520744086200001")]
    );
    assert_eq!(waba.partner_app_id, None);
    let waba = installed.waba_info.as_ref().unwrap();
    assert_eq!(text(&waba.partner_app_id), "5731794616896001");
    let waba = linked.waba_info.as_ref().unwrap();
    assert_eq!(text(&waba.ad_account_linked), "980198427534001");
}

#[test]
fn a_linked_ad_account_is_found_under_both_names() {
    let value = json!({ "event": "AD_ACCOUNT_LINKED", "waba_info": { "ad_account_id": "98" } });
    let update = only!(AccountUpdate in change("account_update", &value));

    assert_eq!(text(&update.waba_info.as_ref().unwrap().ad_account_linked), "98");
    assert_eq!(serde_json::to_value(&update).unwrap(), value);
}

#[test]
fn a_removed_partner_is_told_why_and_by_whom() {
    let update = update("account-partner-removed");

    assert_eq!(update.event, Some(AccountEvent::PartnerRemoved));
    assert_eq!(text(&update.waba_info.as_ref().unwrap().waba_id), "102290129340398");
    let why = update.disconnection_info.as_ref().unwrap();
    assert_eq!(why.reason, Some(DisconnectionReason::PrimaryInactivity));
    assert_eq!(why.initiated_by, Some(DisconnectionInitiator::System));
}

#[test]
fn a_certification_tells_the_customer_what_became_of_it_and_why() {
    let status = update("account-certification-status");
    let needed = update("account-certification-needed");

    assert_eq!(status.event, Some(AccountEvent::CertificationStatus));
    let info = status.partner_client_certification_info.as_ref().unwrap();
    assert_eq!(text(&info.client_business_id), "2729063490586001");
    assert_eq!(info.status, Some(CertificationStatus::Failed));
    assert_eq!(
        info.rejection_reasons,
        [CertificationRejection::LegalNameNotFound, CertificationRejection::WebsiteNotMatching]
    );
    assert_eq!(needed.event, Some(AccountEvent::CertificationNeeded));
    let info = needed.partner_client_certification_needed_info.as_ref().unwrap();
    assert_eq!(text(&info.client_business_id), "2729063490586001");
}

#[test]
fn rates_tiers_and_countries_are_told_with_their_times() {
    let rates = update("account-auth-international-rates");
    let tier = update("account-volume-tier");
    let country = update("account-primary-country");

    assert_eq!(rates.event, Some(AccountEvent::AuthInternationalRates));
    let rates = rates.auth_international_rate_eligibility.as_ref().unwrap();
    assert_eq!(rates.start_time, Some(1_751_328_000));
    let exceptions: Vec<_> = rates
        .exception_countries
        .iter()
        .map(|country| (text(&country.country_code), country.start_time))
        .collect();
    assert_eq!(exceptions, [("ID", Some(1_754_006_400)), ("IN", Some(1_756_684_800))]);
    assert_eq!(tier.event, Some(AccountEvent::VolumeTier));
    let tier = tier.volume_tier_info.as_ref().unwrap();
    assert_eq!(tier.tier_update_time, Some(1_749_416_300));
    assert_eq!(text(&tier.pricing_category), "UTILITY");
    assert_eq!(text(&tier.tier), "250001:750000");
    assert_eq!(text(&tier.effective_month), "2025-06");
    assert_eq!(text(&tier.region), "Rest of Latin America");
    assert_eq!(country.event, Some(AccountEvent::PrimaryCountry));
    assert_eq!(text(&country.country), "BR");
}

#[test]
fn an_offboarding_that_names_the_number_is_read() {
    let value = json!({ "event": "account_offboarded", "account_offboarded": {
        "waba_id": "102290129340398", "phone_number_id": "106540352242922",
        "timestamp": "1749416383",
    } });
    let update = only!(AccountUpdate in change("account_update", &value));

    assert_eq!(update.event, Some(AccountEvent::OffboardedInLowerCase));
    let offboarded = update.account_offboarded.as_ref().unwrap();
    assert_eq!(text(&offboarded.waba_id), "102290129340398");
    assert_eq!(text(&offboarded.phone_number_id), "106540352242922");
    assert_eq!(offboarded.timestamp, Some(1_749_416_383));
    assert_eq!(serde_json::to_value(&update).unwrap(), value);
}

#[test]
fn a_review_tells_what_was_decided() {
    let review = only!(AccountReview in fixture("account-review"));

    assert_eq!(review.decision, Some(ReviewDecision::Approved));
}

#[test]
fn an_alert_tells_the_same_in_its_new_and_its_old_form() {
    let new: AccountAlert<'_> = only!(AccountAlert in fixture("account-alert"));
    let old: AccountAlert<'_> = only!(AccountAlert in fixture("account-alert-in-its-old-form"));

    assert_eq!(new.entity_type, Some(AlertEntityType::PhoneNumber));
    assert_eq!(text(&new.entity_id), "106540352242922");
    let info = new.alert_info.as_ref().unwrap();
    assert_eq!(info.alert_severity, Some(AlertSeverity::Critical));
    assert_eq!(info.alert_status, Some(AlertStatus::Active));
    assert_eq!(info.alert_type, Some(AlertType::OfficialAccountRejected));
    assert_eq!(new.alert_type, None);
    assert_eq!(new.severity(), Some(&AlertSeverity::Critical));
    assert_eq!(new.status(), Some(&AlertStatus::Active));
    assert_eq!(new.kind(), Some(&AlertType::OfficialAccountRejected));
    assert_eq!(new.description(), info.alert_description.as_ref());
    assert_eq!(
        new.description().unwrap().as_str(),
        "The number does not become an official business account."
    );

    assert_eq!(old.entity_type, Some(AlertEntityType::Waba));
    assert_eq!(old.alert_info, None);
    assert_eq!(old.alert_severity, Some(AlertSeverity::Informational));
    assert_eq!(old.alert_status, Some(AlertStatus::None));
    assert_eq!(old.alert_type, Some(AlertType::OfficialAccountApproved));
    assert_eq!(old.severity(), Some(&AlertSeverity::Informational));
    assert_eq!(old.status(), Some(&AlertStatus::None));
    assert_eq!(old.kind(), Some(&AlertType::OfficialAccountApproved));
    assert_eq!(old.description(), old.alert_description.as_ref());
    assert_eq!(text(&old.alert_description), "The number is an official business account.");
}

#[test]
fn what_meta_writes_in_another_way_is_read_and_comes_back_as_it_was() {
    let value = json!({
        "event": "ACCOUNT_RESTRICTION",
        "phone_number": 551_140_000_001_i64,
        "restriction_info": [{
            "restriction_type": "RESTRICTED_UTILITY_TEMPLATES", "expiration": "1750021183",
        }],
        "ban_info": { "waba_ban_state": "DISABLE", "waba_ban_date": null },
        "waba_info": { "waba_id": 102_290_129_340_398_i64, "owner_business_id": "" },
    });
    let update = only!(AccountUpdate in change("account_update", &value));

    assert_eq!(text(&update.phone_number), "551140000001");
    assert_eq!(update.restriction_info[0].expiration, Some(1_750_021_183));
    let ban = update.ban_info.as_ref().unwrap();
    assert_eq!(ban.waba_ban_state, Some(BanState::Disabled));
    assert_eq!(ban.waba_ban_date, None);
    assert_eq!(text(&update.waba_info.as_ref().unwrap().waba_id), "102290129340398");
    assert_eq!(serde_json::to_value(&update).unwrap(), value);
}

#[test]
fn what_cannot_be_read_is_kept_and_spoils_nothing_beside_it() {
    for (member, wrong) in [
        ("restriction_info", json!("RESTRICTED")),
        ("restriction_info", json!([7, { "expiration": {} }])),
        ("ban_info", json!(5)),
        ("ban_info", json!({ "waba_ban_state": ["DISABLE", "REINSTATE"] })),
        ("waba_info", json!([])),
        ("waba_info", json!({ "waba_id": { "id": 1 }, "added": true })),
        ("volume_tier_info", json!({ "tier_update_time": "soon" })),
        ("partner_client_certification_info", json!({ "rejection_reasons": null })),
        ("partner_client_certification_info", json!({ "rejection_reasons": [] })),
        ("phone_number", json!(true)),
        ("added_later", json!({ "by": "Meta" })),
    ] {
        let value = json!({ "event": "ACCOUNT_VIOLATION", "country": "BR", member: wrong });
        let update = only!(AccountUpdate in change("account_update", &value));

        assert_eq!(update.event, Some(AccountEvent::Violation), "{member}");
        assert_eq!(text(&update.country), "BR", "{member}");
        assert_eq!(serde_json::to_value(&update).unwrap(), value, "{member}");
    }
}

#[test]
fn a_word_that_is_not_known_is_kept() {
    let value = json!({
        "event": "ACCOUNT_TELEPORTED",
        "restriction_info": [{ "restriction_type": "RESTRICTED_TELEPORTATION" }],
        "ban_info": { "waba_ban_state": "HALF_DISABLE" },
    });
    let update = only!(AccountUpdate in change("account_update", &value));

    assert_eq!(update.event, Some(AccountEvent::Unknown("ACCOUNT_TELEPORTED".to_owned())));
    assert_eq!(
        update.restriction_info[0].restriction_type.as_ref().unwrap().as_str(),
        "RESTRICTED_TELEPORTATION"
    );
    assert!(!update.ban_info.as_ref().unwrap().waba_ban_state.as_ref().unwrap().is_known());
    assert_eq!(serde_json::to_value(&update).unwrap(), value);
}

#[test]
fn every_word_that_meta_documents_is_known() {
    for word in [
        "RESTRICTED_ADD_PHONE_NUMBER_ACTION",
        "RESTRICTED_BIZ_INITIATED_AND_USER_INITIATED_CALLING",
        "RESTRICTED_BIZ_INITIATED_MESSAGING",
        "RESTRICTED_BUSINESS_INITIATED_CALLING",
        "RESTRICTED_CUSTOMER_INITIATED_MESSAGING",
        "RESTRICTED_DIRECT_SEND_UTILITY_TEMPLATES",
        "RESTRICTED_USER_INITIATED_CALLING",
        "RESTRICTED_USER_INITIATED_CALLING_CALL_BUTTON_HIDDEN",
        "RESTRICTED_UTILITY_TEMPLATES",
    ] {
        assert!(RestrictionType::from(word).is_known(), "{word}");
    }
    for word in [
        "ACCOUNT_DISCONNECTED",
        "BUSINESS_DOWNGRADE",
        "CHANGE_NUMBER",
        "COMPANION_INACTIVITY",
        "PRIMARY_INACTIVITY",
        "USER_RE_REGISTERED",
    ] {
        assert!(DisconnectionReason::from(word).is_known(), "{word}");
    }
    for word in [
        "NONE",
        "ADDRESS NOT MATCHING",
        "BUSINESS NOT ELIGIBLE",
        "LEGAL NAME NOT MATCHING",
        "LEGAL NAME NOT FOUND IN DOCUMENTS",
        "MALFORMED DOCUMENTS",
        "WEBSITE NOT MATCHING",
    ] {
        assert!(CertificationRejection::from(word).is_known(), "{word}");
    }
    for word in ["APPROVED", "DISCARDED", "FAILED", "PENDING", "REVOKED"] {
        assert!(CertificationStatus::from(word).is_known(), "{word}");
    }
    for word in ["SCHEDULE_FOR_DISABLE", "DISABLE", "REINSTATE"] {
        assert!(BanState::from(word).is_known(), "{word}");
    }
    for word in ["USER", "SYSTEM"] {
        assert!(DisconnectionInitiator::from(word).is_known(), "{word}");
    }
    for word in ["APPROVED", "REJECTED", "PENDING", "DEFERRED"] {
        assert!(ReviewDecision::from(word).is_known(), "{word}");
    }
    for word in ["BUSINESS", "PHONE_NUMBER", "CURRENT_STATUS_ID", "WABA"] {
        assert!(AlertEntityType::from(word).is_known(), "{word}");
    }
    for word in [
        "OBA_APPROVED",
        "OBA_REJECTED",
        "INCREASED_CAPABILITIES_ELIGIBILITY_DEFERRED",
        "INCREASED_CAPABILITIES_ELIGIBILITY_FAILED",
        "INCREASED_CAPABILITIES_ELIGIBILITY_NEED_MORE_INFO",
        "PROFILE_PICTURE_LOST",
    ] {
        assert!(AlertType::from(word).is_known(), "{word}");
    }
}

/// The record of an event of these fields, as JSON.
fn record(kind: &EventKind<'_>) -> Option<Value> {
    macro_rules! of {
        ($($kind:ident),+ $(,)?) => {
            match kind {
                $(EventKind::$kind(record) => Some(serde_json::to_value(&**record).unwrap()),)+
                _ => None,
            }
        };
    }
    of!(
        AccountUpdate,
        AccountReview,
        AccountAlert,
        AccountSettings,
        BusinessCapability,
        PhoneNumberName,
        PhoneNumberQuality,
        Security,
        TemplateStatus,
        TemplateQuality,
        TemplateComponents,
        TemplateCategory,
        TemplateCorrectCategory,
        Flow,
        PaymentConfiguration,
        PartnerSolution,
        BusinessUsername,
    )
}

const FIELDS: [&str; 18] = [
    "account_update",
    "account_review_update",
    "account_alerts",
    "account_settings_update",
    "business_capability_update",
    "phone_number_name_update",
    "phone_number_quality_update",
    "security",
    "message_template_status_update",
    "message_template_quality_update",
    "message_template_components_update",
    "template_category_update",
    "template_correct_category_detection",
    "flows",
    "payment_configuration_update",
    "partner_solutions",
    "business_username_updates",
    "phone_number_username_update",
];

/// Looks at each event of these fields, and says how many there are.
fn look_at_each(file: &str, body: &[u8], all_is_known: bool) -> usize {
    let mut seen = 0;
    for event in events(body) {
        if !event.field.as_ref().is_some_and(|field| FIELDS.contains(&field.as_str())) {
            continue;
        }
        seen += 1;
        let mut own = json_of(&event);
        // It stands beside the members of any value, and is read by the code around.
        own.as_object_mut().unwrap().remove("messaging_product");
        let record = record(&event.kind).unwrap_or_else(|| panic!("{file}: {event:?}"));
        assert_eq!(record, own, "{file}");
        assert_eq!(event.is_known(), all_is_known, "{file}: {event:?}");
    }
    seen
}

#[test]
fn every_fixture_of_these_fields_is_a_record_with_the_same_json_and_known_words() {
    let seen: usize = crate::fixtures::fixtures()
        .iter()
        .map(|(file, body, _)| look_at_each(file, body, true))
        .sum();

    assert!(seen > 50, "only {seen} are found");
}

#[test]
fn every_known_payload_of_these_fields_is_a_record_with_the_same_json_and_known_words() {
    let Some(folder) = shared("cloud-api/corpus/webhooks") else {
        return;
    };
    let index = fs::read_to_string(folder.join("index.jsonl")).unwrap();
    let mut seen = 0;
    for line in index.lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        let file = line["file"].as_str().unwrap();
        let body = fs::read(folder.join(file)).unwrap();
        let has_unknown_words = line["note"].as_str().unwrap_or("").starts_with("unknown");
        seen += look_at_each(file, &body, !has_unknown_words);
    }
    assert!(seen > 100, "only {seen} are found");
}
