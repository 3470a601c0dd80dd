import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { anAccount, aRun } from '../../policy/account.fixture.ts';
import { judge } from '../../policy/judge/judge.ts';
import { theRules } from '../../policy/policy.fixture.ts';
import { openPeopleList, peopleListName } from './people-list.ts';

async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'people-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

const head = { stack: 'contoso', auditedOn: '2026-12-07' };

test('everybody is a line with names and verdict, and no day of anything that they did', async () => {
  const folder = await aFolder();
  const list = await openPeopleList(folder, head);
  for (let at = 0; at < 3000; at += 1)
    list.note(judge(anAccount({ userPrincipalName: `p${at}@contoso.com` }), theRules(), aRun()));
  expect(await readdir(folder)).toEqual([`${peopleListName}.part`]);
  list.keep();
  list.drop();
  expect(await readdir(folder)).toEqual([peopleListName]);
  const [first, ...lines] = (await readFile(join(folder, peopleListName), 'utf8')).trimEnd().split('\n');
  expect(JSON.parse(first ?? '')).toEqual({ formatVersion: 1, ...head });
  expect(lines).toHaveLength(3000);
  expect(JSON.parse(lines.at(-1) ?? '')).toEqual({
    ...{ id: expect.any(String), userPrincipalName: 'p2999@contoso.com', displayName: 'Ana Reyes' },
    ...{ mail: expect.anything(), isOutsider: false, verdict: 'inactive', reasons: ['no-activity-for-days'] },
    ...{ risks: [], action: 'disable-then-remove-licenses' },
  });
  expect(lines.join()).not.toMatch(/\d{4}-\d{2}-\d{2}"/);
});

test('an audit that fails leaves the last list as it is', async () => {
  const folder = await aFolder();
  (await openPeopleList(folder, head)).keep();
  const before = await readFile(join(folder, peopleListName), 'utf8');
  const list = await openPeopleList(folder, { ...head, auditedOn: '2026-12-14' });
  list.note(judge(anAccount(), theRules(), aRun()));
  list.drop();
  expect(await readFile(join(folder, peopleListName), 'utf8')).toBe(before);
  expect(await readdir(folder)).toEqual([peopleListName]);
});
