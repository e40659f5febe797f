// The API's closed words in plain ones. A value that is newer than this page is shown as the API spells it, made readable.

import type {
  CustomerStatus,
  NextAction,
  OperationKind,
  OperationStatus,
  OperationStepKind,
  OperationStepStatus,
  PackageStatus,
} from './generated/graphql.ts';

const operationKinds: Record<OperationKind, string> = {
  CREATE_CUSTOMER: 'Create customer',
  ATTACH_CUSTOMER: 'Attach customer',
  UPDATE_CUSTOMER: 'Change customer',
  DETACH_CUSTOMER: 'Detach customer',
  SET_UP_CUSTOMER: 'Set up customer',
  CREATE_USER: 'Add a user',
  UPDATE_USER: 'Change a user',
  REMOVE_USER: 'Remove a user',
  CREATE_LOCATION: 'Add a location',
  ADD_PHONE_NUMBERS: 'Add phone numbers',
  ASSIGN_ROLES: 'Assign roles',
  IMPORT_CUSTOMERS: 'Import customers',
};

const stepKinds: Record<OperationStepKind, string> = {
  OBTAIN_CONSENT: 'Administrator’s consent',
  CREATE_ORGANIZATION: 'Organisation',
  ATTACH_SUBSCRIPTION: 'Subscription',
  PROVISION_PACKAGES: 'Packages',
  CREATE_LOCATIONS: 'Locations',
  ADD_PHONE_NUMBERS: 'Phone numbers',
  CREATE_USERS: 'Users',
  ASSIGN_PHONE_NUMBERS: 'Numbers for users',
  ASSIGN_ROLES: 'Roles',
  UPDATE_PACKAGES: 'Package changes',
  UPDATE_USERS: 'User changes',
  REMOVE_USERS: 'Removing users',
  DETACH_SUBSCRIPTION: 'Detaching',
  LIST_CUSTOMERS: 'List of customers',
  IMPORT_CUSTOMERS: 'Customers',
};

const nextActions: Record<NextAction, string> = {
  WAIT: 'Goes on by itself',
  OBTAIN_ADMIN_CONSENT: 'The organisation’s administrator has to answer the consent mail',
  OBTAIN_USER_CONSENT: 'A user has to answer the mail before the account can be moved',
  AWAIT_COMPLIANCE_REVIEW: 'Cisco is screening the customer; nobody can hurry that',
  CORRECT_AND_RETRY: 'You: correct what is wrong, then try again',
  RETRY_LATER: 'The platform was busy or away; it is tried again',
  NONE: 'Nothing left to do',
};

/** What a colour may say; it never says it alone. */
export type Tone = 'calm' | 'busy' | 'waiting' | 'good' | 'mixed' | 'bad' | 'off';

type Status = OperationStatus | OperationStepStatus | CustomerStatus | PackageStatus;

const statuses: Record<Status, readonly [words: string, tone: Tone]> = {
  ACCEPTED: ['Accepted', 'calm'],
  PENDING: ['Pending', 'off'],
  RUNNING: ['Running', 'busy'],
  WAITING: ['Waiting', 'waiting'],
  SUCCEEDED: ['Succeeded', 'good'],
  PARTIALLY_SUCCEEDED: ['Partly done', 'mixed'],
  FAILED: ['Failed', 'bad'],
  CANCELLED: ['Cancelled', 'off'],
  SKIPPED: ['Skipped', 'off'],
  AWAITING_CONSENT: ['Awaiting consent', 'waiting'],
  PROVISIONING: ['Provisioning', 'busy'],
  PENDING_COMPLIANCE_REVIEW: ['Compliance review', 'waiting'],
  PROVISIONED: ['Provisioned', 'good'],
  PROVISIONED_WITH_ERRORS: ['Provisioned with errors', 'mixed'],
  UPDATING: ['Updating', 'busy'],
  DELETING: ['Deleting', 'busy'],
  DELETED: ['Deleted', 'off'],
  ERROR: ['Error', 'bad'],
};

/** Of any status in an event, also of users, locations and consents. */
export function wordsForStatus(status: string): string {
  const known: Readonly<Record<string, readonly [string, Tone]>> = statuses;
  return known[status]?.[0] ?? readable(status);
}

export function toneOf(status: string): Tone {
  const known: Readonly<Record<string, readonly [string, Tone]>> = statuses;
  return known[status]?.[1] ?? 'calm';
}

export const wordsForOperation = (kind: string): string => lookUp(operationKinds, kind);
export const wordsForStep = (kind: string): string => lookUp(stepKinds, kind);
export const wordsForNextAction = (action: string): string => lookUp(nextActions, action);

function lookUp(table: Readonly<Record<string, string>>, value: string): string {
  return table[value] ?? readable(value);
}

function readable(value: string): string {
  const words = value.toLowerCase().replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** "just now", "4 min ago", "3 h ago", "2 days ago". */
export function wordsForAge(at: string, now: Date): string {
  const minutes = Math.floor((now.getTime() - new Date(at).getTime()) / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours} h ago`;
  return `${Math.floor(hours / 24)} days ago`;
}
