// The EntityID out of pasted metadata: found where it is, and nothing else done for the sender of the XML.

import { describe, expect, it } from 'vitest';
import type { Problem } from '../../../src/domain/problem.ts';
import { readSamlEntityId } from '../../../src/domain/template/saml-metadata.ts';

const entityId = 'https://idp.example/saml';
const namespace = 'urn:oasis:names:tc:SAML:2.0:metadata';

const metadata = (attributes = `entityID="${entityId}"`, content = '') =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<md:EntityDescriptor xmlns:md="${namespace}" ${attributes}>
    <md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">${content}</md:IDPSSODescriptor>
  </md:EntityDescriptor>`;

function read(xml: string, typed: string | null = null) {
  const problems: Problem[] = [];
  const found = readSamlEntityId(problems, xml, typed);
  return { found, told: problems.map(({ code, path, message }) => `${code} ${path.join('.')}: ${message}`) };
}

describe('the EntityID', () => {
  it.each([
    ['with a prefix', metadata()],
    ['without a prefix', `<EntityDescriptor xmlns="${namespace}" entityID="${entityId}"/>`],
    ['after a byte order mark and blank lines', `\uFEFF\n\n${metadata()}\n`],
    ['with spaces and character references in it', metadata('entityID=" https://idp.example&#x2F;saml "')],
    [
      'of the only member of a group',
      `<EntitiesDescriptor xmlns="${namespace}"><EntityDescriptor entityID="${entityId}"/></EntitiesDescriptor>`,
    ],
    [
      'named twice',
      `<g xmlns="${namespace}"><EntityDescriptor entityID="${entityId}"/><EntityDescriptor entityID="${entityId}"/></g>`,
    ],
    ['beside markup in text', metadata(undefined, '<![CDATA[<EntityDescriptor entityID="other"/>]]>')],
  ])('is found %s', (_, xml) => {
    expect(read(xml)).toEqual({ found: entityId, told: [] });
  });

  it('may be typed too, as long as it is the same', () => {
    expect(read(metadata(), entityId)).toEqual({ found: entityId, told: [] });
    expect(read(metadata(), 'https://other.example').told).toEqual([
      expect.stringMatching(/^SAML_METADATA_INVALID samlMetadataXml: .*differs from samlIdpEntityId/),
    ]);
  });

  it('may be as long as one that is typed, and no longer', () => {
    const long = `https://idp.example/${'x'.repeat(1_004)}`;
    expect(read(metadata(`entityID="${long}"`)).found).toBe(long);
    expect(read(metadata(`entityID="${long}x"`)).told).toEqual([expect.stringMatching(/^TOO_LONG samlMetadataXml/)]);
  });
});

describe('metadata is refused', () => {
  it.each([
    ['that is no XML', 'hello', 'found'],
    ['that breaks off', metadata().slice(0, -20), 'found'],
    ['without an EntityDescriptor', '<a/>', 'has none'],
    ['without an entityID', metadata(''), 'has none'],
    ['of another namespace', `<EntityDescriptor xmlns="urn:other" entityID="${entityId}"/>`, 'has none'],
    [
      'of two providers',
      `<g xmlns="${namespace}"><EntityDescriptor entityID="a"/><EntityDescriptor entityID="b"/></g>`,
      'has 2',
    ],
    ['with an unknown entity', metadata('entityID="&xxe;"'), 'found'],
  ])('%s', (_, xml, message) => {
    const { found, told } = read(xml);
    expect(found).toBeNull();
    expect(told).toEqual([expect.stringContaining(message)]);
    expect(told[0]).toMatch(/^SAML_METADATA_INVALID samlMetadataXml: /);
  });

  it.each([
    ['a file', '<!DOCTYPE a [<!ENTITY xxe SYSTEM "file:///etc/hostname">]>'],
    ['an address', '<!DOCTYPE a SYSTEM "http://127.0.0.1:1/evil.dtd">'],
    ['itself over and over', '<!DOCTYPE a [<!ENTITY b "xx"><!ENTITY c "&b;&b;"><!ENTITY xxe "&c;&c;">]>'],
  ])('that would have %s read', (_, doctype) => {
    const { found, told } = read(`${doctype}${metadata('entityID="&xxe;"').replace(/^<\?.*\?>\n/, '')}`);
    expect(found).toBeNull();
    expect(told).toEqual([expect.stringContaining('a document type declaration, which is not allowed')]);
  });

  it('beyond half a megabyte, unread', () => {
    const filler = (length: number) => metadata(undefined, ' '.repeat(length - metadata().length));
    expect(read(filler(512 * 1024)).found).toBe(entityId);
    expect(read(`${filler(512 * 1024)} `).told).toEqual([
      'TOO_LONG samlMetadataXml: At most 524288 characters of metadata are read; these are 524289.',
    ]);
  });
});
