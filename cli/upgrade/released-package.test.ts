import { expect, test } from 'vitest';
import { hideSecrets } from './released-package.ts';

test('a version that nobody has reviewed yet gets no token, key or password of whoever fetches it', () => {
  const kept = { PATH: '/bin', HOME: '/home/riley', GIT_AUTHOR_NAME: 'Riley', NODE_EXTRA_CA_CERTS: 'ca.pem' };
  const secret = ['GITHUB_TOKEN', 'AZURE_CLIENT_SECRET', 'DORMANT_FACTS_KEY', 'PULUMI_CONFIG_PASSPHRASE', 'npm_token'];
  const env = { ...kept, ...Object.fromEntries(secret.map((name) => [name, 'x'])) };
  expect(Object.keys(hideSecrets(env)).sort()).toEqual(secret.sort());
});
