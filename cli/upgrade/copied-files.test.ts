import { expect, test } from 'vitest';
import { listCopiedFiles } from './copied-files.ts';

const product = {
  'README.md': 'r1',
  'package.json': 'p1',
  'cli/dormant.ts': 'd1',
  'policy/policy.yaml': 'y1',
  'stacks/index.ts': 's1',
  'stacks/engine/pulumi-cli/go.mod': 'g1',
  '.github/workflows/audit.yml': 'w1',
  '.github/workflows/ci.yml': 'w4',
  'bootstrap/Pulumi.yaml': 'b1',
};

test('code goes, changed or of another version, and what a team decides stays', () => {
  const own = {
    'policy/policy.yaml': 'y2',
    'exemptions.yaml': 'e1',
    'stacks/contoso/tenant.yaml': 't1',
    'stacks/contoso/accounts/ana@contoso.com.yaml': 'a1',
    'bootstrap/Pulumi.contoso.yaml': 'c1',
    '.github/CODEOWNERS': 'o1',
    '.github/workflows/audit.yml': 'w2',
    '.github/workflows/own.yml': 'w3',
    'notes/how-we-work.md': 'n1',
    'docs/our-own.md': 'n2',
  };
  const tracked = new Map(Object.entries({ ...product, 'cli/dormant.ts': 'd2', 'cli/former.ts': 'f1', ...own }));
  expect(listCopiedFiles(tracked, product)).toEqual({
    removed: [
      'README.md',
      'package.json',
      'cli/dormant.ts',
      'stacks/index.ts',
      'stacks/engine/pulumi-cli/go.mod',
      'bootstrap/Pulumi.yaml',
      'cli/former.ts',
    ],
    changed: ['cli/dormant.ts', 'cli/former.ts'],
    unchanged: ['.github/workflows/ci.yml'],
  });
});
