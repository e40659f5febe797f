// People with a wholesale package (subscribers in REST words).

import type { CreateUserRequest, PartnerPlatform, UpdateUserRequest } from '../port.ts';
import { precheck } from './precheck.ts';
import { toUser, toWireUserPackage } from './mapping.ts';
import { restPath } from './rest-path.ts';
import type { Rest } from './rest.ts';
import { subscriberBody } from './wire.ts';

type Users = Pick<
  PartnerPlatform,
  | 'listUsers'
  | 'listAllUsers'
  | 'listChangedUsers'
  | 'getUser'
  | 'createUser'
  | 'updateUser'
  | 'removeUser'
  | 'precheckUser'
  | 'resendUserConsent'
>;

/** The platform's cap; more is lowered silently. */
const pageSize = '100';

export function users(rest: Rest): Users {
  return {
    async listUsers(customerPlatformId, filter = {}) {
      const { email, changedSince } = filter;
      const query = {
        customerId: customerPlatformId,
        email,
        max: pageSize,
        ...(changedSince === undefined ? {} : changesSince(changedSince)),
      };
      const request = { operation: 'list the users', path: restPath`/wholesale/subscribers`, query };
      const found = (await rest.readAll(request, subscriberBody)).map(toUser);
      return email === undefined ? found : found.filter((user) => user.email.toLowerCase() === email.toLowerCase());
    },

    async listAllUsers() {
      const request = {
        operation: 'list all users',
        path: restPath`/wholesale/subscribers`,
        query: { max: pageSize },
      };
      return (await rest.readAll(request, subscriberBody)).map(toUser);
    },

    async listChangedUsers(changedSince) {
      const request = {
        operation: 'list the users that have changed',
        path: restPath`/wholesale/subscribers`,
        query: { max: pageSize, ...changesSince(changedSince) },
      };
      return (await rest.readAll(request, subscriberBody)).map(toUser);
    },

    async getUser(platformId) {
      const path = restPath`/wholesale/subscribers/${platformId}`;
      const body = await rest.readOrNull({ operation: 'read the user', path }, subscriberBody);
      return body === null ? null : toUser(body);
    },

    async createUser(request) {
      const path = restPath`/wholesale/subscribers`;
      const body = creationBody(request);
      return toUser(
        await rest.sendFor(
          { operation: 'create the user', effect: 'write', method: 'POST', path, body },
          subscriberBody,
        ),
      );
    },

    async updateUser(platformId, request) {
      const path = restPath`/wholesale/subscribers/${platformId}`;
      const body = {
        packages: [toWireUserPackage(request.package)],
        provisioningParameters: request.calling === null ? undefined : callingParameters(request.calling),
      };
      return toUser(
        await rest.sendFor(
          { operation: 'change the user', effect: 'write', method: 'PUT', path, body },
          subscriberBody,
        ),
      );
    },

    async removeUser(platformId) {
      const path = restPath`/wholesale/subscribers/${platformId}`;
      await rest.send({ operation: 'remove the user', effect: 'write', method: 'DELETE', path });
    },

    async precheckUser(request) {
      await precheck(rest, 'provision this user', restPath`/wholesale/subscribers/validate`, creationBody(request));
    },

    async resendUserConsent(platformId) {
      // Unlike its siblings this one stands outside /wholesale.
      const path = restPath`/subscribers/${platformId}/emails/consentMove`;
      await rest.send({ operation: 'send the consent mail again', effect: 'write', method: 'POST', path });
    },
  };
}

/** The one way that the platform has of asking for changes only. */
function changesSince(moment: Date) {
  return { lastStatusChange: String(moment.getTime()), sortBy: 'lastStatusChange', sortOrder: 'ASC' };
}

function creationBody(request: CreateUserRequest) {
  return {
    customerId: request.customerPlatformId,
    email: request.email,
    packages: [toWireUserPackage(request.package)],
    provisioningParameters: {
      firstName: request.firstName,
      lastName: request.lastName,
      ...(request.calling === null ? {} : callingParameters(request.calling)),
    },
  };
}

function callingParameters(calling: NonNullable<UpdateUserRequest['calling']>) {
  return {
    primaryPhoneNumber: calling.phoneNumber ?? undefined,
    extension: calling.extension ?? undefined,
    locationId: calling.locationPlatformId ?? undefined,
  };
}
