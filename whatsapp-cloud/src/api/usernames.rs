//! Usernames: the name by which customers find a number.
//!
//! Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids>

use crate::api::Violations;
use crate::api::call::call;
use crate::id::PhoneNumberId;
use crate::wire::{Page, object, open_enum};

call! {
    /// Asks which username a number has.
    ///
    /// ```
    /// use whatsapp_cloud::api::usernames::GetUsername;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let call = GetUsername::new("106540352242922");
    /// assert_eq!(call.request()?.target()?, "106540352242922/username");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct GetUsername -> Username = "get username", idempotent;
    get "/{Phone-Number-ID}/username" {
        /// The number.
        phone_number_id: PhoneNumberId,
    }
}

call! {
    /// Gives a number a username, or another one.
    ///
    /// ```
    /// use whatsapp_cloud::api::usernames::{NewUsername, SetUsername};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let name = NewUsername { username: "lucky.shrub".to_owned(), ..NewUsername::default() };
    /// let call = SetUsername::new("106540352242922", name);
    /// assert_eq!(call.request()?.target()?, "106540352242922/username");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct SetUsername -> Username = "set username", idempotent;
    post "/{Phone-Number-ID}/username" {
        /// The number.
        phone_number_id: PhoneNumberId,
    }
    body {
        /// The username.
        username: NewUsername
    }
}

call! {
    /// Takes the username of a number away.
    ///
    /// ```
    /// use whatsapp_cloud::api::usernames::DeleteUsername;
    /// use whatsapp_cloud::endpoint::{Endpoint, Method};
    ///
    /// let call = DeleteUsername::new("106540352242922");
    /// assert_eq!(call.request()?.method(), Method::Delete);
    /// # Ok::<(), whatsapp_cloud::Error>(())
    /// ```
    pub struct DeleteUsername -> UsernameDeleted = "delete username", idempotent;
    delete "/{Phone-Number-ID}/username" {
        /// The number.
        phone_number_id: PhoneNumberId,
    }
}

call! {
    /// Asks which usernames Meta has kept for a number.
    ///
    /// ```
    /// use whatsapp_cloud::api::usernames::ListUsernameSuggestions;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let call = ListUsernameSuggestions::new("106540352242922");
    /// assert_eq!(call.request()?.target()?, "106540352242922/username_suggestions");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct ListUsernameSuggestions -> Page<UsernameSuggestions>
        = "list username suggestions", idempotent;
    get "/{Phone-Number-ID}/username_suggestions" {
        /// The number.
        phone_number_id: PhoneNumberId,
    }
}

object! {
    /// A username for a number.
    ///
    /// ```
    /// use whatsapp_cloud::api::usernames::{NewUsername, SetUsername};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let name: NewUsername = serde_json::from_str(r#"{"username":"lucky.shrub"}"#)?;
    /// assert!(SetUsername::new("106540352242922", name).request().is_ok());
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct NewUsername {
        /// The username: 3 to 35 letters, digits, `.` and `_`.
        pub username: String = "username",
        /// What to do when another number of the business has it.
        pub transfer_action: Option<TransferAction> = "transfer_action",
    }
    check |name, found| {
        check_username("username", &name.username, found);
    }
}

object! {
    /// The username of a number.
    ///
    /// ```
    /// use whatsapp_cloud::api::usernames::{Username, UsernameState};
    ///
    /// let name: Username = serde_json::from_str(
    ///     r#"{"username":"lucky.shrub","status":"reserved"}"#,
    /// )?;
    /// assert_eq!(
    ///     (name.username.as_deref(), name.status),
    ///     (Some("lucky.shrub"), Some(UsernameState::Reserved)),
    /// );
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct Username {
        /// The username; none when there is none.
        pub username: Option<String> = "username",
        /// Whether customers see it.
        pub status: Option<UsernameState> = "status",
    }
}

object! {
    /// Whether there was a username to be taken away.
    ///
    /// ```
    /// use whatsapp_cloud::api::usernames::UsernameDeleted;
    ///
    /// let deleted: UsernameDeleted = serde_json::from_str(r#"{"success":false}"#)?;
    /// assert!(!deleted.success, "there was none");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct UsernameDeleted {
        /// Whether there was: `false` is no error.
        pub success: bool = "success",
    }
}

object! {
    /// Usernames that a number may have.
    ///
    /// ```
    /// use whatsapp_cloud::api::usernames::UsernameSuggestions;
    /// use whatsapp_cloud::wire::Page;
    ///
    /// let page: Page<UsernameSuggestions> = serde_json::from_str(
    ///     r#"{"data":[{"username_suggestions":["luckyshrub","lucky.shrub"]}]}"#,
    /// )?;
    /// assert_eq!(page.data[0].username_suggestions[0], "luckyshrub");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct UsernameSuggestions {
        /// The usernames.
        pub username_suggestions: Vec<String> = "username_suggestions",
    }
}

open_enum! {
    /// Whether customers see a username.
    ///
    /// ```
    /// use whatsapp_cloud::api::usernames::{Username, UsernameState};
    ///
    /// let name: Username = serde_json::from_str(
    ///     r#"{"username":"lucky.shrub","status":"approved"}"#,
    /// )?;
    /// assert_eq!(name.status, Some(UsernameState::Approved));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    UsernameState {
        /// They do.
        Approved = "approved",
        /// It is kept for the number, and not seen yet.
        Reserved = "reserved",
        /// It was taken away.
        Deleted = "deleted",
    }
}

open_enum! {
    /// What to do when another number of the business has the username.
    ///
    /// ```
    /// use whatsapp_cloud::api::usernames::{NewUsername, TransferAction};
    ///
    /// let take_over = NewUsername {
    ///     username: "lucky.shrub".to_owned(),
    ///     transfer_action: Some(TransferAction::Force),
    ///     ..NewUsername::default()
    /// };
    /// assert_eq!(
    ///     serde_json::to_string(&take_over)?,
    ///     r#"{"username":"lucky.shrub","transfer_action":"force_transfer"}"#,
    /// );
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    TransferAction {
        /// Fail (147005).
        None = "none",
        /// Take it from there.
        Force = "force_transfer",
    }
}

/// Endings that Meta names as those of addresses; its list is open.
const DOMAINS: &[&str] =
    &[".com", ".org", ".net", ".edu", ".gov", ".mil", ".us", ".in", ".int", ".html"];

/// Checks the form of a username.
pub(super) fn check_username(path: &str, name: &str, found: &mut Violations) {
    found.length(path, name, 3, 35);
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_');
    if !name.bytes().all(is_allowed) {
        found.add(path, "letters without accents, digits, \".\" and \"_\"");
    }
    if !name.bytes().any(|byte| byte.is_ascii_alphabetic()) {
        found.add(path, "one letter at least");
    }
    if name.starts_with('.') || name.ends_with('.') || name.contains("..") {
        found.add(path, "no \".\" at the beginning, at the end, or beside another");
    }
    let small = name.to_ascii_lowercase();
    if small.starts_with("www") || DOMAINS.iter().any(|ending| small.ends_with(ending)) {
        found.add(path, "nothing that looks like a web address");
    }
}
