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

test('of exemptions that name nobody the first five are listed, and for a log or a summary their number', () => {
  const result = anAudit({ people: [] });
  const describe = (count: number, naming?: 'nobody') => {
    const unmatchedExemptions = [...'abcdefg'].slice(0, count).map((name) => `${name}@contoso.com`);
    return describeQuality({ ...result, quality: { ...result.quality, unmatchedExemptions } }, naming).join(' ');
  };
  expect(describe(1)).toContain(
    '1 exemption names no account of this tenant: a@contoso.com. Correct exemptions.yaml, or give an entry about another tenant its stack.',
  );
  expect(describe(7)).toMatch(
    /7 exemptions name no account of this tenant: a@contoso.com, .*e@contoso.com and 2 others\./,
  );
  expect(describe(7, 'nobody')).toMatch(/7 exemptions name no account of this tenant\. Correct/);
});

test('for a log or a summary titles and names of files are left out', () => {
  const result = anAudit({ people: [] });
  const notes = ['stacks/contoso/archive/ana.reyes@contoso.com.yaml cannot be read, so no audit looks at it.'];
  const unnamedTitles = [title('Hotelier')];
  const told = describeQuality({ ...result, unnamedTitles, quality: { ...result.quality, notes } }, 'nobody').join(' ');
  expect(told).toContain('stacks/contoso/archive/(a file) cannot be read, so no audit looks at it.');
  expect(told).toContain('named by no rule: see report.html.');
  expect(told).not.toMatch(/Hotelier|ana/);
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
