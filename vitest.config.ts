import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

// Four kinds, by what they start. Unit tests (`*.test.ts`) start nothing and take seconds; `*.integration.test.ts` start servers or
// processes of their own; both stand next to what they test. `e2e/` runs real engines, git and a browser, for minutes.
// `*.long.test.ts` are variations of those and what takes minutes, some with servers of other people; `npm test` leaves them out,
// `npm run test:long` runs them.

// What a test reads of a command's output is the same whether a terminal runs it or a pipeline; and every answer of the embedded
// tenant is held against Graph's metadata.
const env = { NO_COLOR: '1', EMULATOR_CHECKS_ANSWERS: '1' };
const elsewhere = ['e2e/**', '**/*.long.test.ts', 'node_modules/**', 'out/**'];
// What `npm run requests` writes down is what the product sends; the tests of the watch send what nobody else does.
if (process.env.DORMANT_RECORD_REQUESTS !== undefined) elsewhere.push('tools/requests/**');

/** An end for what hangs, and no bound for what is slow: a machine may have other things to do. */
const patient = { testTimeout: 300_000, hookTimeout: 300_000, expect: { poll: { timeout: 120_000 } } };

/** Modules are loaded once per worker, not once per file: no test changes one. */
const shared = {
  isolate: false,
  setupFiles: ['tools/requests/watch-requests.ts'],
  execArgv: ['--max-semi-space-size=64'],
  env,
  ...patient,
};

/** What takes minutes goes first: one of these that began last would run alone while the other worker is idle. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => rankOf(a) - rankOf(b));
  }
}

const longest = [
  'package/package.test.ts',
  'workflows.test.ts',
  'guides.test.ts',
  'apply-stages.test.ts',
  'engine.test.ts',
  'exemption.test.ts',
  'propose.test.ts',
  'quarantine.test.ts',
];

/** 0 for the longest; the others stay in the order that they have. */
function rankOf({ moduleId }: TestSpecification): number {
  const at = longest.findIndex((name) => moduleId.endsWith(`/e2e/${name}`));
  return at === -1 ? longest.length : at;
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          ...shared,
          name: 'unit',
          include: ['**/*.test.ts'],
          exclude: ['**/*.integration.test.ts', ...elsewhere],
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          ...shared,
          name: 'integration',
          globalSetup: ['tools/prepare-test-run.ts'],
          setupFiles: [...shared.setupFiles, 'tools/prepare-test-run.ts'],
          // Servers of their own make them wait.
          maxWorkers: 4,
          include: ['**/*.integration.test.ts'],
          exclude: elsewhere,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'e2e',
          env,
          setupFiles: [...shared.setupFiles, 'tools/prepare-test-run.ts'],
          include: ['e2e/**/*.test.ts'],
          exclude: ['**/*.long.test.ts'],
          globalSetup: ['e2e/ensure-pulumi.ts', 'tools/prepare-test-run.ts'],
          ...patient,
          testTimeout: 1_800_000,
          hookTimeout: 1_800_000,
          // Four at a time: each starts engines and servers of its own, and waits for them a third of the time.
          maxWorkers: 4,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          name: 'long',
          env,
          setupFiles: [...shared.setupFiles, 'tools/prepare-test-run.ts'],
          include: ['**/*.long.test.ts'],
          exclude: ['node_modules/**', 'out/**'],
          globalSetup: ['e2e/ensure-pulumi.ts', 'tools/prepare-test-run.ts'],
          ...patient,
          testTimeout: 1_800_000,
          hookTimeout: 1_800_000,
          maxWorkers: 2,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
