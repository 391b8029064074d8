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
