// What went wrong in asynchronous work, shown on the thing it concerns.

import type { ProvisioningError as StoredError } from '../../src/domain/operation/provisioning-error.ts';
import { builder } from '../builder.ts';

export const ProvisioningError = builder.objectRef<StoredError>('ProvisioningError').implement({
  description:
    'What went wrong while something was being provisioned. It is kept on the thing it concerns until the next attempt replaces it.',
  fields: (t) => ({
    code: t.exposeString('code', {
      description:
        'For programs. A UserErrorCode where the reason is known, such as EMAIL_TAKEN, PLATFORM_CREDENTIALS_REFUSED or PLATFORM_ADDRESS_WRONG where an operator of the gateway has to mend its access to the platform, PLATFORM_AWAY where the platform has not answered for a while and the work goes on by itself when it does, otherwise PLATFORM_REJECTED or PLATFORM_UNAVAILABLE; new codes may be added.',
    }),
    platformCode: t.exposeString('platformCode', {
      nullable: true,
      description: "The platform's own error code; null when it gave none.",
    }),
    message: t.exposeString('message', {
      description: 'For people, in English: what happened and what can be done about it.',
    }),
    isRetryable: t.exposeBoolean('isRetryable', {
      description: 'True: trying again without any correction may succeed. False: something has to be corrected first.',
    }),
    trackingId: t.exposeString('trackingId', {
      nullable: true,
      description: "Names the call in the platform's records: quote it to Cisco support. Null when there was none.",
    }),
    at: t.field({ type: 'DateTime', description: 'When it happened.', resolve: ({ at }) => new Date(at) }),
  }),
});
