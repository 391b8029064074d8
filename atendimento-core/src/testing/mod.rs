//! For tests of hosts, adapters and stores: a clock to move, fakes that do as they are told,
//! and the suite that every store must pass.

mod channel;
mod clock;
pub mod conformance;
mod crm;
mod interrupt;
mod keys;
mod randomness;

pub use channel::{FakeChannel, Sent, Wire};
pub use clock::ManualClock;
pub use crm::{CrmFault, FakeCrm};
pub use interrupt::{Interrupt, Interrupted, Side};
pub use keys::TestKeys;
pub use randomness::SeededRandomness;
