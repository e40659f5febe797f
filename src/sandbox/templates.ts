// Onboarding templates. Webex makes them in Partner Hub only; here they are registered and get their provisioning ID.

import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { partnerOf } from './auth.ts';
import { callOf } from './call.ts';
import { fixedProvisioningId } from './ids.ts';
import { parseInput, text } from './input.ts';
import type { Sandbox } from './sandbox.ts';

const registration = z.object({
  templateId: text,
  name: text,
  country: z.string().length(2),
  subscriptionNumber: text,
  authenticationMethod: z.enum(['WEBEX', 'PARTNER_SAML', 'PARTNER_OIDC']).default('WEBEX'),
  identityProvider: z.string().nullable().default(null),
  pstnProviderId: z.string().nullable().default(null),
  restrictAdminInviteEmails: z.boolean().default(false),
  brandName: z.string().nullable().default(null),
  disableCallOnWebex: z.boolean().default(false),
});

export function templateRoutes(app: FastifyInstance, { pool }: Sandbox): void {
  app.post('/templates', async (request) => {
    const partner = partnerOf(request);
    const { templateId, ...setting } = parseInput(registration, request.body);
    const provisioningId = fixedProvisioningId(`${partner}:${templateId}`);
    await pool.query(
      `insert into sandbox.templates (partner, template_id, provisioning_id, setting) values ($1, $2, $3, $4)
       on conflict (partner, template_id) do update set setting = excluded.setting`,
      [partner, templateId, provisioningId, JSON.stringify(setting)],
    );
    callOf(request).effect = 'template-registered';
    return { provisioningId };
  });
}
