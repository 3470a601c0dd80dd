import { expect, test } from 'vitest';
import { buildFileAnchor } from '../../forge/markdown/file-link.ts';
import type { Problem } from '../../policy/errors.ts';
import { renderProblems } from './render-problems.ts';

const path = 'stacks/contoso/accounts/ana.reyes@contoso.com.yaml';
const problems: Problem[] = [
  { path, line: 8, column: 3, code: 'not-signed', message: 'account.displayName: found Ana Reyes, signed: Lee Park' },
  { path: 'exemptions.yaml', line: 2, column: 5, code: 'exemption', message: 'owner: found Lee Park' },
  { path: 'policy/policy.yaml', line: 3, column: 1, code: 'schema', message: 'found ana.reyes@contoso.com' },
  { path: 'stacks/contoso/tenant.yaml', line: 1, column: 1, code: 'signing-keys', message: 'lacks a key' },
];
const pullUrl = 'https://github.com/contoso/dormant/pull/12';

test('where names are shown, each problem has its file and its own sentence', () => {
  const text = renderProblems(problems, { style: null, pullUrl });
  expect(text).toContain(
    `- \`${path}\`, line 8, column 3: account.displayName: found Ana Reyes, signed: Lee Park (\`not-signed\`)`,
  );
  expect(text).not.toContain('files#');
});

test.each(['initials', 'id-only'] as const)(
  'with %s a problem in a file about people leads to its line, and says what its code means',
  (style) => {
    const text = renderProblems(problems, { style, pullUrl });
    expect(text).not.toMatch(/ana|reyes|lee|park/i);
    expect(text).toContain(
      `[\`stacks/contoso/accounts/(a file)\`](${pullUrl}/files${buildFileAnchor(path)}R8), line 8, column 3: `,
    );
    expect(text).toContain('`exemptions.yaml`, line 2, column 5: ');
    expect(text).toContain('`stacks/contoso/tenant.yaml`, line 1, column 1: lacks a key (`signing-keys`)');
    expect(text).toContain('`dormant check` on your own machine says what is wrong with each, with names.');
  },
);

test('where the address of the pull request is not known, nothing leads nowhere', () => {
  expect(renderProblems(problems, { style: 'initials' })).not.toContain('#diff-');
});

test('when nothing is left to change, it says so', () => {
  expect(renderProblems([], { style: 'id-only' })).toBe('### `dormant check`: no problems any more');
});
