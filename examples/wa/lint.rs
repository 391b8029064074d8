//! `wa lint`: whether Meta would take the body of a message or a template.

use std::io::Write;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use whatsapp_cloud::api::messages::{EncryptedMessage, MarketingMessage, Message, Receipt};
use whatsapp_cloud::api::templates::{Template, TemplateEdit, TemplateLanguages};
use whatsapp_cloud::api::{Lint, Violation};

use crate::members::{members_twice, without_mark};
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
                wrong.retain(|wrong| !is_left_open(wrong, at(&whole, &wrong.path)));
            }
            wrong.extend(members_twice(json));
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

/// Whether a placeholder of documentation stands where something of another form would be
/// right: an id, a link, a number or the name of a template. One that is too long, or stands
/// for what a body is, is as wrong as any other text.
fn is_left_open(wrong: &Wrong, value: Option<&Value>) -> bool {
    let Some(text) = value.and_then(Value::as_str) else { return false };
    let member = wrong.path.rsplit('.').next().unwrap_or_default();
    let is_of_form = !wrong.limit.ends_with(" characters") && !wrong.limit.contains("none");
    let is_id = matches!(member, "id" | "to" | "recipient") || member.ends_with("_id");
    let is_open = match placeholder(text) {
        Some(Placeholder::Capitals) => is_id || matches!(member, "link" | "url" | "name"),
        Some(Placeholder::Braces) => is_id,
        Some(Placeholder::Link) => matches!(member, "link" | "url"),
        None => false,
    };
    // An example of Meta's leaves open of which kind a header is.
    let is_header = wrong.path.ends_with("header.type") && text == "<HEADER_TYPE>";
    is_of_form && is_open || is_header
}

/// What stands for what is to be put in its place.
enum Placeholder {
    /// `<IMAGE_OBJECT_ID>`.
    Capitals,
    /// `{{Recipient-Phone-Number}}`.
    Braces,
    /// `http(s)://the-url`, with or without angle brackets.
    Link,
}

/// The longest placeholder that is one.
const LONGEST_PLACEHOLDER: usize = 64;

fn placeholder(text: &str) -> Option<Placeholder> {
    let inner = |open, close| text.strip_prefix(open)?.strip_suffix(close);
    let is_plain = |inner: &str| {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
        inner.starts_with(|first: char| first.is_ascii_alphabetic()) && inner.bytes().all(is_plain)
    };
    let is_link = |text: &str| text.strip_prefix("http(s)://").is_some_and(is_plain);
    if text.len() > LONGEST_PLACEHOLDER {
        return None;
    }
    match (inner("<", ">"), inner("{{", "}}")) {
        (Some(inner), _) if is_link(inner) => Some(Placeholder::Link),
        (Some(inner), _) => {
            let is_capital = !inner.bytes().any(|byte| byte.is_ascii_lowercase());
            (is_plain(inner) && is_capital).then_some(Placeholder::Capitals)
        }
        (None, Some(inner)) => {
            let is_name = is_plain(inner) && inner.starts_with(|first: char| first.is_uppercase());
            is_name.then_some(Placeholder::Braces)
        }
        (None, None) => is_link(text).then_some(Placeholder::Link),
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

    pub(crate) fn twice(path: String) -> Self {
        Self { path, limit: "each member once".to_owned(), found: Some("one twice".to_owned()) }
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
        let json = without_mark(json);
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
