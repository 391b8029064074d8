//! Everything that somebody can want to do.

use serde::{Deserialize, Serialize};

use crate::domain::access::Scopes;

/// About a conversation that can be one's own.
const ANY: Scopes = Scopes::TENANT;
/// About what is never one's own: somebody else has it, or nobody.
const OTHERS: Scopes = Scopes::TENANT.without_own();
/// About an agent, who is of a team but not of a queue.
const AGENTS: Scopes = Scopes::TENANT.without_queue();
/// About an agent other than by themselves.
const OTHER_AGENTS: Scopes = AGENTS.without_own();
/// About oneself.
const SELF: Scopes = Scopes::OWN;
/// About the company as a whole.
const COMPANY: Scopes = OTHERS.without_team().without_queue();

/// Declares the actions with everything that each must have, so that none can be without.
macro_rules! actions {
    ($($(#[$doc:meta])* $action:ident, $name:literal, $verb:literal, $noun:literal, $scopes:expr;)*) => {
        /// What somebody wants to do.
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        #[non_exhaustive]
        pub enum Action {
            $($(#[$doc])* #[serde(rename = $name)] $action,)*
        }

        impl Action {
            /// Every action there is, in the order in which they are declared.
            ///
            /// ```
            /// use atendimento_core::domain::access::Action;
            ///
            /// let replies = Action::ALL.iter().find(|action| action.name() == "reply");
            /// assert_eq!(replies, Some(&Action::Reply));
            /// ```
            pub const ALL: &[Self] = &[$(Self::$action,)*];

            /// Its name in a configuration.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$action => $name,)*
                }
            }

            /// The scopes in which it can be allowed; in others it means nothing.
            ///
            /// ```
            /// use atendimento_core::domain::access::{Action, Scope};
            ///
            /// assert!(Action::Reply.scopes().contains(Scope::Own));
            /// assert!(!Action::Erase.scopes().contains(Scope::Own));
            /// ```
            pub const fn scopes(self) -> Scopes {
                match self {
                    $(Self::$action => $scopes,)*
                }
            }

            /// What is done, and to what: for sentences.
            pub(super) const fn words(self) -> (&'static str, &'static str) {
                match self {
                    $(Self::$action => ($verb, $noun),)*
                }
            }
        }
    };
}

actions! {
    /// See that a conversation is there and how it stands: its state, owner, queue and tags.
    ReadConversation, "read_conversation", "see", "conversations", ANY;
    /// Read what was said. Personal data.
    ReadMessages, "read_messages", "read messages of", "conversations", ANY;
    /// Look for conversations and messages. Personal data.
    Search, "search", "search", "conversations", ANY;
    /// Take a conversation out of the system as a document. Personal data.
    ExportTranscript, "export_transcript", "export", "conversations", ANY;
    /// Write to the customer freely.
    Reply, "reply", "reply in", "conversations", ANY;
    /// Write to the customer by a template.
    SendTemplate, "send_template", "send templates in", "conversations", ANY;
    /// Write a note, which the customer never sees.
    Note, "note", "write notes in", "conversations", ANY;
    /// Mark a conversation, or take a mark away.
    Tag, "tag", "tag", "conversations", ANY;
    /// Give a field of the host's a value, or none.
    SetField, "set_field", "set fields of", "conversations", ANY;
    /// Close a conversation.
    Close, "close", "close", "conversations", ANY;
    /// Let a closed conversation go on.
    Reopen, "reopen", "reopen", "conversations", ANY;
    /// Put a conversation aside until later.
    Snooze, "snooze", "put aside", "conversations", ANY;
    /// Pass a conversation on to an agent.
    TransferToAgent, "transfer_to_agent", "transfer to agents", "conversations", ANY;
    /// Pass a conversation on to a queue.
    TransferToQueue, "transfer_to_queue", "transfer to queues", "conversations", ANY;
    /// Give a conversation that waits to an agent who has room for it.
    Assign, "assign", "assign", "conversations", OTHERS;
    /// Give a conversation to an agent whatever they have to do.
    ForceAssign, "force_assign", "assign over capacity", "conversations", OTHERS;
    /// Take a conversation out of the queue for oneself.
    Pull, "pull", "pull", "conversations", OTHERS;
    /// Take a conversation from who has it for oneself.
    TakeOver, "take_over", "take over", "conversations", OTHERS;
    /// Accept or reject a conversation that one is offered.
    AnswerOffer, "answer_offer", "answer", "offers", SELF;
    /// Say whether an agent takes conversations.
    SetPresence, "set_presence", "set", "presence", AGENTS;
    /// Add an agent, and change their team, queues, skills and capacity.
    ManageAgents, "manage_agents", "manage", "agents", OTHER_AGENTS;
    /// See what a customer is called, and by which numbers and ids they are known. Personal data.
    ReadContact, "read_contact", "read", "customers", ANY;
    /// Change what is known of a customer. Personal data.
    ChangeContact, "change_contact", "change", "customers", ANY;
    /// Make one customer of two.
    MergeContacts, "merge_contacts", "merge", "customers", OTHERS;
    /// Make two customers of one again.
    UndoMerge, "undo_merge", "undo merges of", "customers", OTHERS;
    /// See what was measured: waits, service levels, handling times.
    ReadFigures, "read_figures", "read", "figures", ANY;
    /// Watch queues and agents as they are now.
    Monitor, "monitor", "monitor", "queues and agents", OTHERS;
    /// Ask what would have been under another configuration.
    WhatIf, "what_if", "simulate", "configurations", COMPANY;
    /// See the configuration: queues, rules, hours, roles.
    ReadConfiguration, "read_configuration", "read", "configurations", COMPANY;
    /// Change the configuration.
    ChangeConfiguration, "change_configuration", "change", "configurations", COMPANY;
    /// Go back to an earlier configuration.
    RollBackConfiguration, "roll_back_configuration", "roll back", "configurations", COMPANY;
    /// See who did what, and when.
    ReadAudit, "read_audit", "read", "audit records", COMPANY;
    /// See what could not be read or was given up, as the channel wrote it. Personal data.
    Inspect, "inspect", "inspect", "failures", COMPANY;
    /// Erase what is known of a customer, as the law asks.
    Erase, "erase", "erase", "customers", COMPANY;
}

impl Action {
    /// How many there are.
    pub(super) const COUNT: usize = Self::ALL.len();

    /// Its place in [`Action::ALL`].
    pub(super) const fn index(self) -> usize {
        self as usize
    }

    /// Whether a conversation counts as of an agent's already while they are asked to take it:
    /// they see that it is there and may answer, and read what was said once it is theirs.
    pub(super) const fn includes_offers(self) -> bool {
        matches!(self, Self::ReadConversation | Self::AnswerOffer)
    }
}
