//! Every object that is sent or answered.

use crate::shown::{Shown, object};

objects! {
    api::account: Account, AccountUpdate, Activity, BusinessHours, BusinessRef, CommerceAccount, ContentControl, NamedNode, OnboardingStatus;
    api::analytics: CallAnalytics, CallAnalyticsAnswer, CallPoint, CallPoints, Click, ConversationAnalytics, ConversationAnalyticsAnswer, ConversationPoint, ConversationPoints, Cost, GroupAnalytics, GroupPoint, InsightsEnabled, MessageAnalytics, MessageAnalyticsAnswer, MessagePoint, PricingAnalytics, PricingAnalyticsAnswer, PricingPoint, PricingPoints, TemplateAnalytics, TemplatePoint;
    api::automation: Automation, Command, FoundAutomation;
    api::block_list: BlockList, BlockResult, Blocked, BlockedInput, BlockedUser, User;
    api::business: Business, ConnectedClient, OnboardingRequest;
    api::calls: ActionLimit, CallCapture, CallMade, CallManaged, CallPermission, CallPermissions, CallRequest, PermittedAction, Session;
    api::certification: Certification, CertificationStatus;
    api::coexistence: Sync, SyncBegun;
    api::commerce: CommerceSettings;
    api::compliance: Compliance, CustomerCare, GrievanceOfficer;
    api::contact_book: ContactDeleted, ParentAccount;
    api::conversions: Conversion, ConversionOutcome, ConversionUser, ConversionValue, Conversions, ConversionsTaken, Dataset;
    api::credit: Allocation, Amount, CreditLine, CreditShare;
    api::encryption: PublicKey;
    api::flows: CreatedFlow, Flow, FlowAccount, FlowAsset, FlowChanges, FlowMetric, FlowMetricPoint, FlowMetricValue, FlowMigration, FlowPreview, FlowProblem, MeasuredFlow, MigratedFlow, MigratedFlows, NewFlow, ProblemPointer, UnmigratedFlow, UploadedFlowJson;
    api::groups: Group, GroupParticipant, GroupRequest, GroupSettings, GroupSummary, InviteLink, JoinRequest, JoinRequestDecision, JoinRequestFailure, JoinRequestIds, NewGroup, Participant, Participants;
    api::health: EntityHealth, HealthError, HealthStatus, NodeHealth;
    api::marketing: BusinessTerms, MarketingInsights;
    api::messages: ActionButton, AddressRequest, AddressValues, Amount, Beneficiary, Boleto, ButtonAction, Buttons, Card, CardAction, CardOnFile, Carousel, Catalog, Component, ContactAddress, ContactCard, ContactEmail, ContactName, ContactOrganization, ContactPhone, ContactUrl, Context, Currency, DateTime, DirectSendConfig, EncryptedAnswer, EncryptedMessage, Expiration, Fee, FlowCall, FlowPayload, Gateway, Header, HistoryApplication, HistoryEdge, HistoryEvent, HistoryOccurrence, LimitedTimeOffer, Link, List, ListRow, ListSection, Location, Media, MessageHistory, Order, OrderDetails, OrderItem, OrderStatus, OrderUpdate, Parameter, PaymentLink, PaymentOutcome, PaymentSetting, Pin, Pix, PostalAddress, Product, ProductItem, ProductList, ProductSection, Razorpay, Reaction, Receipt, Reply, SavedAddress, TapTarget, Template, TemplateCard, TemplateLanguage, Text, TypingIndicator, UpiIntentLink, VoiceCallButton, Words;
    api::migration: CreatedMobility, Migration, MigrationIntent, Mobility, MobilityIntent, MobilitySetting, OnBehalfRequest, SetIntent, SetMobility;
    api::payment_configurations: ConfigurationName, LinkRequest, NewPaymentConfiguration, PaymentCode, PaymentConfiguration, PaymentConfigurations, PaymentEndpoint, PaymentLink;
    api::payment_lookup: Amount, Payment, PaymentMethod, Payments, Refund, RefundAmount, RefundOrder, Transaction, TransactionError;
    api::phone_number: AddedPhoneNumber, ApiData, Backup, CodeRequest, CodeVerified, CreatedPhoneNumber, NewBusinessNumber, NewPhoneNumber, OfficialApplication, OfficialApplicationData, OfficialStatus, OfficialUpdated, PhoneNumber, PhoneNumberUpdate, QualityScore, Registration, Throughput, VerificationCode, WebhookAddresses, WebhookConfiguration;
    api::preverified_numbers: NumberShare, PreverifiedNumber;
    api::profile: Profile, ProfileUpdated;
    api::qr_codes: NewQrCode, QrCode, QrCodeUpdate;
    api::schedules: CreatedSchedule, NewSchedule, Recurrence, Schedule;
    api::settings: AddressesOfMeta, AudioSettings, CallHours, CallIcons, CallingSettings, Holiday, IdentityCheck, OpenHours, PayloadEncryption, Restriction, Restrictions, Settings, SipServer, SipSettings, Storage, VideoSettings;
    api::signups: NewSignup, Signup, SignupChanges, SignupCreated, SignupPolicy;
    api::solutions: Acceptance, AcceptedSolution, CreatedSolution, Deactivation, DeactivationRejection, NewSolution, RejectedSolution, Rejection, RequestedDeactivation, Solution, SolutionPartner;
    api::subscriptions: AppSubscription, AppSummary, NewAppSubscription, Subscribed, SubscribedApp, SubscribedField, Subscription;
    api::templates: AppButton, AppDeepLink, ArchiveResult, Body, BodyExample, Buttons, CallPermissionRequest, Card, Carousel, CatalogButton, CloudApiMarketing, ComparedNumber, ComparedText, Comparison, ContactInfoButton, CopyCodeButton, CreatedTemplate, CreatedTemplateGroup, CreativeFeature, CreativeFreedom, DeletedTemplates, FailedTemplate, FlowButton, Footer, GroupAccount, Header, HeaderExample, LibraryBodyInputs, LibraryButtonInput, LibraryTemplate, LibraryUrl, LimitedTimeOffer, MigratedTemplates, NamedExample, Offer, OrderDetailsButton, OtpButton, PhoneNumberButton, PreviewButton, ProductListButton, QualityScore, QuickReplyButton, SingleProductButton, SupportedApp, Template, TemplateEdit, TemplateGroup, TemplateGroupInfo, TemplateGroupUpdate, TemplateIds, TemplateInfo, TemplateLanguages, TemplatePreview, UnpauseResult, UpsertedTemplate, UpsertedTemplates, UrlButton, VoiceCallButton;
    api::thread_control: ControlPass, ThreadControl, ThreadControlled;
    api::tokens: BusinessTokenRequest, GranularScope, InspectedToken, TokenFacts;
    api::uploads: StartedUpload, UploadProgress, UploadedFile;
    api::usernames: NewUsername, Username, UsernameDeleted, UsernameSuggestions;
    api::users: AssignedAccount, AssignedUser, Assignment, Removal;
    api::welcome_sequences: AutofillMessage, CreatedWelcomeSequence, WelcomeIceBreaker, WelcomeMessage, WelcomeSequence;
    webhook: Message, Pricing;
    wire: Cursors, Paging, Summary;
}
