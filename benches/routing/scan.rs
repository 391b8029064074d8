//! The same choice by going through those who wait.

use std::collections::BTreeMap;
use std::time::Instant;

use atendimento_core::domain::Agent;
use atendimento_core::domain::routing::{Item, Key};
use atendimento_core::id::{ConversationId, QueueId};

use crate::world::World;

fn rank(agent: &Agent, item: &Item) -> Option<usize> {
    agent.profile.queues.iter().position(|queue| item.requirement.queues.contains(queue))
}

/// A list of all who wait; the best of those who fit. Microseconds each.
pub(crate) fn all(mut world: World) -> f64 {
    const DECISIONS: usize = 100;
    world.full_agents();
    let mut waiting = world.items.clone();
    let mut took = 0.0;
    for _ in 0..DECISIONS {
        let agent = world.free_one();
        let begun = Instant::now();
        let could = waiting.iter().enumerate().filter(|(_, item)| {
            agent.can_take(&item.requirement).is_ok() && !item.excluded.contains(&agent.id)
        });
        let best = could.min_by_key(|(_, item)| (rank(&agent, item), item.key, item.conversation));
        let best = best.map(|(at, _)| at);
        let best = best.map(|at| waiting.swap_remove(at));
        took += begun.elapsed().as_secs_f64() * 1e6;
        world.fill_last();
        waiting.extend(best.map(|_| world.item()));
    }
    took / DECISIONS as f64
}

/// A list for each queue in the order of keys; the first who fits. Microseconds each. How long
/// that is depends on who waits in front: here everybody is as likely there as elsewhere.
pub(crate) fn in_order(mut world: World) -> f64 {
    const DECISIONS: usize = 20_000;
    world.full_agents();
    let mut queues: BTreeMap<QueueId, BTreeMap<(Key, ConversationId), Item>> = BTreeMap::new();
    let put = |queues: &mut BTreeMap<QueueId, BTreeMap<_, _>>, item: Item| {
        let queue = queues.entry(item.requirement.queues[0].clone()).or_default();
        queue.insert((item.key, item.conversation), item);
    };
    for item in &world.items {
        put(&mut queues, item.clone());
    }
    let mut took = 0.0;
    for _ in 0..DECISIONS {
        let agent = world.free_one();
        let begun = Instant::now();
        let found = agent.profile.queues.iter().find_map(|queue| {
            let mut waiting = queues.get(queue)?.iter();
            let fits = |item: &Item| agent.can_take(&item.requirement).is_ok();
            Some((queue, *waiting.find(|(_, item)| fits(item))?.0))
        });
        let item = found.and_then(|(queue, at)| queues.get_mut(queue)?.remove(&at));
        took += begun.elapsed().as_secs_f64() * 1e6;
        world.fill_last();
        if item.is_some() {
            put(&mut queues, world.item());
        }
    }
    took / DECISIONS as f64
}
