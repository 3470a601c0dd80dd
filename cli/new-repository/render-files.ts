// The files of a team's repository that are written for it rather than taken as they are. Pure.
import { stringify } from 'yaml';
import type { TeamFile } from './team-files.ts';

export const packageName = '@dormant-m365/dormant';

const installed = `node_modules/${packageName}`;

/** The scripts that the workflows start, by the names that they have in Dormant's own repository. */
const scripts = {
  dormant: 'dormant',
  'azure-token': `node ${installed}/cli/azure-token.js`,
  'bootstrap-import': `node ${installed}/cli/print-import-file.js`,
  dispatch: `node ${installed}/cli/dispatch-workflow.js`,
  'last-audit': `node ${installed}/cli/warn-of-old-audit.js`,
  'pulumi-cli': `node ${installed}/cli/install-pulumi.js`,
  'require-private': `node ${installed}/cli/require-private.js`,
  'upgrade-preview': `node ${installed}/cli/preview-upgrade.js`,
};

/** `source`: a version, or `file:` with a tarball. */
export function renderTeamManifest(name: string, source: string): string {
  const description = 'Which inactive Microsoft 365 accounts are deprovisioned, decided in pull requests.';
  const manifest = {
    name,
    private: true,
    type: 'module',
    description,
    scripts,
    dependencies: { [packageName]: source },
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

const runtime = { name: 'nodejs', options: { typescript: false } };

export function renderPulumiFile(): string {
  const project = stringify({
    name: 'dormant',
    description: 'Applies the reviewed account files of Microsoft 365 tenants.',
    runtime,
    main: `${installed}/stacks/index.js`,
    stackConfigDir: 'out/.pulumi',
    plugins: { providers: [{ name: 'm365', path: `${installed}/stacks/provider` }] },
  });
  return `# For plain \`PULUMI_CONFIG_PASSPHRASE= pulumi preview -s <stack>\`, or with the passphrase that the applies have.\n${project}`;
}

/** Pulumi takes no program from outside of its project's folder (`getPwdMain` in pkg/engine/project.go of pulumi/pulumi). */
export const bootstrapProgram = `export * from '${packageName}/bootstrap';\n`;

export function renderBootstrapFile(): string {
  const project = stringify({
    name: 'dormant-bootstrap',
    description: 'The two identities of Dormant in one Microsoft 365 tenant, and their grants.',
    runtime,
    main: 'index.js',
  });
  return `# The pipeline's own identities in a tenant: two applications, whom they trust, what they are granted.\n${project}`;
}

/** With what the guides have a person write in the root on the way: ids of the tenant, and the script for Exchange. */
export const gitignore = `${['node_modules/', 'out/', '/outputs.json', '/exchange.ps1', '/history.json', '/import.json'].join('\n')}\n`;

export function renderTeamReadme(name: string, files: readonly TeamFile[]): string {
  const rows = files.map(({ path, why }) => `| \`${path}\` | ${why} |`);
  return `# ${name}

Inactive Microsoft 365 accounts, and what is to become of them. Once a week Dormant reads each tenant and proposes in a pull request
whose sign-in is to be blocked and whose licences are to go. People change and approve it here; merging it makes that happen, and nothing
else does. Dormant itself deletes nothing; what Microsoft deletes of an account without a licence stands in the pull request, with its day.

## If you are asked to review

Read the pull request: who, why, and what merging it would do. To keep somebody, set \`stage: keep\` in that person's file and add a
\`reason:\`; to leave somebody alone for longer, add them to \`exemptions.yaml\`. To give somebody back what can be given back, use the form
*Give this account back*, or, in a clone after \`npm ci\`, run \`npx dormant restore <person> --reason "…"\`.

## If you run this

\`\`\`sh
npm ci
npx dormant                # what to do next
npx dormant init contoso   # add a tenant, called contoso here
\`\`\`

Without a folder that has it installed, the program is \`npx ${packageName}\`. What it reads, decides and writes is told in
\`${installed}/docs/guides/\`; begin with \`adopt.md\`.

## What is here

| File | What it is for |
| --- | --- |
${rows.join('\n')}
| \`stacks/<stack>/\` | A tenant: its settings in \`tenant.yaml\`, and a file for each account that something is to become of. |
`;
}
