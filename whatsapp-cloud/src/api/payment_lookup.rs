//! What became of a payment in India, and giving it back.
//!
//! Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/payments-api/payments-in/pg>

use std::collections::BTreeMap;

use crate::api::call::call;
use crate::id::PhoneNumberId;
use crate::wire::{object, open_enum};

/// An amount is in hundredths.
const OFFSET: u32 = 100;

call! {
    /// Asks what became of the payment for an order.
    ///
    /// Meta wants payments to be confirmed by this, and not by a webhook alone.
    ///
    /// ```
    /// use whatsapp_cloud::api::payment_lookup::GetPayment;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let call = GetPayment::new("106540352242922", "my-configuration", "order-1");
    /// assert_eq!(
    ///     call.request()?.target()?,
    ///     "106540352242922/payments/my-configuration/order-1"
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct GetPayment -> Payments = "get payment", idempotent;
    get "/{Phone-Number-ID}/payments/{Payment-Configuration}/{Reference-ID}" {
        /// The number that sent the order.
        phone_number_id: PhoneNumberId,
        /// The configuration that the order named.
        payment_configuration: String,
        /// The reference that the order named.
        reference_id: String,
    }
}

call! {
    /// Gives money back.
    ///
    /// ```
    /// use whatsapp_cloud::api::payment_lookup::{RefundAmount, RefundOrder, RefundPayment};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let refund = RefundOrder {
    ///     reference_id: "order-1".to_owned(),
    ///     payment_config_id: "my-configuration".to_owned(),
    ///     amount: Some(RefundAmount::rupees(1_234)),
    ///     ..RefundOrder::default()
    /// };
    /// let call = RefundPayment::new("106540352242922", refund);
    /// assert_eq!(call.request()?.target()?, "106540352242922/payments_refund");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct RefundPayment -> Refund = "refund payment", once;
    post "/{Phone-Number-ID}/payments_refund" {
        /// The number that sent the order.
        phone_number_id: PhoneNumberId,
    }
    body {
        /// What to give back.
        refund: RefundOrder
    }
}

object! {
    /// What became of the payment for an order.
    ///
    /// ```
    /// use whatsapp_cloud::api::payment_lookup::{Payment, PaymentStatus, Payments};
    ///
    /// let found: Payments = serde_json::from_str(
    ///     r#"{"payments":[{"reference_id":"reference-id-value","status":"captured"}]}"#,
    /// )?;
    /// let is_paid = |payment: &Payment| payment.status == Some(PaymentStatus::Captured);
    /// assert!(found.payments.iter().any(is_paid));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct Payments {
        /// The payment.
        pub payments: Vec<Payment> = "payments",
    }
}

object! {
    /// A payment.
    ///
    /// ```
    /// use whatsapp_cloud::api::payment_lookup::Payment;
    ///
    /// let payment: Payment = serde_json::from_str(
    ///     r#"{"status":"pending","currency":"INR","amount":{"value":21000,"offset":100}}"#,
    /// )?;
    /// assert_eq!(payment.currency.as_deref(), Some("INR"));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct Payment {
        /// The reference that the order named.
        pub reference_id: Option<String> = "reference_id",
        /// Whether it was paid.
        pub status: Option<PaymentStatus> = "status",
        /// The currency: `INR`.
        pub currency: Option<String> = "currency",
        /// How much.
        pub total_amount: Option<Amount> = "total_amount",
        /// The same, as another page of Meta's writes it.
        pub amount: Option<Amount> = "amount",
        /// How it was tried to pay.
        pub transactions: Vec<Transaction> = "transactions",
        /// What the order gave Razorpay.
        pub receipt: Option<String> = "receipt",
        /// What the order gave Razorpay.
        pub notes: BTreeMap<String, String> = "notes",
        /// What the order gave `PayU`.
        pub udf1: Option<String> = "udf1",
        /// What the order gave `PayU`.
        pub udf2: Option<String> = "udf2",
        /// What the order gave `PayU`.
        pub udf3: Option<String> = "udf3",
        /// What the order gave `PayU`.
        pub udf4: Option<String> = "udf4",
        /// What the order gave Zaakpay.
        pub extra1: Option<String> = "extra1",
        /// What the order gave Zaakpay.
        pub extra2: Option<String> = "extra2",
        /// What the order gave `BillDesk`.
        pub additional_info1: Option<String> = "additional_info1",
        /// What the order gave `BillDesk`.
        pub additional_info2: Option<String> = "additional_info2",
        /// What the order gave `BillDesk`.
        pub additional_info3: Option<String> = "additional_info3",
        /// What the order gave `BillDesk`.
        pub additional_info4: Option<String> = "additional_info4",
        /// What the order gave `BillDesk`.
        pub additional_info5: Option<String> = "additional_info5",
        /// What the order gave `BillDesk`.
        pub additional_info6: Option<String> = "additional_info6",
        /// What the order gave `BillDesk`.
        pub additional_info7: Option<String> = "additional_info7",
    }
}

object! {
    /// An amount of money.
    ///
    /// ```
    /// use whatsapp_cloud::api::payment_lookup::{Amount, Payment};
    ///
    /// let payment: Payment = serde_json::from_str(
    ///     r#"{"amount":{"value":21000,"offset":100}}"#,
    /// )?;
    /// let Amount { value, offset, .. } = payment.amount.unwrap();
    /// assert_eq!(value.unwrap() / i64::from(offset.unwrap()), 210);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct Amount {
        /// How much, in the unit that `offset` says.
        pub value: Option<i64> = "value",
        /// How many of the unit make one of the currency: 100.
        pub offset: Option<u32> = "offset",
    }
}

object! {
    /// How it was tried to pay. At most one has succeeded.
    ///
    /// ```
    /// use whatsapp_cloud::api::payment_lookup::{Payment, Transaction, TransactionStatus};
    ///
    /// let payment: Payment = serde_json::from_str(
    ///     r#"{"transactions":[{"id":"order_1","status":"failed"},{"id":"order_2",
    ///         "status":"success"}]}"#,
    /// )?;
    /// let worked = |one: &&Transaction| one.status == Some(TransactionStatus::Success);
    /// assert_eq!(
    ///     payment.transactions.iter().find(worked).unwrap().id.as_deref(),
    ///     Some("order_2"),
    /// );
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct Transaction {
        /// The order's id at the payment gateway.
        pub id: Option<String> = "id",
        /// The payment's id there.
        pub pg_transaction_id: Option<String> = "pg_transaction_id",
        /// The gateway: `razorpay`, `payu`, `billdesk`, `zaakpay`, or `upi`.
        pub kind: Option<String> = "type",
        /// What came of it.
        pub status: Option<TransactionStatus> = "status",
        /// When it began, in seconds since 1970.
        pub created_timestamp: Option<i64> = "created_timestamp",
        /// When it changed, in seconds since 1970.
        pub updated_timestamp: Option<i64> = "updated_timestamp",
        /// With what it was paid.
        pub method: Option<PaymentMethod> = "method",
        /// Why it failed.
        pub error: Option<TransactionError> = "error",
        /// What was given back.
        pub refunds: Vec<Refund> = "refunds",
    }
}

object! {
    /// With what was paid.
    ///
    /// ```
    /// use whatsapp_cloud::api::payment_lookup::{PaymentMethod, Transaction};
    ///
    /// let transaction: Transaction = serde_json::from_str(r#"{"method":{"type":"upi"}}"#)?;
    /// let PaymentMethod { kind, .. } = transaction.method.unwrap();
    /// assert_eq!(kind.as_deref(), Some("upi"));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct PaymentMethod {
        /// `upi`, `card`, `wallet`, `netbanking`.
        pub kind: Option<String> = "type",
    }
}

object! {
    /// Why a payment failed.
    ///
    /// ```
    /// use whatsapp_cloud::api::payment_lookup::{Transaction, TransactionError};
    ///
    /// let transaction: Transaction = serde_json::from_str(
    ///     r#"{"status":"failed","error":{"code":"BAD_REQUEST_ERROR",
    ///         "reason":"insufficient_funds"}}"#,
    /// )?;
    /// let TransactionError { reason, .. } = transaction.error.unwrap();
    /// assert_eq!(reason.as_deref(), Some("insufficient_funds"));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct TransactionError {
        /// The gateway's word for it.
        pub code: Option<String> = "code",
        /// The same in words.
        pub reason: Option<String> = "reason",
    }
}

object! {
    /// What to give back.
    ///
    /// ```
    /// use whatsapp_cloud::api::payment_lookup::{RefundOrder, RefundPayment};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let refund: RefundOrder = serde_json::from_str(
    ///     r#"{"reference_id":"reference-id-value",
    ///         "payment_config_id":"test-payment-configuration","speed":"normal",
    ///         "amount":{"currency":"INR","value":"100","offset":"100"}}"#,
    /// )?;
    /// assert!(RefundPayment::new("106540352242922", refund).request().is_ok());
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct RefundOrder {
        /// The reference that the order named.
        pub reference_id: String = "reference_id",
        /// The configuration that the order named.
        pub payment_config_id: String = "payment_config_id",
        /// How fast.
        pub speed: Option<RefundSpeed> = "speed",
        /// How much.
        pub amount: Option<RefundAmount> = "amount",
    }
    check |refund, found| {
        for (name, text) in [
            ("reference_id", &refund.reference_id),
            ("payment_config_id", &refund.payment_config_id),
        ] {
            if text.is_empty() {
                found.add(name, "an id, found none");
            }
        }
        if refund.amount.is_none() {
            found.add("amount", "an amount, found none");
        }
    }
}

object! {
    /// How much to give back. Meta writes the numbers as texts here.
    ///
    /// ```
    /// use whatsapp_cloud::api::payment_lookup::RefundAmount;
    ///
    /// let one_rupee = RefundAmount {
    ///     currency: "INR".to_owned(),
    ///     value: "100".to_owned(),
    ///     offset: "100".to_owned(),
    ///     ..RefundAmount::default()
    /// };
    /// assert_eq!(
    ///     serde_json::to_string(&one_rupee)?,
    ///     r#"{"currency":"INR","value":"100","offset":"100"}"#,
    /// );
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct RefundAmount {
        /// The currency: `INR`.
        pub currency: String = "currency",
        /// How much, in hundredths: more than nothing.
        pub value: String = "value",
        /// How many hundredths make one: 100.
        pub offset: String = "offset",
    }
    check |amount, found| {
        if amount.currency != "INR" {
            found.add("currency", "INR");
        }
        if amount.value.parse().unwrap_or(0_u64) == 0 {
            found.add("value", "a whole number of hundredths, more than 0");
        }
        if amount.offset.parse() != Ok(OFFSET) {
            found.add("offset", format!("{OFFSET}"));
        }
    }
}

impl RefundAmount {
    /// Some hundredths of a rupee: 1,234 for ₹12.34.
    pub fn rupees(hundredths: u64) -> Self {
        Self {
            currency: "INR".to_owned(),
            value: hundredths.to_string(),
            offset: OFFSET.to_string(),
            ..Self::default()
        }
    }
}

object! {
    /// What is given back.
    ///
    /// ```
    /// use whatsapp_cloud::api::payment_lookup::{Refund, RefundSpeed};
    ///
    /// let refund: Refund = serde_json::from_str(
    ///     r#"{"id":"r-1","status":"pending","speed_processed":"instant"}"#,
    /// )?;
    /// assert_eq!(refund.speed_processed, Some(RefundSpeed::AtOnce));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct Refund {
        /// Its id.
        pub id: Option<String> = "id",
        /// What came of it.
        pub status: Option<TransactionStatus> = "status",
        /// How fast, which the gateway decides.
        pub speed_processed: Option<RefundSpeed> = "speed_processed",
        /// How much.
        pub amount: Option<Amount> = "amount",
        /// When it began, in seconds since 1970.
        pub created_timestamp: Option<i64> = "created_timestamp",
        /// When it changed, in seconds since 1970.
        pub updated_timestamp: Option<i64> = "updated_timestamp",
    }
}

open_enum! {
    /// Whether an order was paid.
    ///
    /// ```
    /// use whatsapp_cloud::api::payment_lookup::{Payment, PaymentStatus};
    ///
    /// let payment: Payment = serde_json::from_str(r#"{"status":"captured"}"#)?;
    /// assert_eq!(payment.status, Some(PaymentStatus::Captured));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    PaymentStatus {
        /// It was not, or not yet.
        Pending = "pending",
        /// It was.
        Captured = "captured",
    }
}

open_enum! {
    /// What came of a transaction or refund.
    ///
    /// ```
    /// use whatsapp_cloud::api::payment_lookup::{Refund, TransactionStatus};
    ///
    /// let refund: Refund = serde_json::from_str(r#"{"id":"r-1","status":"completed"}"#)?;
    /// assert_eq!(refund.status, Some(TransactionStatus::Completed));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    TransactionStatus {
        /// Nothing yet.
        Pending = "pending",
        /// It was done.
        Success = "success",
        /// It was done: the word for a refund that was just asked for.
        Completed = "completed",
        /// It failed.
        Failed = "failed",
    }
}

open_enum! {
    /// How fast money is given back.
    ///
    /// ```
    /// use whatsapp_cloud::api::payment_lookup::{RefundOrder, RefundSpeed};
    ///
    /// let order = RefundOrder { speed: Some(RefundSpeed::Normal), ..RefundOrder::default() };
    /// assert_eq!(serde_json::to_value(&order)?["speed"], "normal");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    RefundSpeed {
        /// At once.
        AtOnce = "instant",
        /// In some days.
        Normal = "normal",
    }
}
