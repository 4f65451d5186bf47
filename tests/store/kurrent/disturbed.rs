//! The contract again, on a peer that delivers slowly, repeats itself at the seams of its pages, says more than it was asked, and ends
//! every subscription.

use std::time::Duration;

use async_trait::async_trait;
use tests::peer::{Fault, PeerOptions, ProtocolPeer, Times};

use super::on_peer::{Behaviour, OnPeerThat};

/// As a server may, and none should.
pub struct Badly;

#[async_trait]
impl Behaviour for Badly {
    async fn start() -> ProtocolPeer {
        let peer = ProtocolPeer::start(PeerOptions { page_size: 3, ..PeerOptions::default() }).await;
        peer.faults().arm(Fault::DuplicateEvents, Times::UntilOff);
        peer.faults().arm(Fault::SayMore, Times::UntilOff);
        peer.faults().arm(Fault::EndSubscription, Times::UntilOff);
        peer.faults().slow_delivery(Duration::from_micros(100));
        peer
    }
}

type Disturbed = OnPeerThat<Badly>;

contract!(@async Disturbed, contract, [
    appended_events_come_back,
    order_strictly_increases,
    a_wrong_expectation_is_a_conflict_with_the_actual_revision,
    the_same_bytes_resent_are_stored_once,
    a_known_id_with_other_bytes_is_refused,
    the_last_event_is_told,
]);
contract!(@async Disturbed, follow, [
    a_follower_catches_up_and_goes_on_without_loss_or_repeat,
    a_late_commit_is_not_lost,
    resume_from_any_checkpoint_neither_loses_nor_repeats,
    a_filter_without_a_match_still_advances,
    a_filter_gives_its_categories_in_order,
]);
