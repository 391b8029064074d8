//! `wa lint`: whether Meta would take the body of a message or a template.

use std::io::Write;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use whatsapp_cloud::api::messages::{EncryptedMessage, MarketingMessage, Message, Receipt};
use whatsapp_cloud::api::templates::{Template, TemplateEdit, TemplateLanguages};
use whatsapp_cloud::api::{Lint, Violation};

use crate::{FAILED, FINE, Failure, NOT_VALID, Options, complain, print, read};

/// Judges each file; goes on with the others when one is wrong or cannot be read. What a
/// placeholder of documentation stands for is not judged.
pub(crate) fn run(options: &Options, out: &mut impl Write) -> Result<u8, Failure> {
    let mut code = FINE;
    for file in options.files() {
        let name = file.to_string_lossy();
        let line = match read(file) {
            Ok(body) => judge(&name, &body),
            Err(reason) => {
                complain(&format_args!("{name}: {reason}"));
                code = FAILED;
                Line::wrong(&name, vec![Wrong::whole("a file that can be read", None)])
            }
        };
        if !line.ok {
            code = code.max(NOT_VALID);
        }
        print(&line, out)?;
    }
    Ok(code)
}

fn judge<'f>(file: &'f str, json: &[u8]) -> Line<'f> {
    match Body::read(json) {
        Ok(body) => {
            let mut wrong = body.wrong();
            if !wrong.is_empty() {
                let whole = serde_json::to_value(&body).unwrap_or_default();
                let stands_for = |value| is_placeholder(value, body.is_template());
                wrong.retain(|wrong| !at(&whole, &wrong.path).is_some_and(stands_for));
            }
            if wrong.is_empty() {
                Line { file, ok: true, body: Some(body), violations: None }
            } else {
                Line::wrong(file, wrong)
            }
        }
        Err(wrong) => Line::wrong(file, vec![wrong]),
    }
}

/// What stands at a path such as `components[0].text`.
fn at<'v>(whole: &'v Value, path: &str) -> Option<&'v Value> {
    path.split(['.', '[']).try_fold(whole, |value, step| match step.strip_suffix(']') {
        Some(index) => value.get(index.parse::<usize>().ok()?),
        None => value.get(step),
    })
}

/// Whether it stands for what is to be put in its place, as in Meta's documentation:
/// `<IMAGE_OBJECT_ID>`, `{{Recipient-Phone-Number}}`, `http(s)://the-url`. In a template braces
/// are a variable.
fn is_placeholder(value: &Value, in_template: bool) -> bool {
    let text = value.as_str().unwrap_or_default();
    let inner = |open, close| text.strip_prefix(open)?.strip_suffix(close);
    let is_capital = |first: char| first.is_ascii_uppercase();
    let is_plain = |inner: &str| !inner.contains(['<', '>', '{', '}']);
    let is_link = |text: &str| text.starts_with("http(s)://");
    match (inner("<", ">"), inner("{{", "}}")) {
        (Some(inner), _) => is_plain(inner) && (inner.starts_with(is_capital) || is_link(inner)),
        (None, Some(inner)) => !in_template && is_plain(inner) && inner.starts_with(is_capital),
        (None, None) => is_link(text),
    }
}

/// What is said of a body.
#[derive(Serialize)]
pub(crate) struct Line<'f> {
    file: &'f str,
    ok: bool,
    /// The body as the types of this crate write it again.
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<Body>,
    #[serde(skip_serializing_if = "Option::is_none")]
    violations: Option<Vec<Wrong>>,
}

impl<'f> Line<'f> {
    pub(crate) fn wrong(file: &'f str, violations: Vec<Wrong>) -> Self {
        Self { file, ok: false, body: None, violations: Some(violations) }
    }
}

/// One thing that is wrong with a body: where, what would be right, and what was there
/// instead, never its content.
#[derive(Serialize)]
pub(crate) struct Wrong {
    path: String,
    limit: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    found: Option<String>,
}

impl Wrong {
    fn whole(limit: &str, found: Option<String>) -> Self {
        Self { path: String::new(), limit: limit.to_owned(), found }
    }
}

impl From<&Violation> for Wrong {
    fn from(violation: &Violation) -> Self {
        Self {
            path: violation.path().to_owned(),
            limit: violation.limit().to_owned(),
            found: violation.found().map(str::to_owned),
        }
    }
}

/// A body, as what it says it is.
#[derive(Serialize)]
#[serde(untagged)]
pub(crate) enum Body {
    /// Of `/{phone-number-id}/messages`.
    Message(Box<Message>),
    /// Of the same: that a message was read, or is being answered.
    Receipt(Receipt),
    /// Of `/{phone-number-id}/marketing_messages`.
    Marketing(Box<MarketingMessage>),
    /// Of `/{phone-number-id}/messages_encrypted`.
    Encrypted(EncryptedMessage),
    /// Of `/{waba-id}/message_templates`.
    Template(Box<Template>),
    /// Of `/{template-id}`.
    Edit(Box<TemplateEdit>),
    /// Of `/{waba-id}/upsert_message_templates`.
    Languages(TemplateLanguages),
}

impl Body {
    pub(crate) fn read(json: &[u8]) -> Result<Self, Wrong> {
        let json = json.strip_prefix("\u{feff}".as_bytes()).unwrap_or(json);
        // What serde_json says names a place and what it expected there, and quotes nothing.
        let value = serde_json::from_slice(json)
            .map_err(|error| Wrong::whole("JSON", Some(error.to_string())))?;
        let Value::Object(members) = value else {
            return Err(Wrong::whole("a JSON object", Some("another value".to_owned())));
        };
        Ok(match Kind::of(&members) {
            Kind::Message => Self::Message(from(members)?),
            Kind::Receipt => Self::Receipt(from(members)?),
            Kind::Marketing => Self::Marketing(from(members)?),
            Kind::Encrypted => Self::Encrypted(from(members)?),
            Kind::Template => Self::Template(from(members)?),
            Kind::Edit => Self::Edit(from(members)?),
            Kind::Languages => Self::Languages(from(members)?),
        })
    }

    fn is_template(&self) -> bool {
        matches!(self, Self::Template(_) | Self::Edit(_) | Self::Languages(_))
    }

    pub(crate) fn wrong(&self) -> Vec<Wrong> {
        let found = match self {
            Self::Message(message) => message.lint(),
            Self::Receipt(receipt) => receipt.lint(),
            Self::Marketing(message) => message.lint(),
            Self::Encrypted(message) => message.lint(),
            Self::Template(template) => template.lint(),
            Self::Edit(edit) => edit.lint(),
            Self::Languages(templates) => templates.lint(),
        };
        found.as_slice().iter().map(Wrong::from).collect()
    }
}

fn from<T: for<'de> Deserialize<'de>>(members: Map<String, Value>) -> Result<T, Wrong> {
    // The types read every object; what is wrong in it is said when it is checked.
    T::deserialize(Value::Object(members)).map_err(|_| Wrong::whole("an object of Meta's", None))
}

/// What a body is, as its members tell.
enum Kind {
    Message,
    Receipt,
    Marketing,
    Encrypted,
    Template,
    Edit,
    Languages,
}

/// Members that a message has, and a template has not.
const OF_MESSAGES: [&str; 6] =
    ["messaging_product", "recipient_type", "to", "recipient", "type", "context"];

/// Members that a template has, and a message has not; `category` both have.
const OF_TEMPLATES: [&str; 9] = [
    "name",
    "language",
    "components",
    "category",
    "parameter_format",
    "message_send_ttl_seconds",
    "allow_category_change",
    "cta_url_link_tracking_opted_out",
    "library_template_name",
];

impl Kind {
    fn of(members: &Map<String, Value>) -> Self {
        let has = |name: &&str| members.contains_key(*name);
        let is_receipt = has(&"status") || has(&"typing_indicator");
        if !OF_MESSAGES.iter().any(has) && !is_receipt && OF_TEMPLATES.iter().any(has) {
            return match () {
                () if has(&"languages") => Self::Languages,
                // A template that is there has both already; Meta takes them all the same.
                () if ["name", "language", "library_template_name"].iter().any(has) => {
                    Self::Template
                }
                () => Self::Edit,
            };
        }
        if has(&"encrypted_contents") {
            Self::Encrypted
        } else if is_receipt && !has(&"type") {
            Self::Receipt
        } else if has(&"product_policy") || has(&"message_activity_sharing") {
            Self::Marketing
        } else {
            Self::Message
        }
    }
}
