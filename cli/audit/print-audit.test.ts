import { expect, test } from 'vitest';
import { anAudit } from '../../audit/report/an-audit.ts';
import { auditDocument } from './print-audit.ts';

test('a machine hears as much of what could not be read as a person on the terminal', () => {
  const result = anAudit();
  const document = auditDocument(result, { folder: 'out/contoso', written: ['out/contoso/audit.json'] });
  expect(document).toMatchObject({ stack: 'contoso', auditedOn: result.auditedOn, quality: result.quality });
});
