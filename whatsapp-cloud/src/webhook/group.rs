//! What happened to a group: `groups[]`.

use crate::webhook::record::{element, record};
use crate::webhook::words::words;
use crate::wire::{GraphError, Text};

words! {
    /// What happened to a group. Meta writes two of them in two ways.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::GroupEvent;
    ///
    /// // Meta writes it in two ways.
    /// assert!(GroupEvent::from("group_participants_add").is_addition());
    /// assert!(GroupEvent::from("group_add_participants").is_addition());
    /// ```
    GroupEvent {
        /// It was made; with [`GroupUpdate::errors`], it could not be.
        Create = "group_create",
        /// It was deleted; with [`GroupUpdate::errors`], it could not be.
        Delete = "group_delete",
        /// Somebody came in: [`GroupUpdate::added_participants`].
        ParticipantsAdd = "group_participants_add",
        /// The same, as one of Meta's pages writes it.
        AddParticipants = "group_add_participants",
        /// Somebody left or was put out: [`GroupUpdate::removed_participants`].
        ParticipantsRemove = "group_participants_remove",
        /// The same, as one of Meta's pages writes it.
        RemoveParticipants = "group_remove_participants",
        /// Somebody asks to come in: [`GroupUpdate::join_request_id`].
        JoinRequestCreated = "group_join_request_created",
        /// He does not ask any more.
        JoinRequestRevoked = "group_join_request_revoked",
        /// Its name, description or picture was changed, or could not be.
        SettingsUpdate = "group_settings_update",
        /// Meta suspended it.
        Suspend = "group_suspend",
        /// Meta lifted the suspension.
        SuspendCleared = "group_suspend_cleared",
    }
}

impl GroupEvent {
    /// Whether somebody came in, however Meta writes it.
    pub fn is_addition(&self) -> bool {
        matches!(self, Self::ParticipantsAdd | Self::AddParticipants)
    }

    /// Whether somebody left or was put out, however Meta writes it.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::GroupEvent;
    ///
    /// assert!(GroupEvent::from("group_participants_remove").is_removal());
    /// assert!(GroupEvent::from("group_remove_participants").is_removal());
    /// ```
    pub fn is_removal(&self) -> bool {
        matches!(self, Self::ParticipantsRemove | Self::RemoveParticipants)
    }
}

words! {
    /// How one comes into a group.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{EventKind, JoinApprovalMode, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"group_lifecycle_update","value":{
    ///     "groups":[{"type":"group_create","join_approval_mode":"auto_approve"}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::Group(group) = event.kind else { return Err("it is another") };
    /// assert_eq!(group.join_approval_mode, Some(JoinApprovalMode::AutoApprove));
    /// # Ok::<(), &str>(())
    /// ```
    JoinApprovalMode {
        /// Whoever has the link comes in.
        AutoApprove = "auto_approve",
        /// The business says yes or no.
        ApprovalRequired = "approval_required",
    }
}

words! {
    /// Why somebody came into a group.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{EventKind, GroupReason, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"group_participants_update","value":{
    ///     "groups":[{"type":"group_participants_add","reason":"invite_link"}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::Group(group) = event.kind else { return Err("it is another") };
    /// assert_eq!(group.reason, Some(GroupReason::InviteLink));
    /// # Ok::<(), &str>(())
    /// ```
    GroupReason {
        /// By its link.
        InviteLink = "invite_link",
    }
}

words! {
    /// Who did it.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{EventKind, GroupInitiator, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"group_participants_update","value":{
    ///     "groups":[{"type":"group_participants_remove",
    ///     "initiated_by":"participant"}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::Group(group) = event.kind else { return Err("it is another") };
    /// assert_eq!(group.initiated_by, Some(GroupInitiator::Participant), "nobody threw him out");
    /// # Ok::<(), &str>(())
    /// ```
    GroupInitiator {
        /// The business, by a call of the API.
        Business = "business",
        /// The participant himself.
        Participant = "participant",
    }
}

element! {
    /// What happened to a group: it was made or deleted, somebody came or left, a setting
    /// was changed, Meta suspended it.
    ///
    /// Comes under four fields, which one record covers because Meta's own pages mix them:
    /// `group_lifecycle_update`, `group_participants_update`, `group_settings_update` and
    /// `group_status_update`. What a call of yours asked for has the call's `request_id`.
    ///
    /// Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/groups/webhooks>
    ///
    /// ```json
    #[doc = include_str!("../../tests/fixtures/webhooks/group-participants-add.json")]
    /// ```
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{EventKind, GroupUpdate, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"group_lifecycle_update","value":{
    ///     "groups":[{"type":"group_create","group_id":"Y2FwaV9ncm91cDox",
    ///     "request_id":"UmVxdWVzdDox",
    ///     "invite_link":"https://chat.whatsapp.com/LINK_ID"}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::Group(group) = event.kind else { return Err("it is another") };
    /// let GroupUpdate { request_id, invite_link, .. } = *group;
    /// assert!(request_id.is_some() && invite_link.is_some());
    /// # Ok::<(), &str>(())
    /// ```
    pub struct GroupUpdate<'a> {
        /// When, in seconds since 1970.
        pub timestamp: Option<i64> = "timestamp" as quoted,
        /// The group.
        pub group_id: Option<Text<'a>> = "group_id",
        /// What happened.
        pub kind: Option<GroupEvent> = "type",
        /// The call that asked for it.
        pub request_id: Option<Text<'a>> = "request_id",
        /// The name of a new group.
        pub subject: Option<Text<'a>> = "subject",
        /// The description of a new group.
        pub description: Option<Text<'a>> = "description",
        /// The link into a new group.
        pub invite_link: Option<Text<'a>> = "invite_link",
        /// How one comes into a new group.
        pub join_approval_mode: Option<JoinApprovalMode> = "join_approval_mode",
        /// Why somebody came in.
        pub reason: Option<GroupReason> = "reason",
        /// Who did it.
        pub initiated_by: Option<GroupInitiator> = "initiated_by",
        /// Who came in.
        pub added_participants: Vec<GroupParticipant<'a>> = "added_participants",
        /// Who left or was put out.
        pub removed_participants: Vec<GroupParticipant<'a>> = "removed_participants",
        /// With whom it did not work, and why.
        pub failed_participants: Vec<GroupParticipant<'a>> = "failed_participants",
        /// What to answer a request to come in by.
        pub join_request_id: Option<Text<'a>> = "join_request_id",
        /// The phone number of who asks to come in.
        pub wa_id: Option<Text<'a>> = "wa_id" as nonempty,
        /// His business-scoped user id.
        pub user_id: Option<Text<'a>> = "user_id" as nonempty,
        /// The user id above it.
        pub parent_user_id: Option<Text<'a>> = "parent_user_id" as nonempty,
        /// His username.
        pub username: Option<Text<'a>> = "username",
        /// His country, as two letters.
        pub country_code: Option<Text<'a>> = "country_code",
        /// The new name, and whether it was taken.
        pub group_subject: Option<Box<GroupSetting<'a>>> = "group_subject",
        /// The new description, and whether it was taken.
        pub group_description: Option<Box<GroupSetting<'a>>> = "group_description",
        /// The new picture, and whether it was taken.
        pub profile_picture: Option<Box<GroupPicture<'a>>> = "profile_picture",
        /// Why it did not work.
        pub errors: Vec<GraphError> = "errors",
    }
}

record! {
    /// Somebody in a group: by `input` when the business did it, by the rest when he did.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{EventKind, GroupParticipant, Verified};
    /// use whatsapp_cloud::wire::Text;
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"group_participants_update","value":{
    ///     "groups":[{"type":"group_participants_add",
    ///     "added_participants":[{"wa_id":"16505551234"}]}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::Group(group) = event.kind else { return Err("it is another") };
    /// let GroupParticipant { wa_id, .. } = &group.added_participants[0];
    /// assert_eq!(wa_id.as_ref().map(Text::as_str), Some("16505551234"));
    /// # Ok::<(), &str>(())
    /// ```
    pub struct GroupParticipant<'a> {
        /// The phone number or user id as the business wrote it in its call.
        pub input: Option<Text<'a>> = "input",
        /// The phone number, as digits.
        pub wa_id: Option<Text<'a>> = "wa_id" as nonempty,
        /// The business-scoped user id.
        pub user_id: Option<Text<'a>> = "user_id" as nonempty,
        /// The user id above it.
        pub parent_user_id: Option<Text<'a>> = "parent_user_id" as nonempty,
        /// The username.
        pub username: Option<Text<'a>> = "username",
        /// The country, as two letters.
        pub country_code: Option<Text<'a>> = "country_code",
        /// Why it did not work with him.
        pub errors: Vec<GraphError> = "errors",
    }
}

record! {
    /// A text of a group's that was to be changed. Each has an outcome of its own.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{EventKind, GroupSetting, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"group_settings_update","value":{
    /// "groups":[{"type":"group_settings_update",
    /// "group_subject":{"text":"Watch Enthusiasts","update_successful":true}}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::Group(group) = event.kind else { return Err("it is another") };
    /// let GroupSetting { update_successful, .. } =
    ///     *group.group_subject.ok_or("it was to be changed")?;
    /// assert_eq!(update_successful, Some(true));
    /// # Ok::<(), &str>(())
    /// ```
    pub struct GroupSetting<'a> {
        /// What it was to be.
        pub text: Option<Text<'a>> = "text",
        /// Whether it is so now.
        pub update_successful: Option<bool> = "update_successful",
        /// Why it is not.
        pub errors: Vec<GraphError> = "errors",
    }
}

record! {
    /// A group's picture that was to be changed.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{EventKind, GroupPicture, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"group_settings_update","value":{
    /// "groups":[{"type":"group_settings_update",
    /// "profile_picture":{"mime_type":"image/jpeg","update_successful":true}}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::Group(group) = event.kind else { return Err("it is another") };
    /// let GroupPicture { update_successful, .. } =
    ///     *group.profile_picture.ok_or("it was to be changed")?;
    /// assert_eq!(update_successful, Some(true));
    /// # Ok::<(), &str>(())
    /// ```
    pub struct GroupPicture<'a> {
        /// For example `image/jpeg`.
        pub mime_type: Option<Text<'a>> = "mime_type",
        /// The hash of the picture, in base64.
        pub sha256: Option<Text<'a>> = "sha256",
        /// Whether it is the group's picture now.
        pub update_successful: Option<bool> = "update_successful",
        /// Why it is not.
        pub errors: Vec<GraphError> = "errors",
    }
}
