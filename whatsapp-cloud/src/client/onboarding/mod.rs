//! Embedded Signup: how a business comes to your app, as one flow that is checked and can be
//! taken up again.
//!
//! The window that Meta opens in the browser ends with a code and a message. The code lives 30
//! seconds and is good for one token; the message tells which account and number it was about,
//! and anybody can have written it. So, in this order:
//!
//! 1. The code is exchanged, and the token given to your [`SignupStore`] before anything else.
//! 2. Account and number are compared with what the token was given for; the account's owner is
//!    read from Meta.
//! 3. The app is subscribed to the account's webhooks, unless it is.
//! 4. The number is registered, unless it is, or stays in the Business app.
//!
//! After each step the [`Progress`] is saved. Whatever fails, [`EmbeddedSignup::resume`] goes on
//! behind what was done; only a code whose fate is unknown means to begin anew, in the browser.
//!
//! ```
//! use whatsapp_cloud::client::onboarding::{Claims, Progress, SignupMessage, Stage};
//!
//! // What the page sends to your server, as the window said it.
//! let said = r#"{"type":"WA_EMBEDDED_SIGNUP","event":"FINISH","data":{
//!     "phone_number_id":"106540352242922","waba_id":"102290129340398"}}"#;
//! let SignupMessage::Finished(claims) = SignupMessage::parse(said)? else {
//!     return Err("not finished".into());
//! };
//! assert_eq!(claims.account_id.as_ref().map(|id| id.as_str()), Some("102290129340398"));
//!
//! // What is kept of it: plain data, without a secret.
//! let progress = Progress::new("signup-17", claims);
//! let kept = serde_json::to_string(&progress)?;
//! assert_eq!(serde_json::from_str::<Progress>(&kept)?.stage, Stage::Begun);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The whole flow, as it runs: [`EmbeddedSignup`].
//!
//! Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/embedded-signup/implementation/>

mod check;
mod message;
mod problem;
mod progress;
mod run;
mod store;

pub use message::{Claims, SignupEvent, SignupFailure, SignupMessage};
pub use problem::{Mismatch, Problem, RegistrationProblem, Remedy, SignupError, Step};
pub use progress::{Assets, Onboarded, Progress, Registered, Stage};
pub use run::EmbeddedSignup;
pub use store::{SignupStore, StoreError};
