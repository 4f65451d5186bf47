//! Where a family stands on the way to rest: the episodes of a divorce as they stood on a day, with what was decided on the way and what
//! is open (divorce.md, "States of a case's divorce episode"). What concerns one parent alone is that parent's own.

use domain::divorce::episode::machine::open_from;
use domain::divorce::episode::{
    Acknowledgement, Chosen, DivorceSignal, DivorceTrack, Episode, EpisodeState, EpisodeStep, Feature, NamedStrain,
    NoticedBy, Progress, Recognition, SeenFeature, Settling, Taken, progress_on, step_back_proposed,
};
use domain::fact::Due;
use domain::ids::{EpisodeId, EventId, PersonId, WorkerId};
use domain::personal::Personal;
use domain::text::{Line, Text};
use domain::time::CivilDay;

use super::{Kept, NO_FACT, Reading};

/// The episodes of a case.
#[derive(Clone, PartialEq, Debug)]
pub struct EpisodesView {
    /// Each that began by the day, in order.
    pub episodes: Vec<EpisodeView>,
    /// What parents named as a strain of their own, in order of the day.
    pub strains: Vec<StrainView>,
}

/// One episode.
#[derive(Clone, PartialEq, Debug)]
pub struct EpisodeView {
    /// The episode, with who may know that it began.
    pub episode: Kept<EpisodeId>,
    /// The first of the case is 1.
    pub number: u32,
    /// The parents as they were when it began, in order of joining.
    pub about: Vec<PersonId>,
    /// What was noticed, in order of the day.
    pub signals: Vec<SignalView>,
    /// Where it stood, in order of the day. Ask [`EpisodeView::stands_to`].
    pub changes: Vec<Kept<(CivilDay, EpisodeState)>>,
    /// That it settled.
    pub settling: Option<SettlingView>,
    /// That a complex divorce was recognised.
    pub recognition: Option<RecognitionView>,
    /// That this was acknowledged, each to one parent, in order of the day.
    pub acknowledgements: Vec<AcknowledgementView>,
    /// The tracks that were chosen, in order.
    pub chosen: Vec<ChosenView>,
    /// The steps that were taken, in order.
    pub taken: Vec<TakenView>,
    /// How far the track is, when this is the episode that runs.
    pub progress: Option<Progress>,
    /// The flare-ups that propose a step back, each with who may know of it, and where that would lead.
    pub proposed: Option<(EpisodeState, Vec<Kept<CivilDay>>)>,
    /// What must follow, by when.
    pub open: Vec<Kept<Due>>,
}

/// What somebody noticed.
#[derive(Clone, PartialEq, Debug)]
pub struct SignalView {
    /// The day.
    pub on: Kept<CivilDay>,
    /// Who of the family or network noticed it.
    pub person: Option<PersonId>,
    /// The professional who noticed it; the name may locate where the rest does not.
    pub worker: Option<Kept<WorkerId>>,
    /// Somebody else, as described.
    pub outside: Option<Kept<Personal<Line>>>,
    /// What.
    pub words: Kept<Personal<Text>>,
}

/// A strain that a parent named.
#[derive(Clone, PartialEq, Debug)]
pub struct StrainView {
    /// The parent, with who may know that.
    pub person: Kept<PersonId>,
    /// The day.
    pub on: CivilDay,
    /// In that parent's words.
    pub words: Kept<Personal<Text>>,
}

/// That it settled.
#[derive(Clone, PartialEq, Debug)]
pub struct SettlingView {
    /// Since this day.
    pub on: Kept<CivilDay>,
    /// The day that was agreed to look back.
    pub look_back: Option<CivilDay>,
    /// What shows it.
    pub words: Kept<Personal<Text>>,
}

/// That professionals recognised a complex divorce.
#[derive(Clone, PartialEq, Debug)]
pub struct RecognitionView {
    /// The day.
    pub on: Kept<CivilDay>,
    /// What they saw.
    pub seen: Vec<SeenView>,
    /// How they came to it.
    pub rationale: Kept<Personal<Text>>,
    /// The parents to whom it must be acknowledged, and was not, nor tried, by the day.
    pub waiting: Vec<PersonId>,
    /// Who recorded it.
    pub by: Kept<WorkerId>,
}

/// That a professional saw a feature.
#[derive(Clone, PartialEq, Debug)]
pub struct SeenView {
    /// Which.
    pub feature: Kept<Personal<Feature>>,
    /// Who saw it; the name may locate where the rest does not.
    pub by: Kept<WorkerId>,
    /// What was seen or heard.
    pub what: Option<Kept<Personal<Text>>>,
}

/// That it was acknowledged to a parent, or tried.
#[derive(Clone, PartialEq, Debug)]
pub struct AcknowledgementView {
    /// The parent, with who may know that.
    pub person: Kept<PersonId>,
    /// The day.
    pub on: CivilDay,
    /// Whether the parent could be spoken with.
    pub reached: bool,
    /// How that went.
    pub words: Option<Kept<Personal<Text>>>,
    /// Who recorded it.
    pub by: Kept<WorkerId>,
}

/// A track that was chosen.
#[derive(Clone, PartialEq, Debug)]
pub struct ChosenView {
    /// The day.
    pub on: Kept<CivilDay>,
    /// The track.
    pub track: DivorceTrack,
    /// Whether it took the place of another at once.
    pub switched: bool,
    /// Why.
    pub reason: Kept<Personal<Text>>,
    /// What was weighed beside it, with why not.
    pub alternatives: Vec<(DivorceTrack, Kept<Personal<Text>>)>,
    /// The parents who were informed, in order of joining.
    pub informed: Vec<PersonId>,
    /// Why a parent was not.
    pub not_informed: Option<Kept<Personal<Text>>>,
    /// Who recorded it.
    pub by: Kept<WorkerId>,
}

/// A step that a person took.
#[derive(Clone, PartialEq, Debug)]
pub struct TakenView {
    /// The day.
    pub on: Kept<CivilDay>,
    /// Which.
    pub step: EpisodeStep,
    /// Why, or how it went.
    pub words: Kept<Personal<Text>>,
    /// Who recorded it.
    pub by: Kept<WorkerId>,
}

impl EpisodeView {
    /// Where it stands and since when, to a reader who knows these facts.
    pub fn stands_to(&self, knows: impl Fn(&Kept<()>) -> bool) -> Option<&Kept<(CivilDay, EpisodeState)>> {
        self.changes.iter().rfind(|change| knows(&change.bare()))
    }

    /// The track that holds where it stands so: that which was chosen last, unless triage chooses again or the episode is over.
    #[must_use]
    pub fn track_in(&self, stands: EpisodeState) -> Option<DivorceTrack> {
        let rests = matches!(stands, EpisodeState::Review | EpisodeState::Rest | EpisodeState::ContactRestoration);
        if rests { self.chosen.last().map(|chosen| chosen.track) } else { stands.track() }
    }

    /// The commands that lead on from where it stands.
    #[must_use]
    pub fn leads_on(stands: EpisodeState) -> Vec<&'static str> {
        open_from(stands)
    }
}

/// Every episode that began by the day, and what parents named by then.
#[must_use]
pub fn episodes(reading: &Reading<'_>) -> EpisodesView {
    let (divorce, day) = (&reading.state().divorce, reading.day());
    let begun = divorce.episodes().iter().filter(|episode| episode.since().is_some_and(|since| since <= day));
    let strains = divorce.strains().iter().filter(|strain| strain.on <= day);
    EpisodesView {
        episodes: begun.map(|found| episode(reading, found)).collect(),
        strains: strains.map(|found| strain(reading, found)).collect(),
    }
}

fn episode(reading: &Reading<'_>, found: &Episode) -> EpisodeView {
    let day = reading.day();
    let by_the_day = |on: CivilDay| on <= day;
    let runs = reading.state().divorce.episode_on(day).is_some_and(|running| running.id == found.id);
    let began = found.changes.first().map_or(NO_FACT, |change| change.fact);
    EpisodeView {
        episode: reading.kept(found.id, began),
        number: found.number,
        about: reading.by_joining(&found.about),
        signals: found.signals.iter().filter(|one| by_the_day(one.on)).map(|one| signal(reading, one)).collect(),
        changes: found
            .changes
            .iter()
            .filter(|change| by_the_day(change.on))
            .map(|change| reading.kept((change.on, change.to), change.fact))
            .collect(),
        settling: found.settling.as_ref().filter(|one| by_the_day(one.on)).map(|one| settling(reading, one)),
        recognition: found
            .recognition
            .as_ref()
            .filter(|one| by_the_day(one.on))
            .map(|one| recognition(reading, one, &found.acknowledgements)),
        acknowledgements: acknowledgements(reading, &found.acknowledgements),
        chosen: found.chosen.iter().filter(|one| by_the_day(one.on)).map(|one| chosen(reading, one)).collect(),
        taken: found.taken.iter().filter(|one| by_the_day(one.on)).map(|one| taken(reading, one)).collect(),
        progress: runs.then(|| progress_on(reading.state(), day)).flatten(),
        proposed: runs.then(|| proposed(reading)).flatten(),
        open: found.open_on(day).into_iter().map(|(due, fact)| reading.kept(due.clone(), fact)).collect(),
    }
}

fn worker(reading: &Reading<'_>, worker: WorkerId, fact: EventId) -> Kept<WorkerId> {
    reading.kept_workers(vec![worker], fact).with(worker)
}

fn signal(reading: &Reading<'_>, found: &DivorceSignal) -> SignalView {
    let outside = match &found.noticed_by {
        NoticedBy::Outside(who) => Some(reading.kept_words(who.clone(), found.fact)),
        NoticedBy::Person(_) | NoticedBy::Worker(_) => None,
    };
    SignalView {
        on: reading.kept(found.on, found.fact),
        person: found.noticed_by.person(),
        worker: found.noticed_by.worker().map(|by| worker(reading, by, found.fact)),
        outside,
        words: reading.kept_words(found.words.clone(), found.fact),
    }
}

fn strain(reading: &Reading<'_>, found: &NamedStrain) -> StrainView {
    StrainView {
        person: reading.kept(found.person, found.fact),
        on: found.on,
        words: reading.kept_words(found.words.clone(), found.fact),
    }
}

fn settling(reading: &Reading<'_>, found: &Settling) -> SettlingView {
    SettlingView {
        on: reading.kept(found.on, found.fact),
        look_back: found.look_back,
        words: reading.kept_words(found.words.clone(), found.fact),
    }
}

fn recognition(reading: &Reading<'_>, found: &Recognition, told: &[Acknowledgement]) -> RecognitionView {
    let fact = found.fact;
    let seen = |one: &SeenFeature| SeenView {
        feature: reading.kept(one.feature.clone(), fact),
        by: worker(reading, one.by, fact),
        what: one.what.clone().map(|what| reading.kept_words(what, fact)),
    };
    let by_then = |parent: &PersonId| told.iter().any(|one| one.person == *parent && one.on <= reading.day());
    let waiting: Vec<_> = found.parents.iter().copied().filter(|parent| !by_then(parent)).collect();
    RecognitionView {
        on: reading.kept(found.on, fact),
        seen: found.seen.iter().map(seen).collect(),
        rationale: reading.kept_words(found.rationale.clone(), fact),
        waiting: reading.by_joining(&waiting),
        by: reading.kept_author(found.by, fact),
    }
}

/// By the day, and of one day in order of joining.
fn acknowledgements(reading: &Reading<'_>, found: &[Acknowledgement]) -> Vec<AcknowledgementView> {
    let by_then = found.iter().filter(|one| one.on <= reading.day());
    let mut told: Vec<_> = by_then.map(|one| acknowledgement(reading, one)).collect();
    told.sort_by_key(|one| (one.on, reading.place_of(one.person.value)));
    told
}

fn acknowledgement(reading: &Reading<'_>, found: &Acknowledgement) -> AcknowledgementView {
    AcknowledgementView {
        person: reading.kept(found.person, found.fact),
        on: found.on,
        reached: found.reached,
        words: found.words.clone().map(|words| reading.kept_words(words, found.fact)),
        by: reading.kept_author(found.by, found.fact),
    }
}

fn chosen(reading: &Reading<'_>, found: &Chosen) -> ChosenView {
    let (weighed, fact) = (&found.weighed, found.fact);
    let alternatives = weighed.alternatives.iter();
    ChosenView {
        on: reading.kept(found.on, fact),
        track: found.track,
        switched: found.switched,
        reason: reading.kept_words(weighed.reason.clone(), fact),
        alternatives: alternatives.map(|one| (one.track, reading.kept_words(one.reason.clone(), fact))).collect(),
        informed: reading.by_joining(&weighed.informed),
        not_informed: weighed.not_informed.clone().map(|why| reading.kept_words(why, fact)),
        by: reading.kept_author(found.by, fact),
    }
}

fn taken(reading: &Reading<'_>, found: &Taken) -> TakenView {
    TakenView {
        on: reading.kept(found.on, found.fact),
        step: found.step,
        words: reading.kept_words(found.words.clone(), found.fact),
        by: reading.kept_author(found.by, found.fact),
    }
}

fn proposed(reading: &Reading<'_>) -> Option<(EpisodeState, Vec<Kept<CivilDay>>)> {
    let (state, day) = (reading.state(), reading.day());
    let proposed = step_back_proposed(state, day)?;
    let conflicts = state.conflicts.all();
    let flare_ups = conflicts.iter().flat_map(|conflict| &conflict.flare_ups);
    let named = flare_ups.filter(|flare_up| proposed.flare_ups.contains(&flare_up.fact));
    Some((proposed.to, named.map(|flare_up| reading.kept(flare_up.on, flare_up.fact)).collect()))
}

#[cfg(test)]
mod tests {
    use domain::conflict::{ConflictCommand, ParentingForm};
    use domain::divorce::episode::{EpisodeCommand, LOOK_BACK_DUE, NewNoticedBy};
    use domain::fact::Audience;
    use domain::people::FamilyRole;

    use super::*;
    use crate::testing::{JOOST, Office, case, day, on, text};

    fn seen(office: &Office, today: &str) -> EpisodesView {
        on(office, today, episodes)
    }

    #[tokio::test]
    async fn an_episode_shows_as_it_stood_on_the_day() {
        let mut office = Office::new();
        office.open(case(1)).await.assign(case(1), JOOST).await;
        let parents: Vec<_> = {
            let history = office.history(case(1));
            let parents =
                history.state().people.iter().filter(|one| one.role_on(day("2026-03-03")) == Some(FamilyRole::Parent));
            parents.map(|one| one.id).collect()
        };
        let mother = parents[0];
        let signal =
            EpisodeCommand::RecordDivorceSignal { noticed_by: NewNoticedBy::Worker(JOOST), words: text("Spanning.") };
        office.order(case(1), signal).await;
        let strain = EpisodeCommand::RecordNamedStrain { person: mother, words: text("Moe.") };
        office.on("2026-03-04").order(case(1), strain).await;
        let form = ConflictCommand::AssessParentingForm {
            parents: parents.clone(),
            form: ParentingForm::Parallel,
            basis: text("Ieder apart."),
            by: None,
        };
        office.order(case(1), form).await;
        let settle =
            EpisodeCommand::SettleDivorceEpisode { look_back: Some(day("2026-09-07")), words: text("Rustig.") };
        office.on("2026-03-09").order(case(1), settle).await;
        let step = |step| EpisodeCommand::TakeDivorceStep { step, words: text("Besproken.") };
        office.on("2026-09-07").order(case(1), step(EpisodeStep::LookedBack)).await;
        office.order(case(1), step(EpisodeStep::Closed)).await;

        assert!(seen(&office, "2026-03-01").episodes.is_empty());
        let [began] = &seen(&office, "2026-03-03").episodes[..] else { panic!("one episode") };
        let stands = |view: &EpisodeView| view.stands_to(|_| true).map(|kept| kept.value.1);
        assert_eq!((began.number, stands(began)), (1, Some(EpisodeState::Signalled)));
        assert_eq!(began.episode.audience, Audience::Persons(parents.clone()));
        assert!(seen(&office, "2026-03-03").strains.is_empty());
        let then = seen(&office, "2026-03-10");
        assert_eq!(then.strains[0].person.value, mother);
        let settling = &then.episodes[0];
        assert_eq!((stands(settling), settling.open.len()), (Some(EpisodeState::Settling), 1));
        assert_eq!(settling.open[0].value.what, LOOK_BACK_DUE);
        assert_eq!(
            settling.stands_to(|kept| kept.fact == settling.episode.fact).unwrap().value.1,
            EpisodeState::Signalled
        );
        let over = seen(&office, "2026-09-07");
        assert_eq!((stands(&over.episodes[0]), over.episodes[0].taken.len()), (Some(EpisodeState::Closed), 2));
        assert_eq!((over.episodes[0].open.len(), over.episodes[0].progress), (0, None));
        assert!(EpisodeView::leads_on(EpisodeState::Closed).contains(&"recordDivorceSignal"));
    }
}
