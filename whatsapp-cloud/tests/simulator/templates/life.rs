//! What becomes of a template: review, pauses, changes, lists, deletion.

use std::time::Duration;

use futures_util::TryStreamExt as _;
use secrecy::SecretString;
use serde_json::{Value, json};
use whatsapp_cloud::Client;
use whatsapp_cloud::api::templates::{
    DeleteTemplate, DeleteTemplates, EditTemplate, GetTemplate, ListTemplates, QualityScoreWord,
    RejectedReason, TemplateCategory, TemplateEdit, TemplateStatus, UnpauseTemplate,
};
use whatsapp_cloud::simulator::{Access, Permission, Simulator};

use super::desk::{DAY, builder, call, code, create, plain, seed, start, start_told, told, values};

const HOUR: Duration = Duration::from_secs(60 * 60);

async fn status(simulator: &Simulator, id: &str) -> TemplateStatus {
    let client = simulator.client().unwrap();
    client.execute(&GetTemplate::new(id)).await.unwrap().status.unwrap()
}

fn edit(text: &str) -> TemplateEdit {
    serde_json::from_value(json!({"components": [{"type": "BODY", "text": text}]})).unwrap()
}

#[tokio::test]
async fn a_review_waits_for_the_clock_and_refuses_what_the_program_says() {
    let simulator = builder().review(HOUR).start().await.unwrap();
    simulator.reject_next_template(RejectedReason::Promotional);
    let (_, refused) = create(&simulator, &plain("refused", "Compre!")).await;
    let (_, taken) = create(&simulator, &plain("taken", "Chegou.")).await;
    let ids = [refused, taken].map(|made| made["id"].as_str().unwrap().to_owned());

    simulator.advance(HOUR - Duration::from_millis(1));
    for id in &ids {
        assert_eq!(status(&simulator, id).await, TemplateStatus::Pending);
    }
    simulator.advance(Duration::from_millis(1));
    assert_eq!(status(&simulator, &ids[0]).await, TemplateStatus::Rejected);
    assert_eq!(status(&simulator, &ids[1]).await, TemplateStatus::Approved);
    let client = simulator.client().unwrap();
    let mut reason = GetTemplate::new(ids[0].as_str());
    reason.fields = vec!["rejected_reason".to_owned()];
    let kept = client.execute(&reason).await.unwrap();
    assert_eq!((kept.rejected_reason, kept.name), (Some(RejectedReason::Promotional), None));
}

#[tokio::test]
async fn what_happens_is_told_as_meta_tells_it() {
    let simulator = start_told().await;
    let id = seed(&simulator, plain("order", "Chegou."));
    simulator.set_template_quality(&id, QualityScoreWord::Red).unwrap();
    simulator.set_template_status(&id, TemplateStatus::Paused).unwrap();
    simulator.advance(HOUR * 3);
    simulator.set_template_status(&id, TemplateStatus::Rejected).unwrap();
    simulator.announce_template_category(&id, TemplateCategory::Marketing).unwrap();
    simulator.advance(DAY);
    simulator.set_template_category(&id, TemplateCategory::Utility).unwrap();
    simulator.set_template_status(&id, TemplateStatus::Disabled).unwrap();

    assert_eq!(
        told(&simulator).await,
        [
            "quality UNKNOWN RED",
            "order PAUSED NONE",
            "order APPROVED NONE",
            "order REJECTED INVALID_FORMAT",
            "category will UTILITY",
            "category is MARKETING",
            "category is UTILITY",
            "order DISABLED NONE",
        ]
    );
    let number: i64 = id.as_str().parse().unwrap();
    let statuses = values(&simulator, "message_template_status_update").await;
    assert_eq!(
        statuses[0],
        json!({
            "event": "PAUSED",
            "message_template_id": number,
            "message_template_name": "order",
            "message_template_language": "pt_BR",
            "reason": "NONE",
            "message_template_category": "UTILITY",
            "other_info": {
                "title": "FIRST_PAUSE",
                "description": "Your WhatsApp message template has been paused for 3 hours \
                                because it had issues.",
            },
        })
    );
    assert_eq!(statuses[1]["other_info"]["title"], "UNPAUSE");
    assert!(statuses[2]["rejection_info"]["recommendation"].is_string());
    assert!(statuses[3]["disable_info"]["disable_date"].is_i64());
    let categories = values(&simulator, "template_category_update").await;
    assert_eq!(categories[0]["correct_category"], "MARKETING");
    assert_eq!(categories[0]["category_update_timestamp"], 1_749_416_383 + 3 * 3_600 + 86_400);
    assert_eq!(categories[1]["previous_category"], "UTILITY");
}

#[tokio::test]
async fn a_pause_ends_by_itself_by_a_call_or_by_what_happens_before() {
    let simulator = start().await;
    let client = simulator.client().unwrap();
    let id = seed(&simulator, plain("order", "Chegou."));
    let pause = || simulator.set_template_status(&id, TemplateStatus::Paused).unwrap();

    pause();
    simulator.advance(HOUR * 3);
    assert_eq!(status(&simulator, id.as_str()).await, TemplateStatus::Approved);
    pause();
    simulator.advance(HOUR * 3);
    assert_eq!(status(&simulator, id.as_str()).await, TemplateStatus::Paused);
    simulator.advance(HOUR * 3);
    assert_eq!(status(&simulator, id.as_str()).await, TemplateStatus::Approved);
    pause();
    assert!(client.execute(&UnpauseTemplate::new(id.clone())).await.unwrap().success);
    assert_eq!(status(&simulator, id.as_str()).await, TemplateStatus::Approved);
    let line = format!("POST /{}/unpause", id.as_str());
    let (_, again) = call(&simulator, &line, &Value::Null).await;
    assert_eq!((&again["success"], again["reason"].is_string()), (&json!(false), true));
    pause();
    simulator.set_template_status(&id, TemplateStatus::Disabled).unwrap();
    simulator.advance(DAY);
    assert_eq!(status(&simulator, id.as_str()).await, TemplateStatus::Disabled);
}

#[tokio::test]
async fn an_approved_template_is_edited_once_a_day_and_ten_times_a_month() {
    let simulator = start_told().await;
    let client = simulator.client().unwrap();
    let id = seed(&simulator, plain("order", "Chegou."));
    let change = |text: &'static str| EditTemplate::new(id.clone(), edit(text));

    client.execute(&change("Está aqui.")).await.unwrap();
    assert_eq!(
        told(&simulator).await,
        ["order PENDING NONE", "order APPROVED NONE", "says Está aqui."]
    );
    let refused = client.execute(&change("Oi.")).await.unwrap_err();
    assert_eq!(refused.code(), Some(100));
    for _ in 1..10 {
        simulator.advance(DAY);
        client.execute(&change("Oi.")).await.unwrap();
    }
    simulator.advance(DAY);
    assert_eq!(client.execute(&change("Olá.")).await.unwrap_err().code(), Some(100));
    simulator.advance(DAY * 20);
    client.execute(&change("Olá.")).await.unwrap();
}

/// pywa reads these two: what an edit answers, and since when a quality is what it is.
#[tokio::test]
async fn an_edit_names_the_template_and_a_quality_its_day() {
    let simulator = start().await;
    let id = seed(&simulator, plain("order", "Chegou."));
    let (path, quality) = (format!("/{id}"), format!("/{id}?fields=quality_score"));
    simulator.advance(DAY);
    simulator.set_template_quality(&id, QualityScoreWord::Green).unwrap();

    let change = serde_json::to_value(edit("Está aqui.")).unwrap();
    let (status, answer) = call(&simulator, &format!("POST {path}"), &change).await;
    assert_eq!(status, 200);
    assert_eq!(
        answer,
        json!({"success": true, "id": id.as_str(), "name": "order", "category": "UTILITY"})
    );
    let (_, answer) = call(&simulator, &format!("GET {quality}"), &Value::Null).await;
    assert_eq!(
        answer["quality_score"],
        json!({"score": "GREEN", "date": 1_749_416_383 + DAY.as_secs()})
    );
}

#[tokio::test]
async fn only_some_states_can_be_edited_and_a_category_only_before_approval() {
    let simulator = start().await;
    let client = simulator.client().unwrap();
    let id = seed(&simulator, plain("order", "Chegou."));
    let category: TemplateEdit = serde_json::from_value(json!({"category": "MARKETING"})).unwrap();
    let change = EditTemplate::new(id.clone(), category);

    assert_eq!(client.execute(&change).await.unwrap_err().code(), Some(100));
    for (state, is_taken) in [
        (TemplateStatus::Pending, false),
        (TemplateStatus::Disabled, false),
        (TemplateStatus::InAppeal, false),
        (TemplateStatus::Paused, true),
        (TemplateStatus::Rejected, true),
    ] {
        simulator.set_template_status(&id, state.clone()).unwrap();
        let call = EditTemplate::new(id.clone(), edit("Oi."));
        assert_eq!(client.execute(&call).await.is_ok(), is_taken, "{state}");
    }
    simulator.set_template_status(&id, TemplateStatus::Rejected).unwrap();
    client.execute(&change).await.unwrap();
    let kept = client.execute(&GetTemplate::new(id.clone())).await.unwrap();
    assert_eq!(kept.category, Some(TemplateCategory::Marketing));

    simulator.set_template_status(&id, TemplateStatus::Rejected).unwrap();
    let line = format!("POST /{}", id.as_str());
    let ends = json!({"components": [{
        "type": "BODY", "text": "O seu pedido: {{1}}", "example": {"body_text": [["a"]]}
    }]});
    assert_eq!(code(&call(&simulator, &line, &ends).await.1), (100, Some(2_388_299)));
    let nothing = call(&simulator, &line, &json!({})).await;
    assert_eq!(code(&nothing.1), (100, None));
}

#[tokio::test]
async fn lists_come_page_by_page_and_are_filtered() {
    let simulator = start().await;
    for number in 0..30 {
        seed(&simulator, plain(&format!("t{number}"), &format!("O pedido de número {number}.")));
    }
    let mut offer = plain("offer", "Só hoje!");
    offer["category"] = "MARKETING".into();
    offer["language"] = "en_US".into();
    let offer = seed(&simulator, offer);
    simulator.set_template_status(&offer, TemplateStatus::Paused).unwrap();
    let client = simulator.client().unwrap();
    let list = || ListTemplates::new(simulator.account_id().clone());
    let names = async |call: ListTemplates| -> Vec<String> {
        let rows: Vec<_> = client.pages(call).rows().try_collect().await.unwrap();
        rows.into_iter().map(|row| row.name.unwrap()).collect()
    };

    let mut all = list();
    all.limit = Some(7);
    let all = names(all).await;
    assert_eq!(all.len(), 31);
    assert_eq!((all[0].as_str(), all[30].as_str()), ("t0", "offer"));
    let mut paused = list();
    paused.status = vec![TemplateStatus::Rejected, TemplateStatus::Paused];
    let mut marketing = list();
    marketing.category = vec![TemplateCategory::Marketing];
    let mut english = list();
    english.language = vec!["en_US".to_owned()];
    let mut named = list();
    named.name = Some("offer".to_owned());
    let mut said = list();
    said.content = Some("hoje".to_owned());
    let mut either = list();
    either.name_or_content = Some("OFF".to_owned());
    for call in [paused, marketing, english, named, said, either] {
        assert_eq!(names(call).await, ["offer"]);
    }
    let mut elsewhere = list();
    elsewhere.content = Some("offer".to_owned());
    assert!(names(elsewhere).await.is_empty());

    let line = "GET /102290129340398/message_templates?limit=1&status=%5B%22PAUSED%22%5D\
                &summary=total_count,message_template_count&fields=name";
    let (_, page) = call(&simulator, line, &Value::Null).await;
    assert_eq!(page["data"], json!([{"name": "offer", "id": offer.as_str()}]));
    assert_eq!(page["summary"], json!({"total_count": 1, "message_template_count": 31}));
    let (_, row) = call(&simulator, &format!("GET /{}", offer.as_str()), &Value::Null).await;
    assert_eq!(
        row,
        json!({
            "name": "offer",
            "parameter_format": "POSITIONAL",
            "components": [{"type": "BODY", "text": "Só hoje!"}],
            "language": "en_US",
            "status": "PAUSED",
            "category": "MARKETING",
            "id": offer.as_str(),
        })
    );
}

#[tokio::test]
async fn templates_are_deleted_by_name_by_id_and_many_at_once() {
    let simulator = start_told().await;
    let client = simulator.client().unwrap();
    let account = simulator.account_id().clone();
    let in_english = |name: &str| {
        let mut template = plain(name, "Hi.");
        template["language"] = "en".into();
        template
    };
    let by_name = |name: &str| DeleteTemplate::new(account.clone(), name);
    let refused = client.execute(&by_name("a")).await.unwrap_err();
    assert_eq!((refused.code(), refused.subcode()), (Some(100), Some(2_593_002)));

    seed(&simulator, plain("a", "Oi."));
    let english = seed(&simulator, in_english("a"));
    let mut one = by_name("a");
    one.hsm_id = Some(english.clone());
    client.execute(&one).await.unwrap();
    let again = client.execute(&one).await.unwrap_err();
    assert_eq!(again.subcode(), Some(2_593_002));
    client.execute(&by_name("a")).await.unwrap();
    assert_eq!(told(&simulator).await, ["a DELETED NONE", "a DELETED NONE"]);

    let first = seed(&simulator, plain("b", "Oi."));
    let second = seed(&simulator, plain("c", "Oi."));
    let mut many = DeleteTemplates::new(account.clone());
    many.hsm_ids.0 = vec![first.clone(), english];
    assert_eq!(client.execute(&many).await.unwrap_err().subcode(), Some(2_593_002));
    many.hsm_ids.0 = vec![first.clone(), second.clone()];
    simulator.set_template_status(&second, TemplateStatus::Disabled).unwrap();
    assert_eq!(client.execute(&many).await.unwrap_err().code(), Some(100));
    simulator.set_template_status(&second, TemplateStatus::Approved).unwrap();
    assert!(client.execute(&many).await.unwrap().success);
    let gone = client.execute(&GetTemplate::new(first)).await.unwrap_err();
    assert_eq!((gone.code(), gone.subcode()), (Some(100), Some(33)));
    let nothing = "DELETE /102290129340398/message_templates";
    assert_eq!(code(&call(&simulator, nothing, &Value::Null).await.1), (100, None));
}

#[tokio::test]
async fn templates_need_the_permission_and_the_account() {
    let simulator = start().await;
    let id = seed(&simulator, plain("a", "Oi."));
    for (access, expected) in [
        (Access::to([Permission::Messaging]), (Some(200), None)),
        (Access::default().of_accounts(["1"]), (Some(100), Some(33))),
    ] {
        let token = SecretString::from("another");
        simulator.grant(&token, access);
        let client = Client::builder(token).base_url(simulator.base_url()).build().unwrap();
        let list = ListTemplates::new(simulator.account_id().clone());
        let list = client.execute(&list).await.unwrap_err();
        let get = client.execute(&GetTemplate::new(id.clone())).await.unwrap_err();
        assert_eq!((list.code(), list.subcode()), expected);
        assert_eq!((get.code(), get.subcode()), expected);
    }
}
