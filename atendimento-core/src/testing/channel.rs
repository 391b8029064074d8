//! A channel that does as it is told.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard};

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use crate::channel::{Authentic, Channel, Inbound, Outbound, Said, SendOutcome};
use crate::domain::{
    Delivery, Direction, Identity, Outgoing, Profile, Received, ReceivedKind, ThreadOwner,
};
use crate::id::AccountId;
use crate::time::Timestamp;

/// A channel whose bodies are JSON lists of [`Wire`], and whose answers are scripted.
///
/// Clones are the same channel.
#[derive(Clone, Default)]
pub struct FakeChannel {
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    sent: Vec<Sent>,
    script: VecDeque<SendOutcome>,
}

/// One thing that a body of the fake says.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wire {
    /// A customer wrote.
    Message {
        /// To which number of the business.
        account: String,
        /// The customer's number.
        from: String,
        /// The channel's id of the message.
        id: String,
        /// When, in seconds.
        at: i64,
        /// What.
        text: String,
    },
    /// Something else of a customer: a call, a copy, an echo, an edit, a revoke, a change of hands.
    Told {
        /// Of which number of the business.
        account: String,
        /// The customer's number.
        customer: String,
        /// The channel's id of it.
        id: String,
        /// When, in seconds.
        at: i64,
        /// What kind of thing.
        kind: ReceivedKind,
        /// Who wrote it.
        direction: Direction,
        /// The channel's word for it: `text`, `edit`, `revoke`, `call`, …
        word: String,
        /// What a person reads in it.
        text: Option<String>,
        /// The message that it is about.
        about: Option<String>,
        /// Who may write to the customer from now on.
        thread: Option<ThreadOwner>,
    },
    /// A message has come further.
    Status {
        /// From which number of the business.
        account: String,
        /// The channel's id of the message.
        id: String,
        /// What we sent along.
        correlation: Option<String>,
        /// How far.
        delivery: Delivery,
        /// When, in seconds.
        at: i64,
    },
    /// Something else.
    Other {
        /// The channel's word for it.
        kind: String,
    },
}

/// A message that was sent: whether the provider said so or not, the customer has it.
#[derive(Clone, PartialEq, Eq)]
pub struct Sent {
    /// The provider's id of it.
    pub remote_id: String,
    /// To whom.
    pub to: Identity,
    /// What.
    pub content: Outgoing,
    /// The message that it answers.
    pub in_reply_to: Option<String>,
    /// What went along.
    pub correlation: String,
}

impl FakeChannel {
    /// A channel that accepts whatever is sent.
    pub fn new() -> Self {
        Self::default()
    }

    /// A body that says `said`.
    ///
    /// # Panics
    ///
    /// Never: what it says can be written as JSON.
    pub fn body(said: &[Wire]) -> Authentic {
        Authentic::vouched_for(serde_json::to_vec(said).expect("plain data"))
    }

    /// The next sends end so, in this order; later ones are accepted.
    ///
    /// [`SendOutcome::MaybeSent`] stands for an answer that was lost: the customer has the
    /// message.
    pub fn then(&self, outcomes: impl IntoIterator<Item = SendOutcome>) {
        self.lock().script.extend(outcomes);
    }

    /// What customers have got.
    pub fn sent(&self) -> Vec<Sent> {
        self.lock().sent.clone()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("no code panics while holding the lock")
    }
}

impl fmt::Debug for FakeChannel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FakeChannel").finish_non_exhaustive()
    }
}

#[async_trait]
impl Channel for FakeChannel {
    fn read(&self, body: &Authentic) -> Vec<Inbound> {
        match serde_json::from_slice::<Vec<Wire>>(body.as_bytes()) {
            Ok(said) => said.into_iter().map(translate).collect(),
            Err(_) => vec![Inbound {
                account: None,
                occurred: None,
                identity: body.as_bytes().to_vec(),
                said: Said::Unreadable { reason: "no list of the fake's".to_owned() },
                raw: String::new(),
            }],
        }
    }

    async fn send(&self, outbound: Outbound) -> SendOutcome {
        let mut state = self.lock();
        let remote_id = format!("out.{}", state.sent.len() + 1);
        let outcome = state.script.pop_front().unwrap_or_else(|| SendOutcome::Accepted {
            remote_id: remote_id.clone(),
            observed: None,
        });
        match &outcome {
            SendOutcome::Accepted { .. } | SendOutcome::MaybeSent => state.sent.push(Sent {
                remote_id,
                to: outbound.to,
                content: outbound.content,
                in_reply_to: outbound.in_reply_to,
                correlation: outbound.correlation,
            }),
            SendOutcome::Refused { .. } | SendOutcome::NotSent { .. } => {}
        }
        outcome
    }
}

fn translate(wire: Wire) -> Inbound {
    let raw = serde_json::to_string(&wire).expect("plain data");
    let (account, occurred, identity, said) = match wire {
        Wire::Message { account, from, id, at, text } => {
            let received = Received {
                kind: "text".to_owned(),
                text: Some(text),
                media: None,
                remote_id: Some(id.clone()),
                in_reply_to: None,
                raw: raw.clone(),
            };
            let said = Said::Message {
                from: Profile { identities: vec![Identity::Phone(from)], ..Profile::default() },
                kind: ReceivedKind::Message,
                direction: Direction::Inbound,
                thread: None,
                revokes: None,
                message: Box::new(received),
            };
            (Some(account), Some(at), format!("message {id}"), said)
        }
        Wire::Told { account, customer, id, at, kind, direction, word, text, about, thread } => {
            let identity = format!("told {word} {kind:?} {id}");
            let revokes = about.clone().filter(|_| word == "revoke");
            let received = Received {
                kind: word,
                text,
                media: None,
                remote_id: Some(id),
                in_reply_to: about,
                raw: raw.clone(),
            };
            let from =
                Profile { identities: vec![Identity::Phone(customer)], ..Profile::default() };
            let message = Box::new(received);
            let said = Said::Message { from, kind, direction, thread, revokes, message };
            (Some(account), Some(at), identity, said)
        }
        Wire::Status { account, id, correlation, delivery, at } => {
            let identity = format!("status {id} {delivery:?} {at}");
            let said = Said::Status { remote_id: Some(id), correlation, delivery: Some(delivery) };
            (Some(account), Some(at), identity, said)
        }
        Wire::Other { kind } => (None, None, format!("other {kind}"), Said::Notice { kind }),
    };
    Inbound {
        account: account.map(AccountId::new),
        occurred: occurred.map(Timestamp::from_seconds),
        identity: identity.into_bytes(),
        said,
        raw,
    }
}
