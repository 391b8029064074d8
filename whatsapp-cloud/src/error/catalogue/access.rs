//! Access, accounts, numbers and their registration.

use crate::error::catalogue::{CHANGE, Entry, GROWING, HOUR, MINUTE, NEVER, PAGE, entries, wait};

const GRAPH_PAGE: &str = "https://developers.facebook.com/docs/graph-api/guides/error-handling";
const RATE_PAGE: &str = "https://developers.facebook.com/docs/graph-api/overview/rate-limiting";

pub(super) const ENTRIES: &[&[Entry]] = &[ACCOUNTS, GRAPH, RATES];

/// Tokens, accounts and numbers.
const ACCOUNTS: &[Entry] = entries! {
    PAGE;
    0: Authentication, Account, CHANGE, None;
        "who calls could not be told", "Check the access token, and take a new one.";
    1: Unavailable, Meta, GROWING, Maybe;
        "an unknown failure, of the request or of Meta",
        "Repeat it once or twice unless it must not happen twice, then check the request.";
    2: Unavailable, Meta, GROWING, Maybe;
        "the service is down or overloaded",
        "Repeat it with growing waits, unless it must not happen twice.";
    3: Permission, Account, CHANGE, None;
        "the app lacks a capability or permission",
        "Check the app's permissions with Meta's access token debugger.";
    10: Permission, Account, CHANGE, None;
        "a permission was not granted, or taken away",
        "Grant the token the permission that the call needs.";
    33: NotFound, Account, NEVER, None;
        "the business phone number was deleted", "Use another number.";
    200..=299: Permission, Account, CHANGE, None;
        "a permission is missing", "Grant the token the permission that the message names.";
    368: Policy, Quality, NEVER, None;
        "the account is blocked for breaking a policy",
        "See in the account's quality page what was broken and when the block ends.";
    130_497: Policy, Quality, NEVER, None;
        "the business may not write to customers in this country", "Leave this country out.";
    131_005: Permission, Account, CHANGE, None;
        "access was denied", "Grant the token the permission that the call needs.";
    131_031: Policy, Quality, CHANGE, None;
        "the account is locked, or what was sent does not fit it, like the PIN",
        "Check the PIN, then ask Meta's support why the account is locked.";
    131_037: Account, Account, CHANGE, None;
        "a number of Meta's has no approved display name", "Have the display name approved.";
    131_042: Account, Account, CHANGE, None;
        "something is wrong with the payment", "Set the account's payment in order.";
    131_044: Account, Account, CHANGE, None;
        "the account has no way to pay for calls", "Add a payment method to the account.";
    131_045: Account, Account, CHANGE, None;
        "the number is not properly registered", "Register the number again.";
    131_057: RateLimited, Meta, wait(MINUTE), None;
        "the account is being worked on, often for a higher throughput",
        "Wait for a minute or more; nothing was done.";
    131_064: Policy, Quality, NEVER, None;
        "the limits were lowered for templates of a wrong category",
        "Put the templates into the right category, and wait for the limits.";
    133_000: Account, Account, CHANGE, None;
        "an earlier deregistration did not finish",
        "Deregister the number again, then register it.";
    133_004: Unavailable, Meta, GROWING, Maybe;
        "the registration server is not available",
        "Look at Meta's status page, and repeat it later.";
    133_005: Account, Caller, CHANGE, None;
        "the PIN for two-step verification is wrong", "Give the right PIN, or reset it.";
    133_006: Account, Account, CHANGE, None;
        "the number must be verified first",
        "Ask for a code and verify the number, then register it.";
    133_008: RateLimited, Pace, wait(MINUTE), None;
        "the PIN was guessed too often", "Wait as long as the details say.";
    133_009: RateLimited, Pace, wait(MINUTE), None;
        "the PIN was entered too fast", "Wait as long as the details say.";
    133_010: Account, Account, CHANGE, None;
        "the number is not registered", "Register the number.";
    133_015: Account, Meta, wait(5 * MINUTE), None;
        "the number was deleted just now", "Wait for five minutes before registering it.";
    133_016: RateLimited, Pace, wait(72 * HOUR), None;
        "the number was registered and deregistered too often in 72 hours",
        "Wait until the 72 hours are over.";
    134_011: Account, Account, CHANGE, None;
        "the terms for payments were not accepted", "Accept the terms that the message links to.";
    135_000: InvalidRequest, Caller, CHANGE, None;
        "the parameters are wrong in a way Meta does not name",
        "Compare the request with Meta's reference, and ask Meta's support.";
    2_494_100: RateLimited, Meta, wait(MINUTE), None;
        "the number is in maintenance", "Wait for some minutes; nothing was done.";
};

/// What every product of Meta's has.
const GRAPH: &[Entry] = entries! {
    GRAPH_PAGE;
    100: InvalidRequest, Caller, CHANGE, None;
        "a parameter is missing, unknown, too long or wrong",
        "Change the request; the details name the parameter.";
    100 / 33: NotFound, Caller, CHANGE, None;
        "the object does not exist, or the token may not see it",
        "Check the id, and that the token belongs to the account that has it.";
    190: Authentication, Account, CHANGE, None;
        "the access token is expired, revoked or no token", "Set up the client with a new token.";
    190 / 458: Authentication, Account, CHANGE, None;
        "the app is not installed for the user of the token",
        "Let the user log in to the app again, and take the new token.";
    190 / 459: Authentication, Account, CHANGE, None;
        "the user of the token must confirm who they are",
        "Log in on Meta's site as that user, then take a new token.";
    190 / 460: Authentication, Account, CHANGE, None;
        "the password was changed since the token was made", "Take a new token.";
    190 / 463: Authentication, Account, CHANGE, None;
        "the access token has expired",
        "Take a new token; one of a system user can be made without an end.";
    190 / 464: Authentication, Account, CHANGE, None;
        "the user of the token is not confirmed",
        "Confirm the user on Meta's site, then take a new token.";
    190 / 467: Authentication, Account, CHANGE, None;
        "the access token is no longer valid", "Take a new token.";
};

/// Too many calls, other than for sending.
const RATES: &[Entry] = entries! {
    RATE_PAGE;
    4: RateLimited, Pace, wait(MINUTE), None;
        "the app has made too many calls",
        "Wait for what the usage headers say, an hour at most, and call less.";
    17: RateLimited, Pace, wait(MINUTE), None;
        "the user of the token has made too many calls",
        "Wait for what the usage headers say, and call less.";
    32: RateLimited, Pace, wait(MINUTE), None;
        "too many calls for a page", "Wait for what the usage headers say, and call less.";
    613: RateLimited, Pace, wait(MINUTE), None;
        "a limit of this call is used up", "Wait, and make this call less often.";
    80_007: RateLimited, Pace, wait(MINUTE), None;
        "too many calls for this WhatsApp Business account",
        "Wait as long as `X-Business-Use-Case-Usage` says, and list things less often.";
};
