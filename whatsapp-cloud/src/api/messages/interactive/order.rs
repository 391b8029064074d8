//! Orders to be paid, and what becomes of them.
//!
//! Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/payments-api/payments-br/orders>

use crate::api::Violations;
use crate::api::messages::Media;
use crate::api::messages::interactive::PaymentSetting;
use crate::wire::{object, open_enum};

const REFERENCE: usize = 60;
const ITEM_NAME: usize = 60;
const FEE_DESCRIPTION: usize = 60;
const EXPIRATION_DESCRIPTION: usize = 120;
const STATUS_DESCRIPTION: usize = 120;
/// Amounts are written in hundredths.
const OFFSET: i64 = 100;

object! {
    /// An order to be paid.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{
    ///     Message, Order, OrderDetails, OrderItem, PaymentSetting, PixKeyKind,
    /// };
    ///
    /// let pix = PaymentSetting::pix("000201…", "Loja", "39580525000189", PixKeyKind::Cnpj);
    /// let order = Order::of([OrderItem::new("1", "Café", 2_500, 2)]);
    /// let details = OrderDetails::brazil("order-17", order, [pix]);
    /// let message = Message::order("5511999990001", "Seu pedido", details);
    /// assert!(message.check().as_slice().is_empty());
    /// ```
    pub struct OrderDetails {
        /// The order's own number: 1 to 60 letters, digits, `_`, `-`, `.`; used once only.
        pub reference_id: String = "reference_id",
        /// What is sold.
        pub kind: GoodsKind = "type",
        /// How it is paid: `br`, `upi`, `p2m-lite:…` and others.
        pub payment_type: Option<String> = "payment_type",
        /// The payment configuration's name (India).
        pub payment_configuration: Option<String> = "payment_configuration",
        /// The ways in which it can be paid.
        pub payment_settings: Vec<PaymentSetting> = "payment_settings",
        /// The currency (ISO 4217).
        pub currency: String = "currency",
        /// What is to be paid: subtotal + tax + shipping - discount.
        pub total_amount: Option<Amount> = "total_amount",
        /// What was ordered; in Brazil it may be left out.
        pub order: Option<Box<Order>> = "order",
        /// Who gets the goods (India).
        pub beneficiaries: Vec<Beneficiary> = "beneficiaries",
    }
    check |details, found| {
        check_reference(&details.reference_id, found);
        if details.kind.as_str().is_empty() {
            found.add("type", "digital-goods or physical-goods, found none");
        }
        let is_brazilian = details.payment_type.as_deref() == Some("br");
        if details.currency.len() != 3 {
            found.add("currency", "a currency in three letters");
        } else if is_brazilian && details.currency != "BRL" {
            found.add("currency", "BRL where the payment type is br");
        }
        match &details.total_amount {
            None => found.add("total_amount", "an amount, found none"),
            Some(total) => {
                if let (Some(total), Some(order)) = (total.value, &details.order)
                    && let Some(sum) = order.total()
                    && sum != i128::from(total)
                {
                    let rule = format!("subtotal + tax + shipping - discount = {sum}, found {total}");
                    found.add("total_amount.value", rule);
                }
            }
        }
        if details.order.is_none() && !is_brazilian {
            found.add("order", "an order, found none");
        }
    }
}

open_enum! {
    /// What is sold.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{
    ///     GoodsKind, Order, OrderDetails, OrderItem, PaymentSetting,
    /// };
    ///
    /// let order = Order::of([OrderItem::new("1234567", "Blue Elf Aloe", 5000, 1)]);
    /// let details = OrderDetails::brazil("reference-id", order, [PaymentSetting::boleto("0339")]);
    /// assert_eq!(details.kind, GoodsKind::Digital);
    /// ```
    GoodsKind {
        /// What needs no shipping.
        Digital = "digital-goods",
        /// What is shipped.
        Physical = "physical-goods",
    }
}

open_enum! {
    /// How far an order is.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{OrderState, OrderStatus};
    ///
    /// let status = OrderStatus::new("reference-id", OrderState::Shipped);
    /// assert_eq!(serde_json::to_value(&status)?["order"]["status"], "shipped");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    OrderState {
        /// It is not paid.
        Pending = "pending",
        /// It is paid, and worked on.
        Processing = "processing",
        /// Part of it is shipped. Some of Meta's pages write it with a dash.
        PartiallyShipped = "partially_shipped",
        /// It is shipped.
        Shipped = "shipped",
        /// It is done.
        Completed = "completed",
        /// It is called off; refused when it was paid.
        Canceled = "canceled",
    }
}

object! {
    /// An amount of money, in hundredths.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::Amount;
    ///
    /// // Fifty reais.
    /// assert_eq!(serde_json::to_string(&Amount::new(5000))?, r#"{"value":5000,"offset":100}"#);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct Amount {
        /// How many.
        pub value: Option<i64> = "value",
        /// How many make a whole: 100.
        pub offset: Option<i64> = "offset",
    }
    check |amount, found| {
        check_amount(amount.value, amount.offset, found);
    }
}

object! {
    /// What comes on top of the price, or off it.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{Fee, Order, OrderItem};
    ///
    /// let mut order = Order::of([OrderItem::new("1234567", "Blue Elf Aloe", 5000, 1)]);
    /// order.discount =
    ///     Some(Fee { description: Some("New customer".to_owned()), ..Fee::new(500) });
    /// assert_eq!(order.total(), Some(4500));
    /// ```
    pub struct Fee {
        /// How many hundredths.
        pub value: Option<i64> = "value",
        /// How many make a whole: 100.
        pub offset: Option<i64> = "offset",
        /// What it is: at most 60 characters.
        pub description: Option<String> = "description",
        /// Of which programme a discount is.
        pub discount_program_name: Option<String> = "discount_program_name",
    }
    check |fee, found| {
        check_amount(fee.value, fee.offset, found);
        if let Some(description) = &fee.description {
            found.length("description", description, 0, FEE_DESCRIPTION);
        }
    }
}

object! {
    /// What was ordered.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{Order, OrderItem};
    ///
    /// let order = Order::of([
    ///     OrderItem::new("1234567", "Blue Elf Aloe", 5000, 2),
    ///     OrderItem::new("7654321", "Pot", 2500, 1),
    /// ]);
    /// assert_eq!(order.total(), Some(12_500));
    /// ```
    pub struct Order {
        /// How far it is: `pending`.
        pub status: Option<OrderState> = "status",
        /// Of what kind it is.
        pub kind: Option<String> = "type",
        /// The catalog its things are in.
        pub catalog_id: Option<String> = "catalog_id",
        /// Its things.
        pub items: Vec<OrderItem> = "items",
        /// What they cost together.
        pub subtotal: Option<Amount> = "subtotal",
        /// The tax.
        pub tax: Option<Fee> = "tax",
        /// What the shipping costs.
        pub shipping: Option<Fee> = "shipping",
        /// What is taken off.
        pub discount: Option<Fee> = "discount",
        /// Until when it can be paid.
        pub expiration: Option<Expiration> = "expiration",
    }
    check |order, found| {
        if order.status.as_ref().is_some_and(|status| *status != OrderState::Pending) {
            found.add("status", "pending");
        }
        if order.items.is_empty() {
            found.add("items", "an item, found none");
        }
        match &order.subtotal {
            None => found.add("subtotal", "an amount, found none"),
            Some(subtotal) => {
                let sum = |price: fn(&OrderItem) -> Option<i128>| {
                    order.items.iter().map(price).sum::<Option<i128>>()
                };
                let (reduced, full) = (sum(OrderItem::reduced), sum(OrderItem::full));
                let found_sum = subtotal.value.map(i128::from);
                if let (Some(reduced), Some(value)) = (reduced, found_sum)
                    && value != reduced
                    && full != Some(value)
                {
                    let rule = format!("the sum of the items = {reduced}, found {value}");
                    found.add("subtotal.value", rule);
                }
            }
        }
    }
}

object! {
    /// A thing that was ordered.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::OrderItem;
    ///
    /// let aloe = OrderItem::new("1234567", "Blue Elf Aloe", 5000, 2);
    /// assert_eq!((aloe.quantity, aloe.amount.unwrap().value), (Some(2), Some(5000)));
    /// ```
    pub struct OrderItem {
        /// Its number in the catalog.
        pub retailer_id: Option<String> = "retailer_id",
        /// Its number in a catalog of Meta's.
        pub product_id: Option<String> = "product_id",
        /// What it is: 1 to 60 characters.
        pub name: String = "name",
        /// Its picture.
        pub image: Option<Media> = "image",
        /// What one costs.
        pub amount: Option<Amount> = "amount",
        /// What one costs now, if less.
        pub sale_amount: Option<Amount> = "sale_amount",
        /// How many.
        pub quantity: Option<u32> = "quantity",
        /// Where it comes from (India).
        pub country_of_origin: Option<String> = "country_of_origin",
        /// Who brings it in (India).
        pub importer_name: Option<String> = "importer_name",
        /// Where he is (India).
        pub importer_address: Option<PostalAddress> = "importer_address",
    }
    check |item, found| {
        found.length("name", &item.name, 1, ITEM_NAME);
        if item.amount.is_none() {
            found.add("amount", "an amount, found none");
        }
        let value = |amount: &Option<Amount>| amount.as_ref().and_then(|amount| amount.value);
        if let (Some(full), Some(now)) = (value(&item.amount), value(&item.sale_amount))
            && now > full
        {
            found.add("sale_amount.value", format!("at most the amount {full}, found {now}"));
        }
        if item.quantity.is_none_or(|quantity| quantity == 0) {
            found.add("quantity", "1 or more");
        }
    }
}

object! {
    /// Until when an order can be paid.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{Expiration, Order, OrderItem};
    ///
    /// let until: Expiration = serde_json::from_str(
    ///     r#"{"timestamp":"1749502783","description":"Pay within a day"}"#,
    /// )?;
    /// let mut order = Order::of([OrderItem::new("1234567", "Blue Elf Aloe", 5000, 1)]);
    /// order.expiration = Some(until);
    /// assert_eq!(serde_json::to_value(&order)?["expiration"]["timestamp"], "1749502783");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct Expiration {
        /// The moment, in seconds since 1970: at least 300 seconds ahead. A text of digits.
        pub timestamp: String = "timestamp",
        /// What is said of it: at most 120 characters.
        pub description: Option<String> = "description",
    }
    check |expiration, found| {
        let timestamp = &expiration.timestamp;
        if timestamp.is_empty() || !timestamp.bytes().all(|byte| byte.is_ascii_digit()) {
            found.add("timestamp", "seconds since 1970");
        }
        if let Some(description) = &expiration.description {
            found.length("description", description, 0, EXPIRATION_DESCRIPTION);
        }
    }
}

object! {
    /// An address for goods (India).
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{OrderItem, PostalAddress};
    ///
    /// let importer: PostalAddress = serde_json::from_str(
    ///     r#"{"address_line1":"One BKC","city":"Mumbai","zone_code":"MH","postal_code":"400051",
    ///         "country_code":"IN"}"#,
    /// )?;
    /// let mut item = OrderItem::new("1234567", "Blue Elf Aloe", 5000, 1);
    /// item.importer_address = Some(importer);
    /// assert_eq!(serde_json::to_value(&item)?["importer_address"]["zone_code"], "MH");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct PostalAddress {
        /// The first line.
        pub address_line1: Option<String> = "address_line1",
        /// The second line.
        pub address_line2: Option<String> = "address_line2",
        /// The city.
        pub city: Option<String> = "city",
        /// The part of the city.
        pub zone_code: Option<String> = "zone_code",
        /// The postal code.
        pub postal_code: Option<String> = "postal_code",
        /// The country in two letters.
        pub country_code: Option<String> = "country_code",
    }
}

object! {
    /// Who gets the goods (India).
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::Beneficiary;
    ///
    /// let who: Beneficiary = serde_json::from_str(
    ///     r#"{"name":"Ana","address_line1":"One BKC","city":"Mumbai","state":"Maharashtra",
    ///         "country":"India","postal_code":"400051"}"#,
    /// )?;
    /// assert_eq!(who.city.as_deref(), Some("Mumbai"));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct Beneficiary {
        /// The name.
        pub name: Option<String> = "name",
        /// The first line of the address.
        pub address_line1: Option<String> = "address_line1",
        /// The second line.
        pub address_line2: Option<String> = "address_line2",
        /// The city.
        pub city: Option<String> = "city",
        /// The state.
        pub state: Option<String> = "state",
        /// The country.
        pub country: Option<String> = "country",
        /// The postal code.
        pub postal_code: Option<String> = "postal_code",
    }
}

object! {
    /// What has become of an order.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{Message, OrderState, OrderStatus};
    ///
    /// let status = OrderStatus::new("reference-id", OrderState::Completed).described("Enjoy!");
    /// let message = Message::order_status("+5511999990001", "Your order is done", status);
    /// assert_eq!(serde_json::to_value(&message)?["interactive"]["type"], "order_status");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct OrderStatus {
        /// The order's own number.
        pub reference_id: String = "reference_id",
        /// How far the order is; in Brazil it may be left out.
        pub order: Option<OrderUpdate> = "order",
        /// How far the payment is.
        pub payment: Option<PaymentOutcome> = "payment",
    }
    check |status, found| {
        check_reference(&status.reference_id, found);
        if status.order.is_none() && status.payment.is_none() {
            found.say("an order or a payment, found none");
        }
    }
}

object! {
    /// How far an order is.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{OrderState, OrderStatus, OrderUpdate};
    ///
    /// let status =
    ///     OrderStatus::new("reference-id", OrderState::Canceled).described("Out of stock");
    /// let OrderUpdate { description, .. } = status.order.unwrap();
    /// assert_eq!(description.as_deref(), Some("Out of stock"));
    /// ```
    pub struct OrderUpdate {
        /// How far.
        pub status: OrderState = "status",
        /// What is said of it: at most 120 characters.
        pub description: Option<String> = "description",
    }
    check |update, found| {
        if update.status.as_str().is_empty() {
            found.add("status", "a status, found none");
        }
        if let Some(description) = &update.description {
            found.length("description", description, 0, STATUS_DESCRIPTION);
        }
    }
}

object! {
    /// How far a payment is.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{OrderStatus, PaymentOutcome};
    ///
    /// let status: OrderStatus = serde_json::from_str(
    ///     r#"{"reference_id":"reference-id","payment":{"status":"captured",
    ///         "timestamp":1722445231}}"#,
    /// )?;
    /// let PaymentOutcome { status, .. } = status.payment.unwrap();
    /// assert_eq!(status, "captured");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct PaymentOutcome {
        /// `pending`, `captured`, `failed` and others.
        pub status: String = "status",
        /// When, in seconds since 1970.
        pub timestamp: Option<i64> = "timestamp",
    }
    check |payment, found| {
        if payment.status.is_empty() {
            found.add("status", "a status, found none");
        }
    }
}

impl Amount {
    /// So many hundredths.
    pub fn new(hundredths: i64) -> Self {
        Self { value: Some(hundredths), offset: Some(OFFSET), ..Self::default() }
    }
}

impl Fee {
    /// So many hundredths.
    pub fn new(hundredths: i64) -> Self {
        Self { value: Some(hundredths), offset: Some(OFFSET), ..Self::default() }
    }
}

impl OrderItem {
    /// `quantity` things that cost so many hundredths each.
    pub fn new(
        retailer_id: impl Into<String>,
        name: impl Into<String>,
        hundredths: i64,
        quantity: u32,
    ) -> Self {
        Self {
            retailer_id: Some(retailer_id.into()),
            name: name.into(),
            amount: Some(Amount::new(hundredths)),
            quantity: Some(quantity),
            ..Self::default()
        }
    }

    fn full(&self) -> Option<i128> {
        Some(i128::from(self.amount.as_ref()?.value?) * i128::from(self.quantity?))
    }

    fn reduced(&self) -> Option<i128> {
        let amount = self.sale_amount.as_ref().or(self.amount.as_ref())?;
        Some(i128::from(amount.value?) * i128::from(self.quantity?))
    }
}

impl Order {
    /// An order of these things, with their sum as subtotal.
    pub fn of(items: impl IntoIterator<Item = OrderItem>) -> Self {
        let items: Vec<_> = items.into_iter().collect();
        let sum = items.iter().map(OrderItem::reduced).sum::<Option<i128>>();
        Self {
            status: Some(OrderState::Pending),
            subtotal: sum.and_then(|sum| i64::try_from(sum).ok()).map(Amount::new),
            items,
            ..Self::default()
        }
    }

    /// What is to be paid for it; none where an amount is missing.
    pub fn total(&self) -> Option<i128> {
        let fee = |fee: &Option<Fee>| match fee {
            None => Some(0),
            Some(fee) => fee.value.map(i128::from),
        };
        let subtotal = i128::from(self.subtotal.as_ref()?.value?);
        Some(subtotal + fee(&self.tax)? + fee(&self.shipping)? - fee(&self.discount)?)
    }
}

impl OrderDetails {
    /// An order of digital goods in Brazil, in reais.
    pub fn brazil(
        reference: impl Into<String>,
        order: Order,
        ways: impl IntoIterator<Item = PaymentSetting>,
    ) -> Self {
        let total = order.total().and_then(|total| i64::try_from(total).ok());
        Self {
            reference_id: reference.into(),
            kind: GoodsKind::Digital,
            payment_type: Some("br".to_owned()),
            payment_settings: ways.into_iter().collect(),
            currency: "BRL".to_owned(),
            total_amount: total.map(Amount::new),
            order: Some(Box::new(order)),
            ..Self::default()
        }
    }
}

impl OrderStatus {
    /// How far the order of this number is.
    pub fn new(reference: impl Into<String>, status: OrderState) -> Self {
        let order = Some(OrderUpdate { status, ..OrderUpdate::default() });
        Self { reference_id: reference.into(), order, ..Self::default() }
    }

    /// What is said of it.
    #[must_use]
    pub fn described(mut self, description: impl Into<String>) -> Self {
        if let Some(order) = &mut self.order {
            order.description = Some(description.into());
        }
        self
    }
}

fn check_reference(reference: &str, found: &mut Violations) {
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
    found.length("reference_id", reference, 1, REFERENCE);
    if !reference.bytes().all(is_word) {
        found.add("reference_id", "letters, digits, underscores, dashes and dots");
    }
}

fn check_amount(value: Option<i64>, offset: Option<i64>, found: &mut Violations) {
    match value {
        None => found.add("value", "a number of hundredths, found none"),
        Some(value) if value < 0 => found.add("value", format!("0 or more, found {value}")),
        Some(_) => {}
    }
    if offset != Some(OFFSET) {
        found.add("offset", format!("{OFFSET}"));
    }
}
