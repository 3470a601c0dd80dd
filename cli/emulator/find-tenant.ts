// Where the embedded tenant's own command is: it is found, not imported, because what reads and changes tenants stands without it
// (docs/decisions/0035-dormant-emulator-hands-over.md).
import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';

/** `from`: the file from which its package is looked for. null: it is not installed. */
export function findTenantCommand(from: string): string | null {
  try {
    const index = createRequire(from).resolve('@dormant-m365/emulator');
    return join(dirname(index), `main${extname(index)}`);
  } catch {
    return null;
  }
}
