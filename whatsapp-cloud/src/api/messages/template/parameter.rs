//! What fills the placeholders of a template.

use crate::api::messages::media::check_address;
use crate::api::messages::template::ButtonAction;
use crate::api::messages::{Location, Media, MediaSource, OrderStatus, Product, check_minutes};
use crate::id::GroupId;
use crate::wire::{object, open_enum};

/// Older pages say 15.
const COUPON: usize = 20;

/// What Meta demands of the text of a value. It stands on no page of Meta's: it is what Meta
/// answers (#132018: "Param text cannot have new-line/tab characters or more than 4 consecutive
/// spaces").
pub(crate) const ONE_LINE: &str = "no line break, no tab and at most 4 spaces in a row";

fn is_broken(text: &str) -> bool {
    text.bytes().any(|byte| matches!(byte, b'\n' | b'\r' | b'\t')) || text.contains("     ")
}

open_enum! {
    /// What a value is. Meta takes capitals too.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{Parameter, ParameterKind};
    ///
    /// assert_eq!(Parameter::payload("unsubscribe").kind, ParameterKind::Payload);
    /// ```
    in any case ParameterKind {
        /// A text.
        Text = "text",
        /// An amount of money.
        Currency = "currency",
        /// A moment.
        DateTime = "date_time",
        /// A picture.
        Image = "image",
        /// A film.
        Video = "video",
        /// A film that moves by itself. No page shows how it is sent.
        Gif = "gif",
        /// A file.
        Document = "document",
        /// A place.
        Location = "location",
        /// A product.
        Product = "product",
        /// What comes back when a button is pressed.
        Payload = "payload",
        /// A code to copy.
        CouponCode = "coupon_code",
        /// What a button needs to do its work.
        Action = "action",
        /// For how long a button that calls works.
        TtlMinutes = "ttl_minutes",
        /// When an offer ends.
        LimitedTimeOffer = "limited_time_offer",
        /// What has become of an order.
        OrderStatus = "order_status",
        /// A group to join.
        GroupId = "group_id",
        /// Where a tap on the picture leads.
        TapTarget = "tap_target_configuration",
    }
}

object! {
    /// A value for a placeholder: its kind, and the member that is called like it.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::Parameter;
    ///
    /// assert_eq!(
    ///     serde_json::to_string(&Parameter::text("Pablo"))?,
    ///     r#"{"type":"text","text":"Pablo"}"#,
    /// );
    /// assert_eq!(
    ///     serde_json::to_string(&Parameter::named("name", "Pablo"))?,
    ///     r#"{"type":"text","parameter_name":"name","text":"Pablo"}"#,
    /// );
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct Parameter {
        /// What it is.
        pub kind: ParameterKind = "type",
        /// Which named placeholder it fills; numbered ones have none.
        pub parameter_name: Option<String> = "parameter_name",
        /// A text.
        pub text: Option<String> = "text",
        /// An amount of money.
        pub currency: Option<Box<Currency>> = "currency",
        /// A moment.
        pub date_time: Option<Box<DateTime>> = "date_time",
        /// A picture.
        pub image: Option<Box<Media>> = "image",
        /// A film.
        pub video: Option<Box<Media>> = "video",
        /// A film that moves by itself.
        pub gif: Option<Box<Media>> = "gif",
        /// A file.
        pub document: Option<Box<Media>> = "document",
        /// A place.
        pub location: Option<Box<Location>> = "location",
        /// A product.
        pub product: Option<Box<Product>> = "product",
        /// What comes back when a button is pressed.
        pub payload: Option<String> = "payload",
        /// A code to copy: 1 to 20 characters.
        pub coupon_code: Option<String> = "coupon_code",
        /// What a button needs to do its work.
        pub action: Option<Box<ButtonAction>> = "action",
        /// For how long a button that calls works, in minutes: 1 to 43,200.
        pub ttl_minutes: Option<u32> = "ttl_minutes",
        /// When an offer ends.
        pub limited_time_offer: Option<Box<LimitedTimeOffer>> = "limited_time_offer",
        /// What has become of an order.
        pub order_status: Option<Box<OrderStatus>> = "order_status",
        /// A group to join.
        pub group_id: Option<GroupId> = "group_id",
        /// Where a tap on the picture leads.
        pub tap_target_configuration: Vec<TapTarget> = "tap_target_configuration",
    }
    check |parameter, found| {
        if !parameter.has_its_value() {
            found.say("a kind, and the member that is called like it");
        }
        if parameter.text.as_ref().is_some_and(|text| is_broken(text)) {
            found.add("text", ONE_LINE);
        }
        if parameter.parameter_name.as_ref().is_some_and(String::is_empty) {
            found.add("parameter_name", "a name, found none");
        }
        if let Some(code) = &parameter.coupon_code {
            found.length("coupon_code", code, 1, COUPON);
        }
        if let Some(minutes) = parameter.ttl_minutes {
            check_minutes(minutes, found);
        }
    }
}

object! {
    /// An amount of money, written in the customer's language where WhatsApp can.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{Currency, Parameter};
    ///
    /// let price = Parameter::currency("$100.99", "USD", 100_990);
    /// let Currency { code, amount_1000, .. } = *price.currency.unwrap();
    /// assert_eq!((code.as_str(), amount_1000), ("USD", Some(100_990)));
    /// ```
    pub struct Currency {
        /// What stands there otherwise.
        pub fallback_value: String = "fallback_value",
        /// The currency (ISO 4217).
        pub code: String = "code",
        /// The amount times 1000.
        pub amount_1000: Option<i64> = "amount_1000",
    }
    check |currency, found| {
        if currency.fallback_value.is_empty() {
            found.add("fallback_value", "a text, found none");
        }
        if currency.code.len() != 3 {
            found.add("code", "a currency in three letters");
        }
        if currency.amount_1000.is_none() {
            found.add("amount_1000", "an amount, found none");
        }
    }
}

object! {
    /// A moment. Cloud API shows the text it is given; the rest is of the older API.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{DateTime, Parameter};
    ///
    /// let when = Parameter::date_time("February 25, 1977");
    /// let DateTime { fallback_value, .. } = *when.date_time.unwrap();
    /// assert_eq!(fallback_value, "February 25, 1977");
    /// ```
    pub struct DateTime {
        /// What stands there.
        pub fallback_value: String = "fallback_value",
        /// The day of the week, from 1 for Monday.
        pub day_of_week: Option<i64> = "day_of_week",
        /// The year.
        pub year: Option<i64> = "year",
        /// The month, from 1.
        pub month: Option<i64> = "month",
        /// The day of the month.
        pub day_of_month: Option<i64> = "day_of_month",
        /// The hour.
        pub hour: Option<i64> = "hour",
        /// The minute.
        pub minute: Option<i64> = "minute",
        /// `GREGORIAN` or `SOLAR_HIJRI`.
        pub calendar: Option<String> = "calendar",
    }
    check |moment, found| {
        if moment.fallback_value.is_empty() {
            found.add("fallback_value", "a text, found none");
        }
    }
}

object! {
    /// When an offer ends.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{LimitedTimeOffer, Parameter};
    ///
    /// let ends = Parameter::limited_time_offer(1_209_600_000);
    /// let LimitedTimeOffer { expiration_time_ms, .. } = *ends.limited_time_offer.unwrap();
    /// assert_eq!(expiration_time_ms, Some(1_209_600_000));
    /// ```
    pub struct LimitedTimeOffer {
        /// The moment, in milliseconds since 1970.
        pub expiration_time_ms: Option<i64> = "expiration_time_ms",
    }
    check |offer, found| {
        if offer.expiration_time_ms.is_none_or(|moment| moment <= 0) {
            found.add("expiration_time_ms", "milliseconds since 1970");
        }
    }
}

object! {
    /// Where a tap on the picture leads.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::TapTarget;
    ///
    /// let target: TapTarget = serde_json::from_str(
    ///     r#"{"url":"https://www.luckyshrub.com/","title":"Our shop"}"#,
    /// )?;
    /// assert_eq!(target.title, "Our shop");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct TapTarget {
        /// The address.
        pub url: String = "url",
        /// What it is called.
        pub title: String = "title",
    }
    check |target, found| {
        check_address("url", &target.url, found);
        if target.title.is_empty() {
            found.add("title", "a text, found none");
        }
    }
}

impl Parameter {
    /// A text for a numbered placeholder.
    pub fn text(text: impl Into<String>) -> Self {
        Self { kind: ParameterKind::Text, text: Some(text.into()), ..Self::default() }
    }

    /// A text for a named placeholder.
    pub fn named(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self { parameter_name: Some(name.into()), ..Self::text(text) }
    }

    /// An amount of money: the text that stands there, the currency, and the amount times 1000.
    pub fn currency(
        fallback: impl Into<String>,
        code: impl Into<String>,
        amount_1000: i64,
    ) -> Self {
        let (fallback_value, code) = (fallback.into(), code.into());
        let amount_1000 = Some(amount_1000);
        let currency = Currency { fallback_value, code, amount_1000, ..Currency::default() };
        Self {
            kind: ParameterKind::Currency,
            currency: Some(Box::new(currency)),
            ..Self::default()
        }
    }

    /// A moment: the text that stands there.
    pub fn date_time(text: impl Into<String>) -> Self {
        let date_time = DateTime { fallback_value: text.into(), ..DateTime::default() };
        Self {
            kind: ParameterKind::DateTime,
            date_time: Some(Box::new(date_time)),
            ..Self::default()
        }
    }

    /// A picture for a header.
    pub fn image(source: MediaSource) -> Self {
        Self {
            kind: ParameterKind::Image,
            image: Some(Box::new(Media::new(source))),
            ..Self::default()
        }
    }

    /// A film for a header.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{MediaSource, Message, Parameter, Template};
    ///
    /// let film = Parameter::video(MediaSource::id("2871834006348767"));
    /// let template = Template::new("como_plantar", "pt_BR").header(film);
    /// assert!(Message::template("5511999990001", template).check().as_slice().is_empty());
    /// ```
    pub fn video(source: MediaSource) -> Self {
        Self {
            kind: ParameterKind::Video,
            video: Some(Box::new(Media::new(source))),
            ..Self::default()
        }
    }

    /// A file for a header.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{MediaSource, Parameter};
    ///
    /// let nota = Parameter::document(MediaSource::id("2871834006348767"), "nota.pdf");
    /// assert_eq!(nota.document.unwrap().filename.as_deref(), Some("nota.pdf"));
    /// ```
    pub fn document(source: MediaSource, filename: impl Into<String>) -> Self {
        let document = Media { filename: Some(filename.into()), ..Media::new(source) };
        Self {
            kind: ParameterKind::Document,
            document: Some(Box::new(document)),
            ..Self::default()
        }
    }

    /// A place for a header.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{Location, Parameter, ParameterKind};
    ///
    /// let shop = Location::new(-23.5613, -46.6565).named("Loja", "Avenida Paulista, 1578");
    /// assert_eq!(Parameter::location(shop).kind, ParameterKind::Location);
    /// ```
    pub fn location(place: Location) -> Self {
        Self { kind: ParameterKind::Location, location: Some(Box::new(place)), ..Self::default() }
    }

    /// A product for a header.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{Parameter, Product};
    ///
    /// let cactus = Product::new("194836987003835", "di9ozbzfi4");
    /// let header = Parameter::product(cactus);
    /// assert_eq!(header.product.unwrap().product_retailer_id, "di9ozbzfi4");
    /// ```
    pub fn product(product: Product) -> Self {
        Self { kind: ParameterKind::Product, product: Some(Box::new(product)), ..Self::default() }
    }

    /// What comes back when a button is pressed.
    pub fn payload(payload: impl Into<String>) -> Self {
        Self { kind: ParameterKind::Payload, payload: Some(payload.into()), ..Self::default() }
    }

    /// A code to copy.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{Button, ButtonKind, Parameter};
    ///
    /// let by_hand = Button::new(ButtonKind::CopyCode, 0, Parameter::coupon_code("VERAO25"));
    /// assert_eq!(by_hand, Button::copy_code(0, "VERAO25"));
    /// ```
    pub fn coupon_code(code: impl Into<String>) -> Self {
        Self { kind: ParameterKind::CouponCode, coupon_code: Some(code.into()), ..Self::default() }
    }

    /// What a button needs to do its work.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{Button, ButtonAction, ButtonKind, Parameter};
    ///
    /// let action = ButtonAction {
    ///     thumbnail_product_retailer_id: Some("di9ozbzfi4".to_owned()),
    ///     ..ButtonAction::default()
    /// };
    /// let by_hand = Button::new(ButtonKind::Catalog, 0, Parameter::action(action));
    /// assert_eq!(by_hand, Button::catalog(0, "di9ozbzfi4"));
    /// ```
    pub fn action(action: ButtonAction) -> Self {
        Self { kind: ParameterKind::Action, action: Some(Box::new(action)), ..Self::default() }
    }

    /// For how long a button that calls works, in minutes.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::Parameter;
    ///
    /// let json = serde_json::to_string(&Parameter::ttl_minutes(60))?;
    /// assert_eq!(json, r#"{"type":"ttl_minutes","ttl_minutes":60}"#);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn ttl_minutes(minutes: u32) -> Self {
        Self { kind: ParameterKind::TtlMinutes, ttl_minutes: Some(minutes), ..Self::default() }
    }

    /// When an offer ends, in milliseconds since 1970.
    pub fn limited_time_offer(expiration_time_ms: i64) -> Self {
        let expiration_time_ms = Some(expiration_time_ms);
        let offer = LimitedTimeOffer { expiration_time_ms, ..LimitedTimeOffer::default() };
        let kind = ParameterKind::LimitedTimeOffer;
        Self { kind, limited_time_offer: Some(Box::new(offer)), ..Self::default() }
    }

    /// What has become of an order.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{OrderState, OrderStatus, Parameter};
    ///
    /// let shipped = OrderStatus::new("order-17", OrderState::Shipped);
    /// assert_eq!(Parameter::order_status(shipped).kind.as_str(), "order_status");
    /// ```
    pub fn order_status(status: OrderStatus) -> Self {
        let status = Some(Box::new(status));
        Self { kind: ParameterKind::OrderStatus, order_status: status, ..Self::default() }
    }

    /// A group to join.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::Parameter;
    ///
    /// let json = serde_json::to_string(&Parameter::group("Y2FwaV9ncm91cDo"))?;
    /// assert_eq!(json, r#"{"type":"group_id","group_id":"Y2FwaV9ncm91cDo"}"#);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn group(id: impl Into<GroupId>) -> Self {
        Self { kind: ParameterKind::GroupId, group_id: Some(id.into()), ..Self::default() }
    }

    /// Where a tap on the picture leads, and what that is called.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::Parameter;
    ///
    /// let shop = Parameter::tap_target("https://www.luckyshrub.com/", "Our shop");
    /// assert_eq!(shop.tap_target_configuration[0].url, "https://www.luckyshrub.com/");
    /// ```
    pub fn tap_target(url: impl Into<String>, title: impl Into<String>) -> Self {
        let target = TapTarget { url: url.into(), title: title.into(), ..TapTarget::default() };
        let kind = ParameterKind::TapTarget;
        Self { kind, tap_target_configuration: vec![target], ..Self::default() }
    }

    pub(super) fn has_its_value(&self) -> bool {
        match &self.kind {
            ParameterKind::Text => self.text.is_some(),
            ParameterKind::Currency => self.currency.is_some(),
            ParameterKind::DateTime => self.date_time.is_some(),
            ParameterKind::Image => self.image.is_some(),
            ParameterKind::Video => self.video.is_some(),
            ParameterKind::Gif => self.gif.is_some(),
            ParameterKind::Document => self.document.is_some(),
            ParameterKind::Location => self.location.is_some(),
            ParameterKind::Product => self.product.is_some(),
            ParameterKind::Payload => self.payload.is_some(),
            ParameterKind::CouponCode => self.coupon_code.is_some(),
            ParameterKind::Action => self.action.is_some(),
            ParameterKind::TtlMinutes => self.ttl_minutes.is_some(),
            ParameterKind::LimitedTimeOffer => self.limited_time_offer.is_some(),
            ParameterKind::OrderStatus => self.order_status.is_some(),
            ParameterKind::GroupId => self.group_id.is_some(),
            ParameterKind::TapTarget => !self.tap_target_configuration.is_empty(),
            // Known to the caller only: Meta decides.
            ParameterKind::Unknown(word) => !word.is_empty(),
        }
    }
}

impl From<&str> for Parameter {
    fn from(text: &str) -> Self {
        Self::text(text)
    }
}

impl From<String> for Parameter {
    fn from(text: String) -> Self {
        Self::text(text)
    }
}
