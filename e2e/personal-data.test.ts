// What audits and applies on the embedded tenant really leave has a reason for each of its fields, on the page of personal data;
// and nobody is in what a works council gets.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { viewAudit } from '../audit/audit-view.ts';
import { buildFactsLister } from '../audit/report/audit.fixture.ts';
import { writeJson } from '../audit/report/json.ts';
import { renderWorksCouncilReport } from '../audit/report/works-council.ts';
import type { StateResource } from '../stacks/provider/resource.ts';
import { writeRecord } from '../stacks/record/apply-record.ts';
import { summariseChanges } from '../stacks/record/summarise-changes.ts';
import { findAppliedRecord } from '../stacks/signing-record-state.ts';
import { applyJson, applyLog, noticeJournal } from '../tools/personal-data/fields/apply-files.ts';
import { auditJson } from '../tools/personal-data/fields/audit-files.ts';
import { onPremisesList } from '../tools/personal-data/fields/lists.ts';
import {
  accountInputs,
  accountOutputs,
  hrNoticeState,
  noticeState,
  signingState,
} from '../tools/personal-data/fields/state.ts';
import { listUnexplained } from '../tools/personal-data/found-fields.ts';
import { places } from '../tools/personal-data/places.ts';
import type { ReasonTree } from '../tools/personal-data/reasons.ts';
import { list, withHr } from './escalations.fixture.ts';
import { aMergedRepository, type MergedRepository, stack } from './merged-repository.fixture.ts';

test('each field of what audits and applies leave has a reason, and each of their files is named on the page', async () => {
  const repository = await aMergedRepository(
    ['ana', 'bo', 'cy'],
    [
      { kind: 'syd', synced: true },
      { kind: 'ceo', displayName: 'Cleo Root', jobTitle: 'Chief Executive Officer', inactiveDays: 143 },
    ],
  );
  const { folder } = repository;
  const out = join(folder, 'out', stack);
  await repository.setPolicy(withHr);
  await list(repository, '2026-12-01', 'Cleo Root');
  await repository.merge('notify', ['ana', 'bo', 'cy', 'syd']);
  await applyAndRecord(repository, out);
  await repository.merge('disable', ['ana', 'bo', 'syd']);
  await repository.forge('bo', (text) => text.replace('inactiveDays: 143', 'inactiveDays: 400'));
  await applyAndRecord(repository, out);

  const result = await repository.audit();
  await writeJson(result, out, buildFactsLister(result));
  const audited = JSON.parse(await readFile(join(out, 'audit.json'), 'utf8'));
  expect(audited.plan.held.length + audited.plan.moves.length).toBeGreaterThan(0);
  expect(listUnexplained(audited, auditJson)).toEqual([]);
  expect(listUnexplained(JSON.parse(await readFile(join(out, 'apply.json'), 'utf8')), applyJson)).toEqual([]);
  expect(listUnexplained(await readLines(join(out, 'apply.jsonl')), applyLog)).toEqual([]);
  expect(listUnexplained(await readLines(join(out, 'notices.jsonl')), noticeJournal)).toEqual([]);
  const [head = ''] = (await readFile(join(out, 'on-premises.csv'), 'utf8')).replace('\uFEFF', '').split('\r\n');
  expect(head.split(',')).toEqual(Object.keys(onPremisesList));
  expect(listUnexplainedState(await repository.readState())).toEqual([]);

  const texts = JSON.stringify(places.map(({ what, files = [] }) => [what, files.map(({ name }) => name)]));
  const written = (await readdir(out, { withFileTypes: true })).filter((entry) => entry.isFile());
  expect(written.map(({ name }) => name).filter((name) => !texts.includes(`\`${name}\``))).toEqual([]);
});

async function applyAndRecord(repository: MergedRepository, out: string): Promise<void> {
  const options = await repository.buildOptions();
  const outcome = await repository.apply();
  await writeRecord(out, options, { outcome, changes: { ...summariseChanges(outcome, outcome.files), stopped: null } });
}

async function readLines(path: string): Promise<unknown[]> {
  const lines = (await readFile(path, 'utf8')).trim().split('\n');
  expect(lines.length).toBeGreaterThan(1);
  return lines.map((line) => JSON.parse(line));
}

/** What the state has of resources that are ours, unpacked, by their types. */
const explained: Record<string, ReasonTree> = {
  'm365:index:Account': { asks: accountInputs, has: accountOutputs },
  'm365:index:ManagerNotice': noticeState,
  'm365:index:HrNotice': hrNoticeState,
};

function listUnexplainedState(text: string): string[] {
  const { checkpoint } = JSON.parse(text);
  const resources: StateResource[] = checkpoint.latest.resources;
  const ours = resources.filter(({ type }) => type in explained);
  expect(new Set(ours.map(({ type }) => type))).toEqual(new Set(Object.keys(explained)));
  const record = findAppliedRecord(resources);
  return [
    ...ours.flatMap(({ type, inputs, outputs }) =>
      [inputs, outputs].flatMap((props) => listUnexplained(unpack(props), explained[type] ?? {})),
    ),
    ...listUnexplained(record, signingState),
  ];
}

/** Values that are JSON texts, as values; what the engine adds itself begins with two underscores. */
function unpack(props: unknown): unknown {
  const entries = Object.entries(props ?? {}).filter(([name]) => !name.startsWith('__'));
  return Object.fromEntries(
    entries.map(([name, value]) => [name, typeof value === 'string' ? JSON.parse(value) : value]),
  );
}

test('nobody of the embedded tenant is in the report for a works council', async () => {
  const { emulator, audit } = await aMergedRepository(['ana reyes'], [], { users: 400 });
  const view = viewAudit(await audit());
  expect(view.inactive.length).toBeGreaterThan(20);
  const page = renderWorksCouncilReport(view);
  const { people } = emulator.tenant;
  const everybody = Array.from({ length: people.size }, (_, index) => people.get(index));
  const words = everybody.flatMap(({ id, userPrincipalName, displayName, mail, department, jobTitle }) =>
    [id, userPrincipalName, displayName, mail, department, jobTitle].flatMap((word) => word ?? []),
  );
  expect(words.length).toBeGreaterThan(2_000);
  expect([...new Set(words)].filter((word) => word !== '' && isNamed(word, page))).toEqual([]);
});

/** In any spelling; a department such as IT only as it is written, because it is also a word. */
function isNamed(word: string, page: string): boolean {
  return word.length < 4 ? page.includes(word) : page.toLowerCase().includes(word.toLowerCase());
}
