//! Who is in a group.

use crate::api::call::call;
use crate::api::groups::GroupRequest;
use crate::api::recipient::{check_phone_or_user, with_plus};
use crate::id::GroupId;
use crate::wire::{WhatsApp, object};

/// How many people a group has at most.
const MOST_PARTICIPANTS: usize = 8;

call! {
    /// Takes people out of a group. They cannot come back by the link.
    ///
    /// Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/groups/reference>
    ///
    /// ```
    /// use whatsapp_cloud::api::groups::{Participant, Participants, RemoveParticipants};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let one = Participant { user: "+17865347866".to_owned(), ..Participant::default() };
    /// let people = Participants { participants: vec![one], ..Participants::default() };
    /// let call = RemoveParticipants::new("Y2FwaV9ncm91cDox", people);
    /// assert_eq!(call.request()?.target()?, "Y2FwaV9ncm91cDox/participants");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct RemoveParticipants -> GroupRequest = "remove participants", idempotent;
    delete "/{group_id}/participants" {
        /// The group.
        group_id: GroupId,
    }
    body {
        /// Whom.
        people: Participants => Participants::meant
    }
}

call! {
    /// Puts people into a group.
    ///
    /// In Meta's OpenAPI file only: its page on groups says that people come by the link, and
    /// that nobody can be added.
    ///
    /// Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/groups/reference>
    ///
    /// ```
    /// use whatsapp_cloud::api::groups::{AddParticipants, Participants};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let nobody = AddParticipants::new("Y2FwaV9ncm91cDox", Participants::default());
    /// assert!(nobody.request().is_err());
    /// ```
    pub struct AddParticipants -> GroupRequest = "add participants", idempotent;
    post "/{group_id}/participants" {
        /// The group.
        group_id: GroupId,
    }
    body {
        /// Whom.
        people: Participants => Participants::meant
    }
}

object! {
    /// People who are put into a group, or taken out of it.
    ///
    /// ```
    /// use whatsapp_cloud::api::groups::{Participants, RemoveParticipants};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let two: Participants = serde_json::from_str(
    ///     r#"{"participants":[{"user":"+16505551234"},{"user":"+16505555678"}]}"#,
    /// )?;
    /// assert!(RemoveParticipants::new("Y2FwaV9ncm91cDox", two).request().is_ok());
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct Participants {
        /// `whatsapp`.
        pub messaging_product: WhatsApp = "messaging_product",
        /// They: 1 to 8.
        pub participants: Vec<Participant> = "participants",
    }
    check |people, found| {
        let count = people.participants.len();
        if count == 0 || count > MOST_PARTICIPANTS {
            found.add("participants", format!("1 to {MOST_PARTICIPANTS} people, found {count}"));
        }
    }
}

impl Participants {
    /// With a `+` before each number, without which Meta reads it as one of the sender's country.
    fn meant(&self) -> Self {
        let written = |one: &Participant| Participant { user: with_plus(&one.user), ..one.clone() };
        Self { participants: self.participants.iter().map(written).collect(), ..self.clone() }
    }
}

object! {
    /// Somebody, by phone number or by user id.
    ///
    /// ```
    /// use whatsapp_cloud::api::groups::{AddParticipants, Participant, Participants};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let ana = Participant { user: "+16505551234".to_owned(), ..Participant::default() };
    /// let people = Participants { participants: vec![ana], ..Participants::default() };
    /// assert!(AddParticipants::new("Y2FwaV9ncm91cDox", people).request().is_ok());
    /// ```
    pub struct Participant {
        /// The phone number in international form with its `+`, or the user id.
        pub user: String = "user",
    }
    check |participant, found| {
        if participant.user.is_empty() {
            found.add("user", "a phone number or a user id, found none");
        } else {
            check_phone_or_user("user", &participant.user, found);
        }
    }
}
