//! The paths below `/simulator`.

use std::sync::Arc;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{any, delete, get, post};
use axum::{Json, Router};

use crate::simulator::control::said::refusal;
use crate::simulator::control::{
    businesses, customers, records, templates, time, tokens, webhooks,
};
use crate::simulator::running::Shared;

/// What can be asked, as it is told to who asks for something else.
const PATHS: [&str; 28] = [
    "POST /customers/{phone}",
    "POST /customers/{phone}/messages",
    "GET /customers/{phone}/messages",
    "POST /customers/{phone}/files",
    "POST /customers/{phone}/reads",
    "POST /customers/{phone}/receipts",
    "POST /customers/{phone}/groups",
    "DELETE /customers/{phone}/groups/{id}",
    "POST /templates",
    "POST /templates/{id or name}",
    "POST /reviews",
    "POST /tokens",
    "POST /tokens/revoke",
    "POST /app",
    "POST /numbers",
    "GET /numbers/{id}/code",
    "POST /signups",
    "GET /messages",
    "GET /receipts",
    "GET /calls",
    "GET /deliveries",
    "POST /deliveries",
    "POST /deliveries/last",
    "GET /idle",
    "POST /callback",
    "GET /clock",
    "POST /clock",
    "POST /faults",
];

pub(in crate::simulator) fn router() -> Router<Arc<Shared>> {
    let control = Router::new()
        .route("/customers/{phone}", post(customers::set))
        .route("/customers/{phone}/messages", post(customers::writes).get(customers::got))
        .route("/customers/{phone}/files", post(customers::sends_file))
        .route("/customers/{phone}/reads", post(customers::reads))
        .route("/customers/{phone}/receipts", post(customers::receipt))
        .route("/customers/{phone}/groups", post(customers::joins))
        .route("/customers/{phone}/groups/{id}", delete(customers::leaves))
        .route("/templates", post(templates::add))
        .route("/templates/{called}", post(templates::set))
        .route("/reviews", post(templates::reject_next))
        .route("/tokens", post(tokens::grant))
        .route("/tokens/revoke", post(tokens::revoke))
        .route("/app", post(tokens::set_app))
        .route("/numbers", post(businesses::add_number))
        .route("/numbers/{id}/code", get(businesses::code))
        .route("/signups", post(businesses::signup))
        .route("/messages", get(records::messages))
        .route("/receipts", get(records::receipts))
        .route("/calls", get(records::calls))
        .route("/deliveries", get(records::deliveries).post(webhooks::post_raw))
        .route("/deliveries/last", post(webhooks::redeliver))
        .route("/idle", get(webhooks::idle))
        .route("/callback", post(webhooks::set_callback))
        .route("/clock", get(time::clock).post(time::advance))
        .route("/faults", post(time::add_fault))
        .method_not_allowed_fallback(|| async { nothing(StatusCode::METHOD_NOT_ALLOWED) })
        .fallback(|| async { nothing(StatusCode::NOT_FOUND) });
    // What is nested does not end with a slash.
    Router::new()
        .nest("/simulator", control)
        .route("/simulator/", any(|| async { nothing(StatusCode::NOT_FOUND) }))
}

fn nothing(status: StatusCode) -> Response {
    let why = match status {
        StatusCode::METHOD_NOT_ALLOWED => "there is another method at this path",
        _ => "there is no such path below /simulator",
    };
    let mut said = refusal(why);
    said["paths"] = PATHS.as_slice().into();
    (status, Json(said)).into_response()
}
