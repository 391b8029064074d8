//! What Meta refuses in the parts of a template.
//!
//! Sources: <https://developers.facebook.com/docs/whatsapp/business-management-api/message-templates/components>
//! and the page of each kind of template below it.

use std::collections::HashSet;

use crate::api::templates::variable::{Variable, variables};
use crate::api::templates::{
    Body, Button, Card, Component, Footer, Header, HeaderFormat, NamedExample, OtpButton, OtpType,
    ParameterFormat, SupportedApp, TemplateCategory, UrlButton,
};
use crate::violation::{Violations, any_twice};

/// How long a text may be, in characters.
const MOST_BODY: usize = 1_024;
const MOST_BODY_OF_OFFER: usize = 600;
const MOST_BODY_OF_CARD: usize = 160;
const MOST_HEADER: usize = 60;
const MOST_FOOTER: usize = 60;
const MOST_LABEL: usize = 25;
const MOST_CALL_LABEL: usize = 20;
const MOST_URL: usize = 2_000;
const MOST_PHONE_NUMBER: usize = 20;
const MOST_CODE: usize = 20;
const MOST_CODE_OF_OFFER: usize = 15;
const MOST_OFFER: usize = 16;
const MOST_PACKAGE: usize = 224;
const HASH: usize = 11;

/// How many there may be.
const MOST_BUTTONS: usize = 10;
const MOST_BUTTONS_OF_CARD: usize = 2;
const MOST_APPS: usize = 5;
const LEAST_CARDS: usize = 2;
const MOST_CARDS: usize = 10;
/// A carousel of products is made with two cards and sent with up to ten.
///
/// Source: <https://developers.facebook.com/docs/whatsapp/business-management-api/message-templates/product-card-carousel-templates>
const PRODUCT_CARDS: usize = 2;

/// How many buttons there may be of one type.
const MOST_OF_A_KIND: [(&str, usize); 8] = [
    ("URL", 2),
    ("PHONE_NUMBER", 1),
    ("COPY_CODE", 1),
    ("VOICE_CALL", 1),
    ("CATALOG", 1),
    ("MPM", 1),
    ("SPM", 1),
    ("ORDER_DETAILS", 1),
];

/// What is known of a template beside its parts.
#[derive(Clone, Copy)]
pub(super) struct About<'t> {
    /// Its category, when it is said.
    pub(super) category: Option<&'t TemplateCategory>,
    /// How its variables are written.
    pub(super) variables: Style,
}

/// How variables are written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Numbered,
    Named,
    /// As they are: it is not said.
    Any,
}

impl Style {
    /// What a format says. Meta takes `POSITIONAL` for none.
    pub(super) fn of(format: Option<&ParameterFormat>) -> Self {
        match format {
            None | Some(ParameterFormat::Positional) => Self::Numbered,
            Some(ParameterFormat::Named) => Self::Named,
            Some(ParameterFormat::Unknown(_)) => Self::Any,
        }
    }
}

/// What the parts of a template say of each other.
#[derive(Clone, Copy)]
struct Kind {
    style: Style,
    is_authentication: bool,
    is_offer: bool,
    is_card: bool,
    most_body: usize,
}

/// Finds what is wrong with the parts of a template, which are being checked.
pub(super) fn check_components(components: &[Component], about: About<'_>, found: &mut Violations) {
    let is_offer = any(components, |part| matches!(part, Component::LimitedTimeOffer(_)));
    let is_product = any(components, |part| match part {
        Component::Header(header) => header.format == HeaderFormat::Product,
        _ => false,
    });
    let kind = Kind {
        style: about.variables,
        is_authentication: is_authentication(components, about.category),
        is_offer,
        is_card: false,
        most_body: if is_offer {
            MOST_BODY_OF_OFFER
        } else if is_product {
            MOST_BODY_OF_CARD
        } else {
            MOST_BODY
        },
    };
    if !any(components, |part| matches!(part, Component::Body(_))) {
        found.say("a body, found none");
    }
    let is_carousel = any(components, |part| matches!(part, Component::Carousel(_)));
    for (index, part) in components.iter().enumerate() {
        found.within_element(index, |found| {
            let of_marketing =
                matches!(part, Component::Carousel(_) | Component::LimitedTimeOffer(_));
            let is_other = about.category.is_some_and(|category| {
                category.is_known() && *category != TemplateCategory::Marketing
            });
            if of_marketing && is_other {
                found.say("for marketing templates only");
            }
            let is_outside =
                matches!(part, Component::Header(_) | Component::Footer(_) | Component::Buttons(_));
            if is_carousel && is_outside {
                found.say("a body beside a carousel, found another part");
            }
        });
    }
    check_parts(components, kind, found);
}

fn any(components: &[Component], is: impl Fn(&Component) -> bool) -> bool {
    components.iter().any(is)
}

fn is_authentication(components: &[Component], category: Option<&TemplateCategory>) -> bool {
    if let Some(category) = category {
        return *category == TemplateCategory::Authentication;
    }
    any(components, |part| match part {
        Component::Body(body) => body.add_security_recommendation.is_some(),
        Component::Footer(footer) => footer.code_expiration_minutes.is_some(),
        Component::Buttons(buttons) => {
            buttons.buttons.iter().any(|button| matches!(button, Button::Otp(_)))
        }
        _ => false,
    })
}

fn check_parts(components: &[Component], kind: Kind, found: &mut Violations) {
    let mut kinds = HashSet::new();
    for (index, part) in components.iter().enumerate() {
        found.within_element(index, |found| {
            if !part.kind().is_empty() && !kinds.insert(part.kind()) {
                found.say("one part of each type, found another");
            }
            check_part(part, kind, found);
        });
    }
    let has_otp = any(components, |part| match part {
        Component::Buttons(buttons) => {
            buttons.buttons.iter().any(|button| matches!(button, Button::Otp(_)))
        }
        _ => false,
    });
    if kind.is_authentication && !has_otp {
        found.say("an authentication template has an OTP button, found none");
    }
}

fn check_part(part: &Component, kind: Kind, found: &mut Violations) {
    match part {
        Component::Header(header) => check_header(header, kind, found),
        Component::Body(body) => check_body(body, kind, found),
        Component::Footer(footer) => check_footer(footer, kind, found),
        Component::Buttons(buttons) => {
            found.within("buttons", |found| check_buttons(&buttons.buttons, kind, found));
        }
        Component::Carousel(carousel) if !kind.is_card => {
            found.within("cards", |found| check_cards(&carousel.cards, kind, found));
        }
        Component::LimitedTimeOffer(offer) if !kind.is_card => match &offer.limited_time_offer {
            Some(offer) => found.within("limited_time_offer", |found| {
                found.length("text", &offer.text, 1, MOST_OFFER);
            }),
            None => found.add("limited_time_offer", "an offer, found none"),
        },
        Component::Carousel(_) | Component::LimitedTimeOffer(_) => {
            found.say("not within a card");
        }
        Component::CallPermissionRequest(_) | Component::Other(_) => {}
    }
    let is_fixed =
        matches!(part, Component::Body(_) | Component::Footer(_) | Component::Buttons(_));
    if kind.is_authentication && !is_fixed {
        found.say("an authentication template has a body, a footer and a button only");
    }
}

fn check_header(header: &Header, kind: Kind, found: &mut Violations) {
    let example = header.example.clone().unwrap_or_default();
    match &header.format {
        HeaderFormat::Text => {
            let text = header.text.as_deref().unwrap_or_default();
            found.length("text", text, 1, MOST_HEADER);
            let names = &example.header_text_named_params;
            let numbered = vec![example.header_text.0.clone()];
            let count = check_variables("text", text, kind.style, found);
            if let Some(variables) = count {
                if variables.len() > 1 {
                    let rule = format!("one variable at most, found {}", variables.len());
                    found.add("text", rule);
                }
                found.within("example", |found| {
                    check_examples("header_text", &variables, &numbered, names, found);
                });
            }
        }
        HeaderFormat::Image | HeaderFormat::Video | HeaderFormat::Document | HeaderFormat::Gif => {
            if example.header_handle.0.is_empty() && example.header_url.0.is_empty() {
                found.add("example.header_handle", "the handle of an example, found none");
            }
        }
        HeaderFormat::Location | HeaderFormat::Product | HeaderFormat::Unknown(_) => {}
    }
    if header.format.as_str().is_empty() {
        found.add("format", "a format, found none");
    }
    let is_media = matches!(header.format, HeaderFormat::Image | HeaderFormat::Video);
    if kind.is_offer && header.format.is_known() && !is_media {
        found.add("format", "IMAGE or VIDEO beside a limited-time offer");
    }
    let is_for_card = is_media || header.format == HeaderFormat::Product;
    if kind.is_card && header.format.is_known() && !is_for_card {
        found.add("format", "IMAGE, VIDEO or PRODUCT in a card");
    }
}

fn check_body(body: &Body, kind: Kind, found: &mut Violations) {
    if kind.is_authentication {
        if body.text.is_some() {
            found.add("text", "none: the text of an authentication template is Meta's");
        }
        return;
    }
    if body.add_security_recommendation.is_some() {
        found.add("add_security_recommendation", "for authentication templates only");
    }
    let text = body.text.as_deref().unwrap_or_default();
    found.length("text", text, 1, kind.most_body);
    let Some(variables) = check_variables("text", text, kind.style, found) else {
        return;
    };
    let at_start = variables.first().is_some_and(|first| text[..first.start].trim().is_empty());
    let at_end = variables.last().is_some_and(|last| text[last.end..].trim().is_empty());
    if at_start || at_end {
        found.add("text", "a variable stands neither at the start nor at the end");
    }
    let example = body.example.clone().unwrap_or_default();
    found.within("example", |found| {
        let names = &example.body_text_named_params;
        check_examples("body_text", &variables, &example.body_text.0, names, found);
    });
}

fn check_footer(footer: &Footer, kind: Kind, found: &mut Violations) {
    if kind.is_offer || kind.is_card {
        found.say("no footer in a card or beside a limited-time offer");
    }
    if kind.is_authentication {
        if footer.text.is_some() {
            found.add("text", "none: the footer of an authentication template is Meta's");
        }
        if let Some(minutes) = footer.code_expiration_minutes
            && !(1..=90).contains(&minutes)
        {
            found.add("code_expiration_minutes", format!("1 to 90 minutes, found {minutes}"));
        }
        return;
    }
    if footer.code_expiration_minutes.is_some() {
        found.add("code_expiration_minutes", "for authentication templates only");
    }
    let text = footer.text.as_deref().unwrap_or_default();
    found.length("text", text, 1, MOST_FOOTER);
    if variables(text).is_none_or(|variables| !variables.is_empty()) {
        found.add("text", "no variables in a footer");
    }
}

fn check_cards(cards: &[Card], kind: Kind, found: &mut Violations) {
    let count = cards.len();
    if !(LEAST_CARDS..=MOST_CARDS).contains(&count) {
        found.say(format!("{LEAST_CARDS} to {MOST_CARDS} cards, found {count}"));
    } else if count != PRODUCT_CARDS && cards.iter().all(is_of_product) {
        found.say(format!("{PRODUCT_CARDS} cards of products, found {count}"));
    }
    let first = cards.first().map(shape);
    for (index, card) in cards.iter().enumerate() {
        found.within_element(index, |found| {
            if Some(shape(card)) != first {
                found.say("the same parts as the first card");
            }
            found.within("components", |found| {
                let kind = Kind { is_card: true, most_body: MOST_BODY_OF_CARD, ..kind };
                if !any(&card.components, |part| matches!(part, Component::Header(_))) {
                    found.say("a header, found none");
                }
                check_parts(&card.components, kind, found);
            });
        });
    }
}

fn is_of_product(card: &Card) -> bool {
    any(&card.components, |part| match part {
        Component::Header(header) => header.format == HeaderFormat::Product,
        _ => false,
    })
}

/// The parts of a card, which all cards must have.
fn shape(card: &Card) -> Vec<(&str, Vec<&str>)> {
    let mut shape: Vec<_> = card
        .components
        .iter()
        .map(|part| {
            let within = match part {
                Component::Header(header) => vec![header.format.as_str()],
                Component::Buttons(buttons) => buttons.buttons.iter().map(Button::kind).collect(),
                _ => Vec::new(),
            };
            (part.kind(), within)
        })
        .collect();
    shape.sort_unstable();
    shape
}

fn check_buttons(buttons: &[Button], kind: Kind, found: &mut Violations) {
    let most = if kind.is_card { MOST_BUTTONS_OF_CARD } else { MOST_BUTTONS };
    let count = buttons.len();
    if count == 0 || count > most {
        found.say(format!("1 to {most} buttons, found {count}"));
    }
    if kind.is_authentication && count > 1 {
        found.say(format!("an authentication template has one button, found {count}"));
    }
    for (word, most) in MOST_OF_A_KIND {
        let count = buttons.iter().filter(|button| button.kind() == word).count();
        if count > most {
            found.say(format!("{most} {word} at most, found {count}"));
        }
    }
    let is_reply = |button: &Button| matches!(button, Button::QuickReply(_));
    let changes = buttons.windows(2).filter(|two| is_reply(&two[0]) != is_reply(&two[1])).count();
    if changes > 1 {
        found.say("quick replies stand together, before or behind the other buttons");
    }
    for (index, button) in buttons.iter().enumerate() {
        found.within_element(index, |found| check_button(button, kind, found));
    }
}

fn check_button(button: &Button, kind: Kind, found: &mut Violations) {
    let label = |text: &str, found: &mut Violations| found.length("text", text, 1, MOST_LABEL);
    match button {
        Button::QuickReply(reply) => label(&reply.text, found),
        Button::Catalog(catalog) => label(&catalog.text, found),
        Button::ProductList(products) => label(&products.text, found),
        Button::SingleProduct(product) => label(&product.text, found),
        Button::OrderDetails(order) => label(&order.text, found),
        Button::Url(url) => check_url(url, found),
        Button::PhoneNumber(phone) => {
            label(&phone.text, found);
            found.length("phone_number", &phone.phone_number, 1, MOST_PHONE_NUMBER);
        }
        Button::CopyCode(copy) => {
            let most = if kind.is_offer { MOST_CODE_OF_OFFER } else { MOST_CODE };
            found.length("example", &copy.example.0, 1, most);
        }
        Button::Otp(otp) => {
            if !kind.is_authentication {
                found.say("for authentication templates only");
            }
            check_otp(otp, found);
        }
        Button::Flow(flow) => {
            label(&flow.text, found);
            let ways = [flow.flow_id.is_some(), flow.flow_name.is_some(), flow.flow_json.is_some()];
            let count = ways.iter().filter(|is_said| **is_said).count();
            if count != 1 {
                found.say(format!("a flow by id, by name or as JSON, found {count} of them"));
            }
        }
        Button::VoiceCall(call) => {
            found.length("text", &call.text, 1, MOST_CALL_LABEL);
            if let Some(minutes) = call.ttl_minutes
                && !(1_440..=43_200).contains(&minutes)
            {
                found.add("ttl_minutes", format!("1440 to 43200 minutes, found {minutes}"));
            }
        }
        Button::App(app) => {
            if let Some(text) = &app.text {
                label(text, found);
            }
        }
        Button::ContactInfo(contact) => {
            if contact.text.as_deref().is_some_and(|text| text != "Share Contact Info") {
                found.add("text", "nothing, or `Share Contact Info`");
            }
        }
        Button::Other(_) => {}
    }
    if kind.is_authentication && !matches!(button, Button::Otp(_) | Button::Other(_)) {
        found.say("an authentication template has an OTP button only");
    }
}

fn check_url(button: &UrlButton, found: &mut Violations) {
    found.length("text", &button.text, 1, MOST_LABEL);
    found.length("url", &button.url, 1, MOST_URL);
    if button.url.contains(char::is_whitespace) {
        found.add("url", "an address, found one with a space");
    }
    match variables(&button.url).as_deref() {
        None => found.add("url", "braces that open and do not close"),
        Some([]) => {}
        Some([variable]) => {
            if variable.end != button.url.len() {
                found.add("url", "a variable stands at the end");
            }
            if button.example.0.is_empty() {
                found.add("example", "an example for the variable, found none");
            }
        }
        Some(more) => found.add("url", format!("one variable at most, found {}", more.len())),
    }
}

fn check_otp(button: &OtpButton, found: &mut Violations) {
    for (member, label) in [("text", &button.text), ("autofill_text", &button.autofill_text)] {
        if let Some(label) = label {
            found.length(member, label, 1, MOST_LABEL);
        }
    }
    let is_by_app = match button.otp_type {
        OtpType::OneTap | OtpType::ZeroTap => true,
        OtpType::CopyCode | OtpType::Unknown(_) => false,
    };
    if button.otp_type.as_str().is_empty() {
        found.add("otp_type", "a type, found none");
    }
    if button.otp_type == OtpType::ZeroTap && button.zero_tap_terms_accepted != Some(true) {
        found.add("zero_tap_terms_accepted", "true");
    }
    let only = SupportedApp {
        package_name: button.package_name.clone().unwrap_or_default(),
        signature_hash: button.signature_hash.clone().unwrap_or_default(),
        ..SupportedApp::default()
    };
    let count = button.supported_apps.len();
    if button.package_name.is_some() || button.signature_hash.is_some() {
        check_app(&only, found);
    } else if count > MOST_APPS || (is_by_app && count == 0) {
        found.add("supported_apps", format!("1 to {MOST_APPS} apps, found {count}"));
    }
    found.within("supported_apps", |found| {
        for (index, app) in button.supported_apps.iter().enumerate() {
            found.within_element(index, |found| check_app(app, found));
        }
    });
}

fn check_app(app: &SupportedApp, found: &mut Violations) {
    found.length("package_name", &app.package_name, 1, MOST_PACKAGE);
    let is_segment = |segment: &str| {
        segment.starts_with(|first: char| first.is_ascii_alphabetic())
            && segment.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    };
    let segments = app.package_name.split('.').count();
    if segments < 2 || !app.package_name.split('.').all(is_segment) {
        found.add("package_name", "two segments or more of letters, digits and underscores");
    }
    let is_hash = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=');
    // Meta's own examples have one that is encoded as in an address.
    let hash = app.signature_hash.replace("%2F", "/").replace("%2B", "+").replace("%3D", "=");
    if hash.len() != HASH || !hash.bytes().all(is_hash) {
        found.add("signature_hash", format!("{HASH} letters, digits, +, / or ="));
    }
}

/// Finds what is wrong with the variables of a text. `None` where they cannot be told.
fn check_variables<'t>(
    member: &str,
    text: &'t str,
    style: Style,
    found: &mut Violations,
) -> Option<Vec<Variable<'t>>> {
    let Some(variables) = variables(text) else {
        found.add(member, "braces that open and do not close");
        return None;
    };
    let are_numbers = variables.iter().all(|variable| variable.number().is_some());
    let style = match style {
        Style::Any if are_numbers => Style::Numbered,
        Style::Any => Style::Named,
        said => said,
    };
    if style == Style::Named {
        if !variables.iter().all(Variable::is_named) {
            found.add(member, "variables named in lower-case letters, digits and underscores");
        }
        if any_twice(variables.iter().map(|variable| variable.name)) {
            found.add(member, "each named variable once");
        }
        return Some(variables);
    }
    if !are_numbers {
        found.add(member, "numbered variables, unless `parameter_format` is NAMED");
        return None;
    }
    let count = count(&variables);
    let numbers: HashSet<_> = variables.iter().filter_map(Variable::number).collect();
    if !(1..=count).all(|number| numbers.contains(&number)) {
        found.add(member, "variables numbered from 1 without gaps");
    }
    Some(variables)
}

/// How many different variables there are.
fn count(variables: &[Variable<'_>]) -> usize {
    let mut names: Vec<_> = variables.iter().map(|variable| variable.name).collect();
    names.sort_unstable();
    names.dedup();
    names.len()
}

/// Finds whether there is an example for each variable.
fn check_examples(
    member: &str,
    variables: &[Variable<'_>],
    numbered: &[Vec<String>],
    named: &[NamedExample],
    found: &mut Violations,
) {
    let count = count(variables);
    if count == 0 {
        return;
    }
    if variables.iter().all(|variable| variable.number().is_some()) {
        let examples = numbered.first().map_or(0, Vec::len);
        if examples != count || numbered.iter().any(|row| row.len() != count) {
            found.add(member, format!("{count} examples, one for each variable, found {examples}"));
        }
        return;
    }
    let is_said = |example: &&NamedExample| !example.example.is_empty();
    let shown: HashSet<_> =
        named.iter().filter(is_said).map(|example| example.param_name.as_str()).collect();
    if !variables.iter().all(|variable| shown.contains(variable.name)) {
        found.add(format!("{member}_named_params"), "an example for each variable");
    }
}

/// Finds whether messages of a template may be kept that long.
pub(super) fn check_ttl(
    seconds: Option<i64>,
    category: Option<&TemplateCategory>,
    found: &mut Violations,
) {
    let (least, most, may_be_longest) = match category {
        Some(TemplateCategory::Authentication) => (30, 900, true),
        Some(TemplateCategory::Utility) => (30, 43_200, true),
        Some(TemplateCategory::Marketing) => (43_200, 2_592_000, false),
        Some(TemplateCategory::Unknown(_)) | None => (30, 2_592_000, true),
    };
    let Some(seconds) = seconds else {
        return;
    };
    // -1 stands for 30 days.
    let is_longest = may_be_longest && seconds == -1;
    if !is_longest && !(least..=most).contains(&seconds) {
        let or = if may_be_longest { ", or -1" } else { "" };
        let rule = format!("{least} to {most} seconds{or}, found {seconds}");
        found.add("message_send_ttl_seconds", rule);
    }
}
