// Named inactive people who would lose more than a licence: files, a Cloud PC, an archive, a phone number; and people with
// irregular licences.
import type { PersonInput } from '../person-input.ts';

const quiet = { inactiveDays: 143, manager: 'lineManager' } as const;

export const belongings = {
  oneDriveLarge: { ...quiet, displayName: 'Adele Vance', oneDrive: { sizeGb: 3.1, files: 812 } },
  oneDriveSmall: { ...quiet, displayName: 'Bruno Kehl', oneDrive: { sizeMb: 120, files: 64 } },
  oneDriveRetained: {
    ...quiet,
    displayName: 'Carla Mohr',
    oneDrive: { sizeGb: 48, files: 21_400, retention: true },
  },
  oneDriveNever: { ...quiet, displayName: 'Dirk Ahrens', oneDrive: null },
  cloudPc: { ...quiet, displayName: 'Elin Dahl', licenses: ['SPE_E3', 'CPC_E_2C_8GB_128GB'] },
  cloudPcBusiness: { ...quiet, displayName: 'Finn Ebert', licenses: ['SPE_E3', 'CPC_B_2C_8RAM_128GB'] },
  /** Windows 365 under a name with a zero-width space. */
  cloudPcOddlyNamed: { ...quiet, displayName: 'Gesa Frahm', licenses: ['SPE_E3', 'CPC_E_2C_4GB_64GB'] },
  archiveByAddOn: {
    ...quiet,
    displayName: 'Hauke Gruber',
    licenses: ['EXCHANGESTANDARD', 'EXCHANGEARCHIVE_ADDON'],
    mailbox: { sizeGb: 12, archive: true },
  },
  archiveBySuite: {
    ...quiet,
    displayName: 'Ida Holst',
    licenses: ['SPE_E3', 'VISIOCLIENT'],
    mailbox: { sizeGb: 12, archive: true },
  },
  phoneNumber: {
    ...quiet,
    displayName: 'Jule Imhof',
    licenses: ['SPE_E3', 'MCOEV', 'MCOPSTN1'],
    phoneNumber: '+442079460123',
  },
  licenseWithoutState: {
    ...quiet,
    displayName: 'Klaus Jahn',
    oneDrive: { sizeMb: 40, files: 18 },
    licenses: ['SPE_E3', { sku: 'PROJECTPROFESSIONAL', withoutState: true }],
  },
  /** Has a product that the tenant no longer lists. */
  licenseUnlisted: {
    ...quiet,
    displayName: 'Lotte Kern',
    oneDrive: { sizeMb: 40, files: 18 },
    licenses: ['SPE_E3', 'ENTERPRISEWITHSCAL'],
  },
  /** The add-on works only beside a plan of the suite. */
  licenseNeeded: {
    ...quiet,
    displayName: 'Malte Lorenz',
    oneDrive: { sizeMb: 40, files: 18 },
    licenses: ['SPE_E3', 'WORKPLACE_ANALYTICS'],
  },
  licenseActiveWithError: {
    ...quiet,
    displayName: 'Nele Merz',
    oneDrive: { sizeMb: 40, files: 18 },
    licenses: ['SPE_E3', { sku: 'VISIOCLIENT', state: 'ActiveWithError', error: 'DependencyViolation' }],
  },
  licenseExclusive: {
    ...quiet,
    displayName: 'Ole Nagel',
    oneDrive: { sizeMb: 40, files: 18 },
    licenses: ['SPE_E3', { sku: 'STANDARDPACK', state: 'Error', error: 'MutuallyExclusiveViolation' }],
  },
} as const satisfies Record<string, PersonInput>;
