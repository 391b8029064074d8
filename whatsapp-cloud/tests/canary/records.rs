//! Everything that Meta tells, as it is declared.

use crate::filled::Filled;
use crate::shown::{Shown, shown};

records! {
    AccountAlert<'static> { entity_type, entity_id, alert_info, alert_severity, alert_status, alert_type, alert_description }
    AccountReview<'static> { decision }
    AccountSettings<'static> { timestamp, kind, phone_number_settings }
    AccountUpdate<'static> { event, phone_number, country, restriction_info, violation_info, ban_info, waba_info, disconnection_info, partner_client_certification_info, partner_client_certification_needed_info, auth_international_rate_eligibility, volume_tier_info, account_offboarded }
    AlertInfo<'static> { alert_severity, alert_status, alert_type, alert_description }
    Amount { value, offset }
    AutomaticEvent<'static> { id, event_name, timestamp, ctwa_clid, custom_data }
    AutomaticEventData<'static> { currency, value }
    BanInfo<'static> { waba_ban_state, waba_ban_date }
    BusinessCapability<'static> { max_daily_conversations_per_business, max_daily_conversation_per_phone, max_phone_numbers_per_waba, max_phone_numbers_per_business }
    BusinessUsername<'static> { display_phone_number, username, status, context, decision, requested_username, rejection_reasons }
    Button<'static> { payload, text }
    ButtonReply<'static> { id, title }
    Call<'static> { id, event, timestamp, direction, from, from_user_id, from_parent_user_id, to, to_user_id, to_parent_user_id, session, connection, status, start_time, end_time, duration, biz_opaque_callback_data, deeplink_payload, cta_payload, errors, call_recording, call_transcript }
    CallConnection<'static> { webrtc }
    CallHours<'static> { status, timezone_id, weekly_operating_hours, holiday_schedule }
    CallIcons<'static> { restrict_to_user_countries }
    CallPermissionReply<'static> { response, is_permanent, expiration_timestamp, response_source }
    CallRecording<'static> { kind, audio }
    CallSession<'static> { sdp_type, sdp }
    CallTranscript<'static> { kind, document }
    CallingSettings<'static> { status, call_icon_visibility, call_icons, callback_permission_status, call_hours, sip, srtp_key_exchange_protocol, audio, video, voicemail, ip_addresses, restrictions }
    CardAddress<'static> { street, city, state, zip, country, country_code, kind }
    CardEmail<'static> { email, kind }
    CardName<'static> { formatted_name, first_name, last_name, middle_name, prefix, suffix }
    CardOrg<'static> { company, department, title }
    CardPhone<'static> { phone, wa_id, user_id, kind }
    CardUrl<'static> { url, kind }
    CertificationInfo<'static> { client_business_id, status, rejection_reasons }
    CertificationNeededInfo<'static> { client_business_id }
    ContactCard<'static> { name, phones, emails, addresses, org, urls, birthday, origin, vcard }
    ContactProfile<'static> { profile, wa_id, user_id, parent_user_id, identity_key_hash }
    ContactSync<'static> { kind, action, contact, metadata }
    Context<'static> { from, id, forwarded, frequently_forwarded, referred_product }
    ControlChange<'static> { previous_owner_app_id, previous_owner_role, previous_owner_app_role, new_owner_app_id, new_owner_role, metadata, conversation_context }
    Conversation<'static> { id, origin, expiration_timestamp, pricing }
    ConversationContext<'static> { kind, summary }
    ConversationOrigin { kind }
    ConversationSummary<'static> { text }
    DisconnectionInfo { reason, initiated_by }
    Edit<'static> { original_message_id, message }
    ExceptionCountry<'static> { country_code, start_time }
    FlowError<'static> { error_type, error_rate, error_count }
    FlowReply<'static> { name, body, response_json }
    FlowUpdate<'static> { event, message, flow_id, old_status, new_status, warning, error_rate, p50_latency, p90_latency, requests_count, availability, threshold, alert_state, errors }
    GroupParticipant<'static> { input, wa_id, user_id, parent_user_id, username, country_code, errors }
    GroupPicture<'static> { mime_type, sha256, update_successful, errors }
    GroupSetting<'static> { text, update_successful, errors }
    GroupUpdate<'static> { timestamp, group_id, kind, request_id, subject, description, invite_link, join_approval_mode, reason, initiated_by, added_participants, removed_participants, failed_participants, join_request_id, wa_id, user_id, parent_user_id, username, country_code, group_subject, group_description, profile_picture, errors }
    Handover<'static> { sender, recipient, timestamp, kind, control_passed, control_taken }
    HandoverCustomer<'static> { phone_number, user_id }
    HandoverNumber<'static> { phone_number_id, display_phone_number }
    HistoryChunk<'static> { metadata, threads, errors }
    HistoryContext { status }
    HistoryCustomer<'static> { wa_id, user_id, parent_user_id, username }
    HistoryProgress { phase, chunk_order, progress }
    HistoryThread<'static> { id, context, messages }
    HolidayHours<'static> { date, start_time, end_time }
    Identity<'static> { acknowledged, created_timestamp, hash }
    LinkClick<'static> { click_component, click_id, tracking_token, product_id }
    ListReply<'static> { id, title, description }
    Media<'static> { id, mime_type, sha256, caption, filename, url, voice, animated }
    Message<'static> { id, from, from_user_id, from_parent_user_id, timestamp, kind, to, to_user_id, to_parent_user_id, group_id, context, referral, identity, from_logical_id, history_context, errors, content }
    Metadata<'static> { phone_number_id, display_phone_number }
    OffboardedInfo<'static> { waba_id, phone_number_id, timestamp }
    OperatingHours<'static> { day_of_week, open_time, close_time }
    Order<'static> { catalog_id, text, items }
    OrderItem<'static> { product_retailer_id, quantity, item_price, currency }
    PartnerSolution<'static> { event, solution_id, solution_status }
    Payment<'static> { reference_id, amount, currency, transaction, refunds, receipt, notes, udf1, udf2, udf3, udf4, extra1, extra2, additional_info1, additional_info2, additional_info3, additional_info4, additional_info5, additional_info6, additional_info7 }
    PaymentConfiguration<'static> { configuration_name, provider_name, provider_mid, status, created_timestamp, updated_timestamp }
    PaymentMethod<'static> { payment_method, payment_timestamp, reference_id, last_four_digits, credential_id }
    PhoneNumberName<'static> { display_phone_number, decision, requested_verified_name, rejection_reason }
    PhoneNumberQuality<'static> { display_phone_number, event, old_limit, current_limit, max_daily_conversations_per_business }
    PhoneNumberSettings<'static> { phone_number_id, calling }
    Pricing { billable, pricing_model, kind, category }
    Profile<'static> { name, username, country_code }
    RateEligibility<'static> { start_time, exception_countries }
    Reaction<'static> { message_id, emoji }
    Referral<'static> { source_url, source_id, source_type, headline, body, media_type, image_url, video_url, thumbnail_url, ctwa_clid, welcome_message, reference }
    ReferredProduct<'static> { catalog_id, product_retailer_id }
    Refund<'static> { id, amount, speed_processed, status, created_timestamp, updated_timestamp }
    RestrictionInfo<'static> { restriction_type, expiration, remediation }
    Revoke<'static> { original_message_id }
    Security<'static> { display_phone_number, event, requester }
    SentTemplate<'static> { name, language, components }
    SipServer<'static> { hostname, port, request_uri_user_params }
    SipSettings<'static> { status, webhook_delivery, servers }
    StandbyEcho<'static> { id, timestamp, message, template, flow, from, to, recipient }
    Status<'static> { id, status, timestamp, recipient_id, conversation, pricing, kind, recipient_user_id, recipient_parent_user_id, recipient_type, recipient_participant_id, recipient_participant_user_id, recipient_participant_parent_user_id, recipient_identity_key_hash, from, biz_opaque_callback_data, template_id, errors, payment }
    SyncMoment { timestamp }
    SyncedContact<'static> { full_name, first_name, phone_number, user_id, parent_user_id, username }
    System<'static> { kind, body, wa_id, user_id, parent_user_id, previous_user_id, previous_parent_user_id, customer, identity }
    TemplateButton<'static> { kind, text, url, phone_number }
    TemplateCategory<'static> { message_template_id, message_template_name, message_template_language, previous_category, new_category, correct_category, category_update_timestamp }
    TemplateComponents<'static> { message_template_id, message_template_name, message_template_language, message_template_title, message_template_element, message_template_footer, message_template_buttons }
    TemplateCorrectCategory<'static> { message_template_id, message_template_name, message_template_language, category, correct_category }
    TemplateDisableInfo<'static> { disable_date }
    TemplateLanguage<'static> { code }
    TemplateOtherInfo<'static> { title, description }
    TemplateQuality<'static> { previous_quality_score, new_quality_score, message_template_id, message_template_name, message_template_language }
    TemplateRejectionInfo<'static> { reason, recommendation }
    TemplateStatus<'static> { event, message_template_id, message_template_name, message_template_language, message_template_category, reason, disable_info, other_info, rejection_info }
    Transaction<'static> { id, pg_transaction_id, kind, status, created_timestamp, updated_timestamp, method, error, amount, currency, refunds }
    TransactionError<'static> { code, reason }
    TransactionMethod { kind }
    Unsupported<'static> { kind }
    UserAction<'static> { action_type, timestamp, marketing_messages_link_click_data }
    UserIdChange<'static> { previous, current }
    UserIdUpdate<'static> { wa_id, detail, user_id, parent_user_id, timestamp }
    UserPreference<'static> { wa_id, user_id, parent_user_id, detail, category, value, signup_id, timestamp }
    ViolationInfo<'static> { violation_type, remediation }
    VolumeTierInfo<'static> { tier_update_time, pricing_category, tier, effective_month, region }
    WabaInfo<'static> { waba_id, owner_business_id, partner_app_id, solution_id, solution_partner_business_ids, ad_account_linked }
    WelcomeMessage<'static> { text }
}
