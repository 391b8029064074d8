//! Where webhooks go: the apps of an account, and the callback of an app.
//!
//! Source: <https://developers.facebook.com/docs/graph-api/webhooks/getting-started/webhooks-for-whatsapp>

use std::fmt;

use crate::api::Success;
use crate::api::call::{self, Operation, Parameter as _, call};
use crate::api::https::check_https;
use crate::api::tokens::AppCredentials;
use crate::endpoint::{Endpoint, Method, Request};
use crate::error::Result;
use crate::id::{AccountId, AppId};
use crate::violation::Violations;
use crate::wire::member::Member as _;
use crate::wire::{Page, object, open_enum};

/// How long the address of a callback may be.
const LONGEST_CALLBACK: usize = 200;

call! {
    /// Asks which apps get the webhooks of an account.
    ///
    /// Source: <https://developers.facebook.com/docs/graph-api/reference/whats-app-business-account/subscribed_apps>
    ///
    /// ```
    /// use whatsapp_cloud::api::subscriptions::ListSubscribedApps;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let call = ListSubscribedApps::new("102290129340398");
    /// assert_eq!(call.request()?.target()?, "102290129340398/subscribed_apps");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct ListSubscribedApps -> Page<SubscribedApp> = "list subscribed apps", idempotent;
    get "/{WABA-ID}/subscribed_apps" {
        /// The account.
        account_id: AccountId,
    }
    query {
        /// What to tell of each: `id`, `name`, `link`.
        fields: Vec<String> = "fields",
    }
}

call! {
    /// Sends the webhooks of an account to the app whose token is used.
    ///
    /// Without a callback of its own it takes away the one that was set before: repeat what
    /// was said when all that is wanted is to be sure. Only messages, calls, groups and a few
    /// more go to such a callback; the rest goes to the app's.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/embedded-signup/webhooks/override>
    ///
    /// ```
    /// use whatsapp_cloud::api::subscriptions::{SubscribeToAccount, Subscription};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let mut subscription = Subscription::default();
    /// subscription.override_callback_uri = Some("https://example.com/webhook".to_owned());
    /// let call = SubscribeToAccount::new("102290129340398", subscription);
    /// assert!(call.request().is_err(), "without a word to verify it by");
    /// ```
    pub struct SubscribeToAccount -> Subscribed = "subscribe to an account", idempotent;
    post "/{WABA-ID}/subscribed_apps" {
        /// The account.
        account_id: AccountId,
    }
    body {
        /// Where they go.
        subscription: Subscription
    }
}

call! {
    /// Sends the webhooks of an account to the app no longer, at once.
    ///
    /// Source: <https://developers.facebook.com/docs/graph-api/reference/whats-app-business-account/subscribed_apps>
    ///
    /// ```
    /// use whatsapp_cloud::api::subscriptions::UnsubscribeFromAccount;
    /// use whatsapp_cloud::endpoint::{Endpoint, Method};
    ///
    /// let call = UnsubscribeFromAccount::new("102290129340398");
    /// assert_eq!(call.request()?.method(), Method::Delete);
    /// # Ok::<(), whatsapp_cloud::Error>(())
    /// ```
    pub struct UnsubscribeFromAccount -> Success = "unsubscribe from an account", idempotent;
    delete "/{WABA-ID}/subscribed_apps" {
        /// The account.
        account_id: AccountId,
    }
}

object! {
    /// Where the webhooks of an account go: with nothing said, to the app's callback.
    ///
    /// ```
    /// use whatsapp_cloud::api::subscriptions::{SubscribeToAccount, Subscription};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let elsewhere: Subscription = serde_json::from_str(
    ///     r#"{"override_callback_uri":"https://desk.luckyshrub.com",
    ///         "verify_token":"a word of ours"}"#,
    /// )?;
    /// assert!(SubscribeToAccount::new("102290129340398", elsewhere).request().is_ok());
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct Subscription {
        /// An address of its own, at most 200 characters. Meta calls it with the handshake
        /// at once.
        pub override_callback_uri: Option<String> = "override_callback_uri",
        /// What Meta says in that handshake.
        pub verify_token: Option<String> = "verify_token",
    }
    check |subscription, found| {
        if let Some(uri) = &subscription.override_callback_uri {
            found.length("override_callback_uri", uri, 1, LONGEST_CALLBACK);
            check_https("override_callback_uri", uri, found);
        }
        let Subscription { override_callback_uri: uri, verify_token: token, .. } = subscription;
        if uri.is_some() != token.is_some() {
            found.say("a callback and its verify token, or neither; found one of them");
        }
    }
}

object! {
    /// An app that gets the webhooks of an account.
    ///
    /// ```
    /// use whatsapp_cloud::api::subscriptions::SubscribedApp;
    /// use whatsapp_cloud::wire::Page;
    ///
    /// let page: Page<SubscribedApp> = serde_json::from_str(
    ///     r#"{"data":[{"whatsapp_business_api_data":{"id":"634974688087057","name":"Desk"}}]}"#,
    /// )?;
    /// let app = page.data[0].whatsapp_business_api_data.as_ref().unwrap();
    /// assert_eq!(app.id.as_str(), "634974688087057");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct SubscribedApp {
        /// The app.
        pub whatsapp_business_api_data: Option<AppSummary> = "whatsapp_business_api_data",
        /// The callback that this account has of its own.
        pub override_callback_uri: Option<String> = "override_callback_uri",
    }
}

object! {
    /// An app, in short.
    ///
    /// ```
    /// use whatsapp_cloud::api::subscriptions::AppSummary;
    ///
    /// let app: AppSummary = serde_json::from_str(
    ///     r#"{"id":"634974688087057","name":"Desk",
    ///         "link":"https://www.facebook.com/games/?app_id=634974688087057"}"#,
    /// )?;
    /// assert_eq!(app.name.as_deref(), Some("Desk"));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct AppSummary {
        /// Its id.
        pub id: AppId = "id",
        /// Its name.
        pub name: Option<String> = "name",
        /// Its page.
        pub link: Option<String> = "link",
    }
}

object! {
    /// The answer to a subscription.
    ///
    /// ```
    /// use whatsapp_cloud::api::subscriptions::Subscribed;
    ///
    /// let subscribed: Subscribed = serde_json::from_str(r#"{"success":true}"#)?;
    /// assert!(subscribed.success);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct Subscribed {
        /// That it was done.
        pub success: bool = "success",
        /// What is subscribed now.
        pub data: Vec<SubscribedApp> = "data",
    }
}

/// Asks what an app is told of, and where.
///
/// Authorised by the app itself, not by the client's token.
///
/// Source: <https://developers.facebook.com/docs/graph-api/reference/app/subscriptions>
///
/// ```
/// use whatsapp_cloud::api::subscriptions::ListAppSubscriptions;
/// use whatsapp_cloud::api::tokens::AppCredentials;
/// use whatsapp_cloud::endpoint::Endpoint;
///
/// let app = AppCredentials::new("634974688087057", "the app's secret");
/// let call = ListAppSubscriptions { app };
/// assert_eq!(call.request()?.target()?, "634974688087057/subscriptions");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq)]
pub struct ListAppSubscriptions {
    /// The app.
    pub app: AppCredentials,
}

impl Endpoint for ListAppSubscriptions {
    type Response = Page<AppSubscription>;
    const OPERATION: &'static str = "list app subscriptions";
    const IDEMPOTENT: bool = true;

    fn request(&self) -> Result<Request> {
        as_app::<Self>(&self.app, &[], Violations::default())
    }
}

impl Operation for ListAppSubscriptions {
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/{app-id}/subscriptions";
    type Body = ();
}

/// Tells Meta what an app wants to be told of, and where.
///
/// Meta calls the callback with the handshake at once. Fields that are left out are no longer
/// told. Authorised by the app itself, not by the client's token.
///
/// Source: <https://developers.facebook.com/docs/graph-api/reference/app/subscriptions>
///
/// ```
/// use whatsapp_cloud::api::subscriptions::{NewAppSubscription, SubscribeApp};
/// use whatsapp_cloud::api::tokens::AppCredentials;
/// use whatsapp_cloud::endpoint::Endpoint;
///
/// let app = AppCredentials::new("634974688087057", "the app's secret");
/// let subscription = NewAppSubscription {
///     object: "whatsapp_business_account".into(),
///     callback_url: "https://example.com/webhook".to_owned(),
///     verify_token: "a word of ours".to_owned(),
///     fields: vec!["messages".to_owned()],
///     ..NewAppSubscription::default()
/// };
/// let call = SubscribeApp { app, subscription };
/// assert_eq!(call.request()?.target()?, "634974688087057/subscriptions");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq)]
pub struct SubscribeApp {
    /// The app.
    pub app: AppCredentials,
    /// What it wants.
    pub subscription: NewAppSubscription,
}

impl Endpoint for SubscribeApp {
    type Response = Success;
    const OPERATION: &'static str = "subscribe an app";
    const IDEMPOTENT: bool = true;

    fn request(&self) -> Result<Request> {
        let mut found = Violations::default();
        self.subscription.check(&mut found);
        let request = as_app::<Self>(&self.app, &[], found)?;
        call::with_body::<Self>(request, &self.subscription)
    }
}

impl Operation for SubscribeApp {
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/{app-id}/subscriptions";
    type Body = NewAppSubscription;
}

/// Tells Meta that an app wants to be told no more.
///
/// Authorised by the app itself, not by the client's token.
///
/// Source: <https://developers.facebook.com/docs/graph-api/reference/app/subscriptions>
///
/// ```
/// use whatsapp_cloud::api::subscriptions::UnsubscribeApp;
/// use whatsapp_cloud::api::tokens::AppCredentials;
/// use whatsapp_cloud::endpoint::Endpoint;
///
/// let mut call = UnsubscribeApp::new(AppCredentials::new("634974688087057", "secret"));
/// call.fields = vec!["messages".to_owned()];
/// assert_eq!(
///     call.request()?.target()?,
///     "634974688087057/subscriptions?object=whatsapp_business_account&fields=messages",
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq)]
pub struct UnsubscribeApp {
    /// The app.
    pub app: AppCredentials,
    /// What it was told of. With nothing here Meta ends all of the app's subscriptions.
    pub object: Option<SubscriptionObject>,
    /// Which fields of it; none stands for all.
    pub fields: Vec<String>,
}

impl UnsubscribeApp {
    /// Nothing more of WhatsApp accounts.
    pub fn new(app: AppCredentials) -> Self {
        let object = Some(SubscriptionObject::WhatsAppBusinessAccount);
        Self { app, object, fields: Vec::new() }
    }
}

impl Endpoint for UnsubscribeApp {
    type Response = Success;
    const OPERATION: &'static str = "unsubscribe an app";
    const IDEMPOTENT: bool = true;

    fn request(&self) -> Result<Request> {
        let object = self.object.as_ref().map(|object| object.as_str().to_owned());
        let query = [("object", object), ("fields", self.fields.as_parameter())];
        as_app::<Self>(&self.app, &query, Violations::default())
    }
}

impl Operation for UnsubscribeApp {
    const METHOD: Method = Method::Delete;
    const PATH: &'static str = "/{app-id}/subscriptions";
    type Body = ();
}

fn as_app<C: Operation>(
    app: &AppCredentials,
    query: &[(&'static str, Option<String>)],
    mut found: Violations,
) -> Result<Request> {
    app.check(&mut found);
    let request = call::request::<C>(&[("app_id", &app.app_id)], query, found)?;
    Ok(request.with_token(app.token()))
}

macro_rules! name_only {
    ($($name:ident),+) => {$(
        /// Shows the name of the call only.
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($name)).finish_non_exhaustive()
            }
        }
    )+};
}

name_only!(ListAppSubscriptions, SubscribeApp, UnsubscribeApp);

open_enum! {
    /// What an app can be told of.
    ///
    /// ```
    /// use whatsapp_cloud::api::subscriptions::{AppSubscription, SubscriptionObject};
    ///
    /// let subscription: AppSubscription = serde_json::from_str(
    ///     r#"{"object":"whatsapp_business_account","active":true}"#,
    /// )?;
    /// assert_eq!(subscription.object, SubscriptionObject::WhatsAppBusinessAccount);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    SubscriptionObject {
        /// WhatsApp Business Accounts.
        WhatsAppBusinessAccount = "whatsapp_business_account",
    }
}

object! {
    /// What an app wants to be told of, and where.
    ///
    /// ```
    /// use whatsapp_cloud::api::subscriptions::NewAppSubscription;
    ///
    /// let subscription: NewAppSubscription = serde_json::from_str(
    ///     r#"{"object":"whatsapp_business_account",
    ///         "callback_url":"https://luckyshrub.com/webhooks","verify_token":"a word of ours",
    ///         "fields":["messages"]}"#,
    /// )?;
    /// assert_eq!(subscription.fields, ["messages"]);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct NewAppSubscription {
        /// What of.
        pub object: SubscriptionObject = "object",
        /// Where: an address that begins with `https://`.
        pub callback_url: String = "callback_url",
        /// What Meta says in the handshake.
        pub verify_token: String = "verify_token",
        /// Which fields: `messages`, `message_template_status_update`, …
        pub fields: Vec<String> = "fields",
        /// Whether the new values are told too; WhatsApp's always are.
        pub include_values: Option<bool> = "include_values",
    }
    check |subscription, found| {
        check_https("callback_url", &subscription.callback_url, found);
        if subscription.object.as_str().is_empty() {
            found.add("object", "a word, found none");
        }
        if subscription.verify_token.is_empty() {
            found.add("verify_token", "a word, found none");
        }
        if subscription.fields.is_empty() {
            found.add("fields", "1 field or more, found 0");
        }
    }
}

object! {
    /// What an app is told of, and where.
    ///
    /// ```
    /// use whatsapp_cloud::api::subscriptions::AppSubscription;
    /// use whatsapp_cloud::wire::Page;
    ///
    /// let page: Page<AppSubscription> = serde_json::from_str(
    ///     r#"{"data":[{"object":"whatsapp_business_account",
    ///         "callback_url":"https://luckyshrub.com/webhooks","active":true,
    ///         "fields":[{"name":"messages","version":"v23.0"}]}]}"#,
    /// )?;
    /// assert!(page.data[0].fields.iter().any(|field| field.name == "messages"));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct AppSubscription {
        /// What of.
        pub object: SubscriptionObject = "object",
        /// Where.
        pub callback_url: Option<String> = "callback_url",
        /// Whether it is told.
        pub active: Option<bool> = "active",
        /// Which fields.
        pub fields: Vec<SubscribedField> = "fields",
    }
}

object! {
    /// A field that an app is told of.
    ///
    /// ```
    /// use whatsapp_cloud::api::subscriptions::{AppSubscription, SubscribedField};
    ///
    /// let subscription: AppSubscription = serde_json::from_str(
    ///     r#"{"object":"whatsapp_business_account","fields":[{"name":"messages",
    ///         "version":"v23.0"}]}"#,
    /// )?;
    /// let SubscribedField { version, .. } = &subscription.fields[0];
    /// assert_eq!(version.as_deref(), Some("v23.0"));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct SubscribedField {
        /// The field.
        pub name: String = "name",
        /// In which version of the API.
        pub version: Option<String> = "version",
    }
}
