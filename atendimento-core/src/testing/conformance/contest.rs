//! Several processes that want the same at once.

use std::sync::{Arc, Barrier};
use std::thread;

use crate::store::Store;
use crate::testing::conformance::{StoreFixture, run};

/// How many contend.
const CONTENDERS: usize = 4;

/// What each of several contenders gets, who all begin at once, each with a handle and a
/// thread of its own.
pub(super) fn contest<T, F>(
    fixture: &dyn StoreFixture,
    contend: impl Fn(usize, Arc<dyn Store>) -> F + Sync,
) -> Vec<T>
where
    T: Send,
    F: Future<Output = T>,
{
    let start = Barrier::new(CONTENDERS);
    let contender = |number: usize| {
        let mut prize = None;
        run(async {
            let store = fixture.open().await;
            start.wait();
            prize = Some(contend(number, store).await);
        });
        prize.expect("the runtime runs its future to the end")
    };
    thread::scope(|scope| {
        let threads: Vec<_> =
            (0..CONTENDERS).map(|number| scope.spawn(move || contender(number))).collect();
        threads.into_iter().map(|thread| thread.join().expect("no contender fails")).collect()
    })
}
