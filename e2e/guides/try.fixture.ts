// docs/guides/try.md as somebody follows it, for the tests that say on which Node.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { expect } from 'vitest';
import { type GuideCommand, readGuideCommands } from './guide-commands.fixture.ts';
import type { GuideReader, Ran } from './guide-reader.fixture.ts';

/** Where the parts of the guide end. */
interface Parts {
  audit: GuideCommand[];
  proposal: GuideCommand[];
  apply: GuideCommand[];
  end: GuideCommand[];
}

export function readParts(): Parts {
  const commands = readGuideCommands('try.md');
  const endOf = (what: RegExp, from = 0) => commands.findIndex(({ text }, at) => at >= from && what.test(text)) + 1;
  const [audit, proposal, apply] = [endOf(/ audit contoso$/), endOf(/ propose contoso$/), endOf(/ apply contoso$/)];
  return {
    audit: commands.slice(0, audit),
    proposal: commands.slice(audit, proposal),
    apply: commands.slice(proposal, apply),
    end: commands.slice(apply),
  };
}

export const countAll = (commands: readonly GuideCommand[]) => commands.reduce((sum, { count }) => sum + count, 0);

/** Each as it stands there; fails with what the terminal showed. Returns the last one's outcome. */
export async function follow(reader: GuideReader, commands: readonly GuideCommand[]): Promise<Ran> {
  let last: Ran = { exitCode: 0, output: '', milliseconds: 0 };
  for (const { text } of commands) {
    last = await reader.run(text);
    expect(last.exitCode, `${text}\n${last.output}`).toBe(0);
  }
  return last;
}

export async function expectFirstAudit({ folder }: GuideReader): Promise<void> {
  const at = (name: string) => join(folder, 'out/contoso', name);
  expect(await readFile(at('report.html'), 'utf8')).toContain('<!doctype html>');
  for (const name of ['inactive-users.csv', 'high-risk.csv', 'guests.csv'])
    expect(parse(await readFile(at(name), 'utf8'), { bom: true }).length, name).toBeGreaterThan(10);
  // There was no key.
  expect(existsSync(at('proposal.json'))).toBe(false);
}

interface Pull {
  title: string;
  head: { ref: string };
  state: string;
  merged_at: string | null;
}

/** The pull request that `propose` printed, read from the emulated GitHub, with the names of its files. */
export async function readPull(
  reader: GuideReader,
  { output }: Ran,
): Promise<{ address: string; pull: Pull; files: string[] }> {
  const [address = '', number = ''] = /http:\/\/\S+\/pull\/(\d+)/.exec(output) ?? [];
  const api = await reader.readVariable('GITHUB_API_URL');
  const token = await reader.readVariable('GITHUB_TOKEN');
  const repository = await reader.readVariable('GITHUB_REPOSITORY');
  const ask = async (path: string) => {
    const headers = { authorization: `Bearer ${token}` };
    return (await fetch(`${api}/repos/${repository}/pulls/${number}${path}`, { headers })).json();
  };
  const pull = (await ask('')) as Pull;
  const listed = (await ask('/files?per_page=100')) as { filename: string }[];
  return { address, pull, files: listed.map(({ filename }) => filename) };
}

/** The button of the page. */
export async function pressMerge(address: string): Promise<void> {
  const page = await (await fetch(address)).text();
  const [, action = ''] = /<form method="post" action="([^"]+)"><button>Merge pull request/.exec(page) ?? [];
  const answer = await fetch(new URL(action, address), { method: 'POST' });
  expect(await answer.text()).toContain('Merged on');
}
