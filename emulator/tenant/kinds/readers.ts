// Named people who read reports and settings and change nothing: whom one may sign in as to look.
import type { PersonInput } from '../person-input.ts';

const reader = { department: 'IT', manager: 'lineManager' } as const;

export const readers = {
  reportsReader: { ...reader, displayName: 'Astrid Lind', jobTitle: 'Licence Manager', roles: ['Reports Reader'] },
  globalReader: { ...reader, displayName: 'Bela Horvat', jobTitle: 'Internal Auditor', roles: ['Global Reader'] },
} as const satisfies Record<string, PersonInput>;
