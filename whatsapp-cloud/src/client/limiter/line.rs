//! Who waits for one number at one priority: recipients take turns, messages to one
//! recipient keep their order.

use std::collections::{BTreeMap, BTreeSet};

use crate::client::limiter::moment::Moment;
use crate::client::limiter::pair::PairKey;
use crate::client::limiter::slot::Ticket;

/// The messages that wait for one recipient.
#[derive(Debug)]
struct Lane {
    /// Tickets are given out in order, so the first is the oldest.
    tickets: BTreeSet<Ticket>,
    place: Place,
}

/// Where a lane stands. Each lane stands in exactly one of the line's two orders.
#[derive(Clone, Copy, Debug)]
enum Place {
    /// Its turn, among those that may send.
    Ready(u64),
    /// When its recipient may get something again.
    Blocked(Moment),
}

#[derive(Debug, Default)]
pub(super) struct Line {
    lanes: BTreeMap<PairKey, Lane>,
    ready: BTreeMap<u64, PairKey>,
    blocked: BTreeSet<(Moment, PairKey)>,
    turns: u64,
}

impl Line {
    pub(super) fn is_empty(&self) -> bool {
        self.lanes.is_empty()
    }

    pub(super) fn has_ready(&self) -> bool {
        !self.ready.is_empty()
    }

    pub(super) fn holds(&self, key: PairKey) -> bool {
        self.lanes.contains_key(&key)
    }

    pub(super) fn add(&mut self, key: PairKey, ticket: Ticket) {
        if let Some(lane) = self.lanes.get_mut(&key) {
            lane.tickets.insert(ticket);
            return;
        }
        let place = Place::Ready(self.turn(key));
        self.lanes.insert(key, Lane { tickets: BTreeSet::from([ticket]), place });
    }

    pub(super) fn remove(&mut self, key: PairKey, ticket: Ticket) {
        let Some(lane) = self.lanes.get_mut(&key) else { return };
        lane.tickets.remove(&ticket);
        if lane.tickets.is_empty() {
            let place = lane.place;
            self.leave(key, place);
            self.lanes.remove(&key);
        }
    }

    /// Those whose recipients may get something again stand behind those that are ready.
    pub(super) fn wake(&mut self, now: Moment) {
        while let Some((at, key)) = self.blocked.first().copied().filter(|(at, _)| *at <= now) {
            self.blocked.remove(&(at, key));
            let turn = self.turn(key);
            self.set_place(key, Place::Ready(turn));
        }
    }

    /// Whose turn it is.
    pub(super) fn front(&self) -> Option<PairKey> {
        self.ready.first_key_value().map(|(_, key)| *key)
    }

    /// When the first of those that may not send now may.
    pub(super) fn next_wake(&self) -> Option<Moment> {
        self.blocked.first().map(|(at, _)| *at)
    }

    pub(super) fn block(&mut self, key: PairKey, until: Moment) {
        let Some(lane) = self.lanes.get(&key) else { return };
        self.leave(key, lane.place);
        self.blocked.insert((until, key));
        self.set_place(key, Place::Blocked(until));
    }

    /// Its recipient may get something earlier than was thought.
    pub(super) fn unblock(&mut self, key: PairKey) {
        let Some(lane) = self.lanes.get(&key) else { return };
        if let Place::Blocked(_) = lane.place {
            self.leave(key, lane.place);
            let turn = self.turn(key);
            self.set_place(key, Place::Ready(turn));
        }
    }

    /// Takes the oldest of a lane, which then stands behind all others.
    pub(super) fn take(&mut self, key: PairKey) -> Option<Ticket> {
        let lane = self.lanes.get_mut(&key)?;
        let ticket = lane.tickets.pop_first()?;
        let (place, is_done) = (lane.place, lane.tickets.is_empty());
        self.leave(key, place);
        if is_done {
            self.lanes.remove(&key);
        } else {
            let turn = self.turn(key);
            self.set_place(key, Place::Ready(turn));
        }
        Some(ticket)
    }

    fn turn(&mut self, key: PairKey) -> u64 {
        self.turns += 1;
        self.ready.insert(self.turns, key);
        self.turns
    }

    fn leave(&mut self, key: PairKey, place: Place) {
        match place {
            Place::Ready(turn) => drop(self.ready.remove(&turn)),
            Place::Blocked(at) => drop(self.blocked.remove(&(at, key))),
        }
    }

    fn set_place(&mut self, key: PairKey, place: Place) {
        if let Some(lane) = self.lanes.get_mut(&key) {
            lane.place = place;
        }
    }
}
