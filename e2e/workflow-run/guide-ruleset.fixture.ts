// The rules of main that the guide has a reader send to GitHub, read from the guide itself.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { actionsAppId, ofCi } from '../../cli/doctor/branch-rules.ts';
import { repositoryRoot } from './adopt-repository.fixture.ts';

/** As for a clone of this repository, which the tests adopt. `appId`: what the reader puts in the place of APP_ID. */
export async function readGuideRules(appId: number): Promise<Record<string, unknown>[]> {
  const text = await readFile(join(repositoryRoot, 'docs', 'guides', 'github.md'), 'utf8');
  const [, ruleset] = /<<'JSON'\n(.*?)\n +JSON\n/s.exec(text) ?? [];
  if (ruleset === undefined) throw new Error('docs/guides/github.md has no ruleset');
  const ofClone = ofCi.own.map((context) => JSON.stringify({ context, integration_id: actionsAppId })).join(',');
  const asHere = ruleset.replace(/\{ "context": "The version of Dormant", .*? \}/, ofClone);
  return JSON.parse(asHere.replaceAll('APP_ID', String(appId))).rules;
}
