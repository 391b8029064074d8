//! Groups themselves: made, listed, read, changed and deleted.

use std::fmt;

use crate::api::call::{self, Operation, call};
use crate::endpoint::{Endpoint, Method, Part, Payload, Request};
use crate::error::Result;
use crate::id::{GroupId, PhoneNumberId, UserId};
use crate::violation::Violations;
use crate::wire::{Page, WhatsApp, object, open_enum};

/// How long a subject may be.
const LONGEST_SUBJECT: usize = 128;

/// How long a description may be.
const LONGEST_DESCRIPTION: usize = 2048;

/// How large a picture may be.
const LARGEST_PICTURE: u64 = 5 * 1024 * 1024;

call! {
    /// Makes a group, whose invite link a webhook tells (`group_lifecycle_update`).
    ///
    /// Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/groups/reference>
    ///
    /// ```
    /// use whatsapp_cloud::api::groups::{CreateGroup, NewGroup};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let group = NewGroup { subject: "New Purchase Inquiry".to_owned(), ..Default::default() };
    /// let call = CreateGroup::new("106540352242922", group);
    /// assert_eq!(call.request()?.target()?, "106540352242922/groups");
    ///
    /// assert!(CreateGroup::new("106540352242922", NewGroup::default()).request().is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct CreateGroup -> GroupRequest = "create a group", once;
    post "/{Phone-Number-ID}/groups" {
        /// The number it belongs to.
        phone_number_id: PhoneNumberId,
    }
    body {
        /// What it is to be.
        group: NewGroup
    }
}

call! {
    /// Asks for the groups of a number, 25 on a page unless said otherwise.
    ///
    /// Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/groups/reference>
    ///
    /// ```
    /// use whatsapp_cloud::api::groups::ListGroups;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let mut call = ListGroups::new("106540352242922");
    /// call.limit = Some(10);
    /// assert_eq!(call.request()?.target()?, "106540352242922/groups?limit=10");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct ListGroups -> Page<GroupSummary> = "list groups", idempotent;
    get "/{Phone-Number-ID}/groups" {
        /// The number.
        phone_number_id: PhoneNumberId,
    }
    paged { 1 to 1024 }
}

call! {
    /// Asks what a group is. Without fields Meta tells no more than its id.
    ///
    /// Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/groups/reference>
    ///
    /// ```
    /// use whatsapp_cloud::api::groups::GetGroup;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let mut call = GetGroup::new("Y2FwaV9ncm91cDoxNzA1NTU1MDEzOToxMjAzNjM0MDQ2OTQyMzM4MjAZD");
    /// call.fields = vec!["subject".to_owned(), "participants".to_owned()];
    /// assert!(call.request()?.target()?.ends_with("?fields=subject%2Cparticipants"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct GetGroup -> Group = "get a group", idempotent;
    get "/{group_id}" {
        /// The group.
        group_id: GroupId,
    }
    query {
        /// What to tell: `join_approval_mode`, `subject`, `description`, `suspended`,
        /// `creation_timestamp`, `participants`, `total_participant_count`.
        fields: Vec<String> = "fields",
    }
}

call! {
    /// Changes a group's subject or description. Its picture is [`SetGroupPicture`]'s work.
    ///
    /// Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/groups/reference>
    ///
    /// ```
    /// use whatsapp_cloud::api::groups::{GroupSettings, UpdateGroup};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let subject = Some("Watch Enthusiasts".to_owned());
    /// let call =
    ///     UpdateGroup::new("Y2FwaV9ncm91cDox", GroupSettings { subject, ..Default::default() });
    /// assert_eq!(call.request()?.target()?, "Y2FwaV9ncm91cDox");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct UpdateGroup -> GroupRequest = "update a group", idempotent;
    post "/{group_id}" {
        /// The group.
        group_id: GroupId,
    }
    body {
        /// What is to change.
        settings: GroupSettings
    }
}

call! {
    /// Deletes a group, with all who are in it.
    ///
    /// Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/groups/reference>
    ///
    /// ```
    /// use whatsapp_cloud::api::groups::DeleteGroup;
    /// use whatsapp_cloud::endpoint::{Endpoint, Method};
    ///
    /// assert_eq!(DeleteGroup::new("Y2FwaV9ncm91cDox").request()?.method(), Method::Delete);
    /// # Ok::<(), whatsapp_cloud::Error>(())
    /// ```
    pub struct DeleteGroup -> GroupRequest = "delete a group", idempotent;
    delete "/{group_id}" {
        /// The group.
        group_id: GroupId,
    }
}

/// Gives a group another picture. `Debug` shows its size only.
///
/// Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/groups/reference>
///
/// ```
/// use whatsapp_cloud::api::groups::SetGroupPicture;
/// use whatsapp_cloud::endpoint::{Endpoint, Payload};
///
/// let picture = Payload::from(b"a picture".as_slice());
/// let call = SetGroupPicture::new("Y2FwaV9ncm91cDox", picture);
/// assert_eq!(call.request()?.target()?, "Y2FwaV9ncm91cDox");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SetGroupPicture {
    /// The group.
    pub group_id: GroupId,
    /// The picture: a JPEG of at most 5 MB, as wide as it is high, from 192 pixels on.
    pub picture: Payload,
}

impl SetGroupPicture {
    /// A group and its picture.
    pub fn new(group_id: impl Into<GroupId>, picture: Payload) -> Self {
        Self { group_id: group_id.into(), picture }
    }
}

impl Endpoint for SetGroupPicture {
    type Response = GroupRequest;
    const OPERATION: &'static str = "set a group's picture";
    const IDEMPOTENT: bool = true;

    fn request(&self) -> Result<Request> {
        let mut found = Violations::default();
        let length = self.picture.length();
        if length == 0 || length > LARGEST_PICTURE {
            found.add("file", format!("1 to {LARGEST_PICTURE} bytes, found {length}"));
        }
        let request = call::request::<Self>(&[("group_id", &self.group_id)], &[], found)?;
        Ok(request.with_form(vec![
            Part::text("messaging_product", "whatsapp"),
            Part::file("file", self.picture.clone(), "picture.jpg", "image/jpeg"),
        ]))
    }
}

impl Operation for SetGroupPicture {
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/{group_id}";
    type Body = ();
}

impl fmt::Debug for SetGroupPicture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SetGroupPicture").field("picture", &self.picture).finish_non_exhaustive()
    }
}

open_enum! {
    /// Who may come in by the link.
    ///
    /// ```
    /// use whatsapp_cloud::api::groups::{JoinApprovalMode, NewGroup};
    ///
    /// let group = NewGroup {
    ///     subject: "New Purchase Inquiry".to_owned(),
    ///     join_approval_mode: Some(JoinApprovalMode::ApprovalRequired),
    ///     ..NewGroup::default()
    /// };
    /// assert_eq!(serde_json::to_value(&group)?["join_approval_mode"], "approval_required");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    JoinApprovalMode {
        /// Whom the business approves of.
        ApprovalRequired = "approval_required",
        /// Everybody; so it is when nothing is said.
        AutoApprove = "auto_approve",
    }
}

object! {
    /// A group that is to be.
    ///
    /// ```
    /// use whatsapp_cloud::api::groups::NewGroup;
    ///
    /// let group = NewGroup { subject: "New Purchase Inquiry".to_owned(), ..NewGroup::default() };
    /// assert_eq!(
    ///     serde_json::to_string(&group)?,
    ///     r#"{"messaging_product":"whatsapp","subject":"New Purchase Inquiry"}"#,
    /// );
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct NewGroup {
        /// `whatsapp`.
        pub messaging_product: WhatsApp = "messaging_product",
        /// Its subject: 1 to 128 characters, without the spaces around it.
        pub subject: String = "subject",
        /// Its description: at most 2,048 characters.
        pub description: Option<String> = "description",
        /// Who may come in.
        pub join_approval_mode: Option<JoinApprovalMode> = "join_approval_mode",
    }
    check |group, found| {
        check_texts(Some(&group.subject), group.description.as_deref(), found);
    }
}

object! {
    /// What is to change in a group.
    ///
    /// ```
    /// use whatsapp_cloud::api::groups::{GroupSettings, UpdateGroup};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let nothing = UpdateGroup::new("Y2FwaV9ncm91cDox", GroupSettings::default());
    /// assert!(nothing.request().is_err(), "there is nothing to change");
    /// ```
    pub struct GroupSettings {
        /// `whatsapp`.
        pub messaging_product: WhatsApp = "messaging_product",
        /// Its subject: 1 to 128 characters, without the spaces around it.
        pub subject: Option<String> = "subject",
        /// Its description: at most 2,048 characters.
        pub description: Option<String> = "description",
        /// The path of a picture, as Meta's reference has it. JSON carries no picture: use
        /// [`SetGroupPicture`].
        pub profile_picture_file: Option<String> = "profile_picture_file",
    }
    check |settings, found| {
        check_texts(settings.subject.as_deref(), settings.description.as_deref(), found);
        if settings.profile_picture_file.is_some() {
            found.add("profile_picture_file", "nothing: a picture is sent as a form");
        } else if settings.subject.is_none() && settings.description.is_none() {
            found.say("a subject or a description, found neither");
        }
    }
}

fn check_texts(subject: Option<&str>, description: Option<&str>, found: &mut Violations) {
    if let Some(subject) = subject {
        // Meta takes away the spaces around it before it counts.
        found.length("subject", subject.trim(), 1, LONGEST_SUBJECT);
    }
    if let Some(description) = description {
        found.length("description", description, 0, LONGEST_DESCRIPTION);
    }
}

object! {
    /// That something will happen to a group: a webhook tells when, or why not.
    ///
    /// Meta's pages do not agree whether an answer holds the request's id or `success`.
    ///
    /// ```
    /// use whatsapp_cloud::api::groups::GroupRequest;
    ///
    /// let asked: GroupRequest = serde_json::from_str(
    ///     r#"{"messaging_product":"whatsapp","request_id":"UmVxdWVzdDox"}"#,
    /// )?;
    /// // The webhook that tells how it went names the same id.
    /// assert_eq!(asked.request_id.as_deref(), Some("UmVxdWVzdDox"));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct GroupRequest {
        /// `whatsapp`.
        pub messaging_product: WhatsApp = "messaging_product",
        /// What the webhook will call it.
        pub request_id: Option<String> = "request_id",
        /// That it was taken.
        pub success: Option<bool> = "success",
    }
}

object! {
    /// A group, in short.
    ///
    /// ```
    /// use whatsapp_cloud::api::groups::GroupSummary;
    /// use whatsapp_cloud::wire::Page;
    ///
    /// // The rows of this list lie a level deeper than those of others.
    /// let page: Page<GroupSummary> = serde_json::from_str(
    ///     r#"{"data":{"groups":[{"id":"Y2FwaV9ncm91cDox","subject":"Watch Enthusiasts"}]}}"#,
    /// )?;
    /// assert_eq!(page.data[0].subject.as_deref(), Some("Watch Enthusiasts"));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct GroupSummary {
        /// Its id.
        pub id: GroupId = "id",
        /// Its subject.
        pub subject: Option<String> = "subject",
        /// When it was made, in unix seconds.
        pub created_at: Option<i64> = "created_at",
    }
}

object! {
    /// A group.
    ///
    /// ```
    /// use whatsapp_cloud::api::groups::Group;
    ///
    /// let group: Group = serde_json::from_str(
    ///     r#"{"id":"Y2FwaV9ncm91cDox","participants":[{"wa_id":"16505551234"}],
    ///         "total_participant_count":1}"#,
    /// )?;
    /// assert_eq!((group.participants.len(), group.total_participant_count), (1, Some(1)));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct Group {
        /// `whatsapp`.
        pub messaging_product: WhatsApp = "messaging_product",
        /// Its id.
        pub id: GroupId = "id",
        /// Its subject.
        pub subject: Option<String> = "subject",
        /// Its description.
        pub description: Option<String> = "description",
        /// Whether WhatsApp suspended it.
        pub suspended: Option<bool> = "suspended",
        /// When it was made, in unix seconds.
        pub creation_timestamp: Option<i64> = "creation_timestamp",
        /// Who is in it.
        pub participants: Vec<GroupParticipant> = "participants",
        /// How many are in it, without the business.
        pub total_participant_count: Option<u32> = "total_participant_count",
        /// Who may come in.
        pub join_approval_mode: Option<JoinApprovalMode> = "join_approval_mode",
    }
}

object! {
    /// Somebody in a group.
    ///
    /// ```
    /// use whatsapp_cloud::api::groups::{Group, GroupParticipant};
    ///
    /// let group: Group = serde_json::from_str(
    ///     r#"{"id":"Y2FwaV9ncm91cDox","participants":[{"wa_id":"16505551234"},
    ///         {"user_id":"US.13491208655302741918"}]}"#,
    /// )?;
    /// let GroupParticipant { wa_id, user_id, .. } = &group.participants[1];
    /// assert!(wa_id.is_none() && user_id.is_some(), "this one hides the number");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct GroupParticipant {
        /// The phone number, as digits.
        pub wa_id: Option<String> = "wa_id",
        /// The business-scoped user id.
        pub user_id: Option<UserId> = "user_id",
    }
}
