// Who is asking. Made by src/server from a verified token; every command and query is limited to the viewer's partner.

export const partnerRoles = ['FULL_ADMIN', 'PROVISIONING_ADMIN', 'READ_ONLY_ADMIN'] as const;
export type PartnerRole = (typeof partnerRoles)[number];

export interface Viewer {
  readonly partnerId: string;
  readonly partnerSlug: string;
  /** The token's subject. */
  readonly subject: string;
  readonly email: string | null;
  readonly roles: readonly PartnerRole[];
  readonly scopes: readonly string[];
}

/** What a role may do; the schema names these, never the roles themselves. */
export const permissions = {
  read: ['FULL_ADMIN', 'PROVISIONING_ADMIN', 'READ_ONLY_ADMIN'],
  provision: ['FULL_ADMIN', 'PROVISIONING_ADMIN'],
  manageTemplates: ['FULL_ADMIN'],
} as const satisfies Record<string, readonly PartnerRole[]>;

export type Permission = keyof typeof permissions;

export function isAllowed(viewer: Viewer, permission: Permission): boolean {
  const roles: readonly PartnerRole[] = permissions[permission];
  return viewer.roles.some((role) => roles.includes(role));
}
