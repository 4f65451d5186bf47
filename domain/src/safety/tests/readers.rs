//! Who may know of safety, what is corrected, and what stands in the catalogue.

use super::*;

/// For the director, or for whom it was said; nothing in clear tells of it; nothing crosses to a household.
#[test]
fn safety_is_for_the_director_or_named_workers_and_tells_nothing_in_clear() {
    let given = directed().when(signal_as(NewSignal { known_to: None, ..new(&[ILSE, MORRIS]) })).accepted();
    let lane = lane_of(&given).id;
    let given = given.when(map(lane)).accepted().when(talk(lane, MORRIS)).accepted();
    let given = given.when(judge(lane, ILSE, true)).accepted().when(decide_on(lane, true)).accepted();
    let of_safety = |given: &Given<Case>| {
        let facts = given.history().facts().iter().filter(|fact| matches!(fact.event, CaseEvent::Safety(_)));
        facts.cloned().collect::<Vec<_>>()
    };
    let facts = of_safety(&given);
    assert!(facts.iter().all(|fact| fact.audience == Audience::Director && fact.event.info().outer == NEUTRAL));
    let layers = LayersOf::on(given.history(), day("2026-04-21"), ages());
    let stands = |name: &str| layers.of_fact(given.history().fact(fact_of(&given, name)).unwrap());
    let each = Layers::each_of([Layer::Person(ILSE), Layer::Child(MORRIS)]);
    assert_eq!(
        [stands("SafetySignalRecorded"), stands("SafetyMapped"), stands("SafetyDecided")],
        [each.clone(), each.clone(), each]
    );
    assert_eq!(stands("SafetyTalkHeld"), Layers::of([Layer::Person(MORRIS)]), "no layer that crosses");
    assert_eq!(stands("SafetyTalkJudged"), Layers::of([Layer::Person(ILSE)]));

    let few = Audience::Workers(vec![ANJA, TESS]);
    let narrow = NewSignal { known_to: Some(few.clone()), ..new(&[ILSE]) };
    let given = directed().when(signal_as(narrow)).accepted();
    let lane = lane_of(&given).id;
    let given = given.when(map(lane)).accepted().when(later(lane, ROBERT, "2026-05-01")).accepted();
    assert!(of_safety(&given).iter().all(|fact| fact.audience == few), "as the lane");
    for wide in [Audience::Case, Audience::Child(MORRIS), Audience::Persons(vec![ILSE]), Audience::Workers(vec![])] {
        let wide = NewSignal { known_to: Some(wide), ..new(&[ILSE]) };
        directed().when(signal_as(wide)).then_rejected(SAFETY_AUDIENCE);
    }
}

/// The child's words are for whom it said; nobody widens them later, and nobody opens safety to a layer.
#[test]
fn nobody_widens_it_to_a_layer() {
    let (given, lane) = signalled();
    let confided = SafetyCommand::RecordSafetyTalk {
        lane,
        person: MORRIS,
        by: None,
        alone: true,
        words: text("wil niet dat anderen het weten"),
        explanation: None,
        known_to: Some(Audience::Workers(vec![ANJA])),
    };
    let given = given.when(confided).accepted();
    let change = |given: &Given<Case>, name: &str, audience| LifeCommand::ChangeAudience {
        target: fact_of(given, name),
        audience,
        reason: text("anders"),
    };
    let wider = change(&given, "SafetyTalkHeld", Audience::Workers(vec![ANJA, TESS]));
    let given = given.when(wider).refused_but(VOICE_KEEPS_AUDIENCE);
    let layer = change(&given, "SafetySignalRecorded", Audience::Case);
    let given = given.when(layer).refused_but(SAFETY_AUDIENCE);
    let colleague = change(&given, "SafetySignalRecorded", Audience::Workers(vec![ANJA, TESS]));
    let given = given.when(colleague).accepted().when(map(lane)).accepted();
    let last = given.history().facts().last().unwrap();
    assert_eq!(last.audience, Audience::Workers(vec![ANJA, TESS]), "whoever may know the signal now");
}

#[test]
fn of_somebody_hidden_it_leads_to_them() {
    let given = apart().when(signal(&[ROBERT])).accepted();
    let event = given.history().facts().last().unwrap().event.clone();
    assert!(!Locating::on(given.history(), day("2026-05-04")).leads(&event));
    let (households, reason) = (vec![A], text("veilig"));
    let given = given.when(ProtectionCommand::ProtectLocatingData { person: ILSE, households, reason }).accepted();
    assert!(Locating::on(given.history(), day("2026-05-04")).leads(&event));
}

#[test]
fn words_are_corrected_and_a_lane_never_ends_by_striking_out() {
    let (given, lane) = weighed();
    let given = given.when(later(lane, ROBERT, "2026-05-01")).accepted();
    let id = lane_of(&given).told_later[0].id;
    let given = given.when(told(id)).accepted().when(screen(ILSE, ScreeningOutcome::Signal)).accepted();
    let out = strike(&given, "SafetySignalRecorded");
    let given = given.when(out).refused_but(FACT_CANNOT_BE_STRUCK_OUT);
    let out = strike(&given, "ToldLaterDecided");
    let given = given.when(out).refused_but(CORRECTION_BREAKS_HISTORY);
    let out = strike(&given, "PersonTold");
    let given = given.when(out).accepted();
    assert!(given.state().safety.is_kept_from(lane, ROBERT, day("2026-04-21")));
    let names = ["SafetySignalRecorded", "SafetyMapped", "SafetyWeighed", "SafetyScreened", "ToldLaterDecided"];
    let given = names.into_iter().fold(given, |given, name| {
        let right = CorrectionCommand::Correct {
            target: fact_of(&given, name),
            reason: text("verschreven"),
            occurred: None,
            content: CorrectedContent::Words(text("anders gezegd")),
        };
        given.when(right).accepted()
    });
    let known = lane_of(&given);
    for words in [&known.signals[0].facts, &known.mapped[0].words, &known.weighed[0].words, &known.told_later[0].words]
    {
        assert_eq!((words.known().unwrap().as_str(), words.class()), ("anders gezegd", Some(DataClass::Criminal)));
    }
}

#[test]
fn every_type_stands_in_the_catalogue() {
    let (given, lane) = weighed();
    let given =
        given.when(screen(ILSE, ScreeningOutcome::NoSignal)).accepted().when(judge(lane, ILSE, true)).accepted();
    let given = given.when(decide_on(lane, true)).accepted().when(report(lane, false)).accepted();
    let given = given.when(answer(lane)).accepted().when(later(lane, ROBERT, "2026-05-01")).accepted();
    let id = lane_of(&given).told_later[0].id;
    let given = given.when(look(id, "2026-05-15")).accepted().when(told(id)).accepted();
    let given = given.by(TESS, Role::Supporter).when(clear(lane)).accepted();
    let facts = given.history().facts().iter().map(|fact| fact.event.clone());
    let events: Vec<_> = facts.filter(|event| matches!(event, CaseEvent::Safety(_))).collect();
    check_catalogue(&events, CATALOGUE);
    let CaseEvent::Safety(weighed) = &given.history().fact(fact_of(&given, "SafetyWeighed")).unwrap().event else {
        panic!("weighed")
    };
    assert_eq!((weighed.workers(), weighed.persons(), weighed.lane()), (vec![ANJA, OFFICER], vec![], Some(lane)));
}
