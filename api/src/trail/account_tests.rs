//! Each reads of an operation what is theirs: a municipality its own cases, a person what was shown of them.

use std::collections::BTreeSet;

use domain::fact::{Actor, Organisation, Role};
use domain::ids::{CaseId, ConsentId, PersonId, Revision, Subject, WorkerId};
use domain::text::Name;
use domain::time::Timestamp;
use eventstore::port::StreamName;
use uuid::Uuid;

use super::*;
use crate::gate::{Act, Caller, Field, JudgedAt, Purpose, Relation, Shown, Topic, Trace};
use crate::identity::{Identity, Scope};

const NAME: Field = Field::new("person.name", Topic::People);
const LANE: Field = Field::new("safety.lane", Topic::Safety);
const COUNT: Field = Field::new("caseload", Topic::Status);
const ORDINARY: Shown = Shown::Personal(domain::personal::DataClass::Ordinary);
const CRIMINAL: Shown = Shown::Personal(domain::personal::DataClass::Criminal);

fn organisation(name: &str) -> Organisation {
    Organisation::new(name).unwrap()
}

fn person(number: u128) -> Subject {
    Subject::Person(PersonId::from_uuid(Uuid::from_u128(number)))
}

fn case(number: u128) -> CaseId {
    CaseId::from_uuid(Uuid::from_u128(number))
}

fn place(number: u128, revision: Option<u64>) -> JudgedAt {
    JudgedAt { stream: StreamName::new("case", case(number)).unwrap(), revision: revision.map(Revision::new) }
}

/// Somebody who works for this organisation.
fn caller(of: &str) -> Caller {
    let actor = Actor {
        worker: WorkerId::from_uuid(Uuid::from_u128(1)),
        role: Role::CaseDirector,
        organisation: organisation(of),
        on_behalf_of: None,
    };
    Caller {
        identity: Identity {
            actor,
            name: Name::new("Anja").unwrap(),
            roles: vec![Role::CaseDirector],
            scopes: vec![Scope::Read],
            expires_at: Timestamp::from_micros(i64::MAX),
        },
        duties: Vec::new(),
        purpose: None,
        request: Uuid::from_u128(42),
        trace: Trace { id: "0af7651916cd43dd8448eb211c80319c".to_owned(), parent: None, sampled: false },
    }
}

fn decided(operation: &'static str, municipality: Option<&str>) -> Decided {
    Decided {
        operation,
        act: Act::Read,
        purpose: Purpose::Coordination,
        relation: Relation::Director,
        municipality: municipality.map(organisation),
        rules: vec!["director.does".to_owned()],
        consents: vec![ConsentId::from_uuid(Uuid::from_u128(7))],
        refused: None,
    }
}

fn refused(relation: Relation, municipality: Option<&str>) -> Decided {
    Decided {
        relation,
        rules: Vec::new(),
        consents: Vec::new(),
        refused: Some("NOT_AVAILABLE"),
        ..decided("case", municipality)
    }
}

fn noted(draft: &TrailDraft, decided: &Decided, at: Option<&JudgedAt>) -> Noted {
    let noted = Noted::from(decided.clone());
    draft.note_judgement(&noted, &Arc::from("digest"), at, decided.refused);
    noted
}

/// Of Anja, who directs for an organisation that is no municipality.
fn taken(draft: &TrailDraft) -> Vec<Entry> {
    taken_by(draft, "jeugd-en-gezin-gooi")
}

fn taken_by(draft: &TrailDraft, of: &str) -> Vec<Entry> {
    draft.take(&caller(of), Timestamp::from_micros(5), OperationKind::Query, Ended::Answered)
}

fn reader(of: &str) -> Accountant {
    Accountant {
        worker: WorkerId::from_uuid(Uuid::from_u128(9)),
        municipality: organisation(of),
        kept_out: BTreeSet::new(),
    }
}

fn one(entries: &[Entry], of: &str) -> Entry {
    let theirs: Vec<&Entry> =
        entries.iter().filter(|entry| entry.municipalities().contains(&organisation(of))).collect();
    let [entry] = theirs[..] else { panic!("one entry of {of}: {entries:?}") };
    entry.clone()
}

/// A list over two municipalities: that it was asked for stands with both, whom it showed with its own.
fn caseload() -> Vec<Entry> {
    let draft = TrailDraft::new();
    let own = noted(&draft, &Decided { consents: Vec::new(), ..decided("caseload", None) }, None);
    draft.note_made(&own, None, (&[], COUNT));
    for (number, municipality) in [(1, "gemeente-huizen"), (2, "gemeente-laren")] {
        let at = place(number, Some(number.try_into().unwrap()));
        let row = noted(&draft, &decided("caseload", Some(municipality)), Some(&at));
        draft.note_made(&row, Some(&at), (&[Subject::Case(case(number))], COUNT));
        draft.note_shown(&row, Some(&at), (&[person(number)], NAME, ORDINARY));
    }
    taken(&draft)
}

#[test]
fn an_operation_over_two_municipalities_is_an_entry_for_each_with_its_own_part() {
    let entries = caseload();
    assert_eq!(entries.len(), 2);
    for (number, municipality) in [(1, "gemeente-huizen"), (2, "gemeente-laren")] {
        let entry = one(&entries, municipality);
        assert_eq!(entry.municipalities, [organisation(municipality)]);
        assert_eq!(entry.subjects, [person(number), Subject::Case(case(number))]);
        assert_eq!(
            (entry.cases(), entry.count),
            (BTreeSet::from([case(number)]), 2),
            "its own, and that it was a list"
        );
        assert_eq!(entry.judgements.len(), 2);
        assert_eq!(reader(municipality).told_of(&entry), Some(entry));
    }
}

/// What an earlier release kept together: that somebody looked, and nothing of whom.
#[test]
fn an_older_entry_of_several_municipalities_tells_none_of_them_whom_it_was_about() {
    let mut older = caseload().remove(0);
    older.municipalities = vec![organisation("gemeente-huizen"), organisation("gemeente-laren")];
    older.older = true;
    let told = reader("gemeente-huizen").told_of(&older).unwrap();
    assert_eq!((&told.subjects, told.cases().len(), told.fields.len(), told.count), (&Vec::new(), 0, 0, 0));
    assert!(told.judgements.iter().all(|judged| judged.consents.is_empty()));
    assert_eq!(told.who, older.who);
    let alone = Entry { municipalities: vec![organisation("gemeente-huizen")], ..older };
    assert_eq!(
        reader("gemeente-huizen").told_of(&alone).unwrap().subjects,
        alone.subjects,
        "one municipality is told all"
    );
}

/// Whatever else was asked for in the same request.
#[test]
fn what_was_refused_elsewhere_and_what_is_nowhere_read_the_same_in_the_log_of_who_asked() {
    let own = "jeugd-en-gezin-gooi";
    for beside in [false, true] {
        let asked = |there: bool| {
            let draft = TrailDraft::new();
            if beside {
                let at = place(3, Some(3));
                let seen = noted(&draft, &decided("case", Some("gemeente-laren")), Some(&at));
                draft.note_shown(&seen, Some(&at), (&[person(3)], NAME, ORDINARY));
            }
            for (number, relation) in [(1, Relation::None), (2, Relation::OnCall)] {
                let refused = if there {
                    (refused(relation, Some("gemeente-huizen")), place(number, Some(8)))
                } else {
                    (refused(Relation::None, None), place(number, None))
                };
                noted(&draft, &refused.0, Some(&refused.1));
            }
            taken(&draft)
        };
        let (forbidden, absent) = (asked(true), asked(false));
        let told = |entries: &[Entry]| Entry {
            municipalities: Vec::new(),
            ..reader(own).told_of(&one(entries, own)).unwrap()
        };
        assert_eq!(told(&forbidden), told(&absent), "beside {beside}");
        let whole = reader("gemeente-huizen").told_of(&one(&forbidden, "gemeente-huizen")).unwrap();
        assert!(whole.judgements.iter().all(|judged| judged.at.iter().all(|(_, revision)| revision.is_some())));
        assert_eq!(forbidden.len(), if beside { 3 } else { 1 }, "one attempt is one entry");
    }
}

#[test]
fn who_is_kept_out_of_a_case_reads_nothing_of_it_and_what_they_tried_as_of_what_is_nowhere() {
    let kept_out = BTreeSet::from([Subject::Case(case(1)), person(1)]);
    let neighbour = Accountant { kept_out: kept_out.clone(), ..reader("gemeente-huizen") };
    let draft = TrailDraft::new();
    for (number, field) in [(1, LANE), (2, NAME)] {
        let at = place(number, Some(4));
        let seen =
            noted(&draft, &Decided { consents: Vec::new(), ..decided("case", Some("gemeente-huizen")) }, Some(&at));
        draft.note_shown(&seen, Some(&at), (&[person(number)], field, ORDINARY));
    }
    let both = taken(&draft).remove(0);
    let told = neighbour.told_of(&both).unwrap();
    assert_eq!((told.cases(), &told.subjects), (BTreeSet::from([case(2)]), &vec![person(2)]));
    assert_eq!(told.fields.iter().map(|shown| shown.field.as_str()).collect::<Vec<_>>(), ["person.name"]);
    assert_eq!(neighbour.told_of(&one(&caseload(), "gemeente-huizen")), None, "nothing but that case");
    let older = Entry { older: true, judgements: both.judgements.iter().map(unpaired).collect(), ..both.clone() };
    let told = neighbour.told_of(&older).unwrap();
    assert_eq!((told.subjects, told.fields.len()), (vec![person(2)], 0), "what was whose is not known any more");

    let tried = |decided: Decided, at: JudgedAt| {
        let draft = TrailDraft::new();
        noted(&draft, &decided, Some(&at));
        let entry = taken_by(&draft, "gemeente-huizen").remove(0);
        let own = Accountant { worker: entry.who, ..neighbour.clone() };
        own.told_of(&entry).unwrap()
    };
    let there = tried(refused(Relation::None, Some("gemeente-huizen")), place(1, Some(4)));
    assert_eq!(there, tried(refused(Relation::None, None), place(1, None)));
}

fn unpaired(judged: &JudgementEntry) -> JudgementEntry {
    JudgementEntry { shown: Vec::new(), ..judged.clone() }
}

/// A wide look: each is told what was of them.
#[test]
fn an_entry_says_of_whom_each_field_was() {
    let draft = TrailDraft::new();
    let at = place(1, Some(4));
    let seen = noted(&draft, &decided("case", Some("gemeente-huizen")), Some(&at));
    draft.note_shown(&seen, Some(&at), (&[person(1)], LANE, CRIMINAL));
    for number in 1..=3 {
        draft.note_shown(&seen, Some(&at), (&[person(number)], NAME, ORDINARY));
    }
    draft.note_asked_by(&seen, Some(&at), &[person(4)]);
    let entry = taken(&draft).remove(0);
    let of = |number| {
        let shown = entry.shown_of(&entry.judgements[0], &BTreeSet::from([person(number)]))?;
        Some(shown.into_iter().map(|shown| format!("{} {}", shown.field, shown.class)).collect::<Vec<_>>())
    };
    assert_eq!(of(1).unwrap(), ["person.name ordinary", "safety.lane criminal"]);
    assert_eq!([of(2).unwrap(), of(3).unwrap()], [["person.name ordinary"], ["person.name ordinary"]]);
    assert_eq!((of(4), of(5)), (Some(Vec::new()), None), "asked for; not there");
    // Those of whom the same was shown stand together: what it costs stays a fraction of the entry.
    let whole = serde_json::to_string(&entry).unwrap().len();
    let without = Entry { judgements: entry.judgements.iter().map(unpaired).collect(), ..entry.clone() };
    let grown = whole - serde_json::to_string(&without).unwrap().len();
    assert_eq!(
        serde_json::to_value(&entry.judgements[0].shown).unwrap(),
        serde_json::json!([[[3], []], [[1, 2], [0]], [[0], [0, 1]]])
    );
    assert!(grown * 10 < whole, "{grown} of {whole}");
}
