// Edits of the block `signing` in tenant.yaml: a key that comes, follows or is revoked, and where signing began. Pure.
import { type Document, type Pair, YAMLMap, YAMLSeq } from 'yaml';
import { DormantError } from '../errors.ts';
import type { Day } from '../evidence.ts';
import type { FactsKey, Signing } from '../schemas/signing.ts';
import { Tenant } from '../schemas/tenant.ts';
import { findKey, listKeyFaults, listKeys } from '../signing/keys.ts';
import { locatePage } from '../words/locate-page.ts';
import { editDocument } from '../yaml/edit-yaml.ts';
import { type ParsedYaml, parseYaml } from '../yaml/parse-yaml.ts';
import { findBlock, findTopPair, replaceBlock } from '../yaml/replace-block.ts';
import { findFreeKeyName } from './free-key-name.ts';

/** The tenant.yaml that is edited. Every edit throws `facts-key` (exit code 2) where it would lose or double a key. */
type TenantFile = Pick<ParsedYaml<Tenant>, 'path' | 'text' | 'value'>;

/** A name that no key of the stack has had: `<stack>-<year><letter>`, in the letters that a key's name may have. */
export function chooseKeyName(stack: string, today: Day, signing: Signing | null): string {
  const free = findFreeKeyName({ stack, today }, (name) => findKey(signing, name) !== null);
  if (free === null) throw createKeyError('This stack has had 26 keys this year.', 'Wait for the next one.');
  return free;
}

/** As `current` where there is none, else as `next`. */
export function addKey(tenant: TenantFile, key: FactsKey): string {
  const { signing = {} } = tenant.value;
  if (signing.current === undefined) return editSigning(tenant, { ...signing, current: key });
  if (signing.next === undefined) return editSigning(tenant, { ...signing, next: key });
  const message = `${signing.next.name} is listed as next already; two keys at once cannot follow ${signing.current.name}.`;
  throw createKeyError(message, 'Promote it first (`dormant key promote`), or revoke it if its private half is lost.');
}

/** `next` becomes `current`, which stays good for what was audited until today. */
export function promoteKey(tenant: TenantFile, today: Day): string {
  const { next, current, retired = [], ...signing } = tenant.value.signing ?? {};
  if (next === undefined)
    throw createKeyError('No key is listed as next.', 'Make one first: `dormant key new` lists it as next.');
  const past = [...retired, ...(current ? [{ ...current, until: today }] : [])];
  return editSigning(tenant, { ...signing, current: next, ...(past.length > 0 ? { retired: past } : {}) });
}

/** Good only for what main had before the commit; where it was the current one, `next` takes its place. */
export function revokeKey(tenant: TenantFile, { name, commit }: { name: string; commit: string }): string {
  const before = tenant.value.signing ?? {};
  const key = findKey(before, name);
  if (key === null) {
    const names = listKeys(before).map((each) => each.name);
    const known = names.length === 0 ? 'there is no key at all' : `there are ${names.join(', ')}`;
    throw createKeyError(`No key of tenant.yaml is called ${name}; ${known}.`, 'Name one of them.');
  }
  if (key.role === 'revoked')
    throw createKeyError(`${name} is revoked at ${key.before}, and stays so.`, 'There is nothing left to do for it.');
  const { since, retired = [], revoked = [] } = before;
  const [current, next] = [before.current, before.next].filter((each) => each !== undefined && each.name !== name);
  const kept = retired.filter((each) => each.name !== name);
  return editSigning(tenant, {
    ...(since === undefined ? {} : { since }),
    ...(current ? { current } : {}),
    ...(next ? { next } : {}),
    ...(kept.length > 0 ? { retired: kept } : {}),
    revoked: [...revoked, { name, publicKey: key.publicKey, commit }],
  });
}

/** Where signing began, once: what main had there counts as signed until it moves on. */
export function addSigningStart(tenant: TenantFile, commit: string): string {
  const { signing = {} } = tenant.value;
  if (signing.since !== undefined)
    throw createKeyError(`signing.since is ${signing.since} already, and never changes.`, 'There is nothing to do.');
  return editSigning(tenant, { since: commit, ...signing });
}

function editSigning({ path, text, value }: TenantFile, { since, current, next, ...past }: Signing): string {
  const { retired, revoked } = past;
  const signing: Signing = {
    ...(since === undefined ? {} : { since }),
    ...(current === undefined ? {} : { current }),
    ...(next === undefined ? {} : { next }),
    ...(retired === undefined ? {} : { retired }),
    ...(revoked === undefined ? {} : { revoked }),
  };
  const edited = writeSigning(text, parseYaml(Tenant, path, text).document, { ...value, signing });
  const [fault] = listKeyFaults(parseYaml(Tenant, path, edited).value.signing ?? {});
  if (fault !== undefined) throw createKeyError(`${fault}.`, 'Correct tenant.yaml first.');
  return edited;
}

/** Every byte outside of the block stays. */
function writeSigning(text: string, document: Document, after: Tenant): string {
  const before = findBlock(document, 'signing');
  const pair = prepareBlock(document, after.signing ?? {});
  editDocument(document, { ...after });
  return replaceBlock(text, before, pair, heading);
}

const heading = `# The keys that vouch for the facts of this stack’s files: ${locatePage('guides/keys.md')}\n`;

/** The block as a map whose lists are there: one key is one line of the diff. */
function prepareBlock(document: Document, signing: Signing): Pair {
  if (!document.has('signing')) document.set('signing', new YAMLMap());
  for (const list of ['retired', 'revoked'] as const)
    if (signing[list] !== undefined && !document.hasIn(['signing', list]))
      document.setIn(['signing', list], new YAMLSeq());
  const pair = findTopPair(document, 'signing');
  if (pair === undefined) throw new TypeError('the schema has vouched for a map');
  return pair;
}

function createKeyError(message: string, remedy: string): DormantError {
  return new DormantError('facts-key', message, { exitCode: 2, where: 'tenant.yaml', remedy });
}
