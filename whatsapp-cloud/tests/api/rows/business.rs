use whatsapp_cloud::api::business::{
    GetBusiness, ListClientAccounts, ListConnectedClients, ListOwnedAccounts,
    OnboardToMarketingMessages,
};
use whatsapp_cloud::api::certification::{CertifyBusiness, ListCertifications};
use whatsapp_cloud::api::credit::{
    AttachCredit, GetAllocation, GetCreditLine, ListAllocations, ListCreditLines, RevokeAllocation,
    ShareAndAttachCredit, ShareCredit,
};
use whatsapp_cloud::api::preverified_numbers::{
    DeletePreverifiedNumber, GetPreverifiedNumber, ListNumberPartners, ListPreverifiedNumbers,
    ShareNumber, UnshareNumber,
};
use whatsapp_cloud::api::solutions::{
    AcceptDeactivation, AcceptSolution, CreateSolution, GetSolution, GetSolutionToken,
    ListAccountSolutions, ListAppSolutions, RejectDeactivation, RejectSolution,
    RequestDeactivation,
};

use super::{Row, row};

pub fn rows() -> Vec<Row> {
    vec![
        row::<GetBusiness>("api/business/portfolio.rs"),
        row::<ListOwnedAccounts>("api/business/portfolio.rs"),
        row::<ListClientAccounts>("api/business/portfolio.rs"),
        row::<ListConnectedClients>("api/business/portfolio.rs"),
        row::<OnboardToMarketingMessages>("api/business/portfolio.rs"),
        row::<ListPreverifiedNumbers>("api/business/preverified_numbers.rs"),
        row::<GetPreverifiedNumber>("api/business/preverified_numbers.rs"),
        row::<DeletePreverifiedNumber>("api/business/preverified_numbers.rs"),
        row::<ListNumberPartners>("api/business/preverified_numbers.rs"),
        row::<ShareNumber>("api/business/preverified_numbers.rs"),
        row::<UnshareNumber>("api/business/preverified_numbers.rs"),
        row::<CreateSolution>("api/business/solutions.rs"),
        row::<ListAppSolutions>("api/business/solutions.rs"),
        row::<ListAccountSolutions>("api/business/solutions.rs"),
        row::<GetSolution>("api/business/solutions.rs"),
        row::<GetSolutionToken>("api/business/solutions.rs"),
        row::<AcceptSolution>("api/business/solutions.rs"),
        row::<RejectSolution>("api/business/solutions.rs"),
        row::<RequestDeactivation>("api/business/solutions.rs"),
        row::<AcceptDeactivation>("api/business/solutions.rs"),
        row::<RejectDeactivation>("api/business/solutions.rs"),
        row::<ListCreditLines>("api/business/credit.rs"),
        row::<GetCreditLine>("api/business/credit.rs"),
        row::<ShareAndAttachCredit>("api/business/credit.rs"),
        row::<ShareCredit>("api/business/credit.rs"),
        row::<AttachCredit>("api/business/credit.rs"),
        row::<ListAllocations>("api/business/credit.rs"),
        row::<GetAllocation>("api/business/credit.rs"),
        row::<RevokeAllocation>("api/business/credit.rs"),
        row::<CertifyBusiness>("api/business/certification.rs"),
        row::<ListCertifications>("api/business/certification.rs"),
    ]
}
