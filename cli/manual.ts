// What --help and the reference add to a command's arguments and options: its group, examples and exit codes.

const groups = ['Set up', 'Every week', 'One person', 'Records', 'Around it'] as const;

export interface Manual {
  group: (typeof groups)[number];
  /** Its line in the list of commands. */
  summary: string;
  /** Command lines that do something useful as written. */
  examples: readonly string[];
  /** What the exit codes 1 and 2 mean here, if more than usual. */
  ends?: { 1?: string; 2?: string };
}

/** What an exit code means for every command. */
export const exitCodes = {
  0: 'done',
  1: 'refused or failed; the message says what to do',
  2: 'bad input: a file, an option or an argument; nothing was done',
} as const;

/** In the order of use. */
export const manual = {
  look: {
    summary: 'see what it would propose, before any set-up',
    group: 'Set up',
    examples: ['dormant look', 'dormant look --device-code --out ~/look', 'dormant look --policy policy.yaml'],
  },
  init: {
    summary: 'make a repository, or add a tenant to one',
    group: 'Set up',
    examples: [
      'dormant init --new dormant-contoso',
      'dormant init contoso',
      'dormant init contoso --bootstrap outputs.json',
    ],
  },
  key: {
    summary: 'keys that vouch for the facts of the files',
    group: 'Set up',
    examples: [
      'dormant key new contoso | gh secret set DORMANT_FACTS_KEY --env contoso-audit',
      'dormant key promote contoso',
      'dormant key revoke contoso contoso-2026a',
      'dormant key list contoso',
    ],
  },
  doctor: {
    summary: 'say what is set up and what is missing',
    group: 'Set up',
    examples: ['dormant doctor contoso', 'dormant doctor contoso --identity apply'],
    ends: { 1: 'at least one check failed; the table says which, and how to fix it' },
  },
  audit: {
    summary: 'read a tenant; write report, lists and proposal',
    group: 'Every week',
    examples: ['dormant audit contoso', 'dormant audit contoso --verbose'],
  },
  propose: {
    summary: 'open or update the pull request of the audit',
    group: 'Every week',
    examples: ['dormant propose contoso'],
    ends: { 1: 'the proposal contradicts main, and only a person can say which is right; or it failed' },
  },
  check: {
    summary: 'say whether these files may be merged',
    group: 'Every week',
    examples: ['dormant check', 'dormant check contoso --base origin/main'],
    ends: { 2: 'at least one file may not be merged as it is; each problem has its line' },
  },
  preview: {
    summary: 'say what an apply of these files would do',
    group: 'Every week',
    examples: ['dormant preview contoso', 'dormant preview contoso --pull 42'],
    ends: { 1: 'the apply would refuse an account, or everything; all others are listed, too' },
  },
  apply: {
    summary: 'make the merged files true in the tenant',
    group: 'Every week',
    examples: ['dormant apply contoso', 'dormant apply contoso --clear-lock'],
    ends: {
      1: 'an account was refused or failed, or a limit was passed, so that nothing was taken; what could be done was done',
    },
  },
  repeat: {
    summary: 'start the apply again where one was lost',
    group: 'Every week',
    examples: ['dormant repeat contoso'],
  },
  pause: {
    summary: 'take nothing until a day, by a pull request',
    group: 'Every week',
    examples: [
      'dormant pause contoso --until 2027-01-06 --reason "freeze over the year"',
      'dormant pause --all --until 2027-01-06 --reason "freeze over the year"',
      'dormant pause contoso --end',
    ],
  },
  why: {
    summary: 'say where one person stands, and why',
    group: 'One person',
    examples: ['dormant why ana.reyes@contoso.com', 'dormant why contoso "Ana Reyes" --json'],
    ends: { 2: 'bad input, nobody has this name, with the nearest names, or several have it, who are listed' },
  },
  exempt: {
    summary: 'keep an account out of every plan for a time',
    group: 'One person',
    examples: ['dormant exempt contoso ana.reyes@contoso.com --reason "parental leave" --owner HR --until 2027-05-31'],
  },
  restore: {
    summary: 'give an account back what was taken',
    group: 'One person',
    examples: [
      'dormant restore ana.reyes@contoso.com --reason "back from leave"',
      'dormant restore contoso ana.reyes@contoso.com --in-file --reason "back from leave"',
    ],
  },
  include: {
    summary: 'take an account into the plan by hand',
    group: 'One person',
    examples: ['dormant include contoso ana.reyes@contoso.com'],
  },
  'release-files': {
    summary: 'let OneDrive files go that keep a licence',
    group: 'One person',
    examples: [
      'dormant release-files contoso ana.reyes@contoso.com --reason "Lee has taken over what is needed"',
      'dormant release-files contoso --department Sales --reason "moved to the team site" --dry-run',
    ],
    ends: { 2: 'bad input, or no account waits for it; nothing was written' },
  },
  record: {
    summary: 'add what a run has left to the records',
    group: 'Records',
    examples: ['dormant record audit contoso', 'dormant record apply contoso'],
  },
  verify: {
    summary: 'say whether records are whole, without a network',
    group: 'Records',
    examples: [
      'dormant verify records/contoso',
      'dormant verify records --stack contoso --tenant tenant.yaml',
      'dormant verify records/contoso --extract 42 --out record-42',
    ],
    ends: { 1: 'something is missing, changed, there twice or not signed; each is named' },
  },
  erase: {
    summary: 'erase people whose time in the records is over',
    group: 'Records',
    examples: [
      'dormant erase contoso --dry-run',
      'dormant erase contoso',
      'dormant erase contoso ana.reyes@contoso.com --dry-run',
    ],
    ends: {
      1: 'the store did not let go of everything; the next run tries again',
      2: 'bad input, or this person is still blocked or could be given something back; nothing was erased',
    },
  },
  events: {
    summary: 'print what was proposed and done, for a SIEM',
    group: 'Around it',
    examples: ['dormant events contoso > events.jsonl', 'dormant events contoso --output events.jsonl'],
    ends: { 1: 'at least one line could not be read, and is named; all others have their events' },
  },
  stacks: {
    summary: 'list the stacks',
    group: 'Around it',
    examples: ['dormant stacks', 'dormant stacks --changed-since HEAD^1 --json'],
  },
  conceal: {
    summary: 'conceal names that a killed audit left readable',
    group: 'Around it',
    examples: ['dormant conceal contoso'],
  },
  upgrade: {
    summary: 'run another version, by a pull request',
    group: 'Around it',
    examples: ['dormant upgrade', 'dormant upgrade 0.1.0'],
    ends: { 1: 'npm or git refused, or the older version could not read what is there; nothing was changed' },
  },
  emulator: {
    summary: 'run a tenant that does not exist, to try things out',
    group: 'Around it',
    examples: ['dormant emulator --users 200 --seed acme', 'eval "$(dormant emulator --env)"'],
    ends: { 1: 'the tenant could not start, such as on a port that is taken; or it is not installed' },
  },
} as const satisfies Record<string, Manual>;

export type CommandName = keyof typeof manual;

export const commandNames = Object.keys(manual).filter((name): name is CommandName => name in manual);
