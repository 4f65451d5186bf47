//! A table of who may see what of the marked case. It knows nothing of the gate: it says again, for eighteen people, what `privacy.md` says.

/// Where a value stands: of the case, who somebody is, or in the layer of a child, a household or a person.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Place {
    Case,
    Who(&'static str),
    Child(&'static str),
    Home(&'static str),
    Own(&'static str),
    /// Put to somebody: for those and for who directs.
    PutTo(&'static str),
    /// Where a household is: for who coordinates it and for who directs.
    At(&'static str),
    /// Of another case of the municipality, which never had a director.
    Elsewhere,
    /// Of a case of another municipality, to which none of them is anything.
    Far,
}

/// A value: its word, whose it is, about what, where it stands, for whom, whether it leads to the mother once she is protected, and how
/// sensitive it is.
#[derive(Clone, Debug)]
pub struct Marker {
    pub word: String,
    pub owner: &'static str,
    pub topics: &'static [&'static str],
    pub place: Place,
    pub director_only: bool,
    /// For this worker and nobody else, whatever they are to the case.
    pub only: Option<&'static str>,
    pub locating: bool,
    /// How sensitive it is, as the catalogue of events says.
    pub class: &'static str,
}

impl Marker {
    /// Whether somebody of the table sees it while nobody is protected: whom alone it is for, or else the director, of her own case all.
    pub fn is_somebodys(&self) -> bool {
        let key = match (self.place, self.only) {
            (Place::Far, _) => return true,
            (Place::Elsewhere, _) => "noor",
            (_, only) => only.unwrap_or("anja"),
        };
        ROLES.iter().any(|role| role.key == key && role.may_see(self, false))
    }
}

/// What somebody is to the case, and what that may see. `director`: also what is for the director only. `around`: works for a few people;
/// of the case as a whole sees what is around them. `finds`: also what locates.
#[expect(clippy::struct_excessive_bools, reason = "a table reads best as a table")]
pub struct Role {
    pub key: &'static str,
    pub purpose: &'static str,
    pub topics: &'static [&'static str],
    pub places: &'static [Place],
    pub all: bool,
    pub director: bool,
    /// Of which topics also what is for the director only.
    pub told: &'static [&'static str],
    pub around: bool,
    pub finds: bool,
}

pub const EVERY: &[&str] = &[
    "status",
    "regie",
    "handover",
    "staff",
    "life",
    "people",
    "households",
    "protection",
    "consent",
    "signal",
    "crisis",
    "divorce",
    "sat",
    "sharing",
    "exclusion",
    "emergency",
    "emergency_words",
    "plan",
    "contact",
    "voice",
    "statement",
    "request",
    "conflict",
    "glasl",
    "service",
    "ruling",
    "assessment",
    "reference",
    "informal",
    "conference",
    "reflection",
    "school",
    "safety",
    "episode",
    "steps",
    "crisis_plan",
    "alert",
    "dons",
];
pub const AROUND: &[&str] = &["status", "regie", "staff", "sat", "sharing"];
pub const COORDINATES: &[&str] = &[
    "status",
    "regie",
    "staff",
    "life",
    "people",
    "households",
    "protection",
    "consent",
    "divorce",
    "plan",
    "contact",
    "voice",
    "statement",
    "conflict",
    "service",
    "ruling",
    "assessment",
    "reference",
    "informal",
    "conference",
    "reflection",
    "school",
    "safety",
    "steps",
];

pub const NOBODY: Role = Role {
    key: "kees",
    purpose: "coordination/1",
    topics: &[],
    places: &[],
    all: false,
    director: false,
    told: &[],
    around: false,
    finds: false,
};

/// The oracle.
pub const ROLES: &[Role] = &[
    Role { key: "anja", topics: EVERY, all: true, director: true, finds: true, ..NOBODY },
    Role { key: "layla", topics: EVERY, all: true, director: true, finds: true, ..NOBODY },
    Role { key: "noor", purpose: "access/1", topics: &["status", "regie", "staff"], all: true, ..NOBODY },
    Role {
        key: "wim",
        topics: COORDINATES,
        places: &[Place::Child("son"), Place::Home("a"), Place::At("a"), Place::Own("mother")],
        // What leads to the mother leads to his household, and nowhere else.
        finds: true,
        ..NOBODY
    },
    Role {
        key: "fenna",
        topics: COORDINATES,
        places: &[Place::Child("son"), Place::Home("b"), Place::At("b"), Place::Own("father")],
        ..NOBODY
    },
    Role {
        key: "petra",
        topics: &[
            "status",
            "regie",
            "staff",
            "people",
            "protection",
            "consent",
            "divorce",
            "plan",
            "contact",
            "voice",
            "statement",
            "conflict",
            "service",
            "ruling",
            "assessment",
            "reference",
            "informal",
            "conference",
            "reflection",
            "school",
            "safety",
            "steps",
        ],
        places: &[Place::Child("son"), Place::Own("father")],
        ..NOBODY
    },
    Role {
        key: "olga",
        topics: &["status", "regie", "staff", "people", "consent", "divorce", "plan", "ruling"],
        places: &[Place::Own("mother")],
        around: true,
        ..NOBODY
    },
    Role {
        key: "marloes",
        topics: &["status", "staff", "sharing", "people"],
        places: &[Place::Child("son"), Place::PutTo("marloes")],
        around: true,
        ..NOBODY
    },
    Role {
        key: "chantal",
        topics: &["status", "staff", "sharing"],
        places: &[Place::PutTo("chantal")],
        around: true,
        ..NOBODY
    },
    Role {
        key: "hugo",
        purpose: "advice/1",
        topics: &[
            "status", "regie", "staff", "people", "consent", "sat", "conflict", "glasl", "service", "episode", "plan",
        ],
        places: &[Place::Child("son"), Place::Own("father"), Place::PutTo("hugo")],
        around: true,
        ..NOBODY
    },
    Role {
        key: "joost",
        purpose: "emergency/1",
        topics: &[
            "status",
            "regie",
            "staff",
            "life",
            "people",
            "households",
            "protection",
            "consent",
            "signal",
            "crisis",
            "divorce",
            "emergency",
            "emergency_words",
            "plan",
            "ruling",
        ],
        all: true,
        told: &["crisis", "emergency_words"],
        finds: true,
        ..NOBODY
    },
    Role {
        key: "gerda",
        purpose: "oversight/1",
        topics: &["status", "regie", "staff", "emergency", "emergency_words"],
        told: &["emergency_words"],
        ..NOBODY
    },
    // Whoever hears of a term that is over: where a case stands and who directs; the manager also who used an emergency access and on which
    // ground, not why in words; who leads an advice team only that a question waits.
    Role { key: "aleida", purpose: "oversight/1", topics: &["status", "regie", "staff"], ..NOBODY },
    Role { key: "frits", purpose: "oversight/1", topics: &["status", "regie", "staff", "emergency"], ..NOBODY },
    Role { key: "jitske", purpose: "oversight/1", topics: &["status"], ..NOBODY },
    // Of no case anything but who used an emergency access to it, on which ground and why, also while somebody must not be found.
    Role {
        key: "ravi",
        purpose: "oversight/1",
        topics: &["emergency", "emergency_words"],
        told: &["emergency_words"],
        finds: true,
        ..NOBODY
    },
    // On call: the crisis card of a child, whomever it leads to, and nothing else.
    Role {
        key: "sam",
        purpose: "emergency/1",
        topics: &["status", "crisis"],
        all: true,
        told: &["crisis"],
        finds: true,
        ..NOBODY
    },
    // One of a duo: the children, and what happens in the trajectory.
    Role {
        key: "hanna",
        topics: &[
            "status", "regie", "staff", "people", "consent", "divorce", "plan", "service", "ruling", "dons", "sat",
        ],
        places: &[Place::Child("son")],
        ..NOBODY
    },
    NOBODY,
];

impl Role {
    pub fn may_see(&self, marker: &Marker, protected: bool) -> bool {
        match marker.place {
            // While nobody directs, its access worker sees to all of it.
            Place::Elsewhere => return self.key == "noor" && !marker.director_only,
            Place::Far => return false,
            _ => {}
        }
        let topics: Vec<&&str> = marker.topics.iter().filter(|topic| self.topics.contains(topic)).collect();
        let own = |person| self.places.contains(&Place::Child(person)) || self.places.contains(&Place::Own(person));
        let reached = match marker.place {
            Place::PutTo(_) | Place::At(_) => self.director || self.places.contains(&marker.place),
            _ if self.all => true,
            Place::Case => !self.around || topics.iter().any(|topic| AROUND.contains(*topic)),
            Place::Who(person) => !self.around || own(person),
            place => self.places.contains(&place),
        };
        !topics.is_empty()
            && reached
            && marker.only.is_none_or(|key| key == self.key)
            && (self.director || !marker.director_only || topics.iter().any(|topic| self.told.contains(*topic)))
            && (self.finds || !(protected && marker.locating))
    }
}
