// The bodies that the platform answers with. Unknown fields are dropped, unknown values of closed sets pass as text and are
// named by mapping.ts; only what a caller cannot do without is required.

import { z } from 'zod';

const text = z.string().nullish();
/** Error codes are numbers today and were strings before. */
const code = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => (value == null ? null : String(value)));

const errorEntry = z
  .object({ errorCode: code, description: text, fieldName: text })
  .transform(({ errorCode, description, fieldName }) => ({
    errorCode,
    description: description ?? null,
    fieldName: fieldName ?? null,
  }));
const errorEntries = z
  .array(errorEntry)
  .nullish()
  .transform((entries) => entries ?? []);

/** Of an answer with status 400 or above. What is malformed in it is left out: the status alone says enough. */
export const errorBody = z.object({
  message: text.catch(null),
  errors: errorEntries.catch([]),
  trackingId: text.catch(null),
});

const packageDetail = z.object({ name: z.string(), status: z.string(), errors: errorEntries, warnings: errorEntries });

/** What is malformed in it is left out: nothing that is done for a customer depends on it. */
const wholesaleAddress = z
  .object({
    addressLine1: z.string(),
    addressLine2: text,
    city: z.string(),
    stateOrProvince: text,
    zipOrPostalCode: text,
    country: z.string().length(2),
  })
  .nullish()
  .catch(null);
export type WholesaleAddressBody = NonNullable<z.infer<typeof wholesaleAddress>>;

export const customerBody = z.object({
  id: z.string().min(1),
  orgId: text,
  externalId: z.string(),
  address: wholesaleAddress,
  status: z.string(),
  packages: z.array(z.string()).nullish(),
  resourceDetails: z.object({ packages: z.array(packageDetail).nullish() }).nullish(),
  errors: errorEntries,
});
export type CustomerBody = z.infer<typeof customerBody>;

/** 202 repeats here the URL of the Location header, which has been seen missing. */
export const acceptedBody = z.object({ url: text });

/** `info` is an object by the schema and an array by the sample; a failed precheck may carry errors instead. */
const precheckInfo = z.object({ infoCode: code, description: text });
export const precheckBody = z.object({
  message: text,
  info: z.union([z.array(precheckInfo), precheckInfo]).nullish(),
  errors: errorEntries,
});

export const subscriberBody = z
  .object({
    id: z.string().min(1),
    personId: text,
    email: z.string(),
    customerId: z.string(),
    package: text,
    packages: z.array(z.string()).nullish(),
    status: z.string(),
    errors: errorEntries,
    created: text,
    lastStatusChange: text,
  })
  .transform((body, context) => {
    const changedAt = new Date(body.lastStatusChange ?? body.created ?? Number.NaN);
    if (!Number.isNaN(changedAt.getTime())) return { ...body, changedAt };
    context.addIssue({ code: 'custom', message: 'expected an ISO 8601 date', path: ['lastStatusChange'] });
    return z.NEVER;
  });
export type SubscriberBody = z.infer<typeof subscriberBody>;

const locationAddress = z
  .object({
    address1: z.string(),
    address2: text,
    city: z.string(),
    state: text,
    postalCode: text,
    country: z.string().length(2),
  })
  .nullish()
  .catch(null);

export const locationBody = z.object({
  id: z.string().min(1),
  name: z.string(),
  timeZone: text.catch(null),
  preferredLanguage: text.catch(null),
  announcementLanguage: text.catch(null),
  address: locationAddress,
});
export type LocationBody = z.infer<typeof locationBody>;
export const createdBody = z.object({ id: z.string().min(1) });

export const numberBody = z.object({
  phoneNumber: text,
  mainNumber: z.boolean().nullish(),
  location: z.object({ id: z.string() }).nullish(),
  owner: z.object({ id: text }).nullish(),
});
export type NumberBody = z.infer<typeof numberBody>;

export const validatedNumbersBody = z.object({
  numbers: z.array(z.object({ number: z.string(), state: z.string(), detail: z.array(z.string()).nullish() })),
});

export const organizationBody = z.object({ id: z.string().min(1), displayName: text });

export const roleBody = z.object({ id: z.string().min(1), name: z.string() });

/** The part of a person that is taken over from a list. */
export const listedPersonBody = z.object({
  id: z.string().min(1),
  emails: z.array(z.string()).nullish(),
  firstName: text,
  lastName: text,
  extension: text,
  locationId: text,
  roles: z.array(z.string()).nullish(),
});
export type ListedPersonBody = z.infer<typeof listedPersonBody>;

/** The part of a person that may be written: a PUT without one of these would erase it. */
export const personBody = z.object({
  displayName: z.string(),
  emails: z.array(z.string()).optional(),
  phoneNumbers: z.array(z.object({ type: z.string(), value: z.string() })).optional(),
  extension: z.string().optional(),
  locationId: z.string().optional(),
  firstName: z.string().optional(),
  lastName: z.string().optional(),
  avatar: z.string().optional(),
  orgId: z.string().optional(),
  roles: z.array(z.string()).optional(),
  licenses: z.array(z.string()).optional(),
  department: z.string().optional(),
  manager: z.string().optional(),
  managerId: z.string().optional(),
  title: z.string().optional(),
  addresses: z.array(z.record(z.string(), z.unknown())).optional(),
  siteUrls: z.array(z.string()).optional(),
  /** Answered as text by some, written as a boolean by all. */
  loginEnabled: z.union([z.boolean(), z.stringbool()]).optional(),
});
export type PersonBody = z.infer<typeof personBody>;
