//! What can happen in a case, a chapter each. A new room of the law gets a function here and a line in one of the two lists: it throws dice
//! of its own, so the other chapters stay as they are. An order is worked out from the case as it stands, and there is none when the law
//! would have no reason for it; a test follows two thousand cases and finds no refusal.

mod conference;
mod conflict;
mod consents;
mod contacts;
mod divorce;
mod help;
mod homes;
mod informal;
mod life;
mod opening;
mod otherwise;
mod plan;
mod regie;
mod rulings;
mod trajectory;
mod voice;

use super::story::Plot;

/// What happens once, from the day the case opens.
pub(super) const ONCE: &[fn(&mut Plot<'_>)] = &[
    opening::opening,
    homes::households,
    homes::a_child_moves,
    homes::a_new_partner,
    homes::another_name,
    homes::another_authority,
    consents::help_asked_later,
    otherwise::protection,
    otherwise::representative,
    otherwise::correction,
    rulings::order,
    voice::voice,
    voice::signal,
    informal::support,
];

/// What happens each time the case is open.
pub(super) const EACH_TIME: &[fn(&mut Plot<'_>)] = &[
    regie::director,
    regie::director_stops,
    regie::handover,
    regie::deputies,
    help::parties,
    consents::help_withdrawn,
    consents::sharing,
    divorce::dons,
    divorce::split,
    otherwise::kept_out,
    otherwise::crisis_card,
    otherwise::departure,
    plan::plan,
    plan::of_households,
    contacts::contacts,
    conflict::form,
    conflict::conflict,
    rulings::rulings,
    trajectory::trajectory,
    conference::conference,
    life::closing,
];

pub(super) use life::reopening;
