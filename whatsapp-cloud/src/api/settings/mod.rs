//! The settings of a phone number: calls, where messages are kept, encryption, identity checks.
//!
//! Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/reference/settings>

mod calling;
mod hours;

pub use calling::{
    AddressesOfMeta, AudioSettings, CallIconVisibility, CallIcons, CallingSettings, Restriction,
    Restrictions, SipServer, SipSettings, VideoSettings,
};
pub use hours::{CallHours, Holiday, OpenHours, Weekday};

use crate::api::Success;
use crate::api::call::call;
use crate::id::PhoneNumberId;
use crate::wire::{object, open_enum};

/// The only number of minutes that Meta takes.
const RETENTION: u32 = 60;

call! {
    /// Asks for the settings of a number.
    ///
    /// ```
    /// use whatsapp_cloud::api::settings::GetSettings;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let mut call = GetSettings::new("106540352242922");
    /// call.include_sip_credentials = Some(true);
    /// assert_eq!(
    ///     call.request()?.target()?,
    ///     "106540352242922/settings?include_sip_credentials=true"
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct GetSettings -> Settings = "get settings", idempotent;
    get "/{Phone-Number-ID}/settings" {
        /// The number.
        phone_number_id: PhoneNumberId,
    }
    query {
        /// Whether to tell the passwords of SIP servers.
        include_sip_credentials: Option<bool> = "include_sip_credentials",
    }
}

call! {
    /// Changes settings of a number.
    ///
    /// Meta's OpenAPI file says that one kind of setting can be changed at a time; its guides
    /// show several together.
    ///
    /// ```
    /// use whatsapp_cloud::api::settings::{IdentityCheck, Settings, UpdateSettings};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let check = IdentityCheck { enable_identity_key_check: Some(true), ..Default::default() };
    /// let settings = Settings { user_identity_change: Some(check), ..Settings::default() };
    /// let call = UpdateSettings::new("106540352242922", settings);
    /// assert_eq!(call.request()?.target()?, "106540352242922/settings");
    ///
    /// let nothing = UpdateSettings::new("106540352242922", Settings::default());
    /// assert!(nothing.request().is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct UpdateSettings -> Success = "update settings", idempotent;
    post "/{Phone-Number-ID}/settings" {
        /// The number.
        phone_number_id: PhoneNumberId,
    }
    body {
        /// What to change; what is left out stays.
        settings: Settings
    }
    check |call, found| {
        if call.settings == Settings::default() {
            found.say("a setting to change, found none");
        }
    }
}

object! {
    /// Settings of a number.
    ///
    /// ```
    /// use whatsapp_cloud::api::settings::{Settings, Switch};
    ///
    /// let settings: Settings = serde_json::from_str(r#"{"calling":{"status":"enabled"}}"#)?;
    /// assert_eq!(settings.calling.unwrap().status, Some(Switch::Enabled));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct Settings {
        /// Calls.
        pub calling: Option<CallingSettings> = "calling",
        /// Encryption of what is sent.
        pub payload_encryption: Option<PayloadEncryption> = "payload_encryption",
        /// Whether a customer's new identity is found out.
        pub user_identity_change: Option<IdentityCheck> = "user_identity_change",
        /// Where messages are kept, and for how long.
        pub storage_configuration: Option<Storage> = "storage_configuration",
    }
}

object! {
    /// Encryption of what is sent. Only in Meta's OpenAPI file.
    ///
    /// ```
    /// use whatsapp_cloud::api::settings::{PayloadEncryption, Settings, Switch};
    ///
    /// let settings: Settings = serde_json::from_str(
    ///     r#"{"payload_encryption":{"status":"DISABLED"}}"#,
    /// )?;
    /// let encryption: PayloadEncryption = settings.payload_encryption.unwrap();
    /// assert_eq!(encryption.status, Some(Switch::Disabled));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct PayloadEncryption {
        /// Whether it is on.
        pub status: Option<Switch> = "status",
        /// The business's public key, in base64; needed to switch it on.
        pub client_encryption_key: Option<String> = "client_encryption_key",
        /// What that key is known by. Only read.
        pub client_encryption_key_fingerprint: Option<String> = "client_encryption_key_fingerprint",
        /// Meta's key. Only read.
        pub cloud_encryption_key: Option<String> = "cloud_encryption_key",
    }
    check |encryption, found| {
        let is_on = encryption.status == Some(Switch::Enabled);
        if is_on && encryption.client_encryption_key.as_deref().is_none_or(str::is_empty) {
            found.add("client_encryption_key", "a key, to switch it on");
        }
    }
}

object! {
    /// Whether it is found out that a customer may be another person now: messages are then
    /// held back until the business agrees.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/phone-numbers>
    ///
    /// ```
    /// use whatsapp_cloud::api::settings::{IdentityCheck, Settings, UpdateSettings};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let check = IdentityCheck {
    ///     enable_identity_key_check: Some(true),
    ///     ..IdentityCheck::default()
    /// };
    /// let settings = Settings { user_identity_change: Some(check), ..Settings::default() };
    /// assert!(UpdateSettings::new("106540352242922", settings).request().is_ok());
    /// ```
    pub struct IdentityCheck {
        /// Whether it is, as the guide writes it.
        pub enable_identity_key_check: Option<bool> = "enable_identity_key_check",
        /// Whether it is, as Meta's OpenAPI file writes it.
        pub enabled: Option<bool> = "enabled",
    }
}

object! {
    /// Where messages are kept, and for how long.
    ///
    /// Local storage can be set only while the number is not registered. With no storage a
    /// send that is tried again after an hour can fail (131035, 131036).
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/overview/local-storage>
    ///
    /// ```
    /// use whatsapp_cloud::api::settings::{Settings, Storage};
    ///
    /// let settings: Settings = serde_json::from_str(
    ///     r#"{"storage_configuration":{"status":"IN_COUNTRY_STORAGE_ENABLED",
    ///         "data_localization_region":"BR"}}"#,
    /// )?;
    /// let storage: Storage = settings.storage_configuration.unwrap();
    /// assert_eq!(storage.data_localization_region.as_deref(), Some("BR"));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct Storage {
        /// What is done.
        pub status: Option<StorageStatus> = "status",
        /// The country of local storage, as two letters.
        pub data_localization_region: Option<String> = "data_localization_region",
        /// How long messages are kept without storage, in minutes: 60.
        pub retention_minutes: Option<u32> = "retention_minutes",
        /// Whether it is on, as Meta's OpenAPI file writes it.
        pub enabled: Option<bool> = "enabled",
        /// The country, as Meta's OpenAPI file writes it.
        pub region: Option<String> = "region",
    }
    check |storage, found| {
        let region = storage.data_localization_region.as_ref().or(storage.region.as_ref());
        match region {
            Some(region) => found.length("data_localization_region", region, 2, 2),
            None if storage.status == Some(StorageStatus::LocalEnabled) => {
                found.add("data_localization_region", "a country, to keep messages in it");
            }
            None => {}
        }
        if let Some(minutes) = storage.retention_minutes && minutes != RETENTION {
            found.add("retention_minutes", format!("{RETENTION}, found {minutes}"));
        }
    }
}

open_enum! {
    /// Whether something is on. Meta writes it in capitals, and in small letters in its OpenAPI
    /// file.
    ///
    /// ```
    /// use whatsapp_cloud::api::settings::Switch;
    ///
    /// assert_eq!(Switch::from("enabled"), Switch::Enabled);
    /// assert_eq!(Switch::Enabled.as_str(), "ENABLED");
    /// ```
    in any case Switch {
        /// It is.
        Enabled = "ENABLED",
        /// It is not.
        Disabled = "DISABLED",
        /// Nobody has said.
        NotSet = "NOT_SET",
    }
}

open_enum! {
    /// Where messages are kept.
    ///
    /// ```
    /// use whatsapp_cloud::api::settings::{Storage, StorageStatus};
    ///
    /// let storage: Storage = serde_json::from_str(
    ///     r#"{"status":"NO_STORAGE_ENABLED","retention_minutes":60}"#,
    /// )?;
    /// assert_eq!(storage.status, Some(StorageStatus::NoneEnabled));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    in any case StorageStatus {
        /// Where Meta likes.
        Default = "DEFAULT",
        /// In a country.
        LocalEnabled = "IN_COUNTRY_STORAGE_ENABLED",
        /// No more in a country.
        LocalDisabled = "IN_COUNTRY_STORAGE_DISABLED",
        /// Nowhere, but for an hour.
        NoneEnabled = "NO_STORAGE_ENABLED",
        /// Somewhere again.
        NoneDisabled = "NO_STORAGE_DISABLED",
    }
}
