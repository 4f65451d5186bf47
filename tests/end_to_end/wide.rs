//! One query for everything that a case can show.

/// Every field of a case.
pub const CASE: &str = "id asOfDay phase since municipality framework ground question
    ending { day outcome explanation }
    signals { signalId topic place raisedAt consentIds }
    people { id name earlierNames { name from until } birthDate age role erased protected
      households { id label address protected }
      authority { kind from until source personMustDecide holders { id name } }
      recognitions { recognised from source parent { id name } }
      helpMissing { refused personMustDecide person { id name } } helpIncomplete { since runningUntil waysOpen { way text } } }
    households { id label since address protected members { from until person { id name } } }
    consents { id kind standing refused purpose categories from until withdrawn words evidence holds counts state spokenBy { id name }
      notices { id notifiedOn confirmedOn receiver { id name } }
      giver { id name } subject { id name } recipients { id name } }
    consentQuestions { kind purpose explained asked answerBy giver { id name } subject { id name } }
    consentExceptions { id ground reason from until subject { id name } }
    director { since until organisation tasks openTasks worker { id name organisation roles }
      agreedBy { __typename ... on Person { id name } ... on Worker { id workerName: name } } }
    regie {
      deputy { worker { id name } director { id name } organisation since until reason tellFamilyBy }
      directors { worker { id name } since until tasks openTasks }
      unownedTasks
      handedBack { task from agreement to { id name } }
      parties { worker { id name } organisation since until expertise specialist expectedEnd overdue can cannot }
      otherParties { worker { id name } organisation since until expertise specialist expectedEnd overdue can cannot }
      duplicateOrganisations { organisation workers { id name } }
      gap { since parties lastDay alertAt }
      handover { id state offered planned ended reason summary openTasks summaryRead family { agrees words toldDay person { id name } } }
      earlierHandovers { id state offered planned ended reason summary openTasks summaryRead family { agrees words toldDay person { id name } } } }
    plans { topology since ground reason wishes { id name }
      households { household { id label } coordinator { worker { id name } organisation since until }
        otherCoordinators { worker { id name } organisation since until } }
      responsibilities { kind agreed { what } sharedAgreement { topic channel } crisisAction { what } } }
    divorce {
      episodes { id number state since canFollow track progress parents { id name } history { on state factId }
        signals { factId on outside words person { id name } worker { id name } } settling { on lookBack words }
        recognition { factId on rationale seen { feature what seenBy { id name } } stillToAcknowledge { id name } by { id workerName: name } }
        triage { factId on track switched reason alternatives { track reason } informed { id name } notInformed by { id workerName: name } }
        steps { factId on step words by { id workerName: name } } open { what lastDay } stepBackProposed { to flareUps } }
      acknowledgements { factId on reached words person { id name } by { id workerName: name } }
      namedStrains { factId on words person { id name } }
      satRequests { id team askedOn question anonymous scope { id name } withheld { id name } acceptedBy { id name } acceptedOn until
        askedBy { id workerName: name } askedByDuo acceptBy adviseBy mode notMe { day reason advisor { id workerName: name } }
        modes { mode since until persons { id name } }
        advices { id day caseOn recommended conditions words advisor { id workerName: name }
          answer { day follows reason by { id workerName: name } told { id workerName: name } } }
        ended { day reason explanation } }
      donsProgress { trajectory deviations minutes hours usualHours parentsAlone { id name }
        kinds { kind held usualLeast usualMost notHeld deviations } }
      donsConversations { id kind day held apart minutes preparationMinutes topics subGoals words reason present { id name }
        absent { id name } representatives { id workerName: name } deviations { rule explanation } }
      parentGoals { id words fixed parents { id name } steps { step day conversationId words } }
      barriers { id kind since words persons { id name } lifted { day words } }
      donsDuo { trajectory representatives { worker { id name } organisation } since until
        ended { lastDay completed reason communication contact agreements } }
      earlierDuos { trajectory representatives { worker { id name } organisation } since until } }
    escalation {
      conflicts { id about since daysSinceFlareUp between { id name } rest { since kind reason }
        sides { conflictId person { id name } stageNow phaseNow wordsForFamily fittingInterventions { words from to source } daysInStage lowerSince energy { on percent }
          stages { factId on stage phase change observations model assessedBy { id workerName: name } } }
        flareUps { factId on medium trigger reactions { acts person { id name } } toldBy { id name } } }
      parentingForms { person { id name } on form basis assessedBy { id workerName: name } }
      networkEffects { conflictId person { id name } now assessments { factId on effect basis assessedBy { id workerName: name } } }
      calmPeriods { person { id name } conflictId from until days words }
      services { person { id name } environment levelNow
        steps { id factId on level change reason programme provider decidedBy { id name } decidedByWorkers { id workerName: name }
          wishes { wish person { id name } } } }
      bodies { id body organisation since left reason leftReason familyTold persons { id name } }
      advices { on conflictId stepId source advice persons { id name } }
      axis { level environment body on kind factId conflictId person { id name } stage change energy until medium form childSignal
        signalChange satEnd satFollowed satMode networkEffect } }
    help {
      trajectories { id product provider from until mayHarm unjustified lastDay ending endedWords persons { id name } worker { id workerName: name }
        goals { id words } goalHistory { since words goals { id words } }
        extensions { id asked until reason reviewedByThree missingViews decideBy waitingDays changedGoals { id words }
          reviewSheet { pseudonym product from until askedUntil goals { since left reached changed wordings { since words } } }
          views { role advice view on worker { id workerName: name } }
          decisions { outcome until reason decidedBy on objectionUntil objectionOpen } objections { words on person { id name } } } }
      weighings { id kind on help trajectoryId benefit harm lighter childInterest what reason goesOn review reviewOverdue persons { id name }
        decidedBy { id name } decidedByWorkers { id workerName: name } looks { on goesOn finding next } }
      applications { id kind what ofWhom concern trajectoryId asked waitingDays due overdue outcome answered answerWords persons { id name }
        delays { on reason answerBy } }
      referrals { id by who provider help referred on planned persons { id name } agreed { id name } goals { id words } actions { id what } }
      conditions { id what why setBy on until mayBeRefused ended endedReason holds persons { id name } explained { id name }
        answers { accepts words on person { id name } } }
      frameworkChanges { framework from } }
    sharing { shares { id recipient { id name } organisation capacity subjects { id name } categories consentIds since until offered
      withdrawn { day reason } } }
    rulings { id kind scope channel reference pronounced sent inForceFrom finalOn until inForce endedBecause source replaces replacedBy
      person { id name } others { id name } standsIn { kinds of { id name } } }
    assessments { id factId day instrument variant version occasion about { id name } tookPart { id name } by { id workerName: name }
      parts { id factId assessmentId instrument day stands leftOut story portrait score person { id name } familyMayKnow { id name }
        knownTo { id workerName: name } themes { theme kind words severity urgency } topics { topic discussed wish }
        relations { fromOther kind toOther words from { id name } to { id name } } tested { day recognised words person { id name } } }
      hypotheses { id day effect words tested { day recognised words person { id name } } } }
    assessmentParts(earlier: true) { id instrument story portrait score }
    externalReferences { id register number keeper since until reason person { id name } }
    informalSupport { id kind volunteer organisation question tasks since persons { id name } houseRules { day rules signedBy { id name } }
      certificate { seen issued } trial { from until evaluated outcome words } terms { from until agreements }
      reviews { day outcome words next tookPart { id name } } measures { day moment benefit formalHelp words person { id name } }
      ended { lastDay endedBy inTouch words } }
    representatives { person { id name } worker { id name } organisation kind since until source }
    conferences { id factId kind called occasion purpose expected planned about { id name } peacemaker { id name }
      ledBy { id name } organisationsTwice notResumed { day reason }
      heard { factId day words person { id name } listener { id name } }
      resumed { factId day yielded peacemaker { id name } notDiscussed { id name } listenersMissing { id name }
        came { outside part leftEarly person { id name } worker { id name } }
        agreed { what nobodyYet by decidedBy { id name } owner { id name } ownerWorker { id name } } }
      invited { outside part leftEarly organisation person { id name } worker { id name } consents { agrees person { id name } } }
      held { factId day yielded peacemaker { id name } notDiscussed { id name }
        came { outside part leftEarly person { id name } worker { id name } consents { agrees person { id name } } }
        agreed { what nobodyYet by decidedBy { id name } decidedByWorkers { id name } owner { id name } ownerWorker { id name } } }
      stopped { factId day reason resumes stoppedBy { id name } hearings { person { id name } listener { id name } } } }
    reflections { id factId day changes next with { id name } workers { id name }
      said { factId rightThing together person { id name } worker { id name } } }
    nextReflection
    conversationSteps { factId step day words conflictId person { id name } worker { id name } }
    options { id factId day words conflictId person { id name } worker { id name } tried { factId day effect words presentIds } }
    trustedContacts { id factId day outside words ended endedReason namedBy { id name } person { id name } worker { id name }
      presence { day on agrees words } }
    crisisPlan { factId written signs incomplete holdsUntil stale current lookedAt found earlier children { id name }
      writtenBy { id name } lookedAtBy { id name } actions { what nobodyYet owner { id name } ownerWorker { id name } } }
    expertTeams { id factId organisation stuck asked joinedOn endedOn result children { id name } members { id name }
      told { day words persons { id name } } }
    alerts { id word text day parties next persons { id name } steps { step to at factId worker { id name } } }
    proposals { id factId kind text conflictId conferenceId day waits persons { id name } answer { accepted words day by { id name } } }
    pendingDeadlines { at word text day step to proposal persons { id name } }
    school {
      intakes { id factId day contactForms feedback words child { id name } present { outside side person { id name } worker { id name } }
        expectations { side what } }
      triages { id factId day schoolCan asked homeQuestion outcome route child { id name } }
      questions { id factId day asked callBack by overdue ended endedOn answer note askedByOther askedBy { id name } askedByWorker { id name }
        owner { id name } answeredBy { id name } child { id name } } }
    safety { barredSince unscreened { id name }
      screenings { id on alone oneSidedControl outcome words person { id name } by { id workerName: name } }
      stepsAsked { factId why on open laneId person { id name } }
      lanes { id factId since open cleared concerns { id name } knownTo { id workerName: name } waiting { step lastDay }
        signals { id on kind facts judgement concerns { id name }
          reportedBy { outside person { id name } worker { id workerName: name } }
          observedBy { outside person { id name } worker { id workerName: name } }
          toldBy { outside person { id name } worker { id workerName: name } } }
        steps { id kind on words alone safe veiligThuis reportNeeded helpPossible help atOnce established source person { id name }
          by { id workerName: name } colleagues { id workerName: name } officer { id workerName: name }
          answers { suspected acute structural canHelp accepted lasting } }
        toldLater { id since ground review words told toldWords person { id name } decidedBy { id workerName: name }
          consulted { id workerName: name } looks { on words } } } }
    exclusions { worker { id name } ground since by { id name } reason }
    departures { factId rule ruleText day explanation explained }
    timeline(first: 100) { totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor node {
      id kind title occurredOn occurredAt learnt recordedAt terms departsFrom
      recordedBy { id name } words { label text } persons { id name } workers { id name } due { what lastDay at }
      correction { id struckOut at reason earlierOccurredOn by { id name } earlierWords { label text } } } } }";

/// Every list, with everything of its rows that the lists themselves add.
pub const LISTS: &str = "{
    caseload(first: 100) { totalCount nodes { case { id director { worker { id name } } } attention { caseId kind text day number handoverId worker { id name } } } }
    gaps(first: 100) { totalCount nodes { since lastDay parties case { id } } }
    worklist(first: 100) { nodes { caseId kind text day number handoverId worker { id name } } } }";
