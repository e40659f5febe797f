// What the clients subscribe to: about eight fields, as a list that shows customers and their progress would ask for them.

import type { SubscriptionKind } from '../contract.ts';

const event = 'event { id type at message fromStatus toStatus customerVersion';
const customer = 'customer { companyName status }';

const selections: Record<SubscriptionKind, { readonly id: string | null; readonly fields: string }> = {
  customerUpdated: { id: 'customerId', fields: `cursor ${event} } ${customer}` },
  operationUpdated: { id: 'operationId', fields: `cursor ${event} } operation { status nextAction ${customer} }` },
  events: { id: null, fields: `cursor ${event} ${customer} }` },
};

/** @param resumes whether the server knows `after` */
export function subscriptionDocument(kind: SubscriptionKind, resumes: boolean): string {
  const { id, fields } = selections[kind];
  const variables = [...(id ? ['$id: ID!'] : []), ...(resumes ? ['$after: EventCursor'] : [])];
  const values = [...(id ? [`${id}: $id`] : []), ...(resumes ? ['after: $after'] : [])];
  const list = (items: readonly string[]): string => (items.length > 0 ? `(${items.join(', ')})` : '');
  return `subscription Bench${list(variables)} { update: ${kind}${list(values)} { ${fields} } }`;
}
