//! From one plan to two: what was advised, heard, answered and wished, minimal shared agreements, what may be shared, and each time before
//! that the plans were apart.

use domain::divorce::{Joined, OfferAnswer, Shareable, SharedAgreement, Split, SplitGround, StillOpen, Wish};
use domain::ids::{AgreementId, PersonId, ReviewId, WorkerId};
use domain::personal::Personal;
use domain::text::Text;
use domain::time::CivilDay;

use super::{Kept, NO_FACT, Reading};

/// What goes with one plan becoming two, on a day.
#[derive(Clone, PartialEq, Debug)]
pub struct TwoPlansView {
    /// When two plans were advised.
    pub advised: Vec<AdvisedView>,
    /// With whom the vision was shared, each time.
    pub visions: Vec<VisionView>,
    /// What parents answered, each time.
    pub answers: Vec<SaidView<OfferAnswer>>,
    /// What parents wish, each time it was said.
    pub wishes: Vec<SaidView<Wish>>,
    /// What stays open before two plans on the ground of recognition: for who directs.
    pub open: Kept<StillOpen>,
    /// That the professionals work with a plan per household while a parent declines.
    pub professionals: Option<WorkingApartView>,
    /// Minimal shared agreements, in the order made.
    pub agreements: Vec<AgreementView>,
    /// What is marked as safe to share.
    pub marks: Vec<MarkView>,
    /// Each time before that the plans were apart.
    pub earlier: Vec<EarlierView>,
}

/// That two plans were advised.
#[derive(Clone, PartialEq, Debug)]
pub struct AdvisedView {
    /// The day.
    pub on: Kept<CivilDay>,
    /// On which question to the divorce advice team it rests.
    pub review: Option<ReviewId>,
    /// The advice.
    pub words: Kept<Personal<Text>>,
}

/// That somebody heard the vision.
#[derive(Clone, PartialEq, Debug)]
pub struct VisionView {
    /// The day.
    pub on: Kept<CivilDay>,
    /// Who.
    pub person: PersonId,
    /// What that person said.
    pub said: Option<Kept<Personal<Text>>>,
    /// What it did to them.
    pub effect: Option<Kept<Personal<Text>>>,
}

/// What a parent answered or wishes.
#[derive(Clone, PartialEq, Debug)]
pub struct SaidView<T> {
    /// The day.
    pub on: Kept<CivilDay>,
    /// Who.
    pub person: PersonId,
    /// What.
    pub said: Kept<Personal<T>>,
    /// In whose words.
    pub words: Option<Kept<Personal<Text>>>,
}

/// That the professionals work with a plan per household.
#[derive(Clone, PartialEq, Debug)]
pub struct WorkingApartView {
    /// From this day on.
    pub on: Kept<CivilDay>,
    /// Why.
    pub reason: Kept<Personal<Text>>,
    /// The parents who stay invited, in order of joining.
    pub invited: Vec<PersonId>,
}

/// A minimal shared agreement.
#[derive(Clone, PartialEq, Debug)]
pub struct AgreementView {
    /// The agreement.
    pub agreement: Kept<AgreementId>,
    /// From this day on.
    pub on: CivilDay,
    /// About what.
    pub topic: Kept<Personal<Text>>,
    /// By which way.
    pub channel: Kept<Personal<Text>>,
    /// Whom it binds, in order of joining.
    pub between: Vec<PersonId>,
    /// The last day, when it ended.
    pub ended: Option<Kept<CivilDay>>,
    /// More about that.
    pub words: Option<Kept<Personal<Text>>>,
}

/// That something is marked as safe to share.
#[derive(Clone, PartialEq, Debug)]
pub struct MarkView {
    /// What.
    pub what: Kept<Shareable>,
    /// From this day on.
    pub on: CivilDay,
    /// Who said so.
    pub by: WorkerId,
}

/// A time before that the plans were apart.
#[derive(Clone, PartialEq, Debug)]
pub struct EarlierView {
    /// From this day on.
    pub on: Kept<CivilDay>,
    /// On what it rested.
    pub ground: SplitGround,
    /// Why they went apart.
    pub reason: Kept<Personal<Text>>,
    /// From which day on they were one again.
    pub joined: Kept<CivilDay>,
    /// Why they were joined.
    pub why_joined: Kept<Personal<Text>>,
    /// The parents who agreed to that, in order of joining.
    pub agreed: Vec<PersonId>,
}

/// What goes with one plan becoming two, on the day.
#[must_use]
pub fn two_plans(reading: &Reading<'_>) -> TwoPlansView {
    let (divorce, day) = (&reading.state().divorce, reading.day());
    let offer = divorce.offer();
    let kept = |words: &Option<Personal<Text>>, fact| words.clone().map(|words| reading.kept_words(words, fact));
    let advised = offer.advised().iter().filter(|one| one.on <= day).map(|one| AdvisedView {
        on: reading.kept(one.on, one.fact),
        review: one.review,
        words: reading.kept_words(one.words.clone(), one.fact),
    });
    let visions = offer.visions().iter().filter(|one| one.on <= day).map(|one| VisionView {
        on: reading.kept(one.on, one.fact),
        person: one.person,
        said: kept(&one.said, one.fact),
        effect: kept(&one.effect, one.fact),
    });
    let answers = offer.answers().iter().filter(|one| one.on <= day).map(|one| SaidView {
        on: reading.kept(one.on, one.fact),
        person: one.person,
        said: reading.kept(one.answer.clone(), one.fact),
        words: kept(&one.words, one.fact),
    });
    let wishes = offer.wishes().iter().filter(|one| one.on <= day).map(|one| SaidView {
        on: reading.kept(one.on, one.fact),
        person: one.person,
        said: reading.kept(one.wish.clone(), one.fact),
        words: kept(&one.words, one.fact),
    });
    let marks = divorce.safe_marks(&reading.state().plans).filter(|mark| mark.on <= day);
    let marks = marks.map(|mark| MarkView { what: reading.kept(mark.what, mark.fact), on: mark.on, by: mark.by });
    let professionals = divorce.professionals_apart_on(day).filter(|_| divorce.split_on(day).is_none());
    TwoPlansView {
        advised: advised.collect(),
        visions: visions.collect(),
        answers: answers.collect(),
        wishes: wishes.collect(),
        open: reading.kept(StillOpen::on(reading.state(), day, reading.terms.consent_ages), NO_FACT),
        professionals: professionals.map(|apart| WorkingApartView {
            on: reading.kept(apart.on, apart.fact),
            reason: reading.kept_words(apart.reason.clone(), apart.fact),
            invited: reading.by_joining(&apart.invited),
        }),
        agreements: agreements(reading).collect(),
        marks: marks.collect(),
        earlier: divorce.splits().iter().filter_map(|split| earlier(reading, split)).collect(),
    }
}

/// Minimal shared agreements up to the day, in the order made.
pub(super) fn agreements<'r>(reading: &'r Reading<'_>) -> impl Iterator<Item = AgreementView> + 'r {
    let made = reading.state().divorce.agreements().iter().filter(|made| made.on <= reading.day());
    made.map(|made| agreement(reading, made))
}

fn agreement(reading: &Reading<'_>, made: &SharedAgreement) -> AgreementView {
    let ended = made.ended.as_ref().filter(|ended| ended.on <= reading.day());
    AgreementView {
        agreement: reading.kept(made.id, made.fact),
        on: made.on,
        topic: reading.kept_words(made.topic.clone(), made.fact),
        channel: reading.kept_words(made.channel.clone(), made.fact),
        between: reading.by_joining(&made.between),
        ended: ended.map(|ended| reading.kept(ended.on, ended.fact)),
        words: ended.and_then(|ended| Some(reading.kept_words(ended.words.clone()?, ended.fact))),
    }
}

fn earlier(reading: &Reading<'_>, split: &Split) -> Option<EarlierView> {
    let Joined { on, reason, agreed, fact, .. } = split.joined.as_ref().filter(|joined| joined.on <= reading.day())?;
    Some(EarlierView {
        on: reading.kept(split.on, split.fact),
        ground: split.ground,
        reason: reading.kept_words(split.reason.clone(), split.fact),
        joined: reading.kept(*on, *fact),
        why_joined: reading.kept_words(reason.clone(), *fact),
        agreed: reading.by_joining(agreed),
    })
}
