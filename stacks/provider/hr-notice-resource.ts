// m365:index:HrNotice as the engine sees it: sent when somebody new is on the list, never taken back.
import { hrNoticeName, listNewExecutives } from '../notice/hr-notice.ts';
import type { HrNoticeInputs, HrNoticeOutputs } from '../notice/hr-notice-state.ts';
import { sendProviderMessage } from './provider-messages.ts';
import type { Resource } from './resource.ts';
import type { Session } from './session.ts';

export const hrNoticeResource: Resource = {
  // From findHrNotice, of checked files.
  check: () => [],
  diff(olds, news) {
    return listNewExecutives((news as HrNoticeInputs).notice, (olds as HrNoticeOutputs).told).length > 0;
  },
  async create(urn, news, session) {
    const inputs = news as HrNoticeInputs;
    const told = inputs.presumedTold ?? [];
    return { id: hrNoticeName, outs: await sendHrNotice(urn, { ...inputs, told }, await session()) };
  },
  async update(urn, olds, news, session) {
    const { notice } = news as HrNoticeInputs;
    return { outs: await sendHrNotice(urn, { ...(olds as HrNoticeOutputs), notice }, await session()) };
  },
  async read(olds) {
    return { props: olds as HrNoticeInputs & HrNoticeOutputs };
  },
};

async function sendHrNotice(
  urn: string,
  { notice, told: before, unsure }: HrNoticeInputs & HrNoticeOutputs,
  { notices, log }: Session,
): Promise<HrNoticeOutputs> {
  const { told, mail } = await notices.sendHr(notice, before, unsure);
  if (mail) await sendProviderMessage(log, urn, { mail });
  return { told };
}
