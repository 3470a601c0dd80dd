import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { PersonInput } from '@dormant-m365/emulator';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toUtcDay } from '../policy/evidence.ts';
import { aSigning } from '../policy/signing/signing.fixture.ts';
import { writeKnownSigning } from '../stacks/engine/known-signing.fixture.ts';
import { renderAccountFile, renderFormerFiles } from './workflow-run/account-file.fixture.ts';
import { longAgo } from './workflow-run/adopt-repository.fixture.ts';
import { collectOpenTexts, findNames } from './workflow-run/find-names.fixture.ts';
import { aWorld, type WorkflowWorld } from './workflow-run/workflow-world.fixture.ts';

// Every workflow, going well and going wrong, in a company whose people have unmistakable names: none of them stands in a log, a
// summary, a branch, a commit, an artifact's name, a check or a title.

/** A person all of whose names are made of one word that stands nowhere else. */
function aPerson(word: string, more: PersonInput = {}): PersonInput {
  const displayName = `${word}ine Mc${word}`;
  return {
    kind: word,
    userPrincipalName: `${word.toLowerCase()}.x@contoso.com`,
    displayName,
    givenName: `${word}ine`,
    surname: `Mc${word}`,
    mail: `post.${word.toLowerCase()}@contoso.com`,
    jobTitle: `Keeper of ${word}s`,
    inactiveDays: 143,
    ...more,
  };
}

const words = [
  'Quorvex',
  'Zimbalo',
  'Trundleq',
  'Vlaskit',
  'Pomquil',
  'Xandrift',
  'Jubblor',
  'Wexonda',
  'Kriskolt',
  'Yffgan',
] as const;
const [silent, manager, chief, head, blocked, back, failing, guest, named, other] = words;
const people = [
  aPerson(silent, { manager: manager }),
  aPerson(manager, { inactiveDays: 1, manager: head }),
  aPerson(chief, { jobTitle: `Chief Executive Officer of ${chief}` }),
  aPerson(head, { manager: null }),
  aPerson(blocked, { manager: manager }),
  aPerson(back, { inactiveDays: 1 }),
  aPerson(failing),
  aPerson(guest, { userType: 'Guest', userPrincipalName: `${guest}_x.com#EXT#@contoso.com`.toLowerCase() }),
  aPerson(named, { userPrincipalName: `${named}.o'x@contoso.com`.toLowerCase() }),
  aPerson(other),
  // Whose sign-ins show that those of others can be believed.
  { ...aPerson('Ollivax'), inactiveDays: 4 },
];
const nobody = 'nemoxul';

let world: WorkflowWorld;
let names: string[];

beforeAll(async () => {
  world = await aWorld({ users: 0, people, stacks: ['contoso'] });
  const { clock } = world.tenant.tenant;
  const known = { commit: await world.readHead(), signing: aSigning(), today: toUtcDay(new Date(clock.now())) };
  await writeKnownSigning(join(world.folder, 'state'), { stack: 'contoso', ...known });
  const store = world.tenant.tenant.people;
  const everybody = Array.from({ length: store.size }, (_, index) => store.get(index));
  names = [
    ...words,
    'Ollivax',
    nobody,
    ...everybody.flatMap(({ id, userPrincipalName, mail }) => [
      id,
      userPrincipalName,
      ...(mail === null ? [] : [mail]),
    ]),
  ];
  await change(
    'Settings',
    {
      'policy/policy.yaml': (text) =>
        text
          .replace('shareOfTenant: 0.05', 'shareOfTenant: 1')
          .replace('# hrContact: hr@example.com', `hrContact: hr.${nobody}@contoso.com`)
          .replace('emergencyAccessAccounts: [', `emergencyAccessAccounts: ["${nobody}@contoso.com", `),
      'exemptions.yaml': () =>
        `exemptions:\n  - { account: ${nobody}@contoso.com, reason: Of ${nobody}, owner: "${nobody}", until: ${until} }\n`,
    },
    { env: { GIT_COMMITTER_DATE: longAgo } },
  );
});
afterAll(() => world.close());

const until = new Date(Date.now() + 100 * 86_400_000).toISOString().slice(0, 10);
const fileOf = (word: string) => `stacks/contoso/accounts/${word.toLowerCase()}.x@contoso.com.yaml`;
const pulls = () => world.standIn.state.issues.filter(({ pull, state }) => pull !== null && state === 'open');
const merge = (number: number) =>
  world.reviewer.request('PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge', { pull_number: number });

type Edit = string | null | ((text: string) => string);

/** Pushes to main, or to a branch of its own. */
async function change(message: string, files: Record<string, Edit>, { branch = 'main', env = {} } = {}): Promise<void> {
  const { clone } = world;
  await clone.run(['fetch', '--quiet', 'origin']);
  await clone.run(['checkout', '--quiet', '-B', branch, 'origin/main']);
  await commit(message, files, env);
  await clone.run(['push', '--quiet', 'origin', branch]);
}

async function commit(message: string, files: Record<string, Edit>, env: NodeJS.ProcessEnv = {}): Promise<void> {
  const { clone } = world;
  const root = await clone.run(['rev-parse', '--show-toplevel']);
  for (const [path, edit] of Object.entries(files)) {
    const place = join(root, path);
    const text = typeof edit === 'function' ? edit(await clone.run(['show', `HEAD:${path}`])) : edit;
    await mkdir(dirname(place), { recursive: true });
    await (text === null ? rm(place) : writeFile(place, text));
  }
  await clone.run(['add', '--all', '--force']);
  await execa('git', ['-C', root, 'commit', '--quiet', `--message=${message}`], { env });
}

/** Main has had them for weeks, and disables them with the next apply. */
async function disable(...who: string[]): Promise<void> {
  const { clone } = world;
  await clone.run(['fetch', '--quiet', 'origin']);
  await clone.run(['checkout', '--quiet', '-B', 'main', 'origin/main']);
  const former = who.map((kind) => renderFormerFiles(world.tenant, { kind, stage: 'disable' }));
  for (const week of former[0]?.keys() ?? [])
    await commit('A week', Object.fromEntries(who.map((kind, at) => [fileOf(kind), former[at]?.[week] ?? null])), {
      GIT_COMMITTER_DATE: longAgo,
    });
  await commit(
    'Disable',
    Object.fromEntries(who.map((kind) => [fileOf(kind), renderAccountFile(world.tenant, { kind, stage: 'disable' })])),
  );
  await clone.run(['push', '--quiet', 'origin', 'main']);
}

async function push(run: () => Promise<void>) {
  const before = await world.readHead();
  await run();
  return world.buildPushEvent(before);
}

/** Opens a pull request that the check is to refuse, and reviews it. Returns what the check says there. */
async function propose(title: string, files: Record<string, Edit>): Promise<string> {
  await change(title, files, { branch: title });
  const { data } = await world.reviewer.request('POST /repos/{owner}/{repo}/pulls', {
    title,
    head: title,
    base: 'main',
  });
  await world.deliver(await world.buildPullRequestEvent(data.number));
  expect(conclusionOf(await world.runDispatched(), 'Check')).toBe('failure');
  const pull = world.standIn.state.issues.find(({ number }) => number === data.number);
  return pull?.comments.map(({ body }) => body).join('\n') ?? '';
}

async function ask(account: string, reason: string) {
  const body = `### Account\n\n${account}\n\n### Stack\n\ncontoso\n\n### Keep until\n\n${until}\n\n### Reason\n\n${reason}`;
  const title = `Exemption: ${account}`;
  const { data } = await world.reviewer.request('POST /repos/{owner}/{repo}/issues', { title, body });
  return world.run('exemption.yml', { name: 'issues', payload: { issue: { number: data.number, title } } });
}

const byHand = { name: 'workflow_dispatch', payload: {} };
const conclusionOf = (jobs: Awaited<ReturnType<WorkflowWorld['run']>>, name = 'contoso') =>
  jobs.find((job) => job.name === name)?.conclusion;

async function expectNobody(): Promise<void> {
  expect(findNames(await collectOpenTexts(world), names)).toEqual([]);
}

describe('nobody is named by', () => {
  it('an apply that refuses one, fails at another and blocks a third', async () => {
    const event = await push(() => disable(blocked, back, failing));
    const { id } = world.tenant.getState(failing);
    world.tenant.faults.add({ kind: 'status', status: 403, method: 'PATCH', path: id });
    const jobs = await world.run('apply.yml', event);
    expect(conclusionOf(jobs)).toBe('failure');
    expect(jobs.map(({ summary }) => summary).join()).toMatch(
      /\*\*1\*\* disabled.*\*\*1\*\* refused.*\*\*1\*\* failed/,
    );
    world.tenant.faults.clear();
    expect(world.standIn.state.issues.map(({ body }) => body).join('\n')).toContain(back);
    await expectNobody();
  });

  it('an audit and its proposal', async () => {
    expect(conclusionOf(await world.run('audit.yml', { name: 'schedule', payload: {} }))).toBe('success');
    expect(pulls()).toHaveLength(1);
    expect(pulls()[0]?.body).toContain(silent);
    await expectNobody();
  });

  it('a review that goes well', async () => {
    const [first] = pulls();
    await world.deliver(await world.buildPullRequestEvent(first?.number ?? 0));
    await world.runDispatched();
    await expectNobody();
  });

  it('a merge and its apply', async () => {
    const jobs = await world.run(
      'apply.yml',
      await push(async () => {
        for (const { number } of pulls()) await merge(number);
      }),
    );
    expect(conclusionOf(jobs)).toBe('success');
    await expectNobody();
  });

  it('a check that finds what is wrong in files about people', async () => {
    const silentFile = renderAccountFile(world.tenant, { kind: silent, stage: 'disable' });
    await propose('Mistakes', {
      [fileOf(blocked)]: null,
      [fileOf(back)]: (text) => text.replace('stage: disable', `stage: ${back}`),
      [fileOf(failing)]: (text) => text.replace(`${failing}ine Mc${failing}`, `${failing} the Other`),
      [fileOf(silent)]: silentFile,
      [`stacks/contoso/accounts/${silent}.yaml`]: silentFile,
      [`stacks/contoso/accounts/${named}/note.yaml`]: `${named}: {`,
      [`stacks/contoso/accounts/${other}.yml`]: other,
      [`stacks/contoso/archive/${other}.yaml`]: renderAccountFile(world.tenant, {
        kind: other,
        stage: 'notify',
      }),
      'stacks/contoso/escalations.yaml': `escalations:\n  - { id: ${chief}, displayName: ${chief} }\n`,
      'exemptions.yaml': `exemptions:\n  - { account: ${nobody}@contoso.com, reason: ${nobody}, until: ${nobody} }\n`,
    });
    await expectNobody();
  });

  it('a check that finds facts and steps that are not those of an audit', async () => {
    const comment = await propose('Forged', {
      [fileOf(failing)]: (text) => text.replace(`${failing}ine Mc${failing}`, `${failing} the Other`),
      [fileOf(silent)]: renderAccountFile(world.tenant, { kind: silent, stage: 'delicense' }),
      [fileOf(blocked)]: null,
      [`stacks/contoso/archive/${other}.yaml`]: renderAccountFile(world.tenant, { kind: other, stage: 'notify' }),
      [`stacks/contoso/accounts/${back}.yaml`]: renderAccountFile(world.tenant, { kind: back, stage: 'notify' }),
      'exemptions.yaml': `exemptions:\n  - { account: ${silent}.x@contoso.com, reason: ${silent}, owner: ${head}, until: 2999-01-01 }\n`,
    });
    await expectNobody();
    expect(comment).toContain(`${failing} the Other`);
  });

  it('forms that ask for an exemption, one that may be and one that may not, and the merge of one', async () => {
    await ask(`${silent.toLowerCase()}.x@contoso.com`, `${silent} is on leave`);
    await ask(`${head.toLowerCase()}.x@contoso.com`, `${head} is on leave`);
    await ask(`* ${manager}`, '-');
    const [first] = pulls().filter(({ pull }) => pull?.headRef.startsWith('dormant-exemption/'));
    const event = await push(async () => void (await merge(first?.number ?? 0)));
    await world.run('exemption.yml', event);
    await expectNobody();
  });

  it('the doctor', async () => {
    await world.run('doctor.yml', { ...byHand, inputs: { stack: 'contoso' } });
    await expectNobody();
  });

  it('an audit and an apply of files that are not right', async () => {
    const event = await push(() =>
      change('Broken', { [fileOf(blocked)]: (text) => text.replace(/^stage: \w+/m, `stage: ${blocked}`) }),
    );
    expect(conclusionOf(await world.run('audit.yml', byHand))).toBe('failure');
    expect(conclusionOf(await world.run('apply.yml', event))).toBe('failure');
    await expectNobody();
  });
});

it('the search finds each of the names', async () => {
  expect(findNames(new Map([['a log', `one\nfor ${other}ine, two`]]), names)).toEqual([`a log: for ${other}ine, two`]);
});
