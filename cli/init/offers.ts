// What `dormant init` can know without asking: the machine's time zone, the price list's currency, the bootstrap's outputs.
import { readFile } from 'node:fs/promises';
import { DormantError } from '../../policy/errors.ts';
import { Prices } from '../../policy/schemas/prices.ts';
import { parseYaml } from '../../policy/yaml/yaml.ts';
import { openWorkingTree } from '../../stacks/working-tree.ts';
import type { Said } from './answers.ts';

export async function offersFor(root: string): Promise<Said> {
  const path = 'policy/prices.yaml';
  const prices = await openWorkingTree(root).read(path);
  return {
    cloud: 'global',
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    ...(prices === null ? {} : { currency: parseYaml(Prices, path, prices).value.currency }),
  };
}

/** The ids in the file that `pulumi -C bootstrap stack output --json` was written to. */
export async function bootstrapOutputs(file: string): Promise<Said> {
  const outputs = await parsed(file);
  const said = Object.fromEntries(
    (['tenantId', 'auditClientId', 'applyClientId'] as const).map((key) => [key, outputs[key]]),
  );
  if (Object.values(said).every((value) => typeof value === 'string')) return said;
  throw unusable(file, 'tenantId, auditClientId or applyClientId is missing');
}

async function parsed(file: string): Promise<Record<string, string>> {
  try {
    const outputs: unknown = JSON.parse(await readFile(file, 'utf8'));
    if (typeof outputs === 'object' && outputs !== null)
      return Object.fromEntries(
        Object.entries(outputs).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
      );
  } catch (cause) {
    throw unusable(file, cause instanceof Error ? cause.message : String(cause), cause);
  }
  throw unusable(file, 'it is no JSON object');
}

function unusable(file: string, found: string, cause?: unknown): DormantError {
  return new DormantError('bootstrap-outputs', `The bootstrap’s outputs cannot be used: ${found}.`, {
    exitCode: 2,
    where: file,
    remedy: `Run: pulumi -C bootstrap stack output --json > ${file}`,
    cause,
  });
}
