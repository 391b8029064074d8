//! The templates that Meta has written, which are approved at once.
//!
//! Source: <https://developers.facebook.com/docs/whatsapp/business-management-api/message-templates/template-library>

use crate::api::call::call;
use crate::api::templates::{Button, OtpType, SupportedApp, TemplateCategory, Texts};
use crate::id::NodeId;
use crate::wire::{Page, object, open_enum};

call! {
    /// Asks for templates of Meta's library. A template is made from one with
    /// [`CreateTemplate`](super::CreateTemplate) and `library_template_name`.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/business-management-api/message-templates/template-library>
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::ListLibraryTemplates;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let mut call = ListLibraryTemplates::new();
    /// call.topic = Some("ORDER_MANAGEMENT".to_owned());
    /// assert_eq!(call.request()?.target()?, "message_template_library?topic=ORDER_MANAGEMENT");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct ListLibraryTemplates -> Page<LibraryTemplate> = "list library templates", idempotent;
    get "/message_template_library" {}
    query {
        /// Those with that in their text or name.
        search: Option<String> = "search",
        /// Those of that topic: `ACCOUNT_UPDATE`, `CUSTOMER_FEEDBACK`, `ORDER_MANAGEMENT`,
        /// `PAYMENTS`, ….
        topic: Option<String> = "topic",
        /// Those for that use: `SHIPMENT_CONFIRMATION`, ….
        usecase: Option<String> = "usecase",
        /// Those for that industry: `E_COMMERCE`, `FINANCIAL_SERVICES`.
        industry: Option<String> = "industry",
        /// Those in that language.
        language: Option<String> = "language",
        /// Those of that category. Undescribed by Meta's page of the library.
        category: Vec<TemplateCategory> = "category",
        /// The one of that name. Undescribed by Meta's page of the library.
        name: Option<String> = "name",
    }
    paged {}
}

object! {
    /// A template of Meta's library.
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::LibraryTemplate;
    /// use whatsapp_cloud::wire::Page;
    ///
    /// let page: Page<LibraryTemplate> = serde_json::from_str(
    ///     r#"{"data":[{"id":"7147013345418927","name":"shipment_confirmation_2",
    ///         "language":"en_US","category":"UTILITY","body_params":["Jim","CS Mutual"]}]}"#,
    /// )?;
    /// let LibraryTemplate { name, body_params, .. } = &page.data[0];
    /// assert_eq!((name.as_str(), body_params.len()), ("shipment_confirmation_2", 2));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct LibraryTemplate {
        /// The template. It cannot be sent: one must be made from it.
        pub id: NodeId = "id",
        /// Its name, to make one from it.
        pub name: String = "name",
        /// Its language.
        pub language: Option<String> = "language",
        /// What it is for.
        pub category: Option<TemplateCategory> = "category",
        /// Its topic.
        pub topic: Option<String> = "topic",
        /// What it is used for.
        pub usecase: Option<String> = "usecase",
        /// The industries it is for.
        pub industry: Texts = "industry",
        /// Its header.
        pub header: Option<String> = "header",
        /// Its text.
        pub body: Option<String> = "body",
        /// Its footer.
        pub footer: Option<String> = "footer",
        /// Examples for the variables of its text.
        pub body_params: Vec<String> = "body_params",
        /// What fills them: `TEXT`, `AMOUNT`, `DATE`, `ADDRESS`, `PHONE NUMBER`, `EMAIL`,
        /// `NUMBER`. Meta refuses other values when it is sent.
        pub body_param_types: Vec<String> = "body_param_types",
        /// Its buttons.
        pub buttons: Vec<Button> = "buttons",
    }
}

object! {
    /// What fills a button of a template of Meta's library.
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::{LibraryButtonInput, LibraryButtonType};
    ///
    /// let call = LibraryButtonInput {
    ///     kind: LibraryButtonType::PhoneNumber,
    ///     phone_number: Some("+16505551234".to_owned()),
    ///     ..LibraryButtonInput::default()
    /// };
    /// assert_eq!(
    ///     serde_json::to_string(&call)?,
    ///     r#"{"type":"PHONE_NUMBER","phone_number":"+16505551234"}"#,
    /// );
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct LibraryButtonInput {
        /// The button.
        pub kind: LibraryButtonType = "type",
        /// The number it calls.
        pub phone_number: Option<String> = "phone_number",
        /// The address it opens.
        pub url: Option<LibraryUrl> = "url",
        /// How a one-time code is taken.
        pub otp_type: Option<OtpType> = "otp_type",
        /// Zero-tap: that its terms are accepted.
        pub zero_tap_terms_accepted: Option<bool> = "zero_tap_terms_accepted",
        /// The apps that take one-time codes.
        pub supported_apps: Vec<SupportedApp> = "supported_apps",
    }
    check |input, found| {
        if input.kind.as_str().is_empty() {
            found.add("type", "a type, found none");
        }
    }
}

open_enum! {
    /// A button of a template of Meta's library.
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::{LibraryButtonInput, LibraryButtonType};
    ///
    /// let button: LibraryButtonInput = serde_json::from_str(r#"{"type":"MPM"}"#)?;
    /// assert_eq!(button.kind, LibraryButtonType::ProductList);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    in any case LibraryButtonType {
        /// Sends its text to the business.
        QuickReply = "QUICK_REPLY",
        /// Opens an address.
        Url = "URL",
        /// Calls a number.
        PhoneNumber = "PHONE_NUMBER",
        /// Takes a one-time code.
        Otp = "OTP",
        /// Opens a list of products.
        ProductList = "MPM",
        /// Opens the catalog.
        Catalog = "CATALOG",
        /// Starts a Flow.
        Flow = "FLOW",
        /// Calls the business within WhatsApp.
        VoiceCall = "VOICE_CALL",
        /// Opens an app.
        App = "APP",
    }
}

object! {
    /// The address of a button.
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::{LibraryButtonInput, LibraryUrl};
    ///
    /// let button: LibraryButtonInput = serde_json::from_str(
    ///     r#"{"type":"URL","url":{"base_url":"https://www.luckyshrub.com/{{1}}",
    ///         "url_suffix_example":"https://www.luckyshrub.com/demo"}}"#,
    /// )?;
    /// let LibraryUrl { base_url, .. } = button.url.unwrap();
    /// assert_eq!(base_url, "https://www.luckyshrub.com/{{1}}");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct LibraryUrl {
        /// The address, perhaps with a variable at its end.
        pub base_url: String = "base_url",
        /// The whole address with an example in the variable's place.
        pub url_suffix_example: Option<String> = "url_suffix_example",
    }
}

object! {
    /// What is added to the text of a template of Meta's library.
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::LibraryBodyInputs;
    ///
    /// let inputs = LibraryBodyInputs {
    ///     add_learn_more_link: Some(true),
    ///     ..LibraryBodyInputs::default()
    /// };
    /// assert_eq!(serde_json::to_string(&inputs)?, r#"{"add_learn_more_link":true}"#);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct LibraryBodyInputs {
        /// How to call the business.
        pub add_contact_number: Option<bool> = "add_contact_number",
        /// Where to learn more. Ignored where it is not to be had.
        pub add_learn_more_link: Option<bool> = "add_learn_more_link",
        /// That a code must not be shared.
        pub add_security_recommendation: Option<bool> = "add_security_recommendation",
        /// Where to follow a package. Ignored where it is not to be had.
        pub add_track_package_link: Option<bool> = "add_track_package_link",
        /// How many minutes a code is valid.
        pub code_expiration_minutes: Option<u32> = "code_expiration_minutes",
    }
}
