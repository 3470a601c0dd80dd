import { expect, test } from 'vitest';
import { renderUpgradePreview } from './render-upgrade-preview.ts';

const preview = (what: string) => `### What merging this does in \`contoso\`\n\n${what}\n`;

test('each stack has the preview of that version below its own name', () => {
  const text = renderUpgradePreview('9.1.0', [
    { stack: 'contoso', text: preview('**2** disabled.') },
    { stack: 'fabrikam', text: preview('No account changes.') },
  ]);
  expect(text).toMatch(/^## What Dormant 9\.1\.0 would do\n/);
  expect(text).toMatch(/### `contoso`\n\n\*\*2\*\* disabled\.\n\n### `fabrikam`\n\nNo account changes\.$/);
  expect(text).not.toContain('What merging this does');
});

test('a stack without a preview is named, with the run that says why', () => {
  const artifactUrl = 'https://github.com/contoso/dormant/actions/runs/1';
  const text = renderUpgradePreview('9.1.0', [{ stack: 'contoso', text: null }], { artifactUrl });
  expect(text).toContain(
    `### \`contoso\`\n\n> [!CAUTION]\n> There is no preview: [this run](${artifactUrl}) says why.`,
  );
});

test('what is long is cut so that every stack is there, and what is short is whole', () => {
  const long = preview(Array.from({ length: 500 }, (_, n) => `- Person number ${n}`).join('\n'));
  const stacks = ['a', 'b', 'c'];
  const text = renderUpgradePreview(
    '9.1.0',
    stacks.map((stack) => ({ stack, text: stack === 'b' ? preview('No account changes.') : long })),
    { limit: 4000 },
  );
  expect(text.length).toBeLessThan(4600);
  expect(text.length).toBeGreaterThan(3800);
  expect(text.match(/^### `\w`$/gm)).toHaveLength(3);
  expect(text.match(/_Cut at GitHub’s limit/g)).toHaveLength(2);
  expect(text).toContain('No account changes.');
});
