import { expect, test } from 'vitest';
import { hasAzureadPlugin } from '../stacks/on-premises/azuread-plugin.ts';
import {
  aHybridTenant,
  previewAsAudit,
  quarantineIn,
  quarantineTold,
  useStandIn,
} from './a-hybrid-tenant.ts';
import { told } from './a-merged-repository.ts';

const missing = { because: expect.stringContaining('azuread plugin 6.9.1 is not on this machine') };

// Where it is installed, or could be downloaded, nothing is missing.
test.skipIf(hasAzureadPlugin())(
  'where the plugin cannot be had the quarantine alone fails: accounts are blocked and given back all the same',
  async () => {
    const repository = await aHybridTenant('paul', 'rita');
    await repository.merge('disable', ['paul', 'cloudy']);
    expect(await quarantineTold(repository)).toEqual({
      quarantined: [],
      failed: [expect.objectContaining(missing)],
    });
    expect(repository.emulator.state('cloudy').accountEnabled).toBe(false);
    expect(quarantineIn(repository)).toBeNull();

    const away = useStandIn();
    expect((await quarantineTold(repository)).quarantined).toEqual(['paul@contoso.com report-only']);
    away();
    await repository.merge('restore', ['cloudy']);
    await repository.merge('disable', ['rita']);
    const preview = await previewAsAudit(repository);
    expect(preview.quarantine?.failures).toEqual([missing.because]);
    const outcome = await repository.apply();
    expect(outcome.quarantine?.failures).toEqual([missing.because]);
    expect(told(outcome, repository).cloudy).toContain('sign-in-allowed');
    expect(quarantineIn(repository)?.members).toEqual(['paul']);

    useStandIn();
    expect((await quarantineTold(repository)).quarantined).toEqual(['rita@contoso.com report-only']);
    expect(quarantineIn(repository)).toMatchObject({ members: ['paul', 'rita'], blocks: true });
  },
);
