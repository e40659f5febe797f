// The schema's own scalars.

import { z } from 'zod';
import { builder } from '../builder.ts';
import { ApiError } from './api-error.ts';

const timestamp = z.iso.datetime({ offset: true });

builder.scalarType('DateTime', {
  description:
    'A moment in time as RFC 3339 text, such as 2026-05-04T09:30:00.000Z. Answers are always in UTC with milliseconds; input may carry any offset.',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc3339',
  serialize: (value) => value.toISOString(),
  parseValue(value) {
    const parsed = timestamp.safeParse(value);
    if (parsed.success) return new Date(parsed.data);
    throw new ApiError(
      'BAD_USER_INPUT',
      'A moment such as 2026-05-04T09:30:00Z is expected (RFC 3339, with an offset).',
    );
  },
});

const cursor = z.string().min(1).max(200);

builder.scalarType('EventCursor', {
  description:
    "An opaque place in the partner's event log. One comes with every event and every update; give it back as `after` to go on behind it. It holds for your partner organisation only and for as long as the log reaches back; an older one is refused with CURSOR_EXPIRED, an invented one with CURSOR_INVALID.",
  serialize: (value) => value,
  parseValue(value) {
    const parsed = cursor.safeParse(value);
    if (parsed.success) return parsed.data;
    throw new ApiError('CURSOR_INVALID', 'A cursor exactly as it was handed out is expected.');
  },
});
