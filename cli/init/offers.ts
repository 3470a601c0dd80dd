// What `dormant init` knows without asking: the machine's time zone, the price list's currency, the bootstrap's outputs.
import { readFile } from 'node:fs/promises';
import { DormantError } from '../../policy/errors.ts';
import { Prices } from '../../policy/schemas/prices.ts';
import { parseYaml } from '../../policy/yaml/parse-yaml.ts';
import { openWorkingTree } from '../../stacks/working-tree.ts';
import type { RawAnswers } from './answers.ts';

export async function readOffers(root: string): Promise<RawAnswers> {
  const path = 'policy/prices.yaml';
  const prices = await openWorkingTree(root).read(path);
  return {
    cloud: 'global',
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    ...(prices === null ? {} : { currency: parseYaml(Prices, path, prices).value.currency }),
  };
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
