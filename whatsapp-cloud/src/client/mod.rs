//! Sending calls to Meta: the only network input and output of this crate.
//!
//! ```no_run
//! use secrecy::SecretString;
//! use whatsapp_cloud::Client;
//! use whatsapp_cloud::api::messages::Message;
//!
//! # async fn example(token: SecretString) -> whatsapp_cloud::Result<()> {
//! let client = Client::new(token)?;
//! let number = client.phone_number("106540352242922");
//! let sent = number.send(Message::text("5511999990001", "Olá!")).await?;
//! # Ok(()) }
//! ```
//!
//! One call is one request, made at once. What else a client does by itself is asked for when
//! it is set up: repeat what may be repeated, wait for its turn, and tell of each call.
//!
//! ```
//! use secrecy::SecretString;
//! use whatsapp_cloud::Client;
//! use whatsapp_cloud::client::limiter::Priority;
//! use whatsapp_cloud::client::{Pacer, RetryPolicy, Safety};
//!
//! let client = Client::builder(SecretString::from("EAAG-example"))
//!     .retry(RetryPolicy::default())
//!     .pace(Pacer::default())
//!     .build()?;
//! let campaign = client.with_priority(Priority::Campaign);
//! let passwords = client.with_priority(Priority::Agent).with_safety(Safety::AtLeastOnce);
//! # let _ = (campaign, passwords);
//! # Ok::<(), whatsapp_cloud::Error>(())
//! ```
//!
//! Where things are: `call` is the one door; `attempts` goes through it again, as `retry`
//! decides; `pace` lets calls wait, as `limiter` decides; `observe` tells.

mod answer;
mod attempts;
mod batch;
mod builder;
mod call;
mod clock;
mod digest;
mod download;
mod handles;
pub mod limiter;
mod observe;
pub mod onboarding;
mod origin;
mod pace;
mod pages;
mod retry;
mod token;
mod transport;
mod upload;
mod usage;
mod version;

pub use builder::ClientBuilder;
pub use call::Client;
pub use clock::{Clock, SystemClock};
#[cfg(feature = "simulator")]
pub(crate) use digest::{base64, sha256};
pub use download::{Download, MediaFile};
pub use handles::{Media, PhoneNumber};
pub use observe::{CallObserver, CallOutcome, Called};
pub use pace::Pacer;
pub use pages::Pages;
pub use retry::{Attempt, Decision, GiveUp, RetryPolicy, Safety};
pub use token::TokenProvider;
pub use transport::{
    HttpHeaders, HttpOpened, HttpRequest, HttpResponse, Transport, TransportError,
};
#[cfg(feature = "simulator")]
pub(crate) use transport::{HttpTransport, TransportOptions};
pub use usage::{AccountUsage, Shares, Usage};
pub use version::ApiVersion;
