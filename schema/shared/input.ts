// Parts that the inputs of many mutations share.

import type { SchemaTypes } from '../builder.ts';
import { rowId } from './global-id.ts';

type DraftType = 'TemplateDraft' | 'CustomerDraft' | 'SetupDraft';

/** The draft that a save is about. */
export function draftFields(t: PothosSchemaTypes.InputFieldBuilder<SchemaTypes, 'InputObject'>) {
  return {
    draftId: t.id({ required: true, description: 'The draft to change, as the mutation that started it answered it.' }),
    expectedVersion: t.int({
      description:
        "The draft's `version` that this change was made from. When somebody saved in the meantime, the change is refused with VERSION_CONFLICT. Left out: the last one to save wins.",
    }),
  };
}

export function withDraftRow<Input extends { readonly draftId: string }>(typename: DraftType, input: Input) {
  return { ...input, draftId: rowId(typename, input.draftId) };
}

export const idempotencyKeyDescription =
  'Chosen by you, new for each intended change, such as a UUID. Repeating a request under the same key gives the same answer without doing it again, for at least 24 hours; the same key with another input is refused.';

export const validateOnlyDescription =
  'True: check everything and change nothing. The answer has the user errors and warnings that the real request would have.';

export const subPartnerDescription =
  'Partner.subPartners: the reseller on whose behalf the customer is provisioned, now and ever after. Left out or null: the partner itself sells to it.';

export const inputDescription = 'All that the mutation needs to know.';
