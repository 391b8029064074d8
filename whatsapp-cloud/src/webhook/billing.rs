//! What a status tells about money: how a message is billed, and how a customer paid.

use crate::webhook::json::{Form, Json, Step};
use crate::webhook::raw::Raw;
use crate::webhook::read::{Read, word};
use crate::webhook::record::{fill_place, fill_record, object, record};
use crate::webhook::words::words;
use crate::wire::Text;

words! {
    /// What opened the conversation that a message was billed in.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{ConversationOriginKind, EventKind, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"messages","value":{
    ///     "statuses":[{"id":"wamid.A","status":"sent",
    ///     "conversation":{"origin":{"type":"utility"}}}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::Status(status) = event.kind else { return Err("it is another") };
    /// let origin = status.conversation.and_then(|conversation| conversation.origin);
    /// assert_eq!(origin.and_then(|origin| origin.kind), Some(ConversationOriginKind::Utility));
    /// # Ok::<(), &str>(())
    /// ```
    ConversationOriginKind {
        /// A one-time code.
        Authentication = "authentication",
        /// A one-time code at the rate for other countries. With an underscore here, and a
        /// hyphen in [`PricingCategory`].
        AuthenticationInternational = "authentication_international",
        /// A marketing message.
        Marketing = "marketing",
        /// One sent by the API for marketing messages.
        MarketingLite = "marketing_lite",
        /// News on an order and the like.
        Utility = "utility",
        /// An answer to the customer.
        Service = "service",
        /// The customer came by an advertisement or a button of a page: nothing is billed.
        ReferralConversion = "referral_conversion",
        /// The customer, in the words of old API versions.
        UserInitiated = "user_initiated",
        /// The business, in the words of old API versions.
        BusinessInitiated = "business_initiated",
    }
}

words! {
    /// By which rules a message is billed.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::PricingModel;
    ///
    /// assert_eq!(PricingModel::from("PMP"), PricingModel::PerMessage);
    /// ```
    PricingModel {
        /// Each message by itself.
        PerMessage = "PMP",
        /// Each conversation; until July 2025.
        PerConversation = "CBP",
        /// Each notification; until 2022.
        PerNotification = "NBP",
    }
}

words! {
    /// Whether a message costs something, and if not, why.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::PricingKind;
    ///
    /// let costs = |kind: &PricingKind| *kind == PricingKind::Regular;
    /// assert!(costs(&"regular".into()) && !costs(&"free_customer_service".into()));
    /// ```
    PricingKind {
        /// It does.
        Regular = "regular",
        /// Free, because the customer wrote within the last 24 hours.
        FreeCustomerService = "free_customer_service",
        /// Free, because the customer came by an advertisement or a button of a page.
        FreeEntryPoint = "free_entry_point",
    }
}

words! {
    /// At which rate a message is billed.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{EventKind, PricingCategory, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"messages","value":{
    ///     "statuses":[{"id":"wamid.A","status":"sent",
    ///     "pricing":{"category":"marketing_lite"}}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::Status(status) = event.kind else { return Err("it is another") };
    /// let pricing = status.pricing.ok_or("it is billed")?;
    /// assert_eq!(pricing.category, Some(PricingCategory::MarketingLite));
    /// # Ok::<(), &str>(())
    /// ```
    PricingCategory {
        /// One-time codes.
        Authentication = "authentication",
        /// One-time codes to other countries. With a hyphen here, and an underscore in
        /// [`ConversationOriginKind`].
        AuthenticationInternational = "authentication-international",
        /// Marketing messages.
        Marketing = "marketing",
        /// Those sent by the API for marketing messages.
        MarketingLite = "marketing_lite",
        /// News on an order and the like.
        Utility = "utility",
        /// Answers to the customer.
        Service = "service",
        /// Answers to a customer who came by an advertisement or a button of a page.
        ReferralConversion = "referral_conversion",
        /// What a machine for any question writes.
        GeneralPurposeAi = "general_purpose_ai",
        /// Marketing messages in a group.
        GroupMarketing = "group_marketing",
        /// News in a group.
        GroupUtility = "group_utility",
        /// Answers in a group.
        GroupService = "group_service",
        /// Of old API versions: the customer began.
        UserInitiated = "user_initiated",
        /// Of old API versions: the business began.
        BusinessInitiated = "business_initiated",
    }
}

record! {
    /// The conversation that a message was billed in.
    ///
    /// Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages/status>
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{Conversation, EventKind, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"messages","value":{
    ///     "statuses":[{"id":"wamid.A","status":"sent","conversation":{"id":"72a12345",
    ///     "expiration_timestamp":"1749502783"}}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::Status(status) = event.kind else { return Err("it is another") };
    /// let Conversation { expiration_timestamp, .. } = status.conversation.ok_or("it is in one")?;
    /// assert_eq!(expiration_timestamp, Some(1_749_502_783));
    /// # Ok::<(), &str>(())
    /// ```
    pub struct Conversation<'a> {
        /// Never a key: under per-message pricing each message has another one.
        pub id: Option<Text<'a>> = "id",
        /// What opened it.
        pub origin: Option<ConversationOrigin> = "origin",
        /// When it ends, in seconds since 1970. With `sent` only.
        pub expiration_timestamp: Option<i64> = "expiration_timestamp" as quoted,
        /// How the message is billed: groups have it here now and then.
        pub pricing: Option<Box<Pricing>> = "pricing",
    }
}

record! {
    /// What opened a conversation.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{
    ///     ConversationOrigin, ConversationOriginKind, EventKind, Verified,
    /// };
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"messages","value":{
    ///     "statuses":[{"id":"wamid.A","status":"sent",
    ///     "conversation":{"origin":{"type":"service"}}}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::Status(status) = event.kind else { return Err("it is another") };
    /// let conversation = status.conversation.ok_or("it is in one")?;
    /// let ConversationOrigin { kind, .. } = conversation.origin.ok_or("something opened it")?;
    /// assert_eq!(kind, Some(ConversationOriginKind::Service));
    /// # Ok::<(), &str>(())
    /// ```
    pub struct ConversationOrigin {
        /// What it was.
        pub kind: Option<ConversationOriginKind> = "type",
    }
}

object! {
    other;
    types Pricing, Pricing;
    /// How a message is billed.
    ///
    /// Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages/status>
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{EventKind, Pricing, PricingKind, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"messages","value":{
    ///     "statuses":[{"id":"wamid.A","status":"sent","pricing":{"billable":false,
    ///     "pricing_model":"PMP","type":"free_customer_service",
    ///     "category":"service"}}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::Status(status) = event.kind else { return Err("it is another") };
    /// let Pricing { billable, kind, .. } = status.pricing.ok_or("it says how")?;
    /// assert_eq!((billable, kind), (Some(false), Some(PricingKind::FreeCustomerService)));
    /// # Ok::<(), &str>(())
    /// ```
    pub struct Pricing {
        /// Whether it costs something. On its way out: `kind` tells more.
        pub billable: Option<bool> = "billable",
        /// By which rules.
        pub pricing_model: Option<PricingModel> = "pricing_model",
        /// Whether it costs something, and if not, why.
        pub kind: Option<PricingKind> = "type",
        /// At which rate.
        pub category: Option<PricingCategory> = "category",
    }
}

impl<'a> Read<'a> for Pricing {
    fn read(json: &mut Json<'a>) -> Step<Option<Self>> {
        if json.peek() != Some(b'"') {
            let mut pricing = Self::default();
            return Ok(fill_record(&mut pricing, json)?.then_some(pricing));
        }
        // Some give the model alone, as a word.
        json.note(Form::Odd);
        let model = word(json, |word| {
            let model = PricingModel::from(word.to_ascii_uppercase().as_str());
            let known = model.is_known();
            (model, known)
        });
        Ok(model?.map(|model| Self { pricing_model: Some(model), ..Self::default() }))
    }

    fn read_into(place: &mut Option<Self>, json: &mut Json<'a>) -> Step<()> {
        fill_place(place, json)
    }
}

words! {
    /// Who handles a payment.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::PaymentGateway;
    ///
    /// assert_eq!(PaymentGateway::from("razorpay"), PaymentGateway::Razorpay);
    /// assert!(!PaymentGateway::from("a new one").is_known());
    /// ```
    PaymentGateway {
        /// Razorpay.
        Razorpay = "razorpay",
        /// `BillDesk`.
        BillDesk = "billdesk",
        /// `PayU`.
        PayU = "payu",
        /// Zaakpay.
        Zaakpay = "zaakpay",
        /// None: the customer's bank, by UPI.
        Upi = "upi",
    }
}

words! {
    /// What became of an attempt to pay, or to pay back.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::TransactionStatus;
    ///
    /// let is_paid = |status: &TransactionStatus| *status == TransactionStatus::Success;
    /// assert!(is_paid(&"success".into()) && !is_paid(&"pending".into()));
    /// ```
    TransactionStatus {
        /// Not decided yet.
        Pending = "pending",
        /// The money has moved.
        Success = "success",
        /// It has not.
        Failed = "failed",
        /// The money was paid back.
        Completed = "completed",
    }
}

words! {
    /// What a customer paid with.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::PaymentMethodKind;
    ///
    /// assert_eq!(PaymentMethodKind::from("netbanking"), PaymentMethodKind::NetBanking);
    /// ```
    PaymentMethodKind {
        /// UPI.
        Upi = "upi",
        /// A card.
        Card = "card",
        /// A wallet.
        Wallet = "wallet",
        /// His bank's page.
        NetBanking = "netbanking",
    }
}

words! {
    /// How fast money is paid back.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::RefundSpeed;
    ///
    /// assert_eq!(RefundSpeed::from("instant"), RefundSpeed::AtOnce);
    /// ```
    RefundSpeed {
        /// At once.
        AtOnce = "instant",
        /// Within days.
        Normal = "normal",
    }
}

record! {
    /// How a customer paid for an order (India).
    ///
    /// Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/payments/payments-in/pg>
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{EventKind, Payment, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"messages","value":{
    ///     "statuses":[{"id":"wamid.A","status":"captured","type":"payment",
    ///     "payment":{"reference_id":"reference-id","amount":{"value":21000,"offset":100},
    ///     "currency":"INR"}}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::Status(status) = event.kind else { return Err("it is another") };
    /// let Payment { reference_id, .. } = *status.payment.ok_or("it is about one")?;
    /// assert_eq!(reference_id, Some("reference-id".into()), "that of the order");
    /// # Ok::<(), &str>(())
    /// ```
    pub struct Payment<'a> {
        /// The order, as the business named it.
        pub reference_id: Option<Text<'a>> = "reference_id",
        /// What was paid in all.
        pub amount: Option<Amount> = "amount",
        /// As three letters.
        pub currency: Option<Text<'a>> = "currency",
        /// The attempt that this is about.
        pub transaction: Option<Box<Transaction<'a>>> = "transaction",
        /// What was paid back.
        pub refunds: Vec<Refund<'a>> = "refunds",
        /// What the business wrote into the order for Razorpay.
        pub receipt: Option<Text<'a>> = "receipt",
        /// What the business wrote into the order for Razorpay, by names of its own.
        pub notes: Option<Raw<'a>> = "notes",
        /// What the business wrote into the order for `PayU`.
        pub udf1: Option<Text<'a>> = "udf1",
        /// The second.
        pub udf2: Option<Text<'a>> = "udf2",
        /// The third.
        pub udf3: Option<Text<'a>> = "udf3",
        /// The fourth.
        pub udf4: Option<Text<'a>> = "udf4",
        /// What the business wrote into the order for Zaakpay.
        pub extra1: Option<Text<'a>> = "extra1",
        /// The second.
        pub extra2: Option<Text<'a>> = "extra2",
        /// What the business wrote into the order for `BillDesk`.
        pub additional_info1: Option<Text<'a>> = "additional_info1",
        /// The second.
        pub additional_info2: Option<Text<'a>> = "additional_info2",
        /// The third.
        pub additional_info3: Option<Text<'a>> = "additional_info3",
        /// The fourth.
        pub additional_info4: Option<Text<'a>> = "additional_info4",
        /// The fifth.
        pub additional_info5: Option<Text<'a>> = "additional_info5",
        /// The sixth.
        pub additional_info6: Option<Text<'a>> = "additional_info6",
        /// The seventh.
        pub additional_info7: Option<Text<'a>> = "additional_info7",
    }
}

record! {
    /// An amount of money: `value` divided by `offset`.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{Amount, EventKind, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"messages","value":{
    ///     "statuses":[{"status":"captured","type":"payment",
    ///     "payment":{"amount":{"value":21000,"offset":100}}}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::Status(status) = event.kind else { return Err("it is another") };
    /// let payment = status.payment.ok_or("it is about one")?;
    /// let Amount { value, offset, .. } = payment.amount.ok_or("it says how much")?;
    /// assert_eq!(value.zip(offset).map(|(value, offset)| value / offset), Some(210));
    /// # Ok::<(), &str>(())
    /// ```
    pub struct Amount {
        /// In the smallest unit.
        pub value: Option<i64> = "value",
        /// How many of them make one; 100 for rupees.
        pub offset: Option<i64> = "offset",
    }
}

record! {
    /// An attempt to pay.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{EventKind, Transaction, TransactionStatus, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"messages","value":{
    ///     "statuses":[{"status":"pending","type":"payment",
    ///     "payment":{"transaction":{"id":"order_GQP","type":"razorpay",
    ///     "status":"failed"}}}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::Status(status) = event.kind else { return Err("it is another") };
    /// let payment = status.payment.ok_or("it is about one")?;
    /// let Transaction { status, .. } = *payment.transaction.ok_or("it was tried")?;
    /// assert_eq!(status, Some(TransactionStatus::Failed), "the customer may try again");
    /// # Ok::<(), &str>(())
    /// ```
    pub struct Transaction<'a> {
        /// The order, as the payment gateway names it.
        pub id: Option<Text<'a>> = "id",
        /// The payment, as the payment gateway names it.
        pub pg_transaction_id: Option<Text<'a>> = "pg_transaction_id",
        /// Who handles it.
        pub kind: Option<PaymentGateway> = "type",
        /// What became of it.
        pub status: Option<TransactionStatus> = "status",
        /// When it was begun, in seconds since 1970.
        pub created_timestamp: Option<i64> = "created_timestamp",
        /// When it changed last, in seconds since 1970.
        pub updated_timestamp: Option<i64> = "updated_timestamp",
        /// What the customer paid with. Not always there when it failed.
        pub method: Option<TransactionMethod> = "method",
        /// Why it failed. Not a Graph error.
        pub error: Option<Box<TransactionError<'a>>> = "error",
        /// What was paid, where it stands with the attempt.
        pub amount: Option<Amount> = "amount",
        /// In which currency, in three letters.
        pub currency: Option<Text<'a>> = "currency",
        /// What was paid back of it.
        pub refunds: Vec<Refund<'a>> = "refunds",
    }
}

record! {
    /// What a customer paid with.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{EventKind, PaymentMethodKind, TransactionMethod, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"messages","value":{
    /// "statuses":[{"status":"captured","type":"payment",
    /// "payment":{"transaction":{"method":{"type":"upi"}}}}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::Status(status) = event.kind else { return Err("it is another") };
    /// let transaction =
    ///     status.payment.and_then(|payment| payment.transaction).ok_or("it was tried")?;
    /// let TransactionMethod { kind, .. } = transaction.method.ok_or("it says how")?;
    /// assert_eq!(kind, Some(PaymentMethodKind::Upi));
    /// # Ok::<(), &str>(())
    /// ```
    pub struct TransactionMethod {
        /// What it is.
        pub kind: Option<PaymentMethodKind> = "type",
    }
}

record! {
    /// Why an attempt to pay failed, in the payment gateway's words.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{EventKind, TransactionError, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"messages","value":{
    /// "statuses":[{"status":"pending","type":"payment",
    /// "payment":{"transaction":{"status":"failed","error":{"code":"BAD_REQUEST_ERROR",
    /// "reason":"insufficient_funds"}}}}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::Status(status) = event.kind else { return Err("it is another") };
    /// let transaction =
    ///     status.payment.and_then(|payment| payment.transaction).ok_or("it was tried")?;
    /// let TransactionError { reason, .. } = *transaction.error.ok_or("it says why")?;
    /// assert_eq!(reason, Some("insufficient_funds".into()));
    /// # Ok::<(), &str>(())
    /// ```
    pub struct TransactionError<'a> {
        /// For programs.
        pub code: Option<Text<'a>> = "code",
        /// For people.
        pub reason: Option<Text<'a>> = "reason",
    }
}

record! {
    /// Money that is paid back.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{EventKind, Refund, RefundSpeed, TransactionStatus, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"messages","value":{
    ///     "statuses":[{"status":"captured","type":"payment",
    ///     "payment":{"refunds":[{"id":"rfnd_1","status":"completed",
    ///     "speed_processed":"normal"}]}}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::Status(status) = event.kind else { return Err("it is another") };
    /// let payment = status.payment.ok_or("it is about one")?;
    /// let Refund { status, speed_processed, .. } = &payment.refunds[0];
    /// assert_eq!(
    ///     (status, speed_processed),
    ///     (&Some(TransactionStatus::Completed), &Some(RefundSpeed::Normal)),
    /// );
    /// # Ok::<(), &str>(())
    /// ```
    pub struct Refund<'a> {
        /// The refund, as the payment gateway names it.
        pub id: Option<Text<'a>> = "id",
        /// How much.
        pub amount: Option<Amount> = "amount",
        /// How fast.
        pub speed_processed: Option<RefundSpeed> = "speed_processed",
        /// What became of it.
        pub status: Option<TransactionStatus> = "status",
        /// When it was begun, in seconds since 1970.
        pub created_timestamp: Option<i64> = "created_timestamp",
        /// When it changed last, in seconds since 1970.
        pub updated_timestamp: Option<i64> = "updated_timestamp",
    }
}
