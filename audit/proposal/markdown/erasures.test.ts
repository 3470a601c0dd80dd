// What a pull request says of files of archive/ that go for good, and of those that are due and stay.
import { expect, test } from 'vitest';
import { anAccountFile } from '../../../policy/account-file.fixture.ts';
import type { Erasure } from '../../../policy/plan/move.ts';
import { anAudit } from '../../report/audit.fixture.ts';
import { formatPullRequestTitle, renderPullRequestBody } from './body.ts';

const path = 'stacks/contoso/archive/ana.reyes@contoso.com.yaml';
const erasure: Erasure = { paths: [path], file: anAccountFile('delicense'), since: '2024-11-30' };

function anErasingAudit(erasures: { erased: Erasure[]; kept: (Erasure & { because: string })[] }) {
  const audit = anAudit({ policy: { privacy: { eraseAfterDays: 730 } } });
  return { ...audit, plan: { ...audit.plan, erasures } };
}

test('title, first paragraph and a table of its own say who is erased, and what git keeps', () => {
  const audit = anErasingAudit({ erased: [erasure], kept: [] });
  expect(formatPullRequestTitle(audit)).toBe('Dormant contoso: notify 1, erase 1 (7 December 2026)');
  const body = renderPullRequestBody(audit);
  expect(body).toContain('The files of 1 person in the archive are erased; nothing happens to an account.');
  expect(body).toContain('**Merging this takes nothing away from anybody.**');
  expect(body).toMatch(
    /### Erased: 1\n\nThese files go for good\..* 730 days or longer.*Git history keeps them: docs\/guides\/erase\.md/,
  );
  expect(body).toMatch(/Ana Reyes.*archive\/ana\.reyes.*30 November 2024/);
  expect(body).not.toContain('Due to be erased, and kept');
});

test('who is due and stays is named with the reason, and nobody else is', () => {
  const body = renderPullRequestBody(anErasingAudit({ erased: [], kept: [{ ...erasure, because: 'still blocked' }] }));
  expect(body).toMatch(/### Due to be erased, and kept[\s\S]*Ana Reyes.*still blocked/);
  expect(renderPullRequestBody(anErasingAudit({ erased: [], kept: [] }))).not.toContain('erased');
});
