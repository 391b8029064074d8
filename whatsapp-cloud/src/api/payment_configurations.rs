//! Payments in India: with which gateway or UPI handle an account takes money.
//!
//! Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/payments-api/payments-in/onboarding-apis>

use crate::api::Success;
use crate::api::call::call;
use crate::id::AccountId;
use crate::wire::{Page, object, open_enum};

/// The most characters of a name: longer ones cannot stand in an order.
const LONGEST_NAME: usize = 60;

call! {
    /// Asks for the payment configurations of an account.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/payments-api/payments-in/onboarding-apis>
    ///
    /// ```
    /// use whatsapp_cloud::api::payment_configurations::ListPaymentConfigurations;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let call = ListPaymentConfigurations::new("102290129340398");
    /// assert_eq!(call.request()?.target()?, "102290129340398/payment_configurations");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct ListPaymentConfigurations -> Page<PaymentConfigurations> =
        "list payment configurations", idempotent;
    get "/{waba-id}/payment_configurations" {
        /// The account.
        account: AccountId,
    }
}

call! {
    /// Asks for one payment configuration.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/payments-api/payments-in/onboarding-apis>
    ///
    /// ```
    /// use whatsapp_cloud::api::payment_configurations::GetPaymentConfiguration;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let call = GetPaymentConfiguration::new("102290129340398", "shop");
    /// assert_eq!(call.request()?.target()?, "102290129340398/payment_configuration/shop");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct GetPaymentConfiguration -> Page<PaymentConfiguration> =
        "get payment configuration", idempotent;
    get "/{waba-id}/payment_configuration/{name}" {
        /// The account.
        account: AccountId,
        /// What it is called.
        name: String,
    }
}

call! {
    /// Makes a payment configuration. A gateway still has to be connected, at
    /// [`PaymentLink::oauth_url`].
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/payments-api/payments-in/onboarding-apis>
    ///
    /// ```
    /// use whatsapp_cloud::api::payment_configurations::{
    ///     CreatePaymentConfiguration, NewPaymentConfiguration, PaymentProvider,
    /// };
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let mut shop = NewPaymentConfiguration {
    ///     configuration_name: "shop".to_owned(),
    ///     provider_name: PaymentProvider::UpiVpa,
    ///     ..NewPaymentConfiguration::default()
    /// };
    /// assert!(
    ///     CreatePaymentConfiguration::new("102290129340398", shop.clone()).request().is_err()
    /// );
    /// shop.merchant_vpa = Some("shop@bank".to_owned());
    /// assert!(CreatePaymentConfiguration::new("102290129340398", shop).request().is_ok());
    /// ```
    pub struct CreatePaymentConfiguration -> PaymentLink = "create payment configuration", once;
    post "/{waba-id}/payment_configuration" {
        /// The account.
        account: AccountId,
    }
    body {
        /// The configuration.
        configuration: NewPaymentConfiguration
    }
}

call! {
    /// Sets where Meta asks for the data of an order.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/payments-api/payments-in/onboarding-apis>
    ///
    /// ```
    /// use whatsapp_cloud::api::payment_configurations::{
    ///     PaymentEndpoint, UpdatePaymentConfiguration,
    /// };
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let endpoint = PaymentEndpoint {
    ///     data_endpoint_url: "https://example.com/orders".to_owned(),
    ///     ..PaymentEndpoint::default()
    /// };
    /// let call = UpdatePaymentConfiguration::new("102290129340398", "shop", endpoint);
    /// assert_eq!(call.request()?.target()?, "102290129340398/payment_configuration/shop");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct UpdatePaymentConfiguration -> PaymentLink =
        "update payment configuration", idempotent;
    post "/{waba-id}/payment_configuration/{name}" {
        /// The account.
        account: AccountId,
        /// What it is called.
        name: String,
    }
    body {
        /// Where.
        endpoint: PaymentEndpoint
    }
}

call! {
    /// Asks for a new address at which a gateway is connected.
    ///
    /// Counts as idempotent: a second address does not hurt.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/payments-api/payments-in/onboarding-apis>
    ///
    /// ```
    /// use whatsapp_cloud::api::payment_configurations::{LinkPayments, LinkRequest};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let link = LinkRequest { configuration_name: "shop".to_owned(), ..LinkRequest::default() };
    /// let call = LinkPayments::new("102290129340398", link);
    /// assert_eq!(
    ///     call.request()?.target()?,
    ///     "102290129340398/generate_payment_configuration_oauth_link",
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct LinkPayments -> PaymentLink = "link payments", idempotent;
    post "/{waba-id}/generate_payment_configuration_oauth_link" {
        /// The account.
        account: AccountId,
    }
    body {
        /// Which configuration.
        link: LinkRequest
    }
}

call! {
    /// Removes a payment configuration.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/payments-api/payments-in/onboarding-apis>
    ///
    /// ```
    /// use whatsapp_cloud::api::payment_configurations::{
    ///     ConfigurationName, RemovePaymentConfiguration,
    /// };
    /// use whatsapp_cloud::endpoint::{Endpoint, Method};
    ///
    /// let shop = ConfigurationName {
    ///     configuration_name: "shop".to_owned(),
    ///     ..ConfigurationName::default()
    /// };
    /// let call = RemovePaymentConfiguration::new("102290129340398", shop);
    /// assert_eq!(call.request()?.method(), Method::Delete);
    /// # Ok::<(), whatsapp_cloud::Error>(())
    /// ```
    pub struct RemovePaymentConfiguration -> Success = "remove payment configuration", idempotent;
    delete "/{waba-id}/payment_configuration" {
        /// The account.
        account: AccountId,
    }
    body {
        /// Which.
        configuration: ConfigurationName
    }
}

object! {
    /// A payment configuration to make.
    ///
    /// ```
    /// use whatsapp_cloud::api::payment_configurations::{
    ///     NewPaymentConfiguration, PaymentProvider,
    /// };
    ///
    /// let configuration = NewPaymentConfiguration {
    ///     configuration_name: "test-payment-configuration".to_owned(),
    ///     provider_name: PaymentProvider::RazorPay,
    ///     ..NewPaymentConfiguration::default()
    /// };
    /// assert_eq!(serde_json::to_value(&configuration)?["provider_name"], "razorpay");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct NewPaymentConfiguration {
        /// What orders call it: 1 to 60 characters, once in an account.
        pub configuration_name: String = "configuration_name",
        /// Who takes the money.
        pub provider_name: PaymentProvider = "provider_name",
        /// What is paid for, as a code: `00`.
        pub purpose_code: Option<String> = "purpose_code",
        /// What the business sells, as a code of four digits.
        pub merchant_category_code: Option<String> = "merchant_category_code",
        /// The UPI handle; needed without a gateway.
        pub merchant_vpa: Option<String> = "merchant_vpa",
        /// Where people come back to when the gateway is connected.
        pub redirect_url: Option<String> = "redirect_url",
        /// Where Meta asks for the data of an order.
        pub data_endpoint_url: Option<String> = "data_endpoint_url",
    }
    check |configuration, found| {
        found.length("configuration_name", &configuration.configuration_name, 1, LONGEST_NAME);
        match &configuration.provider_name {
            PaymentProvider::UpiVpa if configuration.merchant_vpa.is_none() => {
                found.add("merchant_vpa", "a UPI handle");
            }
            PaymentProvider::Unknown(word) if word.is_empty() => {
                found.add("provider_name", "who takes the money");
            }
            PaymentProvider::UpiVpa
            | PaymentProvider::RazorPay
            | PaymentProvider::PayU
            | PaymentProvider::ZaakPay
            | PaymentProvider::BillDesk
            | PaymentProvider::Unknown(_) => {}
        }
    }
}

object! {
    /// Where Meta asks for the data of an order.
    ///
    /// ```
    /// use whatsapp_cloud::api::payment_configurations::PaymentEndpoint;
    ///
    /// let endpoint = PaymentEndpoint {
    ///     data_endpoint_url: "https://luckyshrub.com/payments".to_owned(),
    ///     ..PaymentEndpoint::default()
    /// };
    /// assert_eq!(
    ///     serde_json::to_string(&endpoint)?,
    ///     r#"{"data_endpoint_url":"https://luckyshrub.com/payments"}"#,
    /// );
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct PaymentEndpoint {
        /// The address.
        pub data_endpoint_url: String = "data_endpoint_url",
    }
    check |endpoint, found| {
        if endpoint.data_endpoint_url.is_empty() {
            found.add("data_endpoint_url", "an address");
        }
    }
}

object! {
    /// Which configuration is connected.
    ///
    /// ```
    /// use whatsapp_cloud::api::payment_configurations::{LinkPayments, LinkRequest};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let link = LinkRequest {
    ///     configuration_name: "test-payment-configuration".to_owned(),
    ///     redirect_url: Some("https://luckyshrub.com/connected".to_owned()),
    ///     ..LinkRequest::default()
    /// };
    /// assert!(LinkPayments::new("102290129340398", link).request().is_ok());
    /// ```
    pub struct LinkRequest {
        /// What it is called.
        pub configuration_name: String = "configuration_name",
        /// Where people come back to.
        pub redirect_url: Option<String> = "redirect_url",
    }
    check |link, found| {
        found.length("configuration_name", &link.configuration_name, 1, LONGEST_NAME);
    }
}

object! {
    /// Which configuration is meant.
    ///
    /// ```
    /// use whatsapp_cloud::api::payment_configurations::{
    ///     ConfigurationName, RemovePaymentConfiguration,
    /// };
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let name = ConfigurationName {
    ///     configuration_name: "test-payment-configuration".to_owned(),
    ///     ..ConfigurationName::default()
    /// };
    /// assert!(RemovePaymentConfiguration::new("102290129340398", name).request().is_ok());
    /// ```
    pub struct ConfigurationName {
        /// What it is called.
        pub configuration_name: String = "configuration_name",
    }
    check |name, found| {
        found.length("configuration_name", &name.configuration_name, 1, LONGEST_NAME);
    }
}

object! {
    /// Where a gateway is connected.
    ///
    /// ```
    /// use whatsapp_cloud::api::payment_configurations::PaymentLink;
    ///
    /// let link: PaymentLink = serde_json::from_str(
    ///     r#"{"oauth_url":"https://www.facebook.com/payment/onboarding/init/",
    ///         "expiration":1721687287,"success":true}"#,
    /// )?;
    /// assert!(link.oauth_url.is_some(), "the business signs in there");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct PaymentLink {
        /// The address to open.
        pub oauth_url: Option<String> = "oauth_url",
        /// Until when it works: seconds since 1970.
        pub expiration: Option<i64> = "expiration",
        /// Whether it worked, where Meta says so.
        pub success: Option<bool> = "success",
    }
}

object! {
    /// Payment configurations, as they come in a list.
    ///
    /// ```
    /// use whatsapp_cloud::api::payment_configurations::PaymentConfigurations;
    /// use whatsapp_cloud::wire::Page;
    ///
    /// let page: Page<PaymentConfigurations> = serde_json::from_str(
    ///     r#"{"data":[{"payment_configurations":[
    ///         {"configuration_name":"test-payment-configuration"}]}]}"#,
    /// )?;
    /// let all = page.data.iter().flat_map(|list| &list.payment_configurations);
    /// assert_eq!(all.count(), 1);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct PaymentConfigurations {
        /// Each of them.
        pub payment_configurations: Vec<PaymentConfiguration> = "payment_configurations",
    }
}

object! {
    /// A payment configuration.
    ///
    /// ```
    /// use whatsapp_cloud::api::payment_configurations::{
    ///     PaymentConfiguration, PaymentConfigurationStatus,
    /// };
    /// use whatsapp_cloud::wire::Page;
    ///
    /// let page: Page<PaymentConfiguration> = serde_json::from_str(
    ///     r#"{"data":[{"configuration_name":"test-payment-configuration",
    ///         "provider_name":"razorpay","status":"Active"}]}"#,
    /// )?;
    /// assert_eq!(page.data[0].status, Some(PaymentConfigurationStatus::Active));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct PaymentConfiguration {
        /// What orders call it.
        pub configuration_name: String = "configuration_name",
        /// What the business sells.
        pub merchant_category_code: Option<PaymentCode> = "merchant_category_code",
        /// What is paid for.
        pub purpose_code: Option<PaymentCode> = "purpose_code",
        /// How it stands.
        pub status: Option<PaymentConfigurationStatus> = "status",
        /// The merchant, as the gateway calls him.
        pub provider_mid: Option<String> = "provider_mid",
        /// Who takes the money.
        pub provider_name: Option<PaymentProvider> = "provider_name",
        /// The UPI handle.
        pub merchant_vpa: Option<String> = "merchant_vpa",
        /// Where Meta asks for the data of an order.
        pub data_endpoint_url: Option<String> = "data_endpoint_url",
        /// When it was made: seconds since 1970.
        pub created_timestamp: Option<i64> = "created_timestamp",
        /// When it was changed: seconds since 1970.
        pub updated_timestamp: Option<i64> = "updated_timestamp",
    }
}

object! {
    /// A code, and what it means.
    ///
    /// ```
    /// use whatsapp_cloud::api::payment_configurations::{PaymentCode, PaymentConfiguration};
    ///
    /// let configuration: PaymentConfiguration = serde_json::from_str(
    ///     r#"{"configuration_name":"x","purpose_code":{"code":"00","description":"Default"}}"#,
    /// )?;
    /// let PaymentCode { description, .. } = configuration.purpose_code.unwrap();
    /// assert_eq!(description.as_deref(), Some("Default"));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct PaymentCode {
        /// The code.
        pub code: Option<String> = "code",
        /// What it means.
        pub description: Option<String> = "description",
    }
}

open_enum! {
    /// Who takes the money.
    ///
    /// ```
    /// use whatsapp_cloud::api::payment_configurations::PaymentProvider;
    ///
    /// assert_eq!(PaymentProvider::from("RazorPay"), PaymentProvider::RazorPay);
    /// assert_eq!(PaymentProvider::UpiVpa.as_str(), "upi_vpa");
    /// ```
    in any case PaymentProvider {
        /// The bank behind a UPI handle.
        UpiVpa = "upi_vpa",
        /// Razorpay.
        RazorPay = "razorpay",
        /// `PayU`.
        PayU = "payu",
        /// Zaakpay.
        ZaakPay = "zaakpay",
        /// `BillDesk`.
        BillDesk = "billdesk",
    }
}

open_enum! {
    /// How a payment configuration stands.
    ///
    /// ```
    /// use whatsapp_cloud::api::payment_configurations::{
    ///     PaymentConfiguration, PaymentConfigurationStatus,
    /// };
    ///
    /// let configuration: PaymentConfiguration = serde_json::from_str(
    ///     r#"{"configuration_name":"x","status":"Needs_Connecting"}"#,
    /// )?;
    /// assert_eq!(configuration.status, Some(PaymentConfigurationStatus::NeedsConnecting));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    PaymentConfigurationStatus {
        /// It works.
        Active = "Active",
        /// The gateway is not connected.
        NeedsConnecting = "Needs_Connecting",
        /// Nobody paid by it yet.
        NeedsTesting = "Needs_Testing",
    }
}
