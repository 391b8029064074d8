//! A business phone number: what it is, how it comes to be, how it is changed.
//!
//! Its settings, profile and the rest have modules of their own.

mod number;
mod official;
mod registration;
mod update;
mod words;

pub use number::{
    GetAccountNumber, GetPhoneNumber, ListPhoneNumbers, PhoneNumber, QualityScore, Throughput,
    WebhookAddresses,
};
pub use official::{
    GetOfficialStatus, OfficialAction, OfficialApplication, OfficialApplicationData,
    OfficialStatus, OfficialUpdated, OfficialWord, UpdateOfficialStatus,
};
pub use registration::{
    AddPhoneNumber, AddedPhoneNumber, Backup, CodeMethod, CodeRequest, CodeVerified,
    CreatePhoneNumber, CreatedPhoneNumber, DeregisterPhoneNumber, NewBusinessNumber,
    NewPhoneNumber, RegisterPhoneNumber, Registration, RegistrationTier, RequestCode,
    RequestPreVerifiedCode, VerificationCode, VerifyCode, VerifyPreVerifiedCode,
};
pub use update::{
    ApiData, PhoneNumberUpdate, RequestDisplayName, UpdatePhoneNumber, WebhookConfiguration,
};
pub use words::{
    AccountMode, CodeVerificationStatus, HostPlatform, MessagingLimit, NameStatus, PhoneNumberSort,
    PhoneNumberStatus, QualityRating, SearchVisibility, ThroughputLevel, UnifiedStatus,
};

use crate::api::Violations;

/// How long a display name may be.
const DISPLAY_NAME: (usize, usize) = (2, 75);

/// Checks a PIN or a code: six digits.
fn check_six_digits(path: &str, code: &str, found: &mut Violations) {
    if code.len() != 6 || !code.bytes().all(|byte| byte.is_ascii_digit()) {
        found.add(path, "six digits");
    }
}
