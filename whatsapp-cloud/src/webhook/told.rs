//! What most events have, under the same names whatever the kind.

use std::borrow::Cow;

use crate::webhook::alert::{AlertStatus, AlertType};
use crate::webhook::event::{Event, EventKind};
use crate::webhook::message::Message;
use crate::webhook::status::Status;
use crate::wire::Text;

/// What an event has of what most have.
#[derive(Default)]
struct Summary<'e> {
    type_word: Option<&'e str>,
    id: Option<Cow<'e, str>>,
    from: Option<&'e str>,
    timestamp: Option<i64>,
    status: Option<&'e str>,
    text: Option<&'e str>,
}

impl Event<'_> {
    /// `message` or `status` for an element of lists of these names, whatever the field;
    /// else the name of the field. For tables and logs.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::Verified;
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"account_review_update","value":{
    ///     "decision":"APPROVED"}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    ///
    /// assert_eq!(event.name(), "account_review_update");
    /// assert_eq!(event.status(), Some("APPROVED"));
    /// assert_eq!((event.id(), event.text()), (None, None));
    /// # Ok::<(), &str>(())
    /// ```
    pub fn name(&self) -> &str {
        match (&self.kind, self.member.as_ref().map(Text::as_str)) {
            (EventKind::Unknown | EventKind::Malformed(_), _) => {}
            (_, Some("messages")) => return "message",
            (_, Some("statuses")) => return "status",
            _ => {}
        }
        self.field.as_ref().map_or("", Text::as_str)
    }

    /// Meta's word for what kind of message, call, notice … it is.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::Verified;
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"messages","value":{"messages":[{
    ///     "from":"16505551234","id":"wamid.A","timestamp":"1749416383","type":"text",
    ///     "text":{"body":"Hi"}}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// assert_eq!((event.type_word(), event.text()), (Some("text"), Some("Hi")));
    /// assert_eq!((event.from(), event.timestamp()), (Some("16505551234"), Some(1_749_416_383)));
    /// # Ok::<(), &str>(())
    /// ```
    pub fn type_word(&self) -> Option<&str> {
        self.summary().type_word
    }

    /// The id of what it is about: a message, a call, a group, a template, a Flow …
    pub fn id(&self) -> Option<Cow<'_, str>> {
        self.summary().id
    }

    /// The phone number that it came from.
    pub fn from(&self) -> Option<&str> {
        self.summary().from
    }

    /// When it happened, in seconds since 1970, as far as it says so itself; else see
    /// [`Event::time`].
    pub fn timestamp(&self) -> Option<i64> {
        self.summary().timestamp
    }

    /// What became of what it is about, or was decided, in Meta's word.
    pub fn status(&self) -> Option<&str> {
        self.summary().status
    }

    /// What a person would read.
    pub fn text(&self) -> Option<&str> {
        self.summary().text
    }

    fn summary(&self) -> Summary<'_> {
        let all = Summary::default();
        match &self.kind {
            EventKind::Message(message)
            | EventKind::Echo(message)
            | EventKind::HistoryMessage(message)
            | EventKind::StandbyMessage(message) => of_message(message),
            EventKind::Status(status) | EventKind::StandbyStatus(status) => of_status(status),
            EventKind::UserAction(action) => {
                Summary { type_word: text(&action.action_type), timestamp: action.timestamp, ..all }
            }
            EventKind::ConversationContext(context) => Summary {
                type_word: text(&context.kind),
                text: context.summary.as_ref().and_then(|summary| text(&summary.text)),
                ..all
            },
            EventKind::ContactSync(sync) => Summary {
                type_word: text(&sync.kind),
                status: text(&sync.action),
                timestamp: sync.metadata.as_ref().and_then(|metadata| metadata.timestamp),
                ..all
            },
            EventKind::StandbyEcho(echo) => Summary {
                id: id(&echo.id),
                from: text(&echo.from),
                timestamp: echo.timestamp,
                ..all
            },
            EventKind::Handover(handover) => {
                Summary { type_word: text(&handover.kind), timestamp: handover.timestamp, ..all }
            }
            EventKind::Call(call) => Summary {
                type_word: text(&call.event),
                id: id(&call.id),
                from: text(&call.from),
                timestamp: call.timestamp,
                status: text(&call.status),
                ..all
            },
            EventKind::AccountSettings(update) => Summary {
                type_word: text(&update.kind),
                id: update
                    .phone_number_settings
                    .as_ref()
                    .and_then(|settings| id(&settings.phone_number_id)),
                timestamp: update.timestamp,
                status: update
                    .phone_number_settings
                    .as_ref()
                    .and_then(|settings| text(&settings.calling.as_ref()?.status)),
                ..all
            },
            EventKind::Flow(flow) => Summary {
                type_word: text(&flow.event),
                id: id(&flow.flow_id),
                status: text(&flow.new_status).or_else(|| text(&flow.alert_state)),
                text: text(&flow.message),
                ..all
            },
            EventKind::UserPreference(preference) => Summary {
                type_word: text(&preference.category),
                timestamp: preference.timestamp,
                status: text(&preference.value),
                ..all
            },
            EventKind::UserIdUpdate(update) => Summary { timestamp: update.timestamp, ..all },
            EventKind::BusinessUsername(update) => {
                Summary { status: text(&update.status).or_else(|| text(&update.decision)), ..all }
            }
            EventKind::AutomaticEvent(event) => Summary {
                type_word: text(&event.event_name),
                id: id(&event.id),
                timestamp: event.timestamp,
                ..all
            },
            EventKind::Group(group) => Summary {
                type_word: text(&group.kind),
                id: id(&group.group_id),
                timestamp: group.timestamp,
                ..all
            },
            EventKind::TemplateStatus(template) => Summary {
                type_word: text(&template.event),
                id: number(template.message_template_id),
                ..all
            },
            EventKind::TemplateQuality(template) => Summary {
                id: number(template.message_template_id),
                status: text(&template.new_quality_score),
                ..all
            },
            EventKind::TemplateComponents(template) => Summary {
                id: number(template.message_template_id),
                text: text(&template.message_template_element),
                ..all
            },
            EventKind::TemplateCategory(template) => {
                Summary { id: number(template.message_template_id), ..all }
            }
            EventKind::TemplateCorrectCategory(template) => {
                Summary { id: number(template.message_template_id), ..all }
            }
            EventKind::PhoneNumberName(name) => Summary { status: text(&name.decision), ..all },
            EventKind::PhoneNumberQuality(quality) => {
                Summary { type_word: text(&quality.event), ..all }
            }
            EventKind::AccountUpdate(update) => Summary { type_word: text(&update.event), ..all },
            EventKind::AccountReview(review) => Summary { status: text(&review.decision), ..all },
            EventKind::AccountAlert(alert) => Summary {
                type_word: alert.kind().map(AlertType::as_str),
                id: id(&alert.entity_id),
                status: alert.status().map(AlertStatus::as_str),
                text: alert.description().map(Text::as_str),
                ..all
            },
            EventKind::Security(security) => Summary { type_word: text(&security.event), ..all },
            EventKind::PaymentConfiguration(configuration) => Summary {
                id: id(&configuration.configuration_name),
                timestamp: configuration.updated_timestamp,
                status: text(&configuration.status),
                ..all
            },
            EventKind::PartnerSolution(solution) => Summary {
                type_word: text(&solution.event),
                id: id(&solution.solution_id),
                status: text(&solution.solution_status),
                ..all
            },
            EventKind::History(_)
            | EventKind::BusinessCapability(_)
            | EventKind::Error(_)
            | EventKind::Empty
            | EventKind::Unknown
            | EventKind::Malformed(_)
            | EventKind::Unparsed(_) => all,
        }
    }
}

fn of_message<'e>(message: &'e Message<'_>) -> Summary<'e> {
    Summary {
        type_word: text(&message.kind),
        id: id(&message.id),
        from: text(&message.from),
        timestamp: message.timestamp,
        status: None,
        text: message.content.text(),
    }
}

fn of_status<'e>(status: &'e Status<'_>) -> Summary<'e> {
    Summary {
        type_word: text(&status.kind),
        id: id(&status.id),
        from: text(&status.from),
        timestamp: status.timestamp,
        status: text(&status.status),
        ..Summary::default()
    }
}

/// A text, or a word of Meta's.
fn text<T: AsRef<str>>(text: &Option<T>) -> Option<&str> {
    text.as_ref().map(AsRef::as_ref)
}

fn id<'e>(id: &'e Option<Text<'_>>) -> Option<Cow<'e, str>> {
    text(id).map(Cow::Borrowed)
}

fn number(id: Option<i64>) -> Option<Cow<'static, str>> {
    id.map(|id| Cow::Owned(id.to_string()))
}
