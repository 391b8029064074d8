//! What a token opens.

use std::time::Duration;

use crate::id::AccountId;
use crate::simulator::Simulator;
use crate::simulator::running::millis;
use crate::simulator::world::{Millis, Refusal};

impl Simulator {
    /// Whether the app must vouch for its tokens from now on: see
    /// [`SimulatorBuilder::require_proof`](crate::simulator::SimulatorBuilder::require_proof).
    ///
    /// ```
    /// use whatsapp_cloud::simulator::Simulator;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> whatsapp_cloud::Result<()> {
    /// let simulator = Simulator::builder().start().await?;
    /// simulator.require_proof(true);
    ///
    /// // Without the app's secret the client cannot vouch for the token.
    /// let media = simulator.client()?.media("1").delete().await.unwrap_err();
    /// assert_eq!(media.code(), Some(100));
    /// # Ok(()) }
    /// ```
    pub fn require_proof(&self, require: bool) {
        self.shared.world().setup.require_proof = require;
    }
}

/// A permission of Meta's.
///
/// ```
/// use whatsapp_cloud::simulator::Permission;
///
/// assert_eq!(Permission::Messaging.as_str(), "whatsapp_business_messaging");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Permission {
    /// `whatsapp_business_messaging`: messages and files.
    Messaging,
    /// `whatsapp_business_management`: templates, numbers, accounts.
    Management,
    /// `business_management`: what belongs to the business itself.
    Business,
}

impl Permission {
    /// The permission that Meta calls so.
    ///
    /// ```
    /// use whatsapp_cloud::simulator::Permission;
    ///
    /// assert_eq!(Permission::of("business_management"), Some(Permission::Business));
    /// assert_eq!(Permission::of("public_profile"), None);
    /// ```
    pub fn of(word: &str) -> Option<Self> {
        [Self::Messaging, Self::Management, Self::Business]
            .into_iter()
            .find(|permission| permission.as_str() == word)
    }

    /// Meta's word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Messaging => "whatsapp_business_messaging",
            Self::Management => "whatsapp_business_management",
            Self::Business => "business_management",
        }
    }
}

/// What a token opens: everything and for ever, unless said otherwise.
///
/// ```
/// use std::time::Duration;
/// use whatsapp_cloud::simulator::{Access, Permission};
///
/// let access = Access::to([Permission::Messaging])
///     .of_accounts(["102290129340398"])
///     .until(Duration::from_secs(1_790_000_000));
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct Access {
    permissions: Vec<Permission>,
    accounts: Option<Vec<AccountId>>,
    until: Option<Millis>,
    revoked: bool,
}

impl Default for Access {
    fn default() -> Self {
        Self::to([Permission::Messaging, Permission::Management, Permission::Business])
    }
}

impl Access {
    /// With these permissions only.
    pub fn to(permissions: impl IntoIterator<Item = Permission>) -> Self {
        let permissions = permissions.into_iter().collect();
        Self { permissions, accounts: None, until: None, revoked: false }
    }

    /// To these accounts only, and what belongs to them.
    pub fn of_accounts<I: Into<AccountId>>(
        mut self,
        accounts: impl IntoIterator<Item = I>,
    ) -> Self {
        self.accounts = Some(accounts.into_iter().map(Into::into).collect());
        self
    }

    /// Until this time since 1970.
    pub fn until(mut self, end: Duration) -> Self {
        self.until = Some(millis(end));
        self
    }

    pub(super) fn revoke(&mut self) {
        self.revoked = true;
    }

    pub(super) fn permissions(&self) -> &[Permission] {
        &self.permissions
    }

    /// Which accounts; none where it opens them all.
    pub(super) fn accounts(&self) -> Option<&[AccountId]> {
        self.accounts.as_deref()
    }

    pub(super) fn end(&self) -> Option<Millis> {
        self.until
    }

    pub(super) fn opens(&self, account: &AccountId) -> bool {
        self.accounts.as_ref().is_none_or(|accounts| accounts.contains(account))
    }

    /// Refused where the permission is missing.
    pub(super) fn may(&self, permission: Permission) -> Result<(), Refusal> {
        if self.permissions.contains(&permission) {
            return Ok(());
        }
        Err(Refusal::new(200, format!("The token lacks {}", permission.as_str())))
    }

    /// Refused when it has ended.
    pub(super) fn is_alive(&self, now: Millis) -> Result<(), Refusal> {
        if self.revoked {
            return Err(Refusal::new(190, "").with_subcode(467));
        }
        if self.until.is_some_and(|until| now >= until) {
            return Err(Refusal::new(190, "").with_subcode(463));
        }
        Ok(())
    }
}
