import { describe, expect, it } from 'vitest';
import { findGitHubReferences, renderMarkdown } from '../../forge/markdown/rendered-markdown.fixture.ts';
import { type Changes, renderChangesComment } from './changes-comment.ts';

const nothing: Changes = {
  stack: 'contoso',
  mode: 'preview',
  currency: 'USD',
  disabled: [],
  delicensed: [],
  restored: [],
  quarantined: [],
  mailed: [],
  refused: [],
  failed: [],
  withoutSignIns: false,
  stopped: null,
  sinceLastTime: [],
};
const ana = { displayName: 'Ana Reyes', userPrincipalName: 'ana.reyes@contoso.com' };

describe('the comment', () => {
  it('says that nobody could see whether people are back, and only then', () => {
    const words = 'whether these people have signed in since the audit was not checked';
    expect(renderChangesComment({ ...nothing, withoutSignIns: true })).toContain(words);
    expect(renderChangesComment(nothing)).not.toContain(words);
  });

  it('says so when no account changes', () => {
    expect(renderChangesComment(nothing)).toBe('### What merging this does in `contoso`\n\nNo account changes.\n');
  });

  it('says above all that nothing is taken now, why and by whom, in preview and apply', () => {
    const because = 'labelled dormant-pause by lee on 2026-12-01 08:14 UTC, #12';
    const stop = { kind: 'labelled', because, until: null } as const;
    const preview = renderChangesComment({ ...nothing, stop });
    expect(preview).toMatch(
      /What merging this does.*\n\n> \[!WARNING\]\n> \*\*Nothing would be taken now:\*\* labelled/,
    );
    expect(preview).toContain('#​12');
    expect(renderChangesComment({ ...nothing, mode: 'apply', stop })).toContain('**Nothing is taken now:**');
    // What is limited says so itself.
    expect(renderChangesComment({ ...nothing, stop, limited: 'GitHub cannot be asked' })).not.toContain('WARNING');
  });

  it('opens with counts and money, then with what is new', () => {
    const comment = renderChangesComment({
      ...nothing,
      disabled: [{ ...ana, mailbox: 'shared' }],
      delicensed: [
        {
          ...ana,
          removed: ['SPE_E3'],
          stays: [
            { skuPartNumber: 'EMS', reason: 'inherited-from-group', because: 'inherited from group All | staff' },
          ],
          monthly: 36,
        },
      ],
      mailed: [{ to: 'lee.park@contoso.com', kind: 'notice', about: ['Ana Reyes'] }],
      sinceLastTime: ['1 is no longer listed: Ben Okafor.'],
    });
    expect(comment).toContain(
      '**1** disabled · **1** with licences removed (USD 36 a month) · **1** mail to send.\n\n#### New since the last time\n\n- 1 is no longer listed: Ben Okafor.',
    );
    expect(comment).toContain('| `SPE_E3` | `EMS`: inherited from group All &#124; staff | USD\u00A036 |');
  });

  it('names who is held in quarantine, how, and who is let go', () => {
    const comment = renderChangesComment({
      ...nothing,
      quarantined: [
        { ...ana, how: 'report-only' },
        { displayName: 'Bo Li', userPrincipalName: 'bo.li@contoso.com', how: 'released' },
      ],
    });
    expect(comment).toContain('**2** in or out of quarantine');
    expect(comment).toMatch(/Ana Reyes.*reports what it would block.*\n.*Bo Li.*no longer blocks/);
  });

  it('says what stopped an apply before it says what was planned', () => {
    const comment = renderChangesComment({
      ...nothing,
      mode: 'apply',
      stopped: '120 accounts change, 100 may',
      disabled: [{ ...ana, mailbox: 'unchanged' }],
    });
    expect(comment.indexOf('Nothing is done')).toBeLessThan(comment.indexOf('**1** disabled'));
  });

  it('names the refused and the failed unfolded, and stays inert', () => {
    const bad = {
      displayName: '@here <img src=x> #1',
      userPrincipalName: 'x@contoso.com',
      because: 'signed in | fixes #2',
    };
    const comment = renderChangesComment({ ...nothing, mode: 'apply', refused: [bad], failed: [bad] });
    const rendered = renderMarkdown(comment);
    expect(comment).not.toContain('<details>');
    expect(rendered.querySelectorAll('tbody td').length).toBe(4);
    expect(rendered.querySelectorAll('a, img').length).toBe(0);
    expect(findGitHubReferences(rendered)).toEqual([]);
  });

  it('is cut between rows before its limit', () => {
    const refused = Array.from({ length: 4000 }, (_, index) => ({ ...ana, because: `reason ${index}` }));
    const comment = renderChangesComment({ ...nothing, refused, disabled: [{ ...ana, mailbox: 'by hand' }] });
    expect(comment.length).toBeLessThan(60_000);
    expect(comment).toMatch(/… and [\d,]+ more, in this run’s files\./);
    expect(comment).toContain('to be converted by an admin');
  });
});
