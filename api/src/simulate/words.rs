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

/// Goals, in the words of a family.
pub(super) const GOALS: &[&str] = &[
    "Op vrijdag gaat de wissel zonder dat de kinderen er buikpijn van hebben.",
    "We weten op zondag wie wat doet in de week die komt.",
    "Er is elke avond een half uur rust voor het slapengaan.",
    "De kinderen hoeven niets door te geven tussen twee huizen.",
    "Ik slaap weer door en heb iemand om mee te praten.",
    "Op school gaat het weer zoals voor de zomer.",
    "We eten drie keer in de week samen aan tafel.",
    "De kinderen mogen het in beide huizen goed hebben.",
];

/// The same, said in other words later.
pub(super) const GOALS_REWORDED: &[&str] = &[
    "De wissel gaat rustig, ook als het een week tegenzit.",
    "Iedereen weet wat er deze week gebeurt, de kinderen ook.",
];

/// What somebody does for it.
pub(super) const ACTIONS: &[&str] = &[
    "Een weekkaart maken die in beide huizen hangt.",
    "Op dinsdag bellen over het huiswerk.",
    "De juf vertellen wat er thuis verandert.",
    "Een vast moment afspreken voor de overdracht.",
    "Uitzoeken wie op woensdag kan oppassen.",
    "De tas op donderdag klaarzetten.",
    "Een gesprek plannen met de huisarts.",
    "De vakantie op papier zetten, met de dagen erbij.",
];

/// Why a day is moved.
pub(super) const MOVED: &[&str] = &["Het kwam er door ziekte niet van.", "Er is eerst nog een gesprek nodig."];

/// What somebody wants with a plan they agree to.
pub(super) const RESERVED: &[&str] =
    &["Als het na de zomer opnieuw bekeken wordt.", "Ja, zolang de weekenden blijven zoals ze zijn."];

/// What came up when a plan was looked at together.
pub(super) const EVALUATED: &[&str] = &[
    "Samen gekeken: de week loopt beter, de overdracht vraagt nog aandacht.",
    "Het gaat zoals afgesproken; iedereen wil zo verder.",
    "Het plan past niet meer bij de nieuwe werktijden en wordt aangepast.",
    "De kinderen merken verschil; het gezin doet steeds meer zelf.",
];

/// What was said in a contact moment, in one line.
pub(super) const CONTACTS: &[&str] = &[
    "Belde over de wissel van vrijdag; wil weten wie er ophaalt.",
    "Vertelde dat het deze week rustiger gaat.",
    "Vroeg hoe lang het nog duurt voordat de hulp begint.",
    "Kwam langs om het plan door te nemen.",
    "Maakt zich zorgen over hoe het op school gaat.",
    "Wil de afspraak verzetten naar volgende week.",
    "Bedankte voor het meedenken en gaat zelf verder met het rooster.",
    "Liet weten dat de kinderen goed geslapen hebben.",
];

/// Who calls from outside.
pub(super) const OUTSIDE: &[&str] =
    &["de intern begeleider van school", "de huisartsenpraktijk", "een oma", "de buurvrouw"];

/// What somebody asked in a contact moment.
pub(super) const ASKED: &[&str] =
    &["Wanneer het volgende gesprek is.", "Of de school mee mag lezen in het plan.", "Wie er belt als het niet lukt."];

/// What a conflict is about.
pub(super) const CONFLICTS: &[&str] = &[
    "Over de verdeling van de vakanties en de feestdagen.",
    "Over geld voor kleding en sport.",
    "Over de tijden van ophalen en brengen.",
    "Over wat er tegen de kinderen gezegd wordt.",
];

/// What is seen when people still talk it over.
pub(super) const SEEN_TOGETHER: &[&str] =
    &["Noemt wat lastig is en vraagt wat de ander nodig heeft.", "Wacht een dag met antwoorden en houdt het kort."];

/// What is seen when it takes somebody from outside.
pub(super) const SEEN_OUTSIDE: &[&str] = &[
    "Praat liever via een derde; noemt vooral wat de ander eerder deed.",
    "Zoekt steun bij familie en leest berichten een paar keer na.",
];

/// What is seen when safety and rest come first.
pub(super) const SEEN_SAFETY: &[&str] = &[
    "Wil niet meer in dezelfde ruimte zijn; spreekt over winnen en verliezen.",
    "Dreigt met de rechter en slaapt slecht.",
];

/// What set off a flare-up.
pub(super) const TRIGGERS: &[&str] = &[
    "Een bericht over een gemiste training.",
    "Het kind kwam een half uur later terug dan afgesproken.",
    "Een rekening die bleef liggen.",
];

/// What somebody did then.
pub(super) const REACTIONS: &[&str] =
    &["Stuurde twaalf berichten op een avond.", "Liep weg en belde de volgende dag.", "Verhief de stem bij de deur."];

/// What a calm time was like.
pub(super) const CALM: &[&str] = &["Alleen per mail overlegd, en dat gaf rust.", "Twee weken niets hoeven regelen."];

/// On what the form of parenthood rests.
pub(super) const FORMS: &[&str] =
    &["Uit drie gesprekken met ieder apart.", "Hoe de afspraken van dit voorjaar tot stand kwamen."];

/// What a court decides on contact.
pub(super) const RULED_CONTACT: &[&str] = &[
    "Om het weekend van vrijdag tot zondag, en de helft van de vakanties.",
    "Elke woensdagmiddag, in opbouw naar een nacht.",
];

/// What it decides on residence.
pub(super) const RULED_RESIDENCE: &[&str] = &["Het hoofdverblijf is bij de ouder die de aanvraag deed."];

/// What it decides on who is told what.
pub(super) const RULED_INFORMATION: &[&str] = &["De ene ouder vertelt de andere elke maand per mail hoe het gaat."];

/// What it decides on supervision.
pub(super) const RULED_ORDER: &[&str] = &["Ondertoezichtstelling voor een jaar."];

/// Help that runs.
pub(super) const PRODUCTS: &[&str] = &[
    "ambulante begeleiding gezin",
    "kindgesprekken na scheiding",
    "opvoedondersteuning thuis",
    "traumabehandeling kort",
    "begeleide omgang",
];

/// Why help went up.
pub(super) const STEPS_UP: &[&str] =
    &["Wat de school en het netwerk doen is niet genoeg.", "Het gezin vraagt om hulp die elke week komt."];

/// Why it went down.
pub(super) const STEPS_DOWN: &[&str] =
    &["Het gezin kan het met lichtere steun.", "De doelen zijn voor nu goed genoeg bereikt."];

/// Why help is asked for longer.
pub(super) const EXTENDED: &[&str] =
    &["Het kind is net begonnen te vertellen.", "Na de verhuizing is er meer tijd nodig."];

/// Why people sit together.
pub(super) const OCCASIONS: &[&str] = &[
    "Er zijn vier mensen bij betrokken en het geheel is zoek.",
    "Het gaat op school en thuis anders; samen kijken wat helpt.",
];

/// What came of it.
pub(super) const CAME_OF_IT: &[&str] =
    &["Iedereen weet wie wat doet; over zes weken weer.", "Rustig gesprek; de ouders kozen zelf de eerste stap."];

/// What was agreed there.
pub(super) const AGREED: &[&str] =
    &["De school mailt elke vrijdag naar beide huizen.", "Een vaste bel-avond op zondag."];

/// What children say.
pub(super) const VOICES: &[&str] = &[
    "Ik wil dat ze ophouden met praten via mij.",
    "Bij de een heb ik mijn eigen kamer, bij de ander slaap ik op de bank.",
    "Ik vind het fijn als er niemand boos is.",
    "Mag ik ook een keer kiezen waar ik mijn verjaardag vier?",
];

/// What is seen of a child.
pub(super) const SIGNALS: &[&str] =
    &["Slaapt pas na elven in.", "Eet weinig op de dag van de wissel.", "Is stiller in de klas."];

/// What informal support is for, in the words of a family.
pub(super) const SUPPORT: &[&str] =
    &["Even lucht, een middag in de week.", "Iemand die leuke dingen doet met ons kind."];

/// What those around a family say of working together.
pub(super) const TOGETHER: &[&str] =
    &["We bellen elkaar eerder dan een half jaar terug.", "Het gaat beter nu iedereen hetzelfde plan leest."];
