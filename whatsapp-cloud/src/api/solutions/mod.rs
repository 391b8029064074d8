//! Multi-partner solutions: two apps that serve the same clients, and which of them sends.
//!
//! Source: <https://developers.facebook.com/docs/whatsapp/solution-providers/multi-partner-solutions>

mod ending;
mod partnership;
mod solution;

pub use ending::{
    AcceptDeactivation, Deactivation, DeactivationRejection, RejectDeactivation,
    RequestDeactivation, RequestedDeactivation,
};
pub use partnership::{
    AcceptSolution, Acceptance, AcceptedSolution, RejectSolution, RejectedSolution, Rejection,
    SolutionRequest,
};
pub use solution::{
    CreateSolution, CreatedSolution, GetSolution, GetSolutionToken, ListAccountSolutions,
    ListAppSolutions, NewSolution, PartnerStatus, PendingRequest, Solution, SolutionPartner,
    SolutionRole, SolutionStatus, SolutionToken,
};
