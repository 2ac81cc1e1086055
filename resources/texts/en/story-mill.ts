export const storyMill = {
  'story.mill.title': 'The Sleepless Mill',

  'story.mill.door':
    'Night. No wind, no water in the race, and yet the stones of the Old Mill are turning. On a sack by the door sits Agatha, the miller, with a pitchfork at the ready. “Again,” whispers Agatha. “This is the fourth night it has been grinding, all by itself. In the morning there is flour, and none of my grain is gone. Find out who it is, and I will be grateful.”',
  'story.mill.door.ask': '💬 Question Agatha',
  'story.mill.door.wheel': '💪 To the water wheel',
  'story.mill.door.flour': '🧠 Study the flour outside',

  'story.mill.talk':
    'Agatha counts it off. One: a light under the roof. Two: sacks with a strange brand, a stair of three steps. Three: the cat will not go indoors. “And at midnight somebody counts aloud,” adds Agatha. “They lose count and start again. Have you any idea how frightening it is when they lose count?”',
  'story.mill.talk.wheel': '💪 To the water wheel',
  'story.mill.talk.flour': '🧠 Study the flour outside',
  'story.mill.talk.cat': '🍀 Follow the cat',

  'story.mill.wheel':
    'In the dry race the wheel turns in jerks, as if pushed from inside. Beside it lies the log that is meant to stop it: heavy as two grown people. Jam the wheel, and the stones will stand still, and those upstairs will be out of work. Or out of temper.',
  'story.mill.wheel.log': '💪 Ram the log in',
  'story.mill.wheel.hold': '🫀 Hold the wheel by hand',
  'story.mill.wheel.flour': '🧠 Better study the flour',

  'story.mill.traces':
    'The flour outside lies like fresh snow, and it has been walked on: by people, or by beasts, or by both in the same pair of shoes. On a sack is a brand, a stair of three steps. The letters under it are old, the kind that is cut into gravestones.',
  'story.mill.traces.brand': '🧠 Read the brand',
  'story.mill.traces.tracks': '👁 Sort out the tracks',

  'story.mill.stopped':
    'Spokes creak; the wheel groans and stands still. Silence drops on the mill like a sack. Then somebody upstairs says “Oh”, and out of a crack in front of you trickles flour, followed by six coins: a bribe. You let the wheel go, and the stones grind on. Up there they now listen to you as closely as you to them. The door is open: the only way is up.',
  'story.mill.stopped.up': '⬆️ Climb up to the stones',

  'story.mill.swept':
    'Your hands slip, and the wheel gladly takes you along. Sky, mud, sky, mud, and you are sitting in the drain that leads right under the floor of the mill. It hurts and it is wet, but at least you did not have to knock: overhead they are counting sacks, and do not know about you.',
  'story.mill.swept.up': '⬆️ Up through the floor',

  'story.mill.read':
    'Now it is clear. The tracks are muddled on purpose, yet all of them lead to the sack, and the letters on it say “for one step”: the flour that it takes to feed somebody huge, so that for one night they stay where they are. You know what is being ground here and for whom. What is left is to learn by whom.',
  'story.mill.read.up': '⬆️ Walk in as if at home',

  'story.mill.cat':
    'The cat looks at you with pity, gets up and walks along the wall. All other tracks end here, but not the cat’s: behind the woodpile is a hole that not even Agatha knows. Inside it is dark and warm, and does not smell of mice. The stone creaks overhead, and a voice mutters: “A hundred and forty… a hundred and forty… bother.”',
  'story.mill.cat.up': '⬆️ Crawl after the cat',

  'story.mill.rats':
    'Rats are pushing the stone round: forty of them, in a line, like barge haulers. On the beam sits the forty-first, the size of a calf, and counts sacks. All are tied up, and all bear the stair. The rat looks at you, at the way out, at you again, and bares its teeth: the flour matters more.',
  'story.mill.rats.fight': '⚔️ Fight the rat',
  'story.mill.rats.word': '🧠 “For one step”',
  'story.mill.rats.bow': '🎭 Bow to the rat',
  'story.mill.rats.steal': '🦶 Make off with the sacks',

  'story.mill.poacher':
    'A poacher turns the stone, harnessed to the beam like a donkey. Odd boots on both feet, a spare pair at the belt: to muddle the tracks. “Not my grain, but not the miller’s either,” comes a whisper, and a knife comes out of a boot. “They pay more for a sack than you see in a year. You were never here. Go.”',
  'story.mill.poacher.fight': '⚔️ Knock the knife away',
  'story.mill.poacher.word': '🧠 “For one step”',
  'story.mill.poacher.pay': '🎭 “And who pays?”',
  'story.mill.poacher.steal': '🦶 Make off with the sacks',

  'story.mill.dog':
    'At the stone a child of ten, floury to the eyebrows, pushes the beam and counts the turns. A wild dog steps in front of you and snarls for two. “Please don’t,” says the child. “If I’m not done by morning, it takes a step. I can hear it step. Can’t you?”',
  'story.mill.dog.fight': '⚔️ Drive the dog off',
  'story.mill.dog.word': '🧠 “For one step”',
  'story.mill.dog.sit': '🦉 Sit down, hold out a hand',
  'story.mill.dog.steal': '🦶 Make off with the sacks',

  'story.mill.dawn':
    'By morning the stones stand still and the sacks lie on the porch. Agatha counts them, unties one and falls silent: at the bottom, under the flour, is something good that was put by for a rainy day. “Take it,” says Agatha. “A mill has no use for it.” Far in the east something takes a step, and white dust trickles from the rafters.',

  'story.mill.deal':
    'You take your place at the beam. Until dawn you grind together, and nobody loses count. The east is quiet: tonight nothing comes down. The sacks leave through the back, and payment stays on the doorstep. You tell Agatha the truth, but only half of it. “Let them grind,” says Agatha. “They could say good evening, though.”',

  'story.mill.flour':
    'The flour rises like a wall. When it settles, the stone is deserted, the door stands open, and all you hold is one sack with the brand: a stair of three steps. Agatha dusts you off with a broom and pays for the sack. “At least we know that they are no ghosts,” says Agatha. “They will be back, and so should you.”',
} as const;
