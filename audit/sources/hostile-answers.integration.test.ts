import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aHostileAnswer, expectSentence } from '../../graph/hostile-answer.fixture.ts';
import { readPrivileges } from '../../graph/privileges/read-privileges.ts';
import { readHolds } from './holds.ts';
import { readLicenseCatalog } from './license-catalog.ts';
import { createLicenseGroups } from './license-groups.ts';
import { aReader } from './reader.fixture.ts';
import type { AuditReader } from './reader.ts';
import { readConcealedNames } from './report-settings.ts';
import { probeSignIns } from './sign-in-probe.ts';
import { listSignIns, readSignInsSingly } from './small-sign-ins.ts';
import { readUserPurposes } from './user-purpose.ts';

// Whatever JSON the other side sends, a source reads it or ends with a sentence: no crash, no hang, nothing half-read.

const sources: Record<string, (reader: AuditReader) => Promise<unknown>> = {
  privileges: (reader) => readPrivileges(reader.createLister('roles')),
  licenses: readLicenseCatalog,
  holds: readHolds,
  'the access to sign-ins': (reader) => probeSignIns(reader, ['ana@contoso.com']),
  'sign-ins of a few, listed': (reader) => listSignIns(reader, ['a', 'b']),
  'sign-ins of a few, alone': (reader) => readSignInsSingly(reader, ['a', 'b']),
  'the setting of the reports': readConcealedNames,
  'what mailboxes are for': (reader) => readUserPurposes(reader, ['a', 'b']),
  'names of groups': (reader) => createLicenseGroups(reader).load(['a', 'b']),
};

test.each(Object.entries(sources))('%s: any JSON is read or refused with a sentence', async (_, read) => {
  let next: unknown = null;
  const { reader } = await aReader(() => ({ body: JSON.stringify(next) }));
  await fc.assert(
    fc.asyncProperty(aHostileAnswer, async (body) => {
      next = body;
      await read(reader).catch(expectSentence);
    }),
    { numRuns: 25 },
  );
});

test.each(Object.entries(sources))(
  '%s: a list that starts well and goes on elsewhere takes no token along',
  async (_, read) => {
    const elsewhere = await aReader(() => ({ body: { value: [] } }));
    const link = `${elsewhere.server.origin}/v1.0/x`;
    const { reader } = await aReader(() => ({ body: { value: [], responses: [], '@odata.nextLink': link } }));
    await read(reader).catch(expectSentence);
    expect(elsewhere.server.heard).toEqual([]);
  },
);

test('a mailbox with the purpose "constructor" is one of unknown purpose', async () => {
  const { reader } = await aReader(() => ({
    body: { responses: [{ id: '0', status: 200, body: { value: 'constructor' } }] },
  }));
  expect(await readUserPurposes(reader, ['a'])).toEqual(['unknown']);
});

test('a batch that leaves one of its requests without an answer is not taken for one that has none', async () => {
  const { reader } = await aReader(() => ({ body: { responses: [{ id: '1', status: 404 }] } }));
  await expect(readUserPurposes(reader, ['a', 'b'])).rejects.toMatchObject({ code: 'unexpected-answer' });
});
