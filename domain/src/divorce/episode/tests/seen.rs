//! Who may know what of an episode, and what its facts name.

use super::*;
use crate::decider::DomainEvent as _;
use crate::divorce::DivorceEvent;
use crate::fact::{Fact, NEUTRAL};
use crate::layers::{Layer, Layers, LayersOf};
use crate::personal::{DataClass, MARK, codec_scope};
use crate::protection::{Locating, ProtectionCommand};

fn facts(given: &Given<Case>) -> Vec<Fact<CaseEvent>> {
    let own = |fact: &&Fact<CaseEvent>| matches!(&fact.event, CaseEvent::Divorce(event) if matches!(event, DivorceEvent::Episode(_)));
    given.history().facts().iter().filter(own).cloned().collect()
}

/// One of each type.
pub(crate) fn every_fact() -> Vec<Fact<CaseEvent>> {
    let named = EpisodeCommand::RecordNamedStrain { person: ILSE, words: text("Slecht geslapen.") };
    let outside = EpisodeCommand::RecordDivorceSignal {
        noticed_by: NewNoticedBy::Outside(line("de voetbaltrainer")),
        words: text("Stil na het weekend."),
    };
    let given = acknowledged().when(outside).accepted().when(named).accepted();
    let given = given.when(triage(DivorceTrack::Dons)).accepted();
    let given = given.when(switch(DivorceTrack::PlanPerHousehold)).accepted();
    let given = given.when(step(EpisodeStep::Reviewed)).accepted();
    // Of who noticed something only a description is personal: the signals that name a worker are left out here.
    let described = |fact: &Fact<CaseEvent>| match &fact.event {
        CaseEvent::Divorce(DivorceEvent::Episode(EpisodeEvent::DivorceSignalRecorded { noticed_by, .. })) => {
            matches!(noticed_by, NoticedBy::Outside(_))
        }
        _ => true,
    };
    [facts(&settling()), facts(&given)].concat().into_iter().filter(described).collect()
}

#[test]
fn what_is_of_both_parents_is_for_whoever_reaches_each() {
    let given = screened(directed()).when(signal("Spanning.")).accepted();
    let both = Layers::each_of([Layer::Person(ILSE), Layer::Person(ROBERT)]);
    for fact in every_fact() {
        let given = on_track(DivorceTrack::Dons);
        let layers = LayersOf::on(given.history(), day("2026-04-21"), ages());
        let CaseEvent::Divorce(DivorceEvent::Episode(event)) = &fact.event else { panic!("own") };
        let name = fact.event.info().name;
        match event.of_one() {
            Some(person) => {
                assert_eq!(layers.of(&fact.event), Layers::of([Layer::Person(person)]), "{name}");
                assert_eq!(fact.audience, Audience::Persons(vec![person]), "{name}");
            }
            None => assert_eq!(fact.audience, Audience::Persons(vec![ILSE, ROBERT]), "{name}"),
        }
    }
    // Whoever works for one household reads nothing of what is of both, and nothing of the other parent.
    let layers = LayersOf::on(given.history(), day("2026-04-21"), ages());
    assert_eq!(layers.of_fact(facts(&given).last().unwrap()), both);
    let given = on_track(DivorceTrack::Dons);
    let layers = LayersOf::on(given.history(), day("2026-04-21"), ages());
    let reads = |fact: &Fact<CaseEvent>| layers.of_fact(fact).reached_by(|layer| layer == Layer::Person(ROBERT));
    let read: Vec<_> = facts(&given).iter().filter(|fact| reads(fact)).map(|fact| fact.event.info().name).collect();
    assert_eq!(read, ["ComplexDivorceAcknowledged"], "that it was acknowledged to him");
    let all = |fact: &Fact<CaseEvent>| layers.of_fact(fact).reached_by(|layer| layer != Layer::Case);
    assert!(facts(&given).iter().all(all));
}

#[test]
fn a_strain_is_health_and_in_clear_nothing() {
    let named = EpisodeCommand::RecordNamedStrain { person: ILSE, words: text("Slecht geslapen.") };
    let given = signalled().when(named).accepted();
    let fact = given.history().facts().last().unwrap();
    assert_eq!(fact.event.info().outer, NEUTRAL);
    assert_eq!(given.state().divorce.strains()[0].words.class(), Some(DataClass::Health));
}

#[test]
fn a_state_leads_to_nobody_and_the_words_may() {
    let protect = ProtectionCommand::ProtectLocatingData { person: ILSE, households: vec![], reason: text("veilig") };
    let given = on_track(DivorceTrack::Dons).when(protect).accepted();
    let locating = Locating::on(given.history(), day("2026-04-21"));
    for fact in facts(&given) {
        assert!(!locating.leads(&fact.event) && locating.words_lead(&fact.event));
    }
    let quiet = on_track(DivorceTrack::Dons);
    let locating = Locating::on(quiet.history(), day("2026-04-21"));
    assert!(facts(&quiet).iter().all(|fact| !locating.words_lead(&fact.event)));
}

#[test]
fn every_type_reads_what_it_wrote_and_says_what_it_holds() {
    let mut seen = std::collections::BTreeSet::new();
    for fact in every_fact() {
        let (event, info) = (fact.event.clone(), fact.event.info());
        let stored = codec_scope(|| event.to_payload()).unwrap();
        let fields: Vec<_> = stored.as_object().unwrap().keys().cloned().collect();
        let mut told: Vec<_> = info.fields.iter().map(|field| field.name.to_owned()).collect();
        told.sort();
        assert_eq!(fields.iter().collect::<std::collections::BTreeSet<_>>(), told.iter().collect(), "{}", info.name);
        assert_eq!(CaseEvent::from_payload(info.name, stored.clone()).unwrap(), event, "{}", info.name);
        let owners = stored.to_string();
        assert!(owners.contains(MARK), "{}", info.name);
        seen.insert(info.name);
    }
    let all: std::collections::BTreeSet<_> = super::super::CATALOGUE.iter().map(|info| info.name).collect();
    assert_eq!(seen, all);
    assert!(every_fact().iter().all(|fact| fact.event.info().version == 1));
}
