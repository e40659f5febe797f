// Every code of UserErrorCode and how it comes about through the API. The compiler names a code that lacks its row.

import type { UserErrorCode } from '../../generated/graphql.ts';
import { attachRefusals } from './attach.ts';
import { customerRefusals } from './customer.ts';
import { draftRefusals } from './draft.ts';
import { operationRefusals } from './operation.ts';
import { templateRefusals } from './template.ts';
import { userRefusals } from './user.ts';
import { valueRefusals } from './values.ts';
import type { Refusal } from './world.ts';

export const everyCode: Record<UserErrorCode, Refusal> = {
  ...valueRefusals,
  ...templateRefusals,
  ...draftRefusals,
  ...customerRefusals,
  ...attachRefusals,
  ...userRefusals,
  ...operationRefusals,
};
