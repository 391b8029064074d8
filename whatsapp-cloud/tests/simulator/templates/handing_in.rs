//! What is taken, and what is refused with which code.

use serde_json::{Value, json};
use whatsapp_cloud::api::templates::{
    CreateTemplate, GetTemplate, Template, TemplateCategory, TemplateLanguages, TemplateStatus,
    UpsertTemplates,
};
use whatsapp_cloud::{ErrorKind, TemplateId};

use super::desk::{DAY, call, code, create, of_parts, plain, seed, start, start_told, told};

#[tokio::test]
async fn a_template_is_taken_and_approved_at_the_next_moment() {
    let simulator = start_told().await;
    let client = simulator.client().unwrap();
    let template: Template = serde_json::from_value(plain("order", "O pedido chegou.")).unwrap();

    let account = simulator.account_id().clone();
    let made = client.execute(&CreateTemplate::new(account, template)).await.unwrap();
    assert_eq!((made.status, made.category), (TemplateStatus::Pending, TemplateCategory::Utility));
    let kept = client.execute(&GetTemplate::new(made.id)).await.unwrap();

    assert_eq!(kept.status, Some(TemplateStatus::Approved));
    assert_eq!(kept.name.as_deref(), Some("order"));
    assert_eq!(told(&simulator).await, ["order APPROVED NONE"]);
}

#[tokio::test]
async fn what_is_not_well_formed_is_refused_with_metas_subcode() {
    let simulator = start().await;
    let body = |part: Value| of_parts("a", json!([part]));
    let beside = |part: Value| of_parts("a", json!([{"type": "BODY", "text": "Oi, Ana."}, part]));
    let with = |name: &str, value: Value| {
        let mut template = plain("a", "Oi, Ana.");
        template[name] = value;
        template
    };
    let without = |name: &str| {
        let mut template = plain("a", "Oi, Ana.");
        template.as_object_mut().unwrap().remove(name);
        template
    };
    let example = json!({"body_text": [["Ana"]]});
    let mut wrong = Vec::new();
    for (template, subcode) in [
        (without("name"), None),
        (without("language"), None),
        (without("category"), None),
        (without("components"), None),
        (with("name", "Order".into()), None),
        (with("name", "a".repeat(513).into()), None),
        (with("language", "xx_XX".into()), None),
        (with("category", "SALES".into()), None),
        (with("components", json!({})), None),
        (with("components", json!([])), None),
        (with("components", "[".into()), None),
        (with("message_send_ttl_seconds", 5.into()), None),
        (with("library_template_name", "delivery_1".into()), None),
        (of_parts("a", json!([{"type": "FOOTER", "text": "a"}])), None),
        (body(json!({"type": "BODY", "text": "Oi, {{1} Ana."})), Some(2_388_039)),
        (
            body(json!({"type": "BODY", "text": "Oi, {{2}} Ana.", "example": example})),
            Some(2_388_039),
        ),
        (body(json!({"type": "BODY", "text": "Oi, {{nome}} Ana."})), Some(2_388_039)),
        (body(json!({"type": "BODY", "text": "a".repeat(1_025)})), Some(2_388_040)),
        (beside(json!({"type": "FOOTER", "text": "a".repeat(61)})), Some(2_388_040)),
        (
            beside(json!({"type": "HEADER", "format": "TEXT", "text": "a".repeat(61)})),
            Some(2_388_040),
        ),
        (body(json!({"type": "BODY", "text": "O pedido {{1}} chegou."})), Some(2_388_043)),
        (beside(json!({"type": "HEADER", "format": "IMAGE"})), Some(2_388_043)),
        (
            beside(json!({
                "type": "HEADER", "format": "TEXT", "text": "{{1}} e {{2}}",
                "example": {"header_text": ["a", "b"]}
            })),
            Some(2_388_047),
        ),
        (beside(json!({"type": "HEADER", "format": "TEXT"})), Some(2_388_047)),
        (body(json!({"type": "BODY", "text": ""})), Some(2_388_072)),
        (body(json!({"type": "BODY"})), Some(2_388_072)),
        (beside(json!({"type": "FOOTER", "text": "Oi {{1}}"})), Some(2_388_073)),
        (
            body(json!({"type": "BODY", "text": "Oi, {{1}} Ana.", "example": example})),
            Some(2_388_293),
        ),
        (
            body(json!({"type": "BODY", "text": "O seu pedido: {{1}}", "example": example})),
            Some(2_388_299),
        ),
        (
            body(json!({"type": "BODY", "text": "{{1}} é o seu pedido", "example": example})),
            Some(2_388_299),
        ),
        (beside(json!({"type": "BUTTONS", "buttons": []})), None),
        (beside(json!({"type": "BUTTONS", "buttons": [{"type": "URL", "text": "a"}]})), None),
    ] {
        let (status, answer) = create(&simulator, &template).await;
        let is_long = matches!(subcode, Some(2_388_040));
        let shown = if is_long { "too long".to_owned() } else { template.to_string() };
        let error = &answer["error"];
        let is_told = |name: &str| error[name].is_string() == subcode.is_some();
        let is_right = (status, code(&answer)) == (400, (100, subcode))
            && is_told("error_user_title")
            && is_told("error_user_msg");
        if !is_right {
            wrong.push(format!("{shown}: {answer} for {subcode:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // Nothing of it was kept.
    let (_, list) = call(&simulator, "GET /102290129340398/message_templates", &Value::Null).await;
    assert_eq!(list["data"], json!([]));
}

#[tokio::test]
async fn a_name_is_taken_once_in_a_language_and_rests_30_days_when_it_is_deleted() {
    let simulator = start().await;
    let other_language = || {
        let mut template = plain("order", "The order is here.");
        template["language"] = "en_US".into();
        template
    };
    assert_eq!(create(&simulator, &plain("order", "O pedido chegou.")).await.0, 200);
    let (_, answer) = create(&simulator, &plain("order", "Chegou.")).await;
    assert_eq!(code(&answer), (100, Some(2_388_024)));
    assert_eq!(answer["error"]["error_user_title"], "Content in This Language Already Exists");
    assert_eq!(create(&simulator, &other_language()).await.0, 200);

    let delete = "DELETE /102290129340398/message_templates?name=order";
    assert_eq!(call(&simulator, delete, &Value::Null).await, (200, json!({"success": true})));
    for template in [plain("order", "Chegou."), other_language()] {
        assert_eq!(code(&create(&simulator, &template).await.1), (100, Some(2_388_023)));
    }
    simulator.advance(DAY * 30 - std::time::Duration::from_secs(1));
    let (_, answer) = create(&simulator, &plain("order", "Chegou.")).await;
    assert_eq!(code(&answer), (100, Some(2_388_023)));
    simulator.advance(std::time::Duration::from_secs(1));
    assert_eq!(create(&simulator, &plain("order", "Chegou.")).await.0, 200);
}

#[tokio::test]
async fn an_account_creates_100_an_hour_and_has_250_names() {
    let simulator = start().await;
    for number in 0..100 {
        let (status, answer) = create(&simulator, &plain(&format!("t{number}"), "Oi.")).await;
        assert_eq!(status, 200, "{answer}");
    }
    let (_, answer) = create(&simulator, &plain("t100", "Oi.")).await;
    assert_eq!(code(&answer), (80_008, None));
    simulator.advance(std::time::Duration::from_secs(60 * 60));
    assert_eq!(create(&simulator, &plain("t100", "Oi.")).await.0, 200);

    for number in 101..250 {
        seed(&simulator, plain(&format!("t{number}"), "Oi."));
    }
    let (_, answer) = create(&simulator, &plain("t250", "Oi.")).await;
    assert_eq!(code(&answer), (100, Some(2_388_019)));
    // Another language of a name that is there is none too many.
    let mut language = plain("t1", "Hi.");
    language["language"] = "en".into();
    assert_eq!(create(&simulator, &language).await.0, 200);
}

#[tokio::test]
async fn authentication_templates_get_metas_words_and_many_languages_at_once() {
    let simulator = start().await;
    let client = simulator.client().unwrap();
    let templates: TemplateLanguages = serde_json::from_value(json!({
        "name": "code",
        "languages": ["pt_BR", "en_US"],
        "category": "AUTHENTICATION",
        "components": [
            {"type": "BODY", "add_security_recommendation": true},
            {"type": "FOOTER", "code_expiration_minutes": 10},
            {"type": "BUTTONS", "buttons": [{"type": "OTP", "otp_type": "COPY_CODE"}]},
        ],
    }))
    .unwrap();
    let account = simulator.account_id().clone();
    let upsert = UpsertTemplates::new(account, templates);

    let made = client.execute(&upsert).await.unwrap().data;
    let again = client.execute(&upsert).await.unwrap().data;
    assert_eq!(made.len(), 2);
    assert_eq!(made[1].language, "en_US");
    assert_eq!(made[0].status, TemplateStatus::Approved);
    assert_eq!((&made[0].id, &made[1].id), (&again[0].id, &again[1].id));
    let line = format!("GET /{}", made[1].id.as_str());
    let (_, kept) = call(&simulator, &line, &Value::Null).await;
    assert_eq!(
        kept["components"][0]["text"],
        "*{{1}}* is your verification code. For your security, do not share this code."
    );
    assert_eq!(kept["components"][1]["text"], "This code expires in 10 minutes.");
    assert_eq!(kept["components"][2]["buttons"][0]["type"], "URL");
}

#[tokio::test]
async fn a_seeded_template_must_be_well_formed_and_new() {
    let simulator = start().await;
    let template = |text: &str| -> Template { serde_json::from_value(plain("a", text)).unwrap() };
    let id = simulator.add_template(template("Oi.")).unwrap();
    assert!(id.as_str().bytes().all(|byte| byte.is_ascii_digit()));

    let twice = simulator.add_template(template("Oi.")).unwrap_err();
    let broken = simulator.add_template(template("")).unwrap_err();
    let nowhere = simulator.add_template_to(&"1".into(), template("Oi.")).unwrap_err();
    for error in [twice, broken, nowhere] {
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
    }
    let unknown = TemplateId::new("1");
    let error = simulator.set_template_status(&unknown, TemplateStatus::Paused).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
}

#[tokio::test]
async fn metas_own_examples_are_taken() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/cloud-api/corpus/requests");
    let Ok(files) = std::fs::read_dir(folder) else {
        println!("skipped: there is no corpus beside the project");
        return;
    };
    let simulator = start().await;
    let mut refused = Vec::new();
    let mut count = 0;
    for file in files {
        let path = file.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let is_metas = name.contains("metadocs") || name.contains("metaspec");
        if !name.starts_with("post--message_templates--") || !is_metas {
            continue;
        }
        let example: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        let mut template = example["body"].clone();
        if !template["library_template_name"].is_null() {
            continue;
        }
        // One keeps marketing for 120 seconds, against Meta's own limits.
        if template["category"] == "MARKETING" {
            template.as_object_mut().unwrap().remove("message_send_ttl_seconds");
        }
        // Some have one name.
        count += 1;
        template["name"] = format!("example_{count}").into();
        let (status, answer) = create(&simulator, &template).await;
        if status != 200 {
            refused.push(format!("{name}: {answer}"));
        }
    }
    assert!(refused.is_empty(), "{}", refused.join("\n"));
    assert!(count > 5);
}
