//! The policy says what it can be held to, or the server does not start.

use std::collections::BTreeSet;

use super::*;
use crate::gate::{Act, Topic};

fn changed(file: &str, from: &str, to: &str) -> PolicyFiles {
    let mut files = PolicyFiles::product();
    let all = [&mut files.schema, &mut files.purposes].into_iter().chain(&mut files.rules);
    let file = all.into_iter().find(|known| known.name == file).expect("the file");
    assert!(file.text.contains(from), "{from} stands in {}", file.name);
    file.text = file.text.replacen(from, to, 1);
    files
}

fn with_rule(text: &str) -> PolicyFiles {
    let mut files = PolicyFiles::product();
    files.rules.push(PolicyFile { name: "more.cedar".to_owned(), text: text.to_owned() });
    files
}

fn rule(id: &str, body: &str) -> String {
    format!("@id(\"{id}\")\n@text_nl(\"Zo.\")\n@text_en(\"So.\")\n{body}")
}

#[test]
fn the_policy_is_named_by_the_digest_of_all_its_files() {
    let product = PolicyFiles::product();
    assert_eq!(product.digest(), Policy::product().unwrap().digest());
    assert_eq!(product.digest().len(), 64);
    let mut digests = vec![product.digest()];
    let every = [&product.schema, &product.purposes].into_iter().chain(&product.rules);
    for file in every {
        let (first, _) = file.text.split_once('\n').unwrap();
        digests.push(changed(&file.name, first, &format!("{first} ")).digest());
    }
    let files = digests.len();
    digests.sort_unstable();
    digests.dedup();
    assert_eq!(digests.len(), files, "a change of one letter in one file is another policy");
}

#[test]
fn every_rule_and_purpose_says_in_two_languages_what_it_means() {
    let policy = Policy::product().unwrap();
    assert!(policy.explain("director.sees").is_some_and(|words| words.nl != words.en));
    assert!(policy.explain("access/1").is_some());
    assert_eq!(policy.explain("nobody.ever"), None);
}

#[test]
fn a_rule_that_does_not_keep_to_the_schema_stops_the_server() {
    for (text, says) in [
        (
            rule("x", "permit (principal == Relation::\"neighbour\", action == Action::\"read\", resource);"),
            "neighbour",
        ),
        (rule("x", "permit (principal, action == Action::\"raed\", resource);"), "raed"),
        (
            rule(
                "x",
                "permit (principal == Relation::\"own\", action == Action::\"see\", resource) when { resource.topci == Topic::\"status\" };",
            ),
            "topci",
        ),
        (
            rule(
                "x",
                "permit (principal == Relation::\"own\", action == Action::\"see\", resource) when { resource.topic == Topic::\"secrets\" };",
            ),
            "secrets",
        ),
        (
            rule(
                "x",
                "permit (principal == Relation::\"own\", action == Action::\"list\", resource) when { context.role == \"supporter\" };",
            ),
            "x",
        ),
    ] {
        let error = Policy::read(&with_rule(&text)).expect_err(&text);
        assert!(matches!(error, PolicyError::Invalid(_)), "{error}");
        assert!(error.to_string().contains(says), "{error}");
    }
    let broken = Policy::read(&with_rule("permit (principal, action")).expect_err("broken");
    assert!(matches!(&broken, PolicyError::Unreadable { file, .. } if file == "more.cedar"), "{broken}");
}

#[test]
fn the_schema_knows_every_word_of_the_gate() {
    for (from, to) in [
        ("\"trail\"        //", "\"trails\"        //"),
        ("\"see\" appliesTo", "\"look\" appliesTo"),
        ("\"author\"       //", "\"writer\"       //"),
    ] {
        assert!(Policy::read(&changed("schema.cedarschema", from, to)).is_err(), "{from}");
    }
}

#[test]
fn a_rule_has_one_name_and_an_explanation() {
    let body = "permit (principal == Relation::\"own\", action == Action::\"list\", resource);";
    let twice = Policy::read(&with_rule(&rule("own.worklist", body))).expect_err("twice");
    assert!(matches!(twice, PolicyError::SameRule(id) if id == "own.worklist"));
    let dumb = Policy::read(&with_rule(&format!("@id(\"x\")\n@text_nl(\"Zo.\")\n{body}"))).expect_err("no English");
    assert!(matches!(dumb, PolicyError::Unexplained { number: 1, lacks: "text_en", .. }), "{dumb}");
    let slot = Policy::read(&with_rule("permit (principal == ?principal, action, resource);")).expect_err("a slot");
    assert!(matches!(slot, PolicyError::Slot(_)), "{slot}");
}

#[test]
fn a_rule_that_can_never_apply_stops_the_server() {
    let team_lead = "permit (principal == Relation::\"own\", action == Action::\"list\", resource) when { \
        context.role == Role::\"system\" && context.purpose == Purpose::\"oversight/1\" };";
    let error = Policy::read(&with_rule(&rule("operator.list", team_lead))).expect_err("no purpose for that role");
    assert!(matches!(&error, PolicyError::NeverApplies(id) if id == "operator.list"), "{error}");
    let idle = "permit (principal == Relation::\"own\", action == Action::\"see\", resource) when { \
        context.role == Role::\"system\" };";
    let error = Policy::read(&with_rule(&rule("none.sees", idle))).expect_err("it may do nothing");
    assert!(matches!(&error, PolicyError::NeverApplies(id) if id == "none.sees"), "{error}");
}

#[test]
fn what_is_forbidden_stays_so_and_a_decision_names_the_rules_it_rests_on() {
    let key = (Relation::Director, Stage::SinceDirector, Role::CaseDirector, Purpose::Coordination);
    let grant = |policy: &Policy| policy.grant(key.0, key.1, key.2, key.3).unwrap();
    let before = grant(&Policy::product().unwrap());
    assert!(before.may(Act::Correct) && before.covers(Topic::Consent));
    assert_eq!(before.rules_of(Act::Correct), ["director.does"]);
    assert_eq!(before.rules_of(Act::Read), ["director.does", "director.sees", "director.sees_dons"]);
    assert!(before.rules_of(Act::Open).is_empty());

    let no_corrections = rule("no.corrections", "forbid (principal, action == Action::\"correct\", resource);");
    let no_consents = rule(
        "no.consents",
        "forbid (principal, action == Action::\"see\", resource) when { resource.topic == Topic::\"consent\" };",
    );
    let after = grant(&Policy::read(&with_rule(&format!("{no_corrections}\n{no_consents}"))).unwrap());
    assert!(!after.may(Act::Correct) && !after.covers(Topic::Consent));
    assert!(after.may(Act::Direct) && after.covers(Topic::People));
}

/// What a rule leaves open about whereabouts is closed for all but a few. The privacy officer is one for what was written in an emergency
/// alone: `what_was_written_in_an_emergency_is_read_by_the_privacy_officer_also_when_it_locates`.
#[test]
fn nobody_sees_what_locates_by_a_rule_that_forgot_it() {
    let policy = Policy::product().unwrap();
    let few = |leads: Leads| {
        let admits = |grant: &Grant| AudienceKind::ALL.iter().any(|kind| grant.admits(*kind, leads));
        let found = policy.table.iter().filter(|(_, grant)| admits(grant)).map(|((relation, ..), _)| *relation);
        found.collect::<BTreeSet<Relation>>().into_iter().collect::<Vec<_>>()
    };
    let elsewhere =
        [Relation::Director, Relation::Deputy, Relation::Emergency, Relation::OnCall, Relation::PrivacyOfficer];
    assert_eq!(few(Leads::Elsewhere), elsewhere);
    let home: BTreeSet<_> = elsewhere.into_iter().chain([Relation::Coordinator]).collect();
    assert_eq!(
        few(Leads::Home),
        home.into_iter().collect::<Vec<_>>(),
        "of those who live there, who coordinates their household too"
    );
}
