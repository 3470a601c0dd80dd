import type { EmulatorOptions } from '@dormant-m365/emulator';
import { expect, test } from 'vitest';
import type { Check } from '../check.ts';
import type { Diagnosis } from '../doctor.ts';
import { aStack, finding, notPassed } from '../stack.fixture.ts';
import { appRoles } from './app-roles.ts';
import { entraPremium } from './entra-premium.ts';
import { privileges } from './privileges.ts';
import { reportSettings } from './report-settings.ts';

const national = ['usgov', 'usgov-dod', 'china'] as const;

async function diagnose(options: EmulatorOptions, ...checks: readonly Check[]): Promise<Diagnosis[]> {
  const stack = await aStack(options);
  try {
    const diagnoses = (['audit', 'apply'] as const).map((identity) => stack.diagnose({ identity }, ...checks));
    return await Promise.all(diagnoses);
  } finally {
    await stack.close();
  }
}

test.each(national)('in %s every permission is tried where its call is, and nothing is found wrong', async (cloud) => {
  const checks = [appRoles, reportSettings, privileges, entraPremium];
  const [audit, apply] = await diagnose({ cloud }, ...checks);
  for (const diagnosis of [audit, apply]) expect(diagnosis && notPassed(diagnosis)).toEqual([]);
  for (const name of [
    'app role Reports.Read.All',
    'app role ReportSettings.ReadWrite.All',
    'app role Exchange.ManageAsApp',
  ])
    expect(audit && finding(audit, name)).toMatchObject({ status: 'pass', says: 'granted, and works' });
  expect(audit && finding(audit, 'report settings')).toMatchObject({ status: 'pass' });
});

test.each(national)('in %s sign-ins that nobody can read fail under a policy that requires them', async (cloud) => {
  const [audit] = await diagnose({ cloud, switches: { signInsShownOf: 'nobody' } }, entraPremium);
  expect(audit && finding(audit, 'Entra ID P1')).toMatchObject({
    status: 'fail',
    mend: expect.stringContaining('signIns: optional'),
  });
});

test('in China the role in Exchange is tried by both names', async () => {
  for (const otherExchangeHost of ['unknown', 401, 404] as const) {
    const switches = { exchangeHost: 'https://outlook.office365.cn', otherExchangeHost };
    const [audit] = await diagnose({ cloud: 'china', switches }, appRoles);
    expect(audit && finding(audit, 'app role Exchange.ManageAsApp')).toMatchObject({ status: 'pass' });
  }
});

test('an Exchange in China that answers by neither name is told with both', async () => {
  const switches = { exchangeHost: 'https://elsewhere.cn', otherExchangeHost: 401 as const };
  const [audit] = await diagnose({ cloud: 'china', switches }, appRoles);
  expect(audit && finding(audit, 'app role Exchange.ManageAsApp')).toMatchObject({
    status: 'fail',
    says: expect.stringMatching(/partner\.outlook\.cn.*outlook\.office365\.cn/),
  });
});
