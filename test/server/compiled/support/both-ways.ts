// One query answered the compiled way and by ordinary execution, from the same rows at the same moment.

import { execute, getOperationAST, parse, validate } from 'graphql';
import type { DocumentNode } from 'graphql';
import type { RequestContext } from '../../../../schema/context.ts';
import { schema } from '../../../../schema/index.ts';
import type { Database } from '../../../../src/database/client.ts';
import { createTenants } from '../../../../src/database/tenants.ts';
import type { DomainContext } from '../../../../src/domain/context.ts';
import type { PartnerRole } from '../../../../src/domain/viewer.ts';
import { createEventFeed } from '../../../../src/events/feed.ts';
import { createCompiledReads } from '../../../../src/server/compiled/compiled-reads.ts';

export interface BothAnswers {
  /** Null: there is no compiled way, or it has led to the ordinary one. */
  readonly compiled: string | null;
  readonly ordinary: string;
}

export async function openBothWays(database: Database, url: string, role: PartnerRole = 'FULL_ADMIN') {
  const tenants = createTenants({ url, poolSize: 4 });
  const unused = (): never => {
    throw new Error('no read has a use for this');
  };
  const feed = await createEventFeed({ database, databaseOf: tenants.of, url, onError: unused });
  const statements: string[] = [];
  const read = createCompiledReads(schema, (partnerId, text, values) => {
    statements.push(text);
    return tenants.readText(partnerId, text, values);
  });
  const now = new Date();

  function contextOf(partner: { readonly id: string; readonly slug: string }): RequestContext {
    const domain: DomainContext = {
      database: tenants.of(partner.id),
      jobs: { enqueue: unused, work: unused, close: unused },
      directory: {
        facts: { kind: 'SANDBOX', issuesProvisioningIds: true, assessesAttach: true, carriesConsentAnswers: true },
        isAway: () => false,
        registerTemplate: unused,
        findOrganizations: unused,
        getOrganization: unused,
        precheckCustomer: unused,
        answerConsent: unused,
        resendAttachConsent: unused,
        withdrawAttachConsent: unused,
        resendUserConsent: unused,
        listMails: unused,
      },
      now: () => now,
      draftLifetimeMs: 1_000,
    };
    return {
      viewer: {
        partnerId: partner.id,
        partnerSlug: partner.slug,
        subject: 'somebody',
        email: 'somebody@partner.example',
        roles: [role],
        scopes: [],
      },
      domain,
      feed: feed.of(partner.id),
      resumeAfter: null,
      rowsBringWhatIsShown: false,
      requestId: 'test',
    };
  }

  return {
    /** Of the compiled way, in the order they were sent. */
    statements,
    async ask(
      partner: { readonly id: string; readonly slug: string },
      source: string | DocumentNode,
      variables: Readonly<Record<string, unknown>> = {},
      operationName?: string,
    ): Promise<BothAnswers> {
      const document = typeof source === 'string' ? parse(source) : source;
      const problems = validate(schema, document);
      if (problems.length > 0) throw new Error(problems.map(String).join('\n'));
      const operation = getOperationAST(document, operationName);
      if (!operation) throw new Error('there is no such operation');
      const compiled = await read({ document, operation, variables, context: contextOf(partner) });
      const answer = await execute({
        schema,
        document,
        operationName,
        variableValues: variables,
        contextValue: contextOf(partner),
      });
      return { compiled, ordinary: answer.errors ? JSON.stringify(answer) : JSON.stringify(answer.data) };
    },
    async close() {
      await feed.close();
      await tenants.close();
    },
  };
}

export type BothWays = Awaited<ReturnType<typeof openBothWays>>;
