// m365:index:HrNotice as the engine sees it: sent when somebody is new on the list, never taken back.
import { sendProviderMessage } from '../engine/provider-messages.ts';
import type { HrNoticeInputs, HrNoticeOutputs } from '../hr-notice-state.ts';
import { hrNoticeName, listNewExecutives, type NotifiedExecutive } from '../notice/hr-notice.ts';
import type { Resource } from './resource.ts';
import type { Session } from './session.ts';

export const hrNoticeResource: Resource = {
  // Made by hrNoticeFor from files that were checked.
  check: () => [],
  diff(olds, news) {
    return listNewExecutives((news as HrNoticeInputs).notice, (olds as HrNoticeOutputs).told).length > 0;
  },
  async create(urn, news, session) {
    const inputs = news as HrNoticeInputs;
    return { id: hrNoticeName, outs: await sendHrNotice(urn, inputs.presumedTold ?? [], inputs, session) };
  },
  async update(urn, olds, news, session) {
    return { outs: await sendHrNotice(urn, (olds as HrNoticeOutputs).told, news as HrNoticeInputs, session) };
  },
  async read(olds) {
    return { props: olds as HrNoticeInputs & HrNoticeOutputs };
  },
};

async function sendHrNotice(
  urn: string,
  before: readonly NotifiedExecutive[],
  { notice }: HrNoticeInputs,
  { notices, log }: Session,
): Promise<HrNoticeOutputs> {
  const { told, mail } = await notices.sendHr(notice, before);
  if (mail) await sendProviderMessage(log, urn, { mail });
  return { told };
}
