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
    /// Whether the phone is on: what is for it waits otherwise.
    is_online: bool,
    waiting: Vec<ReceivedMessage>,
    /// Whether WhatsApp reaches them.
    pub(in crate::simulator) reachable: bool,
    /// Whether they want marketing.
    pub(in crate::simulator) wants_marketing: bool,
    unread: Vec<ReceivedMessage>,
}

/// How far a message gets on its way to a customer.
#[derive(Clone, Copy)]
pub(super) enum Arrival {
    /// The phone is off.
    Waits,
    Delivered,
    Read,
}

impl Arrival {
    /// What Meta tells of it, besides that the message was sent.
    pub(super) fn statuses(self, message: &ReceivedMessage) -> &'static [&'static str] {
        match (message.kind.as_str(), self) {
            // Of a reaction Meta tells no more.
            ("reaction", _) | (_, Self::Waits) => &[],
            (_, Self::Delivered) => &["delivered"],
            (_, Self::Read) => &["delivered", "read"],
        }
    }
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
        unread.iter().filter_map(|message| self.told_of(phone, message, "read", now)).collect()
    }

    /// A customer reads one message, which arrives first where it still waits. `None` where
    /// there is none of that id that is not read.
    pub(in crate::simulator) fn customer_reads(
        &mut self,
        phone: &str,
        id: &MessageId,
        now: Millis,
    ) -> Option<Vec<News>> {
        let mut news = self.customer_receives(phone, id, now).unwrap_or_default();
        let unread = &mut self.person(phone).unread;
        match unread.iter().position(|message| message.id == *id) {
            Some(index) => {
                let message = unread.remove(index);
                news.extend(self.told_of(phone, &message, "read", now));
            }
            // It may have been read at once.
            None if news.is_empty() => return None,
            None => {}
        }
        Some(news)
    }

    /// One message arrives that waits for a phone. `None` where none of that id does.
    pub(in crate::simulator) fn customer_receives(
        &mut self,
        phone: &str,
        id: &MessageId,
        now: Millis,
    ) -> Option<Vec<News>> {
        let waiting = &mut self.person(phone).waiting;
        let index = waiting.iter().position(|message| message.id == *id)?;
        let message = waiting.remove(index);
        Some(self.delivered(phone, &message, now))
    }

    /// A phone is switched on or off; what waits for it arrives when it is on.
    pub(in crate::simulator) fn switch(
        &mut self,
        phone: &str,
        is_online: bool,
        now: Millis,
    ) -> Vec<News> {
        let person = self.person(phone);
        person.is_online = is_online;
        if !is_online {
            return Vec::new();
        }
        let waiting = std::mem::take(&mut person.waiting);
        let each = waiting.iter().map(|message| self.delivered(phone, message, now));
        each.collect::<Vec<_>>().concat()
    }

    /// A message gets to a customer's phone, or waits for it.
    pub(super) fn arrives(&mut self, phone: &str, message: &ReceivedMessage) -> Arrival {
        let person = self.person(phone);
        if !person.is_online {
            person.waiting.push(message.clone());
            return Arrival::Waits;
        }
        person.get(message)
    }

    fn delivered(&mut self, phone: &str, message: &ReceivedMessage, now: Millis) -> Vec<News> {
        let words = self.person(phone).get(message).statuses(message);
        words.iter().filter_map(|word| self.told_of(phone, message, word, now)).collect()
    }

    /// What Meta tells of a message to this customer, or to a group they are in.
    fn told_of(
        &self,
        phone: &str,
        message: &ReceivedMessage,
        word: &str,
        now: Millis,
    ) -> Option<News> {
        if message.to == phone {
            self.status(message, word, now)
        } else {
            self.group_status(message, Some(phone), word, now)
        }
    }

    pub(in crate::simulator) fn person(&mut self, phone: &str) -> &mut Person {
        let auto_read = self.setup.auto_read;
        self.customers.entry(phone.to_owned()).or_insert_with(|| Person {
            name: None,
            user_id: user_id(phone),
            wrote: BTreeMap::new(),
            inbox: Vec::new(),
            auto_read,
            is_online: true,
            waiting: Vec::new(),
            reachable: true,
            wants_marketing: true,
            unread: Vec::new(),
        })
    }
}

impl Person {
    /// A message is on the phone.
    fn get(&mut self, message: &ReceivedMessage) -> Arrival {
        self.inbox.push(message.clone());
        if self.auto_read {
            return Arrival::Read;
        }
        if message.kind != "reaction" {
            self.unread.push(message.clone());
        }
        Arrival::Delivered
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
