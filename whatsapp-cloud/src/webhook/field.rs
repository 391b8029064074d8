//! From the value of a change to what it tells, by the field it is of.

use std::sync::Arc;

use crate::webhook::contact::ContactProfile;
use crate::webhook::event::{EventKind, Malformed, MalformedReason, Told};
use crate::webhook::json::{Form, GROWTH, Json, Step};
use crate::webhook::raw::Raw;
use crate::webhook::read::{Read, plain};
use crate::webhook::record::{self, take_or_keep};
use crate::webhook::string::plain_name;
use crate::webhook::value::{Element, Metadata, Place, Value};
use crate::wire::GraphError;

/// How a value of a field is read.
enum Shape {
    /// By its lists.
    Lists(Lists),
    /// As one notice.
    Notice(for<'a> fn(&mut Reader<'_, 'a>, &mut Json<'a>) -> Step<()>),
    /// Not at all: this version does not know the field.
    Unknown,
}

/// Whose messages the lists hold.
#[derive(Clone, Copy, PartialEq)]
enum Lists {
    /// Your own, as they happen.
    Own,
    /// Those of the past.
    History,
    /// Those of a thread that another app owns.
    Standby,
}

fn shape(field: &str) -> Shape {
    macro_rules! notices {
        ($($($field:literal)|+ => $kind:ident,)+) => {
            match field {
                "messages" | "smb_message_echoes" | "message_echoes" | "smb_app_state_sync"
                | "calls" | "user_preferences" | "user_id_update" | "automatic_events"
                | "group_lifecycle_update" | "group_participants_update"
                | "group_participant_update" | "group_settings_update" | "group_status_update" => {
                    Shape::Lists(Lists::Own)
                }
                "history" => Shape::Lists(Lists::History),
                "standby" => Shape::Lists(Lists::Standby),
                $($($field)|+ => Shape::Notice(|reader, json| reader.notice(json, EventKind::$kind)),)+
                _ => Shape::Unknown,
            }
        };
    }
    notices! {
        "account_alerts" => AccountAlert,
        "account_review_update" => AccountReview,
        "account_settings_update" => AccountSettings,
        "account_update" => AccountUpdate,
        "business_capability_update" => BusinessCapability,
        "business_username_updates" | "phone_number_username_update" => BusinessUsername,
        "flows" => Flow,
        "message_template_components_update" => TemplateComponents,
        "message_template_quality_update" => TemplateQuality,
        "message_template_status_update" => TemplateStatus,
        "messaging_handovers" => Handover,
        "partner_solutions" => PartnerSolution,
        "payment_configuration_update" => PaymentConfiguration,
        "phone_number_name_update" => PhoneNumberName,
        "phone_number_quality_update" => PhoneNumberQuality,
        "security" => Security,
        "template_category_update" => TemplateCategory,
        "template_correct_category_detection" => TemplateCorrectCategory,
    }
}

/// Whether the values of both fields are read in the same way.
pub(super) fn is_read_alike(one: &str, other: &str) -> bool {
    if one == other {
        return true;
    }
    match (shape(one), shape(other)) {
        (Shape::Lists(one), Shape::Lists(other)) => one == other,
        _ => false,
    }
}

/// Reads the value of a change into an empty one. `path` tells where the change stands.
pub(super) fn read<'a>(
    value: &mut Value<'a>,
    field: &str,
    json: &mut Json<'a>,
    path: &dyn Fn() -> String,
) -> Step<()> {
    json.peek();
    let (start, budget) = (json.at(), json.budget());
    let mut reader = Reader { lists: Lists::Own, path, value: &mut *value, nested: false };
    let mut listed = false;
    match shape(field) {
        Shape::Lists(lists) => {
            listed = true;
            reader.lists = lists;
            reader.read(json)?;
        }
        Shape::Notice(read) => read(&mut reader, json)?,
        Shape::Unknown => reader.read_unknown(json)?,
    }
    json.take_form();
    let (kind, told) = if json.refund(budget) {
        let path = || format!("{}.value", path());
        (malformed(path, MalformedReason::TooDense), Told::InPart)
    } else if !value.tells_nothing() {
        return Ok(());
    } else if listed && value.other.unknown().next().is_none() {
        (EventKind::Empty, Told::Whole)
    } else {
        // Told as a whole, so that nothing goes by without a word.
        (EventKind::Unknown, Told::InPart)
    };
    let raw = Raw::new(json.since(start));
    let whole = Element { kind, raw, place: Place::Whole, told };
    let metadata = value.metadata.take();
    *value = Value { metadata, elements: vec![whole], ..Value::default() };
    Ok(())
}

fn malformed<'a>(path: impl FnOnce() -> String, reason: MalformedReason) -> EventKind<'a> {
    EventKind::Malformed(Box::new(Malformed { path: path(), reason }))
}

/// How much is told by what was read in that form.
fn told(form: Form, keeps_other: bool) -> Told {
    match form {
        Form::Usual => Told::Whole,
        Form::Odd if keeps_other => Told::Whole,
        Form::Odd => Told::InRaw,
        Form::Unknown => Told::InPart,
    }
}

/// Reads a value by its lists.
struct Reader<'r, 'a> {
    lists: Lists,
    path: &'r dyn Fn() -> String,
    value: &'r mut Value<'a>,
    nested: bool,
}

impl<'a> Reader<'_, 'a> {
    fn read(&mut self, json: &mut Json<'a>) -> Step<()> {
        let Some(mut sign) = json.object() else {
            return self.not_an_object(json);
        };
        while let Some(name) = json.member(&mut sign) {
            let start = json.at();
            if json.peek() == Some(b'n') {
                // Null is how some write "none".
                json.word("null")?;
                json.note(Form::Odd);
            } else if !self.read_frame(&json.plain(name), json)? {
                self.read_member(name, json)?;
            }
            self.value.other.settle(name, true, start, json);
            json.take_form();
        }
        Ok(())
    }

    /// Reads what a field is not known of: only which number it is about.
    fn read_unknown(&mut self, json: &mut Json<'a>) -> Step<()> {
        let Some(mut sign) = json.object() else {
            return json.skip();
        };
        while let Some(name) = json.member(&mut sign) {
            match &*json.plain(name) {
                "metadata" => self.value.metadata = Metadata::read(json)?,
                _ => json.skip()?,
            }
        }
        Ok(())
    }

    /// Reads a value that is one notice as a whole.
    fn notice<E: record::Element<'a>>(
        &mut self,
        json: &mut Json<'a>,
        kind: fn(Box<E>) -> EventKind<'a>,
    ) -> Step<()> {
        json.peek();
        let start = json.at();
        let Some(mut sign) = json.object() else {
            return self.not_an_object(json);
        };
        let mut notice = Box::<E>::default();
        let mut form = Form::Usual;
        while let Some(name) = json.member(&mut sign) {
            let start = json.at();
            if self.read_frame(&json.plain(name), json)? {
                self.value.other.settle(name, true, start, json);
            } else {
                take_or_keep(&mut *notice, name, json)?;
            }
            form = form.max(json.take_form());
        }
        let kind = kind(notice);
        if let EventKind::TemplateStatus(status) = &kind
            && status.event.is_none()
            && status.other.get("new_quality_score").is_some()
        {
            // Meta's own example of a template's quality names the field of its status.
            json.seek(start);
            return self.notice(json, EventKind::TemplateQuality);
        }
        let (kind, told) = if kind.is_bare() {
            (EventKind::Unknown, Told::InPart)
        } else {
            (kind, told(form, true))
        };
        self.push(kind, Place::Whole, told, start, json);
        Ok(())
    }

    /// Reads what stands beside lists and notices alike; false when that is another member.
    #[inline]
    fn read_frame(&mut self, name: &str, json: &mut Json<'a>) -> Step<bool> {
        match name {
            "messaging_product" => plain::fill(&mut self.value.messaging_product, json)?,
            "metadata" => self.read_metadata(json)?,
            "contacts" => self.read_contacts(json)?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    #[inline]
    fn read_member(&mut self, name: &'a str, json: &mut Json<'a>) -> Step<()> {
        match (&*json.plain(name), self.lists) {
            ("messages", Lists::Own) => self.list(&"messages", json, EventKind::Message),
            ("message_echoes", Lists::History) => {
                self.list(&"message_echoes", json, EventKind::HistoryMessage)
            }
            ("messages", Lists::History) => self.list(&"messages", json, EventKind::HistoryMessage),
            ("messages", Lists::Standby) => self.list(&"messages", json, EventKind::StandbyMessage),
            ("statuses", Lists::Standby) => self.list(&"statuses", json, EventKind::StandbyStatus),
            ("statuses", _) => self.list(&"statuses", json, EventKind::Status),
            ("message_echoes", Lists::Standby) => {
                self.list(&"message_echoes", json, EventKind::StandbyEcho)
            }
            ("message_echoes", _) => self.list(&"message_echoes", json, EventKind::Echo),
            ("errors", _) => self.errors(json),
            ("user_actions", _) => self.list(&"user_actions", json, EventKind::UserAction),
            ("state_sync", _) => self.list(&"state_sync", json, EventKind::ContactSync),
            ("history", _) => self.list(&"history", json, EventKind::History),
            ("calls", _) => self.list(&"calls", json, EventKind::Call),
            ("groups", _) => self.list(&"groups", json, EventKind::Group),
            ("user_preferences", _) => {
                self.list(&"user_preferences", json, EventKind::UserPreference)
            }
            ("user_id_update", _) => self.list(&"user_id_update", json, EventKind::UserIdUpdate),
            ("automatic_events", _) => {
                self.list(&"automatic_events", json, EventKind::AutomaticEvent)
            }
            ("conversation_context", _) => self.conversation_context(json),
            ("standby", Lists::Standby) if !self.nested => self.read_standby(json),
            _ => self.unknown(name, json),
        }
    }

    fn read_metadata(&mut self, json: &mut Json<'a>) -> Step<()> {
        let start = json.at();
        match Metadata::read(json)? {
            Some(metadata) => {
                // It keeps itself what it does not tell.
                json.take_form();
                self.value.metadata = Some(metadata);
            }
            None => self.malformed("metadata", MalformedReason::NotAnObject, start, json),
        }
        Ok(())
    }

    fn read_contacts(&mut self, json: &mut Json<'a>) -> Step<()> {
        let start = json.at();
        if !json.list() {
            json.skip()?;
            self.malformed("contacts", MalformedReason::NotAList, start, json);
            return Ok(());
        }
        // Of two lists both are told, and the last one is written again.
        let second = !self.value.contacts.is_empty();
        let mut form = if second { Form::Odd } else { Form::Usual };
        let mut index = 0;
        let mut first = true;
        while json.element(&mut first)? {
            let start = json.at();
            // Read where it stays: it is large.
            let mut contact = Arc::new(ContactProfile::default());
            let is_read = match Arc::get_mut(&mut contact) {
                Some(contact) => record::fill_element(contact, json)?,
                None => false,
            };
            // With what counts its owners, and its place in the list.
            if !is_read {
                form = Form::Unknown;
                self.malformed_element(
                    &"contacts",
                    index,
                    MalformedReason::NotAnObject,
                    start,
                    json,
                );
            } else if json.afford(size_of::<ContactProfile<'_>>() + 32) {
                if self.value.contacts.is_empty() {
                    self.value.contacts = Vec::with_capacity(1);
                }
                self.value.contacts.push(contact);
            }
            json.take_form();
            if json.is_exhausted() {
                return self.pass_list(first, json);
            }
            index += 1;
        }
        // Nothing is written for a list that is empty.
        json.note(if index == 0 { Form::Odd } else { form });
        Ok(())
    }

    fn not_an_object(&mut self, json: &mut Json<'a>) -> Step<()> {
        let start = json.at();
        json.skip()?;
        let kind = malformed(|| format!("{}.value", (self.path)()), MalformedReason::NotAnObject);
        self.push(kind, Place::Whole, Told::InPart, start, json);
        Ok(())
    }

    fn read_standby(&mut self, json: &mut Json<'a>) -> Step<()> {
        if json.peek() != Some(b'{') || self.value.standby.is_some() {
            let start = json.at();
            json.skip()?;
            self.malformed("standby", MalformedReason::NotAnObject, start, json);
            return Ok(());
        }
        let mut inner = Box::<Value<'a>>::default();
        let (lists, path) = (self.lists, self.path);
        Reader { lists, path, value: &mut inner, nested: true }.read(json)?;
        self.value.standby = Some(inner);
        Ok(())
    }

    fn conversation_context(&mut self, json: &mut Json<'a>) -> Step<()> {
        const NAME: &str = "conversation_context";

        let start = json.at();
        match Read::read(json)? {
            Some(context) => {
                let told = told(json.take_form(), true);
                let kind = EventKind::ConversationContext(context);
                self.push(kind, Place::member(NAME), told, start, json);
            }
            None => self.malformed(NAME, MalformedReason::NotAnObject, start, json),
        }
        Ok(())
    }

    fn unknown(&mut self, name: &'a str, json: &mut Json<'a>) -> Step<()> {
        let start = json.at();
        json.skip()?;
        let place = Place::Member(Box::new(plain_name(name)));
        self.push(EventKind::Unknown, place, Told::InPart, start, json);
        Ok(())
    }

    fn path_of(&self, name: &str) -> String {
        let standby = if self.nested { ".standby" } else { "" };
        format!("{}.value{standby}.{name}", (self.path)())
    }

    fn malformed(
        &mut self,
        name: &'static str,
        reason: MalformedReason,
        start: usize,
        json: &mut Json<'a>,
    ) {
        json.take_form();
        let kind = malformed(|| self.path_of(name), reason);
        self.push(kind, Place::member(name), Told::InPart, start, json);
    }

    fn malformed_element(
        &mut self,
        name: &'static &'static str,
        index: u32,
        reason: MalformedReason,
        start: usize,
        json: &mut Json<'a>,
    ) {
        json.take_form();
        let kind = malformed(|| format!("{}[{index}]", self.path_of(name)), reason);
        self.push(kind, Place::List(name, index), Told::InPart, start, json);
    }

    /// Adds what was read since `start`.
    #[inline]
    fn push(
        &mut self,
        kind: EventKind<'a>,
        place: Place<'a>,
        told: Told,
        start: usize,
        json: &mut Json<'a>,
    ) {
        const COST: usize = GROWTH * size_of::<Element<'_>>();
        const COST_OF_PATH: usize = 128;

        let path = matches!(kind, EventKind::Malformed(_));
        if json.afford(COST + usize::from(path) * COST_OF_PATH) {
            if self.value.elements.is_empty() {
                // Most lists have one, and room for four would be large.
                self.value.elements = Vec::with_capacity(1);
            }
            let raw = Raw::new(json.since(start));
            self.value.elements.push(Element { kind, raw, place, told });
        }
    }

    #[inline]
    fn list<T: Read<'a>>(
        &mut self,
        name: &'static &'static str,
        json: &mut Json<'a>,
        kind: fn(Box<T>) -> EventKind<'a>,
    ) -> Step<()> {
        self.each(name, json, |json| {
            let element = Box::<T>::read(json)?.ok_or(MalformedReason::NotAnObject);
            let told = told(json.take_form(), true);
            Ok(element.map(|element| (kind(element), told)))
        })
    }

    fn errors(&mut self, json: &mut Json<'a>) -> Step<()> {
        self.each(&"errors", json, |json| {
            let error = Box::<GraphError>::read(json)?.ok_or(MalformedReason::NoCode);
            let told = told(json.take_form(), false);
            Ok(error.map(|error| (EventKind::Error(error), told)))
        })
    }

    /// Reads a list, element by element. One that cannot be read costs only itself.
    #[inline]
    fn each(
        &mut self,
        name: &'static &'static str,
        json: &mut Json<'a>,
        read: impl Fn(&mut Json<'a>) -> Step<Result<(EventKind<'a>, Told), MalformedReason>>,
    ) -> Step<()> {
        let start = json.at();
        if !json.list() {
            json.skip()?;
            self.malformed(name, MalformedReason::NotAList, start, json);
            return Ok(());
        }
        let mut index = 0;
        let mut first = true;
        while json.element(&mut first)? {
            let (start, budget) = (json.at(), json.budget());
            let read = read(json)?;
            let read = if json.refund(budget) { Err(MalformedReason::TooDense) } else { read };
            match read {
                Ok((kind, told)) => self.push(kind, Place::List(name, index), told, start, json),
                Err(reason) => self.malformed_element(name, index, reason, start, json),
            }
            if json.is_exhausted() {
                return self.pass_list(first, json);
            }
            index += 1;
        }
        if index == 0 {
            // Nothing is written for it.
            json.note(Form::Odd);
        }
        Ok(())
    }

    /// Passes over the rest of a list.
    fn pass_list(&self, mut first: bool, json: &mut Json<'a>) -> Step<()> {
        while json.element(&mut first)? {
            json.skip()?;
        }
        Ok(())
    }
}
