import { expect, test } from 'vitest';
import { anAudit } from '../report/audit.fixture.ts';
import type { UnnamedTitle } from '../unnamed-titles.ts';
import { describeQuality } from './quality.ts';

function describeTitles(unnamedTitles: UnnamedTitle[]): string {
  return describeQuality({ ...anAudit({ people: [] }), unnamedTitles }).join(' ');
}

const title = (name: string | null, change: Partial<UnnamedTitle> = {}): UnnamedTitle => ({
  title: name,
  because: 'reports-to-executive',
  accounts: 2,
  examples: [],
  ...change,
});

test('titles near the top that no rule names are listed with the way to add them', () => {
  expect(
    describeTitles([title('Hotelier', { because: 'no-manager', accounts: 1 }), title('Head of Treasury')]),
  ).toContain(
    '2 job titles near the top of the reporting line are named by no rule: “Hotelier” (1, has no manager) and “Head of Treasury” (2, reports to an executive). If executives have them, add them to risk.executives in policy/policy.yaml.',
  );
  expect(describeTitles([title(null)])).toContain(
    '1 job title near the top of the reporting line is named by no rule: no title (2',
  );
  expect(describeTitles([])).not.toContain('reporting line');
});

test('of many titles ten are named, the rest is in audit.json', () => {
  expect(describeTitles(Array.from({ length: 14 }, (_, at) => title(`Title ${at}`)))).toContain(
    'and 4 others in audit.json',
  );
});
