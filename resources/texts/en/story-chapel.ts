export const storyChapel = {
  'story.chapel.title': 'The Sunken Chapel',

  'story.chapel.shore':
    'Once a month the marsh draws back, and the roof of the chapel rises from the black water. A bell tolls below, under the water, evenly, like breath. On the shore stands a stone with an inscription; a boat is tied to it, and in the boat somebody sits with their back to you. The water is coming in already.',
  'story.chapel.shore.dive': '🫀 Dive for the doors',
  'story.chapel.shore.stone': '🧠 Read the inscription',
  'story.chapel.shore.boat': '🛶 Get into the boat',

  'story.chapel.undertow':
    'The water is quicker than you: it closes overhead, quiet, heavy, tasting of wax. Down, and down. Then a hand, cold and very polite, takes you by the collar and sets you on dry flagstones. There is nobody around. Beside you on the stone is a wet footprint: a bare foot, just one.',
  'story.chapel.undertow.foot': '🦉 Set your foot in the print',
  'story.chapel.undertow.bell': '🔔 Follow the bell',

  'story.chapel.ferry':
    'The boat moves by itself. Whoever sits with their back to you rows that way, too. “The fare is one truth,” says a voice with bubbles in it. “What do you want down there? Liars may ride as well. But only half of the way.” Halfway is already close.',
  'story.chapel.ferry.loot': '“Loot”',
  'story.chapel.ferry.count': '“To learn why it tolls”',
  'story.chapel.ferry.save': '🎭 “To save the innocent”',

  'story.chapel.ebb':
    'There is a word for the water: a short one, said on a breath out. The water listens and draws off, baring a stair: forty steps down, with a name on each but the last three. The tolling breaks off, as if down there they were holding their breath.',
  'story.chapel.ebb.down': '⬇️ Go down',
  'story.chapel.ebb.names': '👁 Read names on the way',

  'story.chapel.nave':
    'It is dry inside; the water hangs around it like a wall. In the pews are knights in rusted armour, all on their knees, facing the altar. You come in, and forty helmets turn at once. The bell tolls, very near now. Beyond the front pew is the door of the sacristy, sixty steps away.',
  'story.chapel.nave.rhythm': '🦶 Walk in time with the bell',
  'story.chapel.nave.kneel': '🧘 Kneel down among them',
  'story.chapel.nave.straight': '⚔️ Walk straight on',

  'story.chapel.kneel':
    'You kneel in a row of knights in rusted armour. The one on your left smells of mud. They pray with their fingers only, and after a hundred breaths you understand: it is a count. They hold the stairs that nothing has come down yet. Your turn comes, and your fingers know the number. The last knight in the row gets up: your place was taken long ago.',
  'story.chapel.kneel.fight': '⚔️ Meet the knight',
  'story.chapel.kneel.yield': '🎭 Give up the place',

  'story.chapel.guard':
    'One of the knights steps into the aisle. Behind the visor is water, and in the water a face that was forgotten long ago. The sword rises without malice, like a toll bar. Dents in other people’s armour tell where it strikes: mostly the chest.',
  'story.chapel.guard.fight': '⚔️ Fight',
  'story.chapel.guard.count': '🦉 Count on your fingers',

  'story.chapel.sacristy':
    'Behind the door of the sacristy it is quiet and dry, and the oil in the lamp is still warm. You catch your breath. A book lies open: forty columns of names, a day beside each. The last line has just been written, and the ink shines: “{name}”. There is no day yet.',
  'story.chapel.sacristy.strike': '✍️ Strike out the name',
  'story.chapel.sacristy.tear': '🍀 Tear out the page',
  'story.chapel.sacristy.leave': '📖 Close the book',

  'story.chapel.warden':
    'Before the altar stands the prior, a Gate knight in full armour, a key around the neck. “They hold,” booms the visor. “Forty souls, forty stairs. Take what lies behind me, and one of them comes free. A soul or a stair, even I do not know.” The sword leaves its sheath at the height of your chest.',
  'story.chapel.warden.fight': '⚔️ Fight for the altar',
  'story.chapel.warden.hold': '🧘 “I hold the forty-first”',
  'story.chapel.warden.word': '🧠 Say the word of the water',

  'story.chapel.washed':
    'Cold. The cry of a gull. You lie on the shore with your face in the moss and the taste of something strong in your mouth: somebody would not let you freeze. The ferryman in the boat now sits facing you, only there is no face. “Nobody goes down a third time,” bubbles the voice. “But you may take what the water brings. It brings a great deal.”',
  'story.chapel.washed.again': '🛶 Down once more',
  'story.chapel.washed.take': '🌊 Take what it brings',

  'story.chapel.altar':
    'On the altar, before the rows of kneeling knights, lie three things, and the water does not touch them. They have been here so long that each has a pool of light of its own. You may take one: you reach out, and the others lean away, like candle flames from a draught.',
  'story.chapel.altar.ember': '🔥 An ember, still hot',
  'story.chapel.altar.bell': '🔔 A bell without a tongue',
  'story.chapel.altar.acorn': '🌰 An iron acorn',
  'story.chapel.altar.lantern': '🏮 A lantern without a flame',

  'story.chapel.ember':
    'The ember burns your palm, though not badly: a greeting after a long parting. The water boils and draws off. Forty knights breathe out at once, and thirty-nine go down on their knees again. One follows you ashore, takes off the helmet and falls apart into dry leaves. In the east the step that everybody waits for does not come tonight.',

  'story.chapel.bell':
    'The bell has no tongue, and it rings once, inside your head. The tolling under the water answers and falls silent for ever: from now on the count is yours. The knights raise their heads, all forty, as if they were allowed to sleep. You leave over the dry bed, and all the way you hear how many stairs are left. Twelve.',

  'story.chapel.acorn':
    'The acorn is as heavy as a fist and beats like a heart. The flagstones crack: roots come through, slow and sure, and wind around the empty places in the pews. An old key comes to hang on a branch. “A tree will outlast us,” booms the vault, and there is a smile in it. The chapel goes down into the water, green.',

  'story.chapel.lantern':
    'There is no flame in the lantern, and yet it shines, wherever it is darkest. You raise it, and through the water and the hills you see the Stair. Something huge stands on it, one foot already lifted. It squints into the light and, for the first time in a hundred years, goes back up one stair. Behind you the knights lose count for joy.',

  'story.chapel.ashore':
    'The water lays a bundle at your feet: somebody’s good gear in oiled cloth, and a note. “For the finder: do not take my place.” The chapel goes down, and the bell fades. On the way back you count your steps, and for a long time cannot stop.',
} as const;
