//! The identifiers that Meta hands out, each with a type of its own.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! id {
    ($(#[$doc:meta])* $name:ident $(, debug = $shown:literal)?) => {
        $(#[$doc])*
        #[derive(Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Takes an identifier as Meta wrote it.
            pub fn new(id: impl Into<String>) -> Self {
                Self(id.into())
            }

            /// The identifier as Meta wrote it.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(id: &str) -> Self {
                Self(id.to_owned())
            }
        }

        impl From<String> for $name {
            fn from(id: String) -> Self {
                Self(id)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        id!(@fmt $name $($shown)?);
    };
    (@fmt $name:ident $shown:literal) => {
        /// Shows no more than the kind: the identifier leads to a person.
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str($shown)
            }
        }
    };
    (@fmt $name:ident) => {
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

id! {
    /// A business phone number (`{phone-number-id}` in Meta's paths).
    ///
    /// ```
    /// use whatsapp_cloud::PhoneNumberId;
    ///
    /// let number = PhoneNumberId::new("106540352242922");
    /// assert_eq!(number.as_str(), "106540352242922");
    /// ```
    PhoneNumberId
}

id! {
    /// A WhatsApp Business Account (`{waba-id}`).
    AccountId
}

id! {
    /// A media object that Meta keeps (`{media-id}`): 30 days when uploaded, 7 when received.
    MediaId
}

id! {
    /// A message (`wamid.…`). Opaque, and to be kept like a phone number: Meta encodes one in it.
    ///
    /// ```
    /// use whatsapp_cloud::MessageId;
    ///
    /// let id = MessageId::new("wamid.HBgLMTY1MDU1NTEyMzQVAgARGBI=");
    /// assert_eq!(format!("{id:?}"), "MessageId(…)");
    /// ```
    MessageId, debug = "MessageId(…)"
}

id! {
    /// A business-scoped user id (`BR.…`): a customer who may have no visible phone number.
    UserId, debug = "UserId(…)"
}

id! {
    /// A WhatsApp group.
    GroupId
}

id! {
    /// An app of Meta's platform (`{app-id}`).
    AppId
}

id! {
    /// A business portfolio (`{business-id}`).
    BusinessId
}

id! {
    /// A message template (`{template-id}`).
    TemplateId
}

id! {
    /// A Flow (`{flow-id}`).
    FlowId
}

id! {
    /// Anything else that Meta numbers: a solution, an intent, an invitation, a credit line.
    NodeId
}

id! {
    /// A resumable upload (`upload:…?sig=…`). Whoever has it can go on with the upload.
    UploadId, debug = "UploadId(…)"
}
