//! What a status tells about money: how a message is billed, and how a customer paid.

use crate::webhook::json::{Form, Json, Step};
use crate::webhook::raw::Raw;
use crate::webhook::read::{Read, word};
use crate::webhook::record::{fill_place, fill_record, object, record};
use crate::webhook::words::words;
use crate::wire::Text;

words! {
    /// What opened the conversation that a message was billed in.
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
    pub struct Amount {
        /// In the smallest unit.
        pub value: Option<i64> = "value",
        /// How many of them make one; 100 for rupees.
        pub offset: Option<i64> = "offset",
    }
}

record! {
    /// An attempt to pay.
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
    pub struct TransactionMethod {
        /// What it is.
        pub kind: Option<PaymentMethodKind> = "type",
    }
}

record! {
    /// Why an attempt to pay failed, in the payment gateway's words.
    pub struct TransactionError<'a> {
        /// For programs.
        pub code: Option<Text<'a>> = "code",
        /// For people.
        pub reason: Option<Text<'a>> = "reason",
    }
}

record! {
    /// Money that is paid back.
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
