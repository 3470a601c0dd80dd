import { expect, onTestFinished, test, vi } from 'vitest';
import { anAudit } from '../../audit/report/audit.fixture.ts';
import { aPerson } from '../../audit/report/person.fixture.ts';
import { buildAuditDocument, printAudit } from './print-audit.ts';

test('a machine hears as much of what could not be read as a person on the terminal', () => {
  const result = anAudit();
  const document = buildAuditDocument(result, { folder: 'out/contoso', written: ['out/contoso/audit.json'] });
  expect(document).toMatchObject({ stack: 'contoso', auditedOn: result.auditedOn, quality: result.quality });
});

test('the terminal and a machine hear that nothing is taken for now', () => {
  const because = 'paused until 2027-01-06 (a freeze, set by Lee Park on 2026-12-01)';
  const result = { ...anAudit(), stops: [{ kind: 'paused', because, until: '2027-01-06' }] as const };
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  onTestFinished(() => log.mockRestore());
  printAudit(result, []);
  expect(log.mock.calls.flat().join('\n')).toContain(`Nothing is taken now: ${because}. Giving back goes on.`);
  expect(buildAuditDocument(result, { folder: 'out/contoso', written: [] })).toMatchObject({ stops: result.stops });
});

test('the terminal and a machine hear what waits for OneDrives to be released', () => {
  const oneDrive = { kind: 'seen', storageUsedBytes: 3 * 1024 ** 3, files: 812, lastUsedOn: null } as const;
  const result = anAudit({ people: [aPerson({ oneDrive })] });
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  onTestFinished(() => log.mockRestore());
  printAudit(result, []);
  expect(log.mock.calls.flat()).toContain('USD 36 a month waits for 1 OneDrive to be released.');
  expect(buildAuditDocument(result, { folder: 'out/contoso', written: [] }).waitingForRelease).toEqual({
    accounts: 1,
    monthly: 36,
    currency: 'USD',
  });
});
