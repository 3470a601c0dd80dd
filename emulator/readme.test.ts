import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createEmulatorCommand } from './command.ts';

test('the README shows the options of the command as they are', () => {
  const readme = readFileSync(new URL('README.md', import.meta.url), 'utf8');
  const help = createEmulatorCommand().configureHelp({ helpWidth: 120 }).helpInformation();
  expect(readme).toContain(`\`\`\`text\n${help}\`\`\`\n`);
});
