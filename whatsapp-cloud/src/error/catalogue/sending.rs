//! Sending messages, and what becomes of them.

use crate::error::catalogue::{
    CHANGE, DAY, Entry, FOURS, GROWING, MINUTE, NEVER, PAGE, entries, wait,
};

pub(super) const ENTRIES: &[&[Entry]] = &[MESSAGES];

/// Refused at once, or told by a failed status.
const MESSAGES: &[Entry] = entries! {
    PAGE;
    130_403: Recipient, Caller, NEVER, None;
        "the business has blocked this customer", "Unblock the customer first.";
    130_429: RateLimited, Pace, wait(1), None;
        "the number sends faster than its throughput allows",
        "Slow down for this number, and repeat it after a second or more.";
    130_472: Recipient, Meta, NEVER, None;
        "the customer is in an experiment of Meta's and gets no marketing",
        "Reach the customer another way, or wait for a message from them.";
    130_501: InvalidRequest, Customer, NEVER, None;
        "the customer sent a kind of message that is not supported",
        "Ask the customer to send it in another form.";
    131_000: Unavailable, Meta, GROWING, Maybe;
        "something went wrong at Meta",
        "Repeat it a few times unless it must not happen twice, then ask Meta's support.";
    131_008: InvalidRequest, Caller, CHANGE, None;
        "a parameter is missing", "Add the parameter that the details name.";
    131_009: InvalidRequest, Caller, CHANGE, None;
        "a parameter has a value that is not allowed",
        "Change the parameter that the details name.";
    131_016: Unavailable, Meta, GROWING, Maybe;
        "the service is not available",
        "Look at Meta's status page, and repeat it with growing waits unless it must not happen twice.";
    131_021: InvalidRequest, Caller, NEVER, None;
        "the recipient is the sender", "Write to another number.";
    131_026: Recipient, Customer, NEVER, None;
        "the message cannot be delivered: no WhatsApp, an old version, or terms not accepted",
        "Reach the customer another way, and ask them to update WhatsApp.";
    131_030: Recipient, Account, CHANGE, None;
        "a test number may write to its list of recipients only",
        "Add the recipient to the list, or send from a real number.";
    131_035..=131_036: Recipient, Meta, GROWING, None;
        "Meta kept the message for too short a time to deliver it", "Send the message again.";
    131_047: WindowClosed, Caller, CHANGE, None;
        "the customer has not written for 24 hours", "Send a template.";
    131_048: Policy, Quality, NEVER, None;
        "too many messages of this number were blocked or reported as spam",
        "Stop campaigns, and look at the number's quality.";
    131_049: Policy, Quality, wait(DAY), None;
        "not delivered, so that the customer gets less marketing",
        "Do not repeat it at once: wait for a day or more, longer each time.";
    131_050: Recipient, Customer, NEVER, None;
        "the customer does not want marketing from this business",
        "Send no marketing until the customer resumes it.";
    131_051: InvalidRequest, Caller, NEVER, None;
        "this kind of message is not supported", "Send another kind of message.";
    131_052: Media, Customer, NEVER, None;
        "the customer's file could not be fetched",
        "Ask the customer to send it again, smaller or in another form.";
    131_053: Media, Caller, CHANGE, None;
        "the file could not be taken: type, size or link",
        "Check the file's type and size, and that its link can be read by anybody.";
    131_055: InvalidRequest, Caller, CHANGE, None;
        "this call is not for this message or number", "Use the call that Meta names for it.";
    131_056: RateLimited, Pace, FOURS, None;
        "too many messages to one customer in a short time",
        "Wait 1, then 4, then 16 seconds … for this customer; others are not concerned.";
    131_060: Recipient, Customer, NEVER, None;
        "the message is not available here", "Look at it in the WhatsApp Business app.";
    131_062: InvalidRequest, Caller, CHANGE, None;
        "this message cannot be sent to a user id", "Send it to the phone number.";
    131_063: Account, Account, CHANGE, None;
        "marketing is switched off for this call",
        "Send marketing through the marketing messages call.";
    134_100: Template, Caller, NEVER, None;
        "only marketing templates go through this call", "Send it with the call for messages.";
    134_101: Template, Meta, wait(10 * MINUTE), None;
        "the template is not yet synchronised for marketing", "Wait for ten minutes.";
    134_102: Template, Account, CHANGE, None;
        "the template cannot be used for marketing",
        "Choose another template, or send it with the call for messages.";
    137_000: Recipient, Customer, CHANGE, None;
        "the customer's identity has changed",
        "Make sure who it is, and take over the new identity hash.";
    139_200: Policy, Account, CHANGE, None;
        "sending without an approved template is blocked", "Send an approved template.";
    2_494_191: Permission, Caller, NEVER, None;
        "taking over this conversation is not allowed",
        "Ask for the conversation instead of taking it.";
};
