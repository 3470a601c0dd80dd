import { expect, test } from 'vitest';
import { hasAzureadPlugin } from '../stacks/on-premises/azuread-plugin.ts';
import {
  aHybridTenant,
  applyAndListQuarantined,
  findQuarantine,
  previewAsAudit,
  useStandIn,
} from './hybrid-tenant.fixture.ts';
import { listOutcomes } from './merged-repository.fixture.ts';

const missing = { because: expect.stringContaining('azuread plugin 6.9.1 is not on this machine') };

// Where it is installed, or could be downloaded, nothing is missing.
test.skipIf(hasAzureadPlugin(process.env))(
  'where the plugin cannot be had the quarantine alone fails: accounts are blocked and given back all the same',
  async () => {
    const repository = await aHybridTenant('paul', 'rita');
    await repository.merge('disable', ['paul', 'cloudy']);
    expect(await applyAndListQuarantined(repository)).toEqual({
      quarantined: [],
      failed: [expect.objectContaining(missing)],
    });
    expect(repository.emulator.getState('cloudy').accountEnabled).toBe(false);
    expect(findQuarantine(repository)).toBeNull();

    const away = useStandIn();
    expect((await applyAndListQuarantined(repository)).quarantined).toEqual(['paul@contoso.com report-only']);
    away();
    await repository.merge('restore', ['cloudy']);
    await repository.merge('disable', ['rita']);
    const preview = await previewAsAudit(repository);
    expect(preview.quarantine?.failures).toEqual([missing.because]);
    const outcome = await repository.apply();
    expect(outcome.quarantine?.failures).toEqual([missing.because]);
    expect(listOutcomes(outcome, repository).cloudy).toContain('sign-in-allowed');
    expect(findQuarantine(repository)?.members).toEqual(['paul']);

    useStandIn();
    expect((await applyAndListQuarantined(repository)).quarantined).toEqual(['rita@contoso.com report-only']);
    expect(findQuarantine(repository)).toMatchObject({ members: ['paul', 'rita'], blocks: true });
  },
);
