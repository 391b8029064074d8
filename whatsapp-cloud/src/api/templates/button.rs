//! The buttons of a template.
//!
//! Source: <https://developers.facebook.com/docs/whatsapp/business-management-api/message-templates/components#buttons>

use crate::api::templates::tagged::tagged;
use crate::api::templates::{CodeExample, Texts};
use crate::id::{AppId, FlowId};
use crate::wire::{object, open_enum};

tagged! {
    /// A button of a template.
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::{Button, QuickReplyButton};
    ///
    /// let reply = QuickReplyButton { text: "Unsubscribe".to_owned(), ..Default::default() };
    /// let json = serde_json::to_value(Button::from(reply))?;
    /// assert_eq!(json, serde_json::json!({"type": "QUICK_REPLY", "text": "Unsubscribe"}));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub enum Button {
        /// Sends its text to the business.
        QuickReply(QuickReplyButton) = "QUICK_REPLY",
        /// Opens an address: two at most.
        Url(UrlButton) = "URL",
        /// Calls a number: one at most.
        PhoneNumber(PhoneNumberButton) = "PHONE_NUMBER",
        /// Copies a code: one at most.
        CopyCode(CopyCodeButton) = "COPY_CODE",
        /// Takes a one-time code; the only button of an authentication template. Meta answers
        /// it as a URL button later.
        Otp(OtpButton) = "OTP",
        /// Starts a Flow.
        Flow(FlowButton) = "FLOW",
        /// Opens the catalog.
        Catalog(CatalogButton) = "CATALOG",
        /// Opens a list of products.
        ProductList(ProductListButton) = "MPM",
        /// Opens a product.
        SingleProduct(SingleProductButton) = "SPM",
        /// Calls the business within WhatsApp.
        VoiceCall(VoiceCallButton) = "VOICE_CALL",
        /// Opens an app.
        App(AppButton) = "APP",
        /// Opens an order to be paid.
        OrderDetails(OrderDetailsButton) = "ORDER_DETAILS",
        /// Asks a customer with a username for the phone number.
        ContactInfo(ContactInfoButton) = "REQUEST_CONTACT_INFO",
    }
}

/// Declares buttons that have a label and nothing else.
macro_rules! labels {
    ($($(#[$doc:meta])* pub struct $name:ident;)+) => {$(
        object! {
            $(#[$doc])*
            pub struct $name {
                /// Its label: 25 characters at most.
                pub text: String = "text",
            }
        }
    )+};
}

labels! {
    /// Sends its text to the business.
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::{Button, QuickReplyButton};
    ///
    /// let reply =
    ///     QuickReplyButton { text: "Unsubscribe".to_owned(), ..QuickReplyButton::default() };
    /// assert_eq!(
    ///     serde_json::to_string(&Button::from(reply))?,
    ///     r#"{"type":"QUICK_REPLY","text":"Unsubscribe"}"#,
    /// );
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct QuickReplyButton;
    /// Opens the catalog.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/business-management-api/message-templates/catalog-templates>
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::{Button, CatalogButton};
    ///
    /// let catalog = CatalogButton { text: "View catalog".to_owned(), ..CatalogButton::default() };
    /// assert_eq!(
    ///     serde_json::to_string(&Button::from(catalog))?,
    ///     r#"{"type":"CATALOG","text":"View catalog"}"#,
    /// );
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct CatalogButton;
    /// Opens a list of products.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/business-management-api/message-templates/mpm-templates>
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::{Button, ProductListButton};
    ///
    /// let products =
    ///     ProductListButton { text: "View items".to_owned(), ..ProductListButton::default() };
    /// assert_eq!(
    ///     serde_json::to_string(&Button::from(products))?,
    ///     r#"{"type":"MPM","text":"View items"}"#,
    /// );
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct ProductListButton;
    /// Opens a product.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/business-management-api/message-templates/spm-templates>
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::{Button, SingleProductButton};
    ///
    /// let product =
    ///     SingleProductButton { text: "View".to_owned(), ..SingleProductButton::default() };
    /// assert_eq!(
    ///     serde_json::to_string(&Button::from(product))?,
    ///     r#"{"type":"SPM","text":"View"}"#,
    /// );
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct SingleProductButton;
    /// Opens an order to be paid.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/payments-api/payments-in/orderdetailstemplate>
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::{Button, OrderDetailsButton};
    ///
    /// let order = OrderDetailsButton {
    ///     text: "Copy Pix code".to_owned(),
    ///     ..OrderDetailsButton::default()
    /// };
    /// assert_eq!(
    ///     serde_json::to_string(&Button::from(order))?,
    ///     r#"{"type":"ORDER_DETAILS","text":"Copy Pix code"}"#,
    /// );
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct OrderDetailsButton;
}

object! {
    /// Opens an address.
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::{Button, UrlButton};
    ///
    /// let shop: Button = serde_json::from_str(
    ///     r#"{"type":"URL","text":"Shop Now",
    ///         "url":"https://www.luckyshrub.com/shop?promo={{1}}","example":["summer2023"]}"#,
    /// )?;
    /// let Button::Url(UrlButton { url, .. }) = shop else { unreachable!("it opens an address") };
    /// assert!(url.ends_with("{{1}}"), "the variable stands at the end");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct UrlButton {
        /// Its label: 25 characters at most.
        pub text: String = "text",
        /// The address: 2,000 characters at most, with one variable at most, at the end.
        pub url: String = "url",
        /// The address, or its end, with an example in the variable's place; needed where
        /// there is one.
        pub example: Texts = "example",
        /// Opens an app where it can: marketing messages API only.
        pub app_deep_link: Option<AppDeepLink> = "app_deep_link",
    }
}

object! {
    /// Where in an app a button leads.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/marketing-messages-lite-api/guides/deep-links>
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::{AppDeepLink, UrlButton};
    ///
    /// let button: UrlButton = serde_json::from_str(
    ///     r#"{"text":"Open","url":"https://www.luckyshrub.com/",
    ///         "app_deep_link":{"meta_app_id":"634974688087057",
    ///         "android_deep_link":"luckyshrub://offers"}}"#,
    /// )?;
    /// let AppDeepLink { meta_app_id, .. } = button.app_deep_link.unwrap();
    /// assert_eq!(meta_app_id.as_str(), "634974688087057");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct AppDeepLink {
        /// The app.
        pub meta_app_id: AppId = "meta_app_id",
        /// The address within the app.
        pub android_deep_link: Option<String> = "android_deep_link",
        /// Where it leads without the app.
        pub android_fallback_playstore_url: Option<String> = "android_fallback_playstore_url",
    }
}

object! {
    /// Calls a number.
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::{Button, PhoneNumberButton};
    ///
    /// let call = PhoneNumberButton {
    ///     text: "Call".to_owned(),
    ///     phone_number: "15550051310".to_owned(),
    ///     ..PhoneNumberButton::default()
    /// };
    /// assert_eq!(
    ///     serde_json::to_string(&Button::from(call))?,
    ///     r#"{"type":"PHONE_NUMBER","text":"Call","phone_number":"15550051310"}"#,
    /// );
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct PhoneNumberButton {
        /// Its label: 25 characters at most.
        pub text: String = "text",
        /// The number: 20 characters at most.
        pub phone_number: String = "phone_number",
    }
}

object! {
    /// Copies a code. Its label is Meta's.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/business-management-api/message-templates/coupon-templates>
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::{Button, CopyCodeButton};
    ///
    /// let copy: Button = serde_json::from_str(r#"{"type":"COPY_CODE","example":"250FF"}"#)?;
    /// assert!(matches!(copy, Button::CopyCode(CopyCodeButton { text: None, .. })));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct CopyCodeButton {
        /// The label, in answers.
        pub text: Option<String> = "text",
        /// An example: 20 characters at most, 15 beside a limited-time offer.
        pub example: CodeExample = "example",
    }
}

object! {
    /// Takes a one-time code.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/business-management-api/authentication-templates>
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::{OtpButton, OtpType};
    ///
    /// let take: OtpButton = serde_json::from_str(
    ///     r#"{"otp_type":"COPY_CODE","text":"Copy Code"}"#,
    /// )?;
    /// assert_eq!(take.otp_type, OtpType::CopyCode);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct OtpButton {
        /// How it is taken.
        pub otp_type: OtpType = "otp_type",
        /// The label that copies the code: 25 characters at most; Meta's own without it.
        pub text: Option<String> = "text",
        /// The label that fills the code in: 25 characters at most; Meta's own without it.
        pub autofill_text: Option<String> = "autofill_text",
        /// Zero-tap: that its terms are accepted; must be true.
        pub zero_tap_terms_accepted: Option<bool> = "zero_tap_terms_accepted",
        /// One-tap and zero-tap: the apps that take the code, 1 to 5.
        pub supported_apps: Vec<SupportedApp> = "supported_apps",
        /// The only app, as it was said up to version 20.
        pub package_name: Option<String> = "package_name",
        /// Its hash, as it was said up to version 20.
        pub signature_hash: Option<String> = "signature_hash",
    }
}

open_enum! {
    /// How a one-time code is taken.
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::{OtpButton, OtpType};
    ///
    /// let button: OtpButton = serde_json::from_str(r#"{"otp_type":"one_tap"}"#)?;
    /// assert_eq!(button.otp_type, OtpType::OneTap);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    in any case OtpType {
        /// The customer copies it.
        CopyCode = "COPY_CODE",
        /// The customer taps, and the app has it.
        OneTap = "ONE_TAP",
        /// The app has it at once.
        ZeroTap = "ZERO_TAP",
    }
}

object! {
    /// An app that takes one-time codes.
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::{OtpButton, SupportedApp};
    ///
    /// let app: SupportedApp = serde_json::from_str(
    ///     r#"{"package_name":"com.luckyshrub","signature_hash":"K8a/AINcGX7"}"#,
    /// )?;
    /// let button = OtpButton { supported_apps: vec![app], ..OtpButton::default() };
    /// assert_eq!(
    ///     serde_json::to_value(&button)?["supported_apps"][0]["package_name"],
    ///     "com.luckyshrub",
    /// );
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct SupportedApp {
        /// Its package: two segments or more, 224 characters at most.
        pub package_name: String = "package_name",
        /// The hash of its signing key: 11 characters.
        pub signature_hash: String = "signature_hash",
    }
}

object! {
    /// Starts a Flow, which is told by id, by name or whole.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/flows/guides/sendingaflow>
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::{Button, FlowButton};
    ///
    /// let start = FlowButton {
    ///     text: "Sign up".to_owned(),
    ///     flow_id: Some("1009394080257936".into()),
    ///     navigate_screen: Some("WELCOME".to_owned()),
    ///     ..FlowButton::default()
    /// };
    /// assert_eq!(serde_json::to_value(Button::from(start))?["type"], "FLOW");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct FlowButton {
        /// Its label: 25 characters at most.
        pub text: String = "text",
        /// The Flow.
        pub flow_id: Option<FlowId> = "flow_id",
        /// The Flow, by its name.
        pub flow_name: Option<String> = "flow_name",
        /// The Flow itself, as a text of JSON.
        pub flow_json: Option<String> = "flow_json",
        /// What it does first.
        pub flow_action: Option<FlowAction> = "flow_action",
        /// The screen that it begins with.
        pub navigate_screen: Option<String> = "navigate_screen",
        /// The picture on the button.
        pub icon: Option<FlowIcon> = "icon",
    }
}

open_enum! {
    /// What a Flow does first.
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::{FlowAction, FlowButton};
    ///
    /// let button: FlowButton = serde_json::from_str(
    ///     r#"{"text":"Sign up","flow_action":"data_exchange"}"#,
    /// )?;
    /// assert_eq!(button.flow_action, Some(FlowAction::DataExchange));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    in any case FlowAction {
        /// Shows a screen.
        Navigate = "navigate",
        /// Asks the business.
        DataExchange = "data_exchange",
    }
}

open_enum! {
    /// The picture on a button that starts a Flow.
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::{FlowButton, FlowIcon};
    ///
    /// let button = FlowButton { icon: Some(FlowIcon::Review), ..FlowButton::default() };
    /// assert_eq!(serde_json::to_value(&button)?["icon"], "REVIEW");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    in any case FlowIcon {
        /// None of its own.
        Default = "DEFAULT",
        /// A document.
        Document = "DOCUMENT",
        /// A promotion.
        Promotion = "PROMOTION",
        /// A review.
        Review = "REVIEW",
    }
}

object! {
    /// Calls the business within WhatsApp.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/calling/call-button-messages-deep-links>
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::{Button, VoiceCallButton};
    ///
    /// let call = VoiceCallButton {
    ///     text: "Call Now".to_owned(),
    ///     ttl_minutes: Some(1440),
    ///     ..VoiceCallButton::default()
    /// };
    /// assert_eq!(
    ///     serde_json::to_string(&Button::from(call))?,
    ///     r#"{"type":"VOICE_CALL","text":"Call Now","ttl_minutes":1440}"#,
    /// );
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct VoiceCallButton {
        /// Its label: 20 characters at most.
        pub text: String = "text",
        /// How long it can be used: 1,440 to 43,200 minutes.
        pub ttl_minutes: Option<u32> = "ttl_minutes",
    }
}

object! {
    /// Opens an app. Named by Meta's reference only; its members are unverified.
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::{AppButton, Button};
    ///
    /// let open: Button = serde_json::from_str(r#"{"type":"APP","text":"Open the app"}"#)?;
    /// let Button::App(AppButton { text, .. }) = open else { unreachable!("it opens an app") };
    /// assert_eq!(text.as_deref(), Some("Open the app"));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct AppButton {
        /// Its label: 25 characters at most.
        pub text: Option<String> = "text",
        /// Where it leads.
        pub app_deep_link: Option<AppDeepLink> = "app_deep_link",
    }
}

object! {
    /// Asks a customer with a username for the phone number.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/business-scoped-user-ids>
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::{Button, ContactInfoButton};
    ///
    /// assert_eq!(
    ///     serde_json::to_string(&Button::from(ContactInfoButton::default()))?,
    ///     r#"{"type":"REQUEST_CONTACT_INFO"}"#,
    /// );
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct ContactInfoButton {
        /// Its label cannot be chosen: nothing, or `Share Contact Info`.
        pub text: Option<String> = "text",
    }
}
