//! Templates, filled in: the only messages that may open a conversation.

mod button;
mod component;
mod filled;
mod parameter;

pub use button::{Button, ButtonAction, ButtonIndex, ButtonKind};
pub use component::{Component, ComponentKind, TemplateCard};
pub(in crate::api::messages) use filled::check_name;
pub use filled::{Template, TemplateLanguage};
#[cfg(feature = "simulator")]
pub(crate) use parameter::ONE_LINE;
pub use parameter::{Currency, DateTime, LimitedTimeOffer, Parameter, ParameterKind, TapTarget};
