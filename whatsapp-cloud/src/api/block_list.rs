//! Customers that a business does not want to hear of.
//!
//! Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/block-users>

use crate::api::call::call;
use crate::api::recipient::{check_phone, with_plus};
use crate::id::{PhoneNumberId, UserId};
use crate::wire::{GraphError, Page, WhatsApp, object};

/// How many users a call may name.
const MOST_USERS: usize = 1_000;

call! {
    /// Asks whom a number has blocked.
    ///
    /// ```
    /// use whatsapp_cloud::api::block_list::ListBlockedUsers;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let mut call = ListBlockedUsers::new("106540352242922");
    /// call.limit = Some(100);
    /// assert_eq!(call.request()?.target()?, "106540352242922/block_users?limit=100");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct ListBlockedUsers -> Page<BlockedUser> = "list blocked users", idempotent;
    get "/{Phone-Number-ID}/block_users" {
        /// The number.
        phone_number_id: PhoneNumberId,
    }
    paged {}
}

call! {
    /// Blocks users: their messages come no more, and none reaches them.
    ///
    /// Only those who wrote within the last 24 hours can be blocked. Where some can and
    /// others cannot, Meta answers with an error (139100) and blocks those who can.
    ///
    /// ```
    /// use whatsapp_cloud::api::block_list::{BlockList, BlockUsers, User};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let user = User { user: "+16505551234".to_owned(), ..User::default() };
    /// let users = BlockList { block_users: vec![user], ..BlockList::default() };
    /// let call = BlockUsers::new("106540352242922", users);
    /// assert_eq!(call.request()?.target()?, "106540352242922/block_users");
    ///
    /// let nobody = BlockUsers::new("106540352242922", BlockList::default());
    /// assert!(nobody.request().is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct BlockUsers -> BlockResult = "block users", idempotent;
    post "/{Phone-Number-ID}/block_users" {
        /// The number.
        phone_number_id: PhoneNumberId,
    }
    body {
        /// Whom to block.
        users: BlockList => BlockList::meant
    }
}

call! {
    /// Unblocks users.
    ///
    /// ```
    /// use whatsapp_cloud::api::block_list::{BlockList, UnblockUsers, User};
    /// use whatsapp_cloud::endpoint::{Endpoint, Method};
    ///
    /// let user = User { user: "+16505551234".to_owned(), ..User::default() };
    /// let users = BlockList { block_users: vec![user], ..BlockList::default() };
    /// let call = UnblockUsers::new("106540352242922", users);
    /// assert_eq!(call.request()?.method(), Method::Delete);
    /// # Ok::<(), whatsapp_cloud::Error>(())
    /// ```
    pub struct UnblockUsers -> BlockResult = "unblock users", idempotent;
    delete "/{Phone-Number-ID}/block_users" {
        /// The number.
        phone_number_id: PhoneNumberId,
    }
    body {
        /// Whom to unblock.
        users: BlockList => BlockList::meant
    }
}

object! {
    /// Users to block or unblock.
    ///
    /// ```
    /// use whatsapp_cloud::api::block_list::BlockList;
    ///
    /// let json = r#"{"messaging_product":"whatsapp","block_users":[{"user":"16505551234"}]}"#;
    /// let list: BlockList = serde_json::from_str(json)?;
    /// assert_eq!(list.block_users[0].user, "16505551234");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct BlockList {
        /// `whatsapp`.
        pub messaging_product: WhatsApp = "messaging_product",
        /// The users: 1 to 1,000.
        pub block_users: Vec<User> = "block_users",
    }
    check |list, found| {
        let count = list.block_users.len();
        if count == 0 || count > MOST_USERS {
            found.add("block_users", format!("1 to {MOST_USERS} users, found {count}"));
        }
    }
}

object! {
    /// A user, by phone number or by user id.
    ///
    /// ```
    /// use whatsapp_cloud::api::block_list::User;
    ///
    /// let by_number = User { user: "+16505551234".to_owned(), ..User::default() };
    /// assert_eq!(serde_json::to_string(&by_number)?, r#"{"user":"+16505551234"}"#);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct User {
        /// The phone number, in international form; sent with `+` always.
        pub user: String = "user",
        /// The business-scoped user id, instead of it; no parent id.
        pub user_id: Option<UserId> = "user_id",
    }
    check |user, found| {
        match (user.user.is_empty(), &user.user_id) {
            (true, None) => found.say("a phone number or a user id, found none"),
            (false, Some(_)) => found.say("a phone number or a user id, found both"),
            (false, None) => check_phone("user", &user.user, found),
            (true, Some(_)) => {}
        }
    }
}

impl BlockList {
    /// With a `+` before each number, without which Meta reads it as one of the sender's country.
    fn meant(&self) -> Self {
        let written = |user: &User| User { user: with_plus(&user.user), ..user.clone() };
        Self { block_users: self.block_users.iter().map(written).collect(), ..self.clone() }
    }
}

object! {
    /// A user who is blocked.
    ///
    /// ```
    /// use whatsapp_cloud::api::block_list::BlockedUser;
    /// use whatsapp_cloud::wire::Page;
    ///
    /// let page: Page<BlockedUser> = serde_json::from_str(
    ///     r#"{"data":[{"messaging_product":"whatsapp","wa_id":"16505551234"}]}"#,
    /// )?;
    /// let blocked: &BlockedUser = &page.data[0];
    /// assert_eq!(blocked.wa_id.as_deref(), Some("16505551234"));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct BlockedUser {
        /// `whatsapp`.
        pub messaging_product: WhatsApp = "messaging_product",
        /// The phone number, as digits.
        pub wa_id: Option<String> = "wa_id",
        /// The business-scoped user id.
        pub user_id: Option<UserId> = "user_id",
    }
}

object! {
    /// What became of a call to block or unblock.
    ///
    /// ```
    /// use whatsapp_cloud::api::block_list::BlockResult;
    ///
    /// let result: BlockResult = serde_json::from_str(
    ///     r#"{"messaging_product":"whatsapp",
    ///         "block_users":{"added_users":[{"input":"+16505551234","wa_id":"16505551234"}]}}"#,
    /// )?;
    /// assert_eq!(
    ///     result.block_users.unwrap().added_users[0].wa_id.as_deref(),
    ///     Some("16505551234"),
    /// );
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct BlockResult {
        /// `whatsapp`.
        pub messaging_product: WhatsApp = "messaging_product",
        /// Whom it worked for, and whom not.
        pub block_users: Option<Blocked> = "block_users",
    }
}

object! {
    /// Whom a call to block or unblock worked for, and whom not.
    ///
    /// ```
    /// use whatsapp_cloud::api::block_list::Blocked;
    ///
    /// let blocked: Blocked = serde_json::from_str(
    ///     r#"{"failed_users":[{"input":"+16505551234","errors":[{"code":139100}]}]}"#,
    /// )?;
    /// assert!(blocked.added_users.is_empty());
    /// assert_eq!(blocked.failed_users[0].errors[0].code, 139_100);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct Blocked {
        /// Those who were blocked.
        pub added_users: Vec<BlockedInput> = "added_users",
        /// Those who were unblocked.
        pub removed_users: Vec<BlockedInput> = "removed_users",
        /// Those for whom it did not work.
        pub failed_users: Vec<BlockedInput> = "failed_users",
    }
}

object! {
    /// A user as he was named, and as Meta knows him.
    ///
    /// ```
    /// use whatsapp_cloud::api::block_list::BlockedInput;
    ///
    /// let user: BlockedInput = serde_json::from_str(
    ///     r#"{"input":"+1 650-555-1234","wa_id":"16505551234"}"#,
    /// )?;
    /// assert_eq!(
    ///     (user.input.as_deref(), user.wa_id.as_deref()),
    ///     (Some("+1 650-555-1234"), Some("16505551234")),
    /// );
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct BlockedInput {
        /// As he was named.
        pub input: Option<String> = "input",
        /// The phone number, as digits.
        pub wa_id: Option<String> = "wa_id",
        /// The business-scoped user id.
        pub user_id: Option<UserId> = "user_id",
        /// Why it did not work.
        pub errors: Vec<GraphError> = "errors",
    }
}
