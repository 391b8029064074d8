//! From Meta's events to what they mean for a desk. Drops nothing.

use std::collections::BTreeMap;

use whatsapp_cloud::webhook::{
    ContactProfile, Content, Event, EventKind, Message, Status, StatusKind, System, Verified,
};
use whatsapp_cloud::wire::Text;

use crate::channel::{Authentic, Inbound, Said};
use crate::domain::{Delivery, Identity, Media, Profile, Received, ReceivedKind};
use crate::id::AccountId;
use crate::time::Timestamp;

pub(super) fn read(body: &Authentic) -> Vec<Inbound> {
    Verified::restored(body.as_bytes()).events().map(|event| translate(&event)).collect()
}

fn translate(event: &Event<'_>) -> Inbound {
    let raw = event.raw.as_ref().map(|raw| raw.get().to_owned()).unwrap_or_default();
    let (occurred, said) = match &event.kind {
        EventKind::Message(message) => (message.timestamp, said_by(event, message, &raw)),
        EventKind::Status(status) => (status.timestamp, told_of(status)),
        EventKind::Unparsed(unparsed) => (None, Said::Unreadable { reason: unparsed.to_string() }),
        EventKind::Error(_) => (event.time, Said::Notice { kind: "error".to_owned() }),
        EventKind::Malformed(_) => (event.time, Said::Notice { kind: "malformed".to_owned() }),
        // Also what a later version of the SDK tells: kept, and shown by its field.
        _ => {
            let kind = event.field.as_ref().map_or("unknown", Text::as_str).to_owned();
            (event.time, Said::Notice { kind })
        }
    };
    Inbound {
        account: event.phone_number_id.as_ref().map(|id| AccountId::new(id.as_str())),
        occurred: occurred.map(Timestamp::from_seconds),
        identity: event.dedupe_key(),
        said,
        raw,
    }
}

fn said_by(event: &Event<'_>, message: &Message<'_>, raw: &str) -> Said {
    let from = sender(event, message);
    if from.identities.is_empty() {
        return Said::Notice { kind: "message_without_sender".to_owned() };
    }
    let kind = match &message.content {
        Content::Reaction(_) | Content::Edit(_) | Content::Revoke(_) | Content::System(_) => {
            ReceivedKind::Annotation
        }
        _ => ReceivedKind::Message,
    };
    let received = Received {
        kind: message.kind.as_ref().map_or("unknown", Text::as_str).to_owned(),
        text: message.content.text().map(str::to_owned),
        media: media(&message.content),
        remote_id: owned(message.id.as_ref()),
        in_reply_to: refers_to(message),
        raw: raw.to_owned(),
    };
    Said::Message { from, kind, message: Box::new(received) }
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
    let phone = message.from.as_ref().or_else(|| contact?.wa_id.as_ref());
    let heard = identities(parent, user, phone);
    let (identities, former) = match &message.content {
        Content::System(system) => changed(system, heard),
        _ => (heard, Vec::new()),
    };
    Profile {
        name: contact.and_then(|contact| contact.name().map(str::to_owned)),
        identities,
        former,
        details: contact.map(details).unwrap_or_default(),
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
    let mut former = identities(parent, user, system.customer.as_ref());
    // What is not said to have changed is still theirs.
    for identity in from {
        let has_new = now.iter().any(|it| it.kind() == identity.kind());
        let list = if has_new { &mut former } else { &mut now };
        list.push(identity);
    }
    former.retain(|identity| !now.contains(identity));
    if now.is_empty() {
        // It says who it is about, and not what has become of them.
        std::mem::swap(&mut now, &mut former);
    }
    now.sort();
    former.sort();
    former.dedup();
    (now, former)
}

/// What Meta tells of a customer besides name and addresses.
fn details(contact: &ContactProfile<'_>) -> BTreeMap<String, String> {
    let profile = contact.profile.as_ref();
    [
        ("username", profile.and_then(|profile| profile.username.as_ref())),
        ("country_code", profile.and_then(|profile| profile.country_code.as_ref())),
        ("identity_key_hash", contact.identity_key_hash.as_ref()),
        // Not always the number in `from`: Brazil's ninth digit.
        ("wa_id", contact.wa_id.as_ref()),
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
