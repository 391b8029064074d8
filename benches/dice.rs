//! Whose turn it is. In a fixed order, whatever else runs would meet the same one in each round.

/// Numbers that look random, and are the same in each run: Knuth's linear congruence.
pub struct Dice(u64);

impl Default for Dice {
    fn default() -> Self {
        Self(1)
    }
}

impl Dice {
    /// Puts the turns into another order.
    pub fn shuffle(&mut self, turns: &mut [usize]) {
        for last in (1..turns.len()).rev() {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            turns.swap(last, (self.0 >> 33) as usize % (last + 1));
        }
    }
}
