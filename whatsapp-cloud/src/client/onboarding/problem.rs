//! Why a sign-up stopped: at which step, and what to do.

use std::fmt;
use std::time::Duration;

use crate::api::tokens::{InspectToken, IssuedToken};
use crate::client::onboarding::StoreError;
use crate::endpoint::Endpoint as _;
use crate::error::catalogue::Retry;
use crate::error::{Error, ErrorKind};

/// A step of a sign-up.
///
/// ```
/// use whatsapp_cloud::client::onboarding::Step;
///
/// assert_eq!(Step::Verify.to_string(), "verify account and number");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum Step {
    /// Into the store, before the code is used.
    #[error("begin the sign-up")]
    Begin,
    /// A token for the code, and into the store.
    #[error("exchange the code")]
    Exchange,
    /// Do they belong to the token?
    #[error("verify account and number")]
    Verify,
    /// Webhooks of the account to the app.
    #[error("subscribe to the account")]
    Subscribe,
    /// The number can send.
    #[error("register the number")]
    Register,
}

/// Why a sign-up stopped.
///
/// Reads as "step: what went wrong". Holds the token in one case, and shows it in none.
///
/// ```
/// use whatsapp_cloud::client::onboarding::{Remedy, SignupError, Step};
///
/// fn tell(error: &SignupError) -> &'static str {
///     match error.remedy() {
///         Remedy::Resume { .. } => "we try again in a while",
///         Remedy::BeginAgain => "we try again at once",
///         Remedy::SaveToken => "we keep the token, then go on",
///         Remedy::Change if error.step() == Step::Register => "please look at the number",
///         Remedy::Change => "please look at the settings",
///         Remedy::StartAgain => "please sign up again",
///         _ => "this is not yours",
///     }
/// }
/// ```
#[derive(Debug)]
pub struct SignupError {
    step: Step,
    problem: Problem,
}

impl SignupError {
    pub(super) fn new(step: Step, problem: impl Into<Problem>) -> Self {
        Self { step, problem: problem.into() }
    }

    /// The step that was not done.
    pub fn step(&self) -> Step {
        self.step
    }

    /// What went wrong.
    pub fn problem(&self) -> &Problem {
        &self.problem
    }

    /// The same, to take a token out of it.
    ///
    /// ```
    /// use whatsapp_cloud::api::tokens::IssuedToken;
    /// use whatsapp_cloud::client::onboarding::{Problem, SignupError};
    ///
    /// /// The only copy of a token that the store did not take.
    /// fn rescued(error: SignupError) -> Option<IssuedToken> {
    ///     match error.into_problem() {
    ///         Problem::TokenNotSaved { token, .. } => Some(token),
    ///         _ => None,
    ///     }
    /// }
    /// ```
    pub fn into_problem(self) -> Problem {
        self.problem
    }

    /// What to do.
    pub fn remedy(&self) -> Remedy {
        match &self.problem {
            Problem::Call(error) => of_call(self.step, error),
            // Nothing to resume may be there, and the code was not used.
            Problem::Store(_) if self.step == Step::Begin => Remedy::BeginAgain,
            Problem::Store(_) => Remedy::Resume { after: None },
            Problem::TokenNotSaved { .. } => Remedy::SaveToken,
            Problem::CodeSpent(_) => Remedy::StartAgain,
            Problem::NotYours(mismatch) => match mismatch {
                Mismatch::TokenInvalid
                | Mismatch::ManagementScope
                | Mismatch::MessagingScope
                | Mismatch::AccountUnclear
                | Mismatch::NumberUnclear => Remedy::StartAgain,
                Mismatch::App | Mismatch::Account | Mismatch::Business | Mismatch::Number => {
                    Remedy::Refuse
                }
            },
            Problem::OtherClaims => Remedy::Refuse,
            Problem::NumberUnusable => Remedy::Change,
        }
    }

    /// Why the number was not registered, when Meta gave one of the known reasons.
    ///
    /// ```
    /// use whatsapp_cloud::client::onboarding::{RegistrationProblem, SignupError};
    ///
    /// /// What to show to the business.
    /// fn hint(error: &SignupError) -> &'static str {
    ///     match error.registration() {
    ///         Some(RegistrationProblem::WrongPin) => "please switch two-step verification off",
    ///         Some(RegistrationProblem::JustDeleted) => "please wait for five minutes",
    ///         _ => "please try again later",
    ///     }
    /// }
    /// ```
    pub fn registration(&self) -> Option<RegistrationProblem> {
        match &self.problem {
            Problem::Call(error) if self.step == Step::Register => {
                RegistrationProblem::of_code(error.code()?)
            }
            _ => None,
        }
    }
}

impl fmt::Display for SignupError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.step, self.problem)
    }
}

impl std::error::Error for SignupError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.problem.source()
    }
}

/// What to do after a failed call: what was done before it stays, and what is repeated is
/// looked at first.
fn of_call(step: Step, error: &Error) -> Remedy {
    let advice = error.advice();
    let wait = match advice.retry {
        Retry::AfterWait { least } => Some(least),
        Retry::Growing { first } => Some(first),
        Retry::PowersOfFour => Some(Duration::from_secs(1)),
        Retry::Never | Retry::AfterChange => None,
    };
    match error.kind() {
        // Only then does the flow say so; otherwise the code is spent.
        _ if step == Step::Exchange => Remedy::BeginAgain,
        // Asked as the app: its secret is another one by now.
        ErrorKind::Authentication if error.operation() == InspectToken::OPERATION => Remedy::Change,
        // The business took its token back.
        ErrorKind::Authentication => Remedy::StartAgain,
        _ if wait.is_some() => Remedy::Resume { after: wait.max(error.retry_after()) },
        ErrorKind::NotSent
        | ErrorKind::MaybeSent
        | ErrorKind::RateLimited
        | ErrorKind::Unavailable => Remedy::Resume { after: error.retry_after() },
        ErrorKind::InvalidInput
        | ErrorKind::Configuration
        | ErrorKind::Permission
        | ErrorKind::InvalidRequest
        | ErrorKind::NotFound
        | ErrorKind::WindowClosed
        | ErrorKind::Recipient
        | ErrorKind::Template
        | ErrorKind::Media
        | ErrorKind::Policy
        | ErrorKind::Account
        | ErrorKind::Unknown => Remedy::Change,
    }
}

/// What went wrong.
///
/// ```
/// use whatsapp_cloud::client::onboarding::{Problem, SignupError};
///
/// fn is_forged(error: &SignupError) -> bool {
///     matches!(error.problem(), Problem::NotYours(_))
/// }
/// ```
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    /// A call failed.
    #[error("the call failed")]
    Call(#[source] Error),
    /// The store failed.
    #[error("the store failed")]
    Store(#[source] StoreError),
    /// The token is here and not in the store. Keep it yourself, then resume.
    #[error("the token could not be saved")]
    TokenNotSaved {
        /// The token. There is no other copy of it.
        token: IssuedToken,
        /// What the store said.
        #[source]
        source: StoreError,
    },
    /// There is no token, and the code cannot be used again: it ran out, was refused, or the
    /// answer to it got lost.
    #[error("there is no token, and the code is spent")]
    CodeSpent(#[source] Option<Error>),
    /// What the browser claims does not belong to the token. Nothing was changed at Meta.
    #[error("{0}")]
    NotYours(Mismatch),
    /// There is a sign-up of this id with other claims. The code was not used.
    #[error("there is another sign-up of this id")]
    OtherClaims,
    /// The number is banned, deleted, or moved to another account.
    #[error("the number cannot be used")]
    NumberUnusable,
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        Self::Call(error)
    }
}

impl From<Mismatch> for Problem {
    fn from(mismatch: Mismatch) -> Self {
        Self::NotYours(mismatch)
    }
}

/// What does not fit the token. Never says what would.
///
/// ```
/// use whatsapp_cloud::client::onboarding::Mismatch;
///
/// assert_eq!(Mismatch::Number.to_string(), "the number is not one of the account");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum Mismatch {
    /// The token.
    #[error("the token is not valid")]
    TokenInvalid,
    /// The app.
    #[error("the token was given to another app")]
    App,
    /// A permission that is missing.
    #[error("the token lacks whatsapp_business_management")]
    ManagementScope,
    /// Another one.
    #[error("the token lacks whatsapp_business_messaging")]
    MessagingScope,
    /// The account.
    #[error("the account is not one that the token was given for")]
    Account,
    /// No account was claimed, and the token is not for exactly one.
    #[error("no account was named, and the token is not for exactly one")]
    AccountUnclear,
    /// The portfolio.
    #[error("the portfolio does not own the account")]
    Business,
    /// The number.
    #[error("the number is not one of the account")]
    Number,
    /// No number was claimed, and not exactly one can be meant.
    #[error("no number was named, and not exactly one can be meant")]
    NumberUnclear,
}

/// What to do about a sign-up that stopped.
///
/// ```
/// use std::time::Duration;
/// use whatsapp_cloud::client::onboarding::Remedy;
///
/// let later = Remedy::Resume { after: Some(Duration::from_secs(300)) };
/// assert_ne!(later, Remedy::StartAgain);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Remedy {
    /// Resume it, after this wait when there is one.
    Resume {
        /// The shortest wait that makes sense.
        after: Option<Duration>,
    },
    /// The code was certainly not used: begin again with it, under the same id, within the 30
    /// seconds that it lives; or with what was wrong put right.
    BeginAgain,
    /// Keep the token that the error holds, then resume.
    SaveToken,
    /// Change what the problem names, then resume.
    Change,
    /// The business must go through the window again, for another code.
    StartAgain,
    /// Do not go on: somebody claims what is not theirs, or two sign-ups got mixed up.
    Refuse,
}

/// Why Meta did not register a number.
///
/// ```
/// use whatsapp_cloud::client::onboarding::RegistrationProblem;
///
/// let problem = RegistrationProblem::of_code(133_005);
/// assert_eq!(problem, Some(RegistrationProblem::WrongPin));
/// assert_eq!(RegistrationProblem::of_code(131_026), None);
/// ```
///
/// Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RegistrationProblem {
    /// 133005: it has a PIN already, and not this one. Give the store the right one, or have
    /// the business switch two-step verification off.
    WrongPin,
    /// 133008 and 133009: too many wrong PINs, or too fast. Wait.
    TooManyPins,
    /// 133006: it must be verified by a code first.
    NotVerified,
    /// 136024: it is verified, and needs no code.
    AlreadyVerified,
    /// 133000: an earlier deregistration was not completed. Deregister it, then resume.
    HalfDeregistered,
    /// 133015: it was deleted just now. Wait five minutes.
    JustDeleted,
    /// 133016: ten registrations within 72 hours. Wait.
    TooOften,
    /// 133004: Meta's server is not there. Wait.
    Unavailable,
}

impl RegistrationProblem {
    /// What a code of Meta's means for a registration.
    pub fn of_code(code: i64) -> Option<Self> {
        Some(match code {
            133_000 => Self::HalfDeregistered,
            133_004 => Self::Unavailable,
            133_005 => Self::WrongPin,
            133_006 => Self::NotVerified,
            133_008 | 133_009 => Self::TooManyPins,
            133_015 => Self::JustDeleted,
            133_016 => Self::TooOften,
            136_024 => Self::AlreadyVerified,
            _ => return None,
        })
    }
}

impl fmt::Display for RegistrationProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::WrongPin => "the number has another PIN",
            Self::TooManyPins => "too many wrong PINs",
            Self::NotVerified => "the number is not verified",
            Self::AlreadyVerified => "the number is verified already",
            Self::HalfDeregistered => "an earlier deregistration was not completed",
            Self::JustDeleted => "the number was deleted just now",
            Self::TooOften => "the number was registered too often",
            Self::Unavailable => "the server is unavailable",
        })
    }
}
