//! Comparing a message with its template, and reading it as the customer does.

use crate::api::messages::{
    ButtonKind, Component as Part, ComponentKind, Parameter, ParameterKind, Template as Sent,
};
use crate::api::templates::{
    Button, Card, Component, Header, HeaderFormat, TemplateCategory, TemplateStatus,
};
use crate::id::AccountId;
use crate::simulator::world::template::kept::Kept;
use crate::simulator::world::{Refusal, World};

/// How long texts may be with their variables filled.
const MOST_BODY: usize = 1_024;
/// Where the body is alone.
const MOST_LONE_BODY: usize = 32_768;
const MOST_HEADER: usize = 60;
const MOST_URL: usize = 2_000;

/// A template, filled in.
pub(in crate::simulator::world) struct Filled {
    /// Its category, in small letters as pricing has it.
    pub(in crate::simulator::world) category: String,
    /// Its body as the customer reads it.
    pub(in crate::simulator::world) text: String,
}

impl World {
    /// Fills in a template of the account's, where it can be sent and everything fits.
    pub(in crate::simulator::world) fn fill_template(
        &self,
        account: &AccountId,
        sent: &Sent,
        is_to_phone: bool,
    ) -> Result<Filled, Refusal> {
        let language = sent.language.as_ref().map_or("", |language| language.code.as_str());
        let kept = self.templates.named(account, &sent.name, language);
        let kept = kept.filter(|kept| {
            !matches!(
                kept.status,
                TemplateStatus::Pending | TemplateStatus::Rejected | TemplateStatus::InAppeal
            )
        });
        let Some(kept) = kept else {
            let details = format!("template name ({}) does not exist in {language}", sent.name);
            return Err(Refusal::new(132_001, details));
        };
        match kept.status {
            TemplateStatus::Paused => {
                return Err(Refusal::new(132_015, "Template is paused due to low quality"));
            }
            TemplateStatus::Disabled => {
                return Err(Refusal::new(132_016, "Template is disabled due to low quality"));
            }
            _ => {}
        }
        let is_authentication = kept.template.category == TemplateCategory::Authentication;
        if is_authentication && !is_to_phone {
            return Err(Refusal::new(131_062, "One-time codes are sent to phone numbers only"));
        }
        let text = fill(kept, &sent.components)?;
        Ok(Filled { category: kept.template.category.as_str().to_lowercase(), text })
    }
}

/// Checks all parts, and says what the body reads.
fn fill(kept: &Kept, sent: &[Part]) -> Result<String, Refusal> {
    let parts = &kept.template.components;
    let body = check_parts(parts, sent, kept.is_named())?;
    let most = if parts.len() > 1 { MOST_BODY } else { MOST_LONE_BODY };
    too_long("body", &body, most)?;
    Ok(body)
}

/// Checks the parts of a template or of a card against what was sent for them.
fn check_parts(parts: &[Component], sent: &[Part], is_named: bool) -> Result<String, Refusal> {
    let mut read = String::new();
    for part in parts {
        match part {
            Component::Header(header) => {
                check_header(header, parameters(sent, &ComponentKind::Header), is_named)?;
            }
            Component::Body(body) => {
                let text = body.text.as_deref().unwrap_or_default();
                let values = parameters(sent, &ComponentKind::Body);
                read = filled("body", text, values, is_named)?;
            }
            Component::Buttons(buttons) => check_buttons(&buttons.buttons, sent)?,
            Component::Carousel(carousel) => check_cards(&carousel.cards, sent, is_named)?,
            Component::LimitedTimeOffer(offer) => {
                let offer = offer.limited_time_offer.as_ref();
                let ends = offer.is_some_and(|offer| offer.has_expiration == Some(true));
                let values = parameters(sent, &ComponentKind::LimitedTimeOffer);
                let is_told = match values {
                    [] => false,
                    [value] if value.kind == ParameterKind::LimitedTimeOffer => true,
                    _ => return Err(mismatch("limited_time_offer", "LIMITED_TIME_OFFER", values)),
                };
                if ends && !is_told {
                    let details = "limited_time_offer: expiration_time_ms is missing";
                    return Err(Refusal::new(131_008, details));
                }
            }
            Component::Footer(_) | Component::CallPermissionRequest(_) | Component::Other(_) => {}
        }
    }
    let has = |is: fn(&Component) -> bool| parts.iter().any(is);
    for one in sent {
        let is_there = match one.kind {
            ComponentKind::Header => has(|part| matches!(part, Component::Header(_))),
            ComponentKind::Body => has(|part| matches!(part, Component::Body(_))),
            ComponentKind::Button => has(|part| matches!(part, Component::Buttons(_))),
            ComponentKind::Carousel => has(|part| matches!(part, Component::Carousel(_))),
            ComponentKind::LimitedTimeOffer => {
                has(|part| matches!(part, Component::LimitedTimeOffer(_)))
            }
            // A footer has no variables.
            ComponentKind::Footer => false,
            ComponentKind::OrderStatus | ComponentKind::TapTarget | ComponentKind::Unknown(_) => {
                true
            }
        };
        let is_empty = one.parameters.is_empty() && one.cards.is_empty();
        if is_there || is_empty {
            continue;
        }
        let place = one.kind.as_str();
        return Err(match one.kind {
            ComponentKind::Header | ComponentKind::Body | ComponentKind::Footer => {
                wrong_count(place, one.parameters.len(), 0)
            }
            _ => Refusal::new(132_012, format!("{place}: the template has none")),
        });
    }
    Ok(read)
}

/// What was sent for the part of that kind.
fn parameters<'s>(sent: &'s [Part], kind: &ComponentKind) -> &'s [Parameter] {
    sent.iter().find(|part| part.kind == *kind).map_or(&[], |part| &part.parameters)
}

fn check_header(header: &Header, values: &[Parameter], is_named: bool) -> Result<(), Refusal> {
    let kinds: &[ParameterKind] = match header.format {
        HeaderFormat::Text => {
            let text = header.text.as_deref().unwrap_or_default();
            let read = filled("header", text, values, is_named)?;
            return too_long("header", &read, MOST_HEADER);
        }
        HeaderFormat::Image => &[ParameterKind::Image],
        HeaderFormat::Video => &[ParameterKind::Video],
        HeaderFormat::Document => &[ParameterKind::Document],
        // No page shows how it is sent.
        HeaderFormat::Gif => &[ParameterKind::Gif, ParameterKind::Video],
        HeaderFormat::Location => &[ParameterKind::Location],
        HeaderFormat::Product => &[ParameterKind::Product],
        HeaderFormat::Unknown(_) => return Ok(()),
    };
    match values {
        [value] if kinds.contains(&value.kind) => Ok(()),
        _ => Err(mismatch("header", header.format.as_str(), values)),
    }
}

fn check_cards(cards: &[Card], sent: &[Part], is_named: bool) -> Result<(), Refusal> {
    let kind = ComponentKind::Carousel;
    let sent = sent.iter().find(|part| part.kind == kind).map_or(&[][..], |part| &part.cards);
    let is_product = |part: &Component| match part {
        Component::Header(header) => header.format == HeaderFormat::Product,
        _ => false,
    };
    let is_of_products = cards.first().is_some_and(|card| card.components.iter().any(is_product));
    // All cards of products are alike: two are made, and up to ten are sent.
    let fits = match is_of_products {
        true => sent.len() >= 2,
        false => sent.len() == cards.len(),
    };
    if !fits {
        let details =
            format!("carousel: number of cards ({}) does not match ({})", sent.len(), cards.len());
        return Err(Refusal::new(132_012, details));
    }
    for (index, one) in sent.iter().enumerate() {
        let place = one.card_index.map_or(index, |place| place as usize);
        let card = if is_of_products { cards.first() } else { cards.get(place) };
        let Some(card) = card else {
            return Err(Refusal::new(132_012, format!("carousel: there is no card {place}")));
        };
        check_parts(&card.components, &one.components, is_named)?;
    }
    Ok(())
}

/// What a button wants of the message.
enum Wants {
    Nothing,
    /// A value, if one is sent, of this kind.
    Perhaps(ButtonKind, ParameterKind),
    Needs(ButtonKind, ParameterKind),
}

fn wanted(button: &Button) -> Wants {
    match button {
        Button::Url(url) if names(&url.url).is_empty() => Wants::Nothing,
        Button::Url(_) => Wants::Needs(ButtonKind::Url, ParameterKind::Text),
        Button::QuickReply(_) => Wants::Perhaps(ButtonKind::QuickReply, ParameterKind::Payload),
        Button::CopyCode(_) => Wants::Needs(ButtonKind::CopyCode, ParameterKind::CouponCode),
        Button::Flow(_) => Wants::Needs(ButtonKind::Flow, ParameterKind::Action),
        Button::Catalog(_) => Wants::Perhaps(ButtonKind::Catalog, ParameterKind::Action),
        Button::ProductList(_) => Wants::Needs(ButtonKind::ProductList, ParameterKind::Action),
        Button::SingleProduct(_) => Wants::Perhaps(ButtonKind::Product, ParameterKind::Action),
        Button::OrderDetails(_) => Wants::Needs(ButtonKind::OrderDetails, ParameterKind::Action),
        Button::VoiceCall(_) => Wants::Perhaps(ButtonKind::VoiceCall, ParameterKind::Payload),
        // Kept as a button with an address.
        Button::Otp(_) => Wants::Needs(ButtonKind::Url, ParameterKind::Text),
        Button::PhoneNumber(_) | Button::App(_) | Button::ContactInfo(_) | Button::Other(_) => {
            Wants::Nothing
        }
    }
}

fn check_buttons(buttons: &[Button], sent: &[Part]) -> Result<(), Refusal> {
    let sent = || sent.iter().filter(|part| part.kind == ComponentKind::Button);
    for one in sent() {
        let Some(index) = one.index else { continue };
        if usize::from(index.0) >= buttons.len() {
            let details = format!("buttons: there is no button at index {}", index.0);
            return Err(Refusal::new(132_012, details));
        }
    }
    for (index, button) in buttons.iter().enumerate() {
        let is_this = |part: &&Part| match part.index {
            Some(place) => usize::from(place.0) == index,
            // The one that calls is told by its kind alone.
            None => matches!(button, Button::VoiceCall(_)),
        };
        let found = sent().find(is_this);
        let place = format!("Button at index {index} of type {}", named_as_meta(button.kind()));
        let (kind, value, is_needed) = match wanted(button) {
            Wants::Nothing => {
                if found.is_some_and(|part| !part.parameters.is_empty()) {
                    let details = format!("buttons: {place} does not require parameters");
                    return Err(Refusal::new(132_018, details));
                }
                continue;
            }
            Wants::Perhaps(kind, value) => (kind, value, false),
            Wants::Needs(kind, value) => (kind, value, true),
        };
        let Some(part) = found.filter(|part| !is_needed || !part.parameters.is_empty()) else {
            if is_needed {
                let details = format!("buttons: {place} requires a parameter");
                return Err(Refusal::new(131_008, details));
            }
            continue;
        };
        // One-time codes are sent as `url`, and some senders say what they are.
        let is_kind = part.sub_type.as_ref() == Some(&kind)
            || (kind == ButtonKind::Url && part.sub_type == Some(ButtonKind::Otp));
        if !is_kind {
            let details = format!("buttons: {place} is not of the sub_type that was sent");
            return Err(Refusal::new(132_012, details));
        }
        let is_call = kind == ButtonKind::VoiceCall;
        let is_value = |one: &Parameter| {
            one.kind == value || (is_call && one.kind == ParameterKind::TtlMinutes)
        };
        let most = if is_call { 2 } else { 1 };
        if part.parameters.len() > most {
            return Err(wrong_count("buttons", part.parameters.len(), most));
        }
        if !part.parameters.iter().all(is_value) {
            return Err(mismatch("buttons", &value.as_str().to_uppercase(), &part.parameters));
        }
        if let (Button::Url(url), Some(value)) = (button, part.parameters.first()) {
            let read = filled("buttons", &url.url, std::slice::from_ref(value), false)?;
            too_long("buttons", &read, MOST_URL)?;
        }
    }
    Ok(())
}

/// `Url` for `URL`, as Meta writes it there.
fn named_as_meta(kind: &str) -> String {
    let mut letters = kind.chars();
    let first: String = letters.by_ref().take(1).collect();
    first + &letters.as_str().to_lowercase()
}

/// The different variables of a text, in the order in which they stand.
pub(super) fn names(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for piece in text.split("{{").skip(1) {
        if let Some((name, _)) = piece.split_once("}}")
            && !found.contains(&name)
        {
            found.push(name);
        }
    }
    found
}

/// A text with its variables' values in their place.
fn filled(
    place: &str,
    text: &str,
    values: &[Parameter],
    is_named: bool,
) -> Result<String, Refusal> {
    let names = names(text);
    if names.len() != values.len() {
        return Err(wrong_count(place, values.len(), names.len()));
    }
    for value in values {
        let is_text = matches!(
            value.kind,
            ParameterKind::Text | ParameterKind::Currency | ParameterKind::DateTime
        );
        if !is_text {
            return Err(mismatch(place, "TEXT", values));
        }
        match (&value.parameter_name, is_named) {
            (None, true) => {
                return Err(Refusal::new(100, "Parameter name is missing or empty"));
            }
            (Some(name), true) if !names.contains(&name.as_str()) => {
                let details = format!("{place}: the template has no such parameter name");
                return Err(Refusal::new(132_012, details));
            }
            (Some(_), false) => {
                let details = format!("{place}: the parameters of the template have no names");
                return Err(Refusal::new(132_012, details));
            }
            _ => {}
        }
    }
    let mut pieces = text.split("{{");
    let mut read = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (name, rest) = piece.split_once("}}").unwrap_or((piece, ""));
        let value = match is_named {
            true => values.iter().find(|value| value.parameter_name.as_deref() == Some(name)),
            false => {
                name.parse::<usize>().ok().and_then(|number| values.get(number.wrapping_sub(1)))
            }
        };
        let Some(value) = value else {
            let details = format!("{place}: a parameter of the template has no value");
            return Err(Refusal::new(132_012, details));
        };
        read.push_str(shown(value));
        read.push_str(rest);
    }
    Ok(read)
}

/// What a person would read of a value.
fn shown(value: &Parameter) -> &str {
    let currency = value.currency.as_ref().map(|currency| currency.fallback_value.as_str());
    let moment = value.date_time.as_ref().map(|moment| moment.fallback_value.as_str());
    value.text.as_deref().or(currency).or(moment).unwrap_or_default()
}

fn wrong_count(place: &str, found: usize, expected: usize) -> Refusal {
    let details = format!(
        "{place}: number of localizable_params ({found}) does not match the expected number of \
         params ({expected})"
    );
    Refusal::new(132_000, details)
}

fn mismatch(place: &str, expected: &str, values: &[Parameter]) -> Refusal {
    let other = values.iter().map(|value| value.kind.as_str().to_uppercase());
    let found = other.into_iter().find(|kind| kind != expected);
    let found = found.unwrap_or_else(|| "UNKNOWN".to_owned());
    let details = format!("{place}: Format mismatch, expected {expected}, received {found}");
    Refusal::new(132_012, details)
}

fn too_long(place: &str, read: &str, most: usize) -> Result<(), Refusal> {
    match read.chars().count() {
        found if found > most => {
            let details = format!("{place}: at most {most} characters once it is filled in");
            Err(Refusal::new(132_005, details))
        }
        _ => Ok(()),
    }
}
