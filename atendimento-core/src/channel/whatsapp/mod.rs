//! Customers on WhatsApp, by Meta's Cloud API. The only code that knows the SDK.

mod inbound;
mod outbound;
mod provider;

pub use provider::WhatsApp;
