import { expect, test } from 'vitest';
import { viewAudit } from '../audit/audit-view.ts';
import { renderPullRequestBody } from '../audit/proposal/markdown/body.ts';
import { applyStack } from '../stacks/run-stack.ts';
import { auditLater, threeWeeksLater } from './clouds.fixture.ts';
import { aMergedRepository, listOutcomes } from './merged-repository.fixture.ts';

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
