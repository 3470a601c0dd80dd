import { type CloudName, findSupport } from '@dormant-m365/emulator';
import { expect, test } from 'vitest';
import { viewAudit } from '../audit/audit-view.ts';
import { renderPullRequestBody } from '../audit/proposal/markdown/body.ts';
import { applyStack, previewStack } from '../stacks/run-stack.ts';
import { auditLater, threeWeeksLater } from './clouds.fixture.ts';
import { aMergedRepository, generousLimits, listOutcomes, type MergedRepository } from './merged-repository.fixture.ts';

const unseen: Record<CloudName, string | null> = {
  global: null,
  usgov: null,
  'usgov-dod': null,
  china: 'has no column for Teams or Yammer: people who work only there look silent',
};

/** Calls to Graph that are not in the table of national clouds. */
function strangeCalls({ emulator }: MergedRepository): string[] {
  const calls = emulator.log
    .listEntries()
    .map(({ method, path }) => [method, path.split(/^\/(?:v1\.0|beta)/)[1]] as const);
  return calls.flatMap(([method, path]) =>
    path === undefined || findSupport(method, path) !== undefined ? [] : [`${method} ${path}`],
  );
}

test.each(['global', 'usgov', 'usgov-dod', 'china'] as const)(
  'in %s a silent person is found, proposed, told and delicensed, also where nobody’s sign-ins come',
  async (cloud) => {
    const switches = { signInsShownOf: 'nobody' } as const;
    const repository = await aMergedRepository(['ana'], [], { cloud, switches });
    await repository.setPolicy({ ...generousLimits, signIns: 'optional' });
    const { emulator } = repository;
    const audited = await repository.audit();
    const body = renderPullRequestBody(viewAudit(audited));
    expect(body).toContain('Ana Silent');
    expect(body).toContain('Sign-ins could not be read because Microsoft answers without them');
    expect(body.includes('has no column for')).toBe(unseen[cloud] !== null);
    expect(body).toContain(unseen[cloud] ?? '');
    expect(emulator.tenant.concealment.isSet).toBe(true);

    expect(await repository.mergePlan(audited)).toEqual([]);
    expect(await repository.apply()).toMatchObject({ adopted: 1, unsent: [] });
    expect(emulator.outbox.list()).toHaveLength(1);

    await repository.merge('delicense', ['ana'], auditLater);
    const later = { ...(await repository.buildOptions()), today: threeWeeksLater };
    expect(await previewStack(later)).toMatchObject({
      accounts: [{}],
      limited: null,
    });
    expect(listOutcomes(await applyStack(later), repository)).toEqual({
      ana: ['sign-in-blocked', 'sessions-revoked', 'mailbox-shared', 'licenses-changed'],
    });
    expect(emulator.getState('ana')).toMatchObject({ accountEnabled: false });
    expect(strangeCalls(repository)).toEqual([]);
  },
);

test('with sign-ins, a tenant of the US Government is audited and applied as any other', async () => {
  const repository = await aMergedRepository(['ana'], [], { cloud: 'usgov' });
  const audited = await repository.audit();
  expect(renderPullRequestBody(viewAudit(audited))).not.toContain('Sign-ins could not be read');
  expect(await repository.mergePlan(audited)).toEqual([]);
  await repository.merge('disable', ['ana'], auditLater);
  const later = { ...(await repository.buildOptions()), today: threeWeeksLater };
  expect(listOutcomes(await applyStack(later), repository)).toMatchObject({
    ana: ['sign-in-blocked', 'sessions-revoked', 'mailbox-shared'],
  });
});
