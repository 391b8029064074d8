//! From what an agent writes to Meta's call, and from Meta's answer to what it means.

use whatsapp_cloud::api::Recipient;
use whatsapp_cloud::api::messages::{MediaSource, Message, Template};
use whatsapp_cloud::{Client, Error, ErrorKind, GroupId, UserId};

use crate::channel::{Outbound, SendOutcome};
use crate::domain::{Identity, Outgoing};

/// Meta's code for a closed customer-service window.
const WINDOW_CLOSED: i64 = 131_047;

pub(super) async fn send(client: &Client, outbound: Outbound) -> SendOutcome {
    let Some(message) = message(&outbound) else {
        return SendOutcome::Refused { code: None, window_closed: false };
    };
    let number = client.phone_number(outbound.account.as_str());
    match number.send(message).await {
        Ok(sent) => SendOutcome::Accepted {
            remote_id: sent.id().as_str().to_owned(),
            observed: sent.contacts.first().and_then(|it| it.wa_id.clone()).map(Identity::Phone),
        },
        Err(error) => outcome_of(&error),
    }
}

fn message(outbound: &Outbound) -> Option<Message> {
    let to = match &outbound.to {
        Identity::Phone(phone) => Recipient::wa_id(phone.as_str()),
        Identity::User(id) | Identity::Parent(id) => Recipient::User(UserId::new(id)),
        Identity::Group(id) => Recipient::Group(GroupId::new(id)),
    };
    let mut message = match &outbound.content {
        Outgoing::Text { body } => Message::text(to, body),
        Outgoing::Template { name, language, parameters } => {
            let mut template = Template::new(name, language);
            if !parameters.is_empty() {
                template = template.body(parameters.iter().map(String::as_str));
            }
            Message::template(to, template)
        }
        Outgoing::Media { kind, id, caption } => {
            let source = MediaSource::id(id.as_str());
            let message = match kind.as_str() {
                "image" => Message::image(to, source),
                "video" => Message::video(to, source),
                "audio" => Message::audio(to, source),
                "document" => Message::document(to, source),
                "sticker" => Message::sticker(to, source),
                _ => return None,
            };
            match caption {
                Some(caption) => message.with_caption(caption),
                None => message,
            }
        }
    };
    if let Some(id) = &outbound.in_reply_to {
        message = message.reply_to(id.as_str());
    }
    Some(message.with_opaque_data(outbound.correlation.as_str()))
}

fn outcome_of(error: &Error) -> SendOutcome {
    // One rule decides whether a send may be repeated, and the SDK has it. What passes only in
    // hours or days (a customer's limit for marketing) is the agent's to know.
    let passes_soon = matches!(error.kind(), ErrorKind::NotSent | ErrorKind::RateLimited);
    if error.is_retryable() && passes_soon {
        return SendOutcome::NotSent { after: error.retry_after() };
    }
    if error.may_have_been_sent() {
        return SendOutcome::MaybeSent;
    }
    let window_closed = error.code() == Some(WINDOW_CLOSED);
    match error.kind() {
        // A new token or a client that is set up anew sends it; the customer must not be lost.
        ErrorKind::Authentication | ErrorKind::Configuration => {
            SendOutcome::NotSent { after: None }
        }
        _ => SendOutcome::Refused { code: error.code(), window_closed },
    }
}
