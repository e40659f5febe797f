// A user who is to be, and what only the database knows about the customer who is to have it. Pure.

import type { PackageCode } from '../../database/generated/enums.ts';

export interface NewUser {
  readonly firstName: string;
  readonly lastName: string;
  /** Lower case. */
  readonly email: string;
  readonly package: PackageCode;
  /** Null: at none, which only users without calling may be. */
  readonly locationName: string | null;
  /** E.164 */
  readonly phoneNumber: string | null;
  readonly extension: string | null;
}

export interface UserFacts {
  /** Lower case. */
  readonly adminEmail: string;
  /** The customer's packages, each with the most users that may have it; null: as many as one likes. */
  readonly packages: ReadonlyMap<PackageCode, number | null>;
  /** How many of the customer's users have a package already. */
  readonly assignedUsers: ReadonlyMap<PackageCode, number>;
  /** Ids of the locations that the customer has already, by locationKey. */
  readonly locationIds: ReadonlyMap<string, string>;
  /** The rest is known only as far as the users that are judged mention it. */
  readonly takenEmails: ReadonlySet<string>;
  readonly takenExtensions: ReadonlySet<string>;
  /** Numbers that any of the partner's customers has already. */
  readonly numbers: ReadonlyMap<string, KnownNumber>;
}

export interface KnownNumber {
  readonly id: string;
  /** The locationKey of this customer's location where nobody has it; null: somebody has it, or another customer. */
  readonly freeAt: string | null;
  /** False: the platform does not have it yet. */
  readonly isProvisioned: boolean;
}
