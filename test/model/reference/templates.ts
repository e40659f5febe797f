// The reference model of onboarding templates and their wizard (rules T1 to T8).

import type { Answer, TemplateCommand } from '../commands.ts';
import { closeDraft, isOutOfOrder, keepStep, obstacleTo, openDraft, openIssues } from './drafts.ts';
import type { Judgement } from './drafts.ts';
import { pstnProviders } from './facts.ts';
import { note, readCountry, readOptionalText, readText } from './reading.ts';
import type { Note } from './reading.ts';
import { doneWith, present, refusedWith, tell } from './state.ts';
import type { Model, TemplateDraft, TemplateValues } from './state.ts';

const order = ['PRIMARY_SETTINGS', 'AUTHENTICATION', 'CALLING', 'COMMON_SETTINGS'];

const empty: TemplateValues = {
  name: null,
  countryCode: null,
  isAdminKnown: false,
  isSubscriptionKnown: false,
  method: null,
  samlIdpEntityId: null,
  oidcIdpName: null,
  pstnProviderId: null,
  restrictAdminInviteEmails: false,
  brandName: null,
  disableCallOnWebex: false,
};

export function answerTemplateCommand(model: Model, command: TemplateCommand): Answer {
  switch (command.kind) {
    case 'startTemplateDraft':
      return start(model, command);
    case 'savePrimarySettings':
      return save(model, command, 'PRIMARY_SETTINGS', (notes) => ({
        name: readText(notes, ['name'], command.name, 100),
        countryCode: readCountry(notes, ['countryCode'], command.countryCode)?.code ?? null,
        isAdminKnown: command.isAdminKnown,
        isSubscriptionKnown: command.isSubscriptionKnown,
      }));
    case 'saveAuthentication':
      return save(model, command, 'AUTHENTICATION', (notes) => ({
        method: command.method,
        samlIdpEntityId: readOptionalText(notes, ['samlIdpEntityId'], command.samlIdpEntityId, 1024),
        oidcIdpName: readOptionalText(notes, ['oidcIdpName'], command.oidcIdpName, 1024),
      }));
    case 'saveCalling':
      return save(model, command, 'CALLING', () => ({ pstnProviderId: command.pstnProviderId }));
    case 'saveCommonSettings':
      return save(model, command, 'COMMON_SETTINGS', (notes) => ({
        restrictAdminInviteEmails: command.restrictAdminInviteEmails,
        brandName: readOptionalText(notes, ['brandName'], command.brandName, 100),
        disableCallOnWebex: command.disableCallOnWebex,
      }));
    case 'submitTemplateDraft':
      return submit(model, command);
    case 'discardTemplateDraft': {
      const draft = model.templateDrafts[command.draft];
      const obstacle = obstacleTo(model, draft, null);
      if (!draft || obstacle) return refusedWith([present(obstacle)]);
      closeDraft(draft, 'DISCARDED');
      return doneWith({ draft: `TemplateDraft#${command.draft}` });
    }
    case 'archiveTemplate':
      return archive(model, command.template);
    case 'linkProvisioningId':
      return link(model, command.template, command.provisioningId);
  }
}

function start(model: Model, { edit, copy }: { edit: number | null; copy: number | null }): Answer {
  if (edit !== null && copy !== null) return refusedWith([note('INVALID_VALUE', 'copyTemplateId')]);
  const origin = model.templates[edit ?? copy ?? -1];
  if (edit !== null && !origin) return refusedWith([note('NOT_FOUND', 'editTemplateId')]);
  if (copy !== null && !origin) return refusedWith([note('NOT_FOUND', 'copyTemplateId')]);
  if (edit !== null && origin?.status === 'ARCHIVED') {
    return refusedWith([note('TEMPLATE_ARCHIVED', 'editTemplateId')]);
  }
  const values: TemplateValues = origin ? { ...origin, name: edit === null ? null : origin.name } : { ...empty };
  const saved = origin ? order.filter((step) => edit !== null || step !== 'PRIMARY_SETTINGS') : [];
  const draft: TemplateDraft = {
    ...openDraft(model, saved, judge(model, values, edit), warningsOf(values)),
    values,
    edits: edit,
    template: null,
  };
  model.templateDrafts.push(draft);
  return doneWith({ draft: `TemplateDraft#${model.templateDrafts.length - 1}` });
}

function save(
  model: Model,
  { draft: ref, staleBy }: { readonly draft: number; readonly staleBy: number | null },
  step: string,
  read: (notes: Note[]) => Partial<TemplateValues>,
): Answer {
  const draft = model.templateDrafts[ref];
  const obstacle = obstacleTo(model, draft, staleBy) ?? archivedSince(model, draft);
  if (!draft || obstacle) return refusedWith([present(obstacle)]);
  if (isOutOfOrder(draft, order, step)) return refusedWith([note('STEP_OUT_OF_ORDER')]);
  const notes: Note[] = [];
  const values = { ...draft.values, ...read(notes) };
  // An entity ID that cannot be read is not also missing.
  if (step !== 'AUTHENTICATION' || notes.length === 0) {
    notes.push(...present(judge(model, values, draft.edits).find(([name]) => name === step))[1]);
  }
  if (notes.length > 0) return refusedWith(notes);
  draft.values = values;
  keepStep(model, draft, step, () => judge(model, values, draft.edits), warningsOf(values));
  return doneWith({ draft: `TemplateDraft#${ref}` });
}

function archivedSince(model: Model, draft: TemplateDraft | undefined): Note | null {
  if (!draft || draft.edits === null) return null;
  return present(model.templates[draft.edits]).status === 'ARCHIVED' ? note('TEMPLATE_ARCHIVED', 'draftId') : null;
}

function judge(model: Model, values: TemplateValues, edits: number | null): Judgement {
  return [
    ['PRIMARY_SETTINGS', judgePrimary(model, values, edits)],
    ['AUTHENTICATION', judgeAuthentication(values)],
    ['CALLING', judgeCalling(values)],
    ['COMMON_SETTINGS', []],
  ];
}

function judgePrimary(model: Model, values: TemplateValues, edits: number | null): Note[] {
  const isTaken = model.templates.some(
    ({ name, status }, index) =>
      index !== edits && status !== 'ARCHIVED' && name?.toLowerCase() === values.name?.toLowerCase(),
  );
  return [
    ...(isTaken ? [note('NAME_TAKEN', 'name')] : []),
    ...(values.isAdminKnown ? [] : [note('NOT_FOUND', 'serviceProviderAdminId')]),
    ...(values.isSubscriptionKnown ? [] : [note('NOT_FOUND', 'wholesaleSubscriptionId')]),
  ];
}

/** T3 */
function judgeAuthentication({ method, samlIdpEntityId, oidcIdpName }: TemplateValues): Note[] {
  const notes: Note[] = [];
  if (method === 'PARTNER_SAML' && samlIdpEntityId === null)
    notes.push(note('IDP_ENTITY_ID_REQUIRED', 'samlIdpEntityId'));
  if (method !== 'PARTNER_SAML' && samlIdpEntityId !== null)
    notes.push(note('IDP_FIELD_NOT_ALLOWED', 'samlIdpEntityId'));
  if (method === 'PARTNER_OIDC' && oidcIdpName === null) notes.push(note('OIDC_IDP_NAME_REQUIRED', 'oidcIdpName'));
  if (method !== 'PARTNER_OIDC' && oidcIdpName !== null) notes.push(note('IDP_FIELD_NOT_ALLOWED', 'oidcIdpName'));
  return notes;
}

function judgeCalling({ pstnProviderId, countryCode }: TemplateValues): Note[] {
  if (pstnProviderId === null) return [];
  const served = pstnProviders[pstnProviderId];
  if (!served) return [note('NOT_FOUND', 'pstnProviderId')];
  return countryCode === null || served.includes(countryCode) ? [] : [note('INVALID_VALUE', 'pstnProviderId')];
}

/** T5 */
function warningsOf({ pstnProviderId }: TemplateValues): string[] {
  return pstnProviderId === null ? [] : ['PSTN_PROVIDER_NOT_RECOMMENDED'];
}

function submit(
  model: Model,
  command: { readonly draft: number; readonly staleBy: number | null; readonly isPlatformAway: boolean },
): Answer {
  const draft = model.templateDrafts[command.draft];
  const obstacle = obstacleTo(model, draft, command.staleBy) ?? archivedSince(model, draft);
  if (!draft || obstacle) return refusedWith([present(obstacle)]);
  const issues = openIssues(draft, judge(model, draft.values, draft.edits));
  if (issues.length > 0) return refusedWith(issues);
  const index = draft.edits ?? model.templates.length;
  const edited = draft.edits === null ? null : present(model.templates[draft.edits]);
  model.templates[index] = {
    ...draft.values,
    status: edited?.status ?? 'AWAITING_PROVISIONING_ID',
    provisioningId: edited?.provisioningId ?? null,
    version: edited ? edited.version + 1 : 1,
  };
  const template = model.templates[index];
  draft.template = index;
  closeDraft(draft, 'SUBMITTED');
  tell(model, edited ? 'TEMPLATE_UPDATED' : 'TEMPLATE_SUBMITTED', { to: template.status });
  if (!command.isPlatformAway && template.status === 'AWAITING_PROVISIONING_ID') {
    activate(model, index, `issued-${index}`);
  }
  return doneWith({ draft: `TemplateDraft#${command.draft}`, template: `Template#${index}` });
}

/** T7 */
function activate(model: Model, index: number, provisioningId: string): void {
  const template = present(model.templates[index]);
  const from = template.status;
  Object.assign(template, { status: 'ACTIVE', provisioningId, version: template.version + 1 });
  tell(model, 'TEMPLATE_UPDATED', { from, to: 'ACTIVE' });
}

function archive(model: Model, index: number): Answer {
  const template = model.templates[index];
  if (!template) return refusedWith([note('NOT_FOUND', 'templateId')]);
  // T8
  if (model.customers.some((customer) => customer.template === index && customer.status !== 'DELETED')) {
    return refusedWith([note('TEMPLATE_IN_USE', 'templateId')]);
  }
  if (template.status !== 'ARCHIVED') {
    tell(model, 'TEMPLATE_UPDATED', { from: template.status, to: 'ARCHIVED' });
    template.status = 'ARCHIVED';
    template.version++;
  }
  return doneWith({ template: `Template#${index}` });
}

function link(model: Model, index: number, typed: string): Answer {
  const notes: Note[] = [];
  const provisioningId = readText(notes, ['provisioningId'], typed, 1024);
  const template = model.templates[index];
  if (!template) return refusedWith([...notes, note('NOT_FOUND', 'templateId')]);
  if (template.status === 'ARCHIVED') notes.push(note('TEMPLATE_ARCHIVED', 'templateId'));
  if (provisioningId !== null) {
    if (template.status === 'ACTIVE' && template.provisioningId !== provisioningId) {
      notes.push(note('INVALID_VALUE', 'provisioningId'));
    }
    if (model.templates.some((other, place) => place !== index && other.provisioningId === provisioningId)) {
      notes.push(note('DUPLICATE', 'provisioningId'));
    }
  }
  if (notes.length > 0 || provisioningId === null) return refusedWith(notes);
  if (template.status === 'AWAITING_PROVISIONING_ID') activate(model, index, provisioningId);
  return doneWith({ template: `Template#${index}` });
}
