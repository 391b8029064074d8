//! The link by which people come into a group.

use crate::api::call::call;
use crate::api::groups::GroupRequest;
use crate::id::GroupId;
use crate::wire::{WhatsApp, object};

call! {
    /// Asks for the link of a group.
    ///
    /// Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/groups/reference>
    ///
    /// ```
    /// use whatsapp_cloud::api::groups::GetInviteLink;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let call = GetInviteLink::new("Y2FwaV9ncm91cDox");
    /// assert_eq!(call.request()?.target()?, "Y2FwaV9ncm91cDox/invite_link");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct GetInviteLink -> InviteLink = "get an invite link", idempotent;
    get "/{group_id}/invite_link" {
        /// The group.
        group_id: GroupId,
    }
}

call! {
    /// Makes a new link: those before it lead nowhere from then on.
    ///
    /// Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/groups/reference>
    ///
    /// ```
    /// use whatsapp_cloud::api::groups::{InviteLink, ResetInviteLink};
    /// use whatsapp_cloud::endpoint::{Endpoint, Method};
    ///
    /// let call = ResetInviteLink::new("Y2FwaV9ncm91cDox", InviteLink::default());
    /// assert_eq!(call.request()?.method(), Method::Post);
    /// # Ok::<(), whatsapp_cloud::Error>(())
    /// ```
    pub struct ResetInviteLink -> InviteLink = "reset an invite link", once;
    post "/{group_id}/invite_link" {
        /// The group.
        group_id: GroupId,
    }
    body {
        /// No link: `messaging_product` only.
        link: InviteLink
    }
    check |call, found| {
        if call.link.invite_link.is_some() {
            found.add("invite_link", "nothing: Meta makes the link");
        }
    }
}

call! {
    /// Takes the link of a group away.
    ///
    /// In Meta's OpenAPI file only; its page on groups does not know it.
    ///
    /// Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/groups/reference>
    ///
    /// ```
    /// use whatsapp_cloud::api::groups::{DeleteInviteLink, InviteLink};
    /// use whatsapp_cloud::endpoint::{Endpoint, Method};
    ///
    /// let call = DeleteInviteLink::new("Y2FwaV9ncm91cDox", InviteLink::default());
    /// assert_eq!(call.request()?.method(), Method::Delete);
    /// # Ok::<(), whatsapp_cloud::Error>(())
    /// ```
    pub struct DeleteInviteLink -> GroupRequest = "delete an invite link", idempotent;
    delete "/{group_id}/invite_link" {
        /// The group.
        group_id: GroupId,
    }
    body {
        /// No link: `messaging_product` only.
        link: InviteLink
    }
    check |call, found| {
        if call.link.invite_link.is_some() {
            found.add("invite_link", "nothing: a group has one link");
        }
    }
}

object! {
    /// The link of a group.
    ///
    /// ```
    /// use whatsapp_cloud::api::groups::InviteLink;
    ///
    /// let link: InviteLink = serde_json::from_str(
    ///     r#"{"messaging_product":"whatsapp","invite_link":"https://chat.whatsapp.com/LINK_ID"}"#,
    /// )?;
    /// assert_eq!(link.invite_link.as_deref(), Some("https://chat.whatsapp.com/LINK_ID"));
    /// assert_eq!(format!("{link:?}"), "InviteLink { .. }", "whoever has it can come in");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct InviteLink {
        /// `whatsapp`.
        pub messaging_product: WhatsApp = "messaging_product",
        /// The link: `https://chat.whatsapp.com/…`. Whoever has it can come in.
        pub invite_link: Option<String> = "invite_link",
    }
}
