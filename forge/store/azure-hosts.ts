import { type Cloud, type NationalCloud, toNationalCloud } from '../../policy/schemas/tenant.ts';

/**
 * Storage endpoint suffixes, by https://learn.microsoft.com/azure/azure-government/compare-azure-government-global-azure and
 * https://learn.microsoft.com/azure/china/resources-developer-guide. Both clouds for US government have the same.
 */
const hosts: Record<NationalCloud, string> = {
  global: 'blob.core.windows.net',
  usgov: 'blob.core.usgovcloudapi.net',
  'usgov-dod': 'blob.core.usgovcloudapi.net',
  china: 'blob.core.chinacloudapi.cn',
};

/** What comes after the name of a storage account. */
export function getBlobHost(cloud: Cloud): string {
  return hosts[toNationalCloud(cloud)];
}
