//! Every yes and no as it stands on a day. A refusal is as much a fact as a grant (`privacy.md`).

use domain::consent::{Category, Consent, ConsentKind, Evidence, ExceptionGround, Notice, Standing, WordState, counts};
use domain::ids::{ConsentId, ExceptionId, NoticeId, PersonId, WorkerId};
use domain::personal::Personal;
use domain::text::{Line, Text};
use domain::time::CivilDay;

use super::help::{AfterNoView, after_no, known_or_not};
use super::people::{birth_date, of_authority};
use super::{Kept, Reading};

/// One word of one giver about one subject.
#[derive(Clone, PartialEq, Debug)]
pub struct ConsentView {
    /// The consent, with who may know that it is there.
    pub consent: Kept<ConsentId>,
    /// Who spoke.
    pub giver: PersonId,
    /// In which capacity, as judged when it was given.
    pub standing: Standing,
    /// Whose help or data.
    pub subject: PersonId,
    /// To what.
    pub kind: ConsentKind,
    /// Whether it is a no.
    pub refused: bool,
    /// What for.
    pub purpose: Option<Kept<Personal<Line>>>,
    /// Which data.
    pub categories: Vec<Category>,
    /// Which workers; locating when somebody protected gave it, it is about them, or one of these works for them.
    pub recipients: Kept<Vec<WorkerId>>,
    /// First day; for a refusal the day it was said.
    pub from: CivilDay,
    /// Last day, when agreed.
    pub until: Option<CivilDay>,
    /// The day from which it no longer holds, and the fact that says so.
    pub withdrawn: Option<Kept<CivilDay>>,
    /// What was explained; for a refusal the reason, in their words.
    pub words: Option<Kept<Personal<Text>>>,
    /// How it was given.
    pub evidence: Option<Evidence>,
    /// Who spoke in the giver's place; locating as the recipients are, of a no as of a yes.
    pub by: Option<Kept<Vec<WorkerId>>>,
    /// What became of it by the day. An expiry is no event: it is read from the agreed last day.
    pub state: WordState,
    /// Whether it is a yes that holds on the day.
    pub holds: bool,
    /// Whether it also counts: the giver has standing on the day.
    pub counts: bool,
    /// What stays open after a no or a withdrawal (rule 32).
    pub after_no: Option<AfterNoView>,
    /// What standing rests on (the age of the subject, and authority), by what became of it: where that was lost by a fault, whether it
    /// counts is a guess.
    pub values: Vec<Kept<Personal<()>>>,
    /// Who was told that something ended by this withdrawal, or this no (R02), in the order told.
    pub notices: Vec<NoticeView>,
}

/// That one receiver was told.
#[derive(Clone, PartialEq, Debug)]
pub struct NoticeView {
    /// The notice, with who may know that it is there.
    pub notice: Kept<NoticeId>,
    /// By which word it ended: the consent that was withdrawn, or the no.
    pub word: ConsentId,
    /// Who was told; locating when the consent is about somebody protected.
    pub receiver: Kept<Vec<WorkerId>>,
    /// When.
    pub on: CivilDay,
    /// When the receiver confirmed it, and the fact that says so.
    pub confirmed: Option<Kept<CivilDay>>,
}

/// The notices that wait for this worker, each with its day, in the order told. They are told to that worker alone, and not by their facts,
/// which are for who directs.
#[must_use]
pub fn notices_for(reading: &Reading<'_>, worker: WorkerId) -> Vec<(NoticeId, CivilDay)> {
    if reading.state().exclusions.is_excluded(worker) {
        return Vec::new();
    }
    let waiting = reading.state().consents.waiting_notices().into_iter();
    waiting.filter(|notice| notice.receiver == worker).map(|notice| (notice.id, notice.told.on)).collect()
}

/// Every consent and refusal, in the order in which they were recorded.
#[must_use]
pub fn consents(reading: &Reading<'_>) -> Vec<ConsentView> {
    reading.state().consents.all().iter().map(|consent| view(reading, consent)).collect()
}

/// A question that was put and waits for its answer.
#[derive(Clone, PartialEq, Debug)]
pub struct QuestionView {
    /// Who was asked, with who may know it.
    pub giver: Kept<PersonId>,
    /// Whose help or data.
    pub subject: PersonId,
    /// To what.
    pub kind: ConsentKind,
    /// What for.
    pub purpose: Option<Kept<Personal<Line>>>,
    /// What was explained and why it was asked.
    pub explained: Option<Kept<Personal<Text>>>,
    /// The day it was asked.
    pub asked: CivilDay,
    /// The day by which an answer was asked for.
    pub answer_by: Option<CivilDay>,
}

/// The questions that wait for an answer on the day, in the order in which they were recorded.
#[must_use]
pub fn questions(reading: &Reading<'_>) -> Vec<QuestionView> {
    let consents = &reading.state().consents;
    let waiting = consents.asked().iter().filter(|asked| consents.waits(asked, reading.day()));
    let view = |asked: &domain::consent::Asked| QuestionView {
        giver: reading.kept(asked.giver, asked.fact),
        subject: asked.subject,
        kind: asked.kind,
        purpose: asked.purpose.clone().map(|words| reading.kept_words(words, asked.fact)),
        explained: asked.explained.clone().map(|words| reading.kept_words(words, asked.fact)),
        asked: asked.on,
        answer_by: asked.answer_by,
    };
    waiting.map(view).collect()
}

/// An exception that the law makes to asking for consent.
#[derive(Clone, PartialEq, Debug)]
pub struct ExceptionView {
    /// The exception, with who may know it.
    pub exception: Kept<ExceptionId>,
    /// Whose help or data.
    pub subject: PersonId,
    /// On which ground.
    pub ground: Kept<Personal<ExceptionGround>>,
    /// Why the ground is there.
    pub reason: Kept<Personal<Text>>,
    /// First day.
    pub from: CivilDay,
    /// Last day, when known.
    pub until: Option<CivilDay>,
}

/// Every exception that had begun by the day, in the order in which they were recorded.
#[must_use]
pub fn exceptions(reading: &Reading<'_>) -> Vec<ExceptionView> {
    let all = reading.state().consents.exceptions().iter().filter(|one| one.from <= reading.day());
    let view = |one: &domain::consent::Exception| ExceptionView {
        exception: reading.kept(one.id, one.fact),
        subject: one.subject,
        ground: reading.kept(one.ground.clone(), one.fact),
        reason: reading.kept_words(one.reason.clone(), one.fact),
        from: one.from,
        until: one.until,
    };
    all.map(view).collect()
}

fn view(reading: &Reading<'_>, consent: &Consent) -> ConsentView {
    let day = reading.day();
    ConsentView {
        consent: reading.kept(consent.id, consent.fact),
        giver: consent.giver,
        standing: consent.standing,
        subject: consent.subject,
        kind: consent.kind,
        refused: consent.refused,
        purpose: consent.purpose.clone().map(|line| reading.kept_words(line, consent.fact)),
        categories: consent.categories.clone(),
        recipients: reading.kept_workers(consent.recipients.clone(), consent.fact),
        from: consent.from,
        until: consent.until,
        withdrawn: consent.withdrawn.map(|withdrawn| reading.kept(withdrawn.said.on, withdrawn.fact)),
        words: consent.words.clone().map(|words| reading.kept_words(words, consent.fact)),
        evidence: consent.evidence,
        by: consent.by.map(|by| reading.kept_workers(vec![by], consent.fact)),
        state: reading.state().consents.state_of(consent, day),
        holds: reading.state().consents.valid(consent.id, day),
        counts: counts(reading.state(), consent.id, day, reading.terms),
        after_no: after_no(reading, consent),
        values: of_standing(reading, consent),
        notices: notices_of(reading, consent),
    }
}

fn notices_of(reading: &Reading<'_>, word: &Consent) -> Vec<NoticeView> {
    let consents = &reading.state().consents;
    let of_word = |notice: &&Notice| notice.word == word.id && consents.still_true(notice);
    let view = |notice: &Notice| NoticeView {
        notice: reading.kept(notice.id, notice.fact),
        word: notice.word,
        receiver: reading.kept_workers(vec![notice.receiver], notice.fact),
        on: notice.told.on,
        confirmed: notice.confirmed.map(|confirmed| reading.kept(confirmed.on, confirmed.fact)),
    };
    consents.notices().into_iter().filter(of_word).map(view).collect()
}

/// What says whether the giver of a consent had standing when it was said, and has it on the day.
fn of_standing(reading: &Reading<'_>, consent: &Consent) -> Vec<Kept<Personal<()>>> {
    let subject = reading.state().people.person(consent.subject);
    let born = subject.and_then(|subject| birth_date(reading, subject));
    let authority =
        [consent.said.on, reading.day()].into_iter().flat_map(|day| of_authority(reading, consent.subject, day));
    authority.chain(born.as_ref().and_then(known_or_not)).collect()
}
