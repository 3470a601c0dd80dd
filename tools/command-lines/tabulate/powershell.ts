// The table of PowerShell's cmdlets, from Microsoft's pages of them at the commits of used-commands.ts.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Cmdlet, formatTerm, listTerms } from '../cmdlet-table.ts';
import { type CmdletPages, cmdletPages } from '../used-commands.ts';

/** `folder`: has the pages as `<repository>/<commit>/<path>`, for a machine without internet. */
export async function tabulateCmdlets(folder: string | undefined): Promise<Record<string, Cmdlet>> {
  const cmdlets: Record<string, Cmdlet> = {};
  for (const pages of cmdletPages)
    for (const name of pages.cmdlets) cmdlets[name] = readCmdlet(name, await readPage(pages, name, folder), pages);
  return Object.fromEntries(Object.entries(cmdlets).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

async function readPage({ repository, commit, folder }: CmdletPages, name: string, local: string | undefined) {
  const path = `${repository}/${commit}/${folder}/${name}.md`;
  if (local !== undefined) return readFile(join(local, path), 'utf8');
  const answer = await fetch(`https://raw.githubusercontent.com/${path}`);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.text();
}

function readCmdlet(name: string, page: string, { repository, commit, folder, also }: CmdletPages): Cmdlet {
  const [, syntax = ''] = /\n## SYNTAX\n([\s\S]*?)\n## /.exec(page) ?? [];
  const parameters = readParameters(page);
  const deprecated = new Set(parameters.flatMap((parameter) => (parameter.isDeprecated ? [parameter.name] : [])));
  const elsewhere = new Set(parameters.filter(({ isOnline }) => !isOnline).map((parameter) => parameter.name));
  const more = also?.[name];
  const added = (more?.parameters ?? []).map((parameter) => ` [-${parameter} <>]`).join('');
  return {
    page: `https://github.com/${repository}/blob/${commit}/${folder}/${name}.md`,
    ...(more === undefined ? {} : { also: more.page }),
    sets: [...syntax.matchAll(/```\n([\s\S]*?)```/g)].map(
      ([, text = '']) => readSyntax(text, elsewhere, deprecated) + added,
    ),
    aliases: Object.fromEntries(parameters.flatMap(({ name: of, aliases }) => aliases.map((alias) => [alias, of]))),
    values: Object.fromEntries(
      parameters.flatMap(({ name: of, values }) => (values.length === 0 ? [] : [[of, values]])),
    ),
    piped: parameters.filter(({ isPiped }) => isPiped).map((parameter) => parameter.name),
  };
}

interface Parameter {
  name: string;
  /** false: only a server of the company has it. */
  isOnline: boolean;
  aliases: string[];
  values: string[];
  isPiped: boolean;
  /** Pages go on calling it required. */
  isDeprecated: boolean;
}

function readParameters(page: string): Parameter[] {
  return page
    .split(/\n### -/)
    .slice(1)
    .map((section) => ({
      name: /^\w+/.exec(section)?.[0] ?? '',
      isOnline: /Applicable: (?!.*Exchange Online)/.exec(section) === null,
      aliases: readList(section, 'Aliases'),
      values: [...readList(section, 'Accepted values'), ...readEnvironments(section)],
      isPiped: /Accept pipeline input: True/i.test(section),
      isDeprecated: /This parameter is being deprecated/.test(section),
    }));
}

function readList(section: string, key: string): string[] {
  const line = new RegExp(`^${key}: *(.+)$`, 'm').exec(section)?.[1] ?? '';
  return line.split(',').flatMap((word) => (word.trim() === '' ? [] : [word.trim()]));
}

/** The page of Connect-ExchangeOnline has them in its text. */
function readEnvironments(section: string): string[] {
  return /^ExchangeEnvironmentName\b/.test(section) ? [...new Set(section.match(/\bO365\w+/g))] : [];
}

/** One block of syntax on one line, without types and without what Exchange Online lacks. */
function readSyntax(text: string, elsewhere: ReadonlySet<string>, deprecated: ReadonlySet<string>): string {
  return listTerms(text.trim().replace(/^\S+/, ''))
    .filter(({ name }) => !elsewhere.has(name))
    .map((term) => formatTerm({ ...term, isRequired: term.isRequired && !deprecated.has(term.name) }))
    .join(' ');
}
