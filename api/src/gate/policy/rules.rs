//! The rules: read, held against the schema, and asked once about everything there is to ask.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fmt::Display;
use std::sync::Arc;

use cedar_policy::{
    Authorizer, Context, Decision, Entities, Entity, EntityId, EntityTypeName, EntityUid, PolicyId, PolicySet,
    PrincipalConstraint, Request, RestrictedExpression, Schema, ValidationMode, Validator,
};
use domain::fact::Role;

use super::files::PolicyFile;
use super::grant::{Data, Grant, Leads, RuleIds};
use super::{Explanation, Key, PolicyError};
use crate::gate::operation::Act;
use crate::gate::purpose::Purpose;
use crate::gate::relation::{Relation, Stage};

/// The rules of a policy, valid by its schema.
pub(super) struct RuleBook {
    schema: Schema,
    rules: Vec<Rule>,
}

struct Rule {
    id: Arc<str>,
    words: Explanation,
    policy: cedar_policy::Policy,
}

impl RuleBook {
    /// Reads the rules and holds them against the schema. A warning is a no: a rule that says nothing, or says it with letters that
    /// look like others, is a mistake.
    pub(super) fn read(schema: &PolicyFile, files: &[PolicyFile]) -> Result<Self, PolicyError> {
        let (schema, doubts) =
            Schema::from_cedarschema_str(&schema.text).map_err(|error| PolicyError::Schema(error.to_string()))?;
        if let Some(doubt) = doubts.into_iter().next() {
            return Err(PolicyError::Schema(doubt.to_string()));
        }
        let mut rules: Vec<Rule> = Vec::new();
        for file in files {
            for rule in in_file(file)? {
                if rules.iter().any(|other| other.id == rule.id) {
                    return Err(PolicyError::SameRule(rule.id.to_string()));
                }
                rules.push(rule);
            }
        }
        let book = Self { schema, rules };
        book.keeps_to_schema()?;
        Ok(book)
    }

    fn keeps_to_schema(&self) -> Result<(), PolicyError> {
        let set = set_of(self.rules.iter())?;
        let checked = Validator::new(self.schema.clone()).validate(&set, ValidationMode::Strict);
        let errors = checked.validation_errors().map(|error| naming(error.policy_id(), error));
        let doubts = checked.validation_warnings().map(|doubt| naming(doubt.policy_id(), doubt));
        let faults: Vec<String> = errors.chain(doubts).collect();
        if faults.is_empty() { Ok(()) } else { Err(PolicyError::Invalid(faults.join("; "))) }
    }

    /// What each rule says.
    pub(super) fn words(&self) -> BTreeMap<Arc<str>, Explanation> {
        self.rules.iter().map(|rule| (Arc::clone(&rule.id), rule.words.clone())).collect()
    }

    /// The table. Only a relation, role and purpose that may do something get an entry: who may do nothing looks at nothing.
    pub(super) fn table(
        &self,
        purposes: &HashMap<Purpose, BTreeSet<Role>>,
    ) -> Result<HashMap<Key, Arc<Grant>>, PolicyError> {
        let world = World::new(&self.schema)?;
        let mut table = HashMap::new();
        let mut asked = Asked::new(&self.rules);
        for relation in Relation::ALL {
            let named = word("Relation", relation.as_str())?;
            let set = set_of(self.rules.iter().filter(|rule| may_be_for(rule, &named)))?;
            if set.is_empty() {
                continue;
            }
            let stages = stages_told_apart(&set);
            for (purpose, role) in
                purposes.iter().flat_map(|(purpose, roles)| roles.iter().map(|role| (*purpose, *role)))
            {
                for alike in stages {
                    let Some(grant) = world.grant((relation, alike[0], role, purpose), &set, &mut asked)? else {
                        continue;
                    };
                    let grant = Arc::new(grant);
                    table.extend(alike.iter().map(|stage| ((relation, *stage, role, purpose), Arc::clone(&grant))));
                }
            }
        }
        match asked.never_applied() {
            Some(rule) => Err(PolicyError::NeverApplies(rule)),
            None => Ok(table),
        }
    }
}

/// The rules of a file, in the order in which they stand there.
fn in_file(file: &PolicyFile) -> Result<Vec<Rule>, PolicyError> {
    let set: PolicySet =
        file.text.parse().map_err(|error| PolicyError::Unreadable { file: file.name.clone(), why: said(&error) })?;
    if set.num_of_templates() > 0 {
        return Err(PolicyError::Slot(file.name.clone()));
    }
    let mut policies: Vec<&cedar_policy::Policy> = set.policies().collect();
    policies.sort_by_key(|policy| place(policy.id()));
    policies.into_iter().enumerate().map(|(index, policy)| rule(file, index + 1, policy)).collect()
}

/// Cedar numbers the rules of a text: `policy0`, `policy1`, …
fn place(id: &PolicyId) -> Option<usize> {
    AsRef::<str>::as_ref(id).strip_prefix("policy")?.parse().ok()
}

fn rule(file: &PolicyFile, number: usize, policy: &cedar_policy::Policy) -> Result<Rule, PolicyError> {
    let annotated = |lacks: &'static str| {
        let text = policy.annotation(lacks).filter(|text| !text.trim().is_empty());
        text.ok_or_else(|| PolicyError::Unexplained { file: file.name.clone(), number, lacks })
    };
    let (id, nl, en) = (annotated("id")?, annotated("text_nl")?, annotated("text_en")?);
    let words = Explanation { nl: nl.to_owned(), en: en.to_owned() };
    Ok(Rule { id: id.into(), words, policy: policy.new_id(PolicyId::new(id)) })
}

fn set_of<'r>(rules: impl Iterator<Item = &'r Rule>) -> Result<PolicySet, PolicyError> {
    PolicySet::from_policies(rules.map(|rule| rule.policy.clone())).map_err(fails)
}

/// The stages that these rules could answer differently, each with those that come to the same: asking is what a start of the server spends
/// its time on, and few rules look at the stage.
fn stages_told_apart(set: &PolicySet) -> &'static [&'static [Stage]] {
    if set.policies().any(|rule| rule.to_string().contains("stage")) {
        &[&[Stage::BeforeDirector], &[Stage::SinceDirector]]
    } else {
        &[&Stage::ALL]
    }
}

/// Whether a rule could say something about a relation: it names it, or does not say which.
fn may_be_for(rule: &Rule, relation: &EntityUid) -> bool {
    match rule.policy.principal_constraint() {
        PrincipalConstraint::Eq(named) => named == *relation,
        _ => true,
    }
}

/// What Cedar says is wrong, with the part of the text that it means.
fn said(error: &cedar_policy::ParseErrors) -> String {
    error.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

/// What Cedar says of a rule, with its name, which it leaves out now and then.
fn naming(rule: &PolicyId, says: &impl Display) -> String {
    let (rule, says) = (rule.to_string(), says.to_string());
    if says.contains(&rule) { says } else { format!("rule `{rule}`: {says}") }
}

fn fails(error: impl Display) -> PolicyError {
    PolicyError::Fails(error.to_string())
}

fn word(kind: &str, id: &str) -> Result<EntityUid, PolicyError> {
    let kind: EntityTypeName = kind.parse().map_err(fails)?;
    Ok(EntityUid::from_type_name_and_id(kind, EntityId::new(id)))
}

/// Which rules ever said something, and lists of their names that are shared by all that rests on the same rules.
struct Asked<'r> {
    rules: &'r [Rule],
    applied: BTreeSet<usize>,
    lists: HashMap<Vec<usize>, RuleIds>,
}

impl<'r> Asked<'r> {
    fn new(rules: &'r [Rule]) -> Self {
        Self { rules, applied: BTreeSet::new(), lists: HashMap::new() }
    }

    fn note<'i>(&mut self, ids: impl Iterator<Item = &'i PolicyId>) -> RuleIds {
        let place = |id: &PolicyId| self.rules.iter().position(|rule| rule.policy.id() == id);
        let mut places: Vec<usize> = ids.filter_map(place).collect();
        places.sort_unstable();
        self.applied.extend(&places);
        let names = |places: &Vec<usize>| places.iter().map(|place| Arc::clone(&self.rules[*place].id)).collect();
        Arc::clone(self.lists.entry(places).or_insert_with_key(names))
    }

    fn never_applied(&self) -> Option<String> {
        let silent = self.rules.iter().enumerate().find(|(place, _)| !self.applied.contains(place));
        silent.map(|(_, rule)| rule.id.to_string())
    }
}

/// Everything rules can be asked about.
struct World {
    authorizer: Authorizer,
    schema: Schema,
    entities: Entities,
    data: Vec<(Data, EntityUid)>,
    acts: Vec<(Act, EntityUid)>,
    see: EntityUid,
    work: EntityUid,
}

impl World {
    fn new(schema: &Schema) -> Result<Self, PolicyError> {
        let mut entities = Vec::new();
        let mut data = Vec::new();
        for kind in Data::all() {
            let uid = word("Data", &name_of(kind))?;
            let attributes = HashMap::from([
                ("topic".to_owned(), RestrictedExpression::new_entity_uid(word("Topic", kind.topic.as_str())?)),
                (
                    "audience".to_owned(),
                    RestrictedExpression::new_entity_uid(word("Audience", kind.audience.as_str())?),
                ),
                ("class".to_owned(), RestrictedExpression::new_entity_uid(word("Class", kind.class.as_str())?)),
                ("locating".to_owned(), RestrictedExpression::new_bool(kind.leads.locates())),
                ("home".to_owned(), RestrictedExpression::new_bool(kind.leads == Leads::Home)),
            ]);
            entities.push(Entity::new(uid.clone(), attributes, HashSet::new()).map_err(fails)?);
            data.push((kind, uid));
        }
        let entities = Entities::from_entities(entities, Some(schema)).map_err(|error| unknown(&error))?;
        let acts = Act::ALL.into_iter().map(|act| Ok((act, word("Action", act.as_str())?)));
        let (see, work) = (word("Action", "see")?, word("Work", "case")?);
        let acts = acts.collect::<Result<_, PolicyError>>()?;
        Ok(Self { authorizer: Authorizer::new(), schema: schema.clone(), entities, data, acts, see, work })
    }

    /// What the rules of a relation allow, if they allow it to do anything.
    fn grant(&self, key: Key, set: &PolicySet, asked: &mut Asked<'_>) -> Result<Option<Grant>, PolicyError> {
        let (relation, stage, role, purpose) = key;
        let principal = word("Relation", relation.as_str())?;
        let situation = [
            ("stage".to_owned(), RestrictedExpression::new_entity_uid(word("Stage", stage.as_str())?)),
            ("role".to_owned(), RestrictedExpression::new_entity_uid(word("Role", role.as_str())?)),
            ("purpose".to_owned(), RestrictedExpression::new_entity_uid(word("Purpose", purpose.as_str())?)),
        ];
        let context = Context::from_pairs(situation).map_err(fails)?;
        let mut acts = BTreeMap::new();
        for (act, action) in &self.acts {
            let parts = (principal.clone(), action.clone(), self.work.clone(), context.clone());
            if let Some(rules) = self.ask(parts, Some(&self.schema), set, asked)? {
                acts.insert(*act, rules);
            }
        }
        if acts.is_empty() {
            return Ok(None);
        }
        let mut sees = BTreeMap::new();
        for (kind, data) in &self.data {
            let parts = (principal.clone(), self.see.clone(), data.clone(), context.clone());
            // The words of the data were held against the schema with the data, all others with the acts.
            if let Some(rules) = self.ask(parts, None, set, asked)? {
                sees.insert(*kind, rules);
            }
        }
        Ok(Some(Grant::new(acts, sees)))
    }

    /// The rules that allow it; none when none does, or one forbids it.
    fn ask(
        &self,
        (principal, action, resource, context): (EntityUid, EntityUid, EntityUid, Context),
        schema: Option<&Schema>,
        set: &PolicySet,
        asked: &mut Asked<'_>,
    ) -> Result<Option<RuleIds>, PolicyError> {
        let request = Request::new(principal, action, resource, context, schema).map_err(|error| unknown(&error))?;
        let response = self.authorizer.is_authorized(&request, set, &self.entities);
        if let Some(error) = response.diagnostics().errors().next() {
            return Err(fails(error));
        }
        let rules = asked.note(response.diagnostics().reason());
        Ok((response.decision() == Decision::Allow).then_some(rules))
    }
}

fn unknown(error: &impl Display) -> PolicyError {
    PolicyError::Words(error.to_string())
}

fn name_of(Data { topic, audience, class, leads }: Data) -> String {
    let leads = match leads {
        Leads::Nowhere => "open",
        Leads::Home => "home",
        Leads::Elsewhere => "locating",
    };
    format!("{} for {}, {}, {leads}", topic.as_str(), audience.as_str(), class.as_str())
}
