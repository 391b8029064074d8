//! The texts that Meta writes in authentication templates, in each language.
//!
//! Source: <https://developers.facebook.com/docs/whatsapp/business-management-api/authentication-templates/template-preview>

use crate::api::call::{Parameter, call};
use crate::id::AccountId;
use crate::wire::{Page, object};

call! {
    /// Asks how authentication templates read.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/business-management-api/authentication-templates/template-preview>
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::PreviewTemplates;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let mut call = PreviewTemplates::new("102290129340398");
    /// call.languages = vec!["pt_BR".to_owned()];
    /// assert_eq!(
    ///     call.request()?.target()?,
    ///     "102290129340398/message_template_previews\
    ///      ?category=AUTHENTICATION&languages=pt_BR&button_types=OTP"
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct PreviewTemplates -> Page<TemplatePreview> = "preview templates", idempotent;
    get "/{waba-id}/message_template_previews" {
        /// The account.
        account_id: AccountId,
    }
    query {
        /// Authentication.
        category: PreviewCategory = "category",
        /// The languages; all without. Meta's table calls them `language`, its example
        /// `languages`.
        languages: Vec<String> = "languages",
        /// Whether the code must not be shared.
        add_security_recommendation: Option<bool> = "add_security_recommendation",
        /// How many minutes the code is valid: 1 to 90.
        code_expiration_minutes: Option<u32> = "code_expiration_minutes",
        /// One-time codes.
        button_types: PreviewButtons = "button_types",
    }
    check |call, found| {
        if let Some(minutes) = call.code_expiration_minutes
            && !(1..=90).contains(&minutes)
        {
            found.add("code_expiration_minutes", format!("1 to 90 minutes, found {minutes}"));
        }
    }
}

/// Which templates can be shown before they are made.
///
/// ```
/// use whatsapp_cloud::api::templates::{PreviewCategory, PreviewTemplates};
///
/// let call = PreviewTemplates::new("102290129340398");
/// assert_eq!(call.category, PreviewCategory::Authentication, "there is no other");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum PreviewCategory {
    /// Those with one-time codes.
    #[default]
    Authentication,
}

impl Parameter for PreviewCategory {
    fn as_parameter(&self) -> Option<String> {
        Some("AUTHENTICATION".to_owned())
    }
}

/// Which buttons can be shown.
///
/// ```
/// use whatsapp_cloud::api::templates::{PreviewButtons, PreviewTemplates};
///
/// let call = PreviewTemplates::new("102290129340398");
/// assert_eq!(call.button_types, PreviewButtons::Otp, "there are no others");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum PreviewButtons {
    /// Those that take one-time codes.
    #[default]
    Otp,
}

impl Parameter for PreviewButtons {
    fn as_parameter(&self) -> Option<String> {
        Some("OTP".to_owned())
    }
}

object! {
    /// How an authentication template reads.
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::TemplatePreview;
    /// use whatsapp_cloud::wire::Page;
    ///
    /// let page: Page<TemplatePreview> = serde_json::from_str(
    ///     r#"{"data":[{"body":"*{{1}}* is your verification code.",
    ///         "buttons":[{"text":"Copy code"}],"language":"en_US"}]}"#,
    /// )?;
    /// let TemplatePreview { language, body, .. } = &page.data[0];
    /// assert!(language == "en_US" && body.as_ref().unwrap().starts_with("*{{1}}*"));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct TemplatePreview {
        /// The language.
        pub language: String = "language",
        /// The text.
        pub body: Option<String> = "body",
        /// The line below it.
        pub footer: Option<String> = "footer",
        /// The buttons.
        pub buttons: Vec<PreviewButton> = "buttons",
    }
}

object! {
    /// How a button reads.
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::{PreviewButton, TemplatePreview};
    ///
    /// let preview: TemplatePreview = serde_json::from_str(
    ///     r#"{"language":"en_US","buttons":[{"text":"Copy code","autofill_text":"Autofill"}]}"#,
    /// )?;
    /// let PreviewButton { text, .. } = &preview.buttons[0];
    /// assert_eq!(text.as_deref(), Some("Copy code"));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct PreviewButton {
        /// The label that copies the code.
        pub text: Option<String> = "text",
        /// The label that fills the code in.
        pub autofill_text: Option<String> = "autofill_text",
    }
}
