// Sub-partners: read only, and the rule that a suspended one may only delete.

import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { partnerOf } from './auth.ts';
import { notFound, refusal } from './errors.ts';
import { subPartnersOf } from './fixtures.ts';
import { parseInput } from './input.ts';
import { answerPage, pageOf, pageQuery } from './paging.ts';

const listQuery = z.object({ ...pageQuery, provisioningState: z.enum(['active', 'suspended']).optional() });
const onBehalf = z.object({ onBehalfOfSubPartnerOrgId: z.string().optional() });

/** @throws where the request acts for a sub-partner that is unknown, or suspended and not deleting. */
export function checkSubPartner(request: FastifyRequest, method: string): void {
  const { onBehalfOfSubPartnerOrgId: orgId } = parseInput(onBehalf, request.query);
  if (orgId === undefined) return;
  const subPartner = subPartnersOf(partnerOf(request)).find((candidate) => candidate.orgId === orgId);
  if (subPartner === undefined) throw notFound('sub-partner');
  if (subPartner.provisioningState === 'suspended' && method !== 'DELETE') {
    throw refusal('subPartnerSuspended', 'The sub-partner is suspended: it may delete, not provision or update.');
  }
}

export function subPartnerRoutes(app: FastifyInstance): void {
  app.get('/wholesale/subPartners', (request, reply) => {
    const asked = parseInput(listQuery, request.query);
    const page = pageOf(asked, { defaultMax: 50, cap: 100 });
    const found = subPartnersOf(partnerOf(request)).filter(
      ({ provisioningState }) => (asked.provisioningState ?? provisioningState) === provisioningState,
    );
    return { items: answerPage(request, reply, found.slice(page.offset, page.offset + page.max + 1), page) };
  });
}
