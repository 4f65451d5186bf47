//! A case opens, with its people, their authority and the first consents, in one append.

use domain::consent::{ConsentKind, Evidence, NewConsent, WhoIs};
use domain::life::{LegalFramework, LifeCommand, OpeningGround};
use domain::people::{NewAuthority, NewPerson, Source};
use domain::text::Name;
use domain::time::CivilDay;

use crate::simulate::dice::Dice;
use crate::simulate::family::Family;
use crate::simulate::shares;
use crate::simulate::story::{Given, Plot, text};
use crate::simulate::words;

/// Who says yes to what at the opening: giver, subject, kind.
type Yes = (usize, usize, ConsentKind);

pub(super) fn opening(plot: &mut Plot<'_>) {
    let mut dice = plot.dice("opening");
    let day = plot.opens.day();
    let family = plot.family.clone();
    let consents = consents(&family, day, &mut dice);
    let (framework, ground) = ground(&family, &consents, &mut dice);
    let (question, explained) = (dice.word(words::QUESTIONS), dice.word(words::EXPLAINED));
    let (access, holder) = (plot.home.access.actor(), plot.home.holder.clone());
    plot.at(plot.opens, "opening", move |scene| {
        if !scene.history.is_empty() {
            return None;
        }
        let command = LifeCommand::OpenCase {
            municipality: holder.clone(),
            framework,
            ground,
            question: text(question)?,
            signal: None,
            people: people(&family)?,
            authority: family.children().map(|child| authority(&family, child)).collect::<Option<_>>()?,
            consents: consents.iter().map(|yes| consent(*yes, explained)).collect::<Option<_>>()?,
        };
        Some(Given::by(access.clone(), command))
    });
}

/// In which framework the case opens.
pub(super) fn framework(plot: &Plot<'_>) -> LegalFramework {
    let mut dice = plot.dice("opening");
    let consents = consents(&plot.family, plot.opens.day(), &mut dice);
    ground(&plot.family, &consents, &mut dice).0
}

fn key(place: usize) -> String {
    format!("p{place}")
}

fn people(family: &Family) -> Option<Vec<NewPerson>> {
    let new = |(place, member): (usize, &crate::simulate::family::Member)| {
        let name = Name::new(&member.name).ok()?;
        Some(NewPerson { key: key(place), name, birth_date: Some(member.born), role: member.role })
    };
    family.members.iter().enumerate().map(new).collect()
}

fn authority(family: &Family, child: usize) -> Option<NewAuthority> {
    Some(NewAuthority {
        child: WhoIs::Key(key(child)),
        kind: family.authority,
        holders: family.holders.iter().map(|place| WhoIs::Key(key(*place))).collect(),
        from: family.members.get(child)?.born,
        until: None,
        source: Source::Register,
    })
}

fn consent((giver, subject, kind): Yes, explained: &str) -> Option<NewConsent> {
    Some(NewConsent {
        giver: WhoIs::Key(key(giver)),
        subject: WhoIs::Key(key(subject)),
        kind,
        purpose: None,
        categories: Vec::new(),
        recipients: Vec::new(),
        from: None,
        until: None,
        explained: if kind == ConsentKind::Help { Some(text(explained)?) } else { None },
        evidence: Evidence::Spoken,
    })
}

/// Who asks for help says yes; others who must be asked often do so at once (Jeugdwet 7.3.4: from 12 the child too, from 16 alone).
fn consents(family: &Family, day: CivilDay, dice: &mut Dice) -> Vec<Yes> {
    let (both, joining) = (dice.falls(shares::BOTH_AT_OPENING), dice.falls(shares::JOINING_AT_OPENING));
    let mut all = Vec::new();
    for child in family.children() {
        let age = family.age(child, day);
        let holders = family.holders.iter().copied().take(if both { 2 } else { 1 });
        let mut givers: Vec<usize> = if age < 16 { holders.collect() } else { Vec::new() };
        if age >= 16 || (age >= 12 && dice.falls(shares::CHILD_AT_OPENING)) {
            givers.push(child);
        }
        all.extend(givers.iter().map(|giver| (*giver, child, ConsentKind::Help)));
        if joining && child == family.children().start {
            all.extend(givers.iter().map(|giver| (*giver, child, ConsentKind::Joining)));
        }
    }
    all
}

/// Help consent for each child, or another ground (rule 22).
fn ground(family: &Family, consents: &[Yes], dice: &mut Dice) -> (LegalFramework, OpeningGround) {
    let measure = dice.falls(shares::COMPULSORY);
    let meldcode = dice.falls(shares::MELDCODE);
    let has = |child| consents.iter().any(|(_, subject, kind)| *subject == child && *kind == ConsentKind::Help);
    match (measure, meldcode || !family.children().all(has)) {
        (true, _) => (LegalFramework::Compulsory, OpeningGround::Measure),
        (false, true) => (LegalFramework::Voluntary, OpeningGround::MeldcodeDecision),
        (false, false) => (LegalFramework::Voluntary, OpeningGround::HelpConsent),
    }
}
