//! Names in free text (`privacy.md`). Erasing a person destroys the keys of what is *about* that person; a name in somebody else's
//! words would stay readable. So a free text may hold the name of somebody of the case only when it says so: as `{person:<id>}`, or
//! with the person in `mentions`, which is listed and warned about at erasure.
//!
//! Only names of those whom the writer may know are looked for: the answer to a name would tell that somebody is in the case. To the writer
//! a name of anybody else is a word like another, and counts as mentioned: who erases a person has to look for the names in every text.
//!
//! One text may name anybody: why somebody opens an emergency access, and the six answers of its ground.

use std::collections::{BTreeSet, HashSet};

use icu_normalizer::ComposingNormalizerBorrowed;

use crate::case::{CaseCommand, CaseState};
use crate::conflict::ConflictCommand;
use crate::consent::{ConsentCommand, NewAsk, NewConsent, NewException};
use crate::contact::{ContactCommand, NewContact, NewPromise};
use crate::correction::{CorrectedContent, CorrectionCommand};
use crate::crisis::{CrisisCommand, NewCard};
use crate::decider::Order;
use crate::divorce::{CoordinatorCommand, DivorceCommand};
use crate::emergency::{EmergencyCommand, NewGround};
use crate::exclusion::ExclusionCommand;
use crate::households::HouseholdCommand;
use crate::ids::PersonId;
use crate::letters::plain;
use crate::life::{LifeCommand, LinkedSignal};
use crate::people::catalogue::{NAMES_IN_TEXT, PERSON_UNKNOWN};
use crate::people::{NewPerson, People, PeopleCommand};
use crate::protection::ProtectionCommand;
use crate::regie::{NewParty, RegieCommand};
use crate::rejection::{Detail, Rejection};
use crate::representation::RepresentationCommand;
use crate::request::{NewRequest, RequestCommand, Weighing};
use crate::ruling::{NewRuling, RulingCommand};
use crate::service::{NewStep, ServiceCommand};
use crate::sharing::SharingCommand;
use crate::statement::{NewFinding, NewSpeaker, NewStatement, StatementCommand};
use crate::text::{Line, Name, Text};
use crate::voice::VoiceCommand;

/// What stands before the id in a reference to a person.
const REFERENCE: &str = "{person:";

/// Whether the writer of a text may know somebody of the case by this name.
type Knows<'a> = &'a dyn Fn(PersonId, &Name) -> bool;

/// Whether a text of no case holds the name of somebody of this one, of those whom its writer may know.
#[must_use]
pub fn names_somebody(state: &CaseState, text: &Text, knows: impl Fn(PersonId, &Name) -> bool) -> bool {
    let mut words = Words::default();
    words.take_in(text.as_str());
    state.people.names().any(|(person, name)| words.hold(name) && knows(person, name))
}

/// Checks the free texts of an order, whose writer knows these of the case.
///
/// # Errors
/// `PERSON_UNKNOWN` when a mention or a reference leads to nobody of this case; `NAMES_IN_TEXT` with the persons found.
pub(crate) fn check(state: &CaseState, order: &Order<CaseCommand>, knows: Knows<'_>) -> Result<(), Rejection> {
    if is_emergency(&order.command) {
        return Ok(());
    }
    let texts = texts(&order.command);
    check_mentions(&state.people, &order.mentions)?;
    let mut words = Words::default();
    for text in texts {
        words.take_in(&check_references(&state.people, text)?);
    }
    check_people(&state.people, &words, &order.mentions, knows)?;
    match &order.command {
        CaseCommand::Life(LifeCommand::OpenCase { people, .. }) => check_new_people(people, &words),
        _ => Ok(()),
    }
}

/// Whether somebody is in danger now: then nothing may stand in the way. Whoever writes why does not know who is in the case under which
/// name, and may not be told; the words have a record of their own and few readers. Whom they name counts as mentioned, said or not.
const fn is_emergency(command: &CaseCommand) -> bool {
    matches!(command, CaseCommand::Emergency(EmergencyCommand::OpenEmergencyAccess { .. }))
}

fn check_mentions(people: &People, mentions: &[PersonId]) -> Result<(), Rejection> {
    match mentions.iter().find(|person| !people.contains(**person)) {
        Some(unknown) => Err(Rejection::new(PERSON_UNKNOWN).with("mentions", Detail::id(*unknown))),
        None => Ok(()),
    }
}

/// The text without its references: their ids are no words.
fn check_references(people: &People, text: &str) -> Result<String, Rejection> {
    let mut parts = text.split(REFERENCE);
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let person = part.split_once('}').and_then(|(id, rest)| Some((id.parse::<PersonId>().ok()?, rest)));
        let Some((person, rest)) = person else {
            return Err(Rejection::new(PERSON_UNKNOWN).with("reference", "unreadable"));
        };
        if !people.contains(person) {
            return Err(Rejection::new(PERSON_UNKNOWN).with("reference", Detail::id(person)));
        }
        plain.push(' ');
        plain.push_str(rest);
    }
    Ok(plain)
}

fn check_people(people: &People, words: &Words, mentions: &[PersonId], knows: Knows<'_>) -> Result<(), Rejection> {
    let named = people.names().filter(|(person, name)| !mentions.contains(person) && words.hold(name));
    let found: BTreeSet<PersonId> =
        named.filter(|(person, name)| knows(*person, name)).map(|(person, _)| person).collect();
    if found.is_empty() {
        return Ok(());
    }
    Err(Rejection::new(NAMES_IN_TEXT).with("persons", Detail::ids(found)))
}

/// People who are added by the command itself have no id yet that could be mentioned: the text must do without their names. Named by
/// their place in the list, from 1. A signal whose words hold a name by chance can be linked after opening, with mentions.
fn check_new_people(people: &[NewPerson], words: &Words) -> Result<(), Rejection> {
    let named = (1_u64..).zip(people).filter(|(_, person)| words.hold(&person.name));
    let found: Vec<Detail> = named.map(|(place, _)| Detail::Number(place)).collect();
    if found.is_empty() {
        return Ok(());
    }
    Err(Rejection::new(NAMES_IN_TEXT).with("people", Detail::List(found)))
}

/// The words of the texts of one order.
#[derive(Default)]
struct Words {
    folded: HashSet<String>,
    exact: HashSet<String>,
}

impl Words {
    fn take_in(&mut self, text: &str) {
        self.folded.extend(fold_words(text));
        self.exact.extend(split(text));
    }

    /// Whether one of the words is one of the name, also with the s of a possessive ("Ilses huis"). Words of one or two letters are
    /// too common to count ("An", "Bo"), unless the name has no other; then capitals count too.
    fn hold(&self, name: &Name) -> bool {
        let telling: Vec<String> = fold_words(name.as_str()).into_iter().filter(|word| tells(word)).collect();
        if telling.is_empty() {
            return split(name.as_str()).iter().any(|word| self.exact.contains(word));
        }
        telling.iter().any(|word| self.folded.contains(word) || self.folded.contains(&format!("{word}s")))
    }
}

fn tells(word: &str) -> bool {
    word.chars().count() >= 3 && !is_particle(word)
}

/// Whether a word of a name is a particle (tussenvoegsel): too common to tell who is meant.
pub(crate) fn is_particle(word: &str) -> bool {
    ["van", "de", "der", "den", "ten", "ter", "het"].contains(&word)
}

/// The words of a text, small, without diacritics. By way of capitals, so that letters with one capital between them (ς and σ) read
/// the same; and put together again, so that a letter of any script counts as one.
pub(crate) fn fold_words(text: &str) -> Vec<String> {
    let together = ComposingNormalizerBorrowed::new_nfc();
    let fold = |word: &String| together.normalize(&plain(&word.to_uppercase())).into_owned();
    split(text).iter().map(fold).collect()
}

/// The words of a text as they stand there. Marks that combine with a letter and characters that show nothing divide no word.
fn split(text: &str) -> Vec<String> {
    let shown: String = text.chars().filter(|c| !is_mark(*c)).collect();
    shown.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

const fn is_mark(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036F}' | '\u{00AD}' | '\u{200C}' | '\u{200D}' | '\u{FE00}'..='\u{FE0F}')
}

/// A text in which nobody of the case is named: each reference and each word that may be somebody's name is left out. For whoever sees
/// what was done and may not know of whom (rule 13).
pub(crate) fn without_names(people: &People, text: &str) -> String {
    let mut parts = text.split(REFERENCE);
    let first = parts.next().unwrap_or_default().to_owned();
    let plain = parts.fold(first, |plain, part| {
        let rest = part.split_once('}').map_or("", |(_, rest)| rest);
        plain + LEFT_OUT + rest
    });
    let (mut without, mut word) = (String::new(), String::new());
    let close = |word: &mut String, without: &mut String| {
        without.push_str(if is_name(people, word) { LEFT_OUT } else { word });
        word.clear();
    };
    for c in plain.chars() {
        if c.is_alphabetic() || is_mark(c) {
            word.push(c);
        } else {
            close(&mut word, &mut without);
            without.push(c);
        }
    }
    close(&mut word, &mut without);
    without
}

/// What stands where a name was.
const LEFT_OUT: &str = "…";

fn is_name(people: &People, word: &str) -> bool {
    let mut words = Words::default();
    words.take_in(word);
    !word.is_empty() && people.names().any(|(_, name)| words.hold(name))
}

/// Every free text of a command. Names, labels, addresses and organisations are no free text. Each field is written out, so that the
/// compiler asks whoever adds one.
pub(crate) fn texts(command: &CaseCommand) -> Vec<&str> {
    match command {
        CaseCommand::Life(command) => of_life(command),
        CaseCommand::Consent(command) => of_consent(command),
        CaseCommand::People(command) => of_people(command),
        CaseCommand::Households(command) => of_households(command),
        CaseCommand::Protection(command) => of_protection(command),
        CaseCommand::Regie(command) => of_regie(command),
        CaseCommand::Divorce(command) => of_divorce(command),
        CaseCommand::Sharing(command) => of_sharing(command),
        CaseCommand::Correction(command) => of_correction(command),
        CaseCommand::Exclusion(command) => of_exclusion(command),
        CaseCommand::Representation(command) => of_representation(command),
        CaseCommand::Emergency(command) => of_emergency(command),
        CaseCommand::Crisis(command) => of_crisis(command),
        CaseCommand::Plan(command) => command.texts(),
        CaseCommand::OwnPlan(command) => command.texts(),
        CaseCommand::Contact(command) => of_contact(command),
        CaseCommand::Voice(command) => of_voice(command),
        CaseCommand::Statement(command) => of_statement(command),
        CaseCommand::Request(command) => of_request(command),
        CaseCommand::Conflict(command) => of_conflict(command),
        CaseCommand::Service(command) => of_service(command),
        CaseCommand::Ruling(command) => of_ruling(command),
        CaseCommand::Assessment(command) => command.texts(),
        CaseCommand::Reference(command) => command.texts(),
        CaseCommand::Informal(command) => command.texts(),
        CaseCommand::Conference(command) => command.texts(),
        CaseCommand::Reflection(command) => command.texts(),
        CaseCommand::School(command) => command.texts(),
        CaseCommand::Trajectory(command) => command.texts(),
        CaseCommand::Weighing(command) => command.texts(),
        CaseCommand::Application(command) => command.texts(),
        CaseCommand::Referral(command) => command.texts(),
        CaseCommand::Framework(command) => command.texts(),
        CaseCommand::Safety(command) => command.texts(),
        CaseCommand::Steps(command) => command.texts(),
        CaseCommand::CrisisPlan(command) => command.texts(),
        CaseCommand::Ret(command) => command.texts(),
        CaseCommand::Alert(command) => command.texts(),
    }
}

fn of_life(command: &LifeCommand) -> Vec<&str> {
    match command {
        LifeCommand::OpenCase {
            municipality: _,
            framework: _,
            ground: _,
            question,
            signal,
            people: _,
            authority: _,
            consents,
        } => {
            let topic = signal.iter().flat_map(of_signal);
            [question.as_str()].into_iter().chain(topic).chain(consents.iter().flat_map(of_new_consent)).collect()
        }
        LifeCommand::LinkSignal { signal } => of_signal(signal).to_vec(),
        LifeCommand::CloseCase { outcome: _, explanation } => explanation.iter().map(Text::as_str).collect(),
        LifeCommand::ReopenCase { reason: words }
        | LifeCommand::ReportDeparture { rule: _, what: words, persons: _ }
        | LifeCommand::ChangeAudience { target: _, audience: _, reason: words } => vec![words.as_str()],
    }
}

fn of_signal(signal: &LinkedSignal) -> [&str; 1] {
    let LinkedSignal { signal: _, topic, place: _, raised_at: _ } = signal;
    [topic.as_str()]
}

fn of_consent(command: &ConsentCommand) -> Vec<&str> {
    match command {
        ConsentCommand::GrantConsent(consent) | ConsentCommand::GrantConsentFor { by: _, consent } => {
            of_new_consent(consent)
        }
        ConsentCommand::AskConsent(ask) => {
            let NewAsk {
                giver: _,
                subject: _,
                kind: _,
                purpose,
                categories: _,
                recipients: _,
                explained,
                answer_by: _,
            } = ask;
            purpose.iter().map(Line::as_str).chain(explained.iter().map(Text::as_str)).collect()
        }
        ConsentCommand::RecordConsentException(new) => {
            let NewException { subject: _, ground: _, reason, from: _, until: _ } = new;
            vec![reason.as_str()]
        }
        ConsentCommand::RefuseConsent { giver: _, subject: _, kind: _, reason }
        | ConsentCommand::RefuseConsentFor { by: _, giver: _, subject: _, kind: _, reason }
        | ConsentCommand::WithdrawConsent { consent: _, reason }
        | ConsentCommand::EndConsentException { exception: _, last_day: _, reason } => {
            reason.iter().map(Text::as_str).collect()
        }
        ConsentCommand::ConfirmWithdrawalNotice { notice: _ } => Vec::new(),
    }
}

fn of_new_consent(consent: &NewConsent) -> Vec<&str> {
    let NewConsent {
        giver: _,
        subject: _,
        kind: _,
        purpose,
        categories: _,
        recipients: _,
        from: _,
        until: _,
        explained,
        evidence: _,
    } = consent;
    let purpose = purpose.iter().map(Line::as_str);
    purpose.chain(explained.iter().map(Text::as_str)).collect()
}

const fn of_people(command: &PeopleCommand) -> Vec<&str> {
    match command {
        PeopleCommand::AddPerson { name: _, birth_date: _, role: _, from: _ }
        | PeopleCommand::RenamePerson { person: _, name: _, from: _ }
        | PeopleCommand::RecordBirthDate { person: _, birth_date: _, source: _ }
        | PeopleCommand::RecordFamilyRole { person: _, role: _, from: _, until: _ }
        | PeopleCommand::RecordAuthority(_)
        | PeopleCommand::RecordAuthorityUnder { ruling: _, authority: _ }
        | PeopleCommand::RecordRecognition { child: _, parent: _, recognised: _, from: _, source: _ } => Vec::new(),
    }
}

/// A label may say with whom ("bij Kim"): it belongs to the household, not to somebody's words.
const fn of_households(command: &HouseholdCommand) -> Vec<&str> {
    match command {
        HouseholdCommand::FormHousehold { label: _, from: _, members: _ }
        | HouseholdCommand::RelabelHousehold { household: _, label: _ }
        | HouseholdCommand::RecordMembership { household: _, person: _, from: _, until: _ }
        | HouseholdCommand::EndMembership { household: _, person: _, last_day: _ }
        | HouseholdCommand::RecordAddress { household: _, address: _, from: _, source: _ } => Vec::new(),
    }
}

fn of_protection(command: &ProtectionCommand) -> Vec<&str> {
    match command {
        ProtectionCommand::ProtectLocatingData { person: _, households: _, reason } => vec![reason.as_str()],
        ProtectionCommand::ProposeLifting { person: _, agreed } => vec![agreed.as_str()],
        ProtectionCommand::ConfirmLifting { person: _ } => Vec::new(),
    }
}

fn of_regie(command: &RegieCommand) -> Vec<&str> {
    match command {
        RegieCommand::JoinParty(party) => of_party(party).collect(),
        RegieCommand::ReportPartyJoined { party, last_day: _, explanation } => {
            of_party(party).chain(explanation.iter().map(Text::as_str)).collect()
        }
        RegieCommand::LeaveParty { worker: _, last_day: _, reason }
        | RegieCommand::ChangeExpectedEnd { worker: _, expected_end: _, reason }
        | RegieCommand::EndHandover { handover: _, reason } => reason.iter().map(Text::as_str).collect(),
        RegieCommand::StateContribution { worker: _, can, cannot } => vec![can.as_str(), cannot.as_str()],
        RegieCommand::OfferHandover { successor: _, organisation: _, planned: _, reason, summary, open_tasks } => {
            let tasks = open_tasks.iter().map(Line::as_str);
            [reason.as_str(), summary.as_str()].into_iter().chain(tasks).collect()
        }
        RegieCommand::RecordFamilyWord { handover: _, person: _, agrees: _, words, told_day: _ } => {
            words.iter().map(Text::as_str).collect()
        }
        RegieCommand::AppointDeputy { deputy: _, organisation: _, from: _, until: _, reason }
        | RegieCommand::EndDirectorship { last_day: _, reason } => vec![reason.as_str()],
        RegieCommand::HandBackRegie { tasks: _, to: _, agreement } => agreement.iter().map(Text::as_str).collect(),
        RegieCommand::AssignCaseDirector { director: _, organisation: _, tasks: _, agreed: _, from: _ }
        | RegieCommand::ReadHandoverSummary { handover: _ }
        | RegieCommand::AcceptHandover { handover: _ }
        | RegieCommand::EndDeputy { last_day: _ }
        | RegieCommand::TellFamilyOfDeputy { deputy: _, persons: _ } => Vec::new(),
    }
}

fn of_party(party: &NewParty) -> impl Iterator<Item = &str> {
    let NewParty { worker: _, organisation: _, expertise, specialist: _, expected_end: _, from: _, consents: _ } =
        party;
    expertise.iter().map(Line::as_str)
}

fn of_divorce(command: &DivorceCommand) -> Vec<&str> {
    match command {
        DivorceCommand::Topology(command) => command.texts(),
        DivorceCommand::Coordinators(CoordinatorCommand::EndPlanCoordinator {
            household: _,
            worker: _,
            last_day: _,
            reason,
        }) => vec![reason.as_str()],
        DivorceCommand::Sat(command) => command.texts(),
        DivorceCommand::Dons(command) => command.texts(),
        DivorceCommand::Coordinators(CoordinatorCommand::AppointPlanCoordinator {
            household: _,
            worker: _,
            organisation: _,
            from: _,
            until: _,
        }) => Vec::new(),
        DivorceCommand::Episode(command) => command.texts(),
    }
}

fn of_sharing(command: &SharingCommand) -> Vec<&str> {
    match command {
        SharingCommand::RecordAcceptedShare {
            recipient: _,
            organisation: _,
            capacity: _,
            subjects: _,
            categories: _,
            from: _,
            until: _,
            offered: words,
        }
        | SharingCommand::WithdrawShare { share: _, reason: words } => vec![words.as_str()],
    }
}

fn of_correction(command: &CorrectionCommand) -> Vec<&str> {
    match command {
        CorrectionCommand::StrikeOut { target: _, reason }
        | CorrectionCommand::SetAside { targets: _, reason }
        | CorrectionCommand::BringBack { set_aside: _, reason } => vec![reason.as_str()],
        CorrectionCommand::Correct { target: _, reason, occurred: _, content } => {
            [Some(reason.as_str()), of_content(content)].into_iter().flatten().collect()
        }
    }
}

fn of_content(content: &CorrectedContent) -> Option<&str> {
    match content {
        CorrectedContent::Words(text) | CorrectedContent::Explanation(text) => Some(text.as_str()),
        CorrectedContent::Name(_)
        | CorrectedContent::BirthDate(_)
        | CorrectedContent::Authority(_)
        | CorrectedContent::Recognition { recognised: _, from: _ }
        | CorrectedContent::Membership { from: _, until: _ }
        | CorrectedContent::Party { from: _, expected_end: _ }
        | CorrectedContent::Director { from: _ }
        | CorrectedContent::LastDay { last_day: _ }
        | CorrectedContent::Opening { framework: _, ground: _ } => None,
    }
}

fn of_exclusion(command: &ExclusionCommand) -> Vec<&str> {
    match command {
        ExclusionCommand::ExcludeWorker { worker: _, ground: _, reason }
        | ExclusionCommand::LiftExclusion { worker: _, reason } => vec![reason.as_str()],
    }
}

fn of_representation(command: &RepresentationCommand) -> Vec<&str> {
    match command {
        RepresentationCommand::NameRepresentative {
            person: _,
            worker: _,
            organisation: _,
            kind: _,
            from: _,
            until: _,
            source: _,
        } => Vec::new(),
        RepresentationCommand::EndRepresentative { person: _, worker: _, last_day: _, reason } => {
            reason.iter().map(Text::as_str).collect()
        }
    }
}

fn of_emergency(command: &EmergencyCommand) -> Vec<&str> {
    match command {
        EmergencyCommand::OpenEmergencyAccess { ground, reason, hours: _ } => {
            let answers = match ground {
                NewGround::VitalInterest => Vec::new(),
                NewGround::ConflictOfDuties(answers) => answers.each().map(|(_, answer)| answer.as_str()).to_vec(),
            };
            std::iter::once(reason.as_str()).chain(answers).collect()
        }
        EmergencyCommand::EndEmergencyAccess { emergency: _ } => Vec::new(),
        EmergencyCommand::ReviewEmergencyAccess { emergency: _, outcome: _, finding } => vec![finding.as_str()],
    }
}

fn of_crisis(command: &CrisisCommand) -> Vec<&str> {
    let CrisisCommand::WriteCrisisCard(card) = command;
    let NewCard { child: _, sleeps, call, do_not_call, agreements, rulings, expires: _ } = &**card;
    let others = [sleeps, do_not_call, agreements, rulings].into_iter().flatten().map(Text::as_str);
    std::iter::once(call.as_str()).chain(others).collect()
}

fn of_contact(command: &ContactCommand) -> Vec<&str> {
    let new = match command {
        ContactCommand::RecordContact(new) => new,
        ContactCommand::SettlePromise { promise: _, how: _, note } => return note.iter().map(Text::as_str).collect(),
    };
    let NewContact {
        with: _,
        other,
        about: _,
        worker: _,
        direction: _,
        medium: _,
        verified: _,
        said,
        asked,
        answer: _,
        answered,
        promises,
    } = &**new;
    let promised = promises.iter().filter_map(|promise| {
        let NewPromise { kind: _, what, by: _, worker: _ } = promise;
        what.as_ref().map(Text::as_str)
    });
    let texts = [Some(said), asked.as_ref(), answered.as_ref()].into_iter().flatten().map(Text::as_str);
    texts.chain(other.iter().map(Line::as_str)).chain(promised).collect()
}

fn of_voice(command: &VoiceCommand) -> Vec<&str> {
    match command {
        VoiceCommand::RecordChildVoice { child: _, words, listener: _, setting, known_to: _, family_may_know: _ } => {
            std::iter::once(words).chain(setting).map(Text::as_str).collect()
        }
        VoiceCommand::OpenChildSignal { child: _, domain: _, change: _, words, told_by: _, worker: _, known_to: _ }
        | VoiceCommand::ChangeChildSignal { signal: _, change: _, words }
        | VoiceCommand::CloseChildSignal { signal: _, words } => words.iter().map(Text::as_str).collect(),
    }
}

fn of_statement(command: &StatementCommand) -> Vec<&str> {
    match command {
        StatementCommand::RecordStatement(new) => {
            let NewStatement { speaker, about: _, words, heard_by: _, told_by: _, contact: _, answers: _ } = &**new;
            let outside = match speaker {
                NewSpeaker::Outside(who) => Some(who.as_str()),
                NewSpeaker::Person(_) | NewSpeaker::Worker(_) => None,
            };
            std::iter::once(words.as_str()).chain(outside).collect()
        }
        StatementCommand::TestStatement { statement: _, with: _, recognised: _, words } => {
            words.iter().map(Text::as_str).collect()
        }
        StatementCommand::RecordFinding(new) => {
            let NewFinding { authority: _, body, about: _, words, established: _, source } = &**new;
            [words.as_str(), source.as_str()].into_iter().chain(body.iter().map(Line::as_str)).collect()
        }
    }
}

fn of_request(command: &RequestCommand) -> Vec<&str> {
    match command {
        RequestCommand::RecordOutsideRequest(new) => {
            let NewRequest { requester: _, person: _, who, about: _, asked, article, in_writing: _, answer_by: _ } =
                &**new;
            let lines = [who, article].into_iter().flatten().map(Line::as_str);
            std::iter::once(asked.as_str()).chain(lines).collect()
        }
        RequestCommand::DecideOutsideRequest {
            request: _,
            outcome: _,
            categories: _,
            reason,
            decided_by: _,
            weighing,
        } => {
            let weighed = weighing.as_ref().map(|Weighing { equally: _, child_interest }| child_interest);
            std::iter::once(reason).chain(weighed).map(Text::as_str).collect()
        }
        RequestCommand::TellFamilyOfRequest { request: _, persons: _ } => Vec::new(),
        RequestCommand::TellFamilyLater { request: _, ground, review: _ } => vec![ground.as_str()],
    }
}

fn of_conflict(command: &ConflictCommand) -> Vec<&str> {
    match command {
        ConflictCommand::NameConflict { between: _, about } => vec![about.as_str()],
        ConflictCommand::AssessConflict { conflict: _, experienced, by: _ } => {
            experienced.iter().map(|one| one.observations.as_str()).collect()
        }
        ConflictCommand::AssessParentingForm { parents: _, form: _, basis, by: _ }
        | ConflictCommand::AssessNetworkEffect { conflict: _, person: _, effect: _, basis, by: _ } => {
            vec![basis.as_str()]
        }
        ConflictCommand::RecordFlareUp { conflict: _, medium: _, trigger, reactions, told_by: _ } => {
            std::iter::once(trigger.as_str()).chain(reactions.iter().map(|one| one.acts.as_str())).collect()
        }
        ConflictCommand::ReportConflictEnergy { conflict: _, person: _, percent: _ } => Vec::new(),
        ConflictCommand::ReportCalmPeriod { person: _, conflict: _, from: _, until: _, words } => {
            words.iter().map(Text::as_str).collect()
        }
        ConflictCommand::RestConflict { conflict: _, kind: _, reason } => vec![reason.as_str()],
    }
}

fn of_service(command: &ServiceCommand) -> Vec<&str> {
    match command {
        ServiceCommand::TakeServiceStep(step) => {
            let NewStep { person: _, environment: _, level: _, reason, decided: _, programme, provider, wishes } =
                &**step;
            let lines = [programme, provider].into_iter().flatten().map(Line::as_str);
            let wishes = wishes.iter().map(|wish| wish.wish.as_str());
            std::iter::once(reason.as_str()).chain(lines).chain(wishes).collect()
        }
        ServiceCommand::RecordBodyJoined { body: _, organisation, persons: _, reason, family_told } => {
            let told = family_told.iter().map(Text::as_str).chain(organisation.iter().map(Line::as_str));
            std::iter::once(reason.as_str()).chain(told).collect()
        }
        ServiceCommand::RecordBodyLeft { involvement: _, reason } => vec![reason.as_str()],
        ServiceCommand::RecordAdvice { on: _, source, advice } => vec![source.as_str(), advice.as_str()],
    }
}

fn of_ruling(command: &RulingCommand) -> Vec<&str> {
    match command {
        RulingCommand::RecordRuling(ruling) => {
            let NewRuling {
                person: _,
                others: _,
                kind: _,
                scope,
                channel,
                reference,
                in_place: _,
                dates: _,
                pronounced: _,
                source: _,
                replaces: _,
                authority: _,
            } = &**ruling;
            let more = channel.iter().map(Text::as_str).chain(reference.iter().map(Line::as_str));
            std::iter::once(scope.as_str()).chain(more).collect()
        }
        RulingCommand::RecordRulingDates { ruling: _, dates: _ } => Vec::new(),
        RulingCommand::EndRuling { ruling: _, last_day: _, reason } => reason.iter().map(Text::as_str).collect(),
    }
}

#[cfg(test)]
mod tests;
