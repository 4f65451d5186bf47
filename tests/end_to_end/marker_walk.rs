//! R22: a case in which every personal value is a word that stands nowhere else, asked for by every field that the schema leads to, by
//! everyone who is something to it. Each word that leaves must be allowed by a table that knows nothing of the gate.

use std::collections::BTreeSet;

use futures_util::{StreamExt as _, stream};

use crate::asked::Schema;
use crate::marked::{FIRST_DAY, HERS, Marked};
use crate::oracle::{ROLES, Role};
use crate::told_of::{Asked, seen, untold};

/// Deepest nesting of objects under a field of the case.
const DEEP: usize = 4;

/// How many ask at a time: what they wait for is mostly the disk, on which the trail is written.
pub const AT_ONCE: usize = 4;

/// Every question of the walk: each field now and both ways back to the first day, and the lists.
fn questions(schema: &Schema, of: &Marked) -> Vec<String> {
    let case = &of.case;
    let about = |fields: &str| format!("{{ case(id: \"{case}\") {{ __typename id {fields} }} }}");
    let mut questions = Vec::new();
    for fields in schema.of_case(DEEP) {
        questions.push(about(&fields));
        for back in ["recorded", "about"] {
            questions.push(about(&format!("asOf({back}: \"{FIRST_DAY}\") {{ __typename {fields} }}")));
        }
        let fields = fields.replace("first: 50", "first: 40");
        for list in ["caseload", "gaps"] {
            questions
                .push(format!("{{ {list}(first: 2) {{ totalCount nodes {{ case {{ __typename id {fields} }} }} }} }}"));
        }
    }
    questions.push(format!(
        "{{ caseload {{ totalCount nodes {{ attention {{ {} }} }} }} }}",
        schema.under("AttentionLine", 3)
    ));
    for (section, line) in [("sinceLastLooked", "RecordedAct"), ("today", "AgendaLine"), ("nextDays", "AgendaLine")] {
        let fields = schema.under(line, 2);
        questions.push(format!(
            "{{ caseload {{ {section}(first: 50) {{ totalCount nodes {{ __typename {fields} }} }} }} }}"
        ));
    }
    questions.push("{ gaps { totalCount nodes { since lastDay parties } } }".to_owned());
    for list in ["worklist", "emergencies"] {
        let road = schema.named_field("Query", list);
        questions.push(format!("{{ {list} {{ {} }} }}", schema.selection(road, DEEP)));
    }
    let card = schema.selection(schema.named_field("Query", "crisisCard"), DEEP);
    let say = schema.selection(schema.named_field("Query", "whatMayISay"), DEEP);
    for person in ["mother", "father", "son", "carer"] {
        let person = of.id(person);
        questions.push(format!("{{ crisisCard(caseId: \"{case}\", child: \"{person}\") {{ {card} }} }}"));
        questions.push(format!("{{ whatMayISay(caseId: \"{case}\", person: \"{person}\") {{ {say} }} }}"));
    }
    questions
}

/// What one role sees that the table does not allow, and does not see that it does; and what was asked.
async fn walk_as(
    of: &Marked,
    questions: &[String],
    role: &'static Role,
    protected: bool,
) -> (BTreeSet<String>, Vec<Asked>) {
    let person = of.server.as_(role.key).with("Rustpunt-Purpose", role.purpose);
    let (mut holes, mut found, mut asked) = (BTreeSet::new(), BTreeSet::new(), Vec::new());
    for question in questions {
        let answer = person.ask(question).await;
        let codes = codes(&answer.body);
        assert!(codes.iter().all(|code| code.contains("NOT_AVAILABLE")), "{}: {question}: {codes:?}", role.key);
        let data = answer.body["data"].clone();
        let text = data.to_string();
        found.extend(seen(&text, &of.markers).iter().map(|marker| marker.word.clone()));
        holes.extend(forbidden(of, role, protected, &text, question));
        holes.extend(out_of_time(of, role, &text, question));
        if protected {
            holes.extend(hers(of, role, &text, question));
        }
        asked.push(Asked { who: role.key, question: question.clone(), data, request: answer.request, by: Vec::new() });
    }
    let may = of.markers.iter().filter(|marker| role.may_see(marker, protected));
    let unseen = may.filter(|marker| !found.contains(&marker.word));
    holes.extend(unseen.map(|marker| format!("{} does not see {marker:?}", role.key)));
    (holes, asked)
}

/// What left that the table does not allow, what did not that it does, and what the trail does not tell. Several ask at a time.
async fn walk(of: &Marked, schema: &Schema, protected: bool) -> BTreeSet<String> {
    let questions = questions(schema, of);
    assert!(questions.len() > 100, "{}", questions.len());
    let walks = stream::iter(ROLES).map(|role| walk_as(of, &questions, role, protected));
    let walked: Vec<_> = walks.buffer_unordered(AT_ONCE).collect().await;
    let (mut holes, mut asked) = (BTreeSet::new(), Vec::new());
    for (wrong, questions) in walked {
        holes.extend(wrong);
        asked.extend(questions);
    }
    holes.extend(untold(of, &asked).await);
    holes
}

/// The codes of an answer's errors.
pub fn codes(body: &serde_json::Value) -> BTreeSet<String> {
    let errors = body["errors"].as_array().into_iter().flatten();
    errors.map(|error| error["extensions"]["code"].to_string()).collect()
}

/// Each word in an answer that the table does not allow.
pub fn forbidden(of: &Marked, role: &Role, protected: bool, text: &str, question: &str) -> Vec<String> {
    let short: String = question.chars().take(90).collect();
    let not = seen(text, &of.markers).into_iter().filter(|marker| !role.may_see(marker, protected));
    not.map(|marker| format!("{} sees {marker:?} by {short} where it says {}", role.key, around(text, &marker.word)))
        .collect()
}

/// Each word in the record of the first day that nobody had written by then.
fn out_of_time(of: &Marked, role: &Role, text: &str, question: &str) -> Vec<String> {
    let back = question.contains("asOf(recorded:");
    let later = of.later.iter().filter(|word| back && text.contains(word.as_str()));
    later.map(|word| format!("{} sees {word} in the record of the day before it", role.key)).collect()
}

/// Each worker of the mother in an answer, to somebody who may not find her: by a yes, by a no, by whatever they did.
fn hers(of: &Marked, role: &Role, text: &str, question: &str) -> Vec<String> {
    let short: String = question.chars().take(90).collect();
    let not = HERS.into_iter().filter(|key| !role.finds && role.key != *key);
    let seen = not.map(|key| (key, of.server.worker(key))).filter(|(_, worker)| text.contains(worker.as_str()));
    seen.map(|(key, worker)| format!("{} sees {key} by {short} where it says {}", role.key, around(text, &worker)))
        .collect()
}

/// What stands before a word, so that whoever reads of a hole finds it.
fn around(text: &str, word: &str) -> String {
    let before = text.split(word).next().unwrap_or_default();
    let near: Vec<char> = before.chars().rev().take(160).collect();
    near.into_iter().rev().chain("…".chars()).collect()
}

/// Everything that anybody may see by the table is found by the walk, and nothing else; the director sees every word of her case. The mother
/// is protected a day later: who looks back at the day before sees what stood there then, by the protection of today.
#[tokio::test]
async fn every_word_that_leaves_is_allowed_by_the_table() {
    let mut of = Marked::played().await;
    let nobodys: Vec<_> = of.markers.iter().filter(|marker| !marker.is_somebodys()).collect();
    assert!(nobodys.is_empty(), "the walk would reach none of them: {nobodys:?}");
    let schema = Schema::of(&of.server.as_("anja")).await;
    let mut holes = walk(&of, &schema, false).await;
    of.a_day_later().await;
    of.protected().await;
    of.learn().await;
    assert!(of.later.len() > 3, "the look back leaves nothing out");
    holes.extend(walk(&of, &schema, true).await.into_iter().map(|hole| format!("once protected: {hole}")));
    assert!(holes.is_empty(), "{holes:#?}");
}
