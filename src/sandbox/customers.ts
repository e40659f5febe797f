// The wholesale customer calls that read, precheck and remove. Creation and update: customer-writes.ts.

import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { partnerOf } from './auth.ts';
import { checkNewCustomer } from './customer-checks.ts';
import { checkPackages, customerPrecheck } from './customer-input.ts';
import { findCustomer, showCustomer } from './customer-record.ts';
import type { CustomerRow } from './customer-record.ts';
import { createCustomer, removeCustomer, updateCustomer } from './customer-writes.ts';
import { notFound } from './errors.ts';
import { flag, parseInput, textList } from './input.ts';
import { answerPage, pageOf, pageQuery } from './paging.ts';
import type { Sandbox } from './sandbox.ts';
import { findRows, inTransaction } from './state.ts';
import { checkSubPartner } from './sub-partners.ts';

const listQuery = z.object({
  ...pageQuery,
  externalId: z.string().optional(),
  orgId: z.string().optional(),
  status: textList.optional(),
});
const licenseQuery = z.object({ includePackageLicenseInfo: flag.default(false) });

type WithCustomer = { Params: { customerId: string } };

/** The answer of a precheck that found nothing wrong. */
export const precheckPassed = {
  message: 'success',
  info: [{ infoCode: 100, description: 'Provisioning Precheck validation successful.' }],
};

export function customerRoutes(app: FastifyInstance, sandbox: Sandbox): void {
  const { pool, clock } = sandbox;

  app.get('/wholesale/customers', async (request, reply) => {
    const asked = parseInput(listQuery, request.query);
    const page = pageOf(asked, { defaultMax: 50, cap: 100 });
    const rows = await findRows<CustomerRow>(
      pool,
      `select * from sandbox.customers where partner = $1 and ($2::text is null or external_id = $2)
         and ($3::text is null or (org_id = $3 and coalesce(attempt->>'kind', '') <> 'create'))
         and ($4::text[] is null or status = any($4))
       order by seq limit $5 offset $6`,
      [
        partnerOf(request),
        asked.externalId ?? null,
        asked.orgId ?? null,
        asked.status ?? null,
        page.max + 1,
        page.offset,
      ],
    );
    const at = clock.provisioningNow();
    return { items: answerPage(request, reply, rows, page).map((row) => showCustomer(row, at, false)) };
  });

  app.get<WithCustomer>('/wholesale/customers/:customerId', async (request) => {
    const { includePackageLicenseInfo } = parseInput(licenseQuery, request.query);
    const row = await findCustomer(pool, partnerOf(request), request.params.customerId);
    if (row === null) throw notFound('customer');
    return showCustomer(row, clock.provisioningNow(), includePackageLicenseInfo);
  });

  app.post('/wholesale/customers/validate', async (request) => {
    checkSubPartner(request, 'POST');
    const asked = parseInput(customerPrecheck, request.body);
    const hasCallingLocation = asked.provisioningParameters?.calling !== undefined;
    if (asked.packages !== undefined) checkPackages({ packages: asked.packages, hasCallingLocation });
    await inTransaction(pool, (db) => checkNewCustomer(db, partnerOf(request), asked));
    return precheckPassed;
  });

  app.post('/wholesale/customers', (request, reply) => createCustomer(sandbox, request, reply));

  app.put<WithCustomer>('/wholesale/customers/:customerId', (request, reply) =>
    updateCustomer(sandbox, request, reply, request.params.customerId),
  );

  app.delete<WithCustomer>('/wholesale/customers/:customerId', (request, reply) =>
    removeCustomer(sandbox, request, reply, request.params.customerId),
  );
}
