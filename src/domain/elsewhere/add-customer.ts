// Adds a customer that was made elsewhere, with all that belongs to it. One event tells of it: what a customer brings along is
// not told user by user.

import type { NewEvent } from '../../database/event-log.ts';
import type { Transaction } from '../../database/transaction.ts';
import type { Address } from '../address.ts';
import { findCountry } from '../catalogue/countries.ts';
import { billingColumns } from '../customer/create-customer.ts';
import { addLocations } from './add-locations.ts';
import { addNumbers } from './add-numbers.ts';
import { addUsers } from './add-users.ts';
import { platformSight } from './observed.ts';
import type { ObservedDetails } from './observed.ts';
import type { Reading } from './take-in.ts';

/** Of a customer of which the platform tells none. */
const untoldAddress: Address = {
  addressLine1: '',
  addressLine2: null,
  city: '',
  stateOrProvince: null,
  zipOrPostalCode: null,
  countryCode: 'US',
};

export async function addFoundCustomer(
  transaction: Transaction,
  reading: Reading,
  details: ObservedDetails,
): Promise<NewEvent[]> {
  const { customer, people } = details;
  const address = customer.billingAddress ?? untoldAddress;
  const administrator = [...people.values()].find(({ roles }) => roles.includes('FULL_ADMIN'));
  const companyName = details.companyName ?? customer.externalId;
  const { id: customerId } = await transaction.customer.create({
    data: {
      partnerId: reading.partnerId,
      companyName,
      adminEmail: administrator?.email ?? '',
      externalId: customer.externalId,
      status: customer.status,
      ...billingColumns(address),
      platformId: customer.platformId,
      organizationId: customer.organizationId,
      dataRegion: findCountry(address.countryCode)?.dataRegion ?? 'US',
      platformSight: customer.isSettled ? platformSight(customer) : null,
      errors: customer.errors.map((error) => ({ ...error })),
      createdAt: reading.now,
      packages: {
        create: customer.packages.map(({ code, status, errors, warnings }) => ({
          code,
          status: status ?? (customer.isSettled ? 'PROVISIONED' : 'PROVISIONING'),
          errors: errors.map((error) => ({ ...error })),
          warnings: warnings.map((warning) => ({ ...warning })),
        })),
      },
    },
    select: { id: true },
  });
  const place = { partnerId: reading.partnerId, customerId, now: reading.now };
  await addLocations(transaction, place, details.locations, true);
  await addUsers(transaction, place, details.users, details);
  await addNumbers(transaction, place, details.numbers);
  return [
    {
      type: 'FOUND_ON_PLATFORM',
      message: `"${companyName}" was found on the platform, with ${details.users.length} users; it was made elsewhere.`,
      customerId,
      subject: { type: 'Customer', id: customerId },
      toStatus: customer.status,
    },
  ];
}
