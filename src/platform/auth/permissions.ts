/** Who may do what. A role sees only its pages, and every API route names the permission it needs. */
export const roles = ['steward', 'analyst', 'segment-manager', 'marketer', 'author', 'agent', 'administrator'] as const
export type Role = (typeof roles)[number]

export const isRole = (value: string): value is Role => (roles as readonly string[]).includes(value)

const everyone: readonly Role[] = roles

/** The administrator may do everything; the lists name the others. */
const grants = {
  'turn.read': everyone,
  'turn.run': [],
  'customers.read': everyone,
  'customers.contact': ['steward', 'agent'],
  'customers.unmask': ['steward', 'agent'],
  'customers.answer': ['steward', 'agent'],
  'insight.read': ['analyst', 'segment-manager', 'marketer', 'agent'],
  'features.write': ['analyst'],
  'alarms.write': ['analyst', 'segment-manager', 'marketer'],
  'models.manage': ['analyst'],
  /** Targets to be held against, and what a contact costs. */
  'insight.targets': ['analyst', 'segment-manager'],
  'segments.read': ['analyst', 'segment-manager', 'marketer'],
  'segments.write': ['segment-manager'],
  'segments.approve': ['segment-manager'],
  'needs.write': ['segment-manager', 'marketer'],
  'catalogues.write': ['segment-manager', 'marketer'],
  'plan.read': ['analyst', 'segment-manager', 'marketer'],
  'plan.write': ['marketer'],
  'plan.approve': ['marketer'],
  'campaign.read': ['analyst', 'segment-manager', 'marketer'],
  'campaign.approve': ['marketer'],
  'quality.read': ['steward', 'analyst'],
  'quality.write': ['steward'],
  'quality.approve': ['steward'],
  'collect.import': ['steward'],
  'identity.read': ['steward', 'analyst'],
  'identity.review': ['steward'],
  'giveback.manage': ['steward'],
  'content.read': ['author', 'marketer', 'agent'],
  'content.write': ['author'],
  /** Templates and fragments that others wrote. */
  'content.approve': ['author', 'marketer'],
  'communications.read': ['steward', 'marketer', 'author', 'agent'],
  /** The documents themselves: they hold addresses in plain. */
  'communications.content': ['steward', 'agent'],
  /** Letters written by hand: seen, written, approved (never one's own). */
  'letters.read': ['steward', 'agent'],
  'letters.write': ['agent'],
  'letters.approve': ['steward', 'agent'],
  /** Retention and legal holds. */
  'archive.manage': ['steward'],
  'delivery.read': ['marketer'],
  'delivery.manage': [],
  'print.read': ['marketer', 'author'],
  /** The files themselves: they hold letters of everybody. */
  'print.run': [],
  'tasks.work': ['agent'],
  'tasks.lists': ['agent', 'segment-manager', 'marketer'],
  /** Lists of calls: pause, order, fill again; agents' skills. No customer is seen by it. */
  'tasks.manage': ['segment-manager', 'marketer'],
  /** Agents and queues, figures, listening samples, trials of scripts, circles of improvement. */
  'team.read': ['segment-manager', 'marketer'],
  'team.write': ['segment-manager', 'marketer'],
  /** What customers write, and answering it. */
  'inbox.read': ['agent', 'steward'],
  'inbox.work': ['agent', 'steward'],
  /** What follows from messages by itself. */
  'inbox.manage': ['steward'],
  'surveys.read': ['marketer', 'segment-manager', 'analyst', 'agent'],
  'surveys.write': ['marketer', 'segment-manager'],
  'cases.read': ['agent', 'steward', 'marketer', 'segment-manager'],
  'cases.work': ['agent', 'steward'],
  /** Categories, deadlines, working hours. */
  'cases.manage': ['steward'],
  /** Screens in branches: add, pair, take back. */
  'kiosks.manage': [],
  'consent.manage': ['steward'],
  'rights.read': ['steward', 'agent'],
  'rights.request': ['steward', 'agent'],
  'rights.export': ['steward'],
  'rights.approve': ['steward'],
  admin: [],
} satisfies Record<string, readonly Role[]>

export type Permission = keyof typeof grants

export const permissions = Object.keys(grants) as Permission[]

export function permits(who: { roles: readonly string[] }, permission: Permission): boolean {
  if (who.roles.includes('administrator')) return true
  const allowed: readonly string[] = grants[permission]
  return who.roles.some(role => allowed.includes(role))
}

export const permissionsOf = (who: { roles: readonly string[] }): Permission[] =>
  permissions.filter(permission => permits(who, permission))
