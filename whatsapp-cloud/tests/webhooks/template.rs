//! What is told about message templates, member by member.

use serde_json::json;
use whatsapp_cloud::webhook::{
    QualityScore, TemplateButtonKind, TemplateCategory, TemplateCategoryName, TemplateEvent,
    TemplatePause, TemplateReason, TemplateStatus,
};

use crate::account::{change, fixture, only, text};

const ID: Option<i64> = Some(1_689_556_908_129_001);
const NAME: &str = "pedido_confirmado";
const LANGUAGE: &str = "pt_BR";

fn status(name: &str) -> TemplateStatus<'static> {
    let status = only!(TemplateStatus in fixture(name));
    assert_eq!(status.message_template_id, ID);
    assert_eq!(text(&status.message_template_name), NAME);
    assert_eq!(text(&status.message_template_language), LANGUAGE);
    status
}

#[test]
fn an_approved_template_tells_what_it_is_for() {
    let status = status("template-approved");

    assert_eq!(status.event, Some(TemplateEvent::Approved));
    assert_eq!(status.reason, Some(TemplateReason::None));
    assert_eq!(status.message_template_category, Some(TemplateCategoryName::Utility));
    assert!(status.disable_info.is_none() && status.other_info.is_none());
}

#[test]
fn a_rejected_template_tells_why_and_what_to_do() {
    let status = status("template-rejected");

    assert_eq!(status.event, Some(TemplateEvent::Rejected));
    assert_eq!(status.reason, Some(TemplateReason::InvalidFormat));
    assert_eq!(status.message_template_category, Some(TemplateCategoryName::Marketing));
    let why = status.rejection_info.as_ref().unwrap();
    assert_eq!(text(&why.reason), "Two placeholders stand beside each other.");
    assert_eq!(text(&why.recommendation), "Put words between them.");
}

#[test]
fn a_paused_template_tells_which_pause_it_is_and_until_when() {
    let status = status("template-paused");

    assert_eq!(status.event, Some(TemplateEvent::Paused));
    let pause = status.other_info.as_ref().unwrap();
    assert_eq!(pause.title, Some(TemplatePause::FirstPause));
    assert_eq!(text(&pause.description), "Paused for 3 hours, until Jun 8 at 11:59 PM UTC.");
}

#[test]
fn a_disabled_template_tells_since_when() {
    let status = status("template-disabled");

    assert_eq!(status.event, Some(TemplateEvent::Disabled));
    assert_eq!(status.message_template_category, Some(TemplateCategoryName::Authentication));
    let disabled = status.disable_info.as_ref().unwrap();
    assert_eq!(text(&disabled.disable_date), "1749416300");
    assert_eq!(disabled.seconds(), Some(1_749_416_300));
    assert_eq!(status.reason, None);
}

#[test]
fn a_reason_that_is_null_is_none() {
    let status = status("template-pending-deletion");

    assert_eq!(status.event, Some(TemplateEvent::PendingDeletion));
    assert_eq!(status.reason, None);
    assert!(serde_json::to_value(&status).unwrap()["reason"].is_null());
    assert!(serde_json::to_value(&status).unwrap().get("reason").is_some());
}

#[test]
fn a_quality_is_told_under_both_names_of_the_field() {
    for name in ["template-quality", "template-quality-under-another-field"] {
        let quality = only!(TemplateQuality in fixture(name));

        assert_eq!(quality.previous_quality_score, Some(QualityScore::Green), "{name}");
        assert_eq!(quality.new_quality_score, Some(QualityScore::Yellow), "{name}");
        assert_eq!(quality.message_template_id, ID, "{name}");
        assert_eq!(text(&quality.message_template_name), NAME, "{name}");
        assert_eq!(text(&quality.message_template_language), LANGUAGE, "{name}");
    }
}

#[test]
fn a_changed_template_tells_its_texts_and_buttons() {
    let template = only!(TemplateComponents in fixture("template-components"));

    assert_eq!(template.message_template_id, ID);
    assert_eq!(text(&template.message_template_name), NAME);
    assert_eq!(text(&template.message_template_language), LANGUAGE);
    assert_eq!(text(&template.message_template_title), "Tudo certo!");
    assert_eq!(text(&template.message_template_element), "Obrigado, {{1}}! O número é {{2}}.");
    assert_eq!(text(&template.message_template_footer), "Cactos & Cia");
    let [call, open] = &template.message_template_buttons[..] else { panic!("{template:?}") };
    assert_eq!(call.kind, Some(TemplateButtonKind::PhoneNumber));
    assert_eq!(text(&call.text), "Ligar");
    assert_eq!(text(&call.phone_number), "+551140000001");
    assert_eq!(call.url, None);
    assert_eq!(open.kind, Some(TemplateButtonKind::Url));
    assert_eq!(text(&open.text), "Acompanhar");
    assert_eq!(text(&open.url), "https://example.com/entregas");
    assert_eq!(open.phone_number, None);
}

#[test]
fn a_category_tells_a_change_that_will_be_from_one_that_was() {
    let will_be: TemplateCategory<'_> =
        only!(TemplateCategory in fixture("template-category-impending"));
    let was: TemplateCategory<'_> = only!(TemplateCategory in fixture("template-category-changed"));

    for category in [&will_be, &was] {
        assert_eq!(category.message_template_id, ID);
        assert_eq!(text(&category.message_template_name), NAME);
        assert_eq!(text(&category.message_template_language), LANGUAGE);
    }
    assert!(will_be.is_impending());
    assert_eq!(will_be.new_category, Some(TemplateCategoryName::Utility));
    assert_eq!(will_be.correct_category, Some(TemplateCategoryName::Marketing));
    assert_eq!(will_be.category_update_timestamp, Some(1_749_502_818));
    assert_eq!(will_be.previous_category, None);
    assert!(!was.is_impending());
    assert_eq!(was.new_category, Some(TemplateCategoryName::Marketing));
    assert_eq!(was.previous_category, Some(TemplateCategoryName::Utility));
    assert_eq!(was.correct_category, None);
    assert_eq!(was.category_update_timestamp, None);
}

#[test]
fn a_category_that_has_changed_is_not_impending_whatever_stands_beside_it() {
    let value = json!({ "previous_category": "UTILITY", "new_category": "MARKETING",
        "correct_category": "MARKETING" });
    let category = only!(TemplateCategory in change("template_category_update", &value));

    assert!(!category.is_impending());
}

#[test]
fn a_detection_tells_both_categories() {
    let detection = only!(TemplateCorrectCategory in fixture("template-correct-category"));

    assert_eq!(detection.message_template_id, ID);
    assert_eq!(text(&detection.message_template_name), NAME);
    assert_eq!(text(&detection.message_template_language), LANGUAGE);
    assert_eq!(detection.category, Some(TemplateCategoryName::Utility));
    assert_eq!(detection.correct_category, Some(TemplateCategoryName::Marketing));
}

#[test]
fn every_event_reason_pause_and_score_that_meta_documents_is_known() {
    for word in [
        "APPROVED",
        "ARCHIVED",
        "DELETED",
        "DISABLED",
        "FLAGGED",
        "IN_APPEAL",
        "LIMIT_EXCEEDED",
        "LOCKED",
        "PAUSED",
        "PENDING",
        "PENDING_DELETION",
        "REINSTATED",
        "REJECTED",
        "UNARCHIVED",
        "UNLOCKED",
    ] {
        let value = json!({ "event": word, "message_template_id": 1 });
        let status = only!(TemplateStatus in change("message_template_status_update", &value));

        assert!(status.event.as_ref().unwrap().is_known(), "{word}");
        assert_eq!(serde_json::to_value(&status).unwrap(), value);
    }
    for word in [
        "NONE",
        "ABUSIVE_CONTENT",
        "CATEGORY_NOT_AVAILABLE",
        "INCORRECT_CATEGORY",
        "INVALID_FORMAT",
        "PROMOTIONAL",
        "SCAM",
        "TAG_CONTENT_MISMATCH",
    ] {
        assert!(TemplateReason::from(word).is_known(), "{word}");
    }
    for word in ["FIRST_PAUSE", "SECOND_PAUSE", "RATE_LIMITING_PAUSE", "UNPAUSE", "DISABLED"] {
        assert!(TemplatePause::from(word).is_known(), "{word}");
    }
    for word in ["GREEN", "YELLOW", "RED", "UNKNOWN"] {
        assert!(QualityScore::from(word).is_known(), "{word}");
    }
}

#[test]
fn what_meta_writes_in_another_way_is_read_and_comes_back_as_it_was() {
    let value = json!({
        "event": "DISABLED",
        "message_template_id": "1689556908129001",
        "message_template_name": 2025,
        "message_template_category": "SERENADE",
        "reason": "TOO_ROMANTIC",
        "disable_info": { "disable_date": "1749416300" },
        "other_info": { "title": "THIRD_PAUSE", "description": null, "added": [1] },
    });
    let status = only!(TemplateStatus in change("message_template_status_update", &value));

    assert_eq!(status.event, Some(TemplateEvent::Disabled));
    assert_eq!(status.message_template_id, ID);
    assert_eq!(text(&status.message_template_name), "2025");
    assert_eq!(status.message_template_category.as_ref().unwrap().as_str(), "SERENADE");
    assert_eq!(status.reason, Some(TemplateReason::Unknown("TOO_ROMANTIC".to_owned())));
    assert_eq!(status.disable_info.as_ref().unwrap().seconds(), Some(1_749_416_300));
    let pause = status.other_info.as_ref().unwrap();
    assert!(!pause.title.as_ref().unwrap().is_known());
    assert_eq!(pause.description, None);
    assert_eq!(serde_json::to_value(&status).unwrap(), value);
}

#[test]
fn a_date_in_words_is_told_as_it_is() {
    let value =
        json!({ "event": "FLAGGED", "disable_info": { "disable_date": "January 31, 2021" } });
    let status = only!(TemplateStatus in change("message_template_status_update", &value));

    let disabled = status.disable_info.as_ref().unwrap();
    assert_eq!(text(&disabled.disable_date), "January 31, 2021");
    assert_eq!(disabled.seconds(), None);
    assert_eq!(serde_json::to_value(&status).unwrap(), value);
}

#[test]
fn wrong_types_are_kept_and_spoil_nothing_beside_them() {
    for (member, wrong) in [
        ("disable_info", json!({ "disable_date": [1_749_416_300] })),
        ("disable_info", json!(1_749_416_300)),
        ("message_template_id", json!("first")),
        ("message_template_id", json!(16_895.5)),
        ("message_template_name", json!({ "name": "a" })),
        ("reason", json!(null)),
        ("rejection_info", json!(["why"])),
    ] {
        let value = json!({ "event": "FLAGGED", "message_template_language": "en-US",
            member: wrong });
        let status = only!(TemplateStatus in change("message_template_status_update", &value));

        assert_eq!(status.event, Some(TemplateEvent::Flagged), "{member}");
        assert_eq!(text(&status.message_template_language), "en-US", "{member}");
        assert_eq!(status.message_template_id, None, "{member}");
        assert_eq!(status.reason, None, "{member}");
        assert_eq!(serde_json::to_value(&status).unwrap(), value, "{member}");
    }
}

#[test]
fn a_bad_button_is_kept_and_spoils_nothing_beside_it() {
    let value = json!({ "message_template_id": 1, "message_template_element": "Oi",
        "message_template_buttons": [7, { "message_template_button_type": "URL" }] });
    let template =
        only!(TemplateComponents in change("message_template_components_update", &value));

    assert_eq!(text(&template.message_template_element), "Oi");
    assert_eq!(serde_json::to_value(&template).unwrap(), value);
}
