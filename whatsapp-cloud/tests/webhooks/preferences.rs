//! What customers decide, change and do without writing.

use serde_json::json;
use whatsapp_cloud::webhook::{
    AutomaticEvent, AutomaticEventName, ClickComponent, EventKind, PreferenceCategory,
    PreferenceValue, UserActionType, UserPreference,
};

use crate::records::{picked, text, told, told_of};

fn preference(file: &str) -> UserPreference<'static> {
    let mut preferences = picked!(told(file), UserPreference);
    assert_eq!(preferences.len(), 1, "{file}");
    assert_eq!(preferences[0].timestamp, Some(1_750_030_073), "{file}");
    assert_eq!(preferences[0].category, Some(PreferenceCategory::MarketingMessages), "{file}");
    preferences.remove(0)
}

#[test]
fn a_customer_stops_advertisements() {
    let preference = preference("preference-stop.json");

    assert_eq!(preference.value, Some(PreferenceValue::Stop));
    assert_eq!(preference.wa_id, text("5511999990001"));
    assert_eq!(preference.user_id, text("BR.5"));
    assert_eq!(preference.parent_user_id, text("BR.ENT.5"));
    assert_eq!(preference.detail, text("User requested to stop marketing messages"));
}

#[test]
fn a_customer_without_a_phone_wants_them_again() {
    let events = told("preference-resume.json");
    assert_eq!(
        events[0].contact.as_ref().unwrap().profile.as_ref().unwrap().username,
        text("lenav")
    );
    let preference = preference("preference-resume.json");

    assert_eq!(preference.value, Some(PreferenceValue::Resume));
    assert_eq!(preference.wa_id, None);
    assert_eq!(preference.user_id, text("DE.1112223334445"));
}

#[test]
fn a_customer_asks_for_them() {
    let preference = preference("preference-signup.json");

    assert_eq!(preference.value, Some(PreferenceValue::Signup));
    assert_eq!(preference.signup_id, text("847865596433151"));
}

#[test]
fn a_preference_in_odd_forms_is_not_lost() {
    let events = told("preference-in-odd-forms.json");
    assert!(matches!(&events[1].kind, EventKind::Malformed(_)));
    assert!(!events[0].is_known());
    let EventKind::UserPreference(odd) = &events[0].kind else { panic!("{events:#?}") };

    assert_eq!(odd.category, Some(PreferenceCategory::Unknown("sms".to_owned())));
    assert_eq!(odd.value, Some(PreferenceValue::Unknown("perhaps".to_owned())));
    assert_eq!((&odd.user_id, &odd.detail, odd.timestamp), (&None, &None, None));
    let written = serde_json::to_value(odd).unwrap();
    assert_eq!(written["detail"], json!(["stop"]));
    assert_eq!(written.get("user_id"), Some(&json!(null)));
    assert_eq!(written["timestamp"], json!("soon"));
    assert_eq!(written["asked_by"], json!("app"));
}

#[test]
fn a_new_user_id_comes_with_the_one_before() {
    let events = told("user-id-update.json");
    assert_eq!(events[0].contact.as_ref().unwrap().wa_id, text("5511999990001"));
    let update = picked!(events, UserIdUpdate).remove(0);

    assert_eq!(update.wa_id, text("5511999990001"));
    assert_eq!(update.detail, text("User id for Ana Souza has been updated."));
    assert_eq!(update.timestamp, Some(1_750_030_073));
    let user_id = update.user_id.unwrap();
    assert_eq!((user_id.previous, user_id.current), (text("BR.5"), text("BR.6")));
    let parent = update.parent_user_id.unwrap();
    assert_eq!((parent.previous, parent.current), (text("BR.ENT.5"), text("BR.ENT.6")));
}

#[test]
fn a_new_user_id_in_odd_forms_is_not_lost() {
    let own = json!({
        "wa_id": 5_511_999_990_001_i64, "user_id": "BR.6", "timestamp": 1_750_030_073,
        "parent_user_id": {"previous": null, "current": "BR.ENT.6", "since": 1},
    });
    let events = told_of("user_id_update", &json!({"user_id_update": [null, own]}));
    assert!(matches!(&events[0].kind, EventKind::Malformed(_)));
    let EventKind::UserIdUpdate(update) = &events[1].kind else { panic!("{events:#?}") };

    assert_eq!(update.wa_id, text("5511999990001"));
    assert_eq!((&update.user_id, update.timestamp), (&None, Some(1_750_030_073)));
    let parent = update.parent_user_id.as_ref().unwrap();
    assert_eq!((&parent.previous, &parent.current), (&None, &text("BR.ENT.6")));
    assert_eq!(serde_json::to_value(update).unwrap(), own);
}

#[test]
fn a_click_tells_where_and_on_what() {
    let actions = picked!(told("user-action-link-click.json"), UserAction);
    let [button, words] = &*actions else { panic!("{actions:#?}") };

    assert_eq!(button.action_type, Some(UserActionType::MarketingMessagesLinkClick));
    assert_eq!(button.timestamp, Some(1_750_030_073));
    let click = button.marketing_messages_link_click_data.as_ref().unwrap();
    assert_eq!(click.click_component, Some(ClickComponent::CallToAction));
    assert_eq!(click.click_id, text("ARAy0001"));
    assert_eq!(click.tracking_token, text("tok-1"));
    assert_eq!(click.product_id, text("sku-9"));
    let click = words.marketing_messages_link_click_data.as_ref().unwrap();
    assert_eq!(click.click_component, Some(ClickComponent::Body));
    assert_eq!(click.product_id, None);
}

#[test]
fn an_action_in_odd_forms_is_not_lost() {
    let own = json!({
        "action_type": "shout", "timestamp": 1_750_030_073, "volume": 11,
        "marketing_messages_link_click_data": {"click_component": 1, "click_id": 7},
    });
    let events = told_of("messages", &json!({"user_actions": [own, "click"]}));
    assert!(!events[0].is_known());
    assert!(matches!(&events[1].kind, EventKind::Malformed(_)));
    let EventKind::UserAction(action) = &events[0].kind else { panic!("{events:#?}") };

    assert_eq!(action.action_type, Some(UserActionType::Unknown("shout".to_owned())));
    assert_eq!(action.timestamp, Some(1_750_030_073));
    let click = action.marketing_messages_link_click_data.as_ref().unwrap();
    assert_eq!(click.click_id, text("7"));
    assert_eq!(serde_json::to_value(action).unwrap(), own);
}

fn noticed(file: &str) -> Vec<AutomaticEvent<'static>> {
    picked!(told(file), AutomaticEvent)
}

#[test]
fn a_lead_names_the_message_and_the_click() {
    let lead = &noticed("automatic-event-lead.json")[0];

    assert_eq!(lead.event_name, Some(AutomaticEventName::LeadSubmitted));
    assert_eq!(lead.id, text("wamid.A1"));
    assert_eq!(lead.timestamp, Some(1_750_030_073));
    assert_eq!(lead.ctwa_clid, text("ARA0001"));
    assert_eq!(lead.custom_data, None);
}

#[test]
fn a_purchase_has_its_worth() {
    let purchases = noticed("automatic-event-purchase.json");
    let worth: Vec<_> = purchases
        .iter()
        .map(|purchase| {
            assert_eq!(purchase.event_name, Some(AutomaticEventName::Purchase));
            let data = purchase.custom_data.as_ref().unwrap();
            assert_eq!(data.currency, text("BRL"));
            data.value.unwrap()
        })
        .collect();

    assert_eq!(worth, [25_000.0, 19.5]);
    // A whole number is written as one again.
    let written = serde_json::to_value(&purchases[0]).unwrap();
    assert_eq!(written["custom_data"]["value"], json!(25_000));
}

#[test]
fn what_was_noticed_in_odd_forms_is_not_lost() {
    let own = json!({
        "id": "wamid.A1", "event_name": "Sneeze", "timestamp": "1750030073", "ctwa_clid": null,
        "custom_data": {"currency": "BRL", "value": "19.5", "tax": 1},
    });
    let events = told_of("automatic_events", &json!({"automatic_events": [own, 1]}));
    assert!(!events[0].is_known());
    assert!(matches!(&events[1].kind, EventKind::Malformed(_)));
    let EventKind::AutomaticEvent(noticed) = &events[0].kind else { panic!("{events:#?}") };

    assert_eq!(noticed.event_name, Some(AutomaticEventName::Unknown("Sneeze".to_owned())));
    assert_eq!(noticed.timestamp, Some(1_750_030_073));
    assert_eq!(noticed.custom_data.as_ref().unwrap().value, Some(19.5));
    assert_eq!(serde_json::to_value(noticed).unwrap(), own);
    assert!(AutomaticEventName::from("AddToCart").is_known());
}
