//! What the simulated world holds.

use std::collections::{BTreeMap, BTreeSet};

use secrecy::SecretString;

use crate::client::sha256;
use crate::id::{AccountId, AppId, PhoneNumberId};
use crate::simulator::Access;
use crate::simulator::record::{HandledCall, Receipt, ReceivedMessage};
use crate::simulator::world::access::Tokens;
use crate::simulator::world::account::Account;
use crate::simulator::world::group::Group;
use crate::simulator::world::media::File;
use crate::simulator::world::number::Number;
use crate::simulator::world::people::{Inbound, Person};
use crate::simulator::world::schedule::Schedule;
use crate::simulator::world::signup::Code;
use crate::simulator::world::subscription::AppSubscription;
use crate::simulator::world::template::Templates;
use crate::simulator::world::upload::ResumableUpload;

/// A moment, in milliseconds since 1970.
pub(in crate::simulator) type Millis = i64;

/// The last moment there is: the end of the year 9999. What is added to it still fits.
pub(in crate::simulator) const LAST: Millis = 253_402_300_799_999;

pub(super) const SECOND: Millis = 1_000;
pub(super) const DAY: Millis = 24 * 60 * 60 * SECOND;

/// What the world is made with.
pub(in crate::simulator) struct Setup {
    pub(in crate::simulator) app_id: AppId,
    pub(in crate::simulator) app_secret: SecretString,
    /// Whether each call must be vouched for by the app.
    pub(in crate::simulator) require_proof: bool,
    pub(in crate::simulator) auto_read: bool,
    /// How many messages a second a number may exchange.
    pub(in crate::simulator) throughput: u32,
    /// How long Meta takes to review a template.
    pub(in crate::simulator) review: Millis,
    /// When it began: part of every id, so that a restart does not repeat them.
    pub(in crate::simulator) started: Millis,
    pub(in crate::simulator) base_url: String,
}

/// The simulated world: businesses with their accounts and numbers, and their customers.
pub(in crate::simulator) struct World {
    pub(in crate::simulator) setup: Setup,
    made_ids: u64,
    pub(super) tokens: Tokens,
    pub(super) accounts: BTreeMap<AccountId, Account>,
    pub(super) numbers: BTreeMap<PhoneNumberId, Number>,
    pub(super) customers: BTreeMap<String, Person>,
    pub(super) groups: BTreeMap<String, Group>,
    /// Codes that become tokens, by their text.
    pub(super) codes: BTreeMap<String, Code>,
    pub(super) app_subscription: AppSubscription,
    pub(super) files: BTreeMap<String, File>,
    pub(super) uploads: BTreeMap<String, ResumableUpload>,
    /// Handles of uploads that are complete.
    pub(super) handles: BTreeSet<String>,
    /// Messages of customers, which the business may mark as read.
    pub(super) inbound: BTreeMap<String, Inbound>,
    pub(super) accepted: Vec<ReceivedMessage>,
    pub(super) receipts: Vec<Receipt>,
    pub(in crate::simulator) handled: Vec<HandledCall>,
    pub(super) templates: Templates,
    pub(super) schedule: Schedule,
}

impl World {
    pub(in crate::simulator) fn new(setup: Setup) -> Self {
        Self {
            setup,
            made_ids: 0,
            tokens: Tokens::new(),
            accounts: BTreeMap::new(),
            numbers: BTreeMap::new(),
            customers: BTreeMap::new(),
            groups: BTreeMap::new(),
            codes: BTreeMap::new(),
            app_subscription: AppSubscription::default(),
            files: BTreeMap::new(),
            uploads: BTreeMap::new(),
            handles: BTreeSet::new(),
            inbound: BTreeMap::new(),
            accepted: Vec::new(),
            receipts: Vec::new(),
            handled: Vec::new(),
            templates: Templates::default(),
            schedule: Schedule::default(),
        }
    }

    /// A number, and the account it belongs to, which is made where there is none.
    pub(in crate::simulator) fn add_number(
        &mut self,
        account: &AccountId,
        id: &PhoneNumberId,
        digits: &str,
    ) {
        self.accounts.entry(account.clone()).or_insert_with(|| Account::new(account));
        let number = Number::new(account.clone(), digits, self.setup.throughput);
        self.numbers.insert(id.clone(), number);
    }

    /// A number's digits; none where there is no such number.
    pub(in crate::simulator) fn digits(&self, id: &PhoneNumberId) -> String {
        self.numbers.get(id).map(|number| number.digits.clone()).unwrap_or_default()
    }

    /// Lets `token` open what `access` says.
    pub(in crate::simulator) fn grant(&mut self, token: &str, access: Access) {
        self.tokens.insert(token.to_owned(), access);
    }

    /// Takes a token back, and says whether there was one.
    pub(in crate::simulator) fn revoke(&mut self, token: &str) -> bool {
        match self.tokens.get_mut(token) {
            Some(access) => {
                access.revoke();
                true
            }
            None => false,
        }
    }

    pub(in crate::simulator) fn accepted(&self) -> &[ReceivedMessage] {
        &self.accepted
    }

    pub(in crate::simulator) fn receipts(&self) -> &[Receipt] {
        &self.receipts
    }

    /// A word that no other id of this world is made of.
    pub(super) fn next_id(&mut self) -> String {
        self.made_ids += 1;
        format!("{}:{}", self.setup.started, self.made_ids)
    }

    /// What a callback must answer in the handshake.
    pub(in crate::simulator) fn challenge(&mut self) -> String {
        digits_of(&self.next_id(), 10)
    }

    /// An id of digits, as most objects have.
    pub(super) fn next_number(&mut self) -> String {
        digits_of(&self.next_id(), 16)
    }
}

/// Digits that stand for `text`, the first of them no zero.
pub(super) fn digits_of(text: &str, count: usize) -> String {
    let hash = sha256(text.as_bytes()).hex();
    let digits = hash.bytes().map(|byte| char::from(b'1' + byte % 9));
    digits.take(count).collect()
}
