//! Meta as a sign-up sees it: strict about tokens, counts what was really done, and fails on
//! script.

use std::sync::Mutex;

use async_trait::async_trait;
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};
use whatsapp_cloud::client::{HttpRequest, HttpResponse, Transport, TransportError};
use whatsapp_cloud::endpoint::{Body, Method};

pub(crate) const APP: &str = "634974688087057";
pub(crate) const APP_SECRET: &str = "canary-app-secret";
pub(crate) const CODE: &str = "canary-code";
pub(crate) const TOKEN: &str = "canary-business-token";
pub(crate) const PIN: &str = "918273";
pub(crate) const ACCOUNT: &str = "102290129340398";
pub(crate) const NUMBER: &str = "106540352242922";
pub(crate) const OWNER: &str = "2729063490586005";

/// How a request fails.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Fault {
    /// No connection.
    NotSent,
    /// Lost on the way there.
    LostBefore,
    /// Done, and the answer lost.
    LostAfter,
    /// Done, and the answer unreadable.
    GarbledAfter,
    /// A gateway that gave up, before.
    GatewayBefore,
    /// A failure of Meta's, after.
    UnavailableAfter,
    /// Too fast.
    Throttled,
}

pub(crate) const FAULTS: [Fault; 7] = [
    Fault::NotSent,
    Fault::LostBefore,
    Fault::LostAfter,
    Fault::GarbledAfter,
    Fault::GatewayBefore,
    Fault::UnavailableAfter,
    Fault::Throttled,
];

/// What is at Meta, and what was done there.
#[derive(Clone)]
pub(crate) struct World {
    pub(crate) code_is_spent: bool,
    pub(crate) facts: Value,
    pub(crate) account: Value,
    pub(crate) numbers: Vec<Value>,
    /// How many numbers a page has.
    pub(crate) page: usize,
    pub(crate) apps: Vec<Value>,
    /// What Meta answers to a registration instead of doing it.
    pub(crate) registration_refused: Option<i64>,
    pub(crate) exchanged: usize,
    pub(crate) redirect_uri: Option<Value>,
    pub(crate) subscribed: Vec<Value>,
    pub(crate) registered: Vec<String>,
}

impl Default for World {
    fn default() -> Self {
        let scopes = ["whatsapp_business_management", "whatsapp_business_messaging"];
        let granular = scopes.map(|scope| json!({"scope": scope, "target_ids": [ACCOUNT]}));
        Self {
            code_is_spent: false,
            facts: json!({"is_valid": true, "app_id": APP, "type": "SYSTEM_USER",
                "expires_at": 0, "scopes": scopes, "granular_scopes": granular}),
            account: json!({"id": ACCOUNT, "owner_business_info": {"id": OWNER, "name": "L"}}),
            numbers: vec![number(NUMBER)],
            page: 100,
            apps: Vec::new(),
            registration_refused: None,
            exchanged: 0,
            redirect_uri: None,
            subscribed: Vec::new(),
            registered: Vec::new(),
        }
    }
}

/// A number as it comes out of the window.
pub(crate) fn number(id: &str) -> Value {
    json!({"id": id, "status": "PENDING", "platform_type": "NOT_APPLICABLE",
        "is_on_biz_app": false})
}

/// Meta, and what it was asked.
#[derive(Default)]
pub(crate) struct Graph {
    pub(crate) world: Mutex<World>,
    pub(crate) script: Mutex<Option<(usize, Fault)>>,
    pub(crate) asked: Mutex<Vec<String>>,
    pub(crate) urls: Mutex<Vec<String>>,
}

impl Graph {
    pub(crate) fn of(change: impl FnOnce(&mut World)) -> Self {
        let graph = Self::default();
        change(&mut graph.world.lock().unwrap());
        graph
    }

    /// Fails the request of this number, once.
    pub(crate) fn fail(&self, request: usize, fault: Fault) {
        *self.script.lock().unwrap() = Some((request, fault));
    }

    /// `POST 102290129340398/subscribed_apps`, …
    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }

    pub(crate) fn world(&self) -> World {
        self.world.lock().unwrap().clone()
    }

    fn answer(&self, request: &HttpRequest) -> HttpResponse {
        let mut world = self.world.lock().unwrap();
        let (path, query) = split(&request.url);
        let bearer = request.bearer.as_ref().map(|token| token.expose_secret().to_owned());
        let body = body(request);
        let wanted = match path {
            "oauth/access_token" => None,
            "debug_token" => Some(format!("{APP}|{APP_SECRET}")),
            _ => Some(TOKEN.to_owned()),
        };
        if bearer != wanted {
            return refusal(190);
        }
        let segments: Vec<&str> = path.split('/').collect();
        match (request.method, segments.as_slice()) {
            (Method::Post, ["oauth", "access_token"]) => exchange(&mut world, body),
            (Method::Get, ["debug_token"]) if parameter(query, "input_token") == Some(TOKEN) => {
                ok(&json!({"data": world.facts}))
            }
            (Method::Get, [ACCOUNT]) => ok(&world.account),
            (Method::Get, [ACCOUNT, "phone_numbers"]) => page(&world, query),
            (Method::Get, [ACCOUNT, "subscribed_apps"]) => ok(&json!({"data": world.apps})),
            (Method::Post, [ACCOUNT, "subscribed_apps"]) => {
                let mut app = json!({"whatsapp_business_api_data": {"id": APP, "name": "Ours"}});
                if let Some(uri) = body.get("override_callback_uri") {
                    app["override_callback_uri"] = uri.clone();
                }
                let id = |app: &Value| app["whatsapp_business_api_data"]["id"].clone();
                world.apps.retain(|other| id(other) != APP);
                world.apps.push(app);
                world.subscribed.push(body);
                ok(&json!({"success": true}))
            }
            (Method::Get, [id]) => match world.numbers.iter().find(|number| number["id"] == *id) {
                Some(number) => ok(number),
                None => refusal(100),
            },
            (Method::Post, [id, "register"]) => register(&mut world, id, &body),
            _ => refusal(100),
        }
    }
}

fn exchange(world: &mut World, mut body: Value) -> HttpResponse {
    let right = json!({"client_id": APP, "client_secret": APP_SECRET, "code": CODE});
    world.redirect_uri = body.as_object_mut().unwrap().remove("redirect_uri");
    if body != right || world.code_is_spent {
        return refusal(100);
    }
    world.code_is_spent = true;
    world.exchanged += 1;
    ok(&json!({"access_token": TOKEN, "token_type": "bearer"}))
}

fn register(world: &mut World, id: &str, body: &Value) -> HttpResponse {
    if let Some(code) = world.registration_refused {
        return refusal(code);
    }
    let Some(number) = world.numbers.iter_mut().find(|number| number["id"] == id) else {
        return refusal(100);
    };
    if body["pin"] != PIN {
        return refusal(133_005);
    }
    number["status"] = json!("CONNECTED");
    number["platform_type"] = json!("CLOUD_API");
    world.registered.push(id.to_owned());
    ok(&json!({"success": true}))
}

fn page(world: &World, query: &str) -> HttpResponse {
    let from: usize = parameter(query, "after").map_or(0, |after| after.parse().unwrap());
    let to = world.numbers.len().min(from + world.page);
    let mut answer = json!({"data": world.numbers[from..to]});
    if to < world.numbers.len() {
        answer["paging"] =
            json!({"cursors": {"after": to.to_string()}, "next": "https://graph.facebook.com/x"});
    }
    ok(&answer)
}

fn split(url: &str) -> (&str, &str) {
    let rest = url.strip_prefix("https://graph.facebook.com/v25.0/").unwrap();
    rest.split_once('?').unwrap_or((rest, ""))
}

fn parameter<'a>(query: &'a str, name: &str) -> Option<&'a str> {
    query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

fn body(request: &HttpRequest) -> Value {
    match &request.body {
        Body::Json(json) => serde_json::from_slice(json).unwrap(),
        _ => Value::Null,
    }
}

fn ok(answer: &Value) -> HttpResponse {
    HttpResponse::new(200, answer.to_string())
}

fn refusal(code: i64) -> HttpResponse {
    let error = json!({"error": {"code": code, "message": format!("about {TOKEN} and {PIN}")}});
    HttpResponse::new(400, error.to_string())
}

#[async_trait]
impl Transport for Graph {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        // What another call can see and do in between.
        tokio::task::yield_now().await;
        let number = {
            let mut asked = self.asked.lock().unwrap();
            let method = match request.method {
                Method::Get => "GET",
                Method::Post => "POST",
                _ => "DELETE",
            };
            asked.push(format!("{method} {}", split(&request.url).0));
            self.urls.lock().unwrap().push(request.url.clone());
            asked.len() - 1
        };
        let fault = self.script.lock().unwrap().filter(|(at, _)| *at == number);
        let lost = || Err(TransportError::MaybeSent("the connection broke".into()));
        match fault.map(|(_, fault)| fault) {
            None => Ok(self.answer(&request)),
            Some(Fault::NotSent) => Err(TransportError::NotSent("no connection".into())),
            Some(Fault::LostBefore) => lost(),
            Some(Fault::LostAfter) => {
                self.answer(&request);
                lost()
            }
            Some(Fault::GarbledAfter) => {
                self.answer(&request);
                Ok(HttpResponse::new(200, format!("<html>{TOKEN}")))
            }
            Some(Fault::GatewayBefore) => Ok(HttpResponse::new(502, "<html>")),
            Some(Fault::UnavailableAfter) => {
                self.answer(&request);
                Ok(HttpResponse::new(500, r#"{"error":{"code":131000}}"#))
            }
            Some(Fault::Throttled) => Ok(refusal(4)),
        }
    }
}
