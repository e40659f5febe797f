// Between the gateway's words and the platform's REST words: packages, statuses, addresses, roles. Pure.

import type {
  LocationRequest,
  OrganizationRole,
  PackageCode,
  PlatformAddress,
  PlatformCustomer,
  PlatformCustomerPackage,
  PlatformCustomerStatus,
  PlatformLocation,
  PlatformNumber,
  PlatformPerson,
  PlatformUser,
} from '../port.ts';
import { refusal } from './failures.ts';
import { toIssue } from './issues.ts';
import type {
  CustomerBody,
  ListedPersonBody,
  LocationBody,
  NumberBody,
  SubscriberBody,
  WholesaleAddressBody,
} from './wire.ts';

interface PackageWords {
  readonly code: PackageCode;
  readonly wire: string;
  /** Webex takes a limit for it on the customer. */
  readonly hasLimit: boolean;
  /** Webex assigns it to people. */
  readonly forUsers: boolean;
}

const packageWords: Readonly<Record<PackageCode, PackageWords>> = {
  COMMON_AREA_CALLING: words('COMMON_AREA_CALLING', 'common_area_calling', 'limit'),
  WEBEX_CALLING: words('WEBEX_CALLING', 'webex_calling', 'limit', 'users'),
  WEBEX_CALLING_STANDARD: words('WEBEX_CALLING_STANDARD', 'webex_calling_standard', 'limit', 'users'),
  WEBEX_VOICE: words('WEBEX_VOICE', 'webex_voice', 'limit', 'users'),
  WEBEX_SUITE: words('WEBEX_SUITE', 'webex_suite', 'limit', 'users'),
  WEBEX_MEETINGS: words('WEBEX_MEETINGS', 'webex_meetings', 'limit', 'users'),
  CX_ESSENTIALS: words('CX_ESSENTIALS', 'cx_essentials', 'limit', 'users'),
  ATTENDANT_CONSOLE: words('ATTENDANT_CONSOLE', 'attendant_console', 'limit', 'users'),
  CISCO_CALLING_PLAN: words('CISCO_CALLING_PLAN', 'cisco_calling_plan'),
  CX_PREMIUM_AGENT: words('CX_PREMIUM_AGENT', 'cx_premium_agent', 'users'),
  CX_STANDARD_AGENT: words('CX_STANDARD_AGENT', 'cx_standard_agent', 'users'),
  CX_VOICE_PORTS: words('CX_VOICE_PORTS', 'cx_voice_ports'),
  CX_AI_ASSISTANT: words('CX_AI_ASSISTANT', 'cx_ai_assistant'),
  WEBEX_AI_AGENT: words('WEBEX_AI_AGENT', 'webex_ai_agent'),
};
const packageByWire: ReadonlyMap<string, PackageCode> = new Map(
  Object.values(packageWords).map(({ wire, code }) => [wire, code]),
);

const customerStatuses: ReadonlyMap<string, PlatformCustomerStatus> = new Map<string, PlatformCustomerStatus>([
  ['provisioning', 'PROVISIONING'],
  ['pending_rpl_review', 'PENDING_COMPLIANCE_REVIEW'],
  ['provisioned', 'PROVISIONED'],
  ['provisioned_with_errors', 'PROVISIONED_WITH_ERRORS'],
  ['updating', 'UPDATING'],
  ['deleting', 'DELETING'],
  ['error', 'ERROR'],
]);

/** Of customers on which somebody works. */
export const unsettledStatuses: readonly string[] = ['provisioning', 'pending_rpl_review', 'updating', 'deleting'];

type PackageStatus = PlatformCustomerPackage['status'];
const packageStatuses: ReadonlyMap<string, PackageStatus> = new Map<string, PackageStatus>([
  ['provisioning', 'PROVISIONING'],
  ['provisioned', 'PROVISIONED'],
  ['deleting', 'DELETING'],
  ['error', 'ERROR'],
]);
/** What a package is taken for while the platform lists it without details. */
const packageStatusByCustomer: Readonly<Record<PlatformCustomerStatus, PackageStatus>> = {
  PROVISIONING: 'PROVISIONING',
  PENDING_COMPLIANCE_REVIEW: 'PROVISIONING',
  PROVISIONED: 'PROVISIONED',
  PROVISIONED_WITH_ERRORS: 'UNRECOGNIZED',
  UPDATING: 'UNRECOGNIZED',
  DELETING: 'DELETING',
  ERROR: 'ERROR',
  UNRECOGNIZED: 'UNRECOGNIZED',
};

const userStatuses: ReadonlyMap<string, PlatformUser['status']> = new Map<string, PlatformUser['status']>([
  ['provisioned', 'PROVISIONED'],
  ['pending_user_migration', 'AWAITING_USER_CONSENT'],
]);

interface RoleWords {
  readonly role: OrganizationRole;
  /** As the platform spells it, compared by roleKey(); the first is the one quoted to people. */
  readonly names: readonly [string, ...string[]];
}

const roleWords: Readonly<Record<OrganizationRole, RoleWords>> = {
  FULL_ADMIN: { role: 'FULL_ADMIN', names: ['Full Administrator'] },
  READ_ONLY_ADMIN: { role: 'READ_ONLY_ADMIN', names: ['Read-only Administrator'] },
  SUPPORT_ADMIN: { role: 'SUPPORT_ADMIN', names: ['Support Administrator'] },
  USER_AND_DEVICE_ADMIN: { role: 'USER_AND_DEVICE_ADMIN', names: ['User and Device Administrator'] },
  DEVICE_ADMIN: { role: 'DEVICE_ADMIN', names: ['Device Administrator'] },
  COMPLIANCE_OFFICER: { role: 'COMPLIANCE_OFFICER', names: ['Compliance Officer'] },
  LOCATION_ADMIN: { role: 'LOCATION_ADMIN', names: ['Location Administrator'] },
  ADVANCED_TROUBLESHOOTING: {
    role: 'ADVANCED_TROUBLESHOOTING',
    names: ['Advanced Troubleshooting Access', 'Advanced Troubleshooting'],
  },
};

export function toWirePackage(code: PackageCode): string {
  return packageWords[code].wire;
}

/** @throws a rejected PlatformFailure for a package that belongs to customers or places, never to a person. */
export function toWireUserPackage(code: PackageCode): string {
  const { wire, forUsers } = packageWords[code];
  if (!forUsers)
    throw refusal(`Expected a package for people, found ${code}: Webex assigns it to customers or places only.`);
  return wire;
}

/** The limits that the platform takes; undefined where none is left. */
export function toWireLimits(
  packages: readonly { readonly package: PackageCode; readonly limit: number | null }[],
): Readonly<Record<string, number>> | undefined {
  const limits = packages.flatMap(({ package: code, limit }) => {
    const { wire, hasLimit } = packageWords[code];
    return hasLimit && limit !== null ? [[wire, limit] as const] : [];
  });
  return limits.length === 0 ? undefined : Object.fromEntries(limits);
}

/** The address form of the wholesale calls. */
export function toWholesaleAddress(address: PlatformAddress) {
  return {
    addressLine1: address.addressLine1,
    addressLine2: address.addressLine2 ?? undefined,
    city: address.city,
    stateOrProvince: address.stateOrProvince ?? undefined,
    zipOrPostalCode: address.zipOrPostalCode ?? undefined,
    country: address.countryCode,
  };
}

/** The address form of the locations calls, which insists on state and postal code whatever the country. */
export function toLocationAddress({ name, address }: Pick<LocationRequest, 'name' | 'address'>) {
  return {
    address1: address.addressLine1,
    address2: address.addressLine2 ?? undefined,
    city: address.city,
    state: required(address.stateOrProvince, 'stateOrProvince', name),
    postalCode: required(address.zipOrPostalCode, 'zipOrPostalCode', name),
    country: address.countryCode,
  };
}

export function toCustomer(body: CustomerBody): PlatformCustomer {
  const status = customerStatuses.get(body.status) ?? 'UNRECOGNIZED';
  const details = new Map((body.resourceDetails?.packages ?? []).map((detail) => [detail.name, detail]));
  const names = new Set([...(body.packages ?? []), ...details.keys()]);
  const packages = [...names].flatMap((name): PlatformCustomerPackage[] => {
    const code = packageByWire.get(name);
    if (code === undefined) return [];
    const detail = details.get(name);
    if (detail === undefined)
      return [{ package: code, status: packageStatusByCustomer[status], errors: [], warnings: [] }];
    return [
      {
        package: code,
        status: packageStatuses.get(detail.status) ?? 'UNRECOGNIZED',
        errors: detail.errors.map(toIssue),
        warnings: detail.warnings.map(toIssue),
      },
    ];
  });
  return {
    platformId: body.id,
    externalId: body.externalId,
    organizationId: body.orgId ?? null,
    billingAddress: body.address ? toAddress(body.address) : null,
    status,
    packages,
    errors: body.errors.map(toIssue),
  };
}

function toAddress(body: WholesaleAddressBody): PlatformAddress {
  return {
    addressLine1: body.addressLine1,
    addressLine2: body.addressLine2 ?? null,
    city: body.city,
    stateOrProvince: body.stateOrProvince ?? null,
    zipOrPostalCode: body.zipOrPostalCode ?? null,
    countryCode: body.country,
  };
}

export function toLocation({ id, name, ...body }: LocationBody): PlatformLocation {
  const { address, timeZone, preferredLanguage } = body;
  if (!address || !timeZone || !preferredLanguage) return { platformId: id, name, details: null };
  return {
    platformId: id,
    name,
    details: {
      address: {
        addressLine1: address.address1,
        addressLine2: address.address2 ?? null,
        city: address.city,
        stateOrProvince: address.state ?? null,
        zipOrPostalCode: address.postalCode ?? null,
        countryCode: address.country,
      },
      timeZone,
      language: preferredLanguage,
      announcementLanguage: body.announcementLanguage ?? null,
    },
  };
}

/** @param roleIds The platform's roles that have a word here. */
export function toPerson(body: ListedPersonBody, roleIds: ReadonlyMap<OrganizationRole, string>): PlatformPerson {
  const held = body.roles ?? [];
  return {
    personId: body.id,
    email: body.emails?.[0] ?? null,
    firstName: body.firstName ?? null,
    lastName: body.lastName ?? null,
    extension: body.extension ?? null,
    locationPlatformId: body.locationId ?? null,
    roles: [...roleIds].filter(([, id]) => held.includes(id)).map(([role]) => role),
  };
}

export function toUser(body: SubscriberBody): PlatformUser {
  return {
    platformId: body.id,
    personId: body.personId ?? null,
    customerPlatformId: body.customerId,
    email: body.email,
    package: packageByWire.get(body.packages?.[0] ?? body.package ?? '') ?? null,
    status: userStatuses.get(body.status) ?? 'UNRECOGNIZED',
    errors: body.errors.map(toIssue),
    lastStatusChangeAt: body.changedAt,
  };
}

/** Null for an entry that is a bare extension or stands at no location. */
export function toNumber(body: NumberBody): PlatformNumber | null {
  if (body.phoneNumber == null || body.location == null) return null;
  return {
    number: body.phoneNumber,
    locationPlatformId: body.location.id,
    ownerPersonId: body.owner?.id ?? null,
    isMain: body.mainNumber ?? false,
  };
}

export function roleName(role: OrganizationRole): string {
  return roleWords[role].names[0];
}

/** The ids of the roles that have a word here; the platform may list more. */
export function toRoleIds(
  roles: readonly { readonly id: string; readonly name: string }[],
): ReadonlyMap<OrganizationRole, string> {
  const idByKey = new Map(roles.map(({ id, name }) => [roleKey(name), id]));
  return new Map(
    Object.values(roleWords).flatMap(({ role, names }) => {
      const id = names.map((name) => idByKey.get(roleKey(name))).find((found) => found !== undefined);
      return id === undefined ? [] : [[role, id] as const];
    }),
  );
}

// "Read-only administrator" and "Read Only Admin" are the same role to a reader.
function roleKey(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z]/g, '')
    .replace(/administrator/g, 'admin');
}

function required(value: string | null, field: string, location: string): string {
  if (value !== null && value.trim() !== '') return value;
  throw refusal(
    `Expected address.${field} for the location "${location}", found none: Webex requires it for a further location.`,
  );
}

function words(code: PackageCode, wire: string, ...traits: readonly ('limit' | 'users')[]): PackageWords {
  return { code, wire, hasLimit: traits.includes('limit'), forUsers: traits.includes('users') };
}
