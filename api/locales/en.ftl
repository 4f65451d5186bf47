# Words that people read, in plain British English. `refusal-<code>`: what is wrong and what to do; its arguments are the details of
# the refusal by their names. Blames nobody (rule 34). The same keys stand in nl.ftl, in the same order.

## Any command (decider)

refusal-occurred-in-future = { $details ->
        [told] { $occurred } is
       *[kept] The day it happened is
    } still to come. Record what has happened, or choose an earlier date.
refusal-backdated = This counts from the moment you record it. { $details ->
        [told] { $occurred } lies before that: leave that date out.
       *[kept] An earlier date does not fit: leave it out.
    }
refusal-learnt-out-of-order = The day you were told{ $details ->
        [told] {" "}({ $learnt }) does not fit the day it happened ({ $occurred })
       *[kept] {" "}does not fit the day it happened
    }. Check both dates.

## The life of a case

refusal-case-already-opened = This case was opened before, on { $since }. Go on in the case that is there.
refusal-case-unknown = There is no such case. Check which case you mean.
refusal-case-not-open = This case was closed on { $closed }. Open it again first. What happened can always be reported.
refusal-case-not-closed = This case has been open since { $since }. There is no need to open it again.
refusal-case-without-people = A case is about people. Add at least one child and a parent or carer.
refusal-case-without-child = A case is about at least one child. Add the child with the date of birth.
refusal-person-key-twice = Two people in this command have the same key. Give each person a key of their own.
refusal-person-key-unknown = A key in the list { $list } belongs to none of the people in this command. Use the key of a person you add.
refusal-opening-without-consent = { $children_without ->
        [one] For 1 child there is no consent to help yet
       *[other] For { $children_without } children there is no consent to help yet
    } from somebody who may decide on it. Ask for that consent, or name another ground: a decision under the meldcode or a measure.
refusal-signal-without-consent = There is no full consent to share this signal: somebody was not asked, or said no. Ask everyone who has a say. Without consent this is only possible after a decision under the meldcode.
refusal-signal-already-linked = This signal is part of this case already. There is nothing more to do.
refusal-regie-not-handed-back = { $details ->
        [told] { $open_tasks ->
            [one] 1 task of the case director has
           *[other] { $open_tasks } tasks of the case director have
        }
       *[kept] Tasks of the case director have
    } not been handed back to the family. Hand them back, then close the case.
refusal-departure-rule-unknown = The system does not know this rule. Choose one of these: { $known }.
refusal-audience-fact-unknown = This fact is not in this case. Check which fact you mean.
refusal-audience-empty = This way nobody may see the fact. Choose who may know it.
refusal-audience-protected = This fact is about somebody whose whereabouts are protected. It cannot be shown to more people. Choose fewer people, or first lift the protection together with that person and a colleague.

## Consent

refusal-consent-unknown = This consent is not in this case. Check which consent you mean, or record it first.
refusal-consent-already-withdrawn = This consent was withdrawn before. There is nothing more to do.
refusal-notice-unknown = There is no such notice for you. Look at your worklist for the notices that wait for you.
refusal-notice-already-confirmed = You confirmed this notice before. There is nothing more to do.
refusal-consent-not-granted = This consent was not given: there is nothing to withdraw.
refusal-consent-before-given = The consent was given on { $given } and cannot hold before that day. The first day is now { $from }: choose { $given } or later.
refusal-exception-not-for-age = This exception does not fit the age on that day. Check the day and the ground.
refusal-exception-without-refusal = Nobody with authority said no here. Ask for consent first; if the child keeps wanting the help after a no, record that then.
refusal-exception-unknown = This exception is not in this case. Check which one you mean.
refusal-exception-over = This exception is over by then. There is nothing more to do.

## People

refusal-person-unknown = A person you name is not in this case. Add the person first, or choose somebody from the case.
refusal-person-already-in-case = Somebody with the same name and date of birth is in this case already. Use that person. If it is somebody else, fill in the date of birth or make the name clearer.
refusal-until-before-from = { $details ->
        [told] The last day ({ $until }) lies before the first day ({ $from })
       *[kept] The last day lies before the first day
    }. Check both dates.
refusal-birth-date-impossible = This date of birth cannot be right. Choose a date between 1900 and today.
refusal-authority-over-adult = { $details ->
        [told] On { $from } this person is { $age } years old
       *[kept] This person is of age on that day
    }. From the age of 18 nobody has authority. Check the first day and the date of birth.
refusal-authority-before-birth = { $details ->
        [told] Authority cannot start on { $from }: that is before the date of birth
       *[kept] Authority cannot start before the date of birth
    }. Check both dates.
refusal-holder-is-child = A child cannot have authority over itself. Choose who has authority.
refusal-holders-do-not-fit = { $kind ->
        [joint_parents] Joint authority of parents names exactly 2 people.
        [one_parent] Authority of one parent names exactly 1 person.
        [joint_with_other] Joint authority of a parent and somebody else names exactly 2 people.
        [guardianship] Guardianship names at most { $fits } people.
       *[other] This kind of authority names nobody.
    } You named { $holders }.
refusal-holders-not-different = The same person is named twice. Name everyone with authority once.
refusal-self-recognition = Nobody can recognise themselves. Choose the parent who recognised the child.
refusal-recognition-before-birth = A recognition takes effect at birth at the earliest. { $details ->
        [told] { $from } lies before that: choose
       *[kept] Choose
    } the date of birth or later.
refusal-names-in-text = The text holds the name of somebody in this case. Say in ‘mentions’ who it is, or write the text without the name.

## Households

refusal-household-unknown = This household is not in this case. Record it first, or choose a household from the case.
refusal-label-not-neutral = { $holds ->
        [number] The name of this household holds a number.
        [street] The name of this household holds a street.
        [address] The name of this household holds a word of an address.
       *[other] The name of this household says too much about the place.
    } Choose a neutral name, such as ‘at mum's’ or ‘household A’.
refusal-label-taken = Another household in this case has this name. Choose another neutral name.
refusal-membership-overlaps = This person lives in this household at that time already{ $details ->
        [told] , from { $from }
       *[kept] {""}
    }. Check the dates.
refusal-not-a-member = This person does not live in this household on that day. Check the date and the household.
refusal-membership-not-begun = On { $last_day } this person did not live here yet. Choose a later last day.
refusal-membership-already-ended = { $last_day } is recorded already as the last day in this household. There is nothing more to do.

## Protection of locating data

refusal-already-protected = These details are protected already. There is nothing more to do.
refusal-not-protected = Nothing is protected for this person: there is nothing to lift.
refusal-lifting-already-proposed = Lifting this protection was proposed before. A second worker can confirm it.
refusal-lifting-not-proposed = Lifting this protection has not been proposed yet. Record a proposal first, with the protected person's agreement.
refusal-second-person-needed = A second worker confirms that protection is lifted. You made the proposal, or act for whoever did: ask a colleague.

## Regie: dates

refusal-from-in-past = The first day ({ $from }) lies before the day this was agreed ({ $occurred }). Choose a later first day, or say when it was agreed.
refusal-before-case-opened = The first day ({ $from }) lies before the day the case was opened ({ $opened }). Choose that day or a later one.

## Regie: professionals who join

refusal-consent-to-join-missing = { $details ->
        [told] For { $day } there is
       *[kept] There is
    } no full consent of the family that this professional joins: somebody was not asked, or said no. Ask everyone who has a say. Anonymous advice, the court, Veilig Thuis and the Raad stay open. If the professional has joined already, report that with the reason.
refusal-party-present = This professional is involved at that time already{ $details ->
        [told] , from { $since }
       *[kept] {""}
    }. There is no need to add them again. Was it an earlier stay that is over? Report it with its last day.
refusal-party-absent = This professional is not involved in this case on that day. Check the date and the professional. If a last day that was recorded is wrong, correct that.
refusal-nothing-to-explain = There is consent that this professional joins, so there is nothing to explain. Leave the explanation out.

## Regie: the case director

refusal-director-present = This case has a case director already{ $details ->
        [told] , from { $since }
       *[kept] {""}
    }. To change director, offer a handover.
refusal-no-director = On { $day } there is no case director. Agree on a case director first, or choose another day. If a last day that was recorded is wrong, correct that.
refusal-agreement-missing = Nobody of the family or network has agreed to this case director yet. Agree it with them and name who agreed.
refusal-tasks-missing = No tasks are named. Agree on at least one task.
refusal-task-twice = The task { $task ->
        [overview] ‘overview’
        [course] ‘course’
        [calm] ‘calm’
        [plan] ‘plan’
        [contacts] ‘contacts’
        [evaluation] ‘evaluation’
       *[other] ‘{ $task }’
    } is named twice. Name each task once.
refusal-task-not-open = The task { $task ->
        [overview] ‘overview’
        [course] ‘course’
        [calm] ‘calm’
        [plan] ‘plan’
        [contacts] ‘contacts’
        [evaluation] ‘evaluation’
       *[other] ‘{ $task }’
    } is not with the case director on { $day } and cannot be handed back. Choose another task.

## Regie: handover

refusal-handover-open = A handover is waiting already. Wait for the successor's answer, or end that handover first.
refusal-handover-unknown = This handover is not in this case. Check which handover you mean.
refusal-handover-closed = This handover is finished. Offer the directorship again if that is needed.
refusal-successor-is-director = This colleague is the case director already. Choose somebody else as successor.
refusal-may-not-offer = The case director offers the handover. If that is not possible, an access worker or team lead does.
refusal-not-the-successor = Only the successor who was asked can read the summary and accept the handover.
refusal-may-not-end-handover = This handover can be ended by the successor or the case director; while the case director is not available, by the deputy or a team lead. Ask one of them.
refusal-planned-in-past = The planned day ({ $planned }) has passed. Choose today ({ $today }) or later.
refusal-summary-not-read = Read the summary first. Then you can accept the handover.
refusal-family-not-asked = The family has not been asked about this successor yet. Ask, and record what they say.
refusal-family-said-no = Somebody of the family finds this successor difficult and said no. Choose another successor, or offer the handover again with the reason why it is to be this colleague after all.
refusal-family-word-unreadable = What somebody of the family said about this successor cannot be read now, through a fault of the system; it may have been a no. The operator must restore the key first.

## Regie: deputy

refusal-deputy-present = There is a deputy at that time already{ $details ->
        [told] , from { $since }
       *[kept] {""}
    }. Choose other days, or end that deputyship first.
refusal-deputy-absent = On { $day } there is no deputy. Check the date. If a last day that was recorded is wrong, correct that.
refusal-deputy-unknown = This worker never stood in in this case. Choose the deputy, or appoint one first.
refusal-nobody-told = Nobody is named. Say who of the family was told.
refusal-deputy-is-director = The case director cannot be their own deputy. Choose a colleague.
refusal-deputy-too-long = A deputy can stand in up to and including { $last_day_allowed }. { $until } is later: choose an earlier day, or start a handover.
refusal-may-not-appoint = A deputy is chosen by the case director, an access worker or a team lead. Ask one of them.

## Divorce: one plan or two

refusal-plans-already-split = There is a plan per household already. There is nothing more to do.
refusal-too-few-households = Going from one plan to two takes at least two households. Choose which households get a plan of their own.
refusal-wish-missing = Not every parent has said that they wish two plans. Ask who was not asked yet, or choose another ground.
refusal-plan-not-split = There is one plan for the whole family. A coordinator per household is possible once there is a plan per household.
refusal-household-without-plan = This household has no plan of its own. Choose a household that got one.
refusal-coordinator-present = This household has a coordinator at that time already. Choose other days, or first record when that one stops.
refusal-coordinator-absent = This colleague does not coordinate the plan of this household on that day. Check the household and the date.
refusal-two-plans-not-ready = Two plans on the ground of recognition is not possible yet. { $details ->
        [told] Still open: { $open ->
            [recognition] that a complex divorce is recognised
            [vision] sharing the vision with who has not heard it
            [acceptance] that each parent accepts
           *[other] more than one step: recognition, the vision with each parent and child, or that each parent accepts
        }. The details say who has not heard the vision and who has not accepted.
       *[kept] Recognise the divorce, share the vision with each parent and child, and ask each parent.
    }
refusal-not-a-parent = The offer of two plans and the wish are the parents'. Choose a parent of this case.
refusal-nobody-declines = No parent declined. Go from one plan to two with the whole family, or wait for an answer.
refusal-professionals-already-apart = The professionals work with a plan per household already. There is nothing more to do.
refusal-item-unassigned = Not everything that runs has a place. Give each goal and action a household, the layer of the children or a minimal shared agreement, or close it. The details say what is left.
refusal-item-assigned-twice = A goal or action is given two places. Give each one place.
refusal-item-not-running = What you give a place does not run in the plan that is split or joined. Take it off the list.
refusal-item-of-another-household = This concerns people of another household only. Give it a place there, or close it.
refusal-child-layer-without-child = In the layer of the children stands what concerns a child. Say which child, or choose a household.
refusal-agreement-binds-too-few = A minimal shared agreement is between grown-ups of at least two households. Choose whom it binds, or first record who lives where.
refusal-agreement-unknown = There is no such minimal shared agreement, or it has ended.
refusal-joining-not-agreed = Not every parent agrees to one plan again. Ask who has not agreed.
refusal-not-shareable = What can be safe to share: who directs, what stands in the layer of the children, and a minimal shared agreement.
refusal-already-safe = This is marked as safe to share already.
refusal-not-marked-safe = This is not marked as safe to share. There is nothing to do.
refusal-advice-unknown = There is no such question to the divorce advice team. Check which question you mean, or leave it out.
refusal-for-the-director = This is for the case director or the deputy to decide.
refusal-plans-not-apart = There is one plan for the whole family. There is nothing to join.
refusal-no-plan-to-offer = The layer of the children and a minimal shared agreement are no plan that is offered or evaluated. Choose the plan of a household.

## Divorce: advice team and DOnS

refusal-sat-scope-empty = Say whom the question is about, or ask it anonymously.
refusal-sat-consent-missing = For nobody you name is the consent to share complete. Ask who was not asked yet, or ask the question anonymously.
refusal-sat-unknown = This question to the divorce advice team is not in this case. Check which question you mean.
refusal-sat-already-accepted = An advisor accepted this question before. There is nothing more to do.
refusal-sat-over = This question to the divorce advice team has ended. Ask a new one if that is needed.
refusal-not-the-sat-team = This question is accepted by an advisor of the team that was asked. Ask one of them.
refusal-duo-is-one-person = Two family representatives are two different people. Choose a second colleague.
refusal-duo-present = A DOnS trajectory runs at that time already. Choose a later day, or first record when that trajectory ends.
refusal-dons-absent = This DOnS trajectory does not run on that day. Check the trajectory and the date.

## Sharing with somebody outside

refusal-share-empty = Say about whom you share something, and which data.
refusal-sharing-consent-missing = The consent to share this is not complete. Ask who was not asked yet. Anonymous advice, the grounds in the law, Veilig Thuis and the Raad stay open.
refusal-recipient-not-named = There is consent to share, but not with this receiver. Ask whether this receiver may have it too.
refusal-share-unknown = This share is not in this case. Check which one you mean.
refusal-share-already-withdrawn = This share was withdrawn before. There is nothing more to do.

## Corrections

refusal-fact-unknown = This fact is not in this case. Check which fact you mean.
refusal-fact-struck-out = This fact is struck out already. To have it back, strike out the correction.
refusal-correction-superseded = A later correction of the same fact took the place of this one. Strike the later one out first.
refusal-fact-cannot-be-struck-out = This fact cannot be struck out: without it there is no case, or a safety lane would end without a second person. Correct what is wrong in it.
refusal-correction-does-not-fit = This correction does not fit this kind of fact. Choose the form that goes with the fact, or strike it out and record it anew.
refusal-correction-changes-nothing = With this correction the fact stays the same. There is nothing to do.
refusal-correction-of-erased = A part of this fact was destroyed on request and cannot be written again. Strike the fact out and record what holds now.
refusal-correction-of-unreadable = A part of this fact cannot be read now. That is a fault: tell the operator, and try again after that.
refusal-correction-breaks-history = With this, what was recorded later no longer makes sense. Correct the later facts first, or set them aside in the same step when they belong in another file too.
refusal-nothing-set-aside = No fact was named. Choose which facts you mean.
refusal-set-aside-stays = That something was set aside stays. If the fact belongs here after all, bring it back.
refusal-set-aside-unknown = Nothing is set aside by this, or it was brought back already. Check what you mean.
refusal-protection-weakened = With this correction somebody would be less protected. Propose to lift the protection, with that person's agreement, and ask a colleague to confirm it.

## Drafts

refusal-draft-for-nothing = Say by what you mean to record this: the name of the mutation, such as recordContact.
refusal-too-many-drafts = You have as many drafts as there can be. Record one, or discard one.

## Signals

refusal-signal-already-raised = This signal was recorded before. There is nothing more to do.
refusal-signal-unknown = There is no such signal. Check which signal you mean.
refusal-signal-already-set-aside = This signal was set aside before. There is nothing more to do.
refusal-signal-is-linked = This signal is part of a case and can no longer be set aside. Discuss it in that case.
refusal-signal-names-somebody = A signal names nobody. The text holds something that leads to a person, such as a telephone number, citizen service number, e-mail address or postcode. Take it out.

## Duties of workers

refusal-seen-by-another = Only you can say what you have seen.
refusal-self-assigned-duty = You cannot give this duty to yourself, or to whom you represent. Ask a colleague.
refusal-duty-without-end = Being on call has a last day, { $last_day_allowed } at the latest. Choose one.
refusal-duty-too-long = Being on call can last here up to and including { $last_day_allowed }. { $until } is later: choose an earlier day, and plan the rest apart.
refusal-duty-present = This worker has that duty for this organisation already in that time, from { $since }. Choose other days, or end the other one first.
refusal-duty-absent = On { $day } this worker does not have that duty for this organisation. Check the day.

## Workers who are kept out

refusal-worker-excluded = This worker is kept out of this case and cannot get a role in it. Choose somebody else.
refusal-already-excluded = This worker is kept out of this case already. There is nothing more to do.
refusal-not-excluded = This worker is not kept out of this case: there is nothing to lift.
refusal-excluded-cannot-lift = Whoever is kept out does not lift that themself. Ask a colleague.
refusal-lifted-by-another = You kept this worker out, or act for whoever did. Another colleague can lift it.
refusal-exclusion-weakened = With this correction a worker would no longer be kept out. Ask a colleague to lift the exclusion, with the reason.

## Who represents somebody

refusal-representative-present = This worker represents this person already in that time{ $details ->
        [told] , from { $since }
       *[kept] {""}
    }. Choose other days, or end the other one first.
refusal-representative-absent = This worker does not represent this person on that day. Check the day and the person.

## Emergency access

refusal-emergency-open = You have an emergency access to this case already, until { $until }. There is no need to open it again.
refusal-emergency-too-long = An emergency access lasts at least 1 hour and at most { $hours_allowed } hours. Choose a shorter time; after that you can open it again.
refusal-emergency-unknown = This emergency access is not in this case. Check which one you mean.
refusal-emergency-over = This emergency access has been over since { $since }. There is nothing more to do.
refusal-may-not-end-emergency = This emergency access is ended early by whoever has it, by the case director or by the deputy. Ask one of them.
refusal-emergency-reviewed = This emergency access has been reviewed already. There is nothing more to do.
refusal-reviewed-by-another = Somebody else than who had it reviews an emergency access. Ask a colleague.
refusal-emergency-stays = What was recorded about an emergency access stays: it is not struck out or corrected. Put what should be added in the review.

## Crisis cards

refusal-card-for-a-child = A crisis card is about a child of this case. Choose the child.
refusal-card-expired = The last day of this card ({ $expires }) has passed. Choose today or a later day.
refusal-card-too-long = A crisis card holds here up to and including { $last_day_allowed }. { $expires } is later: choose an earlier day, and write the card anew in time.

## The one plan

refusal-concerns-nobody = Say whom it concerns: choose at least one person. Who may know of it follows from that.
refusal-plan-frozen = The plan of the family can be read and lies still since there is a plan per household. Choose the plan of a household.
refusal-plan-not-yours = A coordinator works in the plan of the own household. Choose that plan, or ask the case director.
refusal-goal-unknown = This goal is not in this plan. Check which goal you mean.
refusal-goal-not-open = This goal is reached or withdrawn. Take it up again first.
refusal-goal-open = This goal is open already. You need do nothing more.
refusal-goal-history-stays = What a goal was stays as it is: it is neither struck out nor corrected. Say the goal otherwise, withdraw it or take it up again.
refusal-action-unknown = This action is not in this plan. Check which action you mean.
refusal-action-over = This action is over. Agree a new one if something must still be done.
refusal-action-unchanged = The action reads so already. You need do nothing more.
refusal-plan-empty = There is no goal and no action in this plan yet. Record first what the family wants.
refusal-plan-asks-nobody = It is not known who is asked about this plan. Record first who has authority, or which parent lives in this household.
refusal-version-unknown = This version of a plan is not there. Check which one you mean.
refusal-version-superseded = Another version was offered later. Make that one active.
refusal-version-active = This version is active already. You need do nothing more.
refusal-reservation-without-words = A reservation is said in words. Write what it is.
refusal-plan-not-answered = Not everyone whom it concerns was asked. Offer the plan to who was not asked yet, and record what each says.
refusal-refusal-without-reason = Not everyone whom it concerns agrees. Ask again, or write as case director why the plan goes ahead all the same and what the interest of the child is.
refusal-director-decides = That a plan goes ahead while somebody does not agree is for the case director or the deputy.
refusal-evaluated-with-nobody = An evaluation is held with the family. Say who took part or who was heard.
refusal-next-before-evaluation = The next evaluation ({ $next }) is not after this one ({ $evaluated }). Choose a later day.

## The family's own plan

refusal-no-parent-named = Say which parent it is about: choose at least one.
refusal-own-plan-unknown = This own plan of the family is not in this case. Check which one you mean.
refusal-own-plan-presented = This own plan was presented already. You need do nothing more.
refusal-own-plan-before = The agreed day ({ $agreed }) lies before the day on which the family began ({ $taken }). Choose a later day.
## Contacts

refusal-contact-with-nobody = A contact is with somebody. Choose who of the family it was with, or write with whom else.
refusal-promise-without-words = Write what was promised. Only a call-back needs no words.
refusal-promise-unknown = This promise is not in this case. Check which one you mean.
refusal-promise-already-settled = How this promise ended was recorded already. There is nothing more to do.

## What children say

refusal-voice-of-a-child = This is about somebody who is not a child of this case. Choose the child.
refusal-audience-not-the-childs = Say exactly for whom this is, as the child said: named workers, the case director, or at the widest who works for this child.
refusal-child-signal-unknown = This signal is not in this case. Check which one you mean.
refusal-voice-keeps-audience = What a child said is not shown to others later. Ask the child, and record it anew if the child agrees.

## Statements

refusal-answer-of-a-person = Only somebody of the case answers a passage with a statement of their own. Choose who said it.
refusal-statement-unknown = This statement is not in this case. Check which one you mean.
refusal-finding-about-nobody = What an authority established is about somebody. Choose who.

## Requests from outside

refusal-requester-missing = Say who asks: somebody of the case, or a name. A parent without authority is somebody of the case.
refusal-request-about-nobody = A request is about somebody of the case. Choose who.
refusal-request-unknown = This request is not on record in this case. Record the request first; nothing is given without it.
refusal-request-already-decided = This request was decided already. A new question is a new request.
refusal-decided-alone = You do not decide on this request alone. Discuss it with a colleague or manager, and name who decided.
refusal-given-nothing = Say which kinds of data are given; name none when the request is refused.
refusal-weighing-missing = What a parent without authority is told is weighed first: would a parent with authority be told the same, and what does the child's interest say? Write both down.
## Conflicts

refusal-conflict-unknown = This conflict is not in this case. Name it first, or check which one you mean.
refusal-conflict-needs-two = A conflict is between people. Name at least two of them.
refusal-not-in-conflict = Somebody you name is not one of those in this conflict. Choose one of them, or name another conflict.
refusal-nobody-assessed = Name at least one person about whom you say this.
refusal-person-named-twice = One person stands there twice. Leave one of them out.
refusal-assessed-by-a-person = An assessment is made by a person. The system makes none.
refusal-form-of-parents = This is about how parents are parents beside each other. Choose parents.
refusal-effect-of-network = This is about what somebody of the network does to a conflict. Choose somebody of the network; how somebody in the conflict experiences it is recorded as a stage.
refusal-stage-out-of-range = The ladder has stages { $lowest } to { $highest }. Choose one of them, or leave it out when it cannot be said.
refusal-energy-out-of-range = Energy is a share of a hundred: { $lowest } to { $highest }.
refusal-calm-not-begun = This period has not come yet, or is not over yet. Today is { $today }: choose today or an earlier day, and leave the end out while it is still calm.

## How heavy help is

refusal-step-unknown = This step in help is not in this case. Check which one you mean.
refusal-decided-by-nobody = Somebody decides about this. Say who.
refusal-level-out-of-range = Help has levels { $lowest } to { $highest }. Choose one of them.
refusal-about-nobody = This is about somebody of the family. Say about whom.
refusal-involvement-unknown = That this body joined is not in this case. Record that first, or check which one you mean.
refusal-involvement-over = This body has left already. There is nothing more to do.
## Conferences, reflection, schools

refusal-conference-unknown = This conference is not in this case. Call it first, or check which one you mean.
refusal-conference-held = How this conference went is recorded already. Correct what stands there if it is wrong.
refusal-conference-stopped = That this conference was stopped is recorded already. Correct what stands there if it is wrong.
refusal-conference-about-nobody = A conference is about somebody of this case. Choose about whom.
refusal-conference-with-nobody = Nobody came. Choose who was there.
refusal-conference-without-family = In a network meeting the family decides. Ask at least one of the family or its network who decides.
refusal-attendee-twice = Somebody is named twice. Name everyone once.
refusal-professional-decides = In a network meeting the family decides; a professional informs. Ask the professional to inform. If it goes otherwise, record it afterwards as it went.
refusal-listener-twice = Each is heard by a different colleague. Choose another one for each.
refusal-listener-was-there = Whoever stopped the conference does not hear those involved as well. Choose a colleague.
refusal-explanation-without-departure = Nothing went otherwise than agreed, so there is nothing to explain. Leave the explanation out.
refusal-reflection-with-nobody = A reflection is held with somebody. Name who was there.
refusal-reflection-without-words = Write what somebody said: still the right thing, or how are we doing together.
refusal-spoke-twice = What somebody said stands in two places. Put it together.
refusal-next-before-reflection = The next reflection is not after this one. Choose a later day.
refusal-school-of-a-child = This is about a pupil: a child or young person of this case. Choose about whom.
refusal-intake-with-nobody = Nobody was at the intake. Name who was there, and from which side.
refusal-school-question-unknown = This question of a school is not in this case. Check which one you mean.
refusal-school-question-over = How this question of a school ended is recorded already. There is nothing more to do.
refusal-school-question-unchanged = This colleague answers the question already. Choose another one, or leave it so.
refusal-reflection-of-another = An own reflection is written by somebody for themself alone. Write yours.
refusal-reflection-names-somebody = An own reflection names nobody. Take out what leads to somebody: a name, a number, an address.

## Safety

refusal-lane-unknown = This safety lane is not in this case, or is not for you. Record a safety signal first, or check which one you mean.
refusal-lane-cleared = This safety lane was cleared already. If there is a new signal, record it by itself: that opens a new lane.
refusal-consulted-nobody = Nobody was consulted. Name a colleague other than yourself, or Veilig Thuis.
refusal-safety-audience = What is recorded about safety is for the case director, or for workers whom you name. Choose one of the two.
refusal-cleared-by-another = A safety lane is cleared by a second person: not who opened it and not who weighed along. Ask a colleague whom this lane is for as well.
refusal-lane-not-weighed = This safety lane was not weighed yet. Weigh first, preferably with the aandachtsfunctionaris.
refusal-report-not-made = Acute or structural unsafety was seen, or a report was decided on. Report to Veilig Thuis first and record that; or weigh again.
refusal-answer-awaited = A report was made to Veilig Thuis. The lane can be cleared once their answer is there.
refusal-told-later-unknown = What is told later is not in this case, or is not for you. Check what you mean.
refusal-told-already = This person was told already. There is nothing more to do.
refusal-told-later-already = It was decided already that this person is told later. Look at that again instead of deciding anew.
refusal-joint-talk-barred = Safety first: while a safety lane is open, both parents are not brought together, nor a child with a grown-up whom it concerns. Speak with each apart. If a joint conversation took place already, record it as it went.
## Conferences: what follows a stop

refusal-conference-without-purpose = A consultation of several parties (MDO) states beforehand its purpose and what it is to yield. Write down both.
refusal-conference-not-stopped = This conference was not stopped. Record first that it was, and then who is heard apart.
refusal-conference-resumed = That this conference went on, or will not, is recorded already. Correct what stands there if it is wrong.
refusal-hearing-of-nobody = Say who is heard by whom.
refusal-discussed-all-the-same = The conference is about this person. Then it cannot say that nothing about them was discussed.

## Working with each person

refusal-option-without-author = An option comes from the person. Say who thought of it. If nothing came, ask what this person sees and record that later; an idea of your own belongs with a contact.
refusal-option-of-another = An option comes from the person it is for. What somebody else thought of is no option of this person: ask what they see themself, or record it as a contact.
refusal-option-unknown = This option is not in this case. Record first what somebody thought of, or check which one you mean.
refusal-trusted-contact-unknown = This familiar face is not with this person. Record first whom somebody named, or check whom you mean.
refusal-trusted-contact-over = This is no familiar face any more. Ask who it is now, and record that.
refusal-trusted-contact-own = Nobody is their own familiar face. Name somebody else.
refusal-steps-keep-audience = For whom it is what was said in a conversation with somebody, is that person's to say. Ask again, and record it anew.
refusal-steps-audience = Say for whom it is: named workers, the case director, or who works for this person. Of a child as the child said.

## The crisis plan

refusal-crisis-plan-for-a-child = A crisis plan is about one or more children of this case. Choose about whom.
refusal-crisis-plan-empty = A crisis plan says who does what. Name at least one action; who does it may be nobody yet.
refusal-crisis-plan-unknown = There was no crisis plan yet on that day. Write it first.

## The regional expert team

refusal-ret-for-a-child = The expert team is asked about one or more children of this case. Choose about whom.
refusal-ret-already-asked = This expert team was asked already and that is not over. Record how it goes on.
refusal-ret-unknown = This expert team was not asked in this case. Ask it first, or check which one you mean.
refusal-ret-over = This expert team is done already. Ask it anew when it is needed again.
refusal-ret-with-nobody = Nobody is named. Say whom it is about.
refusal-ret-family-not-told = The family does not know yet what the expert team does and does not do: it does not fix, it brings calm and overview. Tell them first, and record whom.
refusal-ret-consent-missing = For one of the children no consent names this worker. Ask consent to join first, of everyone who must be asked.

## Help that runs, what was weighed and asked, referrals, conditions

refusal-help-consent-missing = { $details ->
        [told] On { $day } there is
       *[kept] There is
    } no full consent to help: somebody was not asked or said no, or it is not clear who has a say. New help waits; help that runs goes on for now. Ask whoever still has a say, or record another ground: an exception with its reason, a measure or a ruling. If the help began earlier, tell that first day.
refusal-trajectory-unknown = This trajectory is not in this case. Check which one you mean, or record it first.
refusal-trajectory-over = This trajectory has ended already. There is nothing more to do; when help begins again, record a new trajectory.
refusal-same-goals = The trajectory serves these goals already. Choose others, or leave it so.
refusal-extension-unknown = This extension is not in this case. Check which one you mean.
refusal-extension-open = An extension of this trajectory waits for its decision. Record that decision first.
refusal-extension-no-longer = An extension lasts longer than was agreed. Choose a later day.
refusal-extension-not-reviewed = No goal of this trajectory changed: three roles do not review this extension. Record the decision.
refusal-extension-decided = This extension was decided already. It can be decided again after an objection.
refusal-extension-not-decided = This extension was not decided yet: an objection comes after that.
refusal-refused-until = What is refused has no last day. Leave it out.
refusal-objected-already = This person objected to this decision already. There is nothing more to do.
refusal-weighing-unknown = This weighing is not in this case. Check which one you mean.
refusal-weighing-over = This has ended already. There is nothing more to do.
refusal-waiting-without-review = Whoever waits on looks again on a next day. Name that day.
refusal-review-after-end = What ends is not looked at again. Leave the next day out.
refusal-application-unknown = This application is not in this case. Check which one you mean, or record it first.
refusal-application-answered = This application was answered already. There is nothing more to do.
refusal-referral-unknown = This referral is not in this case. Check which one you mean, or record it first.
refusal-referral-not-agreed = A direct referral is recorded when the family agrees: everyone who is asked about help too. Ask who was not asked yet; where authority is unclear, a person decides first.
refusal-referral-in-plan = This referral stands in the plan with this already. There is nothing more to do.
refusal-framework-already = This framework holds by then already. There is nothing more to do, or choose another day.
refusal-condition-not-voluntary = A condition belongs to voluntary help. A measure holds now: that says what must be done.
refusal-condition-unknown = This condition is not in this case. Check which one you mean.
refusal-condition-over = This condition has ended already. There is nothing more to do.
refusal-not-asked-of = This condition asks nothing of this person. Name of whom it does.
## Rulings

refusal-ruling-unknown = This ruling is not in this case. Check which one you mean, or record it first.
refusal-ruling-over = This ruling is over by then. There is nothing more to do; if its last day is wrong, correct that.
refusal-ruling-not-pronounced = The ruling is pronounced on { $pronounced }, which has not come yet. Record it once it is there.
refusal-ruling-dates-out-of-order = { $details ->
        [told] The ruling is of { $pronounced }; { $day } is before that.
       *[kept] One of the days is before the ruling.
    } Check the days.
refusal-ruling-of-another = This ruling is about somebody else. Choose the ruling about this person.
refusal-ruling-not-about-authority = This ruling is not about authority. Record who has authority without citing it, or choose the ruling about authority.
refusal-ruling-in-place-unfit = Only a substitute consent or a part of authority puts somebody in another's place. Say in whose place, and for what.
## Assessments, references, informal support

refusal-assessment-unknown = This assessment is not in this case. Check which one you mean, or record it first.
refusal-assessed-nobody = An assessment is about somebody. Choose who.
refusal-nothing-said = Nobody says anything in it. Record what somebody said, or leave it out.
refusal-part-does-not-fit = This does not fit that instrument. Record what the instrument asks for, or make a new assessment.
refusal-part-of-another = A portrait and a future plan are of one person. Make a new assessment for another.
refusal-score-out-of-range = This scale runs from { $lowest } to { $highest }. Check the score.
refusal-hypothesis-unknown = This hypothesis is not in this case. Check which one you mean.
refusal-portrait-unknown = This portrait is not in this case. Check which draft you mean.
refusal-audience-not-theirs = What somebody says in an assessment is for the case director, for colleagues you name, or for who works for that person. Choose one of these.
refusal-assessment-keeps-audience = What somebody said in an assessment is not shown to more people later. Ask that person, and then record it anew.
refusal-reference-unknown = This reference is not in this case. Check which one you mean.
refusal-reference-ended = This reference has ended already. There is nothing more to do; if its last day is wrong, correct that.
refusal-reference-present = This number in this register is on record about this person already. There is nothing more to do.
refusal-reference-from-future = This day has not come yet. Choose today or an earlier day.
refusal-reference-leads-to-person = A citizen service number or telephone number does not belong here: it leads to a person wherever it stands. Use the number of the register itself.
refusal-reference-not-opaque = A reference says nothing itself. Write only the number or short name in the register, without words.
refusal-support-unknown = This informal support is not in this case. Check which one you mean.
refusal-nobody-supported = Support is for somebody. Choose whom.
refusal-support-not-begun = This was before the match. Check the day.
refusal-support-over = This support had ended by then. If it began again, record a new match.
refusal-certificate-from-future = A certificate of conduct was not issued on a day that has yet to come. Check the day.

## Input

refusal-bad-id = What stands in ‘{ $field }’ is not a valid id. Copy it from the system.
refusal-text-empty = ‘{ $field }’ is empty. Write at least one word.
refusal-text-too-long = The text in ‘{ $field }’ has { $given } characters; { $limit } fit. Make it shorter.
refusal-text-unprintable = ‘{ $field }’ has a character at place { $place } that cannot be shown (code { $character }). Take that character out.
refusal-bad-organisation = What stands in ‘{ $field }’ is not the short name of an organisation. Use lower-case letters, digits and dashes, such as ‘gemeente-huizen’.
refusal-list-too-long = The list ‘{ $field }’ has { $given } entries; { $limit } fit. Spread the list over several commands.
refusal-bad-version = What stands in ‘{ $field }’ is not the version of an instrument. Use lower-case letters, digits, dashes and dots, such as ‘giz-2’.
refusal-not-true = ‘{ $field }’ is chosen by saying true; false chooses nothing. Say true, or leave the field out and choose another.

## Carrying out

refusal-command-id-reused = This command id was used before for something else. Use a new one.
refusal-changed-since = Something has changed since you looked at this case. Look at it again, then try once more.
refusal-try-again = It is busy here now. Try again in a moment.
refusal-outcome-unknown = It is not certain yet whether this was recorded. Send the same command again, with the same command id: it will be recorded once.

## Lists

refusal-stale = The list is not up to date yet. Ask for it again in a moment.
refusal-bad-cursor = This place in the list is no longer there. Start again at the beginning.
refusal-bad-page = Ask for at least 1 and at most { $limit } rows at a time.
refusal-nothing-to-search = Fill in a name or a date of birth to search for.

## The gate

# Says nothing about whether it exists.
refusal-not-available = This does not exist, or is not available to you.
refusal-purpose-not-allowed = In your role you cannot do this for this purpose. Choose the purpose that fits your work.
refusal-scope-missing = Your sign-in does not allow this kind of action. Sign in again with the right access.
refusal-unauthenticated = You are not signed in, or your sign-in has expired. Sign in again.

## Faults

refusal-invalid-request = { $what ->
        [syntax] This request cannot be read{ $place ->
            [known] {" "}from line { $line }, column { $column } on
           *[unknown] {""}
        }. Check the names, quotation marks and brackets.
        [size] This request asks for too much at once. Ask for fewer fields, or less deep.
        [watch] A subscription follows one thing. Ask for exactly one field in it, and open another subscription for the next.
        [missing] ‘{ $field }’ is missing. Fill it in.
        [day] What stands in ‘{ $field }’ is not a day from 1900-01-01 to 2199-12-31. Write it as year-month-day, such as 2026-11-16; leave out an end that is not known.
        [moment] What stands in ‘{ $field }’ is not a moment from 1900 to 2199. Write it in UTC, such as 2026-11-16T08:00:00Z.
        [choice] What stands in ‘{ $field }’ is not one of the choices. Choose one of these: { $choices }.
        [value] What stands in ‘{ $field }’ does not fit there. Look up in the schema what does.
        [field] { $type } has no such field{ $place ->
            [known] {" "}(line { $line }, column { $column })
           *[unknown] {""}
        }. Look up in the schema what it has.
        [argument] ‘{ $field }’ takes no such argument{ $place ->
            [known] {" "}(line { $line }, column { $column })
           *[unknown] {""}
        }. Look up in the schema what it takes.
        [selection] Say which fields of ‘{ $field }’ you want to see.
        [leaf] ‘{ $field }’ has no fields of its own. Leave out what stands in brackets behind it.
       *[schema] This request does not fit the schema{ $place ->
            [known] {" "}at line { $line }, column { $column }
           *[unknown] {""}
        }. Look up in the schema what can be asked there.
    }
refusal-trail-unavailable = The access log cannot be kept now. Therefore nothing can be shown or recorded. Try again later.
refusal-recorded-not-shown = This is recorded. It cannot be shown now, because the access log cannot be kept or a part cannot be read. Look at it again later; there is no need to send it again. With the same command id nothing is recorded twice.
refusal-store-unavailable = Nothing can be recorded now: there is a fault. Try again later with the same command id.
refusal-too-many-subscriptions = At most { $limit } things can be watched over one connection. Stop watching one of them first.
refusal-rate-limited = This is asked too often in a short time. Try again in { $seconds } seconds.
refusal-clock-in-doubt = Nothing can be recorded now: the clock of the system may be wrong. The operator must confirm the time. Looking is possible.
refusal-data-unavailable = These data cannot be read now: there is a fault. Tell the operator if it stays so.
refusal-case-quarantined = This case cannot be read now and was set apart. The operator knows; nothing is lost.
refusal-internal = Something went wrong in the system. Try again later, and tell the operator if it stays so.
refusal-bad-request = { $what ->
        [body] The body did not arrive whole. Send it again.
        [json] Send a JSON object with ‘query’, and with ‘variables’, ‘operationName’ and ‘extensions’ where needed.
        [address] The address cannot be read. Check it.
        [variables] Variables do not belong in an address. Use POST for a query with variables.
       *[query] ‘query’ is missing. Fill it in.
    }
refusal-method-not-allowed = { $what ->
        [drawing] Ask for a drawing with GET.
        [mutation] With GET only a query can be asked. Use POST.
       *[method] Use POST, or GET for a query.
    }
refusal-timeout = { $what ->
        [body] The body came too slowly. Send it again.
       *[answer] This took too long. Try again, with the same command id.
    }
refusal-too-large = The body is too large. Send less at once.
refusal-unsupported-media-type = { $what ->
        [compressed] Send the body as it is, not compressed.
       *[kind] Send the body as application/json in UTF-8.
    }
refusal-not-acceptable = Accept application/graphql-response+json or application/json, or image/svg+xml for a drawing.
refusal-role-not-held = Your sign-in does not name the role in Rustpunt-Role. Leave it out, or choose a role that you have.
refusal-purpose-unknown = There is no such purpose. Choose coordination/1, access/1, emergency/1, advice/1 or oversight/1, or none.
refusal-not-ready = The server is starting. Try again in a moment; /readyz tells what it waits for.

## What needs attention: the act to take

attention-gap-overdue = No case director yet: { $number ->
        [one] 1 professional involved
       *[other] { $number } professionals involved
    }, the term ran until { $day }. Agree on a case director.
attention-handover-waiting = A handover is waiting for an answer, planned for { $day }. Read the summary and answer.
attention-withdrawal-notice = On { $day } a consent was withdrawn under which you received data or took part in a case. Your access under it has ended. What you know may not be used further, nor passed on. Please confirm that you have read this.
attention-gap = No case director yet: { $number ->
        [one] 1 professional involved
       *[other] { $number } professionals involved
    }. Agree on a case director by { $day }.
attention-no-director = No case director yet since the case was opened on { $day }. Agree on a case director.
attention-deputy-ending = The deputy stands in until { $day }. Discuss who directs from then on.
attention-specialist-overdue = A specialist's work was expected to end on { $day }. Ask whether it is still needed and agree on a new date.
attention-terms-overdue = { $number ->
        [one] 1 term is over
       *[other] { $number } terms are over
    }, the first on { $day }. Do what is still to be done, or agree on a new date.
attention-consents-incomplete = { $number ->
        [one] For 1 child consent to help is missing
       *[other] For { $number } children consent to help is missing
    }. Ask for consent again, or name another ground.
attention-departures-unexplained = { $number ->
        [one] 1 time something went otherwise than a rule says, not explained yet
       *[other] { $number } times something went otherwise than a rule says, not explained yet
    }. Write down why.

## The agenda: what to do or what happens

agenda-answer-asked = An answer to a question for consent is asked.
agenda-help-ends = Help was expected to be done: ask whether it is still needed.
agenda-handover-planned = A handover is planned and waits for an answer.
agenda-conference = A conference is planned: prepare it, and record how it went.
agenda-deputy-ends = The deputy stops standing in: agree on who directs from then on.
agenda-ruling-starts = A ruling comes into force.
agenda-consent-ends = A consent runs out: ask whether it is renewed.
agenda-crisis-card-expires = A crisis card can be relied on until this day: write a new one.
agenda-birthday = Somebody turns { $age }: that changes who must consent.
agenda-other = { $what }
due-action = An action of the plan is to be done.
due-call-back = Call back.
due-conference-resume = A stopped conference was to go on, with the colleagues who listened.
due-crisis-plan = Look whether the crisis plan still holds.
due-ret-asked = The expert team was asked and nothing followed yet: ask how it stands.
due-emergency-review = An emergency access is to be reviewed by somebody else.
due-family-told-of-deputy = Tell the family who stands in.
due-help-ends-or-other-ground = After a no or a withdrawn consent: help ends, or there is another ground.
due-help-plan-fixed = The plan for help is to be fixed.
due-help-plan-written = The plan for help is to be there in writing.
due-other = A term ends: { $what }
due-outside-request = Decide on a request from outside and answer it.
due-own-plan = The family's own plan was to be ready.
due-plan-evaluation = Evaluate the plan with the family.
due-promise = Do what was promised.
due-ruling-ends = A ruling ends: talk about what holds from then on.
due-sat-access = The access of an advisor of the divorce advice team ends.
due-specialist = A specialist's work was expected to end: ask whether it is still needed.
due-tell-family = Look again whether the family can know of a request.
due-meldcode-map = Map what is known of a safety signal.
due-meldcode-consult = Consult a colleague or Veilig Thuis about a safety signal.
due-meldcode-talk = Talk about a safety signal with the child first, alone.
due-meldcode-weigh = Weigh a safety signal, preferably with the aandachtsfunctionaris.
due-meldcode-decide = Decide whether a report is needed and whether help is possible.
due-told-later-review = Look again whether somebody can be told now.

## The nine questions of working together (002:1173-1188)

coordination-plan-owner = Whose is the plan?
coordination-who-when = Who is in the family when?
coordination-agendas = Who manages the agendas?
coordination-informing = Who registers all effort and keeps everyone informed?
coordination-privacy = How is privacy looked after?
coordination-alignment = How are method and priorities aligned?
coordination-accountability = To whom is accounted for what is done?
coordination-own-responsibility = How does each organisation answer for its own part?
coordination-whole = Who carries the whole, and may address others bindingly?

## Events: the life of a case

event-case-opened = Case opened
event-signal-linked = Signal added to the case
event-case-closed = Case closed
event-case-reopened = Case opened again
event-departure-reported = Reported that it went otherwise
event-audience-changed = Changed who may know this

## Events: consent

event-consent-granted = Consent given
event-consent-refused = Consent not given
event-consent-withdrawn = Consent withdrawn
event-withdrawal-notified = Told that a consent was withdrawn
event-withdrawal-notice-confirmed = Notice of a withdrawn consent read
event-consent-asked = Consent asked
event-consent-exception-recorded = Exception to consent recorded
event-consent-exception-ended = Exception to consent over
way-ask-again = Ask, or ask again.
way-anonymous-advice = Ask for advice without naming anybody.
way-prevent-serious-harm = From 12 to 15: help without who has authority, when evidently needed to prevent serious harm to the child (Jeugdwet 7.3.4(2)).
way-keeps-wanting = From 12 to 15: help that the child keeps wanting after a no, on good thought (Jeugdwet 7.3.4(2)).
way-unable-to-judge = If the child cannot judge this, parents or guardian are asked (Jeugdwet 7.3.15).
way-urgent = If there is no time to ask and serious harm threatens, help may start at once (Jeugdwet 7.3.16).
way-directly-involved = Who is directly involved in this help gets what their work needs (Jeugdwet 7.3.11(2)).
way-legal-duty = A duty to tell by law (Jeugdwet 7.3.11(1)).
way-to-the-institution = The institution that carries out the supervision order (Jeugdwet 7.3.11(4)).
way-conflict-of-duties = A conflict of duties, with the six questions answered.
way-court = Ask the court for substitute consent.
way-veilig-thuis = Ask Veilig Thuis for advice, or report (Wmo 2015, 5.2.6).
way-raad = Ask the Raad voor de Kinderbescherming to look into it.

## Events: people

event-person-added = Person added
event-person-renamed = Name changed
event-birth-date-recorded = Date of birth recorded
event-family-role-recorded = Place in the family recorded
event-authority-recorded = Authority recorded
event-recognition-recorded = Recognition recorded

## Events: households

event-household-formed = Household recorded
event-household-relabelled = Household got another name
event-membership-recorded = Recorded who lives here
event-membership-ended = No longer lives here
event-address-recorded = Address recorded

## Events: protection of locating data

event-locating-data-protected = Address and contact details protected
event-lifting-proposed = Proposed to lift the protection
event-protection-lifted = Protection lifted

## Events: regie

event-party-joined = Professional joined
event-party-left = Professional left
event-contribution-stated = Said what is and is not possible
event-expected-end-changed = Expected end changed
event-director-assigned = Case director agreed
event-handover-offered = Handover offered
event-family-word-recorded = Family asked about the successor
event-handover-summary-read = Summary read
event-handover-accepted = Handover accepted
event-handover-ended = Handover ended
event-deputy-appointed = Deputy chosen
event-deputy-ended = Deputy stopped early
event-family-told-of-deputy = Family told who stands in
event-director-ended = Case director stopped
event-regie-handed-back = Regie back with the family

## Events: divorce and sharing

event-plan-split-per-household = From one plan to two plans
event-plan-coordinator-appointed = Coordinator of a household chosen
event-plan-coordinator-ended = Coordinator of a household stopped
event-two-plans-advised = Two plans advised
event-vision-shared = The vision of two households, two plans shared
event-two-plans-answered = Parent answers the offer of two plans
event-two-plans-wished = Parent says whether to wish two plans
event-plans-apart-for-professionals = Professionals work with a plan per household
event-plans-joined = One plan for the family again
event-shared-agreement-made = Minimal shared agreement made
event-shared-agreement-ended = Minimal shared agreement ended
event-safe-to-share-marked = Marked as safe to share
event-safe-to-share-revoked = No longer safe to share
event-goal-subject-chosen = Chosen what a goal is about
event-sat-requested = Divorce advice team asked
event-sat-accepted = Question accepted by the divorce advice team
event-sat-ended = Question to the divorce advice team ended
event-dons-duo-assigned = Two family representatives for DOnS chosen
event-dons-ended = DOnS ended
event-share-accepted = Data shared with somebody outside the case
event-share-withdrawn = Sharing of data withdrawn

## Events: corrections, signals, workers

event-fact-corrected = Fact corrected or struck out
event-misplaced-fact-set-aside = Fact set aside: it belongs in another file
event-set-aside-fact-brought-back = Fact that was set aside brought back
event-signal-raised = Signal recorded
event-signal-marked-linked = Signal is part of a case
event-signal-set-aside = Signal set aside
event-worker-introduced = Worker introduced

event-duty-assigned = Duty given to a worker
event-duty-ended = Duty of a worker ended
event-own-reflection-written = Own reflection written

## Events: workers who are kept out

event-worker-excluded = Worker kept out of this case
event-exclusion-lifted = Worker no longer kept out

## Events: who represents somebody

event-representative-named = Representative recorded
event-representative-ended = Representation ended

## Events: emergency access

event-emergency-access-opened = Emergency access opened
event-emergency-access-ended = Emergency access ended early
event-emergency-access-reviewed = Emergency access reviewed

## Events: crisis cards

event-crisis-card-written = Crisis card written

## Events: the one plan

event-goal-proposed = Goal proposed
event-goal-reworded = Goal said otherwise
event-goal-reached = Goal reached
event-goal-withdrawn = Goal withdrawn
event-goal-resumed = Goal taken up again
event-action-agreed = Action agreed
event-action-owned = Who does the action
event-action-moved = Action on another day
event-action-ended = Action over
event-plan-offered = Plan offered
event-plan-answered = Answer about the plan
event-plan-activated = Plan active
event-plan-evaluated = Plan evaluated with the family

## Events: the family's own plan

event-own-plan-explained = The family's own plan explained
event-own-plan-taken = The family makes a plan of its own
event-own-plan-presented = The family's own plan presented
event-own-plan-waived = The family waives a plan of its own
## Events: contacts, what children say, statements, requests from outside

event-contact-recorded = Contact recorded
event-promise-settled = Promise kept or ended
event-child-voice-recorded = A child was heard
event-child-signal-opened = Signal about a child opened
event-child-signal-changed = Signal about a child changed
event-child-signal-closed = Signal about a child over
event-statement-recorded = Statement recorded
event-statement-tested = Statement tested with whom it is about
event-finding-recorded = What an authority established recorded
event-outside-request-recorded = Request from outside recorded
event-outside-request-decided = Request from outside decided
event-family-told-of-request = Family told of a request from outside
event-family-told-later = Family told of a request later
## Events: conflicts

event-conflict-named = Conflict named
event-glasl-stage-assessed = Assessed how somebody experiences a conflict
event-parenting-form-assessed = Assessed how parents are parents beside each other
event-network-effect-assessed = Assessed what somebody of the network does to a conflict
event-flare-up-recorded = A conflict flared up
event-conflict-energy-reported = Told how much energy a conflict takes
event-calm-period-reported = Told that it was calm
event-conflict-rested = A conflict came to rest

## Events: how heavy help is

event-service-step-taken = Help went to another level
event-family-wish-told = Told what somebody wishes with a step in help
event-body-joined = A body joined
event-body-left = A body left
event-advice-recorded = Advice recorded
## Events: conferences, reflection, schools

event-conference-called = Conference called
event-conference-held = Conference held
event-conference-stopped = Conference stopped
event-reflection-held = Reflected together
event-reflection-said = What somebody said in a reflection
event-intake-held = Intake with a school held
event-arrangement-triaged = Weighed what a school can do and what is asked
event-school-question-asked = A school asked something
event-school-question-handed-over = Question of a school handed over
event-school-question-ended = Question of a school ended

## Events: safety

event-safety-screened = Screened for safety
event-safety-signal-recorded = Safety signal recorded
event-safety-mapped = Signals mapped
event-safety-consulted = A colleague or Veilig Thuis consulted
event-safety-talk-judged = Judged whether a talk is safe
event-safety-talk-held = Talked about a safety signal
event-safety-weighed = Safety weighed
event-safety-decided = Decided on reporting and help
event-reported-to-veilig-thuis = Reported to Veilig Thuis
event-veilig-thuis-answered = Answer of Veilig Thuis
event-told-later-decided = Decided to tell somebody later
event-told-later-reviewed = Looked again whether somebody can be told
event-person-told = Somebody told after all
event-safety-lane-cleared = Safety lane cleared
## Events: what follows a stop, working with each person, the crisis plan, the expert team

event-hearings-planned = Planned who hears whom apart
event-heard-apart = Somebody heard apart
event-conference-resumed = Stopped conference went on
event-conference-not-resumed = Stopped conference will not go on
event-conversation-step-taken = Step taken in a conversation
event-option-authored = Somebody thought of an option
event-option-tried = An option tried
event-trusted-contact-named = Familiar face named
event-trusted-presence-answered = Said whether a familiar face may be there
event-trusted-contact-ended = No familiar face any more
event-crisis-plan-written = Crisis plan written
event-crisis-plan-reviewed = Crisis plan looked at
event-ret-asked = Regional expert team asked
event-ret-family-told = The family told what the expert team does and does not do
event-ret-joined = Members of the regional expert team joined
event-ret-ended = The regional expert team is done

## Events: help that runs, what was weighed and asked

event-trajectory-started = Help of a provider began
event-trajectory-goals-set = Recorded which goals a trajectory serves
event-extension-asked = Extension of a trajectory asked
event-extension-view-given = A role gave its view on an extension
event-extension-decided = Extension decided
event-extension-objected = Objection made to the decision on an extension
event-trajectory-ended = Help of a provider ended
event-harmful-help-justified = Help that may harm justified
event-waiting-decided = Decided to wait on purpose
event-weighing-reviewed = Looked again at what was weighed
event-application-made = Application made
event-application-delayed = An application takes longer
event-application-answered = Application answered
event-referral-recorded = Direct referral recorded
event-referral-planned = Direct referral brought into the plan
event-legal-framework-changed = The framework of help changed
event-condition-set = Condition in voluntary help set
event-condition-answered = Told what somebody says of a condition
event-condition-ended = Condition in voluntary help ended
## Events: rulings

event-ruling-recorded = Ruling recorded
event-ruling-dates-recorded = Days of a ruling recorded
event-ruling-ended = Ruling ended
event-assessment-recorded = Assessment recorded
event-assessment-part-told = Recorded what somebody said in an assessment
event-hypothesis-stated = Hypothesis stated
event-assessment-tested = Asked whether somebody recognises it
event-external-reference-recorded = Reference to another register recorded
event-external-reference-ended = Reference to another register ended
event-support-matched = Family and volunteer matched
event-support-house-rules-signed = House rules of informal support signed
event-support-certificate-seen = Certificate of conduct seen
event-support-trial-started = Trial of informal support started
event-support-trial-evaluated = Trial of informal support looked at together
event-support-term-agreed = Informal support agreed for a term
event-support-reviewed = Informal support looked at together
event-support-measured = Measured what informal support does
event-support-ended = Informal support ended
ruling-authority = authority
ruling-residence = main residence
ruling-contact = contact
ruling-suspension = suspension of authority
ruling-information-rule = information rule
ruling-ban = ban
ruling-ots = supervision order
ruling-authorisation = authorisation
ruling-substitute-consent = substitute consent

## Rules that reality did not follow

rule-consent-before-help = consent before help
rule-consent-before-joining = consent before joining
rule-consent-before-sharing = consent before sharing
rule-one-director = one case director at a time
rule-family-asked-about-successor = the family is asked about the successor
rule-summary-read-before-acceptance = the summary is read before accepting
rule-regie-handed-back-before-closing = regie is handed back before closing
rule-family-decides = the family decides
rule-different-listeners = each is heard by a different colleague
rule-child-heard = the child is heard
rule-child-words-kept = a child's words stay with those who may know them
rule-safety-before-joint-talk = safety before a joint talk
rule-screened-before-joint = each screened alone before anything joint
rule-action-has-owner = each action has an owner
rule-plan-before-action = the plan before the action
rule-child-interest-weighed = the child's interest is weighed
rule-neutral-label = a neutral name for the household
rule-own-plan-explained-first = the own plan is explained before it is chosen
rule-own-plan-in-time = the own plan is ready in time
rule-plan-evaluated-in-time = the plan is evaluated in time
rule-other = another agreement or rule
rule-family-told-of-ret = the family hears what the expert team does and does not do
rule-instrument-in-use = an instrument in a version that is in use
rule-consent-before-measuring = consent before measuring
rule-certificate-before-trial = a certificate of conduct before a trial
rule-house-rules-before-trial = house rules before a trial
rule-trial-before-term = a trial before a longer agreement
rule-consent-per-attendee = consent for each who comes from outside
rule-presence-agreed = a familiar face is there when the person agrees
rule-purpose-stated = a consultation states its purpose and yield beforehand
rule-not-without-an-answer = nothing about who was asked along and did not answer
rule-heard-before = each is heard apart first
rule-listeners-there = the colleagues who listened are there
rule-trajectory-goals-at-start = a trajectory begins with goals
rule-extension-reviewed-by-three = three roles review an extension after goals changed
rule-objection-in-time = an objection within its term
rule-condition-may-be-refused-explained = explained that a condition may be refused
rule-screened-alone = each is screened alone
rule-control-screened = the screening asks about one-sided control as well
rule-talked-alone = each is talked with alone
rule-judged-safe-first = judged safe before a parent is talked with
rule-child-first = the child is talked with first
rule-meldcode-order = the steps of the meldcode in order
rule-decided-before-report = decided before reporting, unless it is acute or structural
goal-warning-about-other-parent = This asks something of the other parent. Say what you want to reach yourself, such as: I know where I stand. Or keep it as a wish, or look at it as safety.
goal-warning-contact-before-rest = Contact cannot be asked for before there is rest. Say what you or the child need now, or keep it as a wish, or look at it as safety.

## What is not there

seen-erased = destroyed on request
seen-withheld = not for you
phase-together = together
phase-help-from-outside = with help from outside
phase-safety-first = safety and rest first
nobody-yet = nobody yet
no-director-yet = no case director yet

# Looking at a case
refusal-day-in-future = { $day } has not come yet. Choose today or a day before it.
refusal-no-day-given = Give a day to look back at: as recorded (recorded), as now known (about), or both.

## The crisis card, printed

card-title = Crisis card
card-sleeps = Where the child sleeps
card-call = Whom to call
card-do-not-call = Whom not to call
card-agreements = What was agreed
card-rulings = Rulings in force
card-rulings-as-written = (As written on { $written }.)
card-rulings-changed = (Written on { $written }. Since then a ruling came into force, ended or was told: call the case director about this.)
card-plan = Who does what by the crisis plan
card-director = Case director
card-deputy = Stands in for the case director
card-mind-locating = Somebody in this family must not be found. Say to nobody where anybody is.
card-expires = This card holds up to and including { $expires }. Written on { $written }.
card-expired = THIS CARD EXPIRED on { $expires }. Do not rely on it: call the case director.
card-printed = Printed at { $printed }. What changed after that does not stand here.
card-destroy = Keep this paper out of sight of others, and destroy it when the card expires or a newer one is printed.

## What may I say?

say-somebody = this person
say-a-child = a child of the family
say-mind-locating = Somebody in this family must not be found. Say nothing about where anybody is, lives, sleeps, or goes to school.
say-yes = { $child }: { $person } has authority today and may hear about help, agreements and decisions.
say-no-authority = { $child }: { $person } has no authority today. Say nothing about { $child }; ask what they want to know. A request for information is answered in writing.
say-young-person-must-agree = { $child } is 16 or older: { $person } hears nothing, unless { $child } agrees. Ask { $child }; no record answers it.
say-of-age = { $child } is of age: { $person } hears nothing from you about { $child }.
say-person-must-decide = { $child }: the record gives no answer. Say nothing now; ask the case director.
say-child-no = { $child } said no to { $kind } on { $since }. That no stands, whoever has authority.
say-kind-help = help
say-kind-sharing = sharing with others
say-kind-joining = somebody coming in
say-kind-measuring = measuring
say-ruling = A ruling about { $about } is in force ({ $kind }): { $scope }
say-ruling-by-channel = A ruling about { $about } is in force ({ $kind }): { $scope } Contact goes this way: { $channel }
say-is-protected = { $person } must not be found. Make sure who is on the phone, and tell nobody that they called.
say-told-later = Something is kept from { $person } for now; on { $review } somebody looks at that again. Say nothing of it, nor that there is anything.
say-own-no = { $person } said no to { $kind } about { $about } on { $since }. That no stands.
say-open-request = { $person } asked for information on { $day }; nobody decided on it yet.
say-request-given = { $person } asked for information on { $day }. On { $decided } it was decided to give it.
say-request-partly-given = { $person } asked for information on { $day }. On { $decided } it was decided to give a part: no more than that.
say-request-refused = { $person } asked for information on { $day }. On { $decided } that was refused; the same holds on the phone.
say-request-reason = Why, and what is possible: { $reason }
say-agreement = Agreed with { $person }, about { $topic }: contact goes like this: { $channel }
say-own-household = { $person } may hear about the own household ({ $households }), and about no other.
say-own = What { $person } told about themself is theirs to hear. What somebody else told is not.
say-call-back = to call back
say-last-promise-by = Last promised to { $person }, on { $made }: { $what }. By { $by }; it is still open.
say-last-promise = Last promised to { $person }, on { $made }: { $what }. It is still open.
say-last-promise-ended = Last promised to { $person }, on { $made }: { $what }. That is settled.

# Who looked at my data: read to a family
overview-who-named = { $name }, { $role } at { $organisation },
overview-who = a { $role } at { $organisation }
overview-who-role = a { $role }
overview-look = On { $day } { $who } looked at: { $data }. Why: { $why }.
overview-emergency = On { $day } { $who } looked in an emergency at: { $data }. It could not wait. Why: { $why }.
overview-refused = On { $day } { $who } wanted to see something. That was not allowed, and nothing was shown.
overview-nobody = Nobody looked at these data in this time.
overview-more = There is more. Choose fewer days to see everything.
overview-role-access-worker = worker of the municipality
overview-role-case-director = case director
overview-role-supporter = professional who helps
overview-role-sat-advisor = divorce advisor
overview-role-privacy-officer = worker who watches over privacy
overview-role-team-lead = team leader
overview-role-attention-officer = worker who watches over the steps for safety
overview-role-manager = manager
overview-role-operator = person who keeps the system running
overview-role-system = task of the system
overview-purpose-coordination = making the help for the family fit together
overview-purpose-access = finding help for the family
overview-purpose-emergency = helping at once when somebody is in danger
overview-purpose-advice = giving advice about the divorce
overview-purpose-oversight = checking that data are handled well
overview-purpose-several = for more than one purpose; for which cannot be told of that time
overview-data-people = who somebody is (name, age, place in the family)
overview-data-households = who lives with whom and where
overview-data-consents = who consented to what
overview-data-helpers = who directs the help and who helps
overview-data-course = what happened and was agreed
overview-data-signals = what somebody was worried about
overview-data-looks = who looked at the data
overview-data-other = other data
overview-data-presence = that somebody is in this case
overview-class-health = Something about health was part of it.
overview-class-criminal = Something about police or punishment was part of it.

## Episodes of a divorce

refusal-episode-absent = Nothing that was signalled is running on that day. Record first what somebody noticed.
refusal-episode-step-not-open = This step does not fit where the family stands now{ $details ->
        [told] { $state ->
            [quiet] : nothing was signalled
            [signalled] : signalled. Choose settling, recognising or a track
            [settling] : settling. Look back, take a step back or close
            [recognised] : recognised. Acknowledge it to each parent first
            [acknowledged] : acknowledged. Choose a track first
            [track_dons] : DOnS. Hold a review, choose another track or return to triage
            [track_plan_per_household] : a plan per household. Hold a review, choose another track or return to triage
            [track_redirected] : redirected. Hold a review, choose another track or close
            [review] : review. Say whether there is rest, go on, or return to triage
            [rest] : rest. Close, start contact restoration or take a step back
            [contact_restoration] : contact restoration. Record how that ended or take a step back
           *[other] {""}
        }
       *[kept] {""}
    }. Look on the page of the case which steps can follow now.
refusal-episode-further = A later step than that day is recorded already. Leave the day out, or correct first what came after it.
refusal-decided-by-a-person = A person decides this, never the system. Record it yourself.
refusal-parenting-form-not-calm = It can settle when each parent is a parent together with or beside the other. Record for each parent how that is now, or go on with recognising.
refusal-look-back-not-ahead = The day to look back does not lie after the day it was agreed. Choose a later day, or leave the day out.
refusal-look-back-not-agreed = No day to look back was agreed, or it was held already. You need do nothing more.
refusal-not-all-screened = Not every parent and every child was spoken with about safety yet, each alone. Do that first, and record what came out.
refusal-safety-first = Safety first. This waits until the steps of the meldcode are taken and a second person clears it.
refusal-features-too-few = Recognising takes features that enough professionals saw: the first one (it keeps flaring) and { $besides } other, by { $professionals } different professionals. Ask a colleague to look along.
refusal-accusations-not-weighed = What parents accuse each other of, violence or neglect, counts only once the steps of the meldcode weighed it. Leave this feature out, or take those steps first.
refusal-strain-not-named = No parent named a strain of their own. Leave this feature out, or record first what the parent says about it.
refusal-of-a-parent = This is about a parent whom it concerns here. Choose the parent.
refusal-acknowledge-first = Triage follows once it was acknowledged to each parent, apart. Speak with whoever was not spoken with yet; if that does not work, record what was tried.
refusal-recognition-missing = This takes a complex divorce that was recognised first, and for a plan per household also acknowledged to each parent. Record that first. When both parents wish two plans, or safety asks for it, that can be done without this track.
refusal-track-unchanged = This track is running already. Choose another, or leave it so.
refusal-alternatives-missing = Weigh at least one other track, each once, and say why it does not fit now.
refusal-parents-not-informed = Not every parent knows of it yet. Tell them, or say why that cannot be done.
refusal-flare-up-not-open = Nothing flared up that still asks for a decision. You need do nothing.
due-divorce-triage = Acknowledged to the parents: choose a track.
due-divorce-look-back = Look back together, as agreed when it settled.

## Events: episodes of a divorce

event-divorce-signal-recorded = Something noticed of the divorce
event-divorce-settling = Settling
event-parent-strain-named = A parent named a strain
event-complex-divorce-recognised = Complex divorce recognised
event-complex-divorce-acknowledged = Acknowledged to a parent
event-divorce-triage-decided = Triage: a track chosen
event-divorce-track-switched = Another track chosen
event-divorce-episode-moved = A step taken on the way to rest
# The picture of the escalation view
drawing-title = How it went: tension, help and rest
drawing-as-of = As it stood on { $day }. You see what you may see. A person assessed each stage; nobody is compared with anybody else.
drawing-empty = There is nothing to draw here: nothing has been recorded yet, or nothing that you may see.
drawing-months = Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec
drawing-apart = two plans
drawing-somebody = somebody
drawing-unknown = could not be said
drawing-still = still
drawing-calm = calm period
drawing-stage = stage
drawing-level = level
drawing-row-stages = tension, stage 1 to 9
drawing-row-energy = energy it takes, of 100
drawing-row-flare-ups = flare-ups and rest
drawing-row-calm = calm periods
drawing-row-help = help, level 1 to 10
drawing-row-around = Advice and bodies
drawing-row-signals = signals
drawing-row-form = parenthood
drawing-row-network = effect on the conflict
drawing-days = { $count ->
        [one] 1 day
       *[other] { $count } days
    }
drawing-calm-for = { $count ->
        [one] calm for 1 day
       *[other] calm for { $count } days
    }
drawing-since-flare-up = { $count ->
        [one] 1 day without a flare-up
       *[other] { $count } days without a flare-up
    }
drawing-more = and { $count } more
drawing-more-rows = There are { $count } more rows: too many for one picture. Ask for them as data.
drawing-flare-up = flare-up
drawing-rest = came to rest
drawing-signal = signal
drawing-opened = began
drawing-closed = over
drawing-advice = advice
drawing-sat-advised = SAT: advice given
drawing-sat-followed = SAT: advice followed
drawing-sat-departed = SAT: advice departed from
drawing-sat-mode-consultation-begun = SAT advises
drawing-sat-mode-consultation-over = SAT advises no longer
drawing-sat-mode-direct-contact-begun = SAT: direct contact began
drawing-sat-mode-direct-contact-over = SAT: direct contact over
drawing-sat-mode-intervention-begun = SAT: intervention began
drawing-sat-mode-intervention-over = SAT: intervention over
drawing-until = until
drawing-sat-asked = SAT asked
drawing-sat-accepted = SAT accepted
drawing-sat-ended = SAT done
drawing-sat-end-answered = SAT: advice answered
drawing-sat-end-not-needed = SAT: no longer needed
drawing-sat-end-not-me = SAT: not me
drawing-body-ret = RET
drawing-body-veilig-thuis = Veilig Thuis
drawing-body-raad = Raad
drawing-body-gi = GI
drawing-joined = joined
drawing-left = left
drawing-change-worse = worse
drawing-change-same = as before
drawing-change-better = better
drawing-signal-eating = eating
drawing-signal-sleeping = sleeping
drawing-signal-behaviour = behaviour
drawing-signal-mood = mood
drawing-signal-fear = fear
drawing-signal-physical = body
drawing-signal-exhaustion = exhaustion
drawing-environment-family = family and surroundings
drawing-environment-childcare = childcare
drawing-environment-primary-school = primary school
drawing-environment-after-school-care = after-school care
drawing-environment-secondary-school = secondary school
drawing-medium-app = app
drawing-medium-mail = mail
drawing-medium-telephone = telephone
drawing-medium-face-to-face = face to face
drawing-medium-meeting = in a talk
drawing-medium-through-children = through the children
drawing-medium-legal = through lawyer or court
drawing-medium-other = another way
drawing-form-cooperative = cooperative parenthood
drawing-form-parallel = parallel parenthood
drawing-form-conflict = parenthood in conflict
drawing-network-feeds = feeds it
drawing-network-calms = calms it
drawing-network-unknown = effect could not be said
drawing-shape-dot = as before, or for the first time
drawing-shape-up = higher, heavier or worse
drawing-shape-down = lower, lighter or better
drawing-shape-ring = could not be said
drawing-shape-star = flare-up
drawing-shape-waves = came to rest
drawing-shape-opened = signal began
drawing-shape-closed = closed
drawing-shape-asked = advice asked
drawing-shape-accepted = question taken on
drawing-shape-advice = advice
drawing-shape-in = body joined
drawing-shape-out = body left
drawing-shape-several = several at once
## Alerts and proposals

alert-other = A term in this case is over. See together what is needed.
alert-gap = No case director yet: { $number ->
        [one] 1 professional involved
       *[other] { $number } professionals involved
    }. Agree on a case director.
alert-no-director = No case director yet. Agree on a case director.
alert-divorce-triage = The choice of a track for the divorce is still open.
alert-divorce-look-back = Look back as agreed at how it goes since the divorce.
alert-dons-explanation = A DOnS conversation still needs a short explanation.
alert-sat-acceptance = A question to the SAT waits for an advisor.
alert-sat-advice = A question to the SAT waits for advice.
alert-consent-ends = A consent runs out on { $day }: ask whether it is renewed.
alert-birthday = A child has a birthday after which others consent: speak with the child before it.
alert-ruling-starts = A ruling comes into force on { $day }: discuss what changes then.
alert-deputy-ends = The deputy's time ends on { $day }: see who directs from then on.
alert-help-consent-incomplete = Help that runs lacks a consent: ask again, or name another ground.
alert-crisis-plan = The crisis plan was not looked at for a while: go through it together.
alert-reflection = Stop and ask together: still the right thing, and how are we doing?
alert-ret-asked = The RET was asked and there is no answer yet: give them a call.
alert-conference-resume = A conference was to go on: agree on a day.
alert-meldcode-map = Meldcode: map what was seen.
alert-meldcode-consult = Meldcode: ask a colleague or Veilig Thuis to think along.
alert-meldcode-talk = Meldcode: the talk is still open, first with the child alone.
alert-meldcode-weigh = Meldcode: weigh what was seen and heard.
alert-meldcode-decide = Meldcode: both decisions are still open.
alert-told-later-review = Look again whether somebody can know it now.
alert-school-question = A question of a school waits for an answer.
alert-school-call-back = Call the school back.
alert-trajectory-end = Help of a provider was expected to end: ask whether it is still needed.
alert-extension-decision = An extension waits for a decision.
alert-harm-justification = Help that may harm still needs its justification.
alert-harm-review = Look again at help that may harm.
alert-waiting-review = See whether waiting is still best.
alert-application-answer = An application waits for an answer.
alert-condition-end = A condition in voluntary help runs out: discuss what holds afterwards.
alert-support-trial = The trial of informal support ends: discuss how it was.
alert-support-review = Look together at how informal support goes.
alert-support-term = The agreed time of informal support ends: discuss what fits afterwards.
proposal-sat-consultation = The conflict feels heavier than before. Proposal: ask the SAT to look along, anonymously or with names.
proposal-rest-review = It has been calm for a while. Proposal: discuss with everyone whether there is rest.
proposal-separate-conversations = A conference was stopped. Proposal: let each be heard apart by a different colleague, and go on in about a week.
proposal-step-back = It flared up again; that is part of it. Proposal: discuss whether a step back helps.
refusal-proposal-unknown = This proposal is not in this case. Choose one that is.
refusal-proposal-answered = This proposal was answered already, on { $on }. Correct that answer if it should be otherwise.
refusal-proposal-lapsed = This proposal no longer waits for an answer: what it rested on is gone, or the case is closed. You need not do anything. If you still find it needed, take the step yourself; that takes no proposal.
refusal-by-itself-only = Only the system itself raises this alert or makes this proposal. Record what you want to say, as a contact or an action for instance.
refusal-proposal-needs-a-person = A person answers a proposal. Let the director or the deputy accept or dismiss it.
refusal-by-itself-stays = That the system said this stays. Correct what it rests on, or answer the proposal.
worker-system = the system
event-alert-raised = Alert that something waits
event-proposal-made = Proposal by the system
event-proposal-accepted = Proposal accepted
event-proposal-dismissed = Proposal dismissed

## DOnS and the divorce advice team: conversations, goals, advice

refusal-duo-untrained = Not of both is it recorded that they are trained as a family representative for that organisation on that day. Choose a trained colleague, or let the team lead of that organisation record the training.
refusal-dons-not-the-track = The track that was chosen is not DOnS, or none was chosen yet. First record what was noticed, speak with each alone about safety and choose DOnS in triage, or switch to it.
refusal-dons-unknown = This DOnS trajectory is not in this case. Check which trajectory you mean.
refusal-dons-with-nobody = A conversation is with somebody. Say who was there, or record that it was not held.
refusal-dons-too-long = A conversation lasts no longer than a day. Check the number of minutes.
refusal-dons-conversation-unknown = This conversation is not recorded as held. Check which conversation you mean, or leave it out.
refusal-parent-goal-unknown = This goal of the parents is not in this case. Check which goal you mean.
refusal-parent-goal-fixed = The parents fixed this goal as it stands. Adjust it first if they want it otherwise.
refusal-goal-of-parents = A goal of the parents is of parents. Name parents only, or leave this out: then it is of every parent.
refusal-barrier-unknown = This barrier is not in this case. Check which one you mean.
refusal-barrier-lifted = This barrier was lifted before. There is nothing more to do.
refusal-dons-without-outcome = Completed means that something came of it. Say what, for communication, contact or agreements. If it ended early, record that with the reason.
refusal-sat-withdrawn = This question was withdrawn by who asked it. It cannot be answered any more; ask a new one if that is needed.
refusal-sat-not-accepted = Nobody of the team accepted this question yet. Accept it first.
refusal-not-the-sat-advisor = Another advisor of the team accepted this question. That advisor advises.
refusal-sat-access-over = The access with this question is over. An advice is about what you could see; let the question be asked anew.
refusal-sat-position-unseen = An advice is about the case exactly as you saw it. Name the revision that you looked at after you accepted the question.
refusal-sat-advice-unknown = This advice is not on this question. Check which advice you mean.
refusal-sat-advice-answered = This advice was answered before. There is nothing more to do.
refusal-not-who-asked-sat = An advice is answered by who asked for it, or by the case director. Ask one of them.
refusal-sat-reason-missing = Whoever departs from an advice says why. Fill in the reason.
refusal-sat-anonymous = This question was asked anonymously: there is nobody to speak with. Ask it with names, with their consent.
refusal-sat-mode-is-consultation = Asking for advice is what this question is. Choose direct contact or an intervention.
refusal-sat-mode-without-end = An intervention has a last day. Name it.
refusal-sat-mode-present = At that time the team is there itself already. Choose other days, or end that first.
refusal-sat-mode-absent = On that day the team is not there itself. Check the day.
due-sat-acceptance = An advisor accepts a question to the divorce advice team.
due-sat-advice = The divorce advice team advises.
due-dons-explanation = Explain why a DOnS conversation went otherwise than usual.
rule-dons-pattern = a DOnS conversation as usual: in number, order and time
rule-dons-attendance = everyone is there whom a DOnS conversation is with

## Events: DOnS and the divorce advice team

event-dons-conversation-held = DOnS conversation held
event-dons-conversation-not-held = DOnS conversation not held
event-parent-goal-drafted = Goal of the parents drafted
event-parent-goal-adjusted = Goal of the parents adjusted
event-parent-goal-fixed = Goal of the parents fixed
event-barrier-opened = Something stands in the way
event-barrier-lifted = Stands in the way no longer
event-dons-completed = DOnS completed, with what came of it
event-sat-not-me-said = An advisor said: not me
event-sat-advice-given = Advice of the divorce advice team
event-sat-advice-answered = Advice answered
event-sat-mode-agreed = The divorce advice team is there itself
event-sat-mode-ended = The divorce advice team is not there itself any more
