/** The dependency rule: every arrow points at domains/, and domains/ points only at resources/. */
const only = (folder, ...allowed) => ({
  name: `${folder}-points-only-at-${allowed.join('-') || 'nothing'}`.replaceAll('/', '-'),
  severity: 'error',
  from: {
    path: `^${folder}/`,
    pathNot:
      '^bot/(main|start-arena|services|stores|open-repositories|privacy-services|admin-services|connect-telegram)\\.ts$',
  },
  to: {
    path: '^(bot|domains|redis|database|resources|sandbox|tests|tools)/',
    pathNot: [folder, ...allowed].map((name) => `^${name}/`),
  },
});

const pure = {
  name: 'domains-know-no-transport-and-no-store',
  comment:
    'domains/ decides what is allowed; it holds no grammY, no Redis, no SQL, no server, no Prometheus.',
  severity: 'error',
  from: { path: '^domains/' },
  to: {
    path: 'node_modules/(grammy|@grammyjs|ioredis|ioredis-mock|drizzle-orm|pg|@electric-sql|pino|prom-client)|^(fs|net|http|https)$',
  },
};

const rulesOfBattles = {
  name: 'rules-of-battles-stand-alone',
  comment:
    'What decides a battle is frozen in one folder: nothing of it is read from where it may change.',
  severity: 'error',
  from: { path: '^domains/combat/rules/' },
  to: {
    path: '^(domains|resources)/',
    pathNot: [
      '^domains/combat/rules/',
      '^domains/combat/battle\\.ts$',
      '^domains/core/',
      '^domains/account/account-context\\.ts$',
    ],
  },
};

const versionsOfRules = {
  name: 'a-version-of-the-rules-borrows-of-no-other',
  severity: 'error',
  from: { path: '^domains/combat/rules/(v\\d+)/' },
  to: { path: '^domains/combat/rules/v\\d+/', pathNot: '^domains/combat/rules/$1/' },
};

module.exports = {
  forbidden: [
    only('bot', 'domains', 'resources'),
    only('redis', 'domains'),
    only('database', 'domains'),
    only('domains', 'resources'),
    only('resources'),
    only('sandbox'),
    only('domains/core', 'resources'),
    only('domains/account', 'domains/core', 'resources'),
    only('domains/inventory', 'domains/core', 'domains/account', 'resources'),
    only(
      'domains/scenario',
      ...['domains/core', 'domains/account', 'domains/inventory', 'resources'],
    ),
    only('domains/combat', 'domains/core', 'domains/account', 'resources'),
    only(
      'domains/skills',
      ...['domains/core', 'domains/account', 'domains/inventory', 'domains/combat', 'resources'],
    ),
    only(
      'domains/exploration',
      ...['domains/core', 'domains/account', 'domains/inventory', 'domains/combat'],
      ...['domains/skills', 'domains/scenario', 'resources'],
    ),
    only(
      'domains/story',
      ...['domains/core', 'domains/account', 'domains/inventory', 'domains/combat'],
      ...['domains/scenario', 'domains/exploration', 'resources'],
    ),
    only('domains/profile', 'domains/core', 'domains/account', 'domains/combat', 'resources'),
    only('domains/privacy', 'domains/core', 'domains/account', 'resources'),
    pure,
    rulesOfBattles,
    versionsOfRules,
    { name: 'no-cycles-of-files', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-cycles-of-folders',
      severity: 'error',
      scope: 'folder',
      from: {},
      to: { circular: true },
    },
    {
      name: 'nothing-unresolved',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      extensions: ['.ts', '.js'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
