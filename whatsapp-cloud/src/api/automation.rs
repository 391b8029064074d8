//! Prompts and commands that customers see in a chat.
//!
//! Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/phone-numbers/conversational-components>

use std::collections::BTreeSet;

use crate::api::Success;
use crate::api::call::call;
use crate::id::{NodeId, PhoneNumberId};
use crate::wire::object;

/// How many prompts there may be.
const MOST_PROMPTS: usize = 4;
/// How many commands there may be.
const MOST_COMMANDS: usize = 30;

call! {
    /// Says which prompts and commands customers see.
    ///
    /// ```
    /// use whatsapp_cloud::api::automation::{Automation, ConfigureAutomation};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let prompts = vec!["Book a flight".to_owned(), "Plan a vacation".to_owned()];
    /// let automation = Automation { prompts: Some(prompts), ..Automation::default() };
    /// let call = ConfigureAutomation::new("106540352242922", automation);
    /// assert_eq!(call.request()?.target()?, "106540352242922/conversational_automation");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct ConfigureAutomation -> Success = "configure automation", idempotent;
    post "/{Phone-Number-ID}/conversational_automation" {
        /// The number.
        phone_number_id: PhoneNumberId,
    }
    body {
        /// What customers see; what is left out stays.
        automation: Automation
    }
}

call! {
    /// Asks which prompts and commands customers see.
    ///
    /// ```
    /// use whatsapp_cloud::api::automation::GetAutomation;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let call = GetAutomation::new("106540352242922");
    /// assert_eq!(
    ///     call.request()?.target()?,
    ///     "106540352242922?fields=conversational_automation"
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct GetAutomation -> FoundAutomation = "get automation", idempotent;
    get "/{Phone-Number-ID}" {
        /// The number.
        phone_number_id: PhoneNumberId,
    }
    always { "fields" = "conversational_automation" }
}

call! {
    /// Asks for a bot: what customers see, by an id of its own. Only in Meta's OpenAPI file.
    ///
    /// ```
    /// use whatsapp_cloud::api::automation::GetBot;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let call = GetBot::new("1234567890123456");
    /// assert_eq!(call.request()?.target()?, "1234567890123456");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct GetBot -> Automation = "get bot", idempotent;
    get "/{WABA-Bot-ID}" {
        /// The bot.
        bot_id: NodeId,
    }
    query {
        /// What to tell: names of members of [`Automation`].
        fields: Vec<String> = "fields",
    }
}

object! {
    /// Prompts and commands that customers see in a chat.
    ///
    /// ```
    /// use whatsapp_cloud::api::automation::Automation;
    ///
    /// let automation = Automation {
    ///     prompts: Some(vec!["Book a flight".to_owned(), "Plan a vacation".to_owned()]),
    ///     ..Automation::default()
    /// };
    /// assert_eq!(
    ///     serde_json::to_string(&automation)?,
    ///     r#"{"prompts":["Book a flight","Plan a vacation"]}"#,
    /// );
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct Automation {
        /// The id of a bot. Only read.
        pub id: Option<NodeId> = "id",
        /// Whether Meta tells when a customer opens a chat for the first time. Meta has taken
        /// this away in March 2026.
        pub enable_welcome_message: Option<bool> = "enable_welcome_message",
        /// Texts to tap: at most 4, each at most 80 characters. An empty list takes them away.
        pub prompts: Option<Vec<String>> = "prompts",
        /// Commands to write after `/`: at most 30. An empty list takes them away.
        pub commands: Option<Vec<Command>> = "commands",
    }
    check |automation, found| {
        if let Some(prompts) = &automation.prompts {
            found.within("prompts", |found| {
                let count = prompts.len();
                if count > MOST_PROMPTS {
                    found.say(format!("at most {MOST_PROMPTS} prompts, found {count}"));
                }
                for (index, prompt) in prompts.iter().enumerate() {
                    let length = prompt.chars().count();
                    if !(1..=80).contains(&length) {
                        found.within_element(index, |found| {
                            found.say(format!("1 to 80 characters, found {length}"));
                        });
                    }
                }
            });
        }
        if let Some(commands) = &automation.commands {
            let count = commands.len();
            if count > MOST_COMMANDS {
                found.add("commands", format!("at most {MOST_COMMANDS} commands, found {count}"));
            }
            let names: BTreeSet<_> = commands.iter().map(|command| &command.command_name).collect();
            if names.len() < count {
                found.add("commands", "commands with different names");
            }
        }
    }
}

object! {
    /// A command to write after `/`.
    ///
    /// ```
    /// use whatsapp_cloud::api::automation::{Automation, Command, ConfigureAutomation};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let tickets = Command {
    ///     command_name: "tickets".to_owned(),
    ///     command_description: "Book flight tickets".to_owned(),
    ///     ..Command::default()
    /// };
    /// let automation = Automation { commands: Some(vec![tickets]), ..Automation::default() };
    /// assert!(ConfigureAutomation::new("106540352242922", automation).request().is_ok());
    /// ```
    pub struct Command {
        /// Its name, without `/`: 1 to 32 characters, in Meta's OpenAPI file 30.
        pub command_name: String = "command_name",
        /// What it does: 1 to 256 characters.
        pub command_description: String = "command_description",
    }
    check |command, found| {
        found.length("command_name", &command.command_name, 1, 32);
        found.length("command_description", &command.command_description, 1, 256);
    }
}

object! {
    /// What customers of a number see.
    ///
    /// ```
    /// use whatsapp_cloud::api::automation::FoundAutomation;
    ///
    /// let found: FoundAutomation = serde_json::from_str(
    ///     r#"{"id":"106540352242922","conversational_automation":{"prompts":["Book a flight"]}}"#,
    /// )?;
    /// let prompts = found.conversational_automation.unwrap().prompts.unwrap();
    /// assert_eq!(prompts, ["Book a flight"]);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct FoundAutomation {
        /// The number.
        pub id: Option<PhoneNumberId> = "id",
        /// What they see; nothing when it was never said.
        pub conversational_automation: Option<Automation> = "conversational_automation",
    }
}
