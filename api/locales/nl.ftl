# Words that people read, in plain Dutch (B1). `refusal-<code>`: what is wrong and what to do; its arguments are the details of the
# refusal by their names. Blames nobody (rule 34). The same keys stand in en.ftl, in the same order.

## Any command (decider)

refusal-occurred-in-future = { $details ->
        [told] { $occurred } ligt
       *[kept] De dag waarop het gebeurde ligt
    } nog in de toekomst. Leg vast wat al gebeurd is, of kies een eerdere datum.
refusal-backdated = Dit geldt vanaf het moment dat u het vastlegt. { $details ->
        [told] De datum { $occurred } ligt daarvoor: laat die datum weg.
       *[kept] Een eerdere datum past niet: laat die weg.
    }
refusal-learnt-out-of-order = De dag waarop u het hoorde{ $details ->
        [told] {" "}({ $learnt }) past niet bij de dag waarop het gebeurde ({ $occurred })
       *[kept] {" "}past niet bij de dag waarop het gebeurde
    }. Controleer beide datums.

## The life of a case

refusal-case-already-opened = Deze casus is al geopend, op { $since }. Werk verder in de bestaande casus.
refusal-case-unknown = Deze casus is er niet. Controleer welke casus u bedoelt.
refusal-case-not-open = Deze casus is afgerond op { $closed }. Open de casus eerst opnieuw. Melden wat er gebeurd is, kan altijd.
refusal-case-not-closed = Deze casus is open sinds { $since }. Opnieuw openen is niet nodig.
refusal-case-without-people = Een casus gaat over mensen. Voeg ten minste één kind en een ouder of verzorger toe.
refusal-case-without-child = Een casus gaat over ten minste één kind. Voeg het kind toe met de geboortedatum.
refusal-person-key-twice = Twee personen in deze opdracht hebben dezelfde sleutel. Geef elke persoon een eigen sleutel.
refusal-person-key-unknown = Een sleutel in de lijst { $list } hoort bij geen van de personen in deze opdracht. Gebruik de sleutel van een persoon die u toevoegt.
refusal-opening-without-consent = { $children_without ->
        [one] Voor 1 kind is er nog geen toestemming voor hulp
       *[other] Voor { $children_without } kinderen is er nog geen toestemming voor hulp
    } van iemand die daarover mag beslissen. Vraag die toestemming, of noem een andere grond: een besluit volgens de meldcode of een maatregel.
refusal-signal-without-consent = Er is geen volledige toestemming om dit signaal te delen: iemand is niet gevraagd of zei nee. Vraag ieder die erover gaat. Zonder toestemming kan het alleen na een besluit volgens de meldcode.
refusal-signal-already-linked = Dit signaal hoort al bij deze casus. U hoeft niets meer te doen.
refusal-regie-not-handed-back = { $details ->
        [told] { $open_tasks ->
            [one] Er is nog 1 taak van de regiehouder
           *[other] Er zijn nog { $open_tasks } taken van de regiehouder
        }
       *[kept] Er zijn nog taken van de regiehouder
    } niet teruggegeven aan de familie. Geef de regie terug en rond de casus daarna af.
refusal-departure-rule-unknown = Deze regel kent het systeem niet. Kies een van deze: { $known }.
refusal-audience-fact-unknown = Dit feit staat niet in deze casus. Controleer welk feit u bedoelt.
refusal-audience-empty = Zo mag niemand dit feit zien. Kies wie het mag weten.
refusal-audience-protected = Dit feit gaat over iemand van wie de verblijfplaats is afgeschermd. Het mag niet aan meer mensen worden getoond. Kies minder mensen, of hef eerst samen met die persoon en een collega de afscherming op.

## Consent

refusal-consent-unknown = Deze toestemming staat niet in deze casus. Controleer welke toestemming u bedoelt, of leg haar eerst vast.
refusal-consent-already-withdrawn = Deze toestemming is al ingetrokken. U hoeft niets meer te doen.
refusal-notice-unknown = Dit bericht is er niet voor u. Kijk op uw werklijst welke berichten op u wachten.
refusal-notice-already-confirmed = U hebt dit bericht al bevestigd. U hoeft niets meer te doen.
refusal-consent-not-granted = Deze toestemming is niet gegeven: er valt niets in te trekken.
refusal-consent-before-given = De toestemming is gegeven op { $given } en kan niet eerder ingaan. De eerste dag is nu { $from }: kies { $given } of later.
refusal-exception-not-for-age = Deze uitzondering past niet bij de leeftijd op die dag. Controleer de dag en de grond.
refusal-exception-without-refusal = Niemand met gezag zei hier nee. Vraag eerst toestemming; blijft het kind de hulp willen na een nee, leg dat dan vast.
refusal-exception-unknown = Deze uitzondering staat niet in deze casus. Controleer welke u bedoelt.
refusal-exception-over = Deze uitzondering is dan al voorbij. U hoeft niets meer te doen.

## People

refusal-person-unknown = Een persoon die u noemt, staat niet in deze casus. Voeg de persoon eerst toe, of kies iemand uit de casus.
refusal-person-already-in-case = Iemand met dezelfde naam en geboortedatum staat al in deze casus. Gebruik die persoon. Is het iemand anders, vul dan de geboortedatum in of maak de naam duidelijker.
refusal-until-before-from = { $details ->
        [told] De laatste dag ({ $until }) ligt voor de eerste dag ({ $from })
       *[kept] De laatste dag ligt voor de eerste dag
    }. Controleer beide datums.
refusal-birth-date-impossible = Deze geboortedatum kan niet kloppen. Kies een datum tussen 1900 en vandaag.
refusal-authority-over-adult = { $details ->
        [told] Op { $from } is deze persoon { $age } jaar
       *[kept] Deze persoon is op die dag meerderjarig
    }. Vanaf 18 jaar heeft niemand meer gezag. Controleer de eerste dag en de geboortedatum.
refusal-authority-before-birth = { $details ->
        [told] Gezag kan niet beginnen op { $from }: dat is voor de geboortedatum
       *[kept] Gezag kan niet beginnen voor de geboortedatum
    }. Controleer beide datums.
refusal-holder-is-child = Een kind kan geen gezag over zichzelf hebben. Kies wie het gezag heeft.
refusal-holders-do-not-fit = { $kind ->
        [joint_parents] Bij gezamenlijk gezag van ouders noemt u precies 2 personen.
        [one_parent] Bij gezag van één ouder noemt u precies 1 persoon.
        [joint_with_other] Bij gezamenlijk gezag van een ouder en een ander noemt u precies 2 personen.
        [guardianship] Bij voogdij noemt u ten hoogste { $fits } personen.
       *[other] Bij deze vorm van gezag noemt u geen personen.
    } U noemde er { $holders }.
refusal-holders-not-different = Dezelfde persoon is twee keer genoemd. Noem iedereen met gezag één keer.
refusal-self-recognition = Niemand kan zichzelf erkennen. Kies de ouder die het kind heeft erkend.
refusal-recognition-before-birth = Een erkenning gaat op zijn vroegst in bij de geboorte. { $details ->
        [told] { $from } ligt daarvoor: kies
       *[kept] Kies
    } de geboortedatum of later.
refusal-names-in-text = In de tekst staat de naam van iemand uit deze casus. Geef bij ‘mentions’ aan om wie het gaat, of schrijf de tekst zonder de naam.

## Households

refusal-household-unknown = Dit huishouden staat niet in deze casus. Leg het eerst vast, of kies een huishouden uit de casus.
refusal-label-not-neutral = { $holds ->
        [number] In de naam van dit huishouden staat een getal.
        [street] In de naam van dit huishouden staat een straat.
        [address] In de naam van dit huishouden staat een woord uit een adres.
       *[other] De naam van dit huishouden zegt te veel over de plek.
    } Kies een neutrale naam, zoals ‘bij mama’ of ‘huishouden A’.
refusal-label-taken = Een ander huishouden in deze casus heet al zo. Kies een andere neutrale naam.
refusal-membership-overlaps = Deze persoon woont in die tijd al in dit huishouden{ $details ->
        [told] , vanaf { $from }
       *[kept] {""}
    }. Controleer de datums.
refusal-not-a-member = Deze persoon woont op die dag niet in dit huishouden. Controleer de datum en het huishouden.
refusal-membership-not-begun = Op { $last_day } woonde deze persoon hier nog niet. Kies een latere laatste dag.
refusal-membership-already-ended = { $last_day } staat al vast als laatste dag in dit huishouden. U hoeft niets meer te doen.

## Protection of locating data

refusal-already-protected = Deze gegevens zijn al afgeschermd. U hoeft niets meer te doen.
refusal-not-protected = Voor deze persoon is niets afgeschermd: er valt niets op te heffen.
refusal-lifting-already-proposed = Er is al voorgesteld om deze afscherming op te heffen. Een tweede medewerker kan dat bevestigen.
refusal-lifting-not-proposed = Er is nog geen voorstel om deze afscherming op te heffen. Leg eerst een voorstel vast, met instemming van de beschermde persoon.
refusal-second-person-needed = Opheffen bevestigt een tweede medewerker. U deed het voorstel, of u werkt namens wie dat deed: vraag een collega.

## Regie: dates

refusal-from-in-past = De eerste dag ({ $from }) ligt voor de dag waarop dit is afgesproken ({ $occurred }). Kies een latere eerste dag, of geef aan wanneer het is afgesproken.
refusal-before-case-opened = De eerste dag ({ $from }) ligt voor de dag waarop de casus is geopend ({ $opened }). Kies die dag of een latere.

## Regie: professionals who join

refusal-consent-to-join-missing = { $details ->
        [told] Voor { $day } is er
       *[kept] Er is
    } geen volledige toestemming van de familie dat deze professional meedoet: iemand is niet gevraagd of zei nee. Vraag ieder die erover gaat. Anoniem advies, de rechter, Veilig Thuis en de Raad blijven open. Doet de professional al mee, meld dat dan met de reden.
refusal-party-present = Deze professional is in die tijd al betrokken{ $details ->
        [told] , vanaf { $since }
       *[kept] {""}
    }. Nog een keer toevoegen is niet nodig. Gaat het om een eerdere periode die voorbij is, meld die dan met de laatste dag.
refusal-party-absent = Deze professional is op die dag niet betrokken bij deze casus. Controleer de datum en de professional. Klopt een vastgelegde laatste dag niet, verbeter die dan.
refusal-nothing-to-explain = Er is toestemming dat deze professional meedoet, dus er valt niets uit te leggen. Laat de uitleg weg.

## Regie: the case director

refusal-director-present = Deze casus heeft al een regiehouder{ $details ->
        [told] , vanaf { $since }
       *[kept] {""}
    }. Wisselen van regiehouder gaat met een overdracht.
refusal-no-director = Op { $day } is er geen regiehouder. Spreek eerst een regiehouder af, of kies een andere dag. Klopt een vastgelegde laatste dag niet, verbeter die dan.
refusal-agreement-missing = Nog niemand van de familie of het netwerk is het eens met deze regiehouder. Spreek het met hen af en noem wie ermee instemde.
refusal-tasks-missing = Er zijn geen taken genoemd. Spreek ten minste één taak af.
refusal-task-twice = De taak { $task ->
        [overview] ‘overzicht’
        [course] ‘koers’
        [calm] ‘rust’
        [plan] ‘plan’
        [contacts] ‘contacten’
        [evaluation] ‘evaluatie’
       *[other] ‘{ $task }’
    } staat er twee keer. Noem elke taak één keer.
refusal-task-not-open = De taak { $task ->
        [overview] ‘overzicht’
        [course] ‘koers’
        [calm] ‘rust’
        [plan] ‘plan’
        [contacts] ‘contacten’
        [evaluation] ‘evaluatie’
       *[other] ‘{ $task }’
    } ligt op { $day } niet bij de regiehouder en kan niet worden teruggegeven. Kies een andere taak.

## Regie: handover

refusal-handover-open = Er loopt al een overdracht. Wacht op het antwoord van de opvolger, of beëindig die overdracht eerst.
refusal-handover-unknown = Deze overdracht staat niet in deze casus. Controleer welke overdracht u bedoelt.
refusal-handover-closed = Deze overdracht is al afgerond. Bied de regie opnieuw aan als dat nodig is.
refusal-successor-is-director = Deze collega is al regiehouder. Kies iemand anders als opvolger.
refusal-may-not-offer = De regiehouder biedt de overdracht aan. Kan dat niet, dan doet een jeugdconsulent toegang of teamleider het.
refusal-not-the-successor = Alleen de gevraagde opvolger kan de samenvatting lezen en de overdracht aannemen.
refusal-may-not-end-handover = Deze overdracht kan worden beëindigd door de opvolger of de regiehouder; is de regiehouder er niet, dan door de waarnemer of een teamleider. Vraag een van hen.
refusal-planned-in-past = De geplande dag ({ $planned }) is al voorbij. Kies vandaag ({ $today }) of later.
refusal-summary-not-read = Lees eerst de samenvatting. Daarna kunt u de overdracht aannemen.
refusal-family-not-asked = De familie is nog niet gevraagd naar deze opvolger. Vraag het, en leg vast wat zij zeggen.
refusal-family-said-no = Iemand van de familie heeft moeite met deze opvolger en zei nee. Kies een andere opvolger, of bied de overdracht opnieuw aan met de reden waarom het toch deze collega wordt.
refusal-family-word-unreadable = Wat iemand van de familie over deze opvolger zei kan nu niet worden gelezen, door een storing; het kan een nee zijn geweest. De beheerder moet eerst de sleutel herstellen.

## Regie: deputy

refusal-deputy-present = Er is in die tijd al een waarnemer{ $details ->
        [told] , vanaf { $since }
       *[kept] {""}
    }. Kies andere dagen, of beëindig die waarneming eerst.
refusal-deputy-absent = Op { $day } is er geen waarnemer. Controleer de datum. Klopt een vastgelegde laatste dag niet, verbeter die dan.
refusal-deputy-unknown = Deze collega heeft in dit dossier nooit waargenomen. Kies de waarnemer, of wijs er eerst een aan.
refusal-nobody-told = Er is niemand genoemd. Vermeld wie van de familie het is verteld.
refusal-deputy-is-director = De regiehouder kan niet voor zichzelf waarnemen. Kies een collega.
refusal-deputy-too-long = Een waarnemer kan tot en met { $last_day_allowed }. { $until } is later: kies een eerdere dag, of begin een overdracht.
refusal-may-not-appoint = Een waarnemer wordt gekozen door de regiehouder, een jeugdconsulent toegang of een teamleider. Vraag een van hen.

## Divorce: one plan or two

refusal-plans-already-split = Er is al een plan per huishouden. U hoeft niets meer te doen.
refusal-too-few-households = Van één plan naar twee plannen kan met ten minste twee huishoudens. Kies welke huishoudens een eigen plan krijgen.
refusal-wish-missing = Niet elke ouder heeft gezegd twee plannen te willen. Vraag het aan wie nog niet is gevraagd, of kies een andere grond.
refusal-plan-not-split = Er is één plan voor de hele familie. Een coördinator per huishouden kan als er een plan per huishouden is.
refusal-household-without-plan = Dit huishouden heeft geen eigen plan. Kies een huishouden dat een eigen plan kreeg.
refusal-coordinator-present = Dit huishouden heeft in die tijd al een coördinator. Kies andere dagen, of leg eerst vast wanneer die stopt.
refusal-coordinator-absent = Deze collega is op die dag geen coördinator van dit huishouden. Controleer het huishouden en de datum.
refusal-two-plans-not-ready = Twee plannen op grond van herkenning kan nog niet. { $details ->
        [told] Er staat nog open: { $open ->
            [recognition] de herkenning van een complexe scheiding
            [vision] de visie delen met wie die nog niet hoorde
            [acceptance] dat iedere ouder het aanneemt
           *[other] meer dan één stap: herkenning, de visie met iedere ouder en ieder kind, of dat iedere ouder het aanneemt
        }. Onder de details staat wie de visie nog niet hoorde en wie het nog niet heeft aangenomen.
       *[kept] Herken de scheiding, deel de visie met iedere ouder en ieder kind, en vraag iedere ouder.
    }
refusal-not-a-parent = Het aanbod van twee plannen en de wens zijn van de ouders. Kies een ouder van deze casus.
refusal-nobody-declines = Geen ouder heeft nee gezegd. Ga met de hele familie van één plan naar twee plannen, of wacht op een antwoord.
refusal-professionals-already-apart = De professionals werken al met een plan per huishouden. U hoeft niets meer te doen.
refusal-item-unassigned = Niet alles wat loopt heeft een plek. Geef elk doel en elke actie een huishouden, de laag van de kinderen of een minimale afspraak, of sluit het af. Onder de details staat wat nog openstaat.
refusal-item-assigned-twice = Een doel of actie krijgt twee plekken. Geef elk één plek.
refusal-item-not-running = Wat u een plek geeft, loopt niet in het plan dat wordt opgesplitst of samengevoegd. Haal het uit de lijst.
refusal-item-of-another-household = Dit gaat alleen over mensen van een ander huishouden. Geef het daar een plek, of sluit het af.
refusal-child-layer-without-child = In de laag van de kinderen staat wat over een kind gaat. Zeg over welk kind, of kies een huishouden.
refusal-agreement-binds-too-few = Een minimale afspraak is tussen volwassenen van ten minste twee huishoudens. Kies wie de afspraak bindt, of leg eerst vast wie waar woont.
refusal-agreement-unknown = Deze minimale afspraak is er niet, of is al beëindigd.
refusal-joining-not-agreed = Niet elke ouder is akkoord met weer één plan. Vraag het aan wie nog niet akkoord is.
refusal-not-shareable = Veilig om te delen kan zijn: wie de regie heeft, wat in de laag van de kinderen staat, en een minimale afspraak.
refusal-already-safe = Dit is al gemerkt als veilig om te delen.
refusal-not-marked-safe = Dit is niet gemerkt als veilig om te delen. U hoeft niets te doen.
refusal-advice-unknown = Deze vraag aan het scheidingsadviesteam is er niet. Controleer welke vraag u bedoelt, of laat die weg.
refusal-for-the-director = Dit beslist de regiehouder of de waarnemer.
refusal-plans-not-apart = Er is één plan voor de hele familie. Samenvoegen is niet nodig.
refusal-no-plan-to-offer = De laag van de kinderen en een minimale afspraak zijn geen plan dat wordt voorgelegd of geëvalueerd. Kies het plan van een huishouden.

## Divorce: advice team and DOnS

refusal-sat-scope-empty = Noem over wie de vraag gaat, of stel de vraag anoniem.
refusal-sat-consent-missing = Voor niemand van wie u noemt is de toestemming om te delen rond. Vraag wie nog niet is gevraagd, of stel de vraag anoniem.
refusal-sat-unknown = Deze vraag aan het scheidingsadviesteam staat niet in deze casus. Controleer welke vraag u bedoelt.
refusal-sat-already-accepted = Een adviseur heeft deze vraag al aangenomen. U hoeft niets meer te doen.
refusal-sat-over = Deze vraag aan het scheidingsadviesteam is afgerond. Stel zo nodig een nieuwe vraag.
refusal-not-the-sat-team = Deze vraag wordt aangenomen door een adviseur van het team dat is gevraagd. Vraag een van hen.
refusal-duo-is-one-person = Twee familievertegenwoordigers zijn twee verschillende mensen. Kies een tweede collega.
refusal-duo-present = In die tijd loopt al een DOnS-traject. Kies een latere dag, of leg eerst vast wanneer dat traject eindigt.
refusal-dons-absent = Dit DOnS-traject loopt niet op die dag. Controleer het traject en de datum.

## Sharing with somebody outside

refusal-share-empty = Noem over wie u iets deelt en om welke gegevens het gaat.
refusal-sharing-consent-missing = De toestemming om dit te delen is niet rond. Vraag wie nog niet is gevraagd. Anoniem advies, de gronden in de wet, Veilig Thuis en de Raad blijven open.
refusal-recipient-not-named = Er is toestemming om te delen, maar niet met deze ontvanger. Vraag of het ook met deze ontvanger mag.
refusal-share-unknown = Deze deling staat niet in deze casus. Controleer welke u bedoelt.
refusal-share-already-withdrawn = Deze deling is al ingetrokken. U hoeft niets meer te doen.

## Corrections

refusal-fact-unknown = Dit feit staat niet in deze casus. Controleer welk feit u bedoelt.
refusal-fact-struck-out = Dit feit is al doorgehaald. Wilt u het terug, haal dan de correctie door.
refusal-correction-superseded = Een latere verbetering van hetzelfde feit kwam in de plaats van deze. Haal eerst de latere door.
refusal-fact-cannot-be-struck-out = Dit feit kan niet worden doorgehaald: zonder dit feit is er geen casus, of zou een veiligheidsspoor eindigen zonder tweede persoon. Verbeter wat er niet klopt.
refusal-correction-does-not-fit = Deze verbetering past niet bij dit soort feit. Kies de vorm die bij het feit hoort, of haal het door en leg het opnieuw vast.
refusal-correction-changes-nothing = Met deze verbetering blijft het feit hetzelfde. U hoeft niets te doen.
refusal-correction-of-erased = Een deel van dit feit is vernietigd op verzoek en kan niet opnieuw worden geschreven. Haal het feit door en leg vast wat nu geldt.
refusal-correction-of-unreadable = Een deel van dit feit is nu niet te lezen. Dat is een storing: meld het bij de beheerder en probeer het daarna opnieuw.
refusal-correction-breaks-history = Hiermee klopt niet meer wat later is vastgelegd. Verbeter eerst de latere feiten, of leg ze in één keer mee opzij als ze ook in een ander dossier horen.
refusal-nothing-set-aside = Er is geen feit genoemd. Kies welke feiten u bedoelt.
refusal-set-aside-stays = Dat iets opzij is gelegd blijft staan. Hoort het feit hier toch, breng het dan terug.
refusal-set-aside-unknown = Dit is niets wat opzij ligt, of het is al teruggebracht. Controleer wat u bedoelt.
refusal-protection-weakened = Door deze verbetering zou iemand minder afgeschermd zijn. Stel voor de afscherming op te heffen, met instemming van die persoon, en vraag een collega dat te bevestigen.

## Drafts

refusal-draft-for-nothing = Zeg waarmee u dit wilt vastleggen: de naam van de handeling, zoals recordContact.
refusal-too-many-drafts = U heeft zoveel concepten als er kunnen zijn. Leg er een vast, of gooi er een weg.

## Signals

refusal-signal-already-raised = Dit signaal is al vastgelegd. U hoeft niets meer te doen.
refusal-signal-unknown = Dit signaal is er niet. Controleer welk signaal u bedoelt.
refusal-signal-already-set-aside = Dit signaal is al weggelegd. U hoeft niets meer te doen.
refusal-signal-is-linked = Dit signaal hoort bij een casus en kan niet meer worden weggelegd. Bespreek het in die casus.
refusal-signal-names-somebody = Een signaal noemt niemand. In de tekst staat iets dat naar een persoon leidt, zoals een telefoonnummer, BSN, e-mailadres of postcode. Haal dat weg.

## Duties of workers

refusal-seen-by-another = Alleen uzelf kunt zeggen wat u hebt gezien.
refusal-self-assigned-duty = Deze taak kunt u niet aan uzelf geven, en niet aan wie u vertegenwoordigt. Vraag een collega.
refusal-duty-without-end = Bereikbaarheidsdienst heeft een laatste dag, uiterlijk { $last_day_allowed }. Kies er een.
refusal-duty-too-long = Bereikbaarheidsdienst kan hier tot en met { $last_day_allowed }. { $until } is later: kies een eerdere dag, en plan de rest apart.
refusal-duty-present = Deze medewerker heeft die taak voor deze organisatie al in die tijd, vanaf { $since }. Kies andere dagen, of beëindig eerst de andere.
refusal-duty-absent = Op { $day } heeft deze medewerker die taak niet voor deze organisatie. Controleer de dag.

## Workers who are kept out

refusal-worker-excluded = Deze medewerker is uitgesloten van deze casus en kan er geen rol in krijgen. Kies iemand anders.
refusal-already-excluded = Deze medewerker is al uitgesloten van deze casus. U hoeft niets meer te doen.
refusal-not-excluded = Deze medewerker is niet uitgesloten van deze casus: er valt niets op te heffen.
refusal-excluded-cannot-lift = Wie is uitgesloten, heft dat niet zelf op. Vraag een collega.
refusal-lifted-by-another = U sloot deze medewerker uit, of u werkt namens wie dat deed. Een andere collega kan het opheffen.
refusal-exclusion-weakened = Door deze verbetering zou een medewerker niet meer uitgesloten zijn. Vraag een collega de uitsluiting op te heffen, met de reden.

## Who represents somebody

refusal-representative-present = Deze medewerker vertegenwoordigt deze persoon in die tijd al{ $details ->
        [told] , vanaf { $since }
       *[kept] {""}
    }. Kies andere dagen, of beëindig eerst de andere.
refusal-representative-absent = Deze medewerker vertegenwoordigt deze persoon op die dag niet. Controleer de dag en de persoon.

## Emergency access

refusal-emergency-open = U hebt in deze casus al noodtoegang, tot { $until }. Nog een keer openen is niet nodig.
refusal-emergency-too-long = Noodtoegang duurt ten minste 1 uur en ten hoogste { $hours_allowed } uur. Kies een kortere tijd; daarna kunt u opnieuw openen.
refusal-emergency-unknown = Deze noodtoegang staat niet in deze casus. Controleer welke u bedoelt.
refusal-emergency-over = Deze noodtoegang is voorbij sinds { $since }. U hoeft niets meer te doen.
refusal-may-not-end-emergency = Deze noodtoegang eindigt eerder door wie hem heeft, door de regiehouder of door de waarnemer. Vraag een van hen.
refusal-emergency-reviewed = Deze noodtoegang is al beoordeeld. U hoeft niets meer te doen.
refusal-reviewed-by-another = Noodtoegang beoordeelt iemand anders dan wie hem had. Vraag een collega.
refusal-emergency-stays = Wat over noodtoegang is vastgelegd blijft staan: het wordt niet doorgehaald of verbeterd. Zet wat er nog bij hoort in de beoordeling.

## Crisis cards

refusal-card-for-a-child = Een crisiskaart gaat over een kind van deze casus. Kies het kind.
refusal-card-expired = De laatste dag van deze kaart ({ $expires }) is voorbij. Kies vandaag of een latere dag.
refusal-card-too-long = Een crisiskaart geldt hier tot en met { $last_day_allowed }. { $expires } is later: kies een eerdere dag, en schrijf de kaart op tijd opnieuw.

## The one plan

refusal-concerns-nobody = Zeg om wie het gaat: kies ten minste één persoon. Daaruit volgt wie het mag weten.
refusal-plan-frozen = Het plan van de familie is te lezen en ligt stil sinds er een plan per huishouden is. Kies het plan van een huishouden.
refusal-plan-not-yours = Een coördinator werkt in het plan van het eigen huishouden. Kies dat plan, of vraag de regiehouder.
refusal-goal-unknown = Dit doel staat niet in dit plan. Controleer welk doel u bedoelt.
refusal-goal-not-open = Dit doel is bereikt of teruggenomen. Neem het eerst weer op.
refusal-goal-open = Dit doel loopt al. U hoeft niets meer te doen.
refusal-goal-history-stays = Wat een doel was, blijft staan: het wordt niet doorgehaald of verbeterd. Zeg het doel anders, neem het terug of neem het weer op.
refusal-action-unknown = Deze actie staat niet in dit plan. Controleer welke actie u bedoelt.
refusal-action-over = Deze actie is voorbij. Spreek een nieuwe actie af als er nog iets moet gebeuren.
refusal-action-unchanged = Zo staat de actie er al. U hoeft niets meer te doen.
refusal-plan-empty = Er staat nog geen doel en geen actie in dit plan. Leg eerst vast wat de familie wil.
refusal-plan-asks-nobody = Het is niet bekend aan wie dit plan wordt voorgelegd. Leg eerst vast wie gezag heeft, of welke ouder in dit huishouden woont.
refusal-version-unknown = Deze versie van een plan is er niet. Controleer welke u bedoelt.
refusal-version-superseded = Er is later een andere versie voorgelegd. Maak die actief.
refusal-version-active = Deze versie is al actief. U hoeft niets meer te doen.
refusal-reservation-without-words = Een voorbehoud staat er in woorden. Schrijf op wat het voorbehoud is.
refusal-plan-not-answered = Nog niet iedereen om wie het gaat is gevraagd. Leg het plan voor aan wie nog niet is gevraagd, en leg vast wat ieder zegt.
refusal-refusal-without-reason = Niet iedereen om wie het gaat stemt in. Vraag het nog eens, of schrijf als regiehouder op waarom het plan toch ingaat en wat het belang van het kind is.
refusal-director-decides = Dat een plan ingaat terwijl iemand niet instemt, beslist de regiehouder of de waarnemer.
refusal-evaluated-with-nobody = Een evaluatie is met de familie. Zeg wie meedeed of wie is gehoord.
refusal-next-before-evaluation = De volgende evaluatie ({ $next }) ligt niet na deze ({ $evaluated }). Kies een latere dag.

## The family's own plan

refusal-no-parent-named = Zeg om welke ouder het gaat: kies er ten minste één.
refusal-own-plan-unknown = Dit eigen plan van de familie staat niet in deze casus. Controleer welk plan u bedoelt.
refusal-own-plan-presented = Dit eigen plan is al gegeven. U hoeft niets meer te doen.
refusal-own-plan-before = De afgesproken dag ({ $agreed }) ligt voor de dag waarop de familie begon ({ $taken }). Kies een latere dag.
## Contacten

refusal-contact-with-nobody = Een contact is met iemand. Kies met wie van het gezin, of schrijf met wie anders.
refusal-promise-without-words = Schrijf wat er beloofd is. Alleen terugbellen heeft geen woorden nodig.
refusal-promise-unknown = Deze belofte staat niet in deze casus. Controleer welke u bedoelt.
refusal-promise-already-settled = Hoe deze belofte afliep is al vastgelegd. Er hoeft niets meer te gebeuren.

## Wat kinderen zeggen

refusal-voice-of-a-child = Dit gaat over iemand die geen kind van deze casus is. Kies het kind.
refusal-audience-not-the-childs = Zeg precies voor wie dit is, zoals het kind het zei: genoemde medewerkers, de regiehouder, of op zijn ruimst wie voor dit kind werkt.
refusal-child-signal-unknown = Dit signaal staat niet in deze casus. Controleer welk u bedoelt.
refusal-voice-keeps-audience = Wat een kind zei wordt later niet aan anderen getoond. Vraag het het kind, en leg het opnieuw vast als het kind het goedvindt.

## Verklaringen

refusal-answer-of-a-person = Alleen iemand uit de casus antwoordt met een eigen verklaring op een passage. Kies wie het zei.
refusal-statement-unknown = Deze verklaring staat niet in deze casus. Controleer welke u bedoelt.
refusal-finding-about-nobody = Wat een instantie vaststelde gaat over iemand. Kies over wie.

## Verzoeken van buiten

refusal-requester-missing = Zeg wie het vraagt: iemand uit de casus, of een naam. Een ouder zonder gezag is iemand uit de casus.
refusal-request-about-nobody = Een verzoek gaat over iemand uit de casus. Kies over wie.
refusal-request-unknown = Dit verzoek staat niet in deze casus. Leg eerst het verzoek vast; zonder verzoek wordt niets gegeven.
refusal-request-already-decided = Over dit verzoek is al beslist. Een nieuwe vraag is een nieuw verzoek.
refusal-decided-alone = U beslist niet alleen over dit verzoek. Overleg met een collega of leidinggevende, en noem wie besliste.
refusal-given-nothing = Zeg welke soorten gegevens gegeven worden; noem er geen als het verzoek geweigerd wordt.
refusal-weighing-missing = Wat een ouder zonder gezag hoort wordt eerst gewogen: zou een ouder met gezag hetzelfde horen, en wat vraagt het belang van het kind? Schrijf beide op.
## Conflicts

refusal-conflict-unknown = Dit conflict staat niet in deze casus. Benoem het eerst, of controleer welk conflict u bedoelt.
refusal-conflict-needs-two = Een conflict is tussen mensen. Noem ten minste twee betrokkenen.
refusal-not-in-conflict = Iemand die u noemt is geen betrokkene bij dit conflict. Kies een van de betrokkenen, of benoem een ander conflict.
refusal-nobody-assessed = Noem ten minste één persoon over wie u dit vastlegt.
refusal-person-named-twice = Eén persoon staat er twee keer. Laat er een weg.
refusal-assessed-by-a-person = Een inschatting maakt een mens. Het systeem maakt er geen.
refusal-form-of-parents = Dit gaat over hoe ouders naast elkaar ouder zijn. Kies ouders.
refusal-effect-of-network = Dit gaat over wat iemand uit het netwerk met een conflict doet. Kies iemand uit het netwerk; hoe iemand in het conflict het zelf ervaart, legt u vast als trede.
refusal-stage-out-of-range = De ladder heeft treden { $lowest } tot en met { $highest }. Kies er een, of laat de trede weg als die niet te zeggen is.
refusal-energy-out-of-range = Energie is een deel van honderd: { $lowest } tot en met { $highest }.
refusal-calm-not-begun = Deze periode is nog niet begonnen of nog niet voorbij. Vandaag is het { $today }: kies vandaag of een eerdere dag, en laat het einde weg zolang het nog rustig is.

## How heavy help is

refusal-step-unknown = Deze stap in de hulp staat niet in deze casus. Controleer welke u bedoelt.
refusal-decided-by-nobody = Hierover besluit iemand. Noem wie.
refusal-level-out-of-range = Hulp heeft niveaus { $lowest } tot en met { $highest }. Kies er een.
refusal-about-nobody = Dit gaat om iemand van het gezin. Noem om wie.
refusal-involvement-unknown = Dat deze instantie erbij kwam staat niet in deze casus. Leg dat eerst vast, of controleer welke u bedoelt.
refusal-involvement-over = Deze instantie is er al weer af. U hoeft niets meer te doen.
## Conferences, reflection, schools

refusal-conference-unknown = Deze bijeenkomst staat niet in deze casus. Roep haar eerst bijeen, of controleer welke u bedoelt.
refusal-conference-held = Hoe deze bijeenkomst ging, is al vastgelegd. Verbeter wat er staat als het niet klopt.
refusal-conference-stopped = Dat deze bijeenkomst is gestopt, is al vastgelegd. Verbeter wat er staat als het niet klopt.
refusal-conference-about-nobody = Een bijeenkomst gaat over iemand van deze casus. Kies over wie.
refusal-conference-with-nobody = Er kwam niemand. Kies wie er was.
refusal-conference-without-family = Bij een netwerkberaad beslist de familie. Vraag ten minste iemand van het gezin of het netwerk die beslist.
refusal-attendee-twice = Iemand staat er twee keer. Noem iedereen één keer.
refusal-professional-decides = Bij een netwerkberaad beslist de familie; een hulpverlener informeert. Vraag de hulpverlener om te informeren. Ging het anders, leg het dan achteraf vast zoals het ging.
refusal-listener-twice = Iedereen wordt door een andere collega gehoord. Kies voor ieder een ander.
refusal-listener-was-there = Wie de bijeenkomst stopte, hoort niet ook de betrokkenen. Kies een collega.
refusal-explanation-without-departure = Er ging niets anders dan afgesproken, dus er valt niets uit te leggen. Laat de uitleg weg.
refusal-reflection-with-nobody = Reflecteren doet u met iemand. Noem wie erbij was.
refusal-reflection-without-words = Schrijf wat iemand zei: doen we nog het goede, of hoe doen we het samen.
refusal-spoke-twice = Wat iemand zei staat op twee plaatsen. Zet het bij elkaar.
refusal-next-before-reflection = De volgende reflectie ligt niet na deze. Kies een latere dag.
refusal-school-of-a-child = Dit gaat over een leerling: een kind of jongere van deze casus. Kies over wie het gaat.
refusal-intake-with-nobody = Er was niemand bij de intake. Noem wie er was, en van welke kant.
refusal-school-question-unknown = Deze vraag van school staat niet in deze casus. Controleer welke u bedoelt.
refusal-school-question-over = Hoe deze vraag van school afliep, is al vastgelegd. U hoeft niets meer te doen.
refusal-school-question-unchanged = Deze collega beantwoordt de vraag al. Kies een ander, of laat het zo.
refusal-reflection-of-another = Een eigen reflectie schrijft iemand alleen voor zichzelf. Schrijf die van uzelf.
refusal-reflection-names-somebody = Een eigen reflectie noemt niemand. Haal eruit wat naar iemand leidt: een naam, een nummer, een adres.

## Safety

refusal-lane-unknown = Dit veiligheidsspoor staat niet in deze casus, of is niet voor u. Leg eerst een veiligheidssignaal vast, of controleer welk u bedoelt.
refusal-lane-cleared = Dit veiligheidsspoor is al vrijgegeven. Is er een nieuw signaal, leg het dan apart vast: dat opent een nieuw spoor.
refusal-consulted-nobody = Er is niemand geraadpleegd. Noem een andere collega dan uzelf, of Veilig Thuis.
refusal-safety-audience = Wat over veiligheid wordt vastgelegd is voor de regiehouder, of voor medewerkers die u met name noemt. Kies een van beide.
refusal-cleared-by-another = Een veiligheidsspoor wordt vrijgegeven door een tweede persoon: niet wie het opende en niet wie meewoog. Vraag een collega voor wie dit spoor ook is.
refusal-lane-not-weighed = Dit veiligheidsspoor is nog niet gewogen. Weeg eerst, het liefst met de aandachtsfunctionaris.
refusal-report-not-made = Er is acute of structurele onveiligheid gezien, of besloten te melden. Meld eerst bij Veilig Thuis en leg dat vast; of weeg opnieuw.
refusal-answer-awaited = Er is gemeld bij Veilig Thuis. Vrijgeven kan als hun antwoord er is.
refusal-told-later-unknown = Wat later verteld wordt staat niet in deze casus, of is niet voor u. Controleer wat u bedoelt.
refusal-told-already = Deze persoon is al ingelicht. U hoeft niets meer te doen.
refusal-told-later-already = Dat deze persoon later wordt ingelicht is al besloten. Kijk daar opnieuw naar in plaats van opnieuw te besluiten.
refusal-joint-talk-barred = Eerst veiligheid: zolang een veiligheidsspoor openstaat, brengt u beide ouders niet bij elkaar, en een kind niet bij een volwassene om wie het gaat. Spreek ieder apart. Vond een gezamenlijk gesprek al plaats, leg het dan vast zoals het ging.
## Conferences: what follows a stop

refusal-conference-without-purpose = Een overleg met meerdere partijen (MDO) noemt vooraf het doel en wat het moet opleveren. Schrijf beide op.
refusal-conference-not-stopped = Deze bijeenkomst is niet gestopt. Leg eerst vast dat zij stopte, en daarna wie apart gehoord wordt.
refusal-conference-resumed = Dat deze bijeenkomst verderging of niet verdergaat, is al vastgelegd. Verbeter wat er staat als het niet klopt.
refusal-hearing-of-nobody = Noem wie er door wie gehoord wordt.
refusal-discussed-all-the-same = De bijeenkomst gaat over deze persoon. Dan kan er niet staan dat niets over die persoon is besproken.

## Working with each person

refusal-option-without-author = Een optie komt van de persoon zelf. Noem wie haar bedacht. Kwam er niets, vraag dan wat deze persoon zelf ziet en leg dat later vast; een eigen idee van u hoort bij een contact.
refusal-option-of-another = Een optie komt van de persoon voor wie ze is. Wat een ander bedacht, is geen optie van deze persoon: vraag wat die zelf ziet, of leg het vast als contact.
refusal-option-unknown = Deze optie staat niet in deze casus. Leg eerst vast wat iemand bedacht, of controleer welke u bedoelt.
refusal-trusted-contact-unknown = Dit vertrouwde gezicht staat niet bij deze persoon. Leg eerst vast wie iemand noemde, of controleer wie u bedoelt.
refusal-trusted-contact-over = Dit is geen vertrouwd gezicht meer. Vraag wie het nu is, en leg dat vast.
refusal-trusted-contact-own = Iemand is niet het eigen vertrouwde gezicht. Noem een ander.
refusal-steps-keep-audience = Voor wie het is wat in een gesprek met iemand gezegd werd, is aan die persoon. Vraag het opnieuw, en leg het dan opnieuw vast.
refusal-steps-audience = Zeg voor wie het is: genoemde medewerkers, de regiehouder, of wie voor deze persoon werkt. Bij een kind zoals het kind dat zei.

## The crisis plan

refusal-crisis-plan-for-a-child = Een crisisplan gaat over een of meer kinderen van deze casus. Kies over wie.
refusal-crisis-plan-empty = Een crisisplan zegt wie wat doet. Noem ten minste één actie; wie het doet mag nog niemand zijn.
refusal-crisis-plan-unknown = Er was op die dag nog geen crisisplan. Schrijf het eerst.

## The regional expert team

refusal-ret-for-a-child = Het expertteam wordt gevraagd over een of meer kinderen van deze casus. Kies over wie.
refusal-ret-already-asked = Dit expertteam is al gevraagd en nog niet klaar. Leg vast hoe het verdergaat.
refusal-ret-unknown = Dit expertteam is in deze casus niet gevraagd. Vraag het eerst, of controleer welk u bedoelt.
refusal-ret-over = Dit expertteam is al klaar. Vraag het opnieuw als het weer nodig is.
refusal-ret-with-nobody = Er staat niemand bij. Noem om wie het gaat.
refusal-ret-family-not-told = Het gezin weet nog niet wat het expertteam wel en niet doet: het lost niet op, het brengt rust en overzicht. Vertel dat eerst, en leg vast aan wie.
refusal-ret-consent-missing = Voor een van de kinderen noemt geen toestemming deze medewerker. Vraag eerst toestemming om mee te doen, van iedereen die gevraagd moet worden.

## Help that runs, what was weighed and asked, referrals, conditions

refusal-help-consent-missing = { $details ->
        [told] Op { $day } is er
       *[kept] Er is
    } geen volledige toestemming voor hulp: iemand is niet gevraagd of zei nee, of het is niet duidelijk wie erover gaat. Nieuwe hulp wacht; hulp die al loopt gaat voorlopig door. Vraag wie er nog over gaat, of leg een andere grond vast: een uitzondering met haar reden, een maatregel of een uitspraak. Is de hulp al eerder begonnen, geef dan die eerste dag op.
refusal-trajectory-unknown = Dit traject staat niet in deze casus. Controleer welk u bedoelt, of leg het eerst vast.
refusal-trajectory-over = Dit traject is al afgelopen. U hoeft niets meer te doen; begint de hulp opnieuw, leg dan een nieuw traject vast.
refusal-same-goals = Het traject werkt al aan deze doelen. Kies andere, of laat het zo.
refusal-extension-unknown = Deze verlenging staat niet in deze casus. Controleer welke u bedoelt.
refusal-extension-open = Over een verlenging van dit traject is nog niet besloten. Leg eerst dat besluit vast.
refusal-extension-no-longer = Een verlenging duurt langer dan was afgesproken. Kies een latere dag.
refusal-extension-not-reviewed = Van dit traject veranderde geen doel: deze verlenging wordt niet door drie rollen bekeken. Leg het besluit vast.
refusal-extension-decided = Over deze verlenging is al besloten. Opnieuw besluiten kan na een bezwaar.
refusal-extension-not-decided = Over deze verlenging is nog niet besloten: bezwaar kan daarna.
refusal-refused-until = Wat geweigerd is, heeft geen laatste dag. Laat die weg.
refusal-objected-already = Deze persoon maakte al bezwaar tegen dit besluit. U hoeft niets meer te doen.
refusal-weighing-unknown = Deze afweging staat niet in deze casus. Controleer welke u bedoelt.
refusal-weighing-over = Dit is al geëindigd. U hoeft niets meer te doen.
refusal-waiting-without-review = Wie langer wacht, kijkt op een volgende dag opnieuw. Noem die dag.
refusal-review-after-end = Wat eindigt, wordt niet opnieuw bekeken. Laat de volgende dag weg.
refusal-application-unknown = Deze aanvraag staat niet in deze casus. Controleer welke u bedoelt, of leg haar eerst vast.
refusal-application-answered = Op deze aanvraag is al geantwoord. U hoeft niets meer te doen.
refusal-referral-unknown = Deze verwijzing staat niet in deze casus. Controleer welke u bedoelt, of leg haar eerst vast.
refusal-referral-not-agreed = Een rechtstreekse verwijzing wordt vastgelegd als het gezin dat goed vindt: ieder die ook over hulp gevraagd wordt. Vraag wie nog niet gevraagd is; is het gezag onduidelijk, dan beslist eerst een mens.
refusal-referral-in-plan = Deze verwijzing staat hiermee al in het plan. U hoeft niets meer te doen.
refusal-framework-already = Dit kader geldt dan al. U hoeft niets meer te doen, of kies een andere dag.
refusal-condition-not-voluntary = Een voorwaarde hoort bij vrijwillige hulp. Nu geldt een maatregel: die zegt wat moet.
refusal-condition-unknown = Deze voorwaarde staat niet in deze casus. Controleer welke u bedoelt.
refusal-condition-over = Deze voorwaarde is al geëindigd. U hoeft niets meer te doen.
refusal-not-asked-of = Deze voorwaarde vraagt van deze persoon niets. Noem van wie zij wel iets vraagt.
## Rulings

refusal-ruling-unknown = Deze uitspraak staat niet in deze casus. Controleer welke u bedoelt, of leg haar eerst vast.
refusal-ruling-over = Deze uitspraak is dan al voorbij. U hoeft niets meer te doen; klopt de laatste dag niet, verbeter die dan.
refusal-ruling-not-pronounced = De uitspraak is pas op { $pronounced }. Leg haar vast als zij er is.
refusal-ruling-dates-out-of-order = { $details ->
        [told] De uitspraak is van { $pronounced }; { $day } ligt daarvoor.
       *[kept] Een van de dagen ligt voor de uitspraak.
    } Controleer de dagen.
refusal-ruling-of-another = Deze uitspraak gaat over iemand anders. Kies de uitspraak over deze persoon.
refusal-ruling-not-about-authority = Deze uitspraak gaat niet over gezag. Leg vast wie gezag heeft zonder naar haar te verwijzen, of kies de uitspraak over gezag.
refusal-ruling-in-place-unfit = Alleen bij vervangende toestemming of een deel van het gezag komt iemand in de plaats van een ander. Noem in wiens plaats, en waarvoor.
## Assessments, references, informal support

refusal-assessment-unknown = Deze inschatting staat niet in deze casus. Controleer welke u bedoelt, of leg haar eerst vast.
refusal-assessed-nobody = Een inschatting gaat over iemand. Kies over wie.
refusal-nothing-said = Hierin zegt niemand iets. Leg vast wat iemand zei, of laat het weg.
refusal-part-does-not-fit = Dit past niet bij dit instrument. Leg vast wat bij het instrument hoort, of maak een nieuwe inschatting.
refusal-part-of-another = Een portret en een toekomstplan zijn van één persoon. Maak voor een ander een nieuwe inschatting.
refusal-score-out-of-range = Deze schaal loopt van { $lowest } tot en met { $highest }. Controleer de score.
refusal-hypothesis-unknown = Deze hypothese staat niet in deze casus. Controleer welke u bedoelt.
refusal-portrait-unknown = Dit portret staat niet in deze casus. Controleer welke versie u bedoelt.
refusal-audience-not-theirs = Wat iemand bij een inschatting zegt is voor de regiehouder, voor collega's die u noemt, of voor wie voor diegene werkt. Kies een van deze.
refusal-assessment-keeps-audience = Wat iemand bij een inschatting zei, wordt later niet aan meer mensen getoond. Vraag het diegene, en leg het dan opnieuw vast.
refusal-reference-unknown = Deze verwijzing staat niet in deze casus. Controleer welke u bedoelt.
refusal-reference-ended = Deze verwijzing is al beëindigd. U hoeft niets meer te doen; klopt de laatste dag niet, verbeter die dan.
refusal-reference-present = Dit nummer in dit register staat al bij deze persoon. U hoeft niets meer te doen.
refusal-reference-from-future = Deze dag is er nog niet. Kies vandaag of een eerdere dag.
refusal-reference-leads-to-person = Een burgerservicenummer of telefoonnummer hoort hier niet: dat leidt overal naar een mens. Gebruik het nummer van het register zelf.
refusal-reference-not-opaque = Een verwijzing zegt zelf niets. Schrijf alleen het nummer of de korte naam in het register, zonder woorden.
refusal-support-unknown = Deze informele steun staat niet in deze casus. Controleer welke u bedoelt.
refusal-nobody-supported = Steun is voor iemand. Kies voor wie.
refusal-support-not-begun = Dit was vóór de koppeling. Controleer de dag.
refusal-support-over = Deze steun was toen al geëindigd. Begon zij opnieuw, leg dan een nieuwe koppeling vast.
refusal-certificate-from-future = Een verklaring omtrent het gedrag is niet op een dag afgegeven die nog moet komen. Controleer de dag.

## Input

refusal-bad-id = Wat in ‘{ $field }’ staat, is geen geldig nummer (id). Neem het over uit het systeem.
refusal-text-empty = ‘{ $field }’ is leeg. Schrijf ten minste één woord.
refusal-text-too-long = De tekst in ‘{ $field }’ heeft { $given } tekens; er passen er { $limit }. Maak de tekst korter.
refusal-text-unprintable = In ‘{ $field }’ staat op plaats { $place } een teken dat niet te tonen is (code { $character }). Haal dat teken weg.
refusal-bad-organisation = Wat in ‘{ $field }’ staat, is geen korte naam van een organisatie. Gebruik kleine letters, cijfers en streepjes, zoals ‘gemeente-huizen’.
refusal-list-too-long = De lijst ‘{ $field }’ heeft { $given } regels; er passen er { $limit }. Verdeel de lijst over meer opdrachten.
refusal-bad-version = Wat in ‘{ $field }’ staat, is geen versie van een instrument. Gebruik kleine letters, cijfers, streepjes en punten, zoals ‘giz-2’.
refusal-not-true = ‘{ $field }’ kiest u door true te zeggen; met false kiest u niets. Zeg true, of laat het veld weg en kies iets anders.

## Carrying out

refusal-command-id-reused = Dit opdrachtnummer is al gebruikt voor iets anders. Gebruik een nieuw nummer.
refusal-changed-since = Er is iets veranderd sinds u deze casus bekeek. Bekijk de casus opnieuw en probeer het dan nog eens.
refusal-try-again = Het is hier nu druk. Probeer het zo nog eens.
refusal-outcome-unknown = Het is nog niet zeker of dit is vastgelegd. Stuur dezelfde opdracht nog eens, met hetzelfde opdrachtnummer: dan komt het er één keer in.

## Lists

refusal-stale = De lijst is nog niet bijgewerkt. Vraag haar zo nog eens op.
refusal-bad-cursor = Deze plaats in de lijst bestaat niet meer. Begin weer vooraan.
refusal-bad-page = Vraag ten minste 1 en ten hoogste { $limit } regels tegelijk.
refusal-nothing-to-search = Vul een naam of een geboortedatum in om te zoeken.

## The gate

# Says nothing about whether it exists.
refusal-not-available = Dit bestaat niet, of is voor u niet beschikbaar.
refusal-purpose-not-allowed = Voor dit doel kunt u dit in uw rol niet doen. Kies het doel dat bij uw werk past.
refusal-scope-missing = Uw aanmelding geeft geen toegang tot dit soort handeling. Meld u opnieuw aan met de juiste toegang.
refusal-unauthenticated = U bent niet aangemeld, of uw aanmelding is verlopen. Meld u opnieuw aan.

## Faults

refusal-invalid-request = { $what ->
        [syntax] Deze vraag is niet te lezen{ $place ->
            [known] {" "}vanaf regel { $line }, teken { $column }
           *[unknown] {""}
        }. Controleer de namen, aanhalingstekens en haakjes.
        [size] Deze vraag vraagt te veel in één keer. Vraag minder velden, of minder diep.
        [watch] Een abonnement volgt één ding. Vraag er precies één veld in, en open voor het volgende een ander abonnement.
        [missing] ‘{ $field }’ ontbreekt. Vul het in.
        [day] Wat er in ‘{ $field }’ staat, is geen dag van 1900-01-01 tot en met 2199-12-31. Schrijf het als jaar-maand-dag, zoals 2026-11-16; laat een einde dat niet bekend is weg.
        [moment] Wat er in ‘{ $field }’ staat, is geen moment van 1900 tot en met 2199. Schrijf het in UTC, zoals 2026-11-16T08:00:00Z.
        [choice] Wat er in ‘{ $field }’ staat, is geen van de keuzes. Kies een van deze: { $choices }.
        [value] Wat er in ‘{ $field }’ staat, past daar niet. Zoek in het schema op wat wel past.
        [field] { $type } heeft geen veld met die naam{ $place ->
            [known] {" "}(regel { $line }, teken { $column })
           *[unknown] {""}
        }. Zoek in het schema op wat het wel heeft.
        [argument] ‘{ $field }’ kent zo'n argument niet{ $place ->
            [known] {" "}(regel { $line }, teken { $column })
           *[unknown] {""}
        }. Zoek in het schema op wat het wel kent.
        [selection] Zeg welke velden van ‘{ $field }’ u wilt zien.
        [leaf] ‘{ $field }’ heeft zelf geen velden. Laat weg wat er tussen haakjes achter staat.
       *[schema] Deze vraag past niet bij het schema{ $place ->
            [known] {" "}op regel { $line }, teken { $column }
           *[unknown] {""}
        }. Zoek in het schema op wat daar te vragen is.
    }
refusal-trail-unavailable = Het logboek van inzage kan nu niet worden bijgehouden. Daarom kan er nu niets worden getoond of vastgelegd. Probeer het later opnieuw.
refusal-recorded-not-shown = Dit is vastgelegd. Het kan nu niet worden getoond, omdat het logboek van inzage niet kan worden bijgehouden of een deel niet te lezen is. Bekijk het later opnieuw; nog een keer sturen hoeft niet. Met hetzelfde opdrachtnummer komt er niets dubbel in.
refusal-store-unavailable = Er kan nu niets worden vastgelegd: er is een storing. Probeer het later opnieuw met hetzelfde opdrachtnummer.
refusal-too-many-subscriptions = Over één verbinding zijn ten hoogste { $limit } dingen te volgen. Stop eerst met een ervan.
refusal-rate-limited = Dit wordt te vaak gevraagd in korte tijd. Probeer het over { $seconds } seconden opnieuw.
refusal-clock-in-doubt = Er kan nu niets worden vastgelegd: de klok van het systeem staat misschien verkeerd. De beheerder moet de tijd bevestigen. Kijken kan wel.
refusal-data-unavailable = Deze gegevens zijn nu niet te lezen: er is een storing. Meld het bij de beheerder als het zo blijft.
refusal-case-quarantined = Deze casus is nu niet te lezen en is apart gezet. De beheerder is op de hoogte; er gaat niets verloren.
refusal-internal = Er ging iets mis in het systeem. Probeer het later opnieuw, en meld het bij de beheerder als het zo blijft.
refusal-bad-request = { $what ->
        [body] De inhoud kwam niet heel aan. Stuur haar opnieuw.
        [json] Stuur een JSON-object met ‘query’, en met ‘variables’, ‘operationName’ en ‘extensions’ waar dat nodig is.
        [address] Het adres is niet te lezen. Kijk het na.
        [variables] Variabelen horen niet in een adres. Gebruik POST voor een vraag met variabelen.
       *[query] ‘query’ ontbreekt. Vul het in.
    }
refusal-method-not-allowed = { $what ->
        [drawing] Vraag een tekening met GET.
        [mutation] Met GET kan alleen een vraag worden gesteld. Gebruik POST.
       *[method] Gebruik POST, of GET voor een vraag.
    }
refusal-timeout = { $what ->
        [body] De inhoud kwam te langzaam binnen. Stuur haar opnieuw.
       *[answer] Dit duurde te lang. Probeer het opnieuw, met hetzelfde opdrachtnummer.
    }
refusal-too-large = De inhoud is te groot. Stuur minder tegelijk.
refusal-unsupported-media-type = { $what ->
        [compressed] Stuur de inhoud zoals ze is, niet ingepakt.
       *[kind] Stuur de inhoud als application/json in UTF-8.
    }
refusal-not-acceptable = Accepteer application/graphql-response+json of application/json, of image/svg+xml voor een tekening.
refusal-role-not-held = Uw aanmelding noemt de rol in Rustpunt-Role niet. Laat die weg, of kies een rol die u hebt.
refusal-purpose-unknown = Dit doel bestaat niet. Kies coordination/1, access/1, emergency/1, advice/1 of oversight/1, of geen.
refusal-not-ready = De server start op. Probeer het zo meteen opnieuw; /readyz zegt waarop hij wacht.

## What needs attention: the act to take

attention-gap-overdue = Nog geen regiehouder: { $number ->
        [one] 1 professional betrokken
       *[other] { $number } professionals betrokken
    }, de termijn liep tot en met { $day }. Spreek een regiehouder af.
attention-handover-waiting = Een overdracht wacht op antwoord, gepland op { $day }. Lees de samenvatting en geef antwoord.
attention-withdrawal-notice = Op { $day } is een toestemming ingetrokken waaronder u gegevens ontving of aan een casus meewerkte. Uw toegang daaronder is gestopt. Wat u weet mag u niet verder gebruiken en niet doorgeven. Bevestig dat u dit hebt gelezen.
attention-gap = Nog geen regiehouder: { $number ->
        [one] 1 professional betrokken
       *[other] { $number } professionals betrokken
    }. Spreek uiterlijk op { $day } een regiehouder af.
attention-no-director = Nog geen regiehouder sinds de casus openging op { $day }. Spreek een regiehouder af.
attention-deputy-ending = De waarneming loopt tot en met { $day }. Bespreek wie daarna de regie heeft.
attention-specialist-overdue = Het werk van een specialist zou klaar zijn op { $day }. Vraag of de hulp nog nodig is en spreek een nieuwe datum af.
attention-terms-overdue = { $number ->
        [one] 1 termijn is voorbij
       *[other] { $number } termijnen zijn voorbij
    }, de eerste op { $day }. Doe wat nog moet, of spreek een nieuwe datum af.
attention-consents-incomplete = { $number ->
        [one] Voor 1 kind ontbreekt toestemming voor hulp
       *[other] Voor { $number } kinderen ontbreekt toestemming voor hulp
    }. Vraag de toestemming opnieuw, of noem een andere grond.
attention-departures-unexplained = { $number ->
        [one] 1 keer ging het anders dan een regel zegt, nog zonder uitleg
       *[other] { $number } keer ging het anders dan een regel zegt, nog zonder uitleg
    }. Schrijf op waarom.

## The agenda: what to do or what happens

agenda-answer-asked = Antwoord op een vraag om toestemming gevraagd.
agenda-help-ends = Hulp zou dan klaar zijn: vraag of die nog nodig is.
agenda-handover-planned = Een overdracht staat gepland en wacht op antwoord.
agenda-conference = Een overleg is gepland: bereid het voor, en leg vast hoe het ging.
agenda-deputy-ends = De waarneming loopt af: spreek af wie daarna de regie heeft.
agenda-ruling-starts = Een uitspraak gaat in.
agenda-consent-ends = Een toestemming loopt af: vraag of die wordt verlengd.
agenda-crisis-card-expires = Een crisiskaart is na deze dag niet meer te vertrouwen: schrijf een nieuwe.
agenda-birthday = Iemand wordt { $age }: daarmee verandert wie toestemming geeft.
agenda-other = { $what }
due-action = Een actie uit het plan moet gedaan zijn.
due-call-back = Bel terug.
due-conference-resume = Een gestopte bijeenkomst zou verdergaan, met de collega's die luisterden.
due-crisis-plan = Kijk of het crisisplan nog klopt.
due-ret-asked = Het expertteam is gevraagd en er volgde nog niets: vraag hoe het staat.
due-emergency-review = Een noodtoegang moet door een ander zijn beoordeeld.
due-family-told-of-deputy = Vertel het gezin wie er waarneemt.
due-help-ends-or-other-ground = Na een nee of een ingetrokken toestemming: de hulp stopt, of er is een andere grond.
due-help-plan-fixed = Het hulpverleningsplan moet vastgesteld zijn.
due-help-plan-written = Het hulpverleningsplan moet op papier staan.
due-other = Een termijn loopt af: { $what }
due-outside-request = Beslis over een verzoek van buiten en geef antwoord.
due-own-plan = Het eigen plan van het gezin zou klaar zijn.
due-plan-evaluation = Evalueer het plan met het gezin.
due-promise = Doe wat is beloofd.
due-ruling-ends = Een uitspraak loopt af: bespreek wat daarna geldt.
due-sat-access = De toegang van een SAT-adviseur loopt af.
due-specialist = Het werk van een specialist zou klaar zijn: vraag of het nog nodig is.
due-tell-family = Kijk opnieuw of het gezin van een verzoek kan weten.
due-meldcode-map = Breng in kaart wat er over een veiligheidssignaal bekend is.
due-meldcode-consult = Raadpleeg een collega of Veilig Thuis over een veiligheidssignaal.
due-meldcode-talk = Praat over een veiligheidssignaal eerst met het kind, alleen.
due-meldcode-weigh = Weeg een veiligheidssignaal, het liefst met de aandachtsfunctionaris.
due-meldcode-decide = Besluit of een melding nodig is en of hulp mogelijk is.
due-told-later-review = Kijk opnieuw of iemand nu ingelicht kan worden.

## The nine questions of working together (002:1173-1188)

coordination-plan-owner = Van wie is het plan?
coordination-who-when = Wie is wanneer in het gezin?
coordination-agendas = Wie beheert de agenda's?
coordination-informing = Wie registreert alle inzet en houdt iedereen op de hoogte?
coordination-privacy = Hoe is de privacy geregeld?
coordination-alignment = Hoe zijn werkwijze en prioriteiten op elkaar afgestemd?
coordination-accountability = Aan wie wordt verantwoording afgelegd?
coordination-own-responsibility = Hoe borgt elke organisatie de eigen verantwoordelijkheid?
coordination-whole = Wie draagt het geheel en mag anderen bindend aanspreken?

## Events: the life of a case

event-case-opened = Casus geopend
event-signal-linked = Signaal bij de casus gevoegd
event-case-closed = Casus afgerond
event-case-reopened = Casus opnieuw geopend
event-departure-reported = Gemeld dat het anders ging
event-audience-changed = Aangepast wie dit mag weten

## Events: consent

event-consent-granted = Toestemming gegeven
event-consent-refused = Geen toestemming gegeven
event-consent-withdrawn = Toestemming ingetrokken
event-withdrawal-notified = Bericht dat een toestemming is ingetrokken
event-withdrawal-notice-confirmed = Bericht van een ingetrokken toestemming gelezen
event-consent-asked = Toestemming gevraagd
event-consent-exception-recorded = Uitzondering op toestemming vastgelegd
event-consent-exception-ended = Uitzondering op toestemming voorbij
way-ask-again = Vraag het (opnieuw).
way-anonymous-advice = Vraag advies zonder namen te noemen.
way-prevent-serious-harm = Van 12 tot en met 15: hulp zonder wie gezag heeft, als dat duidelijk nodig is om ernstig nadeel voor het kind te voorkomen (Jeugdwet 7.3.4, tweede lid).
way-keeps-wanting = Van 12 tot en met 15: hulp die het kind na een nee weloverwogen blijft willen (Jeugdwet 7.3.4, tweede lid).
way-unable-to-judge = Kan het kind dit zelf niet overzien, dan worden ouders of voogd gevraagd (Jeugdwet 7.3.15).
way-urgent = Is er geen tijd om te vragen en dreigt ernstig nadeel, dan mag hulp meteen (Jeugdwet 7.3.16).
way-directly-involved = Wie direct bij deze hulp betrokken is krijgt wat voor het eigen werk nodig is (Jeugdwet 7.3.11, tweede lid).
way-legal-duty = Een wettelijke plicht om het te zeggen (Jeugdwet 7.3.11, eerste lid).
way-to-the-institution = De instelling die de ondertoezichtstelling uitvoert (Jeugdwet 7.3.11, vierde lid).
way-conflict-of-duties = Een conflict van plichten, met de zes vragen beantwoord.
way-court = Vraag de rechter om vervangende toestemming.
way-veilig-thuis = Vraag Veilig Thuis om advies, of doe een melding (Wmo 2015, 5.2.6).
way-raad = Vraag de Raad voor de Kinderbescherming om onderzoek.

## Events: people

event-person-added = Persoon toegevoegd
event-person-renamed = Naam aangepast
event-birth-date-recorded = Geboortedatum vastgelegd
event-family-role-recorded = Plaats in de familie vastgelegd
event-authority-recorded = Gezag vastgelegd
event-recognition-recorded = Erkenning vastgelegd

## Events: households

event-household-formed = Huishouden vastgelegd
event-household-relabelled = Huishouden kreeg een andere naam
event-membership-recorded = Vastgelegd wie hier woont
event-membership-ended = Woont hier niet meer
event-address-recorded = Adres vastgelegd

## Events: protection of locating data

event-locating-data-protected = Adres en contactgegevens afgeschermd
event-lifting-proposed = Voorstel om de afscherming op te heffen
event-protection-lifted = Afscherming opgeheven

## Events: regie

event-party-joined = Professional doet mee
event-party-left = Professional doet niet meer mee
event-contribution-stated = Verteld wat wel en niet kan
event-expected-end-changed = Verwachte einddatum aangepast
event-director-assigned = Regiehouder afgesproken
event-handover-offered = Overdracht aangeboden
event-family-word-recorded = Familie gevraagd naar de opvolger
event-handover-summary-read = Samenvatting gelezen
event-handover-accepted = Overdracht aangenomen
event-handover-ended = Overdracht beëindigd
event-deputy-appointed = Waarnemer gekozen
event-deputy-ended = Waarneming eerder gestopt
event-family-told-of-deputy = Familie verteld wie waarneemt
event-director-ended = Regiehouder gestopt
event-regie-handed-back = Regie terug bij de familie

## Events: divorce and sharing

event-plan-split-per-household = Van één plan naar twee plannen
event-plan-coordinator-appointed = Coördinator van een huishouden gekozen
event-plan-coordinator-ended = Coördinator van een huishouden gestopt
event-two-plans-advised = Twee plannen geadviseerd
event-vision-shared = De visie van twee huishoudens, twee plannen gedeeld
event-two-plans-answered = Ouder antwoordt op het aanbod van twee plannen
event-two-plans-wished = Ouder zegt of die twee plannen wil
event-plans-apart-for-professionals = Professionals werken met een plan per huishouden
event-plans-joined = Weer één plan voor de familie
event-shared-agreement-made = Minimale afspraak gemaakt
event-shared-agreement-ended = Minimale afspraak beëindigd
event-safe-to-share-marked = Gemerkt als veilig om te delen
event-safe-to-share-revoked = Niet meer veilig om te delen
event-goal-subject-chosen = Gekozen waar een doel over gaat
event-sat-requested = Scheidingsadviesteam gevraagd
event-sat-accepted = Vraag aangenomen door het scheidingsadviesteam
event-sat-ended = Vraag aan het scheidingsadviesteam afgerond
event-dons-duo-assigned = Twee familievertegenwoordigers voor DOnS gekozen
event-dons-ended = DOnS afgerond
event-share-accepted = Gegevens gedeeld met iemand buiten de casus
event-share-withdrawn = Delen van gegevens ingetrokken

## Events: corrections, signals, workers

event-fact-corrected = Feit verbeterd of doorgehaald
event-misplaced-fact-set-aside = Feit opzij gelegd: het hoort in een ander dossier
event-set-aside-fact-brought-back = Opzij gelegd feit teruggebracht
event-signal-raised = Signaal vastgelegd
event-signal-marked-linked = Signaal hoort bij een casus
event-signal-set-aside = Signaal weggelegd
event-worker-introduced = Medewerker bekend gemaakt

event-duty-assigned = Taak gegeven aan medewerker
event-duty-ended = Taak van medewerker beëindigd
event-own-reflection-written = Eigen reflectie geschreven

## Events: workers who are kept out

event-worker-excluded = Medewerker uitgesloten van deze casus
event-exclusion-lifted = Uitsluiting van medewerker opgeheven

## Events: who represents somebody

event-representative-named = Vertegenwoordiger vastgelegd
event-representative-ended = Vertegenwoordiging beëindigd

## Events: emergency access

event-emergency-access-opened = Noodtoegang geopend
event-emergency-access-ended = Noodtoegang eerder beëindigd
event-emergency-access-reviewed = Noodtoegang beoordeeld

## Events: crisis cards

event-crisis-card-written = Crisiskaart geschreven

## Events: the one plan

event-goal-proposed = Doel voorgesteld
event-goal-reworded = Doel anders gezegd
event-goal-reached = Doel bereikt
event-goal-withdrawn = Doel teruggenomen
event-goal-resumed = Doel weer opgenomen
event-action-agreed = Actie afgesproken
event-action-owned = Wie de actie doet
event-action-moved = Actie op een andere dag
event-action-ended = Actie voorbij
event-plan-offered = Plan voorgelegd
event-plan-answered = Antwoord op het plan
event-plan-activated = Plan ingegaan
event-plan-evaluated = Plan geëvalueerd met de familie

## Events: the family's own plan

event-own-plan-explained = Eigen plan van de familie uitgelegd
event-own-plan-taken = De familie maakt zelf een plan
event-own-plan-presented = Eigen plan van de familie gegeven
event-own-plan-waived = De familie ziet af van een eigen plan
## Events: contacten, wat kinderen zeggen, verklaringen, verzoeken van buiten

event-contact-recorded = Contact vastgelegd
event-promise-settled = Belofte nagekomen of afgesloten
event-child-voice-recorded = Kind gehoord
event-child-signal-opened = Signaal over een kind geopend
event-child-signal-changed = Signaal over een kind veranderd
event-child-signal-closed = Signaal over een kind voorbij
event-statement-recorded = Verklaring vastgelegd
event-statement-tested = Verklaring getoetst bij wie het aangaat
event-finding-recorded = Vaststelling van een instantie vastgelegd
event-outside-request-recorded = Verzoek van buiten vastgelegd
event-outside-request-decided = Over verzoek van buiten beslist
event-family-told-of-request = Gezin verteld van een verzoek
event-family-told-later = Gezin hoort later van een verzoek
## Events: conflicts

event-conflict-named = Conflict benoemd
event-glasl-stage-assessed = Ingeschat hoe iemand een conflict ervaart
event-parenting-form-assessed = Ingeschat hoe ouders naast elkaar ouder zijn
event-network-effect-assessed = Ingeschat wat iemand uit het netwerk met een conflict doet
event-flare-up-recorded = Een conflict laaide op
event-conflict-energy-reported = Verteld hoeveel energie een conflict kost
event-calm-period-reported = Verteld dat het rustig was
event-conflict-rested = Een conflict kwam tot rust

## Events: how heavy help is

event-service-step-taken = De hulp ging naar een ander niveau
event-family-wish-told = Verteld wat iemand wil met een stap in de hulp
event-body-joined = Een instantie kwam erbij
event-body-left = Een instantie ging er weer af
event-advice-recorded = Advies vastgelegd
## Events: conferences, reflection, schools

event-conference-called = Bijeenkomst bijeengeroepen
event-conference-held = Bijeenkomst gehouden
event-conference-stopped = Bijeenkomst gestopt
event-reflection-held = Samen gereflecteerd
event-reflection-said = Wat iemand bij een reflectie zei
event-intake-held = Intake met school gehouden
event-arrangement-triaged = Afgewogen wat school kan en wat er gevraagd wordt
event-school-question-asked = School vroeg iets
event-school-question-handed-over = Vraag van school overgedragen
event-school-question-ended = Vraag van school afgehandeld

## Events: safety

event-safety-screened = Gescreend op veiligheid
event-safety-signal-recorded = Veiligheidssignaal vastgelegd
event-safety-mapped = Signalen in kaart gebracht
event-safety-consulted = Collega of Veilig Thuis geraadpleegd
event-safety-talk-judged = Beoordeeld of een gesprek veilig kan
event-safety-talk-held = Gesproken over een veiligheidssignaal
event-safety-weighed = Veiligheid gewogen
event-safety-decided = Besloten over melden en hulp
event-reported-to-veilig-thuis = Gemeld bij Veilig Thuis
event-veilig-thuis-answered = Antwoord van Veilig Thuis
event-told-later-decided = Besloten iemand later in te lichten
event-told-later-reviewed = Opnieuw gekeken of iemand het kan weten
event-person-told = Iemand alsnog ingelicht
event-safety-lane-cleared = Veiligheidsspoor vrijgegeven
## Events: what follows a stop, working with each person, the crisis plan, the expert team

event-hearings-planned = Gepland wie wie apart hoort
event-heard-apart = Iemand apart gehoord
event-conference-resumed = Gestopte bijeenkomst ging verder
event-conference-not-resumed = Gestopte bijeenkomst gaat niet verder
event-conversation-step-taken = Stap in een gesprek gezet
event-option-authored = Iemand bedacht een optie
event-option-tried = Een optie geprobeerd
event-trusted-contact-named = Vertrouwd gezicht genoemd
event-trusted-presence-answered = Gezegd of een vertrouwd gezicht erbij mag zijn
event-trusted-contact-ended = Geen vertrouwd gezicht meer
event-crisis-plan-written = Crisisplan geschreven
event-crisis-plan-reviewed = Naar het crisisplan gekeken
event-ret-asked = Regionaal expertteam gevraagd
event-ret-family-told = Het gezin verteld wat het expertteam wel en niet doet
event-ret-joined = Leden van het regionaal expertteam doen mee
event-ret-ended = Het regionaal expertteam is klaar

## Events: help that runs, what was weighed and asked

event-trajectory-started = Hulp van een aanbieder begon
event-trajectory-goals-set = Vastgelegd aan welke doelen een traject werkt
event-extension-asked = Verlenging van een traject gevraagd
event-extension-view-given = Een rol gaf haar kijk op een verlenging
event-extension-decided = Over een verlenging besloten
event-extension-objected = Bezwaar gemaakt tegen het besluit over een verlenging
event-trajectory-ended = Hulp van een aanbieder eindigde
event-harmful-help-justified = Hulp die kan schaden verantwoord
event-waiting-decided = Besloten bewust te wachten
event-weighing-reviewed = Opnieuw naar een afweging gekeken
event-application-made = Aanvraag gedaan
event-application-delayed = Een aanvraag duurt langer
event-application-answered = Op een aanvraag geantwoord
event-referral-recorded = Rechtstreekse verwijzing vastgelegd
event-referral-planned = Rechtstreekse verwijzing in het plan gebracht
event-legal-framework-changed = Het kader van de hulp veranderde
event-condition-set = Voorwaarde bij vrijwillige hulp gesteld
event-condition-answered = Gezegd wat iemand van een voorwaarde vindt
event-condition-ended = Voorwaarde bij vrijwillige hulp geëindigd
## Events: rulings

event-ruling-recorded = Uitspraak vastgelegd
event-ruling-dates-recorded = Dagen van een uitspraak vastgelegd
event-ruling-ended = Uitspraak geëindigd
event-assessment-recorded = Inschatting vastgelegd
event-assessment-part-told = Vastgelegd wat iemand bij een inschatting zei
event-hypothesis-stated = Hypothese opgeschreven
event-assessment-tested = Gevraagd of iemand het herkent
event-external-reference-recorded = Verwijzing naar een ander register vastgelegd
event-external-reference-ended = Verwijzing naar een ander register beëindigd
event-support-matched = Gezin en vrijwilliger gekoppeld
event-support-house-rules-signed = Huisregels van informele steun getekend
event-support-certificate-seen = Verklaring omtrent het gedrag gezien
event-support-trial-started = Proefperiode van informele steun begonnen
event-support-trial-evaluated = Proefperiode van informele steun besproken
event-support-term-agreed = Informele steun voor een tijd afgesproken
event-support-reviewed = Informele steun samen besproken
event-support-measured = Gemeten wat informele steun doet
event-support-ended = Informele steun beëindigd
ruling-authority = gezag
ruling-residence = hoofdverblijf
ruling-contact = omgang
ruling-suspension = schorsing van het gezag
ruling-information-rule = informatieregeling
ruling-ban = verbod
ruling-ots = ondertoezichtstelling
ruling-authorisation = machtiging
ruling-substitute-consent = vervangende toestemming

## Rules that reality did not follow

rule-consent-before-help = eerst toestemming, dan hulp
rule-consent-before-joining = eerst toestemming, dan meedoen
rule-consent-before-sharing = eerst toestemming, dan delen
rule-one-director = één regiehouder tegelijk
rule-family-asked-about-successor = de familie is gevraagd naar de opvolger
rule-summary-read-before-acceptance = eerst de samenvatting lezen, dan aannemen
rule-regie-handed-back-before-closing = eerst de regie teruggeven, dan afronden
rule-family-decides = de familie beslist
rule-different-listeners = ieder wordt gehoord door een andere collega
rule-child-heard = het kind is gehoord
rule-child-words-kept = de woorden van het kind blijven bij wie ze mag weten
rule-safety-before-joint-talk = eerst veiligheid, dan een gezamenlijk gesprek
rule-screened-before-joint = eerst ieder alleen gescreend, dan iets gezamenlijks
rule-action-has-owner = voor elke actie is bekend wie het doet
rule-plan-before-action = eerst het plan, dan de actie
rule-child-interest-weighed = het belang van het kind is meegewogen
rule-neutral-label = een neutrale naam voor het huishouden
rule-own-plan-explained-first = eerst het eigen plan uitleggen, dan kiezen
rule-own-plan-in-time = het eigen plan is op tijd klaar
rule-plan-evaluated-in-time = het plan wordt op tijd geëvalueerd
rule-other = een andere afspraak of regel
rule-family-told-of-ret = het gezin hoort wat het expertteam wel en niet doet
rule-instrument-in-use = een instrument in een versie die in gebruik is
rule-consent-before-measuring = eerst toestemming, dan meten
rule-certificate-before-trial = eerst een verklaring omtrent het gedrag, dan proberen
rule-house-rules-before-trial = eerst de huisregels, dan proberen
rule-trial-before-term = eerst een proefperiode, dan een langere afspraak
rule-consent-per-attendee = toestemming voor ieder die van buiten komt
rule-presence-agreed = een vertrouwd gezicht is erbij als de persoon dat goed vindt
rule-purpose-stated = een overleg noemt vooraf doel en opbrengst
rule-not-without-an-answer = niets over wie meegevraagd is en niet antwoordde
rule-heard-before = ieder is eerst apart gehoord
rule-listeners-there = de collega's die luisterden zijn erbij
rule-trajectory-goals-at-start = een traject begint met doelen
rule-extension-reviewed-by-three = drie rollen bekijken een verlenging nadat doelen veranderden
rule-objection-in-time = bezwaar binnen de termijn
rule-condition-may-be-refused-explained = uitgelegd dat een voorwaarde geweigerd mag worden
rule-screened-alone = ieder wordt alleen gescreend
rule-control-screened = de screening vraagt ook naar eenzijdige controle
rule-talked-alone = ieder wordt alleen gesproken
rule-judged-safe-first = eerst beoordelen of het veilig is, dan met een ouder praten
rule-child-first = eerst met het kind praten
rule-meldcode-order = de stappen van de meldcode op volgorde
rule-decided-before-report = eerst besluiten, dan melden, tenzij het acuut of structureel is
goal-warning-about-other-parent = Dit vraagt iets van de andere ouder. Zeg wat u zelf wilt bereiken, zoals: ik weet waar ik aan toe ben. Of houd het als wens, of bekijk het als veiligheid.
goal-warning-contact-before-rest = Contact kan niet worden gevraagd voordat er rust is. Zeg wat u of het kind nu nodig heeft, of houd het als wens, of bekijk het als veiligheid.

## What is not there

seen-erased = vernietigd op verzoek
seen-withheld = niet voor u
phase-together = samen
phase-help-from-outside = met hulp van buiten
phase-safety-first = eerst veiligheid en rust
nobody-yet = nog niemand
no-director-yet = nog geen regiehouder

# Looking at a case
refusal-day-in-future = { $day } moet nog komen. Kies vandaag of een dag daarvoor.
refusal-no-day-given = Geef een dag waarop u terugkijkt: zoals vastgelegd (recorded), zoals nu bekend (about), of beide.

## De crisiskaart, op papier

card-title = Crisiskaart
card-sleeps = Waar het kind slaapt
card-call = Wie te bellen
card-do-not-call = Wie niet te bellen
card-agreements = Wat is afgesproken
card-rulings = Uitspraken die gelden
card-rulings-as-written = (Zoals opgeschreven op { $written }.)
card-rulings-changed = (Opgeschreven op { $written }. Sindsdien is een uitspraak ingegaan, afgelopen of gemeld: bel hierover de regiehouder.)
card-plan = Wie doet wat volgens het crisisplan
card-director = Regiehouder
card-deputy = Vervangt de regiehouder
card-mind-locating = Iemand in dit gezin mag niet gevonden worden. Zeg tegen niemand waar wie dan ook is.
card-expires = Deze kaart geldt tot en met { $expires }. Geschreven op { $written }.
card-expired = DEZE KAART IS VERLOPEN op { $expires }. Ga er niet op af: bel de regiehouder.
card-printed = Afgedrukt op { $printed }. Wat daarna veranderde staat hier niet op.
card-destroy = Laat dit papier niemand anders zien, en vernietig het als de kaart verloopt of een nieuwere is afgedrukt.

## Wat mag ik zeggen?

say-somebody = deze persoon
say-a-child = een kind van het gezin
say-mind-locating = Iemand in dit gezin mag niet gevonden worden. Zeg niets over waar wie dan ook is, woont, slaapt of naar school gaat.
say-yes = { $child }: { $person } heeft vandaag gezag en mag horen over hulp, afspraken en beslissingen.
say-no-authority = { $child }: { $person } heeft vandaag geen gezag. Zeg niets over { $child }; vraag wat diegene wil weten. Een informatieverzoek wordt schriftelijk beantwoord.
say-young-person-must-agree = { $child } is 16 of ouder: { $person } hoort niets, tenzij { $child } dat goedvindt. Vraag dat aan { $child }; de registratie geeft er geen antwoord op.
say-of-age = { $child } is volwassen: { $person } hoort van u niets over { $child }.
say-person-must-decide = { $child }: de registratie geeft geen antwoord. Zeg nu niets; vraag het de regiehouder.
say-child-no = { $child } zei op { $since } nee tegen { $kind }. Dat nee staat, wie er ook gezag heeft.
say-kind-help = hulp
say-kind-sharing = delen met anderen
say-kind-joining = iemand die erbij komt
say-kind-measuring = meten
say-ruling = Er geldt een uitspraak over { $about } ({ $kind }): { $scope }
say-ruling-by-channel = Er geldt een uitspraak over { $about } ({ $kind }): { $scope } Contact loopt zo: { $channel }
say-is-protected = { $person } mag niet gevonden worden. Ga na wie je spreekt, en zeg tegen niemand dat diegene belde.
say-told-later = Iets wordt voor nu niet aan { $person } verteld; op { $review } kijkt iemand daar opnieuw naar. Zeg er niets over, ook niet dat er iets is.
say-own-no = { $person } zei op { $since } nee tegen { $kind } over { $about }. Dat nee staat.
say-open-request = { $person } vroeg op { $day } om informatie; daarover is nog niet beslist.
say-request-given = { $person } vroeg op { $day } om informatie. Op { $decided } is besloten die te geven.
say-request-partly-given = { $person } vroeg op { $day } om informatie. Op { $decided } is besloten een deel te geven: niet meer dan dat.
say-request-refused = { $person } vroeg op { $day } om informatie. Op { $decided } is dat geweigerd; aan de telefoon geldt hetzelfde.
say-request-reason = Waarom, en wat wel kan: { $reason }
say-agreement = Afgesproken met { $person }, over { $topic }: contact loopt zo: { $channel }
say-own-household = { $person } mag horen over het eigen huishouden ({ $households }), en over geen ander.
say-own = Wat { $person } over zichzelf vertelde mag diegene horen. Wat een ander vertelde niet.
say-call-back = terugbellen
say-last-promise-by = Laatst beloofd aan { $person }, op { $made }: { $what }. Uiterlijk { $by }; het staat nog open.
say-last-promise = Laatst beloofd aan { $person }, op { $made }: { $what }. Het staat nog open.
say-last-promise-ended = Laatst beloofd aan { $person }, op { $made }: { $what }. Dat is afgehandeld.

# Who looked at my data: read to a family
overview-who-named = { $name }, { $role } van { $organisation },
overview-who = een { $role } van { $organisation }
overview-who-role = een { $role }
overview-look = Op { $day } keek { $who } naar: { $data }. Waarom: { $why }.
overview-emergency = Op { $day } keek { $who } met spoed naar: { $data }. Dat kon niet wachten. Waarom: { $why }.
overview-refused = Op { $day } wilde { $who } iets zien. Dat mocht niet, en er is niets getoond.
overview-nobody = In deze tijd keek niemand naar deze gegevens.
overview-more = Er is nog meer. Kies minder dagen om alles te zien.
overview-role-access-worker = medewerker van de gemeente
overview-role-case-director = regiehouder
overview-role-supporter = hulpverlener
overview-role-sat-advisor = adviseur bij scheidingen
overview-role-privacy-officer = medewerker die let op privacy
overview-role-team-lead = teamleider
overview-role-attention-officer = medewerker die let op de stappen voor veiligheid
overview-role-manager = manager
overview-role-operator = beheerder van het systeem
overview-role-system = taak van het systeem
overview-purpose-coordination = de hulp voor het gezin goed op elkaar laten passen
overview-purpose-access = hulp zoeken voor het gezin
overview-purpose-emergency = direct helpen als iemand in gevaar is
overview-purpose-advice = advies geven over de scheiding
overview-purpose-oversight = nagaan of er goed met gegevens wordt omgegaan
overview-purpose-several = voor meer dan één doel; voor welk is van toen niet te zeggen
overview-data-people = wie iemand is (naam, leeftijd, plek in het gezin)
overview-data-households = wie bij wie woont en waar
overview-data-consents = wie waarvoor toestemming gaf
overview-data-helpers = wie de hulp regelt en wie er helpt
overview-data-course = wat er is gebeurd en afgesproken
overview-data-signals = waar iemand zich zorgen over maakte
overview-data-looks = wie naar de gegevens keek
overview-data-other = andere gegevens
overview-data-presence = dat iemand in deze casus staat
overview-class-health = Daar hoorde iets over gezondheid bij.
overview-class-criminal = Daar hoorde iets over politie of straf bij.

## Episodes of a divorce

refusal-episode-absent = Er is op die dag niets gesignaleerd dat nog loopt. Leg eerst vast wat iemand opmerkte.
refusal-episode-step-not-open = Deze stap past niet bij waar het gezin nu staat{ $details ->
        [told] { $state ->
            [quiet] : er is niets gesignaleerd
            [signalled] : gesignaleerd. Kies het komen tot rust, het herkennen of een spoor
            [settling] : komt tot rust. Kijk terug, doe een stap terug of rond af
            [recognised] : herkend. Erken het eerst bij elke ouder
            [acknowledged] : erkend. Kies eerst een spoor
            [track_dons] : DOnS. Houd een evaluatie, kies een ander spoor of ga terug naar triage
            [track_plan_per_household] : een plan per huishouden. Houd een evaluatie, kies een ander spoor of ga terug naar triage
            [track_redirected] : doorverwezen. Houd een evaluatie, kies een ander spoor of rond af
            [review] : evaluatie. Zeg of er rust is, ga door, of ga terug naar triage
            [rest] : rust. Rond af, begin contactherstel of doe een stap terug
            [contact_restoration] : contactherstel. Leg vast hoe dat afliep of doe een stap terug
           *[other] {""}
        }
       *[kept] {""}
    }. Kijk op de pagina van de casus welke stappen nu kunnen.
refusal-episode-further = Na die dag is er al een volgende stap vastgelegd. Laat de dag weg, of verbeter eerst wat daarna kwam.
refusal-decided-by-a-person = Dit beslist een mens, nooit het systeem. Leg het zelf vast.
refusal-parenting-form-not-calm = Tot rust komen kan als elke ouder samen met of naast de ander ouder is. Leg voor elke ouder vast hoe het ouderschap nu is, of ga door met herkennen.
refusal-look-back-not-ahead = De dag om terug te kijken ligt niet na de dag van de afspraak. Kies een latere dag, of laat de dag weg.
refusal-look-back-not-agreed = Er is geen dag afgesproken om terug te kijken, of er is al teruggekeken. U hoeft niets meer te doen.
refusal-not-all-screened = Nog niet elke ouder en elk kind is apart gesproken over veiligheid. Doe dat eerst, ieder alleen, en leg vast wat eruit kwam.
refusal-safety-first = Eerst veiligheid. Dit wacht tot de stappen van de meldcode zijn gezet en een tweede persoon het vrijgeeft.
refusal-features-too-few = Voor herkennen zijn kenmerken nodig die genoeg professionals zagen: het eerste kenmerk (het laait steeds weer op) en { $besides } ander, door { $professionals } verschillende professionals. Vraag een collega mee te kijken.
refusal-accusations-not-weighed = Wat ouders elkaar verwijten over geweld of verwaarlozing telt pas mee als de stappen van de meldcode het hebben gewogen. Laat dit kenmerk weg, of zet eerst die stappen.
refusal-strain-not-named = Geen ouder heeft zelf een belasting genoemd. Laat dit kenmerk weg, of leg eerst vast wat de ouder er zelf over zegt.
refusal-of-a-parent = Dit gaat over een ouder om wie het hier gaat. Kies de ouder.
refusal-acknowledge-first = Triage komt nadat het bij elke ouder is erkend, ieder apart. Spreek wie nog niet is gesproken; lukt dat niet, leg dan vast wat is geprobeerd.
refusal-recognition-missing = Hiervoor moet de complexe scheiding eerst herkend zijn, en voor een plan per huishouden ook erkend bij elke ouder. Leg dat eerst vast. Willen beide ouders twee plannen, of vraagt veiligheid erom, dan kan dat ook zonder dit spoor.
refusal-track-unchanged = Dit spoor loopt al. Kies een ander spoor, of laat het zo.
refusal-alternatives-missing = Weeg ten minste één ander spoor, elk één keer, en zeg waarom dat nu niet past.
refusal-parents-not-informed = Nog niet elke ouder weet ervan. Vertel het, of zeg waarom dat niet kan.
refusal-flare-up-not-open = Er laaide niets op dat nog om een besluit vraagt. U hoeft niets te doen.
due-divorce-triage = Erkend bij de ouders: kies een spoor.
due-divorce-look-back = Kijk samen terug, zoals afgesproken toen het tot rust kwam.

## Events: episodes of a divorce

event-divorce-signal-recorded = Iets opgemerkt van de scheiding
event-divorce-settling = Komt tot rust
event-parent-strain-named = Een ouder noemde een belasting
event-complex-divorce-recognised = Complexe scheiding herkend
event-complex-divorce-acknowledged = Erkend bij een ouder
event-divorce-triage-decided = Triage: een spoor gekozen
event-divorce-track-switched = Een ander spoor gekozen
event-divorce-episode-moved = Stap gezet op de weg naar rust
# The picture of the escalation view
drawing-title = Verloop: spanning, hulp en rust
drawing-as-of = Stand op { $day }. U ziet wat u mag zien. Een mens beoordeelde elke trap; niemand wordt met een ander vergeleken.
drawing-empty = Er is hier niets om te tekenen: er is nog niets vastgelegd, of niets dat u mag zien.
drawing-months = jan feb mrt apr mei jun jul aug sep okt nov dec
drawing-apart = twee plannen
drawing-somebody = iemand
drawing-unknown = niet te zeggen
drawing-still = nog steeds
drawing-calm = rustige periode
drawing-stage = trap
drawing-level = niveau
drawing-row-stages = spanning, trap 1 tot 9
drawing-row-energy = energie die het kost, van 100
drawing-row-flare-ups = opvlamming en rust
drawing-row-calm = rustige perioden
drawing-row-help = hulp, niveau 1 tot 10
drawing-row-around = Advies en instanties
drawing-row-signals = signalen
drawing-row-form = ouderschap
drawing-row-network = uitwerking op het conflict
drawing-days = { $count ->
        [one] 1 dag
       *[other] { $count } dagen
    }
drawing-calm-for = { $count ->
        [one] 1 dag rustig
       *[other] { $count } dagen rustig
    }
drawing-since-flare-up = { $count ->
        [one] 1 dag geen opvlamming
       *[other] { $count } dagen geen opvlamming
    }
drawing-more = en nog { $count }
drawing-more-rows = Er zijn nog { $count } rijen: te veel voor één tekening. Vraag ze als gegevens.
drawing-flare-up = opvlamming
drawing-rest = tot rust gekomen
drawing-signal = signaal
drawing-opened = begonnen
drawing-closed = voorbij
drawing-advice = advies
drawing-sat-advised = SAT: advies gegeven
drawing-sat-followed = SAT: advies gevolgd
drawing-sat-departed = SAT: van advies afgeweken
drawing-sat-mode-consultation-begun = SAT adviseert
drawing-sat-mode-consultation-over = SAT adviseert niet meer
drawing-sat-mode-direct-contact-begun = SAT: direct contact begonnen
drawing-sat-mode-direct-contact-over = SAT: direct contact voorbij
drawing-sat-mode-intervention-begun = SAT: interventie begonnen
drawing-sat-mode-intervention-over = SAT: interventie voorbij
drawing-until = tot en met
drawing-sat-asked = SAT gevraagd
drawing-sat-accepted = SAT opgepakt
drawing-sat-ended = SAT klaar
drawing-sat-end-answered = SAT: advies beantwoord
drawing-sat-end-not-needed = SAT: niet meer nodig
drawing-sat-end-not-me = SAT: niet ik
drawing-body-ret = RET
drawing-body-veilig-thuis = Veilig Thuis
drawing-body-raad = Raad
drawing-body-gi = GI
drawing-joined = erbij
drawing-left = weg
drawing-change-worse = slechter
drawing-change-same = als eerder
drawing-change-better = beter
drawing-signal-eating = eten
drawing-signal-sleeping = slapen
drawing-signal-behaviour = gedrag
drawing-signal-mood = stemming
drawing-signal-fear = angst
drawing-signal-physical = lichaam
drawing-signal-exhaustion = uitputting
drawing-environment-family = gezin en omgeving
drawing-environment-childcare = kinderopvang
drawing-environment-primary-school = basisschool
drawing-environment-after-school-care = buitenschoolse opvang
drawing-environment-secondary-school = voortgezet onderwijs
drawing-medium-app = app
drawing-medium-mail = mail
drawing-medium-telephone = telefoon
drawing-medium-face-to-face = bij een ontmoeting
drawing-medium-meeting = in een gesprek
drawing-medium-through-children = via de kinderen
drawing-medium-legal = via advocaat of rechter
drawing-medium-other = anders
drawing-form-cooperative = coöperatief ouderschap
drawing-form-parallel = parallel ouderschap
drawing-form-conflict = conflictouderschap
drawing-network-feeds = houdt het gaande
drawing-network-calms = brengt rust
drawing-network-unknown = uitwerking niet te zeggen
drawing-shape-dot = als eerder, of voor het eerst
drawing-shape-up = hoger, zwaarder of slechter
drawing-shape-down = lager, lichter of beter
drawing-shape-ring = niet te zeggen
drawing-shape-star = opvlamming
drawing-shape-waves = tot rust gekomen
drawing-shape-opened = signaal begonnen
drawing-shape-closed = afgesloten
drawing-shape-asked = advies gevraagd
drawing-shape-accepted = vraag opgepakt
drawing-shape-advice = advies
drawing-shape-in = instantie erbij
drawing-shape-out = instantie weg
drawing-shape-several = meer dan één tegelijk
## Alerts and proposals

alert-other = Een termijn in dit dossier is om. Kijk samen wat er nodig is.
alert-gap = Nog geen regiehouder: { $number ->
        [one] 1 professional betrokken
       *[other] { $number } professionals betrokken
    }. Spreek een regiehouder af.
alert-no-director = Nog geen regiehouder. Spreek een regiehouder af.
alert-divorce-triage = De keuze voor een spoor bij de scheiding staat nog open.
alert-divorce-look-back = Kijk zoals afgesproken terug hoe het sinds de scheiding gaat.
alert-dons-explanation = Bij een gesprek van DOnS hoort nog een korte toelichting.
alert-sat-acceptance = Een vraag aan het SAT wacht op een adviseur.
alert-sat-advice = Een vraag aan het SAT wacht op advies.
alert-consent-ends = Een toestemming loopt af op { $day }: vraag of die wordt verlengd.
alert-birthday = Een kind heeft een verjaardag waarna de toestemming anders ligt: spreek het kind daarvoor.
alert-ruling-starts = Een uitspraak gaat in op { $day }: bespreek wat er dan verandert.
alert-deputy-ends = De waarneming eindigt op { $day }: zorg dat bekend is wie daarna de regie heeft.
alert-help-consent-incomplete = Voor hulp die loopt ontbreekt een toestemming: vraag opnieuw, of noem een andere grond.
alert-crisis-plan = Het crisisplan is een tijd niet bekeken: loop het samen na.
alert-reflection = Sta samen stil: doen we nog het goede, en hoe doen we het samen?
alert-ret-asked = Het RET is gevraagd en er is nog geen antwoord: bel even.
alert-conference-resume = Een bijeenkomst zou verdergaan: spreek een dag af.
alert-meldcode-map = Meldcode: breng in kaart wat er is gezien.
alert-meldcode-consult = Meldcode: vraag een collega of Veilig Thuis om mee te denken.
alert-meldcode-talk = Meldcode: het gesprek staat nog open, eerst met het kind alleen.
alert-meldcode-weigh = Meldcode: weeg wat er is gezien en gehoord.
alert-meldcode-decide = Meldcode: de beide besluiten staan nog open.
alert-told-later-review = Kijk opnieuw of iemand het nu kan weten.
alert-school-question = Een vraag van een school wacht op antwoord.
alert-school-call-back = Bel de school terug.
alert-trajectory-end = Hulp van een aanbieder zou klaar zijn: vraag of die nog nodig is.
alert-extension-decision = Een verlenging wacht op een besluit.
alert-harm-justification = Bij hulp die kan schaden hoort nog een onderbouwing.
alert-harm-review = Kijk opnieuw naar hulp die kan schaden.
alert-waiting-review = Kijk of wachten nog het beste is.
alert-application-answer = Een aanvraag wacht op antwoord.
alert-condition-end = Een voorwaarde bij vrijwillige hulp loopt af: bespreek wat daarna geldt.
alert-support-trial = De proef met informele steun loopt af: bespreek hoe het was.
alert-support-review = Kijk samen hoe de informele steun gaat.
alert-support-term = De afgesproken tijd van informele steun loopt af: bespreek wat daarna past.
proposal-sat-consultation = Het conflict voelt zwaarder dan eerst. Voorstel: vraag het SAT om mee te kijken, anoniem of met namen.
proposal-rest-review = Het is al een tijd rustig. Voorstel: bespreek met iedereen of er rust is.
proposal-separate-conversations = Een bijeenkomst is gestopt. Voorstel: laat ieder apart horen door een andere collega, en ga over ongeveer een week verder.
proposal-step-back = Het vlamde weer op; dat hoort erbij. Voorstel: bespreek of een stap terug helpt.
refusal-proposal-unknown = Dit voorstel staat niet in deze casus. Kies een voorstel dat er wel staat.
refusal-proposal-answered = Op dit voorstel is al geantwoord, op { $on }. Corrigeer dat antwoord als het anders moet.
refusal-proposal-lapsed = Dit voorstel wacht niet meer op antwoord: waar het op rustte is er niet meer, of de casus is afgerond. U hoeft niets te doen. Vindt u het toch nodig, neem de stap dan zelf; daarvoor is geen voorstel nodig.
refusal-by-itself-only = Alleen het systeem zelf geeft dit sein of doet dit voorstel. Leg vast wat u wilt zeggen, bijvoorbeeld als contact of actie.
refusal-proposal-needs-a-person = Op een voorstel antwoordt een mens. Laat de regiehouder of de waarnemer het overnemen of afwijzen.
refusal-by-itself-stays = Dat het systeem dit zei blijft staan. Corrigeer waar het op rust, of antwoord op het voorstel.
worker-system = het systeem
event-alert-raised = Sein dat iets wacht
event-proposal-made = Voorstel van het systeem
event-proposal-accepted = Voorstel overgenomen
event-proposal-dismissed = Voorstel niet overgenomen

## DOnS and the divorce advice team: conversations, goals, advice

refusal-duo-untrained = Niet van allebei is op die dag vastgelegd dat zij opgeleid zijn als gezinsvertegenwoordiger voor die organisatie. Kies een opgeleide collega, of laat de teamleider van die organisatie de opleiding vastleggen.
refusal-dons-not-the-track = Het spoor dat is gekozen is niet DOnS, of er is nog geen spoor gekozen. Leg eerst vast wat is opgemerkt, spreek ieder apart over veiligheid en kies DOnS in de triage, of ga over op dat spoor.
refusal-dons-unknown = Dit DOnS-traject staat niet in deze casus. Controleer welk traject u bedoelt.
refusal-dons-with-nobody = Een gesprek is met iemand. Noem wie er was, of leg vast dat het niet doorging.
refusal-dons-too-long = Een gesprek duurt niet langer dan een dag. Controleer het aantal minuten.
refusal-dons-conversation-unknown = Dit gesprek is niet vastgelegd als gehouden. Controleer welk gesprek u bedoelt, of laat het weg.
refusal-parent-goal-unknown = Dit doel van de ouders staat niet in deze casus. Controleer welk doel u bedoelt.
refusal-parent-goal-fixed = De ouders stelden dit doel al vast zoals het er staat. Pas het eerst aan als zij het anders willen.
refusal-goal-of-parents = Een doel van de ouders is van ouders. Noem alleen ouders, of laat dit weg: dan is het van alle ouders.
refusal-barrier-unknown = Deze belemmering staat niet in deze casus. Controleer welke u bedoelt.
refusal-barrier-lifted = Deze belemmering is al weg. U hoeft niets meer te doen.
refusal-dons-without-outcome = Afgerond betekent dat er iets uit kwam. Zeg wat, voor het overleg, het contact of de afspraken. Stopte het eerder, leg dat dan vast met de reden.
refusal-sat-withdrawn = Deze vraag is ingetrokken door wie haar stelde. Beantwoorden kan niet meer; stel zo nodig een nieuwe vraag.
refusal-sat-not-accepted = Nog niemand van het team nam deze vraag aan. Neem haar eerst aan.
refusal-not-the-sat-advisor = Een andere adviseur van het team nam deze vraag aan. Die adviseert.
refusal-sat-access-over = De toegang bij deze vraag is voorbij. Adviseren gaat over wat u kon zien; laat de vraag opnieuw stellen.
refusal-sat-position-unseen = Een advies gaat over de casus precies zoals u die zag. Noem de revisie die u bekeek nadat u de vraag aannam.
refusal-sat-advice-unknown = Dit advies staat niet bij deze vraag. Controleer welk advies u bedoelt.
refusal-sat-advice-answered = Dit advies is al beantwoord. U hoeft niets meer te doen.
refusal-not-who-asked-sat = Een advies wordt beantwoord door wie het vroeg, of door de regiehouder. Vraag een van hen.
refusal-sat-reason-missing = Wie van een advies afwijkt zegt waarom. Vul de reden in.
refusal-sat-anonymous = Deze vraag is anoniem gesteld: er is niemand om mee te spreken. Stel de vraag met namen, met hun toestemming.
refusal-sat-mode-is-consultation = Advies vragen is al wat deze vraag is. Kies rechtstreeks contact of een interventie.
refusal-sat-mode-without-end = Een interventie heeft een laatste dag. Noem die.
refusal-sat-mode-present = In die tijd is het team er al rechtstreeks bij. Kies andere dagen, of beëindig dat eerst.
refusal-sat-mode-absent = Op die dag is het team er niet rechtstreeks bij. Controleer de dag.
due-sat-acceptance = Een adviseur neemt een vraag aan het scheidingsadviesteam aan.
due-sat-advice = Het scheidingsadviesteam geeft advies.
due-dons-explanation = Leg uit waarom een DOnS-gesprek anders ging dan gebruikelijk.
rule-dons-pattern = een DOnS-gesprek zoals gebruikelijk: in aantal, volgorde en tijd
rule-dons-attendance = bij een DOnS-gesprek is wie erbij hoort

## Events: DOnS and the divorce advice team

event-dons-conversation-held = DOnS-gesprek gehouden
event-dons-conversation-not-held = DOnS-gesprek ging niet door
event-parent-goal-drafted = Doel van de ouders opgesteld
event-parent-goal-adjusted = Doel van de ouders aangepast
event-parent-goal-fixed = Doel van de ouders vastgesteld
event-barrier-opened = Iets staat in de weg
event-barrier-lifted = Staat niet meer in de weg
event-dons-completed = DOnS afgerond met wat eruit kwam
event-sat-not-me-said = Adviseur zei: niet ik
event-sat-advice-given = Advies van het scheidingsadviesteam
event-sat-advice-answered = Advies beantwoord
event-sat-mode-agreed = Scheidingsadviesteam is er rechtstreeks bij
event-sat-mode-ended = Scheidingsadviesteam is er niet meer rechtstreeks bij
