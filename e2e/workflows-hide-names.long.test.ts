import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { PersonInput } from '@dormant-m365/emulator';
import { execa } from 'execa';
import { describe, expect, it, onTestFinished } from 'vitest';
import { toUtcDay } from '../policy/evidence.ts';
import { aSigning } from '../policy/signing/signing.fixture.ts';
import type { HidingStyle } from '../policy/words/show-name.ts';
import { writeKnownSigning } from '../stacks/engine/known-signing.fixture.ts';
import { renderAccountFile, renderFormerFiles } from './workflow-run/account-file.fixture.ts';
import { longAgo } from './workflow-run/adopt-repository.fixture.ts';
import { collectOpenTexts, findNames } from './workflow-run/find-names.fixture.ts';
import { aWorld, failures, type WorkflowWorld } from './workflow-run/workflow-world.fixture.ts';

// `privacy.names` of a company on GitHub whose people have unmistakable names: everything that the pipeline writes there for people,
// and what it leaves in artifacts to be read, has none of them; the files, the lists and the managers' mails have.

/** A person all of whose names are made of one word that stands nowhere else. */
function aPerson(word: string, more: PersonInput = {}): PersonInput {
  return {
    ...{ kind: word, userPrincipalName: `${word.toLowerCase()}.x@contoso.com`, displayName: `${word}ine Mc${word}` },
    ...{ givenName: `${word}ine`, surname: `Mc${word}`, mail: `post.${word.toLowerCase()}@contoso.com` },
    ...{ jobTitle: 'Clerk', inactiveDays: 143, oneDrive: { sizeMb: 12, files: 6 }, ...more },
  };
}

const words = ['Quorvex', 'Zimbalo', 'Trundleq', 'Vlaskit', 'Pomquil', 'Xandrift', 'Jubblor', 'Wexonda'] as const;
const [silent, manager, chief, head, blocked, back, failing, forged] = words;
const nobody = 'nemoxul';
const people = [
  aPerson(silent, { manager }),
  aPerson(manager, { inactiveDays: 1, manager: head }),
  aPerson(chief, { jobTitle: 'Chief Executive Officer' }),
  aPerson(head, { inactiveDays: 1, manager: null }),
  aPerson(blocked, { manager }),
  aPerson(back, { inactiveDays: 1 }),
  aPerson(failing),
  aPerson(forged),
  // Whose sign-ins show that those of others can be believed.
  { ...aPerson('Ollivax'), inactiveDays: 4 },
];
const fileOf = (word: string) => `stacks/contoso/accounts/${word.toLowerCase()}.x@contoso.com.yaml`;
const until = new Date(Date.now() + 100 * 86_400_000).toISOString().slice(0, 10);

type Edit = string | null | ((text: string) => string);

async function commit(
  { clone }: WorkflowWorld,
  message: string,
  files: Record<string, Edit>,
  env: NodeJS.ProcessEnv = {},
) {
  const root = await clone.run(['rev-parse', '--show-toplevel']);
  for (const [path, edit] of Object.entries(files)) {
    const text = typeof edit === 'function' ? edit(await clone.run(['show', `HEAD:${path}`])) : edit;
    await mkdir(dirname(join(root, path)), { recursive: true });
    await (text === null ? rm(join(root, path)) : writeFile(join(root, path), text));
  }
  await clone.run(['add', '--all', '--force']);
  await execa('git', ['-C', root, 'commit', '--quiet', `--message=${message}`], { env });
}

/** On main as it is by now, or on a branch of its own. */
async function begin({ clone }: WorkflowWorld, branch = 'main') {
  await clone.run(['fetch', '--quiet', 'origin']);
  await clone.run(['checkout', '--quiet', '-B', branch, 'origin/main']);
}

async function aCompany(style: HidingStyle): Promise<WorkflowWorld> {
  const world = await aWorld({ users: 0, people, stacks: ['contoso'] });
  onTestFinished(() => world.close());
  const today = toUtcDay(new Date(world.tenant.tenant.clock.now()));
  await writeKnownSigning(join(world.folder, 'state'), {
    stack: 'contoso',
    commit: await world.readHead(),
    signing: aSigning(),
    today,
  });
  await begin(world);
  const settings = (text: string) =>
    `${text
      .replace('shareOfTenant: 0.05', 'shareOfTenant: 1')
      .replace('# hrContact: hr@example.com', `hrContact: hr.${nobody}@contoso.com`)}\nprivacy: { names: ${style} }\n`;
  await commit(world, 'Settings', { 'policy/policy.yaml': settings }, { GIT_COMMITTER_DATE: longAgo });
  const who = [blocked, back, failing];
  const former = who.map((kind) => renderFormerFiles(world.tenant, { kind, stage: 'disable' }));
  for (const week of former[0]?.keys() ?? [])
    await commit(
      world,
      'A week',
      Object.fromEntries(who.map((kind, at) => [fileOf(kind), former[at]?.[week] ?? null])),
      {
        GIT_COMMITTER_DATE: longAgo,
      },
    );
  const disabled = who.map((kind) => [fileOf(kind), renderAccountFile(world.tenant, { kind, stage: 'disable' })]);
  await commit(world, 'Disable', Object.fromEntries(disabled));
  await world.clone.run(['push', '--quiet', 'origin', 'main']);
  return world;
}

/** Of those that the pipeline has written, and the artifacts that are made to be read. */
async function collectShownTexts({ standIn, artifacts }: WorkflowWorld): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  const isOurs = (login: string) => login.endsWith('[bot]');
  for (const { number, login, title, body, comments } of standIn.state.issues) {
    if (isOurs(login)) texts.set(`#${number}`, `${title}\n${body}`);
    for (const [at, comment] of comments.entries())
      if (isOurs(comment.login)) texts.set(`comment ${at} of #${number}`, comment.body);
  }
  for (const path of await readdir(artifacts, { recursive: true }))
    if (/\.(md|html)$/.test(path)) texts.set(path, await readFile(join(artifacts, path), 'utf8'));
  return texts;
}

async function expectNobody(world: WorkflowWorld) {
  const texts = new Map([...(await collectShownTexts(world)), ...(await collectOpenTexts(world))]);
  expect(findNames(texts, [...words, nobody])).toEqual([]);
}

const ourTexts = async (world: WorkflowWorld) => [...(await collectShownTexts(world)).values()].join('\n');

async function openPull({ standIn, reviewer, clone }: WorkflowWorld, title: string): Promise<number> {
  await clone.run(['push', '--quiet', 'origin', title]);
  const { data } = await reviewer.request('POST /repos/{owner}/{repo}/pulls', { title, head: title, base: 'main' });
  expect(standIn.state.issues.length).toBeGreaterThan(0);
  return data.number;
}

async function fillForm(world: WorkflowWorld, workflow: string, title: string, answers: Record<string, string>) {
  const body = Object.entries(answers)
    .map(([question, answer]) => `### ${question}\n\n${answer}`)
    .join('\n\n');
  const { data } = await world.reviewer.request('POST /repos/{owner}/{repo}/issues', { title, body });
  await world.run(workflow, { name: 'issues', payload: { issue: { number: data.number, title } } });
}

describe.each(['initials', 'id-only'] as const)('with privacy.names: %s', (style) => {
  it('nobody is named in what the pipeline writes on GitHub and leaves to be read, whatever goes wrong; managers’ mails name everybody', async () => {
    const world = await aCompany(style);
    const { tenant } = world;
    const before = `${await world.readHead()}^`;

    // An apply that refuses one, fails at another and blocks a third.
    tenant.faults.add({ kind: 'status', status: 403, method: 'PATCH', path: tenant.getState(failing).id });
    await world.run('apply.yml', await world.buildPushEvent(await world.clone.run(['rev-parse', before])));
    tenant.faults.clear();
    expect(world.standIn.state.issues.map(({ title }) => title)).toContain('The apply of contoso needs a person');
    await expectNobody(world);

    // An audit, its proposal, and the review of it.
    expect(failures(await world.run('audit.yml', { name: 'schedule', payload: {} }))).toEqual([]);
    const proposal = world.standIn.state.issues.find(({ pull, state }) => pull !== null && state === 'open');
    const id = tenant.getState(silent).id.toLowerCase();
    expect(proposal?.body).toContain(
      style === 'initials' ? `**Q. M.** · [\`${id.slice(0, 8)}\`](http` : `[\`${id}\`](http`,
    );
    expect(proposal?.body).toMatch(/\]\(https?:\/\/[^)]+\/pull\/\d+\/files#diff-[0-9a-f]{64}\)/);
    await begin(world);
    const head = `origin/${proposal?.pull?.headRef}`;
    const files = await world.clone.run([
      'diff',
      '--name-only',
      '--diff-filter=A',
      'origin/main',
      head,
      '--',
      'stacks',
    ]);
    expect(files.split('\n')).toContain(style === 'id-only' ? `stacks/contoso/accounts/${id}.yaml` : fileOf(silent));
    await world.deliver(await world.buildPullRequestEvent(proposal?.number ?? 0));
    await world.runDispatched();
    expect(await ourTexts(world)).toContain('### What merging this does');
    await expectNobody(world);

    // The merge, its apply and the next audit.
    const main = await world.readHead();
    await world.reviewer.request('PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge', {
      pull_number: proposal?.number ?? 0,
    });
    await world.run('apply.yml', await world.buildPushEvent(main));
    const mails = JSON.stringify(tenant.outbox.list());
    for (const word of [silent, chief]) expect(mails).toContain(`${word}ine Mc${word}`);
    await world.run('audit.yml', { name: 'schedule', payload: {} });
    await expectNobody(world);

    // What the check finds in files about people.
    await begin(world, 'Mistakes');
    await commit(world, 'Mistakes', {
      [fileOf(blocked)]: null,
      [fileOf(back)]: (text) => text.replace('stage: disable', `stage: ${back}`),
      [fileOf(failing)]: (text) => text.replace(`${failing}ine Mc${failing}`, `${failing} the Other`),
      [`stacks/contoso/accounts/${forged}.yaml`]: renderAccountFile(tenant, { kind: forged, stage: 'disable' }),
      'exemptions.yaml': `exemptions:\n  - { account: ${nobody}@contoso.com, reason: ${nobody}, until: ${nobody} }\n`,
    });
    await world.deliver(await world.buildPullRequestEvent(await openPull(world, 'Mistakes')));
    await world.runDispatched();
    expect(await ourTexts(world)).toMatch(/### `dormant check`: \d+ problems/);
    await expectNobody(world);

    // Forms that ask to keep somebody and to give somebody back, and such as cannot be.
    const keep = { Account: `${silent.toLowerCase()}.x@contoso.com`, Stack: 'contoso', 'Keep until': until };
    await fillForm(world, 'exemption.yml', 'Exemption: one', { ...keep, Reason: `${silent} is on leave` });
    await fillForm(world, 'exemption.yml', 'Exemption: another', { ...keep, Account: `* ${manager}`, Reason: '-' });
    const giveBack = { Stack: '_No response_', Reason: `${blocked} is back` };
    await fillForm(world, 'give-back.yml', 'Give back: ', {
      Account: `${blocked.toLowerCase()}.x@contoso.com`,
      ...giveBack,
    });
    await fillForm(world, 'give-back.yml', 'Give back: ', { Account: `${silent}ine Mc`, ...giveBack });
    const texts = await ourTexts(world);
    for (const said of [
      'Somebody asks to exempt an account',
      'Somebody asks to give an account back',
      'cannot be an exemption',
      'cannot be given back',
    ])
      expect(texts).toContain(said);
    await expectNobody(world);

    // The lists in the artifact are for whoever works with them.
    const lists = await readFile(join(world.artifacts, 'audit-contoso', 'inactive-users.csv'), 'utf8');
    expect(lists).toContain(`${silent}ine Mc${silent}`);
  });
});
