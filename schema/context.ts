// What every resolver is given. src/server makes one for each operation.

import type { DomainContext } from '../src/domain/context.ts';
import type { Viewer } from '../src/domain/viewer.ts';
import type { PartnerFeed } from '../src/events/partner-feed.ts';
import { ApiError } from './shared/api-error.ts';

export interface RequestContext {
  /** Null: nobody has signed in; only introspection is answered. */
  readonly viewer: Viewer | null;
  /** Its database shows this request's partner only. */
  readonly domain: DomainContext;
  readonly feed: PartnerFeed;
  /** A cursor that the transport was given to go on from, instead of the `after` of the subscription; null: none. */
  readonly resumeAfter: string | null;
  /** Rows come with all that is shown of them: a resolver selects what it reads itself. Otherwise it selects that too. */
  readonly rowsBringWhatIsShown: boolean;
  /** Goes into every error, so that a client's report finds our log. */
  readonly requestId: string;
}

/** For resolvers: scope-auth has refused anonymous requests before they run. */
export function viewerOf({ viewer }: RequestContext): Viewer {
  if (viewer === null) throw new ApiError('UNAUTHENTICATED', 'Sign in: this request carries no valid access token.');
  return viewer;
}
