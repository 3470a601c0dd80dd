// For tests: files signed as an audit signs them, by the key that is the same in every run.
import { hashRules } from '../forge/facts-key.ts';
import { parseEscalations } from '../policy/files/escalations-file.ts';
import type { AccountFile } from '../policy/schemas/account.ts';
import { buildSignedListText, formatSignedLine, type SignedTenant, signFile } from '../policy/signing/signed-line.ts';
import { aSigner } from '../policy/signing/signing.fixture.ts';

let audits = 0;

/** As a new audit signs it that proposes the stage of the file: no two signatures are the same. */
export function signAsAudit(file: AccountFile, tenant: SignedTenant, key?: string): AccountFile {
  const { stage } = file;
  return signFile(file, stage === 'restore' ? 'keep' : stage, tenant, anotherAudit(key));
}

/** The text of escalations.yaml with the audit's line. */
export function signListText(path: string, text: string, tenant: SignedTenant): string {
  const { escalations } = parseEscalations(path, text).value;
  const { key, rules, sign } = anotherAudit();
  const signature = sign(buildSignedListText(escalations, tenant, { rules }));
  return `${text}signed: ${formatSignedLine({ key, furthest: null, rules, signature })}\n`;
}

function anotherAudit(name?: string) {
  audits += 1;
  return { ...aSigner(name), rules: hashRules(`policy ${audits}`, 'prices') };
}
