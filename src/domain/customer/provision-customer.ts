// Creates a customer without the wizard, for a new organisation or one that exists: all in one call, or none of it.

import { z } from 'zod';
import { inTransaction } from '../../database/transaction.ts';
import type { Transaction } from '../../database/transaction.ts';
import { excerpt } from '../checks.ts';
import type { Problems } from '../checks.ts';
import type { DomainContext } from '../context.ts';
import { untoldFacts } from '../directory.ts';
import type { OrganizationFacts } from '../directory.ts';
import { parseWarnings } from '../draft/lifecycle.ts';
import type { Warning } from '../draft/lifecycle.ts';
import { checkIdempotencyKey, recallAnswer, withIdempotency } from '../idempotency.ts';
import type { IdempotentCall } from '../idempotency.ts';
import { done, refused } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import { problem } from '../problem.ts';
import type { Problem } from '../problem.ts';
import type { Viewer } from '../viewer.ts';
import { askDirectory } from './ask-directory.ts';
import type { DirectoryAnswer } from './ask-directory.ts';
import { assessAttach } from './assess-attach.ts';
import type { AttachAssessment } from './assess-attach.ts';
import { attachWarnings } from './attach-notes.ts';
import { createCustomer } from './create-customer.ts';
import { loadCustomerFacts, loadFactsToCreate, loadTemplate } from './facts.ts';
import { precheckCustomer } from './precheck.ts';
import { readProvisionForm } from './provision-form.ts';
import type { ProvisionCustomerInput, ProvisionForm } from './provision-form.ts';
import { externalIdTaken, judgeAttach, judgeInviteEmails, judgeTemplate } from './rules.ts';
import type { CustomerFacts } from './rules.ts';

export interface ProvisionCustomerOutcome {
  /** Null when only validated, like operationId. */
  readonly customerId: string | null;
  readonly operationId: string | null;
  readonly warnings: readonly Warning[];
}

const keptAnswer = z.object({
  customerId: z.string(),
  operationId: z.string(),
  warnings: z.unknown().transform(parseWarnings),
});

export async function provisionCustomer(
  context: DomainContext,
  viewer: Viewer,
  input: ProvisionCustomerInput,
): Promise<Outcome<ProvisionCustomerOutcome>> {
  const problems: Problems = [];
  const key = checkIdempotencyKey(problems, input.idempotencyKey);
  const form = readProvisionForm(problems, input);
  const isCheckOnly = input.validateOnly === true;
  const call: IdempotentCall<ProvisionCustomerOutcome> | null =
    key === null || problems.length > 0 || isCheckOnly
      ? null
      : { mutation: 'provisionCustomer', key, input: form, now: context.now(), answer: keptAnswer };
  // Before the platform is asked: a call that is repeated need not wait for it, least of all while it is away.
  const kept = call && (await recallAnswer(context.database, viewer, call));
  if (kept) return kept;
  const asked = await findOrganization(context, viewer, form.organizationId);
  if ('problem' in asked) problems.push(asked.problem);
  const attempt = { form, problems, organization: 'value' in asked ? asked.value : null, isCheckOnly };
  const outcome = await inTransaction(context.database, (transaction) => {
    const run = () => provision(context, viewer, attempt, transaction);
    return call ? withIdempotency(transaction, viewer, call, run) : run();
  });
  if (!isCheckOnly || outcome.problems.length > 0) return outcome;
  const refusals = await precheckCustomer(context, viewer, form);
  return refusals.length > 0 ? refused(refusals) : outcome;
}

interface Attempt {
  readonly form: ProvisionForm;
  /** What is wrong already. */
  readonly problems: readonly Problem[];
  readonly organization: OrganizationFacts | null;
  readonly isCheckOnly: boolean;
}

async function provision(
  context: DomainContext,
  viewer: Viewer,
  { form, problems: formProblems, organization, isCheckOnly }: Attempt,
  transaction: Transaction,
): Promise<Outcome<ProvisionCustomerOutcome>> {
  const { provisioningId, externalId, billingAddress, organizationId } = form;
  const named = provisioningId === null ? null : await loadTemplate(transaction, viewer.partnerId, { provisioningId });
  const load = isCheckOnly || formProblems.length > 0 ? loadCustomerFacts : loadFactsToCreate;
  const facts = await load(transaction, viewer.partnerId, {
    templateId: named?.id ?? null,
    externalId,
    organizationId,
    subPartnerId: form.subPartnerId,
  });
  const { template } = facts;
  const attach = organization && assessAttach(organization, template);
  const problems = [...formProblems, ...judgeFacts(form, facts, attach)];
  if (problems.length > 0) return refused(problems);
  if (template === null || externalId === null || billingAddress === null) {
    throw new Error('a request that was judged complete lacks a required value');
  }
  const warnings = attach
    ? attachWarnings(attach, form.companyName, {
        organization: ['organizationId'],
        companyName: ['customerInformation', 'companyName'],
      })
    : [];
  if (isCheckOnly) return done({ customerId: null, operationId: null, warnings });
  const created = await createCustomer(context, transaction, viewer, {
    ...form,
    externalId,
    billingAddress,
    template,
    attach,
  });
  return done({ ...created, warnings });
}

function judgeFacts(form: ProvisionForm, facts: CustomerFacts, attach: AttachAssessment | null): Problem[] {
  return [
    ...(form.provisioningId === null ? [] : judgeTemplate(facts.template, ['provisioningId'])),
    ...judgeInviteEmails(attach, ['provisioningId']),
    ...facts.subPartnerProblems,
    ...(facts.isExternalIdTaken ? [externalIdTaken(form.externalId, ['externalId'])] : []),
    ...(attach ? judgeAttach(attach.organization, facts.isOrganizationTaken, ['organizationId']) : []),
  ];
}

/** Null: no existing organisation is meant. */
async function findOrganization(
  context: DomainContext,
  viewer: Viewer,
  organizationId: string | null,
): Promise<DirectoryAnswer<OrganizationFacts | null>> {
  if (organizationId === null) return { value: null };
  const path = ['organizationId'];
  const answer = await askDirectory(path, () => context.directory.getOrganization(viewer.partnerSlug, organizationId));
  if ('problem' in answer || answer.value !== null) return answer;
  // Where the platform does not show every organisation, not seeing one means nothing: the attempt will tell.
  if (!context.directory.facts.assessesAttach) return { value: untoldFacts(organizationId) };
  const message = `There is no organisation "${excerpt(organizationId)}"; its id is in Control Hub, under Account.`;
  return { problem: problem('ORGANIZATION_NOT_FOUND', path, message) };
}
