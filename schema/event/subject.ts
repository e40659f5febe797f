// What an event is about, loaded for all events of a page together: one statement for each kind of thing.

import type { GraphQLResolveInfo } from 'graphql';
import type { Database } from '../../src/database/client.ts';
import type { EventSubject } from '../../src/database/generated/enums.ts';
import { viewerOf } from '../context.ts';
import type { RequestContext } from '../context.ts';
import { fieldLoaders } from '../shared/field-loader.ts';
import { selectRows } from '../shared/select-rows.ts';

interface Subject {
  readonly type: EventSubject;
  readonly id: string;
}

interface SubjectRow {
  readonly id: string;
}

interface OwnRows {
  readonly partnerId: string;
  readonly id: { in: string[] };
}

const tables: Record<
  EventSubject,
  (database: Database, where: OwnRows, select: { id: true }) => Promise<SubjectRow[]>
> = {
  OnboardingTemplate: (database, where, select) => database.onboardingTemplate.findMany({ where, select }),
  Customer: (database, where, select) => database.customer.findMany({ where, select }),
  Location: (database, where, select) => database.location.findMany({ where, select }),
  User: (database, where, select) => database.user.findMany({ where, select }),
  AttachConsent: (database, where, select) => database.attachConsent.findMany({ where, select }),
};

const subjects = fieldLoaders<Subject, SubjectRow | null>();

export function loadSubject(
  context: RequestContext,
  info: GraphQLResolveInfo,
  subject: Subject,
): Promise<SubjectRow | null> {
  return subjects(context, info, (wanted) => loadSubjects(context, info, wanted)).load(subject);
}

async function loadSubjects(context: RequestContext, info: GraphQLResolveInfo, wanted: readonly Subject[]) {
  const idsByType = Map.groupBy(wanted, ({ type }) => type);
  const found = new Map<string, SubjectRow & { readonly __typename: EventSubject }>();
  await Promise.all(
    [...idsByType].map(async ([type, subjectsOfType]) => {
      const select = selectRows({ context, info, typeName: type, select: { id: true } });
      const ids = [...new Set(subjectsOfType.map(({ id }) => id))];
      const where = { partnerId: viewerOf(context).partnerId, id: { in: ids } };
      for (const row of await tables[type](context.domain.database, where, select)) {
        found.set(`${type} ${row.id}`, { ...row, __typename: type });
      }
    }),
  );
  return ({ type, id }: Subject) => found.get(`${type} ${id}`) ?? null;
}
