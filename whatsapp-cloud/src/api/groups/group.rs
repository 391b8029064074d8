//! Groups themselves: made, listed, read, changed and deleted.

use std::fmt;

use crate::api::call::{self, Operation, call};
use crate::endpoint::{Endpoint, Method, Part, Payload, Request};
use crate::error::Result;
use crate::id::{GroupId, PhoneNumberId, UserId};
use crate::violation::Violations;
use crate::wire::{Paging, WhatsApp, object, open_enum};

/// How long a subject may be.
const LONGEST_SUBJECT: usize = 128;

/// How long a description may be.
const LONGEST_DESCRIPTION: usize = 2048;

/// How many groups a page may have.
const MOST_GROUPS: u32 = 1024;

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
    pub struct ListGroups -> GroupPage = "list groups", idempotent;
    get "/{Phone-Number-ID}/groups" {
        /// The number.
        phone_number_id: PhoneNumberId,
    }
    query {
        /// How many on a page: 1 to 1,024.
        limit: Option<u32> = "limit",
        /// What is behind it: [`GroupPage::next`].
        after: Option<String> = "after",
        /// What is before it.
        before: Option<String> = "before",
    }
    check |call, found| {
        if let Some(limit) = call.limit
            && (limit == 0 || limit > MOST_GROUPS)
        {
            found.add("limit", format!("1 to {MOST_GROUPS} groups, found {limit}"));
        }
    }
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
    /// let call = UpdateGroup::new("Y2FwaV9ncm91cDox", GroupSettings { subject, ..Default::default() });
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
    JoinApprovalMode {
        /// Whom the business approves of.
        ApprovalRequired = "approval_required",
        /// Everybody; so it is when nothing is said.
        AutoApprove = "auto_approve",
    }
}

object! {
    /// A group that is to be.
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
    /// A page of groups. Its rows are not where those of other lists are.
    ///
    /// ```
    /// use whatsapp_cloud::api::groups::GroupPage;
    ///
    /// let page: GroupPage = serde_json::from_str(
    ///     r#"{"data":{"groups":[{"id":"1"}]},"paging":{"cursors":{"after":"MT"},"next":"https://…"}}"#,
    /// )?;
    /// assert_eq!((page.groups().len(), page.next()), (1, Some("MT")));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct GroupPage {
        /// What is on it.
        pub data: Option<Groups> = "data",
        /// Where the others are.
        pub paging: Option<Paging> = "paging",
    }
}

impl GroupPage {
    /// The groups that are on it.
    pub fn groups(&self) -> &[GroupSummary] {
        self.data.as_ref().map(|data| data.groups.as_slice()).unwrap_or_default()
    }

    /// What to ask for as `after`, when there is a further page.
    pub fn next(&self) -> Option<&str> {
        let paging = self.paging.as_ref()?;
        paging.next.as_ref()?;
        paging.cursors.as_ref()?.after.as_deref()
    }
}

object! {
    /// The groups of a page.
    pub struct Groups {
        /// They.
        pub groups: Vec<GroupSummary> = "groups",
    }
}

object! {
    /// A group, in short.
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
    pub struct GroupParticipant {
        /// The phone number, as digits.
        pub wa_id: Option<String> = "wa_id",
        /// The business-scoped user id.
        pub user_id: Option<UserId> = "user_id",
    }
}
