//! The sign-up as it runs: each step asks Meta, has the answer judged, and is saved.

use std::fmt;
use std::sync::Arc;

use secrecy::{ExposeSecret as _, SecretString};
use serde::de::DeserializeOwned;
use tracing::debug;

use crate::api::account::GetAccount;
use crate::api::phone_number::{
    GetPhoneNumber, ListPhoneNumbers, PhoneNumber, RegisterPhoneNumber, Registration,
};
use crate::api::subscriptions::{ListSubscribedApps, SubscribeToAccount, Subscription};
use crate::api::tokens::{AppCredentials, ExchangeCode, InspectToken};
use crate::client::onboarding::check::{self, Standing};
use crate::client::onboarding::{
    Assets, Claims, Onboarded, Problem, Progress, Registered, SignupError, SignupStore, Stage,
    Step, StoreError,
};
use crate::client::{Client, Safety};
use crate::endpoint::Endpoint;
use crate::error::{Error, ErrorKind};
use crate::id::{AccountId, PhoneNumberId};
use crate::wire::Page;

type Result<T, E = SignupError> = std::result::Result<T, E>;

/// How many pages of a list are read: an account has some dozens of numbers at most.
const MOST_PAGES: usize = 100;

/// Signs businesses up, each with a code of its own.
///
/// One for all sign-ups of an app; cheap to make. Nothing is repeated in here but what the
/// client repeats: an error says what to do, and when.
///
/// ```
/// use std::collections::HashMap;
/// use std::sync::{Arc, Mutex};
///
/// use async_trait::async_trait;
/// use secrecy::SecretString;
/// use whatsapp_cloud::Client;
/// use whatsapp_cloud::api::tokens::{AppCredentials, IssuedToken};
/// use whatsapp_cloud::client::onboarding::{
///     Claims, EmbeddedSignup, Progress, Registered, SignupEvent, SignupStore, StoreError,
/// };
/// use whatsapp_cloud::client::{HttpRequest, HttpResponse, Transport, TransportError};
///
/// /// For the example only: yours survives a crash, and seals its secrets.
/// #[derive(Default)]
/// struct Memory {
///     signups: Mutex<HashMap<String, Progress>>,
///     tokens: Mutex<HashMap<String, SecretString>>,
/// }
///
/// #[async_trait]
/// impl SignupStore for Memory {
///     async fn begin(&self, progress: &Progress) -> Result<Option<Progress>, StoreError> {
///         let mut signups = self.signups.lock().expect("nobody panics while holding it");
///         if let Some(known) = signups.get(&progress.id) {
///             return Ok(Some(known.clone()));
///         }
///         signups.insert(progress.id.clone(), progress.clone());
///         Ok(None)
///     }
///     async fn forget(&self, id: &str) -> Result<(), StoreError> {
///         self.signups.lock().expect("nobody panics while holding it").remove(id);
///         Ok(())
///     }
///     async fn save(&self, progress: &Progress) -> Result<(), StoreError> {
///         let mut signups = self.signups.lock().expect("nobody panics while holding it");
///         signups.insert(progress.id.clone(), progress.clone());
///         Ok(())
///     }
///     async fn save_token(&self, id: &str, token: &IssuedToken) -> Result<(), StoreError> {
///         let mut tokens = self.tokens.lock().expect("nobody panics while holding it");
///         tokens.insert(id.to_owned(), token.access_token.clone());
///         Ok(())
///     }
///     async fn token(&self, id: &str) -> Result<Option<SecretString>, StoreError> {
///         let tokens = self.tokens.lock().expect("nobody panics while holding it");
///         Ok(tokens.get(id).cloned())
///     }
///     async fn pin(&self, _: &str) -> Result<SecretString, StoreError> {
///         Ok(SecretString::from("212834"))
///     }
/// }
///
/// /// What Meta would answer.
/// struct Graph;
///
/// #[async_trait]
/// impl Transport for Graph {
///     async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
///         let path = request.url.split('?').next().unwrap_or_default();
///         let answer = match path.rsplit('/').next().unwrap_or_default() {
///             "access_token" => r#"{"access_token":"EAAG-business"}"#,
///             "debug_token" => r#"{"data":{"is_valid":true,"app_id":"634974688087057",
///                 "scopes":["whatsapp_business_management","whatsapp_business_messaging"],
///                 "granular_scopes":[
///                     {"scope":"whatsapp_business_management","target_ids":["1022"]},
///                     {"scope":"whatsapp_business_messaging","target_ids":["1022"]}]}}"#,
///             "1022" => r#"{"id":"1022","owner_business_info":{"id":"2729"}}"#,
///             "phone_numbers" => r#"{"data":[{"id":"1065"}]}"#,
///             "subscribed_apps" => r#"{"success":true,"data":[]}"#,
///             "1065" => r#"{"id":"1065","status":"PENDING"}"#,
///             _ => r#"{"success":true}"#,
///         };
///         Ok(HttpResponse::new(200, answer))
///     }
/// }
///
/// # tokio::runtime::Builder::new_current_thread().build()?.block_on(async {
/// let client = Client::builder("unused".into()).transport(Arc::new(Graph)).build()?;
/// let app = AppCredentials::new("634974688087057", "the app's secret");
/// let signup = EmbeddedSignup::new(&client, app, Arc::new(Memory::default()));
///
/// let mut claims = Claims::new(SignupEvent::Finished);
/// claims.account_id = Some("1022".into());
/// claims.phone_number_id = Some("1065".into());
/// let code = SecretString::from("AQBhlXsctMxJYbwbrpybxlo9tLPGy");
/// let onboarded = signup.begin("signup-17", claims.clone(), code).await?;
///
/// assert_eq!(onboarded.assets.owner, Some("2729".into()));
/// assert_eq!(onboarded.registered, Registered::Now);
///
/// // Somebody else's account.
/// claims.account_id = Some("9999".into());
/// let code = SecretString::from("AQBhlXsctMxJYbwbrpybxlo9tLPGz");
/// let error = signup.begin("signup-18", claims, code).await.unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "verify account and number: the account is not one that the token was given for",
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct EmbeddedSignup {
    client: Client,
    app: AppCredentials,
    store: Arc<dyn SignupStore>,
    subscription: Subscription,
    redirect_uri: Option<String>,
}

impl EmbeddedSignup {
    /// Sign-ups with an app.
    ///
    /// Of `client`, connections and settings are used, and not its token. Give it the app's
    /// secret when the app requires a proof of it. Where it repeats calls, it does so here only
    /// when nothing can happen twice, whatever it is set to.
    pub fn new(client: &Client, app: AppCredentials, store: Arc<dyn SignupStore>) -> Self {
        // A code is good for one token: an exchange that may have been one is not repeated.
        let client = client.with_safety(Safety::AtMostOnce);
        let subscription = Subscription::default();
        Self { client, app, store, subscription, redirect_uri: None }
    }

    /// Where the webhooks of the accounts go, rather than to the app's callback, or to the one
    /// that an account has of its own.
    ///
    /// ```
    /// use whatsapp_cloud::api::subscriptions::Subscription;
    /// use whatsapp_cloud::client::onboarding::EmbeddedSignup;
    ///
    /// /// Accounts of one region go to a webhook of their own; their codes come from a login page.
    /// fn of_region(signup: EmbeddedSignup, webhook: Subscription) -> EmbeddedSignup {
    ///     signup.callback(webhook).redirect_uri("https://example.com/signed-up")
    /// }
    /// ```
    #[must_use]
    pub fn callback(mut self, subscription: Subscription) -> Self {
        self.subscription = subscription;
        self
    }

    /// Where the codes were sent to; not for codes of Meta's JavaScript SDK.
    #[must_use]
    pub fn redirect_uri(mut self, uri: impl Into<String>) -> Self {
        self.redirect_uri = Some(uri.into());
        self
    }

    /// Signs a business up: exchanges the code, and goes on to the end.
    ///
    /// `id` is your name for this sign-up, another one for each code. Called again with the
    /// same id and claims, it goes on where the first call stopped, and the code is not used
    /// again. Do not drop the future: a token that is on its way would be lost with it.
    ///
    /// # Errors
    ///
    /// [`SignupError::remedy`] says what to do. What was done before stays done.
    pub async fn begin(
        &self,
        id: impl Into<String>,
        claims: Claims,
        code: SecretString,
    ) -> Result<Onboarded> {
        let progress = Progress::new(id, claims);
        let known = self.store.begin(&progress).await.map_err(store(Step::Begin))?;
        let progress = match known {
            None => self.exchange(progress, code).await?,
            Some(known) if known.claims == progress.claims => known,
            Some(_) => return Err(SignupError::new(Step::Begin, Problem::OtherClaims)),
        };
        self.resume(progress).await
    }

    /// Goes on with a sign-up where it stopped.
    ///
    /// What may have been done already is looked at before it is done again. For a sign-up
    /// that is done, nothing is asked. One call at a time for each sign-up.
    ///
    /// ```
    /// use whatsapp_cloud::client::onboarding::{EmbeddedSignup, Progress, SignupError};
    ///
    /// /// Takes up what was open when the process ended.
    /// async fn at_start(signup: &EmbeddedSignup, open: Vec<Progress>) -> Vec<SignupError> {
    ///     let mut failed = Vec::new();
    ///     for progress in open {
    ///         if let Err(error) = signup.resume(progress).await {
    ///             failed.push(error);
    ///         }
    ///     }
    ///     failed
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`EmbeddedSignup::begin`]; [`Problem::CodeSpent`] when there is no token (yet: while
    /// the first call waits for it, a second one gets this answer).
    pub async fn resume(&self, mut progress: Progress) -> Result<Onboarded> {
        if let Stage::Done(onboarded) = progress.stage {
            return Ok(onboarded);
        }
        let step = step_behind(&progress.stage);
        let token = self.store.token(&progress.id).await.map_err(store(step))?;
        let token = token.ok_or_else(|| SignupError::new(step, Problem::CodeSpent(None)))?;
        let client = self.client.with_tokens(Arc::new(token.clone()));
        loop {
            let step = step_behind(&progress.stage);
            progress.stage = match &progress.stage {
                Stage::Begun => Stage::Exchanged,
                Stage::Exchanged => {
                    Stage::Verified(self.verify(&client, &token, &progress.claims).await?)
                }
                Stage::Verified(assets) => {
                    self.subscribe(&client, &assets.account_id).await?;
                    Stage::Subscribed(assets.clone())
                }
                Stage::Subscribed(assets) => {
                    let registered = self.register(&client, &progress, assets).await?;
                    Stage::Done(Onboarded { assets: assets.clone(), registered })
                }
                Stage::Done(onboarded) => return Ok(onboarded.clone()),
            };
            self.save(&progress, step).await?;
        }
    }

    /// Keeps that `step` is done.
    async fn save(&self, progress: &Progress, step: Step) -> Result<()> {
        self.store.save(progress).await.map_err(store(step))?;
        debug!(%step, "embedded sign-up: {step}: done");
        Ok(())
    }

    async fn exchange(&self, progress: Progress, code: SecretString) -> Result<Progress> {
        const STEP: Step = Step::Exchange;
        let mut call = ExchangeCode::new(self.app.clone(), code);
        call.redirect_uri.clone_from(&self.redirect_uri);
        let token = match self.client.execute(&call).await {
            Ok(token) => token,
            Err(error) if was_not_used(&error) => {
                self.store.forget(&progress.id).await.map_err(store(Step::Begin))?;
                return Err(SignupError::new(STEP, error));
            }
            Err(error) => return Err(SignupError::new(STEP, Problem::CodeSpent(Some(error)))),
        };
        // Before anything that can fail: the code is spent.
        if let Err(source) = self.store.save_token(&progress.id, &token).await {
            return Err(SignupError::new(STEP, Problem::TokenNotSaved { token, source }));
        }
        let progress = progress.at(Stage::Exchanged);
        self.save(&progress, STEP).await?;
        Ok(progress)
    }

    async fn verify(
        &self,
        client: &Client,
        token: &SecretString,
        claims: &Claims,
    ) -> Result<Assets> {
        const STEP: Step = Step::Verify;
        let mut inspect = InspectToken::new(token.clone());
        inspect.app = Some(self.app.clone());
        let facts = self.client.execute(&inspect).await.map_err(at(STEP))?;
        let account_id = check::account(&facts, &self.app.app_id, claims).map_err(at(STEP))?;

        let mut ask = GetAccount::new(account_id.clone());
        ask.fields = names(&["id", "owner_business_info"]);
        let account = client.execute(&ask).await.map_err(at(STEP))?;
        let owner = check::owner(&account, &account_id, claims).map_err(at(STEP))?;

        let phone_number_id = if claims.brings_number() {
            let numbers = candidates(client, &account_id, claims).await.map_err(at(STEP))?;
            check::number(&numbers, claims).map_err(at(STEP))?
        } else {
            None
        };
        Ok(Assets { account_id, owner, phone_number_id })
    }

    async fn subscribe(&self, client: &Client, account_id: &AccountId) -> Result<()> {
        const STEP: Step = Step::Subscribe;
        let list = ListSubscribedApps::new(account_id.clone());
        let apps = rows(client, list, |_| true, false).await.map_err(at(STEP))?;
        if check::needs_subscription(&apps, &self.app.app_id, &self.subscription) {
            let subscribe = SubscribeToAccount::new(account_id.clone(), self.subscription.clone());
            client.execute(&subscribe).await.map_err(at(STEP))?;
        }
        Ok(())
    }

    async fn register(
        &self,
        client: &Client,
        progress: &Progress,
        assets: &Assets,
    ) -> Result<Registered> {
        const STEP: Step = Step::Register;
        let Some(phone_number_id) = &assets.phone_number_id else {
            return Ok(Registered::NoNumber);
        };
        // Read anew: an earlier try may have registered it without our hearing of it.
        let number = read(client, phone_number_id).await.map_err(at(STEP))?;
        match check::standing(&number, &progress.claims) {
            Standing::InBusinessApp => return Ok(Registered::InBusinessApp),
            Standing::Registered => return Ok(Registered::Already),
            Standing::Unusable => return Err(SignupError::new(STEP, Problem::NumberUnusable)),
            Standing::Unregistered => {}
        }
        let pin = self.store.pin(&progress.id).await.map_err(store(STEP))?;
        let registration =
            Registration { pin: pin.expose_secret().to_owned(), ..Registration::default() };
        let register = RegisterPhoneNumber::new(phone_number_id.clone(), registration);
        client.execute(&register).await.map_err(at(STEP))?;
        Ok(Registered::Now)
    }
}

/// The step that comes next.
fn step_behind(stage: &Stage) -> Step {
    match stage {
        Stage::Begun => Step::Exchange,
        Stage::Exchanged => Step::Verify,
        Stage::Verified(_) => Step::Subscribe,
        Stage::Subscribed(_) | Stage::Done(_) => Step::Register,
    }
}

/// Whether a code is certainly as good as before.
fn was_not_used(error: &Error) -> bool {
    match error.kind() {
        ErrorKind::InvalidInput
        | ErrorKind::Configuration
        | ErrorKind::NotSent
        | ErrorKind::RateLimited => true,
        // A refusal, too: which of them leave the code alive, Meta does not say.
        ErrorKind::MaybeSent
        | ErrorKind::Authentication
        | ErrorKind::Permission
        | ErrorKind::InvalidRequest
        | ErrorKind::NotFound
        | ErrorKind::WindowClosed
        | ErrorKind::Recipient
        | ErrorKind::Template
        | ErrorKind::Media
        | ErrorKind::Policy
        | ErrorKind::Account
        | ErrorKind::Unavailable
        | ErrorKind::Unknown => false,
    }
}

/// The numbers of the account that can be meant.
async fn candidates(
    client: &Client,
    account_id: &AccountId,
    claims: &Claims,
) -> crate::error::Result<Vec<PhoneNumber>> {
    let mut list = ListPhoneNumbers::new(account_id.clone());
    list.fields = names(&["id", "is_on_biz_app"]);
    list.limit = Some(100);
    let is_named = claims.phone_number_id.is_some();
    rows(client, list, |number| check::could_be_meant(number, claims), is_named).await
}

/// The rows that are wanted, from all pages of a list, or from those up to the first such row.
async fn rows<T, E>(
    client: &Client,
    list: E,
    is_wanted: impl Fn(&T) -> bool,
    first_only: bool,
) -> crate::error::Result<Vec<T>>
where
    T: DeserializeOwned + Send,
    E: Endpoint<Response = Page<T>> + Sync,
{
    let mut pages = client.pages(list);
    let mut found = Vec::new();
    for _ in 0..MOST_PAGES {
        let Some(page) = pages.next().await? else { return Ok(found) };
        found.extend(page.data.into_iter().filter(&is_wanted));
        if first_only && !found.is_empty() {
            return Ok(found);
        }
    }
    Err(Error::new(E::OPERATION, ErrorKind::Unknown).with_source("the list does not end"))
}

async fn read(client: &Client, id: &PhoneNumberId) -> crate::error::Result<PhoneNumber> {
    let mut ask = GetPhoneNumber::new(id.clone());
    ask.fields = names(&["id", "status", "platform_type", "is_on_biz_app"]);
    client.execute(&ask).await
}

fn names(fields: &[&str]) -> Vec<String> {
    fields.iter().map(|&field| field.to_owned()).collect()
}

fn at<P: Into<Problem>>(step: Step) -> impl Fn(P) -> SignupError {
    move |problem| SignupError::new(step, problem)
}

fn store(step: Step) -> impl Fn(StoreError) -> SignupError {
    move |error| SignupError::new(step, Problem::Store(error))
}

impl fmt::Debug for EmbeddedSignup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EmbeddedSignup").field("app", &self.app).finish_non_exhaustive()
    }
}
