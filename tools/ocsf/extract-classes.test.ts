import { expect, test } from 'vitest';
import { extractClasses, type SchemaReader } from './extract-classes.ts';

const files: Record<string, Awaited<ReturnType<SchemaReader['read']>>> = {
  'dictionary.json': {
    attributes: {
      activity_id: { type: 'integer_t', enum: { 0: { caption: 'Unknown' } } },
      api: { type: 'api' },
      to: { type: 'email_t', is_array: true },
      user: { type: 'user' },
    },
    types: { attributes: { email_t: { type: 'string_t', regex: '@' }, ip_t: { type: 'string_t', regex: 'long' } } },
  },
  'categories.json': { attributes: { iam: { uid: 3 } } },
  'profiles/cloud.json': { attributes: { api: { requirement: 'required' }, user: {} } },
  'events/base_event.json': {
    attributes: { $include: ['profiles/cloud.json'], activity_id: { requirement: 'required', enum: {} } },
  },
  'events/iam/iam.json': { extends: 'base_event', category: 'iam', attributes: { user: { profile: null } } },
  'events/iam/account_change.json': {
    ...{ extends: 'iam', uid: 1, caption: 'Account Change' },
    attributes: { activity_id: { enum: { 5: { caption: 'Disable' } } }, to: { '@deprecated': {} } },
  },
  'objects/user.json': { constraints: { at_least_one: ['name'] }, attributes: { user: {} } },
};

const reader: SchemaReader = {
  list: async () => Object.keys(files),
  read: async (path) => files[path] ?? { attributes: {} },
};

test('a class has what it extends and includes, and what is more special counts', async () => {
  const { classes, objects, types } = await extractClasses(reader, { classes: ['account_change'], objects: ['user'] });
  expect(classes.account_change).toEqual({
    ...{ uid: 3001, caption: 'Account Change', category_uid: 3 },
    attributes: {
      activity_id: 'integer_t required',
      api: 'api required @cloud',
      to: 'email_t[] deprecated',
      user: 'user',
    },
    enums: { activity_id: { 0: 'Unknown', 5: 'Disable' } },
  });
  expect(objects.user).toEqual({ attributes: { user: 'user' }, enums: {}, atLeastOne: ['name'] });
  expect(types.email_t).toEqual({ type: 'string_t', regex: '@' });
});

test('a class that the schema lacks is an error, not an empty class', async () => {
  await expect(extractClasses(reader, { classes: ['mailbox_change'], objects: [] })).rejects.toThrow('mailbox_change');
});
