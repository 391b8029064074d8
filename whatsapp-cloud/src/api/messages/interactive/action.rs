//! What can be pressed: the object beside the kind of an interactive message.

use std::fmt;

use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

use crate::api::Violations;
use crate::api::messages::interactive::{
    AddressRequest, Buttons, Carousel, Catalog, FlowCall, Link, List, OrderDetails, OrderStatus,
    Product, ProductList, VoiceCallButton,
};
use crate::wire::member::{self, Member, Read};

/// What came in an action, and its type does not tell.
#[derive(Clone, Default, PartialEq)]
pub(super) struct Beside {
    /// Members that are unknown, or came in another form.
    members: Map<String, Value>,
    /// Whether the name was left out.
    is_nameless: bool,
}

pub(super) struct ReadAction {
    pub(super) action: Action,
    pub(super) beside: Beside,
}

/// Declares the kinds: those whose action is an object of its own, those whose action has a name
/// and parameters, and those that have a name only.
macro_rules! actions {
    (
        whole { $($(#[$whole_doc:meta])* $Whole:ident($whole:ty) = $whole_kind:literal,)+ }
        named { $($(#[$named_doc:meta])* $Named:ident($named:ty) = $named_kind:literal, $name:literal;)+ }
        bare { $($(#[$bare_doc:meta])* $Bare:ident = $bare_kind:literal, $bare_name:literal;)+ }
    ) => {
        /// What can be pressed. Says which kind of message it is.
        #[derive(Clone, PartialEq)]
        #[non_exhaustive]
        pub enum Action {
            $($(#[$whole_doc])* $Whole($whole),)+
            $($(#[$named_doc])* $Named($named),)+
            $($(#[$bare_doc])* $Bare,)+
            /// A kind that this version does not know, or whose action is no object.
            Unknown {
                /// Meta's word for it.
                kind: String,
                /// Its action, if there is one.
                action: Option<Value>,
            },
        }

        /// Meta's words for the kinds.
        pub(super) const KINDS: &[&str] =
            &[$($whole_kind,)+ $($named_kind,)+ $($bare_kind,)+];

        impl Action {
            /// Meta's word for the kind.
            ///
            /// ```
            /// use whatsapp_cloud::api::messages::{Buttons, Interactive};
            ///
            /// let question = Interactive::new("Confirma?", Buttons::replies([("yes", "Sim")]));
            /// assert_eq!(question.action().kind(), "button");
            /// ```
            pub fn kind(&self) -> &str {
                match self {
                    $(Self::$Whole(_) => $whole_kind,)+
                    $(Self::$Named(_) => $named_kind,)+
                    $(Self::$Bare => $bare_kind,)+
                    Self::Unknown { kind, .. } => kind,
                }
            }

            pub(super) fn read(kind: &str, action: Option<Value>) -> ReadAction {
                let members = match action {
                    Some(Value::Object(members)) => members,
                    action => return Self::unknown(kind, action),
                };
                // Meta takes capitals too.
                $(if kind.eq_ignore_ascii_case($whole_kind) {
                    return match <$whole as Member>::read(Value::Object(members)) {
                        Ok(read) => ReadAction {
                            action: Self::$Whole(read.value),
                            beside: Beside::default(),
                        },
                        Err(action) => Self::unknown(kind, Some(action)),
                    };
                })+
                $(if kind.eq_ignore_ascii_case($named_kind) {
                    let (parameters, beside) = read_named(members, $name);
                    return ReadAction { action: Self::$Named(parameters), beside };
                })+
                $(if kind.eq_ignore_ascii_case($bare_kind) {
                    let beside = read_name(members, $bare_name);
                    return ReadAction { action: Self::$Bare, beside };
                })+
                Self::unknown(kind, Some(Value::Object(members)))
            }

            /// Finds what Meta would refuse in it.
            pub(super) fn check(&self, beside: &Beside, found: &mut Violations) {
                match self {
                    $(Self::$Whole(action) => Member::check(action, found),)+
                    $(Self::$Named(parameters) => {
                        beside.check($name, found);
                        member::check(parameters, "parameters", &beside.members, found);
                    })+
                    $(Self::$Bare => beside.check($bare_name, found),)+
                    Self::Unknown { kind, action } => {
                        if !kind.is_empty() && !action.as_ref().is_some_and(Value::is_object) {
                            found.say("an object, found none");
                        }
                    }
                }
            }
        }

        impl Serialize for WithBeside<'_> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let beside = self.beside;
                match self.action {
                    $(Action::$Whole(action) => action.serialize(serializer),)+
                    $(Action::$Named(parameters) => {
                        write_named($name, Some(parameters), beside, serializer)
                    })+
                    $(Action::$Bare => {
                        write_named::<Link, S>($bare_name, None, beside, serializer)
                    })+
                    Action::Unknown { action, .. } => action.serialize(serializer),
                }
            }
        }

        $(impl From<$whole> for Action {
            fn from(action: $whole) -> Self {
                Self::$Whole(action)
            }
        })+
        $(impl From<$named> for Action {
            fn from(parameters: $named) -> Self {
                Self::$Named(parameters)
            }
        })+
    };
}

actions! {
    whole {
        /// One to three buttons, each with a prepared answer.
        Buttons(Buttons) = "button",
        /// A list to choose from.
        List(List) = "list",
        /// One product.
        Product(Product) = "product",
        /// Several products.
        ProductList(ProductList) = "product_list",
        /// Cards side by side.
        Carousel(Carousel) = "carousel",
    }
    named {
        /// A link.
        Link(Link) = "cta_url", "cta_url";
        /// The start of a Flow.
        Flow(FlowCall) = "flow", "flow";
        /// The catalog.
        Catalog(Catalog) = "catalog_message", "catalog_message";
        /// A request for an address.
        Address(AddressRequest) = "address_message", "address_message";
        /// A button that calls the business.
        VoiceCall(VoiceCallButton) = "voice_call", "voice_call";
        /// An order to be paid.
        OrderDetails(Box<OrderDetails>) = "order_details", "review_and_pay";
        /// What has become of an order.
        OrderStatus(OrderStatus) = "order_status", "review_order";
    }
    bare {
        /// A request for a place; the answer is a `location` message.
        LocationRequest = "location_request_message", "send_location";
        /// A request for the permission to call: one in 24 hours, two in 7 days.
        CallPermissionRequest = "call_permission_request", "call_permission_request";
        /// A request for the phone number of one who has only a user name.
        ContactRequest = "request_contact_info", "request_contact_info";
    }
}

impl From<OrderDetails> for Action {
    fn from(details: OrderDetails) -> Self {
        Self::OrderDetails(Box::new(details))
    }
}

/// Nothing to press.
impl Default for Action {
    fn default() -> Self {
        Self::Unknown { kind: String::new(), action: None }
    }
}

/// Shows the kind only.
impl fmt::Debug for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Action").field("kind", &self.kind()).finish_non_exhaustive()
    }
}

impl Action {
    fn unknown(kind: &str, action: Option<Value>) -> ReadAction {
        let action = Self::Unknown { kind: kind.to_owned(), action };
        ReadAction { action, beside: Beside::default() }
    }

    pub(super) fn needs_body(&self) -> bool {
        !matches!(self, Self::Product(_) | Self::CallPermissionRequest | Self::Unknown { .. })
    }

    pub(super) fn is_written(&self) -> bool {
        !matches!(self, Self::Unknown { action: None, .. })
    }

    pub(super) fn with<'a>(&'a self, beside: &'a Beside) -> WithBeside<'a> {
        WithBeside { action: self, beside }
    }
}

pub(super) struct WithBeside<'a> {
    action: &'a Action,
    beside: &'a Beside,
}

impl Beside {
    fn check(&self, name: &str, found: &mut Violations) {
        if self.is_nameless || self.members.contains_key("name") {
            found.add("name", format!("{name}, found none or another"));
        }
    }
}

fn read_name(mut members: Map<String, Value>, name: &str) -> Beside {
    let is_nameless = !members.contains_key("name");
    if members.get("name").is_some_and(|found| found == name) {
        members.remove("name");
    }
    Beside { members, is_nameless }
}

fn read_named<T: Member>(members: Map<String, Value>, name: &str) -> (T, Beside) {
    let mut beside = read_name(members, name);
    let parameters = match beside.members.remove("parameters") {
        None => T::default(),
        Some(value) => match T::read(value) {
            // Parameters that say nothing are left out when they are not read.
            Ok(Read { value, .. }) if value == T::default() => {
                beside.members.insert("parameters".to_owned(), Value::Object(Map::new()));
                value
            }
            Ok(Read { value, .. }) => value,
            Err(came) => {
                beside.members.insert("parameters".to_owned(), came);
                T::default()
            }
        },
    };
    (parameters, beside)
}

fn write_named<T: Member, S: Serializer>(
    name: &'static str,
    parameters: Option<&T>,
    beside: &Beside,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    if !beside.is_nameless && !beside.members.contains_key("name") {
        map.serialize_entry("name", name)?;
    }
    let parameters = parameters.filter(|parameters| **parameters != T::default());
    if let Some(parameters) = parameters {
        map.serialize_entry("parameters", parameters)?;
    }
    for (name, value) in &beside.members {
        if parameters.is_none() || name != "parameters" {
            map.serialize_entry(name, value)?;
        }
    }
    map.end()
}
