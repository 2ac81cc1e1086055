export const storyPrologue = {
  'story.prologue.title': 'At the Gate of Freehold',

  'story.prologue.gate':
    'Rain. The gate of Freehold is shut, and behind it somebody bakes bread and plays the pipe badly. Sandgate is two days away, but nobody lasts in its arena untaught, and this is where they teach. A board on the gate says: “Knocking is useless. Think.”',
  'story.prologue.gate.push': 'Put a shoulder to it',
  'story.prologue.gate.fence': 'Walk along the fence',
  'story.prologue.gate.answer': 'Answer the board aloud',
  'story.prologue.gate.think': 'Sit down and think',

  'story.prologue.broken':
    'The bar cracks, the gate flies open, and you arrive in the yard together with half of the bar. The music stops. Under an awning sits Rook, a one-eyed teacher with a pipe. “Thirty years that board has hung there,” says Rook, “and every spring somebody answers it with a shoulder.”',
  'story.prologue.broken.lift': 'Pick up the broken bar',
  'story.prologue.broken.joke': '“The board did not object”',
  'story.prologue.broken.tune': 'Ask about the tune',

  'story.prologue.hole':
    'Two boards hang on one nail. Behind them is a henhouse: twelve hens, and a rooster who takes guard duty seriously. You come out into the yard in feathers, and one hen follows you. Under an awning sits Rook, a one-eyed teacher with a pipe. “That hole is older than I am,” says Rook. “Good pupils come through it, not through the gate.”',
  'story.prologue.hole.dignity': 'Dust off with dignity',
  'story.prologue.hole.hen': 'Pick up the hen',
  'story.prologue.hole.look': 'Look over the yard',

  'story.prologue.window':
    'A small window opens in the gate; a minute ago there was none. One eye looks out. “Doesn’t knock. Not bad,” says a voice. “They call me Rook, and I teach here. Say what you want with the arena, and come in. You may lie, as long as it is interesting.”',
  'story.prologue.window.glory': '“Glory”',
  'story.prologue.window.titan': '“To learn about the Titan”',
  'story.prologue.window.lost': '“To find the missing”',
  'story.prologue.window.supper': '“Supper”',

  'story.prologue.yard':
    'The yard is trodden down to bare stone. In the middle stands a straw man with a bucket for a helmet. “Head, chest, belly, legs.” Rook points with the pipe. “Four zones, the same for everybody, even for kings. Each round you strike at one and cover two that touch. Both strike at once. Where would you like to begin?”',
  'story.prologue.yard.head': '⚔️ With a blow, right now',
  'story.prologue.yard.legs': 'The legs: few guard them',
  'story.prologue.yard.watch': 'Watch it first',
  'story.prologue.yard.kings': '“And what do kings cover?”',

  'story.prologue.guard':
    'You try a blow: straw flies, the bucket rings. “Anybody can strike.” Rook puts the pipe aside and takes a stick. “My turn. Twice I aim at one place, and the third time I don’t. Cover two zones, and think which.” The stick is already in the air.',
  'story.prologue.guard.shoulders': '👁 Watch the shoulders',
  'story.prologue.guard.dodge': '🦶 Jump aside',
  'story.prologue.guard.endure': '🫀 Cover up and stand',
  'story.prologue.guard.count': '🧠 Work out the third blow',

  'story.prologue.caught':
    'The stick raps on your guard. Once. Twice. The third time it goes elsewhere, and you are already there. Rook is silent for longer than usual. “A guard is no wall,” says the teacher at last. “It is a guess. Guess the zone, and the blow is almost gone. That is the whole secret. In Sandgate they charge for it.”',
  'story.prologue.caught.again': 'Ask for another round',
  'story.prologue.caught.eye': 'Ask about the other eye',
  'story.prologue.caught.silent': 'Remember it, say nothing',

  'story.prologue.bruise':
    'Once: a miss. Twice: a miss. The third blow lands right on the ribs, and the world becomes very detailed. “Congratulations.” Rook hands you a wet cloth. “Nobody forgets this lesson. Those who strike one place twice want you to get used to it. Don’t. Read the last blows.”',
  'story.prologue.bruise.slower': '“Again. Slower.”',
  'story.prologue.bruise.laugh': 'Laugh',
  'story.prologue.bruise.mistake': 'Work out the mistake',

  'story.prologue.technique':
    '“Now a technique.” Rook draws on the stone with the stick. “A plain blow is free. A technique is paid for, with stamina or mana. You choose it first and the blow after it, and then it rests for a round. What would your best move look like?”',
  'story.prologue.technique.crush': 'One blow, a crushing one',
  'story.prologue.technique.unseen': 'Unseen until it lands',
  'story.prologue.technique.stand': 'To stand, and answer',
  'story.prologue.technique.fire': 'A word, then fire',

  'story.prologue.fight':
    'Rook sits down behind the straw man and takes hold of two ropes. The straw falls into a stance, the bucket turns to you, and it is not funny any more. “It mostly goes for the legs,” says a voice from behind the straw. “That was a gift. Start with a technique, and spare neither yourself nor the bucket.”',
  'story.prologue.fight.now': '⚔️ Fight!',
  'story.prologue.fight.bow': '⚔️ Bow, then fight',
  'story.prologue.fight.circle': '⚔️ Circle it, then fight',
  'story.prologue.fight.bar': '⚔️ Fight, broken bar in hand',

  'story.prologue.praise':
    'The bucket rolls across the yard and stops at your feet. Behind the straw Rook lets go of two ropes. Somebody claps: three children are sitting on the roof, and have been for a while. “Three newcomers in five lose to the straw,” remarks Rook. “Two of them swear that it cheats. You may keep the bucket.”',
  'story.prologue.praise.bucket': 'Put on the bucket and bow',
  'story.prologue.praise.straw': 'Straighten the straw',
  'story.prologue.praise.hen': 'Bow to the hen',
  'story.prologue.praise.why': 'Ask how they lose',

  'story.prologue.comfort':
    'You look at the sky. It is grey, and a single straw drifts across it. A bucket bends over you, and behind it Rook, a rope in each hand. “Remember what it is like down there,” says the teacher, without mockery. “It costs you no things and no name. In Sandgate, too, a defeat costs only time. Get up: straw tires before you do.”',
  'story.prologue.comfort.rise': 'Get up at once',
  'story.prologue.comfort.think': 'Lie there and think',
  'story.prologue.comfort.hen': 'Move the hen off your chest',
  'story.prologue.comfort.hand': 'Ask for a hand',

  'story.prologue.bag':
    'In the storeroom Lada, who runs Freehold, measures you with one look, as a tailor does cloth, and packs a bag: a weapon that suits you, something against blows, and twenty coins. “Nothing helps while it is in the bag,” says Lada. “Wear it, and compare it with the old one. And tell me: what shall I remember you by?”',
  'story.prologue.bag.thanks': 'Say thank you',
  'story.prologue.bag.repair': 'Repair the bar',
  'story.prologue.bag.hen': 'Give the hen back',
  'story.prologue.bag.titan': 'Ask Lada about the Titan',

  'story.prologue.end':
    'At dusk Rook walks you to the gate. The rain is over. Far in the east, where the Titan’s Stair goes up into the clouds, something heavy takes a step down, and the puddles in the yard shiver. “One stair a night,” says Rook. “There are many left, {name}. But learn faster.” Your bag clinks: open it, /bag, and put on what is new.',
} as const;
