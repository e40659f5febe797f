// Things worth knowing that do not stand in the way.

import type { Warning as DomainWarning } from '../../src/domain/draft/lifecycle.ts';
import { builder } from '../builder.ts';
import { openEnum } from './open-enum.ts';

const WarningCode = builder.enumType('WarningCode', {
  description: openEnum('What a warning is about, for programs.'),
  values: {
    PSTN_PROVIDER_NOT_RECOMMENDED: {
      description: 'A telephone network provider is preselected in the template, which Cisco advises against.',
    },
    CONSENT_WILL_BE_REQUIRED: {
      description: "The existing organisation's administrator will be asked by mail before anything is provisioned.",
    },
    COMPANY_NAME_NOT_APPLIED: {
      description: 'The existing organisation keeps its name, whatever company name was typed.',
    },
    API_ONLY_AFTER_ATTACH: {
      description: "The organisation is the partner's own: once attached, it is provisioned through the API only.",
    },
  },
});

export const Warning = builder.objectRef<DomainWarning>('Warning').implement({
  description: 'Something worth knowing before you go on. Unlike a user error it stops nothing.',
  fields: (t) => ({
    code: t.field({
      type: WarningCode,
      description: 'For programs: never changes its meaning.',
      resolve: ({ code }) => code,
    }),
    message: t.exposeString('message', { description: 'For people, in English. The wording may change.' }),
    path: t.stringList({
      description: 'Where in the form the value stands that it is about; empty when it is about the whole.',
      resolve: ({ path }) => path,
    }),
  }),
});
