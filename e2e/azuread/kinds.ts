// What the azuread plugin sends for the two kinds of resources that the quarantine is made of.
import { randomUUID } from 'node:crypto';
import { isFields } from '../../graph/fields.ts';
import { groupType, policyType } from '../../stacks/on-premises/quarantine.ts';
import type { Graph } from './graph.ts';

export type Inputs = Readonly<Record<string, unknown>>;

interface Kind {
  /** Returns the object id. */
  create(graph: Graph, inputs: Inputs): Promise<string>;
  /** What create and update do after the object itself is there. */
  fill(graph: Graph, id: string, inputs: Inputs): Promise<void>;
  update(graph: Graph, id: string, inputs: Inputs): Promise<void>;
  /** What differs from the inputs, of what a person may have changed; null: it is gone. */
  read(graph: Graph, id: string, inputs: Inputs): Promise<Inputs | null>;
  remove(graph: Graph, id: string): Promise<void>;
}

const policies = 'v1.0/identity/conditionalAccess/policies';

export const kinds: Readonly<Record<string, Kind>> = {
  [groupType]: {
    async create({ send, callerId }, { displayName, description, mailEnabled, securityEnabled }) {
      const made = await send('POST', 'beta/groups', {
        displayName: `TERRAFORM_UPDATE_${randomUUID()}`,
        description,
        groupTypes: [],
        mailEnabled,
        mailNickname: randomUUID().slice(0, 8),
        securityEnabled,
        'owners@odata.bind': [`https://graph.microsoft.com/beta/directoryObjects/${callerId}`],
      });
      await send('PATCH', `beta/groups/${made.id}`, { displayName });
      return String(made.id);
    },
    async update({ send }, id, { displayName, description, mailEnabled, securityEnabled }) {
      await send('PATCH', `beta/groups/${id}`, { displayName, description, mailEnabled, securityEnabled });
    },
    async fill({ send }, id, { members }) {
      const present = idsIn((await send('GET', `beta/groups/${id}/members`)).value);
      const wanted = Array.isArray(members) ? members.map(String) : [];
      for (const member of present.filter((each) => !wanted.includes(each)))
        await send('DELETE', `beta/groups/${id}/members/${member}/$ref`);
      for (const member of wanted.filter((each) => !present.includes(each))) {
        await send('GET', `beta/directoryObjects/${member}`);
        const reference = `https://graph.microsoft.com/beta/directoryObjects/${member}`;
        await send('POST', `beta/groups/${id}/members/$ref`, { '@odata.id': reference });
      }
      await send('GET', `beta/groups/${id}/owners`);
    },
    read: ({ send }, id) =>
      unlessGone(async () => {
        const { displayName } = await send('GET', `beta/groups/${id}`);
        const { value } = await send('GET', `beta/groups/${id}/members`);
        return { displayName, members: idsIn(value).sort() };
      }),
    // Like the plugin: a group that is gone already is an error.
    async remove({ send }, id) {
      await send('GET', `beta/groups/${id}`);
      await send('DELETE', `beta/groups/${id}`);
    },
  },
  [policyType]: {
    create: async ({ send }, inputs) => String((await send('POST', policies, policyBody(inputs))).id),
    update: async ({ send }, id, inputs) =>
      void (await send('PATCH', `${policies}/${id}`, policyBody(inputs))),
    fill: async ({ send }, id) => void (await send('GET', `${policies}/${id}`)),
    read: ({ send }, id) =>
      unlessGone(async () => {
        const { displayName, state } = await send('GET', `${policies}/${id}`);
        return { displayName, state };
      }),
    async remove({ send }, id) {
      await send('GET', `${policies}/${id}`);
      await send('DELETE', `${policies}/${id}`);
    },
  },
};

/** Pulumi's property names to Graph's; what is not set is sent as empty, so that a PATCH takes it away. */
function policyBody({ displayName, state, conditions, grantControls }: Inputs) {
  const { clientAppTypes, applications, users } = isFields(conditions) ? conditions : {};
  const { includedApplications } = isFields(applications) ? applications : {};
  const { includedGroups, excludedRoles } = isFields(users) ? users : {};
  return {
    displayName,
    state,
    conditions: {
      clientAppTypes,
      applications: { includeApplications: includedApplications, excludeApplications: [] },
      users: {
        includeGroups: includedGroups,
        excludeRoles: excludedRoles,
        includeUsers: [],
        excludeUsers: [],
      },
    },
    grantControls,
    sessionControls: null,
  };
}

function unlessGone(read: () => Promise<Inputs>): Promise<Inputs | null> {
  return read().catch((error: unknown) => {
    if (/: 404 /.test(String(error))) return null;
    throw error;
  });
}

function idsIn(members: unknown): string[] {
  return Array.isArray(members) ? members.map((member) => String(member.id)) : [];
}
