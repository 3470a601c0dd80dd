import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { viewAudit } from '../audit/audit-view.ts';
import { sharedTenant } from '../audit/audited-tenant.fixture.ts';
import { anAuditResult } from '../audit/report/audit.fixture.ts';
import { writeCsvs } from '../audit/report/csv.ts';

// People open the lists in a spreadsheet. LibreOffice shows how it reads every cell.

const isInstalled = (await execa('soffice', ['--version'], { reject: false })).exitCode === 0;
const title = isInstalled ? 'in LibreOffice' : 'in LibreOffice (skipped: apt-get install libreoffice-calc)';

/** UTF-8 and commas, as its import dialog detects from the file. */
const asFound = '--infilter=Text - txt - csv (StarCalc):44,34,76';

/** Cells as they are shown, and formulas as formulas. */
const asShown = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false';
const asFormulas = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true';

describe.skipIf(!isInstalled)(title, () => {
  const lists = ['inactive-users', 'high-risk', 'guests'];
  const tenant = sharedTenant({ users: 1001 }); // with names that begin like formulas among them
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dormant-spreadsheet-'));
    const { inactive, guests } = await tenant().audit();
    await writeCsvs(viewAudit({ ...anAuditResult(), inactive, guests }), folder);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function opened(list: string, as: string): Promise<string[][]> {
    const out = join(folder, as === asShown ? 'shown' : 'formulas');
    const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`;
    const file = join(folder, `${list}.csv`);
    await execa('soffice', [profile, '--headless', asFound, '--convert-to', as, '--outdir', out, file]);
    return parse(await readFile(join(out, `${list}.csv`)), { bom: true });
  }

  it.each(lists)('every cell of %s.csv is shown as it was written', async (list) => {
    const written: string[][] = parse(await readFile(join(folder, `${list}.csv`)), { bom: true });
    expect(written.length).toBeGreaterThan(5);
    expect(await opened(list, asShown)).toEqual(written);
  });

  it.each(lists)('no cell of %s.csv is a formula', async (list) => {
    const cells = (await opened(list, asFormulas)).flat();
    expect(cells.filter((cell) => cell.startsWith('='))).toEqual([]);
  });

  it('names that begin like a formula are among them', async () => {
    const names = (await opened('inactive-users', asShown)).map(([, , displayName]) => displayName);
    expect(names).toContain("'=cmd|' /C calc'!A0");
  });
});
