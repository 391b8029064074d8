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
    ///
    /// ```
    /// use whatsapp_cloud::AccountId;
    /// use whatsapp_cloud::api::account::GetAccount;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// assert_eq!(
    ///     GetAccount::new(AccountId::new("102290129340398")).request()?.target()?,
    ///     "102290129340398",
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    AccountId
}

id! {
    /// A media object that Meta keeps (`{media-id}`): 30 days when uploaded, 7 when received.
    ///
    /// ```
    /// use whatsapp_cloud::MediaId;
    ///
    /// let picture = MediaId::from("1037543291543636");
    /// assert_eq!(picture.to_string(), "1037543291543636");
    /// ```
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
    ///
    /// ```
    /// use whatsapp_cloud::UserId;
    ///
    /// let customer = UserId::new("US.13491208655302741918");
    /// assert_eq!(format!("{customer:?}"), "UserId(…)", "it leads to a person");
    /// ```
    UserId, debug = "UserId(…)"
}

id! {
    /// A WhatsApp group.
    ///
    /// ```
    /// use whatsapp_cloud::GroupId;
    /// use whatsapp_cloud::api::groups::GetGroup;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let group = GroupId::new("Y2FwaV9ncm91cDox");
    /// assert_eq!(GetGroup::new(group).request()?.target()?, "Y2FwaV9ncm91cDox");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    GroupId
}

id! {
    /// An app of Meta's platform (`{app-id}`).
    ///
    /// ```
    /// use whatsapp_cloud::AppId;
    ///
    /// let apps = [AppId::new("634974688087057"), AppId::new("9876543210987654")];
    /// assert!(apps.contains(&"634974688087057".into()));
    /// ```
    AppId
}

id! {
    /// A business portfolio (`{business-id}`).
    ///
    /// ```
    /// use whatsapp_cloud::BusinessId;
    /// use whatsapp_cloud::api::business::GetBusiness;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// // What comes in answers is what calls take.
    /// let business: BusinessId = serde_json::from_str(r#""506914307656634""#)?;
    /// assert!(GetBusiness::new(business).request().is_ok());
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    BusinessId
}

id! {
    /// A message template (`{template-id}`).
    ///
    /// ```
    /// use whatsapp_cloud::TemplateId;
    /// use whatsapp_cloud::api::analytics::SetClickTracking;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let template = TemplateId::new("1421988012088524");
    /// assert!(SetClickTracking::new(template, "MARKETING").request().is_err(), "on or off?");
    /// ```
    TemplateId
}

id! {
    /// A Flow (`{flow-id}`).
    ///
    /// ```
    /// use whatsapp_cloud::FlowId;
    /// use whatsapp_cloud::api::flows::GetFlow;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let flow = FlowId::new("1009394080257936");
    /// assert_eq!(GetFlow::new(flow).request()?.target()?, "1009394080257936");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    FlowId
}

id! {
    /// Anything else that Meta numbers: a solution, an intent, an invitation, a credit line.
    ///
    /// ```
    /// use whatsapp_cloud::NodeId;
    /// use whatsapp_cloud::api::solutions::GetSolution;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// // No digits, no request: an id stands in a path.
    /// assert!(GetSolution::new(NodeId::new("795033096057724")).request().is_ok());
    /// assert!(GetSolution::new(NodeId::new("../me")).request().is_err());
    /// ```
    NodeId
}

id! {
    /// A resumable upload (`upload:…?sig=…`). Whoever has it can go on with the upload.
    ///
    /// ```
    /// use whatsapp_cloud::UploadId;
    ///
    /// let upload = UploadId::new("upload:MTphdHRhY2htZW50?sig=ARZqkGCA_uQMxC8nHKI");
    /// assert_eq!(format!("{upload:?}"), "UploadId(…)");
    /// assert_eq!(upload.as_str().split_once(':').unwrap().0, "upload");
    /// ```
    UploadId, debug = "UploadId(…)"
}
