//! The templates and figures of a corpus of calls: really read, and not refused.

use std::fs;
use std::path::Path;

use serde_json::{Map, Value};
use whatsapp_cloud::api::analytics::{
    CallAnalyticsAnswer, ConversationAnalyticsAnswer, MessageAnalyticsAnswer, TemplateAnalytics,
};
use whatsapp_cloud::api::templates::{
    ArchiveResult, Button, Comparison, Component, CreatedTemplate, CreatedTemplateGroup,
    LibraryTemplate, Template, TemplateEdit, TemplateGroup, TemplateIds, TemplateInfo,
    TemplateLanguages, UpsertedTemplates,
};
use whatsapp_cloud::wire::Page;

use super::read;

/// Members that come in more than one form: they are read, and kept as they came.
const IN_SEVERAL_FORMS: &[&str] = &[
    "type",
    "category",
    "format",
    "otp_type",
    "parameter_format",
    "product_type",
    "message_send_ttl_seconds",
    "buttons",
    "whatsapp_business_templates",
];

/// What is left over, with the reason.
const LEFT_OVER: &[(&str, &str)] = &[
    // Made for the corpus after the answer of prices, and on no page of Meta's.
    ("get--waba_id--constructed-01.json", "volume"),
    ("get--waba_id--constructed-01.json", "pricing_category"),
    ("get--waba_id--constructed-02.json", "volume"),
    ("get--waba_id--constructed-02.json", "pricing_category"),
];

/// Templates that Meta's own pages print wrongly, and what is said about them.
const WRONG: &[(&str, &str)] = &[
    // Meta's table on the same page says 12 hours at least.
    (
        "post--message_templates--marketing--metadocs-06.json",
        "message_send_ttl_seconds: 43200 to 2592000 seconds, found 120",
    ),
];

/// What lands in `other`.
#[derive(Default)]
struct Left(Vec<String>);

impl Left {
    fn add(&mut self, other: &Map<String, Value>) {
        let unknown = |name: &&String| !IN_SEVERAL_FORMS.contains(&name.as_str());
        self.0.extend(other.keys().filter(unknown).cloned());
    }

    fn parts(&mut self, parts: &[Component]) {
        for part in parts {
            match part {
                Component::Header(header) => {
                    self.add(&header.other);
                    if let Some(example) = &header.example {
                        self.add(&example.other);
                    }
                }
                Component::Body(body) => {
                    self.add(&body.other);
                    if let Some(example) = &body.example {
                        self.add(&example.other);
                    }
                }
                Component::Footer(footer) => self.add(&footer.other),
                Component::Buttons(buttons) => {
                    self.add(&buttons.other);
                    self.buttons(&buttons.buttons);
                }
                Component::Carousel(carousel) => {
                    self.add(&carousel.other);
                    for card in &carousel.cards {
                        self.add(&card.other);
                        self.parts(&card.components);
                    }
                }
                Component::LimitedTimeOffer(offer) => {
                    self.add(&offer.other);
                    if let Some(offer) = &offer.limited_time_offer {
                        self.add(&offer.other);
                    }
                }
                Component::CallPermissionRequest(request) => self.add(&request.other),
                other => self.0.push(format!("a part {}", other.kind())),
            }
        }
    }

    fn buttons(&mut self, buttons: &[Button]) {
        for button in buttons {
            match button {
                Button::QuickReply(button) => self.add(&button.other),
                Button::Url(button) => self.add(&button.other),
                Button::PhoneNumber(button) => self.add(&button.other),
                Button::CopyCode(button) => self.add(&button.other),
                Button::Otp(button) => {
                    self.add(&button.other);
                    for app in &button.supported_apps {
                        self.add(&app.other);
                    }
                }
                Button::Flow(button) => self.add(&button.other),
                Button::Catalog(button) => self.add(&button.other),
                Button::ProductList(button) => self.add(&button.other),
                other => self.0.push(format!("a button {}", other.kind())),
            }
        }
    }

    fn info(&mut self, info: &TemplateInfo) {
        self.add(&info.other);
        self.parts(&info.components);
    }

    fn template(&mut self, template: &Template) {
        self.add(&template.other);
        self.parts(&template.components);
        for input in &template.library_template_button_inputs {
            self.add(&input.other);
        }
        assert!(template.category.as_str() == "TRANSACTIONAL" || template.category.is_known());
    }
}

/// Reads the body of a call; `None` when it is none of these.
fn request(method: &str, path: &str, body: Value, found: &mut Vec<String>) -> Option<Left> {
    let mut left = Left::default();
    match (method, path) {
        ("POST", "/{version}/{waba_id}/message_templates") => {
            let template: Template = read(body);
            left.template(&template);
            found.extend(template.check().as_slice().iter().map(ToString::to_string));
        }
        ("POST", "/{version}/{template_id}") => {
            let edit: TemplateEdit = read(body);
            left.add(&edit.other);
            left.parts(&edit.components);
        }
        ("POST", "/{version}/{waba_id}/upsert_message_templates") => {
            let templates: TemplateLanguages = read(body);
            left.add(&templates.other);
            left.parts(&templates.components);
        }
        ("POST", "/{version}/{waba_id}/template_groups") => {
            left.add(&read::<TemplateGroup>(body).other);
        }
        ("POST", "https://api.facebook.com/{waba_id}/message_templates/unarchive") => {
            left.add(&read::<TemplateIds>(body).other);
        }
        _ => return None,
    }
    Some(left)
}

/// Reads an answer; `None` when it is none of these.
fn answer(method: &str, path: &str, fields: &str, body: Value) -> Option<Left> {
    let mut left = Left::default();
    match (method, path) {
        ("POST", "/{version}/{waba_id}/message_templates") => {
            left.add(&read::<CreatedTemplate>(body).other);
        }
        ("POST", "/{version}/{waba_id}/upsert_message_templates") => {
            for one in read::<UpsertedTemplates>(body).data {
                left.add(&one.other);
            }
        }
        ("POST", "/{version}/{waba_id}/template_groups") => {
            left.add(&read::<CreatedTemplateGroup>(body).other);
        }
        ("POST", "https://api.facebook.com/{waba_id}/message_templates/unarchive") => {
            let result: ArchiveResult = read(body);
            left.add(&result.other);
            assert_eq!(result.failed_templates.0.len(), 1);
        }
        // The namespace is the account's, not a template's.
        ("GET", "/{version}/{template_id}") if fields != "message_template_namespace" => {
            left.info(&read(body));
        }
        // A template of the library alone, without its list.
        ("GET", "/{version}/{waba_id}/message_templates") if body.get("data").is_none() => {
            left.library(&read(body));
        }
        ("GET", "/{version}/{waba_id}/message_templates") => {
            let page: Page<TemplateInfo> = read(body);
            page.data.iter().for_each(|info| left.info(info));
        }
        ("GET", "/{version}/message_template_library") => {
            let page: Page<LibraryTemplate> = read(body);
            page.data.iter().for_each(|template| left.library(template));
        }
        ("GET", "/{version}/{template_id}/compare") => {
            let page: Page<Comparison> = read(body);
            page.data.iter().for_each(|one| left.add(&one.other));
        }
        ("GET", "/{version}/{waba_id}/template_analytics") => {
            let page: Page<TemplateAnalytics> = read(body);
            for one in &page.data {
                left.add(&one.other);
                one.data_points.iter().for_each(|point| left.add(&point.other));
            }
        }
        ("GET", _) if body.get("analytics").is_some() => {
            let answer: MessageAnalyticsAnswer = read(body);
            left.add(&answer.other);
            left.add(&answer.analytics.unwrap().other);
        }
        ("GET", _) if body.get("conversation_analytics").is_some() => {
            let answer: ConversationAnalyticsAnswer = read(body);
            left.add(&answer.other);
            for points in answer.conversation_analytics.unwrap().data {
                points.data_points.iter().for_each(|point| left.add(&point.other));
            }
        }
        ("GET", _) if body.get("call_analytics").is_some() => {
            let answer: CallAnalyticsAnswer = read(body);
            left.add(&answer.other);
            for points in answer.call_analytics.unwrap().data {
                points.data_points.iter().for_each(|point| left.add(&point.other));
            }
        }
        _ => return None,
    }
    Some(left)
}

impl Left {
    fn library(&mut self, template: &LibraryTemplate) {
        self.add(&template.other);
        self.buttons(&template.buttons);
    }
}

#[test]
fn what_meta_takes_is_read_whole_and_not_refused() {
    let folder =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/cloud-api/corpus/requests");
    let Ok(index) = fs::read_to_string(folder.join("index.jsonl")) else {
        println!("skipped: there is no corpus of calls");
        return;
    };
    let (mut requests, mut answers) = (0, 0);
    let mut left_over = Vec::new();
    let mut wrong = Vec::new();
    for line in index.lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        let file = line["file"].as_str().unwrap();
        let text = fs::read_to_string(folder.join(file)).unwrap();
        let call: Value = serde_json::from_str(&text).unwrap();
        let (method, path) = (call["method"].as_str().unwrap(), call["path_template"].as_str());
        let path = path.unwrap();
        let mut found = Vec::new();
        let mut lefts = Vec::new();
        if call["body"].is_object()
            && let Some(left) = request(method, path, call["body"].clone(), &mut found)
        {
            requests += 1;
            lefts.push(left);
        }
        let mut answered = call["expected_response"]["body"].clone();
        // An empty page is written without its list.
        if answered["data"].as_array().is_some_and(Vec::is_empty) {
            answered = Value::Null;
        }
        let fields = call["query"]["fields"].as_str().unwrap_or_default();
        if answered.is_object()
            && answered.get("error").is_none()
            && let Some(left) = answer(method, path, fields, answered.clone())
        {
            answers += 1;
            lefts.push(left);
        }
        for name in lefts.into_iter().flat_map(|left| left.0) {
            left_over.push((file.to_owned(), name));
        }
        for rule in found {
            wrong.push((file.to_owned(), rule));
        }
    }
    assert!(requests >= 30 && answers >= 40, "{requests} {answers}");
    let owned = |pairs: &[(&str, &str)]| -> Vec<(String, String)> {
        let mut pairs: Vec<_> =
            pairs.iter().map(|(file, what)| ((*file).to_owned(), (*what).to_owned())).collect();
        pairs.sort();
        pairs
    };
    left_over.sort();
    wrong.sort();
    assert_eq!(left_over, owned(LEFT_OVER));
    assert_eq!(wrong, owned(WRONG));
}
