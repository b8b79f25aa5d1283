import { sql } from 'kysely'
import { among, type PersonalTable } from '../../platform/personal-data.ts'

/** Remarks before their letters, through which they are found. */
export const letterPersonalData: PersonalTable[] = [
  {
    store: 'workflow',
    table: 'letter_steps',
    title: { en: 'Remarks on letters', zh: '信函处理记录' },
    where: k =>
      sql<boolean>`letter_id IN (SELECT id FROM letters WHERE ${among('customer_id', k('customer'), 'int8')})`,
    erase: { set: sql`notes = ''` },
    exported: false,
    keptOnHold: true,
  },
  {
    store: 'workflow',
    table: 'letters',
    title: { en: 'Letters written to you', zh: '写给您的信函' },
    where: k => among('customer_id', k('customer'), 'int8'),
    erase: {
      set: sql`customer_id = 0, content = '{}', frozen = NULL, state = CASE WHEN state = 'sent' THEN state ELSE 'withdrawn' END`,
    },
    keptOnHold: true,
  },
]
