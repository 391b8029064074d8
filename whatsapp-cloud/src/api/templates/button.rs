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
    pub struct QuickReplyButton;
    /// Opens the catalog.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/business-management-api/message-templates/catalog-templates>
    pub struct CatalogButton;
    /// Opens a list of products.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/business-management-api/message-templates/mpm-templates>
    pub struct ProductListButton;
    /// Opens a product.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/business-management-api/message-templates/spm-templates>
    pub struct SingleProductButton;
    /// Opens an order to be paid.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/payments-api/payments-in/orderdetailstemplate>
    pub struct OrderDetailsButton;
}

object! {
    /// Opens an address.
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
    in any case FlowAction {
        /// Shows a screen.
        Navigate = "navigate",
        /// Asks the business.
        DataExchange = "data_exchange",
    }
}

open_enum! {
    /// The picture on a button that starts a Flow.
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
    pub struct VoiceCallButton {
        /// Its label: 20 characters at most.
        pub text: String = "text",
        /// How long it can be used: 1,440 to 43,200 minutes.
        pub ttl_minutes: Option<u32> = "ttl_minutes",
    }
}

object! {
    /// Opens an app. Named by Meta's reference only; its members are unverified.
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
    pub struct ContactInfoButton {
        /// Its label cannot be chosen: nothing, or `Share Contact Info`.
        pub text: Option<String> = "text",
    }
}
