//! What invented people are called, where they live and what is written down about them. A test keeps the names out of the texts, as the
//! law of a case does.

/// Girls and women.
pub(super) const WOMEN: &[&str] = &[
    "Aafke", "Aisha", "Amira", "Anouk", "Aylin", "Birgit", "Carlijn", "Chayenne", "Danique", "Dewi", "Doortje", "Ebru",
    "Elif", "Esmee", "Eveline", "Fatima", "Fleur", "Gwen", "Hajar", "Hedwig", "Ilse", "Imane", "Inez", "Jasmijn",
    "Jip", "Kaoutar", "Kiki", "Latifa", "Lieke", "Lisanne", "Loubna", "Maaike", "Madelief", "Maud", "Meryem", "Mirthe",
    "Nadia", "Naomi", "Nienke", "Noa", "Oumaima", "Pien", "Quinty", "Rachida", "Rosalie", "Saar", "Sabine", "Samira",
    "Selin", "Silke", "Sterre", "Suze", "Tessa", "Tirza", "Ümmü", "Veerle", "Wietske", "Wiktoria", "Xandra", "Yara",
    "Yasmina", "Zeynep", "Zofia", "Zoë",
];

/// Boys and men.
pub(super) const MEN: &[&str] = &[
    "Abdel", "Adem", "Ahmet", "Arjan", "Bilal", "Björn", "Boaz", "Casper", "Chiel", "Daniël", "Diederik", "Dylan",
    "Emre", "Erwin", "Fabian", "Ferdi", "Floris", "Gijs", "Hamza", "Hidde", "Ibrahim", "Ilias", "Ivo", "Jamal",
    "Jelle", "Jeroen", "Joris", "Kasper", "Kerem", "Koen", "Lars", "Levi", "Luuk", "Mahmoud", "Marek", "Mats", "Mick",
    "Mohamed", "Morris", "Naoufal", "Niels", "Nout", "Okke", "Olivier", "Pepijn", "Pim", "Quinten", "Rayan", "Reinout",
    "Ruben", "Said", "Sem", "Siebe", "Stan", "Teun", "Thijs", "Tijn", "Ufuk", "Vince", "Wessel", "Xavi", "Yassin",
    "Ysbrand", "Zakaria",
];

/// Names of families.
pub(super) const FAMILIES: &[&str] = &[
    "Aalbers",
    "Achterkamp",
    "El Amrani",
    "Arslan",
    "Baltus",
    "Benali",
    "Bijlsma",
    "Bouzid",
    "Brinkhorst",
    "Celik",
    "Cornelissen",
    "Demirci",
    "Dijkema",
    "Doornenbal",
    "Eijkelkamp",
    "Elzinga",
    "Ferwerda",
    "Galema",
    "Gerritsma",
    "Gündoğan",
    "Haddad",
    "Hoekstra",
    "Hofstede",
    "Idrissi",
    "Jaspers",
    "Jongsma",
    "Kamphuis",
    "Kaya",
    "Keijzer",
    "Kloosterman",
    "Kowalczyk",
    "Lammers",
    "Leeflang",
    "Mansouri",
    "Meulenbelt",
    "Mulderij",
    "Nieuwenhuis",
    "Nowak",
    "Oosterbaan",
    "Ouali",
    "Pietersma",
    "Poelstra",
    "Quaedvlieg",
    "Ramdin",
    "Rietveld",
    "Roelofsen",
    "Sahin",
    "Schaapman",
    "Sijtsma",
    "Slagter",
    "Soeters",
    "Tahiri",
    "Terpstra",
    "Uijttenboogaard",
    "Veldkamp",
    "Verstappen",
    "Vlasblom",
    "Wagenaar",
    "Weststrate",
    "Wijnalda",
    "Yildirim",
    "Zandbergen",
    "Zijlstra",
    "Zuidhof",
];

/// First halves of streets and places that do not exist.
pub(super) const HERE: &[&str] = &[
    "Achter",
    "Beuken",
    "Bloem",
    "Dennen",
    "Eiken",
    "Elzen",
    "Heide",
    "Hazel",
    "Kastanje",
    "Kwartel",
    "Linden",
    "Merel",
    "Noorder",
    "Ooster",
    "Populier",
    "Reiger",
    "Rozen",
    "Sleutel",
    "Spreeuwen",
    "Tulpen",
    "Vlier",
    "Wester",
    "Wilgen",
    "Zuider",
];

/// How streets end.
pub(super) const STREETS: &[&str] = &["dreef", "gracht", "hof", "kade", "laan", "plein", "singel", "straat", "weg"];

/// How places end.
pub(super) const PLACES: &[&str] =
    &["berg", "broek", "burg", "dam", "donk", "drecht", "horst", "lo", "meer", "rode", "veld", "wold", "wijk", "zand"];

/// What somebody who joins works at, and knows about.
pub(super) const WORK: &[(&str, &str)] = &[
    ("jeugdhulp", "Opvoeding en omgang na een scheiding"),
    ("basisschool", "Leren, en hoe het in de klas gaat"),
    ("ggz-jeugd", "Angst en somberheid bij kinderen"),
    ("welzijn", "Netwerk, vrije tijd en steun dichtbij"),
    ("gezinshulp", "Hulp thuis bij de dagelijkse gang van zaken"),
    ("schuldhulp", "Geldzorgen en wonen"),
    ("jeugdgezondheid", "Groei en ontwikkeling"),
];

/// Questions with which a case opens.
pub(super) const QUESTIONS: &[&str] = &[
    "Rust in de wissel tussen twee huizen, en één overzicht van wie wat doet.",
    "Ouders willen weer kunnen overleggen zonder dat het oploopt.",
    "Er komen veel mensen over de vloer en niemand heeft het geheel.",
    "Het gaat op school niet goed sinds de scheiding; ouders vragen mee te kijken.",
    "Wie praat met de kinderen over wat er thuis verandert?",
    "Ouders vragen hulp bij afspraken over de weekenden en de vakanties.",
    "Steun voor een ouder die het alleen doet en geen netwerk dichtbij heeft.",
    "Een plan dat ook houdt als het een week tegenzit.",
];

/// What was explained when consent was asked.
pub(super) const EXPLAINED: &[&str] = &[
    "Uitgelegd wat hulp inhoudt, dat het vrijwillig is en dat stoppen altijd kan.",
    "Besproken wie wat te weten komt en waarom; vragen beantwoord.",
    "Verteld wat er wordt opgeschreven en wie dat mag lezen.",
];

/// Why somebody says no, or no longer yes.
pub(super) const REFUSALS: &[&str] = &[
    "Wil eerst zelf met de andere ouder praten.",
    "Heeft hier nu geen ruimte voor.",
    "Vindt dat er al genoeg mensen meekijken.",
];

/// What somebody can offer.
pub(super) const OFFERED: &[&str] = &[
    "Komt elke dinsdag na school en belt beide huizen de avond ervoor.",
    "Kan wekelijks een uur met de kinderen werken en denkt mee over de overdracht.",
    "Is elke dag op school bereikbaar en let op hoe de week begint.",
    "Kan om de week thuis komen en helpt het ritme vast te houden.",
];

/// What somebody cannot offer.
pub(super) const NOT_OFFERED: &[&str] = &[
    "Komt niet in de schoolvakanties en is 's avonds niet bereikbaar.",
    "Kan geen gesprekken tussen de ouders leiden.",
    "Weet niets van geldzaken en verwijst daarvoor door.",
];

/// Why something ended or changed.
pub(super) const REASONS: &[&str] = &[
    "Het doel is voor het gezin goed genoeg bereikt.",
    "Andere verdeling van het werk in het team.",
    "Het gezin wil het nu zelf proberen.",
    "Langer nodig dan gedacht; met het gezin besproken.",
];

/// What a successor must know.
pub(super) const SUMMARIES: &[&str] = &[
    "Beide ouders willen rust; de wissel op vrijdag is het moeilijkst. Bel eerst, kom dan.",
    "Het plan loopt. De school belt bij zorgen. De evaluatie staat over zes weken.",
];

/// What somebody wrote down wrong.
pub(super) const MISTAKES: &[&str] = &["Verkeerd gespeld bij de intake.", "Bij vergissing zo opgeschreven."];
