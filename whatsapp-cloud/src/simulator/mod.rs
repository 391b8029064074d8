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
//! The API is at [`Simulator::base_url`], with or without a version in the path. A person
//! can play the customer:
//!
//! ```text
//! curl -X POST $BASE/simulator/customers/5511999990001/messages \
//!      -H 'Content-Type: application/json' -d '{"text": "Olá", "name": "Ana"}'
//! curl $BASE/simulator/customers/5511999990001/messages    # what the customer got
//! ```
//!
//! # Where it differs from Meta
//!
//! - Every template exists; values are not compared with placeholders.
//! - A number without `+` is taken as international, as in Meta's examples.
//! - A link is not fetched. There are no groups, and no limits of pace.

mod access;
mod builder;
mod customer;
mod deliver;
mod fault;
mod listener;
mod meta_json;
mod record;
mod routes;
mod running;
mod world;

pub use access::{Access, Permission};
pub use builder::SimulatorBuilder;
pub use customer::Customer;
pub use fault::{Fault, WebhookFault};
pub use record::{Delivery, Receipt, ReceivedMessage};
pub use running::Simulator;
