//! What a program does with a simulator's templates: it plays Meta's review.

use crate::api::templates::{
    QualityScoreWord, RejectedReason, Template, TemplateCategory, TemplateStatus,
};
use crate::error::{Error, ErrorKind, Result};
use crate::id::{AccountId, TemplateId};
use crate::simulator::Simulator;
use crate::simulator::world::{Millis, News, World};

impl Simulator {
    /// Adds a template that is approved already.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{Message, Template as Filled};
    /// use whatsapp_cloud::simulator::Simulator;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let simulator = Simulator::builder().start().await?;
    /// simulator.add_template(serde_json::from_str(r#"{
    ///     "name": "order_shipped",
    ///     "language": "pt_BR",
    ///     "category": "UTILITY",
    ///     "components": [{
    ///         "type": "BODY",
    ///         "text": "Olá, {{1}}! O seu pedido está a caminho.",
    ///         "example": {"body_text": [["Ana"]]}
    ///     }]
    /// }"#)?)?;
    ///
    /// let client = simulator.client()?;
    /// let number = client.phone_number(simulator.phone_number_id().clone());
    /// let filled = Filled::new("order_shipped", "pt_BR").body(["Ana"]);
    /// number.send(Message::template("5511999990001", filled)).await?;
    /// let inbox = simulator.customer("5511999990001").inbox();
    /// assert_eq!(inbox[0].text(), Some("Olá, Ana! O seu pedido está a caminho."));
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// [`ErrorKind::InvalidInput`] with all that is wrong with it, or when the account has one
    /// of that name and language.
    pub fn add_template(&self, template: Template) -> Result<TemplateId> {
        self.add_template_to(&self.account_id, template)
    }

    /// Adds a template to another account: see [`Simulator::add_template`].
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::Template;
    /// use whatsapp_cloud::simulator::Simulator;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let simulator = Simulator::builder().start().await?;
    /// simulator.add_number("102290129340399", "106540352242923", "5511955550100");
    /// let hello: Template = serde_json::from_str(r#"{
    ///     "name": "hello",
    ///     "language": "pt_BR",
    ///     "category": "UTILITY",
    ///     "components": [{"type": "BODY", "text": "Olá!"}]
    /// }"#)?;
    /// simulator.add_template_to(&"102290129340399".into(), hello.clone())?;
    /// assert!(simulator.add_template_to(&"17".into(), hello).is_err(), "no such account");
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Simulator::add_template`]; also when there is no such account.
    pub fn add_template_to(&self, account: &AccountId, template: Template) -> Result<TemplateId> {
        const OPERATION: &str = "add a template to the simulator";
        template.check().into_result(OPERATION)?;
        self.shared.world().seed_template(account, template).ok_or_else(|| {
            Error::new(OPERATION, ErrorKind::InvalidInput)
                .with_source("there is one of this name and language, or no such account")
        })
    }

    /// Lets Meta refuse the next template that is handed in, new or edited. Several wait in
    /// line, one for each.
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::{
    ///     CreateTemplate, GetTemplate, RejectedReason, Template, TemplateStatus,
    /// };
    /// use whatsapp_cloud::simulator::Simulator;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let simulator = Simulator::builder().start().await?;
    /// simulator.reject_next_template(RejectedReason::Promotional);
    ///
    /// let hello: Template = serde_json::from_str(r#"{
    ///     "name": "hello",
    ///     "language": "pt_BR",
    ///     "category": "UTILITY",
    ///     "components": [{"type": "BODY", "text": "Olá!"}]
    /// }"#)?;
    /// let client = simulator.client()?;
    /// let account = simulator.account_id().clone();
    /// let made = client.execute(&CreateTemplate::new(account, hello)).await?;
    /// let read = client.execute(&GetTemplate::new(made.id)).await?;
    /// assert_eq!(read.status, Some(TemplateStatus::Rejected));
    /// # Ok(()) }
    /// ```
    pub fn reject_next_template(&self, reason: RejectedReason) {
        self.shared.world().reject_next_template(reason);
    }

    /// Puts a template into a state, and tells of it. A review that is under way ends.
    ///
    /// One that is paused wakes by itself: after 3 hours the first time, after 6 later on.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{Message, Template as Filled};
    /// use whatsapp_cloud::api::templates::TemplateStatus;
    /// use whatsapp_cloud::simulator::Simulator;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let simulator = Simulator::builder().start().await?;
    /// let id = simulator.add_template(serde_json::from_str(r#"{
    ///     "name": "hello",
    ///     "language": "pt_BR",
    ///     "category": "UTILITY",
    ///     "components": [{"type": "BODY", "text": "Olá!"}]
    /// }"#)?)?;
    /// simulator.set_template_status(&id, TemplateStatus::Paused)?;
    ///
    /// let client = simulator.client()?;
    /// let number = client.phone_number(simulator.phone_number_id().clone());
    /// let message = Message::template("5511999990001", Filled::new("hello", "pt_BR"));
    /// assert_eq!(number.send(message).await.unwrap_err().code(), Some(132_015));
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// [`ErrorKind::InvalidInput`] when there is no such template.
    pub fn set_template_status(&self, id: &TemplateId, status: TemplateStatus) -> Result<()> {
        self.happens(|world, now| world.set_template_status(id, status, now))
    }

    /// Lets Meta refuse a template that it had taken or looks at, and tells why.
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::{GetTemplate, RejectedReason, TemplateStatus};
    /// use whatsapp_cloud::simulator::Simulator;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let simulator = Simulator::builder().start().await?;
    /// let id = simulator.add_template(serde_json::from_str(r#"{
    ///     "name": "hello",
    ///     "language": "pt_BR",
    ///     "category": "UTILITY",
    ///     "components": [{"type": "BODY", "text": "Olá!"}]
    /// }"#)?)?;
    /// simulator.reject_template(&id, RejectedReason::Scam)?;
    ///
    /// let template = simulator.client()?.execute(&GetTemplate::new(id)).await?;
    /// assert_eq!(template.status, Some(TemplateStatus::Rejected));
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// [`ErrorKind::InvalidInput`] when there is no such template.
    pub fn reject_template(&self, id: &TemplateId, reason: RejectedReason) -> Result<()> {
        self.happens(|world, now| world.reject_template(id, reason, now))
    }

    /// Lets Meta take a template for another category from now on, and tells of it.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::InvalidInput`] when there is no such template.
    pub fn set_template_category(&self, id: &TemplateId, category: TemplateCategory) -> Result<()> {
        self.happens(|world, now| world.set_template_category(id, category, now))
    }

    /// Tells that Meta will take a template for another category in 24 hours, and then does.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use whatsapp_cloud::api::templates::{GetTemplate, QualityScoreWord, TemplateCategory};
    /// use whatsapp_cloud::simulator::Simulator;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let simulator = Simulator::builder().start().await?;
    /// let id = simulator.add_template(serde_json::from_str(r#"{
    ///     "name": "hello",
    ///     "language": "pt_BR",
    ///     "category": "UTILITY",
    ///     "components": [{"type": "BODY", "text": "Olá!"}]
    /// }"#)?)?;
    /// simulator.announce_template_category(&id, TemplateCategory::Marketing)?;
    /// simulator.advance(Duration::from_secs(24 * 60 * 60));
    /// let client = simulator.client()?;
    /// let read = client.execute(&GetTemplate::new(id.clone())).await?;
    /// assert_eq!(read.category, Some(TemplateCategory::Marketing), "and it costs more");
    ///
    /// // You have asked for a second look; customers like it less all the same.
    /// simulator.set_template_category(&id, TemplateCategory::Utility)?;
    /// simulator.set_template_quality(&id, QualityScoreWord::Yellow)?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// [`ErrorKind::InvalidInput`] when there is no such template.
    pub fn announce_template_category(
        &self,
        id: &TemplateId,
        category: TemplateCategory,
    ) -> Result<()> {
        self.happens(|world, now| world.announce_template_category(id, category, now))
    }

    /// Lets customers like a template better or worse, and tells of it.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::InvalidInput`] when there is no such template.
    pub fn set_template_quality(&self, id: &TemplateId, quality: QualityScoreWord) -> Result<()> {
        self.happens(|world, now| world.set_template_quality(id, quality, now))
    }

    fn happens(&self, happen: impl FnOnce(&mut World, Millis) -> Option<News>) -> Result<()> {
        self.shared.change(|world, now| match happen(world, now) {
            Some(news) => (Ok(()), vec![news]),
            None => {
                let error = Error::new("change a simulated template", ErrorKind::InvalidInput)
                    .with_source("there is no such template");
                (Err(error), Vec::new())
            }
        })
    }
}
