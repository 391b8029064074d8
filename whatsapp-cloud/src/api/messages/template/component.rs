//! What fills one part of a template.

use crate::api::Violations;
use crate::api::messages::template::{ButtonIndex, ButtonKind, Parameter, ParameterKind};
use crate::api::messages::{OrderStatus, check_indices};
use crate::wire::{object, open_enum};

/// Buttons of a template, counted from 0.
const LAST_BUTTON: u8 = 9;
const MOST_CARDS: usize = 10;
/// How long a text for a header may be.
const HEADER_TEXT: usize = 60;

open_enum! {
    /// Which part of a template is filled. Meta takes capitals too.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{Component, ComponentKind};
    ///
    /// let component = Component::body(["Pablo"]);
    /// assert_eq!(component.kind, ComponentKind::Body);
    /// ```
    in any case ComponentKind {
        /// The header.
        Header = "header",
        /// The body.
        Body = "body",
        /// The footer, which has no placeholders.
        Footer = "footer",
        /// A button.
        Button = "button",
        /// Cards side by side.
        Carousel = "carousel",
        /// When an offer ends.
        LimitedTimeOffer = "limited_time_offer",
        /// What has become of an order.
        OrderStatus = "order_status",
        /// Where a tap on the picture leads.
        TapTarget = "tap_target_configuration",
    }
}

object! {
    /// What fills one part of a template.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::Component;
    ///
    /// let body = Component::body(["Pablo", "860198-230332"]);
    /// let json = serde_json::to_value(&body)?;
    /// assert_eq!(json["parameters"][1]["text"], "860198-230332");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct Component {
        /// Which part.
        pub kind: ComponentKind = "type",
        /// What the button does, for a button.
        pub sub_type: Option<ButtonKind> = "sub_type",
        /// Which button, for a button; none for one that calls.
        pub index: Option<ButtonIndex> = "index",
        /// Its values: one for a header; for a body all by order, or all by name.
        pub parameters: Vec<Parameter> = "parameters",
        /// The cards, for a carousel.
        pub cards: Vec<TemplateCard> = "cards",
    }
    check |component, found| {
        let count = component.parameters.len();
        match component.kind {
            ComponentKind::Header if count != 1 => {
                found.add("parameters", format!("1 parameter in a header, found {count}"));
            }
            ComponentKind::Button => {
                let is_call = component.sub_type == Some(ButtonKind::VoiceCall);
                if component.sub_type.is_none() {
                    found.add("sub_type", "what the button does, found none");
                }
                let needs_value = matches!(
                    component.sub_type,
                    Some(ButtonKind::QuickReply | ButtonKind::Url | ButtonKind::CopyCode)
                );
                if needs_value && count == 0 {
                    found.add("parameters", "1 parameter or more, found 0");
                }
                if component.index.is_none() && !is_call {
                    found.add("index", format!("0 to {LAST_BUTTON}, found none"));
                }
            }
            ComponentKind::Carousel => {
                let cards = component.cards.len();
                if cards == 0 || cards > MOST_CARDS {
                    found.add("cards", format!("1 to {MOST_CARDS} cards, found {cards}"));
                }
                check_indices(component.cards.iter().map(|card| card.card_index), found);
            }
            ComponentKind::Unknown(ref word) if word.is_empty() => {
                found.add("type", "a part of the template, found none");
            }
            _ => {}
        }
        if let Some(index) = component.index.filter(|index| index.0 > LAST_BUTTON) {
            found.add("index", format!("0 to {LAST_BUTTON}, found {}", index.0));
        }
        found.within("parameters", |found| {
            for (index, parameter) in component.parameters.iter().enumerate() {
                found.within_element(index, |found| component.check_parameter(parameter, found));
            }
        });
        let texts = component.parameters.iter().filter(|parameter| parameter.text.is_some());
        let (mut named, mut numbered) = (false, false);
        for text in texts {
            named |= text.parameter_name.is_some();
            numbered |= text.parameter_name.is_none();
        }
        if named && numbered {
            found.add("parameters", "all by order or all by name, found both");
        }
    }
}

object! {
    /// What fills a card of a template's carousel.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{Component, TemplateCard};
    ///
    /// let cards = ["Aloe", "Cactus"].map(|plant| [Component::body([plant])]);
    /// let carousel = Component::carousel(cards);
    /// let TemplateCard { card_index, .. } = carousel.cards[1];
    /// assert_eq!(card_index, Some(1));
    /// ```
    pub struct TemplateCard {
        /// Its place, from 0.
        pub card_index: Option<u32> = "card_index",
        /// What fills its parts.
        pub components: Vec<Component> = "components",
    }
}

impl Component {
    /// Finds what does not go with this part.
    fn check_parameter(&self, parameter: &Parameter, found: &mut Violations) {
        match self.kind {
            ComponentKind::Header => {
                if let Some(text) = &parameter.text {
                    found.length("text", text, 0, HEADER_TEXT);
                }
            }
            ComponentKind::Body | ComponentKind::Button => {
                let is_medium = matches!(
                    parameter.kind,
                    ParameterKind::Image
                        | ParameterKind::Video
                        | ParameterKind::Gif
                        | ParameterKind::Document
                        | ParameterKind::Location
                        | ParameterKind::Product
                );
                if is_medium && parameter.has_its_value() {
                    found.add("type", "no file, place or product in a body or button");
                }
            }
            _ => {}
        }
        if parameter.kind == ParameterKind::Text && parameter.text.as_deref() == Some("") {
            found.add("text", "a text, found none");
        }
    }

    /// What fills a part.
    pub fn new<I: IntoIterator<Item: Into<Parameter>>>(kind: ComponentKind, values: I) -> Self {
        let parameters = values.into_iter().map(Into::into).collect();
        Self { kind, parameters, ..Self::default() }
    }

    /// The header: one value.
    pub fn header<I: IntoIterator<Item: Into<Parameter>>>(values: I) -> Self {
        Self::new(ComponentKind::Header, values)
    }

    /// The body: a value for each placeholder, all by order or all by name.
    pub fn body<I: IntoIterator<Item: Into<Parameter>>>(values: I) -> Self {
        Self::new(ComponentKind::Body, values)
    }

    /// Cards side by side, each with what fills its parts.
    pub fn carousel<C: IntoIterator<Item = Self>>(cards: impl IntoIterator<Item = C>) -> Self {
        let card = |(index, components): (u32, C)| TemplateCard {
            card_index: Some(index),
            components: components.into_iter().collect(),
            ..TemplateCard::default()
        };
        let cards = (0_u32..).zip(cards).map(card).collect();
        Self { kind: ComponentKind::Carousel, cards, ..Self::default() }
    }

    /// When an offer ends, in milliseconds since 1970.
    pub fn limited_time_offer(expiration_time_ms: i64) -> Self {
        let offer = Parameter::limited_time_offer(expiration_time_ms);
        Self::new(ComponentKind::LimitedTimeOffer, [offer])
    }

    /// What has become of an order.
    pub fn order_status(status: OrderStatus) -> Self {
        Self::new(ComponentKind::OrderStatus, [Parameter::order_status(status)])
    }

    /// Where a tap on the picture leads, and what that is called.
    pub fn tap_target(url: impl Into<String>, title: impl Into<String>) -> Self {
        Self::new(ComponentKind::TapTarget, [Parameter::tap_target(url, title)])
    }
}
