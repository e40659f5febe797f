// A customer's state at a glance: packages, users, locations.

import { StatusPill } from './status-pill.tsx';
import type { CustomerOverview } from './use-customer.ts';

export function CustomerFacts({ customer }: { readonly customer: CustomerOverview }) {
  const { packages, allUsers, provisionedUsers, waitingUsers, troubledUsers, locations } = customer;
  const users = [
    `${provisionedUsers.totalCount} of ${allUsers.totalCount} provisioned`,
    ...(waitingUsers.totalCount > 0 ? [`${waitingUsers.totalCount} awaiting consent`] : []),
    ...(troubledUsers.totalCount > 0 ? [`${troubledUsers.totalCount} with errors`] : []),
  ];
  return (
    <dl className="facts" aria-label="State">
      <div>
        <dt>Packages</dt>
        <dd>
          {packages.length === 0 ? (
            'none'
          ) : (
            <ul>
              {packages.map(({ offering, status, assignedUsers, limit }) => (
                <li key={offering.code}>
                  {offering.name} <StatusPill status={status} />{' '}
                  <span className="quiet">
                    {assignedUsers}
                    {limit !== null && ` of ${limit}`} assigned
                  </span>
                </li>
              ))}
            </ul>
          )}
        </dd>
      </div>
      <div>
        <dt>Users</dt>
        <dd>{users.join(', ')}</dd>
      </div>
      <div>
        <dt>Locations</dt>
        <dd>{locations.totalCount}</dd>
      </div>
      <div>
        <dt>Administrator</dt>
        <dd>{customer.adminEmail}</dd>
      </div>
    </dl>
  );
}
