//! Where people live, and who they are, as it changes.

use domain::consent::WhoIs;
use domain::households::HouseholdCommand;
use domain::people::{AuthorityKind, FamilyRole, NewAuthority, PeopleCommand, Source};
use domain::text::Name;

use crate::simulate::dice::Dice;
use crate::simulate::shares;
use crate::simulate::story::{Given, Plot, line};
use crate::simulate::words::{FAMILIES, HERE, PLACES, STREETS};

/// The households: one each when the parents live apart.
pub(super) fn households(plot: &mut Plot<'_>) {
    let mut dice = plot.dice("households");
    let recorded = if plot.family.apart { shares::HOMES_APART } else { shares::HOME };
    if !dice.falls(recorded) {
        return;
    }
    let children: Vec<usize> = plot.family.children().collect();
    let homes: Vec<(&'static str, Vec<usize>)> = if plot.family.apart {
        let there = if dice.falls(shares::BOTH_HOMES) { children.clone() } else { Vec::new() };
        let [one, other] = labels(plot);
        vec![(one, with(0, children)), (other, with(1, there))]
    } else {
        vec![("huishouden A", plot.family.parents().chain(children).collect())]
    };
    let mut when = plot.days_in(dice.between(1..=12), &mut dice);
    let since = plot.opens.day().minus_days(dice.between(0..=700));
    let access = plot.home.access.clone();
    for (place, (label, members)) in homes.into_iter().enumerate() {
        let by = access.clone();
        plot.at(when, "household", move |scene| {
            let members = members.iter().map(|member| scene.person(*member)).collect::<Option<Vec<_>>>()?;
            let from = since;
            Some(Given::by(
                scene.in_charge(&by),
                HouseholdCommand::FormHousehold { label: line(label)?, from, members },
            ))
        });
        when = plot.later(when, 0, &mut dice);
        if dice.falls(shares::ADDRESS) {
            let (address, by) = (address(&mut dice), access.clone());
            plot.at(when, "address", move |scene| {
                let household = scene.household(place)?;
                let address = line(&address)?;
                let command =
                    HouseholdCommand::RecordAddress { household, address, from: since, source: Source::Register };
                Some(Given::by(scene.in_charge(&by), command))
            });
            when = plot.later(when, 0, &mut dice);
        }
    }
}

fn with(parent: usize, children: Vec<usize>) -> Vec<usize> {
    std::iter::once(parent).chain(children).collect()
}

/// Neutral labels: never a street, a place or a team.
fn labels(plot: &Plot<'_>) -> [&'static str; 2] {
    let woman = |place: usize| plot.family.members.get(place).is_some_and(|member| member.woman);
    match (woman(0), woman(1)) {
        (true, false) => ["bij mama", "bij papa"],
        (false, true) => ["bij papa", "bij mama"],
        _ => ["huishouden A", "huishouden B"],
    }
}

fn address(dice: &mut Dice) -> String {
    let street = format!("{}{} {}", dice.word(HERE), dice.word(STREETS), dice.between(1..=240));
    format!("{street}, {}{}", dice.word(HERE), dice.word(PLACES))
}

/// A child goes to live in the other household.
pub(super) fn a_child_moves(plot: &mut Plot<'_>) {
    let mut dice = plot.dice("moves");
    if !plot.family.apart || !dice.falls(shares::CHILD_MOVES) {
        return;
    }
    let child = plot.family.children().start;
    let when = plot.some_time(&mut dice);
    let access = plot.home.access.clone();
    let by = access.clone();
    plot.at(when, "moves out", move |scene| {
        let (household, person, last_day) = (scene.household(0)?, scene.person(child)?, scene.day);
        let there = scene.state.households.household(household)?.has_member_on(person, last_day);
        let elsewhere = scene.household(1).is_some();
        let command = HouseholdCommand::EndMembership { household, person, last_day };
        (there && elsewhere).then(|| Given::by(scene.in_charge(&by), command))
    });
    let next = plot.later(when, 1, &mut dice);
    plot.at(next, "moves in", move |scene| {
        let (household, person, from) = (scene.household(1)?, scene.person(child)?, scene.day);
        let there = scene.state.households.household(household)?.has_member_on(person, from);
        let command = HouseholdCommand::RecordMembership { household, person, from, until: None };
        (!there).then(|| Given::by(scene.in_charge(&access), command))
    });
}

/// A parent has a new partner, who takes part.
pub(super) fn a_new_partner(plot: &mut Plot<'_>) {
    let mut dice = plot.dice("partner");
    if !dice.falls(shares::NEW_PARTNER) {
        return;
    }
    let surname = dice.word(FAMILIES);
    let woman = dice.between(0..=1) == 0;
    let name = plot.family.new_name(surname, woman, &mut dice);
    let born = plot.opens.day().minus_days(dice.between(24 * 365..=50 * 365));
    let when = plot.some_time(&mut dice);
    let access = plot.home.access.clone();
    plot.at(when, "partner", move |scene| {
        let name = Name::new(&name).ok()?;
        let command =
            PeopleCommand::AddPerson { name, birth_date: Some(born), role: FamilyRole::StepParent, from: None };
        Some(Given::by(scene.in_charge(&access), command))
    });
}

/// A parent is called otherwise from now on.
pub(super) fn another_name(plot: &mut Plot<'_>) {
    let mut dice = plot.dice("name");
    if !dice.falls(shares::RENAMED) {
        return;
    }
    let first = plot.family.members.first().and_then(|parent| parent.name.split(' ').next()).unwrap_or_default();
    let name = format!("{first} {}", dice.word(FAMILIES));
    let when = plot.some_time(&mut dice);
    let access = plot.home.access.clone();
    plot.at(when, "name", move |scene| {
        let command =
            PeopleCommand::RenamePerson { person: scene.person(0)?, name: Name::new(&name).ok()?, from: None };
        Some(Given::by(scene.in_charge(&access), command))
    });
}

/// A court decides who has authority over the youngest child.
pub(super) fn another_authority(plot: &mut Plot<'_>) {
    let mut dice = plot.dice("authority");
    let recognised = dice.falls(shares::RECOGNISED);
    let (child, when) = (plot.family.children().start, plot.some_time(&mut dice));
    let access = plot.home.access.clone();
    if recognised && plot.family.parents == 2 {
        let (by, born) = (access.clone(), plot.family.members.get(child).map(|child| child.born));
        let soon = plot.days_in(dice.between(1..=20), &mut dice);
        plot.at(soon, "recognition", move |scene| {
            let (child, parent) = (scene.person(child)?, scene.person(1)?);
            let command = PeopleCommand::RecordRecognition {
                child,
                parent,
                recognised: true,
                from: born?,
                source: Source::Register,
            };
            Some(Given::by(scene.in_charge(&by), command))
        });
    }
    if plot.family.parents != 2 || !dice.falls(shares::AUTHORITY_CHANGED) {
        return;
    }
    let youngest = plot.family.children().end - 1;
    let alone = plot.family.authority == AuthorityKind::JointParents;
    plot.at(when, "authority", move |scene| {
        let child = scene.person(youngest)?;
        if scene.state.people.age_on(child, scene.day)? >= scene.terms.consent_ages.adult() {
            return None;
        }
        let parents: &[usize] = if alone { &[0] } else { &[0, 1] };
        let command = PeopleCommand::RecordAuthority(NewAuthority {
            child: WhoIs::Person(child),
            kind: if alone { AuthorityKind::OneParent } else { AuthorityKind::JointParents },
            holders: parents.iter().map(|parent| scene.person(*parent).map(WhoIs::Person)).collect::<Option<_>>()?,
            from: scene.day,
            until: None,
            source: Source::Court,
        });
        Some(Given::by(scene.in_charge(&access), command))
    });
}
