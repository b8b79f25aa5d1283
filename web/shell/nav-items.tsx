import {
  AlertOutlined,
  ApiOutlined,
  AppstoreOutlined,
  AuditOutlined,
  BarChartOutlined,
  BlockOutlined,
  BookOutlined,
  BulbOutlined,
  DashboardOutlined,
  DatabaseOutlined,
  DesktopOutlined,
  DollarOutlined,
  ExceptionOutlined,
  ExperimentOutlined,
  FileTextOutlined,
  FormOutlined,
  FundOutlined,
  InboxOutlined,
  LineChartOutlined,
  MailOutlined,
  NotificationOutlined,
  OrderedListOutlined,
  PartitionOutlined,
  PhoneOutlined,
  PrinterOutlined,
  RetweetOutlined,
  RiseOutlined,
  SafetyCertificateOutlined,
  SendOutlined,
  ShoppingOutlined,
  SmileOutlined,
  StarOutlined,
  TagsOutlined,
  TeamOutlined,
  UsergroupAddOutlined,
} from '@ant-design/icons'
import type { ReactNode } from 'react'
import type { StageId } from '../api/loop.ts'
import type { Permission } from '../api/session.ts'
import type { MessageId } from '../i18n/i18n.ts'

export interface NavItem {
  to: string
  label: MessageId
  icon: ReactNode
  permission: Permission
  stage: StageId | null
}

/** In the order of the loop. */
export const navItems: readonly NavItem[] = [
  { to: '/', label: 'nav.loop', icon: <RetweetOutlined />, permission: 'turn.read', stage: null },
  { to: '/customers', label: 'nav.customers', icon: <TeamOutlined />, permission: 'customers.read', stage: 'collect' },
  { to: '/sources', label: 'nav.sources', icon: <DatabaseOutlined />, permission: 'quality.read', stage: 'collect' },
  {
    to: '/identity',
    label: 'nav.identity',
    icon: <UsergroupAddOutlined />,
    permission: 'identity.read',
    stage: 'collect',
  },
  {
    to: '/quality',
    label: 'nav.quality',
    icon: <SafetyCertificateOutlined />,
    permission: 'quality.read',
    stage: 'collect',
  },
  {
    to: '/giving-back',
    label: 'nav.giving-back',
    icon: <ApiOutlined />,
    permission: 'giveback.manage',
    stage: 'collect',
  },
  { to: '/rights', label: 'nav.rights', icon: <AuditOutlined />, permission: 'rights.read', stage: 'collect' },
  { to: '/segments', label: 'nav.segments', icon: <AppstoreOutlined />, permission: 'segments.read', stage: 'analyze' },
  { to: '/board', label: 'nav.board', icon: <BarChartOutlined />, permission: 'insight.read', stage: 'analyze' },
  { to: '/value', label: 'nav.value', icon: <DollarOutlined />, permission: 'insight.read', stage: 'analyze' },
  { to: '/products', label: 'nav.products', icon: <ShoppingOutlined />, permission: 'insight.read', stage: 'analyze' },
  { to: '/needs', label: 'nav.needs', icon: <BulbOutlined />, permission: 'insight.read', stage: 'analyze' },
  { to: '/catalogues', label: 'nav.catalogues', icon: <BookOutlined />, permission: 'insight.read', stage: 'analyze' },
  { to: '/features', label: 'nav.features', icon: <TagsOutlined />, permission: 'insight.read', stage: 'analyze' },
  { to: '/alarms', label: 'nav.alarms', icon: <AlertOutlined />, permission: 'insight.read', stage: 'analyze' },
  { to: '/models', label: 'nav.models', icon: <LineChartOutlined />, permission: 'insight.read', stage: 'analyze' },
  { to: '/plan', label: 'nav.plan', icon: <FundOutlined />, permission: 'plan.read', stage: 'optimize' },
  {
    to: '/campaigns',
    label: 'nav.campaigns',
    icon: <NotificationOutlined />,
    permission: 'campaign.read',
    stage: 'campaign',
  },
  {
    to: '/learning',
    label: 'nav.learning',
    icon: <ExperimentOutlined />,
    permission: 'campaign.read',
    stage: 'campaign',
  },
  {
    to: '/templates',
    label: 'nav.templates',
    icon: <FileTextOutlined />,
    permission: 'content.read',
    stage: 'personalize',
  },
  {
    to: '/fragments',
    label: 'nav.fragments',
    icon: <BlockOutlined />,
    permission: 'content.read',
    stage: 'personalize',
  },
  { to: '/kinds', label: 'nav.kinds', icon: <PartitionOutlined />, permission: 'content.read', stage: 'personalize' },
  {
    to: '/communications',
    label: 'nav.communications',
    icon: <MailOutlined />,
    permission: 'communications.read',
    stage: 'personalize',
  },
  { to: '/letters', label: 'nav.letters', icon: <FormOutlined />, permission: 'letters.read', stage: 'personalize' },
  { to: '/tasks', label: 'nav.tasks', icon: <PhoneOutlined />, permission: 'tasks.work', stage: 'interact' },
  { to: '/delivery', label: 'nav.delivery', icon: <SendOutlined />, permission: 'delivery.read', stage: 'interact' },
  {
    to: '/print-runs',
    label: 'nav.print-runs',
    icon: <PrinterOutlined />,
    permission: 'print.read',
    stage: 'interact',
  },
  { to: '/surveys', label: 'nav.surveys', icon: <SmileOutlined />, permission: 'surveys.read', stage: 'interact' },
  { to: '/inbox', label: 'nav.inbox', icon: <InboxOutlined />, permission: 'inbox.read', stage: 'interact' },
  { to: '/cases', label: 'nav.cases', icon: <ExceptionOutlined />, permission: 'cases.read', stage: 'interact' },
  { to: '/themes', label: 'nav.themes', icon: <RiseOutlined />, permission: 'cases.read', stage: 'interact' },
  { to: '/kiosks', label: 'nav.kiosks', icon: <DesktopOutlined />, permission: 'kiosks.manage', stage: 'interact' },
  { to: '/team', label: 'nav.team', icon: <DashboardOutlined />, permission: 'team.read', stage: 'interact' },
  {
    to: '/call-lists',
    label: 'nav.call-lists',
    icon: <OrderedListOutlined />,
    permission: 'tasks.manage',
    stage: 'interact',
  },
  { to: '/my-scores', label: 'nav.my-scores', icon: <StarOutlined />, permission: 'tasks.work', stage: 'interact' },
]

/** Where each stage's door leads: its first page that the person may see. */
export const doorOf = (stage: StageId, may: (permission: Permission) => boolean): string | null =>
  navItems.find(item => item.stage === stage && may(item.permission))?.to ?? null
