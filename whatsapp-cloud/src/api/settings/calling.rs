//! The settings for calls.
//!
//! Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/calling/call-settings>

use std::collections::BTreeMap;

use crate::api::settings::{CallHours, Switch};
use crate::id::AppId;
use crate::wire::{object, open_enum};

/// How long a name or a value in the address of a SIP server may be.
const LONGEST_PARAMETER: usize = 128;

object! {
    /// The settings for calls. Whether a call is recorded or transcribed is said for each call;
    /// settings for voicemail Meta's pages do not describe, they are kept in `other`.
    ///
    /// ```
    /// use whatsapp_cloud::api::settings::{CallIconVisibility, CallingSettings, Switch};
    ///
    /// let calling = CallingSettings {
    ///     status: Some(Switch::Enabled),
    ///     call_icon_visibility: Some(CallIconVisibility::DisableAll),
    ///     ..CallingSettings::default()
    /// };
    /// assert_eq!(
    ///     serde_json::to_string(&calling)?,
    ///     r#"{"status":"ENABLED","call_icon_visibility":"DISABLE_ALL"}"#,
    /// );
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct CallingSettings {
        /// Whether there are calls.
        pub status: Option<Switch> = "status",
        /// Where customers see a button for calls.
        pub call_icon_visibility: Option<CallIconVisibility> = "call_icon_visibility",
        /// Which customers see it.
        pub call_icons: Option<CallIcons> = "call_icons",
        /// When customers can call. Replaced as a whole: without holidays there are none.
        pub call_hours: Option<CallHours> = "call_hours",
        /// Whether who calls is asked if he may be called back.
        pub callback_permission_status: Option<Switch> = "callback_permission_status",
        /// Calls by SIP. While it is on, there are no calls by this API, and no webhooks.
        pub sip: Option<SipSettings> = "sip",
        /// How keys are exchanged: `DTLS`, `SDES`, …
        pub srtp_key_exchange_protocol: Option<String> = "srtp_key_exchange_protocol",
        /// Sound.
        pub audio: Option<AudioSettings> = "audio",
        /// Pictures. Only in Meta's OpenAPI file.
        pub video: Option<VideoSettings> = "video",
        /// Where Meta's media come from. Only read.
        pub ip_addresses: Option<AddressesOfMeta> = "ip_addresses",
        /// What Meta has forbidden. Only read.
        pub restrictions: Option<Restrictions> = "restrictions",
    }
}

object! {
    /// Which customers see a button for calls.
    ///
    /// ```
    /// use whatsapp_cloud::api::settings::{CallIcons, CallingSettings};
    ///
    /// let icons: CallIcons = serde_json::from_str(
    ///     r#"{"restrict_to_user_countries":["US","BR"]}"#,
    /// )?;
    /// let calling = CallingSettings { call_icons: Some(icons), ..CallingSettings::default() };
    /// assert_eq!(
    ///     serde_json::to_value(&calling)?["call_icons"]["restrict_to_user_countries"][1],
    ///     "BR",
    /// );
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct CallIcons {
        /// Those with numbers of these countries, as two letters; an empty list is all.
        pub restrict_to_user_countries: Option<Vec<String>> = "restrict_to_user_countries",
    }
}

object! {
    /// Calls by SIP.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/calling/sip>
    ///
    /// ```
    /// use whatsapp_cloud::api::settings::{SipServer, SipSettings, Switch};
    ///
    /// let server: SipServer = serde_json::from_str(
    ///     r#"{"hostname":"sip.luckyshrub.com","port":5061}"#,
    /// )?;
    /// let sip = SipSettings {
    ///     status: Some(Switch::Enabled),
    ///     servers: Some(vec![server]),
    ///     ..SipSettings::default()
    /// };
    /// assert_eq!(serde_json::to_value(&sip)?["servers"][0]["port"], 5061);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct SipSettings {
        /// Whether calls come and go by SIP.
        pub status: Option<Switch> = "status",
        /// The servers: one for each app. An empty list deletes that of the app which asks.
        pub servers: Option<Vec<SipServer>> = "servers",
    }
    check |sip, found| {
        let count = sip.servers.as_ref().map_or(0, Vec::len);
        let is_written = sip.servers.iter().flatten().all(|server| server.app_id.is_none());
        if is_written && count > 1 {
            found.add("servers", format!("one server for each app, found {count}"));
        }
    }
}

object! {
    /// A SIP server.
    ///
    /// ```
    /// use whatsapp_cloud::api::settings::SipServer;
    ///
    /// let server: SipServer = serde_json::from_str(
    ///     r#"{"hostname":"sip.luckyshrub.com","port":5061,"sip_user_password":"a password"}"#,
    /// )?;
    /// assert_eq!(server.port, Some(5061));
    /// assert_eq!(format!("{server:?}"), "SipServer { .. }");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct SipServer {
        /// Which app it is for. Only read: it is the one that asks.
        pub app_id: Option<AppId> = "app_id",
        /// Its name. It must speak TLS.
        pub hostname: String = "hostname",
        /// Its port; 5061 when it is left out.
        pub port: Option<u16> = "port",
        /// What is put into the address that Meta calls, before the `@`: 128 characters each.
        pub request_uri_user_params: BTreeMap<String, String> = "request_uri_user_params",
        /// The password that Meta has made. Only read, when it was asked for. A secret.
        pub sip_user_password: Option<String> = "sip_user_password",
        /// The same, as Meta's OpenAPI file writes it. A secret.
        pub password: Option<String> = "password",
    }
    check |server, found| {
        if server.hostname.is_empty() {
            found.add("hostname", "a name, found none");
        }
        let parameters = &server.request_uri_user_params;
        let is_short = |text: &String| text.chars().count() <= LONGEST_PARAMETER;
        if !parameters.iter().all(|(name, value)| is_short(name) && is_short(value)) {
            found.add(
                "request_uri_user_params",
                format!("names and values of at most {LONGEST_PARAMETER} characters"),
            );
        }
    }
}

object! {
    /// Sound.
    ///
    /// ```
    /// use whatsapp_cloud::api::settings::{AudioSettings, CallingSettings};
    ///
    /// let calling: CallingSettings = serde_json::from_str(
    ///     r#"{"audio":{"additional_codecs":["PCMU","PCMA"]}}"#,
    /// )?;
    /// let AudioSettings { additional_codecs, .. } = calling.audio.unwrap();
    /// assert_eq!(additional_codecs.unwrap(), ["PCMU", "PCMA"]);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct AudioSettings {
        /// Whether there is sound. Only in Meta's OpenAPI file.
        pub status: Option<Switch> = "status",
        /// What is spoken beside OPUS: `PCMA`, `PCMU`.
        pub additional_codecs: Option<Vec<String>> = "additional_codecs",
    }
}

object! {
    /// Pictures.
    ///
    /// ```
    /// use whatsapp_cloud::api::settings::{CallingSettings, Switch, VideoSettings};
    ///
    /// let calling: CallingSettings = serde_json::from_str(r#"{"video":{"status":"ENABLED"}}"#)?;
    /// let VideoSettings { status, .. } = calling.video.unwrap();
    /// assert_eq!(status, Some(Switch::Enabled));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct VideoSettings {
        /// Whether there are pictures.
        pub status: Option<Switch> = "status",
    }
}

object! {
    /// Where Meta's media come from.
    ///
    /// ```
    /// use whatsapp_cloud::api::settings::{AddressesOfMeta, CallingSettings};
    ///
    /// let calling: CallingSettings = serde_json::from_str(
    ///     r#"{"ip_addresses":{"default":["157.240.19.0/24"]}}"#,
    /// )?;
    /// let addresses: AddressesOfMeta = calling.ip_addresses.unwrap();
    /// assert_eq!(addresses.default, ["157.240.19.0/24"]);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct AddressesOfMeta {
        /// The addresses.
        pub default: Vec<String> = "default",
    }
}

object! {
    /// What Meta has forbidden.
    ///
    /// ```
    /// use whatsapp_cloud::api::settings::{CallingSettings, Restrictions};
    ///
    /// let calling: CallingSettings = serde_json::from_str(
    ///     r#"{"restrictions":{"restrictions_list":[
    ///         {"type":"RESTRICTED_BUSINESS_INITIATED_CALLING"}]}}"#,
    /// )?;
    /// let restrictions: Restrictions = calling.restrictions.unwrap();
    /// assert!(!restrictions.restrictions_list.is_empty());
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct Restrictions {
        /// What it is, as the guide writes it.
        pub restrictions_list: Vec<Restriction> = "restrictions_list",
        /// What it is, as Meta's OpenAPI file writes it.
        pub restrictions: Vec<Restriction> = "restrictions",
    }
}

object! {
    /// Something that Meta has forbidden.
    ///
    /// ```
    /// use whatsapp_cloud::api::settings::Restriction;
    ///
    /// let restriction: Restriction = serde_json::from_str(
    ///     r#"{"type":"RESTRICTED_BUSINESS_INITIATED_CALLING","reason":"low pickup rate",
    ///         "expiration":1754072386}"#,
    /// )?;
    /// assert_eq!(restriction.expiration, Some(1_754_072_386));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct Restriction {
        /// What: `RESTRICTED_BIZ_INITIATED_AND_USER_INITIATED_CALLING`, …
        pub kind: Option<String> = "type",
        /// Why, in words.
        pub reason: Option<String> = "reason",
        /// Until when, in seconds since 1970.
        pub expiration: Option<i64> = "expiration",
    }
}

open_enum! {
    /// Where customers see a button for calls.
    ///
    /// ```
    /// use whatsapp_cloud::api::settings::{CallIconVisibility, CallingSettings};
    ///
    /// let calling: CallingSettings = serde_json::from_str(
    ///     r#"{"call_icon_visibility":"default"}"#,
    /// )?;
    /// assert_eq!(calling.call_icon_visibility, Some(CallIconVisibility::Default));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    in any case CallIconVisibility {
        /// In the chat and in the profile.
        Default = "DEFAULT",
        /// Nowhere.
        DisableAll = "DISABLE_ALL",
        /// Somewhere, in the word of Meta's OpenAPI file.
        Visible = "VISIBLE",
        /// Nowhere, in the word of Meta's OpenAPI file.
        Hidden = "HIDDEN",
    }
}
