// The rules of main that the guide has a reader send to GitHub, read from the guide itself.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryRoot } from './adopt-repository.fixture.ts';

/** `appId`: what the reader puts in the place of APP_ID. */
export async function readGuideRules(appId: number): Promise<Record<string, unknown>[]> {
  const text = await readFile(join(repositoryRoot, 'docs', 'guides', 'github.md'), 'utf8');
  const [, ruleset] = /<<'JSON'\n(.*?)\n +JSON\n/s.exec(text) ?? [];
  if (ruleset === undefined) throw new Error('docs/guides/github.md has no ruleset');
  return JSON.parse(ruleset.replaceAll('APP_ID', String(appId))).rules;
}
