import { expect, test } from 'vitest';
import { noCarriedServices, parseServicePlans } from './service-plans.ts';

test.each([
  ['Exchange Online Plan 2', ['EXCHANGE_S_ENTERPRISE'], { mailbox: 'plan-2' }],
  ['Exchange Online Plan 2 of a government', ['EXCHANGE_S_ENTERPRISE_GOV'], { mailbox: 'plan-2' }],
  ['Exchange Online Plan 1', ['EXCHANGE_S_STANDARD'], { mailbox: 'plan-1' }],
  ['the small plan of the Midmarket', ['EXCHANGE_S_STANDARD_MIDMARKET'], { mailbox: 'plan-1' }],
  ['Kiosk', ['EXCHANGE_S_DESKLESS'], { mailbox: 'kiosk' }],
  ['the larger of two', ['EXCHANGE_S_DESKLESS', 'EXCHANGE_S_ENTERPRISE'], { mailbox: 'plan-2' }],
  ['the foundation that is in nearly every product', ['EXCHANGE_S_FOUNDATION', 'EXCHANGE_ANALYTICS'], {}],
  ['the archive add-on', ['EXCHANGE_S_ARCHIVE_ADDON'], { archive: true }],
  ['the archive of Exchange Server', ['EXCHANGE_S_ARCHIVE'], { archive: true }],
  ['OneDrive of an E3', ['SHAREPOINTENTERPRISE', 'SHAREPOINTWAC'], { oneDrive: 'full' }],
  ['OneDrive of an F3', ['SHAREPOINTDESKLESS'], { oneDrive: 'full' }],
  ['OneDrive by itself', ['ONEDRIVE_BASIC', 'ONEDRIVEENTERPRISE'], { oneDrive: 'full' }],
  ['the small OneDrive of Visio', ['ONEDRIVE_BASIC'], { oneDrive: 'basic' }],
  ['OneDrive of a school', ['SHAREPOINTSTANDARD_EDU'], { oneDrive: 'unclocked' }],
  ['OneDrive of a government', ['SHAREPOINTENTERPRISE_GOV'], { oneDrive: 'unclocked' }],
  ['storage that is nobody’s OneDrive', ['SHAREPOINTSTORAGE', 'SHAREPOINTWAC'], {}],
  ['a Cloud PC by its product', ['CPC_E_2C_8GB_128GB'], { cloudPc: true }],
  ['a Cloud PC with a zero-width space in its name', ['\u200bcpc_b_2c_8ram\u200b_128gb'], { cloudPc: true }],
  ['a Cloud PC by its plan', ['Windows_365_S_2vCPU_8GB_128GB'], { cloudPc: true }],
  ['Teams Phone', ['MCOEV'], { phone: true }],
  ['a calling plan', ['MCOPSTN1'], { phone: true }],
  ['the phone of an auto attendant, which is a machine’s', ['MCOEV_VIRTUALUSER'], {}],
  ['nothing that anything hangs on', ['POWER_BI_PRO', 'INTUNE_A', ''], {}],
])('reads %s off the names of its plans', (_, names, carried) => {
  expect(parseServicePlans(names)).toEqual({ ...noCarriedServices, ...carried });
});
