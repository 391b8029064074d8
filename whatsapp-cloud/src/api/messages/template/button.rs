//! What fills a button of a template.

use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

use crate::api::messages::template::{Component, ComponentKind, Parameter};
use crate::api::messages::{OrderDetails, ProductSection, check_sections};
use crate::wire::member::{Member, Read};
use crate::wire::{object, open_enum};

/// What fills a button, and which button it is.
///
/// ```
/// use whatsapp_cloud::api::messages::{Button, Template};
///
/// let template =
///     Template::new("login", "pt_BR").body(["123456"]).button(Button::url(0, "123456"));
/// assert_eq!(template.components.len(), 2);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Button {
    component: Component,
}

impl Button {
    /// A button of any kind.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{Button, ButtonKind, Component, Parameter};
    ///
    /// // As Meta's pages do not say, but the name of the button does.
    /// let code = Button::new(ButtonKind::Otp, 0, Parameter::text("123456"));
    /// assert_eq!(Component::from(code).sub_type, Some(ButtonKind::Otp));
    /// ```
    pub fn new(kind: ButtonKind, index: u8, parameter: impl Into<Parameter>) -> Self {
        Self::with_values(kind, Some(index), vec![parameter.into()])
    }

    fn with_values(kind: ButtonKind, index: Option<u8>, parameters: Vec<Parameter>) -> Self {
        let component = Component {
            kind: ComponentKind::Button,
            sub_type: Some(kind),
            index: index.map(ButtonIndex),
            parameters,
            ..Component::default()
        };
        Self { component }
    }

    /// A quick reply; `payload` comes back when it is pressed.
    pub fn quick_reply(index: u8, payload: impl Into<String>) -> Self {
        Self::new(ButtonKind::QuickReply, index, Parameter::payload(payload))
    }

    /// A link; `suffix` takes the place of its placeholder. Also carries one-time codes.
    pub fn url(index: u8, suffix: impl Into<String>) -> Self {
        Self::new(ButtonKind::Url, index, Parameter::text(suffix))
    }

    /// A coupon code to copy.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{Button, Message, Template};
    ///
    /// let promo = Template::new("promo", "pt_BR").button(Button::copy_code(0, "VERAO25"));
    /// assert!(Message::template("5511999990001", promo).check().as_slice().is_empty());
    /// ```
    pub fn copy_code(index: u8, code: impl Into<String>) -> Self {
        Self::new(ButtonKind::CopyCode, index, Parameter::coupon_code(code))
    }

    /// The start of a Flow, with what comes back and what its first screen is given.
    ///
    /// ```
    /// use serde_json::Map;
    /// use whatsapp_cloud::api::messages::{Button, Component};
    ///
    /// let first_screen = Map::from_iter([("name".to_owned(), "Ana".into())]);
    /// let button = Component::from(Button::flow(0, "booking-17", first_screen));
    /// let action = button.parameters[0].action.as_ref().unwrap();
    /// assert_eq!(action.flow_token.as_deref(), Some("booking-17"));
    /// ```
    pub fn flow(index: u8, token: impl Into<String>, data: Map<String, Value>) -> Self {
        let action = ButtonAction {
            flow_token: Some(token.into()),
            flow_action_data: data,
            ..ButtonAction::default()
        };
        Self::new(ButtonKind::Flow, index, Parameter::action(action))
    }

    /// The catalog, with the picture of this product.
    pub fn catalog(index: u8, product: impl Into<String>) -> Self {
        let thumbnail_product_retailer_id = Some(product.into());
        let action = ButtonAction { thumbnail_product_retailer_id, ..ButtonAction::default() };
        Self::new(ButtonKind::Catalog, index, Parameter::action(action))
    }

    /// Several products, with the picture of this one.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{Button, Message, ProductSection, Template};
    ///
    /// let section = ProductSection::new("Cactos", ["di9ozbzfi4", "nqryix03ez"]);
    /// let button = Button::products(0, "di9ozbzfi4", [section]);
    /// let some = Template::new("novidades", "pt_BR").button(button);
    /// assert!(Message::template("5511999990001", some).check().as_slice().is_empty());
    ///
    /// // Or all there are.
    /// let all = Template::new("catalogo", "pt_BR").button(Button::catalog(0, "di9ozbzfi4"));
    /// assert!(Message::template("5511999990001", all).check().as_slice().is_empty());
    /// ```
    pub fn products(
        index: u8,
        thumbnail: impl Into<String>,
        sections: impl IntoIterator<Item = ProductSection>,
    ) -> Self {
        let action = ButtonAction {
            thumbnail_product_retailer_id: Some(thumbnail.into()),
            sections: sections.into_iter().collect(),
            ..ButtonAction::default()
        };
        Self::new(ButtonKind::ProductList, index, Parameter::action(action))
    }

    /// An order to be paid.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{
    ///     Button, ButtonKind, Component, Order, OrderDetails, OrderItem, PaymentSetting,
    /// };
    ///
    /// let order = Order::of([OrderItem::new("1", "Café", 2_500, 2)]);
    /// let details = OrderDetails::brazil("order-17", order, [PaymentSetting::boleto("0339")]);
    /// let button = Component::from(Button::order_details(0, details));
    /// assert_eq!(button.sub_type, Some(ButtonKind::OrderDetails));
    /// ```
    pub fn order_details(index: u8, details: OrderDetails) -> Self {
        let order_details = Some(Box::new(details));
        let action = ButtonAction { order_details, ..ButtonAction::default() };
        Self::new(ButtonKind::OrderDetails, index, Parameter::action(action))
    }

    /// A button that calls the business: for how many minutes it works, and what comes back
    /// with the call. It is the only one without a place.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{Button, Component};
    ///
    /// let for_a_day = Component::from(Button::voice_call(24 * 60, "order 17"));
    /// assert_eq!(for_a_day.parameters[0].ttl_minutes, Some(1_440));
    /// assert_eq!(for_a_day.index, None);
    /// ```
    pub fn voice_call(minutes: u32, payload: impl Into<String>) -> Self {
        let parameters = vec![Parameter::ttl_minutes(minutes), Parameter::payload(payload)];
        Self::with_values(ButtonKind::VoiceCall, None, parameters)
    }
}

impl From<Button> for Component {
    fn from(button: Button) -> Self {
        button.component
    }
}

open_enum! {
    /// What a template's button does. Meta writes `CATALOG` in capitals, the rest not.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{Button, ButtonKind, Template};
    ///
    /// let filled = Template::new("promo", "pt_BR").button(Button::quick_reply(0, "unsubscribe"));
    /// assert_eq!(filled.components[0].sub_type, Some(ButtonKind::QuickReply));
    /// ```
    in any case ButtonKind {
        /// Sends a prepared answer.
        QuickReply = "quick_reply",
        /// Opens a link.
        Url = "url",
        /// Copies a code.
        CopyCode = "copy_code",
        /// Opens the catalog.
        Catalog = "CATALOG",
        /// Opens a list of products.
        ProductList = "mpm",
        /// Shows a product.
        Product = "spm",
        /// Starts a Flow.
        Flow = "flow",
        /// Calls the business.
        VoiceCall = "voice_call",
        /// Shows an order to be paid.
        OrderDetails = "order_details",
        /// Fills in a one-time code; Meta's pages send it as `url`.
        Otp = "otp",
    }
}

/// Which button, from 0: written as a text as in Meta's examples, read from a number too.
///
/// ```
/// use whatsapp_cloud::api::messages::{Button, ButtonIndex, Template};
///
/// let filled = Template::new("promo", "pt_BR").button(Button::url(1, "summer"));
/// assert_eq!(filled.components[0].index, Some(ButtonIndex(1)));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ButtonIndex(pub u8);

impl Serialize for ButtonIndex {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl Member for ButtonIndex {
    fn read(value: Value) -> Result<Read<Self>, Value> {
        let read = match &value {
            Value::String(digits) => digits.parse().ok(),
            Value::Number(number) => number.as_u64().and_then(|number| number.try_into().ok()),
            _ => None,
        };
        match read {
            Some(index) => Read::odd(Self(index), value),
            None => Err(value),
        }
    }

    fn is_absent(&self) -> bool {
        false
    }
}

object! {
    /// What a button needs to do its work.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::ButtonAction;
    ///
    /// let action: ButtonAction = serde_json::from_str(
    ///     r#"{"flow_token":"a token of ours","flow_action_data":{"name":"Ana"}}"#,
    /// )?;
    /// assert_eq!(action.flow_action_data["name"], "Ana");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct ButtonAction {
        /// The product whose picture is shown.
        pub thumbnail_product_retailer_id: Option<String> = "thumbnail_product_retailer_id",
        /// The products: up to 30, in up to 10 sections.
        pub sections: Vec<ProductSection> = "sections",
        /// What comes back with a Flow's answer.
        pub flow_token: Option<String> = "flow_token",
        /// What a Flow's first screen is given.
        pub flow_action_data: Map<String, Value> = "flow_action_data",
        /// An order to be paid.
        pub order_details: Option<Box<OrderDetails>> = "order_details",
    }
    check |action, found| {
        if !action.sections.is_empty() {
            check_sections(&action.sections, found);
        }
    }
}
