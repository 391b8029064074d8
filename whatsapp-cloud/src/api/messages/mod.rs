//! Messages to customers, read receipts and the typing indicator.
//!
//! Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages>

mod contact;
mod content;
mod direct_send;
mod encrypted;
mod history;
mod interactive;
mod limits;
mod location;
mod marketing;
mod media;
mod message;
mod pin;
mod reaction;
mod read;
mod send;
pub(crate) mod template;
mod text;
mod wire_form;

pub use contact::{
    ContactAddress, ContactCard, ContactEmail, ContactName, ContactOrganization, ContactPhone,
    ContactUrl,
};
pub use content::Content;
pub use direct_send::{Category, DirectSend, DirectSendConfig};
pub use encrypted::{EncryptedAnswer, EncryptedMessage, SendEncryptedMessage};
pub use history::{
    DeliveryStatus, HistoryApplication, HistoryEdge, HistoryEvent, HistoryOccurrence,
    ListMessageEvents, ListMessageHistory, MessageHistory, WebhookState,
};
pub use interactive::{
    Action, ActionButton, ActionButtonKind, AddressRequest, AddressValues, Amount, Beneficiary,
    Boleto, Buttons, Card, CardAction, CardKind, CardOnFile, Carousel, Catalog, Expiration, Fee,
    FlowCall, FlowMode, FlowPayload, FlowStep, Gateway, GoodsKind, Header, HeaderKind, Interactive,
    Link, List, ListRow, ListSection, Order, OrderDetails, OrderItem, OrderState, OrderStatus,
    OrderUpdate, PaymentLink, PaymentOutcome, PaymentSetting, PaymentSettingKind, Pix, PixKeyKind,
    PostalAddress, Product, ProductItem, ProductList, ProductSection, Razorpay, Reply,
    SavedAddress, UpiIntentLink, VoiceCallButton, Words,
};
pub(in crate::api::messages) use interactive::{check_indices, check_minutes, check_sections};
pub use location::Location;
pub use marketing::{MarketingMessage, ProductPolicy, SendMarketingMessage};
pub use media::{Media, MediaSource};
pub use message::{Context, Message};
pub use pin::{Pin, PinKind};
pub use reaction::Reaction;
pub use read::{MarkAsRead, Receipt, ReceiptStatus, ShowTyping, TypingIndicator};
#[cfg(feature = "client")]
pub(crate) use send::Sending;
pub use send::{MessageStatus, SendMessage, SentContact, SentMessage};
pub use template::{
    Button, ButtonAction, ButtonIndex, ButtonKind, Component, ComponentKind, Currency, DateTime,
    LimitedTimeOffer, Parameter, ParameterKind, TapTarget, Template, TemplateCard,
    TemplateLanguage,
};
pub use text::Text;
