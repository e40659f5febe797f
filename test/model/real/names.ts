// Which name of the sequence stands for which id in the database, to and fro.

import { randomUUID } from 'node:crypto';
import { foreign } from '../commands.ts';
import type { Ref } from '../commands.ts';

export type Noun = 'Template' | 'TemplateDraft' | 'CustomerDraft' | 'SetupDraft' | 'Customer' | 'Operation';

/** What the platform issues is the template's id in other words. */
export const issuedPrefix = 'issued-';

/** @param foreignIds What another partner has. */
export function createNames(foreignIds: Readonly<Partial<Record<Noun, string>>>) {
  const ids: Record<Noun, string[]> = {
    Template: [],
    TemplateDraft: [],
    CustomerDraft: [],
    SetupDraft: [],
    Customer: [],
    Operation: [],
  };
  const called = new Map<string, string>();
  const byId = new Map<string, string>();
  const nameOf = (id: string | null): string | null => (id === null ? null : (byId.get(id) ?? `unknown ${id}`));
  return {
    /** Names that were not met before get the next number. */
    meet(noun: Noun, id: string): string {
      const known = byId.get(id);
      if (known !== undefined) return known;
      const name = `${noun}#${ids[noun].push(id) - 1}`;
      byId.set(id, name);
      return name;
    },
    /** For what has a name of its own among the customer's: a location, a user, a number. */
    call(id: string, name: string, customer: number): void {
      byId.set(id, name);
      called.set(keyOf(customer, name), id);
    },
    /** Of something that may be gone by now. */
    idOfCalled: (customer: Ref, name: string): string => called.get(keyOf(customer, name)) ?? randomUUID(),
    nameOf,
    knownName: (id: string): string | null => byId.get(id) ?? null,
    numberOf: (id: string): number => Number(nameOf(id)?.split('#')[1]),
    idOf(noun: Noun, ref: Ref): string {
      return ids[noun][ref] ?? (ref === foreign ? foreignIds[noun] : undefined) ?? randomUUID();
    },
    readProvisioningId(provisioningId: string): string {
      const issuedFor = provisioningId.startsWith(issuedPrefix) ? provisioningId.slice(issuedPrefix.length) : null;
      return issuedFor === null ? provisioningId : `${issuedPrefix}${nameOf(issuedFor)?.split('#')[1] ?? ''}`;
    },
    writeProvisioningId(provisioningId: string): string {
      const index = provisioningId.startsWith(issuedPrefix) ? Number(provisioningId.slice(issuedPrefix.length)) : null;
      return index === null ? provisioningId : `${issuedPrefix}${ids.Template[index] ?? ''}`;
    },
  };
}

export type Names = ReturnType<typeof createNames>;

function keyOf(customer: number, name: string): string {
  return `${customer} ${name.trim().toLowerCase()}`;
}
