// The recordings are what Scorecard 5.5.0 printed with the arguments of tools/check-scorecard.ts for three folders: one with this
// repository's LICENSE, SECURITY.md and dependabot.yml and a workflow with least rights; one with a program and a workflow that does
// what it should not; an empty one.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { scorecard } from '../linters.ts';
import { floors, judgeScores, parseScores } from './judge-scores.ts';

const read = (name: string) => readFileSync(`tools/scorecard/${name}`, 'utf8');
const judge = (output: string) => judgeScores(parseScores(output));

it('a folder at its floors has no fault, also where Scorecard warns of what costs no point', () => {
  expect(read('recorded/sound.json')).toContain('"Warn: jobLevel');
  expect(judge(read('recorded/sound.json'))).toEqual([]);
});

it('what is below its floor is named with its score and Scorecard’s warnings, once each', () => {
  expect(judge(read('recorded/faulty.json'))).toEqual([
    'Binary-Artifacts: 9 of at least 10, binaries present in source code',
    '  Warn: binary detected: program:1',
    'Dangerous-Workflow: 0 of at least 10, dangerous workflow patterns detected',
    "  Warn: script injection with untrusted input ' github.event.head_commit.message ': .github/workflows/w.yml:8",
    'Dependency-Update-Tool: 0 of at least 10, no update tool detected',
    '  Warn: no dependency update tool configurations found',
    'License: 0 of at least 9, license file not detected',
    '  Warn: project does not have a license file',
    'Pinned-Dependencies: 0 of at least 10, dependency not pinned by hash detected -- score normalized to 0',
    '  Warn: GitHub-owned GitHubAction not pinned by hash: .github/workflows/w.yml:7',
    'Security-Policy: 0 of at least 10, security policy file not detected',
    '  Warn: no security policy file detected',
    '  Warn: no security file to analyze',
    'Token-Permissions: 0 of at least 10, detected GitHub workflow tokens with excessive permissions',
    "  Warn: topLevel permissions set to 'write-all': .github/workflows/w.yml:2",
  ]);
});

it('a check that could not tell is below every floor', () => {
  expect(judge(read('recorded/empty.json'))).toEqual(
    expect.arrayContaining([
      'Dangerous-Workflow: -1 of at least 10, no workflows found',
      'Pinned-Dependencies: -1 of at least 10, no dependencies found',
      'Token-Permissions: -1 of at least 10, No tokens found',
    ]),
  );
});

it('a check without a score is a fault, so that one which is renamed does not go missing unseen', () => {
  const scores = parseScores(read('recorded/sound.json'));
  for (const name of Object.keys(floors))
    expect(judgeScores(scores.filter((score) => score.name !== name))).toEqual([`${name}: no score.`]);
});

it.each(['', 'Error: one or more checks failed', 'null', '{"checks":null}'])('%j is no scores', (output) => {
  expect(() => parseScores(output)).toThrow('Scorecard has printed no scores.');
});

it('Scorecard is kept under the version that go.mod builds', () => {
  expect(read('go.mod')).toContain(`\nrequire github.com/ossf/scorecard/v5 v${scorecard.version}\n`);
});
