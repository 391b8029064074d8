//! What may happen to a service desk.

use atendimento_core::domain::Presence;
use proptest::prelude::*;
use proptest::sample::Index;

pub(crate) const AGENTS: [&str; 4] = ["ana", "bia", "caio", "dora"];

/// Something that happens. What it names is looked up when its time comes: an index means one
/// of what is there then.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    Write { customer: u8, word: &'static str },
    Enroll { agent: &'static str, profile: u8 },
    Be { agent: &'static str, presence: Presence },
    Accept { agent: &'static str },
    Reject { agent: &'static str },
    Reply { agent: &'static str },
    Close { agent: &'static str },
    Snooze { agent: &'static str, seconds: u64 },
    TransferTo { agent: &'static str, to: &'static str, keep: bool },
    TransferToQueue { agent: &'static str, queue: &'static str, keep: bool },
    CancelTransfer { agent: &'static str },
    Assign { which: Index, to: &'static str },
    Force { which: Index, to: &'static str },
    Pull { which: Index },
    TakeOver { which: Index },
    HandOver { which: Index },
    Reopen { which: Index },
    End { which: Index },
    Pass { seconds: u64 },
}

/// How a day begins: three agents are there.
pub(crate) fn morning() -> Vec<Step> {
    let enroll = (0..).zip(AGENTS).map(|(profile, agent)| Step::Enroll { agent, profile });
    let come = AGENTS[..3].iter().map(|agent| Step::Be { agent, presence: Presence::Available });
    enroll.chain(come).collect()
}

pub(crate) fn steps() -> impl Strategy<Value = Step> {
    let agent = || prop::sample::select(AGENTS.to_vec());
    let queue = || prop::sample::select(vec!["service", "sales"]);
    let which = any::<Index>;
    let word = prop::sample::select(vec!["oi", "hola", "venda"]);
    let presence = prop_oneof![
        4 => Just(Presence::Available),
        1 => Just(Presence::Away),
        1 => Just(Presence::Break),
        1 => Just(Presence::Offline),
    ];
    let seconds = prop_oneof![1_u64..15, 15_u64..70, 70_u64..400];
    prop_oneof![
        9 => (0_u8..6, word).prop_map(|(customer, word)| Step::Write { customer, word }),
        2 => (agent(), 0_u8..5).prop_map(|(agent, profile)| Step::Enroll { agent, profile }),
        5 => (agent(), presence).prop_map(|(agent, presence)| Step::Be { agent, presence }),
        6 => agent().prop_map(|agent| Step::Accept { agent }),
        2 => agent().prop_map(|agent| Step::Reject { agent }),
        3 => agent().prop_map(|agent| Step::Reply { agent }),
        3 => agent().prop_map(|agent| Step::Close { agent }),
        1 => (agent(), 1_u64..200).prop_map(|(agent, seconds)| Step::Snooze { agent, seconds }),
        2 => (agent(), agent(), any::<bool>())
            .prop_map(|(agent, to, keep)| Step::TransferTo { agent, to, keep }),
        2 => (agent(), queue(), any::<bool>())
            .prop_map(|(agent, queue, keep)| Step::TransferToQueue { agent, queue, keep }),
        2 => agent().prop_map(|agent| Step::CancelTransfer { agent }),
        2 => (which(), agent()).prop_map(|(which, to)| Step::Assign { which, to }),
        1 => (which(), agent()).prop_map(|(which, to)| Step::Force { which, to }),
        1 => which().prop_map(|which| Step::Pull { which }),
        1 => which().prop_map(|which| Step::TakeOver { which }),
        1 => which().prop_map(|which| Step::HandOver { which }),
        1 => which().prop_map(|which| Step::Reopen { which }),
        1 => which().prop_map(|which| Step::End { which }),
        6 => seconds.prop_map(|seconds| Step::Pass { seconds }),
    ]
}
