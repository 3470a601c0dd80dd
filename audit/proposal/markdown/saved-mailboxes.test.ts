import { expect, test } from 'vitest';
import { planMoves } from '../../../policy/plan/plan.ts';
import {
  anAccount,
  anAppliedAccount,
  anInForceFile,
  aTenant,
  lastSeen,
  signedIn,
} from '../../../policy/tenant.fixture.ts';
import { anAudit } from '../../report/audit.fixture.ts';
import { describePlace } from '../../summary/account-place.ts';
import { formatPullRequestTitle, renderPullRequestBody } from './body.ts';

const ana = anAccount({
  oneDrive: { kind: 'seen', storageUsedBytes: 1024 ** 2, files: 64, lastUsedOn: null },
  usage: lastSeen({ exchange: '2025-01-01' }),
  signIns: signedIn('2025-01-01'),
});
const input = aTenant({
  accounts: [{ ...anAppliedAccount(ana, 'delicense'), mailbox: ana.mailbox }],
  inForce: [anInForceFile({ account: ana, stage: 'delicense', since: '2026-10-01' })],
});
const audit = { ...anAudit({ people: [] }), plan: planMoves(input) };

test('the pull request says whose mail is lost, until when it can be saved and how, before anything else', () => {
  const body = renderPullRequestBody(audit);
  expect(formatPullRequestTitle(audit)).toContain('save mailboxes 1');
  expect(body).toContain('**Merging this takes nothing away from anybody.**');
  expect(body).toContain('1 account gets a licence back, without which the mail of its mailbox is lost.');
  expect(body).toContain('### Mailboxes to save: 1');
  expect(body).toContain('its mail can be lost from 8 December on and is lost by 6 January 2027');
  expect(body).toContain('SPE\\_E3 assigned again, and the mailbox becomes shared again; the licence stays');
  expect(body).not.toContain('Enters Delicense');
  // No OneDrive is lost by it, and the licence may include one.
  expect(body).not.toContain('OneDrive of');
  expect(body).not.toContain('the mailbox stays');
});

test('report and CSV call it by what it is about', () => {
  const [move] = audit.plan.moves;
  if (move === undefined) throw new Error('nothing moves');
  expect(describePlace({ kind: 'moves', move }, audit.auditedOn)).toBe('mailbox to save');
});
