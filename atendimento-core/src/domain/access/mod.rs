//! Who may do what, and on which conversations, agents and queues.
//!
//! A [`Role`] gives each [`Action`] [`Scopes`]: on one's own, one's team's, one's queues', the
//! whole company's. An [`Actor`] has a role, and says which teams and queues are theirs. What is
//! done, listed, searched, counted or exported takes a [`Grant`], which only an actor's check
//! gives: there is none for what they may not do, and it covers nothing that they may not see.
//!
//! ```
//! use atendimento_core::domain::access::{Action, Actor, Role, Subject};
//! use atendimento_core::id::{AgentId, QueueId, TenantId};
//!
//! let (company, bia) = (TenantId::from("acme"), AgentId::from("bia"));
//! let (sales, support) = (QueueId::from("sales"), QueueId::from("support"));
//! let sofia = Actor::new("sofia", "acme", Role::SUPERVISOR).with_queues(["sales"]);
//!
//! let grant = sofia.may(Action::Reply)?;
//! assert!(grant.covers(&Subject::held(&company, Some(&bia), Some(&sales))));
//! assert!(!grant.covers(&Subject::held(&company, Some(&bia), Some(&support))));
//!
//! let denied = sofia.may(Action::Erase).unwrap_err();
//! assert_eq!(denied.to_string(), "a supervisor may not erase customers");
//! # Ok::<(), atendimento_core::domain::access::Denied>(())
//! ```

mod action;
mod actor;
mod denied;
mod document;
mod grant;
mod role;
mod scope;

pub use action::Action;
pub use actor::{Actor, Team};
pub use denied::Denied;
pub use document::{InvalidRoles, RoleDocument, RoleFault, RoleFaultReason, Roles, ScopeWords};
pub use grant::{Grant, Reach, Subject};
pub use role::Role;
pub use scope::{Scope, Scopes};
