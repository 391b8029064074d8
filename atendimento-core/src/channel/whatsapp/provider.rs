//! The channel.

use std::fmt;

use async_trait::async_trait;
use whatsapp_cloud::Client;
use whatsapp_cloud::webhook::{OwnerRole, Verified};

use crate::channel::whatsapp::{inbound, outbound};
use crate::channel::{Authentic, Channel, Inbound, Outbound, SendOutcome};

/// Customers on WhatsApp.
///
/// ```
/// use atendimento_core::channel::whatsapp::WhatsApp;
/// use secrecy::SecretString;
/// use whatsapp_cloud::Client;
///
/// let channel = WhatsApp::new(Client::new(SecretString::from("token"))?);
/// # Ok::<(), whatsapp_cloud::Error>(())
/// ```
#[derive(Clone)]
pub struct WhatsApp {
    client: Client,
    roles: Vec<OwnerRole>,
}

impl WhatsApp {
    /// A channel that sends by `client`.
    pub fn new(client: Client) -> Self {
        Self { client, roles: vec![OwnerRole::CustomerService, OwnerRole::Escalation] }
    }

    /// As what this desk serves customers, where several apps share a number: who has a customer
    /// in one of these roles is this desk, everybody else is another app.
    ///
    /// Without this, customers who are passed to customer service or escalated come here.
    #[must_use]
    pub fn with_roles(mut self, roles: impl IntoIterator<Item = OwnerRole>) -> Self {
        self.roles = roles.into_iter().collect();
        self
    }

    /// A delivery whose signature fits, to be [received](crate::Desk::receive).
    pub fn authentic(delivery: &Verified<'_>) -> Authentic {
        Authentic::vouched_for(delivery.body())
    }
}

impl fmt::Debug for WhatsApp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WhatsApp").finish_non_exhaustive()
    }
}

#[async_trait]
impl Channel for WhatsApp {
    fn read(&self, body: &Authentic) -> Vec<Inbound> {
        inbound::read(body, &self.roles)
    }

    async fn send(&self, outbound: Outbound) -> SendOutcome {
        outbound::send(&self.client, outbound).await
    }
}
