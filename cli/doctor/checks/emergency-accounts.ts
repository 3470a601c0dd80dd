// Emergency access accounts: the policy lists some, and they exist.
import { requireFields, requireText } from '../../../graph/json-fields.ts';
import { listAll } from '../../../graph/pages.ts';
import { quoteText } from '../../../graph/quote-text.ts';
import { RequestFailed } from '../../../graph/request-failed.ts';
import type { Transport } from '../../../graph/transport.ts';
import { isMatch } from '../../../policy/judge/pattern.ts';
import { nameProgram } from '../../installed-folder.ts';
import { type Check, fail, pass, warn } from '../check.ts';

export const emergencyAccounts: Check = {
  name: 'emergency access accounts',
  needs: 'sign-in',
  async run({ connection, files, stack }) {
    const listed = files.policy.value.risk.emergencyAccessAccounts;
    const fix = `${nameProgram()} init ${stack} --emergency <userPrincipalName>, or edit policy/policy.yaml`;
    if (listed.length === 0) return fail('the policy lists none', fix);
    const counts = await Promise.all(listed.map((entry) => countMatches(connection.graph, entry)));
    const total = counts.reduce((sum, count) => sum + count, 0);
    if (total === 0) return fail(`none of the ${listed.length} entries is an account of this tenant`, fix);
    // One policy serves all stacks, so an address that this tenant lacks may be in another one.
    const absent = listed.filter((entry, index) => isExact(entry) && counts[index] === 0);
    return absent.length > 0
      ? warn(`${absent.join(', ')}: not in this tenant`, 'correct it, unless it belongs to another stack')
      : pass(`${total} found, by ${listed.length} ${listed.length === 1 ? 'entry' : 'entries'}`);
  },
};

function isExact(entry: string): boolean {
  return !/[*?]/.test(entry);
}

/** How many accounts an entry matches. A pattern is searched by the text before its first wildcard. */
async function countMatches(graph: Transport, entry: string): Promise<number> {
  const start = entry.split(/[*?]/)[0] ?? '';
  if (isExact(entry)) return countExact(graph, entry);
  if (start === '') return 0;
  const filter = encodeURIComponent(`startsWith(userPrincipalName,${quoteText(start)})`);
  const path = `/users?$filter=${filter}&$select=id,userPrincipalName&$top=999`;
  const users = await listAll(graph, { source: 'doctor', path });
  const names = users.map((user) => requireText(requireFields(user, path), 'userPrincipalName', path));
  return names.filter((name) => isMatch(entry, name)).length;
}

async function countExact(graph: Transport, account: string): Promise<number> {
  try {
    await graph.send({ source: 'doctor', path: `/users/${encodeURIComponent(account)}?$select=id` });
    return 1;
  } catch (error) {
    if (error instanceof RequestFailed && error.status === 404) return 0;
    throw error;
  }
}
