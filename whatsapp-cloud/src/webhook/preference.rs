//! What customers decide or change about themselves: `user_preferences[]`, `user_id_update[]`.

use crate::webhook::record::{element, record};
use crate::webhook::words::words;
use crate::wire::Text;

words! {
    /// What a customer decides about.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::PreferenceCategory;
    ///
    /// assert_eq!(
    ///     PreferenceCategory::from("marketing_messages"),
    ///     PreferenceCategory::MarketingMessages,
    /// );
    /// ```
    PreferenceCategory {
        /// Marketing messages.
        MarketingMessages = "marketing_messages",
    }
}

words! {
    /// What a customer decided.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{EventKind, PreferenceValue, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"user_preferences","value":{
    ///     "user_preferences":[{"wa_id":"16505551234","category":"marketing_messages",
    ///     "value":"resume"}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::UserPreference(wish) = event.kind else { return Err("it is another") };
    /// assert_eq!(wish.value, Some(PreferenceValue::Resume));
    /// # Ok::<(), &str>(())
    /// ```
    PreferenceValue {
        /// He does not want them any more. Sending them all the same fails with 131050.
        Stop = "stop",
        /// He wants them again.
        Resume = "resume",
        /// He asked for them: [`UserPreference::signup_id`].
        Signup = "signup",
    }
}

element! {
    /// A customer does not want marketing messages any more, or wants them again.
    ///
    /// Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/user_preferences>
    ///
    /// ```json
    #[doc = include_str!("../../tests/fixtures/webhooks/preference-stop.json")]
    /// ```
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{EventKind, PreferenceValue, UserPreference, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"user_preferences","value":{
    ///     "user_preferences":[{"wa_id":"16505551234","category":"marketing_messages",
    ///     "value":"stop"}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::UserPreference(wish) = event.kind else { return Err("it is another") };
    /// let UserPreference { wa_id, value, .. } = *wish;
    /// assert_eq!(wa_id, Some("16505551234".into()));
    /// assert_eq!(value, Some(PreferenceValue::Stop), "no more offers to this customer");
    /// # Ok::<(), &str>(())
    /// ```
    pub struct UserPreference<'a> {
        /// The customer's phone number. None when Meta hides it.
        pub wa_id: Option<Text<'a>> = "wa_id" as nonempty,
        /// The customer's business-scoped user id.
        pub user_id: Option<Text<'a>> = "user_id" as nonempty,
        /// The user id above it.
        pub parent_user_id: Option<Text<'a>> = "parent_user_id" as nonempty,
        /// The same as a sentence of Meta's.
        pub detail: Option<Text<'a>> = "detail",
        /// What it is about.
        pub category: Option<PreferenceCategory> = "category",
        /// What the customer decided.
        pub value: Option<PreferenceValue> = "value",
        /// How he asked for them.
        pub signup_id: Option<Text<'a>> = "signup_id",
        /// When, in seconds since 1970. A number here, unlike elsewhere.
        pub timestamp: Option<i64> = "timestamp",
    }
}

element! {
    /// A customer has another user id from now on, because he changed his phone number.
    ///
    /// Meta announced it and now points to system messages, which tell the same:
    /// [`SystemKind::UserChangedUserId`](crate::webhook::SystemKind::UserChangedUserId).
    ///
    /// Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids>
    ///
    /// ```json
    #[doc = include_str!("../../tests/fixtures/webhooks/user-id-update.json")]
    /// ```
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{EventKind, UserIdUpdate, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"user_id_update","value":{
    ///     "user_id_update":[{"wa_id":"16505551234","user_id":{"previous":"US.1",
    ///     "current":"US.2"}}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::UserIdUpdate(update) = event.kind else { return Err("it is another") };
    /// let UserIdUpdate { wa_id, user_id, .. } = *update;
    /// assert!(wa_id.is_some() && user_id.is_some());
    /// # Ok::<(), &str>(())
    /// ```
    pub struct UserIdUpdate<'a> {
        /// The customer's phone number. None when Meta hides it.
        pub wa_id: Option<Text<'a>> = "wa_id" as nonempty,
        /// The same as a sentence, with the name in it.
        pub detail: Option<Text<'a>> = "detail",
        /// The business-scoped user id, before and after.
        pub user_id: Option<Box<UserIdChange<'a>>> = "user_id",
        /// The user id above it, before and after.
        pub parent_user_id: Option<Box<UserIdChange<'a>>> = "parent_user_id",
        /// When, in seconds since 1970.
        pub timestamp: Option<i64> = "timestamp" as quoted,
    }
}

record! {
    /// A user id, before and after.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{EventKind, UserIdChange, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"user_id_update","value":{
    ///     "user_id_update":[{"user_id":{"previous":"US.1","current":"US.2"}}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::UserIdUpdate(update) = event.kind else { return Err("it is another") };
    /// let UserIdChange { previous, current, .. } = *update.user_id.ok_or("a new one")?;
    /// assert_eq!((previous, current), (Some("US.1".into()), Some("US.2".into())));
    /// # Ok::<(), &str>(())
    /// ```
    pub struct UserIdChange<'a> {
        /// Until now.
        pub previous: Option<Text<'a>> = "previous",
        /// From now on.
        pub current: Option<Text<'a>> = "current",
    }
}
