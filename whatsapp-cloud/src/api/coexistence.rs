//! Numbers that stay in the Business app: what is in the app comes here too.
//!
//! Source: <https://developers.facebook.com/docs/whatsapp/embedded-signup/custom-flows/onboarding-business-app-users>

use crate::api::call::call;
use crate::id::PhoneNumberId;
use crate::wire::{WhatsApp, object, open_enum};

call! {
    /// Has Meta send what is in the Business app, as webhooks: contacts, or the history.
    ///
    /// Each can be asked for once, within 24 hours of onboarding (2593107, 2593108). Do not
    /// repeat one whose answer got lost: it may count.
    ///
    /// ```
    /// use whatsapp_cloud::api::coexistence::{Sync, SyncAppData, SyncKind};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let sync = Sync { sync_type: SyncKind::History, ..Sync::default() };
    /// let call = SyncAppData::new("106540352242922", sync);
    /// assert_eq!(call.request()?.target()?, "106540352242922/smb_app_data");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct SyncAppData -> SyncBegun = "sync app data", once;
    post "/{Phone-Number-ID}/smb_app_data" {
        /// The number.
        phone_number_id: PhoneNumberId,
    }
    body {
        /// What to send.
        sync: Sync
    }
}

object! {
    /// What Meta is to send.
    ///
    /// ```
    /// use whatsapp_cloud::api::coexistence::{Sync, SyncAppData, SyncKind};
    ///
    /// let contacts = Sync { sync_type: SyncKind::Contacts, ..Sync::default() };
    /// assert_eq!(
    ///     serde_json::to_string(&contacts)?,
    ///     r#"{"messaging_product":"whatsapp","sync_type":"smb_app_state_sync"}"#,
    /// );
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct Sync {
        /// `whatsapp`.
        pub messaging_product: WhatsApp = "messaging_product",
        /// Contacts or the history.
        pub sync_type: SyncKind = "sync_type",
    }
    check |sync, found| {
        if sync.sync_type.as_str().is_empty() {
            found.add("sync_type", "contacts or the history, found nothing");
        }
    }
}

object! {
    /// Meta will send it.
    ///
    /// ```
    /// use whatsapp_cloud::api::coexistence::SyncBegun;
    ///
    /// let begun: SyncBegun = serde_json::from_str(
    ///     r#"{"messaging_product":"whatsapp","request_id":"123"}"#,
    /// )?;
    /// assert_eq!(begun.request_id.as_deref(), Some("123"));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct SyncBegun {
        /// `whatsapp`.
        pub messaging_product: WhatsApp = "messaging_product",
        /// What to name when asking Meta about it.
        pub request_id: Option<String> = "request_id",
    }
}

open_enum! {
    /// What is in the Business app.
    ///
    /// ```
    /// use whatsapp_cloud::api::coexistence::{Sync, SyncAppData, SyncKind};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let history = Sync { sync_type: SyncKind::History, ..Sync::default() };
    /// assert!(SyncAppData::new("106540352242922", history).request().is_ok());
    /// ```
    SyncKind {
        /// Contacts.
        Contacts = "smb_app_state_sync",
        /// Chats of the last six months.
        History = "history",
    }
}
