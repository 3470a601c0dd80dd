// Fewer names in what people read of an audit: a company all of whose people have names that stand nowhere else.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { buildFileAnchor, resolveFileLinks } from '../forge/markdown/file-link.ts';
import { anAccount, idOf, lastSeen, signedIn } from '../policy/account.fixture.ts';
import { addDays, type Evidence } from '../policy/evidence.ts';
import { serialiseEscalations } from '../policy/files/escalations-file.ts';
import type { Erasure } from '../policy/plan/move.ts';
import type { AccountFile } from '../policy/schemas/account.ts';
import type { NameStyle } from '../policy/schemas/privacy.ts';
import type { AuditResult } from './audit-result.ts';
import { viewAudit } from './audit-view.ts';
import { hideNames } from './hide-names.ts';
import { renderJobSummary, renderPullRequestBody } from './proposal/markdown/body.ts';
import { buildProposal } from './proposal/proposal-file.ts';
import { anAudit, anAuditResult, auditedOn } from './report/audit.fixture.ts';
import { aCompany } from './report/company.fixture.ts';
import { aPerson, type Person } from './report/person.fixture.ts';
import { writeReports } from './write-results.ts';

const words =
  'Quorvex Zimbalo Trundleq Vlaskit Pomquil Xandrift Jubblor Wexonda Kriskolt Yffgan Ollivax Brimzor Dravokin Phelquar'.split(
    ' ',
  );
const [plain, manager, chief, kept, listed, guest, declined, back, exempt, gone, former, setBack, erased, owed] = words;

/** All of whose names are made of one word. */
function named(word = '', change: Partial<Evidence> = {}, more: Omit<Person, 'evidence'> = {}): Person {
  const names = {
    ...{ displayName: `${word}ine Mc${word}`, givenName: `${word}ine`, surname: `Mc${word}` },
    ...{ userPrincipalName: `${word}.x@contoso.com`, mail: `post.${word}@contoso.com` },
  };
  return aPerson({ ...names, manager: theirManager, ...change }, more);
}

const theirManager = {
  id: idOf('the manager'),
  ...{ displayName: `${manager}ine Mc${manager}`, mail: `post.${manager}@contoso.com` },
  userPrincipalName: `${manager}.x@contoso.com`,
};
const notedSetBack = { from: 'notify' as const, to: null, path: '', at: 0 };
const since = addDays(auditedOn, -7);
const active = { usage: lastSeen({ exchange: '2026-12-04' }), signIns: signedIn('2026-12-04') };

const people = [
  named(plain),
  named(chief, { jobTitle: 'Chief Executive Officer' }),
  named(kept, {}, { inForce: { stage: 'notify', since } }),
  named(listed),
  named(guest, { userType: 'guest', accountKind: 'person' }),
  named(declined, {}, { declined: true }),
  named(back, active, { inForce: { stage: 'disable', since } }),
  named(exempt, {}, { inForce: { stage: 'review', since } }),
  named(gone, {}, { inForce: { stage: 'delicense', since: addDays(auditedOn, -40) } }),
  named(setBack),
];

/** With what people have written about them, in every place that has free text. */
function anUnmistakableAudit(names: NameStyle): AuditResult {
  const { policy } = anAudit();
  const until = addDays(auditedOn, 30);
  const result = anAuditResult({
    people,
    policy: {
      privacy: { names },
      risk: { ...policy.risk, executives: { ...policy.risk.executives, accounts: [`${listed}.x@contoso.com`] } },
      notifications: {
        ...policy.notifications,
        hrContact: `${manager}.x@contoso.com`,
        internalDomains: ['contoso.com'],
      },
    },
    exemptions: [
      { account: `${exempt}.x@contoso.com`, reason: `${exempt}ine is on leave`, owner: `${former} Somebody`, until },
    ],
    exemptionsText: `exemptions:\n  - { account: ${plain}.x@contoso.com, reason: ${plain}ine Mc${plain} is back, owner: "${former}", until: 2026-12-01 }\n`,
    escalationsText: serialiseEscalations([
      {
        ...{ id: idOf('left'), userPrincipalName: `${former}.x@contoso.com`, displayName: `${former}ine Mc${former}` },
        ...{ why: 'job title "CEO"', lastActivity: '2026-06-01', since: '2026-11-30' },
      },
    ]),
    setBack: [{ accountId: idOf(`${setBack}.x@contoso.com`), on: since, ...notedSetBack }],
    quality: {
      notes: [`stacks/contoso/accounts/${plain}.x@contoso.com.yaml cannot be read: ask ${plain}ine Mc${plain}`],
      unmatchedExemptions: [`${former}.x@contoso.com`],
    },
  });
  const { plan } = result;
  const moves = plan.moves.map((move, at) =>
    at > 0
      ? { ...move, because: `${move.because}; ${move.file.account.displayName} said so` }
      : { ...move, reason: 'renamed' as const, because: `was Formerly ${former} (${former}@contoso.com)` },
  );
  const [first] = plan.moves;
  const erasures = {
    erased: [anErasure(erased, first?.file)],
    kept: [{ ...anErasure(owed, first?.file), because: `${owed}ine Mc${owed} is there without SPE_E3` }],
  };
  const files = new Map([
    ...plan.files,
    ...erasures.erased.flatMap(({ paths }) => paths.map((path) => [path, null] as const)),
  ]);
  const stops = [{ kind: 'paused' as const, because: `paused by ${plain}ine Mc${plain}`, until: null }];
  return { ...result, stops, plan: { ...plan, moves, erasures, files } };
}

/** Of somebody whom the audit lists nowhere else. */
function anErasure(word = '', file?: AccountFile): Erasure {
  if (file === undefined) throw new Error('the audit moves nobody');
  const userPrincipalName = `${word}.x@contoso.com`;
  const account = { ...file.account, id: idOf(word), userPrincipalName, displayName: `${word}ine Mc${word}` };
  return { paths: [`stacks/contoso/archive/${userPrincipalName}.yaml`], file: { ...file, account }, since };
}

async function writeAll(names: NameStyle): Promise<Record<string, string>> {
  const folder = await mkdtemp(join(tmpdir(), 'dormant-names-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const result = anUnmistakableAudit(names);
  const view = viewAudit(result);
  const paths = await writeReports(view, folder);
  const texts = await Promise.all(paths.map(async (path) => [basename(path), await readFile(path, 'utf8')] as const));
  const { groups } = buildProposal(result, { main: 'abc', branches: new Map() }, { main: 'main' });
  return {
    ...Object.fromEntries(texts),
    'summary.md': renderJobSummary(hideNames(view)),
    title: groups.map(({ title, branch }) => `${title} ${branch}`).join('\n'),
    body: groups.map(({ body }) => body).join('\n'),
  };
}

const shownToMany = ['pull-request.md', 'report.html', 'summary.md', 'title', 'body'];

test.each(['initials', 'id-only'] as const)(
  'with %s nobody is named in pull request, report and summary',
  async (names) => {
    const texts = await writeAll(names);
    for (const name of shownToMany)
      for (const word of words)
        expect([name, word, texts[name]?.toLowerCase().includes(word.toLowerCase())]).toEqual([name, word, false]);
  },
);

test.each(['full', 'initials', 'id-only'] as const)(
  'with %s the lists for the IT admin name everybody',
  async (names) => {
    const { 'inactive-users.csv': inactive, 'guests.csv': guests } = await writeAll(names);
    expect(inactive).toContain(`${plain}ine Mc${plain}`);
    expect(inactive).toContain(`post.${manager}@contoso.com`);
    expect(guests).toContain(`${guest}ine Mc${guest}`);
  },
);

test('with full everybody who is listed is named, so that the test above would find them', async () => {
  const texts = await writeAll('full');
  const all = shownToMany.map((name) => texts[name]).join('\n');
  // Guests are in a list of their own.
  expect(words.filter((word) => !all.includes(word))).toEqual([guest]);
});

test('with full the view is the one that it was', () => {
  const view = anAudit({ people: aCompany(40) });
  expect(hideNames(view)).toBe(view);
});

test('initials stand beside the start of the id, and managers have theirs', async () => {
  const { body } = await writeAll('initials');
  const id = idOf(`${plain}.x@contoso.com`).slice(0, 8);
  expect(body).toContain(`**${plain?.charAt(0)}. M.** · [\`${id}\`]`);
  expect(body?.replaceAll('\u200B', '')).toContain(`${manager?.charAt(0)}. M. · ${theirManager.id.slice(0, 8)}`);
});

test('by id only, a person is their id, and so is a manager', async () => {
  const { body, 'report.html': report = '' } = await writeAll('id-only');
  expect(body).toContain(`[\`${idOf(`${plain}.x@contoso.com`)}\`](#diff-`);
  for (const text of [body, report]) expect(text).toContain(theirManager.id);
});

test.each(['initials', 'id-only'] as const)(
  'with %s the row of each move, and of each erasure, leads to its file among the changed ones',
  async (names) => {
    const { plan } = anUnmistakableAudit(names);
    const { body = '' } = await writeAll(names);
    const resolved = resolveFileLinks(body, 'https://github.com/contoso/dormant/pull/12');
    expect(plan.moves.length).toBeGreaterThan(3);
    const changed = [...plan.moves.map(({ path }) => path), ...plan.erasures.erased.flatMap(({ paths }) => paths)];
    for (const path of changed)
      expect(resolved).toContain(`](https://github.com/contoso/dormant/pull/12/files${buildFileAnchor(path)})`);
    expect(resolved).not.toContain('](#diff-');
  },
);

test('a body that hides names says where they are, and another one does not', async () => {
  expect((await writeAll('id-only')).body).toContain('`dormant why contoso <id>` says who it is');
  expect((await writeAll('full')).body).not.toMatch(/dormant why|#diff-/);
});

test('however many there are, a body fits with the addresses of its links', () => {
  const { policy } = anAudit();
  const result = anAuditResult({ people: aCompany(900), policy: { ...policy, privacy: { names: 'id-only' } } });
  const body = renderPullRequestBody(hideNames(viewAudit(result)));
  expect(
    resolveFileLinks(body, 'https://github.example.com/a-long-company-name/a-long-repository-name/pull/12345').length,
  ).toBeLessThan(65_536);
});

test('a department that is called like a person keeps its name', () => {
  const ana = anAccount();
  const people = [
    aPerson(),
    aPerson({ ...{ userPrincipalName: 'bo@contoso.com', displayName: 'Bo Li' }, department: 'Reyes' }),
  ];
  const body = renderPullRequestBody(
    hideNames(viewAudit(anAuditResult({ people, policy: { privacy: { names: 'initials' } } }))),
  );
  expect(body).toContain('Reyes<br>');
  expect(body).not.toContain(ana.displayName);
});

test.each(['initials', 'id-only'] as const)('with %s each manager is told by as many mails as with full', (names) => {
  const change = { people: aCompany(60) };
  const [full, hidden] = ['full', names].map((style) =>
    renderJobSummary(
      hideNames(
        viewAudit(anAuditResult({ ...change, policy: { privacy: { names: style === 'full' ? 'full' : names } } })),
      ),
    ),
  );
  expect(hidden).toBe(full);
});
