//! What makes two events the same one.

use sha2::{Digest, Sha256};

use crate::webhook::call::Call;
use crate::webhook::event::{Event, EventKind};
use crate::webhook::status::Status;
use crate::wire::Text;

impl Event<'_> {
    /// A key that is the same whenever Meta tells this event again.
    ///
    /// Meta delivers at least once, and puts events together differently each time, so a key
    /// belongs to an event and never to a body. It is made of
    ///
    /// - for a message: the phone number id and the message's id;
    /// - for a status: the phone number id, the message's id, the status, its type and time,
    ///   the member of the group, and the first error's code;
    /// - for an echo, and for what is told of another app's thread: the same, and different
    ///   from the key of the message itself;
    /// - for a call: the phone number id, the call's id, the event and its time;
    /// - for anything else, also a message without an id: the account, the field, the list or
    ///   member it was found in, the time, the phone number id, and a hash of the JSON.
    ///
    /// An [error](EventKind::Error) of a value has neither id nor time, and may recur: its key
    /// is the same each time. Take it for the same one for an hour or so, and not for good.
    ///
    /// The bytes are stable over versions of this crate. Part of them can be read and leads
    /// to a person: store a keyed hash of them rather than the key.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::Verified;
    ///
    /// let once = br#"{"entry":[{"changes":[{"field":"x","value":{"a":1}}]}]}"#;
    /// let twice = br#"{"entry":[{"changes":[
    ///     {"field":"y","value":2}, {"value":{"a":1},"field":"x"}]}]}"#;
    ///
    /// let first = Verified::restored(once).events().next().ok_or("the only one")?;
    /// let again = Verified::restored(twice).events().nth(1).ok_or("the other one")?;
    /// assert_eq!(first.dedupe_key(), again.dedupe_key());
    /// # Ok::<(), &str>(())
    /// ```
    pub fn dedupe_key(&self) -> Vec<u8> {
        match &self.kind {
            EventKind::Message(message) => self.key_of_id(b'm', message.id.as_ref()),
            EventKind::Echo(message) => self.key_of_id(b'e', message.id.as_ref()),
            // A copy has the id of the message that its owner is told of.
            EventKind::StandbyMessage(message) => self.key_of_id(b'c', message.id.as_ref()),
            EventKind::StandbyEcho(echo) => self.key_of_id(b'd', echo.id.as_ref()),
            EventKind::Status(status) => self.key_of_status(b's', status),
            EventKind::StandbyStatus(status) => self.key_of_status(b't', status),
            EventKind::Call(call) => self.key_of_call(call),
            EventKind::Unparsed(unparsed) => {
                let mut key = Key::new(b'u');
                key.part(Some(&unparsed.sha256));
                key.0
            }
            _ => self.key_of_json(),
        }
    }

    fn key_of_id(&self, kind: u8, id: Option<&Text<'_>>) -> Vec<u8> {
        if id.is_none() {
            return self.key_of_json();
        }
        let mut key = Key::new(kind);
        key.text(self.phone_number_id.as_ref());
        key.text(id);
        key.0
    }

    fn key_of_status(&self, kind: u8, status: &Status<'_>) -> Vec<u8> {
        if status.id.is_none() {
            return self.key_of_json();
        }
        let participant = [
            &status.recipient_participant_id,
            &status.recipient_participant_user_id,
            &status.recipient_participant_parent_user_id,
        ];
        let mut key = Key::new(kind);
        key.text(self.phone_number_id.as_ref());
        key.text(status.id.as_ref());
        key.part(status.status.as_ref().map(|status| status.as_str().as_bytes()));
        key.text(status.kind.as_ref());
        key.number(status.timestamp);
        key.text(participant.into_iter().find_map(Option::as_ref));
        key.number(status.errors.first().map(|error| error.code));
        key.0
    }

    fn key_of_call(&self, call: &Call<'_>) -> Vec<u8> {
        if call.id.is_none() {
            return self.key_of_json();
        }
        let mut key = Key::new(b'l');
        key.text(self.phone_number_id.as_ref());
        key.text(call.id.as_ref());
        key.part(call.event.as_ref().map(|event| event.as_str().as_bytes()));
        key.number(call.timestamp);
        key.0
    }

    fn key_of_json(&self) -> Vec<u8> {
        let mut key = Key::new(b'j');
        key.text(self.account_id.as_ref());
        key.text(self.field.as_ref());
        key.text(self.member.as_ref());
        key.number(self.time);
        key.text(self.phone_number_id.as_ref());
        key.part(self.raw.as_ref().map(|raw| Sha256::digest(raw.get())).as_deref());
        key.0
    }
}

/// A kind, then parts with their lengths before them, so that no two lists of parts give
/// the same bytes.
struct Key(Vec<u8>);

impl Key {
    fn new(kind: u8) -> Self {
        let mut key = Vec::with_capacity(128);
        key.push(kind);
        Self(key)
    }

    fn part(&mut self, part: Option<&[u8]>) {
        // One more than the length, so that an empty part is not a missing one.
        let length = part.map_or(0, |part| part.len() as u64 + 1);
        self.0.extend_from_slice(&length.to_be_bytes());
        self.0.extend_from_slice(part.unwrap_or_default());
    }

    fn text(&mut self, text: Option<&Text<'_>>) {
        self.part(text.map(|text| text.as_str().as_bytes()));
    }

    fn number(&mut self, number: Option<i64>) {
        self.part(number.map(i64::to_be_bytes).as_ref().map(<[u8; 8]>::as_slice));
    }
}
