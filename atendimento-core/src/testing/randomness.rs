//! Randomness that is the same in each run.

use std::sync::{Arc, Mutex};

use crate::id::Randomness;

/// Randomness from a seed: the same seed gives the same bytes. Never for keys that matter.
///
/// Clones draw from the same stream.
#[derive(Clone, Debug)]
pub struct SeededRandomness(Arc<Mutex<u64>>);

impl SeededRandomness {
    /// The stream of `seed`.
    pub fn new(seed: u64) -> Self {
        Self(Arc::new(Mutex::new(seed)))
    }
}

impl Randomness for SeededRandomness {
    fn fill(&self, buffer: &mut [u8]) {
        let mut state = self.0.lock().expect("no code panics while holding the lock");
        for chunk in buffer.chunks_mut(8) {
            // SplitMix64: https://prng.di.unimi.it/splitmix64.c
            *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
            let mut next = *state;
            next = (next ^ (next >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            next = (next ^ (next >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            next ^= next >> 31;
            chunk.copy_from_slice(&next.to_le_bytes()[..chunk.len()]);
        }
    }
}
