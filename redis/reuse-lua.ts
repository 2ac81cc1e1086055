import { createRequire } from 'node:module';

/** A Lua machine of fengari, the Lua that ioredis-mock runs. */
type State = object;

interface Fengari {
  readonly lua: {
    readonly LUA_REGISTRYINDEX: number;
    readonly LUA_MULTRET: number;
    lua_settop(state: State, top: number): void;
    lua_rawgeti(state: State, table: number, key: number): void;
    lua_pcall(state: State, args: number, results: number, handler: number): number;
    lua_close(state: State): void;
  };
  readonly lauxlib: {
    luaL_newstate(): State;
    luaL_loadstring(state: State, text: Uint8Array): number;
    luaL_ref(state: State, table: number): number;
    luaL_dostring(state: State, text: Uint8Array): number;
  };
  readonly lualib: { luaL_openlibs(state: State): void };
}

let isDone = false;

/**
 * ioredis-mock makes a Lua machine for each call of a script and compiles the script again, which takes seven
 * times as long as the call. Scripts run to their end one after another and set no globals, so all calls can
 * share one machine and what was compiled. Another version of fengari is left as it is.
 */
export function reuseLua(): void {
  if (isDone) return;
  isDone = true;
  const fromHere = createRequire(import.meta.url);
  const fengari: unknown = createRequire(fromHere.resolve('ioredis-mock'))('fengari');
  if (isFengari(fengari)) shareMachine(fengari);
}

function shareMachine({ lua, lauxlib, lualib }: Fengari): void {
  const state = lauxlib.luaL_newstate();
  lualib.luaL_openlibs(state);
  lauxlib.luaL_newstate = () => {
    lua.lua_settop(state, 0);
    return state;
  };
  lualib.luaL_openlibs = () => undefined;
  lua.lua_close = () => undefined;
  const compiled = new Map<string, number>();
  lauxlib.luaL_dostring = (_, text) => {
    const key = Buffer.from(text).toString('latin1');
    const known = compiled.get(key);
    if (known === undefined) {
      const status = lauxlib.luaL_loadstring(state, text);
      if (status !== 0) return status;
      compiled.set(key, lauxlib.luaL_ref(state, lua.LUA_REGISTRYINDEX));
    }
    lua.lua_rawgeti(state, lua.LUA_REGISTRYINDEX, compiled.get(key) ?? 0);
    return lua.lua_pcall(state, 0, lua.LUA_MULTRET, 0);
  };
}

function isFengari(value: unknown): value is Fengari {
  const { lua, lauxlib, lualib } = Object(value) as Record<string, unknown>;
  return (
    hasFunctions(lua, ['lua_settop', 'lua_rawgeti', 'lua_pcall', 'lua_close']) &&
    hasFunctions(lauxlib, ['luaL_newstate', 'luaL_loadstring', 'luaL_ref', 'luaL_dostring']) &&
    hasFunctions(lualib, ['luaL_openlibs'])
  );
}

function hasFunctions(value: unknown, names: readonly string[]): boolean {
  const library = Object(value) as Record<string, unknown>;
  return names.every((name) => typeof library[name] === 'function');
}
