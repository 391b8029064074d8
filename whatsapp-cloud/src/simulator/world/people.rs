//! Customers, and what they do.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::id::{MessageId, PhoneNumberId, UserId};
use crate::simulator::record::ReceivedMessage;
use crate::simulator::world::state::digits_of;
use crate::simulator::world::wamid::{Direction, wamid};
use crate::simulator::world::{Millis, News, World};

/// A customer.
pub(in crate::simulator) struct Person {
    pub(super) name: Option<String>,
    pub(super) user_id: UserId,
    /// When they last wrote to a number.
    pub(super) wrote: BTreeMap<PhoneNumberId, Millis>,
    pub(super) inbox: Vec<ReceivedMessage>,
    pub(in crate::simulator) auto_read: bool,
    /// Whether WhatsApp reaches them.
    pub(in crate::simulator) reachable: bool,
    /// Whether they want marketing.
    pub(in crate::simulator) wants_marketing: bool,
    unread: Vec<ReceivedMessage>,
}

/// A message of a customer's.
pub(super) struct Inbound {
    /// The number it was written to.
    pub(super) number: PhoneNumberId,
    pub(super) is_reaction: bool,
}

impl World {
    pub(in crate::simulator) fn inbox(&self, phone: &str) -> &[ReceivedMessage] {
        self.customers.get(phone).map_or(&[], |person| &person.inbox)
    }

    pub(in crate::simulator) fn name(&mut self, phone: &str, name: &str) {
        self.person(phone).name = Some(name.to_owned());
    }

    pub(in crate::simulator) fn user_id(&mut self, phone: &str) -> UserId {
        self.person(phone).user_id.clone()
    }

    /// A customer writes to a number, which opens the 24-hour window.
    ///
    /// Nobody is told of it where there is no such number.
    pub(in crate::simulator) fn customer_writes(
        &mut self,
        phone: &str,
        number: &PhoneNumberId,
        content: Map<String, Value>,
        now: Millis,
    ) -> (MessageId, Vec<News>) {
        let unique = self.next_id();
        let id = wamid(phone, Direction::FromCustomer, &unique);
        if self.has_blocked(number, phone) {
            // It goes nowhere, and the customer is not told.
            return (id, Vec::new());
        }
        let person = self.person(phone);
        person.wrote.insert(number.clone(), now);
        let user_id = person.user_id.clone();
        let is_reaction = content.get("type").is_some_and(|kind| kind == "reaction");
        let inbound = Inbound { number: number.clone(), is_reaction };
        self.inbound.insert(id.as_str().to_owned(), inbound);
        if let Some(number) = self.numbers.get_mut(number) {
            number.pace.count(now);
        }
        let mut message = content;
        message.insert("from".to_owned(), phone.into());
        message.insert("from_user_id".to_owned(), user_id.as_str().into());
        message.insert("id".to_owned(), id.as_str().into());
        message.insert("timestamp".to_owned(), (now / 1_000).to_string().into());
        let news = self.of_customer(number, phone, json!({"messages": [message]}));
        (id, news.into_iter().collect())
    }

    /// A customer reads what arrived.
    pub(in crate::simulator) fn customer_reads_all(
        &mut self,
        phone: &str,
        now: Millis,
    ) -> Vec<News> {
        let unread = std::mem::take(&mut self.person(phone).unread);
        unread.iter().filter_map(|message| self.status(message, "read", now)).collect()
    }

    /// A message arrives on the customer's phone. Says whether it is read at once.
    pub(super) fn arrives(&mut self, message: &ReceivedMessage) -> bool {
        let person = self.person(&message.to);
        person.inbox.push(message.clone());
        if !person.auto_read && message.kind != "reaction" {
            person.unread.push(message.clone());
        }
        person.auto_read
    }

    pub(in crate::simulator) fn person(&mut self, phone: &str) -> &mut Person {
        let auto_read = self.setup.auto_read;
        self.customers.entry(phone.to_owned()).or_insert_with(|| Person {
            name: None,
            user_id: user_id(phone),
            wrote: BTreeMap::new(),
            inbox: Vec::new(),
            auto_read,
            reachable: true,
            wants_marketing: true,
            unread: Vec::new(),
        })
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
