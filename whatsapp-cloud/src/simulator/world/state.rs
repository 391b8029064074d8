//! What the simulated world holds, and what customers do in it.

use std::collections::BTreeMap;

use secrecy::SecretString;
use serde_json::{Map, Value, json};

use crate::client::sha256;
use crate::id::{AccountId, MessageId, PhoneNumberId, UserId};
use crate::simulator::record::{Receipt, ReceivedMessage};
use crate::simulator::world::file::File;
use crate::simulator::world::wamid::{Direction, wamid};

/// What the world is made with.
pub(in crate::simulator) struct Setup {
    pub(in crate::simulator) account_id: AccountId,
    pub(in crate::simulator) phone_number_id: PhoneNumberId,
    /// The business number, in digits.
    pub(in crate::simulator) phone_number: String,
    pub(in crate::simulator) token: SecretString,
    pub(in crate::simulator) auto_read: bool,
    /// When it began: part of every id, so that a restart does not repeat them.
    pub(in crate::simulator) started: i64,
    pub(in crate::simulator) base_url: String,
}

/// The simulated world: one business number and its customers.
pub(in crate::simulator) struct World {
    pub(super) setup: Setup,
    made_ids: u64,
    pub(super) customers: BTreeMap<String, Person>,
    pub(super) files: BTreeMap<String, File>,
    /// Messages of customers, which the business may mark as read.
    pub(super) inbound: BTreeMap<String, Inbound>,
    pub(super) accepted: Vec<ReceivedMessage>,
    pub(super) receipts: Vec<Receipt>,
}

/// A customer.
pub(super) struct Person {
    pub(super) name: Option<String>,
    pub(super) user_id: UserId,
    pub(super) last_wrote: Option<i64>,
    pub(super) inbox: Vec<ReceivedMessage>,
    pub(super) auto_read: bool,
    pub(super) unread: Vec<ReceivedMessage>,
}

/// A message of a customer's.
pub(super) struct Inbound {
    pub(super) is_reaction: bool,
}

impl World {
    pub(in crate::simulator) fn new(setup: Setup) -> Self {
        Self {
            setup,
            made_ids: 0,
            customers: BTreeMap::new(),
            files: BTreeMap::new(),
            inbound: BTreeMap::new(),
            accepted: Vec::new(),
            receipts: Vec::new(),
        }
    }

    pub(in crate::simulator) fn accepted(&self) -> &[ReceivedMessage] {
        &self.accepted
    }

    pub(in crate::simulator) fn receipts(&self) -> &[Receipt] {
        &self.receipts
    }

    pub(in crate::simulator) fn inbox(&self, phone: &str) -> &[ReceivedMessage] {
        self.customers.get(phone).map_or(&[], |person| &person.inbox)
    }

    pub(in crate::simulator) fn name(&mut self, phone: &str, name: &str) {
        self.person(phone).name = Some(name.to_owned());
    }

    pub(in crate::simulator) fn set_auto_read(&mut self, phone: &str, auto_read: bool) {
        self.person(phone).auto_read = auto_read;
    }

    pub(in crate::simulator) fn user_id(&mut self, phone: &str) -> UserId {
        self.person(phone).user_id.clone()
    }

    /// A customer writes, which opens the 24-hour window.
    pub(in crate::simulator) fn customer_writes(
        &mut self,
        phone: &str,
        content: Map<String, Value>,
        now: i64,
    ) -> (MessageId, Value) {
        let unique = self.next_id();
        let id = wamid(phone, Direction::FromCustomer, &unique);
        let person = self.person(phone);
        person.last_wrote = Some(now);
        let user_id = person.user_id.clone();
        let is_reaction = content.get("type").is_some_and(|kind| kind == "reaction");
        self.inbound.insert(id.as_str().to_owned(), Inbound { is_reaction });
        let mut message = content;
        message.insert("from".to_owned(), phone.into());
        message.insert("from_user_id".to_owned(), user_id.as_str().into());
        message.insert("id".to_owned(), id.as_str().into());
        message.insert("timestamp".to_owned(), now.to_string().into());
        let webhook = self.envelope(phone, json!({"messages": [message]}));
        (id, webhook)
    }

    /// A customer reads what arrived.
    pub(in crate::simulator) fn customer_reads_all(&mut self, phone: &str, now: i64) -> Vec<Value> {
        let unread = std::mem::take(&mut self.person(phone).unread);
        unread.iter().map(|message| self.status_webhook(message, "read", now)).collect()
    }

    pub(super) fn person(&mut self, phone: &str) -> &mut Person {
        let auto_read = self.setup.auto_read;
        self.customers.entry(phone.to_owned()).or_insert_with(|| Person {
            name: None,
            user_id: user_id(phone),
            last_wrote: None,
            inbox: Vec::new(),
            auto_read,
            unread: Vec::new(),
        })
    }

    /// A word that no other id of this world is made of.
    pub(super) fn next_id(&mut self) -> String {
        self.made_ids += 1;
        format!("{}:{}", self.setup.started, self.made_ids)
    }

    /// What a callback must answer in the handshake.
    pub(in crate::simulator) fn challenge(&mut self) -> String {
        digits_of(&self.next_id(), 10)
    }

    /// An id of digits, as media has.
    pub(super) fn next_number(&mut self) -> String {
        digits_of(&self.next_id(), 16)
    }
}

/// A business-scoped id: the country and digits.
fn user_id(phone: &str) -> UserId {
    let country = match phone {
        phone if phone.starts_with("55") => "BR",
        phone if phone.starts_with("351") => "PT",
        phone if phone.starts_with('1') => "US",
        _ => "ZZ",
    };
    UserId::new(format!("{country}.{}", digits_of(phone, 20)))
}

/// Digits that stand for `text`, the first of them no zero.
fn digits_of(text: &str, count: usize) -> String {
    let hash = sha256(text.as_bytes()).hex();
    let digits = hash.bytes().map(|byte| char::from(b'1' + byte % 9));
    digits.take(count).collect()
}
