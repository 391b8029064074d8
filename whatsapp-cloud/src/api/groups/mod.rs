//! Groups: small ones of up to 8 people, whom a business invites by a link.
//!
//! What is asked for happens later: the answer holds a request's id, and a webhook tells what
//! became of it.
//!
//! Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/groups>

mod group;
mod invite_link;
mod join_request;
mod participant;

pub use group::{
    CreateGroup, DeleteGroup, GetGroup, Group, GroupParticipant, GroupRequest, GroupSettings,
    GroupSummary, JoinApprovalMode, ListGroups, NewGroup, SetGroupPicture, UpdateGroup,
};
pub use invite_link::{DeleteInviteLink, GetInviteLink, InviteLink, ResetInviteLink};
pub use join_request::{
    ApproveJoinRequests, JoinRequest, JoinRequestDecision, JoinRequestFailure, JoinRequestIds,
    ListJoinRequests, RejectJoinRequests,
};
pub use participant::{AddParticipants, Participant, Participants, RemoveParticipants};
