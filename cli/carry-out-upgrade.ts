// Started by another version's `dormant upgrade` with the file of its order: prints the result, or the error, as JSON.
import { readFile } from 'node:fs/promises';
import { DormantError } from '../policy/errors.ts';
import { carryOut } from './upgrade/carry-out.ts';

const [, , path = ''] = process.argv;
try {
  console.log(JSON.stringify(await carryOut(JSON.parse(await readFile(path, 'utf8')))));
} catch (error) {
  if (!(error instanceof DormantError)) throw error;
  const { code, message, remedy, exitCode } = error;
  console.log(JSON.stringify({ error: { code, message, remedy } }));
  process.exitCode = exitCode;
}
