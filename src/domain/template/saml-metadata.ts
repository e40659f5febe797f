// Reads the EntityID out of pasted SAML 2.0 metadata. A streaming parser that knows no external entities; bounded in size.

import { SaxesParser } from 'saxes';
import { note, textLimits } from '../checks.ts';
import type { Problems } from '../checks.ts';

const maxCharacters = 512 * 1024;
const metadataNamespace = 'urn:oasis:names:tc:SAML:2.0:metadata';
const path = ['samlMetadataXml'];

/** typedEntityId: what was typed beside the XML; it must not contradict it. */
export function readSamlEntityId(problems: Problems, xml: string, typedEntityId: string | null): string | null {
  if (xml.length > maxCharacters) {
    return note(
      problems,
      'TOO_LONG',
      path,
      `At most ${maxCharacters} characters of metadata are read; these are ${xml.length}.`,
    );
  }
  const entityIds = new Set<string>();
  const faults: string[] = [];
  const parser = new SaxesParser({ xmlns: true });
  parser.on('doctype', () => faults.push('a document type declaration, which is not allowed'));
  parser.on('error', (error) => faults.push(error.message));
  parser.on('opentag', (tag) => {
    const entityId = tag.attributes['entityID']?.value.trim();
    if (tag.uri === metadataNamespace && tag.local === 'EntityDescriptor' && entityId) entityIds.add(entityId);
  });
  parser.write(xml.trim()).close();

  const [entityId, ...others] = entityIds;
  if (faults[0] !== undefined) {
    return note(problems, 'SAML_METADATA_INVALID', path, `SAML 2.0 metadata in XML is expected; found ${faults[0]}`);
  }
  if (entityId === undefined) {
    return note(
      problems,
      'SAML_METADATA_INVALID',
      path,
      'SAML 2.0 metadata has an EntityDescriptor with an entityID; this XML has none.',
    );
  }
  if (others.length > 0) {
    return note(
      problems,
      'SAML_METADATA_INVALID',
      path,
      `Metadata of one identity provider is expected; this XML has ${entityIds.size}.`,
    );
  }
  if (entityId.length > textLimits.identifier) {
    return note(
      problems,
      'TOO_LONG',
      path,
      `An entityID has at most ${textLimits.identifier} characters; this one has ${entityId.length}.`,
    );
  }
  if (typedEntityId !== null && typedEntityId !== entityId) {
    return note(
      problems,
      'SAML_METADATA_INVALID',
      path,
      'The entityID in the metadata differs from samlIdpEntityId; give one of them.',
    );
  }
  return entityId;
}
