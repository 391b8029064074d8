//! What a backend hands in, and the list of all rules.

use std::sync::Arc;

use async_trait::async_trait;

use crate::store::Store;

/// A store to be examined: made empty for each rule.
#[async_trait]
pub trait StoreFixture: Send + Sync {
    /// Opens the store. It may be open already: another handle is what another process has,
    /// and one that is opened after all others are dropped is what a restart finds.
    async fn open(&self) -> Arc<dyn Store>;
}

/// Runs a rule to its end.
///
/// # Panics
///
/// When the rule is broken.
pub fn run(rule: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime can be made")
        .block_on(rule);
}

/// Makes one test of each rule. The argument makes a [`StoreFixture`] and is evaluated once for
/// each.
///
/// See the [suite](crate::testing::conformance) for an example.
#[macro_export]
macro_rules! store_conformance {
    ($fixture:expr) => {
        $crate::store_conformance! { @rules $fixture;
            inbox {
                what_is_appended_survives_a_restart
                envelopes_are_claimed_in_the_order_in_which_they_came
                nobody_else_claims_envelopes_while_a_claim_is_held
                a_claim_that_ran_out_passes_on_with_a_higher_fence
                an_envelope_that_was_claimed_before_is_claimed_alone
                a_stale_envelope_claim_cannot_split
                a_split_with_an_event_of_an_unknown_customer_changes_nothing
                an_event_that_came_before_changes_nothing
                an_event_that_came_before_with_other_contents_is_kept_as_a_notice
                a_status_of_a_message_that_is_known_goes_to_its_lane
                a_status_of_a_message_that_was_received_is_kept_as_an_orphan
                a_quarantined_body_is_kept_and_visible
                a_quarantined_body_that_came_before_is_not_kept_again
            }
            lanes {
                events_of_a_lane_are_claimed_in_the_order_in_which_they_were_appended
                a_lane_is_claimed_by_one_worker_at_a_time
                a_lane_that_was_served_goes_behind_those_that_wait
                a_lane_claim_brings_the_customer_and_the_latest_conversation
                a_lane_claim_that_ran_out_passes_on_with_a_higher_fence
                the_attempt_is_counted_when_the_event_is_claimed
                a_deferred_event_is_not_claimed_before_its_time_and_holds_back_only_its_lane
                a_buried_event_leaves_the_lane_and_stays_visible
                a_stale_lane_claim_can_neither_defer_nor_bury
            }
            commit {
                a_commit_is_all_or_nothing
                a_commit_on_another_version_is_refused
                a_new_conversation_is_refused_while_the_lane_has_an_open_one
                only_the_latest_conversation_of_a_lane_is_opened_again
                a_stale_lane_claim_cannot_commit
                a_stale_job_claim_cannot_commit
                a_commit_for_an_unknown_customer_is_refused
                a_message_id_is_taken_once
                a_job_key_is_queued_once
                a_delivery_never_moves_backwards
                what_is_revoked_is_replaced_and_known_when_it_comes_later
                a_commit_that_names_a_remote_id_wakes_the_statuses_that_came_before_it
                an_agents_load_follows_offers_and_ownership
                an_agent_is_never_given_more_than_fits
                an_agent_who_is_not_available_is_given_nothing
                an_agent_of_another_epoch_is_given_nothing
                a_forced_assignment_goes_beyond_capacity_and_is_counted
                offers_missed_in_a_row_make_an_agent_unresponsive
                a_decision_keeps_its_explanation
                conversations_are_numbered_from_1_on_each_day_each_once_and_without_gaps
                what_is_committed_survives_a_restart
            }
            outbox {
                jobs_of_one_kind_and_lane_are_claimed_one_after_the_other
                jobs_of_other_lanes_and_kinds_are_not_held_back
                the_job_that_has_been_due_the_longest_is_claimed_first
                a_job_claim_that_ran_out_passes_on_with_a_higher_fence
                a_started_attempt_is_remembered_by_who_takes_over
                a_retried_job_is_not_claimed_before_its_time_and_has_not_started
                an_awaited_job_is_not_claimed_before_its_time_and_has_started
                a_stale_job_claim_can_neither_start_nor_settle
            }
            directory {
                two_who_resolve_at_once_get_one_customer
                an_address_never_changes_its_customer_by_being_heard_again
                a_new_address_of_a_known_customer_is_bound_to_them
                the_most_certain_address_decides_between_two_customers
                a_number_that_is_heard_with_another_id_of_the_channels_passes_to_a_new_customer
                what_was_heard_before_a_number_passed_on_does_not_take_it_back
                what_is_heard_late_is_of_who_held_it_then
                who_had_a_number_before_somebody_else_came_to_have_it_is_not_merged_with_them
                two_who_may_be_one_are_candidates_until_somebody_decides
                who_changed_their_number_stays_the_customer_they_were
                whom_somebody_has_kept_apart_or_separated_no_channel_merges
                who_is_merged_is_found_as_the_survivor
                a_merge_is_undone_as_if_it_had_never_been
                two_with_open_conversations_on_one_number_of_the_business_are_not_merged
                persons_have_one_open_conversation_on_each_number_of_the_business
                what_was_claimed_of_who_is_separated_meanwhile_goes_into_no_conversation_of_the_others
                the_link_of_a_merged_customer_is_that_of_the_survivor
                customers_are_found_by_what_they_hold_now
                customers_of_one_company_are_unknown_to_another
            }
            configuration {
                a_version_is_published_on_the_one_before_it
                versions_are_listed_the_newest_first_and_never_change
                configurations_of_one_company_are_unknown_to_another
            }
            roster {
                enrolling_again_changes_the_profile_and_neither_load_nor_presence
                a_new_agent_is_offline_and_has_no_load
                only_an_enrolled_agent_has_a_presence
                a_change_of_profile_or_presence_begins_a_new_epoch
                an_agent_who_is_available_again_has_missed_nothing
                agents_that_changed_are_listed_once_as_they_are_now
                every_change_of_presence_is_kept_with_its_moment
                agents_of_one_company_are_not_listed_for_another
            }
            queries {
                the_queue_lists_the_lowest_key_first
                conversations_of_an_agent_are_those_they_have_or_are_offered
                what_may_not_be_seen_is_neither_listed_nor_counted
                a_listing_goes_on_where_the_page_before_it_ended
                a_conversation_is_found_by_its_protocol_number_by_who_may_see_it
                conversations_are_listed_by_when_they_began_and_by_whom_they_are_with
                the_conversation_of_a_lane_is_the_open_one_of_the_person_else_the_latest
                all_who_are_in_line_are_found
                the_end_of_the_journal_is_after_what_was_committed
                conversations_are_due_when_their_time_has_come_the_longest_due_first
                open_conversations_are_listed_the_oldest_first
                messages_are_listed_in_the_order_in_which_they_were_stored
                a_message_is_found_by_its_remote_id
                the_versions_of_a_message_are_found_by_its_remote_id
                the_reports_of_a_message_are_listed_in_the_order_in_which_they_were_stored
                a_status_without_its_message_is_listed_until_the_message_is_known
                the_journal_is_read_in_commit_order_without_gaps
                a_fact_in_the_journal_names_the_company_of_its_conversation
                conversations_of_one_company_are_not_listed_for_another
            }
        }
    };
    (@rules $fixture:expr; $($part:ident { $($rule:ident)+ })+) => {
        $(
            mod $part {
                #[allow(unused_imports)]
                use super::*;

                $(
                    #[test]
                    fn $rule() {
                        let fixture = $fixture;
                        $crate::testing::conformance::run(
                            $crate::testing::conformance::$part::$rule(&fixture),
                        );
                    }
                )+
            }
        )+
    };
}
