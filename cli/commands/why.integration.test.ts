import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { anAuditResult, buildFactsLister } from '../../audit/report/audit.fixture.ts';
import { writeJson } from '../../audit/report/json.ts';
import { aPerson } from '../../audit/report/person.fixture.ts';
import { anAccount, idOf } from '../../policy/account.fixture.ts';
import type { Stage } from '../../policy/schemas/account.ts';
import { aGitHub, aToldStack, today } from '../why/told-stack.fixture.ts';

const ana = 'ana.reyes@contoso.com';

const untilDisable = [
  ['2026-12-08', 'notify'],
  ['2026-12-15', 'review'],
  ['2026-12-22', 'disable'],
] as const;

test('in notify: since when, on which evidence, by whom, what comes next, and how to keep the account out', async () => {
  const stack = await aToldStack([aPerson()]);
  await stack.walk(['2026-12-28', 'notify']);
  const page = await stack.tell(ana);
  expect(page).toMatch(
    /^Ana Reyes <ana.reyes@contoso.com> in contoso\nobject id [\w-]+, Account Manager, Sales, manager Lee Park\n/,
  );
  expect(page).toContain('where      Notify since 28 December (3 days),');
  expect(flatten(page)).toContain(
    'the file, on the audit of 7 December: silent for 143 days; last 15 July in Exchange and a sign-in;',
  );
  expect(flatten(page)).toContain('signed by the key tests');
  expect(page).toMatch(/decided {4}28 December: into Notify; [0-9a-f]{7} by Lee Park, #1 by its subject/);
  expect(flatten(page)).toContain(
    'next from 4 January 2027: the next audit proposes Review, if the account is still inactive',
  );
  expect(page).toContain(`npx dormant exempt contoso ${ana} --reason "…" --owner "…" --until YYYY-MM-DD`);
  expect(page).not.toContain('restore');
  expect(page.split('\n').length).toBeLessThan(40);
});

test('in disable, with what a reviewer left: sign-in can be given back at any time', async () => {
  const stack = await aToldStack([aPerson()]);
  const path = await stack.walk(...untilDisable);
  await stack.write(path, (await stack.read(path)).replace('mailbox: shared', 'mailbox: unchanged'));
  await stack.commit('2026-12-23', 'Keep the mailbox (#31)');
  const told = await stack.tellJson('contoso', ana);
  expect(told).toMatchObject({ place: 'disable', since: '2026-12-22', reviewerEdits: ['the mailbox stays their own'] });
  expect(told.history.map(({ kind, from, to, namedPull }) => [kind, from, to, namedPull])).toEqual([
    ['moved', null, 'notify', 3],
    ['moved', 'notify', 'review', 3],
    ['moved', 'review', 'disable', 3],
    ['edited', 'disable', 'disable', 31],
  ]);
  expect(told.givesBack).toEqual([{ what: 'sign-in', until: 'at any time' }]);
  expect(told.commands[0]?.run).toBe(`npx dormant restore contoso ${ana} --reason "…"`);
});

test('in delicense: which licences, and until when Microsoft keeps the files', async () => {
  const stack = await aToldStack([aPerson()]);
  await stack.walk(...untilDisable, ['2026-12-28', 'delicense']);
  const page = flatten(await stack.tell(ana));
  expect(page).toContain('where Delicense since 28 December (3 days)');
  expect(page).toContain('SPE_E3: as long as one is free');
  expect(page).toContain('no record of an apply is on this machine; each run keeps its own as an artifact');
  expect(page).toContain('gh run download --name apply-contoso --dir out/contoso/runs/last');
});

test.each([
  ['keep', 'the reviewer’s no ends'],
  ['restore', 'once an audit sees that all is given back'],
] as const)('in %s: with the reason, and nothing to give back twice', async (stage, next) => {
  const stack = await aToldStack([aPerson()]);
  const path = await stack.walk(...untilDisable);
  const text = (await stack.read(path)).replace('stage: disable', `stage: ${stage}\nreason: back from leave`);
  await stack.write(path, text);
  await stack.commit('2026-12-29');
  const page = flatten(await stack.tell(ana));
  expect(page).toContain(`with the reason: back from leave`);
  expect(page).toMatch(/Disable → (Keep|Restore) \(“back from leave”\)/);
  expect(page).toContain(next);
  expect(page).not.toContain('give back');
});

test('in the archive, and gone from main: what was taken last is still there to be given back', async () => {
  const stack = await aToldStack([aPerson()]);
  const path = await stack.walk(...untilDisable, ['2026-12-28', 'delicense']);
  const archived = await stack.archive(path, '2026-12-29');
  expect(await stack.tellJson(ana)).toMatchObject({ place: 'archive', since: '2026-12-29', path: archived });
  await stack.git('rm', '--quiet', archived);
  await stack.commit('2026-12-30', 'Tidy up');
  const gone = await stack.tellJson(ana);
  expect(gone).toMatchObject({ place: 'taken-out', since: '2026-12-30', next: null });
  expect(gone.givesBack.map(({ what }) => what)).toContain('sign-in');
  expect(gone.commands[0]?.run).toContain('dormant restore contoso');
});

test('whom main never had: active, protected, in doubt and exempt, by the audit, which says how old it is', async () => {
  const stack = await aToldStack([aPerson()]);
  await stack.commit('2026-12-02');
  const active = anAccount({
    userPrincipalName: 'bo@contoso.com',
    displayName: 'Bo',
    mail: 'bo.l@contoso.com',
    usage: aDay('2026-12-05'),
  });
  const chief = anAccount({
    userPrincipalName: 'cy@contoso.com',
    displayName: 'Cy',
    jobTitle: 'Chief Financial Officer',
  });
  const doubtful = anAccount({ userPrincipalName: 'di@contoso.com', displayName: 'Di', usage: { kind: 'missing' } });
  await stack.see(active, chief, doubtful);
  const page = flatten(await stack.tell('bo.l@contoso.com'));
  expect(page).toContain('where not in the plan, and never was');
  expect(page).toContain(
    'the last audit on this machine, of 7 December, which is 24 days old: active, recent Exchange activity',
  );
  expect(page).toContain('nothing is planned');
  expect(page).toContain('type nothing: there is nothing to do');
  expect(flatten(await stack.tell('Cy'))).toContain('protected as executive: job title');
  expect(flatten(await stack.tell(idOf('di@contoso.com').toUpperCase()))).toContain(
    'insufficient evidence, the usage report has no row',
  );
});

test('an exemption in force, also of somebody whom nothing else here knows', async () => {
  const stack = await aToldStack([aPerson()]);
  const entry = { account: 'eve@contoso.com', reason: 'parental leave', owner: 'HR', until: '2027-05-31' };
  await stack.write('exemptions.yaml', JSON.stringify({ exemptions: [entry] }));
  await stack.commit('2026-12-02');
  expect(flatten(await stack.tell('eve@contoso.com'))).toContain('exempt until 31 May 2027, by HR: parental leave');
});

test('a request to give back on main is told, and nobody is told to ask again', async () => {
  const stack = await aToldStack([aPerson()]);
  const path = await stack.walk(...untilDisable);
  const asked = {
    account: { id: idOf(ana), userPrincipalName: ana, displayName: 'Ana Reyes' },
    reason: 'back from leave',
    askedBy: '@lee',
    askedOn: '2026-12-29',
  };
  await stack.write(path.replace('/accounts/', '/give-back/'), JSON.stringify(asked));
  await stack.commit('2026-12-30');
  const page = flatten(await stack.tell(ana));
  expect(page).toContain('is given back, as asked for by @lee on 29 December, whatever the stage: back from leave');
  expect(page).not.toContain('dormant restore');
});

test('a pause in force, and its days do not count on the way to the next stage', async () => {
  const stack = await aToldStack([aPerson()]);
  await stack.walk(['2026-12-28', 'notify']);
  const policy = await stack.read('policy/policy.yaml');
  await stack.write('policy/policy.yaml', `${policy}paused: { until: 2027-01-03, reason: Year end }\n`);
  await stack.commit('2026-12-29');
  const page = flatten(await stack.tell(ana));
  expect(page).toContain('paused until 3 January 2027, so nothing is taken: Year end');
  expect(page).toContain('next from 10 January 2027: the next audit proposes Review');
});

test('a closed day is told, with the day on which it opens', async () => {
  const stack = await aToldStack([aPerson()]);
  await stack.walk(['2026-12-28', 'notify']);
  const policy = await stack.read('policy/policy.yaml');
  const dates = '{ from: 2026-12-21, to: 2027-01-20, reason: Year end }';
  await stack.write('policy/policy.yaml', `${policy}calendar: { closed: { dates: [${dates}] } }\n`);
  await stack.commit('2026-12-29');
  expect(flatten(await stack.tell(ana))).toContain(
    'nothing is taken today: Year end (2026-12-21 to 2027-01-20); it opens on 2027-01-21 00:00 (Europe/Berlin)',
  );
});

test('somebody whom main set back is told so, with the command that takes them in again', async () => {
  const stack = await aToldStack([aPerson()]);
  const path = await stack.walk(['2026-11-08', 'notify'], ['2026-11-15', 'review']);
  await stack.git('revert', '--no-edit', 'HEAD', 'HEAD~1');
  const setBack = [{ accountId: idOf(ana), on: '2026-11-20', from: 'review', to: null, path, at: 3 }] as const;
  const audit = anAuditResult({ people: [aPerson()], setBack });
  await writeJson(audit, join(stack.root, 'out/contoso'), buildFactsLister(audit));
  const told = await stack.tellJson(ana);
  expect(told).toMatchObject({ place: 'taken-out', givesBack: [] });
  expect(told.history.map(({ from, to }) => [from, to])).toEqual([
    [null, 'notify'],
    ['notify', 'review'],
    ['review', 'notify'],
    ['notify', null],
  ]);
  expect(told.audit?.says.at(-1)).toBe(
    'it was taken out of Review on main on 20 November, and is not proposed again before 18 February 2027',
  );
  expect(told.commands.map(({ run }) => run)).toContain(`npx dormant include contoso ${ana}`);
});

test('each step of the records here has its time and request id; what got no answer, and what waits, are told', async () => {
  const stack = await aToldStack([aPerson()]);
  await stack.walk(...untilDisable);
  const account = { id: idOf(ana), userPrincipalName: ana, displayName: 'Ana Reyes' };
  const entry = { stack: 'contoso', run: '77/1', commit: null, account };
  const receipt = {
    at: '2026-12-22T13:00:01.000Z',
    requestId: 'f0e1',
    clientRequestId: 'c',
    batch: { requestId: 'f0e1', item: '3' },
  };
  const lines = [
    { ...entry, at: '2026-12-22T13:00:00.000Z', what: 'asked', step: 'sign-in-blocked' },
    { ...entry, at: '2026-12-22T13:00:01.000Z', what: 'done', step: 'sign-in-blocked', receipt },
    { ...entry, at: '2026-12-22T13:00:02.000Z', what: 'asked', step: 'mailbox-shared' },
  ];
  await writeFile(
    join(stack.root, 'out/contoso/apply.jsonl'),
    lines.map((line) => `\n${JSON.stringify(line)}`).join(''),
  );
  const waits = [{ for: 'directory', because: 'reads lag behind' }];
  const record = { appliedOn: '2026-12-22', accounts: [{ account, refused: [], waits, failure: null }] };
  await writeFile(join(stack.root, 'out/contoso/apply.json'), JSON.stringify(record));
  const page = await stack.tell(ana);
  expect(page).toContain('done       2026-12-22 13:00:01Z sign-in blocked f0e1 item 3\n');
  expect(flatten(page)).toContain('mailbox shared: asked for, and no answer is known');
  expect(flatten(page)).toContain('the apply of 22 December waits: reads lag behind');

  // As `gh run download` leaves an earlier run's.
  const folder = join(stack.root, 'out/contoso/runs/76');
  await mkdir(folder, { recursive: true });
  const line = {
    at: '2026-12-08T10:00:00.000Z',
    stack: 'contoso',
    run: '76/1',
    commit: null,
    what: 'failed',
    step: 'sign-in-blocked',
    account,
    because: 'HTTP 503',
  };
  await writeFile(join(folder, 'apply.jsonl'), JSON.stringify(line));
  expect((await stack.tellJson(ana)).record.steps.map(({ outcome, run }) => [outcome, run])).toEqual([
    ['failed', '76/1'],
    ['done', '77/1'],
    ['unknown', '77/1'],
  ]);
});

test('with GitHub: who opened, approved and merged, which pull request is open, and how to fetch the run’s record', async () => {
  const stack = await aToldStack([aPerson()]);
  await stack.walk(...untilDisable.slice(0, 2));
  const github = await aGitHub(stack);
  const propose = async (stage: Stage) => {
    await stack.git('switch', '--quiet', '--force-create', 'dormant/contoso', 'main');
    await stack.at(stage);
    await stack.commit('2026-12-21', 'Proposal');
    await stack.git('switch', '--quiet', 'main');
    return github.open('dormant/contoso');
  };
  const first = await propose('disable');
  await github.review(first, 'APPROVE');
  const commit = await github.merge(first);
  await stack.git('reset', '--quiet', '--hard', 'main');
  github.keepArtifact({ name: 'apply-contoso', run: 4711, commit, created_at: '2026-12-22T13:10:00Z' });
  const second = await propose('delicense');

  const told = await stack.tellJson(ana);
  expect(told.history.at(-1)).toMatchObject({
    to: 'disable',
    commit,
    pull: { number: first, openedBy: 'dormant-app[bot]', approvals: [{ by: 'ana' }], mergedBy: 'ana' },
  });
  expect(told.openPulls).toMatchObject([{ number: second, isDraft: false }]);
  expect(told.downloads).toEqual([
    {
      run: 4711,
      at: '2026-12-22T13:10:00Z',
      command: 'gh run download 4711 --name apply-contoso --dir out/contoso/runs/4711',
    },
  ]);
  expect(flatten(await stack.tell(ana))).toContain(`#${first} opened by dormant-app[bot], approved by ana on`);

  github.refuse();
  const refused = await stack.tellJson(ana);
  expect(refused.history.at(-1)).toMatchObject({ pull: null, author: expect.any(String) });
  expect(refused.unread.map(({ source }) => source)).toContain('github');
});

test('nobody: the nearest names, exit code 2; several: all of them, with their ids', async () => {
  const stack = await aToldStack([aPerson()]);
  await stack.walk(['2026-12-16', 'notify']);
  await stack.see(anAccount(), anAccount({ userPrincipalName: 'ana.2@contoso.com', displayName: 'Ana Reyes' }));
  await expect(stack.tell('ana.reyez@contoso.com')).rejects.toMatchObject({
    code: 'no-such-account',
    exitCode: 2,
    remedy: expect.stringContaining('Did you mean Ana Reyes (ana.reyes@contoso.com)'),
  });
  await expect(stack.tell('zzz')).rejects.toMatchObject({
    exitCode: 2,
    remedy: expect.stringContaining('No name is near it.'),
  });
  await expect(stack.tell('ana reyes')).rejects.toMatchObject({
    exitCode: 2,
    message: expect.stringMatching(/^2 accounts are called ana reyes: .*ana\.2@contoso\.com in contoso/),
  });
  await expect(stack.tell('fabrikam', ana)).rejects.toMatchObject({
    exitCode: 2,
    message: 'There is no stack fabrikam here.',
  });
});

test('a name forges no line, moves no cursor and is never to be typed', async () => {
  const hostile = 'Eve\u001b[2J\n::error::x\u202e\rwhere      active';
  const userPrincipalName = "eve';reboot@contoso.com";
  const stack = await aToldStack([aPerson({ displayName: hostile, userPrincipalName })]);
  await stack.walk(...untilDisable);
  const page = await stack.tell(userPrincipalName);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: none may be left
  expect(page).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
  expect(page.split('\n').filter((line) => /^(where|::)/.test(line))).toHaveLength(1);
  expect(page).toContain(`restore contoso ${idOf(userPrincipalName)} --reason`);
  expect(page).not.toMatch(/npx dormant .*reboot/);
});

test('a clone without history says that, and tells what the audit knows all the same', async () => {
  const stack = await aToldStack([aPerson()]);
  await stack.walk(['2026-12-16', 'notify']);
  await stack.see(anAccount());
  await writeFile(join(stack.root, '.git/shallow'), `${await stack.git('rev-parse', 'HEAD')}\n`);
  const told = await stack.tellJson(ana);
  expect(told).toMatchObject({ place: null, audit: { verdict: 'inactive' } });
  expect(told.unread.map(({ source }) => source)).toContain('main');
});

test('a broken policy.yaml on main is told, and nothing else is lost', async () => {
  const stack = await aToldStack([aPerson()]);
  await stack.walk(['2026-12-16', 'notify']);
  await stack.write('policy/policy.yaml', 'inactiveAfterDays: many\n');
  await stack.commit('2026-12-17');
  const told = await stack.tellJson(ana);
  expect(told).toMatchObject({
    place: 'notify',
    since: '2026-12-16',
    today,
    evidence: { signedBy: 'tests' },
    next: null,
  });
  expect(told.unread.map(({ source, because }) => `${source} ${because}`).join()).toContain(
    'main policy/policy.yaml:1',
  );
});

function aDay(day: string) {
  return {
    ...anAccount().usage,
    lastActivity: { exchange: day, oneDrive: null, sharePoint: null, teams: null, yammer: null },
  } as ReturnType<typeof anAccount>['usage'];
}

/** Lines are wrapped where a terminal ends. */
function flatten(page: string): string {
  return page.replaceAll(/\s+/g, ' ');
}
