// The reference model of the create-customer wizard (rules C1 to C7, A1 to A13).

import type { Answer, CustomerWizardCommand } from '../commands.ts';
import { organizations, theirAdmin } from '../organizations.ts';
import { attachOf, attachWarnings } from './attach.ts';
import { closeDraft, isOutOfOrder, keepStep, obstacleTo, openDraft, openIssues } from './drafts.ts';
import type { Judgement } from './drafts.ts';
import {
  createCustomer,
  isExternalIdTaken,
  judgeHeadquartersAddress,
  judgeInvitation,
  judgeOrganization,
  judgeTemplate,
} from './new-customer.ts';
import {
  judgePackageList,
  note,
  readAddress,
  readCompanyName,
  readEmail,
  readLocation,
  readOptionalText,
} from './reading.ts';
import type { Note } from './reading.ts';
import { doneWith, present, refusedWith } from './state.ts';
import type { CustomerDraft, CustomerDraftValues, Model } from './state.ts';

const order = ['ORGANIZATION', 'INFORMATION', 'PACKAGES', 'HEADQUARTERS'];

export function answerCustomerWizardCommand(model: Model, command: CustomerWizardCommand): Answer {
  switch (command.kind) {
    case 'startCustomerDraft':
      return start(model, command.adminEmail);
    case 'chooseOrganization':
      return save(model, command, 'ORGANIZATION', () => ({ organizationId: command.organizationId }));
    case 'saveInformation':
      return save(model, command, 'INFORMATION', (notes, stored) => ({
        companyName: readCompanyName(notes, ['companyName'], command.companyName),
        template: command.template,
        adminEmail:
          (command.adminEmail ? readEmail(notes, ['adminEmail'], command.adminEmail) : null) ?? stored.adminEmail,
        externalId: readExternalId(model, notes, command.externalId, stored.externalId),
      }));
    case 'savePackages':
      return save(model, command, 'PACKAGES', () => ({ packages: command.packages }));
    case 'saveHeadquarters':
      return save(model, command, 'HEADQUARTERS', (notes) => {
        const headquarters = readLocation(notes, ['location'], command.location);
        const billing = command.billingAddress ? readAddress(notes, ['billingAddress'], command.billingAddress) : null;
        return {
          headquarters,
          billing: command.billingAddress ? billing : (headquarters?.address ?? null),
          isConfirmed: command.supportedLocationConfirmed,
        };
      });
    case 'submitCustomerDraft':
      return submit(model, command);
    case 'discardCustomerDraft': {
      const draft = model.customerDrafts[command.draft];
      const obstacle = obstacleTo(model, draft, null);
      if (!draft || obstacle) return refusedWith([present(obstacle)]);
      closeDraft(draft, 'DISCARDED');
      return doneWith({ draft: `CustomerDraft#${command.draft}` });
    }
  }
}

/** Left out: the one there is, or a new one. One that cannot be read is nobody's. */
function readExternalId(model: Model, notes: Note[], typed: string | null, stored: string | null): string | null {
  if ((typed ?? '').trim() === '') return stored ?? `generated-${model.generatedIds++}`;
  return readOptionalText(notes, ['externalId'], typed, 255);
}

function start(model: Model, typed: string): Answer {
  const notes: Note[] = [];
  const adminEmail = readEmail(notes, ['adminEmail'], typed);
  if (adminEmail === null) return refusedWith(notes);
  const candidates = adminEmail === theirAdmin ? organizations.map(({ organizationId }) => organizationId) : [];
  const values: CustomerDraftValues = {
    adminEmail,
    organizationId: null,
    companyName: null,
    externalId: null,
    template: null,
    packages: [],
    headquarters: null,
    billing: null,
    isConfirmed: false,
  };
  const saved = candidates.length === 0 ? ['ORGANIZATION'] : [];
  model.customerDrafts.push({
    ...openDraft(model, saved, judge(model, values, candidates)),
    candidates,
    values,
    customer: null,
    operation: null,
  });
  return doneWith({ draft: `CustomerDraft#${model.customerDrafts.length - 1}` });
}

function save(
  model: Model,
  { draft: ref, staleBy }: { readonly draft: number; readonly staleBy: number | null },
  step: string,
  read: (notes: Note[], stored: CustomerDraftValues) => Partial<CustomerDraftValues>,
): Answer {
  const draft = model.customerDrafts[ref];
  const obstacle = obstacleTo(model, draft, staleBy);
  if (!draft || obstacle) return refusedWith([present(obstacle)]);
  if (isOutOfOrder(draft, order, step)) return refusedWith([note('STEP_OUT_OF_ORDER')]);
  const notes: Note[] = [];
  const values = { ...draft.values, ...read(notes, draft.values) };
  notes.push(...present(judge(model, values, draft.candidates).find(([name]) => name === step))[1]);
  if (notes.length > 0) return refusedWith(notes);
  draft.values = values;
  keepStep(model, draft, step, () => judge(model, values, draft.candidates), warningsOf(model, values));
  return doneWith({ draft: `CustomerDraft#${ref}` });
}

function warningsOf(model: Model, { organizationId, companyName, template }: CustomerDraftValues): string[] {
  const isRestricted = model.templates[template ?? -1]?.restrictAdminInviteEmails === true;
  return attachWarnings(attachOf(organizationId), companyName, isRestricted);
}

function judge(model: Model, values: CustomerDraftValues, candidates: readonly string[]): Judgement {
  const { organizationId, template } = values;
  const isUnknown = organizationId !== null && !candidates.includes(organizationId);
  return [
    [
      'ORGANIZATION',
      isUnknown ? [note('ORGANIZATION_NOT_FOUND', 'organizationId')] : judgeOrganization(model, organizationId),
    ],
    [
      'INFORMATION',
      [
        ...judgeTemplate(model, template, 'templateId'),
        ...judgeInvitation(model, template, organizationId, 'templateId'),
        ...(isExternalIdTaken(model, values.externalId) ? [note('EXTERNAL_ID_TAKEN', 'externalId')] : []),
      ],
    ],
    ['PACKAGES', judgePackageList(values.packages)],
    ['HEADQUARTERS', judgeHeadquarters(values)],
  ];
}

/** C2 */
function judgeHeadquarters({ headquarters, packages, isConfirmed }: CustomerDraftValues): Note[] {
  const notes = isConfirmed ? [] : [note('SUPPORTED_LOCATION_NOT_CONFIRMED', 'supportedLocationConfirmed')];
  return headquarters === null
    ? notes
    : [...notes, ...judgeHeadquartersAddress(headquarters, packages, ['location', 'address'])];
}

function submit(
  model: Model,
  { draft: ref, staleBy }: { readonly draft: number; readonly staleBy: number | null },
): Answer {
  const draft = model.customerDrafts[ref];
  const obstacle = obstacleTo(model, draft, staleBy);
  if (!draft || obstacle) return refusedWith([present(obstacle)]);
  const issues = judgeWhole(model, draft);
  if (issues.length > 0) return refusedWith(issues);
  const { values } = draft;
  const { customer, operation } = createCustomer(model, {
    ...values,
    externalId: present(values.externalId),
    template: present(values.template),
    billing: present(values.billing),
  });
  draft.warnings = warningsOf(model, values);
  draft.customer = customer;
  draft.operation = operation;
  closeDraft(draft, 'SUBMITTED');
  return doneWith({
    draft: `CustomerDraft#${ref}`,
    customer: `Customer#${customer}`,
    operation: `Operation#${operation}`,
  });
}

function judgeWhole(model: Model, draft: CustomerDraft): Note[] {
  const issues = openIssues(draft, judge(model, draft.values, draft.candidates));
  // The one thing that a new choice mends keeps its own code.
  const notes = issues.map((issue) =>
    issue === note('DRAFT_INCOMPLETE', 'externalId') ? note('EXTERNAL_ID_TAKEN', 'externalId') : issue,
  );
  const template = model.templates[draft.values.template ?? -1];
  // T1, T7
  return template?.status === 'AWAITING_PROVISIONING_ID' ? [...notes, note('DRAFT_INCOMPLETE', 'draftId')] : notes;
}
