//! Questions made of the schema itself, as introspection tells it: a field, argument or value that is added later is asked for as well, or
//! the test says what it does not know how to ask.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::client::Person;
use crate::family::MUNICIPALITY;
use crate::marked::Marked;

/// An id that nobody ever had.
pub const UNKNOWN: &str = "019a0000-0000-7000-8000-00000000dead";

/// The types of the schema, by name.
pub struct Schema(BTreeMap<String, Value>);

/// The name of a type, under whatever lists and non-nulls.
pub fn named(of: &Value) -> &str {
    of["name"].as_str().unwrap_or_else(|| named(&of["ofType"]))
}

fn entries(of: &Value) -> impl Iterator<Item = &Value> {
    of.as_array().into_iter().flatten()
}

impl Schema {
    pub async fn of(person: &Person) -> Self {
        let of = "kind name ofType { kind name ofType { kind name ofType { kind name } } }";
        let query = format!(
            "{{ __schema {{ types {{ kind name possibleTypes {{ name }} enumValues {{ name }} inputFields {{ name type {{ {of} }} }}
                fields {{ name type {{ {of} }} args {{ name defaultValue type {{ {of} }} }} }} }} }} }}"
        );
        let types = person.ask(&query).await.data("__schema")["types"].clone();
        Self(entries(&types).map(|one| (one["name"].as_str().unwrap().to_owned(), one.clone())).collect())
    }

    fn fields(&self, name: &str) -> impl Iterator<Item = &Value> {
        let fields = entries(&self.0[name]["fields"]);
        let may_be_left_out = |arg: &Value| arg["type"]["kind"] != "NON_NULL" || !arg["defaultValue"].is_null();
        fields.filter(move |field| entries(&field["args"]).all(may_be_left_out))
    }

    /// The field of this type.
    pub fn named_field(&self, of: &str, name: &str) -> &Value {
        entries(&self.0[of]["fields"]).find(|field| field["name"] == name).unwrap_or_else(|| panic!("{of}.{name}"))
    }

    /// Fields of the query root that take arguments, and so lead to something by what is asked.
    pub fn roads(&self) -> impl Iterator<Item = &Value> {
        entries(&self.0["Query"]["fields"]).filter(|field| entries(&field["args"]).next().is_some())
    }

    /// Whether a type has a field.
    pub fn has(&self, of: &str, name: &str) -> bool {
        entries(&self.0[of]["fields"]).any(|field| field["name"] == name)
    }

    /// The field with everything under it, so many objects deep; nothing when there is nothing to ask for.
    fn field(&self, field: &Value, deep: usize) -> Option<String> {
        let (name, of) = (field["name"].as_str().unwrap(), named(&field["type"]));
        let takes = |arg: &str| entries(&field["args"]).any(|one| one["name"] == arg);
        let args = match (takes("first"), takes("recorded")) {
            (true, _) => "(first: 50)",
            (_, true) => return None,
            _ => "",
        };
        match self.0[of]["kind"].as_str().unwrap() {
            // So deep nothing is asked but who it is.
            "OBJECT" if deep == 0 => self.has(of, "id").then(|| format!("{name} {{ __typename id }}")),
            "UNION" if deep == 0 => None,
            "OBJECT" => Some(format!("{name}{args} {{ __typename {} }}", self.under(of, deep - 1))),
            "UNION" => {
                let kinds = entries(&self.0[of]["possibleTypes"]).map(named);
                // What two kinds both have goes by other names here, or the fields could not stand side by side.
                let of_kind = |kind: &str| {
                    let leaf = |one: &Value| {
                        let name = one["name"].as_str().unwrap();
                        let kind_of = self.0[named(&one["type"])]["kind"].as_str().unwrap();
                        let plain = !["OBJECT", "UNION"].contains(&kind_of);
                        plain.then(|| format!("{}{name}: {name}", kind.to_lowercase()))
                    };
                    format!("... on {kind} {{ {} }}", self.fields(kind).filter_map(leaf).collect::<Vec<_>>().join(" "))
                };
                Some(format!("{name}{args} {{ __typename {} }}", kinds.map(of_kind).collect::<Vec<_>>().join(" ")))
            }
            _ => Some(name.to_owned()),
        }
    }

    /// Everything of a type, so many objects deep.
    pub fn under(&self, name: &str, deep: usize) -> String {
        self.fields(name).filter_map(|field| self.field(field, deep)).collect::<Vec<_>>().join(" ")
    }

    /// One question for each field of a case, with everything it leads to.
    pub fn of_case(&self, deep: usize) -> Vec<String> {
        // What somebody answered about a version of the plan of a household lies two deeper than anything else.
        let deep_in = |field: &Value| if field["name"] == "plans" { deep + 2 } else { deep };
        self.fields("Case").filter_map(|field| self.field(field, deep_in(field))).collect()
    }

    /// What is asked of the answer of a field of the query root.
    pub fn selection(&self, road: &Value, deep: usize) -> String {
        let of = named(&road["type"]);
        format!("__typename {}", self.under(of, deep))
    }

    /// Every way to ask by the arguments of this field: each value of each that must be given, each value of each that may be, and all
    /// yes-or-no arguments in all their combinations; any other that may be left out by each of its values beside the first of the rest. Not
    /// the page, which is no filter.
    pub fn ways(&self, road: &Value, of: &Marked) -> Vec<Way> {
        let field = road["name"].as_str().unwrap();
        let (mut ways, mut alone) = (vec![Way::default()], Vec::new());
        for arg in entries(&road["args"]).filter(|arg| arg["name"] != "first" && arg["name"] != "after") {
            let (name, values) = (arg["name"].as_str().unwrap(), self.values(field, arg, of));
            if arg["type"]["kind"] == "NON_NULL" || named(&arg["type"]) == "Boolean" {
                let absent = if arg["type"]["kind"] == "NON_NULL" { Vec::new() } else { ways.clone() };
                let given = ways.iter().flat_map(|way| values.iter().map(|value| way.with(name, value)));
                ways = absent.into_iter().chain(given).collect();
            } else {
                alone.push((name, values));
            }
        }
        let more = alone.iter().flat_map(|(name, values)| values.iter().map(|value| ways[0].with(name, value)));
        let more: Vec<Way> = more.collect();
        ways.extend(more);
        ways
    }

    /// The values to ask by. Whoever adds an argument says here which there are.
    fn values(&self, field: &str, arg: &Value, of: &Marked) -> Vec<String> {
        let (name, kind) = (arg["name"].as_str().unwrap(), named(&arg["type"]));
        let quoted = |values: &[&str]| values.iter().map(|value| format!("\"{value}\"")).collect::<Vec<_>>();
        let workers = ["anja", "wim", "fenna", "kees", "bram"].map(|key| of.server.worker(key));
        let asked: Vec<&str> = of.requests.iter().map(String::as_str).collect();
        match (self.0[kind]["kind"].as_str().unwrap(), name) {
            ("ENUM", _) => {
                entries(&self.0[kind]["enumValues"]).map(|one| one["name"].as_str().unwrap().to_owned()).collect()
            }
            ("INPUT_OBJECT", _) => self.objects(field, kind, of),
            (_, "id") if field == "satReview" => quoted(&[of.id("review"), of.id("case"), UNKNOWN]),
            (_, "id" | "case" | "caseId") => quoted(&[of.id("case"), of.id("other"), of.id("far"), UNKNOWN]),
            (_, "person" | "personId" | "child") => {
                let people = ["mother", "father", "son", "carer", "stranger", "a"].map(|label| of.id(label));
                quoted(&[&people[..], &[UNKNOWN]].concat())
            }
            (_, "worker") => quoted(&[&workers.each_ref().map(String::as_str)[..], &[UNKNOWN]].concat()),
            (_, "request") => quoted(&[&asked[..], &[UNKNOWN]].concat()),
            (_, "organisation") => quoted(&["jeugd-en-gezin-gooi", MUNICIPALITY, "gemeente-hilversum", "nowhere"]),
            (_, "operation") => {
                let operations = self.roads().map(|road| road["name"].as_str().unwrap());
                quoted(&operations.chain(["openCase", "nothing"]).collect::<Vec<_>>())
            }
            (_, "purpose") => quoted(&["coordination/1", "access/1", "emergency/1", "advice/1", "oversight/1"]),
            (_, "name") => quoted(&[&of.names()[..], &["Qzwvzzjkxz"]].concat()),
            (_, "birthDate") => quoted(&[&of.births()[..], &["1950-01-01"]].concat()),
            (_, "from" | "until") => quoted(&["2026-11-15", "2026-11-16", "2026-11-17"]),
            (_, "year") => ["2025", "2026"].map(str::to_owned).to_vec(),
            ("SCALAR", _) if kind == "Boolean" => vec!["true".to_owned(), "false".to_owned()],
            _ => panic!("say by which values to ask {field} for {name}: {kind}"),
        }
    }

    /// An input object with each of its fields alone; of two fields also both: each value with the one that belongs to it, and with another.
    fn objects(&self, field: &str, kind: &str, of: &Marked) -> Vec<String> {
        let fields: Vec<(&str, Vec<String>)> = entries(&self.0[kind]["inputFields"])
            .map(|one| (one["name"].as_str().unwrap(), self.values(field, one, of)))
            .collect();
        let alone =
            fields.iter().flat_map(|(name, values)| values.iter().map(move |value| format!("{{{name}: {value}}}")));
        let mut objects: Vec<String> = alone.collect();
        if let [(one, firsts), (other, seconds)] = &fields[..] {
            let both = firsts
                .iter()
                .enumerate()
                .flat_map(|(at, first)| [at, at + 1].map(|beside| (first, &seconds[beside % seconds.len()])));
            objects.extend(both.map(|(first, second)| format!("{{{one}: {first}, {other}: {second}}}")));
        }
        objects
    }
}

/// One way to ask a field: its arguments, by name.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Way(pub BTreeMap<String, String>);

impl Way {
    fn with(&self, name: &str, value: &str) -> Self {
        let mut given = self.0.clone();
        given.insert(name.to_owned(), value.to_owned());
        Self(given)
    }

    /// The same without one argument.
    pub fn without(&self, name: &str) -> Self {
        let mut given = self.0.clone();
        given.remove(name);
        Self(given)
    }

    /// As it stands behind the name of the field, with a page.
    pub fn text(&self, page: &str) -> String {
        let given = self.0.iter().map(|(name, value)| format!("{name}: {value}"));
        let all: Vec<String> = given.chain((!page.is_empty()).then(|| page.to_owned())).collect();
        if all.is_empty() { String::new() } else { format!("({})", all.join(", ")) }
    }
}
