//! Who gets in, and what somebody hears who does not.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::client::{Answer, Person, each};
use crate::family::{Family, made, opening};
use crate::server::{Server, fresh, shared};
use crate::trail_files;

const LOOK: &str = "query($id: ID!) { case(id: $id) { id people { name } } }";

/// People with a role in the demo and no relation to case 01; Marit is access worker, Selma privacy officer and Sanne team lead of another
/// municipality.
const OUTSIDERS: [&str; 6] = ["marit", "joost", "petra", "selma", "sanne", "olivier"];

/// What whoever works with families may do in any case, in an emergency: told of in `emergency.rs`.
pub const OPEN_TO_OUTSIDERS: [&str; 2] = ["openEmergencyAccess", "endEmergencyAccess"];

/// Every mutation on a case, with input that could be right but for the case.
#[expect(clippy::too_many_lines, reason = "a table: every mutation has its line")]
pub fn mutations(case: &str) -> Vec<(&'static str, Value)> {
    let id = || json!(Uuid::new_v4());
    let (day, text, org) = ("2026-11-16", "Zomaar een zin.", "jeugd-en-gezin-gooi");
    let party = |explained: bool| {
        let mut party = json!({"worker": id(), "organisation": org, "specialist": false, "consents": [id()]});
        if explained {
            party["explanation"] = json!(text);
        }
        party
    };
    let consent = json!({"giver": id(), "subject": id(), "kind": "HELP", "evidence": "SPOKEN"});
    let all = vec![
        ("linkSignal", json!({"signal": id()})),
        ("closeCase", json!({"outcome": "GOOD_ENOUGH"})),
        ("reopenCase", json!({"reason": text})),
        ("reportDeparture", json!({"rule": "family_decides", "what": text})),
        ("changeAudience", json!({"fact": id(), "audience": {"director": true}, "reason": text})),
        ("grantConsent", consent),
        ("refuseConsent", json!({"giver": id(), "subject": id(), "kind": "HELP"})),
        ("withdrawConsent", json!({"consent": id()})),
        ("confirmWithdrawalNotice", json!({"notice": id()})),
        ("addPerson", json!({"name": "Quinten", "role": "PARENT"})),
        ("renamePerson", json!({"person": id(), "name": "Quinten"})),
        ("recordBirthDate", json!({"person": id(), "birthDate": "1990-01-01", "source": "STATEMENT"})),
        ("recordFamilyRole", json!({"person": id(), "role": "CARER", "from": day})),
        (
            "recordAuthority",
            json!({"child": id(), "kind": "ONE_PARENT", "holders": [id()], "from": day, "source": "COURT"}),
        ),
        (
            "recordRecognition",
            json!({"child": id(), "parent": id(), "recognised": true, "from": day, "source": "DEED"}),
        ),
        ("formHousehold", json!({"label": "bij oma", "from": day})),
        ("relabelHousehold", json!({"household": id(), "label": "bij oma"})),
        ("recordMembership", json!({"household": id(), "person": id(), "from": day})),
        ("endMembership", json!({"household": id(), "person": id(), "lastDay": day})),
        ("recordAddress", json!({"household": id(), "address": "Dorp 1", "from": day, "source": "REGISTER"})),
        ("protectLocatingData", json!({"person": id(), "reason": text})),
        ("proposeLiftingProtection", json!({"person": id(), "agreed": text})),
        ("confirmLiftingProtection", json!({"person": id()})),
        ("joinParty", party(false)),
        ("reportPartyJoined", party(true)),
        ("leaveParty", json!({"worker": id()})),
        ("stateContribution", json!({"worker": id(), "can": text, "cannot": text})),
        ("changeExpectedEnd", json!({"worker": id(), "expectedEnd": day})),
        (
            "assignCaseDirector",
            json!({"director": id(), "organisation": org, "tasks": ["PLAN"], "agreed": [{"person": id()}]}),
        ),
        ("appointDeputy", json!({"deputy": id(), "organisation": org, "until": day, "reason": text})),
        ("endDeputy", json!({})),
        ("tellFamilyOfDeputy", json!({"deputy": id(), "persons": [id()]})),
        ("endDirectorship", json!({"reason": text})),
        ("handBackRegie", json!({"tasks": ["PLAN"], "to": id()})),
        (
            "offerHandover",
            json!({"successor": id(), "organisation": org, "planned": day, "reason": text, "summary": text}),
        ),
        ("recordFamilyWord", json!({"handover": id(), "person": id(), "agrees": true, "toldDay": day})),
        ("readHandoverSummary", json!({"handover": id()})),
        ("acceptHandover", json!({"handover": id()})),
        ("endHandover", json!({"handover": id()})),
        ("splitPlanPerHousehold", json!({"ground": "SAFETY", "reason": text, "households": [id(), id()]})),
        ("adviseTwoPlans", json!({"words": text})),
        ("shareVision", json!({"person": id(), "said": text})),
        ("answerTwoPlans", json!({"person": id(), "answer": "ACCEPTS"})),
        ("wishTwoPlans", json!({"person": id(), "wish": "WISHES"})),
        ("workWithTwoPlans", json!({"reason": text, "households": [id(), id()]})),
        ("joinPlans", json!({"reason": text, "agreed": [id()]})),
        ("makeSharedAgreement", json!({"agreement": {"topic": text, "channel": text, "between": [id(), id()]}})),
        ("endSharedAgreement", json!({"agreement": id()})),
        ("markSafeToShare", json!({"what": {"agreement": id()}})),
        ("revokeSafeToShare", json!({"what": {"agreement": id()}})),
        ("chooseGoalSubject", json!({"goal": id(), "subject": "OWN"})),
        ("appointPlanCoordinator", json!({"household": id(), "worker": id(), "organisation": org})),
        ("endPlanCoordinator", json!({"household": id(), "worker": id(), "reason": text})),
        ("requestSat", json!({"team": org, "question": text, "about": [id()]})),
        ("acceptSat", json!({"review": id()})),
        ("endSat", json!({"review": id(), "reason": "NOT_ME"})),
        (
            "assignDonsDuo",
            json!({"one": {"worker": id(), "organisation": org}, "other": {"worker": id(), "organisation": org}}),
        ),
        ("endDons", json!({"trajectory": id(), "reason": text})),
        (
            "recordAcceptedShare",
            json!({"recipient": id(), "organisation": org, "capacity": "SCHOOL", "subjects": [id()], "categories": ["SCHOOL"], "offered": text}),
        ),
        ("withdrawShare", json!({"share": id(), "reason": text})),
        ("excludeWorker", json!({"worker": id(), "ground": "NEIGHBOUR", "reason": text})),
        ("liftExclusion", json!({"worker": id(), "reason": text})),
        (
            "nameRepresentative",
            json!({"person": id(), "worker": id(), "organisation": org, "kind": "MENTOR", "from": day, "source": "COURT"}),
        ),
        ("endRepresentative", json!({"person": id(), "worker": id()})),
        ("openEmergencyAccess", json!({"ground": {"vitalInterest": true}, "reason": text, "hours": 1})),
        ("endEmergencyAccess", json!({"emergency": id()})),
        ("reviewEmergencyAccess", json!({"emergency": id(), "outcome": "JUSTIFIED", "finding": text})),
        ("strikeOutFact", json!({"fact": id(), "reason": text})),
        ("correctFact", json!({"fact": id(), "reason": text, "content": {"words": text}})),
    ];
    let about = |(name, mut input): (&'static str, Value)| {
        input["caseId"] = json!(case);
        (name, input)
    };
    all.into_iter().chain(of_the_family()).map(about).collect()
}

/// Those that record what is said, ruled, planned and fought over.
fn of_the_family() -> Vec<(&'static str, Value)> {
    let id = || json!(Uuid::new_v4());
    let (day, text) = ("2026-11-16", "Zomaar een zin.");
    vec![
        ("askConsent", json!({"giver": id(), "subject": id(), "kind": "HELP"})),
        ("recordConsentException", json!({"subject": id(), "ground": "URGENT", "reason": text})),
        ("endConsentException", json!({"exception": id()})),
        (
            "recordRuling",
            json!({"person": id(), "kind": "CONTACT", "scope": text, "inForceFrom": day, "source": "COURT"}),
        ),
        ("recordRulingDates", json!({"ruling": id(), "finalOn": day})),
        ("endRuling", json!({"ruling": id()})),
        ("setAsideFacts", json!({"facts": [id()], "reason": text})),
        ("bringBackFacts", json!({"setAside": [id()], "reason": text})),
        ("writeCrisisCard", json!({"child": id(), "call": text, "expires": "2027-01-01"})),
        ("recordContact", json!({"with": [id()], "said": text})),
        ("settlePromise", json!({"promise": id(), "how": "KEPT"})),
        ("recordChildVoice", json!({"child": id(), "words": text, "knownTo": {"director": true}})),
        ("openChildSignal", json!({"child": id(), "domain": "MOOD", "change": "WORSE", "knownTo": {"director": true}})),
        ("changeChildSignal", json!({"signal": id(), "change": "BETTER"})),
        ("closeChildSignal", json!({"signal": id()})),
        ("recordStatement", json!({"speaker": {"person": id()}, "words": text})),
        ("testStatement", json!({"statement": id(), "with": id(), "recognised": "YES"})),
        (
            "recordFinding",
            json!({"authority": "COURT", "about": [id()], "words": text, "established": day, "source": text}),
        ),
        (
            "recordOutsideRequest",
            json!({"requester": "RAAD", "who": text, "about": [id()], "asked": text, "inWriting": true}),
        ),
        ("decideOutsideRequest", json!({"request": id(), "outcome": "REFUSED", "reason": text, "decidedBy": [id()]})),
        ("tellFamilyOfRequest", json!({"request": id(), "persons": [id()]})),
        ("tellFamilyLater", json!({"request": id(), "ground": text, "review": "2027-01-01"})),
        ("nameConflict", json!({"between": [id(), id()], "about": text})),
        (
            "assessConflict",
            json!({"conflict": id(), "experienced": [{"person": id(), "stage": 3, "observations": text}]}),
        ),
        ("assessParentingForm", json!({"parents": [id()], "form": "PARALLEL", "basis": text})),
        ("assessNetworkEffect", json!({"conflict": id(), "person": id(), "effect": "CALMS", "basis": text})),
        ("recordFlareUp", json!({"conflict": id(), "medium": "APP", "trigger": text})),
        ("reportConflictEnergy", json!({"conflict": id(), "person": id(), "percent": 40})),
        ("reportCalmPeriod", json!({"person": id(), "from": day})),
        ("restConflict", json!({"conflict": id(), "kind": "RESTING", "reason": text})),
        (
            "takeServiceStep",
            json!({"person": id(), "environment": "FAMILY", "level": 3, "reason": text, "decided": [{"worker": id()}]}),
        ),
        ("recordBodyJoined", json!({"body": "RET", "persons": [id()], "reason": text})),
        ("recordBodyLeft", json!({"involvement": id(), "reason": text})),
        ("recordAdvice", json!({"on": {"conflict": id()}, "source": "RET", "advice": text})),
        ("proposeGoal", json!({"words": text, "proposedBy": {"person": id()}, "concerns": [id()]})),
        ("rewordGoal", json!({"goal": id(), "words": text, "proposedBy": {"person": id()}})),
        ("reachGoal", json!({"goal": id(), "saidBy": id()})),
        ("withdrawGoal", json!({"goal": id()})),
        ("resumeGoal", json!({"goal": id()})),
        ("agreeAction", json!({"what": text, "concerns": [id()]})),
        ("ownAction", json!({"action": id(), "owner": {"person": id()}})),
        ("moveAction", json!({"action": id(), "due": "2027-01-01"})),
        ("endAction", json!({"action": id(), "outcome": "DONE"})),
        ("offerPlan", json!({"household": id()})),
        ("answerPlan", json!({"version": id(), "person": id(), "answer": "ENDORSED"})),
        ("activatePlan", json!({"version": id()})),
        ("evaluatePlan", json!({"tookPart": [id()], "outcome": "GOES_ON", "words": text})),
        ("explainOwnPlan", json!({"parents": [id()]})),
        ("takeOwnPlan", json!({"parents": [id()]})),
        ("presentOwnPlan", json!({"ownPlan": id()})),
        ("waiveOwnPlan", json!({"parents": [id()], "maker": "MUNICIPALITY"})),
        (
            "callConference",
            json!({"kind": "NETWORK_MEETING", "occasion": text, "about": [id()], "invited": [{"who": {"person": id()}}]}),
        ),
        ("recordConference", json!({"conference": id(), "came": [{"who": {"person": id()}}], "yielded": text})),
        ("stopConference", json!({"conference": id(), "reason": text})),
        ("recordReflection", json!({"said": [{"by": {"person": id()}, "rightThing": text}]})),
        (
            "recordIntake",
            json!({"child": id(), "present": [{"who": {"outside": text}, "side": "SCHOOL"}], "words": text}),
        ),
        (
            "triageArrangement",
            json!({"child": id(), "schoolCan": text, "asked": text, "homeQuestion": true, "outcome": "ARRANGEMENT"}),
        ),
        ("askSchoolQuestion", json!({"child": id(), "askedBy": {"outside": text}, "asked": text})),
        ("handOverSchoolQuestion", json!({"question": id(), "to": id()})),
        ("answerSchoolQuestion", json!({"question": id(), "how": "ANSWERED"})),
        ("acceptProposal", json!({"proposal": id()})),
        ("dismissProposal", json!({"proposal": id(), "reason": text})),
    ]
    .into_iter()
    .chain(of_help())
    .chain(of_each_person())
    .chain(of_assessments())
    .chain(of_safety())
    .chain(of_episodes())
    .chain(of_dons())
    .collect()
}

/// Those that record assessments, references to registers elsewhere and informal support.
fn of_assessments() -> Vec<(&'static str, Value)> {
    let id = || json!(Uuid::new_v4());
    let (day, text) = ("2026-11-16", "Zomaar een zin.");
    vec![
        (
            "recordAssessment",
            json!({"content": {"lifeworldPortrait": {"person": id(), "words": text}}, "occasion": text}),
        ),
        ("addToAssessment", json!({"assessment": id(), "part": {"portrait": {"person": id(), "words": text}}})),
        ("stateHypothesis", json!({"assessment": id(), "effect": "KEEPS", "words": text})),
        ("testAssessment", json!({"tested": {"hypothesis": id()}, "person": id(), "recognised": "YES"})),
        (
            "recordExternalReference",
            json!({"person": id(), "register": "REFERRAL_INDEX", "number": "vi-1", "keeper": text}),
        ),
        ("endExternalReference", json!({"reference": id()})),
        ("matchSupport", json!({"kind": "BUDDY", "persons": [id()], "volunteer": text, "question": text})),
        ("signSupportHouseRules", json!({"support": id()})),
        ("recordSupportCertificate", json!({"support": id(), "issued": day})),
        ("startSupportTrial", json!({"support": id()})),
        ("evaluateSupportTrial", json!({"support": id(), "outcome": "GOES_ON", "words": text})),
        ("agreeSupportTerm", json!({"support": id()})),
        ("reviewSupport", json!({"support": id(), "outcome": "GOES_ON", "words": text})),
        ("measureSupport", json!({"support": id(), "person": id(), "moment": "BASELINE"})),
        ("endSupport", json!({"support": id(), "endedBy": "TOGETHER"})),
    ]
}

/// Those of the episodes of a divorce.
fn of_episodes() -> Vec<(&'static str, Value)> {
    let id = || json!(Uuid::new_v4());
    let text = "Zomaar een zin.";
    let choice = || json!({"track": "DONS", "reason": text, "alternatives": [{"track": "REDIRECTED", "reason": text}], "informed": [id()]});
    let steps = [
        "recordLookBack",
        "returnToDivorceTriage",
        "holdDivorceReview",
        "continueDivorceTrack",
        "recordRestReached",
        "startContactRestoration",
        "endContactRestoration",
        "stepDivorceEpisodeBack",
        "keepDivorceEpisode",
        "closeDivorceEpisode",
    ];
    let others = vec![
        ("recordDivorceSignal", json!({"noticedBy": {"person": id()}, "words": text})),
        ("settleDivorceEpisode", json!({"words": text})),
        ("recordNamedStrain", json!({"person": id(), "words": text})),
        ("recogniseComplexDivorce", json!({"seen": [{"feature": "KEEPS_FLARING", "seenBy": id()}], "rationale": text})),
        ("acknowledgeComplexDivorce", json!({"person": id()})),
        ("decideDivorceTriage", choice()),
        ("switchDivorceTrack", choice()),
    ];
    others.into_iter().chain(steps.map(|step| (step, json!({"words": text})))).collect()
}

/// Those that record safety.
fn of_safety() -> Vec<(&'static str, Value)> {
    let id = || json!(Uuid::new_v4());
    let (day, text) = ("2027-01-31", "Zomaar een zin.");
    vec![
        (
            "recordSafetyScreening",
            json!({"person": id(), "alone": true, "oneSidedControl": true, "outcome": "NO_SIGNAL", "words": text}),
        ),
        ("recordSafetySignal", json!({"concerns": [id()], "kind": "OTHER", "facts": text})),
        ("recordSafetyMapping", json!({"lane": id(), "words": text})),
        ("recordSafetyConsultation", json!({"lane": id(), "veiligThuis": true, "words": text})),
        ("judgeSafetyTalk", json!({"lane": id(), "person": id(), "safe": true, "words": text})),
        ("recordSafetyTalk", json!({"lane": id(), "person": id(), "alone": true, "words": text})),
        ("weighSafety", json!({"lane": id(), "suspected": true, "acute": false, "structural": false, "words": text})),
        ("decideSafety", json!({"lane": id(), "reportNeeded": true, "helpPossible": true, "words": text})),
        ("recordReportToVeiligThuis", json!({"lane": id(), "words": text})),
        ("recordVeiligThuisAnswer", json!({"lane": id(), "established": "2026-11-16", "source": text, "words": text})),
        (
            "decideToTellLater",
            json!({"lane": id(), "person": id(), "ground": "SERIOUS_HARM", "consulted": id(), "review": day, "words": text}),
        ),
        ("reviewTellingLater", json!({"toldLater": id(), "review": day, "words": text})),
        ("recordPersonTold", json!({"toldLater": id()})),
        ("clearSafetyLane", json!({"lane": id(), "words": text})),
    ]
}

/// Those that follow a stopped conference, and that record work with each person, the crisis plan and the expert team.
fn of_each_person() -> Vec<(&'static str, Value)> {
    let id = || json!(Uuid::new_v4());
    let text = "Zomaar een zin.";
    vec![
        ("planHearings", json!({"conference": id(), "hearings": [{"person": id(), "listener": id()}]})),
        ("recordHearing", json!({"conference": id(), "person": id(), "words": text})),
        ("resumeConference", json!({"conference": id(), "came": [{"who": {"person": id()}}], "yielded": text})),
        ("endStoppedConference", json!({"conference": id(), "reason": text})),
        ("recordConversationStep", json!({"person": id(), "step": "REALITY", "words": text})),
        ("recordOption", json!({"person": id(), "words": text})),
        ("recordOptionTried", json!({"option": id(), "effect": "MORE_REST"})),
        ("nameTrustedContact", json!({"person": id(), "who": {"outside": text}})),
        ("answerTrustedPresence", json!({"trusted": id(), "agrees": true})),
        ("endTrustedContact", json!({"trusted": id()})),
        ("writeCrisisPlan", json!({"children": [id()], "actions": [{"what": text}]})),
        ("reviewCrisisPlan", json!({"words": text})),
        ("askRet", json!({"organisation": "ret-gooi", "children": [id()], "stuck": text})),
        ("tellFamilyOfRet", json!({"ret": id(), "told": {"persons": [id()], "words": text}})),
        ("joinRet", json!({"ret": id(), "members": [id()]})),
        ("endRet", json!({"ret": id(), "words": text})),
    ]
}

/// Those of a `DOnS` trajectory, and of a question to a divorce advice team.
fn of_dons() -> Vec<(&'static str, Value)> {
    let id = || json!(Uuid::new_v4());
    let text = "Zomaar een zin.";
    vec![
        ("saySatNotMe", json!({"review": id()})),
        ("giveSatAdvice", json!({"review": id(), "words": text})),
        ("answerSatAdvice", json!({"review": id(), "advice": id(), "follows": true})),
        ("agreeSatMode", json!({"review": id(), "mode": "INTERVENTION", "until": "2026-12-31", "persons": [id()]})),
        ("endSatMode", json!({"review": id()})),
        ("recordDonsConversation", json!({"trajectory": id(), "kind": "FOUR_WAY", "present": [id()]})),
        ("recordDonsNotHeld", json!({"trajectory": id(), "kind": "FOUR_WAY", "reason": text})),
        ("draftParentGoal", json!({"trajectory": id(), "words": text})),
        ("adjustParentGoal", json!({"goal": id(), "words": text})),
        ("fixParentGoal", json!({"goal": id()})),
        ("openBarrier", json!({"kind": "LANGUAGE"})),
        ("liftBarrier", json!({"barrier": id()})),
        ("completeDons", json!({"trajectory": id(), "contact": text})),
    ]
}

/// Those that record help as it runs, what was weighed and what was asked.
fn of_help() -> Vec<(&'static str, Value)> {
    let id = || json!(Uuid::new_v4());
    let (day, text) = ("2027-01-31", "Zomaar een zin.");
    vec![
        ("startTrajectory", json!({"product": text, "provider": text, "persons": [id()]})),
        ("setTrajectoryGoals", json!({"trajectory": id(), "goals": [id()]})),
        ("askExtension", json!({"trajectory": id(), "until": day, "reason": text})),
        (
            "giveExtensionView",
            json!({"extension": id(), "role": "CORE_TEAM", "worker": id(), "advice": "EXTEND", "view": text}),
        ),
        (
            "decideExtension",
            json!({"extension": id(), "outcome": "REFUSED", "reason": text, "decidedBy": "Het college"}),
        ),
        ("objectToExtension", json!({"extension": id(), "person": id()})),
        ("endTrajectory", json!({"trajectory": id(), "how": "ENOUGH"})),
        (
            "justifyHarmfulHelp",
            json!({"persons": [id()], "help": text, "benefit": text, "harm": text, "justification": text, "decided": [{"worker": id()}]}),
        ),
        (
            "decideToWait",
            json!({"persons": [id()], "what": text, "reason": text, "decided": [{"worker": id()}], "review": day}),
        ),
        ("reviewWeighing", json!({"weighing": id(), "goesOn": false, "finding": text})),
        ("makeApplication", json!({"kind": "DECISION", "persons": [id()], "what": text, "ofWhom": text})),
        ("delayApplication", json!({"application": id(), "reason": text})),
        ("answerApplication", json!({"application": id(), "outcome": "GIVEN"})),
        ("recordReferral", json!({"persons": [id()], "by": "GP", "provider": text, "agreed": [id()]})),
        ("planReferral", json!({"referral": id(), "item": {"goal": id()}})),
        ("changeLegalFramework", json!({"framework": "COMPULSORY"})),
        ("setCondition", json!({"persons": [id()], "what": text, "why": text, "setBy": text, "until": day})),
        ("answerCondition", json!({"condition": id(), "person": id(), "accepts": true})),
        ("endCondition", json!({"condition": id(), "reason": text})),
    ]
}

#[test]
fn the_table_names_every_mutation_on_a_case() {
    let sdl = api::graphql::sdl();
    let fields = sdl.split("type Mutation {").nth(1).unwrap().split("\n}").next().unwrap();
    let of_cases = fields.lines().filter(|line| line.contains("(input: ") && line.contains("CasePayload"));
    let mut named: Vec<&str> = of_cases.map(|line| line.trim().split('(').next().unwrap()).collect();
    named.retain(|name| *name != "openCase");
    named.sort_unstable();
    let mut ours: Vec<&str> = mutations("").into_iter().map(|(name, _)| name).collect();
    ours.sort_unstable();
    assert_eq!(ours, named);
}

/// Absent equals forbidden: unknown ids and forbidden ids look the same, in the answer and in the trail.
#[tokio::test]
async fn a_case_that_is_not_there_and_one_that_is_not_ours_are_told_apart_by_nothing() {
    let demo = shared();
    let kees = demo.as_("kees");
    let forbidden = kees.ask_with(LOOK, json!({"id": demo.case("01")})).await;
    let absent = kees.ask_with(LOOK, json!({"id": Uuid::new_v4()})).await;
    assert_eq!((forbidden.status, &forbidden.body), (absent.status, &absent.body));
    assert_eq!(forbidden.code(), "NOT_AVAILABLE");
    let mut alike = Vec::new();
    for answer in [&forbidden, &absent] {
        let mut entry = trail_files::only(&demo.folder, &answer.request).await;
        entry["judgements"][0]["at"] = json!([]);
        // Whose privacy officer answers for it is known of what is there.
        entry["municipalities"] = json!([]);
        for id in ["at", "request", "trace"] {
            entry[id] = Value::Null;
        }
        alike.push(entry);
    }
    assert_eq!(alike[0], alike[1]);
}

/// R22: a role alone opens nothing.
#[tokio::test]
async fn who_has_no_relation_hears_the_same_from_every_query_and_mutation_on_a_case() {
    let demo = shared();
    let case = demo.case("01");
    for key in OUTSIDERS {
        let outsider = demo.as_(key);
        for query in [LOOK, "query($id: ID!) { handoverOffered(caseId: $id) { id summary } }"] {
            let answer = outsider.ask_with(query, json!({"id": case})).await;
            assert_eq!(answer.code(), "NOT_AVAILABLE", "{key}: {query}");
        }
        for (mutation, input) in mutations(&case).into_iter().filter(|(name, _)| *name != OPEN_TO_OUTSIDERS[0]) {
            assert_eq!(outsider.refused(mutation, input).await, "NOT_AVAILABLE", "{key}: {mutation}");
        }
        assert_eq!(outsider.refused("openCase", opening()).await, "NOT_AVAILABLE", "{key}");
    }
}

#[tokio::test]
async fn no_list_shows_an_outsider_the_case() {
    let demo = shared();
    let case = demo.case("01");
    for key in OUTSIDERS {
        for list in [
            "{ caseload { nodes { case { id } } } }",
            "{ gaps { nodes { case { id } } } }",
            "{ worklist { nodes { caseId } } }",
            "{ searchPeople(search: {name: \"Ilse\"}) { nodes { case { id } } } }",
        ] {
            let answer = demo.as_(key).ask(list).await;
            assert!(!answer.body.to_string().contains(&case), "{key}: {list}");
        }
    }
}

#[tokio::test]
async fn a_purpose_that_the_role_may_not_use_is_refused() {
    let demo = shared();
    let anja = demo.as_("anja");
    let look = async |person: Person| person.ask_with(LOOK, json!({"id": demo.case("01")})).await;
    assert_eq!(look(anja.with("Rustpunt-Purpose", "coordination/1")).await.data("case")["id"], demo.case("01"));
    for purpose in ["access/1", "oversight/1"] {
        assert_eq!(look(anja.with("Rustpunt-Purpose", purpose)).await.code(), "PURPOSE_NOT_ALLOWED", "{purpose}");
    }
    let unknown: Answer = look(anja.with("Rustpunt-Purpose", "curiosity/1")).await;
    assert_eq!((unknown.status.as_u16(), unknown.code().as_str()), (400, "PURPOSE_UNKNOWN"));
    let role = look(anja.with("Rustpunt-Role", "access_worker")).await;
    assert_eq!((role.status.as_u16(), role.code().as_str()), (403, "ROLE_NOT_HELD"));
}

/// Losing the relation ends access on the next request.
#[tokio::test]
async fn a_director_who_stops_is_refused_from_the_day_after_the_last() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let anja = server.as_("anja");
    anja.does("endDirectorship", family.input(json!({"reason": "Andere functie."}))).await;
    let same_day = family.look(&anja).await;
    server.tell("2026-11-17");
    assert_eq!(family.look(&anja).await.code(), "NOT_AVAILABLE", "on the day itself: {}", same_day.body);
    assert_eq!(family.look(&server.as_("noor")).await.data("case")["id"], family.case);
}

async fn with_deputy(server: &Server) -> Family {
    let family = Family::directed(server).await;
    let mut input = family.deputising(server, "joost", "2026-11-20");
    input["from"] = json!("2026-11-18");
    server.as_("anja").does("appointDeputy", input).await;
    family
}

#[tokio::test]
async fn a_deputy_is_in_from_the_first_day_to_the_last_and_no_longer() {
    let server = fresh("2026-11-16");
    let family = with_deputy(&server).await;
    let joost = server.as_("joost");
    for (day, inside) in [("2026-11-16", false), ("2026-11-18", true), ("2026-11-20", true), ("2026-11-21", false)] {
        server.tell(day);
        let answer = family.look(&joost).await;
        assert_eq!(answer.body.get("errors").is_none(), inside, "{day}: {}", answer.body);
        assert!(family.look(&server.as_("anja")).await.body.get("errors").is_none(), "{day}: the director stays");
    }
}

/// A director who falls ill is replaced all the same: the team lead appoints, and while somebody stands in offers the regie to another.
#[tokio::test]
async fn a_team_lead_sees_to_it_that_somebody_directs_and_reads_no_case_for_it() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let gerda = server.as_("gerda").with("Rustpunt-Purpose", "oversight/1");
    let deputising = family.deputising(&server, "joost", "2026-11-20");
    assert_eq!(gerda.refused("appointDeputy", deputising.clone()).await, "NOT_AVAILABLE", "she leads no team yet");
    let duty = json!({"worker": server.worker("gerda"), "duty": "TEAM_LEAD", "organisation": "jeugd-en-gezin-gooi"});
    server.as_("olivier").send_for("assignDuty", duty, "repeated").await.data("assignDuty");
    let offering = family.offering(&server, "layla", "2026-11-20");
    assert_eq!(gerda.refused("offerHandover", offering.clone()).await, "MAY_NOT_OFFER", "Anja is there");
    gerda.does("appointDeputy", deputising).await;
    assert!(family.look(&server.as_("joost")).await.body.get("errors").is_none());
    let handover = made(&gerda.does("offerHandover", offering.clone()).await, "HANDOVER")[0].clone();
    let word = json!({"handover": handover, "person": family.mother, "agrees": true, "toldDay": "2026-11-16"});
    gerda.does("recordFamilyWord", family.input(word)).await;
    gerda.does("endHandover", family.input(json!({"handover": handover, "reason": "Anja is terug."}))).await;
    gerda.does("endDeputy", family.input(json!({}))).await;
    server.tell("2026-11-17");
    assert_eq!(gerda.refused("offerHandover", offering).await, "MAY_NOT_OFFER", "Anja is back");
    let back = family.input(json!({"tasks": ["PLAN"], "to": server.worker("noor")}));
    assert_eq!(gerda.refused("handBackRegie", back).await, "NOT_AVAILABLE", "she directs nothing");
    let people = gerda.case(&family.case, "people { name }").await;
    assert_eq!(people["people"], json!([]));
}

#[tokio::test]
async fn a_successor_reads_the_summary_and_not_the_case() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let payload = server.as_("anja").does("offerHandover", family.offering(&server, "layla", "2026-11-20")).await;
    let layla = server.as_("layla");
    let fields = "query($id: ID!) { handoverOffered(caseId: $id) { id summary openTasks predecessor { name } } }";
    let offered = layla.ask_with(fields, json!({"id": family.case})).await.data("handoverOffered");
    assert_eq!(
        (&offered["summary"], &offered["id"]),
        (&json!("Een vaste ochtend werkt goed."), &json!(made(&payload, "HANDOVER")[0]))
    );
    assert_eq!(family.look(&layla).await.code(), "NOT_AVAILABLE");
    let worklist = layla.ask("{ worklist { nodes { kind caseId } } }").await.data("worklist")["nodes"].clone();
    assert_eq!(worklist, json!([{"kind": "HANDOVER_WAITING", "caseId": family.case}]));
}

/// Whoever works for access and directs a case of another municipality has it in every list.
#[tokio::test]
async fn an_access_worker_who_directs_elsewhere_has_that_case_in_every_list() {
    let server = fresh("2026-11-16");
    let here = Family::directed(&server).await;
    let marit = server.as_("marit");
    let mut opening = opening();
    opening["municipality"] = marit.ask("{ me { organisation } }").await.data("me")["organisation"].clone();
    let payload = marit.does("openCase", opening).await;
    let mother = made(&payload, "PERSON")[0].clone();
    let there = Family { case: made(&payload, "CASE")[0].clone(), son: made(&payload, "PERSON")[1].clone(), mother };
    marit.does("assignCaseDirector", there.assigning(&server, "noor")).await;
    let noor = server.as_("noor");
    noor.does("addPerson", there.input(json!({"name": "Quinten", "role": "CHILD", "birthDate": "2020-02-02"}))).await;
    let caseload = noor.ask("{ caseload { totalCount nodes { case { id } } } }").await.data("caseload");
    assert_eq!(caseload["totalCount"], 2);
    for family in [&here, &there] {
        assert!(caseload.to_string().contains(&family.case), "{caseload}");
    }
    let worklist = noor.ask("{ worklist { nodes { kind caseId } } }").await.data("worklist")["nodes"].clone();
    assert_eq!(worklist, json!([{"kind": "CONSENTS_INCOMPLETE", "caseId": there.case}]));
    let found = noor.ask("{ searchPeople(search: {name: \"Quinten\"}) { totalCount } }").await.data("searchPeople");
    assert_eq!(found["totalCount"], 1);
}

/// A count tells only of what its reader may see, and the same on every page.
#[tokio::test]
async fn a_count_tells_of_nothing_that_may_not_be_seen() {
    let server = fresh("2026-11-16");
    let (directed, open) = (Family::directed(&server).await, Family::open(&server).await);
    let noor = server.as_("noor");
    let listed = async |person: &Person, first: u32| {
        let query = "query($first: Int) { caseload(first: $first) { totalCount nodes { case { id } } } }";
        person.ask_with(query, json!({"first": first})).await.data("caseload")
    };
    let helping = noor.with("Rustpunt-Purpose", "coordination/1");
    for first in [1, 25] {
        assert_eq!(listed(&noor, first).await["totalCount"], 2, "first {first}");
        assert_eq!(listed(&helping, first).await["totalCount"], 1, "first {first}");
    }
    let seen = listed(&helping, 25).await.to_string();
    assert!(seen.contains(&open.case) && !seen.contains(&directed.case), "{seen}");
}

/// Cases that may not be seen lie before, between and after those that may: they neither end the list nor show that they are there.
#[tokio::test]
async fn pages_hold_exactly_what_may_be_seen_whatever_lies_in_between() {
    let server = fresh("2026-11-16");
    let mut seen = Vec::new();
    for (number, directed) in [true, true, false, true, true, true, false, false, true, true].into_iter().enumerate() {
        server.tell(&format!("2026-11-{}", 16 + number));
        if directed {
            Family::directed(&server).await;
        } else {
            seen.push(json!(Family::open(&server).await.case));
        }
    }
    let helping = server.as_("noor").with("Rustpunt-Purpose", "coordination/1");
    let query = "query($first: Int, $after: String) { caseload(first: $first, after: $after) {
        totalCount pageInfo { hasNextPage endCursor } nodes { case { id } } } }";
    for first in [1, 2, 3, 25] {
        let (mut walked, mut after) = (Vec::new(), Value::Null);
        loop {
            let answer = helping.ask_with(query, json!({"first": first, "after": after})).await;
            let page = answer.data("caseload");
            assert_eq!(page["totalCount"], 3, "first {first}: {page}");
            let shown = each(&json!(each(&page["nodes"], "case")), "id");
            assert_eq!(shown.len(), first.min(3 - walked.len()), "first {first}: {page}");
            let kept = trail_files::only(&server.folder, &answer.request).await;
            assert_eq!(kept["subjects"].as_array().unwrap().len(), shown.len(), "only what is shown: {kept}");
            walked.extend(shown);
            assert_eq!(page["pageInfo"]["hasNextPage"], walked.len() < 3, "first {first}: {page}");
            if walked.len() == 3 {
                break;
            }
            after = page["pageInfo"]["endCursor"].clone();
        }
        assert_eq!(walked, seen, "first {first}");
    }
    let gaps = helping.ask("{ gaps { totalCount pageInfo { hasNextPage } nodes { since } } }").await.data("gaps");
    assert_eq!(gaps, json!({"totalCount": 0, "pageInfo": {"hasNextPage": false}, "nodes": []}));
}

/// What a list says about a case is weighed like the case itself: whose consent is missing is for the director.
#[tokio::test]
async fn a_caseload_says_only_what_its_reader_may_know() {
    let server = fresh("2026-11-16");
    let family = Family::directed(&server).await;
    let anja = server.as_("anja");
    anja.does("addPerson", family.input(json!({"name": "Quinten", "role": "CHILD", "birthDate": "2020-02-02"}))).await;
    let kinds = async |key: &str| {
        let answer = server.as_(key).ask("{ caseload { nodes { attention { kind } } } }").await;
        answer.data("caseload")["nodes"][0]["attention"].clone()
    };
    assert_eq!(kinds("anja").await, json!([{"kind": "CONSENTS_INCOMPLETE"}]));
    assert_eq!(kinds("noor").await, json!([]));
}
