//! What must hold before a step is taken. Pure: Meta's answers in, a verdict out.

use crate::api::account::Account;
use crate::api::phone_number::{HostPlatform, PhoneNumber, PhoneNumberStatus};
use crate::api::subscriptions::{SubscribedApp, Subscription};
use crate::api::tokens::{GranularScope, InspectedToken};
use crate::client::onboarding::{Claims, Mismatch, SignupEvent};
use crate::id::{AccountId, AppId, BusinessId, PhoneNumberId};

/// What the token must be allowed to do, each for the account itself.
const MANAGEMENT: &str = "whatsapp_business_management";
const MESSAGING: &str = "whatsapp_business_messaging";

/// The account that the token was given for, when it is the claimed one.
pub(super) fn account(
    inspected: &InspectedToken,
    app: &AppId,
    claims: &Claims,
) -> Result<AccountId, Mismatch> {
    let facts = inspected.data.as_ref().filter(|facts| facts.is_valid);
    let facts = facts.ok_or(Mismatch::TokenInvalid)?;
    if facts.app_id.as_ref() != Some(app) {
        return Err(Mismatch::App);
    }
    for (scope, mismatch) in
        [(MANAGEMENT, Mismatch::ManagementScope), (MESSAGING, Mismatch::MessagingScope)]
    {
        if !facts.scopes.iter().any(|granted| granted == scope) {
            return Err(mismatch);
        }
    }
    let managed = targets(&facts.granular_scopes, MANAGEMENT);
    let account = match (&claims.account_id, managed.as_slice()) {
        (Some(claimed), _) => claimed.as_str(),
        (None, [only]) => only,
        (None, _) => return Err(Mismatch::AccountUnclear),
    };
    let used = targets(&facts.granular_scopes, MESSAGING);
    // No list stands for "all" in Meta's pages. A token of a sign-up always has one, and what
    // is not named is not taken for granted.
    if managed.contains(&account) && used.contains(&account) {
        Ok(AccountId::from(account))
    } else {
        Err(Mismatch::Account)
    }
}

/// What a permission was given for.
fn targets<'a>(scopes: &'a [GranularScope], scope: &str) -> Vec<&'a str> {
    let of_scope = scopes.iter().filter(|granular| granular.scope == scope);
    let mut targets: Vec<_> =
        of_scope.flat_map(|granular| &granular.target_ids).map(AsRef::as_ref).collect();
    targets.sort_unstable();
    targets.dedup();
    targets
}

/// Who owns the account, as Meta tells it.
pub(super) fn owner(
    account: &Account,
    asked: &AccountId,
    claims: &Claims,
) -> Result<Option<BusinessId>, Mismatch> {
    if account.id != *asked {
        return Err(Mismatch::Account);
    }
    let owner = account.owner_business_info.as_ref().map(|owner| owner.id.clone());
    match (&owner, &claims.business_id) {
        (Some(owner), Some(claimed)) if owner != claimed => Err(Mismatch::Business),
        (Some(_) | None, Some(_) | None) => Ok(owner),
    }
}

/// The number that is meant, among those of the account.
pub(super) fn number(
    numbers: &[PhoneNumber],
    claims: &Claims,
) -> Result<Option<PhoneNumberId>, Mismatch> {
    let mut ids = numbers.iter().filter(|number| could_be_meant(number, claims));
    let found = ids.next().and_then(|number| number.id.clone());
    match (&claims.phone_number_id, found) {
        (None, Some(_)) if ids.next().is_some() => Err(Mismatch::NumberUnclear),
        (Some(_) | None, Some(found)) => Ok(Some(found)),
        (Some(_), None) => Err(Mismatch::Number),
        (None, None) => Err(Mismatch::NumberUnclear),
    }
}

/// Whether a number is the claimed one, or one that the sign-up can have brought.
pub(super) fn could_be_meant(number: &PhoneNumber, claims: &Claims) -> bool {
    match &claims.phone_number_id {
        Some(claimed) => number.id.as_ref() == Some(claimed),
        None if claims.event == SignupEvent::FinishedInBusinessApp => {
            number.is_on_biz_app == Some(true)
        }
        None => number.id.is_some(),
    }
}

/// Whether the app must be subscribed. It must not when it is: doing it without a callback
/// would take away the one that is there.
pub(super) fn needs_subscription(
    apps: &[SubscribedApp],
    app: &AppId,
    wanted: &Subscription,
) -> bool {
    let is_ours = |found: &&SubscribedApp| {
        found.whatsapp_business_api_data.as_ref().is_some_and(|found| found.id == *app)
    };
    match (apps.iter().find(is_ours), &wanted.override_callback_uri) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(found), Some(uri)) => found.override_callback_uri.as_ref() != Some(uri),
    }
}

/// How a number stands before it is registered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// It stays in the Business app: registering would take it from there.
    InBusinessApp,
    /// It is registered.
    Registered,
    /// It waits for it.
    Unregistered,
    /// It is gone, or banned.
    Unusable,
}

/// How a number stands. Who says that it stays in the Business app is believed, the browser
/// included: a number that is left alone can still be registered, and not the other way round.
pub(super) fn standing(number: &PhoneNumber, claims: &Claims) -> Standing {
    if claims.event == SignupEvent::FinishedInBusinessApp || number.is_on_biz_app == Some(true) {
        return Standing::InBusinessApp;
    }
    let is_here = number.platform_type == Some(HostPlatform::CloudApi);
    match &number.status {
        Some(
            PhoneNumberStatus::Banned
            | PhoneNumberStatus::Deleted
            | PhoneNumberStatus::Migrated
            | PhoneNumberStatus::Unlinked,
        ) => Standing::Unusable,
        Some(
            PhoneNumberStatus::Connected
            | PhoneNumberStatus::Flagged
            | PhoneNumberStatus::Restricted
            | PhoneNumberStatus::RateLimited,
        ) if is_here => Standing::Registered,
        Some(
            PhoneNumberStatus::Connected
            | PhoneNumberStatus::Flagged
            | PhoneNumberStatus::Restricted
            | PhoneNumberStatus::RateLimited
            | PhoneNumberStatus::Disconnected
            | PhoneNumberStatus::Pending
            | PhoneNumberStatus::Linked
            | PhoneNumberStatus::Unverified
            | PhoneNumberStatus::Undetermined
            | PhoneNumberStatus::Unknown(_),
        )
        | None => Standing::Unregistered,
    }
}
