// The Pulumi backend: where the state is, and whether it can be listed from here with what the environment holds.
import { execa } from 'execa';
import { type Check, fail, pass, skip } from '../check.ts';
import { findPulumi } from './pulumi-cli.ts';

const patienceMs = 60_000;

export const pulumiBackend: Check = {
  name: 'Pulumi backend',
  needs: null,
  async run({ root, stack, env }) {
    const pulumi = await findPulumi();
    if (pulumi === null) return skip('the Pulumi CLI is not there to ask with');
    if (!env.PULUMI_BACKEND_URL)
      return fail(
        'PULUMI_BACKEND_URL is not set: nobody says where the state is',
        `gh variable set PULUMI_BACKEND_URL --env ${stack}-apply --body 'azblob://<container>?storage_account=<account>'`,
      );
    const { exitCode, stdout, stderr } = await execa(
      pulumi.command,
      ['stack', 'ls', '--all', '--json', '--non-interactive'],
      {
        cwd: root,
        env: { ...env, PULUMI_SKIP_UPDATE_CHECK: 'true' },
        extendEnv: false,
        reject: false,
        stdin: 'ignore',
        timeout: patienceMs,
      },
    );
    if (exitCode !== 0)
      return fail(`does not answer: ${reasonIn(stderr)}`, 'pulumi login "$PULUMI_BACKEND_URL"');
    return pass(
      isListed(stdout, stack) ? 'answers, and holds this stack' : 'answers; the first apply makes this stack',
    );
  },
};

function isListed(stdout: string, stack: string): boolean {
  const stacks: unknown = JSON.parse(stdout);
  const names = Array.isArray(stacks) ? stacks.map((each: { name?: unknown }) => String(each.name)) : [];
  return names.some((name) => name === stack || name.endsWith(`/${stack}`));
}

/** The last line is the cause; the ones before it say which command failed. */
function reasonIn(stderr: string): string {
  return (
    stderr
      .trim()
      .split('\n')
      .at(-1)
      ?.replace(/^error: /, '') || 'no answer in a minute'
  );
}
