// Kept answers whose idempotency keys may be used anew.

import { forgetAnswers } from '../../domain/forget-answers.ts';
import type { Sweep } from '../maintenance.ts';

export const forgottenAnswers: Sweep = {
  name: 'answers kept for repeated calls',
  removeSome: forgetAnswers,
};
