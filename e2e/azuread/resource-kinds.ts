// The azuread plugin's requests for the two kinds of resources of the quarantine: group_resource.go and
// conditional_access_policy_resource.go of hashicorp/terraform-provider-azuread, seen with pulumi-azuread 6.9.1 itself.
import { randomUUID } from 'node:crypto';
import { isFields } from '../../graph/json-fields.ts';
import { groupType, policyType } from '../../stacks/on-premises/quarantine.ts';
import type { GraphClient } from './graph-client.ts';

export type Inputs = Readonly<Record<string, unknown>>;

interface ResourceKind {
  /** Precedes the object id in the resource's id. */
  prefix: string;
  /** Returns the object id. */
  create(graph: GraphClient, inputs: Inputs): Promise<string>;
  /** The requests of create and update after the object itself exists. */
  fill(graph: GraphClient, id: string, inputs: Inputs): Promise<void>;
  update(graph: GraphClient, id: string, inputs: Inputs): Promise<void>;
  /** All its outputs as the tenant has them; null: it is deleted. */
  read(graph: GraphClient, id: string): Promise<Inputs | null>;
  remove(graph: GraphClient, id: string): Promise<void>;
}

const policies = 'v1.0/identity/conditionalAccess/policies';

export const resourceKinds: Readonly<Record<string, ResourceKind>> = {
  [groupType]: {
    prefix: '/groups/',
    async create({ send, callerId }, { displayName, description, mailEnabled, securityEnabled }) {
      const made = await send('POST', 'beta/groups', {
        displayName,
        description,
        groupTypes: [],
        mailEnabled,
        mailNickname: randomUUID().slice(0, 8),
        securityEnabled,
        'owners@odata.bind': [`https://graph.microsoft.com/beta/directoryObjects/${callerId}`],
      });
      for (const name of [`TERRAFORM_UPDATE_${randomUUID()}`, displayName])
        await send('PATCH', `beta/groups/${made.id}`, { displayName: name });
      return String(made.id);
    },
    async update({ send }, id, { displayName, description, mailEnabled, securityEnabled }) {
      await send('PATCH', `beta/groups/${id}`, { displayName, description, mailEnabled, securityEnabled });
    },
    async fill({ send }, id, { members }) {
      const present = listIds((await send('GET', `beta/groups/${id}/members`)).value);
      const wanted = Array.isArray(members) ? members.map(String) : [];
      for (const member of present.filter((each) => !wanted.includes(each)))
        await send('DELETE', `beta/groups/${id}/members/${member}/$ref`);
      for (const member of wanted.filter((each) => !present.includes(each))) {
        const reference = `https://graph.microsoft.com/beta/directoryObjects/${member}`;
        await send('POST', `beta/groups/${id}/members/$ref`, { '@odata.id': reference });
      }
    },
    read: ({ send }, id) =>
      readUnlessGone(async () => {
        const group = await send('GET', `beta/groups/${id}`);
        const { displayName, description, mailEnabled, securityEnabled } = group;
        const { value: owners } = await send('GET', `beta/groups/${id}/owners`);
        const { value: members } = await send('GET', `beta/groups/${id}/members`);
        await send('GET', `beta/groups/${id}/memberOf`);
        return {
          ...{ displayName, description, mailEnabled, securityEnabled },
          members: listIds(members).sort(),
          owners: listIds(owners),
          objectId: id,
        };
      }),
    // Like the plugin: a group that is already deleted is an error.
    async remove({ send }, id) {
      await send('GET', `beta/groups/${id}`);
      await send('DELETE', `beta/groups/${id}`);
    },
  },
  [policyType]: {
    prefix: '/identity/conditionalAccess/policies/',
    create: async ({ send }, inputs) => String((await send('POST', policies, buildPolicyBody(inputs))).id),
    update: async ({ send }, id, inputs) => void (await send('PATCH', `${policies}/${id}`, buildPolicyBody(inputs))),
    fill: async ({ send }, id) => void (await send('GET', `${policies}/${id}`)),
    read: ({ send }, id) =>
      readUnlessGone(async () => {
        const { displayName, state, conditions, grantControls } = await send('GET', `${policies}/${id}`);
        return {
          ...{ displayName, state, grantControls, objectId: id },
          conditions: toPulumiConditions(isFields(conditions) ? conditions : {}),
        };
      }),
    // Like the plugin: a policy that is already deleted is no error.
    async remove({ send }, id) {
      const isThere = await readUnlessGone(() => send('GET', `${policies}/${id}`));
      if (isThere !== null) await send('DELETE', `${policies}/${id}`);
    },
  },
};

/** Graph's property names to Pulumi's. */
function toPulumiConditions({ clientAppTypes, applications, users }: Inputs): Inputs {
  const app = isFields(applications) ? applications : {};
  const who = isFields(users) ? users : {};
  return {
    clientAppTypes,
    applications: {
      includedApplications: app.includeApplications ?? [],
      excludedApplications: app.excludeApplications ?? [],
    },
    users: {
      includedUsers: who.includeUsers ?? [],
      includedGroups: who.includeGroups ?? [],
      includedRoles: who.includeRoles ?? [],
      excludedUsers: who.excludeUsers ?? [],
      excludedGroups: who.excludeGroups ?? [],
      excludedRoles: who.excludeRoles ?? [],
    },
  };
}

/** Pulumi's property names to Graph's; unset ones are sent empty, so that a PATCH removes them. */
function buildPolicyBody({ displayName, state, conditions, grantControls }: Inputs) {
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
        includeRoles: [],
        excludeUsers: [],
        excludeGroups: [],
      },
    },
    grantControls,
    sessionControls: null,
  };
}

function readUnlessGone(read: () => Promise<Inputs>): Promise<Inputs | null> {
  return read().catch((error: unknown) => {
    if (/: 404 /.test(String(error))) return null;
    throw error;
  });
}

function listIds(members: unknown): string[] {
  return Array.isArray(members) ? members.map((member) => String(member.id)) : [];
}
