import { expect, test } from 'vitest';
import { upgradeManifest } from './upgrade-manifest.ts';

const packageName = '@dormant-m365/dormant';
const base = {
  name: 'team',
  scripts: { dormant: 'dormant', old: 'node a.js' },
  dependencies: { [packageName]: '0.1.0' },
};
const theirs = {
  ...base,
  scripts: { dormant: 'dormant', fresh: 'node c.js' },
  dependencies: { [packageName]: '0.2.0' },
};
const upgrade = (ours: object) =>
  upgradeManifest({ base, ours: ours as typeof base, theirs, packageName, source: '0.2.0' });

test('scripts follow the new version where the team has left them as they were', () => {
  expect(upgrade(base).scripts).toEqual({ dormant: 'dormant', fresh: 'node c.js' });
});

test('what the team has written into its package.json stays', () => {
  const scripts = { dormant: 'dormant --verbose', old: 'node a.js', report: 'node own.js' };
  const ours = {
    ...base,
    name: 'accounts',
    packageManager: 'npm@11',
    scripts,
    dependencies: { ...base.dependencies, own: '1' },
  };
  expect(upgrade(ours)).toMatchObject({
    ...{ name: 'accounts', packageManager: 'npm@11', dependencies: { own: '1' } },
    scripts: { dormant: 'dormant --verbose', fresh: 'node c.js', report: 'node own.js' },
  });
  expect(upgrade(ours).scripts).not.toHaveProperty('old');
});

test('package and embedded tenant come to the same version', () => {
  const emulator = '@dormant-m365/emulator';
  expect(upgrade(base).dependencies).toEqual({ [packageName]: '0.2.0' });
  expect(upgrade(base)).not.toHaveProperty('devDependencies');
  const ours = { ...base, devDependencies: { [emulator]: '0.1.0', own: '1' } };
  expect(upgrade(ours)).toMatchObject({ devDependencies: { [emulator]: '0.2.0', own: '1' } });
});
