// `npm run reference`: writes docs/reference/ from the schemas, the error codes and the command line, what
// docs/architecture.md shows of the tree, and the tables of grants, permissions and roles in docs/guides/adopt.md and look.md;
// --check only compares.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { renderGrantsTable } from '../bootstrap/grants-table.ts';
import { renderWithheldTable } from '../bootstrap/withheld-permissions.ts';
import { schemas } from '../policy/schemas/file-kinds.ts';
import { fillMarkedParts } from './architecture/marked-parts.ts';
import { renderArchitecturePage } from './architecture/page.ts';
import { renderCommandsPage } from './reference/commands-page.ts';
import { renderErrorsPage } from './reference/errors-page.ts';
import { renderEventsPage } from './reference/events-page.ts';
import { renderFilePages } from './reference/file-pages.ts';
import { renderLookPermissions, renderLookRoles } from './reference/look-tables.ts';
import { renderPersonalDataPage } from './reference/personal-data-page.ts';
import { renderRequestsPage } from './reference/requests-page.ts';

const folder = new URL('../docs/reference/', import.meta.url);
const pages = new Map([
  ['commands.md', await renderCommandsPage()],
  ['errors.md', renderErrorsPage()],
  ['events.md', renderEventsPage()],
  ['requests.md', renderRequestsPage()],
  ['personal-data.md', renderPersonalDataPage()],
  ...renderFilePages(schemas),
]);

const isCheck = process.argv.includes('--check');
await mkdir(folder, { recursive: true });
for (const [name, text] of pages) await writeOrCompare(`docs/reference/${name}`, text);
const architecture = 'docs/architecture.md';
await writeOrCompare(architecture, await renderArchitecturePage(new URL(`../${architecture}`, import.meta.url)));
const guide = 'docs/guides/adopt.md';
const tables = {
  'grants of audit': renderGrantsTable('audit'),
  'grants of apply': renderGrantsTable('apply'),
  withheld: renderWithheldTable(),
};
await fillPage(guide, tables);
await fillPage('docs/guides/look.md', {
  'permissions of look': renderLookPermissions(),
  'roles of look': renderLookRoles(),
});

async function fillPage(path: string, parts: Record<string, string>): Promise<void> {
  const text = await readFile(new URL(`../${path}`, import.meta.url), 'utf8');
  await writeOrCompare(path, fillMarkedParts(text, parts));
}

async function writeOrCompare(path: string, text: string): Promise<void> {
  const url = new URL(`../${path}`, import.meta.url);
  if (!isCheck) {
    await writeFile(url, text);
  } else if ((await readFile(url, 'utf8').catch(() => '')) !== text) {
    console.error(`${path} does not match its source; run: npm run reference`);
    process.exitCode = 1;
  }
}
