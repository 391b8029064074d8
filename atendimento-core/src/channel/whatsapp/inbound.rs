//! From Meta's events to what they mean for a desk. Drops nothing.

use std::collections::BTreeMap;

use serde_json::Value;
use whatsapp_cloud::webhook::{
    Call, CallDirection, CallEvent, ContactProfile, Content, Event, EventKind, Handover,
    HistoryChunk, HistoryThread, Message, OwnerRole, StandbyEcho, Status, StatusKind, System,
    Verified,
};
use whatsapp_cloud::wire::Text;

use crate::channel::{Authentic, Inbound, Said};
use crate::domain::phone::Phone;
use crate::domain::{
    Delivery, Direction, Identity, Media, Profile, Received, ReceivedKind, ThreadOwner,
};
use crate::id::AccountId;
use crate::time::Timestamp;

pub(super) fn read(body: &Authentic, roles: &[OwnerRole]) -> Vec<Inbound> {
    let verified = Verified::restored(body.as_bytes());
    let mut said = Vec::new();
    for event in verified.events() {
        match &event.kind {
            EventKind::History(chunk) => said.extend(long_ago(&event, chunk)),
            _ => said.push(translate(&event, roles)),
        }
    }
    said
}

fn translate(event: &Event<'_>, roles: &[OwnerRole]) -> Inbound {
    let raw = event.raw.as_ref().map(|raw| raw.get().to_owned()).unwrap_or_default();
    let notice = |kind: &str| Said::Notice { kind: kind.to_owned() };
    let (occurred, said) = match &event.kind {
        EventKind::Message(message) => {
            (message.timestamp, by_customer(event, message, ReceivedKind::Message, &raw))
        }
        EventKind::StandbyMessage(message) => {
            (message.timestamp, by_customer(event, message, ReceivedKind::Standby, &raw))
        }
        EventKind::HistoryMessage(message) => {
            let is_echo = event.member.as_ref().is_some_and(|it| it.as_str() == "message_echoes");
            let said = match is_echo {
                true => by_business(message, ReceivedKind::History, &raw),
                false => by_customer(event, message, ReceivedKind::History, &raw),
            };
            (message.timestamp, said)
        }
        EventKind::Echo(message) => {
            (message.timestamp, by_business(message, ReceivedKind::Echo, &raw))
        }
        EventKind::StandbyEcho(echo) => (echo.timestamp, by_another_app(echo, &raw)),
        EventKind::Handover(handover) => (handover.timestamp, passed(handover, roles, &raw)),
        EventKind::Call(call) => (call.timestamp, called(event, call, &raw)),
        EventKind::Status(status) => {
            let said = state_of_call(status, &raw).unwrap_or_else(|| told_of(status));
            (status.timestamp, said)
        }
        EventKind::Unparsed(unparsed) => (None, Said::Unreadable { reason: unparsed.to_string() }),
        EventKind::Error(_) => (event.time, notice("error")),
        EventKind::Malformed(_) => (event.time, notice("malformed")),
        // Also what a later version of the SDK tells: kept, and shown by its field.
        _ => (event.time, notice(event.field.as_ref().map_or("unknown", Text::as_str))),
    };
    Inbound {
        account: account_of(event),
        occurred: occurred.map(Timestamp::from_seconds),
        identity: event.dedupe_key(),
        said,
        raw,
    }
}

/// The number of the business. A change of hands names it in a place of its own.
fn account_of(event: &Event<'_>) -> Option<AccountId> {
    let id = event.phone_number_id.as_ref();
    let id = id.or_else(|| match &event.kind {
        EventKind::Handover(handover) => handover.recipient.as_ref()?.phone_number_id.as_ref(),
        _ => None,
    });
    id.map(|id| AccountId::new(id.as_str()))
}

/// What a customer wrote, to us or to another app.
fn by_customer(event: &Event<'_>, message: &Message<'_>, kind: ReceivedKind, raw: &str) -> Said {
    let from = sender(event, message);
    let kind = kind_of(message, kind);
    // Who is told the message itself has the customer, and who is told a copy has not. The
    // answer to a question about calls comes to both.
    let thread = match (&message.content, kind) {
        (Content::CallPermissionReply(_), _) => None,
        (_, ReceivedKind::Standby) => Some(ThreadOwner::Others),
        (_, ReceivedKind::Message) => Some(ThreadOwner::Ours),
        _ => None,
    };
    said(from, kind, Direction::Inbound, thread, message, raw)
}

/// What the business wrote in another app.
fn by_business(message: &Message<'_>, kind: ReceivedKind, raw: &str) -> Said {
    let (parent, user) = (message.to_parent_user_id.as_ref(), message.to_user_id.as_ref());
    let identities = match &message.group_id {
        Some(group) => vec![Identity::Group(group.as_str().to_owned())],
        None => identities(parent, user, message.to.as_ref()),
    };
    let to = Profile { identities, ..Profile::default() };
    said(to, kind_of(message, kind), Direction::Outbound, None, message, raw)
}

/// A message of the past. Who wrote it is the customer of the thread, or the business: both are
/// named in it, whoever it was.
fn of_thread(message: &Message<'_>, thread: &HistoryThread<'_>, raw: &str) -> Said {
    let mut customer = customer_of(thread);
    let (parent, user) = (message.from_parent_user_id.as_ref(), message.from_user_id.as_ref());
    let from = identities(parent, user, message.from.as_ref());
    // Only customers have ids. A number may be written in another form than the thread's.
    let by_customer = from.iter().any(|it| customer.contains(it) || it.kind().is_id())
        || message.from.is_some() && !is_another_number(message.from.as_ref(), number_of(thread));
    let (parent, user) = (message.to_parent_user_id.as_ref(), message.to_user_id.as_ref());
    let also = if by_customer { from } else { identities(parent, user, message.to.as_ref()) };
    customer.extend(also);
    customer.sort();
    customer.dedup();
    let direction = if by_customer { Direction::Inbound } else { Direction::Outbound };
    let username = thread.context.as_deref().and_then(|it| owned(it.username.as_ref()));
    let details = username.map(|name| ("username".to_owned(), name)).into_iter().collect();
    let customer = Profile { identities: customer, details, ..Profile::default() };
    said(customer, ReceivedKind::History, direction, None, message, raw)
}

fn customer_of(thread: &HistoryThread<'_>) -> Vec<Identity> {
    let customer = thread.context.as_deref();
    let parent = customer.and_then(|customer| customer.parent_user_id.as_ref());
    let user = customer.and_then(|customer| customer.user_id.as_ref());
    identities(parent, user, number_of(thread))
}

fn number_of<'a>(thread: &'a HistoryThread<'a>) -> Option<&'a Text<'a>> {
    let customer = thread.context.as_deref();
    customer.and_then(|customer| customer.wa_id.as_ref()).or(thread.id.as_ref())
}

/// Each message of a piece of the past by itself: a piece that comes again in another division
/// says nothing new.
fn long_ago(event: &Event<'_>, chunk: &HistoryChunk<'_>) -> Vec<Inbound> {
    let account = account_of(event);
    let mut said = Vec::new();
    for thread in &chunk.threads {
        for message in &thread.messages {
            let raw = serde_json::to_string(message).unwrap_or_default();
            let mut identity = b"history".to_vec();
            for part in
                [account.as_ref().map(AccountId::as_str), message.id.as_ref().map(Text::as_str)]
            {
                identity.push(0);
                identity.extend(part.unwrap_or_default().as_bytes());
            }
            if message.id.is_none() {
                identity.extend(raw.as_bytes());
            }
            said.push(Inbound {
                account: account.clone(),
                occurred: message.timestamp.map(Timestamp::from_seconds),
                identity,
                said: of_thread(message, thread, &raw),
                raw,
            });
        }
    }
    // How far the past has come, or why there is none, and what is not understood of it. Nothing
    // else of customers: what the company's key seals cannot be erased for one of them.
    let raw = event.raw.as_ref().map_or("", |raw| raw.get());
    let mut rest: Value = serde_json::from_str(raw).unwrap_or_default();
    let mut unknown = Vec::new();
    for mut thread in rest["threads"].as_array().cloned().unwrap_or_default() {
        if let Some(messages) = thread["messages"].as_array_mut() {
            messages.retain(|message| !message.is_object());
        }
        let is_known = |(name, value): (&String, &Value)| match name.as_str() {
            "id" | "context" => true,
            "messages" => value.as_array().is_some_and(Vec::is_empty),
            _ => false,
        };
        if !thread.as_object().is_some_and(|thread| thread.iter().all(is_known)) {
            unknown.push(thread);
        }
    }
    if let Some(rest) = rest.as_object_mut() {
        rest.remove("threads");
        if !unknown.is_empty() {
            rest.insert("threads".to_owned(), Value::Array(unknown));
        }
    }
    said.push(Inbound {
        account,
        occurred: event.time.map(Timestamp::from_seconds),
        identity: event.dedupe_key(),
        said: Said::Notice { kind: "history".to_owned() },
        raw: rest.to_string(),
    });
    said
}

/// What another app of the business wrote to a customer that it has: the body of its call.
fn by_another_app(echo: &StandbyEcho<'_>, raw: &str) -> Said {
    let body = echo.message.as_ref().and_then(|raw| serde_json::from_str::<Value>(raw.get()).ok());
    let member = |name: &str| body.as_ref()?.get(name)?.as_str().map(str::to_owned);
    let to = [
        owned(echo.to.as_ref()),
        owned(echo.recipient.as_ref()),
        member("to"),
        member("recipient"),
    ];
    let mut identities: Vec<_> = to.into_iter().flatten().filter_map(|it| recipient(&it)).collect();
    identities.sort();
    identities.dedup();
    if identities.is_empty() {
        return Said::Notice { kind: "message_without_recipient".to_owned() };
    }
    let text = || body.as_ref()?.get("text")?.get("body")?.as_str().map(str::to_owned);
    let received = Received {
        kind: member("type").unwrap_or_else(|| "text".to_owned()),
        text: text(),
        media: None,
        remote_id: owned(echo.id.as_ref()),
        in_reply_to: None,
        raw: raw.to_owned(),
    };
    Said::Message {
        from: Profile { identities, ..Profile::default() },
        kind: ReceivedKind::Echo,
        direction: Direction::Outbound,
        thread: Some(ThreadOwner::Others),
        revokes: None,
        message: Box::new(received),
    }
}

/// A phone number, or an id, which always has a dot.
fn recipient(written: &str) -> Option<Identity> {
    let digits = written.trim_start_matches('+');
    if written.contains('.') {
        Some(Identity::User(written.to_owned()))
    } else if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        Some(Identity::Phone(digits.to_owned()))
    } else {
        None
    }
}

/// Who has a customer from now on, decided by role: Meta takes the ids of apps away.
fn passed(handover: &Handover<'_>, roles: &[OwnerRole], raw: &str) -> Said {
    let sender = handover.sender.as_deref();
    let user = sender.and_then(|sender| sender.user_id.as_ref());
    let identities = identities(None, user, sender.and_then(|sender| sender.phone_number.as_ref()));
    let change = handover.change();
    let role = change.and_then(|change| change.new_owner_role.as_ref());
    let (Some(role), false) = (role, identities.is_empty()) else {
        return Said::Notice { kind: "messaging_handovers".to_owned() };
    };
    let to = if roles.contains(role) { ThreadOwner::Ours } else { ThreadOwner::Others };
    let kind = match to {
        ThreadOwner::Ours => ReceivedKind::HandedOver,
        ThreadOwner::Others => ReceivedKind::Annotation,
    };
    let summary = || {
        let context = change?.conversation_context.as_deref()?;
        owned(context.summary.as_deref()?.text.as_ref())
    };
    let received = Received {
        kind: "handover".to_owned(),
        text: summary(),
        media: None,
        remote_id: None,
        in_reply_to: None,
        raw: raw.to_owned(),
    };
    Said::Message {
        from: Profile { identities, ..Profile::default() },
        kind,
        direction: Direction::Inbound,
        thread: Some(to),
        revokes: None,
        message: Box::new(received),
    }
}

/// A call. The customer's opens the window, answered or not; the business's does when the
/// customer takes it.
///
/// Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/calling/user-initiated-calls>
fn called(event: &Event<'_>, call: &Call<'_>, raw: &str) -> Said {
    let by_customer = match call.direction {
        Some(CallDirection::UserInitiated) => true,
        Some(CallDirection::BusinessInitiated) => false,
        _ => return Said::Notice { kind: "calls".to_owned() },
    };
    let (parent, user, phone) = match by_customer {
        true => (&call.from_parent_user_id, &call.from_user_id, &call.from),
        false => (&call.to_parent_user_id, &call.to_user_id, &call.to),
    };
    // Only customers have ids, whoever called. Meta's own example of a call by the business names
    // its number where the customer's should be.
    let user = user.as_ref().or(call.from_user_id.as_ref()).or(call.to_user_id.as_ref());
    let is_ours = |phone: &Option<Text<'_>>| {
        let ours = event.display_phone_number.as_ref().map(|it| digits(it.as_str()));
        phone.is_some() && phone.as_ref().map(|it| digits(it.as_str())) == ours
    };
    let other = if by_customer { &call.to } else { &call.from };
    let phone = if is_ours(phone) { other } else { phone };
    let identities = identities(parent.as_ref(), user, phone.as_ref());
    if identities.is_empty() {
        return Said::Notice { kind: "call_without_customer".to_owned() };
    }
    let was_taken = call.start_time.is_some() || call.duration.is_some_and(|time| time > 0);
    let kind = match (&call.event, by_customer) {
        (Some(CallEvent::Connect | CallEvent::Created), true) => ReceivedKind::Call,
        (Some(CallEvent::Terminate), true) => ReceivedKind::CallProgress,
        (Some(CallEvent::Terminate), false) if was_taken => ReceivedKind::CallProgress,
        _ => ReceivedKind::Annotation,
    };
    let contact = event.contact.as_deref();
    let from = Profile {
        name: contact.and_then(|contact| contact.name().map(str::to_owned)),
        identities,
        ..Profile::default()
    };
    let direction = if by_customer { Direction::Inbound } else { Direction::Outbound };
    let message = Box::new(of_call(call.id.as_ref(), raw));
    Said::Message { from, kind, direction, thread: None, revokes: None, message }
}

fn digits(written: &str) -> String {
    written.chars().filter(char::is_ascii_digit).collect()
}

/// What becomes of a call of the business's before it ends. That the customer takes it opens the
/// window.
fn state_of_call(status: &Status<'_>, raw: &str) -> Option<Said> {
    let is_call = status.kind.as_ref().is_some_and(|kind| kind.as_str() == "call");
    if !is_call {
        return None;
    }
    let kind = match status.status {
        Some(StatusKind::Accepted) => ReceivedKind::CallProgress,
        _ => ReceivedKind::Annotation,
    };
    let (parent, user) =
        (status.recipient_parent_user_id.as_ref(), status.recipient_user_id.as_ref());
    let identities = identities(parent, user, status.recipient_id.as_ref());
    if identities.is_empty() {
        return None;
    }
    Some(Said::Message {
        from: Profile { identities, ..Profile::default() },
        kind,
        direction: Direction::Outbound,
        thread: None,
        revokes: None,
        message: Box::new(of_call(status.id.as_ref(), raw)),
    })
}

fn of_call(id: Option<&Text<'_>>, raw: &str) -> Received {
    Received {
        kind: "call".to_owned(),
        text: None,
        media: None,
        remote_id: None,
        in_reply_to: owned(id),
        raw: raw.to_owned(),
    }
}

/// What belongs to what was said before is an annotation, wherever it was said.
fn kind_of(message: &Message<'_>, kind: ReceivedKind) -> ReceivedKind {
    match (&message.content, kind) {
        (_, ReceivedKind::History) => ReceivedKind::History,
        (Content::Reaction(_) | Content::Edit(_) | Content::Revoke(_) | Content::System(_), _) => {
            ReceivedKind::Annotation
        }
        (_, kind) => kind,
    }
}

fn said(
    from: Profile,
    kind: ReceivedKind,
    direction: Direction,
    thread: Option<ThreadOwner>,
    message: &Message<'_>,
    raw: &str,
) -> Said {
    if from.identities.is_empty() {
        let kind = match direction {
            Direction::Outbound => "message_without_recipient",
            Direction::Inbound | Direction::Internal => "message_without_sender",
        };
        return Said::Notice { kind: kind.to_owned() };
    }
    let revokes = match &message.content {
        Content::Revoke(revoke) => owned(revoke.original_message_id.as_ref()),
        _ => None,
    };
    let received = Received {
        kind: message.kind.as_ref().map_or("unknown", Text::as_str).to_owned(),
        text: message.content.text().map(str::to_owned),
        media: media(&message.content),
        remote_id: owned(message.id.as_ref()),
        in_reply_to: refers_to(message),
        raw: raw.to_owned(),
    };
    Said::Message { from, kind, direction, thread, revokes, message: Box::new(received) }
}

/// Who wrote, the most certain address first.
fn sender(event: &Event<'_>, message: &Message<'_>) -> Profile {
    if let Some(group) = &message.group_id {
        // An answer goes to the group; who of them wrote stands in the message.
        let identities = vec![Identity::Group(group.as_str().to_owned())];
        return Profile { identities, ..Profile::default() };
    }
    let contact = event.contact.as_deref();
    let user = message.from_user_id.as_ref().or_else(|| contact?.user_id.as_ref());
    let parent = message.from_parent_user_id.as_ref().or_else(|| contact?.parent_user_id.as_ref());
    let wa_id = contact.and_then(|contact| contact.wa_id.as_ref());
    let phone = message.from.as_ref().or(wa_id);
    let mut heard = identities(parent, user, phone);
    // Not always written as in `from`: Brazil's ninth digit. What was written from is the last.
    let also = identities(None, None, wa_id.filter(|_| !is_another_number(wa_id, phone)));
    let also = also.into_iter().filter(|it| !heard.contains(it)).collect::<Vec<_>>();
    let before = heard.iter().filter(|it| it.kind().is_id()).count();
    heard.splice(before..before, also);
    let (identities, former) = match &message.content {
        Content::System(system) => changed(system, heard),
        _ => (heard, Vec::new()),
    };
    Profile {
        name: contact.and_then(|contact| contact.name().map(str::to_owned)),
        identities,
        former,
        details: contact.map(|contact| details(contact, phone)).unwrap_or_default(),
        ..Profile::default()
    }
}

fn identities(
    parent: Option<&Text<'_>>,
    user: Option<&Text<'_>>,
    phone: Option<&Text<'_>>,
) -> Vec<Identity> {
    let parent = owned(parent).map(Identity::Parent);
    let user = owned(user).map(Identity::User);
    let phone = owned(phone).map(Identity::Phone);
    let all = [parent, user, phone].into_iter().flatten();
    all.filter(|identity| !identity.as_str().is_empty()).collect()
}

/// How the customer of a notice is reached from now on, and how until now.
///
/// The notice itself comes from the address until now, or from none that it names.
fn changed(system: &System<'_>, from: Vec<Identity>) -> (Vec<Identity>, Vec<Identity>) {
    let (parent, user) = (system.parent_user_id.as_ref(), system.user_id.as_ref());
    let mut now = identities(parent, user, system.wa_id.as_ref());
    let (parent, user) =
        (system.previous_parent_user_id.as_ref(), system.previous_user_id.as_ref());
    let mut former = identities(parent, user, None);
    // What is not said to have changed is still theirs.
    let new: Vec<_> = now.iter().map(Identity::kind).collect();
    for identity in from.into_iter().chain(identities(None, None, system.customer.as_ref())) {
        let list = if new.contains(&identity.kind()) { &mut former } else { &mut now };
        list.push(identity);
    }
    former.retain(|identity| !now.contains(identity));
    if now.is_empty() {
        // It says who it is about, and not what has become of them.
        std::mem::swap(&mut now, &mut former);
    }
    now.sort();
    now.dedup();
    former.sort();
    former.dedup();
    (now, former)
}

/// Whether these are surely not two ways to write one number.
fn is_another_number(one: Option<&Text<'_>>, other: Option<&Text<'_>>) -> bool {
    let key = |written: Option<&Text<'_>>| {
        let written = written.map(Text::as_str);
        let phone = written.and_then(|written| Phone::of_wa_id(written).ok());
        phone.map(|phone| phone.key().to_owned()).or_else(|| written.map(str::to_owned))
    };
    key(one) != key(other)
}

/// What Meta tells of a customer besides name and addresses.
fn details(contact: &ContactProfile<'_>, phone: Option<&Text<'_>>) -> BTreeMap<String, String> {
    let profile = contact.profile.as_ref();
    // Where it is the customer's number, it is kept as such, which passes on.
    let wa_id = contact.wa_id.as_ref();
    let wa_id = wa_id.filter(|_| is_another_number(wa_id, phone));
    [
        ("username", profile.and_then(|profile| profile.username.as_ref())),
        ("country_code", profile.and_then(|profile| profile.country_code.as_ref())),
        ("identity_key_hash", contact.identity_key_hash.as_ref()),
        ("wa_id", wa_id),
    ]
    .into_iter()
    .filter_map(|(word, value)| Some((word.to_owned(), owned(value)?)))
    .collect()
}

fn refers_to(message: &Message<'_>) -> Option<String> {
    match &message.content {
        Content::Reaction(reaction) => owned(reaction.message_id.as_ref()),
        Content::Edit(edit) => owned(edit.original_message_id.as_ref()),
        Content::Revoke(revoke) => owned(revoke.original_message_id.as_ref()),
        _ => message.context.as_ref().and_then(|context| owned(context.id.as_ref())),
    }
}

fn media(content: &Content<'_>) -> Option<Media> {
    let (Content::Image(media)
    | Content::Video(media)
    | Content::Audio(media)
    | Content::Sticker(media)
    | Content::Document(media)) = content
    else {
        return None;
    };
    Some(Media {
        id: owned(media.id.as_ref())?,
        mime_type: owned(media.mime_type.as_ref()),
        sha256: owned(media.sha256.as_ref()),
        filename: owned(media.filename.as_ref()),
    })
}

fn told_of(status: &Status<'_>) -> Said {
    let delivery = match (&status.kind, &status.status) {
        // A payment's or a call's: about a message of ours, and no delivery of it.
        (Some(_), _) | (None, None) => None,
        (None, Some(kind)) => match kind {
            StatusKind::Sent => Some(Delivery::Sent),
            StatusKind::Delivered => Some(Delivery::Delivered),
            StatusKind::Read => Some(Delivery::Read),
            StatusKind::Played => Some(Delivery::Played),
            StatusKind::Failed => {
                Some(Delivery::Failed { code: status.errors.first().map(|error| error.code) })
            }
            StatusKind::Deleted => Some(Delivery::Deleted),
            _ => None,
        },
    };
    Said::Status {
        remote_id: owned(status.id.as_ref()),
        correlation: owned(status.biz_opaque_callback_data.as_ref()),
        delivery,
    }
}

fn owned(text: Option<&Text<'_>>) -> Option<String> {
    text.map(|text| text.as_str().to_owned())
}
