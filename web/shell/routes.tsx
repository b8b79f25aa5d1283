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
          page('learning', 'campaign.read', () => import('../pages/learning/learning.tsx')),
          page('campaigns/:id', 'campaign.read', () => import('../pages/campaign/campaign.tsx')),
          page('templates', 'content.read', () => import('../pages/personalize/editor/templates.tsx')),
          page('templates/:id', 'content.read', () => import('../pages/personalize/editor/template.tsx')),
          page('fragments', 'content.read', () => import('../pages/personalize/editor/fragments.tsx')),
          page('fragments/:id', 'content.read', () => import('../pages/personalize/editor/fragment.tsx')),
          page('kinds', 'content.read', () => import('../pages/personalize/kinds/kinds.tsx')),
          page('communications', 'communications.read', () => import('../pages/personalize/communications.tsx')),
          page(
            'communications/:id',
            'communications.read',
            () => import('../pages/personalize/archive/communication.tsx'),
          ),
          page('letters', 'letters.read', () => import('../pages/personalize/letters/letters.tsx')),
          page('letters/:id', 'letters.read', () => import('../pages/personalize/letters/letter.tsx')),
          page('print-runs', 'print.read', () => import('../pages/interact/print-runs/print-runs.tsx')),
          page('print-runs/:id', 'print.read', () => import('../pages/interact/print-runs/print-run.tsx')),
          page('delivery', 'delivery.read', () => import('../pages/interact/delivery/delivery.tsx')),
          page('surveys', 'surveys.read', () => import('../pages/interact/surveys/surveys.tsx')),
          page('surveys/:id', 'surveys.read', () => import('../pages/interact/surveys/survey.tsx')),
          page('inbox', 'inbox.read', () => import('../pages/interact/inbox/inbox.tsx')),
          page('cases', 'cases.read', () => import('../pages/interact/cases/cases.tsx')),
          page('themes', 'cases.read', () => import('../pages/interact/themes/themes.tsx')),
          page('cases/:id', 'cases.read', () => import('../pages/interact/cases/case.tsx')),
          page('call-lists', 'tasks.manage', () => import('../pages/interact/desk/lists-page.tsx')),
          page('kiosks', 'kiosks.manage', () => import('../pages/interact/kiosks/kiosks.tsx')),
          page('team', 'team.read', () => import('../pages/interact/team/team.tsx')),
          page('team/improve', 'team.read', () => import('../pages/interact/team/improve.tsx')),
          page('team/improve/:id', 'team.read', () => import('../pages/interact/team/circle.tsx')),
          page('my-scores', 'tasks.work', () => import('../pages/interact/team/my-scores.tsx')),
          page('tasks', 'tasks.work', () => import('../pages/interact/desk/tasks.tsx')),
          page('tasks/:id', 'tasks.work', () => import('../pages/interact/desk/task.tsx')),
          { path: '*', Component: NotFound },
        ],
      },
    ],
  },
])
