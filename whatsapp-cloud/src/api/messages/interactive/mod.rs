//! Messages that ask for more than reading: buttons, lists, products, Flows, orders.

mod action;
mod address;
mod buttons;
mod carousel;
mod flow;
mod link;
mod list;
mod message;
mod order;
mod payment;
mod products;
mod voice_call;

pub use action::Action;
pub(in crate::api::messages) use carousel::check_indices;
pub(in crate::api::messages) use products::check_sections;
pub(in crate::api::messages) use voice_call::check_minutes;

pub use address::{AddressRequest, AddressValues, SavedAddress};
pub use buttons::{ActionButton, ActionButtonKind, Buttons, Reply};
pub use carousel::{Card, CardAction, CardKind, Carousel};
pub use flow::{FlowCall, FlowMode, FlowPayload, FlowStep};
pub use link::Link;
pub use list::{List, ListRow, ListSection};
pub use message::{Header, HeaderKind, Interactive, Words};
pub use order::{
    Amount, Beneficiary, Expiration, Fee, GoodsKind, Order, OrderDetails, OrderItem, OrderState,
    OrderStatus, OrderUpdate, PaymentOutcome, PostalAddress,
};
pub use payment::{
    Boleto, CardOnFile, Gateway, PaymentLink, PaymentSetting, PaymentSettingKind, Pix, PixKeyKind,
    Razorpay, UpiIntentLink,
};
pub use products::{Catalog, Product, ProductItem, ProductList, ProductSection};
pub use voice_call::VoiceCallButton;
