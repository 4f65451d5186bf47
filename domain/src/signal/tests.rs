use super::*;
use crate::testing::{day, given_of, organisation, text};

fn raise(topic: &str) -> SignalCommand {
    SignalCommand::RaiseSignal {
        municipality: organisation("gemeente-huizen"),
        place: PlaceKind::School,
        topic: text(topic),
    }
}

fn raised() -> SignalEvent {
    let owner = Subject::Signal(SignalId::from_uuid(crate::testing::STREAM));
    SignalEvent::SignalRaised {
        municipality: organisation("gemeente-huizen"),
        place: PlaceKind::School,
        topic: Personal::ordinary(owner, text("Spanning bij overdragen")),
    }
}

fn case(number: u128) -> CaseId {
    CaseId::from_uuid(uuid::Uuid::from_u128(number))
}

#[test]
fn a_concern_is_raised_once_and_names_nobody() {
    given_of::<Signal>([])
        .when(raise("Spanning bij overdragen"))
        .then([raised()])
        .when(raise("Nog eens"))
        .then_rejected(SIGNAL_ALREADY_RAISED);
    let refused = given_of::<Signal>([]).when(raise("Bel 0612345678")).then_rejected(SIGNAL_NAMES_SOMEBODY);
    assert_eq!(refused.details, [("found", Detail::List(vec!["telephone_number".into()]))]);
}

#[test]
fn a_case_marks_it_once() {
    let given = given_of::<Signal>([("2026-03-02", raised())]);
    assert!(given.state().waits());
    assert_eq!(given.state().raised.as_ref().map(|raised| raised.at), Some(day("2026-03-02").at(9, 0)));
    let linked = given
        .when(SignalCommand::MarkSignalLinked { case: case(1) })
        .then([SignalEvent::SignalMarkedLinked { case: case(1) }]);
    assert!(!linked.state().waits());
    linked
        .when(SignalCommand::MarkSignalLinked { case: case(1) })
        .then_nothing()
        .when(SignalCommand::MarkSignalLinked { case: case(2) })
        .then([SignalEvent::SignalMarkedLinked { case: case(2) }])
        .when(SignalCommand::SetSignalAside { reason: text("Gerustgesteld") })
        .then_rejected(SIGNAL_IS_LINKED);
}

#[test]
fn it_can_be_set_aside_once() {
    let aside = || SignalCommand::SetSignalAside { reason: text("Gerustgesteld") };
    let given = given_of::<Signal>([("2026-03-02", raised())]).when(aside()).accepted();
    assert!(!given.state().waits());
    given.when(aside()).then_rejected(SIGNAL_ALREADY_SET_ASIDE);
    given_of::<Signal>([]).when(aside()).then_rejected(SIGNAL_UNKNOWN);
}

#[test]
fn each_event_is_written_and_read_under_its_own_name() {
    let events = [
        raised(),
        SignalEvent::SignalMarkedLinked { case: case(1) },
        SignalEvent::SignalSetAside { reason: crate::testing::words(uuid::Uuid::from_u128(9), "Klaar") },
    ];
    for event in events {
        let payload = crate::personal::codec_scope(|| event.to_payload()).unwrap();
        let fields: Vec<_> = payload.as_object().unwrap().keys().cloned().collect();
        let told: std::collections::BTreeSet<_> =
            event.info().fields.iter().map(|field| field.name.to_owned()).collect();
        assert_eq!(fields.into_iter().collect::<std::collections::BTreeSet<_>>(), told);
        assert_eq!(SignalEvent::from_payload(event.info().name, payload), Ok(event));
    }
}
