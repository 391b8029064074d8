//! Whether customers see a catalogue and a cart.
//!
//! Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/guides/sell-products-and-services/set-commerce-settings>

use crate::api::Success;
use crate::api::call::call;
use crate::id::{NodeId, PhoneNumberId};
use crate::wire::{Page, object};

call! {
    /// Asks whether customers see a catalogue and a cart.
    ///
    /// ```
    /// use whatsapp_cloud::api::commerce::GetCommerceSettings;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let call = GetCommerceSettings::new("106540352242922");
    /// assert_eq!(call.request()?.target()?, "106540352242922/whatsapp_commerce_settings");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct GetCommerceSettings -> Page<CommerceSettings> = "get commerce settings", idempotent;
    get "/{Phone-Number-ID}/whatsapp_commerce_settings" {
        /// The number.
        phone_number_id: PhoneNumberId,
    }
}

call! {
    /// Says whether customers see a catalogue and a cart. It stands in the query.
    ///
    /// ```
    /// use whatsapp_cloud::api::commerce::UpdateCommerceSettings;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let mut call = UpdateCommerceSettings::new("106540352242922");
    /// call.is_cart_enabled = Some(true);
    /// assert_eq!(
    ///     call.request()?.target()?,
    ///     "106540352242922/whatsapp_commerce_settings?is_cart_enabled=true"
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct UpdateCommerceSettings -> Success = "update commerce settings", idempotent;
    post "/{Phone-Number-ID}/whatsapp_commerce_settings" {
        /// The number.
        phone_number_id: PhoneNumberId,
    }
    query {
        /// Whether there is a cart.
        is_cart_enabled: Option<bool> = "is_cart_enabled",
        /// Whether there is a catalogue.
        is_catalog_visible: Option<bool> = "is_catalog_visible",
    }
    check |call, found| {
        if call.is_cart_enabled.is_none() && call.is_catalog_visible.is_none() {
            found.say("a setting to change, found none");
        }
    }
}

object! {
    /// Whether customers see a catalogue and a cart.
    ///
    /// ```
    /// use whatsapp_cloud::api::commerce::CommerceSettings;
    /// use whatsapp_cloud::wire::Page;
    ///
    /// let page: Page<CommerceSettings> = serde_json::from_str(
    ///     r#"{"data":[{"id":"527759822865714","is_cart_enabled":true,
    ///         "is_catalog_visible":false}]}"#,
    /// )?;
    /// let settings = &page.data[0];
    /// assert_eq!(
    ///     (settings.is_cart_enabled, settings.is_catalog_visible),
    ///     (Some(true), Some(false)),
    /// );
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct CommerceSettings {
        /// The id of the settings.
        pub id: Option<NodeId> = "id",
        /// Whether there is a cart.
        pub is_cart_enabled: Option<bool> = "is_cart_enabled",
        /// Whether there is a catalogue.
        pub is_catalog_visible: Option<bool> = "is_catalog_visible",
    }
}
