//! Professionals who join: asked for, with consent or reported without; what they can and cannot offer; until they leave (rules 2, 3, 12).

use domain::consent::{self, ConsentCommand, ConsentKind, Evidence, Missing, NewConsent, WhoIs};
use domain::ids::{ConsentId, WorkerId};
use domain::regie::{NewParty, RegieCommand};
use domain::time::Timestamp;

use crate::demo::staff::StaffMember;
use crate::simulate::dice::Dice;
use crate::simulate::shares;
use crate::simulate::story::{Given, Going, Plot, Scene, line, text};
use crate::simulate::words;

/// How often somebody is asked for the consent of one who joins: as many as can have to agree.
const ASKS: usize = 3;

pub(super) fn parties(plot: &mut Plot<'_>) {
    let mut dice = plot.dice("parties");
    let more = match plot.going {
        Going::Brief => return,
        Going::Usual => 0,
        Going::Heavy => 1 + dice.weighted(shares::MORE_PARTIES.of),
        Going::Extreme => 3 + dice.weighted(shares::MORE_PARTIES.of),
    };
    let count = dice.weighted(shares::PARTIES.of) + more;
    for (member, expertise) in plot.supporters(count, &mut dice) {
        one(plot, member.clone(), expertise, &mut dice);
    }
}

fn one(plot: &mut Plot<'_>, member: StaffMember, expertise: &'static str, dice: &mut Dice) {
    let child = plot.family.children().start;
    let named = dice.falls(shares::NAMED_CONSENT);
    let mut when = plot.some_time(dice);
    let access = plot.home.access.clone();
    for _ in 0..ASKS {
        let (by, member, refused) = (access.clone(), member.clone(), dice.falls(shares::JOINING_REFUSED));
        plot.at(when, "joining asked", move |scene| ask(scene, &by, &member, child, named, refused));
        when = plot.later(when, 0, dice);
    }
    when = plot.later(when, dice.between(1..=6), dice);
    join(plot, when, &member, expertise, dice);
    let leaves = plot.later(when, 20 + dice.days(shares::STAY), dice);
    says(plot, when, leaves, &member, dice);
    let reason = dice.word(words::REASONS);
    plot.at(leaves, "leaves", move |scene| {
        is_in(scene, member.worker())?;
        let command = RegieCommand::LeaveParty { worker: member.worker(), last_day: None, reason: text(reason) };
        Some(Given::by(member.actor(), command))
    });
}

/// The next one who must be asked says yes or no.
fn ask(
    scene: &Scene<'_>,
    access: &StaffMember,
    member: &StaffMember,
    child: usize,
    named: bool,
    refused: bool,
) -> Option<Given> {
    scene.open()?;
    let (subject, worker) = (scene.person(child)?, member.worker());
    let missing = consent::joining_missing(scene.state, worker, subject, scene.day, scene.terms);
    // After a no nobody else is asked.
    if missing.iter().any(|one| matches!(one, Missing::Refused(_))) {
        return None;
    }
    let giver = missing.into_iter().find_map(Missing::person)?;
    let by = scene.in_charge(access);
    if refused {
        let kind = ConsentKind::Joining;
        return Some(Given::by(by, ConsentCommand::RefuseConsent { giver, subject, kind, reason: None }));
    }
    let command = ConsentCommand::GrantConsent(NewConsent {
        giver: WhoIs::Person(giver),
        subject: WhoIs::Person(subject),
        kind: ConsentKind::Joining,
        purpose: None,
        categories: Vec::new(),
        recipients: if named { vec![worker] } else { Vec::new() },
        from: None,
        until: None,
        explained: None,
        evidence: Evidence::Spoken,
    });
    Some(Given::by(by, command))
}

fn join(plot: &mut Plot<'_>, when: Timestamp, member: &StaffMember, expertise: &'static str, dice: &mut Dice) {
    let specialist = dice.falls(shares::SPECIALIST);
    let anyway = dice.falls(shares::JOINED_ANYWAY);
    let expected = specialist.then(|| when.day().plus_days(dice.days(shares::SPECIALIST_STAYS)));
    let (member, access) = (member.clone(), plot.home.access.clone());
    plot.at(when, "joins", move |scene| {
        scene.open()?;
        scene.may_take_part(&member)?;
        let worker = member.worker();
        if scene.state.regie.parties().iter().any(|party| party.worker == worker && party.period.reaches(scene.day)) {
            return None;
        }
        let consents = joining_consents(scene, worker);
        let allowed = consent::joining_allowed(scene.state, worker, &consents, scene.day, scene.terms);
        let organisation = member.organisation.clone();
        let expertise = line(expertise);
        let party =
            NewParty { worker, organisation, expertise, specialist, expected_end: expected, from: None, consents };
        let command = match (allowed, anyway) {
            (true, _) => RegieCommand::JoinParty(party),
            (false, true) => RegieCommand::ReportPartyJoined {
                party,
                last_day: None,
                explanation: Some(text("De hulp was al begonnen voordat iedereen gevraagd was.")?),
            },
            (false, false) => return None,
        };
        Some(Given::by(scene.in_charge(&access), command))
    });
}

/// What was said about joining that may let this worker in.
fn joining_consents(scene: &Scene<'_>, worker: WorkerId) -> Vec<ConsentId> {
    let all = scene.state.consents.all().iter();
    let fits = all.filter(|one| one.kind == ConsentKind::Joining && !one.refused && one.withdrawn.is_none());
    fits.filter(|one| one.recipients.is_empty() || one.recipients.contains(&worker)).map(|one| one.id).collect()
}

/// Goes on when the worker is in, and not about to leave.
fn is_in(scene: &Scene<'_>, worker: WorkerId) -> Option<()> {
    let mut parties = scene.state.regie.parties_on(scene.day).into_iter();
    parties.any(|party| party.worker == worker && party.period.until.is_none()).then_some(())
}

/// What the worker says while there: once, and anew and anew in a heavy case.
fn says(plot: &mut Plot<'_>, joins: Timestamp, leaves: Timestamp, member: &StaffMember, dice: &mut Dice) {
    let mut when = plot.later(joins, dice.between(1..=10), dice);
    if dice.falls(shares::CONTRIBUTION) {
        contribution(plot, when, member, dice);
    }
    while plot.is_heavy() && when < leaves {
        let days = dice.days(shares::SAID_ANEW);
        when = plot.later(when, days, dice);
        if when < leaves {
            contribution(plot, when, member, dice);
        }
    }
    if dice.falls(shares::END_CHANGED) {
        let (member, days) = (member.clone(), dice.between(30..=200));
        let changed = plot.later(joins, dice.between(20..=90), dice);
        plot.at(changed, "expected end", move |scene| {
            is_in(scene, member.worker())?;
            let (worker, expected_end) = (member.worker(), scene.day.plus_days(days));
            let reason = text("Langer nodig dan gedacht; met het gezin besproken.");
            Some(Given::by(member.actor(), RegieCommand::ChangeExpectedEnd { worker, expected_end, reason }))
        });
    }
}

fn contribution(plot: &mut Plot<'_>, when: Timestamp, member: &StaffMember, dice: &mut Dice) {
    let (can, cannot) = (dice.word(words::OFFERED), dice.word(words::NOT_OFFERED));
    let member = member.clone();
    plot.at(when, "contribution", move |scene| {
        is_in(scene, member.worker())?;
        let worker = member.worker();
        let command = RegieCommand::StateContribution { worker, can: text(can)?, cannot: text(cannot)? };
        Some(Given::by(member.actor(), command))
    });
}
