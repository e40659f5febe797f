// Customers on the wholesale API: looked up, created, changed, removed. All writes are accepted, not done: watch getCustomer.

import type { CreateCustomerRequest, CustomerRequest, PartnerPlatform } from '../port.ts';
import { failureOfBody } from './failures.ts';
import { toCustomer, toWholesaleAddress, toWireLimits, toWirePackage, unsettledStatuses } from './mapping.ts';
import { precheck } from './precheck.ts';
import { lastSegment, restPath } from './rest-path.ts';
import type { RestRequest } from './client.ts';
import type { Rest } from './rest.ts';
import { acceptedBody, customerBody } from './wire.ts';

type Customers = Pick<
  PartnerPlatform,
  | 'findCustomerByExternalId'
  | 'getCustomer'
  | 'listCustomers'
  | 'listCustomerPage'
  | 'createCustomer'
  | 'updateCustomer'
  | 'detachCustomer'
  | 'precheckCustomer'
>;

/** The most that Cisco's own programs ask for; more is lowered silently. */
const pageSize = '100';

export function customers(rest: Rest): Customers {
  return {
    async findCustomerByExternalId(externalId) {
      const request = {
        operation: 'look up the customer by its external ID',
        path: restPath`/wholesale/customers`,
        query: { externalId },
      };
      const found = (await rest.readAll(request, customerBody)).map(toCustomer);
      const matches = found.filter((customer) => customer.externalId === externalId);
      // While an earlier customer of this id goes away, its successor is the one that is meant.
      return matches.find((customer) => customer.status !== 'DELETING') ?? matches[0] ?? null;
    },

    async getCustomer(platformId) {
      const path = restPath`/wholesale/customers/${platformId}`;
      const body = await rest.readOrNull({ operation: 'read the customer', path }, customerBody);
      return body === null ? null : toCustomer(body);
    },

    async listCustomers({ onlyUnsettled = false } = {}) {
      const request = {
        operation: 'list the customers',
        path: restPath`/wholesale/customers`,
        query: { max: pageSize, status: onlyUnsettled ? unsettledStatuses : undefined },
      };
      return (await rest.readAll(request, customerBody)).map(toCustomer);
    },

    async listCustomerPage(page) {
      const request = {
        operation: 'list the customers',
        path: restPath`/wholesale/customers`,
        query: { max: pageSize },
      };
      const { items, nextPage } = await rest.readPage(request, customerBody, page);
      return { customers: items.map(toCustomer), nextPage };
    },

    async createCustomer(request) {
      const { customerInformation } = request;
      const call: RestRequest = {
        operation: request.organizationId === null ? 'create the customer' : 'attach the organisation',
        effect: 'write',
        method: 'POST',
        path: restPath`/wholesale/customers`,
        body: {
          provisioningId: request.provisioningId,
          orgId: request.organizationId ?? undefined,
          customerInfo:
            customerInformation === null
              ? undefined
              : {
                  name: customerInformation.companyName,
                  primaryEmail: customerInformation.adminEmail,
                  language: customerInformation.language ?? undefined,
                },
          ...commonBody(request),
        },
      };
      return { platformId: await acceptedId(rest, call) };
    },

    async updateCustomer(platformId, request) {
      await rest.send({
        operation: 'change the customer',
        effect: 'write',
        method: 'PUT',
        path: restPath`/wholesale/customers/${platformId}`,
        body: { ...commonBody(request), provisioningParameters: provisioningParameters(request) ?? {} },
      });
    },

    async detachCustomer(platformId) {
      const path = restPath`/wholesale/customers/${platformId}`;
      await rest.send({ operation: 'remove the wholesale services', effect: 'write', method: 'DELETE', path });
    },

    async precheckCustomer(request) {
      await precheck(
        rest,
        'provision this customer',
        restPath`/wholesale/customers/validate`,
        precheckCustomerBody(request),
      );
    },
  };
}

function precheckCustomerBody(request: CreateCustomerRequest) {
  const { customerInformation } = request;
  return {
    provisioningId: request.provisioningId,
    orgId: request.organizationId ?? undefined,
    customerInfo: customerInformation
      ? { name: customerInformation.companyName, primaryEmail: customerInformation.adminEmail }
      : undefined,
    ...commonBody(request),
  };
}

function commonBody(request: CustomerRequest) {
  return {
    externalId: request.externalId,
    packages: request.packages.map((item) => toWirePackage(item.package)),
    address: toWholesaleAddress(request.billingAddress),
    provisioningParameters: provisioningParameters(request),
  };
}

function provisioningParameters({ headquarters, meetingsTimeZone, packages }: CustomerRequest) {
  const limits = toWireLimits(packages);
  if (headquarters === null && meetingsTimeZone === null && limits === undefined) return undefined;
  const location = headquarters && {
    name: headquarters.name,
    address: toWholesaleAddress(headquarters.address),
    timezone: headquarters.timeZone,
    language: headquarters.language,
    emergencyLocationIdentifier: headquarters.emergencyLocationIdentifier ?? undefined,
  };
  return {
    calling: location === null ? undefined : { location },
    meetings: meetingsTimeZone === null ? undefined : { timezone: meetingsTimeZone },
    packages: limits === undefined ? undefined : { limits },
  };
}

// The Location header has been seen missing; the body then names the same URL.
async function acceptedId(rest: Rest, request: RestRequest): Promise<string> {
  const answer = await rest.send(request);
  const body = answer.body.kind === 'json' ? acceptedBody.safeParse(answer.body.value).data : undefined;
  const id = lastSegment(answer.location, rest.root) ?? lastSegment(body?.url, rest.root);
  if (id === null) throw failureOfBody(request, answer, 'neither a Location header nor a url names the customer');
  return id;
}
