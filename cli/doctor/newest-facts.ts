// By which key the newest facts are signed: those of the files, or of the last audit.json on this machine.
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { getOutFolder } from '../../audit/out-folder.ts';
import { verifySignature } from '../../forge/facts-key.ts';
import type { Day } from '../../policy/evidence.ts';
import type { AccountFile } from '../../policy/schemas/account.ts';
import type { Signing } from '../../policy/schemas/signing.ts';
import { findKey } from '../../policy/signing/keys.ts';
import { buildSignedText, parseSignedLine, type SignedTenant } from '../../policy/signing/signed-line.ts';
import { locatePage } from '../../policy/words/locate-page.ts';
import { nameProgram } from '../installed-folder.ts';
import { type Finding, fail, pass, skip, warn } from './check.ts';
import type { DoctorContext } from './context.ts';

interface NewestFacts {
  on: Day;
  /** The keys that signed them, each once. */
  keys: readonly string[];
  /** Files whose signature their key has not made, by path. */
  forged: readonly string[];
}

/** null: neither files nor an audit are here. */
export async function readNewestFacts({ root, stack, files }: DoctorContext): Promise<NewestFacts | null> {
  const tenant = { stack, tenantId: files.tenant.value.tenantId };
  const onMain = readNewestFiles(files.accounts, tenant, files.tenant.value.signing ?? {});
  const audited = await readAuditedFacts(join(getOutFolder(root, stack), 'audit.json'));
  return audited !== null && (onMain === null || audited.on > onMain.on) ? audited : onMain;
}

function readNewestFiles(
  files: readonly { path: string; value: AccountFile }[],
  tenant: SignedTenant,
  signing: Signing,
): NewestFacts | null {
  const on = files
    .map(({ value }) => value.evidence.auditedOn)
    .toSorted()
    .at(-1);
  if (on === undefined) return null;
  const newest = files.filter(({ value }) => value.evidence.auditedOn === on);
  return {
    on,
    keys: listNames(newest.map(({ value }) => value.signed)),
    forged: newest.filter(({ value }) => isForged(value, tenant, signing)).map(({ path }) => path),
  };
}

function isForged(file: AccountFile, tenant: SignedTenant, signing: Signing): boolean {
  const line = parseSignedLine(file.signed);
  const key = line && findKey(signing, line.key);
  if (line === null || key === null) return false;
  return !verifySignature(buildSignedText(file, tenant, line), line.signature, key.publicKey);
}

/** One key signs a whole audit, and its keys are sorted: the name comes after the lists. */
async function readAuditedFacts(path: string): Promise<NewestFacts | null> {
  let on: Day | null = null;
  let key: string | undefined;
  try {
    for await (const text of createInterface({ input: createReadStream(path) })) {
      on ??= /^"auditedOn": "([\d-]{10})",?$/.exec(text)?.[1] ?? null;
      key ??= /^"signedBy": "([^"]+)",?$/.exec(text)?.[1];
    }
  } catch {
    return null;
  }
  return on === null ? null : { on, keys: key === undefined ? [] : [key], forged: [] };
}

function listNames(lines: readonly (string | undefined)[]): string[] {
  return [...new Set(lines.flatMap((line) => (line === undefined ? [] : (parseSignedLine(line)?.key ?? []))))];
}

export function judgeNewestFacts(newest: NewestFacts | null, signing: Signing, stack: string): Finding {
  if (newest === null) return skip('there are no facts yet');
  const { on, keys, forged } = newest;
  const [first] = forged;
  if (first !== undefined) {
    const others = forged.length === 1 ? '' : ` and ${forged.length - 1} more`;
    return fail(
      `${first}${others}: not what an audit signed on ${on}`,
      `${nameProgram()} check ${stack} names the field`,
    );
  }
  const [key] = keys;
  if (key === undefined) return warn(`those of ${on} are not signed`, 'the next audit signs what it reads');
  if (keys.some((each) => each === signing.current?.name)) return pass(`signed on ${on} by ${signing.current?.name}`);
  const role = findKey(signing, key)?.role;
  const says = `those of ${on} are signed by ${key}`;
  if (role === 'next')
    return warn(`${says}, which is listed as next`, `${nameProgram()} key promote ${stack}, then merge it`);
  if (role === 'retired') return warn(`${says}, which is retired`, newKey);
  return fail(`${says}, which ${role === 'revoked' ? 'is revoked' : 'tenant.yaml does not list'}`, newKey);
}

const newKey = `give the audit the key that is current, or make a new one: ${locatePage('guides/keys.md')}`;
