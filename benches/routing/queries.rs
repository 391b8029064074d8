//! The same choice by queries one after another, as platforms make it: the oldest who wait; for
//! each, who is online, serves the queue and has the skills; how much each of them has; and the
//! update. With the indexes it needs, prepared statements, and in memory: no disk is waited for.

use std::time::{Duration, Instant};

use rusqlite::{Connection, params};

use crate::world::World;

const SCHEMA: &str = "
    create table agent (id integer primary key, online integer not null, capacity integer not null);
    create table agent_queue (queue text, agent integer, primary key (queue, agent)) without rowid;
    create table agent_skill (agent integer, skill text, level integer,
        primary key (agent, skill)) without rowid;
    create table conversation (id integer primary key, queue text not null, place integer not null,
        agent integer, open integer not null);
    create table conversation_skill (conversation integer, skill text, level integer,
        primary key (conversation, skill)) without rowid;
    create index waiting on conversation (place) where agent is null and open;
    create index has on conversation (agent) where open;
";

const OLDEST: &str = "select id, queue from conversation where agent is null and open
    order by place, id limit 100 offset ?1";

const ABLE: &str = "select a.id, a.capacity from agent_queue q join agent a on a.id = q.agent
    where q.queue = ?1 and a.online and not exists (
        select 1 from conversation_skill c
        left join agent_skill s on s.agent = a.id and s.skill = c.skill and s.level >= c.level
        where c.conversation = ?2 and s.agent is null)";

const LOAD: &str = "select count(*) from conversation where agent = ?1 and open";

/// Microseconds for each decision.
pub(crate) fn one_after_another(mut world: World) -> f64 {
    const LONGEST: Duration = Duration::from_secs(30);
    const DECISIONS: usize = 50;
    let mut connection = Connection::open_in_memory().unwrap();
    fill(&mut connection, &mut world);
    let (mut took, mut made) = (Duration::ZERO, 0);
    while made < DECISIONS && took < LONGEST {
        let agent = world.free_one();
        let number: i64 = agent.id.as_str().trim_start_matches("agent ").parse().unwrap();
        connection
            .execute(
                "update conversation set open = 0 where id =
                    (select id from conversation where agent = ?1 and open limit 1)",
                [number],
            )
            .unwrap();
        let begun = Instant::now();
        let found = decide(&connection);
        took += begun.elapsed();
        made += 1;
        if found {
            let item = world.item();
            insert(&connection, &item);
        }
        world.fill_last();
    }
    took.as_secs_f64() * 1e6 / f64::from(u32::try_from(made).unwrap())
}

fn decide(connection: &Connection) -> bool {
    let mut oldest = connection.prepare_cached(OLDEST).unwrap();
    let mut able = connection.prepare_cached(ABLE).unwrap();
    let mut load = connection.prepare_cached(LOAD).unwrap();
    let mut give =
        connection.prepare_cached("update conversation set agent = ?2 where id = ?1").unwrap();
    let mut offset = 0_i64;
    loop {
        let rows = oldest.query_map([offset], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        let waiting: Vec<(i64, String)> = rows.map(Result::unwrap).collect();
        if waiting.is_empty() {
            return false;
        }
        offset += key(waiting.len());
        for (conversation, queue) in waiting {
            let agents = able.query_map(params![queue, conversation], |row| {
                Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?))
            });
            let mut best: Option<(i64, i64)> = None;
            for agent in agents.unwrap() {
                let (agent, capacity) = agent.unwrap();
                let has: i64 = load.query_row([agent], |row| row.get(0)).unwrap();
                if has < capacity {
                    best = Some(best.map_or((has, agent), |best| best.min((has, agent))));
                }
            }
            if let Some((_, agent)) = best {
                give.execute([conversation, agent]).unwrap();
                return true;
            }
        }
    }
}

fn key(number: usize) -> i64 {
    i64::try_from(number).unwrap()
}

fn fill(connection: &mut Connection, world: &mut World) {
    let agents = world.full_agents();
    let transaction = connection.transaction().unwrap();
    transaction.execute_batch(SCHEMA).unwrap();
    for (number, agent) in agents.iter().enumerate() {
        let capacity = agent.profile.capacity_for(&"chat".into());
        transaction
            .execute("insert into agent values (?1, 1, ?2)", params![key(number), capacity])
            .unwrap();
        for queue in &agent.profile.queues {
            transaction
                .execute(
                    "insert or ignore into agent_queue values (?1, ?2)",
                    params![queue.as_str(), key(number)],
                )
                .unwrap();
        }
        for (skill, level) in &agent.profile.skills {
            transaction
                .execute(
                    "insert into agent_skill values (?1, ?2, ?3)",
                    params![key(number), skill.as_str(), level.get()],
                )
                .unwrap();
        }
        for _ in 0..capacity {
            transaction
                .execute(
                    "insert into conversation (queue, place, agent, open) values ('', 0, ?1, 1)",
                    [key(number)],
                )
                .unwrap();
        }
    }
    for item in &world.items {
        insert(&transaction, item);
    }
    transaction.commit().unwrap();
    connection.execute_batch("analyze").unwrap();
}

fn insert(connection: &Connection, item: &atendimento_core::domain::routing::Item) {
    connection
        .prepare_cached("insert into conversation (queue, place, open) values (?1, ?2, 1)")
        .unwrap()
        .execute(params![item.requirement.queues[0].as_str(), item.key.moment().millis()])
        .unwrap();
    let conversation = connection.last_insert_rowid();
    let mut skill =
        connection.prepare_cached("insert into conversation_skill values (?1, ?2, ?3)").unwrap();
    for (name, level) in &item.requirement.skills {
        skill.execute(params![conversation, name.as_str(), level.get()]).unwrap();
    }
}
