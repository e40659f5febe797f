// Kept answers whose idempotency keys may be used anew.

import { forgetAnswers } from '../../domain/forget-answers.ts';

export const forgottenAnswers = {
  name: 'answers kept for repeated calls',
  removeSome: forgetAnswers,
};
