//! Tokens: what one may do, how one is got for a code, and the token of a client's business.
//!
//! Source: <https://developers.facebook.com/docs/whatsapp/business-management-api/get-started>

use std::fmt;

use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Deserializer, Serialize, de};
use serde_json::{Map, Value};

use crate::api::call::{self, Operation, call};
use crate::endpoint::{Endpoint, Method, Request, Token};
use crate::error::{Error, ErrorKind, Result};
use crate::id::{AppId, BusinessId, NodeId};
use crate::violation::Violations;
use crate::wire::{GraphError, member, object, open_enum};

/// An app, and the secret by which it proves that it is the one. `Debug` shows the app only.
///
/// ```
/// use whatsapp_cloud::api::tokens::AppCredentials;
///
/// let app = AppCredentials::new("634974688087057", "the app's secret");
/// assert!(!format!("{app:?}").contains("secret"));
/// ```
#[derive(Clone)]
pub struct AppCredentials {
    /// The app.
    pub app_id: AppId,
    /// Its secret.
    pub app_secret: SecretString,
}

impl AppCredentials {
    /// An app and its secret.
    pub fn new(app_id: impl Into<AppId>, app_secret: impl Into<SecretString>) -> Self {
        Self { app_id: app_id.into(), app_secret: app_secret.into() }
    }

    /// The app's own token: `{app-id}|{app-secret}`.
    pub fn token(&self) -> Token {
        let token = format!("{}|{}", self.app_id, self.app_secret.expose_secret());
        Token::Other(SecretString::from(token))
    }

    pub(crate) fn check(&self, found: &mut Violations) {
        let secret = self.app_secret.expose_secret();
        if secret.is_empty() || !secret.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ')
        {
            found.add("app_secret", "a secret of printable characters");
        }
    }
}

impl PartialEq for AppCredentials {
    fn eq(&self, other: &Self) -> bool {
        self.app_id == other.app_id && same(&self.app_secret, &other.app_secret)
    }
}

impl fmt::Debug for AppCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AppCredentials").field("app_id", &self.app_id).finish_non_exhaustive()
    }
}

fn same(one: &SecretString, other: &SecretString) -> bool {
    one.expose_secret() == other.expose_secret()
}

/// Asks what a token may do, whose it is and how long it lives.
///
/// Meta takes the token that is asked about in the query only: a proxy between you and Meta
/// could log it.
///
/// Source: <https://developers.facebook.com/docs/graph-api/reference/debug_token>
///
/// ```
/// use whatsapp_cloud::api::tokens::{AppCredentials, InspectToken};
/// use whatsapp_cloud::endpoint::Endpoint;
///
/// let mut call = InspectToken::new("EAAJ-example");
/// call.app = Some(AppCredentials::new("634974688087057", "the app's secret"));
/// assert_eq!(call.request()?.path()?, "debug_token");
/// assert!(!format!("{call:?}").contains("EAAJ"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
#[non_exhaustive]
pub struct InspectToken {
    /// The token.
    pub token: SecretString,
    /// The app that asks; without it the client's own token does.
    pub app: Option<AppCredentials>,
}

impl InspectToken {
    /// Asks with the client's own token.
    pub fn new(token: impl Into<SecretString>) -> Self {
        Self { token: token.into(), app: None }
    }
}

impl Endpoint for InspectToken {
    type Response = InspectedToken;
    const OPERATION: &'static str = "inspect a token";
    const IDEMPOTENT: bool = true;

    fn request(&self) -> Result<Request> {
        let mut found = Violations::default();
        check_secret("input_token", &self.token, &mut found);
        if let Some(app) = &self.app {
            app.check(&mut found);
            found.numeric_id("app_id", app.app_id.as_str());
        }
        let token = self.token.expose_secret().to_owned();
        let request = call::request::<Self>(&[], &[("input_token", Some(token))], found)?;
        Ok(match &self.app {
            Some(app) => request.with_token(app.token()),
            None => request,
        })
    }
}

impl Operation for InspectToken {
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/debug_token";
    type Body = ();
}

object! {
    /// What Meta tells of a token.
    ///
    /// ```
    /// use whatsapp_cloud::api::tokens::InspectedToken;
    ///
    /// let token: InspectedToken = serde_json::from_str(
    ///     r#"{"data":{"is_valid":true,"app_id":"634974688087057","expires_at":0}}"#,
    /// )?;
    /// let facts = token.data.unwrap();
    /// assert!(facts.is_valid);
    /// assert_eq!(facts.expires_at, Some(0), "it never ends");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct InspectedToken {
        /// It.
        pub data: Option<TokenFacts> = "data",
    }
}

object! {
    /// What a token is and may do.
    ///
    /// ```
    /// use whatsapp_cloud::api::tokens::TokenFacts;
    ///
    /// let facts: TokenFacts = serde_json::from_str(
    ///     r#"{"is_valid":true,"scopes":["whatsapp_business_messaging"]}"#,
    /// )?;
    /// assert!(!facts.scopes.iter().any(|scope| scope == "whatsapp_business_management"));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct TokenFacts {
        /// Whether Meta takes it.
        pub is_valid: bool = "is_valid",
        /// The app it was given to.
        pub app_id: Option<AppId> = "app_id",
        /// The app's name.
        pub application: Option<String> = "application",
        /// Whose it is.
        pub kind: Option<TokenKind> = "type",
        /// The user it stands for.
        pub user_id: Option<NodeId> = "user_id",
        /// The page it stands for.
        pub profile_id: Option<NodeId> = "profile_id",
        /// When it ends, in unix seconds; 0 is never.
        pub expires_at: Option<i64> = "expires_at",
        /// When data may be read no more by it, in unix seconds; 0 is never.
        pub data_access_expires_at: Option<i64> = "data_access_expires_at",
        /// When it was given out, in unix seconds.
        pub issued_at: Option<i64> = "issued_at",
        /// What it may do: `whatsapp_business_messaging`, …
        pub scopes: Vec<String> = "scopes",
        /// What it may do, and with which objects.
        pub granular_scopes: Vec<GranularScope> = "granular_scopes",
        /// Why it is not valid.
        pub error: Option<GraphError> = "error",
        /// What was said when it was asked for.
        pub metadata: Map<String, Value> = "metadata",
    }
}

object! {
    /// A permission, and what it is for.
    ///
    /// ```
    /// use whatsapp_cloud::api::tokens::{GranularScope, TokenFacts};
    ///
    /// let facts: TokenFacts = serde_json::from_str(
    ///     r#"{"granular_scopes":[{"scope":"whatsapp_business_management",
    ///         "target_ids":["102290129340398"]}]}"#,
    /// )?;
    /// let GranularScope { target_ids, .. } = &facts.granular_scopes[0];
    /// assert_eq!(target_ids[0].as_str(), "102290129340398", "the account that was shared");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct GranularScope {
        /// The permission.
        pub scope: String = "scope",
        /// For which objects: accounts, pages. None stands for all.
        pub target_ids: Vec<NodeId> = "target_ids",
    }
}

open_enum! {
    /// Whose a token is.
    ///
    /// ```
    /// use whatsapp_cloud::api::tokens::{TokenFacts, TokenKind};
    ///
    /// let facts: TokenFacts = serde_json::from_str(
    ///     r#"{"is_valid":true,"type":"SYSTEM_USER"}"#,
    /// )?;
    /// assert_eq!(facts.kind, Some(TokenKind::SystemUser));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    TokenKind {
        /// A user's.
        User = "USER",
        /// A system user's, also a business token.
        SystemUser = "SYSTEM_USER",
        /// A page's.
        Page = "PAGE",
        /// An app's.
        App = "APP",
    }
}

/// Gets a business token for the code that embedded signup gave: within 30 seconds, and once.
///
/// Keep the token before anything else is done: the code is spent. Meta's pages show a `GET`;
/// this posts, so that no secret stands in an address.
///
/// Source: <https://developers.facebook.com/docs/whatsapp/embedded-signup/implementation>
///
/// ```
/// use whatsapp_cloud::api::tokens::{AppCredentials, ExchangeCode};
/// use whatsapp_cloud::endpoint::{Endpoint, Token};
///
/// let app = AppCredentials::new("634974688087057", "the app's secret");
/// let call = ExchangeCode::new(app, "AQBhlXsctMxJYbwbrpybxlo9tLPGy-QAmjJDaIWY");
/// let request = call.request()?;
/// assert_eq!(request.target()?, "oauth/access_token");
/// assert_eq!(request.token(), &Token::Nothing);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
#[non_exhaustive]
pub struct ExchangeCode {
    /// The app that the business was signed up with.
    pub app: AppCredentials,
    /// The code.
    pub code: SecretString,
    /// Where the code was sent to; not for codes of Meta's JavaScript SDK.
    pub redirect_uri: Option<String>,
}

impl ExchangeCode {
    /// A code of embedded signup.
    pub fn new(app: AppCredentials, code: impl Into<SecretString>) -> Self {
        Self { app, code: code.into(), redirect_uri: None }
    }
}

impl Endpoint for ExchangeCode {
    type Response = IssuedToken;
    const OPERATION: &'static str = "exchange a code";
    const IDEMPOTENT: bool = false;

    fn request(&self) -> Result<Request> {
        let mut found = Violations::default();
        check_secret("code", &self.code, &mut found);
        let asked = Asked {
            grant_type: None,
            code: Some(self.code.expose_secret()),
            redirect_uri: self.redirect_uri.as_deref(),
            fb_exchange_token: None,
        };
        asked.request::<Self>(&self.app, found)
    }
}

impl Operation for ExchangeCode {
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/oauth/access_token";
    type Body = ();
}

/// Gets a token that lives about 60 days for a user's token that lives an hour or two.
///
/// Counts as idempotent: a second one is a further token that can do no more.
///
/// Source: <https://developers.facebook.com/docs/facebook-login/guides/access-tokens/get-long-lived>
///
/// ```
/// use whatsapp_cloud::api::tokens::{AppCredentials, ExtendToken};
/// use whatsapp_cloud::endpoint::Endpoint;
///
/// let app = AppCredentials::new("634974688087057", "the app's secret");
/// let call = ExtendToken::new(app, "EAAJ-example");
/// assert_eq!(call.request()?.target()?, "oauth/access_token");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
#[non_exhaustive]
pub struct ExtendToken {
    /// The app that the token was given to.
    pub app: AppCredentials,
    /// The token.
    pub token: SecretString,
}

impl ExtendToken {
    /// A user's token, and the app it was given to.
    pub fn new(app: AppCredentials, token: impl Into<SecretString>) -> Self {
        Self { app, token: token.into() }
    }
}

impl Endpoint for ExtendToken {
    type Response = IssuedToken;
    const OPERATION: &'static str = "extend a token";
    const IDEMPOTENT: bool = true;

    fn request(&self) -> Result<Request> {
        let mut found = Violations::default();
        check_secret("fb_exchange_token", &self.token, &mut found);
        let asked = Asked {
            grant_type: Some("fb_exchange_token"),
            code: None,
            redirect_uri: None,
            fb_exchange_token: Some(self.token.expose_secret()),
        };
        asked.request::<Self>(&self.app, found)
    }
}

impl Operation for ExtendToken {
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/oauth/access_token";
    type Body = ();
}

/// What a token is asked for with, besides the app.
#[derive(Serialize)]
struct Asked<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    grant_type: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    redirect_uri: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fb_exchange_token: Option<&'a str>,
}

impl Asked<'_> {
    fn request<C: Operation>(
        &self,
        app: &AppCredentials,
        mut found: Violations,
    ) -> Result<Request> {
        #[derive(Serialize)]
        struct Whole<'a> {
            client_id: &'a str,
            client_secret: &'a str,
            #[serde(flatten)]
            asked: &'a Asked<'a>,
        }

        app.check(&mut found);
        found.numeric_id("app_id", app.app_id.as_str());
        let whole = Whole {
            client_id: app.app_id.as_str(),
            client_secret: app.app_secret.expose_secret(),
            asked: self,
        };
        call::request::<C>(&[], &[], found)?
            .with_token(Token::Nothing)
            .with_json(&whole)
            .map_err(|error| Error::new(C::OPERATION, ErrorKind::InvalidInput).with_source(error))
    }
}

fn check_secret(path: &str, secret: &SecretString, found: &mut Violations) {
    let secret = secret.expose_secret();
    if secret.is_empty() || !secret.bytes().all(|byte| byte.is_ascii_graphic()) {
        found.add(path, "a text without spaces, found none or another");
    }
}

macro_rules! secret_calls {
    ($($name:ident { $($member:ident),+ } $($plain:ident)?),+ $(,)?) => {$(
        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                $(same(&self.$member, &other.$member) &&)+ self.app == other.app
                    $(&& self.$plain == other.$plain)?
            }
        }

        /// Shows the name of the call only.
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($name)).finish_non_exhaustive()
            }
        }
    )+};
}

secret_calls!(InspectToken { token }, ExchangeCode { code } redirect_uri, ExtendToken { token });

call! {
    /// Gets the business token of a client who signed up with the app: that which there is
    /// already, or a new one.
    ///
    /// To be called with the token of a system user of your own. Meta wants a proof of the
    /// app's secret: the client adds it when it knows the secret
    /// (`ClientBuilder::app_secret`).
    ///
    /// Source: <https://developers.facebook.com/docs/facebook-login/facebook-login-for-business#bisu-token-api>
    ///
    /// ```
    /// use whatsapp_cloud::api::tokens::{BusinessTokenRequest, GetBusinessToken};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let wanted = BusinessTokenRequest { fetch_only: Some(true), ..Default::default() };
    /// let call = GetBusinessToken::new("2729063490586005", wanted);
    /// assert_eq!(call.request()?.target()?, "2729063490586005/system_user_access_tokens");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct GetBusinessToken -> IssuedToken = "get a business token", once;
    post "/{business-id}/system_user_access_tokens" {
        /// The client's business portfolio, not yours.
        business_id: BusinessId,
    }
    body {
        /// What is wanted.
        wanted: BusinessTokenRequest
    }
}

object! {
    /// What kind of business token is wanted.
    ///
    /// ```
    /// use whatsapp_cloud::api::tokens::BusinessTokenRequest;
    ///
    /// let request =
    ///     BusinessTokenRequest { fetch_only: Some(true), ..BusinessTokenRequest::default() };
    /// assert_eq!(serde_json::to_string(&request)?, r#"{"fetch_only":true}"#);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct BusinessTokenRequest {
        /// Whether to give only what there is already.
        pub fetch_only: Option<bool> = "fetch_only",
        /// The system user it stands for, where there are several.
        pub system_user_id: Option<NodeId> = "system_user_id",
        /// Whether it ends after 60 days, rather than never.
        pub set_token_expires_in_60_days: Option<bool> = "set_token_expires_in_60_days",
        /// What it may do: permissions with commas between them.
        pub scope: Option<String> = "scope",
        /// The proof of the app's secret, where the client does not add it: 64 hexadecimal
        /// digits.
        pub appsecret_proof: Option<String> = "appsecret_proof",
    }
    check |wanted, found| {
        if let Some(proof) = &wanted.appsecret_proof
            && (proof.len() != 64 || !proof.bytes().all(|byte| byte.is_ascii_hexdigit()))
        {
            found.add("appsecret_proof", "64 hexadecimal digits");
        }
    }
}

/// A token that Meta gave out. `Debug` shows nothing of it.
///
/// ```
/// use secrecy::ExposeSecret;
/// use whatsapp_cloud::api::tokens::IssuedToken;
///
/// let answer = r#"{"access_token":"EAAy","token_type":"bearer","expires_in":5183944}"#;
/// let issued: IssuedToken = serde_json::from_str(answer)?;
/// assert_eq!(issued.access_token.expose_secret(), "EAAy");
/// assert!(!format!("{issued:?}").contains("EAAy"));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone)]
#[non_exhaustive]
pub struct IssuedToken {
    /// The token.
    pub access_token: SecretString,
    /// How it is used: `bearer`.
    pub token_type: Option<String>,
    /// In how many seconds it ends; nothing for one that does not.
    pub expires_in: Option<u64>,
    /// What the members above do not tell.
    pub other: Map<String, Value>,
}

impl<'de> Deserialize<'de> for IssuedToken {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut members = member::members(deserializer)?;
        let access_token = match members.remove("access_token") {
            Some(Value::String(token)) if !token.is_empty() => SecretString::from(token),
            _ => return Err(de::Error::custom("the answer holds no token")),
        };
        let token_type = member::take(&mut members, "token_type");
        let expires_in = member::take(&mut members, "expires_in");
        Ok(Self { access_token, token_type, expires_in, other: members })
    }
}

impl fmt::Debug for IssuedToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IssuedToken").field("expires_in", &self.expires_in).finish_non_exhaustive()
    }
}
