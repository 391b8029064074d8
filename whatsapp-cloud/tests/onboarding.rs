//! A business signs up: what is checked, what is done once, and how it goes on after a failure.
#![allow(missing_docs, clippy::unwrap_used)]

use std::error::Error as _;
use std::sync::Arc;
use std::time::Duration;

use secrecy::SecretString;
use serde_json::{Value, json};
use whatsapp_cloud::Client;
use whatsapp_cloud::api::subscriptions::Subscription;
use whatsapp_cloud::api::tokens::AppCredentials;
use whatsapp_cloud::client::onboarding::{
    Claims, EmbeddedSignup, Mismatch, Onboarded, Problem, Progress, Registered,
    RegistrationProblem, Remedy, SignupError, SignupEvent, Stage, Step,
};
use whatsapp_cloud::client::{RetryPolicy, Safety};

use graph::{
    ACCOUNT, APP, APP_SECRET, CODE, FAULTS, Fault, Graph, NUMBER, OWNER, TOKEN, World, number,
};
use store::{Failing, Memory};

#[path = "onboarding/graph.rs"]
mod graph;
#[path = "onboarding/message.rs"]
mod message;
#[path = "onboarding/secrets.rs"]
mod secrets;
#[path = "onboarding/store.rs"]
mod store;

const ID: &str = "signup-17";
const CALLBACK: &str = "https://example.com/tenants/17";

/// A host: Meta, its store, and a sign-up.
struct Host {
    graph: Arc<Graph>,
    store: Arc<Memory>,
    signup: EmbeddedSignup,
}

impl Host {
    fn new(change: impl FnOnce(&mut World)) -> Self {
        let (graph, store) = (Arc::new(Graph::of(change)), Arc::new(Memory::default()));
        let signup = signup(&graph, &store, APP_SECRET);
        Self { graph, store, signup }
    }

    /// The sign-ups of a host that knows another secret of the app.
    fn of_app(&self, secret: &str) -> EmbeddedSignup {
        signup(&self.graph, &self.store, secret)
    }

    fn with_callback(mut self) -> Self {
        let subscription = Subscription {
            override_callback_uri: Some(CALLBACK.to_owned()),
            verify_token: Some("canary-verify-token".to_owned()),
            ..Subscription::default()
        };
        self.signup = self.signup.callback(subscription);
        self
    }

    async fn begins(&self, claims: Claims) -> Result<Onboarded, SignupError> {
        self.signup.begin(ID, claims, SecretString::from(CODE)).await
    }

    async fn resumes(&self) -> Result<Onboarded, SignupError> {
        self.signup.resume(self.store.progress(ID).unwrap()).await
    }

    /// Does what each error says, until it is done or there is nothing more to do.
    async fn goes_through(&self) -> Result<Onboarded, SignupError> {
        let mut outcome = self.begins(claims()).await;
        while let Err(error) = outcome {
            assert!(self.graph.asked().len() < 40, "it does not end");
            outcome = match error.remedy() {
                Remedy::SaveToken => {
                    let Problem::TokenNotSaved { token, .. } = error.into_problem() else {
                        panic!("an error that holds no token");
                    };
                    self.store.put_token(ID, &token.access_token);
                    self.resumes().await
                }
                Remedy::Resume { .. } => self.resumes().await,
                Remedy::BeginAgain => self.begins(claims()).await,
                _ => return Err(error),
            };
        }
        outcome
    }

    /// How often the code was taken, the app subscribed, the number registered.
    fn effects(&self) -> (usize, usize, usize) {
        let world = self.graph.world();
        (world.exchanged, world.subscribed.len(), world.registered.len())
    }
}

fn signup(graph: &Arc<Graph>, store: &Arc<Memory>, secret: &str) -> EmbeddedSignup {
    let client = Client::builder(SecretString::from("canary-unused-token"));
    let client = client.transport(graph.clone()).build().unwrap();
    EmbeddedSignup::new(&client, AppCredentials::new(APP, secret), store.clone())
}

/// What the browser claims, rightly.
fn claims() -> Claims {
    let mut claims = Claims::new(SignupEvent::Finished);
    claims.account_id = Some(ACCOUNT.into());
    claims.phone_number_id = Some(NUMBER.into());
    claims.business_id = Some(OWNER.into());
    claims
}

const WHOLE: [&str; 8] = [
    "POST oauth/access_token",
    "GET debug_token",
    "GET 102290129340398",
    "GET 102290129340398/phone_numbers",
    "GET 102290129340398/subscribed_apps",
    "POST 102290129340398/subscribed_apps",
    "GET 106540352242922",
    "POST 106540352242922/register",
];

const KEPT: [&str; 8] = ["begin", "save_token", "save", "token", "save", "save", "pin", "save"];

#[tokio::test]
async fn a_business_is_signed_up_step_by_step() {
    let host = Host::new(|_| ());
    let onboarded = host.begins(claims()).await.unwrap();

    assert_eq!(onboarded.assets.account_id.as_str(), ACCOUNT);
    assert_eq!(onboarded.assets.phone_number_id, Some(NUMBER.into()));
    assert_eq!(onboarded.assets.owner, Some(OWNER.into()));
    assert_eq!(onboarded.registered, Registered::Now);
    assert_eq!(host.graph.asked(), WHOLE);
    assert_eq!(host.store.operations(), KEPT);
    assert_eq!(host.store.progress(ID).unwrap().stage, Stage::Done(onboarded));
    assert_eq!(host.effects(), (1, 1, 1));
}

#[tokio::test]
async fn whatever_call_fails_the_end_is_the_same_and_nothing_is_done_twice() {
    for fault in FAULTS {
        for (request, asked) in WHOLE.iter().enumerate().skip(1) {
            let host = Host::new(|_| ());
            host.graph.fail(request, fault);
            let onboarded = host.goes_through().await.unwrap();

            let case = format!("{fault:?} at {asked}");
            assert_eq!(host.effects(), (1, 1, 1), "{case}");
            assert_eq!(host.store.progress(ID).unwrap().stage, Stage::Done(onboarded), "{case}");
        }
    }
}

#[tokio::test]
async fn a_code_whose_answer_got_lost_is_never_used_again() {
    for fault in FAULTS {
        let host = Host::new(|_| ());
        host.graph.fail(0, fault);
        let outcome = host.goes_through().await;

        if matches!(fault, Fault::NotSent | Fault::Throttled) {
            outcome.unwrap();
            assert_eq!(host.effects(), (1, 1, 1), "{fault:?}");
            continue;
        }
        for error in [
            outcome.unwrap_err(),
            host.resumes().await.unwrap_err(),
            host.begins(claims()).await.unwrap_err(),
        ] {
            assert!(matches!(error.problem(), Problem::CodeSpent(_)), "{fault:?}: {error:?}");
            assert_eq!(error.step(), Step::Exchange);
            assert_eq!(error.remedy(), Remedy::StartAgain);
        }
        assert_eq!(host.graph.asked(), WHOLE[..1], "{fault:?}");
    }
}

#[tokio::test]
async fn a_client_that_repeats_does_not_repeat_what_must_happen_once() {
    for (request, effects) in [(0, (1, 0, 0)), (7, (1, 1, 1))] {
        let host = Host::new(|_| ());
        let now = Duration::ZERO;
        let policy = RetryPolicy::default().waits(now, now).settle(now);
        let client = Client::builder(SecretString::from("unused"))
            .transport(host.graph.clone())
            .retry(policy)
            .build()
            .unwrap()
            .with_safety(Safety::AtLeastOnce);
        let app = AppCredentials::new(APP, APP_SECRET);
        let signup = EmbeddedSignup::new(&client, app, host.store.clone());
        host.graph.fail(request, Fault::LostAfter);
        signup.begin(ID, claims(), SecretString::from(CODE)).await.unwrap_err();

        assert_eq!(host.graph.asked(), WHOLE[..=request]);
        assert_eq!(host.effects(), effects);
    }
}

#[tokio::test]
async fn a_refused_code_is_spent() {
    let host = Host::new(|world| world.code_is_spent = true);
    let error = host.begins(claims()).await.unwrap_err();

    let Problem::CodeSpent(Some(refusal)) = error.problem() else { panic!("{error:?}") };
    assert_eq!(refusal.code(), Some(100));
    assert_eq!(error.remedy(), Remedy::StartAgain);
}

#[tokio::test]
async fn whatever_the_store_fails_at_the_end_is_the_same() {
    for failing in [Failing::Before, Failing::After] {
        for (operation, name) in KEPT.iter().enumerate() {
            let host = Host::new(|_| ());
            host.store.fail(operation, failing);
            let outcome = host.goes_through().await;

            let case = format!("{failing:?} {name} ({operation})");
            if (operation, failing) == (0, Failing::After) {
                // It stands there as begun: nobody can know that the code was not used.
                assert_eq!(outcome.unwrap_err().remedy(), Remedy::StartAgain, "{case}");
                assert_eq!(host.effects(), (0, 0, 0), "{case}");
                continue;
            }
            outcome.unwrap();
            assert_eq!(host.effects(), (1, 1, 1), "{case}");
            assert!(host.store.has_token(ID), "{case}");
        }
    }
}

#[tokio::test]
async fn a_sign_up_that_cannot_be_forgotten_does_not_use_its_code_again() {
    for failing in [Failing::Before, Failing::After] {
        let host = Host::new(|_| ());
        host.graph.fail(0, Fault::NotSent);
        host.store.fail(1, failing);
        let outcome = host.goes_through().await;

        assert_eq!(host.store.operations()[..2], ["begin", "forget"]);
        match failing {
            Failing::Before => assert_eq!(outcome.unwrap_err().remedy(), Remedy::StartAgain),
            Failing::After => assert!(outcome.is_ok()),
        }
    }
}

#[tokio::test]
async fn the_token_is_kept_before_anything_else_is_asked() {
    for (request, asked) in WHOLE.iter().enumerate().skip(1) {
        let host = Host::new(|_| ());
        host.graph.fail(request, Fault::NotSent);
        host.begins(claims()).await.unwrap_err();
        assert!(host.store.has_token(ID), "{asked}");
    }
    let host = Host::new(|_| ());
    host.store.fail(1, Failing::Before);
    let error = host.begins(claims()).await.unwrap_err();
    assert_eq!(error.remedy(), Remedy::SaveToken);
    assert_eq!(host.graph.asked(), WHOLE[..1], "without a token nothing is asked");
}

#[tokio::test]
async fn two_at_the_same_time_use_the_code_once() {
    let host = Host::new(|_| ());
    let (one, other) = tokio::join!(host.begins(claims()), host.begins(claims()));

    one.unwrap();
    assert!(matches!(other.unwrap_err().problem(), Problem::CodeSpent(None)));
    assert_eq!(host.effects(), (1, 1, 1));
}

#[tokio::test]
async fn what_is_done_is_not_asked_about_again() {
    let host = Host::new(|_| ());
    let onboarded = host.begins(claims()).await.unwrap();

    assert_eq!(host.resumes().await.unwrap(), onboarded);
    assert_eq!(host.begins(claims()).await.unwrap(), onboarded);
    assert_eq!(host.graph.asked(), WHOLE);
    assert_eq!(host.store.operations()[KEPT.len()..], ["begin"], "nor is its token fetched");
}

#[tokio::test]
async fn an_id_is_for_one_sign_up() {
    let host = Host::new(|_| ());
    host.begins(claims()).await.unwrap();
    let error = host.begins(Claims::new(SignupEvent::Finished)).await.unwrap_err();

    assert!(matches!(error.problem(), Problem::OtherClaims));
    assert_eq!((error.step(), error.remedy()), (Step::Begin, Remedy::Refuse));
    assert_eq!(host.graph.asked(), WHOLE);
}

#[tokio::test]
async fn every_saved_progress_leads_to_the_same_end() {
    let host = Host::new(|_| ());
    host.begins(claims()).await.unwrap();
    let saved = host.store.saved.lock().unwrap().clone();

    let reached: Vec<Value> =
        saved.iter().map(|text| read(text)["stage"]["reached"].clone()).collect();
    assert_eq!(reached, ["begun", "exchanged", "verified", "subscribed", "done"]);
    for text in saved {
        let progress: Progress = serde_json::from_str(&text).unwrap();
        assert_eq!(read(&serde_json::to_string(&progress).unwrap()), read(&text));
        let Onboarded { assets, .. } = host.signup.resume(progress).await.unwrap();
        assert_eq!(assets.owner, Some(OWNER.into()));
        assert_eq!(host.effects(), (1, 1, 1));
    }
}

fn read(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[tokio::test]
async fn claims_that_do_not_fit_are_refused_and_nothing_is_changed() {
    type Spoil = fn(&mut World, &mut Claims);
    let cases: [(Spoil, Mismatch, Remedy); 14] = [
        (|w, _| w.facts["is_valid"] = json!(false), Mismatch::TokenInvalid, Remedy::StartAgain),
        (|w, _| w.facts = json!(null), Mismatch::TokenInvalid, Remedy::StartAgain),
        (|w, _| w.facts["app_id"] = json!("1"), Mismatch::App, Remedy::Refuse),
        (|w, _| w.facts["app_id"] = json!(null), Mismatch::App, Remedy::Refuse),
        (
            |w, _| w.facts["scopes"] = json!(["whatsapp_business_messaging"]),
            Mismatch::ManagementScope,
            Remedy::StartAgain,
        ),
        (
            |w, _| w.facts["scopes"] = json!(["whatsapp_business_management"]),
            Mismatch::MessagingScope,
            Remedy::StartAgain,
        ),
        (|_, c| c.account_id = Some("5".into()), Mismatch::Account, Remedy::Refuse),
        (
            |w, _| w.facts["granular_scopes"][0]["target_ids"] = json!(["5"]),
            Mismatch::Account,
            Remedy::Refuse,
        ),
        (
            |w, _| w.facts["granular_scopes"][1]["target_ids"] = json!(null),
            Mismatch::Account,
            Remedy::Refuse,
        ),
        (
            |w, c| {
                w.facts["granular_scopes"][0]["target_ids"] = json!([ACCOUNT, "5"]);
                c.account_id = None;
            },
            Mismatch::AccountUnclear,
            Remedy::StartAgain,
        ),
        (|w, _| w.account["id"] = json!("5"), Mismatch::Account, Remedy::Refuse),
        (|_, c| c.business_id = Some("5".into()), Mismatch::Business, Remedy::Refuse),
        (|_, c| c.phone_number_id = Some("5".into()), Mismatch::Number, Remedy::Refuse),
        (
            |w, c| {
                w.numbers.push(number("5"));
                w.page = 1;
                c.phone_number_id = None;
            },
            Mismatch::NumberUnclear,
            Remedy::StartAgain,
        ),
    ];
    for (index, (spoil, mismatch, remedy)) in cases.into_iter().enumerate() {
        let mut claims = claims();
        let host = Host::new(|world| spoil(world, &mut claims));
        for error in [host.begins(claims).await.unwrap_err(), host.resumes().await.unwrap_err()] {
            let Problem::NotYours(found) = error.problem() else { panic!("{index}: {error:?}") };
            assert_eq!((*found, error.remedy()), (mismatch, remedy), "{index}");
            assert_eq!(error.step(), Step::Verify);
            let said = format!("{error:?} {error}");
            assert!(said.ends_with(&found.to_string()), "{said}");
            assert!(!said.bytes().any(|byte| byte.is_ascii_digit()), "{said}");
        }
        assert_eq!(host.effects(), (1, 0, 0), "{index}");
        assert!(host.store.has_token(ID), "{index}");
    }
}

#[tokio::test]
async fn what_is_not_claimed_is_taken_from_the_token_when_it_is_clear() {
    let host = Host::new(|_| ());
    let onboarded = host.begins(Claims::new(SignupEvent::Finished)).await.unwrap();

    assert_eq!(onboarded.assets.account_id.as_str(), ACCOUNT);
    assert_eq!(onboarded.assets.phone_number_id, Some(NUMBER.into()));
}

#[tokio::test]
async fn an_owner_that_meta_does_not_tell_is_not_taken_from_the_browser() {
    let host = Host::new(|world| world.account = json!({"id": ACCOUNT}));
    assert_eq!(host.begins(claims()).await.unwrap().assets.owner, None);
}

#[tokio::test]
async fn the_number_is_looked_for_on_all_pages() {
    let others = || (1..=6).map(|id| number(&id.to_string()));
    for (numbers, is_there) in
        [(others().chain([number(NUMBER)]).collect::<Vec<_>>(), true), (others().collect(), false)]
    {
        let host = Host::new(|world| (world.numbers, world.page) = (numbers, 2));
        let outcome = host.begins(claims()).await;

        let pages = host.graph.asked().iter().filter(|asked| asked.ends_with("numbers")).count();
        assert_eq!((outcome.is_ok(), pages), (is_there, if is_there { 4 } else { 3 }));
    }
}

#[tokio::test]
async fn a_list_that_does_not_end_is_given_up() {
    let host = Host::new(|world| {
        world.numbers = (1..=150).map(|id| number(&id.to_string())).collect();
        world.page = 1;
    });
    let error = host.begins(claims()).await.unwrap_err();

    assert_eq!((error.step(), error.remedy()), (Step::Verify, Remedy::Change));
    assert!(matches!(error.problem(), Problem::Call(_)), "{error:?}");
    assert_eq!(host.graph.asked().len(), 103);
}

#[tokio::test]
async fn a_code_that_was_sent_to_an_address_is_exchanged_with_it() {
    for uri in [None, Some("https://example.com/signed-up")] {
        let host = Host::new(|_| ());
        let signup = host.signup.clone();
        let signup = uri.map_or_else(|| signup.clone(), |uri| signup.clone().redirect_uri(uri));
        signup.begin(ID, claims(), SecretString::from(CODE)).await.unwrap();
        assert_eq!(host.graph.world().redirect_uri, uri.map(Value::from));
    }
}

#[tokio::test]
async fn a_callback_that_is_there_is_not_taken_away() {
    let app = |uri: Option<&str>| {
        json!({"whatsapp_business_api_data": {"id": APP},
        "override_callback_uri": uri})
    };
    let other = json!({"whatsapp_business_api_data": {"id": "5"}});
    let wanted = json!({"override_callback_uri": CALLBACK, "verify_token": "canary-verify-token"});
    for (apps, has_callback, posted) in [
        (vec![other.clone()], false, Some(json!({}))),
        (vec![other.clone(), app(None)], false, None),
        (vec![app(Some("https://example.com/old"))], false, None),
        (vec![app(Some(CALLBACK))], true, None),
        (vec![app(Some("https://example.com/old"))], true, Some(wanted.clone())),
        (vec![other], true, Some(wanted)),
    ] {
        let mut host = Host::new(|world| world.apps = apps);
        if has_callback {
            host = host.with_callback();
        }
        host.begins(claims()).await.unwrap();
        assert_eq!(host.graph.world().subscribed, Vec::from_iter(posted));
    }
}

#[tokio::test]
async fn only_a_number_that_waits_for_it_is_registered() {
    let with =
        |name: &'static str, value: Value| move |world: &mut World| world.numbers[0][name] = value;
    for status in ["CONNECTED", "FLAGGED", "RESTRICTED"] {
        let host = Host::new(|world| {
            with("status", json!(status))(world);
            with("platform_type", json!("CLOUD_API"))(world);
        });
        let onboarded = host.begins(claims()).await.unwrap();
        assert_eq!((onboarded.registered, host.effects().2), (Registered::Already, 0), "{status}");
    }
    for status in ["BANNED", "DELETED", "MIGRATED", "UNLINKED"] {
        let host = Host::new(with("status", json!(status)));
        let error = host.begins(claims()).await.unwrap_err();
        assert!(matches!(error.problem(), Problem::NumberUnusable), "{status}");
        assert_eq!((error.remedy(), host.effects().2), (Remedy::Change, 0), "{status}");
    }
    for status in ["PENDING", "DISCONNECTED", "UNVERIFIED", "SOMETHING_NEW"] {
        let host = Host::new(with("status", json!(status)));
        assert_eq!(host.begins(claims()).await.unwrap().registered, Registered::Now, "{status}");
    }
    // Connected elsewhere.
    let host = Host::new(with("status", json!("CONNECTED")));
    assert_eq!(host.begins(claims()).await.unwrap().registered, Registered::Now);
}

#[tokio::test]
async fn a_number_of_the_business_app_is_never_registered() {
    let in_app = |world: &mut World| {
        world.numbers[0]["is_on_biz_app"] = json!(true);
        world.numbers.push(number("5"));
    };
    // Meta says so, whatever the browser says.
    let host = Host::new(in_app);
    let onboarded = host.begins(claims()).await.unwrap();
    assert_eq!((onboarded.registered, host.effects().2), (Registered::InBusinessApp, 0));

    // The browser says so, and names no number: it is the one in the app.
    let mut unnamed = Claims::new(SignupEvent::FinishedInBusinessApp);
    unnamed.account_id = Some(ACCOUNT.into());
    let host = Host::new(in_app);
    let onboarded = host.begins(unnamed.clone()).await.unwrap();
    assert_eq!(onboarded.assets.phone_number_id, Some(NUMBER.into()));
    assert_eq!((onboarded.registered, host.effects().2), (Registered::InBusinessApp, 0));

    // The browser alone says so: still not.
    let mut named = unnamed.clone();
    named.phone_number_id = Some(NUMBER.into());
    let host = Host::new(|_| ());
    assert_eq!(host.begins(named).await.unwrap().registered, Registered::InBusinessApp);
    assert_eq!(host.effects(), (1, 1, 0));

    // None is in the app.
    let host = Host::new(|_| ());
    let error = host.begins(unnamed).await.unwrap_err();
    assert!(matches!(error.problem(), Problem::NotYours(Mismatch::NumberUnclear)));
}

#[tokio::test]
async fn without_a_number_nothing_is_registered() {
    for event in [SignupEvent::FinishedWithoutNumber, SignupEvent::FinishedWithAccess] {
        let host = Host::new(|_| ());
        let onboarded = host.begins(Claims::new(event)).await.unwrap();

        assert_eq!(onboarded.registered, Registered::NoNumber);
        assert_eq!(host.effects(), (1, 1, 0));
        assert!(!host.graph.asked().iter().any(|asked| asked.ends_with("numbers")));
    }
}

#[tokio::test]
async fn a_refused_registration_says_why_and_can_be_taken_up_again() {
    use RegistrationProblem as Why;
    let wait = |seconds| Remedy::Resume { after: Some(Duration::from_secs(seconds)) };
    for (code, why, remedy) in [
        (133_000, Why::HalfDeregistered, Remedy::Change),
        (133_004, Why::Unavailable, wait(1)),
        (133_005, Why::WrongPin, Remedy::Change),
        (133_006, Why::NotVerified, Remedy::Change),
        (133_008, Why::TooManyPins, wait(60)),
        (133_009, Why::TooManyPins, wait(60)),
        (133_015, Why::JustDeleted, wait(300)),
        (133_016, Why::TooOften, wait(72 * 60 * 60)),
        (136_024, Why::AlreadyVerified, Remedy::Change),
    ] {
        let host = Host::new(|world| world.registration_refused = Some(code));
        let error = host.begins(claims()).await.unwrap_err();

        assert_eq!((error.step(), error.registration()), (Step::Register, Some(why)), "{code}");
        assert_eq!(error.remedy(), remedy, "{code}");
        let cause = error.source().unwrap().downcast_ref::<whatsapp_cloud::Error>();
        assert_eq!(cause.unwrap().code(), Some(code));

        host.graph.world.lock().unwrap().registration_refused = None;
        assert_eq!(host.resumes().await.unwrap().registered, Registered::Now);
        assert_eq!(host.effects(), (1, 1, 1));
    }
}

#[tokio::test]
async fn a_token_that_was_taken_back_means_to_start_again() {
    let host = Host::new(|_| ());
    host.store.put(&Progress::new(ID, claims()));
    host.store.put_token(ID, &SecretString::from("another"));
    // Asked about another token, Meta's answer is a refusal of the call.
    let error = host.resumes().await.unwrap_err();
    assert_eq!((error.step(), error.remedy()), (Step::Verify, Remedy::Change));

    let host = Host::new(|world| world.registration_refused = Some(190));
    assert_eq!(host.begins(claims()).await.unwrap_err().remedy(), Remedy::StartAgain);
}

#[tokio::test]
async fn an_app_with_another_secret_is_put_right_and_goes_on() {
    let host = Host::new(|_| ());
    host.store.put(&Progress::new(ID, claims()));
    host.store.put_token(ID, &SecretString::from(TOKEN));
    let progress = host.store.progress(ID).unwrap();
    let error = host.of_app("canary-old-secret").resume(progress.clone()).await.unwrap_err();

    assert_eq!((error.step(), error.remedy()), (Step::Verify, Remedy::Change));
    assert!(host.signup.resume(progress).await.is_ok());
}
