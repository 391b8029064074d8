//! Groups: made and led by a number, entered by link.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::client::sha256;
use crate::endpoint::Method;
use crate::id::{AccountId, PhoneNumberId};
use crate::simulator::record::ReceivedMessage;
use crate::simulator::world::content::{Told, text};
use crate::simulator::world::registration::{at_most, of_whatsapp, required};
use crate::simulator::world::state::SECOND;
use crate::simulator::world::wamid::{Direction, wamid};
use crate::simulator::world::{Asked, Millis, News, Outcome, Refusal, Reply, World};
use crate::simulator::{Access, Permission};

const LONGEST_SUBJECT: usize = 128;
const LONGEST_DESCRIPTION: usize = 2_048;
const MOST_PARTICIPANTS: usize = 8;
/// What may be said in a group; reactions come from it only.
const KINDS: [&str; 8] =
    ["audio", "document", "image", "pin", "sticker", "template", "text", "video"];

/// A group of a number's.
pub(super) struct Group {
    pub(super) number: PhoneNumberId,
    subject: String,
    description: Option<String>,
    approval: String,
    created: Millis,
    link: String,
    /// Who is in it, in digits.
    participants: BTreeSet<String>,
    /// Who was removed, and cannot come back by the link.
    removed: BTreeSet<String>,
}

impl World {
    /// The account that a group belongs to.
    pub(super) fn account_of_group(&self, id: &str) -> Option<AccountId> {
        let group = self.groups.get(id)?;
        Some(self.numbers.get(&group.number)?.account.clone())
    }

    /// A call about a group.
    pub(super) fn on_group(
        &mut self,
        id: &str,
        rest: &[&str],
        asked: &Asked,
        access: &Access,
        now: Millis,
    ) -> Result<Outcome, Refusal> {
        use Method::{Delete, Get, Post};
        access.may(Permission::Messaging)?;
        match (asked.method, rest) {
            (Get, []) => self.get_group(id, asked),
            (Post, []) => self.set_group(id, asked, now),
            (Delete, []) => self.delete_group(id, now),
            (Get, ["invite_link"]) => self.invite_link(id),
            (Post, ["invite_link"]) => {
                of_whatsapp(&asked.parameters()?)?;
                let link = self.new_link();
                self.group(id)?.link = link;
                self.invite_link(id)
            }
            (Delete, ["participants"]) => self.remove_participants(id, asked, now),
            _ => Err(Refusal::unsupported(asked)),
        }
    }

    pub(super) fn list_groups(
        &self,
        number: &PhoneNumberId,
        asked: &Asked,
    ) -> Result<Outcome, Refusal> {
        let groups = self.groups.iter().filter(|(_, group)| group.number == *number);
        let row = |(id, group): (&String, &Group)| {
            let created = group.created / SECOND;
            json!({"id": id, "subject": group.subject, "created_at": created})
        };
        let mut outcome = asked.page(groups.map(row).collect())?;
        if let Reply::Json { value, .. } = &mut outcome.reply {
            let rows = value["data"].take();
            value["data"] = json!({"groups": rows});
        }
        Ok(outcome)
    }

    pub(super) fn create_group(
        &mut self,
        number: &PhoneNumberId,
        asked: &Asked,
        now: Millis,
    ) -> Result<Outcome, Refusal> {
        let body = asked.parameters()?;
        of_whatsapp(&body)?;
        self.is_registered(number)?;
        let subject = at_most(&body, "subject", LONGEST_SUBJECT)?.unwrap_or_default().to_owned();
        if subject.is_empty() {
            return Err(required("subject"));
        }
        let description = at_most(&body, "description", LONGEST_DESCRIPTION)?.map(str::to_owned);
        let approval = match body.get("join_approval_mode").map(Value::as_str) {
            None => "auto_approve".to_owned(),
            Some(Some(mode @ ("auto_approve" | "approval_required"))) => mode.to_owned(),
            Some(_) => return Err(Refusal::new(100, "Param join_approval_mode is not known")),
        };
        let id = format!("Y2FwaV9ncm91cDox{}ZD", self.next_number());
        let link = self.new_link();
        let mut told = json!({
            "subject": subject, "invite_link": link, "join_approval_mode": approval,
        });
        if let Some(description) = &description {
            told["description"] = description.as_str().into();
        }
        let group = Group {
            number: number.clone(),
            subject,
            description,
            approval,
            created: now,
            link,
            participants: BTreeSet::new(),
            removed: BTreeSet::new(),
        };
        self.groups.insert(id.clone(), group);
        let field = "group_lifecycle_update";
        Ok(self.requested(number, &id, (field, "group_create"), told, now))
    }

    fn get_group(&self, id: &str, asked: &Asked) -> Result<Outcome, Refusal> {
        let group = self.groups.get(id).ok_or_else(Refusal::unknown_object)?;
        let participants = group.participants.iter().map(|phone| self.participant(phone));
        let written = json!({
            "subject": group.subject,
            "description": group.description.as_deref().unwrap_or_default(),
            "suspended": false,
            "creation_timestamp": group.created / SECOND,
            "participants": participants.collect::<Vec<_>>(),
            "total_participant_count": group.participants.len(),
            "join_approval_mode": group.approval,
        });
        // Without fields Meta tells no more than the id.
        let mut chosen = match asked.query("fields") {
            Some(_) => asked.chosen(written),
            None => json!({}),
        };
        chosen["id"] = id.into();
        chosen["messaging_product"] = "whatsapp".into();
        Ok(Outcome::json(chosen))
    }

    fn set_group(&mut self, id: &str, asked: &Asked, now: Millis) -> Result<Outcome, Refusal> {
        let body = asked.parameters()?;
        of_whatsapp(&body)?;
        let subject = at_most(&body, "subject", LONGEST_SUBJECT)?;
        let description = at_most(&body, "description", LONGEST_DESCRIPTION)?;
        if subject.is_none() && description.is_none() {
            return Err(required("subject"));
        }
        if subject == Some("") {
            return Err(Refusal::new(100, "Param subject must not be empty"));
        }
        let mut told = json!({});
        let group = self.group(id)?;
        if let Some(subject) = subject {
            group.subject = subject.to_owned();
            told["group_subject"] = json!({"text": subject, "update_successful": true});
        }
        if let Some(description) = description {
            group.description = Some(description.to_owned());
            told["group_description"] = json!({"text": description, "update_successful": true});
        }
        let number = group.number.clone();
        let what = ("group_settings_update", "group_settings_update");
        Ok(self.requested(&number, id, what, told, now))
    }

    fn delete_group(&mut self, id: &str, now: Millis) -> Result<Outcome, Refusal> {
        let group = self.groups.remove(id).ok_or_else(Refusal::unknown_object)?;
        let what = ("group_lifecycle_update", "group_delete");
        Ok(self.requested(&group.number, id, what, json!({}), now))
    }

    fn invite_link(&self, id: &str) -> Result<Outcome, Refusal> {
        let group = self.groups.get(id).ok_or_else(Refusal::unknown_object)?;
        Ok(Outcome::json(json!({"messaging_product": "whatsapp", "invite_link": group.link})))
    }

    fn remove_participants(
        &mut self,
        id: &str,
        asked: &Asked,
        now: Millis,
    ) -> Result<Outcome, Refusal> {
        let body = asked.parameters()?;
        of_whatsapp(&body)?;
        let rows = body.get("participants").and_then(Value::as_array).cloned();
        let rows = rows.filter(|rows| !rows.is_empty()).ok_or_else(|| required("participants"))?;
        if rows.len() > MOST_PARTICIPANTS {
            return Err(Refusal::new(131_204, "A group has at most 8 participants"));
        }
        let mut gone = Vec::new();
        let mut seen = BTreeSet::new();
        for row in &rows {
            let input = row["user"].as_str().ok_or_else(|| required("participants[].user"))?;
            let known = self.customers.iter().find(|(_, person)| person.user_id.as_str() == input);
            let phone = match known {
                Some((phone, _)) => phone.clone(),
                None => input.chars().filter(char::is_ascii_digit).collect(),
            };
            if !self.group(id)?.participants.contains(&phone) {
                return Err(Refusal::new(131_212, "The user is not in the group"));
            }
            if !seen.insert(phone) {
                return Err(Refusal::new(131_202, "A participant is named twice"));
            }
            gone.push(json!({"input": input}));
        }
        let group = self.group(id)?;
        group.participants.retain(|phone| !seen.contains(phone));
        group.removed.extend(seen);
        let number = group.number.clone();
        let told = json!({"removed_participants": gone, "initiated_by": "business"});
        let what = ("group_participants_update", "group_participants_remove");
        Ok(self.requested(&number, id, what, told, now))
    }

    /// A customer follows a link into a group; says whether it led anywhere.
    pub(in crate::simulator) fn joins_group(
        &mut self,
        phone: &str,
        link: &str,
        now: Millis,
    ) -> (bool, Option<News>) {
        self.person(phone);
        let found = self.groups.iter_mut().find(|(_, group)| {
            let has_room = group.participants.len() < MOST_PARTICIPANTS;
            has_room && group.link == link && !group.removed.contains(phone)
        });
        let Some((id, group)) = found else { return (false, None) };
        group.participants.insert(phone.to_owned());
        let (id, number) = (id.clone(), group.number.clone());
        let told = json!({
            "reason": "invite_link",
            "initiated_by": "participant",
            "added_participants": [self.participant(phone)],
        });
        let what = ("group_participants_update", "group_participants_add");
        (true, self.of_group(&number, &id, what, told, now))
    }

    /// A customer leaves a group; says whether they were in it.
    pub(in crate::simulator) fn leaves_group(
        &mut self,
        phone: &str,
        id: &str,
        now: Millis,
    ) -> (bool, Option<News>) {
        let Some(group) = self.groups.get_mut(id) else { return (false, None) };
        if !group.participants.remove(phone) {
            return (false, None);
        }
        let number = group.number.clone();
        let told = json!({
            "initiated_by": "participant",
            "removed_participants": [self.participant(phone)],
        });
        let what = ("group_participants_update", "group_participants_remove");
        (true, self.of_group(&number, id, what, told, now))
    }

    /// A message to all who are in a group.
    pub(super) fn send_to_group(
        &mut self,
        number: &PhoneNumberId,
        body: Map<String, Value>,
        now: Millis,
    ) -> Result<Outcome, Refusal> {
        let id = text(&body, "to").ok_or(Refusal::missing("to"))?.to_owned();
        let group = self.groups.get(&id).filter(|group| group.number == *number);
        let group = group.ok_or_else(|| Refusal::new(131_041, "The group is not known"))?;
        let participants = group.participants.clone();
        if participants.is_empty() {
            return Err(Refusal::new(131_020, "Nobody else is in the group"));
        }
        let Told { kind, text: shown, category } = self.content(number, &body)?;
        if !KINDS.contains(&kind.as_str()) {
            return Err(Refusal::new(131_051, "The message type is not supported in groups"));
        }
        self.number(number)?.pace.take(&id, now)?;
        let unique = self.next_id();
        let message = ReceivedMessage {
            id: wamid(&id, Direction::FromBusiness, &unique),
            number: number.clone(),
            to: id.clone(),
            kind,
            text: shown,
            category,
            opaque_data: text(&body, "biz_opaque_callback_data").map(str::to_owned),
            raw: Value::Object(body),
        };
        self.accepted.push(message.clone());
        let mut news: Vec<News> =
            self.group_status(&message, None, "sent", now).into_iter().collect();
        for phone in &participants {
            if !self.person(phone).reachable {
                continue;
            }
            let words = self.arrives(phone, &message).statuses(&message);
            let told = words.iter();
            news.extend(
                told.filter_map(|word| self.group_status(&message, Some(phone), word, now)),
            );
        }
        let outcome = Outcome::json(json!({
            "messaging_product": "whatsapp",
            "contacts": [{"input": id, "wa_id": id}],
            "messages": [{"id": message.id.as_str(), "group_id": id}],
        }));
        Ok(outcome.telling(news))
    }

    pub(super) fn group_status(
        &self,
        message: &ReceivedMessage,
        participant: Option<&str>,
        word: &str,
        now: Millis,
    ) -> Option<News> {
        let mut status = self.written_status(message, word, now);
        status["recipient_type"] = "group".into();
        if let Some(phone) = participant {
            status["recipient_participant_id"] = phone.into();
            if let Some(person) = self.customers.get(phone) {
                status["recipient_participant_user_id"] = person.user_id.as_str().into();
            }
        }
        let who = participant.unwrap_or_default();
        self.of_customer(&message.number, who, json!({"statuses": [status]}))
    }

    /// What is asked of a group is answered with an id, and told of by webhook.
    fn requested(
        &mut self,
        number: &PhoneNumberId,
        id: &str,
        what: (&'static str, &str),
        mut told: Value,
        now: Millis,
    ) -> Outcome {
        let request = sha256(self.next_id().as_bytes()).hex()[..32].to_uppercase();
        told["request_id"] = request.as_str().into();
        let news = self.of_group(number, id, what, told, now);
        let answer = json!({"messaging_product": "whatsapp", "request_id": request});
        Outcome::json(answer).telling(news)
    }

    fn of_group(
        &self,
        number: &PhoneNumberId,
        id: &str,
        (field, kind): (&'static str, &str),
        mut told: Value,
        now: Millis,
    ) -> Option<News> {
        told["timestamp"] = (now / SECOND).to_string().into();
        told["group_id"] = id.into();
        told["type"] = kind.into();
        let news = self.of_customer(number, "", json!({"groups": [told]}))?;
        Some(News { field, ..news })
    }

    fn participant(&self, phone: &str) -> Value {
        let mut written = json!({"wa_id": phone});
        if let Some(person) = self.customers.get(phone) {
            written["user_id"] = person.user_id.as_str().into();
        }
        written
    }

    fn group(&mut self, id: &str) -> Result<&mut Group, Refusal> {
        self.groups.get_mut(id).ok_or_else(Refusal::unknown_object)
    }

    fn new_link(&mut self) -> String {
        let word = &sha256(self.next_id().as_bytes()).hex()[..22];
        format!("https://chat.whatsapp.com/{word}")
    }
}
