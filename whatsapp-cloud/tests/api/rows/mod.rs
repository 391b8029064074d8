//! Every call, with where it is tested. `coverage` compares them with Meta's lists.

use serde_json::Value;
use whatsapp_cloud::api::Operation;
use whatsapp_cloud::endpoint::Method;

mod account;
mod business;
mod messages;
mod phone_number;
mod platform;
mod templates;

/// A call as the table of coverage shows it.
pub struct Row {
    pub method: Method,
    pub path: &'static str,
    /// `block_list::BlockUsers`.
    pub name: &'static str,
    /// Where it is tested: a file under `tests/`.
    pub tested: &'static str,
    /// Reads a body as this call's type, and writes it again.
    pub rewritten: fn(Value) -> Result<Value, String>,
}

/// The row of a call.
pub fn row<C: Operation>(tested: &'static str) -> Row {
    let name = std::any::type_name::<C>();
    Row {
        method: C::METHOD,
        path: C::PATH,
        name: name.strip_prefix("whatsapp_cloud::api::").unwrap_or(name),
        tested,
        rewritten: |body| {
            let body: C::Body = serde_json::from_value(body).map_err(|error| error.to_string())?;
            serde_json::to_value(&body).map_err(|error| error.to_string())
        },
    }
}

/// All of them.
pub fn all() -> Vec<Row> {
    let mut rows = messages::rows();
    rows.extend(templates::rows());
    rows.extend(phone_number::rows());
    rows.extend(platform::rows());
    rows.extend(account::rows());
    rows.extend(business::rows());
    rows
}

/// Calls of Meta's file that send no JSON: what its examples say in JSON is sent as a form.
pub const FORMS: &[(&str, &str)] = &[
    ("POST", "/{Phone-Number-ID}/media"),
    ("POST", "/{Phone-Number-ID}/whatsapp_business_encryption"),
];
