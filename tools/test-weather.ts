// `npm run test:weather [-- <paths of tests>]`: the product's tests against tenants in bad weather, of today's seed or of
// DORMANT_TEST_WEATHER. A test that states an exact time or number of requests sets `weather: null` for its tenant.
import { execa } from 'execa';

const seed = process.env.DORMANT_TEST_WEATHER ?? new Date().toISOString().slice(0, 10);

/** What reads and writes a tenant, and of the whole product one of each kind. */
const usual = [
  'graph',
  'stacks',
  'audit',
  'cli/look',
  'e2e/apply-stages.test.ts',
  'e2e/apply-gives-back.test.ts',
  'e2e/escalations.test.ts',
  'e2e/apply-refusals.test.ts',
  'e2e/propose-with-git.test.ts',
];

const named = process.argv.slice(2);
const paths = named.length > 0 ? named : usual;
console.log(`weather ${seed}; again: DORMANT_TEST_WEATHER=${seed} npm run test:weather`);
const { exitCode = 1 } = await execa('vitest', ['run', '--project', 'integration', '--project', 'e2e', ...paths], {
  env: { DORMANT_TEST_WEATHER: seed },
  preferLocal: true,
  reject: false,
  stdio: 'inherit',
});
process.exitCode = exitCode;
