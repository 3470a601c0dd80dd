import { version } from '@pulumi/pulumi/version.js';
import { expect, test } from 'vitest';
import { ensurePulumi } from '../stacks/engine/pulumi-cli/pulumi-cli.ts';

test('this machine has the Pulumi CLI of exactly the version of the SDK, or gets it', async () => {
  const command = await ensurePulumi({ env: process.env });
  expect(command.version?.version).toBe(version);
}, 1_200_000);
