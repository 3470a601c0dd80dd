// For tests of what got lost.
import { join } from 'node:path';
import { execa } from 'execa';
import { expect } from 'vitest';
import { today } from '../stacks/tenant/tenant-to-apply-to.fixture.ts';
import { type MergedRepository, stack } from './merged-repository.fixture.ts';

export async function findLost({ folder, environment, envOf }: MergedRepository): Promise<string[]> {
  const args = ['repeat', stack, '--repo', folder, '--today', today, '--json'];
  const { AZURE_CLIENT_SECRET } = envOf('audit');
  const env = { ...environment, AZURE_CLIENT_SECRET, GITHUB_ACTIONS: undefined, GITHUB_TOKEN: undefined };
  const { stdout } = await execa(process.execPath, [dormant, ...args], { env });
  const { lost, isStarted } = JSON.parse(stdout);
  expect(isStarted).toBe(false);
  return lost;
}

const dormant = join(import.meta.dirname, '../cli/dormant.ts');
