// `$metadata`: the types and entity sets of what this tenant serves, as Graph's CSDL has them (OData CSDL XML 4.01).
import { container, type GraphType, getElementType, v1Types } from './schema.ts';

/** The document. Relationships to types that are not served are left out. */
export function renderMetadata(): string {
  document ??= [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>',
    '<Schema Namespace="microsoft.graph" Alias="graph" xmlns="http://docs.oasis-open.org/odata/ns/edm">',
    ...Object.entries(v1Types).map(([name, type]) => renderType(name, type)),
    `<EntityContainer Name="GraphService">${Object.entries(container).map(renderSet).join('')}</EntityContainer>`,
    '</Schema></edmx:DataServices></edmx:Edmx>',
  ].join('\n');
  return document;
}

let document: string | undefined;

function renderType(
  name: string,
  { base, properties = {}, navigation = {}, enum: values, isEntity }: GraphType,
): string {
  if (values) return `<EnumType Name="${name}">${values.map(renderMember).join('')}</EnumType>`;
  const tag = isEntity ? 'EntityType' : 'ComplexType';
  const key = name === 'entity' ? '<Key><PropertyRef Name="id" /></Key>' : '';
  const members = [
    ...Object.entries(properties).map(([each, type]) => renderProperty('Property', each, type)),
    ...Object.entries(navigation)
      .filter(([, type]) => v1Types[getElementType(type)])
      .map(([each, type]) => renderProperty('NavigationProperty', each, `${type}?`)),
  ];
  return `<${tag} Name="${name}"${base ? ` BaseType="graph.${base}"` : ''}>${key}${members.join('')}</${tag}>`;
}

const renderMember = (name: string, value: number) => `<Member Name="${name}" Value="${value}" />`;

function renderProperty(tag: string, name: string, type: string): string {
  const element = getElementType(type);
  const qualified = `${v1Types[element] ? 'graph' : 'Edm'}.${element}`;
  const written = type.startsWith('Collection(') ? `Collection(${qualified})` : qualified;
  return `<${tag} Name="${name}" Type="${written}"${type.endsWith('?') ? '' : ' Nullable="false"'} />`;
}

function renderSet([name, type]: [string, string]): string {
  const element = `graph.${getElementType(type)}`;
  return type.startsWith('Collection(')
    ? `<EntitySet Name="${name}" EntityType="${element}" />`
    : `<Singleton Name="${name}" Type="${element}" />`;
}
