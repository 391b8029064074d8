//! What is told about Flows, businesses and their partners, member by member.

use serde_json::json;
use whatsapp_cloud::webhook::{
    FlowAlertState, FlowEvent, FlowStatus, FlowUpdate, MessagingLimit, MessagingTier,
    PaymentConfigurationStatus, SolutionEvent, SolutionStatus,
};

use crate::account::{change, fixture, only, text};
use crate::events;

fn flow(name: &str, event: FlowEvent) -> FlowUpdate<'static> {
    let flow = only!(Flow in fixture(name));
    assert_eq!(flow.event, Some(event), "{name}");
    assert_eq!(text(&flow.flow_id), "6627390910605001", "{name}");
    flow
}

#[test]
fn a_status_tells_what_it_was_and_is() {
    let flow = flow("flow-status-change", FlowEvent::StatusChange);

    assert_eq!(text(&flow.message), "Flow 3 changed status from PUBLISHED to THROTTLED");
    assert_eq!(flow.old_status, Some(FlowStatus::Published));
    assert_eq!(flow.new_status, Some(FlowStatus::Throttled));
    assert_eq!(text(&flow.warning), "Mend the endpoint.");
    assert!(flow.errors.is_empty() && flow.error_rate.is_none());
}

#[test]
fn an_error_rate_tells_what_fails_and_how_often() {
    let client = flow("flow-client-error-rate", FlowEvent::ClientErrorRate);
    let endpoint = flow("flow-endpoint-error-rate", FlowEvent::EndpointErrorRate);

    assert_eq!(text(&client.message), "More than 10% of the requests fail.");
    assert_eq!(client.error_rate, Some(14.28));
    assert_eq!(client.threshold, Some(10.0));
    assert_eq!(client.alert_state, Some(FlowAlertState::Activated));
    let errors: Vec<_> = client
        .errors
        .iter()
        .map(|error| (text(&error.error_type), error.error_rate, error.error_count))
        .collect();
    assert_eq!(
        errors,
        [
            ("INVALID_SCREEN_TRANSITION", Some(66.66), Some(2)),
            ("PUBLIC_KEY_MISSING", Some(33.34), Some(1)),
        ]
    );
    assert_eq!(endpoint.error_rate, Some(0.5));
    assert_eq!(endpoint.alert_state, Some(FlowAlertState::Deactivated));
    assert_eq!(endpoint.errors[0].error_rate, Some(100.0));
    assert_eq!(endpoint.errors[0].error_count, Some(4));
}

#[test]
fn latency_and_availability_tell_what_was_measured() {
    let latency = flow("flow-endpoint-latency", FlowEvent::EndpointLatency);
    let availability = flow("flow-endpoint-availability", FlowEvent::EndpointAvailability);

    assert_eq!(latency.p50_latency, Some(1200));
    assert_eq!(latency.p90_latency, Some(8000));
    assert_eq!(latency.requests_count, Some(340));
    assert_eq!(latency.threshold, Some(7000.0));
    assert_eq!(latency.alert_state, Some(FlowAlertState::Activated));
    assert_eq!(availability.availability, Some(75.0));
    assert_eq!(availability.threshold, Some(90.0));
}

#[test]
fn an_expiring_version_tells_its_warning() {
    let flow = flow("flow-version-expiry", FlowEvent::VersionExpiryWarning);

    assert_eq!(text(&flow.warning), "Your Flow's version ends in 21 days.");
    assert_eq!(flow.message, None);
}

#[test]
fn a_capability_tells_the_limits_of_each_version() {
    let new = only!(BusinessCapability in fixture("business-capability"));
    let old = only!(BusinessCapability in fixture("business-capability-until-v23"));

    let limit = new.max_daily_conversations_per_business.as_ref().unwrap();
    assert_eq!(limit, &MessagingLimit::Count(-1));
    assert!(limit.is_unlimited());
    assert_eq!(new.max_phone_numbers_per_waba, Some(25));
    assert_eq!(new.max_daily_conversation_per_phone, None);
    let limit = old.max_daily_conversation_per_phone.as_ref().unwrap();
    assert_eq!(limit, &MessagingLimit::Count(2000));
    assert!(!limit.is_unlimited());
    assert_eq!(old.max_phone_numbers_per_business, Some(20));
    assert_eq!(old.max_phone_numbers_per_waba, None);
}

#[test]
fn a_limit_is_a_number_or_a_word_in_quotes_or_not() {
    for (limit, read, known) in [
        (json!(250), Some(MessagingLimit::Count(250)), true),
        (json!("250"), Some(MessagingLimit::Count(250)), true),
        (json!("-1"), Some(MessagingLimit::Count(-1)), true),
        (json!("TIER_2K"), Some(MessagingLimit::Tier(MessagingTier::Tier2K)), true),
        (json!("TIER_UNLIMITED"), Some(MessagingLimit::Tier(MessagingTier::Unlimited)), true),
        (
            json!("TIER_7"),
            Some(MessagingLimit::Tier(MessagingTier::Unknown("TIER_7".to_owned()))),
            false,
        ),
        (json!(null), None, true),
        (json!([250]), None, false),
        (json!(2.5), None, false),
    ] {
        let value = json!({ "max_daily_conversations_per_business": limit,
            "max_phone_numbers_per_waba": "25" });
        let body = change("business_capability_update", &value);
        let capability = only!(BusinessCapability in body.clone());

        assert_eq!(capability.max_daily_conversations_per_business, read, "{limit}");
        assert_eq!(capability.max_phone_numbers_per_waba, Some(25), "{limit}");
        assert_eq!(serde_json::to_value(&capability).unwrap(), value, "{limit}");
        assert_eq!(events(&body)[0].is_known(), known, "{limit}");
    }
}

#[test]
fn no_limit_is_told_by_a_word_or_a_negative_number() {
    assert!(MessagingLimit::Tier(MessagingTier::Unlimited).is_unlimited());
    assert!(MessagingLimit::Count(-1).is_unlimited());
    assert!(!MessagingLimit::Tier(MessagingTier::Tier100K).is_unlimited());
    assert!(!MessagingLimit::Count(0).is_unlimited());
}

#[test]
fn a_way_to_be_paid_tells_all_about_itself() {
    let payment = only!(PaymentConfiguration in fixture("payment-configuration"));

    assert_eq!(text(&payment.configuration_name), "loja-pix");
    assert_eq!(text(&payment.provider_name), "razorpay");
    assert_eq!(text(&payment.provider_mid), "acc_0001");
    assert_eq!(payment.status, Some(PaymentConfigurationStatus::NeedsTesting));
    assert_eq!(payment.created_timestamp, Some(1_748_827_100));
    assert_eq!(payment.updated_timestamp, Some(1_749_320_300));
}

#[test]
fn a_solution_tells_what_happened_and_whether_it_can_be_used() {
    let solution = only!(PartnerSolution in fixture("partner-solution"));

    assert_eq!(solution.event, Some(SolutionEvent::Updated));
    assert_eq!(text(&solution.solution_id), "7210349474289001");
    assert_eq!(solution.solution_status, Some(SolutionStatus::Active));
}

#[test]
fn every_word_that_meta_documents_is_known() {
    for word in ["DRAFT", "PUBLISHED", "DEPRECATED", "THROTTLED", "BLOCKED"] {
        assert!(FlowStatus::from(word).is_known(), "{word}");
    }
    for word in ["ACTIVATED", "DEACTIVATED"] {
        assert!(FlowAlertState::from(word).is_known(), "{word}");
    }
    for word in ["Needs Connection", "Needs Testing", "Active", "Needs_Retesting"] {
        assert!(PaymentConfigurationStatus::from(word).is_known(), "{word}");
    }
    for word in ["SOLUTION_CREATED", "SOLUTION_UPDATED"] {
        assert!(SolutionEvent::from(word).is_known(), "{word}");
    }
    for word in ["DRAFT", "INITIATED", "PENDING", "ACTIVE", "REJECTED", "DEACTIVATED"] {
        assert!(SolutionStatus::from(word).is_known(), "{word}");
    }
}

#[test]
fn what_meta_writes_in_another_way_is_read_and_comes_back_as_it_was() {
    let value = json!({ "event": "FLOW_ASLEEP", "flow_id": 15, "message": null,
        "error_rate": "14.28", "threshold": 10.5, "p90_latency": "8000", "alert_state": "MAYBE",
        "errors": [{ "error_type": 404, "error_rate": 100, "error_count": "9", "added": null }] });
    let flow = only!(Flow in change("flows", &value));

    assert_eq!(flow.event, Some(FlowEvent::Unknown("FLOW_ASLEEP".to_owned())));
    assert_eq!(text(&flow.flow_id), "15");
    assert_eq!(flow.message, None);
    assert_eq!(flow.error_rate, Some(14.28));
    assert_eq!(flow.threshold, Some(10.5));
    assert_eq!(flow.p90_latency, Some(8000));
    assert_eq!(flow.alert_state.as_ref().unwrap().as_str(), "MAYBE");
    let [error] = &flow.errors[..] else { panic!("{flow:?}") };
    assert_eq!(text(&error.error_type), "404");
    assert_eq!(error.error_rate, Some(100.0));
    assert_eq!(error.error_count, Some(9));
    assert_eq!(serde_json::to_value(&flow).unwrap(), value);
}

#[test]
fn wrong_types_are_kept_and_spoil_nothing_beside_them() {
    for (member, wrong) in [
        ("errors", json!([])),
        ("errors", json!("TIMEOUT")),
        ("errors", json!([7, null])),
        ("error_rate", json!("often")),
        ("p50_latency", json!(1.5)),
        ("old_status", json!(null)),
        ("warning", json!({})),
    ] {
        let value = json!({ "event": "CLIENT_ERROR_RATE", "flow_id": "14", member: wrong });
        let flow = only!(Flow in change("flows", &value));

        assert_eq!(flow.event, Some(FlowEvent::ClientErrorRate), "{member}");
        assert_eq!(text(&flow.flow_id), "14", "{member}");
        assert!(flow.error_rate.is_none() && flow.p50_latency.is_none(), "{member}");
        assert_eq!(serde_json::to_value(&flow).unwrap(), value, "{member}");
    }
    for wrong in [json!(null), json!("soon"), json!([1])] {
        let value = json!({ "configuration_name": "loja", "updated_timestamp": wrong });
        let payment = only!(PaymentConfiguration in change("payment_configuration_update", &value));

        assert_eq!(text(&payment.configuration_name), "loja");
        assert_eq!(payment.updated_timestamp, None);
        assert_eq!(serde_json::to_value(&payment).unwrap(), value);
    }
}
