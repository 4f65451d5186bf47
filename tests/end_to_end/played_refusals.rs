//! What is refused in the case histories, and in which words its worker hears that.

use std::collections::BTreeSet;

use crate::server::shared;

/// Every code with which a step of any case is refused, and a part of its Dutch sentence that says what to do or why not.
const WORDS: [(&str, &str); 35] = [
    ("ACKNOWLEDGE_FIRST", "nadat het bij elke ouder is erkend, ieder apart"),
    ("ANSWER_AWAITED", "Vrijgeven kan als hun antwoord er is."),
    ("CLEARED_BY_ANOTHER", "door een tweede persoon: niet wie het opende en niet wie meewoog"),
    ("CONFERENCE_WITHOUT_PURPOSE", "noemt vooraf het doel en wat het moet opleveren"),
    ("CONSENT_TO_JOIN_MISSING", "geen volledige toestemming van de familie dat deze professional meedoet"),
    ("DECIDED_ALONE", "U beslist niet alleen over dit verzoek."),
    ("DIRECTOR_PRESENT", "Wisselen van regiehouder gaat met een overdracht."),
    ("DONS_WITHOUT_OUTCOME", "Afgerond betekent dat er iets uit kwam."),
    ("DUO_IS_ONE_PERSON", "twee verschillende mensen"),
    ("DUO_UNTRAINED", "Kies een opgeleide collega"),
    ("FEATURES_TOO_FEW", "het eerste kenmerk (het laait steeds weer op)"),
    ("ITEM_UNASSIGNED", "Niet alles wat loopt heeft een plek."),
    ("JOINT_TALK_BARRED", "Spreek ieder apart."),
    ("LISTENER_TWICE", "Iedereen wordt door een andere collega gehoord."),
    ("LISTENER_WAS_THERE", "Wie de bijeenkomst stopte, hoort niet ook de betrokkenen."),
    ("NOT_AVAILABLE", "Dit bestaat niet, of is voor u niet beschikbaar."),
    ("OPTION_OF_ANOTHER", "Wat een ander bedacht, is geen optie van deze persoon"),
    ("OPTION_WITHOUT_AUTHOR", "Een optie komt van de persoon zelf."),
    ("PARENTING_FORM_NOT_CALM", "als elke ouder samen met of naast de ander ouder is"),
    ("PLAN_NOT_ANSWERED", "Leg het plan voor aan wie nog niet is gevraagd"),
    ("PROFESSIONAL_DECIDES", "beslist de familie; een hulpverlener informeert"),
    ("RECOGNITION_MISSING", "moet de complexe scheiding eerst herkend zijn"),
    ("REFERRAL_NOT_AGREED", "is het gezag onduidelijk, dan beslist eerst een mens"),
    ("REQUEST_UNKNOWN", "zonder verzoek wordt niets gegeven"),
    ("RET_CONSENT_MISSING", "van iedereen die gevraagd moet worden"),
    ("SAFETY_FIRST", "Eerst veiligheid."),
    ("SAT_MODE_WITHOUT_END", "Een interventie heeft een laatste dag."),
    ("SAT_POSITION_UNSEEN", "de casus precies zoals u die zag"),
    ("SAT_REASON_MISSING", "Wie van een advies afwijkt zegt waarom."),
    ("SCORE_OUT_OF_RANGE", "Deze schaal loopt van"),
    ("SHARING_CONSENT_MISSING", "De toestemming om dit te delen is niet rond."),
    ("STEPS_AUDIENCE", "Zeg voor wie het is"),
    ("TWO_PLANS_NOT_READY", "Twee plannen op grond van herkenning kan nog niet."),
    ("WEIGHING_MISSING", "zou een ouder met gezag hetzelfde horen, en wat vraagt het belang van het kind"),
    ("WISH_MISSING", "Niet elke ouder heeft gezegd twee plannen te willen."),
];

/// Each step that is refused is refused in a sentence of its own code; nothing stands in the table that no case plays.
#[test]
fn every_refusal_of_the_case_histories_is_heard_in_its_own_words() {
    let demo = shared();
    for step in &demo.refused {
        let (code, heard) = (step.refusal.code.as_str(), &step.refusal.message);
        let shown = format!("{}, step {} ({}): {code}: {heard}", step.case, step.step, step.name);
        let (_, part) =
            WORDS.iter().find(|(known, _)| *known == code).unwrap_or_else(|| panic!("no words for {shown}"));
        assert!(heard.contains(part) && heard.ends_with('.') && !heard.contains('{'), "{shown}");
    }
    let played: BTreeSet<&str> = demo.refused.iter().map(|step| step.refusal.code.as_str()).collect();
    assert_eq!(played, WORDS.iter().map(|(code, _)| *code).collect(), "the codes that are played");
}
