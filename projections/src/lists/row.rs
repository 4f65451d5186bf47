//! The rows of one case: an allow-list of ids, states and dates of process, and keyed digests.

use std::collections::{BTreeMap, BTreeSet};

use domain::alert::Receiver;
use domain::fact::Organisation;
use domain::ids::{CaseId, HandoverId, NoticeId, PersonId, Revision, WorkerId};
use domain::time::{CivilDay, Timestamp};

use super::advice::{DonsRow, SatRow};
use super::blind::Token;
use super::emergencies::EmergencyRow;
use crate::relations::Relations;

/// Everything the read database holds about one case, as of one day.
#[derive(Clone, PartialEq, Debug)]
pub struct CaseRows {
    /// What the lists show.
    pub row: CaseRow,
    /// Specialists in on the day, with the last day on which their work was expected to end (rule 3).
    pub specialists: BTreeMap<WorkerId, CivilDay>,
    /// Last days of the terms that wait, each with how many end on it. Which terms stands in the case itself.
    pub dues: BTreeMap<CivilDay, u32>,
    /// Of those who watch over many cases ([`super::page::Scope::Told`]) who was told of something that waits, and of which organisation
    /// they are it.
    pub told_to: BTreeSet<(Receiver, Organisation)>,
    /// Emergency accesses that are open at some moment of the day, and those that nobody reviewed.
    pub emergencies: Vec<EmergencyRow>,
    /// Questions to divorce advice teams.
    pub questions: Vec<SatRow>,
    /// `DOnS` trajectories.
    pub trajectories: Vec<DonsRow>,
    /// Notices that a consent ended, which their receivers did not confirm; none to who is kept out.
    pub notices: Vec<NoticeRow>,
    /// What each person is found by; nothing for one whose name was erased.
    pub search: BTreeMap<PersonId, BTreeSet<Token>>,
    /// When the row changes by itself, without an event.
    pub changes: Changes,
    /// Whether the gap, if there is one, shows to everyone who may know who directs.
    pub gap_told: bool,
    /// Whether a name could not be read for want of a key: a fault, never shown as erased.
    pub names_missing: bool,
}

/// When a row must be made again although nothing was recorded.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Changes {
    /// The next day on which a dated fact of process starts or stops to hold.
    pub on: Option<CivilDay>,
    /// The first day of the month in which a sealed date changes who must consent: the day itself would give a birthday away.
    pub in_month: Option<CivilDay>,
}

/// One case in a list. Rights are checked again by whoever shows it: the read database may lag.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CaseRow {
    /// The case.
    pub case: CaseId,
    /// Whose case it is.
    pub municipality: Organisation,
    /// Whether it is open.
    pub phase: ListedPhase,
    /// The day on which it was opened, or opened again.
    pub opened_on: CivilDay,
    /// The case director on the day; of a closed case its last one, who keeps the file.
    pub director: Option<Directing>,
    /// The deputy on the day; both show.
    pub deputy: Option<Deputising>,
    /// How many parties are in on the day.
    pub parties: u32,
    /// Several parties and no director (rule 2).
    pub gap: Option<GapRow>,
    /// The handover that waits for an answer.
    pub handover: Option<HandoverRow>,
    /// Rules that reality did not follow (rule 0).
    pub departures: u32,
    /// Those of them nobody explained yet.
    pub departures_unexplained: u32,
    /// Children whose help lacks a consent on the day.
    pub incomplete_consents: u32,
    /// Alerts and proposals that wait for somebody on the day.
    pub told: u32,
    /// When something was last recorded in this case.
    pub last_change: Timestamp,
    /// What people are to the case on the day: everything that a gate goes by.
    pub relations: Relations,
}

/// Whether a listed case is open.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ListedPhase {
    /// Open.
    Open,
    /// Closed on that day.
    Closed(CivilDay),
}

/// Who directs, since when.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Directing {
    /// The case director.
    pub worker: WorkerId,
    /// First day.
    pub since: CivilDay,
}

/// Who stands in, until when.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Deputising {
    /// The deputy.
    pub worker: WorkerId,
    /// Last day.
    pub until: Option<CivilDay>,
}

/// A gap as a list shows it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct GapRow {
    /// First day of the gap.
    pub since: CivilDay,
    /// Last day of the term (rule 2).
    pub last_day: CivilDay,
    /// When the alert goes out.
    pub alert_at: Timestamp,
}

/// A notice that a consent ended, as its receiver's list shows it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NoticeRow {
    /// The notice.
    pub notice: NoticeId,
    /// Who is told.
    pub receiver: WorkerId,
    /// The day.
    pub on: CivilDay,
    /// Its place in the history of the case: of one day the first told comes first.
    pub told: Revision,
}

/// An open handover as a list shows it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct HandoverRow {
    /// The handover.
    pub handover: HandoverId,
    /// Who was asked to take over.
    pub successor: WorkerId,
    /// The day it is meant to pass.
    pub planned: CivilDay,
}
