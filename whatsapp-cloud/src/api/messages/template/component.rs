//! What fills one part of a template.

use crate::api::Violations;
use crate::api::messages::template::{ButtonIndex, ButtonKind, Parameter, ParameterKind};
use crate::api::messages::{OrderStatus, check_indices};
use crate::violation::any_twice;
use crate::wire::{object, open_enum};

/// Buttons of a template, counted from 0.
const LAST_BUTTON: u8 = 9;
const FEWEST_CARDS: usize = 2;
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
                if !(FEWEST_CARDS..=MOST_CARDS).contains(&cards) {
                    let rule = format!("{FEWEST_CARDS} to {MOST_CARDS} cards, found {cards}");
                    found.add("cards", rule);
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
        if named {
            let names = component.parameters.iter().filter_map(|one| one.parameter_name.as_deref());
            if any_twice(names) {
                found.add("parameters", "each name once, found one twice");
            }
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
        // What stands behind a link is a text, a code to copy is a coupon's.
        let is_other = match self.sub_type {
            Some(ButtonKind::Url) => matches!(
                parameter.kind,
                ParameterKind::Payload | ParameterKind::CouponCode | ParameterKind::Action
            ),
            Some(ButtonKind::CopyCode) => {
                matches!(parameter.kind, ParameterKind::Payload | ParameterKind::Action)
            }
            _ => false,
        };
        if is_other && self.kind == ComponentKind::Button {
            found.add("type", "what fills a button of this kind, found what fills another");
        }
        if parameter.kind == ParameterKind::Text && parameter.text.as_deref() == Some("") {
            found.add("text", "a text, found none");
        }
    }

    /// What fills a part.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{Component, ComponentKind, MediaSource, Parameter};
    ///
    /// let picture = Parameter::image(MediaSource::id("2871834006348767"));
    /// let header = Component::new(ComponentKind::Header, [picture.clone()]);
    /// assert_eq!(header, Component::header([picture]));
    /// ```
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
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{Component, Template};
    ///
    /// // Until 3 June 2025.
    /// let offer = Component::limited_time_offer(1_748_908_800_000);
    /// let template = Template::new("ofertas", "pt_BR").body(["Ana"]).component(offer);
    /// assert_eq!(template.components.len(), 2);
    /// ```
    pub fn limited_time_offer(expiration_time_ms: i64) -> Self {
        let offer = Parameter::limited_time_offer(expiration_time_ms);
        Self::new(ComponentKind::LimitedTimeOffer, [offer])
    }

    /// What has become of an order.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{Component, ComponentKind, OrderState, OrderStatus};
    ///
    /// let shipped = Component::order_status(OrderStatus::new("order-17", OrderState::Shipped));
    /// assert_eq!(shipped.kind, ComponentKind::OrderStatus);
    /// ```
    pub fn order_status(status: OrderStatus) -> Self {
        Self::new(ComponentKind::OrderStatus, [Parameter::order_status(status)])
    }

    /// Where a tap on the picture leads, and what that is called.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::Component;
    ///
    /// let shop = Component::tap_target("https://www.luckyshrub.com/", "Our shop");
    /// assert_eq!(shop.parameters[0].tap_target_configuration[0].title, "Our shop");
    /// ```
    pub fn tap_target(url: impl Into<String>, title: impl Into<String>) -> Self {
        Self::new(ComponentKind::TapTarget, [Parameter::tap_target(url, title)])
    }
}
