// The directions of docs/architecture.md, held by `npm run check`: audit sees, policy decides, stacks acts.
/** Any folder of this repository but these; a folder that is new is refused until somebody allows it. */
const anywhereBut = (...allowed) => ({ path: '/', pathNot: allowed, dependencyTypes: ['local'] });
const isTest = '\\.(test|fixture)\\.ts$';
/** What production does not install, or what comes only because another package needs it. */
const isNotInstalled = {
  dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown', 'unknown'],
  dependencyTypesNot: ['type-only'],
};

/** Rooms, and those that import them and that they must not import back. */
const above = {
  'bootstrap/': 'cli',
  'policy/calendar/': 'policy/(check|edit|files|guard|judge|licenses|plan|signing|words)',
  'policy/files/': 'policy/(check|edit|guard|judge|licenses|plan|words)',
  'policy/licenses/': 'policy/(check|edit|guard|judge|plan|words)',
  'policy/judge/': 'policy/(check|edit|guard|plan|words)',
  'policy/guard/': 'policy/(check|edit|plan|words)',
  'policy/signing/': 'policy/(check|edit|guard|judge|plan|words)',
  'policy/merge/': 'policy/(check|edit|guard|judge|plan|words)',
  'policy/words/': 'policy/(check|edit|plan)',
  'policy/plan/': 'policy/(check|edit)',
  'stacks/on-premises/': 'stacks/engine',
  'stacks/provider/': 'stacks/engine',
  'stacks/tenant/': 'stacks/(account|mailbox|notice)',
};

module.exports = {
  forbidden: [
    {
      name: 'policy-is-pure',
      comment: 'Values in, values out: no file, no network, no clock, no git, no Pulumi.',
      severity: 'error',
      from: { path: '^policy/', pathNot: isTest },
      to: { pathNot: ['^policy/', '^node_modules/(yaml|ajv|ajv-formats|canonicalize|ical\\.js|typebox)/'] },
    },
    {
      name: 'audit-only-sees',
      comment: 'The audit has no way to the writer.',
      severity: 'error',
      from: { path: '^audit/', pathNot: isTest },
      to: anywhereBut('^(audit|policy|graph|forge)/'),
    },
    {
      name: 'audit-cannot-connect',
      comment: 'It is handed a reader and the writer of one report setting, so it can send nothing else.',
      severity: 'error',
      from: { path: '^audit/', pathNot: isTest },
      to: {
        path: '^graph/(access-tokens|connect|credential|exchange-hosts|follow-redirects|send-once|transport)\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'one-writer',
      comment: 'Writers are made in two places: for the apply, and for the report setting of the audit.',
      severity: 'error',
      from: { pathNot: [isTest, '^(stacks/account/apply-context|cli/audit/open-tenant)\\.ts$'] },
      to: { path: '^stacks/tenant/tenant-writer\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'stacks-cannot-decide',
      comment: 'The apply loads, checks and guards; it neither audits nor judges nor plans.',
      severity: 'error',
      from: { path: '^stacks/', pathNot: isTest },
      to: {
        path: ['^audit/', '^cli/', '^policy/judge/(judge|verdict|action|savings)\\.ts$', '^policy/plan/'],
      },
    },
    {
      name: 'stacks-are-not-told-by-the-forge',
      comment: 'One file asks GitHub, and only whether to stop.',
      severity: 'error',
      from: { path: '^stacks/', pathNot: [isTest, '^stacks/taking-stop\\.ts$'] },
      to: { path: '^forge/github/' },
    },
    {
      name: 'stacks-are-handed-history',
      comment: 'One file asks git for main, also between two accounts of a run; all else is handed what it found.',
      severity: 'error',
      from: { path: '^stacks/', pathNot: [isTest, '^stacks/applied-main\\.ts$'] },
      to: { path: '^forge/git/' },
    },
    {
      name: 'graph-is-transport',
      comment: 'It speaks to Microsoft and knows nothing of what is asked.',
      severity: 'error',
      from: { path: '^graph/', pathNot: isTest },
      to: anywhereBut('^graph/', '^policy/(errors|evidence|identifiers)\\.ts$', '^policy/schemas/tenant\\.ts$'),
    },
    {
      name: 'forge-is-transport',
      comment: 'It speaks to git, GitHub and stores of records, and writes Markdown; it knows nothing of what is said.',
      severity: 'error',
      from: { path: '^forge/', pathNot: isTest },
      to: anywhereBut(
        '^forge/',
        '^policy/(errors|evidence|identifiers|words/(labels|locate-page)|schemas/(records|tenant))\\.ts$',
        '^graph/(clouds|github-assertion|request-log|user-agent)\\.ts$',
      ),
    },
    {
      name: 'the-product-stands-without-the-show',
      comment: 'Where people are changed, neither the demonstration nor the emulator is installed.',
      severity: 'error',
      from: { path: '^(audit|bootstrap|cli|forge|graph|policy|stacks)/', pathNot: isTest },
      to: { path: '^(demo|emulator)/' },
    },
    {
      name: 'production-without-development',
      comment: 'Audit, review and apply run on what tools/production-packages.txt lists.',
      severity: 'error',
      from: { path: '^(audit|bootstrap|cli|forge|graph|policy|stacks)/', pathNot: isTest },
      to: isNotInstalled,
    },
    {
      name: 'emulator-stands-alone',
      comment: 'A stand-in that shares code with what it tests would agree with its mistakes.',
      severity: 'error',
      from: { path: '^emulator/' },
      to: anywhereBut('^emulator/'),
    },
    {
      name: 'emulator-names-its-packages',
      comment: 'Its package.json has all that it imports, not the one of the folder that it lies in.',
      severity: 'error',
      from: { path: '^emulator/', pathNot: isTest },
      to: isNotInstalled,
    },
    {
      name: 'emulator-has-doors',
      comment: 'It is a package: others import it by its name, which leads to the doors in its package.json.',
      severity: 'error',
      from: { pathNot: '^emulator/' },
      to: { path: '^emulator/', dependencyTypes: ['local'] },
    },
    {
      name: 'scripts-are-for-tests',
      comment: 'The grammar of PowerShell is a WASM module of a megabyte, which no server and no command may wait for.',
      severity: 'error',
      from: { pathNot: [isTest, '^emulator/exchange/(powershell/|index\\.ts$)'] },
      to: { path: '^emulator/exchange/(powershell/(run-script|syntax)|index)\\.ts$' },
    },
    ...Object.entries(above).map(([room, others]) => ({
      name: 'no-way-back',
      comment: 'Two rooms that import each other are one room with a wall in it.',
      severity: 'error',
      from: { path: `^${room}`, pathNot: isTest },
      to: { path: `^${others}/` },
    })),
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(out|emulator/compatibility/clients)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.mjs', '.js', '.json'],
      exportsFields: ['exports'],
      mainFields: ['main', 'types'],
      conditionNames: ['node', 'import', 'types'],
    },
  },
};
