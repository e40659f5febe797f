// GraphiQL under /graphiql/. The page itself is in page/, what all pages have in common in ../pages/.

import type { FastifyPluginAsync } from 'fastify';
import { pageRoutes } from '../pages/page-routes.ts';
import type { ServedPage } from '../pages/page-routes.ts';

export function graphiqlRoutes(served: ServedPage): FastifyPluginAsync {
  return pageRoutes({
    ...served,
    name: 'graphiql',
    title: 'GraphiQL',
    contentSecurityPolicy: [
      "worker-src 'self'",
      // Monaco and the explorer write style elements and attributes, hence unsafe-inline for styles and for nothing else.
      "style-src 'self' 'unsafe-inline'",
      "font-src 'self' data:",
      "img-src 'self' data:",
    ],
  });
}
