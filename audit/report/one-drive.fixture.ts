// For pictures: a OneDrive in the made-up company, of any size, the same for the same number.
import { en, Faker } from '@faker-js/faker';
import type { Evidence, OneDrive } from '../../policy/evidence.ts';

const megabyte = 1024 ** 2;

/** Only people with a licence for one have one. Draws of its own, so that the rest of the person stays as it is. */
export function aOneDrive(index: number, { licenses, usage }: Pick<Evidence, 'licenses' | 'usage'>): OneDrive {
  if (licenses.every(({ carries }) => carries.oneDrive === null)) return { kind: 'none' };
  const faker = new Faker({ locale: en, seed: index });
  const megabytes = faker.helpers.weightedArrayElement([
    { weight: 2, value: null },
    { weight: 12, value: faker.number.int({ min: 1, max: 900 }) },
    { weight: 5, value: faker.number.int({ min: 1001, max: 60_000 }) },
  ]);
  if (megabytes === null) return { kind: faker.datatype.boolean(0.7) ? 'none' : 'unknown' };
  const lastUsedOn = usage.kind === 'row' ? usage.lastActivity.oneDrive : null;
  const files = Math.ceil(megabytes / faker.number.float({ min: 0.3, max: 12 }));
  return { kind: 'seen', storageUsedBytes: megabytes * megabyte, files, lastUsedOn };
}
