//! Setting up and starting a simulator.

use std::fmt;
use std::net::Ipv4Addr;
use std::sync::atomic::AtomicI64;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use secrecy::{ExposeSecret as _, SecretString};
use tokio::net::TcpListener;
use tokio::sync::{Notify, watch};

use crate::client::{HttpTransport, TransportOptions};
use crate::error::{Error, ErrorKind, Result};
use crate::id::{AccountId, AppId, PhoneNumberId};
use crate::simulator::deliver::Post;
use crate::simulator::fault::{Disturbances, Faults};
use crate::simulator::listener::CuttableListener;
use crate::simulator::routes::router;
use crate::simulator::running::{Clock, Shared, millis};
use crate::simulator::world::{Setup, World};
use crate::simulator::{Access, Simulator};
use crate::webhook::Verifier;

const OPERATION: &str = "start the simulator";

/// Sets up a [`Simulator`]. Everything has a default; `Debug` shows no secrets.
///
/// ```
/// use whatsapp_cloud::simulator::{Simulator, SimulatorBuilder};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> whatsapp_cloud::Result<()> {
/// // A number of a thousand messages a second, and an app that vouches for its tokens.
/// let builder: SimulatorBuilder = Simulator::builder().throughput(1_000).require_proof(true);
/// let simulator = builder.start().await?;
/// assert!(simulator.base_url().starts_with("http://127.0.0.1:"));
/// # Ok(()) }
/// ```
#[must_use]
pub struct SimulatorBuilder {
    app_secret: SecretString,
    verify_token: SecretString,
    token: SecretString,
    account_id: AccountId,
    phone_number_id: PhoneNumberId,
    phone_number: String,
    callback: Option<String>,
    app_id: AppId,
    require_proof: bool,
    retry_first: Duration,
    batch: usize,
    throughput: u32,
    review: Duration,
    auto_read: bool,
    port: u16,
    clock: Clock,
}

impl Default for SimulatorBuilder {
    fn default() -> Self {
        Self {
            app_secret: SecretString::from("simulator-app-secret"),
            verify_token: SecretString::from("simulator-verify-token"),
            token: SecretString::from("simulator-token"),
            account_id: AccountId::new("102290129340398"),
            phone_number_id: PhoneNumberId::new("106540352242922"),
            phone_number: "15550783881".to_owned(),
            callback: None,
            app_id: AppId::new("1384519862354"),
            require_proof: false,
            retry_first: Duration::from_secs(1),
            batch: 1_000,
            throughput: 80,
            review: Duration::ZERO,
            auto_read: true,
            port: 0,
            clock: Arc::new(since_1970),
        }
    }
}

impl SimulatorBuilder {
    /// What webhooks are signed with; `simulator-app-secret` otherwise.
    ///
    /// ```
    /// use secrecy::SecretString;
    /// use whatsapp_cloud::simulator::Simulator;
    ///
    /// // What your program is set up with, on the machine where it is tested.
    /// let builder = Simulator::builder()
    ///     .app_secret(SecretString::from("the app secret"))
    ///     .verify_token(SecretString::from("the verify token"))
    ///     .token(SecretString::from("EAAG-example"))
    ///     .port(8085);
    /// assert!(!format!("{builder:?}").contains("secret"));
    /// ```
    pub fn app_secret(mut self, secret: SecretString) -> Self {
        self.app_secret = secret;
        self
    }

    /// What the handshake shows to the callback; `simulator-verify-token` otherwise.
    pub fn verify_token(mut self, token: SecretString) -> Self {
        self.verify_token = token;
        self
    }

    /// What callers must show; `simulator-token` otherwise.
    pub fn token(mut self, token: SecretString) -> Self {
        self.token = token;
        self
    }

    /// The account's id.
    ///
    /// ```
    /// use whatsapp_cloud::simulator::Simulator;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> whatsapp_cloud::Result<()> {
    /// let simulator = Simulator::builder()
    ///     .app_id("634974688087057")
    ///     .account_id("102290129340399")
    ///     .phone_number_id("106540352242923")
    ///     .phone_number("5511955550100")
    ///     .start()
    ///     .await?;
    /// assert_eq!(simulator.app_id().as_str(), "634974688087057");
    /// assert_eq!(simulator.account_id().as_str(), "102290129340399");
    /// assert_eq!(simulator.phone_number(), "5511955550100");
    /// # Ok(()) }
    /// ```
    pub fn account_id(mut self, id: impl Into<AccountId>) -> Self {
        self.account_id = id.into();
        self
    }

    /// The business number's id.
    pub fn phone_number_id(mut self, id: impl Into<PhoneNumberId>) -> Self {
        self.phone_number_id = id.into();
        self
    }

    /// The business number, in digits.
    pub fn phone_number(mut self, digits: impl Into<String>) -> Self {
        self.phone_number = digits.into();
        self
    }

    /// Where webhooks are posted from the start; see [`Simulator::set_callback`].
    ///
    /// ```
    /// use whatsapp_cloud::ErrorKind;
    /// use whatsapp_cloud::simulator::Simulator;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// // Nobody listens there, so there is no handshake.
    /// let builder = Simulator::builder().callback("http://127.0.0.1:1/webhook");
    /// let refused = builder.start().await.unwrap_err();
    /// assert_eq!(refused.kind(), ErrorKind::Configuration);
    /// # }
    /// ```
    pub fn callback(mut self, url: impl Into<String>) -> Self {
        self.callback = Some(url.into());
        self
    }

    /// The app's id.
    pub fn app_id(mut self, id: impl Into<AppId>) -> Self {
        self.app_id = id.into();
        self
    }

    /// Whether the app must vouch for its tokens, as with Meta's setting "Require App Secret":
    /// see [`ClientBuilder::app_secret`](crate::client::ClientBuilder::app_secret).
    pub fn require_proof(mut self, require: bool) -> Self {
        self.require_proof = require;
        self
    }

    /// How many messages a number may exchange in any second; 80 otherwise, and up to 1,000
    /// with Meta.
    pub fn throughput(mut self, messages: u32) -> Self {
        self.throughput = messages;
        self
    }

    /// How long the review of a template takes, by the simulator's clock; no time otherwise.
    pub fn review(mut self, takes: Duration) -> Self {
        self.review = takes;
        self
    }

    /// How many updates a webhook may tell of: those that wait while another one is under way
    /// go together. 1,000 otherwise, as with Meta; with 1 each comes alone.
    ///
    /// ```
    /// use std::time::Duration;
    /// use whatsapp_cloud::simulator::Simulator;
    ///
    /// // Each update comes alone, and soon again; nobody reads; a template is looked at for a day.
    /// let builder = Simulator::builder()
    ///     .batch(1)
    ///     .retry_first(Duration::from_millis(10))
    ///     .auto_read(false)
    ///     .review(Duration::from_secs(24 * 60 * 60));
    /// # let _ = builder;
    /// ```
    pub fn batch(mut self, most: usize) -> Self {
        self.batch = most;
        self
    }

    /// The wait after the first failed delivery, doubled for each further one; 1 second
    /// otherwise.
    pub fn retry_first(mut self, wait: Duration) -> Self {
        self.retry_first = wait;
        self
    }

    /// Whether phones read by themselves; they do otherwise.
    pub fn auto_read(mut self, auto_read: bool) -> Self {
        self.auto_read = auto_read;
        self
    }

    /// The port to listen on; a free one otherwise.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// A clock of your own: the time since 1970. See [`Simulator::advance`] too.
    ///
    /// ```
    /// use std::sync::Arc;
    /// use std::time::Duration;
    /// use whatsapp_cloud::simulator::Simulator;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> whatsapp_cloud::Result<()> {
    /// // It stands still unless the test moves it.
    /// let start = Duration::from_secs(1_749_416_383);
    /// let simulator = Simulator::builder().clock(Arc::new(move || start)).start().await?;
    /// simulator.advance(Duration::from_secs(60));
    /// assert_eq!(simulator.now(), start + Duration::from_secs(60));
    /// # Ok(()) }
    /// ```
    pub fn clock(mut self, clock: Arc<dyn Fn() -> Duration + Send + Sync>) -> Self {
        self.clock = clock;
        self
    }

    /// Starts it on this machine. Needs a tokio runtime with time and I/O.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Configuration`] when the port is taken, the app secret is empty, or the
    /// callback does not answer the handshake.
    pub async fn start(self) -> Result<Simulator> {
        let refused = |error| Error::new(OPERATION, ErrorKind::Configuration).with_source(error);
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, self.port))
            .await
            .map_err(|error| refused(error.into()))?;
        let address = listener.local_addr().map_err(|error| refused(error.into()))?;
        let base_url = format!("http://{address}");
        let transport = HttpTransport::new(&TransportOptions {
            connect_timeout: Duration::from_secs(3),
            loopback: true,
        })
        .map_err(refused)?;
        let verifier = Verifier::new([self.app_secret.clone()])?;
        let (post, news) = Post::new(
            Arc::new(transport),
            verifier,
            self.verify_token,
            self.retry_first,
            self.batch,
        );
        let mut world = World::new(Setup {
            app_id: self.app_id,
            app_secret: self.app_secret,
            require_proof: self.require_proof,
            auto_read: self.auto_read,
            throughput: self.throughput,
            review: millis(self.review),
            started: millis((self.clock)()),
            base_url: base_url.clone(),
        });
        world.add_number(&self.account_id, &self.phone_number_id, &self.phone_number);
        world.grant(self.token.expose_secret(), Access::default());
        let shared = Arc::new(Shared {
            world: Mutex::new(world),
            faults: Mutex::new(Faults::default()),
            disturbances: Mutex::new(Disturbances::default()),
            clock: self.clock,
            moved: AtomicI64::new(0),
            planned: Notify::new(),
            post,
            phone_number_id: self.phone_number_id,
        });
        let (stop, mut stopped) = watch::channel(false);
        let service = router(shared.clone());
        let server = tokio::spawn(async move {
            let serve = axum::serve(CuttableListener(listener), service);
            let stop = async move {
                // Fails when the simulator is gone, which is a reason to stop too.
                let _ = stopped.wait_for(|stopped| *stopped).await;
            };
            // Serving on a bound listener does not fail.
            let _ = serve.with_graceful_shutdown(stop).await;
        });
        let postman = tokio::spawn({
            let shared = shared.clone();
            async move { shared.post.run(news).await }
        });
        let timekeeper = tokio::spawn({
            let shared = shared.clone();
            async move { shared.keep_time().await }
        });
        let simulator = Simulator {
            shared,
            base_url,
            account_id: self.account_id,
            token: self.token,
            stop,
            server: Some(server),
            postman,
            timekeeper,
        };
        if let Some(callback) = self.callback {
            simulator.set_callback(callback).await?;
        }
        Ok(simulator)
    }
}

impl fmt::Debug for SimulatorBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SimulatorBuilder")
            .field("account_id", &self.account_id)
            .field("phone_number_id", &self.phone_number_id)
            .field("retry_first", &self.retry_first)
            .field("batch", &self.batch)
            .field("throughput", &self.throughput)
            .field("review", &self.review)
            .field("auto_read", &self.auto_read)
            .field("port", &self.port)
            .finish_non_exhaustive()
    }
}

fn since_1970() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}
