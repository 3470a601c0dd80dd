// What a team's repository has on its first day, and why: each line of the table stands in that repository's README, too.

/** Paths have slashes; `from` is below Dormant's own folder, which is a checkout or the installed package. */
export interface TeamFile {
  path: string;
  /** One sentence for those who read the README there. */
  why: string;
  /** Taken as it is; absent: written by `create-repository.ts`. */
  from?: string;
}

const workflows = {
  audit: 'Every week: reads each tenant and opens or updates its pull request.',
  review: 'On a pull request: says whether it may be merged, and what merging it would do.',
  apply: 'After a merge: brings the tenant to what main says.',
  erase: 'Every month: erases from the records whose time is over.',
  repeat: 'Every day: goes on with what waited for an open hour or for the end of a pause.',
  doctor: 'By hand: says what is set up and what is missing.',
  ask: 'On a pull request: asks main’s own Review to look at it, and runs none of its code.',
  'upgrade-preview': 'By hand, of a pull request that names another version: says what that would do.',
  exemption: 'Makes a pull request of an issue that asks to keep somebody.',
  'give-back': 'Makes a pull request of an issue that asks to give somebody back.',
} as const;

const schemas = {
  account: 'account files',
  escalations: 'escalations',
  exemptions: 'the exemptions',
  'give-back': 'files that give an account back',
  policy: 'the policy',
  prices: 'the prices',
  tenant: 'tenant.yaml',
} as const;

const templates = 'cli/new-repository/templates';

export const teamFiles: readonly TeamFile[] = [
  { path: 'README.md', why: 'What this is, for everybody who reviews here.' },
  { path: 'package.json', why: 'Names the one version of Dormant that everything here runs.' },
  { path: 'package-lock.json', why: 'The hashes of that version and of all that it needs.' },
  { path: '.npmrc', why: 'No package may run a script while it is installed.', from: `${templates}/npmrc` },
  { path: '.gitignore', why: 'What is never committed: what is installed, and what audits write.' },
  { path: 'Pulumi.yaml', why: 'For plain `pulumi preview`, which shows the same plan as `npx dormant preview`.' },
  { path: 'bootstrap/Pulumi.yaml', why: 'Makes the two identities in Entra, when a tenant is added.' },
  { path: 'bootstrap/index.js', why: 'The program of that, which Dormant brings along.' },
  { path: 'exemptions.yaml', why: 'Who is left alone, why, and until when.', from: 'policy/defaults/exemptions.yaml' },
  {
    path: 'policy/policy.yaml',
    why: 'After which silence what follows, for whom never, and how much at once.',
    from: 'policy/defaults/policy.yaml',
  },
  {
    path: 'policy/prices.yaml',
    why: 'What a licence costs you; the sums in reports come from it.',
    from: 'policy/defaults/prices.yaml',
  },
  ...Object.entries(schemas).map(([name, what]) => ({
    path: `policy/schemas/${name}.schema.json`,
    why: `What an editor suggests and refuses in ${what}; generated.`,
    from: `policy/schemas/${name}.schema.json`,
  })),
  ...Object.entries(workflows).map(([name, why]) => ({
    path: `.github/workflows/${name}.yml`,
    why,
    from: `.github/workflows/${name}.yml`,
  })),
  {
    path: '.github/workflows/ci.yml',
    why: 'On a new version of Dormant: whether it installs, and who published it.',
    from: `${templates}/ci.yml`,
  },
  { path: '.github/CODEOWNERS', why: 'Who has to approve what.', from: `${templates}/CODEOWNERS` },
  {
    path: '.github/dependabot.yml',
    why: 'Proposes newer versions of Dormant and of the actions.',
    from: `${templates}/dependabot.yml`,
  },
  {
    path: '.github/ISSUE_TEMPLATE/exemption.yml',
    why: 'The form by which anybody asks to keep an account.',
    from: '.github/ISSUE_TEMPLATE/exemption.yml',
  },
  {
    path: '.github/ISSUE_TEMPLATE/give-back.yml',
    why: 'The form by which anybody asks to give an account back.',
    from: '.github/ISSUE_TEMPLATE/give-back.yml',
  },
  {
    path: '.github/ISSUE_TEMPLATE/config.yml',
    why: 'Says that other issues may be opened, too.',
    from: '.github/ISSUE_TEMPLATE/config.yml',
  },
];
