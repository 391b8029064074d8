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
    pub struct CallIcons {
        /// Those with numbers of these countries, as two letters; an empty list is all.
        pub restrict_to_user_countries: Option<Vec<String>> = "restrict_to_user_countries",
    }
}

object! {
    /// Calls by SIP.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/calling/sip>
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
    pub struct AudioSettings {
        /// Whether there is sound. Only in Meta's OpenAPI file.
        pub status: Option<Switch> = "status",
        /// What is spoken beside OPUS: `PCMA`, `PCMU`.
        pub additional_codecs: Option<Vec<String>> = "additional_codecs",
    }
}

object! {
    /// Pictures.
    pub struct VideoSettings {
        /// Whether there are pictures.
        pub status: Option<Switch> = "status",
    }
}

object! {
    /// Where Meta's media come from.
    pub struct AddressesOfMeta {
        /// The addresses.
        pub default: Vec<String> = "default",
    }
}

object! {
    /// What Meta has forbidden.
    pub struct Restrictions {
        /// What it is, as the guide writes it.
        pub restrictions_list: Vec<Restriction> = "restrictions_list",
        /// What it is, as Meta's OpenAPI file writes it.
        pub restrictions: Vec<Restriction> = "restrictions",
    }
}

object! {
    /// Something that Meta has forbidden.
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
