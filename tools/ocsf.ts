// `npm run ocsf -- <folder>`: writes tools/ocsf/ocsf-<version>.json from a clone of https://github.com/ocsf/ocsf-schema (or its git
// directory), for the classes and objects that `dormant events` uses. To be run where another class is used, or a newer version.
import { writeFile } from 'node:fs/promises';
import { execa } from 'execa';
import { extractClasses, type SchemaReader } from './ocsf/extract-classes.ts';

/** The newest release; its tag. What is after it may still change. */
const version = '1.8.0';

const classes = [
  'base_event',
  'account_change',
  'entity_management',
  'user_access',
  'group_management',
  'email_activity',
  'application_lifecycle',
  'scan_activity',
  'iam_analysis_finding',
];

const objects = [
  'account',
  'actor',
  'api',
  'cloud',
  'email',
  'finding_info',
  'group',
  'identity_activity_metrics',
  'managed_entity',
  'metadata',
  'object',
  'product',
  'request',
  'scan',
  'service',
  'user',
];

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('Name the folder of a clone of https://github.com/ocsf/ocsf-schema.');
const git = async (...args: string[]) => (await execa('git', ['-C', folder, ...args])).stdout;
const reader: SchemaReader = {
  list: async () => (await git('ls-tree', '-r', '--name-only', version, 'events', 'objects')).split('\n'),
  read: async (path) => JSON.parse(await git('show', `${version}:${path}`)),
};
const table = {
  source: 'https://github.com/ocsf/ocsf-schema',
  version,
  commit: await git('rev-parse', `${version}^{commit}`),
  license: 'Apache-2.0',
  ...(await extractClasses(reader, { classes, objects })),
};
await writeFile(new URL(`ocsf/ocsf-${version}.json`, import.meta.url), `${JSON.stringify(table, null, 2)}\n`);
