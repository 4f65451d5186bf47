//! `docs/schema.graphql`: the contract with clients.

use async_graphql_parser::types::{TypeKind, TypeSystemDefinition};

#[test]
fn the_committed_schema_is_the_one_served() {
    super::compare("docs/schema.graphql", &api::graphql::sdl());
}

/// Every type, field, argument and enum value says what it means.
#[test]
fn everything_in_the_schema_is_described() {
    let schema = async_graphql_parser::parse_schema(api::graphql::sdl()).expect("the schema parses");
    let mut bare = Vec::new();
    for definition in schema.definitions {
        let TypeSystemDefinition::Type(definition) = definition else { continue };
        let definition = definition.node;
        let name = definition.name.node.to_string();
        if is_of_the_library(&name) {
            continue;
        }
        if definition.description.is_none() && !ROOTS.contains(&name.as_str()) {
            bare.push(name.clone());
        }
        match definition.kind {
            TypeKind::Object(object) => {
                for field in object.fields {
                    let field = field.node;
                    if field.description.is_none() {
                        bare.push(format!("{name}.{}", field.name.node));
                    }
                }
            }
            TypeKind::Enum(values) => {
                let undescribed = values.values.iter().filter(|value| value.node.description.is_none());
                bare.extend(undescribed.map(|value| format!("{name}.{}", value.node.value.node)));
            }
            TypeKind::InputObject(input) => {
                let undescribed = input.fields.iter().filter(|field| field.node.description.is_none());
                bare.extend(undescribed.map(|field| format!("{name}.{}", field.node.name.node)));
            }
            TypeKind::Scalar | TypeKind::Interface(_) | TypeKind::Union(_) => {}
        }
    }
    assert!(bare.is_empty(), "describe: {bare:#?}");
}

/// The three roots are named by what they are.
const ROOTS: [&str; 3] = ["Query", "Mutation", "Subscription"];

/// Scalars and directives that come with GraphQL or the library, and the shapes Relay prescribes.
fn is_of_the_library(name: &str) -> bool {
    matches!(name, "Boolean" | "Float" | "ID" | "Int" | "String") || name.ends_with("Connection")
}
