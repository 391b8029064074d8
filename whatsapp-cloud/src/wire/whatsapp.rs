//! `"messaging_product": "whatsapp"`, which most calls must say.

use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::wire::member::{Member, Read};

/// `"messaging_product": "whatsapp"`. Said by default; left out only where it was left out in
/// what was read.
///
/// ```
/// use whatsapp_cloud::api::block_list::BlockList;
///
/// let said = serde_json::to_value(BlockList::default())?;
/// assert_eq!(said["messaging_product"], "whatsapp");
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// ```
/// use whatsapp_cloud::wire::WhatsApp;
///
/// // Every call that must say it, says it.
/// assert_eq!(serde_json::to_string(&WhatsApp::default())?, r#""whatsapp""#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WhatsApp {
    is_said: bool,
}

impl Default for WhatsApp {
    fn default() -> Self {
        Self { is_said: true }
    }
}

impl Serialize for WhatsApp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str("whatsapp")
    }
}

impl Member for WhatsApp {
    fn read(value: Value) -> Result<Read<Self>, Value> {
        match value {
            Value::String(word) if word == "whatsapp" => Read::usual(Self::default()),
            other => Err(other),
        }
    }

    fn missing() -> Self {
        Self { is_said: false }
    }

    fn is_absent(&self) -> bool {
        !self.is_said
    }
}
