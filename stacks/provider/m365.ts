// The provider: which resource answers the engine. The resources themselves are in other files.
import type { Provider } from '@pulumi/pulumi/provider/index.js';
import { isFields } from '../../graph/json-fields.ts';
import manifest from '../../package.json' with { type: 'json' };
import { accountType } from '../account/account-state.ts';
import { hrNoticeType } from '../notice/hr-notice-state.ts';
import { noticeType } from '../notice/manager-notice-state.ts';
import { openToken } from '../open-arguments.ts';
import { signingRecordType } from '../signing-record-state.ts';
import { accountResource } from './account-resource.ts';
import type { EngineLog } from './engine-log.ts';
import { hrNoticeResource } from './hr-notice-resource.ts';
import { noticeResource } from './notice-resource.ts';
import type { Resource } from './resource.ts';
import type { Session } from './session.ts';
import { signingRecordResource } from './signing-record-resource.ts';

const resources: Record<string, Resource> = {
  [accountType]: accountResource,
  [noticeType]: noticeResource,
  [hrNoticeType]: hrNoticeResource,
  [signingRecordType]: signingRecordResource,
};

export function createM365Provider(log: EngineLog): Provider {
  let openArguments: unknown = null;
  let session: Promise<Session> | null = null;
  const getSession = () => {
    session ??= loadSession(openArguments, log);
    return session;
  };
  const findBegin = (urn: string) => {
    if (!isFields(openArguments) || openArguments.part !== 'begin') return null;
    const { startedAt } = openArguments;
    const { begin } = getResource(urn);
    const begins = { startedAt: String(startedAt), session: getSession };
    return begin ? (olds: unknown, news: unknown) => begin(olds, news, begins) : null;
  };
  return {
    version: manifest.version,
    async invoke(token, inputs: unknown) {
      if (token !== openToken) throw new Error(`The m365 provider has no function ${token}.`);
      openArguments = inputs;
      return { outputs: {} };
    },
    async check(urn, _olds, news: unknown) {
      return { inputs: news, failures: getResource(urn).check(news) };
    },
    async diff(_id, urn, olds: unknown, news: unknown) {
      return { changes: getResource(urn).diff(olds, news) };
    },
    async create(urn, news: unknown) {
      const begin = findBegin(urn);
      return begin ? begin(null, news) : getResource(urn).create(urn, news, getSession);
    },
    async read(id, urn, props: unknown) {
      const found = await getResource(urn).read(props, await getSession());
      return found === null ? {} : { id, props: found.props };
    },
    async update(_id, urn, olds: unknown, news: unknown) {
      const begin = findBegin(urn);
      return begin ? begin(olds, news) : getResource(urn).update(urn, olds, news, getSession);
    },
    async delete() {},
  };
}

/**
 * Opened by the first resource that changes. Only then are files read and the clients of Graph and Exchange loaded: that
 * would be most of the provider's time when nothing changes.
 */
async function loadSession(openArguments: unknown, log: EngineLog): Promise<Session> {
  if (openArguments === null)
    throw new Error('The program has to call m365:index:open first, which names its repository and stack.');
  const { openSession } = await import('./session.ts');
  return openSession(openArguments, log);
}

function getResource(urn: string): Resource {
  const type = urn.split('::')[2] ?? '';
  const resource = resources[type];
  if (resource) return resource;
  throw new Error(`The m365 provider has no resource ${type}.`);
}
