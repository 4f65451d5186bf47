//! Given, when, then for every transition and guard of an episode, with the family of case 01. Invented people only.

use super::machine::{By, Guard, TRANSITIONS, Transition, open_from, transition};
use super::*;
use crate::case::{Case, CaseCommand, CaseEvent};
use crate::conflict::tests::{flare_up, name_conflict};
use crate::conflict::{ConflictCommand, ParentingForm};
use crate::divorce::tests::{ANJA, FENNA, ILSE, MORRIS, ROBERT, TESS, WIM, closed, directed, fact_of, strike};
use crate::fact::{Audience, Role};
use crate::ids::{PersonId, WorkerId};
use crate::personal::Personal;
use crate::rejection::{Code, Detail, Rejection};
use crate::safety::ScreeningOutcome;
use crate::safety::tests::screen;
use crate::testing::*;
use crate::text::Text;

mod facts;
mod guards;
mod property;
mod seen;
mod table;

pub(crate) use seen::every_fact;

pub(crate) fn signal(words: &str) -> EpisodeCommand {
    EpisodeCommand::RecordDivorceSignal { noticed_by: NewNoticedBy::Worker(TESS), words: text(words) }
}

pub(crate) fn saw(feature: Feature, by: WorkerId) -> NewSeen {
    NewSeen { feature, by, what: Some(text("Aan de deur loopt het telkens op.")) }
}

/// Features one and three of the text, seen by two.
pub(crate) fn recognise() -> EpisodeCommand {
    let seen = vec![saw(Feature::KeepsFlaring, ANJA), saw(Feature::DestructiveCommunication, TESS)];
    EpisodeCommand::RecogniseComplexDivorce { seen, rationale: text("Samen gewogen in het overleg.") }
}

pub(crate) fn acknowledge(person: PersonId) -> EpisodeCommand {
    EpisodeCommand::AcknowledgeComplexDivorce { person, reached: true, words: Some(text("Dat lucht op.")) }
}

pub(crate) fn choice(track: DivorceTrack) -> NewChoice {
    let other = if track == DivorceTrack::Dons { DivorceTrack::PlanPerHousehold } else { DivorceTrack::Dons };
    NewChoice {
        track,
        reason: text("Eerst rust."),
        alternatives: vec![(other, text("Past nu niet."))],
        informed: vec![ILSE, ROBERT],
        not_informed: None,
    }
}

pub(crate) fn triage(track: DivorceTrack) -> EpisodeCommand {
    EpisodeCommand::DecideDivorceTriage(choice(track))
}

pub(crate) fn switch(track: DivorceTrack) -> EpisodeCommand {
    EpisodeCommand::SwitchDivorceTrack(choice(track))
}

pub(crate) fn step(step: EpisodeStep) -> EpisodeCommand {
    EpisodeCommand::TakeDivorceStep { step, words: text("Zo besproken.") }
}

pub(crate) fn settle(look_back: Option<&str>) -> EpisodeCommand {
    EpisodeCommand::SettleDivorceEpisode { look_back: look_back.map(day), words: text("Ieder op eigen wijze.") }
}

fn form(parents: &[PersonId], form: ParentingForm) -> ConflictCommand {
    ConflictCommand::AssessParentingForm { parents: parents.to_vec(), form, basis: text("Gesprek."), by: None }
}

/// Each parent and child was screened, and gave no signal.
pub(crate) fn screened(given: Given<Case>) -> Given<Case> {
    let screened = |given: Given<Case>, person| given.when(screen(person, ScreeningOutcome::NoSignal)).accepted();
    [ILSE, ROBERT, MORRIS].into_iter().fold(given, screened)
}

pub(crate) fn quiet() -> Given<Case> {
    screened(directed())
}

pub(crate) fn signalled() -> Given<Case> {
    quiet().when(signal("Veel spanning bij het ophalen.")).accepted()
}

pub(crate) fn settling() -> Given<Case> {
    let given = signalled().when(form(&[ILSE, ROBERT], ParentingForm::Parallel)).accepted();
    given.when(settle(Some("2026-10-21"))).accepted()
}

pub(crate) fn recognised() -> Given<Case> {
    signalled().when(recognise()).accepted()
}

pub(crate) fn acknowledged() -> Given<Case> {
    recognised().when(acknowledge(ILSE)).accepted().when(acknowledge(ROBERT)).accepted()
}

pub(crate) fn on_track(track: DivorceTrack) -> Given<Case> {
    acknowledged().when(triage(track)).accepted()
}

/// On a track that was offered from where it was signalled.
fn unrecognised(track: DivorceTrack) -> Given<Case> {
    signalled().when(triage(track)).accepted()
}

pub(crate) fn in_review(track: DivorceTrack) -> Given<Case> {
    on_track(track).when(step(EpisodeStep::Reviewed)).accepted()
}

pub(crate) fn at_rest() -> Given<Case> {
    in_review(DivorceTrack::PlanPerHousehold).when(step(EpisodeStep::RestReached)).accepted()
}

fn restoring() -> Given<Case> {
    at_rest().when(step(EpisodeStep::ContactRestorationStarted)).accepted()
}

pub(crate) fn over() -> Given<Case> {
    at_rest().when(step(EpisodeStep::Closed)).accepted()
}

/// Something flared up between the parents today.
pub(crate) fn flared(given: Given<Case>) -> Given<Case> {
    let given = given.when(name_conflict(&[ILSE, ROBERT])).accepted();
    let conflict = given.state().conflicts.all().last().unwrap().id;
    given.when(flare_up(conflict, None)).accepted()
}

fn stands(given: &Given<Case>) -> EpisodeState {
    given.state().divorce.last_episode().map_or(EpisodeState::Quiet, Episode::state)
}

fn episode(given: &Given<Case>) -> &Episode {
    given.state().divorce.last_episode().unwrap()
}

fn named(rejection: &Rejection, name: &str) -> Option<Detail> {
    rejection.details.iter().find(|(key, _)| *key == name).map(|(_, detail)| detail.clone())
}
