//! What the host keeps of a sign-up: how far it is, its token, its PIN.

use async_trait::async_trait;
use secrecy::SecretString;

use crate::api::tokens::IssuedToken;
use crate::client::onboarding::Progress;

/// Why a store failed, in the host's words. They stand in the source of the error: no secrets.
///
/// ```
/// use whatsapp_cloud::client::onboarding::StoreError;
///
/// let error: StoreError = "the database is away".into();
/// assert_eq!(error.to_string(), "the database is away");
/// ```
pub type StoreError = Box<dyn std::error::Error + Send + Sync>;

/// Keeps sign-ups, their tokens and PINs.
///
/// - What a method reported is durable: a crash after the return loses nothing.
/// - A method that fails may have had its effect or not; it is asked again.
/// - Tokens and PINs are secrets: keep them sealed, and apart from the progress.
///
/// A store as a whole is in the example at [`EmbeddedSignup`](super::EmbeddedSignup).
///
/// ```
/// use whatsapp_cloud::client::onboarding::{SignupStore, StoreError};
///
/// /// Whether there is a token already, so that the business need not come again.
/// async fn is_signed_up(store: &dyn SignupStore, id: &str) -> Result<bool, StoreError> {
///     Ok(store.token(id).await?.is_some())
/// }
/// ```
#[async_trait]
pub trait SignupStore: Send + Sync {
    /// Saves a sign-up that begins, unless there is one of its id: that is given back then,
    /// and nothing is changed.
    ///
    /// - Of two at the same time, one gets nothing back: only that one may use the code.
    ///
    /// # Errors
    ///
    /// Whatever the host says. The code is not used then.
    async fn begin(&self, progress: &Progress) -> Result<Option<Progress>, StoreError>;

    /// Forgets a sign-up whose code was certainly not used, so that it can begin again.
    ///
    /// # Errors
    ///
    /// Whatever the host says.
    async fn forget(&self, id: &str) -> Result<(), StoreError>;

    /// Saves how far a sign-up has come, in place of what was saved.
    ///
    /// # Errors
    ///
    /// Whatever the host says. The step is looked at again when the sign-up is resumed.
    async fn save(&self, progress: &Progress) -> Result<(), StoreError>;

    /// Saves the token of a sign-up. There is no other copy of it, and its code is spent.
    ///
    /// # Errors
    ///
    /// Whatever the host says. The token is given back in
    /// [`Problem::TokenNotSaved`](super::Problem::TokenNotSaved).
    async fn save_token(&self, id: &str, token: &IssuedToken) -> Result<(), StoreError>;

    /// The token of a sign-up, when there is one.
    ///
    /// # Errors
    ///
    /// Whatever the host says.
    async fn token(&self, id: &str) -> Result<Option<SecretString>, StoreError>;

    /// The PIN that the number is to get: six digits, chosen by you.
    ///
    /// - The same each time: a registration whose answer got lost may be made again.
    ///
    /// # Errors
    ///
    /// Whatever the host says.
    async fn pin(&self, id: &str) -> Result<SecretString, StoreError>;
}
