import { Command } from 'commander';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { type AStack, aStack } from '../doctor/stack.fixture.ts';
import { createDoctorCommand } from './doctor.ts';

let stack: AStack;
beforeAll(async () => {
  stack = await aStack();
});
afterAll(() => stack.close());
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  process.exitCode = undefined;
});

/** Runs the command with the environment of an identity; answers what it printed and the exit code it set. */
async function run(...words: string[]) {
  let printed = '';
  const keep = (text: unknown) => {
    printed += `${String(text)}\n`;
    return true;
  };
  vi.spyOn(console, 'log').mockImplementation(keep);
  vi.spyOn(process.stdout, 'write').mockImplementation(keep);
  await new Command('dormant')
    .option('--repo <folder>', '', stack.repository.root)
    .option('--json', '', false)
    .option('--verbose', '', false)
    .exitOverride()
    .addCommand(createDoctorCommand().exitOverride())
    .parseAsync(words, { from: 'user' });
  const { exitCode } = process;
  process.exitCode = undefined;
  return { printed, exitCode };
}

const inEnvironment = (identity: 'audit' | 'apply') => {
  for (const [key, value] of Object.entries(stack.env(identity))) vi.stubEnv(key, value);
};

test('a stack that is well set up: a table, and exit code 0', async () => {
  inEnvironment('apply');
  const { printed, exitCode } = await run('doctor', 'contoso', '--identity', 'apply');
  expect(printed).toContain('app role User.EnableDisableAccount.All');
  expect(printed).toMatch(/\d+ passed, 0 warnings, 0 failed, \d+ skipped/);
  expect(exitCode).toBe(0);
}, 30_000);

test('something failed: exit code 1, and --json names it', async () => {
  inEnvironment('audit');
  stack.gitHub.state.settings.private = false;
  const { printed, exitCode } = await run('--json', 'doctor', 'contoso');
  stack.gitHub.state.settings.private = true;
  const { findings, counts } = JSON.parse(printed);
  expect(findings).toContainEqual(expect.objectContaining({ name: 'repository is private', status: 'fail' }));
  expect(counts.fail).toBe(1);
  expect(exitCode).toBe(1);
}, 30_000);

test('a stack that is not there is bad input, with the command that makes it', async () => {
  inEnvironment('audit');
  await expect(run('doctor', 'fabrikam')).rejects.toMatchObject({
    exitCode: 2,
    remedy: 'Run `dormant init fabrikam` to add it.',
  });
});
