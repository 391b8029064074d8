//! The endpoint of a Flow: requests decrypted, and answers encrypted.
//!
//! A Flow that shows what only your server knows asks it for every screen. Requests and
//! answers are encrypted between the customer's device and you; Meta passes them on, and
//! signs them with the app secret. This module does all of it but the HTTP: no server, no
//! clock, no task.
//!
//! | what comes | answer |
//! |---|---|
//! | a signature that is missing or does not fit | 432 |
//! | what cannot be decrypted | 421: WhatsApp fetches the public key and asks again |
//! | `ping`, Meta's health check | 200, without asking you |
//! | an error notice ([`FlowErrorNotice`]) | 200, without asking you; [`Reply::error_notice`] has it for the log |
//! | anything else | your [`FlowAnswer`], with 200 |
//! | … whose token you say is no longer valid | 427 and your message |
//!
//! # Setting up
//!
//! Make a key (`openssl genrsa -aes256 -out flow.pem 2048`), and give Meta its public half
//! (`openssl rsa -in flow.pem -pubout`) under `/{phone-number-id}/whatsapp_business_encryption`,
//! once for every number. [`PrivateKey::from_pem`] reads all forms of keys that are in use.
//!
//! # The whole endpoint
//!
//! ```
//! use secrecy::SecretString;
//! use serde_json::json;
//! use whatsapp_cloud::flow_endpoint::{FlowAction, FlowAnswer, FlowEndpoint, FlowRequest};
//! use whatsapp_cloud::flow_endpoint::{PrivateKey, Reply};
//! use whatsapp_cloud::webhook::Verifier;
//!
//! /// What your Flow does: its screens, and what they show.
//! fn next_screen(request: &FlowRequest) -> FlowAnswer {
//!     let Some(token) = &request.flow_token else {
//!         return FlowAnswer::token_no_longer_valid("Please ask for a new form.");
//!     };
//!     match (&request.action, request.screen.as_deref()) {
//!         (FlowAction::DataExchange, Some("DETAILS")) => {
//!             FlowAnswer::success(token, [("booking", "A-17")])
//!         }
//!         _ => FlowAnswer::screen("DETAILS", [("slots", json!(["9:00", "10:30"]))]),
//!     }
//! }
//!
//! /// What your server calls with the body as it came, and `X-Hub-Signature-256`.
//! fn flow(verifier: &Verifier, endpoint: &FlowEndpoint, signature: &str, body: &[u8]) -> Reply {
//!     match verifier.verify(signature, body) {
//!         Ok(verified) => endpoint.handle(verified, next_screen),
//!         Err(error) => Reply::from(error),
//!     }
//! }
//!
//! # let pem = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/flow_endpoint/keys/pkcs8.pem"));
//! # let exchanges = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/flow_endpoint/exchanges.jsonl"));
//! # let ping: serde_json::Value = serde_json::from_str(exchanges.lines().next().ok_or("a line")?)?;
//! # let (pem, body) = (SecretString::from(pem), ping["body"].as_str().ok_or("a body")?.as_bytes());
//! let verifier = Verifier::new([SecretString::from("the app secret")])?;
//! let endpoint = FlowEndpoint::new([PrivateKey::from_pem(&pem, None)?])?;
//!
//! // A health check:
//! let reply = flow(&verifier, &endpoint, &verifier.sign(body), body);
//! assert_eq!((reply.status(), reply.content_type()), (200, Some("text/plain")));
//! // The same, signed by somebody else:
//! let other = Verifier::new([SecretString::from("another secret")])?;
//! assert_eq!(flow(&verifier, &endpoint, &other.sign(body), body).status(), 432);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Where the answer has to be waited for, [`FlowEndpoint::receive`] and [`Opened::answer`]
//! are the two halves of [`FlowEndpoint::handle`]:
//!
//! ```
//! # use whatsapp_cloud::flow_endpoint::{FlowAnswer, FlowEndpoint, FlowRequest, Reply};
//! # use whatsapp_cloud::webhook::{SignatureError, Verifier};
//! # async fn next_screen(_: &FlowRequest) -> FlowAnswer { FlowAnswer::health() }
//! async fn flow(
//!     verifier: &Verifier,
//!     endpoint: &FlowEndpoint,
//!     signature: &[u8],
//!     body: &[u8],
//! ) -> Result<Reply, Reply> {
//!     let opened = endpoint.receive(verifier.verify(signature, body)?)?;
//!     let answer = next_screen(opened.request()).await;
//!     Ok(opened.answer(answer))
//! }
//! ```
//!
//! Answer fast, since Meta throttles Flows whose endpoint is slow, and bound how much of a
//! body is read. The public key is public: only the signature says that a request came
//! through Meta, which is why nothing is decrypted but what is
//! [`Verified`](crate::webhook::Verified).
//!
//! # What a customer sends
//!
//! [`FlowRequest::data`] is what was chosen and written, and
//! [`FlowRequest::media`] the files: [`FlowMedia`] says from where, and decrypts them.

mod answer;
mod endpoint;
mod envelope;
mod key;
mod media;
mod pem;
mod reply;
mod request;

pub use answer::FlowAnswer;
pub use endpoint::{FlowEndpoint, Opened};
pub use key::PrivateKey;
pub use media::{FlowMedia, FlowMediaError};
pub use reply::{FlowRefusal, Reply, Unopened};
pub use request::{FlowAction, FlowErrorNotice, FlowRequest};
