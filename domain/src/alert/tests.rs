//! Given these facts, when the moment comes, then somebody is told once. Invented people only.

use uuid::Uuid;

use super::catalogue::*;
use super::*;
use crate::correction::CorrectionCommand;
use crate::decider::DomainCommand as _;
use crate::divorce::tests::{ANJA, ILSE, ROBERT, close, directed};
use crate::fact::{Audience, Role};
use crate::layers::{Layers, LayersOf};
use crate::people::catalogue::NAMES_IN_TEXT;
use crate::regie::tests::{PETRA, SAM, assign, join, open_case};
use crate::testing::*;

mod ahead;
mod chains;
mod proposed;
mod stories;

/// Who acts when the system does.
pub(crate) const SYSTEM: WorkerId = WorkerId::from_uuid(Uuid::from_u128(0x5157));

/// The command that carries this out.
pub(crate) fn command(next: &Next) -> AlertCommand {
    match next {
        Next::Alert { key, step, .. } => AlertCommand::RaiseAlert { key: key.clone(), step: *step },
        Next::Proposal(owed) => AlertCommand::MakeProposal { kind: owed.kind, about: owed.about, cause: owed.cause },
    }
}

/// The clock moves there, and the system does what it has to do; then it is Anja's turn again.
pub(crate) fn fire(given: Given<Case>, at: Timestamp) -> Given<Case> {
    let mut given = given.at(at).by(SYSTEM, Role::System);
    let owed: Vec<_> = pending(given.history(), at, given.terms()).into_iter().filter(|one| one.at <= at).collect();
    for one in owed {
        given = given.when(command(&one.next)).accepted();
    }
    given.by(ANJA, Role::CaseDirector)
}

/// The same, stopping at each moment on the way, until and with this day at nine.
pub(crate) fn pass(mut given: Given<Case>, until: &str) -> Given<Case> {
    let end = day(until).at(9, 0);
    while let Some(at) = next_at(given.history(), given.now(), given.terms()).filter(|at| *at <= end) {
        let moment = at.max(given.now());
        given = fire(given, moment);
    }
    given.at(end)
}

/// What was told, to whom, when: `gap 1 access_workers 2026-03-12 08:00`.
pub(crate) fn told(given: &Given<Case>) -> Vec<String> {
    let of_alert = |alert: &RaisedAlert| {
        let what = alert.what.clone();
        alert
            .steps
            .iter()
            .map(move |step| (step.at, format!("{what} {} {} {}", step.step, step.to.as_str(), step.at.on_the_clock())))
            .collect::<Vec<_>>()
    };
    let mut told: Vec<_> = given.state().alerts.raised().iter().flat_map(of_alert).collect();
    told.sort();
    told.into_iter().map(|(_, line)| line).collect()
}

/// Petra since Monday 2026-03-02, Sam since Wednesday 2026-03-04: the term of the gap ends on 2026-03-11.
fn gap() -> Given<Case> {
    open_case().when(join(PETRA)).accepted().on("2026-03-04").when(join(SAM)).accepted()
}

/// Every word of a term in this crate, found where it is written: a term without a line of its own is told by default, and somebody
/// should have thought about that.
#[test]
fn every_term_of_the_domain_stands_in_the_table() {
    let mut words = Vec::new();
    let mut folders = vec![std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                words.extend(terms_in(&std::fs::read_to_string(path).unwrap()));
            }
        }
    }
    words.extend(
        [crate::consent::HELP_CONSENT_INCOMPLETE, crate::consent::HELP_ENDS_OR_OTHER_GROUND].map(str::to_owned),
    );
    assert!(words.len() > 25 && words.contains(&"gap".to_owned()), "{words:?}");
    let missing: Vec<_> = words.iter().filter(|word| !table::names(word)).collect();
    assert!(missing.is_empty(), "give these a line in alert/table.rs: {missing:?}");
}

/// The words of constants that are named as a term: `pub const GAP_DUE: &str = "gap";`.
fn terms_in(source: &str) -> Vec<String> {
    let declared = source.lines().filter(|line| line.contains("_DUE: &str = \""));
    declared.filter_map(|line| line.split('"').nth(1)).map(str::to_owned).collect()
}

#[test]
fn the_table_says_each_term_once_and_each_chain_tells_each_once() {
    for (place, (word, line)) in table::TABLE.iter().enumerate() {
        assert!(!table::TABLE[..place].iter().any(|(other, _)| other == word), "{word} stands there twice");
        let mut chain = line.chain.to_vec();
        chain.sort_unstable();
        chain.dedup();
        assert_eq!(chain.len(), line.chain.len(), "{word}");
        // Whoever reads which term it is, though they see no content, is told of it; of the meldcode nobody else of the chain does.
        let of_safety = word.starts_with("meldcode");
        let named: &[Receiver] = if of_safety { &[Receiver::AttentionOfficer] } else { &[] };
        assert_eq!((line.named_to, line.plain && of_safety), (named, false), "{word}");
        assert!(line.named_to.iter().all(|receiver| line.chain.contains(receiver)), "{word}");
    }
    let default = table::line("a_term_of_a_later_release");
    assert_eq!(default.chain, [Receiver::Owner, Receiver::Director, Receiver::TeamLead]);
    assert!(!default.plain, "whoever sees no content hears no more than that a term ran out");
    assert!(!table::names("a_term_of_a_later_release"));
}

#[test]
fn only_the_system_tells_and_only_people_answer() {
    let given = gap().on("2026-03-12");
    let key = waiting(given.history(), day("2026-03-12"), given.terms()).remove(0).key;
    let raise = AlertCommand::RaiseAlert { key, step: 1 };
    for role in Role::ALL.into_iter().filter(|role| *role != Role::System) {
        gap().on("2026-03-12").by(SAM, role).when(raise.clone()).then_rejected(BY_ITSELF_ONLY);
    }
    let propose = AlertCommand::MakeProposal {
        kind: ProposalKind::RestReview,
        about: ProposalAbout::Episode,
        cause: event_id(0),
    };
    gap().when(propose.clone()).then_rejected(BY_ITSELF_ONLY);
    let unknown = ProposalId::from_uuid(Uuid::from_u128(0xBAD));
    let accept = AlertCommand::AcceptProposal { proposal: unknown, words: None };
    gap().by(SYSTEM, Role::System).when(accept.clone()).then_rejected(PROPOSAL_NEEDS_A_PERSON);
    gap().when(accept).then_rejected(PROPOSAL_UNKNOWN);
    gap().by(SYSTEM, Role::System).when(propose).then_nothing();
    assert!(!CaseCommand::from(raise).needs_all(), "a lost key keeps nobody from being told");
}
