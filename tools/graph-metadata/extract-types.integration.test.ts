import { readFile } from 'node:fs/promises';
import { startEmulator } from '@dormant-m365/emulator';
import { expect, test } from 'vitest';
import { extractTypes, type Metadata } from './extract-types.ts';

const stored: Metadata = JSON.parse(await readFile('emulator/odata/graph-schema.json', 'utf8'));
const roots = Object.keys(stored.types);

test('the metadata that the embedded tenant serves are those that it was made from', async () => {
  const emulator = await startEmulator({ users: 0 });
  const distrust = emulator.trust();
  const served = await (await fetch(`${emulator.url}/v1.0/$metadata`)).text();
  distrust();
  await emulator.close();
  const { types, container } = extractTypes(served, roots);
  expect(container).toEqual(stored.container);
  expect(Object.keys(types)).toEqual(roots);
  for (const name of roots) {
    const { properties = {}, enum: values, base } = stored.types[name] ?? {};
    // A type that no property is made of is only named, and then known as a text is.
    expect({ name, ...types[name] }).toMatchObject({
      name,
      ...(values ? { enum: values } : { properties }),
      ...(base ? { base } : {}),
    });
  }
});

test('a type that the document does not have is named', () => {
  const csdl =
    '<edmx:Edmx><edmx:DataServices><Schema Namespace="microsoft.graph"><EntityType Name="user" /></Schema></edmx:DataServices></edmx:Edmx>';
  expect(extractTypes(csdl, ['user']).types).toEqual({ user: { isEntity: true, properties: {} } });
  expect(() => extractTypes(csdl, ['user', 'badge'])).toThrow("Graph's metadata has no type 'badge'.");
  expect(() => extractTypes('<edmx:Edmx />', [])).toThrow('no schema of the namespace microsoft.graph');
});
