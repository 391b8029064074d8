//! What to answer a request, whatever server it came in by.
//!
//! A [`Receiver`] has the rules and the counters, and nothing that waits: no server, no
//! clock, no task. It is told what came, and says what to answer, or hands over what Meta
//! signed. The ready route, `webhook::axum` (feature `axum`), is a thin shell over it.
//!
//! | what comes | answer |
//! |---|---|
//! | `GET` with the right verify token | 200 and the challenge |
//! | `GET` otherwise | 400 or 403 |
//! | another method than `GET`, `HEAD` and `POST` | 405 and `Allow` |
//! | no signature, several, or a malformed one | 401, body not read |
//! | `Content-Encoding` other than `identity` | 415, body not read |
//! | `Content-Length` above the largest body ([`MAX_BODY`]) | 413, body not read |
//! | `Content-Length` above what is free of all bodies ([`MAX_IN_FLIGHT`]) | 503 and `Retry-After`, body not read |
//! | a body that grows beyond either | 413 or 503, the rest not read |
//! | a body that takes too long ([`BODY_TIMEOUT`]) | 408, and the connection is closed |
//! | a body that breaks off | 400 |
//! | a signature that does not fit | 401 |
//! | the handler says [`Answer::Accepted`] | 200 |
//! | the handler says [`Answer::TryLater`] | 503 and `Retry-After` |
//! | the handler panics | 500 |
//!
//! # A body that is there as a whole
//!
//! So it is in a function without a server, and behind extractors of most frameworks.
//!
//! ```
//! use secrecy::SecretString;
//! use whatsapp_cloud::webhook::receive::{Answer, Receiver, Reply};
//! use whatsapp_cloud::webhook::{Handshake, Verifier};
//!
//! /// The whole of a webhook, without any framework.
//! fn webhook(
//!     receiver: &Receiver,
//!     method: &str,
//!     query: &str,
//!     headers: &[(&str, &[u8])],
//!     body: &[u8],
//! ) -> Reply {
//!     match receiver.receive(method, query, headers.iter().copied(), body) {
//!         Ok((verified, pending)) => {
//!             for event in verified.events() {
//!                 // Commit the event under `event.dedupe_key()` here.
//!             }
//!             pending.answer(Answer::Accepted)
//!         }
//!         Err(reply) => reply,
//!     }
//! }
//!
//! let verifier = Verifier::new([SecretString::from("the app secret")])?;
//! let handshake = Handshake::new(SecretString::from("the verify token"))?;
//! let receiver = Receiver::new(verifier.clone(), handshake);
//!
//! let body = br#"{"object":"whatsapp_business_account","entry":[]}"#;
//! let signature = verifier.sign(body);
//! let headers = [("X-Hub-Signature-256", signature.as_bytes())];
//! assert_eq!(webhook(&receiver, "POST", "", &headers, body).status(), 200);
//! assert_eq!(webhook(&receiver, "POST", "", &headers, b"{}").status(), 401);
//!
//! let query = "hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=the+verify+token";
//! let greeted = webhook(&receiver, "GET", query, &[], b"");
//! assert_eq!((greeted.status(), greeted.body()), (200, "1158201444"));
//!
//! let counters = receiver.counters();
//! assert_eq!((counters.accepted, counters.signature_mismatch), (1, 1));
//! # Ok::<(), whatsapp_cloud::Error>(())
//! ```
//!
//! - **AWS Lambda** and its like: where `isBase64Encoded` is true, decode the body first; the
//!   signature is over the bytes that Meta sent. The query is `rawQueryString`.
//! - **actix-web**: take `web::Bytes`, and raise its limit, which is 256 KiB, with
//!   `web::PayloadConfig::new(MAX_BODY)`; or take `web::Payload` and read it as below.
//! - Whatever is in front: it must neither decode the body nor write it anew.
//!
//! # A body that comes in pieces
//!
//! [`Receiver::begin`] looks at the head, so that what need not be read is not read.
//! [`Intake::take`] is asked before a piece is kept, and [`Intake::verify`] in the end:
//!
//! ```
//! # use secrecy::SecretString;
//! # use whatsapp_cloud::webhook::receive::{Answer, Receiver, Reply};
//! # use whatsapp_cloud::webhook::{Handshake, Verifier};
//! # fn webhook(receiver: &Receiver, headers: [(&str, &[u8]); 1], pieces: &[&[u8]]) -> Result<Reply, Reply> {
//! let mut intake = receiver.begin("POST", "", headers)?;
//! let mut body = Vec::with_capacity(intake.announced().unwrap_or_default());
//! for piece in pieces {
//!     intake.take(piece.len())?;
//!     body.extend_from_slice(piece);
//! }
//! let (verified, pending) = intake.verify(&body)?;
//! // Store it, then:
//! Ok(pending.answer(Answer::Accepted))
//! # }
//! # let verifier = Verifier::new([SecretString::from("the app secret")])?;
//! # let handshake = Handshake::new(SecretString::from("the verify token"))?;
//! # let receiver = Receiver::new(verifier.clone(), handshake);
//! # let signature = verifier.sign(b"{}");
//! # let headers = [("x-hub-signature-256", signature.as_bytes())];
//! # assert_eq!(webhook(&receiver, headers, &[b"{", b"}"]).map(|reply| reply.status()), Ok(200));
//! # Ok::<(), whatsapp_cloud::Error>(())
//! ```
//!
//! The clock is the server's: bound the reading by [`Receiver::body_timeout`], and say
//! [`Intake::timed_out`]. `examples/webhook_hyper.rs` does all of it over plain hyper.

mod counters;
mod intake;
mod receiver;
mod reply;

pub use counters::Counters;
pub use intake::{Intake, Pending};
pub use receiver::{BODY_TIMEOUT, MAX_BODY, MAX_IN_FLIGHT, Receiver, ReceiverBuilder};
pub use reply::{Answer, Refusal, Reply};
