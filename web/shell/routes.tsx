import type { ComponentType } from 'react'
import { createBrowserRouter, type RouteObject } from 'react-router'
import type { Permission } from '../api/session.ts'
import { Broken } from './broken.tsx'
import { Frame } from './frame.tsx'
import { NotFound } from './not-found.tsx'
import { type PageHandle, Permitted } from './permitted.tsx'
import { SignIn } from './sign-in.tsx'

/** A page is fetched when it is first opened; the frame shows it to those who may see it. */
function page(path: string, permission: Permission, load: () => Promise<{ default: ComponentType }>): RouteObject {
  const handle: PageHandle = { permission }
  return { path, handle, lazy: async () => ({ Component: (await load()).default }) }
}

export const router = createBrowserRouter([
  { path: '/sign-in', Component: SignIn, ErrorBoundary: Broken },
  // Customers open it from a link, without signing in.
  {
    path: '/v/:token',
    lazy: async () => ({ Component: (await import('../portal/verify.tsx')).default }),
    ErrorBoundary: Broken,
    HydrateFallback: () => null,
  },
  {
    path: '/',
    Component: Frame,
    ErrorBoundary: Broken,
    HydrateFallback: () => null,
    children: [
      {
        Component: Permitted,
        ErrorBoundary: Broken,
        children: [
          page('', 'turn.read', () => import('../pages/platform/loop.tsx')),
          page('customers', 'customers.read', () => import('../pages/collect/customers.tsx')),
          page('customers/:id', 'customers.read', () => import('../pages/collect/customer.tsx')),
          page('identity', 'identity.read', () => import('../pages/collect/identity/identity.tsx')),
          page('quality', 'quality.read', () => import('../pages/collect/quality.tsx')),
          page('sources', 'quality.read', () => import('../pages/collect/sources/sources.tsx')),
          page('sources/new', 'collect.import', () => import('../pages/collect/sources/new-source.tsx')),
          page('sources/:source', 'quality.read', () => import('../pages/collect/sources/source.tsx')),
          page('giving-back', 'giveback.manage', () => import('../pages/collect/giving-back/giving-back.tsx')),
          page('rights', 'rights.read', () => import('../pages/collect/rights/rights.tsx')),
          page('segments', 'segments.read', () => import('../pages/analyze/segments.tsx')),
          page('segments/rules', 'segments.read', () => import('../pages/analyze/segments/versions/rules.tsx')),
          page(
            'segments/rules/:version',
            'segments.read',
            () => import('../pages/analyze/segments/versions/version.tsx'),
          ),
          page('segments/matrix', 'segments.read', () => import('../pages/analyze/segments/matrix/matrix.tsx')),
          page('segments/:id', 'segments.read', () => import('../pages/analyze/segment.tsx')),
          page('board', 'insight.read', () => import('../pages/analyze/board.tsx')),
          page('value', 'insight.read', () => import('../pages/analyze/value/value.tsx')),
          page('products', 'insight.read', () => import('../pages/analyze/products/products.tsx')),
          page('products/:code', 'insight.read', () => import('../pages/analyze/products/product.tsx')),
          page('needs', 'insight.read', () => import('../pages/analyze/needs/needs.tsx')),
          page('needs/:code', 'insight.read', () => import('../pages/analyze/needs/need.tsx')),
          page('catalogues', 'insight.read', () => import('../pages/analyze/catalogues/catalogues.tsx')),
          page('catalogues/:code', 'insight.read', () => import('../pages/analyze/catalogues/catalogue.tsx')),
          page('insight/:p', 'insight.read', () => import('../pages/analyze/seven-p/page.tsx')),
          page('features', 'insight.read', () => import('../pages/analyze/features/features.tsx')),
          page('alarms', 'insight.read', () => import('../pages/analyze/alarms/alarms.tsx')),
          page('models', 'insight.read', () => import('../pages/analyze/models.tsx')),
          page('models/:model', 'insight.read', () => import('../pages/analyze/models/model.tsx')),
          page('plan', 'plan.read', () => import('../pages/optimize/plan.tsx')),
          page('campaigns', 'campaign.read', () => import('../pages/campaign/campaigns.tsx')),
          page('campaigns/:id', 'campaign.read', () => import('../pages/campaign/campaign.tsx')),
          page('templates', 'content.read', () => import('../pages/personalize/templates.tsx')),
          page('communications', 'communications.read', () => import('../pages/personalize/communications.tsx')),
          page('print-runs', 'print.read', () => import('../pages/interact/print-runs/print-runs.tsx')),
          page('print-runs/:id', 'print.read', () => import('../pages/interact/print-runs/print-run.tsx')),
          page('delivery', 'delivery.read', () => import('../pages/interact/delivery/delivery.tsx')),
          page('tasks', 'tasks.work', () => import('../pages/interact/tasks.tsx')),
          page('tasks/:id', 'tasks.work', () => import('../pages/interact/task.tsx')),
          { path: '*', Component: NotFound },
        ],
      },
    ],
  },
])
