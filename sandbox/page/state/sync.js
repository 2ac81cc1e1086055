// @ts-check
/** @import { Store } from './store.js' */
import * as api from '../base/api.js';
import { NewsStream } from '../base/stream.js';
import { NAMES } from '../text/words.js';
import { withHeard } from './calls.js';
import { phonesToShow } from './phones.js';
import { readChat } from './read-chat.js';

/**
 * Keeps the store in step with the sandbox: fetches everything, then follows the stream.
 * @param {Store} store
 */
export function follow(store) {
  return new NewsStream({
    onConnection: (state) => {
      store.setConnection(state);
    },
    onStale: () => void lookUp(store).catch(() => undefined),
    onChat: (id, event) => {
      store.see(id, event);
    },
    onPerson: (person) => {
      store.setPerson(person);
    },
    onCall: (call) => {
      store.addCall(call);
    },
    onFaults: () => void fetchFaultState(store),
    onBotStarted: () => {
      store.setBotStarted(true);
    },
  });
}

/**
 * Adds a first player to an empty sandbox.
 * @param {Store} store
 */
async function lookUp(store) {
  const before = store.calls;
  const [people, bot, calls] = await Promise.all([
    api.listPeople(),
    api.readBotState(),
    api.listCalls(),
  ]);
  store.setBotStarted(bot.is_started);
  const { language } = store.settings;
  const all =
    people.length > 0 ? people : [await api.addPerson(NAMES[language][0] ?? '', language)];
  await Promise.all(
    all.map(async ({ id }) => {
      store.setChat(id, await readChat(store, id, api.readChat));
    }),
  );
  store.setPeople(all);
  store.setCalls(withHeard(calls, before, store.calls));
  const phones = phonesToShow(store.settings.phones, all);
  store.choose({ phones });
  if (phones[0] !== undefined && store.activeId === null) store.activate(phones[0]);
  await fetchFaultState(store);
}

/**
 * A request that fails leaves the default.
 * @param {Store} store
 */
export async function fetchFaultState(store) {
  if (store.connection !== 'open') return;
  const [faults, doubling, traffic] = await Promise.all([
    api.listFaults().catch(() => []),
    api.readDoubling().catch(() => ({ times: 0 })),
    api.readTraffic().catch(() => ({ on: false })),
  ]);
  store.setFaultState({ faults, isDoubling: doubling.times !== 0, isTraffic: traffic.on });
}
