//! Every call that is declared, and what fills it.

use crate::calls::{Call, ID, body, call};
use crate::filled::filled;

calls! {
    account::GetAccount(ID) { fields }
    account::ListActivities(ID) { fields, since, until, activity_type, limit, after, before }
    account::UpdateAccount(ID; body) {}
    analytics::EnableInsights(ID) {}
    analytics::GetCallAnalytics(ID, 1_718_064_000, 1_718_122_745, "DAY".into()) { phone_numbers, country_codes, directions, dimensions, metric_types }
    analytics::GetConversationAnalytics(ID, 1_718_064_000, 1_718_122_745, "DAY".into()) { phone_numbers, country_codes, metric_types, conversation_categories, conversation_types, conversation_directions, dimensions }
    analytics::GetGroupAnalytics(ID, 1_718_064_000, 1_718_064_000) { metric_types, group_ids, limit, after, before }
    analytics::GetMessageAnalytics(ID, 1_718_064_000, 1_718_122_745, "DAY".into()) { phone_numbers, product_types, country_codes }
    analytics::GetPricingAnalytics(ID, 1_718_064_000, 1_718_122_745, "DAY".into()) { phone_numbers, country_codes, metric_types, pricing_types, pricing_categories, dimensions }
    analytics::GetTemplateAnalytics(ID, 1_718_064_000, 1_718_064_000) { metric_types, template_ids, product_type, use_waba_timezone, limit, after, before }
    analytics::GetTemplateGroupAnalytics(ID, 1_718_064_000, 1_718_064_000) { metric_types, template_group_ids, use_waba_timezone, limit, after, before }
    analytics::SetClickTracking(ID, "MARKETING") { cta_url_link_tracking_opted_out }
    automation::ConfigureAutomation(ID; body) {}
    automation::GetAutomation(ID) {}
    automation::GetBot(ID) { fields }
    block_list::BlockUsers(ID; body) {}
    block_list::ListBlockedUsers(ID) { limit, after, before }
    block_list::UnblockUsers(ID; body) {}
    business::GetBusiness(ID) { fields }
    business::ListClientAccounts(ID) { fields, business_type, find, filtering, sort, limit, after, before }
    business::ListConnectedClients(ID) { fields, limit, after, before }
    business::ListOwnedAccounts(ID) { fields, business_type, after, first, before, last, find }
    business::OnboardToMarketingMessages(ID) { solution_id }
    calls::CheckCallPermissions(ID) { user_wa_id, recipient }
    calls::ManageCall(ID; body) {}
    certification::ListCertifications(ID) { client, fields, limit, after, before }
    coexistence::SyncAppData(ID; body) {}
    commerce::GetCommerceSettings(ID) {}
    commerce::UpdateCommerceSettings(ID) { is_cart_enabled, is_catalog_visible }
    compliance::GetCompliance(ID) { fields }
    compliance::UpdateCompliance(ID; body) {}
    contact_book::DeleteContact(ID, ID) {}
    contact_book::GetParentAccount(ID) {}
    conversions::CreateDataset(ID) {}
    conversions::SendConversions(ID; body) {}
    credit::AttachCredit(ID, "USD", ID) {}
    credit::GetAllocation(ID) { fields }
    credit::GetCreditLine(ID) { fields }
    credit::ListAllocations(ID) { receiver, fields, limit, after, before }
    credit::ListCreditLines(ID) { fields }
    credit::RevokeAllocation(ID) {}
    credit::ShareAndAttachCredit(ID, "USD", ID) {}
    credit::ShareCredit(ID, ID) {}
    encryption::GetPublicKey(ID) { fields }
    flows::CreateFlow(ID; body) {}
    flows::DeleteFlow(ID) {}
    flows::DeprecateFlow(ID) {}
    flows::GetFlow(ID) { fields, date_format }
    flows::ListFlowAssets(ID) { limit, after, before }
    flows::ListFlows(ID) { fields, limit, after, before }
    flows::MigrateFlows(ID; body) {}
    flows::PublishFlow(ID) {}
    flows::UpdateFlow(ID; body) {}
    groups::AddParticipants(ID; body) {}
    groups::ApproveJoinRequests(ID; body) {}
    groups::CreateGroup(ID; body) {}
    groups::DeleteGroup(ID) {}
    groups::DeleteInviteLink(ID; body) {}
    groups::GetGroup(ID) { fields }
    groups::GetInviteLink(ID) {}
    groups::ListGroups(ID) { limit, after, before }
    groups::ListJoinRequests(ID) { limit, after, before }
    groups::RejectJoinRequests(ID; body) {}
    groups::RemoveParticipants(ID; body) {}
    groups::ResetInviteLink(ID; body) {}
    groups::UpdateGroup(ID; body) {}
    health::GetHealthStatus(ID) {}
    marketing::GetMarketingEligibility(ID) {}
    marketing::GetMarketingInsights(ID) { fields, date_preset, time_range, time_increment, level, limit, after, before }
    marketing::GetMarketingTerms(ID) {}
    messages::ListMessageEvents(ID) { status_filter, fields, limit, after, before }
    messages::ListMessageHistory(ID) { message_id, fields, limit, after, before }
    messages::SendEncryptedMessage(ID; body) {}
    migration::CreateMobilityIntent(ID; body) {}
    migration::GetMigrationIntent(ID) { fields }
    migration::GetMobilityIntent(ID) { fields }
    migration::ListOnBehalfRequests(ID) { fields, limit, after, before }
    migration::SetMigrationIntent(ID; body) {}
    migration::SetMobilityIntent(ID; body) {}
    payment_configurations::CreatePaymentConfiguration(ID; body) {}
    payment_configurations::GetPaymentConfiguration(ID, ID) {}
    payment_configurations::LinkPayments(ID; body) {}
    payment_configurations::ListPaymentConfigurations(ID) {}
    payment_configurations::RemovePaymentConfiguration(ID; body) {}
    payment_configurations::UpdatePaymentConfiguration(ID, ID; body) {}
    payment_lookup::GetPayment(ID, ID, ID) {}
    payment_lookup::RefundPayment(ID; body) {}
    phone_number::AddPhoneNumber(ID; body) {}
    phone_number::CreatePhoneNumber(ID; body) {}
    phone_number::DeregisterPhoneNumber(ID) {}
    phone_number::GetAccountNumber(ID) { fields }
    phone_number::GetOfficialStatus(ID) { fields }
    phone_number::GetPhoneNumber(ID) { fields }
    phone_number::ListPhoneNumbers(ID) { fields, filtering, sort, limit, after, before }
    phone_number::RegisterPhoneNumber(ID; body) {}
    phone_number::RequestCode(ID; body) {}
    phone_number::RequestDisplayName(ID) { new_display_name }
    phone_number::RequestPreVerifiedCode(ID; body) {}
    phone_number::UpdateOfficialStatus(ID; body) {}
    phone_number::UpdatePhoneNumber(ID; body) {}
    phone_number::VerifyCode(ID; body) {}
    phone_number::VerifyPreVerifiedCode(ID; body) {}
    preverified_numbers::DeletePreverifiedNumber(ID) {}
    preverified_numbers::GetPreverifiedNumber(ID) { fields }
    preverified_numbers::ListNumberPartners(ID) { fields, limit, after, before }
    preverified_numbers::ListPreverifiedNumbers(ID) { fields, verification_status, availability_status, country_code, limit, after, before }
    preverified_numbers::ShareNumber(ID; body) {}
    preverified_numbers::UnshareNumber(ID, ID, ID) {}
    profile::GetProfile(ID) { fields }
    profile::GetProfileNode(ID) { fields }
    profile::UpdateProfile(ID; body) {}
    profile::UpdateProfileNode(ID; body) {}
    qr_codes::CreateQrCode(ID; body) {}
    qr_codes::DeleteQrCode(ID, "4O4YGZEG3RIVE1") {}
    qr_codes::GetQrCode(ID, "4O4YGZEG3RIVE1") { fields }
    qr_codes::ListQrCodes(ID) { fields, code, limit, after, before }
    qr_codes::UpdateQrCode(ID; body) {}
    schedules::CreateSchedule(ID; body) {}
    schedules::ListSchedules(ID) { fields, filtering, sort, limit, after, before }
    settings::GetSettings(ID) { include_sip_credentials }
    settings::UpdateSettings(ID; body) {}
    signups::CreateSignup(ID; body) {}
    signups::GetSignup(ID) {}
    signups::ListSignups(ID) { limit, after, before }
    signups::UpdateSignup(ID; body) {}
    solutions::AcceptDeactivation(ID) { fields }
    solutions::AcceptSolution(ID; body) {}
    solutions::CreateSolution(ID; body) {}
    solutions::GetSolution(ID) { fields }
    solutions::GetSolutionToken(ID, ID) {}
    solutions::ListAccountSolutions(ID) { fields, limit, after, before }
    solutions::ListAppSolutions(ID) { role, fields, limit, after, before }
    solutions::RejectDeactivation(ID; body) { fields }
    solutions::RejectSolution(ID; body) {}
    solutions::RequestDeactivation(ID; body) {}
    subscriptions::ListSubscribedApps(ID) { fields }
    subscriptions::SubscribeToAccount(ID; body) {}
    subscriptions::UnsubscribeFromAccount(ID) {}
    templates::ArchiveTemplates(ID; body) {}
    templates::CompareTemplates(ID) { template_ids, start, end }
    templates::CreateTemplate(ID; body) {}
    templates::CreateTemplateGroup(ID; body) {}
    templates::DeleteTemplate(ID, ID) { hsm_id }
    templates::DeleteTemplateGroup(ID) {}
    templates::DeleteTemplates(ID) { hsm_ids }
    templates::EditTemplate(ID; body) {}
    templates::GetTemplate(ID) { fields }
    templates::GetTemplateGroup(ID) { fields }
    templates::ListLibraryTemplates() { search, topic, usecase, industry, language, category, name, limit, after, before }
    templates::ListTemplateGroups(ID) { fields, limit, after, before }
    templates::ListTemplates(ID) { fields, name, content, name_or_content, status, category, language, quality_score, limit, after, before }
    templates::MigrateTemplates(ID, ID) { page_number, count, template_ids }
    templates::PreviewTemplates(ID) { category, languages, add_security_recommendation, code_expiration_minutes, button_types }
    templates::SetCloudApiMarketing(ID; body) {}
    templates::UnarchiveTemplates(ID; body) {}
    templates::UnpauseTemplate(ID) {}
    templates::UpdateTemplateGroup(ID; body) {}
    templates::UpsertTemplates(ID; body) {}
    thread_control::ControlThread(ID; body) {}
    tokens::GetBusinessToken(ID; body) {}
    uploads::StartUpload(ID) { file_name, file_length, file_type }
    usernames::DeleteUsername(ID) {}
    usernames::GetUsername(ID) {}
    usernames::ListUsernameSuggestions(ID) {}
    usernames::SetUsername(ID; body) {}
    users::AssignUser(ID; body) {}
    users::ListAssignedAccounts(ID) { fields, limit, after, before }
    users::ListAssignedUsers(ID, ID) { fields, limit, after, before }
    users::RemoveUser(ID; body) {}
    welcome_sequences::DeleteWelcomeSequence(ID, ID) {}
    welcome_sequences::ListWelcomeSequences(ID) { sequence_id, limit, after, before }
}
