//! Groups, calls, Flows, the block list, usernames, migration and sign-up.

use crate::error::catalogue::{CHANGE, DAY, Entry, GROWING, HOUR, NEVER, PAGE, entries, wait};

const GROUPS_PAGE: &str =
    "https://developers.facebook.com/documentation/business-messaging/whatsapp/groups/error-codes/";
const CALLS_PAGE: &str = "https://developers.facebook.com/documentation/business-messaging/whatsapp/calling/troubleshooting/";

pub(super) const ENTRIES: &[&[Entry]] = &[GROUPS, CALLS, REST];

/// Groups.
const GROUPS: &[Entry] = entries! {
    GROUPS_PAGE;
    131_020: InvalidRequest, Caller, NEVER, None;
        "the group has no member but the business", "Wait until a customer has joined.";
    131_041: NotFound, Caller, NEVER, None;
        "the group is not known, or the number is no member",
        "Check the group's id, and forget a group that is gone.";
    131_059: InvalidRequest, Caller, CHANGE, None;
        "the cursor has expired or is broken", "Read the list from its beginning.";
    131_201: InvalidRequest, Caller, NEVER, Partly;
        "a part of the request succeeded",
        "Look at the errors of each item, and repeat those only.";
    131_202: InvalidRequest, Caller, CHANGE, None;
        "a participant is named twice", "Name each participant once.";
    131_203: Recipient, Customer, NEVER, None;
        "the customer has not accepted WhatsApp's terms", "Leave this customer out.";
    131_204: InvalidRequest, Caller, CHANGE, None;
        "more participants than a group may have", "Name fewer participants.";
    131_207: Policy, Quality, NEVER, None;
        "the group is suspended for breaking a policy", "Use another group.";
    131_208: RateLimited, Pace, GROWING, None;
        "too many operations on groups in a short time", "Repeat it with growing waits.";
    131_209..=131_210: Media, Caller, CHANGE, None;
        "the group's picture is not square, or smaller than 192 pixels",
        "Send a square picture of 192 pixels or more.";
    131_211: Account, Pace, NEVER, None;
        "the number has as many groups as it may have", "Delete groups that are not needed.";
    131_212: NotFound, Caller, NEVER, None;
        "not a participant of the group", "Read the group's participants again.";
    131_213: NotFound, Caller, NEVER, None;
        "there is no such request to join", "Read the requests to join again.";
    131_214: Policy, Quality, wait(7 * DAY), None;
        "no groups may be made, since marketing was sent inside the window", "Wait for seven days.";
    131_215: Account, Account, CHANGE, None;
        "the number may not have groups", "See on Meta's page what a number needs for groups.";
};

/// Calls; some are refused with 401 although the token is good.
const CALLS: &[Entry] = entries! {
    CALLS_PAGE;
    138_000: Account, Account, CHANGE, None;
        "calling is not enabled for the number", "Enable calling in the number's settings.";
    138_001: Recipient, Customer, NEVER, None;
        "the customer cannot be called", "Write to the customer instead.";
    138_002: RateLimited, Pace, GROWING, None;
        "a thousand calls are going on", "Wait until some have ended.";
    138_003: InvalidRequest, Caller, CHANGE, None;
        "a call with this customer is going on", "Wait until it has ended.";
    138_004: Unavailable, Meta, GROWING, Maybe;
        "the call could not be connected", "Call again, unless the first call came through.";
    138_005: RateLimited, Pace, GROWING, None;
        "too many calls were started in a short time", "Start calls more slowly.";
    138_006: Recipient, Customer, CHANGE, None;
        "the customer has not permitted calls", "Ask the customer for the permission.";
    138_007: InvalidRequest, Caller, CHANGE, None;
        "the call was not answered in time", "Start a new call, and connect it faster.";
    138_009: RateLimited, Pace, wait(DAY), None;
        "the permission to call was asked for too often",
        "Wait for a day; a call that connects sets the limit back.";
    138_012: RateLimited, Pace, wait(HOUR), None;
        "the calls to this customer for 24 hours are used up",
        "Wait until the time that the details name.";
    138_013: Account, Account, NEVER, None;
        "the business may not start calls here", "Let the customer call.";
    138_014: Policy, Quality, CHANGE, None;
        "calling is off, since too many customers complained",
        "Improve the calls, and enable calling when Meta allows it.";
    138_015: Account, Account, CHANGE, None;
        "calling cannot be enabled with so low a messaging limit",
        "Reach a messaging limit of 2,000 first.";
    138_017: InvalidRequest, Caller, NEVER, None;
        "the customer has permitted calls for good", "Call without asking.";
    138_018: Account, Account, CHANGE, None;
        "something that calling needs is not set up", "Set up what the details name.";
    138_019..=138_023: Recipient, Meta, CHANGE, None;
        "the call broke off: no connection, no sound or no signals",
        "Start a new call, and check that media reach your server.";
};

/// Flows, the block list, usernames, migration, sign-up.
const REST: &[Entry] = entries! {
    PAGE;
    139_000: Policy, Quality, NEVER, None;
        "the Flow is blocked for breaking a policy", "Correct the Flow, and ask for a review.";
    139_001..=139_004: InvalidRequest, Caller, CHANGE, None;
        "the Flow's state does not allow this",
        "Look at the Flow's state: only a draft can be changed or deleted, only a published one deprecated.";
    139_006: Unknown, Caller, NEVER, None;
        "an error of Flows that Meta does not describe", "Read what Meta wrote with it.";
    139_100: InvalidRequest, Caller, NEVER, Partly;
        "some customers were not blocked or unblocked",
        "Look at the errors of each customer, and repeat those only.";
    139_101: InvalidRequest, Caller, NEVER, None;
        "the list of blocked customers is full", "Unblock some customers.";
    139_102: InvalidRequest, Caller, CHANGE, None;
        "the list of blocked customers changed while it was read",
        "Read the list from its beginning.";
    139_103: Unavailable, Meta, GROWING, Maybe;
        "something went wrong with the list of blocked customers", "Repeat it with growing waits.";
    147_001: InvalidRequest, Caller, CHANGE, None;
        "the username is taken", "Choose another username.";
    147_002: Account, Caller, CHANGE, None;
        "the account may not have this username",
        "See on Meta's page what an account needs for a username.";
    147_003: Account, Caller, CHANGE, None;
        "the username belongs to a Facebook page", "Link the page to the business first.";
    147_004: Account, Caller, CHANGE, None;
        "the username belongs to an Instagram account", "Link the account to the business first.";
    147_005: InvalidRequest, Caller, CHANGE, None;
        "the username is in use on another number of the business",
        "Ask for it with `force_transfer`.";
    1_752_041: InvalidRequest, Caller, NEVER, None;
        "the onboarding to marketing messages was asked for already",
        "Wait for the customer's answer.";
    2_388_001: Account, Account, CHANGE, None;
        "the number cannot be migrated", "Check who owns the number, as the text for people says.";
    2_388_012: Account, Account, CHANGE, None;
        "the number is in the account already", "Use the number where it is, or remove it first.";
    2_388_091: Account, Account, CHANGE, None;
        "the number is not ready to be migrated", "See in the text for people what is missing.";
    2_388_093: Account, Account, CHANGE, None;
        "the number is not being migrated", "Begin the migration first.";
    2_388_103: Account, Account, CHANGE, None;
        "the number cannot be migrated, for one of many reasons",
        "See in the text for people which one.";
    2_494_164..=2_494_168: InvalidRequest, Caller, CHANGE, None;
        "the sign-up in the app is not there, not enabled, or lacks a value",
        "Check the sign-up's id, placeholders and values.";
    2_494_176..=2_494_177: InvalidRequest, Caller, CHANGE, None;
        "the terms for the sign-up were not accepted, or already are", "Accept the terms once.";
    2_494_179: InvalidRequest, Caller, CHANGE, None;
        "a website of the sign-up is wrong, or not https",
        "Give an address that begins with https.";
    2_593_079: Account, Account, NEVER, None;
        "the account's ownership cannot be transferred in this state",
        "Look at the state of the transfer.";
    2_593_085: Account, Account, NEVER, None;
        "the account's ownership is being transferred, or was",
        "Look at the state of the transfer.";
    2_593_107: InvalidRequest, Caller, CHANGE, None;
        "the history was asked for more than once", "Onboard the number again to ask once more.";
    2_593_108: InvalidRequest, Caller, CHANGE, None;
        "the history was asked for later than 24 hours after onboarding",
        "Onboard the number again, and ask at once.";
    2_593_109: Account, Customer, NEVER, None;
        "the business does not share its history", "Go on without the history.";
};
