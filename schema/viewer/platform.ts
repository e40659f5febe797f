// What stands behind the gateway, and the mailbox of the one that sends no mails.

import type { DirectoryMail, PlatformDirectory } from '../../src/domain/directory.ts';
import { builder } from '../builder.ts';
import { viewerOf } from '../context.ts';
import { askPlatform } from '../shared/ask-platform.ts';
import { openEnum } from '../shared/open-enum.ts';

const PlatformKind = builder.enumType('PlatformKind', {
  description: openEnum('What stands behind the gateway.'),
  values: {
    SANDBOX: { description: 'A local imitation of Webex: nothing real is provisioned, nobody gets a mail.' },
    WEBEX: { description: 'The real Webex for Wholesale.' },
  },
});

const PlatformInfo = builder.objectRef<PlatformDirectory['facts']>('PlatformInfo').implement({
  description:
    'What the platform behind the gateway can do. The same for all partners; it changes only with a new deployment.',
  fields: (t) => ({
    kind: t.field({ type: PlatformKind, description: 'Whether it is real.', resolve: ({ kind }) => kind }),
    issuesProvisioningIds: t.exposeBoolean('issuesProvisioningIds', {
      description:
        'True: a submitted template gets its provisioning ID by itself. False: it waits for Mutation.linkProvisioningId with the ID copied from Partner Hub.',
    }),
    assessesAttach: t.exposeBoolean('assessesAttach', {
      description:
        'False: what an attach needs cannot be known beforehand, and Query.attachAssessment answers UNKNOWN.',
    }),
    carriesConsentAnswers: t.exposeBoolean('carriesConsentAnswers', {
      description: 'False: consent is answered on the platform itself, and only the result is seen here.',
    }),
  }),
});

const SandboxMail = builder.objectRef<DirectoryMail>('SandboxMail').implement({
  description:
    "A mail that the sandbox would have sent, so that somebody who explores can play the customer's administrator.",
  fields: (t) => ({
    to: t.exposeString('to', { description: 'The one recipient of this copy.' }),
    subject: t.exposeString('subject', { description: 'Subject line.' }),
    body: t.exposeString('body', { description: 'Plain text.' }),
    consentToken: t.exposeString('consentToken', {
      nullable: true,
      description:
        'What the link in the mail would carry to answer a consent request; null for mails that ask nothing.',
    }),
    sentAt: t.expose('sentAt', {
      type: 'DateTime',
      description: 'When it would have gone out, by the clock of the sandbox.',
    }),
  }),
});

builder.queryFields((t) => ({
  platform: t.field({
    type: PlatformInfo,
    description: 'What stands behind the gateway.',
    resolve: (_root, _args, { domain }) => domain.directory.facts,
  }),
  sandboxMailbox: t.field({
    type: [SandboxMail],
    description:
      "The mails that the sandbox would have sent to your customers' people. Always empty on the real platform. Asks the platform, and fails with UNAVAILABLE when it cannot be reached.",
    args: { to: t.arg.string({ description: 'Only those to this e-mail address. Left out: all.' }) },
    resolve: (_root, { to }, context) =>
      askPlatform(() => context.domain.directory.listMails(viewerOf(context).partnerSlug, to ?? null)),
  }),
}));
