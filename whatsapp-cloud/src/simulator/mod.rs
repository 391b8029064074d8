//! A local Cloud API, to build and test against: no account, no network, no waiting.
//!
//! It listens on this machine, checks calls as Meta does, keeps what was sent, and posts
//! signed webhooks to a callback, again and again until it answers 200. What it does is
//! determined by the calls it gets and by its clock.
//!
//! ```
//! use whatsapp_cloud::api::messages::Message;
//! use whatsapp_cloud::simulator::Simulator;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> whatsapp_cloud::Result<()> {
//! let simulator = Simulator::builder().start().await?;
//! let ana = simulator.customer("5511999990001").named("Ana");
//! let question = ana.says("Olá").await; // opens the 24-hour window
//!
//! let client = simulator.client()?;
//! let number = client.phone_number(simulator.phone_number_id().clone());
//! number.send(Message::text("5511999990001", "Oi, Ana!").reply_to(question)).await?;
//!
//! assert_eq!(ana.inbox()[0].text(), Some("Oi, Ana!"));
//! simulator.shutdown().await;
//! # Ok(()) }
//! ```
//!
//! # From another program
//!
//! The API is at [`Simulator::base_url`], with or without a version in the path. Beside it
//! another program, or a person, can play the customers and say what goes wrong:
//!
//! | below `/simulator` | body | |
//! |---|---|---|
//! | `POST /customers/{phone}` | `{"name", "auto_read", "reachable", "online", "wants_marketing"}` | what a customer is like; all of it may be left out |
//! | `POST /customers/{phone}/messages` | `{"text": "Olá", "name": "Ana"}` or `{"message": {"type", …}}`, and `"to"` | writes to the business, to that number of its where there are several |
//! | `POST /customers/{phone}/files?kind=image` | the file, with its `Content-Type` | sends a file; `&to=` as above |
//! | `POST /customers/{phone}/reads` | | reads what has arrived |
//! | `POST /customers/{phone}/receipts` | `{"message_id", "status": "delivered"}` or `"read"` | one message arrives that waits for the phone to be `online`, or is read |
//! | `POST /customers/{phone}/groups` | `{"link"}` | follows an invite link into a group |
//! | `DELETE /customers/{phone}/groups/{id}` | | leaves it |
//! | `GET /customers/{phone}/messages` | | what the customer got |
//! | `POST /templates` | `{"template": {"name", "language", "category", "components"}, "account_id"}` | adds one that is approved |
//! | `POST /templates/{id or name}` | `{"status": "REJECTED", "reason": "SCAM"}`, `{"status": "PAUSED"}`, `{"category"}`, `{"announced_category"}`, `{"quality": "RED"}`, and `"language"` | what Meta says of it from now on, and tells; of a name in all languages but for `language` |
//! | `POST /reviews` | `{"reason": "INVALID_FORMAT"}` | refuses the next template that is handed in |
//! | `POST /tokens` | `{"token", "permissions", "accounts", "expires_at"}` or `"expires_in"` | lets a token in: for all of it and for ever where nothing is said; without `token` one is made |
//! | `POST /tokens/revoke` | `{"token"}` | takes one back |
//! | `POST /app` | `{"require_proof": true}` | calls must bear `appsecret_proof` |
//! | `POST /numbers` | `{"account_id", "phone_number_id", "phone_number"}` | one more number, and its account if there is none |
//! | `GET /numbers/{id}/code` | | the code that verifies it, once it was asked for |
//! | `POST /signups` | `{"account_id", "phone_number_id", "phone_number"}` | a business signs up: the code for `oauth/access_token` |
//! | `GET /messages`, `GET /receipts`, `GET /calls` | | what the business sent, marked as read, and called |
//! | `GET /deliveries`, `GET /idle` | | what was posted to it; waits until all of it is |
//! | `POST /deliveries` | any bytes | posts them once, signed |
//! | `POST /deliveries/last` | | posts the last body once more |
//! | `POST /callback` | `{"url"}` | posts webhooks there, after the handshake |
//! | `GET /clock`, `POST /clock` | `{"seconds": 86400}` | moves the clock forward |
//! | `POST /faults` | `{"call": "drop_answer_after_effect"}`, `{"call": {"status": 503}}`, `{"webhook": {"reverse": 2}}`, … | what goes wrong next: [`Fault`], [`WebhookFault`]; `only`, `method` and `times` beside it say for which calls: [`Aim`] |
//!
//! ```text
//! curl $BASE/simulator/customers/5511999990001/messages -d '{"text": "Olá", "name": "Ana"}'
//! ```
//!
//! A body is JSON, whatever its `Content-Type`. What makes no sense is refused with 400 and
//! `{"error"}`, which says what and where; a path that is not in the table with 404 and those
//! that are.
//!
//! # Where it differs from Meta
//!
//! - Templates are reviewed as the program says: approved, unless it refuses or changes them
//!   (see [`Simulator::reject_next_template`]). What a text says is not looked at; Meta's
//!   library is empty, and files given as examples are not. How many words a variable needs is
//!   what senders have found, for Meta does not say. The texts of authentication templates are
//!   English or Portuguese. The third pause of a template does not disable it.
//! - A number without `+` is taken as international, as in Meta's examples.
//! - A link is not fetched.
//! - A batch is broken off, and null answered for what is left, when 8 MB are answered; Meta
//!   breaks it off by time.
//! - A number's quality, limits and name are always good. The PIN may be guessed for ever, and
//!   a code that verifies lives until it is used.
//! - A callback of an account's or a number's own is kept and told, but not asked, and webhooks
//!   go where the app's go.
//! - A token may be looked at by the app only, and long-lived tokens are not exchanged. In a
//!   batch an app's callback is subscribed without the handshake.
//! - Groups are entered as soon as their link is followed, are never suspended and have no
//!   pictures; messages in them are not templates of groups' own prices, and what people say
//!   in them is not played. Images of QR codes and profiles have addresses, but are not there.

mod access;
mod builder;
mod control;
mod customer;
mod deliver;
mod fault;
mod fault_json;
mod listener;
mod meta_json;
mod record;
mod resources;
mod routes;
mod running;
mod templates;
mod world;

pub use access::{Access, Permission};
pub use builder::SimulatorBuilder;
pub use customer::Customer;
pub use fault::{Aim, Fault, WebhookFault};
pub use record::{Delivery, HandledCall, Receipt, ReceivedMessage};
pub use running::Simulator;
