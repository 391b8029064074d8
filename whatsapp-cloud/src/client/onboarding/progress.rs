//! How far a sign-up has come: plain data without a secret, for the host to keep.

use serde::{Deserialize, Serialize};

use crate::client::onboarding::Claims;
use crate::id::{AccountId, BusinessId, PhoneNumberId};

/// How far a sign-up has come.
///
/// Kept by your [`SignupStore`](super::SignupStore) after each step; a sign-up that is not
/// [`Stage::Done`] can be [taken up again](super::EmbeddedSignup::resume).
///
/// ```
/// use whatsapp_cloud::client::onboarding::{Claims, Progress, SignupEvent, Stage};
///
/// let progress = Progress::new("signup-17", Claims::new(SignupEvent::Finished));
/// assert_eq!(progress.stage, Stage::Begun);
/// assert_eq!(
///     serde_json::to_string(&progress.stage)?,
///     r#"{"reached":"begun"}"#,
/// );
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Progress {
    /// Your name for it: another one for each code, and never the code.
    pub id: String,
    /// What the browser claims.
    pub claims: Claims,
    /// How far it has come.
    pub stage: Stage,
}

impl Progress {
    /// A sign-up that begins.
    pub fn new(id: impl Into<String>, claims: Claims) -> Self {
        Self { id: id.into(), claims, stage: Stage::Begun }
    }

    pub(super) fn at(&self, stage: Stage) -> Self {
        Self { id: self.id.clone(), claims: self.claims.clone(), stage }
    }
}

/// What is done, and durable.
///
/// ```
/// use whatsapp_cloud::client::onboarding::Stage;
///
/// let stage: Stage = serde_json::from_str(
///     r#"{"reached":"verified","account_id":"102290129340398","owner":"2729063490586005",
///         "phone_number_id":"106540352242922"}"#,
/// )?;
/// let Stage::Verified(assets) = stage else { return Err("verified".into()) };
/// assert_eq!(assets.account_id.as_str(), "102290129340398");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "reached", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Stage {
    /// The code may be spent, and the token is in the store or lost.
    Begun,
    /// The token is in the store.
    Exchanged,
    /// Account and number are the token's.
    Verified(Assets),
    /// The app hears of the account.
    Subscribed(Assets),
    /// The number can send, as far as this flow can see to it.
    Done(Onboarded),
}

/// What the token was given for: facts, not claims.
///
/// ```
/// use whatsapp_cloud::client::onboarding::Assets;
///
/// let assets: Assets = serde_json::from_str(
///     r#"{"account_id":"102290129340398","owner":null,"phone_number_id":null}"#,
/// )?;
/// assert!(assets.phone_number_id.is_none());
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Assets {
    /// The account.
    pub account_id: AccountId,
    /// The portfolio that owns it, from Meta; what the browser says of it is never taken.
    pub owner: Option<BusinessId>,
    /// The number on that account, when the sign-up brought one.
    pub phone_number_id: Option<PhoneNumberId>,
}

/// A business that is signed up.
///
/// ```
/// use whatsapp_cloud::client::onboarding::{Onboarded, Registered};
///
/// let done: Onboarded = serde_json::from_str(
///     r#"{"assets":{"account_id":"102290129340398","owner":null,"phone_number_id":null},
///         "registered":"no_number"}"#,
/// )?;
/// assert_eq!(done.registered, Registered::NoNumber);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Onboarded {
    /// What the token was given for.
    pub assets: Assets,
    /// What became of the number.
    pub registered: Registered,
}

/// What became of the number.
///
/// ```
/// use whatsapp_cloud::client::onboarding::Registered;
///
/// assert_eq!(serde_json::to_string(&Registered::InBusinessApp)?, r#""in_business_app""#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Registered {
    /// It was registered, with the store's PIN.
    Now,
    /// It was registered already: its PIN may be another one.
    Already,
    /// It stays in the Business app, and must not be registered. Contacts and history can be
    /// had once, within 24 hours: [`SyncAppData`](crate::api::coexistence::SyncAppData).
    InBusinessApp,
    /// There is none.
    NoNumber,
}
