// What `dormant init` knows without asking: the machine's time zone, the price list's currency, the bootstrap's outputs.
import { readFile } from 'node:fs/promises';
import { DormantError } from '../../policy/errors.ts';
import { policyPath } from '../../policy/files/stack-files.ts';
import { findFirstMatch } from '../../policy/judge/pattern.ts';
import { findNamedGroup } from '../../policy/licenses/license-groups.ts';
import { Policy } from '../../policy/schemas/policy.ts';
import { Prices } from '../../policy/schemas/prices.ts';
import { formatCount, formatDay, formatList } from '../../policy/words/labels.ts';
import { parseYaml } from '../../policy/yaml/parse-yaml.ts';
import { openWorkingTree } from '../../stacks/working-tree.ts';
import type { LookFile } from '../look/look-file.ts';
import type { Question, RawAnswers } from './answers.ts';

/** Where an answer comes from, for people: `policy/prices.yaml`, `the look of 7 December 2026`. */
interface Origin {
  from: string;
}

/** Likely and no more: taken only one by one, by a person. */
export interface Guesses extends Origin {
  guesses: readonly string[];
  /** What a person is shown in the place of a guess. */
  shown?: Readonly<Record<string, string>>;
}

export type Offer = (Origin & { answer: string }) | Guesses;
export type Offers = Partial<Record<Question, Offer>>;

/** `look`: what a look at the tenant learnt; null: there was none. */
export async function readOffers(root: string, look: LookFile | null): Promise<Offers> {
  const path = 'policy/prices.yaml';
  const files = openWorkingTree(root);
  const [prices, policy] = await Promise.all([files.read(path), files.read(policyPath)]);
  return {
    cloud: { answer: 'global', from: 'most tenants' },
    timeZone: { answer: Intl.DateTimeFormat().resolvedOptions().timeZone, from: 'this machine' },
    ...(prices === null ? {} : { currency: { answer: parseYaml(Prices, path, prices).value.currency, from: path } }),
    ...(look === null ? {} : offerFromLook(look, policy === null ? null : parseYaml(Policy, policyPath, policy).value)),
  };
}

/** Names of accounts, titles, domains and groups are guesses: each is a decision of the policy. */
function offerFromLook(look: LookFile, policy: Policy | null): Offers {
  const from = `the look of ${formatDay(look.lookedOn, '')}`;
  const guess = (question: Question, guesses: readonly string[], why: string): Offers =>
    guesses.length === 0 ? {} : { [question]: { guesses, from: `${from}: ${why}` } };
  const emergency = look.emergencyAccounts.examples
    .map(({ userPrincipalName }) => userPrincipalName)
    .filter((name) => findFirstMatch(policy?.risk.emergencyAccessAccounts ?? [], name) === null);
  // Answers are separated by commas; ? stands for any one character.
  const titles = look.unnamedTitles.map(({ title }) => title.replaceAll(',', '?'));
  return {
    tenantId: { answer: look.tenantId, from },
    cloud: { answer: look.cloud, from },
    timeZone: { answer: look.timeZone, from: `${from}, of the machine it ran on` },
    ...guess('emergency', emergency, 'administrators of everything, without a licence'),
    ...guess('executiveTitles', titles, 'near the top of the reporting line'),
    ...guess('internalDomains', look.domains, 'verified domains of the tenant'),
    ...offerLicenseGroups(listOpenGroups(look, policy), from),
  };
}

/** A group is known by its id, as a name may be given twice. */
function offerLicenseGroups(groups: LookFile['groups'], from: string): Offers {
  if (groups.length === 0) return {};
  const shown = Object.fromEntries(groups.map((group) => [group.id, describeLicenseGroup(group)]));
  const why = 'a licence of a group that is not named stays; dormant doctor says which nobody can be taken out of';
  return { licenseGroups: { guesses: groups.map(({ id }) => id), shown, from: `${from}: ${why}` } };
}

/** Those that give licences and that the policy does not name. */
function listOpenGroups({ groups }: LookFile, policy: Policy | null): LookFile['groups'] {
  return groups.filter(({ id, name }) => policy === null || findNamedGroup(policy, { id, displayName: name }) === null);
}

/** A name is whatever its maker typed: on one line, and without what moves a terminal's cursor. */
export function describeLicenseGroup({ id, name, accounts, inactive, skuPartNumbers }: LookFile['groups'][number]) {
  const called = toOneLine(name ?? '') || id;
  return `${called}: ${formatList(skuPartNumbers)} for ${formatCount(accounts, 'account')}, ${inactive} of them inactive`;
}

function toOneLine(text: string): string {
  return text.replace(/[\p{C}\p{Z}]+/gu, ' ').trim();
}

/** What no command takes without a person: only in a terminal it is asked for. */
export function listCertain(offers: Offers): RawAnswers {
  const entries = Object.entries(offers).flatMap(([question, offer]) =>
    'answer' in offer ? [[question, offer.answer] as const] : [],
  );
  return Object.fromEntries(entries);
}

/** The ids in a file written by `pulumi -C bootstrap stack output --json`. */
export async function readBootstrapOutputs(file: string): Promise<RawAnswers> {
  const outputs = await readOutputs(file);
  const answers = Object.fromEntries(
    (['tenantId', 'auditClientId', 'applyClientId'] as const).map((key) => [key, outputs[key]]),
  );
  if (Object.values(answers).every((value) => typeof value === 'string')) return answers;
  throw createOutputsError(file, 'tenantId, auditClientId or applyClientId is missing');
}

async function readOutputs(file: string): Promise<Record<string, string>> {
  try {
    const outputs: unknown = JSON.parse(await readFile(file, 'utf8'));
    if (typeof outputs === 'object' && outputs !== null)
      return Object.fromEntries(
        Object.entries(outputs).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
      );
  } catch (cause) {
    throw createOutputsError(file, cause instanceof Error ? cause.message : String(cause), cause);
  }
  throw createOutputsError(file, 'it is no JSON object');
}

function createOutputsError(file: string, found: string, cause?: unknown): DormantError {
  return new DormantError('bootstrap-outputs', `The bootstrap’s outputs cannot be used: ${found}.`, {
    exitCode: 2,
    where: file,
    remedy: `Run: pulumi -C bootstrap stack output --json > ${file}`,
    cause,
  });
}
