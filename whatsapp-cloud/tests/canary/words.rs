//! Every enum of Meta's words.

use crate::shown::{Shown, word};

words! {
    api::account: AccountReviewStatus, AccountStatus, ActivityType, ActorType, MarketingEligibility, OwnershipType, VerificationStatus, Weekday;
    api::analytics: AnalyticsProduct, CallDimension, CallDirection, CallMetric, ConversationCategory, ConversationDimension, ConversationDirection, ConversationMetric, ConversationType, Granularity, GroupMetric, MessageGranularity, PricingCategory, PricingDimension, PricingMetric, PricingType, ProductType, TemplateGroupMetric, TemplateMetric;
    api::business: AccountType, BusinessStatus;
    api::calls: CallAction, PermissionStatus, SdpType;
    api::certification: CertificationResult, RejectionReason;
    api::coexistence: SyncKind;
    api::compliance: EntityType;
    api::conversions: ActionSource, ConversionName, MessagingChannel;
    api::credit: AllocationStatus;
    api::encryption: SignatureStatus;
    api::flows: FlowCategory, FlowMetricName, FlowStatus, Granularity;
    api::groups: JoinApprovalMode;
    api::health: CanSend, HealthEntity;
    api::marketing: InsightsLevel;
    api::messages: ActionButtonKind, ButtonKind, CardKind, Category, ComponentKind, DeliveryStatus, FlowMode, FlowStep, GoodsKind, HeaderKind, MessageStatus, OrderState, ParameterKind, PaymentSettingKind, PinKind, PixKeyKind, ProductPolicy, ReceiptStatus, WebhookState;
    api::migration: IntentStatus, MigrationStatus, MigrationStep, MobilityStatus, MobilityStep, OnBehalfStatus;
    api::payment_configurations: PaymentConfigurationStatus, PaymentProvider;
    api::payment_lookup: PaymentStatus, RefundSpeed, TransactionStatus;
    api::phone_number: AccountMode, CodeMethod, CodeVerificationStatus, HostPlatform, MessagingLimit, NameStatus, OfficialAction, OfficialWord, PhoneNumberSort, PhoneNumberStatus, QualityRating, RegistrationTier, SearchVisibility, ThroughputLevel, UnifiedStatus;
    api::preverified_numbers: Availability, CodeVerification, Feature;
    api::profile: Vertical;
    api::qr_codes: QrImage;
    api::schedules: Frequency, ScheduleOrder, ScheduleStatus, ScheduleType;
    api::settings: CallIconVisibility, StorageStatus, Switch, Weekday;
    api::signups: SignupStatus;
    api::solutions: PartnerStatus, PendingRequest, SolutionRequest, SolutionRole, SolutionStatus;
    api::subscriptions: SubscriptionObject;
    api::templates: BlockReason, ComparisonMetric, FlowAction, FlowIcon, HeaderFormat, LibraryButtonType, OtpType, ParameterFormat, QualityScoreWord, RejectedReason, TemplateCategory, TemplateStatus;
    api::thread_control: ThreadAction, ThreadRole;
    api::tokens: TokenKind;
    api::usernames: TransferAction, UsernameState;
    api::users: Task, UserType;
    client::onboarding: SignupEvent;
    flow_endpoint: FlowAction;
    webhook: AccountEvent, AlertEntityType, AlertSeverity, AlertStatus, AlertType, AutomaticEventName, BanState, CallDirection, CallEvent, CallIconVisibility, CallOutcome, CertificationRejection, CertificationStatus, ClickComponent, ConversationContextKind, ConversationOriginKind, DisconnectionInitiator, DisconnectionReason, FlowAlertState, FlowEvent, FlowStatus, GroupEvent, GroupInitiator, GroupReason, HandoverKind, HistoryStatus, JoinApprovalMode, MessagingTier, NameRejection, OwnerAppRole, OwnerRole, PaymentConfigurationStatus, PaymentGateway, PaymentMethodKind, PhoneNumberEvent, PreferenceCategory, PreferenceValue, PricingCategory, PricingKind, PricingModel, QualityScore, RefundSpeed, RestrictionType, ReviewDecision, SdpType, SecurityEvent, SettingStatus, SolutionEvent, SolutionStatus, StatusKind, SyncAction, SyncKind, SystemKind, TemplateButtonKind, TemplateCategoryName, TemplateEvent, TemplatePause, TemplateReason, TransactionStatus, UserActionType, UsernameContext, UsernameStatus;
}
