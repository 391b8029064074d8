//! Creating, reading, changing and deleting templates.

use serde_json::{Value, json};
use whatsapp_cloud::api::templates::{
    Body, BodyExample, Button, Buttons, CloudApiMarketing, Component, CreateTemplate,
    CreatedTemplate, DeleteTemplate, DeleteTemplates, DeletedTemplates, EditTemplate, Footer,
    GetTemplate, Header, HeaderExample, HeaderFormat, LibraryButtonInput, LibraryButtonType,
    LibraryTemplate, LibraryUrl, ListLibraryTemplates, ListTemplates, NamedExample, OtpButton,
    OtpType, ParameterFormat, PreviewTemplates, QualityScoreWord, QuickReplyButton,
    SetCloudApiMarketing, SupportedApp, Template, TemplateCategory, TemplateEdit, TemplateInfo,
    TemplateLanguages, TemplatePreview, TemplateStatus, UpsertTemplates, UpsertedTemplates,
};
use whatsapp_cloud::endpoint::Endpoint;
use whatsapp_cloud::wire::Page;

use super::{read, refused, sent};

fn reply(text: &str) -> Button {
    QuickReplyButton { text: text.to_owned(), ..QuickReplyButton::default() }.into()
}

/// `seasonal_promotion` of Meta's page of components.
fn promotion() -> Template {
    let header = Header {
        format: HeaderFormat::Text,
        text: Some("Our {{1}} is on!".to_owned()),
        example: Some(HeaderExample {
            header_text: ["Summer Sale"].into(),
            ..HeaderExample::default()
        }),
        ..Header::default()
    };
    let body = Body {
        text: Some("Shop now through {{1}} and use code {{2}}.".to_owned()),
        example: Some(BodyExample {
            body_text: ["the end of August", "25OFF"].into(),
            ..BodyExample::default()
        }),
        ..Body::default()
    };
    let footer = Footer { text: Some("Manage your subscriptions".to_owned()), ..Footer::default() };
    let buttons = Buttons { buttons: vec![reply("Unsubscribe")], ..Buttons::default() };
    Template {
        name: "seasonal_promotion".to_owned(),
        language: "en_US".to_owned(),
        category: TemplateCategory::Marketing,
        components: vec![header.into(), body.into(), footer.into(), buttons.into()],
        ..Template::default()
    }
}

#[test]
fn a_template_is_created_as_on_metas_page() {
    let call = CreateTemplate::new("102290129340398", promotion());

    const { assert!(!CreateTemplate::IDEMPOTENT, "a second one has the name of the first") };
    let (method, target, body) = sent(&call);
    assert_eq!((method, target.as_str()), ("POST", "102290129340398/message_templates"));
    assert_eq!(
        body,
        json!({
            "name": "seasonal_promotion",
            "language": "en_US",
            "category": "MARKETING",
            "components": [
                {
                    "type": "HEADER", "format": "TEXT", "text": "Our {{1}} is on!",
                    "example": {"header_text": ["Summer Sale"]},
                },
                {
                    "type": "BODY", "text": "Shop now through {{1}} and use code {{2}}.",
                    "example": {"body_text": [["the end of August", "25OFF"]]},
                },
                {"type": "FOOTER", "text": "Manage your subscriptions"},
                {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "Unsubscribe"}]},
            ],
        })
    );
}

#[test]
fn named_variables_have_named_examples() {
    let shown = |name: &str, example: &str| NamedExample {
        param_name: name.to_owned(),
        example: example.to_owned(),
        ..NamedExample::default()
    };
    let body = Body {
        text: Some("Thank you, {{first_name}}! Your order number is {{order_number}}.".to_owned()),
        example: Some(BodyExample {
            body_text_named_params: vec![shown("first_name", "Pablo"), shown("order_number", "8")],
            ..BodyExample::default()
        }),
        ..Body::default()
    };
    let template = Template {
        name: "order_confirmation".to_owned(),
        parameter_format: Some(ParameterFormat::Named),
        category: TemplateCategory::Utility,
        message_send_ttl_seconds: Some(-1),
        components: vec![body.into()],
        ..promotion()
    };

    let (_, _, body) = sent(&CreateTemplate::new("1", template));
    assert_eq!(body["parameter_format"], "NAMED");
    assert_eq!(body["message_send_ttl_seconds"], -1);
    assert_eq!(
        body["components"][0]["example"],
        json!({"body_text_named_params": [
            {"param_name": "first_name", "example": "Pablo"},
            {"param_name": "order_number", "example": "8"},
        ]})
    );
}

#[test]
fn a_template_of_the_library_has_inputs_and_no_parts() {
    let url = LibraryUrl {
        base_url: "https://www.example.com/{{1}}".to_owned(),
        url_suffix_example: Some("https://www.example.com/order_update".to_owned()),
        ..LibraryUrl::default()
    };
    let input = LibraryButtonInput {
        kind: LibraryButtonType::Url,
        url: Some(url),
        ..LibraryButtonInput::default()
    };
    let template = Template {
        name: "my_delivery_update".to_owned(),
        language: "en_US".to_owned(),
        category: TemplateCategory::Utility,
        library_template_name: Some("delivery_update_1".to_owned()),
        library_template_button_inputs: vec![input],
        ..Template::default()
    };

    let (_, _, body) = sent(&CreateTemplate::new("1", template.clone()));
    assert_eq!(
        body,
        json!({
            "name": "my_delivery_update",
            "language": "en_US",
            "category": "UTILITY",
            "library_template_name": "delivery_update_1",
            "library_template_button_inputs": [{
                "type": "URL",
                "url": {
                    "base_url": "https://www.example.com/{{1}}",
                    "url_suffix_example": "https://www.example.com/order_update",
                },
            }],
        })
    );
    let both = Template { components: promotion().components, ..template };
    assert_eq!(
        refused(&CreateTemplate::new("1", both)),
        ["components: none beside a library template"]
    );
}

#[test]
fn what_became_of_a_template_is_read() {
    let created: CreatedTemplate =
        read(json!({"id": "546151681022936", "status": "PENDING", "category": "MARKETING"}));

    assert_eq!(created.id.as_str(), "546151681022936");
    assert_eq!(created.status, TemplateStatus::Pending);
    assert_eq!(created.category, TemplateCategory::Marketing);
}

#[test]
fn a_template_is_read_with_all_that_is_asked_for() {
    let mut call = GetTemplate::new("920070352646140");
    assert_eq!(sent(&call), ("GET", "920070352646140".to_owned(), Value::Null));
    call.fields = vec!["status".to_owned(), "components".to_owned()];
    assert_eq!(sent(&call).1, "920070352646140?fields=status,components");

    let info: TemplateInfo = read(json!({
        "name": "seasonal_promotion",
        "parameter_format": "POSITIONAL",
        "components": [
            {"type": "HEADER", "format": "IMAGE", "example": {"header_handle": ["https://x"]}},
            {"type": "BODY", "text": "Hi {{1}}!", "example": {"body_text": "Pablo"}},
            {"type": "NEW_PART", "shape": {"round": true}},
            {"type": "BUTTONS", "buttons": [
                {"type": "COPY_CODE", "text": "Copy offer code", "example": ["25OFF"]},
                {"type": "NEW_BUTTON", "text": "x", "new": [1]},
            ]},
        ],
        "language": "nl",
        "status": "APPROVED",
        "category": "MARKETING",
        "previous_category": "ACCOUNT_UPDATE",
        "correct_category": "UTILITY",
        "sub_category": "CUSTOM",
        "rejected_reason": "NONE",
        "quality_score": {"score": "GREEN", "date": 1_726_000_000},
        "message_send_ttl_seconds": 43_200,
        "cta_url_link_tracking_opted_out": true,
        "library_template_name": "low_balance_warning_1",
        "id": "1297883712183052",
    }));
    assert!(info.other.is_empty());
    assert_eq!(info.status, Some(TemplateStatus::Approved));
    assert_eq!(info.parameter_format, Some(ParameterFormat::Positional));
    assert_eq!(info.quality_score.unwrap().score, Some(QualityScoreWord::Green));
    assert_eq!(info.message_send_ttl_seconds, Some(43_200));
    let Component::Header(header) = &info.components[0] else { panic!("a header") };
    assert_eq!(header.format, HeaderFormat::Image);
    let Component::Body(body) = &info.components[1] else { panic!("a body") };
    assert_eq!(body.example.as_ref().unwrap().body_text, ["Pablo"].into());
    assert_eq!(info.components[2].kind(), "NEW_PART");
    let Component::Buttons(buttons) = &info.components[3] else { panic!("buttons") };
    let Button::CopyCode(copy) = &buttons.buttons[0] else { panic!("a code") };
    assert_eq!(copy.example, "25OFF".into());
    assert!(matches!(&buttons.buttons[1], Button::Other(members) if members["new"][0] == 1));
}

#[test]
fn a_word_in_lower_case_is_known_and_written_as_it_came() {
    let template: Template = read(json!({
        "name": "x", "language": "en", "category": "authentication", "parameter_format": "named",
        "components": [
            {"type": "header", "format": "gif"},
            {"type": "buttons", "buttons": [{"type": "otp", "otp_type": "one_tap"}]},
        ],
    }));

    assert_eq!(template.category, TemplateCategory::Authentication);
    assert_eq!(template.parameter_format, Some(ParameterFormat::Named));
    let Component::Header(header) = &template.components[0] else { panic!("a header") };
    assert_eq!(header.format, HeaderFormat::Gif);
    let Component::Buttons(buttons) = &template.components[1] else { panic!("buttons") };
    assert!(matches!(&buttons.buttons[0], Button::Otp(otp) if otp.otp_type == OtpType::OneTap));
}

#[test]
fn a_template_is_edited_by_its_id() {
    let edit =
        TemplateEdit { category: Some(TemplateCategory::Marketing), ..TemplateEdit::default() };
    let call = EditTemplate::new("1252715608684590", edit);
    assert_eq!(
        sent(&call),
        ("POST", "1252715608684590".to_owned(), json!({"category": "MARKETING"}))
    );

    let parts = TemplateEdit { components: promotion().components, ..TemplateEdit::default() };
    let (_, _, body) = sent(&EditTemplate::new("1", parts));
    assert_eq!(body.as_object().unwrap().keys().collect::<Vec<_>>(), ["components"]);
    let nothing = EditTemplate::new("1", TemplateEdit::default());
    assert_eq!(refused(&nothing), ["components: something to change, found nothing"]);
}

#[test]
fn templates_are_listed_by_every_filter() {
    let mut call = ListTemplates::new("102290129340398");
    assert_eq!(sent(&call).1, "102290129340398/message_templates");
    call.fields = vec!["name".to_owned(), "status".to_owned()];
    call.name = Some("a".to_owned());
    call.content = Some("b".to_owned());
    call.name_or_content = Some("c".to_owned());
    call.status = vec![TemplateStatus::Approved, TemplateStatus::Paused];
    call.category = vec![TemplateCategory::Utility];
    call.language = vec!["pt_BR".to_owned()];
    call.quality_score = vec![QualityScoreWord::Red, QualityScoreWord::NotKnown];
    call.limit = Some(5);
    call.after = Some("x".to_owned());
    call.before = Some("y".to_owned());
    assert_eq!(
        sent(&call).1,
        "102290129340398/message_templates?fields=name,status&name=a&content=b&name_or_content=c\
         &status=APPROVED,PAUSED&category=UTILITY&language=pt_BR&quality_score=RED,UNKNOWN\
         &limit=5&after=x&before=y"
    );

    let page: Page<TemplateInfo> = read(json!({
        "data": [{"name": "order_confirmation", "status": "APPROVED", "id": "1667696820637468"}],
        "paging": {"cursors": {"before": "a", "after": "b"}, "next": "https://x"},
    }));
    assert_eq!((page.data[0].id.as_str(), page.next()), ("1667696820637468", Some("b")));
}

#[test]
fn templates_are_deleted_by_name_by_id_and_many_at_once() {
    let mut call = DeleteTemplate::new("102290129340398", "order_confirmation");
    let target = "102290129340398/message_templates?name=order_confirmation";
    assert_eq!(sent(&call), ("DELETE", target.to_owned(), Value::Null));
    call.hsm_id = Some("1407680676729941".into());
    assert_eq!(sent(&call).1, format!("{target}&hsm_id=1407680676729941"));
    assert_eq!(refused(&DeleteTemplate::new("1", "")).len(), 1);

    let mut many = DeleteTemplates::new("1");
    many.hsm_ids = ["2", "3"].into();
    assert_eq!(
        sent(&many),
        ("DELETE", r#"1/message_templates?hsm_ids=["2","3"]"#.to_owned(), Value::Null)
    );
    for (count, is_taken) in [(0, false), (1, true), (100, true), (101, false)] {
        many.hsm_ids.0 = vec!["2".into(); count];
        assert_eq!(many.request().is_ok(), is_taken, "{count}");
    }
    many.hsm_ids = ["x"].into();
    assert_eq!(refused(&many), ["hsm_ids: an id of digits"]);
    assert!(read::<DeletedTemplates>(json!({"success": true})).success);
}

#[test]
fn an_authentication_template_is_made_in_many_languages() {
    let app = SupportedApp {
        package_name: "com.example.luckyshrub".to_owned(),
        signature_hash: "K8a/AINcGX7".to_owned(),
        ..SupportedApp::default()
    };
    let otp =
        OtpButton { otp_type: OtpType::OneTap, supported_apps: vec![app], ..OtpButton::default() };
    let body = Body { add_security_recommendation: Some(true), ..Body::default() };
    let footer = Footer { code_expiration_minutes: Some(15), ..Footer::default() };
    let buttons = Buttons { buttons: vec![otp.clone().into()], ..Buttons::default() };
    let templates = TemplateLanguages {
        name: "authentication_code_autofill_button".to_owned(),
        languages: ["en_US", "es_ES", "fr"].map(str::to_owned).into(),
        category: TemplateCategory::Authentication,
        components: vec![body.into(), footer.into(), buttons.into()],
        ..TemplateLanguages::default()
    };

    let (method, target, json) = sent(&UpsertTemplates::new("1", templates.clone()));
    assert_eq!((method, target.as_str()), ("POST", "1/upsert_message_templates"));
    assert_eq!(
        json,
        json!({
            "name": "authentication_code_autofill_button",
            "languages": ["en_US", "es_ES", "fr"],
            "category": "AUTHENTICATION",
            "components": [
                {"type": "BODY", "add_security_recommendation": true},
                {"type": "FOOTER", "code_expiration_minutes": 15},
                {"type": "BUTTONS", "buttons": [{
                    "type": "OTP", "otp_type": "ONE_TAP",
                    "supported_apps": [{
                        "package_name": "com.example.luckyshrub", "signature_hash": "K8a/AINcGX7",
                    }],
                }]},
            ],
        })
    );

    let labelled = OtpButton { text: Some("Copy".to_owned()), ..otp };
    let wrong = TemplateLanguages {
        languages: vec!["pt-BR".to_owned()],
        category: TemplateCategory::Utility,
        message_send_ttl_seconds: Some(901),
        components: vec![
            Body::default().into(),
            Buttons { buttons: vec![labelled.into()], ..Buttons::default() }.into(),
        ],
        ..templates.clone()
    };
    assert_eq!(
        refused(&UpsertTemplates::new("1", wrong)),
        [
            "languages[0]: a language such as pt_BR",
            "category: AUTHENTICATION",
            "message_send_ttl_seconds: 30 to 900 seconds, or -1, found 901",
            "components[1].buttons: no labels: Meta writes them in each language",
        ]
    );
    let nowhere = TemplateLanguages { languages: vec![], ..templates };
    assert_eq!(
        refused(&UpsertTemplates::new("1", nowhere)),
        ["languages: a language or more, found none"]
    );

    let answer: UpsertedTemplates = read(json!({"data": [
        {"id": "954638012257287", "status": "APPROVED", "language": "en_US"},
    ]}));
    assert_eq!(answer.data[0].status, TemplateStatus::Approved);
    assert_eq!(answer.data[0].language, "en_US");
}

#[test]
fn authentication_texts_are_shown_before() {
    let mut call = PreviewTemplates::new("102290129340398");
    call.languages = vec!["en_US".to_owned(), "es_ES".to_owned()];
    call.add_security_recommendation = Some(true);
    call.code_expiration_minutes = Some(10);
    assert_eq!(
        sent(&call),
        (
            "GET",
            "102290129340398/message_template_previews?category=AUTHENTICATION\
             &languages=en_US,es_ES&add_security_recommendation=true\
             &code_expiration_minutes=10&button_types=OTP"
                .to_owned(),
            Value::Null
        )
    );
    for (minutes, is_taken) in [(0, false), (1, true), (90, true), (91, false)] {
        call.code_expiration_minutes = Some(minutes);
        assert_eq!(call.request().is_ok(), is_taken, "{minutes}");
    }

    let page: Page<TemplatePreview> = read(json!({"data": [{
        "body": "*{{1}}* is your verification code.",
        "buttons": [{"autofill_text": "Autofill", "text": "Copy code"}],
        "footer": "This code expires in 10 minutes.",
        "language": "en_US",
    }]}));
    let preview = &page.data[0];
    assert_eq!(preview.buttons[0].autofill_text.as_deref(), Some("Autofill"));
    assert_eq!(preview.footer.as_deref(), Some("This code expires in 10 minutes."));
    assert!(preview.other.is_empty());
}

#[test]
fn the_library_is_searched() {
    let mut call = ListLibraryTemplates::new();
    assert_eq!(sent(&call).1, "message_template_library");
    call.search = Some("payments".to_owned());
    call.topic = Some("PAYMENTS".to_owned());
    call.usecase = Some("FRAUD_ALERT".to_owned());
    call.industry = Some("E_COMMERCE".to_owned());
    call.language = Some("en_US".to_owned());
    call.category = vec![TemplateCategory::Utility];
    call.name = Some("x".to_owned());
    assert_eq!(
        sent(&call).1,
        "message_template_library?search=payments&topic=PAYMENTS&usecase=FRAUD_ALERT\
         &industry=E_COMMERCE&language=en_US&category=UTILITY&name=x"
    );

    let page: Page<LibraryTemplate> = read(json!({"data": [{
        "name": "low_balance_warning_1",
        "language": "en_US",
        "category": "UTILITY",
        "topic": "PAYMENTS",
        "usecase": "LOW_BALANCE_WARNING",
        "industry": ["FINANCIAL_SERVICES"],
        "header": "Your account balance is low",
        "body": "Hi {{1}},\n{{2}}",
        "body_params": ["Jim", "CS Mutual"],
        "body_param_types": ["TEXT", "TEXT"],
        "buttons": [
            {"type": "URL", "text": "Make a deposit", "url": "https://www.example.com/"},
            {"type": "PHONE_NUMBER", "text": "Call us", "phone_number": "+18005551234"},
        ],
        "id": "7147013345418927",
    }]}));
    let template = &page.data[0];
    assert!(template.other.is_empty());
    assert_eq!(template.industry, ["FINANCIAL_SERVICES"].into());
    assert_eq!(template.body_params, ["Jim", "CS Mutual"]);
    assert!(matches!(&template.buttons[1], Button::PhoneNumber(call) if call.text == "Call us"));
}

#[test]
fn marketing_templates_can_be_switched_off() {
    let setting = CloudApiMarketing {
        disable_marketing_messages_on_cloud_api: Some(false),
        ..CloudApiMarketing::default()
    };
    assert_eq!(
        sent(&SetCloudApiMarketing::new("1", setting)),
        ("POST", "1".to_owned(), json!({"disable_marketing_messages_on_cloud_api": false}))
    );
    let unsaid = SetCloudApiMarketing::new("1", CloudApiMarketing::default());
    assert_eq!(refused(&unsaid).len(), 1);
}
