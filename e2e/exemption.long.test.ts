import { setTimeout as pause } from 'node:timers/promises';
import type { ARepository, GitHubStandIn } from '@dormant-m365/emulator/github';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  aRequestedRepository,
  askFor,
  type ExemptionRequests,
  listAccounts,
  listComments,
  mergePull,
  readExemptions,
  refresh,
} from './exemption.fixture.ts';

let there: ExemptionRequests;
let repository: ARepository;
let standIn: GitHubStandIn;

describe('exemptions.yaml has changed on main', () => {
  const branch = 'dormant-exemption/3';
  const close = (number: number) =>
    there.manager.request('PATCH /repos/{owner}/{repo}/issues/{issue_number}', {
      issue_number: number,
      state: 'closed',
    });

  // Issue 1 has pull request 2, issue 3 has pull request 4.
  beforeEach(async () => {
    there = await aRequestedRepository();
    ({ repository, standIn } = there);
    await askFor(there, 'ana@contoso.com');
  });

  it('another entry about the same account is said once, with both, and the reviewers decide', async () => {
    await askFor(there, 'Ana@contoso.com', '2027-05-31');
    await mergePull(there, 2);
    await refresh(there);
    const said = listComments(there);
    expect(said).toHaveLength(2);
    for (const words of ['2027-03-31', '2027-05-31', 'close the pull request']) expect(said[1]).toContain(words);
    await refresh(there);
    expect(listComments(there)).toEqual(said);
    await mergePull(there, 4);
    expect((await readExemptions(there, 'main')).match(/until: .*/g)).toEqual(['until: 2027-05-31']);
  });

  it('a request for what main has already is answered, and its pull request closed', async () => {
    // Within one second the same entry would be the same commit, which one merge brings to main for both.
    await pause(1_100);
    await askFor(there, 'ana@contoso.com');
    await mergePull(there, 2);
    expect(await refresh(there)).toMatchObject([{ issue: 3, kind: 'present' }]);
    expect(standIn.state.issues[3]?.state).toBe('closed');
    expect(listComments(there).join()).toContain('exactly this entry');
  });

  it('a pull request that was closed unmerged stays closed, and one of a closed issue stays as it is', async () => {
    await askFor(there, 'bo@contoso.com');
    await askFor(there, 'cy@contoso.com');
    const heads = () => Promise.all([branch, 'dormant-exemption/5'].map((name) => repository.findHead(name)));
    const before = await heads();
    await close(4);
    await close(5);
    await mergePull(there, 2);
    expect(await refresh(there)).toEqual([]);
    expect(standIn.state.issues).toHaveLength(6);
    expect(await heads()).toEqual(before);
  });

  it('what people wrote on the branch stays, and main’s word where both said something', async () => {
    await askFor(there, 'bo@contoso.com');
    const edited = (await readExemptions(there, branch)).replace('On leave', 'Moving to Rome');
    await repository.commit(branch, { 'exemptions.yaml': edited }, 'Say why');
    await mergePull(there, 2);
    await refresh(there);
    expect(await listAccounts(there, branch)).toEqual(['ana', 'bo']);
    expect(await readExemptions(there, branch)).toContain('Moving to Rome');
    const other =
      (await readExemptions(there, 'main')) +
      (await readExemptions(there, branch)).slice((await readExemptions(there, 'main')).length).replace('Rome', 'Oslo');
    await repository.commit('main', { 'exemptions.yaml': other.replace('Moving to Rome', 'Moving to Oslo') });
    await refresh(there);
    expect(await readExemptions(there, branch)).toContain('Moving to Oslo');
    for (const words of ['Rome', 'Oslo', 'change the line on that branch'])
      expect(listComments(there)[1]).toContain(words);
    await refresh(there);
    expect(listComments(there)).toHaveLength(2);
  });

  it('one that the forge refuses does not stop the next, and one in a merge queue is left as it is', async () => {
    await askFor(there, 'bo@contoso.com');
    await askFor(there, 'cy@contoso.com');
    await askFor(there, 'di@contoso.com');
    await mergePull(there, 2);
    await repository.commit('gh-readonly-queue/main/pr-6-0123abc', {}, 'Merge group');
    standIn.state.settings.refusedBranches = /exemption.3$/;
    expect(await refresh(there)).toMatchObject([
      { issue: 3, kind: 'failed', problems: [expect.stringContaining('Repository rule violations found')] },
      { issue: 5, kind: 'queued' },
      { issue: 7, kind: 'proposed' },
    ]);
  });
});
