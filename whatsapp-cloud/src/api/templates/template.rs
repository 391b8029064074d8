//! A template as it is created, edited, and created in many languages.
//!
//! Source: <https://developers.facebook.com/docs/graph-api/reference/whats-app-business-account/message_templates/>

use std::collections::BTreeMap;

use crate::api::call::call;
use crate::api::templates::rules::{About, Style, check_components, check_ttl};
use crate::api::templates::{
    Button, Component, LibraryBodyInputs, LibraryButtonInput, TemplateStatus,
};
use crate::id::{AccountId, TemplateId};
use crate::violation::{Violations, any_twice};
use crate::wire::member::Member;
use crate::wire::{object, open_enum};

/// How long a name may be, in characters.
const MOST_NAME: usize = 512;

object! {
    /// A template as it is created.
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::Template;
    ///
    /// let template: Template = serde_json::from_str(r#"{
    ///     "name": "order_shipped",
    ///     "language": "pt_BR",
    ///     "category": "UTILITY",
    ///     "components": [{"type": "BODY", "text": "Your order {{1}} is on its way."}]
    /// }"#)?;
    /// let found = template.check();
    /// assert_eq!(found.as_slice()[0].path(), "components[0].example.body_text");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct Template {
        /// Its name: lower-case letters, digits and underscores, 512 at most. Templates in
        /// several languages share it.
        pub name: String = "name",
        /// Its language: `pt_BR`.
        pub language: String = "language",
        /// What it is for. Meta may choose another one: the answer says which.
        pub category: TemplateCategory = "category",
        /// How its variables are written; numbered without it.
        pub parameter_format: Option<ParameterFormat> = "parameter_format",
        /// Its parts.
        pub components: Vec<Component> = "components",
        /// How long Meta tries to deliver it, in seconds: 30 to 900 for authentication, 30 to
        /// 43,200 for utility, -1 for 30 days in both; 43,200 to 2,592,000 for marketing.
        pub message_send_ttl_seconds: Option<i64> = "message_send_ttl_seconds",
        /// Whether Meta may choose another category. Meta does so anyway by now.
        pub allow_category_change: Option<bool> = "allow_category_change",
        /// Whether clicks on its addresses are not counted.
        pub cta_url_link_tracking_opted_out: Option<bool> = "cta_url_link_tracking_opted_out",
        /// What it is for within the category: `ORDER_STATUS`, `ORDER_DETAILS`, `CUSTOM`, ….
        pub sub_category: Option<String> = "sub_category",
        /// `ORDER_DETAILS` for an order within a marketing template.
        pub display_format: Option<String> = "display_format",
        /// Whether only the customer's first device shows it.
        pub is_primary_device_delivery_only: Option<bool> = "is_primary_device_delivery_only",
        /// What Meta may change in it, for the marketing messages API.
        pub degrees_of_freedom_spec: Option<CreativeFreedom> = "degrees_of_freedom_spec",
        /// The template of Meta's library it is made from, instead of parts.
        pub library_template_name: Option<String> = "library_template_name",
        /// What fills the buttons of the library's template.
        pub library_template_button_inputs: Vec<LibraryButtonInput> =
            "library_template_button_inputs",
        /// What is added to the text of the library's template.
        pub library_template_body_inputs: Option<LibraryBodyInputs> =
            "library_template_body_inputs",
    }
    check |template, found| {
        check_name(&template.name, found);
        found.within("language", |found| check_language(&template.language, found));
        if template.category.as_str().is_empty() {
            found.add("category", "a category, found none");
        }
        check_ttl(template.message_send_ttl_seconds, Some(&template.category), found);
        match (&template.library_template_name, template.components.is_empty()) {
            (Some(_), true) => {}
            (Some(_), false) => found.add("components", "none beside a library template"),
            (None, _) => found.within("components", |found| {
                let about = About {
                    category: Some(&template.category),
                    variables: Style::of(template.parameter_format.as_ref()),
                };
                check_components(&template.components, about, found);
            }),
        }
    }
}

impl Template {
    /// All that Meta would refuse in it, as far as its pages tell.
    pub fn check(&self) -> Violations {
        let mut found = Violations::default();
        Member::check(self, &mut found);
        found
    }
}

open_enum! {
    /// What a template is for.
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::TemplateCategory;
    ///
    /// assert_eq!(TemplateCategory::from("marketing"), TemplateCategory::Marketing);
    /// assert_eq!(TemplateCategory::Marketing.as_str(), "MARKETING");
    /// ```
    in any case TemplateCategory {
        /// One-time codes.
        Authentication = "AUTHENTICATION",
        /// Offers and all else.
        Marketing = "MARKETING",
        /// What follows from something the customer did.
        Utility = "UTILITY",
    }
}

open_enum! {
    /// How the variables of a template are written.
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::{ParameterFormat, TemplateInfo};
    ///
    /// let template: TemplateInfo = serde_json::from_str(
    ///     r#"{"id":"594425479261596","parameter_format":"NAMED"}"#,
    /// )?;
    /// assert_eq!(template.parameter_format, Some(ParameterFormat::Named));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    in any case ParameterFormat {
        /// By name: `{{first_name}}`.
        Named = "NAMED",
        /// By number: `{{1}}`.
        Positional = "POSITIONAL",
    }
}

object! {
    /// What Meta may change in a template.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/marketing-messages-lite-api/sending-messages#automatic-creative-optimizations>
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::CreativeFreedom;
    ///
    /// let freedom: CreativeFreedom = serde_json::from_str(
    ///     r#"{"creative_features_spec":{
    ///         "image_brightness_and_contrast":{"enroll_status":"OPT_OUT"}}}"#,
    /// )?;
    /// let feature = &freedom.creative_features_spec["image_brightness_and_contrast"];
    /// assert_eq!(feature.enroll_status.as_deref(), Some("OPT_OUT"));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct CreativeFreedom {
        /// Each of them by name: `image_touchups`, `text_extraction_for_headline`, ….
        pub creative_features_spec: BTreeMap<String, CreativeFeature> = "creative_features_spec",
    }
}

object! {
    /// Whether Meta may change that.
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::CreativeFeature;
    ///
    /// let never = CreativeFeature {
    ///     enroll_status: Some("OPT_OUT".to_owned()),
    ///     ..CreativeFeature::default()
    /// };
    /// assert_eq!(serde_json::to_string(&never)?, r#"{"enroll_status":"OPT_OUT"}"#);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct CreativeFeature {
        /// `OPT_IN` or `OPT_OUT`.
        pub enroll_status: Option<String> = "enroll_status",
    }
}

object! {
    /// What is to be changed in a template. Parts are replaced all at once.
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::{EditTemplate, TemplateCategory, TemplateEdit};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let edit = TemplateEdit {
    ///     category: Some(TemplateCategory::Utility),
    ///     ..TemplateEdit::default()
    /// };
    /// assert!(EditTemplate::new("594425479261596", edit).request().is_ok());
    /// ```
    pub struct TemplateEdit {
        /// Another category; not for one that is approved.
        pub category: Option<TemplateCategory> = "category",
        /// The parts it is to have.
        pub components: Vec<Component> = "components",
        /// How long Meta tries to deliver it, in seconds: see [`Template`].
        pub message_send_ttl_seconds: Option<i64> = "message_send_ttl_seconds",
        /// How the variables of the new parts are written.
        pub parameter_format: Option<ParameterFormat> = "parameter_format",
        /// Whether clicks on its addresses are not counted.
        pub cta_url_link_tracking_opted_out: Option<bool> = "cta_url_link_tracking_opted_out",
        /// Its name, which cannot be changed.
        pub name: Option<String> = "name",
        /// Its language, which cannot be changed.
        pub language: Option<String> = "language",
    }
    check |edit, found| {
        check_ttl(edit.message_send_ttl_seconds, edit.category.as_ref(), found);
        let is_empty = edit.category.is_none()
            && edit.message_send_ttl_seconds.is_none()
            && edit.parameter_format.is_none()
            && edit.cta_url_link_tracking_opted_out.is_none();
        if !edit.components.is_empty() {
            found.within("components", |found| {
                let variables = match &edit.parameter_format {
                    None => Style::Any,
                    said => Style::of(said.as_ref()),
                };
                let about = About { category: edit.category.as_ref(), variables };
                check_components(&edit.components, about, found);
            });
        } else if is_empty && edit.other.is_empty() {
            found.add("components", "something to change, found nothing");
        }
    }
}

call! {
    /// Creates an authentication template in many languages, or changes those that are there.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/business-management-api/authentication-templates/bulk-management>
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::{
    ///     Body, Buttons, OtpButton, OtpType, TemplateCategory, TemplateLanguages, UpsertTemplates,
    /// };
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let otp = OtpButton { otp_type: OtpType::CopyCode, ..Default::default() };
    /// let buttons = Buttons { buttons: vec![otp.into()], ..Default::default() };
    /// let templates = TemplateLanguages {
    ///     name: "login_code".to_owned(),
    ///     languages: vec!["pt_BR".to_owned(), "en_US".to_owned()],
    ///     category: TemplateCategory::Authentication,
    ///     components: vec![Body::default().into(), buttons.into()],
    ///     ..Default::default()
    /// };
    /// let call = UpsertTemplates::new("102290129340398", templates);
    /// assert_eq!(call.request()?.target()?, "102290129340398/upsert_message_templates");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct UpsertTemplates -> UpsertedTemplates = "upsert templates", idempotent;
    post "/{waba-id}/upsert_message_templates" {
        /// The account.
        account_id: AccountId,
    }
    body {
        /// The template and its languages.
        templates: TemplateLanguages
    }
}

object! {
    /// An authentication template in many languages.
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::{TemplateLanguages, UpsertTemplates};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let templates: TemplateLanguages = serde_json::from_str(
    ///     r#"{"name":"authentication_code","languages":["en_US","pt_BR"],
    ///         "category":"AUTHENTICATION","components":[{"type":"BODY",
    ///         "add_security_recommendation":true},{"type":"BUTTONS","buttons":[{"type":"OTP",
    ///         "otp_type":"COPY_CODE"}]}]}"#,
    /// )?;
    /// assert!(UpsertTemplates::new("102290129340398", templates).request().is_ok());
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct TemplateLanguages {
        /// Its name.
        pub name: String = "name",
        /// Its languages.
        pub languages: Vec<String> = "languages",
        /// `AUTHENTICATION`.
        pub category: TemplateCategory = "category",
        /// Its parts. Buttons have no labels of their own here.
        pub components: Vec<Component> = "components",
        /// How long Meta tries to deliver it, in seconds: 30 to 900, or -1 for 30 days.
        pub message_send_ttl_seconds: Option<i64> = "message_send_ttl_seconds",
    }
    check |templates, found| {
        check_name(&templates.name, found);
        if templates.languages.is_empty() {
            found.add("languages", "a language or more, found none");
        }
        found.within("languages", |found| {
            if any_twice(templates.languages.iter().map(String::as_str)) {
                found.say("each language once, found one twice");
            }
            for (index, language) in templates.languages.iter().enumerate() {
                found.within_element(index, |found| check_language(language, found));
            }
        });
        if templates.category != TemplateCategory::Authentication {
            found.add("category", "AUTHENTICATION");
        }
        let category = Some(&TemplateCategory::Authentication);
        check_ttl(templates.message_send_ttl_seconds, category, found);
        found.within("components", |found| {
            let about = About { category, variables: Style::Numbered };
            check_components(&templates.components, about, found);
            let has_label = |button: &Button| match button {
                Button::Otp(otp) => otp.text.is_some() || otp.autofill_text.is_some(),
                _ => false,
            };
            for (index, part) in templates.components.iter().enumerate() {
                if let Component::Buttons(buttons) = part
                    && buttons.buttons.iter().any(has_label)
                {
                    found.within_element(index, |found| {
                        found.add("buttons", "no labels: Meta writes them in each language");
                    });
                }
            }
        });
    }
}

object! {
    /// The templates that were created or changed.
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::UpsertedTemplates;
    ///
    /// let done: UpsertedTemplates = serde_json::from_str(
    ///     r#"{"data":[{"id":"954638012257287","status":"APPROVED","language":"en_US"},
    ///         {"id":"969725527415202","status":"APPROVED","language":"es_ES"}]}"#,
    /// )?;
    /// assert_eq!(done.data.len(), 2, "one for each language");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct UpsertedTemplates {
        /// One for each language.
        pub data: Vec<UpsertedTemplate> = "data",
    }
}

object! {
    /// A template that was created or changed.
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::{TemplateStatus, UpsertedTemplate, UpsertedTemplates};
    ///
    /// let done: UpsertedTemplates = serde_json::from_str(
    ///     r#"{"data":[{"id":"954638012257287","status":"APPROVED","language":"en_US"}]}"#,
    /// )?;
    /// let UpsertedTemplate { language, status, .. } = &done.data[0];
    /// assert_eq!((language.as_str(), status), ("en_US", &TemplateStatus::Approved));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct UpsertedTemplate {
        /// The template.
        pub id: TemplateId = "id",
        /// What has become of it.
        pub status: TemplateStatus = "status",
        /// Its language.
        pub language: String = "language",
    }
}

fn check_name(name: &str, found: &mut Violations) {
    found.length("name", name, 1, MOST_NAME);
    let is_letter = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_');
    if !name.bytes().all(is_letter) {
        found.add("name", "lower-case letters, digits and underscores");
    }
}

fn check_language(language: &str, found: &mut Violations) {
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    if language.is_empty() || !language.bytes().all(is_letter) {
        found.say("a language such as pt_BR");
    }
}
