// The commands about one person, as somebody types them.
import { nameProgram } from './installed-folder.ts';

interface NamedPerson {
  stack: string;
  id: string;
  userPrincipalName: string;
}

/** A name that a shell could take for something else is not printed to be typed: the object id is. */
function nameInShell({ id, userPrincipalName }: NamedPerson): string {
  return /^[\w.@-]+$/.test(userPrincipalName) && !userPrincipalName.startsWith('-') ? userPrincipalName : id;
}

export function buildRestoreCommand(person: NamedPerson): string {
  return `${nameProgram()} restore ${person.stack} ${nameInShell(person)} --reason "…"`;
}

export function buildExemptCommand(person: NamedPerson): string {
  return `${nameProgram()} exempt ${person.stack} ${nameInShell(person)} --reason "…" --owner "…" --until YYYY-MM-DD`;
}

export function buildIncludeCommand(person: NamedPerson): string {
  return `${nameProgram()} include ${person.stack} ${nameInShell(person)}`;
}

export function buildApplyCommand({ stack }: Pick<NamedPerson, 'stack'>): string {
  return `${nameProgram()} apply ${stack}`;
}

/**
 * Into a folder of its own, because `gh` writes over no file (github.com/cli/cli, pkg/cmd/run/download/zip.go); `dormant why` looks
 * there. null: of the last run that has one
 * (https://cli.github.com/manual/gh_run_download).
 */
export function buildRecordDownload(stack: string, run: number | null): string {
  return run === null
    ? `gh run download --name apply-${stack} --dir out/${stack}/runs/last`
    : `gh run download ${run} --name apply-${stack} --dir out/${stack}/runs/${run}`;
}
