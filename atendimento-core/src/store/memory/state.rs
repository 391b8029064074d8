//! What a store holds, as plain collections.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};

use crate::domain::{
    Agent, Alias, Conversation, Day, DedupeKey, Fingerprint, Lane, PresenceChange, RemoteRef,
};
use crate::id::{AgentId, ContactId, ConversationId, MessageId, TenantId};
use crate::store::{
    BoundAlias, Candidate, ConfigurationRecord, ContactRecord, DeadLetter, Entry, Envelope,
    Explained, Job, Journaled, Merged, Notice, Orphan, Quarantined, StatusRecord, StoredMessage,
};
use crate::time::Timestamp;

#[derive(Default)]
pub(super) struct State {
    pub(super) envelopes: VecDeque<HeldEnvelope>,
    pub(super) envelope_fence: u64,
    pub(super) envelopes_free_at: Timestamp,
    pub(super) quarantined: Vec<(TenantId, Quarantined)>,
    pub(super) ledger: HashMap<(TenantId, DedupeKey), Fingerprint>,
    pub(super) orphans: Vec<Orphan>,
    pub(super) notices: Vec<Notice>,
    pub(super) lanes: BTreeMap<Lane, LaneState>,
    pub(super) turns: u64,
    pub(super) dead_letters: Vec<(TenantId, DeadLetter)>,
    pub(super) contacts: HashMap<ContactId, ContactRecord>,
    /// Who holds what, and since when.
    pub(super) aliases: HashMap<(TenantId, Alias), (ContactId, Timestamp)>,
    /// What they held before.
    pub(super) former: Vec<BoundAlias>,
    /// The channel's own ids of each customer.
    pub(super) ids: HashMap<ContactId, BTreeSet<Alias>>,
    pub(super) merged_into: BTreeMap<ContactId, ContactId>,
    pub(super) merges: Vec<Merged>,
    pub(super) candidates: Vec<HeldCandidate>,
    pub(super) conversations: HashMap<ConversationId, Conversation>,
    /// Conversations in the order in which they began.
    pub(super) opened: Vec<ConversationId>,
    /// The latest of each lane, and its place among them.
    pub(super) latest: HashMap<Lane, (usize, ConversationId)>,
    pub(super) messages: Vec<StoredMessage>,
    pub(super) message_at: HashMap<MessageId, usize>,
    pub(super) revoked: HashSet<(TenantId, RemoteRef)>,
    pub(super) statuses: Vec<StatusRecord>,
    pub(super) journal: Vec<Journaled>,
    /// The last protocol number of each day.
    pub(super) protocols: HashMap<(TenantId, Day), u32>,
    pub(super) explanations: Vec<(ConversationId, Explained)>,
    pub(super) jobs: BTreeMap<u64, JobState>,
    pub(super) next_job: u64,
    pub(super) links: HashMap<(String, ContactId), String>,
    pub(super) agents: BTreeMap<(TenantId, AgentId), HeldAgent>,
    pub(super) roster_changes: u64,
    pub(super) presences: Vec<(TenantId, PresenceChange)>,
    pub(super) configurations: Vec<ConfigurationRecord>,
}

pub(super) struct HeldEnvelope {
    pub(super) envelope: Envelope,
    pub(super) attempts: u32,
}

pub(super) struct HeldCandidate {
    pub(super) tenant: TenantId,
    /// As it was noted.
    pub(super) candidate: Candidate,
    pub(super) is_settled: bool,
}

pub(super) struct HeldAgent {
    pub(super) agent: Agent,
    /// The number of its latest change.
    pub(super) changed: u64,
}

#[derive(Default)]
pub(super) struct LaneState {
    /// Rises when the lane is claimed and when it is given back.
    pub(super) fence: u64,
    /// The end of the lease or of a deferral; `None` while it is free.
    pub(super) free_at: Option<Timestamp>,
    /// Its place among the lanes that wait to be claimed.
    pub(super) turn: u64,
    pub(super) next_sequence: u64,
    pub(super) entries: VecDeque<HeldEntry>,
}

pub(super) struct HeldEntry {
    pub(super) sequence: u64,
    pub(super) entry: Entry,
    pub(super) attempts: u32,
}

pub(super) struct JobState {
    pub(super) job: Job,
    pub(super) fence: u64,
    pub(super) free_at: Timestamp,
    pub(super) attempts: u32,
    pub(super) started: Option<Timestamp>,
}

impl State {
    /// Puts an event at the end of its lane; an idle lane goes to the end of the line.
    pub(super) fn push_entry(&mut self, entry: Entry) {
        self.turns += 1;
        let lane = self.lanes.entry(entry.lane.clone()).or_default();
        if lane.entries.is_empty() {
            lane.turn = self.turns;
        }
        lane.next_sequence += 1;
        let sequence = lane.next_sequence;
        lane.entries.push_back(HeldEntry { sequence, entry, attempts: 0 });
    }

    /// Takes the oldest event off a claimed lane and gives the lane back.
    pub(super) fn pop_entry(&mut self, lane: &Lane) -> Option<HeldEntry> {
        self.turns += 1;
        let turn = self.turns;
        let lane = self.lanes.get_mut(lane)?;
        lane.fence += 1;
        lane.free_at = None;
        lane.turn = turn;
        lane.entries.pop_front()
    }

    /// The conversation that a lane goes on with: of the person that its customer is, the open
    /// one, else the latest.
    pub(super) fn latest_of(&self, lane: &Lane) -> Option<&Conversation> {
        let members = self.members(self.survivor(lane.contact)).into_iter();
        let latest = members.filter_map(|contact| {
            let account = lane.account.clone();
            let (place, id) = self.latest.get(&Lane { contact, account })?;
            Some((*place, self.conversations.get(id)?))
        });
        latest.max_by_key(|(place, conversation)| (conversation.is_open(), *place)).map(|it| it.1)
    }

    /// The messages that the channel calls so, in the order in which they were stored.
    pub(super) fn called<'a>(
        &'a self,
        tenant: &'a TenantId,
        remote: &'a RemoteRef,
    ) -> impl Iterator<Item = &'a StoredMessage> {
        self.messages.iter().filter(move |stored| {
            stored.record.remote.as_ref() == Some(remote)
                && self
                    .conversations
                    .get(&stored.conversation)
                    .is_some_and(|conversation| conversation.tenant == *tenant)
        })
    }
}
