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

mod answer;
mod batch;
mod builder;
mod call;
mod digest;
mod download;
mod handles;
pub mod limiter;
mod origin;
mod pages;
mod retry;
mod token;
mod transport;
mod usage;
mod version;

pub use builder::ClientBuilder;
pub use call::Client;
#[cfg(feature = "simulator")]
pub(crate) use digest::{base64, sha256};
pub use download::{Download, MediaFile};
pub use handles::{Media, PhoneNumber};
pub use pages::Pages;
pub use retry::{Attempt, Decision, GiveUp, RetryPolicy, Safety};
pub use token::TokenProvider;
pub use transport::{HttpOpened, HttpRequest, HttpResponse, Transport, TransportError};
#[cfg(feature = "simulator")]
pub(crate) use transport::{HttpTransport, TransportOptions};
pub use usage::{AccountUsage, Shares, Usage};
pub use version::ApiVersion;
