// The live board under /board/. The page itself is in page/, what all pages have in common in ../pages/.

import type { FastifyPluginAsync } from 'fastify';
import { pageRoutes } from '../pages/page-routes.ts';
import type { ServedPage } from '../pages/page-routes.ts';

export function boardRoutes(served: ServedPage): FastifyPluginAsync {
  return pageRoutes({
    ...served,
    name: 'board',
    title: 'the live board',
    contentSecurityPolicy: ["style-src 'self'", 'img-src data:'],
  });
}
