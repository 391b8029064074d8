//! The ways in which an order can be paid.

use serde_json::{Map, Value};

use crate::api::messages::media::check_address;
use crate::wire::{object, open_enum};

open_enum! {
    /// A way to pay.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{PaymentSetting, PaymentSettingKind};
    ///
    /// assert_eq!(PaymentSetting::boleto("0339").kind, PaymentSettingKind::Boleto);
    /// ```
    PaymentSettingKind {
        /// Pix, with a code for this order (Brazil).
        Pix = "pix_dynamic_code",
        /// Boleto (Brazil).
        Boleto = "boleto",
        /// A page to pay on.
        PaymentLink = "payment_link",
        /// A card that is on file (Brazil).
        CardOnFile = "offsite_card_pay",
        /// A payment gateway (India).
        Gateway = "payment_gateway",
        /// A link for UPI (India). Undescribed by the pages at hand but by name.
        UpiIntentLink = "upi_intent_link",
    }
}

object! {
    /// A way to pay: its kind, and the member that is called like it.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/payments-api/payments-br>
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::PaymentSetting;
    ///
    /// let way = PaymentSetting::link("https://my-payment-link-url");
    /// assert_eq!(
    ///     serde_json::to_string(&way)?,
    ///     r#"{"type":"payment_link","payment_link":{"uri":"https://my-payment-link-url"}}"#,
    /// );
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct PaymentSetting {
        /// Which one.
        pub kind: PaymentSettingKind = "type",
        /// Pix.
        pub pix_dynamic_code: Option<Pix> = "pix_dynamic_code",
        /// Boleto.
        pub boleto: Option<Boleto> = "boleto",
        /// A page to pay on.
        pub payment_link: Option<PaymentLink> = "payment_link",
        /// A card that is on file.
        pub offsite_card_pay: Option<CardOnFile> = "offsite_card_pay",
        /// A payment gateway.
        pub payment_gateway: Option<Gateway> = "payment_gateway",
        /// A link for UPI.
        pub upi_intent_link: Option<UpiIntentLink> = "upi_intent_link",
    }
    check |setting, found| {
        let is_there = match setting.kind {
            PaymentSettingKind::Pix => setting.pix_dynamic_code.is_some(),
            PaymentSettingKind::Boleto => setting.boleto.is_some(),
            PaymentSettingKind::PaymentLink => setting.payment_link.is_some(),
            PaymentSettingKind::CardOnFile => setting.offsite_card_pay.is_some(),
            PaymentSettingKind::Gateway => setting.payment_gateway.is_some(),
            PaymentSettingKind::UpiIntentLink => setting.upi_intent_link.is_some(),
            // Known to the caller only: Meta decides.
            PaymentSettingKind::Unknown(ref word) => !word.is_empty(),
        };
        if !is_there {
            found.say("a kind, and the member that is called like it");
        }
    }
}

open_enum! {
    /// What a Pix key is.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{PaymentSetting, PixKeyKind};
    ///
    /// let way = PaymentSetting::pix(
    ///     "00020101021226700014br.gov.bcb.pix",
    ///     "Lucky Shrub",
    ///     "39580525000189",
    ///     PixKeyKind::Cnpj,
    /// );
    /// assert_eq!(serde_json::to_value(&way)?["pix_dynamic_code"]["key_type"], "CNPJ");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    PixKeyKind {
        /// A person's tax number.
        Cpf = "CPF",
        /// A company's tax number.
        Cnpj = "CNPJ",
        /// An address for mail.
        Email = "EMAIL",
        /// A phone number.
        Phone = "PHONE",
        /// A random key.
        Random = "EVP",
    }
}

object! {
    /// Pix, with a code for this order.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{PaymentSetting, Pix, PixKeyKind};
    ///
    /// let way = PaymentSetting::pix(
    ///     "00020101021226700014br.gov.bcb.pix",
    ///     "Lucky Shrub",
    ///     "39580525000189",
    ///     PixKeyKind::Cnpj,
    /// );
    /// let Pix { merchant_name, .. } = way.pix_dynamic_code.unwrap();
    /// assert_eq!(merchant_name, "Lucky Shrub");
    /// ```
    pub struct Pix {
        /// The code to copy.
        pub code: String = "code",
        /// Who gets the money.
        pub merchant_name: String = "merchant_name",
        /// The Pix key.
        pub key: String = "key",
        /// What the key is.
        pub key_type: PixKeyKind = "key_type",
    }
    check |pix, found| {
        let key_type = pix.key_type.as_str();
        for (name, text) in [
            ("code", pix.code.as_str()),
            ("merchant_name", pix.merchant_name.as_str()),
            ("key", pix.key.as_str()),
            ("key_type", key_type),
        ] {
            if text.is_empty() {
                found.add(name, "a text, found none");
            }
        }
    }
}

object! {
    /// Boleto.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{Boleto, PaymentSetting};
    ///
    /// let way = PaymentSetting::boleto("03399026944140000002628346101018898510000008848");
    /// let Boleto { digitable_line, .. } = way.boleto.unwrap();
    /// assert_eq!(digitable_line.len(), 47);
    /// ```
    pub struct Boleto {
        /// The line to copy.
        pub digitable_line: String = "digitable_line",
    }
    check |boleto, found| {
        if boleto.digitable_line.is_empty() {
            found.add("digitable_line", "a text, found none");
        }
    }
}

object! {
    /// A page to pay on.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{PaymentLink, PaymentSetting};
    ///
    /// let way = PaymentSetting::link("https://my-payment-link-url");
    /// let PaymentLink { uri, .. } = way.payment_link.unwrap();
    /// assert_eq!(uri, "https://my-payment-link-url");
    /// ```
    pub struct PaymentLink {
        /// Its address.
        pub uri: String = "uri",
    }
    check |link, found| {
        check_address("uri", &link.uri, found);
    }
}

object! {
    /// A card that is on file.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{CardOnFile, PaymentSetting};
    ///
    /// let way: PaymentSetting = serde_json::from_str(
    ///     r#"{"type":"offsite_card_pay","offsite_card_pay":{"last_four_digits":"5235",
    ///         "credential_id":"1234567"}}"#,
    /// )?;
    /// let CardOnFile { last_four_digits, .. } = way.offsite_card_pay.unwrap();
    /// assert_eq!(last_four_digits, "5235");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct CardOnFile {
        /// Its last four digits.
        pub last_four_digits: String = "last_four_digits",
        /// What the business knows it by.
        pub credential_id: String = "credential_id",
    }
    check |card, found| {
        let digits = card.last_four_digits.as_bytes();
        if digits.len() != 4 || !digits.iter().all(u8::is_ascii_digit) {
            found.add("last_four_digits", "4 digits");
        }
        if card.credential_id.is_empty() {
            found.add("credential_id", "an id, found none");
        }
    }
}

object! {
    /// A payment gateway.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/payments-api/payments-in/pg>
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{Gateway, PaymentSetting};
    ///
    /// let way: PaymentSetting = serde_json::from_str(
    ///     r#"{"type":"payment_gateway","payment_gateway":{"type":"razorpay",
    ///         "configuration_name":"test-payment-configuration"}}"#,
    /// )?;
    /// let Gateway { configuration_name, .. } = way.payment_gateway.unwrap();
    /// assert_eq!(configuration_name, "test-payment-configuration");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct Gateway {
        /// Which one: `razorpay`, `payu`, `billdesk`, `zaakpay`.
        pub kind: String = "type",
        /// The payment configuration's name.
        pub configuration_name: String = "configuration_name",
        /// What Razorpay is told.
        pub razorpay: Option<Razorpay> = "razorpay",
        /// What `PayU` is told: `udf1` to `udf4`.
        pub payu: Map<String, Value> = "payu",
        /// What `BillDesk` is told: `additional_info1` to `additional_info7`.
        pub billdesk: Map<String, Value> = "billdesk",
        /// What Zaakpay is told: `extra1`, `extra2`.
        pub zaakpay: Map<String, Value> = "zaakpay",
    }
    check |gateway, found| {
        if gateway.kind.is_empty() {
            found.add("type", "a gateway, found none");
        }
        if gateway.configuration_name.is_empty() {
            found.add("configuration_name", "a name, found none");
        }
    }
}

object! {
    /// What Razorpay is told.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{Gateway, Razorpay};
    ///
    /// let gateway: Gateway = serde_json::from_str(
    ///     r#"{"type":"razorpay","configuration_name":"test",
    ///         "razorpay":{"receipt":"receipt-value","notes":{"key1":"value1"}}}"#,
    /// )?;
    /// let Razorpay { notes, .. } = gateway.razorpay.unwrap();
    /// assert_eq!(notes["key1"], "value1");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct Razorpay {
        /// The receipt's number.
        pub receipt: Option<String> = "receipt",
        /// Notes, by names of one's own.
        pub notes: Map<String, Value> = "notes",
    }
}

object! {
    /// A link for UPI.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{PaymentSetting, UpiIntentLink};
    ///
    /// let way: PaymentSetting = serde_json::from_str(
    ///     r#"{"type":"upi_intent_link","upi_intent_link":{"link":"upi://pay?pa=merchant@upi"}}"#,
    /// )?;
    /// let UpiIntentLink { link, .. } = way.upi_intent_link.unwrap();
    /// assert!(link.starts_with("upi://"));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct UpiIntentLink {
        /// The link.
        pub link: String = "link",
    }
}

impl PaymentSetting {
    /// Pix.
    pub fn pix(
        code: impl Into<String>,
        merchant: impl Into<String>,
        key: impl Into<String>,
        key_type: PixKeyKind,
    ) -> Self {
        let (code, merchant_name, key) = (code.into(), merchant.into(), key.into());
        let pix = Pix { code, merchant_name, key, key_type, ..Pix::default() };
        Self { kind: PaymentSettingKind::Pix, pix_dynamic_code: Some(pix), ..Self::default() }
    }

    /// Boleto.
    pub fn boleto(digitable_line: impl Into<String>) -> Self {
        let boleto = Boleto { digitable_line: digitable_line.into(), ..Boleto::default() };
        Self { kind: PaymentSettingKind::Boleto, boleto: Some(boleto), ..Self::default() }
    }

    /// A page to pay on.
    pub fn link(uri: impl Into<String>) -> Self {
        let link = Some(PaymentLink { uri: uri.into(), ..PaymentLink::default() });
        Self { kind: PaymentSettingKind::PaymentLink, payment_link: link, ..Self::default() }
    }
}
