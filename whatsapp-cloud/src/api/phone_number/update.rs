//! Changing a phone number: PIN, display name, visibility, where webhooks go.

use crate::api::call::call;
use crate::api::phone_number::words::{PhoneNumberStatus, SearchVisibility};
use crate::api::phone_number::{DISPLAY_NAME, check_six_digits};
use crate::api::{Success, Violations, usernames};
use crate::id::PhoneNumberId;
use crate::wire::object;

/// How long the address of a webhook may be.
const LONGEST_ADDRESS: usize = 200;

call! {
    /// Changes a phone number.
    ///
    /// Source: <https://developers.facebook.com/docs/graph-api/reference/whats-app-business-account-to-number-current-status>
    ///
    /// ```
    /// use whatsapp_cloud::api::phone_number::{PhoneNumberUpdate, UpdatePhoneNumber};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let pin = PhoneNumberUpdate { pin: Some("123456".to_owned()), ..Default::default() };
    /// let call = UpdatePhoneNumber::new("106540352242922", pin);
    /// assert_eq!(call.request()?.target()?, "106540352242922");
    ///
    /// let nothing = UpdatePhoneNumber::new("106540352242922", PhoneNumberUpdate::default());
    /// assert!(nothing.request().is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct UpdatePhoneNumber -> Success = "update phone number", idempotent;
    post "/{Phone-Number-ID}" {
        /// The number.
        phone_number_id: PhoneNumberId,
    }
    body {
        /// What to change.
        update: PhoneNumberUpdate
    }
    check |call, found| {
        if call.update == PhoneNumberUpdate::default() {
            found.say("something to change, found nothing");
        }
    }
}

call! {
    /// Asks for another display name, which Meta reviews.
    ///
    /// After it is approved the number must be registered again.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/phone-numbers>
    ///
    /// ```
    /// use whatsapp_cloud::api::phone_number::RequestDisplayName;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let mut call = RequestDisplayName::new("106540352242922");
    /// call.new_display_name = Some("Lucky Shrub".to_owned());
    /// assert_eq!(
    ///     call.request()?.target()?,
    ///     "106540352242922?new_display_name=Lucky%20Shrub"
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct RequestDisplayName -> Success = "request display name", idempotent;
    post "/{Phone-Number-ID}" {
        /// The number.
        phone_number_id: PhoneNumberId,
    }
    query {
        /// The name: 2 to 75 characters.
        new_display_name: Option<String> = "new_display_name",
    }
    check |call, found| {
        let name = call.new_display_name.as_deref().unwrap_or_default();
        found.length("new_display_name", name, DISPLAY_NAME.0, DISPLAY_NAME.1);
    }
}

object! {
    /// What to change of a phone number; what is left out stays.
    ///
    /// ```
    /// use whatsapp_cloud::api::phone_number::{PhoneNumberUpdate, UpdatePhoneNumber};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let update =
    ///     PhoneNumberUpdate { pin: Some("123456".to_owned()), ..PhoneNumberUpdate::default() };
    /// assert!(UpdatePhoneNumber::new("106540352242922", update).request().is_ok());
    /// assert!(
    ///     UpdatePhoneNumber::new("106540352242922", PhoneNumberUpdate::default())
    ///         .request()
    ///         .is_err()
    /// );
    /// ```
    pub struct PhoneNumberUpdate {
        /// The PIN of two-step verification: six digits. A secret.
        pub pin: Option<String> = "pin",
        /// Where webhooks of this number go.
        pub webhook_configuration: Option<WebhookConfiguration> = "webhook_configuration",
        /// Another display name, which Meta reviews: 2 to 75 characters.
        pub new_display_name: Option<String> = "new_display_name",
        /// Whether the business can be found in WhatsApp.
        pub search_visibility: Option<SearchVisibility> = "search_visibility",
        /// The username customers see.
        pub username: Option<String> = "username",
        /// The PIN and what customers are told. Only in Meta's OpenAPI file.
        pub whatsapp_business_api_data: Option<ApiData> = "whatsapp_business_api_data",
        /// The state of the number. Only in Meta's OpenAPI file.
        pub connection_status: Option<PhoneNumberStatus> = "connection_status",
        /// Where webhooks go. Only in Meta's OpenAPI file.
        pub webhook_url: Option<String> = "webhook_url",
    }
    check |update, found| {
        if let Some(pin) = &update.pin {
            check_pin(pin, found);
        }
        if let Some(name) = &update.new_display_name {
            found.length("new_display_name", name, DISPLAY_NAME.0, DISPLAY_NAME.1);
        }
        if let Some(username) = &update.username {
            usernames::check_username("username", username, found);
        }
    }
}

object! {
    /// Where webhooks of a number go instead of the app's address.
    ///
    /// Meta calls the address with the handshake at once.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/embedded-signup/webhooks/override>
    ///
    /// ```
    /// use whatsapp_cloud::api::phone_number::{
    ///     PhoneNumberUpdate, UpdatePhoneNumber, WebhookConfiguration,
    /// };
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let elsewhere: WebhookConfiguration = serde_json::from_str(
    ///     r#"{"override_callback_uri":"https://desk.luckyshrub.com",
    ///         "verify_token":"a word of ours"}"#,
    /// )?;
    /// let update = PhoneNumberUpdate {
    ///     webhook_configuration: Some(elsewhere),
    ///     ..PhoneNumberUpdate::default()
    /// };
    /// assert!(UpdatePhoneNumber::new("106540352242922", update).request().is_ok());
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct WebhookConfiguration {
        /// The address, at most 200 characters; an empty one takes the override away.
        pub override_callback_uri: Option<String> = "override_callback_uri",
        /// What the handshake says to prove that it is Meta's. A secret.
        pub verify_token: Option<String> = "verify_token",
    }
    check |configuration, found| {
        match configuration.override_callback_uri.as_deref() {
            None => found.add("override_callback_uri", "an address, or an empty text"),
            Some("") => {}
            Some(address) => {
                found.length("override_callback_uri", address, 1, LONGEST_ADDRESS);
                if configuration.verify_token.as_deref().is_none_or(str::is_empty) {
                    found.add("verify_token", "a token for the handshake");
                }
            }
        }
    }
}

object! {
    /// The PIN, and what customers are told. Only in Meta's OpenAPI file.
    ///
    /// ```
    /// use whatsapp_cloud::api::phone_number::ApiData;
    ///
    /// let data: ApiData = serde_json::from_str(
    ///     r#"{"show_security_notifications":true,"notify_user_change_number":false}"#,
    /// )?;
    /// assert_eq!(data.notify_user_change_number, Some(false));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct ApiData {
        /// The PIN of two-step verification: six digits, or empty. A secret.
        pub pin: Option<String> = "pin",
        /// Whether customers are told when security codes change.
        pub show_security_notifications: Option<bool> = "show_security_notifications",
        /// Whether the business is told when a customer changes his number.
        pub notify_user_change_number: Option<bool> = "notify_user_change_number",
    }
    check |data, found| {
        if let Some(pin) = &data.pin {
            check_pin(pin, found);
        }
    }
}

/// Meta's OpenAPI file allows an empty PIN.
fn check_pin(pin: &str, found: &mut Violations) {
    if !pin.is_empty() {
        check_six_digits("pin", pin, found);
    }
}
