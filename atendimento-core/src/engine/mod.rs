//! When the rules run, and with what.
//!
//! [`Desk`] is the front door: [receive](Desk::receive) what a channel posted, let agents
//! [reply](Desk::reply), and [run](Desk::run) the work in between. Each step reads, decides by
//! [`crate::domain`], and commits; only what is committed leaves the process.

mod act;
mod agents;
mod annotate;
mod begin;
mod commit;
mod configure;
mod contact;
mod desk;
mod dispatch;
mod feed;
mod figures;
mod inspect;
mod listing;
mod ownership;
mod payload;
mod policy;
mod process;
mod receive;
mod revoke;
mod route;
mod run;
mod settings;
mod simulate;
mod split;
mod timer;
mod transcript;

pub use act::{ActError, ConversationView, MessageView, Reply};
pub use contact::PersonView;
pub use desk::{Desk, DeskBuilder};
pub use feed::{Feed, Hint};
pub use inspect::{Kept, Why};
pub use listing::Sought;
pub use ownership::Destination;
pub use run::Running;
pub use settings::{Account, Settings};
pub use transcript::{Audience, Transcript, TranscriptEntry};
